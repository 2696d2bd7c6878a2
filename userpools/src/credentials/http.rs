//! The requests of the chain, for both clients.

use super::error::seconds;
use cognito_op::http::{Request, Response};
use cognito_op::transport::{BoxFuture, SleepPurpose, Timeouts, Transport, TransportError};
use cognito_op::{Body, blocking};
use std::future::{poll_fn, ready};
use std::sync::{Arc, OnceLock};
use std::task::Poll;
use std::time::Duration;

/// The receiver of a request.
#[derive(Clone, Copy)]
pub(super) enum Peer {
    /// A service with an encrypted endpoint.
    Service,
    /// A metadata service of this machine, whose requests never go through a proxy.
    Metadata,
}

/// Sends requests and sleeps. `profile` is the one that the program selects, for a transport that is created.
pub(super) trait Http: Send + Sync {
    fn send(
        &self,
        peer: Peer,
        profile: Option<&str>,
        request: Request<Body>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<Response<Body>, HttpFailure>>;

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;
}

/// The reason why there is no response.
pub(super) struct HttpFailure {
    pub(super) why: String,
    pub(super) is_timeout: bool,
    /// Whether another attempt fails in the same way, such as after a proxy has rejected the password.
    pub(super) is_final: bool,
}

impl HttpFailure {
    fn new(error: &TransportError, timeout: Duration) -> Self {
        match error.timeout_kind() {
            Some(_) => Self::late(timeout),
            None => Self { why: error.to_string(), is_timeout: false, is_final: !error.is_transient() },
        }
    }

    pub(super) fn late(timeout: Duration) -> Self {
        Self { why: format!("no response within {}", seconds(timeout)), is_timeout: true, is_final: false }
    }

    fn unusable(why: String) -> Self {
        Self { why, is_timeout: false, is_final: true }
    }
}

/// The transports of one of the clients: that of the program, or one that is created when it is first needed.
pub(super) struct Transports<T: ?Sized> {
    custom: Option<Arc<T>>,
    service: OnceLock<Arc<T>>,
    metadata: OnceLock<Arc<T>>,
}

impl<T: ?Sized> Default for Transports<T> {
    fn default() -> Self {
        Self { custom: None, service: OnceLock::new(), metadata: OnceLock::new() }
    }
}

impl<T: ?Sized> Transports<T> {
    pub(super) fn set(&mut self, transport: Arc<T>) {
        self.custom = Some(transport);
    }

    /// Returns the transport, which `create` makes for a peer with the profile. A failure is not kept.
    fn get(&self, peer: Peer, profile: Option<&str>, create: Create<T>) -> Result<&Arc<T>, HttpFailure> {
        if let Some(custom) = &self.custom {
            return Ok(custom);
        }
        let created = match peer {
            Peer::Service => &self.service,
            Peer::Metadata => &self.metadata,
        };
        if let Some(transport) = created.get() {
            return Ok(transport);
        }
        let transport = create(peer, profile).map_err(HttpFailure::unusable)?;
        Ok(created.get_or_init(|| transport))
    }
}

type Create<T> = fn(Peer, Option<&str>) -> Result<Arc<T>, String>;

/// The time by which the chain's timeout exceeds the transport's, which reports the timeout first.
const GRACE: Duration = Duration::from_millis(10);

impl Http for Transports<dyn Transport> {
    fn send(
        &self,
        peer: Peer,
        profile: Option<&str>,
        request: Request<Body>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<Response<Body>, HttpFailure>> {
        let transport = match self.get(peer, profile, create) {
            Ok(transport) => transport,
            Err(failure) => return Box::pin(ready(Err(failure))),
        };
        let mut timer = transport.sleep(timeout.saturating_add(GRACE), SleepPurpose::Timeout);
        let mut sent = transport.send(request, Timeouts::new(timeout, timeout, timeout));
        Box::pin(poll_fn(move |context| {
            if let Poll::Ready(outcome) = sent.as_mut().poll(context) {
                return Poll::Ready(outcome.map_err(|error| HttpFailure::new(&error, timeout)));
            }
            timer.as_mut().poll(context).map(|()| Err(HttpFailure::late(timeout)))
        }))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        match self.get(Peer::Metadata, None, create) {
            Ok(transport) => transport.sleep(duration, SleepPurpose::Backoff),
            Err(_) => Box::pin(ready(())),
        }
    }
}

impl Http for Transports<dyn blocking::Transport> {
    fn send(
        &self,
        peer: Peer,
        profile: Option<&str>,
        request: Request<Body>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<Response<Body>, HttpFailure>> {
        let outcome = self.get(peer, profile, create_blocking).and_then(|transport| {
            let outcome = transport.send(request, Timeouts::new(timeout, timeout, timeout));
            outcome.map_err(|error| HttpFailure::new(&error, timeout))
        });
        Box::pin(ready(outcome))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        if let Ok(transport) = self.get(Peer::Metadata, None, create_blocking) {
            transport.sleep(duration);
        }
        Box::pin(ready(()))
    }
}

/// Returns a transport. The one for services has the settings of the environment, such as proxies and `AWS_CA_BUNDLE`.
/// The one for metadata services has none, so that it uses no proxy.
#[cfg(feature = "hyper")]
fn create(peer: Peer, profile: Option<&str>) -> Result<Arc<dyn Transport>, String> {
    let builder = cognito_op::Client::builder();
    let created = match peer {
        Peer::Service => of_environment(builder, profile).build().map(|client| Arc::clone(client.transport())),
        Peer::Metadata => cognito_op::HyperTransport::new().map(|transport| Arc::new(transport) as _),
    };
    created.map_err(|error| error.to_string())
}

#[cfg(not(feature = "hyper"))]
fn create(_: Peer, _: Option<&str>) -> Result<Arc<dyn Transport>, String> {
    Err("the chain has no transport; call `transport`, or enable the feature `hyper`".to_owned())
}

#[cfg(feature = "ureq")]
fn create_blocking(peer: Peer, profile: Option<&str>) -> Result<Arc<dyn blocking::Transport>, String> {
    let builder = blocking::Client::builder();
    let created = match peer {
        Peer::Service => of_environment(builder, profile).build().map(|client| Arc::clone(client.transport())),
        Peer::Metadata => cognito_op::UreqTransport::new().map(|transport| Arc::new(transport) as _),
    };
    created.map_err(|error| error.to_string())
}

#[cfg(not(feature = "ureq"))]
fn create_blocking(_: Peer, _: Option<&str>) -> Result<Arc<dyn blocking::Transport>, String> {
    Err("the chain has no blocking transport; call `blocking_transport`, or enable the feature `ureq`".to_owned())
}

/// Only the transport of the client is used, so settings of its endpoint must not cause an error.
#[cfg(any(feature = "hyper", feature = "ureq"))]
fn of_environment<T>(builder: cognito_op::Builder<T>, profile: Option<&str>) -> cognito_op::Builder<T> {
    let builder = builder.endpoint("https://sts.amazonaws.com").fips(false).dual_stack(false);
    match profile {
        Some(name) => builder.from_profile(name),
        None => builder.from_env(),
    }
}

//! The blocking transport: ureq over rustls.

mod patience;
mod watch;

use self::patience::{LONGEST, Patience};
use self::watch::Watch;
use super::tls;
use super::{BODY_LIMIT, TimeoutKind, Timeouts, TransportError};
use crate::blocking::Transport;
use crate::codec::Body;
use crate::error::Error;
use ::ureq::config::AutoHeaderValue;
use ::ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ::ureq::unversioned::resolver::DefaultResolver;
use ::ureq::unversioned::transport::{Connector, RustlsConnector, TcpConnector};
use ::ureq::{Agent, SendBody, Timeout};
use http::header::{CONTENT_LENGTH, HeaderValue};
use http::{Request, Response};
use rustls::crypto::CryptoProvider;
use std::cell::Cell;
use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A blocking transport over [ureq](https://docs.rs/ureq) and rustls with ring and Mozilla's roots: HTTP/1.1, a pool of
/// connections, no proxy and no redirects.
///
/// A connection is asked whether it is still open before it is used again. What breaks between that and the answer may have
/// been carried out, and is not sent again by itself; no connection to that server is used again then that has waited half as
/// long, until it has answered many times or five minutes have passed.
///
/// ```
/// use cognito_op::UreqTransport;
/// use cognito_op::blocking::Client;
///
/// // One pool of connections for two regions.
/// let transport = UreqTransport::new()?;
/// let ireland = Client::builder().region("eu-west-1").build_with(transport.clone())?;
/// let oregon = Client::builder().region("us-west-2").build_with(transport)?;
/// # Ok::<(), cognito_op::Error>(())
/// ```
#[derive(Clone)]
pub struct UreqTransport {
    agent: Agent,
    patience: Arc<Patience>,
    origin: Instant,
}

impl UreqTransport {
    /// With a pool of its own.
    ///
    /// # Errors
    ///
    /// None at present; a transport that is set up otherwise may have some.
    pub fn new() -> Result<Self, Error> {
        Ok(Self::with_tls(RootCerts::WebPki, tls::provider()))
    }

    /// With a pool of its own, and trust in what the operating system trusts.
    ///
    /// ```no_run
    /// use cognito_op::UreqTransport;
    /// use cognito_op::blocking::Client;
    ///
    /// let client =
    ///     Client::builder().region("eu-west-1").build_with(UreqTransport::with_platform_roots()?)?;
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// None at present; an operating system that is asked beforehand may have some.
    #[cfg(feature = "platform-roots")]
    pub fn with_platform_roots() -> Result<Self, Error> {
        Ok(Self::with_tls(RootCerts::PlatformVerifier, tls::provider()))
    }

    /// With a pool of its own, and one's own roots and crypto provider.
    ///
    /// ```
    /// use cognito_op::UreqTransport;
    /// use cognito_op::transport::rustls::crypto::ring;
    /// use cognito_op::transport::ureq::tls::{Certificate, RootCerts};
    ///
    /// # fn transport(pem: &[u8]) -> Result<(), cognito_op::transport::ureq::Error> {
    /// let roots = RootCerts::new_with_certs(&[Certificate::from_pem(pem)?]);
    /// let transport = UreqTransport::with_tls(roots, ring::default_provider().into());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_tls(roots: RootCerts, provider: Arc<CryptoProvider>) -> Self {
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(roots)
            .unversioned_rustls_crypto_provider(provider)
            .build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .proxy(None)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(AutoHeaderValue::None)
            .accept(AutoHeaderValue::None)
            .accept_encoding(AutoHeaderValue::None)
            .max_idle_age(LONGEST)
            // As many as there are threads that call at the same time, within reason; each one over this is made anew.
            .max_idle_connections(IDLE)
            .max_idle_connections_per_host(IDLE)
            // A limit is looked at between two writes of as much as that.
            .output_buffer_size(8 << 10)
            .build();
        let connector = ().chain(TcpConnector::default()).chain(Watch).chain(RustlsConnector::default());
        let agent = Agent::with_parts(config, connector, DefaultResolver::default());
        Self { agent, patience: Arc::default(), origin: Instant::now() }
    }
}

/// How many connections are kept for later.
const IDLE: usize = 64;

/// How much longer the whole may take than making a connection.
const GRACE: Duration = Duration::from_millis(10);

impl Transport for UreqTransport {
    fn send(&self, request: Request<Body>, deadline: Timeouts) -> Result<Response<Body>, TransportError> {
        let (time, limit) = deadline.nearest();
        let (connecting, connecting_limit) = deadline.connecting();
        let (mut parts, body) = request.into_parts();
        parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(body.as_bytes().len()));
        let taken = Cell::new(body.as_bytes().is_empty());
        let mut reader = Taken { rest: body.as_bytes(), taken: &taken };
        let idle = self.patience.begin(parts.uri.authority());
        let failed = |error| {
            let error = failure(error, taken.get(), connecting_limit, limit);
            // Of one that ran out of time or is too large nothing can be learned.
            if error.is_broken() {
                self.patience.broke(&idle);
            }
            error
        };
        let request = Request::from_parts(parts, SendBody::from_reader(&mut reader));
        let request = self
            .agent
            .configure_request(request)
            // Where both end at once, it is the connection that was not made.
            .timeout_global(Some(time.saturating_add(GRACE)))
            .timeout_resolve(Some(connecting))
            .timeout_connect(Some(connecting))
            .max_idle_age(idle.most())
            .build();
        let (parts, mut body) = self.agent.run(request).map_err(failed)?.into_parts();
        // It refuses what is as long as its limit.
        let limit_of_body = u64::try_from(BODY_LIMIT).map_or(u64::MAX, |limit| limit.saturating_add(1));
        let body = body.with_config().limit(limit_of_body).read_to_vec().map_err(failed)?;
        self.patience.answered(&idle);
        Ok(Response::from_parts(parts, Body::from(body)))
    }

    fn sleep(&self, duration: Duration) {
        std::thread::sleep(duration);
    }

    fn now(&self) -> Duration {
        self.origin.elapsed()
    }
}

/// The body of a request, and whether any of it was taken to be sent. As long as none was, the service has at most the head of
/// the request, and nothing to carry out: that is how a failed lookup, connection or handshake is told from what came later,
/// since few of ureq's errors tell. Of an empty body nothing can be said.
struct Taken<'b> {
    rest: &'b [u8],
    taken: &'b Cell<bool>,
}

impl Read for Taken<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.taken.set(true);
        self.rest.read(buffer)
    }
}

/// What an error of ureq says about the request.
fn failure(error: ::ureq::Error, taken: bool, connecting: TimeoutKind, limit: TimeoutKind) -> TransportError {
    match error {
        ::ureq::Error::Timeout(Timeout::Resolve | Timeout::Connect) => TransportError::not_connected(connecting),
        ::ureq::Error::Timeout(_) if taken => TransportError::timeout(limit),
        ::ureq::Error::Timeout(_) => TransportError::not_connected(limit),
        ::ureq::Error::BodyExceedsLimit(_) => TransportError::too_large(),
        ::ureq::Error::HostNotFound | ::ureq::Error::ConnectionFailed => TransportError::unsent(error),
        error if taken => TransportError::sent(error),
        error => TransportError::unsent(error),
    }
}

impl fmt::Debug for UreqTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UreqTransport").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;

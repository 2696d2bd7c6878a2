//! The transport that ships: hyper's HTTP/1.1 over rustls with ring and the bundled Mozilla roots, on tokio.
//!
//! Connections are driven by the calls that use them and by nothing else: no task runs between calls, dropping a call
//! closes its connection, and a connection whose runtime is gone shows as dead before it is used.

mod connect;
mod connection;

use self::connection::{Connection, Stream, Target, driven};
use super::body::read;
use super::tls;
use super::{BoxFuture, Deadline, Transport, TransportError};
use crate::body::Body;
use crate::error::Error;
use http::{Request, Response};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::runtime::{Handle, Id};
use tokio_rustls::TlsConnector;

/// How long a connection is good for another call. Front ends of AWS close an idle connection after a minute or later; one
/// that is not used that long is never found closed. It is closed with the next call, or with the client.
const IDLE_LIMIT: Duration = Duration::from_secs(10);

/// How many connections wait at most.
const IDLE_CONNECTIONS: usize = 64;

/// HTTP/1.1 over TLS, or in the clear where the endpoint says so, with connections kept for the next call.
///
/// It follows no redirect and knows no proxy; `HTTPS_PROXY` and its like are not read. A connection is used again by calls
/// within the same runtime.
///
/// # Panics
///
/// A call panics within a tokio runtime whose I/O or time is not enabled. Without any runtime it is an error.
pub struct HyperTransport {
    tls: TlsConnector,
    idle: Mutex<Vec<Idle>>,
    origin: Instant,
}

impl HyperTransport {
    /// A transport without connections yet.
    ///
    /// # Errors
    ///
    /// [`Misconfigured`](crate::ErrorKind::Misconfigured) where TLS cannot be set up.
    pub fn new() -> Result<Self, Error> {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        Self::with_roots(roots)
    }

    /// A transport that trusts what the operating system trusts.
    ///
    /// # Errors
    ///
    /// [`Misconfigured`](crate::ErrorKind::Misconfigured) where TLS cannot be set up, for example because the operating system
    /// has no certificates.
    #[cfg(feature = "platform-roots")]
    pub fn with_platform_roots() -> Result<Self, Error> {
        use rustls_platform_verifier::BuilderVerifierExt as _;

        let config = tls::builder()?.with_platform_verifier().map_err(tls::unusable)?;
        Ok(Self::with_tls(config.with_no_client_auth()))
    }

    /// A transport with TLS of one's own: other roots, another crypto provider, a client certificate. What it says of the
    /// protocols that are offered (ALPN) is replaced with those that the transport speaks.
    ///
    /// ```
    /// use cognito_op::HyperTransport;
    /// use rustls::{ClientConfig, RootCertStore};
    ///
    /// # fn transport(roots: RootCertStore, provider: rustls::crypto::CryptoProvider) -> Result<(), rustls::Error> {
    /// let config = ClientConfig::builder_with_provider(provider.into())
    ///     .with_safe_default_protocol_versions()?
    ///     .with_root_certificates(roots)
    ///     .with_no_client_auth();
    /// let transport = HyperTransport::with_tls(config);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_tls(mut config: ClientConfig) -> Self {
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Self { tls: TlsConnector::from(Arc::new(config)), idle: Mutex::default(), origin: Instant::now() }
    }

    fn with_roots(roots: RootCertStore) -> Result<Self, Error> {
        Ok(Self::with_tls(tls::builder()?.with_root_certificates(roots).with_no_client_auth()))
    }

    async fn exchange(&self, request: Request<Body>, deadline: Deadline) -> Result<Response<Body>, TransportError> {
        if Handle::try_current().is_err() {
            return Err(TransportError::unusable("the hyper transport needs to be called within a tokio runtime"));
        }
        let target = Target::of(request.uri()).map_err(TransportError::unsent)?;
        let mut request = target.origin_form(request).map_err(TransportError::unsent)?;
        while let Some(connection) = self.take(&target) {
            match self.send_over(connection, &target, request).await {
                Ok(answer) => return answer,
                // Nothing of it left: the connection closed just before.
                Err(handed_back) => request = handed_back.0,
            }
        }
        let (time, limit) = deadline.connecting();
        let mut connection = match tokio::time::timeout(time, self.connect(&target)).await {
            Ok(Ok(connection)) => connection,
            Ok(Err(error)) => return Err(TransportError::unsent(error)),
            Err(_) => return Err(TransportError::not_connected(limit)),
        };
        if !can_begin(&target, &mut connection) {
            return Err(TransportError::unsent("the server spoke or left before it was asked"));
        }
        match self.send_over(connection, &target, request).await {
            Ok(answer) => answer,
            Err(HandedBack(_, error)) => Err(TransportError::unsent(error)),
        }
    }

    /// Sends a request and reads its answer, or hands the request back if none of it left.
    async fn send_over(
        &self,
        mut connection: Connection,
        target: &Target,
        request: Request<Body>,
    ) -> Result<Result<Response<Body>, TransportError>, HandedBack> {
        connection.begin();
        let sending = connection.sender.try_send_request(request);
        let response = match driven(&mut connection.driver, sending).await {
            Ok(response) => response,
            Err(mut failed) => {
                return match failed.take_message() {
                    Some(request) => Err(HandedBack(request, failed.into_error())),
                    None => Ok(Err(TransportError::sent(failed.into_error()))),
                };
            }
        };
        let (head, body) = response.into_parts();
        let body = match driven(&mut connection.driver, read(body)).await {
            Ok(body) => body,
            Err(error) => return Ok(Err(error)),
        };
        self.put(target, connection);
        Ok(Ok(Response::from_parts(head, body)))
    }

    /// The connection used last, if it is alive.
    fn take(&self, target: &Target) -> Option<Connection> {
        let runtime = Handle::current().id();
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|idle| idle.since.elapsed() < IDLE_LIMIT);
        let usable = |idle: &Idle| idle.target == *target && idle.runtime == runtime;
        while let Some(at) = idle.iter().rposition(usable) {
            let mut connection = idle.remove(at).connection;
            if connection.is_alive() {
                return Some(connection);
            }
        }
        None
    }

    fn put(&self, target: &Target, mut connection: Connection) {
        if connection.is_alive() {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            if idle.len() < IDLE_CONNECTIONS {
                let runtime = Handle::current().id();
                idle.push(Idle { target: target.clone(), connection, runtime, since: Instant::now() });
            }
        }
    }

    async fn connect(&self, target: &Target) -> Result<Connection, Box<dyn std::error::Error + Send + Sync>> {
        let stream = connect::connect(&target.host, target.port).await?;
        stream.set_nodelay(true)?;
        let stream = stream.into_std()?;
        let probe = stream.try_clone()?;
        let stream = TcpStream::from_std(stream)?;
        let stream: Box<dyn Stream> = if target.tls {
            let name = ServerName::try_from(target.host.clone())?;
            Box::new(self.tls.connect(name, stream).await?)
        } else {
            Box::new(stream)
        };
        Ok(Connection::over(stream, probe).await?)
    }
}

impl Transport for HyperTransport {
    fn send(
        &self,
        request: Request<Body>,
        deadline: Deadline,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(self.exchange(request, deadline))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            // Without a runtime `send` has an error to tell, and nothing is worth waiting for.
            if Handle::try_current().is_ok() {
                // A server that never pauses must not use up the turn in which the limit is looked at.
                tokio::task::coop::unconstrained(tokio::time::sleep(duration)).await;
            }
        })
    }

    fn now(&self) -> Duration {
        self.origin.elapsed()
    }
}

impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HyperTransport").finish_non_exhaustive()
    }
}

/// Whether a new connection can take its first request. In the clear nothing may have come before it; within TLS the session
/// tickets of the handshake may, and whoever speaks there is the server that was asked for.
fn can_begin(target: &Target, connection: &mut Connection) -> bool {
    target.tls || connection.is_alive()
}

/// A connection that waits for its next call.
struct Idle {
    target: Target,
    connection: Connection,
    /// The runtime that hears from its socket. Under another one it would never be heard from.
    runtime: Id,
    since: Instant,
}

/// A request none of which left, and why.
struct HandedBack(Request<Body>, hyper::Error);

#[cfg(test)]
mod tests;

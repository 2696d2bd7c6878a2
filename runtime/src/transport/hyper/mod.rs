//! The transport that ships: hyper over rustls with ring and the bundled Mozilla roots, on tokio.
//!
//! Connections of HTTP/1.1 are driven by the calls that use them and by nothing else: no task runs between calls, dropping a call
//! closes its connection, and a connection whose runtime is gone shows as dead before it is used.

mod connect;
mod connection;
mod meter;
mod pool;
#[cfg(feature = "http2")]
mod shared;
#[cfg(feature = "http2")]
mod tasks;

use self::connection::{Connection, Stream, Target, driven};
use self::pool::{Pool, Taken};
use super::body::read;
use super::tls;
use super::{BoxFuture, Idempotent, SleepPurpose, Timeouts, Transport, TransportError, turn_of_others};
use crate::codec::Body;
use crate::error::Error;
use http::{Request, Response};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::runtime::Handle;
use tokio_rustls::TlsConnector;

/// The protocols that the transport speaks over TLS, in the order in which it offers them (ALPN).
const PROTOCOLS: &[&[u8]] = if cfg!(feature = "http2") { &[b"h2", b"http/1.1"] } else { &[b"http/1.1"] };

/// HTTP/1.1 over TLS, or in the clear where the endpoint says so, with connections kept for the next call. With the feature
/// `http2`, HTTP/2 over TLS where the server has it.
///
/// It follows no redirect and knows no proxy; `HTTPS_PROXY` and its like are not read. A connection is used again by calls
/// within the same runtime, unless the server may be about to close it: it is asked whether it is still open, and has waited
/// less than half as long as one that this server closed. A request that is no [`Idempotent`] goes only to a server that has kept
/// one of HTTP/1.1 open; it may wait 20 ms to see that.
///
/// Names are looked up by the operating system on tokio's threads for blocking work. A lookup that hangs ends no later for the call
/// than its limit, but goes on there, and a runtime that is dropped waits for it.
///
/// ```
/// use cognito_op::{Client, Error, HyperTransport};
/// use std::sync::Arc;
///
/// // One pool of connections for two regions.
/// let transport = Arc::new(HyperTransport::new()?);
/// let ireland = Client::builder().region("eu-west-1").build_with(Arc::clone(&transport))?;
/// let oregon = Client::builder().region("us-west-2").build_with(transport)?;
/// # Ok::<(), Error>(())
/// ```
///
/// # Panics
///
/// A call panics within a tokio runtime whose I/O or time is not enabled, and when it is moved out of the runtime that it has begun
/// in. Without any runtime it is an error.
pub struct HyperTransport {
    tls: TlsConnector,
    pool: Pool,
    #[cfg(feature = "http2")]
    shared: shared::Shared,
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
    /// ```no_run
    /// use cognito_op::{Client, HyperTransport};
    ///
    /// let client =
    ///     Client::builder().region("eu-west-1").build_with(HyperTransport::with_platform_roots()?)?;
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
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
    /// The provider is best given, as below: `ClientConfig::builder()` takes that of the process, and panics where a program has
    /// two and has chosen none.
    ///
    /// ```
    /// use cognito_op::HyperTransport;
    /// use cognito_op::transport::rustls::{ClientConfig, RootCertStore, crypto::ring};
    ///
    /// # fn transport(roots: RootCertStore) -> Result<(), cognito_op::transport::rustls::Error> {
    /// let config = ClientConfig::builder_with_provider(ring::default_provider().into())
    ///     .with_safe_default_protocol_versions()?
    ///     .with_root_certificates(roots)
    ///     .with_no_client_auth();
    /// let transport = HyperTransport::with_tls(config);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_tls(mut config: ClientConfig) -> Self {
        config.alpn_protocols = PROTOCOLS.iter().map(|name| name.to_vec()).collect();
        Self {
            tls: TlsConnector::from(Arc::new(config)),
            pool: Pool::default(),
            #[cfg(feature = "http2")]
            shared: shared::Shared::default(),
            origin: Instant::now(),
        }
    }

    fn with_roots(roots: RootCertStore) -> Result<Self, Error> {
        Ok(Self::with_tls(tls::builder()?.with_root_certificates(roots).with_no_client_auth()))
    }

    async fn exchange(&self, request: Request<Body>, deadline: Timeouts) -> Result<Response<Body>, TransportError> {
        if Handle::try_current().is_err() {
            return Err(TransportError::unusable("the hyper transport needs to be called within a tokio runtime"));
        }
        let target = Target::of(request.uri()).map_err(TransportError::unsent)?;
        let idempotent = request.extensions().get::<Idempotent>().is_some();
        let uri = request.uri().clone();
        let mut request = request;
        let (time, limit) = deadline.connecting();
        // Calls whose answers came together also leave together, so that neither side is woken for each by itself.
        let begun = Instant::now();
        turn_of_others().await;
        loop {
            let left = time.saturating_sub(begun.elapsed());
            let lease = match self.ready(&target, idempotent) {
                Some(lease) => lease,
                None => match tokio::time::timeout(left, self.lease(&target, idempotent, left)).await {
                    Ok(Ok(lease)) => lease,
                    Ok(Err(error)) => return Err(TransportError::unsent(error)),
                    Err(_) => return Err(TransportError::not_connected(limit)),
                },
            };
            // Something else may have held up the runtime for longer than that.
            let (time, limit) = deadline.nearest();
            if begun.elapsed() >= time {
                return Err(TransportError::not_connected(limit));
            }
            let (outcome, waited) = match lease {
                Lease::Own(connection, idle) => {
                    let request = target.origin_form(request).map_err(TransportError::unsent)?;
                    let outcome = self.send_over(connection, request).await;
                    if let Some(idle) = idle {
                        self.pool.learn(&target, idle, matches!(outcome, Ok(Ok(_))));
                    }
                    (outcome, idle.is_some())
                }
                #[cfg(feature = "http2")]
                Lease::Shared(call) => {
                    let idle = call.idle();
                    let outcome = call.send(request).await;
                    if let Some(idle) = idle.filter(|_| !matches!(outcome, Ok(Ok(_)))) {
                        self.pool.saw(&target, idle, false);
                    }
                    (outcome, idle.is_some())
                }
            };
            request = match outcome {
                Ok(answer) => return answer,
                // Nothing of it left: the connection closed just before.
                Err(handed_back) if waited => handed_back.0,
                Err(HandedBack(_, error)) => return Err(TransportError::unsent(error)),
            };
            *request.uri_mut() = uri.clone();
        }
    }

    /// What a request can go over at once.
    fn ready(&self, target: &Target, idempotent: bool) -> Option<Lease> {
        #[cfg(feature = "http2")]
        if let Some(call) = self.shared.take(target, &self.pool) {
            return Some(Lease::Shared(call));
        }
        let Taken { connection, idle } = self.pool.ready(target, idempotent)?;
        Some(Lease::Own(connection, Some(idle)))
    }

    /// What a request can go over after a while.
    async fn lease(&self, target: &Target, idempotent: bool, time: Duration) -> Result<Lease, Failure> {
        if let Some(Taken { connection, idle }) = self.pool.take(target, idempotent, time).await {
            return Ok(Lease::Own(connection, Some(idle)));
        }
        self.connect(target).await
    }

    /// Sends a request and reads its answer, or hands the request back if none of it left.
    async fn send_over(
        &self,
        mut connection: Box<Connection>,
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
        self.pool.put(connection);
        Ok(Ok(Response::from_parts(head, body)))
    }

    /// A new connection.
    async fn connect(&self, target: &Target) -> Result<Lease, Failure> {
        let stream = connect::connect(&target.host, target.port).await?;
        stream.set_nodelay(true)?;
        let stream = stream.into_std()?;
        let probe = stream.try_clone()?;
        let stream = TcpStream::from_std(stream)?;
        let stream: Box<dyn Stream> = if target.tls {
            let name = ServerName::try_from(target.host.clone())?;
            let stream = self.tls.connect(name, stream).await?;
            #[cfg(feature = "http2")]
            if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
                return Ok(Lease::Shared(self.shared.connect(target, Box::new(stream), probe).await?));
            }
            Box::new(stream)
        } else {
            Box::new(stream)
        };
        let mut connection = Connection::over(target.clone(), stream, probe).await?;
        if !can_begin(target, &mut connection) {
            return Err("the server spoke or left before it was asked".into());
        }
        Ok(Lease::Own(connection, None))
    }
}

impl Transport for HyperTransport {
    fn send(
        &self,
        request: Request<Body>,
        deadline: Timeouts,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(self.exchange(request, deadline))
    }

    fn sleep(&self, duration: Duration, _: SleepPurpose) -> BoxFuture<'_, ()> {
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

/// A connection for one request.
enum Lease {
    /// For this request alone, and how long it has waited if it is not new.
    Own(Box<Connection>, Option<Duration>),
    /// For others too.
    #[cfg(feature = "http2")]
    Shared(shared::Call),
}

/// Why there is no connection.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A request none of which left, and why.
struct HandedBack(Request<Body>, hyper::Error);

#[cfg(test)]
mod tests;

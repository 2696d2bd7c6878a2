//! A blocking transport over ureq and rustls with ring.

use super::BlockingTransport as Transport;
use super::pool::{IDLE_TIMEOUT, Pool, Pooled, Reuse, Target};
use super::tls;
use super::{BODY_LIMIT, HEAD_TOO_LARGE, TimeoutKind, Timeouts, TransportError};
use crate::codec::Body;
use crate::error::Error;
use ::ureq::config::AutoHeaderValue;
use ::ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};
use ::ureq::unversioned::resolver::DefaultResolver;
use ::ureq::unversioned::transport::{ConnectionDetails, Connector, DefaultConnector};
use ::ureq::{Agent, SendBody, Timeout};
use http::header::{CONTENT_LENGTH, HeaderValue, SET_COOKIE};
use http::{Request, Response};
use std::cell::Cell;
use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A blocking transport over [ureq](https://docs.rs/ureq) and rustls with ring: HTTP/1.1 with a connection pool,
/// without proxies, redirects or cookies.
///
/// A connection is closed after ten seconds without a request. It is probed before it is reused. A server may still
/// close it while a request is in flight, and such a request is retried only if its operation is idempotent. The
/// transport therefore learns from failed requests how long connections to a server can be idle.
///
/// A new connection resumes a TLS session of an earlier one. The crates of ureq log through the crate `log`. At the level
/// `trace`, the target `ureq_proto` logs what is sent and received, with passwords, tokens and signatures. Limit that
/// target to `info` in the filter of the logger, for example with `RUST_LOG=trace,ureq_proto=info`.
///
/// While there are idle connections, a thread of the transport waits to close them. Over TLS, the transport cannot see bytes
/// that a server sends unasked together with a response, if they do not fit into one read of 4 KiB; the next request over the
/// connection could receive them as its response. The service sends none.
///
/// ```
/// use cognito_op::UreqTransport;
/// use cognito_op::blocking::Client;
///
/// // One connection pool for two regions.
/// let transport = UreqTransport::new()?;
/// let ireland = Client::builder().region("eu-west-1").build_with(transport.clone())?;
/// let oregon = Client::builder().region("us-west-2").build_with(transport)?;
/// # Ok::<(), cognito_op::Error>(())
/// ```
#[derive(Clone)]
pub struct UreqTransport(Arc<Inner>);

struct Inner {
    tls: TlsConfig,
    connector: SharedConnector,
    pool: Arc<Pool<Connection>>,
    origin: Instant,
}

impl UreqTransport {
    /// Returns a transport that trusts the root certificates of Mozilla.
    ///
    /// # Errors
    ///
    /// Returns no error at present.
    pub fn new() -> Result<Self, Error> {
        Ok(Self::with_roots(RootCerts::WebPki))
    }

    /// Returns a transport that trusts these root certificates, in PEM or DER, and no others. One PEM input can contain
    /// several.
    ///
    /// ```no_run
    /// use cognito_op::UreqTransport;
    /// use cognito_op::blocking::Client;
    ///
    /// # fn client() -> Result<Client, Box<dyn std::error::Error>> {
    /// let pem = std::fs::read("certificate.pem")?;
    /// let transport = UreqTransport::with_root_certificates([pem])?;
    /// let client = Client::builder().endpoint("https://localhost:9229").build_with(transport)?;
    /// # Ok(client)
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) if a certificate is invalid, or if there is none.
    pub fn with_root_certificates<C: AsRef<[u8]>>(certificates: impl IntoIterator<Item = C>) -> Result<Self, Error> {
        let (_, certificates) = tls::roots(certificates)?;
        let certificates = certificates.iter().map(|certificate| Certificate::from_der(certificate).to_owned());
        Ok(Self::with_roots(certificates.into()))
    }

    /// Returns a transport that trusts the root certificates of the operating system.
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
    /// Returns no error at present.
    #[cfg(feature = "platform-roots")]
    pub fn with_platform_roots() -> Result<Self, Error> {
        Ok(Self::with_roots(RootCerts::PlatformVerifier))
    }

    fn with_roots(roots: RootCerts) -> Self {
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(roots)
            // Otherwise ureq requires a provider that is installed for the process.
            .unversioned_rustls_crypto_provider(tls::provider())
            .build();
        let connector = SharedConnector::default();
        Self(Arc::new(Inner { tls, connector, pool: Arc::default(), origin: Instant::now() }))
    }
}

/// The connector of all agents of a transport. Its TLS configuration is built once, and contains the TLS sessions that
/// later connections resume.
///
/// The traits of ureq's module `unversioned` may change in a minor version. These three are the same in 3.4 and 3.5.
#[derive(Clone, Debug, Default)]
struct SharedConnector(Arc<DefaultConnector>);

impl Connector for SharedConnector {
    type Out = <DefaultConnector as Connector>::Out;

    fn connect(&self, details: &ConnectionDetails, chained: Option<()>) -> Result<Option<Self::Out>, ::ureq::Error> {
        self.0.connect(details, chained)
    }
}

/// An agent with at most one connection.
///
/// A single agent for all connections would share cookies between calls if another crate of the program enabled that
/// feature of ureq. It would also not report how long the connection of a request was idle.
struct Connection(Agent);

impl Pooled for Connection {
    type Owner = ();

    fn owner(&self) {}

    /// Returns `None`, since the agent probes its connection itself and silently replaces one that is closed.
    fn is_open(&mut self) -> Option<bool> {
        None
    }
}

/// The longest idle time that a response proves. After a longer one, the agent is more likely to have replaced a closed
/// connection.
const PROVEN: Duration = Duration::from_millis(100);

/// The time by which the timeout of the request exceeds that of the connection, so that the latter is reported if they
/// are equal.
const GRACE: Duration = Duration::from_millis(10);

impl Transport for UreqTransport {
    fn send(&self, request: Request<Body>, timeouts: Timeouts) -> Result<Response<Body>, TransportError> {
        let Inner { pool, .. } = &*self.0;
        let target = Target::of(request.uri()).map_err(TransportError::unsent)?;
        let (connection, ticket) = match pool.take(&target, &(), Instant::now()) {
            Some(Reuse { connection, ticket }) => (connection, Some(ticket)),
            None => (self.0.connection(timeouts), None),
        };
        let outcome = exchange(&connection.0, request, timeouts, ticket.is_some());
        match (&outcome, ticket) {
            (Ok(_), Some(ticket)) => ticket.reused(PROVEN),
            (Err(error), Some(ticket)) if error.is_broken() => ticket.closed(),
            _ => {}
        }
        let response = outcome?;
        self.0.keep(target, connection, &response);
        Ok(response)
    }

    fn sleep(&self, duration: Duration) {
        std::thread::sleep(duration);
    }

    fn now(&self) -> Duration {
        self.0.origin.elapsed()
    }
}

impl Inner {
    /// Returns an agent for a new connection, with the timeouts of its first request.
    fn connection(&self, timeouts: Timeouts) -> Connection {
        let (global, connect) = limits(timeouts);
        let config = Agent::config_builder()
            .tls_config(self.tls.clone())
            .proxy(None)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(AutoHeaderValue::None)
            .accept(AutoHeaderValue::None)
            .accept_encoding(AutoHeaderValue::None)
            .max_idle_age(IDLE_TIMEOUT)
            // Timeouts are checked after each write of this size.
            .output_buffer_size(8 << 10)
            .timeout_global(global)
            .timeout_resolve(connect)
            .timeout_connect(connect)
            .build();
        Connection(Agent::with_parts(config, self.connector.clone(), DefaultResolver::default()))
    }

    /// Keeps a connection that carried a response, unless the response may have set cookies in its agent.
    fn keep(&self, target: Target, connection: Connection, response: &Response<Body>) {
        self.pool.responded(&target);
        if !response.headers().contains_key(SET_COOKIE) {
            self.pool.put(target, connection, Instant::now());
        }
    }
}

/// Returns the timeout of a request, and that of its lookup and of its connection.
fn limits(timeouts: Timeouts) -> (Option<Duration>, Option<Duration>) {
    (Some(timeouts.nearest().0.saturating_add(GRACE)), Some(timeouts.connecting().0))
}

/// Sends a request and reads the whole response.
fn exchange(
    agent: &Agent,
    request: Request<Body>,
    timeouts: Timeouts,
    is_reused: bool,
) -> Result<Response<Body>, TransportError> {
    let (kind, connect_kind) = (timeouts.nearest().1, timeouts.connecting().1);
    let (mut head, body) = request.into_parts();
    head.headers.insert(CONTENT_LENGTH, HeaderValue::from(body.as_bytes().len()));
    let taken = Cell::new(body.as_bytes().is_empty());
    let mut reader = RequestBody { rest: body.as_bytes(), taken: &taken };
    let failed = |error| failure(error, taken.get(), connect_kind, kind);
    let mut request = Request::from_parts(head, SendBody::from_reader(&mut reader));
    // ureq shares the TLS configuration only of requests without a configuration of their own, and of later ones.
    if is_reused {
        let (global, connect) = limits(timeouts);
        let request_config = agent.configure_request(request).timeout_global(global);
        request = request_config.timeout_resolve(connect).timeout_connect(connect).build();
    }
    let (head, mut body) = agent.run(request).map_err(failed)?.into_parts();
    let mut whole = Vec::new();
    // This limit also applies to a body that ureq decompresses.
    let mut reader = body.as_reader().take(BODY_LIMIT as u64 + 1);
    reader.read_to_end(&mut whole).map_err(|error| failed(error.into()))?;
    if whole.len() > BODY_LIMIT {
        return Err(TransportError::too_large());
    }
    Ok(Response::from_parts(head, Body::from(whole)))
}

/// A request body that records whether ureq has read any of it.
///
/// Until then, the service has received at most the head of the request and cannot execute the operation. The record
/// distinguishes a failed lookup, connection or handshake from a later failure, which most errors of ureq do not. An
/// empty body counts as read.
struct RequestBody<'b> {
    rest: &'b [u8],
    taken: &'b Cell<bool>,
}

impl Read for RequestBody<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.taken.set(true);
        self.rest.read(buffer)
    }
}

fn failure(error: ::ureq::Error, taken: bool, connect_kind: TimeoutKind, kind: TimeoutKind) -> TransportError {
    match error {
        ::ureq::Error::Timeout(Timeout::Resolve | Timeout::Connect) => TransportError::not_connected(connect_kind),
        ::ureq::Error::Timeout(_) if taken => TransportError::timeout(kind),
        ::ureq::Error::Timeout(_) => TransportError::not_connected(kind),
        ::ureq::Error::LargeResponseHeader(..) => TransportError::sent(HEAD_TOO_LARGE),
        // The type of this error is not public.
        ::ureq::Error::Protocol(error) if error.to_string().contains("too many headers") => {
            TransportError::sent(HEAD_TOO_LARGE)
        }
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

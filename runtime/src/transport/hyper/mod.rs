//! A transport over hyper, rustls with ring, and tokio.
//!
//! A call polls its own connection, so dropping the call closes the connection. Between calls, there is no task.

mod connect;
mod connection;
mod stream;

use self::connection::{Connection, Failure};
use self::stream::{Socket, Stream};
use super::pool::{Pool, Reuse, Target};
#[cfg(feature = "proxy")]
use super::proxy::{Proxies, Proxy, tunnel};
use super::tls;
use super::{
    BoxFuture, HEAD_TOO_LARGE, NotConnected, SPOKE_FIRST, SleepPurpose, Timeouts, Transport, TransportError,
    turn_of_others,
};
use crate::codec::Body;
use crate::error::Error;
use http::header::{HOST, HeaderValue};
use http::{Request, Response};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::Handle;
use tokio_rustls::TlsConnector;

/// A transport over [hyper](https://docs.rs/hyper) and rustls with ring, on tokio: HTTP/1.1 with a connection pool,
/// without redirects.
///
/// A connection is reused by calls within the same runtime, and closed after ten seconds without a request, even if the
/// runtime has ended: while there are idle connections, a thread of the transport waits to close them. A connection is
/// probed before it is reused. A server may still close it while a request is in flight, and such a request is retried
/// only if its operation is idempotent. The transport therefore learns for each server how long connections can be
/// idle.
///
/// The operating system resolves host names on tokio's threads for blocking work. A lookup that hangs delays the call
/// for at most its timeouts, but it continues on its thread, and dropping the runtime waits for it.
///
/// ```
/// use cognito_op::{Client, Error, HyperTransport};
/// use std::sync::Arc;
///
/// // One connection pool for two regions.
/// let transport = Arc::new(HyperTransport::new()?);
/// let ireland = Client::builder().region("eu-west-1").build_with(Arc::clone(&transport))?;
/// let oregon = Client::builder().region("us-west-2").build_with(transport)?;
/// # Ok::<(), Error>(())
/// ```
///
/// # Panics
///
/// A call panics within a tokio runtime whose I/O or time driver is not enabled, and if it is moved to another runtime
/// while it is in flight. Outside of a runtime, a call returns an error.
pub struct HyperTransport {
    tls: TlsConnector,
    pool: Arc<Pool<Box<Connection>>>,
    #[cfg(feature = "proxy")]
    proxies: Proxies,
    origin: Instant,
}

impl HyperTransport {
    /// Returns a transport that trusts the root certificates of Mozilla.
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) if TLS cannot be set up.
    pub fn new() -> Result<Self, Error> {
        Self::with_roots(tls::mozilla_roots())
    }

    /// Returns a transport that trusts these root certificates, in PEM or DER, and no others. One PEM input can contain
    /// several.
    ///
    /// ```no_run
    /// use cognito_op::{Client, HyperTransport};
    ///
    /// # fn client() -> Result<Client, Box<dyn std::error::Error>> {
    /// let pem = std::fs::read("certificate.pem")?;
    /// let transport = HyperTransport::with_root_certificates([pem])?;
    /// let client = Client::builder().endpoint("https://localhost:9229").build_with(transport)?;
    /// # Ok(client)
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) if a certificate is invalid, or if there is none.
    pub fn with_root_certificates<C: AsRef<[u8]>>(certificates: impl IntoIterator<Item = C>) -> Result<Self, Error> {
        Self::with_roots(tls::roots(certificates)?)
    }

    /// Returns a transport that trusts the root certificates of the operating system.
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
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) if TLS cannot be set up, for example because the
    /// operating system has no root certificates.
    #[cfg(feature = "platform-roots")]
    pub fn with_platform_roots() -> Result<Self, Error> {
        Ok(Self::with_rustls_config(tls::platform_config()?))
    }

    /// Returns a transport with a TLS configuration of rustls, for example with another crypto provider or a client
    /// certificate. The ALPN protocols of the configuration are replaced.
    ///
    /// This is the only constructor with types of rustls in its signature, so it changes with the major version of
    /// rustls. Pass the crypto provider explicitly, as below: `ClientConfig::builder()` uses the provider of the
    /// process, and panics if the program contains two providers and has installed neither.
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
    /// let transport = HyperTransport::with_rustls_config(config);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_rustls_config(config: ClientConfig) -> Self {
        Self {
            tls: TlsConnector::from(tls::for_http1(config)),
            pool: Arc::default(),
            #[cfg(feature = "proxy")]
            proxies: Proxies::default(),
            origin: Instant::now(),
        }
    }

    /// Sets the proxies. The TLS configuration applies to an `https` proxy as well.
    ///
    /// ```
    /// use cognito_op::HyperTransport;
    /// use cognito_op::transport::Proxies;
    ///
    /// let proxies = Proxies::all("http://proxy.example.com:3128")?;
    /// let transport = HyperTransport::new()?.with_proxies(proxies);
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    #[cfg(feature = "proxy")]
    #[must_use]
    pub fn with_proxies(self, proxies: Proxies) -> Self {
        // A pooled connection may use another proxy.
        Self { proxies, pool: Arc::default(), ..self }
    }

    pub(crate) fn with_roots(roots: RootCertStore) -> Result<Self, Error> {
        Ok(Self::with_rustls_config(tls::config(roots)?))
    }

    async fn exchange(&self, request: Request<Body>, timeouts: Timeouts) -> Result<Response<Body>, TransportError> {
        let Ok(runtime) = Handle::try_current() else {
            return Err(TransportError::unusable("the hyper transport must be called within a tokio runtime"));
        };
        let target = Target::of(request.uri()).map_err(TransportError::unsent)?;
        let mut request = origin_form(request, &target).map_err(TransportError::unsent)?;
        let begun = Instant::now();
        // Calls whose responses arrived together also send together, so that neither side is woken for each of them.
        turn_of_others().await;
        loop {
            let (mut connection, ticket) = match self.pool.take(&target, &runtime.id(), Instant::now()) {
                Some(Reuse { connection, ticket }) => (connection, Some(ticket)),
                None => (self.connect_within(&target, timeouts, begun).await?, None),
            };
            let (time, kind) = timeouts.nearest();
            // Another task may have blocked the runtime for longer than the timeout.
            if begun.elapsed() >= time {
                return Err(TransportError::not_connected(kind));
            }
            let (outcome, is_reused) = (connection.send(request).await, ticket.is_some());
            match (&outcome, ticket) {
                (Ok(_), Some(ticket)) => ticket.reused(),
                (Err(Failure::Unsent(..) | Failure::NoResponse(_)), Some(ticket)) => ticket.closed(),
                _ => {}
            }
            match outcome {
                Ok(response) => {
                    self.keep(target, connection);
                    return Ok(response);
                }
                Err(Failure::Unsent(returned, _)) if is_reused => request = *returned,
                Err(Failure::Unsent(_, error)) => return Err(TransportError::unsent(error)),
                // hyper reports this kind only in the text.
                Err(Failure::NoResponse(error)) if error.is_parse() && error.to_string().contains("too large") => {
                    return Err(TransportError::sent(HEAD_TOO_LARGE));
                }
                Err(Failure::NoResponse(error)) => return Err(TransportError::sent(error)),
                Err(Failure::Body(error)) => return Err(error),
            }
        }
    }

    /// Opens a connection, within the timeouts of an attempt that began at `begun`.
    async fn connect_within(
        &self,
        target: &Target,
        timeouts: Timeouts,
        begun: Instant,
    ) -> Result<Box<Connection>, TransportError> {
        let (time, kind) = timeouts.connecting();
        let connected = tokio::time::timeout(time.saturating_sub(begun.elapsed()), self.connect(target)).await;
        if let Ok(connected) = connected {
            return connected.map_err(NotConnected::into_error);
        }
        #[cfg(feature = "proxy")]
        if let Ok(Some(proxy)) = self.proxies.of_host(target.tls, &target.host) {
            return Err(proxy.timed_out(kind));
        }
        Err(TransportError::not_connected(kind))
    }

    async fn connect(&self, target: &Target) -> Result<Box<Connection>, NotConnected> {
        #[cfg(feature = "proxy")]
        let (mut stream, socket) =
            match self.proxies.of_host(target.tls, &target.host).map_err(NotConnected::unusable)? {
                // Boxed, since most calls need no tunnel.
                Some(proxy) => Box::pin(self.tunnel(proxy, target)).await.map_err(|error| proxy.failed(error))?,
                None => open(&target.host, target.port).await?,
            };
        #[cfg(not(feature = "proxy"))]
        let (mut stream, socket) = open(&target.host, target.port).await?;
        if target.tls {
            stream = self.secure(&target.host, stream).await?;
        }
        let mut connection = Connection::new(stream, socket).await?;
        // Over TLS, the session tickets of the handshake may have arrived already.
        if !target.tls && !connection.probe() {
            return Err(SPOKE_FIRST.into());
        }
        Ok(connection)
    }

    /// Opens a tunnel to a server through a proxy.
    #[cfg(feature = "proxy")]
    async fn tunnel(&self, proxy: &Proxy, target: &Target) -> Result<(Box<dyn Stream>, Socket), NotConnected> {
        let (host, port) = proxy.address();
        let (mut stream, socket) = open(host, port).await?;
        if proxy.is_tls() {
            stream = self.secure(host, stream).await?;
        }
        stream::write(&mut stream, &tunnel::request(proxy, target)).await?;
        let (mut response, mut buffer) = (tunnel::Response::default(), [0; tunnel::BUFFER]);
        while !response.received(stream::read(&mut stream, &mut buffer).await?)? {}
        Ok((stream, socket))
    }

    /// Begins TLS over a stream.
    async fn secure(&self, host: &str, stream: Box<dyn Stream>) -> io::Result<Box<dyn Stream>> {
        let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
        Ok(Box::new(self.tls.connect(name, stream).await?))
    }

    /// Keeps a connection that carried a response.
    fn keep(&self, target: Target, mut connection: Box<Connection>) {
        self.pool.responded(&target);
        if connection.is_ready() {
            self.pool.put(target, connection, Instant::now());
        }
    }
}

/// Opens a TCP connection. Returns it as a stream too.
async fn open(host: &str, port: u16) -> io::Result<(Box<dyn Stream>, Socket)> {
    let stream = connect::connect(host, port).await?;
    stream.set_nodelay(true)?;
    let socket = Socket::new(stream);
    Ok((Box::new(socket.clone()), socket))
}

/// Converts a request to origin form: its target is the path, and its header `Host` the authority of the URL.
fn origin_form(request: Request<Body>, target: &Target) -> Result<Request<Body>, http::Error> {
    let (mut head, body) = request.into_parts();
    let host = head.uri.authority().map_or(target.host.as_str(), http::uri::Authority::as_str);
    head.headers.insert(HOST, HeaderValue::from_str(host)?);
    let path = head.uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    head.uri = path.parse()?;
    Ok(Request::from_parts(head, body))
}

impl Transport for HyperTransport {
    fn send(
        &self,
        request: Request<Body>,
        timeouts: Timeouts,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(self.exchange(request, timeouts))
    }

    fn sleep(&self, duration: Duration, _: SleepPurpose) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            // Outside of a runtime, `send` returns an error immediately, so no timeout is needed.
            if Handle::try_current().is_ok() {
                // Otherwise a server that sends without a pause could use up the task's budget, and the timeout would
                // not fire.
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

#[cfg(test)]
mod tests;

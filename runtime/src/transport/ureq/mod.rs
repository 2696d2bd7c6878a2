//! A blocking transport over ureq-proto and rustls with ring.

mod connection;
mod socket;
mod stream;

use self::connection::{Connection, Failure};
use self::socket::Deadline;
use self::stream::Stream;
use super::BlockingTransport as Transport;
use super::pool::{Pool, Reuse, Target};
#[cfg(feature = "proxy")]
use super::proxy::Proxies;
use super::tls;
use super::{NotConnected, Timeouts, TransportError};
use crate::codec::Body;
use crate::error::Error;
use http::{Request, Response};
use rustls::{ClientConfig, RootCertStore};
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A blocking transport over [ureq-proto](https://docs.rs/ureq-proto), the protocol of ureq, and rustls with ring:
/// HTTP/1.1 with a connection pool, without redirects.
///
/// A connection is closed after ten seconds without a request: while there are idle connections, a thread of the
/// transport waits to close them. It is probed before it is reused. A server may still close it while a request is in
/// flight, and such a request is retried only if its operation is idempotent. The transport therefore learns for each
/// server how long connections can be idle.
///
/// After a call has sent its request, its thread yields once, so that the calls of many threads take turns.
///
/// The operating system resolves host names on a thread for each lookup. A lookup that hangs delays the call for at
/// most its timeouts, but its thread continues.
///
/// ureq-proto logs through the crate `log`. At the level `trace`, the target `ureq_proto` logs what is sent and
/// received, with tokens and signatures. Limit that target to `info` in the filter of the logger, for example with
/// `RUST_LOG=trace,ureq_proto=info`.
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
    tls: Arc<ClientConfig>,
    pool: Arc<Pool<Connection>>,
    #[cfg(feature = "proxy")]
    proxies: Proxies,
    origin: Instant,
}

impl UreqTransport {
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
        Self::with_roots(tls::roots(certificates)?)
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
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) if TLS cannot be set up, for example because the
    /// operating system has no root certificates.
    #[cfg(feature = "platform-roots")]
    pub fn with_platform_roots() -> Result<Self, Error> {
        Ok(Self::with_config(tls::platform_config()?))
    }

    pub(crate) fn with_roots(roots: RootCertStore) -> Result<Self, Error> {
        Ok(Self::with_config(tls::config(roots)?))
    }

    fn with_config(config: ClientConfig) -> Self {
        Self(Arc::new(Inner {
            tls: tls::for_http1(config),
            pool: Arc::default(),
            #[cfg(feature = "proxy")]
            proxies: Proxies::default(),
            origin: Instant::now(),
        }))
    }

    /// Returns a transport with these proxies and a connection pool of its own. The root certificates apply to an
    /// `https` proxy as well.
    ///
    /// ```
    /// use cognito_op::UreqTransport;
    /// use cognito_op::transport::Proxies;
    ///
    /// let proxies = Proxies::all("http://proxy.example.com:3128")?;
    /// let transport = UreqTransport::new()?.with_proxies(proxies);
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    #[cfg(feature = "proxy")]
    #[must_use]
    pub fn with_proxies(self, proxies: Proxies) -> Self {
        let Inner { tls, origin, .. } = &*self.0;
        Self(Arc::new(Inner { tls: Arc::clone(tls), pool: Arc::default(), proxies, origin: *origin }))
    }

    fn connect(&self, target: &Target, timeouts: Timeouts) -> Result<Connection, TransportError> {
        let (time, kind) = timeouts.connecting();
        let deadline = Deadline::after(time);
        let connected = self.connect_before(target, deadline);
        if connected.is_ok() || !deadline.is_over() {
            return connected.map_err(NotConnected::into_error);
        }
        #[cfg(feature = "proxy")]
        if let Ok(Some(proxy)) = self.0.proxies.of_host(target.tls, &target.host) {
            return Err(proxy.timed_out(kind));
        }
        Err(TransportError::not_connected(kind))
    }

    fn connect_before(&self, target: &Target, deadline: Deadline) -> Result<Connection, NotConnected> {
        let tls = &self.0.tls;
        #[cfg(feature = "proxy")]
        if let Some(proxy) = self.0.proxies.of_host(target.tls, &target.host).map_err(NotConnected::unusable)? {
            let stream = Stream::tunnel(proxy, target, tls, deadline).map_err(|error| proxy.failed(error))?;
            return Connection::over(stream, target, tls);
        }
        Connection::over(Stream::open(&target.host, target.port, deadline)?, target, tls)
    }
}

impl Transport for UreqTransport {
    fn send(&self, request: Request<Body>, timeouts: Timeouts) -> Result<Response<Body>, TransportError> {
        let Inner { pool, .. } = &*self.0;
        let target = Target::of(request.uri()).map_err(TransportError::unsent)?;
        let (time, kind) = timeouts.nearest();
        let deadline = Deadline::after(time);
        let (mut connection, ticket) = match pool.take(&target, &(), Instant::now()) {
            Some(Reuse { connection, ticket }) => (connection, Some(ticket)),
            None => (self.connect(&target, timeouts)?, None),
        };
        if deadline.is_over() {
            return Err(TransportError::not_connected(kind));
        }
        let outcome = connection.send(request, deadline).map_err(|failure| match failure {
            Failure::Unsent(error) => TransportError::unsent(error),
            Failure::TooLarge => TransportError::too_large(),
            Failure::Broken(_) if deadline.is_over() => TransportError::timeout(kind),
            Failure::Broken(error) => TransportError::sent(error),
        });
        match (&outcome, ticket) {
            (Ok(_), Some(ticket)) => ticket.reused(),
            (Err(error), Some(ticket)) if error.is_broken() => ticket.closed(),
            _ => {}
        }
        let (response, can_be_reused) = outcome?;
        pool.responded(&target);
        if can_be_reused {
            pool.put(target, connection, Instant::now());
        }
        Ok(response)
    }

    fn sleep(&self, duration: Duration) {
        std::thread::sleep(duration);
    }

    fn now(&self) -> Duration {
        self.0.origin.elapsed()
    }
}

impl fmt::Debug for UreqTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UreqTransport").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;

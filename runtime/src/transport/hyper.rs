//! The transport that ships: hyper's HTTP/1.1 over rustls with ring and the bundled Mozilla roots, on tokio.
//!
//! Connections are driven by the calls that use them and by nothing else: no task runs between calls, dropping a call
//! closes its connection, and a connection whose runtime is gone shows as dead before it is used.

use super::{BODY_LIMIT, BoxFuture, Deadline, Limit, Transport, TransportError};
use crate::body::Body;
use crate::error::Error;
use bytes::{Bytes, BytesMut};
use http::header::HOST;
use http::uri::Scheme;
use http::{HeaderValue, Request, Response, Uri};
use hyper::body::{Body as _, Frame, Incoming, SizeHint};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// How long a connection waits for its next call. Front ends of AWS close an idle connection after a minute or later; a
/// connection that is let go in good time is never found closed.
const IDLE_LIMIT: Duration = Duration::from_secs(10);

/// How many connections wait at most.
const IDLE_CONNECTIONS: usize = 128;

/// How long an address is tried before the next is tried beside it (RFC 8305, section 5).
const NEXT_ADDRESS: Duration = Duration::from_millis(250);

/// HTTP/1.1 over TLS, or in the clear where the endpoint says so, with connections kept for the next call.
///
/// It needs a tokio runtime with I/O and time enabled. It follows no redirect and knows no proxy; `HTTPS_PROXY` and its
/// like are not read.
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

    fn with_roots(roots: RootCertStore) -> Result<Self, Error> {
        // The provider is given, so none has to be installed for the process, and one that is changes nothing.
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| Error::misconfigured(format!("TLS cannot be set up: {error}")))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { tls: TlsConnector::from(Arc::new(config)), idle: Mutex::default(), origin: Instant::now() })
    }

    async fn exchange(&self, request: Request<Body>, deadline: Deadline) -> Result<Response<Body>, TransportError> {
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(TransportError::unsent("the hyper transport needs to be called within a tokio runtime"));
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
        let connecting = tokio::time::timeout(deadline.connect(), self.connect(&target));
        let connection = match connecting.await {
            Ok(Ok(connection)) => connection,
            Ok(Err(error)) => return Err(TransportError::unsent(error)),
            Err(_) => return Err(TransportError::deadline(Limit::Connect)),
        };
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
        request: Request<Outgoing>,
    ) -> Result<Result<Response<Body>, TransportError>, HandedBack> {
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
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|idle| idle.since.elapsed() < IDLE_LIMIT);
        while let Some(at) = idle.iter().rposition(|idle| idle.target == *target) {
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
                idle.push(Idle { target: target.clone(), connection, since: Instant::now() });
            }
        }
    }

    async fn connect(&self, target: &Target) -> Result<Connection, Box<dyn std::error::Error + Send + Sync>> {
        let addresses = tokio::net::lookup_host((target.host.as_str(), target.port)).await?;
        let stream = connect_first(in_turns(addresses.collect())).await?;
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
        let (sender, driver) = http1::handshake(TokioIo::new(stream)).await?;
        Ok(Connection { sender, driver: Some(driver), probe })
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
            // Without a runtime `send` has an error to tell.
            if tokio::runtime::Handle::try_current().is_ok() {
                tokio::time::sleep(duration).await;
            } else {
                std::future::pending::<()>().await;
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

/// What a connection leads to.
#[derive(Clone, PartialEq, Eq)]
struct Target {
    tls: bool,
    host: String,
    port: u16,
}

impl Target {
    fn of(uri: &Uri) -> Result<Self, &'static str> {
        let tls = match uri.scheme() {
            Some(scheme) if *scheme == Scheme::HTTPS => true,
            Some(scheme) if *scheme == Scheme::HTTP => false,
            _ => return Err("the URL is neither `https` nor `http`"),
        };
        let host = uri.host().ok_or("the URL has no host")?;
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        Ok(Self { tls, host, port: uri.port_u16().unwrap_or(if tls { 443 } else { 80 }) })
    }

    /// The request as it goes over a connection to the host: its target is the path, and `Host` says the rest.
    fn origin_form(&self, request: Request<Body>) -> Result<Request<Outgoing>, http::Error> {
        let (mut head, body) = request.into_parts();
        let host = match head.uri.authority() {
            Some(authority) => HeaderValue::from_str(authority.as_str())?,
            None => HeaderValue::from_str(&self.host)?,
        };
        head.headers.insert(HOST, host);
        let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
        head.uri = path.parse()?;
        Ok(Request::from_parts(head, Outgoing(Some(body.into_bytes()))))
    }
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

type Driver = http1::Connection<TokioIo<Box<dyn Stream>>, Outgoing>;

struct Connection {
    sender: SendRequest<Outgoing>,
    /// What reads and writes; `None` once the connection has ended.
    driver: Option<Driver>,
    /// The same socket, to ask the operating system about.
    probe: std::net::TcpStream,
}

impl Connection {
    /// Whether the next request can go over it: nothing came since the last answer, not even an end.
    fn is_alive(&mut self) -> bool {
        let mut unheard = Context::from_waker(Waker::noop());
        poll_driver(&mut self.driver, &mut unheard);
        // The runtime may not have heard yet what the operating system already knows.
        let silent = matches!(self.probe.peek(&mut [0]), Err(error) if error.kind() == io::ErrorKind::WouldBlock);
        silent && self.driver.is_some() && self.sender.is_ready()
    }
}

struct Idle {
    target: Target,
    connection: Connection,
    since: Instant,
}

/// A request none of which left, and why.
struct HandedBack(Request<Outgoing>, hyper::Error);

fn poll_driver(driver: &mut Option<Driver>, context: &mut Context<'_>) {
    if let Some(running) = driver
        && Pin::new(running).poll(context).is_ready()
    {
        // Why it ended is told by what was under way on it.
        *driver = None;
    }
}

/// Runs `work` while reading and writing for it.
async fn driven<T>(driver: &mut Option<Driver>, work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    poll_fn(|context| {
        if let Poll::Ready(done) = work.as_mut().poll(context) {
            return Poll::Ready(done);
        }
        poll_driver(driver, context);
        work.as_mut().poll(context)
    })
    .await
}

/// The whole body, if it is no larger than it may be.
async fn read(body: Incoming) -> Result<Body, TransportError> {
    let limit = BODY_LIMIT as u64;
    if body.size_hint().lower() > limit {
        return Err(TransportError::too_large());
    }
    let mut body = pin!(body);
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let Ok(data) = frame.map_err(TransportError::sent)?.into_data() else { continue };
        if first.len() + rest.len() + data.len() > BODY_LIMIT {
            return Err(TransportError::too_large());
        }
        if first.is_empty() {
            // Most answers come in one piece, which is kept as it is.
            first = data;
        } else {
            rest.extend_from_slice(&data);
        }
    }
    if rest.is_empty() {
        return Ok(first.into());
    }
    let mut whole = BytesMut::with_capacity(first.len() + rest.len());
    whole.extend_from_slice(&first);
    whole.extend_from_slice(&rest);
    Ok(whole.freeze().into())
}

/// A body in one piece.
struct Outgoing(Option<Bytes>);

impl hyper::body::Body for Outgoing {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.take().map(|data| Ok(Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.as_ref().map_or(0, |data| data.len() as u64))
    }
}

/// The addresses with the families taking turns, beginning with the family of the first.
fn in_turns(addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let begins = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (first, second): (Vec<_>, Vec<_>) = addresses.into_iter().partition(|address| address.is_ipv6() == begins);
    let mut turns = Vec::with_capacity(first.len() + second.len());
    let (mut first, mut second) = (first.into_iter(), second.into_iter());
    loop {
        match (first.next(), second.next()) {
            (None, None) => return turns,
            (one, other) => turns.extend(one.into_iter().chain(other)),
        }
    }
}

/// A connection to the address that answers first. An address has a head start before the next, which it loses by failing.
async fn connect_first(addresses: Vec<SocketAddr>) -> io::Result<TcpStream> {
    let mut waiting = addresses.into_iter();
    let mut racing: Vec<BoxFuture<'static, io::Result<TcpStream>>> = Vec::new();
    let mut head_start = pin!(tokio::time::sleep(Duration::ZERO));
    let mut failure = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
    poll_fn(|context| {
        loop {
            let mut next = racing.is_empty();
            let mut at = 0;
            while at < racing.len() {
                match racing[at].as_mut().poll(context) {
                    Poll::Ready(Ok(stream)) => return Poll::Ready(Ok(stream)),
                    Poll::Ready(Err(error)) => {
                        failure = error;
                        drop(racing.swap_remove(at));
                        next = true;
                    }
                    Poll::Pending => at += 1,
                }
            }
            if !next && head_start.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            match waiting.next() {
                Some(address) => {
                    racing.push(Box::pin(TcpStream::connect(address)));
                    head_start.as_mut().reset(tokio::time::Instant::now() + NEXT_ADDRESS);
                }
                None if racing.is_empty() => {
                    return Poll::Ready(Err(std::mem::replace(&mut failure, io::ErrorKind::Other.into())));
                }
                None => return Poll::Pending,
            }
        }
    })
    .await
}

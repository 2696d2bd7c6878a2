//! One connection and what it leads to.

use super::meter::{Meter, Metered};
use crate::codec::Body;
use http::header::HOST;
use http::uri::Scheme;
use http::{HeaderValue, Request, Uri};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};

/// What a connection leads to.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) tls: bool,
    pub(super) host: String,
    pub(super) port: u16,
}

impl Target {
    pub(super) fn of(uri: &Uri) -> Result<Self, &'static str> {
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
    pub(super) fn origin_form(&self, request: Request<Body>) -> Result<Request<Body>, http::Error> {
        let (mut head, body) = request.into_parts();
        let host = match head.uri.authority() {
            Some(authority) => HeaderValue::from_str(authority.as_str())?,
            None => HeaderValue::from_str(&self.host)?,
        };
        head.headers.insert(HOST, host);
        let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
        head.uri = path.parse()?;
        Ok(Request::from_parts(head, body))
    }
}

pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

pub(super) type Driver = http1::Connection<TokioIo<Metered>, Body>;

/// A connection, which moves only while a call drives it.
pub(super) struct Connection {
    pub(super) target: Target,
    pub(super) sender: SendRequest<Body>,
    /// What reads and writes; `None` once the connection has ended.
    pub(super) driver: Option<Driver>,
    /// The same socket, to ask the operating system about.
    probe: std::net::TcpStream,
    meter: Meter,
}

impl Connection {
    pub(super) async fn over(
        target: Target,
        stream: Box<dyn Stream>,
        probe: std::net::TcpStream,
    ) -> hyper::Result<Box<Self>> {
        let (stream, meter) = Metered::new(stream);
        let (sender, driver) = http1::handshake(TokioIo::new(stream)).await?;
        Ok(Box::new(Self { target, sender, driver: Some(driver), probe, meter }))
    }

    /// Begins the count of what is read for a request.
    pub(super) fn begin(&self) {
        self.meter.begin(1);
    }

    /// Whether it is worth keeping: neither side is known to have ended it.
    pub(super) fn is_open(&mut self) -> bool {
        let mut unheard = Context::from_waker(Waker::noop());
        poll_driver(&mut self.driver, &mut unheard);
        self.driver.is_some() && self.sender.is_ready()
    }

    /// Whether the next request can go over it: nothing came since the last answer, not even an end.
    pub(super) fn is_alive(&mut self) -> bool {
        // The runtime may not have heard yet what the operating system already knows.
        self.is_open() && matches!(self.probe.peek(&mut [0]), Err(error) if error.kind() == io::ErrorKind::WouldBlock)
    }

    /// Whether it is still alive after that time.
    pub(super) async fn stays_open(&mut self, time: Duration) -> bool {
        let mut time = pin!(tokio::time::sleep(time));
        poll_fn(|context| {
            poll_driver(&mut self.driver, context);
            if self.driver.is_none() { Poll::Ready(()) } else { time.as_mut().poll(context) }
        })
        .await;
        self.is_alive()
    }
}

fn poll_driver(driver: &mut Option<Driver>, context: &mut Context<'_>) {
    if let Some(running) = driver
        && Pin::new(running).poll(context).is_ready()
    {
        // Why it ended is told by what was under way on it.
        *driver = None;
    }
}

/// Runs `work` while reading and writing for it.
pub(super) async fn driven<T>(driver: &mut Option<Driver>, work: impl Future<Output = T>) -> T {
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

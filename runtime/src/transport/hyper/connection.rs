//! A connection, which makes progress only while a call polls it.

use super::super::body::read;
use super::super::pool::Pooled;
use super::super::{HEADER_LIMIT, TransportError};
use super::stream::{Socket, Stream};
use crate::codec::Body;
use http::{Request, Response};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use tokio::runtime::{Handle, Id};

pub(super) struct Connection {
    /// The runtime that reports the events of the socket. The connection makes progress only there.
    runtime: Id,
    sender: SendRequest<Body>,
    driver: Driver,
    /// The socket below the driver, for probes.
    socket: Socket,
}

/// The future that reads and writes; `None` once the connection has ended.
struct Driver(Option<http1::Connection<TokioIo<Box<dyn Stream>>, Body>>);

/// The reason why a request over a connection failed.
pub(super) enum Failure {
    /// The connection was closed before any of the request was sent.
    Unsent(Box<Request<Body>>, hyper::Error),
    /// The connection failed before there was a response.
    NoResponse(hyper::Error),
    /// The body of the response could not be read.
    Body(TransportError),
}

impl Connection {
    /// Returns a connection over a stream, which consists of the socket and possibly TLS.
    pub(super) async fn new(stream: Box<dyn Stream>, socket: Socket) -> hyper::Result<Box<Self>> {
        let builder = http1::Builder::new().max_headers(HEADER_LIMIT).handshake(TokioIo::new(stream));
        let (sender, connection) = builder.await?;
        let (runtime, driver) = (Handle::current().id(), Driver(Some(connection)));
        Ok(Box::new(Self { runtime, sender, driver, socket }))
    }

    /// Sends a request and reads the whole response.
    pub(super) async fn send(&mut self, request: Request<Body>) -> Result<Response<Body>, Failure> {
        self.socket.reset_limit();
        let response = self.driver.run(self.sender.try_send_request(request)).await;
        let response = response.map_err(|mut failed| match failed.take_message() {
            Some(request) => Failure::Unsent(Box::new(request), failed.into_error()),
            None => Failure::NoResponse(failed.into_error()),
        })?;
        let (head, body) = response.into_parts();
        let body = self.driver.run(read(body)).await.map_err(Failure::Body)?;
        Ok(Response::from_parts(head, body))
    }

    /// Returns whether the connection can carry a request, as far as the runtime knows.
    pub(super) fn is_ready(&mut self) -> bool {
        self.driver.poll(&mut Context::from_waker(Waker::noop()));
        self.driver.0.is_some() && self.sender.is_ready()
    }

    /// Returns whether the connection is open and the server has sent nothing since the last response.
    pub(super) fn probe(&mut self) -> bool {
        self.is_ready() && self.socket.is_quiet()
    }
}

impl Pooled for Box<Connection> {
    type Owner = Id;

    fn owner(&self) -> Id {
        self.runtime
    }

    fn is_open(&mut self) -> bool {
        self.probe()
    }
}

impl Driver {
    fn poll(&mut self, context: &mut Context<'_>) {
        if let Some(connection) = &mut self.0
            && Pin::new(connection).poll(context).is_ready()
        {
            // The request that was in flight reports the reason.
            self.0 = None;
        }
    }

    /// Completes a future while reading and writing for it.
    async fn run<T>(&mut self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        poll_fn(|context| {
            if let Poll::Ready(done) = work.as_mut().poll(context) {
                return Poll::Ready(done);
            }
            self.poll(context);
            work.as_mut().poll(context)
        })
        .await
    }
}

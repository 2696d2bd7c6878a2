//! Connections of HTTP/2, which many calls share. Each has a task that reads and writes for it, and ends when nobody has use for
//! it any more.

use super::connection::{Stream, Target};
use super::pool::IDLE_LIMIT;
use super::{HandedBack, TransportError};
use crate::body::Body;
use crate::transport::body::read;
use http::header::HOST;
use http::{Request, Response};
use hyper::client::conn::http2::{self, SendRequest};
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::runtime::{Handle, Id};

/// What the server sends is read sooner than that, unless nothing at all is done.
const HELD_UP: Duration = Duration::from_millis(100);

/// The connections that take calls.
#[derive(Default)]
pub(super) struct Shared(Mutex<Vec<Open>>);

struct Open {
    target: Target,
    /// The runtime that its task runs in.
    runtime: Id,
    connection: Multiplexed,
    used: Instant,
}

/// A connection.
#[derive(Clone)]
pub(super) struct Multiplexed {
    sender: SendRequest<Body>,
    /// The same socket, to ask the operating system about; and what tells connections apart.
    probe: Arc<std::net::TcpStream>,
}

impl Multiplexed {
    pub(super) async fn over(stream: Box<dyn Stream>, probe: std::net::TcpStream) -> hyper::Result<Self> {
        let (sender, connection) = http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await?;
        // Why it ended is told by what was under way on it.
        tokio::spawn(async { _ = connection.await });
        Ok(Self { sender, probe: Arc::new(probe) })
    }

    /// Whether another call can go over it, by all that is known here, that long after it was used.
    fn is_alive(&self, idle: Duration) -> bool {
        // The runtime may not have heard yet what the operating system already knows.
        let silent = match self.probe.peek(&mut [0]) {
            Ok(0) => false,
            // It is being read for others, or the process was frozen and the end may come after it.
            Ok(_) => idle < HELD_UP,
            Err(error) => error.kind() == io::ErrorKind::WouldBlock,
        };
        silent && !self.sender.is_closed()
    }
}

impl Shared {
    /// The connection that was used last, if it is alive.
    pub(super) fn take(&self, target: &Target) -> Option<Multiplexed> {
        let runtime = Handle::current().id();
        let mut all = self.all();
        all.retain(|open| open.used.elapsed() < IDLE_LIMIT && !open.connection.sender.is_closed());
        while let Some(at) = all.iter().rposition(|open| open.target == *target && open.runtime == runtime) {
            if all[at].connection.is_alive(all[at].used.elapsed()) {
                all[at].used = Instant::now();
                return Some(all[at].connection.clone());
            }
            all.remove(at);
        }
        None
    }

    /// Lets other calls have it, too. Of several that were made at the same time one is enough.
    pub(super) fn add(&self, target: &Target, connection: &Multiplexed) {
        let runtime = Handle::current().id();
        let mut all = self.all();
        if !all.iter().any(|open| open.target == *target && open.runtime == runtime) {
            all.push(Open { target: target.clone(), runtime, connection: connection.clone(), used: Instant::now() });
        }
    }

    /// Sends a request and reads its answer, or hands the request back if none of it left.
    pub(super) async fn send_over(
        &self,
        mut connection: Multiplexed,
        mut request: Request<Body>,
    ) -> Result<Result<Response<Body>, TransportError>, HandedBack> {
        // It is in the request's target here.
        request.headers_mut().remove(HOST);
        // A call that ends without an answer, for example because its time is over, may have met a connection that is dead.
        let mut suspicion = Suspicion { shared: self, probe: Some(Arc::clone(&connection.probe)) };
        let response = match connection.sender.try_send_request(request).await {
            Ok(response) => response,
            Err(mut failed) => {
                return match failed.take_message() {
                    Some(request) => Err(HandedBack(request, failed.into_error())),
                    None => Ok(Err(failure(failed.into_error()))),
                };
            }
        };
        let (head, body) = response.into_parts();
        let outcome = read(body).await.map(|body| Response::from_parts(head, body));
        if outcome.is_ok() {
            suspicion.probe = None;
        }
        Ok(outcome)
    }

    fn all(&self) -> MutexGuard<'_, Vec<Open>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes a connection from further calls when it is dropped, unless it was found good.
struct Suspicion<'s> {
    shared: &'s Shared,
    probe: Option<Arc<std::net::TcpStream>>,
}

impl Drop for Suspicion<'_> {
    fn drop(&mut self) {
        if let Some(probe) = &self.probe {
            self.shared.all().retain(|open| !Arc::ptr_eq(&open.connection.probe, probe));
        }
    }
}

/// A stream that is refused was not looked at ([RFC 9113, section 8.7](https://www.rfc-editor.org/rfc/rfc9113#section-8.7)); of
/// all else nobody knows.
fn failure(error: hyper::Error) -> TransportError {
    let cause = std::error::Error::source(&error).and_then(|cause| cause.downcast_ref::<h2::Error>());
    let refused = cause.is_some_and(|cause| {
        cause.is_reset() && cause.is_remote() && cause.reason() == Some(h2::Reason::REFUSED_STREAM)
    });
    if refused { TransportError::unsent(error) } else { TransportError::sent(error) }
}

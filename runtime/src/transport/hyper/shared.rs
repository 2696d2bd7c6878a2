//! Connections of HTTP/2, which many calls share. Each has a task that reads and writes for it, and ends when nobody has use for
//! it any more.

use super::connection::{Stream, Target};
use super::meter::{Meter, Metered};
use super::pool::{IDLE_LIMIT, Pool};
use super::tasks::{End, Tasks};
use super::{HandedBack, TransportError};
use crate::codec::Body;
use crate::transport::body::read;
use http::header::HOST;
use http::{Request, Response};
use hyper::client::conn::http2::{self, SendRequest};
use hyper_util::rt::TokioIo;
use std::future::poll_fn;
use std::io;
use std::net::TcpStream;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::runtime::{Handle, Id};

/// What the server sends is read sooner than that, unless nothing at all is done.
const HELD_UP: Duration = Duration::from_millis(100);

/// The connections that take calls.
#[derive(Clone, Default)]
pub(super) struct Shared(Arc<Mutex<Vec<Open>>>);

struct Open {
    target: Target,
    /// The runtime that its task runs in.
    runtime: Id,
    sender: SendRequest<Body>,
    /// The same socket, to ask the operating system about; and what tells connections apart.
    probe: Arc<TcpStream>,
    /// Ends its tasks with the last call.
    end: Arc<End>,
    meter: Meter,
    /// How many calls the server lets be under way.
    room: Arc<AtomicUsize>,
    /// How many calls are under way.
    running: usize,
    /// When the last one ended.
    used: Instant,
}

impl Open {
    /// How long nobody has used it.
    fn idle(&self) -> Duration {
        if self.running > 0 { Duration::ZERO } else { self.used.elapsed() }
    }

    /// Whether another call can go over it, by all that is known here.
    fn is_alive(&self) -> bool {
        // The runtime may not have heard yet what the operating system already knows.
        let silent = match self.probe.peek(&mut [0]) {
            Ok(0) => false,
            // It is being read for others, or the process was frozen and the end may come after it.
            Ok(_) => self.idle() < HELD_UP,
            Err(error) => error.kind() == io::ErrorKind::WouldBlock,
        };
        silent && !self.sender.is_closed()
    }

    fn has_room(&self) -> bool {
        self.running < self.room.load(Ordering::Relaxed)
    }
}

/// A connection for one call.
pub(super) struct Call {
    shared: Shared,
    sender: SendRequest<Body>,
    probe: Arc<TcpStream>,
    _end: Arc<End>,
    /// How long it has waited, if it is not new.
    idle: Option<Duration>,
    /// Whether it has shown that it works.
    good: bool,
}

impl Shared {
    /// The connection that was used last, if there is one that is alive, has room, and is not about to be closed by all that the
    /// server has shown.
    pub(super) fn take(&self, target: &Target, pool: &Pool) -> Option<Call> {
        let runtime = Handle::current().id();
        let mut all = self.all();
        all.retain(|open| open.idle() < IDLE_LIMIT);
        for at in (0..all.len()).rev() {
            let open = &mut all[at];
            if open.target != *target || open.runtime != runtime {
                continue;
            }
            let (idle, alive) = (open.idle(), open.is_alive());
            if open.running == 0 {
                pool.saw(target, idle, alive);
            }
            if !alive {
                all.remove(at);
            } else if open.has_room() && pool.allows(target, idle) {
                open.running += 1;
                open.meter.begin(open.running);
                return Some(self.call(open, Some(idle)));
            }
        }
        None
    }

    /// A new connection, which other calls have too; but of several that are made at the same time one is enough.
    pub(super) async fn connect(
        &self,
        target: &Target,
        stream: Box<dyn Stream>,
        probe: TcpStream,
    ) -> hyper::Result<Call> {
        let tasks = Tasks::default();
        let end = Arc::new(tasks.end_of());
        let (stream, meter) = Metered::new(stream);
        let (sender, mut connection) = http2::handshake(tasks.clone(), TokioIo::new(stream)).await?;
        let room = Arc::new(AtomicUsize::new(connection.current_max_send_streams()));
        let seen = Arc::clone(&room);
        tasks.spawn(poll_fn(move |context| {
            // Why it ended is told by what was under way on it.
            let ended = Pin::new(&mut connection).poll(context).map(|_| ());
            seen.store(connection.current_max_send_streams(), Ordering::Relaxed);
            ended
        }));
        let (runtime, probe) = (Handle::current().id(), Arc::new(probe));
        let (target, used) = (target.clone(), Instant::now());
        let open = Open { target, runtime, sender, probe, end, meter, room, running: 1, used };
        let call = self.call(&open, None);
        let mut all = self.all();
        if !all.iter().any(|other| other.target == open.target && other.runtime == runtime && other.has_room()) {
            all.push(open);
        }
        Ok(call)
    }

    fn call(&self, open: &Open, idle: Option<Duration>) -> Call {
        let (sender, probe, end) = (open.sender.clone(), Arc::clone(&open.probe), Arc::clone(&open.end));
        Call { shared: self.clone(), sender, probe, _end: end, idle, good: false }
    }

    fn all(&self) -> MutexGuard<'_, Vec<Open>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Call {
    /// How long the connection has waited, if it is not new.
    pub(super) fn idle(&self) -> Option<Duration> {
        self.idle
    }

    /// Sends a request and reads its answer, or hands the request back if none of it left.
    pub(super) async fn send(
        mut self,
        mut request: Request<Body>,
    ) -> Result<Result<Response<Body>, TransportError>, HandedBack> {
        // It is in the request's target here.
        request.headers_mut().remove(HOST);
        let response = match self.sender.try_send_request(request).await {
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
        self.good = outcome.is_ok();
        Ok(outcome)
    }
}

impl Drop for Call {
    /// A call that ended without an answer, for example because its time was over, may have met a connection that is dead. It takes
    /// no further call.
    fn drop(&mut self) {
        let mut all = self.shared.all();
        if let Some(at) = all.iter().position(|open| Arc::ptr_eq(&open.probe, &self.probe)) {
            if self.good {
                all[at].running = all[at].running.saturating_sub(1);
                all[at].used = Instant::now();
            } else {
                all.remove(at);
            }
        }
    }
}

/// A stream that is refused was not looked at ([RFC 9113, section 8.7](https://www.rfc-editor.org/rfc/rfc9113#section-8.7)). Nor is
/// one that a GOAWAY leaves out, but an error does not say which those are. Of all else nobody knows.
fn failure(error: hyper::Error) -> TransportError {
    let cause = std::error::Error::source(&error).and_then(|cause| cause.downcast_ref::<h2::Error>());
    let refused = cause.is_some_and(|cause| {
        cause.is_reset() && cause.is_remote() && cause.reason() == Some(h2::Reason::REFUSED_STREAM)
    });
    if refused { TransportError::unsent(error) } else { TransportError::sent(error) }
}

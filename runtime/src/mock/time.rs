//! The virtual clock of a mock, and timeouts in real time for signers and wrapping transports.

use super::Shared;
use std::pin::Pin;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// The number of times that a wait yields to other tasks before it advances the clock.
const TURNS: u32 = 64;

/// Waits on the virtual clock. It lets other tasks run before it advances the clock, so that concurrent waits overlap.
pub(super) struct Wait {
    shared: Arc<Shared>,
    /// The end on the virtual clock.
    end: Duration,
    turns: u32,
}

impl Wait {
    pub(super) fn new(shared: Arc<Shared>, duration: Duration) -> Self {
        let end = shared.lock().clock.saturating_add(duration);
        Self { shared, end, turns: 0 }
    }
}

impl Future for Wait {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.turns < TURNS {
            self.turns += 1;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let clock = &mut self.shared.lock().clock;
        *clock = self.end.max(*clock);
        Poll::Ready(())
    }
}

/// Completes after a duration in real time, for a signer or a wrapping transport that takes real time.
pub(super) struct RealTimeout {
    duration: Duration,
    turns: u32,
    /// Started once the call has been pending for longer than a [`Wait`].
    alarm: Option<Alarm>,
}

impl RealTimeout {
    pub(super) fn new(duration: Duration) -> Self {
        Self { duration, turns: 0, alarm: None }
    }
}

impl Future for RealTimeout {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.turns < 2 * TURNS {
            self.turns += 1;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let duration = self.duration;
        let has_rung = self.alarm.get_or_insert_with(|| Alarm::after(duration)).has_rung(context.waker());
        if has_rung { Poll::Ready(()) } else { Poll::Pending }
    }
}

/// A thread that wakes a task after a duration.
struct Alarm {
    state: Arc<Mutex<State>>,
    /// Dropping it ends the thread.
    _cancel: Sender<()>,
}

struct State {
    has_rung: bool,
    waker: Waker,
}

impl Alarm {
    fn after(duration: Duration) -> Self {
        let state = Arc::new(Mutex::new(State { has_rung: false, waker: Waker::noop().clone() }));
        let (cancel, cancelled) = mpsc::channel::<()>();
        let ring = {
            let state = Arc::clone(&state);
            move || {
                if cancelled.recv_timeout(duration) == Err(RecvTimeoutError::Timeout) {
                    let waker = {
                        let mut state = lock(&state);
                        state.has_rung = true;
                        state.waker.clone()
                    };
                    waker.wake();
                }
            }
        };
        // On a target without threads, the timeout expires immediately.
        if std::thread::Builder::new().spawn(ring).is_err() {
            lock(&state).has_rung = true;
        }
        Self { state, _cancel: cancel }
    }

    fn has_rung(&self, waker: &Waker) -> bool {
        let mut state = lock(&self.state);
        state.waker.clone_from(waker);
        state.has_rung
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

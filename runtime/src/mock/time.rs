//! Time as a mock has it.

use super::Shared;
use crate::client::GRACE;
use crate::waiting;
use std::pin::Pin;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// How often others get a turn before time passes.
const TURNS: u32 = 64;

/// Waits until a time on the mock's clock, which is put forward for it. Those that wait at the same time share it.
pub(super) struct Sleep {
    shared: Arc<Shared>,
    duration: Duration,
    /// When it ends on the mock's clock.
    end: Duration,
    turns: u32,
    alarm: Option<Alarm>,
}

impl Sleep {
    pub(super) fn new(shared: Arc<Shared>, duration: Duration) -> Self {
        let end = shared.lock().clock.saturating_add(duration);
        Self { shared, duration, end, turns: 0, alarm: None }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut end = self.end;
        match waiting::is_for_nothing() {
            // Something else really takes its time, and has as much of it as in production.
            Some(false) => {
                let duration = self.duration;
                if !self.alarm.get_or_insert_with(|| Alarm::after(duration)).has_rung(context.waker()) {
                    return Poll::Pending;
                }
            }
            // What a client adds is for transports that keep their limits themselves.
            Some(true) => end = end.saturating_sub(GRACE),
            None => {}
        }
        if self.turns < TURNS {
            self.turns += 1;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let clock = &mut self.shared.lock().clock;
        *clock = end.max(*clock);
        Poll::Ready(())
    }
}

/// Rings after a time that really passes.
struct Alarm {
    state: Arc<Mutex<State>>,
    /// Dropping it calls the alarm off.
    _called_off: Sender<()>,
}

struct State {
    rung: bool,
    waker: Waker,
}

impl Alarm {
    fn after(duration: Duration) -> Self {
        let state = Arc::new(Mutex::new(State { rung: false, waker: Waker::noop().clone() }));
        let (called_off, wait) = mpsc::channel::<()>();
        let ring = {
            let state = Arc::clone(&state);
            move || {
                if wait.recv_timeout(duration) == Err(RecvTimeoutError::Timeout) {
                    let waker = {
                        let mut state = lock(&state);
                        state.rung = true;
                        state.waker.clone()
                    };
                    waker.wake();
                }
            }
        };
        // Where there are no threads, nothing takes its time either.
        if std::thread::Builder::new().spawn(ring).is_err() {
            lock(&state).rung = true;
        }
        Self { state, _called_off: called_off }
    }

    fn has_rung(&self, waker: &Waker) -> bool {
        let mut state = lock(&self.state);
        state.waker.clone_from(waker);
        state.rung
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

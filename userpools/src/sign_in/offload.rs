//! Computations that run where the program chooses, so that they do not hold up other tasks of the caller's thread.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll, Waker};
use std::thread;

/// A computation as the program receives it.
type Computation = Box<dyn FnOnce() + Send>;

/// The function of the program that runs a computation elsewhere.
pub(crate) type Offload = Arc<dyn Fn(Computation) + Send + Sync>;

pub(crate) type Work<T> = Box<dyn FnOnce() -> T + Send>;

/// The result of a computation that runs elsewhere. If the program drops the computation, the future runs it.
pub(super) struct Offloaded<T>(Arc<Shared<T>>);

struct Shared<T>(Mutex<State<T>>);

struct State<T> {
    /// The computation, until it starts.
    work: Option<Work<T>>,
    result: Option<thread::Result<T>>,
    is_job_dropped: bool,
    waker: Option<Waker>,
}

/// The program's part of a computation. If the future was dropped, there is nothing left to compute.
struct Job<T>(Weak<Shared<T>>);

impl<T: Send + 'static> Offloaded<T> {
    pub(super) fn new(offload: &Offload, work: Work<T>) -> Self {
        let state = State { work: Some(work), result: None, is_job_dropped: false, waker: None };
        let shared = Arc::new(Shared(Mutex::new(state)));
        let job = Job(Arc::downgrade(&shared));
        offload(Box::new(move || job.run()));
        Self(shared)
    }
}

impl<T> Shared<T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Job<T> {
    fn run(&self) {
        let Some(shared) = self.0.upgrade() else { return };
        let work = shared.lock().work.take();
        if let Some(work) = work {
            // The future resumes a panic, as if it had computed the result.
            let result = catch_unwind(AssertUnwindSafe(work));
            shared.lock().result = Some(result);
        }
    }
}

/// Wakes the future, whether the computation has run or not.
impl<T> Drop for Job<T> {
    fn drop(&mut self) {
        let Some(shared) = self.0.upgrade() else { return };
        let waker = {
            let mut state = shared.lock();
            state.is_job_dropped = true;
            state.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Future for Offloaded<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let mut state = self.0.lock();
        if let Some(result) = state.result.take() {
            return Poll::Ready(result.unwrap_or_else(|panic| resume_unwind(panic)));
        }
        if state.is_job_dropped
            && let Some(work) = state.work.take()
        {
            drop(state);
            return Poll::Ready(work());
        }
        state.waker = Some(context.waker().clone());
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;

    /// Keeps the computations, so that a test decides when they run.
    fn kept() -> (Offload, Arc<Mutex<Vec<Computation>>>) {
        let kept = Arc::new(Mutex::new(Vec::new()));
        let jobs = Arc::clone(&kept);
        (Arc::new(move |job| jobs.lock().expect("no panic").push(job)), kept)
    }

    #[test]
    fn a_computation_runs_elsewhere() {
        let (offload, kept) = kept();
        let mut future = Offloaded::new(&offload, Box::new(|| thread::current().id()));
        assert_eq!((&mut future).now_or_never(), None);
        let job = kept.lock().expect("no panic").pop().expect("a computation");
        let other = thread::spawn(job);
        let id = other.thread().id();
        other.join().expect("no panic");
        assert_eq!(future.now_or_never(), Some(id));
    }

    #[test]
    fn a_dropped_computation_runs_here() {
        let (offload, kept) = kept();
        let mut future = Offloaded::new(&offload, Box::new(|| thread::current().id()));
        assert_eq!((&mut future).now_or_never(), None);
        kept.lock().expect("no panic").clear();
        assert_eq!(future.now_or_never(), Some(thread::current().id()));
        let immediately: Offload = Arc::new(drop);
        assert_eq!(Offloaded::new(&immediately, Box::new(|| 7)).now_or_never(), Some(7));
    }

    #[test]
    fn a_dropped_future_needs_no_computation() {
        let (offload, kept) = kept();
        drop(Offloaded::new(&offload, Box::new(|| panic!("computed without a receiver"))));
        kept.lock().expect("no panic").pop().expect("a computation")();
    }

    #[test]
    fn a_panic_is_passed_on() {
        let run: Offload = Arc::new(|job| job());
        let future = Offloaded::new(&run, Box::new(|| -> u8 { panic!("as planned") }));
        let panic = catch_unwind(AssertUnwindSafe(|| future.now_or_never())).expect_err("a panic");
        assert_eq!(panic.downcast_ref(), Some(&"as planned"));
    }

    #[tokio::test]
    async fn the_future_is_woken() {
        let offload: Offload = Arc::new(|job| drop(thread::spawn(job)));
        assert_eq!(Offloaded::new(&offload, Box::new(|| 7)).await, 7);
    }
}

//! One future for all callers that wait for its result.

use crate::transport::BoxFuture;
use std::collections::BTreeMap;
use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread, ThreadId};
use std::time::Duration;

/// Runs a future once for all callers that wait for its result at the same time, such as a request for keys or
/// credentials that many calls need.
///
/// The future belongs to this structure instead of a caller. Whichever caller waits polls it, so it goes on if the caller
/// that started it is cancelled. It needs no runtime of its own: while no caller waits, it rests, unless
/// [`advance`](Self::advance) is called. A result is returned to the callers that waited for it, and is not kept. A caller
/// that comes later starts a new future.
///
/// ```
/// use cognito_op::SingleFlight;
/// use std::sync::Arc;
///
/// #[derive(Default)]
/// struct Settings {
///     download: SingleFlight<Result<Arc<str>, Arc<str>>>,
/// }
///
/// impl Settings {
///     /// Downloads the settings, once for all callers that wait.
///     async fn get(&self) -> Result<Arc<str>, Arc<str>> {
///         self.download.start_or_join(|| Box::pin(download())).await
///     }
/// }
/// # async fn download() -> Result<Arc<str>, Arc<str>> {
/// #     Err("there is no server".into())
/// # }
/// ```
///
/// If a poll of the future panics, the panic reaches the caller that polled, and another caller starts a new future. No
/// lock is held while the future is polled, dropped or created, or while a caller is woken, so they can use this structure.
/// The future must not wait for its own result.
///
/// # Blocking programs
///
/// [`blocking::wait`](crate::blocking::wait) waits on a thread instead of in a task. The first thread runs the future, whose
/// code can block, and the others wait:
///
/// ```
/// use cognito_op::{SingleFlight, blocking};
///
/// fn settings(download: &SingleFlight<String>) -> String {
///     blocking::wait(download.start_or_join(|| Box::pin(async { read_file() })))
/// }
///
/// fn read_file() -> String {
///     // Blocks.
/// #   "".to_owned()
/// }
/// # assert_eq!(settings(&SingleFlight::new()), "");
/// ```
pub struct SingleFlight<T> {
    /// The future that has not ended, with its callers.
    current: Mutex<Option<Arc<Flight<T>>>>,
}

/// A future and its callers.
struct Flight<T> {
    /// The future, while it is not polled.
    future: Mutex<Option<BoxFuture<'static, T>>>,
    output: OnceLock<T>,
    callers: Arc<Callers>,
    /// Wakes all callers that wait.
    waker: Waker,
}

/// The callers that wait for a future. It is apart from the future, which holds its waker.
struct Callers(Mutex<State>);

struct State {
    stage: Stage,
    /// Whether the future was woken since its last poll, or is new.
    is_woken: bool,
    waiting: BTreeMap<u64, Waker>,
    next: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Idle,
    /// A thread creates or polls the future.
    Busy(ThreadId),
    Ended,
}

impl<T: Clone + Send + Sync + 'static> SingleFlight<T> {
    /// Creates a structure without a future.
    #[must_use]
    pub const fn new() -> Self {
        Self { current: Mutex::new(None) }
    }

    /// Waits for the future in progress, or starts the one that `start` creates. Returns its output.
    ///
    /// `start` is called again if the future was [cancelled](Self::cancel), or panicked in another caller.
    ///
    /// ```
    /// use cognito_op::SingleFlight;
    ///
    /// # async fn example() {
    /// let numbers = SingleFlight::new();
    /// let number = numbers.start_or_join(|| Box::pin(async { 5 })).await;
    /// assert_eq!(number, 5);
    /// # }
    /// # cognito_op::blocking::wait(example());
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if the future waits for its own output, which would never end.
    pub async fn start_or_join(&self, mut start: impl FnMut() -> BoxFuture<'static, T>) -> T {
        loop {
            let (flight, _) = self.flight(&mut start);
            if let Some(output) = self.wait_for(&flight).await {
                return output;
            }
        }
    }

    /// Waits for the future in progress, if there is one. Returns its output, unless it was
    /// [cancelled](Self::cancel) or panicked in another caller.
    ///
    /// ```
    /// use cognito_op::SingleFlight;
    ///
    /// # async fn example() {
    /// let numbers = SingleFlight::new();
    /// assert_eq!(numbers.join().await, None);
    /// numbers.start(|| Box::pin(async { 5 }));
    /// assert_eq!(numbers.join().await, Some(5));
    /// # }
    /// # cognito_op::blocking::wait(example());
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if the future waits for its own output, which would never end.
    pub async fn join(&self) -> Option<T> {
        let flight = lock(&self.current).clone()?;
        self.wait_for(&flight).await
    }

    /// Starts a future without waiting for it, and returns whether it did. It does not if a future is in progress.
    ///
    /// The future is first polled by a caller that waits for it, or by [`advance`](Self::advance).
    ///
    /// ```
    /// use cognito_op::SingleFlight;
    ///
    /// let numbers = SingleFlight::new();
    /// assert!(numbers.start(|| Box::pin(std::future::pending::<u32>())));
    /// assert!(!numbers.start(|| Box::pin(async { 5 })));
    /// ```
    pub fn start(&self, start: impl FnOnce() -> BoxFuture<'static, T>) -> bool {
        self.flight(start).1
    }

    /// Polls the future in progress without waiting for it, if it can make progress. Calls that need no result can do
    /// this, so that a future in the background ends without a task of its own.
    ///
    /// ```
    /// use cognito_op::SingleFlight;
    ///
    /// let numbers = SingleFlight::new();
    /// numbers.start(|| Box::pin(async { 5 }));
    /// numbers.advance();
    /// assert!(numbers.start(|| Box::pin(async { 6 })), "the first one has ended");
    /// ```
    pub fn advance(&self) {
        let flight = lock(&self.current).clone();
        if let Some(flight) = flight {
            self.poll(&flight);
        }
    }

    /// Wakes the tasks and threads that wait. They poll again, so that a caller that also waits for something else can
    /// look at it.
    ///
    /// ```
    /// # fn changed(numbers: &cognito_op::SingleFlight<u32>) {
    /// numbers.wake();
    /// # }
    /// ```
    pub fn wake(&self) {
        let flight = lock(&self.current).clone();
        if let Some(flight) = flight {
            flight.callers.change(|_| true);
        }
    }

    /// Drops the future in progress, such as one that makes no progress. Its callers start a new one.
    ///
    /// A poll that is running goes on. If the future ends in it, its output is returned to the caller that polls.
    ///
    /// ```
    /// use cognito_op::SingleFlight;
    ///
    /// let numbers = SingleFlight::new();
    /// numbers.start(|| Box::pin(std::future::pending::<u32>()));
    /// numbers.cancel();
    /// assert!(numbers.start(|| Box::pin(async { 5 })));
    /// ```
    pub fn cancel(&self) {
        let flight = lock(&self.current).take();
        if let Some(flight) = flight {
            let future = lock(&flight.future).take();
            drop(future);
            flight.callers.end_poll(Stage::Ended);
        }
    }

    /// Returns the future in progress, or the one that `start` creates, and whether it is new.
    fn flight(&self, start: impl FnOnce() -> BoxFuture<'static, T>) -> (Arc<Flight<T>>, bool) {
        let mut current = lock(&self.current);
        if let Some(flight) = &*current {
            return (Arc::clone(flight), false);
        }
        let flight = Arc::clone(current.insert(Arc::new(Flight::new())));
        drop(current);
        let mut turn = Turn { owner: self, flight: &flight, future: None };
        turn.future = Some(start());
        drop(turn);
        (flight, true)
    }

    /// Returns the output of a future, or `None` if it ended without one.
    async fn wait_for(&self, flight: &Arc<Flight<T>>) -> Option<T> {
        let mut caller = Caller { callers: &flight.callers, number: None };
        poll_fn(|context| {
            // Before the poll, so that no wake-up is lost.
            caller.register(context.waker());
            self.poll(flight);
            let stage = lock(&flight.callers.0).stage;
            assert!(stage != Stage::Busy(thread::current().id()), "a future waits for its own output");
            if stage == Stage::Ended { Poll::Ready(flight.output.get().cloned()) } else { Poll::Pending }
        })
        .await
    }

    /// Polls a future if it was woken, and is not polled already.
    fn poll(&self, flight: &Arc<Flight<T>>) {
        let mut state = lock(&flight.callers.0);
        if state.stage != Stage::Idle || !state.is_woken {
            return;
        }
        state.stage = Stage::Busy(thread::current().id());
        state.is_woken = false;
        drop(state);
        // If the poll panics, the future is dropped, and then the turn, which ends the flight.
        let mut turn = Turn { owner: self, flight, future: None };
        let future = lock(&flight.future).take();
        let Some(mut future) = future else { return };
        match future.as_mut().poll(&mut Context::from_waker(&flight.waker)) {
            // It was not set, since the future has not ended before.
            Poll::Ready(output) => drop(flight.output.set(output)),
            Poll::Pending => turn.future = Some(future),
        }
    }
}

impl<T: Clone + Send + Sync + 'static> Default for SingleFlight<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Debug for SingleFlight<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SingleFlight").finish_non_exhaustive()
    }
}

impl<T> Flight<T> {
    /// Creates a flight whose future this thread creates.
    fn new() -> Self {
        let stage = Stage::Busy(thread::current().id());
        let callers = Callers(Mutex::new(State { stage, is_woken: true, waiting: BTreeMap::new(), next: 0 }));
        let callers = Arc::new(callers);
        let waker = Waker::from(Arc::clone(&callers));
        Self { future: Mutex::new(None), output: OnceLock::new(), callers, waker }
    }
}

impl Callers {
    /// Changes the state, and wakes the callers if `change` returns `true`.
    fn change(&self, change: impl FnOnce(&mut State) -> bool) {
        let mut state = lock(&self.0);
        let woken = if change(&mut state) { std::mem::take(&mut state.waiting) } else { BTreeMap::new() };
        drop(state);
        woken.into_values().for_each(Waker::wake);
    }

    fn end_poll(&self, stage: Stage) {
        self.change(|state| {
            // A future that was cancelled during the poll remains so.
            if state.stage != Stage::Ended {
                state.stage = stage;
            }
            state.is_woken || state.stage == Stage::Ended
        });
    }
}

impl Wake for Callers {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.change(|state| {
            state.is_woken = true;
            // During a poll, callers cannot poll. They are woken at its end.
            state.stage == Stage::Idle
        });
    }
}

/// The exclusive right to create or poll a future, until it is dropped. The flight has ended if there is no future then.
struct Turn<'a, T> {
    owner: &'a SingleFlight<T>,
    flight: &'a Arc<Flight<T>>,
    future: Option<BoxFuture<'static, T>>,
}

impl<T> Drop for Turn<'_, T> {
    fn drop(&mut self) {
        let stage = if self.future.is_some() { Stage::Idle } else { Stage::Ended };
        *lock(&self.flight.future) = self.future.take();
        if stage == Stage::Ended {
            let ended = lock(&self.owner.current).take_if(|current| Arc::ptr_eq(current, self.flight));
            drop(ended);
        }
        self.flight.callers.end_poll(stage);
    }
}

/// A caller that waits.
struct Caller<'a> {
    callers: &'a Callers,
    number: Option<u64>,
}

impl Caller<'_> {
    fn register(&mut self, waker: &Waker) {
        let waker = waker.clone();
        let mut state = lock(&self.callers.0);
        let number = *self.number.get_or_insert_with(|| {
            state.next += 1;
            state.next
        });
        // Dropping a waker can drop a task, and with it another caller.
        let previous = state.waiting.insert(number, waker);
        drop(state);
        drop(previous);
    }
}

impl Drop for Caller<'_> {
    fn drop(&mut self) {
        if let Some(number) = self.number {
            let waker = lock(&self.callers.0).waiting.remove(&number);
            drop(waker);
        }
    }
}

/// Locks a mutex. The state is consistent even after a panic in another thread.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs a future on this thread, which sleeps while the future waits.
///
/// It is for futures that need no runtime, such as those of [`SingleFlight`]. The future is polled when it is woken, and at
/// least once a second, so that it can look at a clock.
///
/// ```
/// use cognito_op::blocking;
///
/// assert_eq!(blocking::wait(async { 5 }), 5);
/// ```
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        thread::park_timeout(Duration::from_secs(1));
    }
}

/// Wakes a thread.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

#[cfg(test)]
mod tests;

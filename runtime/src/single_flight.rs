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
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Weak, mpsc};

    /// A future that a test completes, and how often it was created and polled.
    #[derive(Default)]
    struct Source {
        output: Mutex<Option<u32>>,
        waker: Mutex<Option<Waker>>,
        started: AtomicUsize,
        polled: AtomicUsize,
        dropped: AtomicUsize,
    }

    impl Source {
        fn start(self: &Arc<Self>) -> BoxFuture<'static, u32> {
            struct Drops(Arc<Source>);
            impl Drop for Drops {
                fn drop(&mut self) {
                    self.0.dropped.fetch_add(1, Ordering::SeqCst);
                }
            }
            self.started.fetch_add(1, Ordering::SeqCst);
            let source = Drops(Arc::clone(self));
            Box::pin(poll_fn(move |context| {
                source.0.polled.fetch_add(1, Ordering::SeqCst);
                *lock(&source.0.waker) = Some(context.waker().clone());
                lock(&source.0.output).map_or(Poll::Pending, Poll::Ready)
            }))
        }

        fn wake(&self) {
            let waker = lock(&self.waker).clone();
            waker.expect("it was polled").wake();
        }

        fn complete(&self, output: u32) {
            *lock(&self.output) = Some(output);
            self.wake();
        }

        fn counts(&self) -> (usize, usize) {
            (self.started.load(Ordering::SeqCst), self.polled.load(Ordering::SeqCst))
        }
    }

    /// Counts how often a task is woken.
    #[derive(Default)]
    struct Woken(AtomicUsize);

    impl Wake for Woken {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// A task that a test polls.
    struct Task<'a, T> {
        future: BoxFuture<'a, T>,
        woken: Arc<Woken>,
    }

    impl<'a, T> Task<'a, T> {
        fn new(future: impl Future<Output = T> + Send + 'a) -> Self {
            Self { future: Box::pin(future), woken: Arc::default() }
        }

        fn poll(&mut self) -> Option<T> {
            let waker = Waker::from(Arc::clone(&self.woken));
            match self.future.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(output) => Some(output),
                Poll::Pending => None,
            }
        }

        fn woken(&self) -> usize {
            self.woken.0.load(Ordering::SeqCst)
        }
    }

    fn task<'a>(flight: &'a SingleFlight<u32>, source: &'a Arc<Source>) -> Task<'a, u32> {
        Task::new(flight.start_or_join(|| source.start()))
    }

    /// Runs a test on a thread of its own, since a deadlock must fail it.
    fn without_deadlock(test: impl FnOnce() + Send + 'static) {
        let (done, ended) = mpsc::channel();
        thread::spawn(move || {
            test();
            done.send(()).expect("a test that waits");
        });
        ended.recv_timeout(Duration::from_secs(20)).expect("no deadlock and no panic");
    }

    #[test]
    fn a_thousand_callers_share_one_future() {
        let (flight, source) = (SingleFlight::new(), Arc::default());
        let mut tasks: Vec<_> = (0..1000).map(|_| task(&flight, &source)).collect();
        assert!(tasks.iter_mut().all(|task| task.poll().is_none()));
        assert_eq!(source.counts(), (1, 1));

        // Each time the future is woken, one caller polls it, and each caller is woken at most once.
        for wakes in 1..=10 {
            source.wake();
            source.wake();
            assert!(tasks.iter_mut().all(|task| task.woken() == wakes && task.poll().is_none()));
            assert_eq!(source.counts(), (1, 1 + wakes));
        }
        // A caller that is polled without being woken registers once, and does not poll the future.
        assert!(tasks.iter_mut().all(|task| task.poll().is_none()));
        assert_eq!(source.counts(), (1, 11));
        source.complete(5);
        assert!(tasks.iter_mut().all(|task| task.woken() == 11 && task.poll() == Some(5)));
        // One caller polled the future to its end, and was woken with the others.
        assert_eq!(source.counts(), (1, 12));
        assert!(tasks.iter().all(|task| task.woken() <= 12));
        assert_eq!(source.dropped.load(Ordering::SeqCst), 1);
        assert_eq!(task(&flight, &source).poll(), Some(5), "a new future");
        assert_eq!(source.counts(), (2, 13));
    }

    #[test]
    fn cancelled_callers_strand_no_other() {
        let (flight, source) = (SingleFlight::new(), Arc::default());
        let (mut first, mut second, mut third) =
            (task(&flight, &source), task(&flight, &source), task(&flight, &source));
        assert!(first.poll().is_none() && second.poll().is_none() && third.poll().is_none());
        drop(first);
        source.complete(5);
        // It was woken, and does not poll any more.
        assert_eq!(second.woken(), 1);
        drop(second);
        assert_eq!((third.woken(), third.poll()), (1, Some(5)));
        assert_eq!(source.counts(), (1, 2));

        // All callers are dropped; the next one finds the future, which was woken.
        let source = Arc::default();
        let mut only = task(&flight, &source);
        assert!(only.poll().is_none());
        drop(only);
        source.complete(6);
        assert_eq!(task(&flight, &source).poll(), Some(6));
        assert_eq!(source.counts(), (1, 2));
    }

    #[test]
    fn wake_ups_during_a_poll_reach_all_callers() {
        let flight = Arc::new(SingleFlight::new());
        let mut other = Task::new(async { flight.join().await });
        let polls = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&polls);
        assert!(flight.start(|| {
            Box::pin(poll_fn(move |context| {
                context.waker().wake_by_ref();
                if counted.fetch_add(1, Ordering::SeqCst) == 3 { Poll::Ready(5_u32) } else { Poll::Pending }
            }))
        }));
        let mut first = Task::new(async { flight.join().await });
        for polls_before in 0..3 {
            assert_eq!(polls.load(Ordering::SeqCst), polls_before);
            assert!(first.poll().is_none());
            assert_eq!(first.woken(), polls_before + 1);
        }
        // The one that was woken is cancelled, and another one goes on.
        drop(first);
        assert_eq!(other.poll(), Some(Some(5)));
    }

    #[test]
    fn a_panic_leaves_the_others_a_new_future() {
        let (flight, source) = (SingleFlight::new(), Arc::<Source>::default());
        let panics = AtomicUsize::new(0);
        let start = || -> BoxFuture<'static, u32> {
            if panics.fetch_add(1, Ordering::SeqCst) < 1 {
                Box::pin(async { panic!("a fault") })
            } else {
                source.start()
            }
        };
        assert!(flight.start(|| Box::pin(poll_fn(|_| panic!("a fault")))));
        let mut tasks: Vec<_> = (0..3).map(|_| Task::new(flight.start_or_join(start))).collect();
        assert!(catch_unwind(AssertUnwindSafe(|| tasks[0].poll())).is_err());
        assert!(catch_unwind(AssertUnwindSafe(|| tasks[1].poll())).is_err(), "its own");
        assert!(tasks[2].poll().is_none());
        source.complete(5);
        assert_eq!(tasks[2].poll(), Some(5));
        assert_eq!(source.counts().0, 1);

        // Those that wait for the future are woken and start a new one.
        let (flight, source) = (SingleFlight::new(), Arc::<Source>::default());
        let is_right = AtomicUsize::new(0);
        let (mut first, mut second) = (task(&flight, &source), task(&flight, &source));
        assert!(first.poll().is_none() && second.poll().is_none());
        flight.cancel();
        assert_eq!((first.woken(), second.woken()), (1, 1));
        assert!(second.poll().is_none());
        source.complete(6);
        assert_eq!((first.poll(), second.poll()), (Some(6), Some(6)));
        assert_eq!(source.counts().0, 2);
        // The function that creates the future panics.
        let start = || -> BoxFuture<'static, u32> {
            assert!(is_right.fetch_add(1, Ordering::SeqCst) > 0, "a fault");
            source.start()
        };
        assert!(catch_unwind(AssertUnwindSafe(|| flight.start(start))).is_err());
        assert!(flight.start(start));
    }

    #[test]
    fn the_future_can_use_the_structure() {
        without_deadlock(|| {
            let flight = Arc::new(SingleFlight::new());
            let inner = Arc::clone(&flight);
            let uses = move || {
                assert!(!inner.start(|| Box::pin(async { 6 })));
                inner.advance();
                inner.wake();
            };
            let in_start = uses.clone();
            let start = || -> BoxFuture<'static, u32> {
                in_start();
                let uses = uses.clone();
                Box::pin(async move {
                    uses();
                    5
                })
            };
            assert_eq!(wait(flight.start_or_join(start)), 5);

            // A future that waits for itself panics instead of waiting without end.
            let inner = Arc::clone(&flight);
            let start = || -> BoxFuture<'static, u32> {
                let inner = Arc::clone(&inner);
                Box::pin(async move { wait(inner.start_or_join(|| Box::pin(async { 6 }))) })
            };
            assert!(catch_unwind(AssertUnwindSafe(|| wait(flight.start_or_join(start)))).is_err());
            // A future that cancels itself.
            let inner = Arc::clone(&flight);
            let start = || -> BoxFuture<'static, u32> {
                let inner = Arc::clone(&inner);
                Box::pin(async move {
                    inner.cancel();
                    7
                })
            };
            assert_eq!(wait(flight.start_or_join(start)), 7);
        });
    }

    /// A waker that holds a caller, as the waker of a task does.
    struct Holding {
        _future: Mutex<BoxFuture<'static, ()>>,
    }

    impl Wake for Holding {
        fn wake(self: Arc<Self>) {}
    }

    #[test]
    fn wakers_and_futures_can_drop_callers() {
        without_deadlock(|| {
            let flight = Arc::new(SingleFlight::<u32>::new());
            let call = || -> BoxFuture<'static, ()> {
                let flight = Arc::clone(&flight);
                Box::pin(async move {
                    flight.start_or_join(|| Box::pin(std::future::pending())).await;
                })
            };
            let poll = |call: &mut BoxFuture<'static, ()>, waker: &Waker| {
                assert!(call.as_mut().poll(&mut Context::from_waker(waker)).is_pending());
            };
            let holding = || {
                let mut other = call();
                poll(&mut other, Waker::noop());
                Waker::from(Arc::new(Holding { _future: Mutex::new(other) }))
            };
            let mut waiting = call();
            // It replaces its waker, then leaves.
            poll(&mut waiting, &holding());
            poll(&mut waiting, &holding());
            drop(waiting);
            // A future that owns a caller of its own flight.
            flight.cancel();
            let mut caller = call();
            poll(&mut caller, Waker::noop());
            flight.cancel();
            flight.start(|| {
                Box::pin(async move {
                    caller.await;
                    5
                })
            });
            flight.cancel();
        });
    }

    #[test]
    fn a_structure_that_is_dropped_drops_its_future() {
        let (flight, source) = (SingleFlight::new(), Arc::default());
        assert!(task(&flight, &source).poll().is_none());
        let weak: Weak<Source> = Arc::downgrade(&source);
        drop(flight);
        assert_eq!(source.dropped.load(Ordering::SeqCst), 1);
        // The future had kept its own waker, which keeps nothing alive.
        drop(source);
        assert!(weak.upgrade().is_none());
    }

    #[test]
    fn a_hundred_threads_share_one_run() {
        let flight = Arc::new(SingleFlight::new());
        let (runs, inside) = (Arc::new(AtomicUsize::new(0)), AtomicUsize::new(0));
        let call = || {
            inside.fetch_add(1, Ordering::SeqCst);
            wait(flight.start_or_join(|| {
                let runs = Arc::clone(&runs);
                Box::pin(async move {
                    thread::sleep(Duration::from_millis(300));
                    runs.fetch_add(1, Ordering::SeqCst)
                })
            }))
        };
        thread::scope(|scope| {
            let threads: Vec<_> = (0..100).map(|_| scope.spawn(call)).collect();
            assert!(threads.into_iter().all(|thread| thread.join().expect("no panic") == 0));
        });
        assert_eq!(inside.load(Ordering::SeqCst), 100);

        // A thread that panics leaves the others a new run.
        let panics = Arc::new(AtomicUsize::new(0));
        let call = || {
            wait(flight.start_or_join(|| {
                let panics = Arc::clone(&panics);
                Box::pin(async move {
                    thread::sleep(Duration::from_millis(100));
                    assert!(panics.fetch_add(1, Ordering::SeqCst) > 0, "a fault");
                    7
                })
            }))
        };
        thread::scope(|scope| {
            let threads: Vec<_> = (0..10).map(|_| scope.spawn(call)).collect();
            let outcomes: Vec<_> = threads.into_iter().map(thread::ScopedJoinHandle::join).collect();
            assert_eq!(outcomes.iter().filter(|outcome| outcome.is_err()).count(), 1);
            assert!(outcomes.into_iter().flatten().all(|output| output == 7));
        });
    }

    /// Runs a future like [`wait`], but polls it only when it is woken, so that a lost wake-up hangs.
    fn park_on<T>(future: impl Future<Output = T>) -> T {
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        let mut future = pin!(future);
        loop {
            match future.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(output) => return output,
                Poll::Pending => thread::park(),
            }
        }
    }

    #[test]
    fn no_wake_up_is_lost_among_threads() {
        without_deadlock(|| {
            let flight = SingleFlight::new();
            let (wakers, woken) = mpsc::channel::<Waker>();
            let waking = thread::spawn(move || woken.into_iter().for_each(Waker::wake));
            // Another thread wakes it, then it wakes its own task, and then it ends.
            let start = || -> BoxFuture<'static, u32> {
                let (wakers, mut polls) = (wakers.clone(), 0);
                Box::pin(poll_fn(move |context| {
                    polls += 1;
                    match polls {
                        1 | 3 => wakers.send(context.waker().clone()).expect("a thread"),
                        2 => context.waker().wake_by_ref(),
                        _ => return Poll::Ready(5),
                    }
                    Poll::Pending
                }))
            };
            thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| {
                        for _ in 0..500 {
                            // A caller that is cancelled, also while others wait.
                            let _ = pin!(flight.start_or_join(start)).poll(&mut Context::from_waker(Waker::noop()));
                            assert_eq!(park_on(flight.start_or_join(start)), 5);
                        }
                    });
                }
            });
            drop(wakers);
            drop(flight);
            waking.join().expect("no panic");
        });
    }

    #[test]
    fn a_run_that_hangs_can_be_given_up() {
        without_deadlock(|| {
            let flight = Arc::new(SingleFlight::new());
            let (release, held) = mpsc::channel::<()>();
            let held = Arc::new(Mutex::new(held));
            let (begin, has_begun) = mpsc::channel();
            let hangs = Arc::clone(&flight);
            let hanging = thread::spawn(move || {
                wait(hangs.start_or_join(|| {
                    let (begin, held) = (begin.clone(), Arc::clone(&held));
                    Box::pin(async move {
                        begin.send(()).expect("a test that waits");
                        assert!(lock(&held).recv().is_err(), "released");
                        1
                    })
                }))
            });
            has_begun.recv().expect("it has begun");
            assert!(!flight.start(|| Box::pin(async { 3 })));
            flight.advance();
            let waits = Arc::clone(&flight);
            let waiting = thread::spawn(move || wait(waits.start_or_join(|| Box::pin(async { 2 }))));
            thread::sleep(Duration::from_millis(50));
            flight.cancel();
            assert_eq!(waiting.join().expect("no panic"), 2);
            drop(release);
            assert_eq!(hanging.join().expect("no panic"), 1, "for itself alone");
            assert_eq!(wait(flight.start_or_join(|| Box::pin(async { 4 }))), 4);
        });
    }
}

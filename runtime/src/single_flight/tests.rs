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
    let (mut first, mut second, mut third) = (task(&flight, &source), task(&flight, &source), task(&flight, &source));
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
        if panics.fetch_add(1, Ordering::SeqCst) < 1 { Box::pin(async { panic!("a fault") }) } else { source.start() }
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

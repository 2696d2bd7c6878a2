//! An in-memory service with a virtual clock. It is a transport for both clients.

use cognito_op::http::{Request, Response};
use cognito_op::transport::{BoxFuture, SleepPurpose, Timeouts, Transport, TransportError};
use cognito_op::{Body, blocking};
use std::future::poll_fn;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// The result of a request.
pub type Outcome = Result<Response<Body>, TransportError>;

/// The state and the behavior of a service.
pub trait Service: Send + 'static {
    /// The part of a request that is kept until the response.
    type Received: Send;

    /// The virtual time.
    fn time(&mut self) -> &mut Duration;

    /// Receives a request.
    fn receive(&mut self, request: Request<Body>) -> Self::Received;

    /// Returns the outcome; `None` if the request waits for a change of the service.
    fn respond(&mut self, request: &Self::Received) -> Option<Outcome>;
}

/// An in-memory service. Clones share it.
pub struct FakeService<S>(Arc<Shared<S>>);

struct Shared<S> {
    service: Mutex<S>,
    changed: Condvar,
    /// The wakers of requests and timers that wait for a change. They are added only while the service is locked.
    wakers: Mutex<Vec<Waker>>,
}

impl<S> Clone for FakeService<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S: Service> FakeService<S> {
    /// Starts a service.
    #[must_use]
    pub fn new(service: S) -> Self {
        Self(Arc::new(Shared { service: Mutex::new(service), changed: Condvar::new(), wakers: Mutex::default() }))
    }

    /// Returns the service. Use [`change`](Self::change) for a change that requests wait for.
    pub fn service(&self) -> MutexGuard<'_, S> {
        self.0.service.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the service, and wakes the requests that wait.
    pub fn change(&self, change: impl FnOnce(&mut S)) {
        change(&mut self.service());
        let wakers = std::mem::take(&mut *self.wakers());
        self.0.changed.notify_all();
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Advances the clock.
    pub fn advance(&self, time: Duration) {
        self.change(|service| *service.time() += time);
    }

    /// Waits until the service is in the expected state, for at most ten seconds.
    pub fn wait_until(&self, is_reached: impl Fn(&S) -> bool) {
        let is_in_time = (0..1000).any(|_| {
            let is_reached = is_reached(&self.service());
            if !is_reached {
                std::thread::sleep(Duration::from_millis(10));
            }
            is_reached
        });
        assert!(is_in_time, "the service did not reach the expected state");
    }

    /// Sends a request, and blocks until it has an outcome.
    pub fn answer(&self, request: Request<Body>) -> Outcome {
        let mut service = self.service();
        let received = service.receive(request);
        loop {
            match service.respond(&received) {
                Some(outcome) => return outcome,
                None => service = self.0.changed.wait(service).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    fn wakers(&self) -> MutexGuard<'_, Vec<Waker>> {
        self.0.wakers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the output. If there is none yet, the task is polled again after a change.
    fn poll<T>(&self, context: &Context<'_>, output: impl FnOnce(&mut S) -> Option<T>) -> Poll<T> {
        let mut service = self.service();
        output(&mut service).map_or_else(
            || {
                self.wakers().push(context.waker().clone());
                Poll::Pending
            },
            Poll::Ready,
        )
    }
}

impl<S: Service> Transport for FakeService<S> {
    fn send(&self, request: Request<Body>, _: Timeouts) -> BoxFuture<'_, Outcome> {
        let received = self.service().receive(request);
        Box::pin(poll_fn(move |context| self.poll(context, |service| service.respond(&received))))
    }

    /// A backoff advances the clock. A timeout expires when a test advances the clock.
    fn sleep(&self, duration: Duration, purpose: SleepPurpose) -> BoxFuture<'_, ()> {
        let end = *self.service().time() + duration;
        Box::pin(poll_fn(move |context| {
            self.poll(context, |service| {
                let now = service.time();
                if purpose == SleepPurpose::Backoff {
                    *now = (*now).max(end);
                }
                (*now >= end).then_some(())
            })
        }))
    }

    fn now(&self) -> Duration {
        *self.service().time()
    }
}

impl<S: Service> blocking::Transport for FakeService<S> {
    fn send(&self, request: Request<Body>, _: Timeouts) -> Outcome {
        self.answer(request)
    }

    fn sleep(&self, duration: Duration) {
        self.advance(duration);
    }

    fn now(&self) -> Duration {
        *self.service().time()
    }
}

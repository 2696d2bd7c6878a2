//! The way from a client to the mock.

use super::plan::{self, Answer};
use super::recorded::{Recorded, members, operation};
use super::time::Sleep;
use super::{Shared, State};
use crate::sign::{Sign, SignError};
use crate::transport::{BoxFuture, Timeouts, Transport, TransportError};
use crate::{Body, blocking, waiting};
use http::{Request, Response};
use std::fmt;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

/// The transport of a client that asks a [`Mock`](super::Mock).
///
/// ```
/// use cognito_op::mock::{Mock, MockTransport};
/// use cognito_op::{Client, Error};
///
/// /// The client of this program's tests.
/// fn client(transport: MockTransport) -> Result<Client, Error> {
///     Client::builder()
///         .region("eu-west-1")
///         .app_client("1example23456789", "secret")
///         .build_with(transport)
/// }
///
/// let mock = Mock::new();
/// let client = client(mock.transport())?;
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone)]
pub struct MockTransport(Arc<Shared>);

impl MockTransport {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self(shared)
    }

    /// The answer to a request; `None` where there is none and none will come.
    fn answer(&self, request: Request<Body>) -> Option<Result<Response<Body>, TransportError>> {
        let State { expected, recorded, unexpected, over, .. } = &mut *self.0.lock();
        let name = operation(&request).to_owned();
        let expected = expected.iter_mut().find(|expected| expected.operation == name);
        let (body, members) = (request.body().clone(), members(&request).unwrap_or_default());
        recorded.push(Recorded::new(request));
        let problem = match expected {
            _ if *over => format!("{name} was called after its mock was dropped"),
            None => format!("{name} was called; no answer to it is set up"),
            Some(expected) => match expected.next() {
                Some(Answer::Response(response)) => return Some(Ok(response)),
                Some(Answer::Fault(fault)) => return plan::faulty(fault),
                Some(Answer::Violations) => match plan::violations(&body, members) {
                    Some(response) => return Some(Ok(response)),
                    None => format!("{name} was called with a request that violates no constraint"),
                },
                None => expected.exhausted(),
            },
        };
        unexpected.push(problem.clone());
        // Another attempt would not be expected either.
        Some(Err(TransportError::unusable(format!("the mock: {problem}"))))
    }

    fn pass(&self, time: Duration) {
        let mut state = self.0.lock();
        state.clock = state.clock.saturating_add(time);
    }

    fn clock(&self) -> Duration {
        self.0.lock().clock
    }
}

impl Transport for MockTransport {
    fn send(&self, request: Request<Body>, _: Timeouts) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            match self.answer(request) {
                Some(answer) => answer,
                // The client's own limit ends it.
                None => {
                    poll_fn(|_| {
                        waiting::there_is_no_answer();
                        Poll::Pending
                    })
                    .await
                }
            }
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(Sleep::new(Arc::clone(&self.0), duration))
    }

    fn now(&self) -> Duration {
        self.clock()
    }
}

impl blocking::Transport for MockTransport {
    fn send(&self, request: Request<Body>, deadline: Timeouts) -> Result<Response<Body>, TransportError> {
        self.answer(request).unwrap_or_else(|| {
            let (time, limit) = deadline.nearest();
            self.pass(time);
            Err(TransportError::timeout(limit))
        })
    }

    fn sleep(&self, duration: Duration) {
        self.pass(duration);
    }

    fn now(&self) -> Duration {
        self.clock()
    }
}

/// A mock wants no signature.
impl Sign for MockTransport {
    fn sign<'a>(&'a self, _: &'a mut Request<Body>) -> BoxFuture<'a, Result<(), SignError>> {
        Box::pin(async { Ok(()) })
    }
}

impl blocking::Sign for MockTransport {
    fn sign(&self, _: &mut Request<Body>) -> Result<(), SignError> {
        Ok(())
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockTransport").finish_non_exhaustive()
    }
}

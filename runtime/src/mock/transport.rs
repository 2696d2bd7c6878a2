//! The transport between a client and its mock.

use super::plan::{self, Outcome};
use super::recorded::{Recorded, operation};
use super::time::{RealTimeout, Wait};
use super::{Shared, State};
use crate::codec::Body;
use crate::request::Inspected;
use crate::sign::{BlockingSign, Sign, SignError};
use crate::transport::{BlockingTransport, BoxFuture, SleepPurpose, Timeouts, Transport, TransportError};
use http::{Request, Response};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The transport of a client that calls a [`Mock`](super::Mock).
///
/// ```
/// use cognito_op::mock::{Mock, MockTransport};
/// use cognito_op::{Client, Error};
///
/// /// The client for the tests of this program.
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

    /// Returns the outcome of a request, or `None` if no response arrives.
    fn outcome(&self, request: Request<Body>) -> Option<Result<Response<Body>, TransportError>> {
        let State { expected, recorded, unexpected, over, .. } = &mut *self.0.lock();
        let (name, is_operation) = match operation(&request) {
            "" => (format!("`{} {}`", request.method(), request.uri().path()), false),
            name => (name.to_owned(), true),
        };
        let expected = expected.iter_mut().find(|expected| expected.operation == name);
        let violations = request.extensions().get::<Inspected>().and_then(|inspected| inspected.violations.clone());
        recorded.push(Recorded::new(request));
        let problem = match expected {
            _ if *over => format!("{name} was called after its mock was dropped"),
            None if !is_operation => {
                format!("{name} is not an operation; for a verifier, cache the keys of a `MockPool`")
            }
            None => format!("{name} was called and has no response set up"),
            Some(expected) => match expected.next() {
                Some(Outcome::Response(response)) => return Some(Ok(response)),
                Some(Outcome::Fault(fault)) => return plan::faulty(fault),
                Some(Outcome::Violations) => match violations {
                    Some(violations) => return Some(Ok(plan::violations(&violations))),
                    None => format!("{name} was called with a request that violates no constraint"),
                },
                None => expected.exhausted(),
            },
        };
        unexpected.push(problem.clone());
        // Further attempts would be unexpected too.
        Some(Err(TransportError::unusable(format!("the mock: {problem}"))))
    }

    fn advance(&self, time: Duration) {
        let mut state = self.0.lock();
        state.clock = state.clock.saturating_add(time);
    }

    fn clock(&self) -> Duration {
        self.0.lock().clock
    }
}

impl Transport for MockTransport {
    fn send(
        &self,
        request: Request<Body>,
        timeouts: Timeouts,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            if let Some(outcome) = self.outcome(request) {
                return outcome;
            }
            let (time, kind) = timeouts.nearest();
            Wait::new(Arc::clone(&self.0), time).await;
            Err(TransportError::timeout(kind))
        })
    }

    fn sleep(&self, duration: Duration, purpose: SleepPurpose) -> BoxFuture<'_, ()> {
        match purpose {
            SleepPurpose::Backoff => Box::pin(Wait::new(Arc::clone(&self.0), duration)),
            // The mock itself expires timeouts on its virtual clock, in `send`.
            SleepPurpose::Timeout => Box::pin(RealTimeout::new(duration)),
        }
    }

    fn now(&self) -> Duration {
        self.clock()
    }
}

impl BlockingTransport for MockTransport {
    fn send(&self, request: Request<Body>, timeouts: Timeouts) -> Result<Response<Body>, TransportError> {
        self.outcome(request).unwrap_or_else(|| {
            let (time, kind) = timeouts.nearest();
            self.advance(time);
            Err(TransportError::timeout(kind))
        })
    }

    fn sleep(&self, duration: Duration) {
        self.advance(duration);
    }

    fn now(&self) -> Duration {
        self.clock()
    }
}

/// Adds no signature.
impl Sign for MockTransport {
    fn sign<'a>(&'a self, _: &'a mut Request<Body>) -> BoxFuture<'a, Result<(), SignError>> {
        Box::pin(async { Ok(()) })
    }
}

impl BlockingSign for MockTransport {
    fn sign(&self, _: &mut Request<Body>, _: Duration) -> Result<(), SignError> {
        Ok(())
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockTransport").finish_non_exhaustive()
    }
}

//! A mock transport for the async and the blocking client.

use cognito_op::transport::{BoxFuture, SleepPurpose, Timeouts, Transport, TransportError};
use cognito_op::{Body, blocking};
use http::{Request, Response};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A request and its timeouts.
pub type Seen = (Request<Body>, Timeouts);

type Respond = dyn Fn(&Request<Body>) -> Result<Response<Body>, TransportError> + Send + Sync;

/// A transport that responds to each request with the result of a function. It does no I/O and works with any executor.
/// Sleeping advances its clock and returns at once.
#[derive(Clone)]
pub struct Canned {
    respond: Arc<Respond>,
    seen: Arc<Mutex<Vec<Seen>>>,
    slept: Arc<Mutex<Vec<Duration>>>,
}

impl Canned {
    /// Returns a transport with that function.
    pub fn new(
        respond: impl Fn(&Request<Body>) -> Result<Response<Body>, TransportError> + Send + Sync + 'static,
    ) -> Self {
        Self { respond: Arc::new(respond), seen: Arc::default(), slept: Arc::default() }
    }

    /// Returns a transport that always returns the same response.
    #[must_use]
    pub fn always(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> Self {
        let (headers, body) = (headers.to_vec(), body.to_owned());
        Self::new(move |_| {
            let mut response = Response::new(Body::from(body.clone()));
            *response.status_mut() = http::StatusCode::from_u16(status).expect("a status");
            for (name, value) in &headers {
                response.headers_mut().insert(*name, http::HeaderValue::from_static(value));
            }
            Ok(response)
        })
    }

    /// The requests so far, and their timeouts.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The durations of all sleeps.
    #[must_use]
    pub fn slept(&self) -> Vec<Duration> {
        self.slept.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn record_sleep(&self, duration: Duration) {
        self.slept.lock().unwrap_or_else(PoisonError::into_inner).push(duration);
    }

    fn time(&self) -> Duration {
        self.slept().iter().sum()
    }

    fn take(&self, request: Request<Body>, timeouts: Timeouts) -> Result<Response<Body>, TransportError> {
        let response = (self.respond)(&request);
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push((request, timeouts));
        response
    }
}

impl Transport for Canned {
    fn send(
        &self,
        request: Request<Body>,
        timeouts: Timeouts,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move { self.take(request, timeouts) })
    }

    fn sleep(&self, duration: Duration, _: SleepPurpose) -> BoxFuture<'_, ()> {
        Box::pin(async move { self.record_sleep(duration) })
    }

    fn now(&self) -> Duration {
        self.time()
    }
}

impl blocking::Transport for Canned {
    fn send(&self, request: Request<Body>, timeouts: Timeouts) -> Result<Response<Body>, TransportError> {
        self.take(request, timeouts)
    }

    fn sleep(&self, duration: Duration) {
        self.record_sleep(duration);
    }

    fn now(&self) -> Duration {
        self.time()
    }
}

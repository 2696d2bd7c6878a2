//! Transports without a network, of both kinds.

use cognito_op::transport::{BoxFuture, SleepPurpose, Timeouts, Transport, TransportError};
use cognito_op::{Body, blocking};
use http::{Request, Response};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A request, and the limits it came with.
pub type Seen = (Request<Body>, Timeouts);

type Answer = dyn Fn(&Request<Body>) -> Result<Response<Body>, TransportError> + Send + Sync;

/// Answers each request with what a function makes of it. Nothing else happens, so it works under any executor; sleeping takes
/// no time, it only puts the clock forward.
#[derive(Clone)]
pub struct Canned {
    answer: Arc<Answer>,
    seen: Arc<Mutex<Vec<Seen>>>,
    slept: Arc<Mutex<Vec<Duration>>>,
}

impl Canned {
    /// With that function.
    pub fn new(
        answer: impl Fn(&Request<Body>) -> Result<Response<Body>, TransportError> + Send + Sync + 'static,
    ) -> Self {
        Self { answer: Arc::new(answer), seen: Arc::default(), slept: Arc::default() }
    }

    /// The same answer always.
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

    /// The requests so far, and the limits they came with.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How long was slept, each time.
    #[must_use]
    pub fn slept(&self) -> Vec<Duration> {
        self.slept.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn doze(&self, duration: Duration) {
        self.slept.lock().unwrap_or_else(PoisonError::into_inner).push(duration);
    }

    fn time(&self) -> Duration {
        self.slept().iter().sum()
    }

    fn take(&self, request: Request<Body>, deadline: Timeouts) -> Result<Response<Body>, TransportError> {
        let answer = (self.answer)(&request);
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push((request, deadline));
        answer
    }
}

impl Transport for Canned {
    fn send(
        &self,
        request: Request<Body>,
        deadline: Timeouts,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move { self.take(request, deadline) })
    }

    fn sleep(&self, duration: Duration, _: SleepPurpose) -> BoxFuture<'_, ()> {
        Box::pin(async move { self.doze(duration) })
    }

    fn now(&self) -> Duration {
        self.time()
    }
}

impl blocking::Transport for Canned {
    fn send(&self, request: Request<Body>, deadline: Timeouts) -> Result<Response<Body>, TransportError> {
        self.take(request, deadline)
    }

    fn sleep(&self, duration: Duration) {
        self.doze(duration);
    }

    fn now(&self) -> Duration {
        self.time()
    }
}

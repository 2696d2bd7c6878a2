//! The signer of a client with credentials.

use super::cache::{Cache, Failure, Fetched, Next};
use super::{BlockingProvideCredentials, BlockingSign, Credentials, ProvideCredentials, SigV4, Sign, SignError, time};
use crate::codec::Body;
use crate::error::{Error, ErrorKind};
use crate::single_flight::{SingleFlight, wait};
use crate::transport::BoxFuture;
use http::header::{self, HeaderMap};
use http::{Request, Response};
use std::future::ready;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// The difference between the clocks from which a rejected signature is attributed to them, as in the AWS SDK for Rust.
const SKEW: Duration = Duration::from_secs(4 * 60);

/// Signs with the credentials of a source, as of the time of the service.
pub(crate) struct Signer<P> {
    sigv4: SigV4,
    flight: SingleFlight<Result<Fetched, Failure>>,
    /// Apart from the flight, whose future holds it.
    source: Arc<Source<P>>,
}

struct Source<P> {
    provider: P,
    cache: Mutex<Cache>,
    /// The number of seconds by which the clock of the service is ahead.
    offset: AtomicI64,
}

/// The signature of a request, as an extension of it.
#[derive(Clone, Copy)]
struct Signed {
    time: SystemTime,
    /// The number of the credentials.
    number: u64,
}

type Provide<P> = fn(&P) -> BoxFuture<'_, Result<Credentials, SignError>>;

impl<P: Send + Sync + 'static> Signer<P> {
    pub(crate) fn new(region: &str, provider: P) -> Self {
        let source = Source { provider, cache: Mutex::default(), offset: AtomicI64::new(0) };
        Self { sigv4: SigV4::new(region), flight: SingleFlight::new(), source: Arc::new(source) }
    }

    async fn apply(&self, request: &mut Request<Body>, provide: Provide<P>) -> Result<(), SignError> {
        let Fetched { credentials, number } = self.credentials(provide).await?;
        let time = self.source.now();
        request.extensions_mut().insert(Signed { time, number });
        self.sigv4.sign(request, &credentials, time)
    }

    /// Returns usable credentials. One call fetches them at a time.
    async fn credentials(&self, provide: Provide<P>) -> Result<Fetched, SignError> {
        let start = || -> BoxFuture<'static, _> {
            let source = Arc::clone(&self.source);
            Box::pin(async move { source.fetch(provide).await })
        };
        let now = self.source.now();
        if self.source.cache().give_up(now) {
            self.flight.cancel();
        }
        let next = self.source.cache().next(now);
        match next {
            Next::Use(fetched) => return Ok(fetched),
            Next::Refresh(fetched) if !self.flight.start(start) => {
                // The call that began may have been cancelled.
                self.flight.advance();
                return Ok(fetched);
            }
            Next::Refresh(_) | Next::Wait => {}
        }
        let outcome = self.flight.start_or_join(start).await;
        outcome.or_else(|failure| self.source.cache().usable(self.source.now()).ok_or_else(|| failure.into()))
    }

    /// Learns from a rejected signature. Returns whether another one can be accepted.
    fn learn(&self, request: &Request<Body>, error: &Error, headers: &HeaderMap) -> bool {
        let Some(Signed { time, number }) = request.extensions().get().copied() else { return false };
        match error.kind() {
            ErrorKind::InvalidSignature | ErrorKind::RequestExpired => {
                let date = headers.get(header::DATE).and_then(|date| time::http_date(date.to_str().ok()?));
                let difference = |date: SystemTime| date.duration_since(time).unwrap_or_else(|error| error.duration());
                let Some(date) = date.filter(|date| difference(*date) >= SKEW) else { return false };
                self.source.offset.store(seconds_ahead(date), Ordering::Relaxed);
                true
            }
            ErrorKind::ExpiredToken | ErrorKind::InvalidClientTokenId | ErrorKind::UnrecognizedClient => {
                self.source.cache().reject(number, self.source.now())
            }
            _ => false,
        }
    }
}

impl<P> Source<P> {
    async fn fetch(&self, provide: Provide<P>) -> Result<Fetched, Failure> {
        let now = self.now();
        // Another call may have fetched them since this one looked.
        if let Next::Use(fetched) = self.cache().next(now) {
            return Ok(fetched);
        }
        self.cache().begin(now);
        let outcome = provide(&self.provider).await;
        self.cache().end(outcome, self.now())
    }

    /// Returns the time of the service.
    fn now(&self) -> SystemTime {
        let (now, offset) = (SystemTime::now(), self.offset.load(Ordering::Relaxed));
        let ahead = Duration::from_secs(offset.unsigned_abs());
        let time = if offset < 0 { now.checked_sub(ahead) } else { now.checked_add(ahead) };
        time.unwrap_or(now)
    }

    fn cache(&self) -> MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns the number of seconds by which a time is ahead of the clock.
fn seconds_ahead(time: SystemTime) -> i64 {
    let seconds = |ahead: Duration| i64::try_from(ahead.as_secs()).unwrap_or(0);
    time.duration_since(SystemTime::now()).map_or_else(|error| -seconds(error.duration()), seconds)
}

impl<P: ProvideCredentials + 'static> Sign for Signer<P> {
    fn sign<'a>(&'a self, request: &'a mut Request<Body>) -> BoxFuture<'a, Result<(), SignError>> {
        Box::pin(self.apply(request, P::provide))
    }

    fn rejected(&self, request: &Request<Body>, response: &Response<Body>, error: &Error) -> bool {
        self.learn(request, error, response.headers())
    }
}

impl<P: BlockingProvideCredentials + 'static> BlockingSign for Signer<P> {
    fn sign(&self, request: &mut Request<Body>) -> Result<(), SignError> {
        wait(self.apply(request, |provider| Box::pin(ready(provider.provide()))))
    }

    fn rejected(&self, request: &Request<Body>, response: &Response<Body>, error: &Error) -> bool {
        self.learn(request, error, response.headers())
    }
}

//! The signer of a client with credentials.

use super::cache::{Cache, Fetched, Next};
use super::{BlockingProvideCredentials, BlockingSign, Credentials, ProvideCredentials, SigV4, Sign, SignError, time};
use crate::codec::Body;
use crate::error::{Error, ErrorKind};
use crate::single_flight::{SingleFlight, wait};
use crate::transport::BoxFuture;
use http::header::{self, HeaderMap};
use http::{Request, Response};
use std::future::{poll_fn, ready};
use std::pin::pin;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime};

/// The difference between the clocks from which a rejected signature is attributed to them, as in the AWS SDK for Rust.
const SKEW: Duration = Duration::from_secs(4 * 60);

/// Signs with the credentials of a source, as of the time of the service.
pub(crate) struct Signer<P> {
    sigv4: SigV4,
    flight: SingleFlight<()>,
    /// Apart from the flight, whose future holds it.
    source: Arc<Source<P>>,
    /// The number of seconds by which the clock of the service is ahead. It applies to signatures only: the expiry of
    /// credentials is compared with the clock of this machine, so that a wrong `Date` cannot expire them.
    offset: AtomicI64,
}

struct Source<P> {
    provider: P,
    cache: Mutex<Cache>,
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
        let source = Arc::new(Source { provider, cache: Mutex::default() });
        Self { sigv4: SigV4::new(region), flight: SingleFlight::new(), source, offset: AtomicI64::new(0) }
    }

    /// Signs a request, if there are credentials before the deadline. Without one, the caller drops the future in time.
    async fn apply(
        &self,
        request: &mut Request<Body>,
        provide: Provide<P>,
        deadline: Option<Instant>,
    ) -> Result<(), SignError> {
        let Fetched { credentials, number } = self.credentials(provide, deadline).await?;
        let time = self.time();
        request.extensions_mut().insert(Signed { time, number });
        self.sigv4.sign(request, &credentials, time)
    }

    /// Returns usable credentials. One call fetches them at a time.
    async fn credentials(&self, provide: Provide<P>, deadline: Option<Instant>) -> Result<Fetched, SignError> {
        let start = || -> BoxFuture<'static, _> {
            let source = Arc::clone(&self.source);
            Box::pin(async move { source.fetch(provide).await })
        };
        let is_late = || deadline.is_some_and(|deadline| Instant::now() >= deadline);
        loop {
            match self.next() {
                Next::Use(fetched) => return Ok(fetched),
                Next::Refresh(fetched) => {
                    self.flight.start(start);
                    // The call that began may have been cancelled.
                    self.flight.advance();
                    return Ok(self.source.cache().usable(SystemTime::now()).unwrap_or(fetched));
                }
                Next::Fail(failure) => return Err(failure.into()),
                Next::Wait if is_late() => return Err("the credentials were not fetched in time".into()),
                Next::Wait => {
                    self.flight.start(start);
                    let mut fetch = pin!(self.flight.join());
                    poll_fn(|context| {
                        let has_ended = fetch.as_mut().poll(context).is_ready();
                        // The fetch can have stalled.
                        let is_waiting = !has_ended && !is_late() && matches!(self.next(), Next::Wait);
                        if is_waiting { Poll::Pending } else { Poll::Ready(()) }
                    })
                    .await;
                }
            }
        }
    }

    /// Returns what a call does, and gives up a fetch that has stalled.
    fn next(&self) -> Next {
        let now = SystemTime::now();
        let mut cache = self.source.cache();
        let has_stalled = cache.give_up(now);
        let next = cache.next(now);
        drop(cache);
        if has_stalled {
            self.flight.cancel();
        }
        next
    }

    /// Returns the time of the service.
    fn time(&self) -> SystemTime {
        let (now, offset) = (SystemTime::now(), self.offset.load(Ordering::Relaxed));
        let ahead = Duration::from_secs(offset.unsigned_abs());
        let time = if offset.is_negative() { now.checked_sub(ahead) } else { now.checked_add(ahead) };
        time.unwrap_or(now)
    }

    /// Learns from a rejected signature. Returns whether another one can be accepted.
    fn learn(&self, request: &Request<Body>, error: &Error, headers: &HeaderMap) -> bool {
        let Some(Signed { time, number }) = request.extensions().get().copied() else { return false };
        match error.kind() {
            ErrorKind::InvalidSignature if !names_the_time(error) => false,
            ErrorKind::InvalidSignature | ErrorKind::RequestExpired => {
                let date = headers.get(header::DATE).and_then(|date| time::http_date(date.to_str().ok()?));
                let difference = |date: SystemTime| date.duration_since(time).unwrap_or_else(|error| error.duration());
                let Some(date) = date.filter(|date| difference(*date) >= SKEW) else { return false };
                self.offset.store(seconds_ahead(date), Ordering::Relaxed);
                true
            }
            ErrorKind::ExpiredToken | ErrorKind::InvalidClientTokenId | ErrorKind::UnrecognizedClient => {
                self.source.cache().reject(number, SystemTime::now())
            }
            _ => false,
        }
    }
}

impl<P> Source<P> {
    async fn fetch(&self, provide: Provide<P>) {
        let began = SystemTime::now();
        if self.begin(began) {
            let outcome = provide(&self.provider).await;
            self.cache().end(began, outcome, SystemTime::now());
        }
    }

    /// Begins a fetch, unless another one has ended since the call looked. Returns whether it did.
    fn begin(&self, now: SystemTime) -> bool {
        let mut cache = self.cache();
        let is_due = matches!(cache.next(now), Next::Refresh(_) | Next::Wait);
        if is_due {
            cache.begin(now);
        }
        is_due
    }

    fn cache(&self) -> MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns whether the service rejected a signature because of its time. The code is the same for a wrong key.
fn names_the_time(error: &Error) -> bool {
    let is_named =
        |message: &str| ["Signature expired", "Signature not yet current"].iter().any(|text| message.contains(text));
    error.message().is_some_and(is_named)
}

/// Returns the number of seconds by which a time is ahead of the clock.
fn seconds_ahead(time: SystemTime) -> i64 {
    let seconds = |ahead: Duration| i64::try_from(ahead.as_secs()).unwrap_or(0);
    time.duration_since(SystemTime::now()).map_or_else(|error| -seconds(error.duration()), seconds)
}

impl<P: ProvideCredentials + 'static> Sign for Signer<P> {
    fn sign<'a>(&'a self, request: &'a mut Request<Body>) -> BoxFuture<'a, Result<(), SignError>> {
        Box::pin(self.apply(request, P::provide, None))
    }

    fn rejected(&self, request: &Request<Body>, response: &Response<Body>, error: &Error) -> bool {
        self.learn(request, error, response.headers())
    }
}

impl<P: BlockingProvideCredentials + 'static> BlockingSign for Signer<P> {
    fn sign(&self, request: &mut Request<Body>, timeout: Duration) -> Result<(), SignError> {
        let deadline = Instant::now().checked_add(timeout);
        wait(self.apply(request, |provider| Box::pin(ready(provider.provide())), deadline))
    }

    fn rejected(&self, request: &Request<Body>, response: &Response<Body>, error: &Error) -> bool {
        self.learn(request, error, response.headers())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::pending;
    use std::task::{Context, Waker};

    /// A source that hangs.
    struct Hanging;

    impl ProvideCredentials for Hanging {
        fn provide(&self) -> BoxFuture<'_, Result<Credentials, SignError>> {
            Box::pin(pending())
        }
    }

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// Returns a signer whose credentials expire in that time. They are two minutes old.
    fn signer(left: Duration) -> Signer<Hanging> {
        let (signer, now) = (Signer::new("eu-west-1", Hanging), SystemTime::now());
        let began = now - seconds(120);
        signer.source.cache().begin(began);
        signer.source.cache().end(began, Ok(Credentials::new("AKID", "secret").expires_at(now + left)), began);
        signer
    }

    fn id(signer: &Signer<Hanging>) -> String {
        let outcome = wait(signer.credentials(Hanging::provide, Some(Instant::now() + seconds(5))));
        outcome.map_or_else(|error| error.to_string(), |fetched| fetched.credentials.access_key_id().to_owned())
    }

    /// Returns whether a call receives credentials without waiting.
    fn is_ready(signer: &Signer<Hanging>) -> bool {
        let credentials = pin!(signer.credentials(Hanging::provide, None));
        matches!(credentials.poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(Ok(_)))
    }

    #[test]
    fn the_call_that_starts_a_refresh_does_not_wait_for_it() {
        let signer = signer(seconds(12 * 60));
        assert!(is_ready(&signer) && is_ready(&signer));
    }

    #[test]
    fn a_call_that_waited_for_a_fetch_that_stalls_uses_valid_credentials() {
        let signer = signer(seconds(5 * 60));
        signer.flight.start(|| Box::pin(pending()));
        // It is given up in two seconds.
        signer.source.cache().begin(SystemTime::now() - seconds(8));
        assert_eq!(id(&signer), "AKID");
        assert!(is_ready(&signer), "the next call does not wait");
    }

    #[test]
    fn a_call_without_credentials_ends_at_its_deadline() {
        let signer = Signer::new("eu-west-1", Hanging);
        let outcome = wait(signer.credentials(Hanging::provide, Some(Instant::now() + seconds(1))));
        assert_eq!(
            outcome.err().map(|error| error.to_string()).as_deref(),
            Some("the credentials were not fetched in time")
        );
    }
}

//! The attempts of a call: a state machine that the asynchronous and the blocking client drive.

use super::config::{CallTimeouts, Config};
use super::retry::{Budget, Retries, Retry};
use super::trace;
use crate::codec::{Body, OutputValue};
use crate::error::Error;
use crate::request::{Operation, Prepared};
use crate::response::{Accepted, Reply, check_status};
use crate::transport::TransportError;
use http::{Response, Uri};
use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

/// The attempts of a call.
pub(super) struct Attempts<'c> {
    pub(super) endpoint: &'c Uri,
    pub(super) timeouts: CallTimeouts,
    retry: Retry<'c>,
    /// Whether an attempt may have executed the operation.
    may_have_executed: bool,
}

impl<'c> Attempts<'c> {
    pub(super) fn new<O: Operation + ?Sized>(
        config: &'c Config,
        timeout: Duration,
        retries: Retries,
        budget: &'c Budget,
    ) -> Self {
        Self {
            endpoint: &config.endpoint,
            timeouts: CallTimeouts { total: timeout, ..config.timeouts },
            retry: Retry::new(budget, retries, O::IDEMPOTENT),
            may_have_executed: false,
        }
    }

    /// Records a response. Returns `None` if it ends the call, or the same as [`broken`](Self::broken). `rejected` returns
    /// whether another signature can be accepted after a rejected one.
    #[inline]
    pub(super) fn responded(
        &mut self,
        response: &Response<Body>,
        prepared: &Prepared,
        rejected: impl FnOnce(&Error) -> bool,
        elapsed: impl FnOnce() -> Duration,
    ) -> Option<Result<Duration, Error>> {
        let Err(error) = check_status(prepared, response, self.retry.attempts()) else {
            self.retry.succeeded();
            return None;
        };
        let is_rejected = error.kind().is_rejected_signature() && !error.may_have_executed();
        let sign_again = is_rejected && rejected(&error);
        Some(self.failed(error, sign_again, elapsed()))
    }

    /// Records an attempt without a response. Returns the delay before the next attempt, or the error of the call.
    #[cold]
    pub(super) fn broken(
        &mut self,
        error: TransportError,
        prepared: &Prepared,
        elapsed: Duration,
    ) -> Result<Duration, Error> {
        let error = Error::transport(error).for_operation(prepared.info().name).after(self.retry.attempts());
        self.failed(error, false, elapsed)
    }

    #[cold]
    fn failed(&mut self, error: Error, sign_again: bool, elapsed: Duration) -> Result<Duration, Error> {
        self.may_have_executed |= error.may_have_executed();
        let remaining = self.timeouts.total.saturating_sub(elapsed);
        let delay = if sign_again {
            self.retry.rejected(remaining)
        } else {
            self.retry.failed(error.retryability(), remaining, error.retry_after(), random(elapsed))
        };
        trace::failed(error.attempts(), &error, delay);
        delay.ok_or_else(|| error.after_possible_execution(self.may_have_executed))
    }

    /// Ends the call with a response.
    pub(super) fn finished(&self, prepared: Prepared, response: Response<Body>) -> Finished {
        let accepted = Accepted::new(prepared, response, self.retry.attempts());
        Finished { accepted, span: trace::Span::current() }
    }
}

/// The result of a call whose response body has not been read yet, and the span of the call.
pub(super) struct Finished {
    accepted: Accepted,
    span: trace::Span,
}

impl Finished {
    pub(super) fn read<R: OutputValue>(&self) -> Result<R, Error> {
        let outcome = self.accepted.read();
        self.span.finished(&self.accepted, outcome.as_ref().err());
        outcome
    }

    pub(super) fn read_reply<R: OutputValue>(&self) -> Result<Reply<R>, Error> {
        self.read().map(|value| self.accepted.with_meta(value))
    }
}

/// Returns random bits for the jitter, from the random keys of the standard library's hash maps. On a target without
/// random keys, the elapsed time still varies between programs.
fn random(elapsed: Duration) -> u64 {
    RandomState::new().hash_one(elapsed)
}

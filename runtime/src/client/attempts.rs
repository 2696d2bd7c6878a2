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
use std::ops::ControlFlow;
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

    /// Records the outcome of an attempt. Returns `Continue` with the delay before the next attempt, or `Break` with
    /// the outcome of the call. `rejected` returns whether another signature can be accepted after a rejected one.
    pub(super) fn attempted(
        &mut self,
        outcome: Result<Response<Body>, TransportError>,
        prepared: &Prepared,
        rejected: impl FnOnce(&Response<Body>, &Error) -> bool,
        elapsed: impl FnOnce() -> Duration,
    ) -> ControlFlow<Result<Response<Body>, Error>, Duration> {
        let attempts = self.retry.attempts();
        let (error, sign_again) = match outcome {
            Ok(response) => match check_status(prepared, &response, attempts) {
                Ok(()) => {
                    self.retry.succeeded();
                    return ControlFlow::Break(Ok(response));
                }
                Err(error) => {
                    let is_rejected = error.kind().is_rejected_signature() && !error.may_have_executed();
                    let sign_again = is_rejected && rejected(&response, &error);
                    (error, sign_again)
                }
            },
            Err(error) => (Error::transport(error).for_operation(prepared.info().name).after(attempts), false),
        };
        self.may_have_executed |= error.may_have_executed();
        let elapsed = elapsed();
        let remaining = self.timeouts.total.saturating_sub(elapsed);
        let delay = if sign_again {
            self.retry.rejected(remaining)
        } else {
            self.retry.failed(error.retryability(), remaining, error.retry_after(), random(elapsed))
        };
        trace::failed(attempts, &error, delay);
        match delay {
            Some(delay) => ControlFlow::Continue(delay),
            None => ControlFlow::Break(Err(error.after_possible_execution(self.may_have_executed))),
        }
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

//! Retries, backoff and the retry budget: a state machine that takes time and random bits as arguments.
//!
//! The numbers are those of the
//! [standard retry mode](https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html) of the AWS SDKs.
//! Unlike in the SDKs, an attempt that may have executed the operation is retried only if the operation is idempotent.

use crate::error::Retryability;

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// The retry policy of a call: the number of attempts, and the failures that are retried.
///
/// A request that was not sent is retried, and so is one that the service throttled. An idempotent operation is also
/// retried after an attempt timeout, a broken connection or a temporary failure of the service.
/// `LimitExceededException` is never retried: its quota takes minutes or hours to refill. A request whose signature was
/// rejected is signed and sent once more, without a delay, if the [signer](crate::Sign::rejected) returns that another
/// signature may be accepted.
///
/// The delay between attempts is an exponential backoff with full jitter: a random time of at most 50 ms before the
/// second attempt, at most 100 ms before the third and so on, up to 20 s. After throttling, it is at most 1 s before
/// the second attempt, 2 s before the third and so on. If the service requests a longer delay, the client waits that
/// long, but at most 5 s longer than planned.
///
/// All retries of a client and its clones share one retry budget of 500 tokens. A retry takes 14 tokens, or 5 after
/// throttling. A successful call returns the tokens of its last retry, or one token if there was no retry.
///
/// ```
/// use cognito_op::{Client, Retries};
/// # use cognito_op::Config;
///
/// # let builder = Config::builder();
/// let builder = builder.retries(Retries::standard().attempts(5));
/// # let builder = Config::builder();
/// let builder = builder.retries(Retries::off());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retries {
    attempts: u32,
    unsent_only: bool,
}

impl Retries {
    /// Returns the default policy: up to three attempts.
    #[must_use]
    pub const fn standard() -> Self {
        Self { attempts: 3, unsent_only: false }
    }

    /// Returns a policy without retries: one attempt.
    #[must_use]
    pub const fn off() -> Self {
        Self { attempts: 1, unsent_only: false }
    }

    /// Sets the maximum number of attempts. 0 counts as 1.
    #[must_use]
    pub const fn attempts(self, attempts: u32) -> Self {
        Self { attempts: if attempts == 0 { 1 } else { attempts }, ..self }
    }

    /// Retries only requests that were not sent, and those whose signature was rejected, which the service did not
    /// execute. Throttled requests are not retried.
    ///
    /// ```
    /// # use cognito_op::cognito_op;
    /// # #[cognito_op(target = "ConfirmSignUp", response = ())]
    /// # struct ConfirmSignUp { client_id: String, username: String, confirmation_code: String }
    /// use cognito_op::{Client, Error, Retries};
    ///
    /// /// The service counts wrong codes, so each is sent at most once.
    /// async fn confirm(client: &Client, operation: &ConfirmSignUp) -> Result<(), Error> {
    ///     client.call(operation).retries(Retries::standard().unsent_only()).send().await?;
    ///     Ok(())
    /// }
    /// ```
    #[must_use]
    pub const fn unsent_only(self) -> Self {
        Self { unsent_only: true, ..self }
    }
}

impl Default for Retries {
    fn default() -> Self {
        Self::standard()
    }
}

const BASE: Duration = Duration::from_millis(50);
const THROTTLED_BASE: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(20);
/// The maximum that the service may add to the planned delay.
const SERVICE_MAY_ADD: Duration = Duration::from_secs(5);

const CAPACITY: u32 = 500;
const COST: u32 = 14;
const THROTTLED_COST: u32 = 5;

/// The retry budget of a client and its clones.
pub(super) struct Budget(AtomicU32);

impl Budget {
    pub(super) const fn new() -> Self {
        Self(AtomicU32::new(CAPACITY))
    }

    fn take(&self, cost: u32) -> bool {
        let taken = |left: u32| left.checked_sub(cost);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, taken).is_ok()
    }

    fn give(&self, tokens: u32) {
        let given = |left: u32| Some(left.saturating_add(tokens).min(CAPACITY));
        // The update always succeeds.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, given);
    }
}

/// The retries of one call.
pub(super) struct Retry<'b> {
    budget: &'b Budget,
    retries: Retries,
    idempotent: bool,
    attempts: u32,
    /// Whether the request was signed again after its signature was rejected.
    signed_again: bool,
    /// The number of tokens that the last retry took.
    taken: Option<u32>,
}

impl<'b> Retry<'b> {
    pub(super) const fn new(budget: &'b Budget, retries: Retries, idempotent: bool) -> Self {
        Self { budget, retries, idempotent, attempts: 1, signed_again: false, taken: None }
    }

    /// Returns the number of attempts, including the current one.
    pub(super) const fn attempts(&self) -> u32 {
        self.attempts
    }

    pub(super) fn succeeded(&self) {
        self.budget.give(self.taken.unwrap_or(1));
    }

    /// Returns the delay before an attempt with another signature: none, or `None` if there is no further attempt.
    pub(super) fn rejected(&mut self, remaining: Duration) -> Option<Duration> {
        let is_last = self.signed_again || self.attempts >= self.retries.attempts;
        if is_last || remaining.is_zero() {
            return None;
        }
        self.signed_again = true;
        self.attempts += 1;
        Some(Duration::ZERO)
    }

    /// Returns the delay before the next attempt, or `None` if there is no further attempt. `remaining` is the
    /// remaining time of the call, `requested` the delay that the service requested, and `random` the source of the
    /// jitter.
    pub(super) fn failed(
        &mut self,
        failure: Retryability,
        remaining: Duration,
        requested: Option<Duration>,
        random: u64,
    ) -> Option<Duration> {
        let (base, cost) = match failure {
            Retryability::Unsent => (BASE, COST),
            _ if self.retries.unsent_only => return None,
            Retryability::Throttled => (THROTTLED_BASE, THROTTLED_COST),
            Retryability::Transient if self.idempotent => (BASE, COST),
            Retryability::Transient | Retryability::Permanent => return None,
        };
        if self.attempts >= self.retries.attempts {
            return None;
        }
        let most = base.saturating_mul(1 << (self.attempts - 1).min(16)).min(LONGEST);
        let planned = fraction(most, random);
        let delay = requested.map_or(planned, |requested| requested.clamp(planned, planned + SERVICE_MAY_ADD));
        // After such a delay, no time would remain for another attempt.
        if delay >= remaining || !self.budget.take(cost) {
            return None;
        }
        self.attempts += 1;
        self.taken = Some(cost);
        Some(delay)
    }
}

/// Returns the time multiplied by `random` / 2^64.
fn fraction(time: Duration, random: u64) -> Duration {
    let nanoseconds = (time.as_nanos() * u128::from(random)) >> 64;
    Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);
    const MOST: u64 = u64::MAX;

    fn about(delay: Option<Duration>, milliseconds: u64) -> bool {
        let expected = Duration::from_millis(milliseconds);
        delay.is_some_and(|delay| delay <= expected && delay + Duration::from_micros(1) > expected)
    }

    #[test]
    fn backoff_doubles_up_to_20_seconds() {
        let budget = Budget::new();
        let mut retry = Retry::new(&budget, Retries::standard().attempts(12), true);
        for milliseconds in [50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 20_000, 20_000] {
            assert!(about(retry.failed(Retryability::Transient, HOUR, None, MOST), milliseconds), "{milliseconds}");
        }
        assert_eq!(retry.failed(Retryability::Transient, HOUR, None, MOST), None, "twelve attempts");
        assert_eq!(retry.attempts(), 12);
        let mut retry = Retry::new(&budget, Retries::standard().attempts(9), false);
        for milliseconds in [1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000] {
            assert!(about(retry.failed(Retryability::Throttled, HOUR, None, MOST), milliseconds), "{milliseconds}");
        }
    }

    #[test]
    fn full_jitter() {
        let delay = |random| {
            let budget = Budget::new();
            Retry::new(&budget, Retries::standard(), true).failed(Retryability::Throttled, HOUR, None, random)
        };
        assert_eq!(delay(0), Some(Duration::ZERO));
        assert_eq!(delay(1 << 63), Some(Duration::from_millis(500)));
        assert_eq!(delay(1 << 62), Some(Duration::from_millis(250)));
    }

    #[test]
    fn retried_failures() {
        for (failure, idempotent, is_retried) in [
            (Retryability::Unsent, false, true),
            (Retryability::Unsent, true, true),
            (Retryability::Throttled, false, true),
            (Retryability::Throttled, true, true),
            (Retryability::Transient, false, false),
            (Retryability::Transient, true, true),
            (Retryability::Permanent, false, false),
            (Retryability::Permanent, true, false),
        ] {
            let budget = Budget::new();
            let mut retry = Retry::new(&budget, Retries::standard(), idempotent);
            assert_eq!(retry.failed(failure, HOUR, None, 0).is_some(), is_retried, "{failure:?} {idempotent}");
            let mut strict = Retry::new(&budget, Retries::standard().unsent_only(), idempotent);
            assert_eq!(strict.failed(failure, HOUR, None, 0).is_some(), failure == Retryability::Unsent);
            let mut off = Retry::new(&budget, Retries::off(), idempotent);
            assert_eq!(off.failed(failure, HOUR, None, 0), None);
            let mut none = Retry::new(&budget, Retries::standard().attempts(0), idempotent);
            assert_eq!(none.failed(failure, HOUR, None, 0), None);
        }
    }

    #[test]
    fn three_attempts_by_default() {
        let budget = Budget::new();
        let mut retry = Retry::new(&budget, Retries::default(), true);
        assert_eq!(retry.attempts(), 1);
        assert!(retry.failed(Retryability::Unsent, HOUR, None, 0).is_some());
        assert!(retry.failed(Retryability::Transient, HOUR, None, 0).is_some());
        assert_eq!(retry.failed(Retryability::Unsent, HOUR, None, 0), None);
        assert_eq!(retry.attempts(), 3);
    }

    #[test]
    fn a_rejected_signature_is_replaced_once_and_costs_nothing() {
        let budget = Budget::new();
        while budget.take(1) {}
        let mut retry = Retry::new(&budget, Retries::standard(), false);
        assert_eq!(retry.rejected(Duration::ZERO), None);
        assert_eq!(retry.rejected(HOUR), Some(Duration::ZERO));
        assert_eq!((retry.rejected(HOUR), retry.attempts()), (None, 2));
        let mut unsent_only = Retry::new(&budget, Retries::standard().unsent_only(), false);
        assert_eq!(unsent_only.rejected(HOUR), Some(Duration::ZERO));
        assert_eq!(Retry::new(&budget, Retries::off(), true).rejected(HOUR), None);
    }

    #[test]
    fn a_requested_delay_is_clamped() {
        let delay = |requested, random| {
            let budget = Budget::new();
            let mut retry = Retry::new(&budget, Retries::standard(), false);
            retry.failed(Retryability::Throttled, HOUR, Some(Duration::from_millis(requested)), random)
        };
        assert_eq!(delay(1_500, 1 << 63), Some(Duration::from_millis(1_500)));
        assert_eq!(delay(100, 1 << 63), Some(Duration::from_millis(500)), "at least the planned delay");
        assert_eq!(delay(90_000, 1 << 63), Some(Duration::from_millis(5_500)), "at most 5 s more");
    }

    #[test]
    fn no_delay_beyond_the_timeout() {
        let budget = Budget::new();
        let mut retry = Retry::new(&budget, Retries::standard(), false);
        assert_eq!(retry.failed(Retryability::Throttled, Duration::from_millis(500), None, 1 << 63), None);
        assert!(retry.failed(Retryability::Throttled, Duration::from_millis(501), None, 1 << 63).is_some());
        assert_eq!(retry.failed(Retryability::Throttled, Duration::ZERO, None, 0), None);
    }

    #[test]
    fn the_retry_budget_empties_and_refills() {
        let budget = Budget::new();
        let exhausted = |failure| {
            let mut count = 0;
            while Retry::new(&budget, Retries::standard(), true).failed(failure, HOUR, None, 0).is_some() {
                count += 1;
            }
            count
        };
        assert_eq!(exhausted(Retryability::Unsent), 500 / 14);
        assert_eq!(exhausted(Retryability::Throttled), 500 % 14 / 5);
        assert_eq!(exhausted(Retryability::Throttled), 0);
        // Five successful calls pay for one retry, which returns its tokens when it succeeds.
        for _ in 0..5 {
            Retry::new(&budget, Retries::standard(), true).succeeded();
        }
        let mut retry = Retry::new(&budget, Retries::standard(), true);
        assert!(retry.failed(Retryability::Throttled, HOUR, None, 0).is_some());
        assert_eq!(exhausted(Retryability::Throttled), 0);
        retry.succeeded();
        assert_eq!(exhausted(Retryability::Throttled), 1);
        for _ in 0..1_000 {
            Retry::new(&budget, Retries::standard(), true).succeeded();
        }
        assert_eq!(exhausted(Retryability::Throttled), 100, "at most its capacity");
    }
}

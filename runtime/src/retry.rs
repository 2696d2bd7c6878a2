//! Whether a call is tried again, and when: a state machine that neither sleeps nor looks at a clock.
//!
//! The numbers are those of the
//! [standard retry mode](https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html) of AWS's own
//! clients. What differs is what is tried again: never what may have been carried out, unless carrying it out twice does no
//! more than once.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// How often a call is tried, and how long is waited in between.
///
/// Tried again is what certainly did not leave, and what the service refused because requests come too fast. Operations that do
/// no more when they are carried out twice are also tried again after a timeout, a broken connection and a failure of the
/// service. `LimitExceededException` is never tried again: it takes minutes or hours to pass.
///
/// All retries of a client and its clones draw on one budget, so that a service in trouble is not flooded: 500 tokens, of
/// which a retry takes 14 (5 after throttling) and a success gives back what its last retry took, or one.
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
    /// Up to three attempts in all. Between them a random time of at most 50 ms, twice that after the second and so on, at most
    /// 20 s; after throttling it begins with one second.
    #[must_use]
    pub const fn standard() -> Self {
        Self { attempts: 3, unsent_only: false }
    }

    /// One attempt.
    #[must_use]
    pub const fn off() -> Self {
        Self { attempts: 1, unsent_only: false }
    }

    /// Up to that many attempts in all. There is always one.
    #[must_use]
    pub const fn attempts(self, attempts: u32) -> Self {
        Self { attempts: if attempts == 0 { 1 } else { attempts }, ..self }
    }

    /// Only what certainly did not leave is tried again, not even what the service refused because requests come too fast. The
    /// answers of a sign-in are sent so whatever the client says.
    ///
    /// ```
    /// # use cognito_op::cognito_op;
    /// # #[cognito_op(target = "ConfirmSignUp", response = ())]
    /// # struct ConfirmSignUp { client_id: String, username: String, confirmation_code: String }
    /// use cognito_op::{Client, Error, Retries};
    ///
    /// /// Sends a guess, which the service counts, no more than once.
    /// async fn confirm(client: &Client, guess: &ConfirmSignUp) -> Result<(), Error> {
    ///     client.call(guess).retries(Retries::standard().unsent_only()).send().await?;
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
/// How much longer than planned the service may make a client wait.
const SERVICE_MAY_ADD: Duration = Duration::from_secs(5);

const CAPACITY: u32 = 500;
const COST: u32 = 14;
const THROTTLED_COST: u32 = 5;

/// What all retries of a client draw on.
pub(crate) struct Budget(AtomicU32);

impl Budget {
    pub(crate) const fn new() -> Self {
        Self(AtomicU32::new(CAPACITY))
    }

    fn take(&self, cost: u32) -> bool {
        let taken = |left: u32| left.checked_sub(cost);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, taken).is_ok()
    }

    fn give(&self, tokens: u32) {
        let given = |left: u32| Some(left.saturating_add(tokens).min(CAPACITY));
        // It never refuses.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, given);
    }
}

/// How an attempt failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It certainly did not leave.
    Unsent,
    /// The service refused it because requests come too fast.
    Throttled,
    /// It may have been carried out, and another attempt may fare better.
    Transient,
    /// Another attempt would fare no better.
    Final,
}

/// The retries of one call.
pub(crate) struct Retry<'b> {
    budget: &'b Budget,
    retries: Retries,
    /// Whether carrying the operation out twice does no more than once.
    idempotent: bool,
    attempts: u32,
    /// What the last retry took from the budget.
    taken: Option<u32>,
}

impl<'b> Retry<'b> {
    pub(crate) const fn new(budget: &'b Budget, retries: Retries, idempotent: bool) -> Self {
        Self { budget, retries, idempotent, attempts: 1, taken: None }
    }

    /// How many attempts there were, with the one under way.
    pub(crate) const fn attempts(&self) -> u32 {
        self.attempts
    }

    pub(crate) fn succeeded(&self) {
        self.budget.give(self.taken.unwrap_or(1));
    }

    /// How long to wait before the next attempt; `None` where there is none. `left` is what is left of the call's time,
    /// `asked` the time that the service asked for, `random` any bits.
    pub(crate) fn failed(
        &mut self,
        failure: Failure,
        left: Duration,
        asked: Option<Duration>,
        random: u64,
    ) -> Option<Duration> {
        let (base, cost) = match failure {
            Failure::Unsent => (BASE, COST),
            _ if self.retries.unsent_only => return None,
            Failure::Throttled => (THROTTLED_BASE, THROTTLED_COST),
            Failure::Transient if self.idempotent => (BASE, COST),
            Failure::Transient | Failure::Final => return None,
        };
        if self.attempts >= self.retries.attempts {
            return None;
        }
        let most = base.saturating_mul(1 << (self.attempts - 1).min(16)).min(LONGEST);
        let planned = fraction(most, random);
        let delay = asked.map_or(planned, |asked| asked.clamp(planned, planned + SERVICE_MAY_ADD));
        // Whoever would wait until the time is over learns of it now.
        if delay >= left || !self.budget.take(cost) {
            return None;
        }
        self.attempts += 1;
        self.taken = Some(cost);
        Some(delay)
    }
}

/// A part of a time: none of it for no bits, nearly all of it for all of them.
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
    fn delays_double_up_to_the_longest() {
        let budget = Budget::new();
        let mut retry = Retry::new(&budget, Retries::standard().attempts(12), true);
        for milliseconds in [50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 20_000, 20_000] {
            assert!(about(retry.failed(Failure::Transient, HOUR, None, MOST), milliseconds), "{milliseconds}");
        }
        assert_eq!(retry.failed(Failure::Transient, HOUR, None, MOST), None, "twelve attempts");
        assert_eq!(retry.attempts(), 12);
        let mut retry = Retry::new(&budget, Retries::standard().attempts(9), false);
        for milliseconds in [1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000] {
            assert!(about(retry.failed(Failure::Throttled, HOUR, None, MOST), milliseconds), "{milliseconds}");
        }
    }

    #[test]
    fn the_delay_is_a_random_part() {
        let delay = |random| {
            let budget = Budget::new();
            Retry::new(&budget, Retries::standard(), true).failed(Failure::Throttled, HOUR, None, random)
        };
        assert_eq!(delay(0), Some(Duration::ZERO));
        assert_eq!(delay(1 << 63), Some(Duration::from_millis(500)));
        assert_eq!(delay(1 << 62), Some(Duration::from_millis(250)));
    }

    #[test]
    fn what_is_tried_again() {
        for (failure, idempotent, again) in [
            (Failure::Unsent, false, true),
            (Failure::Unsent, true, true),
            (Failure::Throttled, false, true),
            (Failure::Throttled, true, true),
            (Failure::Transient, false, false),
            (Failure::Transient, true, true),
            (Failure::Final, false, false),
            (Failure::Final, true, false),
        ] {
            let budget = Budget::new();
            let mut retry = Retry::new(&budget, Retries::standard(), idempotent);
            assert_eq!(retry.failed(failure, HOUR, None, 0).is_some(), again, "{failure:?} {idempotent}");
            let mut strict = Retry::new(&budget, Retries::standard().unsent_only(), idempotent);
            assert_eq!(strict.failed(failure, HOUR, None, 0).is_some(), failure == Failure::Unsent);
            let mut off = Retry::new(&budget, Retries::off(), idempotent);
            assert_eq!(off.failed(failure, HOUR, None, 0), None);
            let mut none = Retry::new(&budget, Retries::standard().attempts(0), idempotent);
            assert_eq!(none.failed(failure, HOUR, None, 0), None);
        }
    }

    #[test]
    fn three_attempts_by_themselves() {
        let budget = Budget::new();
        let mut retry = Retry::new(&budget, Retries::default(), true);
        assert_eq!(retry.attempts(), 1);
        assert!(retry.failed(Failure::Unsent, HOUR, None, 0).is_some());
        assert!(retry.failed(Failure::Transient, HOUR, None, 0).is_some());
        assert_eq!(retry.failed(Failure::Unsent, HOUR, None, 0), None);
        assert_eq!(retry.attempts(), 3);
    }

    #[test]
    fn the_service_may_ask_for_a_delay_within_bounds() {
        let delay = |asked, random| {
            let budget = Budget::new();
            let mut retry = Retry::new(&budget, Retries::standard(), false);
            retry.failed(Failure::Throttled, HOUR, Some(Duration::from_millis(asked)), random)
        };
        assert_eq!(delay(1_500, 1 << 63), Some(Duration::from_millis(1_500)));
        assert_eq!(delay(100, 1 << 63), Some(Duration::from_millis(500)), "no sooner than planned");
        assert_eq!(delay(90_000, 1 << 63), Some(Duration::from_millis(5_500)), "not much later either");
    }

    #[test]
    fn nothing_is_waited_for_in_vain() {
        let budget = Budget::new();
        let mut retry = Retry::new(&budget, Retries::standard(), false);
        assert_eq!(retry.failed(Failure::Throttled, Duration::from_millis(500), None, 1 << 63), None);
        assert!(retry.failed(Failure::Throttled, Duration::from_millis(501), None, 1 << 63).is_some());
        assert_eq!(retry.failed(Failure::Throttled, Duration::ZERO, None, 0), None);
    }

    #[test]
    fn the_budget_runs_out_and_fills_again() {
        let budget = Budget::new();
        let exhausted = |failure| {
            let mut count = 0;
            while Retry::new(&budget, Retries::standard(), true).failed(failure, HOUR, None, 0).is_some() {
                count += 1;
            }
            count
        };
        assert_eq!(exhausted(Failure::Unsent), 500 / 14);
        assert_eq!(exhausted(Failure::Throttled), 500 % 14 / 5);
        assert_eq!(exhausted(Failure::Throttled), 0);
        // Five calls that succeed at once allow for one more retry, which gives back what it took if it succeeds.
        for _ in 0..5 {
            Retry::new(&budget, Retries::standard(), true).succeeded();
        }
        let mut retry = Retry::new(&budget, Retries::standard(), true);
        assert!(retry.failed(Failure::Throttled, HOUR, None, 0).is_some());
        assert_eq!(exhausted(Failure::Throttled), 0);
        retry.succeeded();
        assert_eq!(exhausted(Failure::Throttled), 1);
        for _ in 0..1_000 {
            Retry::new(&budget, Retries::standard(), true).succeeded();
        }
        assert_eq!(exhausted(Failure::Throttled), 100, "never more than it can hold");
    }
}

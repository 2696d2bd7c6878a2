//! The credentials of a client: a state machine without I/O. The time is an argument.
//!
//! The times are those of botocore.

use super::{Credentials, SignError};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The time before the expiry from which one call fetches new credentials. The others use those that are there.
const ADVISORY: Duration = Duration::from_secs(15 * 60);
/// The time before the expiry from which all calls wait for new credentials.
const MANDATORY: Duration = Duration::from_secs(10 * 60);
/// The time after a fetch in which usable credentials are not fetched again. It is also the time after rejected ones
/// were dropped in which others are not dropped.
const REST: Duration = Duration::from_secs(60);
/// The time after a failed fetch in which no other one begins, if there are no usable credentials. It doubles with each
/// failure that follows, up to [`LONGEST_BACKOFF`].
const BACKOFF: Duration = Duration::from_secs(1);
const LONGEST_BACKOFF: Duration = Duration::from_secs(10);
/// The time after which a fetch is given up: its future is not polled, or never ends. It is shorter than the attempt
/// timeout, so that a call that waited can still use credentials that are valid.
const STALLED: Duration = Duration::from_secs(10);

/// The failure of a fetch, for all calls that waited for it.
pub(super) type Failure = Arc<dyn std::error::Error + Send + Sync>;

/// Credentials, and the number of the fetch that returned them.
#[derive(Clone)]
pub(super) struct Fetched {
    pub(super) credentials: Credentials,
    pub(super) number: u64,
}

/// The credentials of a client.
#[derive(Default)]
pub(super) struct Cache {
    current: Option<Fetched>,
    /// The number of successful fetches.
    count: u64,
    /// When the fetch in flight began.
    began: Option<SystemTime>,
    /// When the last fetch ended or was given up.
    ended: Option<SystemTime>,
    /// Why the last fetch failed.
    failure: Option<Failure>,
    /// How many fetches have failed since the last successful one.
    failures: u32,
    /// When rejected credentials were last dropped.
    dropped: Option<SystemTime>,
}

/// The next step of a call that needs credentials.
pub(super) enum Next {
    Use(Fetched),
    /// Uses these, and starts the fetch of new ones, unless it is in flight.
    Refresh(Fetched),
    /// Waits for the fetch in flight, or for one that it starts.
    Wait,
    /// Fails, since the last fetch did.
    Fail(Failure),
}

impl Cache {
    pub(super) fn next(&self, now: SystemTime) -> Next {
        let Some(current) = self.usable(now) else {
            let failure = self.failure.as_ref().filter(|_| is_within(self.backoff(), self.ended, now));
            return failure.map_or(Next::Wait, |failure| Next::Fail(Arc::clone(failure)));
        };
        let has = |time| current.credentials.expiry().is_none_or(|expiry| expiry >= now + time);
        if has(ADVISORY) || is_within(REST, self.ended, now) {
            Next::Use(current)
        } else if has(MANDATORY) {
            Next::Refresh(current)
        } else {
            Next::Wait
        }
    }

    /// Returns the credentials, if they have not expired.
    pub(super) fn usable(&self, now: SystemTime) -> Option<Fetched> {
        self.current.clone().filter(|fetched| fetched.credentials.expiry().is_none_or(|expiry| expiry > now))
    }

    fn backoff(&self) -> Duration {
        BACKOFF.saturating_mul(2_u32.saturating_pow(self.failures.saturating_sub(1))).min(LONGEST_BACKOFF)
    }

    /// Gives up the fetch in flight if it takes too long. Returns whether it did.
    pub(super) fn give_up(&mut self, now: SystemTime) -> bool {
        let has_stalled = self.began.is_some() && !is_within(STALLED, self.began, now);
        if has_stalled {
            (self.began, self.ended) = (None, Some(now));
        }
        has_stalled
    }

    pub(super) fn begin(&mut self, now: SystemTime) {
        (self.began, self.failure) = (Some(now), None);
    }

    /// Ends the fetch that began at that time. After a failure, the current credentials stay. A fetch that was given up
    /// changes nothing, since a later one can have ended before it.
    pub(super) fn end(&mut self, began: SystemTime, outcome: Result<Credentials, SignError>, now: SystemTime) {
        if self.began.take_if(|current| *current == began).is_none() {
            return;
        }
        self.ended = Some(now);
        let is_usable = |credentials: &Credentials| credentials.expiry().is_none_or(|expiry| expiry > now);
        let expired = || SignError::from("the source returned expired credentials");
        match outcome.and_then(|credentials| is_usable(&credentials).then_some(credentials).ok_or_else(expired)) {
            Ok(credentials) => {
                self.count += 1;
                self.failures = 0;
                self.current = Some(Fetched { credentials, number: self.count });
            }
            Err(failure) => {
                self.failure = Some(Failure::from(failure));
                self.failures = self.failures.saturating_add(1);
            }
        }
    }

    /// Drops the credentials of the fetch with that number after the service rejected them. Returns whether another
    /// attempt can succeed, because they are dropped or were replaced.
    pub(super) fn reject(&mut self, number: u64, now: SystemTime) -> bool {
        if self.current.as_ref().is_none_or(|current| current.number != number) {
            return true;
        }
        if is_within(REST, self.dropped, now) {
            return false;
        }
        self.current = None;
        self.dropped = Some(now);
        true
    }
}

/// Returns whether less than `time` is between a point in time and now. Another call may have read the clock later than
/// this one, and the clock may have been set back.
fn is_within(time: Duration, since: Option<SystemTime>, now: SystemTime) -> bool {
    since.is_some_and(|since| now.duration_since(since).unwrap_or_else(|error| error.duration()) < time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::UNIX_EPOCH;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_790_000_000 + seconds)
    }

    fn credentials(id: &str, expiry: Option<u64>) -> Credentials {
        Credentials::new(id, "secret").expires_at(expiry.map(at))
    }

    /// Returns what a call does at that time.
    fn next(cache: &Cache, seconds: u64) -> String {
        match cache.next(at(seconds)) {
            Next::Use(fetched) => fetched.credentials.access_key_id().to_owned(),
            Next::Refresh(fetched) => format!("{}, refresh", fetched.credentials.access_key_id()),
            Next::Wait => "wait".to_owned(),
            Next::Fail(failure) => failure.to_string(),
        }
    }

    /// Fetches credentials, or fails without an id. Returns the number of the current ones.
    fn fetch(cache: &mut Cache, id: &str, expiry: Option<u64>, seconds: u64) -> u64 {
        cache.begin(at(seconds));
        let outcome = if id.is_empty() { Err("down".into()) } else { Ok(credentials(id, expiry)) };
        cache.end(at(seconds), outcome, at(seconds));
        cache.current.as_ref().map_or(0, |current| current.number)
    }

    #[test]
    fn credentials_without_expiry_are_fetched_once() {
        let mut cache = Cache::default();
        assert_eq!(next(&cache, 0), "wait");
        assert_eq!(fetch(&mut cache, "a", None, 0), 1);
        for seconds in [0, 3600, 1_000_000_000] {
            assert_eq!(next(&cache, seconds), "a");
        }
    }

    #[test]
    fn credentials_are_refreshed_before_they_expire() {
        let mut cache = Cache::default();
        fetch(&mut cache, "a", Some(3600), 0);
        for (seconds, expected) in
            [(0, "a"), (2700, "a"), (2701, "a, refresh"), (3000, "a, refresh"), (3001, "wait"), (3600, "wait")]
        {
            assert_eq!(next(&cache, seconds), expected, "{seconds}");
        }
        assert!(cache.usable(at(3599)).is_some() && cache.usable(at(3600)).is_none());
        fetch(&mut cache, "b", Some(7200), 2800);
        assert_eq!(next(&cache, 2800), "b");
        assert_eq!(next(&cache, 6301), "b, refresh");
    }

    #[test]
    fn a_failed_refresh_keeps_the_credentials_for_a_minute_and_not_beyond_their_expiry() {
        let mut cache = Cache::default();
        fetch(&mut cache, "a", Some(3600), 0);
        fetch(&mut cache, "", None, 2701);
        assert_eq!(next(&cache, 2760), "a");
        assert_eq!(next(&cache, 2761), "a, refresh");
        fetch(&mut cache, "", None, 3550);
        assert_eq!(next(&cache, 3599), "a");
        assert_eq!(next(&cache, 3600), "wait");
        fetch(&mut cache, "", None, 3600);
        assert_eq!(next(&cache, 3601), "down", "there is nothing to use");
        fetch(&mut cache, "b", None, 3604);
        assert_eq!(next(&cache, 3604), "b");
    }

    #[test]
    fn without_credentials_the_intervals_double_up_to_ten_seconds() {
        let mut cache = Cache::default();
        let mut now = 0;
        for interval in [1, 2, 4, 8, 10, 10] {
            assert_eq!(next(&cache, now), "wait");
            fetch(&mut cache, "", None, now);
            assert_eq!(next(&cache, now + interval - 1), "down", "{interval}");
            now += interval;
        }
        // A fetch in flight ends the rest.
        cache.begin(at(now));
        assert_eq!(next(&cache, now), "wait");
        cache.end(at(now), Err("again".into()), at(now));
        assert_eq!(next(&cache, now + 9), "again");
        fetch(&mut cache, "a", Some(now + 20), now + 10);
        assert_eq!(next(&cache, now + 10), "a");
        fetch(&mut cache, "", None, now + 20);
        assert_eq!((next(&cache, now + 20), next(&cache, now + 21)), ("down".to_owned(), "wait".to_owned()));
    }

    #[test]
    fn short_lived_credentials_are_fetched_once_a_minute() {
        let mut cache = Cache::default();
        fetch(&mut cache, "a", Some(300), 0);
        assert_eq!(next(&cache, 59), "a");
        assert_eq!(next(&cache, 60), "wait");
        fetch(&mut cache, "b", Some(30), 60);
        assert_eq!(next(&cache, 61), "a", "expired ones do not replace others");
    }

    #[test]
    fn expired_credentials_are_an_error() {
        let mut cache = Cache::default();
        fetch(&mut cache, "a", Some(0), 0);
        assert_eq!(next(&cache, 0), "the source returned expired credentials");
    }

    #[test]
    fn rejected_credentials_are_dropped_once_a_minute() {
        let mut cache = Cache::default();
        let first = fetch(&mut cache, "a", None, 0);
        assert!(cache.reject(first, at(1)));
        assert_eq!(next(&cache, 1), "wait");
        assert!(cache.reject(first, at(1)), "another call with the same credentials");
        let second = fetch(&mut cache, "b", None, 2);
        assert!(cache.reject(first, at(2)));
        assert_eq!(next(&cache, 2), "b");
        assert!(!cache.reject(second, at(60)), "new ones are rejected too");
        assert_eq!(next(&cache, 60), "b");
        assert!(cache.reject(second, at(61)));
        assert_eq!(next(&cache, 61), "wait");
    }

    #[test]
    fn a_fetch_is_given_up_after_ten_seconds() {
        let mut cache = Cache::default();
        assert!(!cache.give_up(at(0)));
        cache.begin(at(0));
        assert!(!cache.give_up(at(0) - Duration::from_millis(1)), "a call that read the clock before");
        assert!(!cache.give_up(at(9)));
        assert!(cache.give_up(at(10)));
        assert!(!cache.give_up(at(10)), "once");
        assert_eq!(next(&cache, 10), "wait", "there is nothing to use");
        cache.begin(at(10));
        assert!(!cache.give_up(at(11)));
        cache.end(at(10), Ok(credentials("a", None)), at(11));
        assert!(!cache.give_up(at(100)));
    }

    #[test]
    fn usable_credentials_rest_after_a_fetch_that_was_given_up() {
        let mut cache = Cache::default();
        fetch(&mut cache, "a", Some(3600), 0);
        cache.begin(at(3300));
        assert_eq!(next(&cache, 3309), "wait");
        assert!(cache.give_up(at(3310)));
        assert_eq!(next(&cache, 3369), "a");
        assert_eq!(next(&cache, 3370), "wait");
    }

    #[test]
    fn a_fetch_that_was_given_up_changes_nothing() {
        let mut cache = Cache::default();
        cache.begin(at(0));
        assert!(cache.give_up(at(30)));
        cache.begin(at(30));
        cache.end(at(0), Ok(credentials("old", None)), at(31));
        assert_eq!((next(&cache, 31).as_str(), cache.began), ("wait", Some(at(30))));
        cache.end(at(30), Ok(credentials("new", None)), at(32));
        cache.end(at(0), Ok(credentials("old", None)), at(33));
        cache.end(at(0), Err("late".into()), at(33));
        assert_eq!((next(&cache, 33).as_str(), cache.ended), ("new", Some(at(32))));
    }
}

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
/// The time after which a fetch is given up: its future is not polled, or never ends.
const STALLED: Duration = Duration::from_secs(30);

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
    /// When the last fetch ended.
    ended: Option<SystemTime>,
    /// When rejected credentials were last dropped.
    dropped: Option<SystemTime>,
}

/// What a call does about the credentials.
pub(super) enum Next {
    Use(Fetched),
    /// Fetches new ones, unless another call does. That one uses these.
    Refresh(Fetched),
    /// Fetches credentials, or waits for another call that does.
    Wait,
}

impl Cache {
    pub(super) fn next(&self, now: SystemTime) -> Next {
        let Some(current) = self.usable(now) else { return Next::Wait };
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

    /// Gives up the fetch in flight if it takes too long. Returns whether it did.
    pub(super) fn give_up(&mut self, now: SystemTime) -> bool {
        let is_stalled = self.began.is_some() && !is_within(STALLED, self.began, now);
        self.began.take_if(|_| is_stalled);
        is_stalled
    }

    pub(super) fn begin(&mut self, now: SystemTime) {
        self.began = Some(now);
    }

    /// Ends a fetch. After a failure, the current credentials stay.
    pub(super) fn end(&mut self, outcome: Result<Credentials, SignError>, now: SystemTime) -> Result<Fetched, Failure> {
        (self.began, self.ended) = (None, Some(now));
        let credentials = outcome?;
        if credentials.expiry().is_some_and(|expiry| expiry <= now) {
            return Err(Failure::from(SignError::from("the source returned expired credentials")));
        }
        self.count += 1;
        let fetched = Fetched { credentials, number: self.count };
        self.current = Some(fetched.clone());
        Ok(fetched)
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
        }
    }

    fn fetch(cache: &mut Cache, id: &str, expiry: Option<u64>, seconds: u64) -> Result<u64, String> {
        cache.begin(at(seconds));
        let outcome = if id.is_empty() { Err("down".into()) } else { Ok(credentials(id, expiry)) };
        cache.end(outcome, at(seconds)).map(|fetched| fetched.number).map_err(|failure| failure.to_string())
    }

    #[test]
    fn credentials_without_expiry_are_fetched_once() {
        let mut cache = Cache::default();
        assert_eq!(next(&cache, 0), "wait");
        assert_eq!(fetch(&mut cache, "a", None, 0), Ok(1));
        for seconds in [0, 3600, 1_000_000_000] {
            assert_eq!(next(&cache, seconds), "a");
        }
    }

    #[test]
    fn credentials_are_refreshed_before_they_expire() {
        let mut cache = Cache::default();
        fetch(&mut cache, "a", Some(3600), 0).expect("credentials");
        for (seconds, expected) in
            [(0, "a"), (2700, "a"), (2701, "a, refresh"), (3000, "a, refresh"), (3001, "wait"), (3600, "wait")]
        {
            assert_eq!(next(&cache, seconds), expected, "{seconds}");
        }
        assert!(cache.usable(at(3599)).is_some() && cache.usable(at(3600)).is_none());
        fetch(&mut cache, "b", Some(7200), 2800).expect("credentials");
        assert_eq!(next(&cache, 2800), "b");
        assert_eq!(next(&cache, 6301), "b, refresh");
    }

    #[test]
    fn a_failed_refresh_keeps_the_credentials_for_a_minute_and_not_beyond_their_expiry() {
        let mut cache = Cache::default();
        fetch(&mut cache, "a", Some(3600), 0).expect("credentials");
        assert_eq!(fetch(&mut cache, "", None, 2701), Err("down".to_owned()));
        assert_eq!(next(&cache, 2760), "a");
        assert_eq!(next(&cache, 2761), "a, refresh");
        assert_eq!(fetch(&mut cache, "", None, 3550), Err("down".to_owned()));
        assert_eq!(next(&cache, 3599), "a");
        assert_eq!(next(&cache, 3600), "wait");
        assert_eq!(fetch(&mut cache, "", None, 3600), Err("down".to_owned()));
        assert_eq!(next(&cache, 3601), "wait", "there is nothing to use");
        fetch(&mut cache, "b", None, 3601).expect("credentials");
        assert_eq!(next(&cache, 3601), "b");
    }

    #[test]
    fn short_lived_credentials_are_fetched_once_a_minute() {
        let mut cache = Cache::default();
        fetch(&mut cache, "a", Some(300), 0).expect("credentials");
        assert_eq!(next(&cache, 59), "a");
        assert_eq!(next(&cache, 60), "wait");
        fetch(&mut cache, "b", Some(30), 60).expect_err("expired");
        assert_eq!(next(&cache, 61), "a", "expired ones do not replace others");
    }

    #[test]
    fn expired_credentials_are_an_error() {
        let mut cache = Cache::default();
        let error = fetch(&mut cache, "a", Some(0), 0).expect_err("expired");
        assert_eq!(error, "the source returned expired credentials");
        assert_eq!(next(&cache, 0), "wait");
    }

    #[test]
    fn rejected_credentials_are_dropped_once_a_minute() {
        let mut cache = Cache::default();
        let first = fetch(&mut cache, "a", None, 0).expect("credentials");
        assert!(cache.reject(first, at(1)));
        assert_eq!(next(&cache, 1), "wait");
        assert!(cache.reject(first, at(1)), "another call with the same credentials");
        let second = fetch(&mut cache, "b", None, 2).expect("credentials");
        assert!(cache.reject(first, at(2)));
        assert_eq!(next(&cache, 2), "b");
        assert!(!cache.reject(second, at(60)), "new ones are rejected too");
        assert_eq!(next(&cache, 60), "b");
        assert!(cache.reject(second, at(61)));
        assert_eq!(next(&cache, 61), "wait");
    }

    #[test]
    fn a_fetch_is_given_up_after_half_a_minute() {
        let mut cache = Cache::default();
        assert!(!cache.give_up(at(0)));
        cache.begin(at(0));
        assert!(!cache.give_up(at(0) - Duration::from_millis(1)), "a call that read the clock before");
        assert!(!cache.give_up(at(29)));
        assert!(cache.give_up(at(30)));
        assert!(!cache.give_up(at(30)), "once");
        cache.begin(at(30));
        assert!(!cache.give_up(at(31)));
        drop(cache.end(Ok(credentials("a", None)), at(31)));
        assert!(!cache.give_up(at(100)));
    }
}

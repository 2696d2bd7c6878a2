//! The keys of one issuer: a state machine without I/O. The time is an argument.

use super::key::Key;
use crate::time::Time;
use std::sync::Arc;
use std::time::Duration;

/// The ages of keys, and the time that a fetch takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    /// The age from which keys are fetched anew.
    pub(super) refresh: Duration,
    /// The age from which keys are not used.
    pub(super) limit: Duration,
    /// The timeout for a fetch.
    pub(super) fetch: Duration,
}

impl Times {
    pub(super) const DEFAULT: Self = Self {
        refresh: Duration::from_secs(24 * 60 * 60),
        limit: Duration::from_secs(7 * 24 * 60 * 60),
        fetch: Duration::from_secs(3),
    };

    /// Sets the ages, which are at least [`UNKNOWN_INTERVAL`].
    pub(super) fn set_ages(&mut self, refresh: Duration, limit: Duration) {
        let refresh = refresh.max(UNKNOWN_INTERVAL);
        (self.refresh, self.limit) = (refresh, limit.max(refresh));
    }

    /// Returns the age from which a fetch that fails was late: its timeout expired some time ago.
    fn late(&self) -> Duration {
        self.fetch.saturating_add(Duration::from_millis(100))
    }

    /// Returns the age from which a fetch is given up: it is not polled, or the transport has no timeouts.
    fn stalled(&self) -> Duration {
        self.fetch.saturating_mul(2).saturating_add(Duration::from_secs(1))
    }
}

/// The time after a fetch in which an unknown key id does not cause another one.
const UNKNOWN_INTERVAL: Duration = Duration::from_secs(10);
/// The time after the first failed fetch in which no other one begins, if there are no usable keys. It doubles with each
/// failure that follows, up to [`UNKNOWN_INTERVAL`].
const FAILED_INTERVAL: Duration = Duration::from_secs(1);
/// The time after a failed fetch in which no other one begins, if the keys are still usable.
const REFRESH_INTERVAL: Duration = Duration::from_secs(60);

/// The keys of an issuer.
#[derive(Default)]
pub(super) struct KeySet {
    keys: Vec<Arc<Key>>,
    /// When the keys were fetched or handed in.
    fetched: Option<Time>,
    /// When the last fetch ended.
    attempted: Option<Time>,
    /// Why the last fetch failed.
    failure: Option<Failure>,
    /// How many fetches have failed since the last successful one.
    failures: u32,
    /// When the fetch in flight began.
    fetching: Option<Time>,
    /// Whether the last fetch was given up or failed late, since it was not polled in time.
    is_late: bool,
    /// Whether a key was looked up that is not cached, by a caller that does not fetch.
    unknown: bool,
}

/// The failure of a fetch.
pub(super) type Failure = Arc<dyn std::error::Error + Send + Sync>;

/// The result of a look-up.
pub(super) enum Found {
    /// The key. If `refresh` is set, the keys must be fetched anew.
    Key { key: Arc<Key>, refresh: Option<Refresh> },
    /// The caller must wait for the fetch in flight, or begin one.
    Fetch,
    /// There is no such key.
    Unknown,
    /// The key is not known, and the last fetch failed.
    Unavailable(Failure),
}

/// How keys that are still usable are fetched anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refresh {
    /// The caller need not wait.
    Background,
    /// A caller that begins the fetch must wait for it: calls are so far apart that the last fetch was not polled in time.
    Awaited,
}

/// A look-up that does not fetch.
pub(super) enum Cached {
    Key(Arc<Key>),
    /// There are keys, but not this one.
    Unknown,
    Absent,
}

impl KeySet {
    /// Returns the key with an id, or any key if `kid` is `None`, or what to do to get it.
    pub(super) fn find(&self, kid: Option<&str>, now: Time, times: Times) -> Found {
        let age = self.fetched.map(|time| now.since(time)).filter(|age| *age < times.limit);
        let rested = |interval: Duration| self.attempted.is_none_or(|time| now.since(time) >= interval);
        let is_wanted = kid.is_none() && self.unknown && rested(UNKNOWN_INTERVAL);
        if let (Some(age), Some(key), false) = (age, self.key(kid), is_wanted) {
            let interval = if self.failure.is_some() { REFRESH_INTERVAL } else { Duration::ZERO };
            let refresh = if self.is_late { Refresh::Awaited } else { Refresh::Background };
            let is_due = age >= times.refresh && rested(interval);
            return Found::Key { key, refresh: is_due.then_some(refresh) };
        }
        if self.fetching.is_some() || rested(if age.is_some() { UNKNOWN_INTERVAL } else { self.backoff() }) {
            return Found::Fetch;
        }
        match &self.failure {
            Some(failure) => Found::Unavailable(Arc::clone(failure)),
            None => Found::Unknown,
        }
    }

    /// Returns the time after the last attempt in which keys are not fetched, if there are no usable ones.
    fn backoff(&self) -> Duration {
        match self.failures {
            0 => Duration::ZERO,
            failures => FAILED_INTERVAL.saturating_mul(2_u32.saturating_pow(failures - 1)).min(UNKNOWN_INTERVAL),
        }
    }

    /// Returns the key with an id, without asking for a fetch.
    pub(super) fn cached(&mut self, kid: &str, now: Time, times: Times) -> Cached {
        match self.fetched {
            Some(fetched) if now.since(fetched) < times.limit => {
                let key = self.key(Some(kid));
                self.unknown |= key.is_none();
                key.map_or(Cached::Unknown, Cached::Key)
            }
            _ => Cached::Absent,
        }
    }

    fn key(&self, kid: Option<&str>) -> Option<Arc<Key>> {
        self.keys.iter().find(|key| kid.is_none_or(|kid| key.kid == kid)).cloned()
    }

    /// Replaces the keys by those that the program hands in. A fetch that is in flight goes on.
    ///
    /// A key that does not change stays the same object, for which signatures are known.
    pub(super) fn put(&mut self, mut keys: Vec<Arc<Key>>, now: Time) {
        for key in &mut keys {
            if let Some(old) = self.keys.iter().find(|old| *old == key) {
                *key = Arc::clone(old);
            }
        }
        self.keys = keys;
        self.failure = None;
        self.failures = 0;
        self.fetched = Some(now);
    }

    /// Returns why the last fetch failed.
    pub(super) fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// Begins a fetch.
    pub(super) fn begin(&mut self, now: Time) {
        self.fetching = Some(now);
    }

    /// Forgets the fetch in flight if it has stalled, and returns whether it has.
    pub(super) fn give_up(&mut self, now: Time, times: Times) -> bool {
        let has_stalled = self.fetching.take_if(|began| now.since(*began) >= times.stalled()).is_some();
        self.is_late |= has_stalled;
        has_stalled
    }

    /// Ends the fetch that began at that time: replaces the keys, or keeps them if the fetch failed. A fetch that was given
    /// up changes nothing, since a later one can have ended before it.
    pub(super) fn end(&mut self, began: Time, outcome: Result<Vec<Arc<Key>>, Failure>, now: Time, times: Times) {
        if self.fetching.take_if(|fetching| *fetching == began).is_none() {
            return;
        }
        self.is_late = outcome.is_err() && now.since(began) >= times.late();
        self.attempted = Some(now);
        match outcome {
            Ok(keys) => {
                self.put(keys, now);
                self.unknown = false;
            }
            Err(failure) => {
                self.failure = Some(failure);
                self.failures = self.failures.saturating_add(1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::key::read_set;
    use serde_json::json;

    const HOUR: Duration = Duration::from_secs(60 * 60);

    fn keys(kids: &[&str]) -> Vec<Arc<Key>> {
        let key = |kid: &&str| json!({"kty": "RSA", "kid": kid, "n": "w".repeat(342), "e": "AQAB"});
        let set = json!({"keys": kids.iter().map(key).collect::<Vec<_>>()});
        read_set(set.to_string().as_bytes()).expect("a key set")
    }

    fn failure(text: &str) -> Failure {
        Arc::from(Box::<dyn std::error::Error + Send + Sync>::from(text))
    }

    /// A key set and its clock.
    #[derive(Default)]
    struct Clocked {
        set: KeySet,
        now: Time,
    }

    impl Clocked {
        fn find(&mut self, kid: &str) -> String {
            self.found(Some(kid))
        }

        /// Looks up a key, and begins a fetch if one is due and none is in flight.
        fn found(&mut self, kid: Option<&str>) -> String {
            let gave_up = self.set.give_up(self.now, Times::DEFAULT);
            let is_fetching = self.set.fetching.is_some();
            let found = self.set.find(kid, self.now, Times::DEFAULT);
            if !is_fetching && matches!(found, Found::Fetch | Found::Key { refresh: Some(_), .. }) {
                self.set.begin(self.now);
            }
            match found {
                Found::Key { key, refresh } => {
                    let refresh = match refresh.filter(|_| !is_fetching) {
                        Some(Refresh::Background) => ", refresh",
                        Some(Refresh::Awaited) => ", refresh and wait",
                        None => "",
                    };
                    format!("{}{refresh}", key.kid)
                }
                Found::Fetch if is_fetching => "wait".to_owned(),
                Found::Fetch => format!("fetch{}", if gave_up { " again" } else { "" }),
                Found::Unknown => "unknown".to_owned(),
                Found::Unavailable(failure) => failure.to_string(),
            }
        }

        fn after(&mut self, time: Duration) -> &mut Self {
            self.now.monotonic += time;
            self
        }

        fn after_secs(&mut self, seconds: u64) -> &mut Self {
            self.after(Duration::from_secs(seconds))
        }

        fn fetched(&mut self, kids: &[&str]) {
            self.end(Ok(keys(kids)));
        }

        fn failed(&mut self, text: &str) {
            self.end(Err(failure(text)));
        }

        fn end(&mut self, outcome: Result<Vec<Arc<Key>>, Failure>) {
            let began = self.set.fetching.expect("a fetch");
            self.set.end(began, outcome, self.now, Times::DEFAULT);
        }
    }

    #[test]
    fn a_key_that_is_not_cached_is_fetched_by_the_next_hydration() {
        let mut set = Clocked::default();
        assert_eq!(set.found(None), "fetch");
        set.fetched(&["a"]);
        let now = set.now;
        assert!(matches!(set.set.cached("b", now, Times::DEFAULT), Cached::Unknown));
        assert_eq!(set.after_secs(9).found(None), "a");
        assert_eq!(set.after_secs(1).found(None), "fetch");
        set.fetched(&["b"]);
        assert_eq!(set.after_secs(60).found(None), "b");
    }

    /// A stranger can cause a fetch with an unknown key id, and it must not make known signatures unknown.
    #[test]
    fn keys_that_do_not_change_stay_the_same_objects() {
        let mut set = KeySet::default();
        let now = Time::default();
        let key = |set: &mut KeySet, kid: &str| match set.cached(kid, now, Times::DEFAULT) {
            Cached::Key(key) => Some(key),
            _ => None,
        };
        set.put(keys(&["a", "b"]), now);
        let (a, b) = (key(&mut set, "a").expect("a key"), key(&mut set, "b").expect("a key"));
        let other = json!({"kty": "RSA", "kid": "b", "n": format!("wx{}", "w".repeat(340)), "e": "AQAB"});
        let mut changed = read_set(json!({"keys": [other]}).to_string().as_bytes()).expect("a key set");
        changed.extend(keys(&["a", "c"]));
        set.put(changed, now);
        assert!(key(&mut set, "a").is_some_and(|found| Arc::ptr_eq(&found, &a)));
        assert!(key(&mut set, "b").is_some_and(|found| !Arc::ptr_eq(&found, &b)));
        assert!(key(&mut set, "c").is_some());
    }

    #[test]
    fn one_caller_fetches_and_the_others_wait() {
        let mut set = Clocked::default();
        assert_eq!(set.find("a"), "fetch");
        assert_eq!(set.find("a"), "wait");
        assert_eq!(set.find("b"), "wait");
        assert_eq!(set.found(None), "wait");
        set.fetched(&["a"]);
        assert_eq!(set.find("a"), "a");
        assert_eq!(set.find("b"), "unknown");
        assert_eq!(set.found(None), "a");
    }

    #[test]
    fn a_fetch_that_stalls_is_given_up() {
        let mut set = Clocked::default();
        assert_eq!(set.find("a"), "fetch");
        let stalled = set.now;
        assert_eq!(set.after_secs(6).find("a"), "wait");
        assert_eq!(set.after_secs(1).find("a"), "fetch again");
        assert_eq!(set.find("a"), "wait");
        // It ends nevertheless, before and after the other one.
        set.set.end(stalled, Ok(keys(&["old"])), set.now, Times::DEFAULT);
        assert_eq!(set.find("old"), "wait");
        set.fetched(&["a"]);
        set.set.end(stalled, Err(failure("late")), set.now, Times::DEFAULT);
        set.set.end(stalled, Ok(keys(&["old"])), set.now, Times::DEFAULT);
        assert_eq!((set.find("a").as_str(), set.find("old").as_str()), ("a", "unknown"));
        assert_eq!(set.after(24 * HOUR).find("a"), "a, refresh");
        assert_eq!(set.after_secs(6).find("a"), "a");
        assert_eq!(set.after_secs(1).find("a"), "a, refresh and wait");
    }

    #[test]
    fn a_caller_waits_after_a_fetch_that_was_late() {
        let mut set = Clocked::default();
        set.find("a");
        set.fetched(&["a"]);
        assert_eq!(set.after(24 * HOUR).find("a"), "a, refresh");
        set.after(Duration::from_millis(3099)).failed("in time");
        assert_eq!(set.after_secs(60).find("a"), "a, refresh");
        set.after(Duration::from_millis(3100)).failed("late");
        assert_eq!(set.after_secs(59).find("a"), "a");
        assert_eq!(set.after_secs(1).find("a"), "a, refresh and wait");
        assert_eq!(set.find("a"), "a", "one caller waits");
        set.after_secs(3).failed("in time");
        assert_eq!(set.after_secs(60).find("a"), "a, refresh");
        // It succeeds late.
        set.after_secs(6).fetched(&["a"]);
        assert_eq!(set.after(24 * HOUR).find("a"), "a, refresh");
    }

    /// The monotonic clock stands still while the machine is suspended.
    #[test]
    fn keys_age_while_the_machine_is_suspended() {
        let mut set = Clocked::default();
        set.find("a");
        set.fetched(&["a"]);
        set.now.of_day += Duration::from_secs(10);
        assert_eq!(set.find("b"), "fetch", "the interval has passed");
        set.now.of_day += HOUR;
        assert_eq!(set.find("b"), "fetch again", "the connection is lost");
        set.fetched(&["a"]);
        set.now.of_day += 24 * HOUR;
        assert_eq!(set.find("a"), "a, refresh");
        set.failed("down");
        set.now.of_day += 6 * 24 * HOUR;
        assert_eq!(set.find("a"), "fetch");
        assert!(matches!(set.set.cached("a", set.now, Times::DEFAULT), Cached::Absent));
        set.fetched(&["a"]);
        // It is set back: the monotonic clock counts.
        set.now.of_day = Duration::ZERO;
        assert_eq!(set.find("a"), "a");
        assert_eq!(set.after(24 * HOUR).find("a"), "a, refresh");
        // Neither clock should go back. If they do, the keys are new.
        set.now = Time::default();
        assert_eq!(set.find("a"), "a");
    }

    #[test]
    fn an_unknown_key_id_causes_a_fetch_every_ten_seconds() {
        let mut set = Clocked::default();
        set.find("a");
        set.fetched(&["a"]);
        assert_eq!(set.find("b"), "unknown");
        set.now.monotonic += Duration::from_millis(9_999);
        assert_eq!(set.find("b"), "unknown");
        set.now.monotonic += Duration::from_millis(1);
        assert_eq!(set.find("b"), "fetch");
        assert_eq!(set.find("a"), "a", "a known key does not wait");
        set.fetched(&["a"]);
        assert_eq!(set.find("b"), "unknown");
        assert_eq!(set.after_secs(10).find("c"), "fetch");
        set.fetched(&["a", "b", "c"]);
        assert_eq!(set.find("b"), "b");
    }

    #[test]
    fn a_failed_fetch_keeps_the_keys() {
        let mut set = Clocked::default();
        set.find("a");
        set.fetched(&["a"]);
        assert_eq!(set.after_secs(10).find("b"), "fetch");
        set.failed("down");
        assert_eq!(set.find("a"), "a");
        assert_eq!(set.find("b"), "down");
        assert_eq!(set.after_secs(9).find("b"), "down");
        assert_eq!(set.after_secs(1).find("b"), "fetch");
        set.fetched(&["b"]);
        assert_eq!(set.find("b"), "b");
        assert_eq!(set.find("a"), "unknown", "the set is replaced as a whole");
    }

    #[test]
    fn without_keys_the_intervals_double_up_to_ten_seconds() {
        let mut set = Clocked::default();
        for interval in [1, 2, 4, 8, 10, 10] {
            assert_eq!(set.find("a"), "fetch");
            set.failed("down");
            set.now.monotonic += Duration::from_millis(interval * 1000 - 1);
            assert_eq!(set.find("a"), "down", "{interval}");
            assert_eq!(set.found(None), "down", "{interval}");
            set.now.monotonic += Duration::from_millis(1);
        }
        assert_eq!(set.find("a"), "fetch");
        set.fetched(&["a"]);
        assert_eq!(set.find("a"), "a");
    }

    #[test]
    fn old_keys_are_used_while_one_caller_fetches_new_ones() {
        let mut set = Clocked::default();
        set.find("a");
        set.fetched(&["a"]);
        set.now.monotonic += (24 * HOUR).saturating_sub(Duration::from_millis(1));
        assert_eq!(set.find("a"), "a");
        set.now.monotonic += Duration::from_millis(1);
        assert_eq!(set.find("a"), "a, refresh");
        assert_eq!(set.find("a"), "a");
        set.failed("down");
        // The next attempt is a minute later.
        assert_eq!(set.after_secs(59).find("a"), "a");
        assert_eq!(set.after_secs(1).find("a"), "a, refresh");
        set.fetched(&["a"]);
        assert_eq!(set.after(23 * HOUR).find("a"), "a");
        assert_eq!(set.after(HOUR).find("a"), "a, refresh");
    }

    #[test]
    fn keys_beyond_the_limit_are_not_used() {
        let mut set = Clocked::default();
        set.find("a");
        set.fetched(&["a"]);
        set.now.monotonic += (7 * 24 * HOUR).saturating_sub(Duration::from_millis(1));
        assert_eq!(set.find("a"), "a, refresh");
        set.failed("down");
        assert_eq!(set.find("a"), "a");
        assert!(matches!(set.set.cached("a", set.now, Times::DEFAULT), Cached::Key(_)));
        set.now.monotonic += Duration::from_millis(1);
        assert!(matches!(set.set.cached("a", set.now, Times::DEFAULT), Cached::Absent));
        assert_eq!(set.find("a"), "down");
        assert_eq!(set.after_secs(1).find("a"), "fetch");
        assert_eq!(set.find("a"), "wait");
        set.fetched(&["a"]);
        assert_eq!(set.find("a"), "a");
    }

    #[test]
    fn keys_that_are_handed_in_do_not_end_a_fetch_or_count_as_one() {
        let mut set = Clocked::default();
        assert_eq!(set.find("a"), "fetch");
        set.set.put(keys(&["a"]), set.now);
        assert_eq!(set.find("a"), "a");
        assert_eq!(set.find("b"), "wait");
        set.fetched(&["b"]);
        assert_eq!(set.find("b"), "b");

        let mut set = Clocked::default();
        set.set.put(keys(&["a"]), set.now);
        assert_eq!(set.find("b"), "fetch");
    }

    #[test]
    fn the_shortest_limit_lets_new_keys_be_used() {
        let mut times = Times::DEFAULT;
        times.set_ages(Duration::ZERO, Duration::ZERO);
        let mut set = Clocked::default();
        set.find("a");
        set.fetched(&["a"]);
        let mut after = |seconds| {
            set.after_secs(seconds);
            set.set.find(Some("a"), set.now, times)
        };
        assert!(matches!(after(9), Found::Key { refresh: None, .. }));
        assert!(matches!(after(1), Found::Fetch));
    }
}

//! The keys of one issuer: a state machine without I/O. The time is an argument.

use super::key::Key;
use std::sync::Arc;
use std::time::Duration;

/// The ages of keys.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ages {
    /// The age from which keys are fetched anew.
    pub(super) refresh: Duration,
    /// The age from which keys are not used.
    pub(super) limit: Duration,
}

impl Ages {
    pub(super) const DEFAULT: Self =
        Self { refresh: Duration::from_secs(24 * 60 * 60), limit: Duration::from_secs(7 * 24 * 60 * 60) };
}

/// The time after a fetch in which an unknown key id does not cause another one.
const UNKNOWN_INTERVAL: Duration = Duration::from_secs(10);
/// The time after a failed fetch in which no other one begins, if there are no usable keys.
const FAILED_INTERVAL: Duration = Duration::from_secs(1);
/// The time after a failed fetch in which no other one begins, if the keys are still usable.
const REFRESH_INTERVAL: Duration = Duration::from_secs(60);

/// The keys of an issuer.
#[derive(Default)]
pub(super) struct KeySet {
    keys: Vec<Arc<Key>>,
    /// When the keys were fetched or handed in.
    fetched: Option<Duration>,
    /// When the last fetch ended.
    attempted: Option<Duration>,
    /// Why the last fetch failed.
    failure: Option<Failure>,
    fetching: bool,
}

/// The failure of a fetch.
pub(super) type Failure = Arc<dyn std::error::Error + Send + Sync>;

/// The result of a look-up.
pub(super) enum Found {
    /// The key. If `refresh` is set, the caller has to fetch the keys; other callers do not.
    Key { key: Arc<Key>, refresh: bool },
    /// The caller has to fetch the keys; other callers wait.
    Fetch,
    /// Another caller is fetching the keys.
    Wait,
    /// There is no such key.
    Unknown,
    /// The key is not known, and the last fetch failed.
    Unavailable(Failure),
}

/// A look-up that does not fetch.
pub(super) enum Cached {
    Key(Arc<Key>),
    /// There are keys, but not this one.
    Unknown,
    Absent,
}

impl KeySet {
    /// Returns the key with an id, or what to do to get it. With `Fetch` or `refresh`, the caller must call
    /// [`Self::fetched`], [`Self::failed`] or [`Self::abandoned`].
    pub(super) fn find(&mut self, kid: &str, now: Duration, ages: Ages) -> Found {
        let since = |time: Option<Duration>| time.map(|time| now.saturating_sub(time));
        let age = since(self.fetched).filter(|age| *age < ages.limit);
        let rested = |interval: Duration| since(self.attempted).is_none_or(|since| since >= interval);
        if let (Some(age), Some(key)) = (age, self.key(kid)) {
            let interval = if self.failure.is_some() { REFRESH_INTERVAL } else { Duration::ZERO };
            let refresh = age >= ages.refresh && !self.fetching && rested(interval);
            self.fetching |= refresh;
            return Found::Key { key, refresh };
        }
        if self.fetching {
            return Found::Wait;
        }
        let interval = if self.failure.is_some() && age.is_none() { FAILED_INTERVAL } else { UNKNOWN_INTERVAL };
        if age.is_none() && self.failure.is_none() || rested(interval) {
            self.fetching = true;
            return Found::Fetch;
        }
        match &self.failure {
            Some(failure) => Found::Unavailable(Arc::clone(failure)),
            None => Found::Unknown,
        }
    }

    /// Returns the key with an id, without asking for a fetch.
    pub(super) fn cached(&self, kid: &str, now: Duration, ages: Ages) -> Cached {
        match self.fetched {
            Some(fetched) if now.saturating_sub(fetched) < ages.limit => {
                self.key(kid).map_or(Cached::Unknown, Cached::Key)
            }
            _ => Cached::Absent,
        }
    }

    /// Returns whether keys have been fetched or handed in, and begins a fetch otherwise.
    pub(super) fn hydrate(&mut self, now: Duration, ages: Ages) -> Found {
        match self.keys.first().map(|key| key.kid.clone()) {
            Some(kid) => self.find(&kid, now, ages),
            None => self.find("", now, ages),
        }
    }

    fn key(&self, kid: &str) -> Option<Arc<Key>> {
        self.keys.iter().find(|key| key.kid == kid).cloned()
    }

    /// Replaces the keys by those that were fetched or handed in.
    pub(super) fn fetched(&mut self, keys: Vec<Key>, now: Duration) {
        self.keys = keys.into_iter().map(Arc::new).collect();
        self.fetched = Some(now);
        self.attempted = Some(now);
        self.failure = None;
        self.fetching = false;
    }

    /// Keeps the keys after a fetch that failed.
    pub(super) fn failed(&mut self, failure: Failure, now: Duration) {
        self.attempted = Some(now);
        self.failure = Some(failure);
        self.fetching = false;
    }

    /// Returns whether the last fetch failed.
    pub(super) fn is_failed(&self) -> bool {
        self.failure.is_some()
    }

    /// Ends a fetch that was cancelled.
    pub(super) fn abandoned(&mut self) {
        self.fetching = false;
    }
}

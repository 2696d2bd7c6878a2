//! The tokens of a session in memory and in the store.

use super::saved::SavedSession;
use crate::time::Time;
use std::sync::Arc;
use std::time::Duration;

/// The time by which the clocks of two machines that share a store may differ.
const SKEW: Duration = Duration::from_secs(5 * 60);

/// The tokens that a caller needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    Access,
    /// The identity token, if there is one.
    Id,
    All,
}

/// Tokens, and their age.
#[derive(Clone)]
pub(super) struct Held {
    pub(super) saved: Arc<SavedSession>,
    id_lifetime: Option<Duration>,
    since: Time,
    /// The age at that time.
    age: Duration,
    /// Whether the clock was set back after the arrival, so that the age is not known.
    is_doubtful: bool,
}

impl Held {
    pub(super) fn new(saved: Arc<SavedSession>, now: Time) -> Self {
        let (age, ahead) = match now.system_time().duration_since(saved.arrived_at()) {
            Ok(age) => (age, Duration::ZERO),
            Err(error) => (Duration::ZERO, error.duration()),
        };
        Self { id_lifetime: saved.id_lifetime(), saved, since: now, age, is_doubtful: ahead > SKEW }
    }

    pub(super) fn lifetime(&self, need: Need) -> Duration {
        let (access, id) = (self.saved.lifetime(), self.id_lifetime);
        match need {
            Need::Access => access,
            Need::Id => id.unwrap_or(access),
            Need::All => id.map_or(access, |id| id.min(access)),
        }
    }

    /// Returns how long the tokens are still valid.
    pub(super) fn remaining(&self, need: Need, now: Time) -> Duration {
        self.lifetime(need).saturating_sub(self.age.saturating_add(now.since(self.since)))
    }

    pub(super) fn is_valid(&self, need: Need, now: Time) -> bool {
        !self.remaining(need, now).is_zero()
    }

    pub(super) fn can_refresh(&self) -> bool {
        self.saved.tokens().refresh_token.is_some()
    }

    pub(super) fn is_due(&self, ahead: Duration, now: Time) -> bool {
        let ahead = ahead.min(self.lifetime(Need::All) / 2);
        self.can_refresh() && (self.is_doubtful || self.remaining(Need::All, now) <= ahead)
    }
}

/// The content of the store, as far as it is known.
pub(super) enum Stored {
    Unknown,
    Empty,
    Session(Arc<SavedSession>),
}

impl Stored {
    pub(super) fn new(found: Option<&Arc<SavedSession>>) -> Self {
        found.map_or(Self::Empty, |saved| Self::Session(Arc::clone(saved)))
    }

    /// Returns whether another process has changed the store.
    pub(super) fn differs(&self, found: Option<&Arc<SavedSession>>) -> bool {
        match (self, found) {
            (Self::Unknown, _) | (Self::Empty, None) => false,
            (Self::Empty, Some(_)) | (Self::Session(_), None) => true,
            // No two access tokens are equal.
            (Self::Session(known), Some(found)) => known.tokens().access_token != found.tokens().access_token,
        }
    }
}

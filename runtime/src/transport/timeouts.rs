//! The timeouts of an attempt.

use crate::error::TimeoutKind;
use std::time::Duration;

/// The remaining time under each timeout when a request is handed to a transport.
///
/// ```
/// use cognito_op::transport::{TimeoutKind, Timeouts};
/// use std::time::Duration;
///
/// let [connect, attempt, total] = [3, 20, 12].map(Duration::from_secs);
/// let timeouts = Timeouts::new(connect, attempt, total);
/// assert_eq!(timeouts.connecting(), (connect, TimeoutKind::Connect));
/// // Less time remains for the call than an attempt may take.
/// assert_eq!(timeouts.nearest(), (total, TimeoutKind::Total));
/// assert_eq!(
///     (timeouts.connect(), timeouts.attempt(), timeouts.total()),
///     (connect, attempt, total)
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    connect: Duration,
    attempt: Duration,
    total: Duration,
}

impl Timeouts {
    /// Creates timeouts from their remaining times, for tests of a transport.
    #[must_use]
    pub const fn new(connect: Duration, attempt: Duration, total: Duration) -> Self {
        Self { connect, attempt, total }
    }

    /// Returns the timeouts that remain after `elapsed`. The connect timeout starts with the connection, so it does not
    /// change.
    pub(crate) fn after(self, elapsed: Duration) -> Self {
        let Self { connect, attempt, total } = self;
        Self { connect, attempt: attempt.saturating_sub(elapsed), total: total.saturating_sub(elapsed) }
    }

    /// Returns the time for making a connection.
    #[must_use]
    pub const fn connect(&self) -> Duration {
        self.connect
    }

    /// Returns the time for making a connection, and the timeout that determines it: the connect timeout, or the time
    /// that remains for the attempt or the call if that is shorter.
    ///
    /// ```
    /// use cognito_op::transport::{TimeoutKind, Timeouts};
    /// use std::time::Duration;
    ///
    /// let timeouts =
    ///     Timeouts::new(Duration::from_secs(3), Duration::from_secs(2), Duration::from_secs(30));
    /// assert_eq!(timeouts.connecting(), (Duration::from_secs(2), TimeoutKind::Attempt));
    /// ```
    #[must_use]
    pub fn connecting(&self) -> (Duration, TimeoutKind) {
        let nearest = self.nearest();
        if self.connect <= nearest.0 { (self.connect, TimeoutKind::Connect) } else { nearest }
    }

    /// Returns the remaining time for this attempt.
    #[must_use]
    pub const fn attempt(&self) -> Duration {
        self.attempt
    }

    /// Returns the remaining time for the whole call.
    #[must_use]
    pub const fn total(&self) -> Duration {
        self.total
    }

    /// Returns the time after which this attempt ends, and the timeout that determines it.
    ///
    /// ```
    /// use cognito_op::transport::{TimeoutKind, Timeouts};
    /// use std::time::Duration;
    ///
    /// let timeouts =
    ///     Timeouts::new(Duration::from_secs(3), Duration::from_secs(20), Duration::from_secs(7));
    /// assert_eq!(timeouts.nearest(), (Duration::from_secs(7), TimeoutKind::Total));
    /// ```
    #[must_use]
    pub fn nearest(&self) -> (Duration, TimeoutKind) {
        if self.attempt < self.total { (self.attempt, TimeoutKind::Attempt) } else { (self.total, TimeoutKind::Total) }
    }
}

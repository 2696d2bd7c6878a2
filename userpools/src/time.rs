//! A time on two clocks.

use std::time::{Duration, SystemTime};

/// A time on two clocks. Neither is sufficient: a monotonic clock can stand still while the machine is suspended, and
/// the clock that shows the time of day can be set back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Time {
    pub(crate) monotonic: Duration,
    pub(crate) of_day: Duration,
}

impl Time {
    /// Reads the clock that shows the time of day.
    pub(crate) fn new(monotonic: Duration, clock: &dyn Fn() -> SystemTime) -> Self {
        Self { monotonic, of_day: clock().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default() }
    }

    /// Returns the time since an earlier one, on the clock that shows the longer time.
    pub(crate) fn since(self, earlier: Self) -> Duration {
        let monotonic = self.monotonic.saturating_sub(earlier.monotonic);
        monotonic.max(self.of_day.saturating_sub(earlier.of_day))
    }

    /// Returns the time on the clock that shows the time of day.
    #[cfg(feature = "session")]
    pub(crate) fn system_time(self) -> SystemTime {
        SystemTime::UNIX_EPOCH + self.of_day
    }
}

//! The policy that decides whether an idle connection is reused.
//!
//! A server may close an idle connection while a request is in flight. The client then cannot know whether the
//! operation was executed, so it retries the request only if the operation is idempotent.

use std::time::Duration;

/// The time within which the client learns of a close.
const LATENCY: Duration = Duration::from_millis(10);

/// The number of responses after which a close is forgotten, since it may have had another reason, such as a restart of
/// the server. With a server that closes idle connections, about one in that many calls fails.
const REMEMBERED: u32 = 1_000;

/// The idle policy for one server, learned from the connections to it.
///
/// A connection is reused if an earlier one carried a request after it was idle for as long or longer. A connection
/// that was idle for longer than that is reused only as a trial, and only one trial is in flight at a time. After a
/// connection was found closed, connections that were idle for about half as long or longer are not reused.
#[derive(Debug, Default)]
pub(super) struct IdlePolicy {
    /// The longest idle time after which a connection carried a request.
    proven: Duration,
    /// The shortest idle time after which a connection was found closed.
    closed: Option<Duration>,
    /// The number of responses since a connection was last found closed.
    responses: u32,
    /// Whether a trial is in flight.
    trial: bool,
}

/// Permission to send a request over a connection that was idle.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Permit {
    /// Other connections have been idle for as long and carried a request.
    Proven,
    /// The idle time is longer than any before. [`IdlePolicy::end_trial`] must be called when the request ends.
    Trial,
}

impl IdlePolicy {
    /// Returns a permit to send a request over a connection that was idle for that time, or `None` if it must not be
    /// reused.
    pub(super) fn permit(&mut self, idle: Duration) -> Option<Permit> {
        if self.closed.is_some_and(|closed| idle >= (closed / 2).saturating_sub(LATENCY)) {
            return None;
        }
        // Bursts of calls at equal intervals differ by some milliseconds.
        if idle <= self.proven + self.proven / 8 + self.proven.min(LATENCY) {
            return Some(Permit::Proven);
        }
        (!std::mem::replace(&mut self.trial, true)).then_some(Permit::Trial)
    }

    /// Records that the request of a trial has ended.
    pub(super) fn end_trial(&mut self) {
        self.trial = false;
    }

    /// Records that a connection carried a request after it was idle for that time.
    pub(super) fn reused(&mut self, idle: Duration) {
        self.proven = self.proven.max(idle);
    }

    /// Records that a connection was found open after it was idle for that time.
    pub(super) fn found_open(&mut self, idle: Duration) {
        self.closed = self.closed.filter(|closed| idle < (*closed + LATENCY) * 2);
    }

    /// Records that a connection was found closed after it was idle for that time, by a probe or by a request that
    /// failed.
    pub(super) fn found_closed(&mut self, idle: Duration) {
        self.closed = Some(self.closed.map_or(idle, |closed| closed.min(idle)));
        self.proven = self.proven.min(idle / 2);
        self.responses = 0;
    }

    /// Records that a response arrived over any connection.
    pub(super) fn responded(&mut self) {
        self.responses = self.responses.saturating_add(1);
        if self.responses >= REMEMBERED {
            self.closed = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn permits(policy: &mut IdlePolicy, idle: Duration) -> bool {
        let permit = policy.permit(idle);
        if permit == Some(Permit::Trial) {
            policy.end_trial();
        }
        permit.is_some()
    }

    #[test]
    fn one_trial_is_in_flight_at_a_time() {
        let mut policy = IdlePolicy::default();
        assert_eq!(policy.permit(SECOND), Some(Permit::Trial));
        assert_eq!(policy.permit(SECOND), None);
        assert_eq!(policy.permit(Duration::ZERO), Some(Permit::Proven));
        policy.end_trial();
        assert_eq!(policy.permit(SECOND), Some(Permit::Trial));
        policy.reused(SECOND);
        policy.end_trial();
        assert_eq!(policy.permit(SECOND), Some(Permit::Proven));
        assert_eq!(policy.permit(SECOND + SECOND / 8), Some(Permit::Proven));
        assert_eq!(policy.permit(SECOND * 2), Some(Permit::Trial));
    }

    #[test]
    fn a_close_halves_the_idle_time() {
        let mut policy = IdlePolicy::default();
        policy.reused(SECOND);
        policy.found_closed(SECOND);
        assert!(permits(&mut policy, SECOND / 3));
        assert!(!permits(&mut policy, SECOND / 2));
        policy.found_closed(SECOND * 2);
        assert!(!permits(&mut policy, SECOND / 2), "the shortest idle time counts");
    }

    #[test]
    fn a_server_that_closes_with_each_response_gets_new_connections() {
        let mut policy = IdlePolicy::default();
        policy.reused(SECOND);
        policy.found_closed(Duration::from_millis(1));
        assert!(!permits(&mut policy, Duration::ZERO));
    }

    #[test]
    fn a_connection_that_is_open_for_much_longer_refutes_a_close() {
        let mut policy = IdlePolicy::default();
        policy.found_closed(SECOND);
        policy.found_open(SECOND * 2);
        assert!(!permits(&mut policy, SECOND));
        policy.found_open(SECOND * 3);
        assert!(permits(&mut policy, SECOND));
    }

    #[test]
    fn a_close_is_forgotten_after_many_responses() {
        let mut policy = IdlePolicy::default();
        policy.found_closed(SECOND);
        for _ in 1..REMEMBERED {
            policy.responded();
        }
        assert!(!permits(&mut policy, SECOND));
        policy.found_closed(SECOND);
        for _ in 0..REMEMBERED {
            assert!(!permits(&mut policy, SECOND));
            policy.responded();
        }
        assert_eq!(policy.permit(SECOND), Some(Permit::Trial), "and not proven");
    }

    /// Simulates calls to a server that closes connections after half a second, with different latencies.
    #[test]
    fn at_most_one_call_in_a_thousand_fails() {
        let timeout = SECOND / 2;
        for latency in [0, 10, 50].map(Duration::from_millis) {
            let mut policy = IdlePolicy::default();
            let mut failed = 0;
            for call in 0..10_000 {
                let idle = Duration::from_millis(400 + call * 7 % 200);
                if idle < timeout + latency && permits(&mut policy, idle) {
                    if idle + latency < timeout {
                        policy.reused(idle);
                    } else {
                        policy.found_closed(idle);
                        failed += 1;
                        continue;
                    }
                }
                policy.responded();
            }
            assert!(failed <= 10, "{failed} at {latency:?}");
        }
    }
}

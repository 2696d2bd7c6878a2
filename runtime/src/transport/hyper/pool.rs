//! The connections that wait for their next call, and which of them a call may have.
//!
//! A server that closes an idle connection without a word can do so just when a request is on its way, and then nobody knows
//! whether it was carried out. So it is remembered what each server does with idle connections.

use super::connection::{Connection, Target};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::runtime::{Handle, Id};

/// How long a connection is good for another call. Front ends of AWS close an idle connection after a minute or later; one
/// that is not used that long is never found closed. It is closed with the next call, or with the client.
pub(super) const IDLE_LIMIT: Duration = Duration::from_secs(10);

/// How many connections wait at most.
const IDLE_CONNECTIONS: usize = 64;

/// When a connection that is still open was not closed with its last answer. The end follows the answer on the same way, so it
/// is late only where the server or this machine is busy.
const SETTLED: Duration = Duration::from_millis(20);

/// Of how many servers it is remembered what they do.
const SERVERS: usize = 64;

#[derive(Default)]
pub(super) struct Pool(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    idle: Vec<Idle>,
    habits: Vec<(Target, Habit)>,
}

/// A connection that waits for its next call.
struct Idle {
    connection: Box<Connection>,
    /// The runtime that hears from its socket. Under another one it would never be heard from.
    runtime: Id,
    since: Instant,
}

impl Idle {
    fn take(self) -> Taken {
        Taken { idle: self.since.elapsed(), connection: self.connection }
    }
}

/// A connection that has waited, and how long.
pub(super) struct Taken {
    pub(super) connection: Box<Connection>,
    pub(super) idle: Duration,
}

impl Pool {
    /// A connection that is alive and that the server is not about to close, by all that it has shown. A request that must not be
    /// repeated gets none of a server that may close each connection with its answer.
    pub(super) fn ready(&self, target: &Target, idempotent: bool) -> Option<Taken> {
        let mut inner = self.inner();
        match inner.find(target, idempotent)? {
            Found::Good(idle) => Some(idle.take()),
            Found::Young(idle) => {
                inner.idle.push(idle);
                None
            }
        }
    }

    /// The same, with that much time to find out.
    pub(super) async fn take(&self, target: &Target, idempotent: bool, time: Duration) -> Option<Taken> {
        loop {
            let found = self.inner().find(target, idempotent)?;
            let mut young = match found {
                Found::Good(idle) => return Some(idle.take()),
                Found::Young(idle) if time > SETTLED * 2 => idle,
                Found::Young(idle) => {
                    self.inner().idle.push(idle);
                    return None;
                }
            };
            // Once for a server that keeps connections, and sooner done than a connection of its own over TLS.
            let open = young.connection.stays_open(SETTLED.saturating_sub(young.since.elapsed())).await;
            let idle = young.since.elapsed();
            let mut inner = self.inner();
            let habit = inner.habit(target);
            habit.saw(idle, open);
            if open {
                if habit.allows(idle, idempotent) {
                    return Some(Taken { idle, connection: young.connection });
                }
                inner.idle.push(young);
                return None;
            }
        }
    }

    /// Keeps a connection for the next call.
    pub(super) fn put(&self, mut connection: Box<Connection>) {
        // What ends it from now on is found when it is taken, since the operating system is asked then in any case.
        if connection.is_open() {
            let runtime = Handle::current().id();
            let mut inner = self.inner();
            if inner.idle.len() >= IDLE_CONNECTIONS {
                // Of those that wait longest, rather one that nobody here can use.
                let other = inner.idle.iter().position(|idle| idle.runtime != runtime);
                inner.idle.remove(other.unwrap_or_default());
            }
            inner.idle.push(Idle { connection, runtime, since: Instant::now() });
        }
    }

    /// Remembers what became of a request over a connection that had waited that long.
    pub(super) fn learn(&self, target: &Target, idle: Duration, answered: bool) {
        let mut inner = self.inner();
        let habit = inner.habit(target);
        if answered {
            habit.keeps = true;
        } else {
            habit.saw(idle, false);
        }
    }

    /// A connection that others use too was found open or closed that long after its last use.
    #[cfg(feature = "http2")]
    pub(super) fn saw(&self, target: &Target, idle: Duration, open: bool) {
        self.inner().habit(target).saw(idle, open);
    }

    /// Whether a request may go over a connection of HTTP/2 that has waited that long and is open. None of those is closed with
    /// each answer.
    #[cfg(feature = "http2")]
    pub(super) fn allows(&self, target: &Target, idle: Duration) -> bool {
        self.inner().habit(target).allows(idle, true)
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

enum Found {
    Good(Idle),
    /// Only good if it is still open after a while.
    Young(Idle),
}

impl Inner {
    /// The connection used last among those that are good.
    fn find(&mut self, target: &Target, idempotent: bool) -> Option<Found> {
        let (runtime, now) = (Handle::current().id(), Instant::now());
        // The longest idle come first.
        let expired = |idle: &&Idle| now.saturating_duration_since(idle.since) >= IDLE_LIMIT;
        let expired = self.idle.iter().take_while(expired).count();
        self.idle.drain(..expired);
        let mut young = None;
        for at in (0..self.idle.len()).rev() {
            let waiting = &mut self.idle[at];
            if waiting.connection.target != *target || waiting.runtime != runtime {
                continue;
            }
            let (idle, open) = (now.saturating_duration_since(waiting.since), waiting.connection.is_alive());
            let habit = self.habit(target);
            habit.saw(idle, open);
            if open && habit.allows(idle, idempotent) {
                return Some(Found::Good(self.idle.remove(at)));
            }
            if !open {
                self.idle.remove(at);
                young = young.map(|young: usize| young - 1);
            } else if idle < SETTLED && !idempotent {
                young = Some(at);
            }
        }
        young.map(|at| Found::Young(self.idle.remove(at)))
    }

    fn habit(&mut self, target: &Target) -> &mut Habit {
        let at = self.habits.iter().position(|(known, _)| known == target).unwrap_or_else(|| {
            if self.habits.len() >= SERVERS {
                self.habits.remove(0);
            }
            self.habits.push((target.clone(), Habit::default()));
            self.habits.len() - 1
        });
        &mut self.habits[at].1
    }
}

/// What a server has shown of what it does with idle connections.
#[derive(Default)]
struct Habit {
    /// It does not close each with its answer.
    keeps: bool,
    /// The shortest time after which one was found closed, unless one was found open after twice that time since then.
    closes: Option<Duration>,
}

impl Habit {
    /// A connection was found open or closed after that time.
    fn saw(&mut self, idle: Duration, open: bool) {
        match (open, idle >= SETTLED) {
            (true, true) => {
                self.keeps = true;
                // The one that was found closed had another reason.
                self.closes = self.closes.filter(|closes| *closes > idle / 2);
            }
            // Its end may be on the way.
            (true, false) => {}
            (false, true) => self.closes = Some(self.closes.map_or(idle, |closes| closes.min(idle))),
            // It closes each with its answer, as far as anyone can tell.
            (false, false) => *self = Self { keeps: false, closes: Some(Duration::ZERO) },
        }
    }

    /// Whether a request may go over a connection that has waited that long and is open.
    fn allows(&self, idle: Duration, idempotent: bool) -> bool {
        (idempotent || self.keeps) && self.closes.is_none_or(|closes| idle < closes / 2)
    }
}

#[cfg(test)]
impl Pool {
    /// How many wait.
    pub(super) fn len(&self) -> usize {
        self.inner().idle.len()
    }

    /// Lets time pass.
    pub(super) fn age(&self, time: Duration) {
        for idle in &mut self.inner().idle {
            idle.since = idle.since.checked_sub(time).unwrap();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOMENT: Duration = Duration::from_millis(1);
    const LONG: Duration = Duration::from_secs(1);

    #[test]
    fn who_has_shown_nothing_is_trusted_with_what_can_be_repeated() {
        let habit = Habit::default();
        assert!(habit.allows(MOMENT, true) && habit.allows(LONG, true));
        assert!(!habit.allows(MOMENT, false) && !habit.allows(LONG, false));
    }

    #[test]
    fn who_keeps_connections_is_trusted() {
        let mut habit = Habit::default();
        habit.saw(MOMENT, true);
        assert!(!habit.allows(MOMENT, false), "its end may be on the way");
        habit.saw(SETTLED, true);
        assert!(habit.allows(MOMENT, false) && habit.allows(LONG, false));
    }

    #[test]
    fn who_closes_connections_is_trusted_with_younger_ones() {
        let mut habit = Habit { keeps: true, closes: None };
        habit.saw(LONG, false);
        for idempotent in [true, false] {
            assert!(habit.allows(LONG / 3, idempotent), "{idempotent}");
            assert!(!habit.allows(LONG / 2, idempotent), "{idempotent}");
        }
        habit.saw(LONG / 2, true);
        assert!(!habit.allows(LONG / 2, true), "it may close this one too");
        habit.saw(LONG / 2, false);
        habit.saw(LONG, false);
        assert!(!habit.allows(LONG / 4, true), "the shortest counts");
        habit.saw(LONG / 4 * 3, true);
        assert!(!habit.allows(LONG / 4, true), "no server is that exact");
        habit.saw(LONG, true);
        assert!(habit.allows(LONG, false), "it had another reason");
    }

    #[test]
    fn who_closes_at_once_is_not_trusted() {
        let mut habit = Habit { keeps: true, closes: None };
        habit.saw(MOMENT, false);
        assert!(!habit.allows(Duration::ZERO, true) && !habit.allows(MOMENT, false));
        habit.saw(MOMENT * 2, true);
        assert!(!habit.allows(MOMENT, true), "its end may be on the way");
        habit.saw(SETTLED, true);
        assert!(habit.allows(MOMENT, false));
    }
}

//! How long servers keep an idle connection, as far as calls that broke have shown.
//!
//! A server that closes an idle connection without a word can do so just when a request is on its way, and then nobody knows
//! whether it was carried out. ureq does not say which connection a request went over, so that only the most careful reading of
//! such a failure counts: it had waited no longer than since the last answer.

use http::uri::Authority;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a connection is good for another call where nothing else is known: well under the minute or so after which servers
/// close idle connections.
pub(super) const LONGEST: Duration = Duration::from_secs(10);

/// How long a failure is remembered. It may have had another reason.
const REMEMBERED: Duration = Duration::from_secs(5 * 60);

/// Of how many servers it is remembered.
const SERVERS: usize = 64;

#[derive(Default)]
pub(super) struct Patience(Mutex<Vec<Server>>);

struct Server {
    authority: Option<Authority>,
    /// When the last answer came.
    answered: Option<Instant>,
    /// How long a connection may have waited, and since when that is known.
    learned: Option<(Duration, Instant)>,
}

/// What one call may use.
pub(super) struct Idle {
    authority: Option<Authority>,
    /// How long a connection may have waited.
    most: Duration,
    /// How long each has waited at least; `None` where none waits.
    least: Option<Duration>,
}

impl Idle {
    pub(super) fn most(&self) -> Duration {
        self.most
    }
}

impl Patience {
    /// A call begins.
    pub(super) fn begin(&self, authority: Option<&Authority>) -> Idle {
        self.begin_at(authority, Instant::now())
    }

    fn begin_at(&self, authority: Option<&Authority>, now: Instant) -> Idle {
        let mut servers = self.servers();
        let Some(server) = servers.iter_mut().find(|server| server.authority.as_ref() == authority) else {
            return Idle { authority: authority.cloned(), most: LONGEST, least: None };
        };
        server.learned = server.learned.filter(|(_, since)| now.saturating_duration_since(*since) < REMEMBERED);
        Idle {
            authority: authority.cloned(),
            most: server.learned.map_or(LONGEST, |(most, _)| most),
            least: server.answered.map(|answered| now.saturating_duration_since(answered)),
        }
    }

    /// Its answer came.
    pub(super) fn answered(&self, idle: &Idle) {
        self.answered_at(idle, Instant::now());
    }

    fn answered_at(&self, idle: &Idle, now: Instant) {
        let mut servers = self.servers();
        let Some(server) = servers.iter_mut().find(|server| server.authority == idle.authority) else {
            if servers.len() >= SERVERS {
                servers.remove(0);
            }
            let authority = idle.authority.clone();
            return servers.push(Server { authority, answered: Some(now), learned: None });
        };
        server.answered = Some(now);
    }

    /// Its connection broke.
    pub(super) fn broke(&self, idle: &Idle) {
        self.broke_at(idle, Instant::now());
    }

    fn broke_at(&self, idle: &Idle, now: Instant) {
        // Otherwise it was a new connection.
        let Some(least) = idle.least.filter(|least| *least < idle.most) else { return };
        if let Some(server) = self.servers().iter_mut().find(|server| server.authority == idle.authority) {
            let most = server.learned.map_or(least / 2, |(most, _)| most.min(least / 2));
            server.learned = Some((most, now));
        }
    }

    fn servers(&self) -> MutexGuard<'_, Vec<Server>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// Calls to one server, on a clock of their own.
    struct Calls {
        patience: Patience,
        authority: Authority,
        now: Instant,
    }

    impl Calls {
        fn new() -> Self {
            let authority = Authority::from_static("cognito.example.com");
            Self { patience: Patience::default(), authority, now: Instant::now() }
        }

        fn after(&mut self, time: Duration) -> Idle {
            self.now += time;
            self.patience.begin_at(Some(&self.authority), self.now)
        }

        fn answered(&self, idle: &Idle) {
            self.patience.answered_at(idle, self.now);
        }

        fn broke(&self, idle: &Idle) {
            self.patience.broke_at(idle, self.now);
        }
    }

    #[test]
    fn who_has_shown_nothing_is_trusted() {
        let mut calls = Calls::new();
        let first = calls.after(Duration::ZERO);
        assert_eq!((first.most(), first.least), (LONGEST, None));
        calls.answered(&first);
        let second = calls.after(SECOND);
        assert_eq!((second.most(), second.least), (LONGEST, Some(SECOND)));
    }

    #[test]
    fn what_breaks_is_learned_from_and_forgotten() {
        let mut calls = Calls::new();
        let first = calls.after(Duration::ZERO);
        calls.answered(&first);
        let second = calls.after(SECOND);
        calls.broke(&second);
        assert_eq!(calls.after(Duration::ZERO).most(), SECOND / 2);
        let third = calls.after(SECOND / 4);
        calls.answered(&third);
        let fourth = calls.after(SECOND / 4);
        calls.broke(&fourth);
        assert_eq!(calls.after(Duration::ZERO).most(), SECOND / 8, "the shortest counts");
        assert_eq!(calls.after(REMEMBERED / 2).most(), SECOND / 8);
        assert_eq!(calls.after(REMEMBERED / 2).most(), LONGEST);
    }

    #[test]
    fn a_new_connection_tells_nothing() {
        let mut calls = Calls::new();
        let first = calls.after(Duration::ZERO);
        calls.broke(&first);
        assert_eq!(calls.after(Duration::ZERO).most(), LONGEST, "none waits");
        calls.answered(&first);
        let late = calls.after(LONGEST);
        calls.broke(&late);
        assert_eq!(calls.after(Duration::ZERO).most(), LONGEST, "none may be used");
    }

    #[test]
    fn servers_are_told_apart_and_not_all_remembered() {
        let patience = Patience::default();
        let now = Instant::now();
        let server = |number: usize| format!("{number}.example.com").parse::<Authority>().unwrap();
        for number in 0..=SERVERS {
            let idle = patience.begin_at(Some(&server(number)), now);
            assert_eq!(idle.least, None, "{number}");
            patience.answered_at(&idle, now);
        }
        assert_eq!(patience.begin_at(Some(&server(0)), now).least, None);
        assert_eq!(patience.begin_at(Some(&server(1)), now).least, Some(Duration::ZERO));
        let broken = patience.begin_at(Some(&server(2)), now + SECOND);
        patience.broke_at(&broken, now + SECOND);
        assert_eq!(patience.begin_at(Some(&server(2)), now + SECOND).most(), SECOND / 2);
        assert_eq!(patience.begin_at(Some(&server(3)), now + SECOND).most(), LONGEST);
    }
}

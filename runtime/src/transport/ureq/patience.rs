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

/// After how many answers a server is trusted with connections that have waited twice as long as before; each failure doubles it. It may
/// have had another reason.
const ANSWERS: u32 = 64;

/// So short that no connection waits less, and not nothing, so that it can be doubled.
const SHORTEST: Duration = Duration::from_micros(1);

/// How long failures are remembered at most.
const REMEMBERED: Duration = Duration::from_secs(5 * 60);

/// Of how many servers it is remembered.
const SERVERS: usize = 64;

#[derive(Default)]
pub(super) struct Patience(Mutex<Vec<Server>>);

struct Server {
    authority: Option<Authority>,
    /// When the last answer came.
    answered: Option<Instant>,
    learned: Option<Learned>,
}

/// What calls that broke have shown.
struct Learned {
    /// How long a connection may have waited.
    most: Duration,
    /// When the last of them broke.
    since: Instant,
    /// How many answers it takes to trust it more, and how many came.
    needed: u32,
    answers: u32,
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
        server.learned.take_if(|learned| now.saturating_duration_since(learned.since) >= REMEMBERED);
        Idle {
            authority: authority.cloned(),
            most: server.learned.as_ref().map_or(LONGEST, |learned| learned.most),
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
        if let Some(learned) = &mut server.learned {
            learned.answers += 1;
            if learned.answers >= learned.needed {
                learned.answers = 0;
                learned.most = learned.most.saturating_mul(2).min(LONGEST);
            }
        }
    }

    /// Its connection broke.
    pub(super) fn broke(&self, idle: &Idle) {
        self.broke_at(idle, Instant::now());
    }

    fn broke_at(&self, idle: &Idle, now: Instant) {
        // Otherwise it was a new connection.
        let Some(least) = idle.least.filter(|least| *least < idle.most) else { return };
        if let Some(server) = self.servers().iter_mut().find(|server| server.authority == idle.authority) {
            let before = server.learned.as_ref();
            let most = (least / 2).min(before.map_or(LONGEST, |learned| learned.most)).max(SHORTEST);
            let needed = before.map_or(ANSWERS, |learned| learned.needed.saturating_mul(2));
            server.learned = Some(Learned { most, since: now, needed, answers: 0 });
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
    fn who_answers_is_trusted_again_step_by_step() {
        let mut calls = Calls::new();
        let answers = |calls: &mut Calls, count: u32| {
            for _ in 0..count {
                let idle = calls.after(Duration::ZERO);
                calls.answered(&idle);
            }
            calls.after(Duration::ZERO).most()
        };
        answers(&mut calls, 1);
        let broken = calls.after(SECOND);
        calls.broke(&broken);
        assert_eq!(answers(&mut calls, ANSWERS - 1), SECOND / 2);
        assert_eq!(answers(&mut calls, 1), SECOND);
        let broken = calls.after(SECOND / 2);
        calls.broke(&broken);
        assert_eq!(answers(&mut calls, 2 * ANSWERS - 1), SECOND / 4, "more slowly");
        assert_eq!(answers(&mut calls, 1), SECOND / 2);
        assert_eq!(answers(&mut calls, 20 * ANSWERS), LONGEST, "no longer than ever");
        let broken = calls.after(Duration::ZERO);
        calls.broke(&broken);
        assert_eq!(calls.after(Duration::ZERO).most(), SHORTEST);
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

//! The pool of a transport's idle connections.

use super::idle::{IdlePolicy, Permit};
use http::Uri;
use http::uri::Scheme;
use std::convert::Infallible;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The time after which an idle connection is closed. The front ends of AWS close connections after a minute or later,
/// so the client closes its connections first.
pub(super) const IDLE_TIMEOUT: Duration = Duration::from_secs(10);

/// The maximum number of idle connections.
const CONNECTIONS: usize = 64;

/// The maximum number of servers whose idle policy is kept.
const SERVERS: usize = 64;

/// The server that a connection leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) tls: bool,
    pub(super) host: String,
    pub(super) port: u16,
}

impl Target {
    pub(super) fn of(uri: &Uri) -> Result<Self, &'static str> {
        let tls = match uri.scheme() {
            Some(scheme) if *scheme == Scheme::HTTPS => true,
            Some(scheme) if *scheme == Scheme::HTTP => false,
            _ => return Err("the scheme of the URL is neither `https` nor `http`"),
        };
        let host = uri.host().ok_or("the URL has no host")?;
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        Ok(Self { tls, host, port: uri.port_u16().unwrap_or(if tls { 443 } else { 80 }) })
    }
}

/// A connection that can be pooled.
pub(super) trait Pooled: Send + 'static {
    /// The owner of a connection, such as a runtime. Only its owner can use a connection.
    type Owner: PartialEq;

    fn owner(&self) -> Self::Owner;

    /// Whether the connection is open and the server has sent nothing since the last response.
    fn is_open(&mut self) -> bool;
}

struct Idle<C> {
    target: Target,
    connection: C,
    since: Instant,
}

struct Inner<C> {
    /// The idle connections; those that have been idle for longest come first.
    idle: Vec<Idle<C>>,
    policies: Vec<(Target, IdlePolicy)>,
    /// The thread that closes idle connections, if there are any. Dropping it ends the thread.
    closer: Option<Sender<Infallible>>,
}

pub(super) struct Pool<C>(Mutex<Inner<C>>);

impl<C> Default for Pool<C> {
    fn default() -> Self {
        Self(Mutex::new(Inner { idle: Vec::new(), policies: Vec::new(), closer: None }))
    }
}

impl<C: Pooled> Pool<C> {
    /// Takes the most recently used connection that the idle policy permits to reuse.
    pub(super) fn take<'p>(&'p self, target: &'p Target, owner: &C::Owner, now: Instant) -> Option<Reuse<'p, C>> {
        let mut inner = self.lock();
        inner.idle.retain(|idle| now.saturating_duration_since(idle.since) < IDLE_TIMEOUT);
        let mut at = inner.idle.len();
        while at > 0 {
            at -= 1;
            let candidate = &mut inner.idle[at];
            if candidate.target != *target || candidate.connection.owner() != *owner {
                continue;
            }
            let (idle, open) = (now.saturating_duration_since(candidate.since), candidate.connection.is_open());
            let policy = inner.policy(target);
            if !open {
                policy.found_closed(idle);
                inner.idle.remove(at);
                continue;
            }
            policy.found_open(idle);
            if let Some(permit) = policy.permit(idle) {
                let connection = inner.idle.remove(at).connection;
                return Some(Reuse { connection, ticket: Ticket { pool: self, target, idle, permit } });
            }
        }
        None
    }

    /// Keeps a connection that carried a response, until its idle time is over.
    pub(super) fn put(self: &Arc<Self>, target: Target, connection: C, now: Instant) {
        let Inner { idle, closer, .. } = &mut *self.lock();
        if idle.len() >= CONNECTIONS {
            // A connection of another owner is removed first, since this owner cannot use it.
            let other = idle.iter().position(|idle| idle.connection.owner() != connection.owner());
            idle.remove(other.unwrap_or_default());
        }
        idle.push(Idle { target, connection, since: now });
        if closer.is_none() {
            *closer = self.start_closer();
        }
    }

    /// Starts the thread that closes idle connections. It does not depend on an owner, which may end or stop polling.
    /// The thread ends when there are no idle connections, or when the pool is dropped.
    fn start_closer(self: &Arc<Self>) -> Option<Sender<Infallible>> {
        let pool = Arc::downgrade(self);
        let (closer, ended) = channel();
        let close = move || {
            while let Some(time) = pool.upgrade().and_then(|pool| pool.close_expired(Instant::now())) {
                if ended.recv_timeout(time) == Err(RecvTimeoutError::Disconnected) {
                    return;
                }
            }
        };
        // If the thread cannot be started, a later call closes expired connections.
        let started = std::thread::Builder::new().name("cognito-op idle".to_owned()).spawn(close);
        started.is_ok().then_some(closer)
    }

    /// Records that a response arrived from the server.
    pub(super) fn responded(&self, target: &Target) {
        self.lock().policy(target).responded();
    }

    /// Closes the connections that have been idle for too long. Returns the time until the next one expires, or `None`
    /// if there are no idle connections.
    fn close_expired(&self, now: Instant) -> Option<Duration> {
        let Inner { idle, closer, .. } = &mut *self.lock();
        let age = |idle: &Idle<C>| now.saturating_duration_since(idle.since);
        idle.retain(|idle| age(idle) < IDLE_TIMEOUT);
        if idle.is_empty() {
            *closer = None;
        }
        Some(IDLE_TIMEOUT.saturating_sub(age(idle.first()?)))
    }

    fn lock(&self) -> MutexGuard<'_, Inner<C>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<C> Inner<C> {
    fn policy(&mut self, target: &Target) -> &mut IdlePolicy {
        let at = self.policies.iter().position(|(known, _)| known == target).unwrap_or_else(|| {
            if self.policies.len() >= SERVERS {
                self.policies.remove(0);
            }
            self.policies.push((target.clone(), IdlePolicy::default()));
            self.policies.len() - 1
        });
        &mut self.policies[at].1
    }
}

/// A connection that was idle.
pub(super) struct Reuse<'p, C: Pooled> {
    pub(super) connection: C,
    pub(super) ticket: Ticket<'p, C>,
}

/// Reports the end of a request over a reused connection to the idle policy. A request that is dropped only ends its
/// trial.
pub(super) struct Ticket<'p, C: Pooled> {
    pool: &'p Pool<C>,
    target: &'p Target,
    idle: Duration,
    permit: Permit,
}

impl<C: Pooled> Ticket<'_, C> {
    /// Reports a response over the connection.
    pub(super) fn reused(self) {
        self.pool.lock().policy(self.target).reused(self.idle);
    }

    /// Reports that the connection was closed before there was a response.
    pub(super) fn closed(self) {
        self.pool.lock().policy(self.target).found_closed(self.idle);
    }
}

impl<C: Pooled> Drop for Ticket<'_, C> {
    fn drop(&mut self) {
        if self.permit == Permit::Trial {
            self.pool.lock().policy(self.target).end_trial();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A connection of an owner, which knows whether it is open.
    #[derive(Debug)]
    struct Fake(u8, bool);

    impl Pooled for Fake {
        type Owner = u8;

        fn owner(&self) -> u8 {
            self.0
        }

        fn is_open(&mut self) -> bool {
            self.1
        }
    }

    const OPEN: bool = true;

    fn target(host: &str) -> Target {
        Target { tls: true, host: host.to_owned(), port: 443 }
    }

    fn len(pool: &Pool<Fake>) -> usize {
        pool.lock().idle.len()
    }

    #[test]
    fn connections_expire() {
        let (pool, target, begun) = (Arc::<Pool<_>>::default(), target("a"), Instant::now());
        let second = Duration::from_secs(1);
        pool.put(target.clone(), Fake(1, OPEN), begun);
        pool.put(target.clone(), Fake(2, OPEN), begun + second);
        assert_eq!(pool.close_expired(begun), Some(IDLE_TIMEOUT));
        assert_eq!((pool.close_expired(begun + IDLE_TIMEOUT), len(&pool)), (Some(second), 1));
        assert_eq!((pool.close_expired(begun + IDLE_TIMEOUT + second), len(&pool)), (None, 0));
        pool.put(target.clone(), Fake(1, OPEN), begun);
        assert!(pool.take(&target, &1, begun + IDLE_TIMEOUT).is_none());
        assert_eq!(len(&pool), 0, "`take` removes expired connections too");
    }

    #[test]
    fn a_thread_closes_idle_connections() {
        let (pool, target) = (Arc::<Pool<_>>::default(), target("a"));
        let almost = || Instant::now().checked_sub(Duration::from_millis(9_950)).unwrap();
        for _ in 0..2 {
            pool.put(target.clone(), Fake(1, OPEN), almost());
            pool.put(target.clone(), Fake(2, OPEN), almost());
            while pool.lock().closer.is_some() {
                std::thread::sleep(Duration::from_millis(5));
            }
            assert_eq!(len(&pool), 0);
        }
    }

    #[test]
    fn a_connection_is_reused_for_its_target_and_owner() {
        let (pool, now) = (Arc::<Pool<_>>::default(), Instant::now());
        pool.put(target("a"), Fake(1, OPEN), now);
        assert!(pool.take(&target("b"), &1, now).is_none());
        assert!(pool.take(&target("a"), &2, now).is_none());
        assert!(pool.take(&target("a"), &1, now).is_some());
        assert!(pool.take(&target("a"), &1, now).is_none());
    }

    #[test]
    fn closed_connections_are_skipped_and_recorded() {
        let (pool, target, begun) = (Arc::<Pool<_>>::default(), target("a"), Instant::now());
        pool.put(target.clone(), Fake(1, OPEN), begun);
        pool.put(target.clone(), Fake(1, false), begun);
        let now = begun + Duration::from_secs(1);
        assert!(
            pool.take(&target, &1, now).is_none(),
            "the idle policy permits no connection that was idle for as long"
        );
        assert_eq!(len(&pool), 1);
        assert!(
            pool.take(&target, &1, begun + Duration::from_secs(3)).is_some(),
            "a connection that is still open refutes the close"
        );
    }

    #[test]
    fn a_trial_ends_when_it_is_dropped() {
        let (pool, target, begun) = (Arc::<Pool<_>>::default(), target("a"), Instant::now());
        let now = begun + Duration::from_secs(1);
        for _ in 0..3 {
            pool.put(target.clone(), Fake(1, OPEN), begun);
        }
        let trial = pool.take(&target, &1, now);
        assert!(trial.is_some() && pool.take(&target, &1, now).is_none());
        drop(trial);
        let Some(Reuse { ticket, .. }) = pool.take(&target, &1, now) else { panic!("the trial has ended") };
        ticket.closed();
        assert!(pool.take(&target, &1, now).is_none());
    }

    #[test]
    fn the_longest_idle_connection_makes_room() {
        let (pool, now) = (Arc::<Pool<_>>::default(), Instant::now());
        for _ in 0..CONNECTIONS {
            pool.put(target("a"), Fake(1, OPEN), now);
        }
        pool.put(target("b"), Fake(2, OPEN), now);
        pool.put(target("b"), Fake(2, OPEN), now);
        assert_eq!(len(&pool), CONNECTIONS);
        let of_two = pool.lock().idle.iter().filter(|idle| idle.connection.0 == 2).count();
        assert_eq!(of_two, 2);
    }
}

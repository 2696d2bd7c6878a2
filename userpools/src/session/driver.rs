//! The session, and its flights, which all callers share.

use super::client::{SessionClient, refresh, revoke, sign_out_everywhere};
use super::error::SessionError;
use super::held::{Held, Need};
use super::machine::{Action, Event, Extent, Failure, Look, Machine};
use super::saved::SavedSession;
use super::store::SessionStore;
use super::watch::{Board, SessionState, Watch};
use crate::sign_in::Tokens;
use crate::time::Time;
use cognito_op::transport::BoxFuture;
use cognito_op::{Client, SingleFlight};
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// Keeps the tokens of one user, and refreshes them once for all callers. A clone is cheap and shares the tokens.
///
/// The type parameter is the client: a [`Client`], or a [`blocking::Client`](cognito_op::blocking::Client), with which
/// the methods are not `async`. [`builder`](Self::builder) creates a session; the chapter on
/// [sessions](crate::guide::sessions) explains the settings.
///
/// ```
/// use cognito_userpools::session::{Session, SessionError};
/// use cognito_userpools::sign_in::{SignIn, Step};
/// use cognito_userpools::Client;
///
/// async fn sign_in(client: &Client) -> Result<Session, Box<dyn std::error::Error>> {
///     let session = Session::builder(client).build();
///     let sign_in = SignIn::user_srp_auth("eu-west-1_Ab12Cd34", "alice", "correct horse");
///     let tokens = sign_in.start(client).await?.into_tokens()?;
///     session.sign_in(tokens).await?;
///     Ok(session)
/// }
///
/// /// Calls an API with a token that is valid.
/// async fn call(session: &Session) -> Result<(), SessionError> {
///     println!("Authorization: Bearer {}", session.access_token().await?);
///     Ok(())
/// }
/// ```
pub struct Session<C = Client>(Arc<Shared<C>>);

pub(super) type Clock = dyn Fn() -> SystemTime + Send + Sync;

pub(super) type Spawn = dyn Fn(BoxFuture<'static, ()>) + Send + Sync;

/// The state that the clones of a session share.
struct Shared<C> {
    /// Separate from `flights`, whose future holds a reference to it.
    worker: Arc<Worker<C>>,
    flights: SingleFlight<()>,
    /// The number of callers that wait for a flight, and thus poll it.
    waiting: AtomicUsize,
    spawn: Option<Box<Spawn>>,
}

impl<C> Drop for Shared<C> {
    fn drop(&mut self) {
        self.worker.board.close();
    }
}

/// Executes the actions of the state machine.
pub(super) struct Worker<C> {
    pub(super) client: C,
    pub(super) store: Box<dyn SessionStore>,
    pub(super) is_rotating: bool,
    pub(super) clock: Box<Clock>,
    pub(super) machine: Mutex<Machine>,
    pub(super) board: Arc<Board>,
}

impl<C> Worker<C> {
    fn machine(&self) -> MutexGuard<'_, Machine> {
        // The state is consistent even after a panic in another thread.
        self.machine.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<C: SessionClient> Worker<C> {
    fn now(&self) -> Time {
        Time::new(self.client.now(), &*self.clock)
    }

    fn next(&self) -> Action {
        let now = self.now();
        self.machine().next(now)
    }

    fn handle(&self, event: Event) {
        report(&event);
        let now = self.now();
        let mut machine = self.machine();
        machine.handle(event, now);
        let news = machine.take_news();
        drop(machine);
        if let Some(state) = news {
            self.board.post(state);
        }
    }

    /// The future of a flight.
    async fn work(&self) {
        self.machine().begin();
        loop {
            let event = match self.next() {
                Action::Load => Event::Loaded(self.store.load().await.map_err(Failure::from)),
                Action::Save(saved) => Event::Saved(self.store.save(&saved).await.map_err(Failure::from)),
                Action::Clear => Event::Cleared(self.store.clear().await.map_err(Failure::from)),
                Action::Refresh(saved) => Event::Refreshed(refresh(&self.client, &saved, self.is_rotating).await),
                Action::Revoke(saved) => Event::Revoked(revoke(&self.client, &saved).await),
                Action::SignOutEverywhere(saved) => Event::Revoked(sign_out_everywhere(&self.client, &saved).await),
                Action::Rest => return,
            };
            self.handle(event);
        }
    }
}

/// Reports a failure that no caller may receive.
#[cfg(feature = "tracing")]
fn report(event: &Event) {
    match event {
        Event::Refreshed(Err(error)) => {
            let error = error.to_string();
            tracing::warn!(target: "cognito_userpools", error, "the tokens of a session could not be refreshed");
        }
        Event::Loaded(Err(failure)) | Event::Saved(Err(failure)) | Event::Cleared(Err(failure)) => {
            let error = failure.to_string();
            tracing::warn!(target: "cognito_userpools", error, "the store of a session failed");
        }
        _ => {}
    }
}

#[cfg(not(feature = "tracing"))]
fn report(_: &Event) {}

/// Counts a caller that waits for a flight.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn new(waiting: &'a AtomicUsize) -> Self {
        waiting.fetch_add(1, Ordering::SeqCst);
        Self(waiting)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl<C> Clone for Session<C> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<C: SessionClient> Session<C> {
    pub(super) fn new(worker: Worker<C>, spawn: Option<Box<Spawn>>) -> Self {
        let (flights, waiting) = (SingleFlight::new(), AtomicUsize::new(0));
        Self(Arc::new(Shared { worker: Arc::new(worker), flights, waiting, spawn }))
    }

    /// Returns the state, as far as it is known. A session reads its store when the first method is called that needs
    /// the tokens.
    ///
    /// ```
    /// use cognito_userpools::session::{Session, SessionState};
    ///
    /// fn is_new(session: &Session) -> bool {
    ///     session.state() == SessionState::NotLoaded
    /// }
    /// ```
    #[must_use]
    pub fn state(&self) -> SessionState {
        self.0.worker.board.state()
    }

    /// Returns a watch, which waits for changes of the state after this call.
    #[must_use]
    pub fn watch(&self) -> Watch {
        self.0.worker.board.watch()
    }

    /// Returns the error of the last access to the store, unless the session was saved or cleared since. The session
    /// returns tokens even if it could not save them, and tries to save them again.
    ///
    /// ```
    /// use cognito_userpools::session::Session;
    ///
    /// fn warn(session: &Session) {
    ///     if let Some(error) = session.store_failure() {
    ///         eprintln!("you may have to sign in again after a restart: {error}");
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn store_failure(&self) -> Option<SessionError> {
        self.machine().store_failure().map(SessionError::Store)
    }

    fn machine(&self) -> MutexGuard<'_, Machine> {
        self.0.worker.machine()
    }

    /// Starts a flight, unless one is in progress. The flight belongs to the session, so that it continues if the
    /// caller is cancelled.
    fn start(&self) {
        let worker = &self.0.worker;
        let has_begun = self.0.flights.start(|| {
            let worker = Arc::clone(worker);
            Box::pin(async move { worker.work().await })
        });
        if let (true, Some(spawn)) = (has_begun, &self.0.spawn) {
            let shared = Arc::clone(&self.0);
            spawn(Box::pin(async move {
                shared.flights.join().await;
            }));
        }
    }

    /// Waits until a flight has ended.
    async fn fly(&self) {
        self.start();
        let _waiting = Waiting::new(&self.0.waiting);
        self.0.flights.join().await;
    }

    fn is_polled(&self) -> bool {
        self.0.spawn.is_some() || self.0.waiting.load(Ordering::SeqCst) > 0
    }

    /// Returns valid tokens.
    async fn valid(&self, need: Need) -> Result<Held, SessionError> {
        loop {
            let now = self.0.worker.now();
            let look = self.machine().look(need, now);
            match look {
                Look::Use(held) => return Ok(held),
                Look::Fail(error) => return Err(error),
                Look::Wait => self.fly().await,
                Look::UseMeanwhile(held) => {
                    self.start();
                    // One caller waits, so that the flight makes progress.
                    if self.is_polled() {
                        return Ok(held);
                    }
                    self.fly().await;
                }
            }
        }
    }

    pub(super) async fn valid_access_token(&self) -> Result<String, SessionError> {
        let held = self.valid(Need::Access).await?;
        Ok(held.saved.tokens().access_token.clone())
    }

    pub(super) async fn valid_id_token(&self) -> Result<Option<String>, SessionError> {
        let held = self.valid(Need::Id).await?;
        Ok(held.saved.tokens().id_token.clone())
    }

    pub(super) async fn valid_tokens(&self) -> Result<Tokens, SessionError> {
        let held = self.valid(Need::All).await?;
        let mut tokens = held.saved.tokens().clone();
        tokens.expires_in = Some(held.remaining(Need::Access, self.0.worker.now()));
        Ok(tokens)
    }

    pub(super) async fn refreshed_tokens(&self) -> Result<Tokens, SessionError> {
        let now = self.0.worker.now();
        let before = {
            let mut machine = self.machine();
            machine.force_refresh(now)?;
            machine.refreshes
        };
        while self.machine().refreshes == before {
            self.fly().await;
        }
        let failure = self.machine().refresh_failure();
        match failure {
            Some(error) => Err(error),
            None => self.valid_tokens().await,
        }
    }

    pub(super) async fn begin(&self, tokens: Tokens) -> Result<(), SessionError> {
        let now = self.0.worker.now();
        let before = {
            let mut machine = self.machine();
            machine.sign_in(SavedSession::new(tokens, now.system_time()), now);
            machine.sign_ins
        };
        while self.machine().sign_ins == before {
            self.fly().await;
        }
        self.machine().sign_in_outcome.clone()
    }

    pub(super) async fn end(&self, extent: Extent) -> Result<(), SessionError> {
        let before = {
            let mut machine = self.machine();
            machine.sign_out(extent);
            machine.sign_outs
        };
        while self.machine().sign_outs == before {
            self.fly().await;
        }
        self.machine().sign_out_outcome.clone()
    }
}

impl<C: SessionClient> fmt::Debug for Session<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("state", &self.state()).finish_non_exhaustive()
    }
}

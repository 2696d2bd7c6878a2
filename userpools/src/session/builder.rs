//! The settings of a session.

use super::client::SessionClient;
use super::driver::{Clock, Session, Spawn, Worker};
use super::machine::Machine;
use super::store::{BlockingSessionStore, Blocks, MemoryStore, SessionStore};
use super::watch::Board;
use cognito_op::transport::BoxFuture;
use cognito_op::{Client, blocking};
use std::fmt;
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

/// Builds a [`Session`]. [`Session::builder`] returns it.
///
/// ```
/// use cognito_userpools::Client;
/// use cognito_userpools::session::{Session, SessionBuilder};
///
/// /// The settings that all sessions of the program share.
/// fn builder(client: &Client) -> SessionBuilder {
///     Session::builder(client).rotation(true).spawn(|refresh| drop(tokio::spawn(refresh)))
/// }
/// ```
#[must_use = "call `build`"]
pub struct SessionBuilder<C = Client> {
    client: C,
    store: Box<dyn SessionStore>,
    is_rotating: bool,
    ahead: Duration,
    clock: Box<Clock>,
    spawn: Option<Box<Spawn>>,
}

impl<C: SessionClient> Session<C> {
    /// Returns a builder for a session. The client needs the app client that issued the tokens.
    pub fn builder(client: &C) -> SessionBuilder<C> {
        SessionBuilder {
            client: client.clone(),
            store: Box::new(MemoryStore::new()),
            is_rotating: false,
            ahead: Duration::from_secs(5 * 60),
            clock: Box::new(SystemTime::now),
            spawn: None,
        }
    }
}

impl<C: SessionClient> SessionBuilder<C> {
    /// Sets whether the app client rotates refresh tokens: `false` by default. The session then refreshes with
    /// `GetTokensFromRefreshToken` instead of the flow `REFRESH_TOKEN_AUTH`. The chapter on
    /// [sessions](crate::guide::sessions#refresh-token-rotation) describes how to find out, and the error for a wrong
    /// value.
    ///
    /// ```
    /// # use cognito_userpools::session::Session;
    /// # fn session(client: &cognito_userpools::Client) {
    /// let session = Session::builder(client).rotation(true).build();
    /// # }
    /// ```
    pub fn rotation(mut self, is_rotating: bool) -> Self {
        self.is_rotating = is_rotating;
        self
    }

    /// Sets the time before the expiry at which the tokens are refreshed: 5 minutes by default, and at most half of
    /// their lifetime.
    ///
    /// ```
    /// # use cognito_userpools::session::Session;
    /// # use std::time::Duration;
    /// # fn session(client: &cognito_userpools::Client) {
    /// let session = Session::builder(client).refresh_ahead(Duration::from_secs(60)).build();
    /// # }
    /// ```
    pub fn refresh_ahead(mut self, time: Duration) -> Self {
        self.ahead = time;
        self
    }

    /// Sets the clock that shows the time of day, for tests: [`SystemTime::now`] by default.
    ///
    /// The session measures the age of tokens with this clock and with that of the client's transport, and uses the
    /// greater age: the clock of the transport can stand still while the machine is suspended, and this one can be set
    /// back.
    ///
    /// ```
    /// # use cognito_userpools::session::Session;
    /// # use std::time::{Duration, UNIX_EPOCH};
    /// # fn session(client: &cognito_userpools::Client) {
    /// let session = Session::builder(client)
    ///     .clock(|| UNIX_EPOCH + Duration::from_secs(1_795_300_000))
    ///     .build();
    /// # }
    /// ```
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Builds the session. It reads the store when it is first used.
    #[must_use]
    pub fn build(self) -> Session<C> {
        let Self { client, store, is_rotating, ahead, clock, spawn } = self;
        let (machine, board) = (Mutex::new(Machine::new(ahead, is_rotating)), Board::new());
        Session::new(Worker { client, store, is_rotating, clock, machine, board }, spawn)
    }
}

impl SessionBuilder<Client> {
    /// Sets the store. The default is a [`MemoryStore`]: the session ends with the program.
    ///
    /// ```no_run
    /// # use cognito_userpools::session::{FileStore, Session};
    /// # fn session(client: &cognito_userpools::Client) {
    /// let session = Session::builder(client).store(FileStore::new("session.json")).build();
    /// # }
    /// ```
    pub fn store(mut self, store: impl SessionStore + 'static) -> Self {
        self.store = Box::new(store);
        self
    }

    /// Sets a function that runs a future in the background, such as `tokio::spawn`. The future drives a refresh, so
    /// that no caller waits as long as the tokens are valid.
    ///
    /// By default, a caller drives the refresh: it waits, while the others get the tokens that are still valid. If that
    /// caller is cancelled, the refresh pauses until the next call.
    ///
    /// ```
    /// # use cognito_userpools::session::Session;
    /// # fn session(client: &cognito_userpools::Client) {
    /// let session = Session::builder(client)
    ///     .spawn(|refresh| {
    ///         tokio::spawn(refresh);
    ///     })
    ///     .build();
    /// # }
    /// ```
    pub fn spawn(mut self, spawn: impl Fn(BoxFuture<'static, ()>) + Send + Sync + 'static) -> Self {
        self.spawn = Some(Box::new(spawn));
        self
    }
}

impl SessionBuilder<blocking::Client> {
    /// Sets the store. The default is a [`MemoryStore`]: the session ends with the program.
    ///
    /// ```no_run
    /// # use cognito_userpools::{blocking, session::{FileStore, Session}};
    /// # fn session(client: &blocking::Client) {
    /// let session = Session::builder(client).store(FileStore::new("session.json")).build();
    /// # }
    /// ```
    pub fn store(mut self, store: impl BlockingSessionStore + 'static) -> Self {
        self.store = Box::new(Blocks(store));
        self
    }
}

impl<C> fmt::Debug for SessionBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionBuilder")
            .field("rotation", &self.is_rotating)
            .field("refresh_ahead", &self.ahead)
            .finish_non_exhaustive()
    }
}

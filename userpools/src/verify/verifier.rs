//! The verifier: what does not depend on the way in which keys are fetched.

use super::cache::{Cached, Failure, Found, KeySet, Times};
use super::error::{VerifyError, VerifyReason};
use super::jwt::{Claims, Jwt};
use super::key::{Key, read_set};
use super::pool::{Issuer, Pool};
use super::requirements::Requirements;
use super::token::{AccessToken, IdToken, Use};
use cognito_op::http::{Request, Response, StatusCode};
use cognito_op::transport::{BoxFuture, TransportError};
use cognito_op::{Body, Client};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError, Weak};
use std::task::{Context, Waker};
use std::time::{Duration, SystemTime};

/// Verifies the tokens of one or more user pools.
///
/// Create one verifier when the program starts. A clone is cheap and shares the cached keys.
///
/// The type parameter is the client that fetches the keys: a [`Client`], a
/// [`blocking::Client`](cognito_op::blocking::Client), with which the methods are not `async`, or [`Offline`].
///
/// ```no_run
/// use cognito_userpools::verify::{AccessToken, Verifier};
/// use cognito_userpools::{Client, Error};
///
/// # async fn verify(bearer: &str) -> Result<(), Box<dyn std::error::Error>> {
/// # #[cfg(feature = "hyper")] {
/// let client = Client::builder().region("eu-west-1").build()?;
/// let verifier = Verifier::builder()
///     .user_pool("eu-west-1_Ab12Cd34E")
///     .client_id("1example23456789")
///     .build(&client)?;
///
/// let token: AccessToken = verifier.access_token(bearer).await?;
/// println!("{:?} until {:?}", token.username(), token.expires_at());
/// # }
/// # Ok(())
/// # }
/// ```
pub struct Verifier<C = Client> {
    pub(super) client: C,
    pub(super) shared: Arc<Shared>,
    pub(super) requirements: Arc<Requirements>,
}

impl<C: Clone> Clone for Verifier<C> {
    fn clone(&self) -> Self {
        let Self { client, shared, requirements } = self;
        Self { client: client.clone(), shared: Arc::clone(shared), requirements: Arc::clone(requirements) }
    }
}

/// The client of a verifier that never fetches keys. [`VerifierBuilder::build_offline`](super::VerifierBuilder::build_offline) builds it, and
/// [`Verifier::cache_keys`] provides the keys.
///
/// ```
/// use cognito_userpools::verify::{AccessToken, Offline, Verifier, VerifyError};
///
/// fn verify(verifier: &Verifier<Offline>, bearer: &str) -> Result<AccessToken, VerifyError> {
///     verifier.access_token_cached(bearer)
/// }
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Offline;

/// A client with which a verifier fetches keys: a [`Client`], a [`blocking::Client`](cognito_op::blocking::Client), or
/// [`Offline`]. It cannot be implemented for other types; another HTTP client can be the
/// [transport](cognito_op::transport::Transport) of a client.
///
/// ```
/// use cognito_userpools::verify::{KeyClient, Verifier};
///
/// /// Works with each kind of verifier.
/// fn is_accepted<C: KeyClient>(verifier: &Verifier<C>, bearer: &str) -> bool {
///     verifier.access_token_cached(bearer).is_ok()
/// }
/// ```
pub trait KeyClient: Clone + sealed::Sealed {
    /// Returns the time on the clock of the client's transport.
    #[doc(hidden)]
    fn now(&self) -> Duration;
}

pub(super) mod sealed {
    pub trait Sealed {}
}

impl sealed::Sealed for Offline {}

impl KeyClient for Offline {
    fn now(&self) -> Duration {
        // Keys that the program hands in do not age.
        Duration::ZERO
    }
}

/// The state that the clones of a verifier share.
pub(super) struct Shared {
    pub(super) pools: Vec<Pool>,
    pub(super) skew: Duration,
    pub(super) clock: Arc<Clock>,
    pub(super) times: Times,
    /// Runs a fetch apart from the call that begins it.
    pub(super) spawn: Option<Arc<Spawn>>,
    /// The keys of each issuer of each pool.
    pub(super) state: Mutex<State>,
    /// The fetches in flight of an asynchronous client, one for each issuer.
    pub(super) fetches: Vec<Mutex<Option<BoxFuture<'static, ()>>>>,
    /// Wakes blocking callers that wait for a fetch.
    pub(super) ended: Condvar,
}

pub(super) type Clock = dyn Fn() -> SystemTime + Send + Sync;

pub(super) type Spawn = dyn Fn(BoxFuture<'static, ()>) + Send + Sync;

#[derive(Default)]
pub(super) struct State {
    sets: Vec<KeySet>,
    /// The tasks that wait for a fetch.
    waiting: BTreeMap<u64, Waker>,
    next: u64,
}

impl State {
    pub(super) fn new(sets: Vec<KeySet>) -> Self {
        Self { sets, ..Self::default() }
    }

    pub(super) fn set(&mut self, at: usize) -> &mut KeySet {
        &mut self.sets[at]
    }

    /// Registers a task under its number, which is chosen the first time. Returns the waker that it had before.
    pub(super) fn wait(&mut self, number: &mut Option<u64>, waker: &Waker) -> Option<Waker> {
        let number = *number.get_or_insert_with(|| {
            self.next += 1;
            self.next
        });
        self.waiting.insert(number, waker.clone())
    }

    pub(super) fn leave(&mut self, number: u64) -> Option<Waker> {
        self.waiting.remove(&number)
    }
}

impl Shared {
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        // The state is consistent even after a panic in another thread.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stores the fetch of an issuer, and returns the one before, which has stalled.
    pub(super) fn put_fetch(&self, at: usize, fetch: BoxFuture<'static, ()>) -> Option<BoxFuture<'static, ()>> {
        let mut stored = self.fetches.get(at)?.lock().unwrap_or_else(PoisonError::into_inner);
        stored.replace(fetch)
    }

    /// Polls the fetch of an issuer, and returns whether it has ended.
    pub(super) fn poll_fetch(&self, at: usize, context: &mut Context<'_>) -> bool {
        let Some(stored) = self.fetches.get(at) else { return false };
        let mut stored = match stored.try_lock() {
            Ok(stored) => stored,
            Err(TryLockError::Poisoned(stored)) => stored.into_inner(),
            // Another call polls it, and its progress wakes this one.
            Err(TryLockError::WouldBlock) => return false,
        };
        // If the transport panics, the fetch is dropped, which wakes those that wait.
        let Some(mut fetch) = stored.take() else { return false };
        let has_ended = fetch.as_mut().poll(context).is_ready();
        if !has_ended {
            *stored = Some(fetch);
        }
        has_ended
    }

    /// Wakes all callers that wait for a fetch.
    pub(super) fn wake(&self, mut state: MutexGuard<'_, State>) {
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        self.ended.notify_all();
        for waker in waiting.into_values() {
            waker.wake();
        }
    }

    /// Returns the issuers, each with its index and its pool.
    fn issuers(&self) -> impl Iterator<Item = (usize, &Pool, &Issuer)> {
        let issuers = self.pools.iter().flat_map(|pool| pool.issuers.iter().map(move |issuer| (pool, issuer)));
        issuers.enumerate().map(|(at, (pool, issuer))| (at, pool, issuer))
    }

    /// Returns the indices of all issuers, and whether they must exist: a pool may not have an updated issuer.
    pub(super) fn hydrated(&self) -> Vec<(usize, bool)> {
        self.issuers().map(|(at, _, issuer)| (at, issuer.primary)).collect()
    }
}

/// A fetch of the keys of an issuer, for which other callers wait. If it is dropped before its end, as when its future is
/// dropped or the transport panics, another caller fetches the keys.
pub(super) struct Fetching {
    /// The verifier may be dropped before the end.
    shared: Weak<Shared>,
    /// The index of the issuer.
    at: usize,
    /// When it began.
    began: Option<Duration>,
    outcome: Option<(KeySetResult, Duration)>,
}

impl Fetching {
    pub(super) fn new(shared: &Arc<Shared>, at: usize) -> Self {
        let began = shared.lock().set(at).began();
        Self { shared: Arc::downgrade(shared), at, began, outcome: None }
    }

    /// Returns the request and its timeout, unless the verifier was dropped.
    pub(super) fn request(&self) -> Option<(Request<Body>, Duration)> {
        let shared = self.shared.upgrade()?;
        let mut request = Request::new(Body::default());
        *request.uri_mut() = shared.issuers().nth(self.at).map(|(.., issuer)| issuer.keys.clone())?;
        Some((request, shared.times.fetch))
    }

    pub(super) fn end(mut self, response: Result<Response<Body>, TransportError>, now: Duration) {
        let outcome = match response {
            Ok(response) => read_response(&response),
            Err(error) => Err(Arc::new(error) as _),
        };
        self.outcome = Some((outcome, now));
    }
}

impl Drop for Fetching {
    fn drop(&mut self) {
        let Some(shared) = self.shared.upgrade() else { return };
        let mut state = shared.lock();
        let set = state.set(self.at);
        match self.outcome.take() {
            Some((Ok(keys), now)) => set.fetched(keys, now),
            Some((Err(failure), now)) => set.failed(failure, now),
            None => {}
        }
        set.ended(self.began);
        shared.wake(state);
    }
}

/// The keys of a response.
type KeySetResult = Result<Vec<Arc<Key>>, Failure>;

/// A token whose issuer and key id are known, and whose signature has not been checked.
pub(super) struct Pending<'t> {
    jwt: Jwt<'t>,
    claims: Claims,
    /// The index of the issuer.
    pub(super) issuer: usize,
    /// The id of its pool.
    pool: Arc<str>,
    /// The app clients of its pool, or `None` for any.
    clients: Option<Arc<[String]>>,
}

impl Pending<'_> {
    pub(super) fn kid(&self) -> &str {
        self.jwt.kid()
    }
}

impl<C> Verifier<C> {
    /// Parses a token, and finds its issuer.
    pub(super) fn pending<'t>(&self, token: &'t str) -> Result<Pending<'t>, VerifyError> {
        let jwt = Jwt::parse(token)?;
        let claims = Claims::read(jwt.payload()?)?;
        let url = claims.text("iss").ok_or_else(|| absent(&claims, "iss", "is not a string"))?;
        let shared = &*self.shared;
        let found = shared.issuers().find(|(.., issuer)| issuer.url == url).map(|(at, pool, _)| (at, pool));
        let Some((issuer, pool)) = found else {
            let expected = shared.issuers().filter(|(.., issuer)| issuer.primary);
            let expected: Vec<&str> = expected.map(|(.., issuer)| issuer.url.as_str()).collect();
            let error = VerifyError::claim(VerifyReason::Issuer, "iss", "is not a user pool of this verifier");
            // A forged token must not fill the log.
            return Err(match expected.get(..3) {
                Some(few) if expected.len() > 3 => error.expecting(format!("one of {}, …", few.join(", "))),
                _ => error.expecting(expected.join(" or ")),
            });
        };
        Ok(Pending { jwt, claims, issuer, pool: Arc::clone(&pool.id), clients: pool.clients.clone() })
    }

    /// Checks the signature and the claims of a token.
    pub(super) fn check(&self, pending: Pending<'_>, key: &Key, usage: Use) -> Result<(Claims, Arc<str>), VerifyError> {
        let Pending { jwt, claims, pool, clients, .. } = pending;
        jwt.with_signature(|signature| {
            let is_right = key.verifies(jwt.signed.as_bytes(), signature);
            is_right.then_some(()).ok_or_else(|| VerifyError::new(VerifyReason::Signature, "its signature is wrong"))
        })?;
        claims.check_types()?;
        check_use(&claims, usage)?;
        let shared = &*self.shared;
        let client_claim = usage.client_claim();
        let client = claims.text(client_claim).ok_or_else(|| absent(&claims, client_claim, "is not a string"))?;
        if clients.is_some_and(|clients| !clients.iter().any(|known| known == client)) {
            return Err(VerifyError::claim(
                VerifyReason::ClientId,
                client_claim,
                "is not an app client of this verifier",
            ));
        }
        if claims.text("sub").is_none_or(str::is_empty) {
            return Err(absent(&claims, "sub", "is not the id of a user"));
        }
        let now = (shared.clock)().duration_since(SystemTime::UNIX_EPOCH);
        // An expired token would be accepted otherwise.
        let now = now.map_err(|_| VerifyError::misconfigured("the clock shows a time before 1970"))?.as_secs_f64();
        let skew = shared.skew.as_secs_f64();
        let expires = claims.time("exp").ok_or_else(|| absent(&claims, "exp", "is not a number"))?;
        if now >= expires + skew {
            return Err(VerifyError::claim(VerifyReason::Expired, "exp", "is in the past"));
        }
        if claims.time("nbf").is_some_and(|begins| begins - skew > now) {
            return Err(VerifyError::claim(VerifyReason::NotYetValid, "nbf", "is in the future"));
        }
        self.requirements.verify(&claims, usage)?;
        Ok((claims, pool))
    }
}

fn check_use(claims: &Claims, usage: Use) -> Result<(), VerifyError> {
    let found = claims.text("token_use").ok_or_else(|| absent(claims, "token_use", "is not a string"))?;
    if found == usage.name() {
        return Ok(());
    }
    let detail = match usage {
        Use::Access => "is not that of an access token",
        Use::Id => "is not that of an identity token",
    };
    Err(VerifyError::claim(VerifyReason::TokenUse, "token_use", detail).expecting(usage.name()))
}

fn absent(claims: &Claims, claim: &'static str, wrong: &'static str) -> VerifyError {
    let detail = if claims.is_present(claim) { wrong } else { "is missing" };
    VerifyError::claim(VerifyReason::Claim, claim, detail)
}

fn unknown_key() -> VerifyError {
    VerifyError::new(VerifyReason::UnknownKey, "the user pool has no key with its key id")
}

fn unavailable(failure: Failure) -> VerifyError {
    VerifyError::new(VerifyReason::KeysUnavailable, "the last attempt to fetch them failed").caused_by(failure)
}

impl<C: KeyClient> Verifier<C> {
    /// Verifies an access token with the cached keys. It performs no I/O.
    ///
    /// Keys are not fetched when they become old. Call [`hydrate`](Self::hydrate) or [`cache_keys`](Self::cache_keys)
    /// regularly.
    ///
    /// # Errors
    ///
    /// Returns an error if the token is not accepted. The reason is [`KeysNotCached`](VerifyReason::KeysNotCached) if there
    /// are no keys, or if they are older than the [limit](super::VerifierBuilder::key_ages).
    pub fn access_token_cached(&self, token: &str) -> Result<AccessToken, VerifyError> {
        self.cached(token, Use::Access).map(|(claims, pool)| AccessToken::new(claims, pool))
    }

    /// Verifies an identity token with the cached keys, as [`access_token_cached`](Self::access_token_cached) does for an
    /// access token.
    ///
    /// # Errors
    ///
    /// Returns the same errors.
    pub fn id_token_cached(&self, token: &str) -> Result<IdToken, VerifyError> {
        self.cached(token, Use::Id).map(|(claims, pool)| IdToken::new(claims, pool))
    }

    fn cached(&self, token: &str, usage: Use) -> Result<(Claims, Arc<str>), VerifyError> {
        let pending = self.pending(token)?;
        let now = self.client.now();
        let cached = self.shared.lock().set(pending.issuer).cached(pending.kid(), now, self.shared.times);
        match cached {
            Cached::Key(key) => self.check(pending, &key, usage),
            Cached::Unknown => Err(unknown_key()),
            Cached::Absent => Err(VerifyError::new(
                VerifyReason::KeysNotCached,
                "the keys of the user pool are not cached; call `hydrate` or `cache_keys` first",
            )),
        }
    }

    /// Caches the keys of a user pool, given its key set (`jwks.json`) of at most 100 kB. The keys apply to all issuers of the
    /// pool, and replace those that were cached. Their age starts at zero.
    ///
    /// ```
    /// use cognito_userpools::verify::{Offline, Verifier, VerifyError};
    ///
    /// /// Returns a verifier that needs no network, with keys that are deployed with the program.
    /// fn offline(keys: &[u8]) -> Result<Verifier<Offline>, VerifyError> {
    ///     let verifier = Verifier::builder()
    ///         .user_pool("eu-west-1_Ab12Cd34E")
    ///         .client_id("1example23456789")
    ///         .build_offline()?;
    ///     verifier.cache_keys("eu-west-1_Ab12Cd34E", keys)?;
    ///     Ok(verifier)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](VerifyReason::Misconfigured) if the verifier does not have the pool, or if the key set is not
    /// valid. The cached keys then remain.
    pub fn cache_keys(&self, user_pool: &str, json: impl AsRef<[u8]>) -> Result<(), VerifyError> {
        let shared = &*self.shared;
        let issuers: Vec<usize> =
            shared.issuers().filter(|(_, pool, _)| *pool.id == *user_pool).map(|(at, ..)| at).collect();
        if issuers.is_empty() {
            return Err(VerifyError::misconfigured("the user pool is not one of this verifier"));
        }
        let keys = read_set(json.as_ref()).map_err(VerifyError::misconfigured)?;
        let now = self.client.now();
        let mut state = shared.lock();
        for at in issuers {
            state.set(at).put(keys.clone(), now);
        }
        shared.wake(state);
        Ok(())
    }

    /// Returns a verifier with additional requirements, for a part of the program. It shares the cached keys.
    #[must_use]
    pub fn requiring(&self, requirements: Requirements) -> Self {
        let requirements = (*self.requirements).clone().and(requirements);
        Self { client: self.client.clone(), shared: Arc::clone(&self.shared), requirements: Arc::new(requirements) }
    }
}

impl<C> fmt::Debug for Verifier<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pools: Vec<&str> = self.shared.pools.iter().map(|pool| &*pool.id).collect();
        f.debug_struct("Verifier")
            .field("user_pools", &pools)
            .field("requirements", &self.requirements)
            .finish_non_exhaustive()
    }
}

/// Reads the response to a request for keys.
fn read_response(response: &Response<Body>) -> KeySetResult {
    if response.status() != StatusCode::OK {
        let status = response.status().as_u16();
        let hint = if status == 404 { "; check the id of the user pool" } else { "" };
        return Err(failure(format!("the server of the keys responded with status {status}{hint}")));
    }
    read_set(response.body().as_bytes()).map_err(failure)
}

fn failure(text: impl Into<Box<dyn Error + Send + Sync>>) -> Failure {
    Arc::from(text.into())
}

/// The next step of a driver.
pub(super) enum Next {
    /// The token can be checked; if `refresh` is set, the keys are fetched as well.
    Check {
        key: Arc<Key>,
        refresh: bool,
    },
    Fetch,
    Wait,
    Fail(VerifyError),
}

impl From<Found> for Next {
    fn from(found: Found) -> Self {
        match found {
            Found::Key { key, refresh } => Self::Check { key, refresh },
            Found::Fetch => Self::Fetch,
            Found::Wait => Self::Wait,
            Found::Unknown => Self::Fail(unknown_key()),
            Found::Unavailable(failure) => Self::Fail(unavailable(failure)),
        }
    }
}

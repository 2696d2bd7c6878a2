//! The verifier: what does not depend on the way in which keys are fetched.

use super::cache::{Cached, Failure, Found, KeySet, Times};
use super::error::{VerifyError, VerifyReason};
use super::jwt::{Claims, Jwt};
use super::key::{Key, read_set};
use super::pool::{Issuer, Pool, PoolSettings};
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
    requirements: Arc<Requirements>,
}

impl<C: Clone> Clone for Verifier<C> {
    fn clone(&self) -> Self {
        let Self { client, shared, requirements } = self;
        Self { client: client.clone(), shared: Arc::clone(shared), requirements: Arc::clone(requirements) }
    }
}

/// The client of a verifier that never fetches keys. [`VerifierBuilder::build_offline`] builds it, and
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
    pools: Vec<Pool>,
    skew: Duration,
    clock: Arc<Clock>,
    pub(super) times: Times,
    /// Runs a fetch apart from the call that begins it.
    pub(super) spawn: Option<Arc<Spawn>>,
    /// The keys of each issuer of each pool.
    state: Mutex<State>,
    /// The fetches in flight of an asynchronous client, one for each issuer.
    fetches: Vec<Mutex<Option<BoxFuture<'static, ()>>>>,
    /// Wakes blocking callers that wait for a fetch.
    pub(super) ended: Condvar,
}

type Clock = dyn Fn() -> SystemTime + Send + Sync;

type Spawn = dyn Fn(BoxFuture<'static, ()>) + Send + Sync;

#[derive(Default)]
pub(super) struct State {
    sets: Vec<KeySet>,
    /// The tasks that wait for a fetch.
    waiting: BTreeMap<u64, Waker>,
    next: u64,
}

impl State {
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
    /// are no keys, or if they are older than the [limit](VerifierBuilder::key_ages).
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

impl Verifier {
    /// Returns a builder. It needs at least one user pool.
    pub fn builder() -> VerifierBuilder {
        VerifierBuilder {
            pools: Vec::new(),
            requirements: Requirements::default(),
            skew: Duration::ZERO,
            clock: Arc::new(SystemTime::now),
            times: Times::DEFAULT,
            spawn: None,
            allow_http: false,
            before_pool: false,
        }
    }
}

/// The builder of a [`Verifier`].
///
/// [`user_pool`](Self::user_pool) adds a user pool. The settings [`client_id`](Self::client_id),
/// [`any_client`](Self::any_client), [`issuer`](Self::issuer), [`keys_url`](Self::keys_url) and
/// [`replica_region`](Self::replica_region) apply to the pool that was added last. The other settings apply to all pools, and
/// their order does not matter. [`build`](Self::build) checks the settings.
///
/// ```
/// use cognito_userpools::verify::{Verifier, VerifyError};
///
/// let verifier = Verifier::builder()
///     .user_pool("eu-west-1_Ab12Cd34E")
///     .client_id("1example23456789")
///     .client_id("2example23456789")
///     .user_pool("us-east-1_Xy98Zw76V")
///     .any_client()
///     .build_offline()?;
/// # Ok::<(), VerifyError>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct VerifierBuilder {
    pools: Vec<PoolSettings>,
    requirements: Requirements,
    skew: Duration,
    clock: Arc<Clock>,
    times: Times,
    spawn: Option<Arc<Spawn>>,
    allow_http: bool,
    /// Whether a setting of a pool was made before there was one.
    before_pool: bool,
}

impl VerifierBuilder {
    /// Adds a user pool. Its id consists of a region, `_`, and letters or digits.
    pub fn user_pool(mut self, id: impl Into<String>) -> Self {
        self.pools.push(PoolSettings { id: id.into(), ..PoolSettings::default() });
        self
    }

    fn of_pool(mut self, set: impl FnOnce(&mut PoolSettings)) -> Self {
        match self.pools.last_mut() {
            Some(pool) => set(pool),
            None => self.before_pool = true,
        }
        self
    }

    /// Accepts tokens of an app client: its id is the claim `client_id` of an access token, and `aud` of an identity token.
    /// It can be called several times for a pool.
    pub fn client_id(self, id: impl Into<String>) -> Self {
        self.of_pool(|pool| pool.clients.push(id.into()))
    }

    /// Accepts tokens of all app clients of the pool, instead of those set with [`client_id`](Self::client_id).
    ///
    /// The program then also accepts tokens that were issued to other programs.
    pub fn any_client(self) -> Self {
        self.of_pool(|pool| pool.any_client = true)
    }

    /// Sets the claim `iss` of the pool's tokens, for a server that stands in for the service, such as
    /// `http://127.0.0.1:9229/eu-west-1_Ab12Cd34E`. It replaces the issuers of Amazon Cognito. The keys are at
    /// `ISSUER/.well-known/jwks.json`, unless [`keys_url`](Self::keys_url) sets another URL.
    ///
    /// Plain `http` is accepted for loopback addresses only, unless [`allow_http`](Self::allow_http) is called.
    pub fn issuer(self, url: impl Into<String>) -> Self {
        self.of_pool(|pool| pool.issuer = Some(url.into()))
    }

    /// Sets the URL of the pool's keys, for a server that stands in for the service, or for a mirror of the keys. The issuer
    /// of the tokens remains.
    pub fn keys_url(self, url: impl Into<String>) -> Self {
        self.of_pool(|pool| pool.keys_url = Some(url.into()))
    }

    /// Accepts tokens of a replica of the pool in another region, such as `eu-central-1`. It can be called several times for
    /// a pool. It has no effect with [`issuer`](Self::issuer).
    pub fn replica_region(self, region: impl Into<String>) -> Self {
        self.of_pool(|pool| pool.replicas.push(region.into()))
    }

    /// Adds requirements on groups, scopes and other claims, for all tokens. [`Verifier::requiring`] adds requirements for a
    /// part of the program.
    pub fn require(mut self, requirements: Requirements) -> Self {
        self.requirements = self.requirements.and(requirements);
        self
    }

    /// Sets the time by which the clocks of the service and of the program may differ: zero by default. A token is accepted
    /// until this time after `exp`, and from this time before `nbf`.
    pub fn clock_skew(mut self, skew: Duration) -> Self {
        self.skew = skew;
        self
    }

    /// Sets the clock with which `exp` and `nbf` are compared, for tests: [`SystemTime::now`] by default. The ages of keys use
    /// the clock of the client's transport instead.
    ///
    /// ```
    /// use cognito_userpools::verify::{Verifier, VerifyError};
    /// use std::time::{Duration, UNIX_EPOCH};
    ///
    /// let verifier = Verifier::builder()
    ///     .user_pool("eu-west-1_Ab12Cd34E")
    ///     .client_id("1example23456789")
    ///     .clock(|| UNIX_EPOCH + Duration::from_secs(1_795_300_000))
    ///     .build_offline()?;
    /// # Ok::<(), VerifyError>(())
    /// ```
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Sets the age from which keys are fetched anew, 24 hours by default, and the limit from which they are no longer used,
    /// 7 days by default. A limit below the first age is raised to it.
    ///
    /// From the first age on, one call fetches the keys anew, and the other calls use the cached keys. If the fetch fails,
    /// the keys remain in use until the limit, and the fetch is repeated after a minute. The age of the keys of an
    /// [offline](Self::build_offline) verifier is always zero.
    pub fn key_ages(mut self, refresh: Duration, limit: Duration) -> Self {
        self.times.set_ages(refresh, limit);
        self
    }

    /// Sets the timeout for fetching keys, from the connection to the end of the response: 3 seconds by default. The connect
    /// timeout of the client applies as well.
    pub fn fetch_timeout(mut self, timeout: Duration) -> Self {
        self.times.fetch = timeout;
        self
    }

    /// Sets what runs the future that fetches keys, for an asynchronous client. By default, only the calls of the verifier
    /// make a fetch progress. In a program with few requests, a task does so between them. A blocking client fetches keys
    /// anew on a thread.
    ///
    /// ```
    /// use cognito_userpools::verify::{Verifier, VerifyError};
    /// # use cognito_userpools::Client;
    ///
    /// # fn verifier(client: &Client) -> Result<Verifier, VerifyError> {
    /// Verifier::builder()
    ///     .user_pool("eu-west-1_Ab12Cd34E")
    ///     .client_id("1example23456789")
    ///     .spawn(|fetch| {
    ///         tokio::spawn(fetch);
    ///     })
    ///     .build(client)
    /// # }
    /// ```
    pub fn spawn(mut self, spawn: impl Fn(BoxFuture<'static, ()>) + Send + Sync + 'static) -> Self {
        self.spawn = Some(Arc::new(spawn));
        self
    }

    /// Allows plain `http` for the keys of an [`issuer`](Self::issuer) or [`keys_url`](Self::keys_url) on another host.
    /// Anyone who can change the traffic can then forge tokens.
    pub fn allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// Builds a verifier that fetches keys with the transport of a client. The region, the endpoint and the app client of the
    /// client do not matter. No request is sent yet; see [`hydrate`](Verifier::hydrate).
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](VerifyReason::Misconfigured) if there is no user pool, if a pool has neither an app client
    /// nor [`any_client`](Self::any_client), or if an id, a region or a URL is not valid.
    pub fn build<C: KeyClient>(self, client: &C) -> Result<Verifier<C>, VerifyError> {
        if self.pools.is_empty() {
            return Err(VerifyError::misconfigured("there is no user pool; add one with `user_pool`"));
        }
        if self.before_pool {
            let detail = "the settings of a user pool, such as `client_id`, must follow `user_pool`";
            return Err(VerifyError::misconfigured(detail));
        }
        let allow_http = self.allow_http;
        let pools = self.pools.into_iter().map(|pool| pool.check(allow_http));
        let pools = pools.collect::<Result<Vec<Pool>, VerifyError>>()?;
        let mut ids: Vec<&str> = pools.iter().map(|pool| &*pool.id).collect();
        ids.sort_unstable();
        if ids.windows(2).any(|pair| matches!(pair, [a, b] if a == b)) {
            let detail = "a user pool was added twice; call `client_id` several times for several app clients";
            return Err(VerifyError::misconfigured(detail));
        }
        let mut urls: Vec<&str> =
            pools.iter().flat_map(|pool| &pool.issuers).map(|issuer| issuer.url.as_str()).collect();
        urls.sort_unstable();
        if urls.windows(2).any(|pair| matches!(pair, [a, b] if a == b)) {
            return Err(VerifyError::misconfigured("two user pools, or a replica and its pool, have the same issuer"));
        }
        let sets = urls.iter().map(|_| KeySet::default()).collect();
        let fetches = urls.iter().map(|_| Mutex::default()).collect();
        let shared = Shared {
            pools,
            skew: self.skew,
            clock: self.clock,
            times: self.times,
            spawn: self.spawn,
            state: Mutex::new(State { sets, ..State::default() }),
            fetches,
            ended: Condvar::new(),
        };
        let requirements = Arc::new(self.requirements);
        Ok(Verifier { client: client.clone(), shared: Arc::new(shared), requirements })
    }

    /// Builds a verifier that never fetches keys. [`Verifier::cache_keys`] provides them.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`build`](Self::build).
    pub fn build_offline(self) -> Result<Verifier<Offline>, VerifyError> {
        self.build(&Offline)
    }
}

impl fmt::Debug for VerifierBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pools: Vec<&str> = self.pools.iter().map(|pool| pool.id.as_str()).collect();
        f.debug_struct("VerifierBuilder").field("user_pools", &pools).finish_non_exhaustive()
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

//! The verifier: what does not depend on the way in which keys are fetched.

use super::cache::{Ages, Cached, Failure, Found, KeySet};
use super::error::{VerifyError, VerifyReason};
use super::jwt::{Claims, Jwt};
use super::key::{Key, read_set};
use super::pool::{Issuer, Pool, PoolSettings};
use super::requirements::Requirements;
use super::token::{AccessToken, IdToken};
use cognito_op::http::{Request, Response, StatusCode, Uri};
use cognito_op::{Body, Client};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::{Duration, SystemTime};

/// Verifies the tokens of user pools.
///
/// A clone is cheap and shares the keys. Create one verifier when the program starts.
///
/// The type parameter is the way in which keys are fetched: a [`Client`], a
/// [`blocking::Client`](cognito_op::blocking::Client), or [`Offline`].
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

/// The client of a verifier that never fetches keys: [`Verifier::cache_keys`] hands them in.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Offline;

/// A client with which a verifier fetches keys. It is implemented for [`Client`],
/// [`blocking::Client`](cognito_op::blocking::Client) and [`Offline`].
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
    pool_ids: Vec<Arc<str>>,
    skew: Duration,
    clock: Arc<Clock>,
    pub(super) ages: Ages,
    pub(super) fetch_timeout: Duration,
    /// The keys of each issuer of each pool.
    state: Mutex<State>,
    /// Wakes blocking callers that wait for a fetch.
    pub(super) ended: Condvar,
}

type Clock = dyn Fn() -> SystemTime + Send + Sync;

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

    /// Registers a task under its number, which is chosen the first time.
    pub(super) fn wait(&mut self, number: &mut Option<u64>, waker: &Waker) {
        let number = *number.get_or_insert_with(|| {
            self.next += 1;
            self.next
        });
        self.waiting.insert(number, waker.clone());
    }

    pub(super) fn leave(&mut self, number: u64) {
        self.waiting.remove(&number);
    }
}

impl Shared {
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        // The state is consistent even after a panic in another thread.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
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

    fn issuers(&self) -> impl Iterator<Item = (usize, &Pool, &Issuer)> {
        let issuers = self.pools.iter().flat_map(|pool| pool.issuers.iter().map(move |issuer| (pool, issuer)));
        issuers.enumerate().map(|(at, (pool, issuer))| (at, pool, issuer))
    }

    /// Returns the URL of the keys of an issuer.
    pub(super) fn keys_url(&self, at: usize) -> Option<&Uri> {
        self.issuers().nth(at).map(|(.., issuer)| &issuer.keys)
    }

    /// Returns the issuers that every pool has.
    pub(super) fn primary(&self) -> Vec<usize> {
        self.issuers().filter(|(.., issuer)| issuer.primary).map(|(at, ..)| at).collect()
    }

    /// Records the outcome of a fetch, and wakes those who wait for it.
    pub(super) fn fetched(&self, at: usize, outcome: Result<Vec<Key>, Failure>, now: Duration) {
        let mut state = self.lock();
        match outcome {
            Ok(keys) => state.set(at).fetched(keys, now),
            Err(failure) => state.set(at).failed(failure, now),
        }
        self.wake(state);
    }
}

/// The use of a token.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Access,
    Id,
}

impl Use {
    fn name(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Id => "id",
        }
    }

    fn client_claim(self) -> &'static str {
        match self {
            Self::Access => "client_id",
            Self::Id => "aud",
        }
    }
}

/// A token whose issuer and key id are known, and whose signature has not been checked.
pub(super) struct Pending<'t> {
    jwt: Jwt<'t>,
    claims: Claims,
    /// The index of the issuer.
    pub(super) issuer: usize,
    pool: usize,
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
            let expected =
                shared.issuers().filter(|(.., issuer)| issuer.primary).map(|(.., issuer)| issuer.url.as_str());
            let error = VerifyError::claim(VerifyReason::Issuer, "iss", "is not a user pool of this verifier");
            return Err(error.expecting(expected.collect::<Vec<_>>().join(" or ")));
        };
        let pool = shared.pools.iter().position(|known| std::ptr::eq(known, pool)).unwrap_or_default();
        Ok(Pending { jwt, claims, issuer, pool })
    }

    /// Checks the signature and the claims of a token.
    pub(super) fn check(&self, pending: Pending<'_>, key: &Key, usage: Use) -> Result<(Claims, Arc<str>), VerifyError> {
        let Pending { jwt, claims, pool, .. } = pending;
        jwt.with_signature(|signature| {
            let is_right = key.verifies(jwt.signed.as_bytes(), signature);
            is_right.then_some(()).ok_or_else(|| VerifyError::new(VerifyReason::Signature, "its signature is wrong"))
        })?;
        self.check_use(&claims, usage)?;
        let shared = &*self.shared;
        let client_claim = usage.client_claim();
        let client = claims.text(client_claim).ok_or_else(|| absent(&claims, client_claim, "is not a string"))?;
        let clients = shared.pools.get(pool).and_then(|pool| pool.clients.as_ref());
        if clients.is_some_and(|clients| !clients.iter().any(|known| known == client)) {
            return Err(VerifyError::claim(VerifyReason::ClientId, client_claim, "is another app client"));
        }
        let now = (shared.clock)().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs_f64();
        let skew = shared.skew.as_secs_f64();
        let expires = claims.time("exp")?.ok_or_else(|| absent(&claims, "exp", "is not a number"))?;
        if now >= expires + skew {
            return Err(VerifyError::claim(VerifyReason::Expired, "exp", "is in the past"));
        }
        if claims.time("nbf")?.is_some_and(|begins| now + skew < begins) {
            return Err(VerifyError::claim(VerifyReason::NotYetValid, "nbf", "is in the future"));
        }
        self.requirements.verify(&claims)?;
        let pool = shared.pool_ids.get(pool).cloned().unwrap_or_default();
        Ok((claims, pool))
    }

    #[expect(clippy::unused_self, reason = "beside the other checks")]
    fn check_use(&self, claims: &Claims, usage: Use) -> Result<(), VerifyError> {
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
}

fn absent(claims: &Claims, claim: &'static str, wrong: &'static str) -> VerifyError {
    let detail = if claims.is_present(claim) { wrong } else { "is missing" };
    VerifyError::claim(VerifyReason::Claim, claim, detail)
}

pub(super) fn unknown_key() -> VerifyError {
    VerifyError::new(VerifyReason::UnknownKey, "the user pool has no key with its key id")
}

pub(super) fn unavailable(failure: Failure) -> VerifyError {
    VerifyError::new(VerifyReason::KeysUnavailable, "the last attempt to fetch them failed").caused_by(failure)
}

impl<C: KeyClient> Verifier<C> {
    /// Verifies an access token with the keys that are cached. It never fetches keys.
    ///
    /// # Errors
    ///
    /// Returns an error if the token is not accepted, and [`KeysNotCached`](VerifyReason::KeysNotCached) without keys.
    pub fn access_token_cached(&self, token: &str) -> Result<AccessToken, VerifyError> {
        self.cached(token, Use::Access).map(|(claims, pool)| AccessToken::new(claims, pool))
    }

    /// Verifies an identity token with the keys that are cached. It never fetches keys.
    ///
    /// # Errors
    ///
    /// Returns an error if the token is not accepted, and [`KeysNotCached`](VerifyReason::KeysNotCached) without keys.
    pub fn id_token_cached(&self, token: &str) -> Result<IdToken, VerifyError> {
        self.cached(token, Use::Id).map(|(claims, pool)| IdToken::new(claims, pool))
    }

    fn cached(&self, token: &str, usage: Use) -> Result<(Claims, Arc<str>), VerifyError> {
        let pending = self.pending(token)?;
        let now = self.client.now();
        let cached = self.shared.lock().set(pending.issuer).cached(pending.kid(), now, self.shared.ages);
        match cached {
            Cached::Key(key) => self.check(pending, &key, usage),
            Cached::Unknown => Err(unknown_key()),
            Cached::Absent => Err(VerifyError::new(
                VerifyReason::KeysNotCached,
                "the keys of the user pool are not cached; call `hydrate` or `cache_keys` first",
            )),
        }
    }

    /// Hands in the keys of a user pool: the JSON of its key set. It replaces the keys that were cached.
    ///
    /// ```
    /// use cognito_userpools::verify::{Verifier, VerifyError};
    ///
    /// /// A verifier without a network, for keys that are deployed with the program.
    /// fn offline(keys: &[u8]) -> Result<Verifier<cognito_userpools::verify::Offline>, VerifyError> {
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
    /// Returns [`Misconfigured`](VerifyReason::Misconfigured) if the verifier does not have the pool, or the key set is not
    /// valid.
    pub fn cache_keys(&self, user_pool: &str, json: impl AsRef<[u8]>) -> Result<(), VerifyError> {
        let shared = &*self.shared;
        let issuers: Vec<usize> =
            shared.issuers().filter(|(_, pool, _)| pool.id == user_pool).map(|(at, ..)| at).collect();
        if issuers.is_empty() {
            return Err(VerifyError::misconfigured("the user pool is not one of this verifier"));
        }
        let now = self.client.now();
        let mut state = shared.lock();
        for at in issuers {
            let keys = read_set(json.as_ref()).map_err(VerifyError::misconfigured)?;
            state.set(at).fetched(keys, now);
        }
        shared.wake(state);
        Ok(())
    }

    /// Returns a verifier with further requirements. It shares the keys with this one.
    #[must_use]
    pub fn requiring(&self, requirements: Requirements) -> Self {
        let requirements = (*self.requirements).clone().and(requirements);
        Self { client: self.client.clone(), shared: Arc::clone(&self.shared), requirements: Arc::new(requirements) }
    }
}

impl<C> fmt::Debug for Verifier<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pools: Vec<&str> = self.shared.pools.iter().map(|pool| pool.id.as_str()).collect();
        f.debug_struct("Verifier")
            .field("user_pools", &pools)
            .field("requirements", &self.requirements)
            .finish_non_exhaustive()
    }
}

impl Verifier {
    /// Returns a builder for a verifier. It needs at least one user pool.
    pub fn builder() -> VerifierBuilder {
        VerifierBuilder {
            pools: Vec::new(),
            requirements: Requirements::default(),
            skew: Duration::ZERO,
            clock: Arc::new(SystemTime::now),
            ages: Ages::DEFAULT,
            fetch_timeout: Duration::from_secs(3),
            allow_http: false,
            before_pool: false,
        }
    }
}

/// The builder of a [`Verifier`].
///
/// [`user_pool`](Self::user_pool) adds a user pool. The methods after it, from [`client_id`](Self::client_id) to
/// [`replica_region`](Self::replica_region), apply to the pool that was added last.
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
    ages: Ages,
    fetch_timeout: Duration,
    allow_http: bool,
    /// Whether a setting of a pool was made before there was one.
    before_pool: bool,
}

impl VerifierBuilder {
    /// Adds a user pool by its id.
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

    /// Accepts tokens of an app client: the claim `client_id` of an access token, `aud` of an identity token. Can be called
    /// several times.
    pub fn client_id(self, id: impl Into<String>) -> Self {
        self.of_pool(|pool| pool.clients.push(id.into()))
    }

    /// Accepts tokens of all app clients of the pool.
    ///
    /// Anyone who may create an app client in the pool can then get tokens for this program.
    pub fn any_client(self) -> Self {
        self.of_pool(|pool| pool.any_client = true)
    }

    /// Sets the claim `iss` of the pool's tokens, for a server that stands in for the service. The keys are at
    /// `ISSUER/.well-known/jwks.json`, unless [`keys_url`](Self::keys_url) sets another URL.
    pub fn issuer(self, url: impl Into<String>) -> Self {
        self.of_pool(|pool| pool.issuer = Some(url.into()))
    }

    /// Sets the URL of the pool's keys, for a server that stands in for the service.
    pub fn keys_url(self, url: impl Into<String>) -> Self {
        self.of_pool(|pool| pool.keys_url = Some(url.into()))
    }

    /// Accepts tokens that a replica of the pool in another region has issued.
    pub fn replica_region(self, region: impl Into<String>) -> Self {
        self.of_pool(|pool| pool.replicas.push(region.into()))
    }

    /// Adds requirements on groups, scopes and other claims. [`Verifier::requiring`] adds some for a part of a program.
    pub fn require(mut self, requirements: Requirements) -> Self {
        self.requirements = self.requirements.and(requirements);
        self
    }

    /// Sets the time by which the clocks of the service and of the program may differ: 0 by default. `exp` and `nbf` are
    /// checked with this tolerance.
    pub fn clock_skew(mut self, skew: Duration) -> Self {
        self.skew = skew;
        self
    }

    /// Sets the clock with which `exp` and `nbf` are compared, for tests.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Sets the age from which keys are fetched anew, 24 hours by default, and the age from which they are not used, 7 days
    /// by default.
    pub fn key_ages(mut self, refresh: Duration, limit: Duration) -> Self {
        self.ages = Ages { refresh, limit: limit.max(refresh) };
        self
    }

    /// Sets the timeout for fetching keys: 3 seconds by default.
    pub fn fetch_timeout(mut self, timeout: Duration) -> Self {
        self.fetch_timeout = timeout;
        self
    }

    /// Fetches keys over plain `http` from other hosts than this machine. Whoever can change the traffic can then forge
    /// tokens.
    pub fn allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// Builds a verifier that fetches keys with a client: over its transport, with its connect timeout.
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](VerifyReason::Misconfigured) for an invalid setting.
    pub fn build<C: KeyClient>(self, client: &C) -> Result<Verifier<C>, VerifyError> {
        if self.pools.is_empty() || self.before_pool {
            return Err(VerifyError::misconfigured("the first setting must be a user pool; add one with `user_pool`"));
        }
        let allow_http = self.allow_http;
        let pools = self.pools.into_iter().map(|pool| pool.check(allow_http));
        let pools = pools.collect::<Result<Vec<Pool>, VerifyError>>()?;
        let mut urls: Vec<&str> =
            pools.iter().flat_map(|pool| &pool.issuers).map(|issuer| issuer.url.as_str()).collect();
        urls.sort_unstable();
        if urls.windows(2).any(|pair| matches!(pair, [a, b] if a == b)) {
            return Err(VerifyError::misconfigured("two user pools have the same issuer"));
        }
        let sets = urls.iter().map(|_| KeySet::default()).collect();
        let pool_ids = pools.iter().map(|pool| Arc::from(pool.id.as_str())).collect();
        let shared = Shared {
            pools,
            pool_ids,
            skew: self.skew,
            clock: self.clock,
            ages: self.ages,
            fetch_timeout: self.fetch_timeout,
            state: Mutex::new(State { sets, ..State::default() }),
            ended: Condvar::new(),
        };
        let requirements = Arc::new(self.requirements);
        Ok(Verifier { client: client.clone(), shared: Arc::new(shared), requirements })
    }

    /// Builds a verifier that never fetches keys. [`Verifier::cache_keys`] hands them in.
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](VerifyReason::Misconfigured) for an invalid setting.
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

/// Returns the request for keys.
pub(super) fn keys_request(url: &Uri) -> Request<Body> {
    let mut request = Request::new(Body::default());
    request.uri_mut().clone_from(url);
    request
}

/// Reads the response to it.
pub(super) fn read_response(response: &Response<Body>) -> Result<Vec<Key>, Failure> {
    if response.status() != StatusCode::OK {
        let status = response.status().as_u16();
        return Err(failure(format!("the server of the keys responded with status {status}")));
    }
    read_set(response.body().as_bytes()).map_err(failure)
}

fn failure(text: impl Into<Box<dyn Error + Send + Sync>>) -> Failure {
    Arc::from(text.into())
}

/// What a driver does next.
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

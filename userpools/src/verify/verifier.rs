//! The verifier, except for the fetching of keys.

use super::cache::{Cached, Failure, KeySet, Times};
use super::error::{VerifyError, VerifyReason};
use super::jwt::{Claim, Claims, Jwt};
use super::key::{Key, read_set};
use super::pool::{Issuer, Pool};
use super::requirements::Requirements;
use super::signatures::Signatures;
use super::token::{AccessToken, IdToken, Use, Verified};
use crate::time::Time;
use cognito_op::transport::BoxFuture;
use cognito_op::{Client, SingleFlight};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
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
pub trait KeyClient: Clone + sealed::Sealed {}

pub(super) mod sealed {
    use std::time::Duration;

    pub trait Sealed {
        /// Returns the time on the clock of the transport, or `None` if keys do not age.
        fn now(&self) -> Option<Duration>;
    }
}

impl KeyClient for Offline {}

impl sealed::Sealed for Offline {
    fn now(&self) -> Option<Duration> {
        None
    }
}

/// The state that the clones of a verifier share.
pub(super) struct Shared {
    pub(super) pools: Vec<Pool>,
    pub(super) skew: Duration,
    pub(super) clock: Arc<Clock>,
    pub(super) times: Times,
    pub(super) signatures: Signatures,
    /// Runs a fetch apart from the call that begins it.
    pub(super) spawn: Option<Arc<Spawn>>,
    /// The keys of each issuer of each pool.
    pub(super) sets: Mutex<Vec<KeySet>>,
    /// The fetches of each issuer.
    pub(super) fetches: Vec<SingleFlight<()>>,
}

pub(super) type Clock = dyn Fn() -> SystemTime + Send + Sync;

pub(super) type Spawn = dyn Fn(BoxFuture<'static, ()>) + Send + Sync;

impl Shared {
    pub(super) fn lock(&self) -> MutexGuard<'_, Vec<KeySet>> {
        // The state is consistent even after a panic in another thread.
        self.sets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the issuers, each with its index and its pool.
    fn issuers(&self) -> impl Iterator<Item = (usize, &Pool, &Issuer)> {
        let issuers = self.pools.iter().flat_map(|pool| pool.issuers.iter().map(move |issuer| (pool, issuer)));
        issuers.enumerate().map(|(at, (pool, issuer))| (at, pool, issuer))
    }

    pub(super) fn issuer(&self, at: usize) -> Option<&Issuer> {
        self.issuers().nth(at).map(|(.., issuer)| issuer)
    }

    /// Returns the indices of all issuers, and whether they must exist: a pool may not have an updated issuer.
    pub(super) fn hydrated(&self) -> Vec<(usize, bool)> {
        self.issuers().map(|(at, _, issuer)| (at, issuer.primary)).collect()
    }
}

/// A token whose issuer and key id are known, and whose signature has not been checked.
pub(super) struct Pending<'t> {
    jwt: Jwt<'t>,
    claims: Arc<Claims>,
    /// The index of the issuer.
    pub(super) issuer: usize,
    pool: &'t Pool,
}

impl Pending<'_> {
    pub(super) fn kid(&self) -> &str {
        self.jwt.kid()
    }
}

impl<C> Verifier<C> {
    /// Parses a token, and finds its issuer.
    pub(super) fn pending<'t>(&'t self, token: &'t str) -> Result<Pending<'t>, VerifyError> {
        let jwt = Jwt::parse(token)?;
        let claims = Claims::read(jwt.payload()?)?;
        let url = claims.text(Claim::Iss).ok_or_else(|| absent(&claims, Claim::Iss, "is not a string"))?;
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
        Ok(Pending { jwt, claims, issuer, pool })
    }

    /// Checks the signature and the claims of a token.
    pub(super) fn check(&self, pending: Pending<'_>, key: &Arc<Key>, usage: Use) -> Result<Verified, VerifyError> {
        let Pending { jwt, claims, pool, .. } = pending;
        let signatures = &self.shared.signatures;
        let digest = signatures.digest(jwt.token);
        let is_known = digest.is_some_and(|digest| signatures.contains(&digest, key));
        if !is_known {
            jwt.with_signature(|signature| {
                let is_right = key.verifies(jwt.signed.as_bytes(), signature);
                is_right
                    .then_some(())
                    .ok_or_else(|| VerifyError::new(VerifyReason::Signature, "its signature is wrong"))
            })?;
        }
        claims.check_types()?;
        check_use(&claims, usage)?;
        let shared = &*self.shared;
        let client_claim = usage.client_claim();
        let client = claims.text(client_claim).ok_or_else(|| absent(&claims, client_claim, "is not a string"))?;
        if pool.clients.as_ref().is_some_and(|clients| !clients.iter().any(|known| known == client)) {
            return Err(VerifyError::claim(
                VerifyReason::ClientId,
                client_claim.name(),
                "is not an app client of this verifier",
            ));
        }
        if claims.text(Claim::Sub).is_none_or(str::is_empty) {
            return Err(absent(&claims, Claim::Sub, "is not the id of a user"));
        }
        let now = (shared.clock)().duration_since(SystemTime::UNIX_EPOCH);
        // An expired token would be accepted otherwise.
        let now = now.map_err(|_| VerifyError::misconfigured("the clock shows a time before 1970"))?.as_secs_f64();
        let skew = shared.skew.as_secs_f64();
        let expires = claims.time(Claim::Exp).ok_or_else(|| absent(&claims, Claim::Exp, "is not a number"))?;
        if now >= expires + skew {
            return Err(VerifyError::claim(VerifyReason::Expired, "exp", "is in the past"));
        }
        if claims.time(Claim::Nbf).is_some_and(|begins| begins - skew > now) {
            return Err(VerifyError::claim(VerifyReason::NotYetValid, "nbf", "is in the future"));
        }
        self.requirements.verify(&claims, usage)?;
        // Only tokens that are accepted take a place.
        if let Some(digest) = digest.filter(|_| !is_known) {
            signatures.insert(digest, key);
        }
        Ok(Verified { claims, pool: Arc::clone(&pool.id) })
    }
}

fn check_use(claims: &Claims, usage: Use) -> Result<(), VerifyError> {
    let found = claims.text(Claim::TokenUse).ok_or_else(|| absent(claims, Claim::TokenUse, "is not a string"))?;
    if found == usage.name() {
        return Ok(());
    }
    let detail = match usage {
        Use::Access => "is not that of an access token",
        Use::Id => "is not that of an identity token",
    };
    Err(VerifyError::claim(VerifyReason::TokenUse, "token_use", detail).expecting(usage.name()))
}

fn absent(claims: &Claims, claim: Claim, wrong: &'static str) -> VerifyError {
    let detail = if claims.is_present(claim) { wrong } else { "is missing" };
    VerifyError::claim(VerifyReason::Claim, claim.name(), detail)
}

pub(super) fn unknown_key() -> VerifyError {
    VerifyError::new(VerifyReason::UnknownKey, "the user pool has no key with its key id")
}

pub(super) fn unavailable(failure: Failure) -> VerifyError {
    VerifyError::new(VerifyReason::KeysUnavailable, "the last attempt to fetch them failed").caused_by(failure)
}

/// Returns the time on both clocks, or the same time always if keys do not age.
pub(super) fn now(client: &impl KeyClient, clock: &Clock) -> Time {
    client.now().map_or_else(Time::default, |monotonic| Time::new(monotonic, clock))
}

impl<C: KeyClient> Verifier<C> {
    pub(super) fn now(&self) -> Time {
        now(&self.client, &*self.shared.clock)
    }

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
        self.cached(token, Use::Access).map(AccessToken::new)
    }

    /// Verifies an identity token with the cached keys, as [`access_token_cached`](Self::access_token_cached) does for an
    /// access token.
    ///
    /// # Errors
    ///
    /// Returns the same errors.
    pub fn id_token_cached(&self, token: &str) -> Result<IdToken, VerifyError> {
        self.cached(token, Use::Id).map(IdToken::new)
    }

    fn cached(&self, token: &str, usage: Use) -> Result<Verified, VerifyError> {
        self.check_cached(token, usage).inspect_err(VerifyError::log)
    }

    fn check_cached(&self, token: &str, usage: Use) -> Result<Verified, VerifyError> {
        let pending = self.pending(token)?;
        let now = self.now();
        let cached = self.shared.lock()[pending.issuer].cached(pending.kid(), now, self.shared.times);
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
        let now = self.now();
        for at in issuers {
            shared.lock()[at].put(keys.clone(), now);
            shared.fetches[at].wake();
        }
        Ok(())
    }

    /// Returns the error of the last fetch of keys, unless keys were fetched or handed in since. Calls do not notice a failed
    /// fetch as long as the cached keys are in use, so a health check can call this method. With the feature `tracing`,
    /// a failed fetch is also an event with the level `WARN`.
    ///
    /// Errors of replicas count. Those of updated issuers do not, since most pools have none.
    ///
    /// ```
    /// use cognito_userpools::verify::Verifier;
    ///
    /// /// Returns a text for the page on which the program reports its health.
    /// fn health(verifier: &Verifier) -> String {
    ///     verifier.last_failure().map_or("healthy".to_owned(), |error| error.to_string())
    /// }
    /// ```
    #[must_use]
    pub fn last_failure(&self) -> Option<VerifyError> {
        let sets = self.shared.lock();
        let failure = |(at, _, issuer): (usize, _, &Issuer)| sets[at].failure().filter(|_| issuer.primary).cloned();
        self.shared.issuers().find_map(failure).map(unavailable)
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

//! The verifier, except for the fetching of keys.

use super::cache::{Cached, Failure, Times};
use super::error::{VerifyError, VerifyReason};
use super::fetch::Fetches;
use super::jwt::{Claim, Claims, Jwt};
use super::key::{Key, read_set};
use super::pool::Issuer;
use super::requirements::Requirements;
use super::signatures::Signatures;
use super::token::{AccessToken, IdToken, Use, Verified};
use crate::time::Time;
use cognito_op::Client;
use cognito_op::transport::BoxFuture;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
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
    pub(super) shared: Arc<Shared>,
    pub(super) requirements: Arc<Requirements>,
    client: PhantomData<fn() -> C>,
}

impl<C> Clone for Verifier<C> {
    fn clone(&self) -> Self {
        let Self { shared, requirements, client } = self;
        Self { shared: Arc::clone(shared), requirements: Arc::clone(requirements), client: *client }
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
    use super::{Arc, Fetches};

    pub trait Sealed {
        /// Returns what fetches the keys, or `None` if the program hands them in and they do not age.
        fn fetches(&self) -> Option<Arc<dyn Fetches>>;
    }
}

impl KeyClient for Offline {}

impl sealed::Sealed for Offline {
    fn fetches(&self) -> Option<Arc<dyn Fetches>> {
        None
    }
}

/// The state that the clones of a verifier share. It is not generic, so that a program does not compile it anew.
pub(super) struct Shared {
    /// The issuers of all pools.
    pub(super) issuers: Vec<Arc<Issuer>>,
    pub(super) skew: Duration,
    pub(super) clock: Arc<Clock>,
    pub(super) times: Times,
    pub(super) signatures: Signatures,
    /// Runs a fetch apart from the call that begins it.
    pub(super) spawn: Option<Arc<Spawn>>,
    pub(super) client: Option<Arc<dyn Fetches>>,
}

pub(super) type Clock = dyn Fn() -> SystemTime + Send + Sync;

pub(super) type Spawn = dyn Fn(BoxFuture<'static, ()>) + Send + Sync;

/// A token whose issuer and key id are known, and whose signature has not been checked.
pub(super) struct Pending<'t> {
    jwt: Jwt<'t>,
    claims: Arc<Claims>,
    pub(super) issuer: &'t Arc<Issuer>,
}

impl Pending<'_> {
    pub(super) fn kid(&self) -> &str {
        self.jwt.kid()
    }
}

impl Shared {
    pub(super) fn now(&self) -> Time {
        self.client.as_deref().map_or_else(Time::default, |client| Time::new(client.now(), &*self.clock))
    }

    /// Parses a token, and finds its issuer.
    pub(super) fn pending<'t>(&'t self, token: &'t str) -> Result<Pending<'t>, VerifyError> {
        let jwt = Jwt::parse(token)?;
        let claims = Claims::read(jwt.payload()?)?;
        let url = claims.text(Claim::Iss).ok_or_else(|| absent(&claims, Claim::Iss, "is not a string"))?;
        let Some(issuer) = self.issuers.iter().find(|issuer| issuer.url == url) else {
            let expected = self.issuers.iter().filter(|issuer| issuer.primary);
            let expected: Vec<&str> = expected.map(|issuer| issuer.url.as_str()).collect();
            let error = VerifyError::claim(VerifyReason::Issuer, "iss", "is not a user pool of this verifier");
            // A forged token must not fill the log.
            return Err(match expected.get(..3) {
                Some(few) if expected.len() > 3 => error.expecting(format!("one of {}, …", few.join(", "))),
                _ => error.expecting(expected.join(" or ")),
            });
        };
        Ok(Pending { jwt, claims, issuer })
    }

    /// Checks the signature and the claims of a token.
    pub(super) fn check(
        &self,
        pending: Pending<'_>,
        key: &Arc<Key>,
        usage: Use,
        requirements: &Requirements,
    ) -> Result<Verified, VerifyError> {
        let Pending { jwt, claims, issuer } = pending;
        let Self { signatures, .. } = self;
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
        let client_claim = usage.client_claim();
        let client = claims.text(client_claim).ok_or_else(|| absent(&claims, client_claim, "is not a string"))?;
        if issuer.pool.clients.as_ref().is_some_and(|clients| !clients.iter().any(|known| known == client)) {
            return Err(VerifyError::claim(
                VerifyReason::ClientId,
                client_claim.name(),
                "is not an app client of this verifier",
            ));
        }
        if claims.text(Claim::Sub).is_none_or(str::is_empty) {
            return Err(absent(&claims, Claim::Sub, "is not the id of a user"));
        }
        let now = (self.clock)().duration_since(SystemTime::UNIX_EPOCH);
        // An expired token would be accepted otherwise.
        let now = now.map_err(|_| VerifyError::misconfigured("the clock shows a time before 1970"))?.as_secs_f64();
        let skew = self.skew.as_secs_f64();
        let expires = claims.time(Claim::Exp).ok_or_else(|| absent(&claims, Claim::Exp, "is not a number"))?;
        if now >= expires + skew {
            return Err(VerifyError::claim(VerifyReason::Expired, "exp", "is in the past"));
        }
        if claims.time(Claim::Nbf).is_some_and(|begins| begins - skew > now) {
            return Err(VerifyError::claim(VerifyReason::NotYetValid, "nbf", "is in the future"));
        }
        requirements.verify(&claims, usage)?;
        // Only tokens that are accepted take a place.
        if let Some(digest) = digest.filter(|_| !is_known) {
            signatures.insert(digest, key);
        }
        Ok(Verified { claims, pool: Arc::clone(&issuer.pool) })
    }

    /// Verifies a token with the cached keys.
    fn verify_cached(&self, token: &str, usage: Use, requirements: &Requirements) -> Result<Verified, VerifyError> {
        let pending = self.pending(token)?;
        let now = self.now();
        let cached = pending.issuer.keys().cached(pending.kid(), now, self.times);
        match cached {
            Cached::Key(key) => self.check(pending, &key, usage, requirements),
            Cached::Unknown => Err(unknown_key()),
            Cached::Absent => Err(keys_not_cached()),
        }
    }

    fn cache_keys(&self, user_pool: &str, json: &[u8]) -> Result<(), VerifyError> {
        let issuers: Vec<_> = self.issuers.iter().filter(|issuer| issuer.pool.id == user_pool).collect();
        if issuers.is_empty() {
            return Err(VerifyError::misconfigured("the user pool is not one of this verifier"));
        }
        let keys = read_set(json).map_err(VerifyError::misconfigured)?;
        let now = self.now();
        for issuer in issuers {
            issuer.keys().put(keys.clone(), now);
            issuer.fetch.wake();
        }
        Ok(())
    }

    fn last_failure(&self) -> Option<VerifyError> {
        let failure = |issuer: &Arc<Issuer>| issuer.keys().failure().filter(|_| issuer.primary).cloned();
        self.issuers.iter().find_map(failure).map(unavailable)
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

pub(super) fn keys_not_cached() -> VerifyError {
    let detail = "the keys of the user pool are not cached; call `hydrate` or `cache_keys` first";
    VerifyError::new(VerifyReason::KeysNotCached, detail)
}

pub(super) fn unavailable(failure: Failure) -> VerifyError {
    VerifyError::new(VerifyReason::KeysUnavailable, "the last attempt to fetch them failed").caused_by(failure)
}

impl<C: KeyClient> Verifier<C> {
    pub(super) fn new(shared: Shared, requirements: Requirements) -> Self {
        Self { shared: Arc::new(shared), requirements: Arc::new(requirements), client: PhantomData }
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
        self.shared.verify_cached(token, usage, &self.requirements).inspect_err(VerifyError::log)
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
        self.shared.cache_keys(user_pool, json.as_ref())
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
        self.shared.last_failure()
    }

    /// Returns a verifier with additional requirements, for a part of the program. It shares the cached keys.
    #[must_use]
    pub fn requiring(&self, requirements: Requirements) -> Self {
        let requirements = (*self.requirements).clone().and(requirements);
        Self { shared: Arc::clone(&self.shared), requirements: Arc::new(requirements), client: self.client }
    }
}

impl<C> fmt::Debug for Verifier<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut pools: Vec<&str> = self.shared.issuers.iter().map(|issuer| issuer.pool.id.as_str()).collect();
        pools.dedup();
        f.debug_struct("Verifier")
            .field("user_pools", &pools)
            .field("requirements", &self.requirements)
            .finish_non_exhaustive()
    }
}

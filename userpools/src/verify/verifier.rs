//! The verifier.

#[cfg(feature = "oauth")]
use super::client::Fetches;
use super::client::KeyClient;
use super::error::VerifyError;
use super::requirements::Requirements;
use super::shared::Shared;
use super::token::{AccessToken, IdToken, Use, Verified};
use cognito_op::Client;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

/// Verifies the tokens of one or more user pools.
///
/// Create one verifier when the program starts. A clone is cheap and shares the cached keys.
///
/// The type parameter is the client that fetches the keys: a [`Client`], a
/// [`blocking::Client`](cognito_op::blocking::Client), with which the methods are not `async`, or [`Offline`](super::Offline).
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
    /// Returns an error if the token is not accepted. The reason is [`KeysNotCached`](super::VerifyReason::KeysNotCached) if there
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
    /// Returns [`Misconfigured`](super::VerifyReason::Misconfigured) if the verifier does not have the pool, or if the key set is not
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

#[cfg(feature = "oauth")]
impl<C: Fetches> Verifier<C> {
    /// Verifies an identity token, for flows that work with each client.
    pub(crate) async fn verify_id(&self, token: &str) -> Result<IdToken, VerifyError> {
        self.shared.verify(token, Use::Id, &self.requirements).await.map(IdToken::new)
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

//! The builder of a verifier.

use super::cache::Times;
use super::client::{Fetches, KeyClient, Offline, Spawn};
use super::error::VerifyError;
use super::pool::PoolSettings;
use super::requirements::Requirements;
use super::shared::{Clock, Shared};
use super::signatures::Signatures;
use super::strict::have_duplicates;
use super::verifier::Verifier;
use cognito_op::transport::BoxFuture;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

impl Verifier {
    /// Returns a builder. It needs at least one user pool.
    pub fn builder() -> VerifierBuilder {
        VerifierBuilder {
            pools: Vec::new(),
            requirements: Requirements::default(),
            skew: Duration::ZERO,
            clock: Arc::new(SystemTime::now),
            times: Times::DEFAULT,
            signatures: 0,
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
    signatures: usize,
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

    /// Accepts tokens of all app clients of the pool, also those that were issued to other programs. It excludes
    /// [`client_id`](Self::client_id).
    pub fn any_client(self) -> Self {
        self.of_pool(|pool| pool.any_client = true)
    }

    /// Sets the claim `iss` of the pool's tokens, for a server that stands in for the service, such as
    /// `http://127.0.0.1:9229/eu-west-1_Ab12Cd34E`. It replaces the issuers of Amazon Cognito. The keys are at
    /// `ISSUER/.well-known/jwks.json`, unless [`keys_url`](Self::keys_url) sets another URL.
    ///
    /// The endpoint of the client does not set the issuer: the endpoint can also be a VPC endpoint or a proxy, where
    /// tokens have the issuer of Amazon Cognito. See the
    /// [chapter](crate::guide::verifying_tokens#several-pools-replicas-and-emulators).
    ///
    /// Plain `http` is accepted for loopback addresses only, unless [`allow_http`](Self::allow_http) is called.
    pub fn issuer(self, url: impl Into<String>) -> Self {
        self.of_pool(|pool| pool.issuer = Some(url.into()))
    }

    /// Sets the URL of the pool's keys, for a server that stands in for the service, or for a mirror of the keys. It does not
    /// change the issuer of the tokens.
    pub fn keys_url(self, url: impl Into<String>) -> Self {
        self.of_pool(|pool| pool.keys_url = Some(url.into()))
    }

    /// Accepts tokens of a replica of the pool in another region, such as `eu-central-1`. It can be called several times for
    /// a pool, and excludes [`issuer`](Self::issuer).
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

    /// Sets the clock with which `exp` and `nbf` are compared, for tests: [`SystemTime::now`] by default.
    ///
    /// The age of keys is measured with this clock and with that of the client's transport, and the greater age counts: the
    /// clock of the transport can stand still while the machine is suspended, and this one can be set back.
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
    /// From the first age on, the keys are fetched anew, and calls use the cached keys meanwhile. If the fetch fails, the keys
    /// remain in use until the limit, and the fetch is repeated after a minute; see
    /// [`last_failure`](Verifier::last_failure). Both ages are at least 10 seconds. The keys of an
    /// [offline](Self::build_offline) verifier do not age.
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

    /// Sets the maximum number of tokens in the cache of verified signatures. The default is 0: every signature is
    /// checked.
    ///
    /// Clients send the same token with many requests until it expires. Checking the signature takes most of the CPU
    /// time of a verification. With this setting, the verifier keeps the SHA-256 digest of each token that it has
    /// accepted, and does not check the signature of the same token again. It repeats all other checks, such as those of
    /// the expiry, the app client and the requirements. If the key of a token is replaced or removed, the digest has no
    /// effect.
    ///
    /// A token takes 50 to 100 bytes of memory, which are allocated at once for up to 10,000 tokens. If the cache is full,
    /// it is cleared before the next token is added, so the number should exceed that of the tokens in use.
    ///
    /// ```
    /// use cognito_userpools::verify::{Verifier, VerifyError};
    /// # use cognito_userpools::Client;
    ///
    /// # fn verifier(client: &Client) -> Result<Verifier, VerifyError> {
    /// Verifier::builder()
    ///     .user_pool("eu-west-1_Ab12Cd34E")
    ///     .client_id("1example23456789")
    ///     .signature_cache(10_000)
    ///     .build(client)
    /// # }
    /// ```
    pub fn signature_cache(mut self, tokens: usize) -> Self {
        self.signatures = tokens;
        self
    }

    /// Sets a function that runs a future in the background, for an asynchronous client. By default, only the calls of the
    /// verifier make a fetch of keys progress, which can take long in a program with few requests. The future that is
    /// passed to the function makes it progress between them. A blocking client replaces old keys on a thread instead.
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
    /// Returns [`Misconfigured`](super::VerifyReason::Misconfigured) if there is no user pool, if a pool has neither an app client
    /// nor [`any_client`](Self::any_client), or if an id, a region or a URL is not valid.
    pub fn build<C: KeyClient>(mut self, client: &C) -> Result<Verifier<C>, VerifyError> {
        let requirements = std::mem::take(&mut self.requirements);
        Ok(Verifier::new(self.shared(client.fetches())?, requirements))
    }

    /// Checks the settings, and returns the state of the verifier.
    fn shared(self, client: Option<Arc<dyn Fetches>>) -> Result<Shared, VerifyError> {
        let Self { pools, skew, clock, times, spawn, allow_http, .. } = self;
        if pools.is_empty() {
            return Err(VerifyError::misconfigured("there is no user pool; add one with `user_pool`"));
        }
        if self.before_pool {
            let detail = "the settings of a user pool, such as `client_id`, must follow `user_pool`";
            return Err(VerifyError::misconfigured(detail));
        }
        let (mut ids, mut issuers) = (Vec::new(), Vec::new());
        for pool in pools {
            ids.push(pool.id.clone().into());
            issuers.extend(pool.check(allow_http)?);
        }
        if have_duplicates(ids) {
            let detail = "a user pool was added twice; call `client_id` several times for several app clients";
            return Err(VerifyError::misconfigured(detail));
        }
        if have_duplicates(issuers.iter().map(|issuer| issuer.url.as_str().into()).collect()) {
            return Err(VerifyError::misconfigured("two user pools, or a replica and its pool, have the same issuer"));
        }
        let signatures = Signatures::new(self.signatures);
        Ok(Shared { issuers, skew, clock, times, signatures, spawn, client })
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

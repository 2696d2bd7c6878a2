//! The access tokens of an app client: the requests, for both clients.

use super::authorize::is_scope;
use super::cache::{Cache, ClientToken, Next};
use super::client::OAuthClient;
use super::error::{OAuthError, OAuthReason};
use super::response::Issued;
use super::transport::Sends;
use crate::operations::GetClientToken;
use crate::time::Time;
use crate::verify::KeyClient;
use cognito_op::transport::BoxFuture;
use cognito_op::{Client, SingleFlight};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// The number of sets of scopes from which those without a usable token are dropped.
const MANY: usize = 100;
/// The time after which a request with an operation is given up, beyond the total timeout of a call.
const LONGEST_CALL: Duration = Duration::from_secs(60);

/// The access tokens of an app client itself, for calls from one service to another, with a cache for each set of
/// scopes.
///
/// Concurrent callers share one request, also if the caller that began it is cancelled. The order of the scopes does
/// not matter. A token is replaced before it expires: five minutes before the end of an hour, one caller requests a new
/// token, and the others get the old one. If the request fails, callers get the old token until it expires.
///
/// Create one when the program starts, with [`new`](Self::new) or [`with_operation`](Self::with_operation).
/// A clone is cheap and shares the tokens.
///
/// ```
/// use cognito_userpools::oauth::{ClientTokens, OAuthError};
///
/// /// Calls a service, and once more if it rejects the token.
/// async fn orders(tokens: &ClientTokens) -> Result<u16, OAuthError> {
///     let token = tokens.get(["orders/read"]).await?;
///     let mut status = call(token.as_str()).await;
///     if status == 401 {
///         tokens.forget(&token);
///         status = call(tokens.get(["orders/read"]).await?.as_str()).await;
///     }
///     Ok(status)
/// }
/// # async fn call(_: &str) -> u16 { 200 }
/// ```
pub struct ClientTokens<C = Client>(Arc<Shared<C>>);

struct Shared<C> {
    source: Arc<Source<C>>,
    metadata: BTreeMap<String, String>,
    /// The tokens, by their scopes, which are sorted.
    sets: Mutex<BTreeMap<String, Arc<Set>>>,
}

/// The source of tokens.
enum Source<C> {
    Domain(OAuthClient<C>),
    Operation(C),
}

/// The tokens of one set of scopes.
#[derive(Default)]
struct Set {
    /// Separate from `request`, whose future holds a reference to it.
    cache: Arc<Mutex<Cache>>,
    request: SingleFlight<Result<ClientToken, OAuthError>>,
}

impl<C> Clone for ClientTokens<C> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<C> ClientTokens<C> {
    /// Creates an empty cache of the tokens that the grant `client_credentials` of the token endpoint returns. The app
    /// client of `oauth` needs a secret.
    ///
    /// ```
    /// use cognito_userpools::oauth::{ClientTokens, OAuthClient, OAuthError};
    ///
    /// # async fn call(oauth: &OAuthClient) -> Result<(), OAuthError> {
    /// let tokens = ClientTokens::new(oauth);
    /// let token = tokens.get(["orders/read"]).await?;
    /// let header = format!("Bearer {}", token.as_str());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn new(oauth: &OAuthClient<C>) -> Self {
        Self::with_source(Source::Domain(oauth.clone()))
    }

    fn with_source(source: Source<C>) -> Self {
        Self(Arc::new(Shared { source: Arc::new(source), metadata: BTreeMap::new(), sets: Mutex::default() }))
    }

    /// Sets the key-value pairs that the Lambda trigger of the pool receives before it issues a token. The result has a
    /// cache of its own.
    ///
    /// ```
    /// use cognito_userpools::oauth::{ClientTokens, OAuthClient};
    ///
    /// fn tokens(oauth: &OAuthClient) -> ClientTokens {
    ///     ClientTokens::new(oauth).client_metadata([("tenant", "blue")])
    /// }
    /// ```
    #[must_use]
    pub fn client_metadata<K: Into<String>, V: Into<String>>(
        &self,
        metadata: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let metadata = metadata.into_iter().map(|(key, value)| (key.into(), value.into())).collect();
        Self(Arc::new(Shared { source: Arc::clone(&self.0.source), metadata, sets: Mutex::default() }))
    }

    /// Forgets a token, after another service has rejected it. The next call requests a new one.
    pub fn forget(&self, token: &ClientToken) {
        for set in self.sets().values() {
            lock(&set.cache).forget(token);
        }
    }

    fn sets(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Set>>> {
        lock(&self.0.sets)
    }
}

impl<C: KeyClient> ClientTokens<C> {
    /// Uses the operation [`GetClientToken`] instead of the token endpoint, so that the user pool needs no domain.
    /// `client` needs the app client's id and its secret.
    ///
    /// ```
    /// use cognito_userpools::Client;
    /// use cognito_userpools::oauth::{ClientTokens, OAuthError};
    ///
    /// # async fn call(client: &Client) -> Result<(), OAuthError> {
    /// let tokens = ClientTokens::with_operation(client);
    /// let token = tokens.get(["orders/read", "orders/write"]).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_operation(client: &C) -> Self {
        Self::with_source(Source::Operation(client.clone()))
    }
}

impl<C: Sends> ClientTokens<C> {
    pub(super) async fn token<S: AsRef<str>>(
        &self,
        scopes: impl IntoIterator<Item = S>,
    ) -> Result<ClientToken, OAuthError> {
        let scopes: BTreeSet<String> = scopes.into_iter().map(|scope| scope.as_ref().to_owned()).collect();
        if let Some(scope) = scopes.iter().find(|scope| !is_scope(scope)) {
            return Err(OAuthError::misconfigured(format!("the scope {scope:?} is not valid")));
        }
        let scopes = scopes.into_iter().collect::<Vec<_>>().join(" ");
        let set = self.set(&scopes);
        let request = || self.request(&set, &scopes);
        match self.next(&set) {
            Next::Use(token) => Ok(token),
            Next::Fail(error) => Err(error),
            Next::Wait => set.request.start_or_join(request).await,
            Next::Refresh(token) if set.request.start(request) => match set.request.join().await {
                Some(Ok(new)) => Ok(new),
                _ => Ok(token),
            },
            Next::Refresh(token) => {
                // The caller that began may have been cancelled.
                set.request.advance();
                Ok(token)
            }
        }
    }

    /// Returns the tokens of a set of scopes.
    fn set(&self, scopes: &str) -> Arc<Set> {
        let now = self.0.source.now();
        let mut sets = self.sets();
        if let Some(set) = sets.get(scopes) {
            return Arc::clone(set);
        }
        if sets.len() >= MANY {
            sets.retain(|_, set| !lock(&set.cache).is_unused(now));
        }
        Arc::clone(sets.entry(scopes.to_owned()).or_default())
    }

    /// Returns the next step of a call, and gives up a request that is no longer polled.
    fn next(&self, set: &Set) -> Next {
        let now = self.0.source.now();
        let mut cache = lock(&set.cache);
        let has_stalled = cache.give_up(now, self.0.source.longest());
        let next = cache.next(now);
        drop(cache);
        if has_stalled {
            set.request.cancel();
        }
        next
    }

    /// Returns the future of a request. Another request may have ended meanwhile.
    fn request(&self, set: &Set, scopes: &str) -> BoxFuture<'static, Result<ClientToken, OAuthError>> {
        let (source, cache) = (Arc::clone(&self.0.source), Arc::clone(&set.cache));
        let (scopes, metadata) = (scopes.to_owned(), self.0.metadata.clone());
        let began = source.now();
        let mut state = lock(&cache);
        let known = match state.next(began) {
            Next::Use(token) => Some(Ok(token)),
            Next::Fail(error) => Some(Err(error)),
            Next::Refresh(_) | Next::Wait => {
                state.begin(began);
                None
            }
        };
        drop(state);
        Box::pin(async move {
            if let Some(known) = known {
                return known;
            }
            let outcome = source.request(&scopes, metadata).await;
            lock(&cache).end(began, &outcome, source.now());
            outcome
        })
    }
}

impl<C: Sends> Source<C> {
    fn client(&self) -> &C {
        match self {
            Self::Domain(oauth) => &oauth.0.client,
            Self::Operation(client) => client,
        }
    }

    fn now(&self) -> Time {
        Time::new(self.client().now(), &SystemTime::now)
    }

    /// Returns a time that is longer than any request.
    fn longest(&self) -> Duration {
        match self {
            Self::Domain(oauth) => oauth.0.timeout.saturating_mul(2).saturating_add(Duration::from_secs(1)),
            Self::Operation(_) => LONGEST_CALL,
        }
    }

    async fn request(&self, scopes: &str, metadata: BTreeMap<String, String>) -> Result<ClientToken, OAuthError> {
        match self {
            Self::Domain(oauth) => {
                if oauth.0.app.secret.is_none() {
                    let detail = "the grant `client_credentials` needs an app client with a secret";
                    return Err(OAuthError::misconfigured(detail));
                }
                let metadata = if metadata.is_empty() { None } else { serde_json::to_string(&metadata).ok() };
                let mut plain = vec![("grant_type", "client_credentials")];
                plain.extend((!scopes.is_empty()).then_some(("scope", scopes)));
                plain.extend(metadata.as_deref().map(|metadata| ("aws_client_metadata", metadata)));
                let Issued { tokens, scopes } = oauth.tokens(&oauth.0.app.post("oauth2/token", &plain, &[])?).await?;
                Ok(ClientToken::new(tokens.access_token, tokens.expires_in).with_scopes(scopes))
            }
            Self::Operation(client) => {
                let mut operation = GetClientToken::new();
                if !scopes.is_empty() {
                    operation = operation.scopes(scopes.split(' '));
                }
                if !metadata.is_empty() {
                    operation = operation.client_metadata(metadata);
                }
                let response = client.get_client_token(operation).await.map_err(OAuthError::operation)?;
                let result = response.client_authentication_result;
                let lifetime = result.as_ref().and_then(|result| u64::try_from(result.expires_in?).ok());
                let token = result.and_then(|result| result.access_token).filter(|token| !token.is_empty());
                let token =
                    token.ok_or_else(|| OAuthError::new(OAuthReason::Unreadable, "it contains no access token"))?;
                Ok(ClientToken::new(token, lifetime.map(Duration::from_secs)))
            }
        }
    }
}

impl<C> fmt::Debug for ClientTokens<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientTokens").finish_non_exhaustive()
    }
}

/// Locks a mutex. The state is consistent even after a panic in another thread.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

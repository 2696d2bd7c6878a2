//! The client of a domain, without its asynchronous and blocking methods.

use super::error::{OAuthError, OAuthReason};
use super::pending::{AuthorizationCode, equal};
use super::request::{App, Prepared};
use super::response::{Issued, read_tokens, success};
use super::transport::{Sends, send};
use super::user_info::UserInfo;
use crate::sign_in::Tokens;
use crate::verify::{IdToken, Verifier};
use cognito_op::Client;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// An app client at the domain of a user pool: managed login and the OAuth 2.0 endpoints.
///
/// Create one when the program starts; [`builder`](Self::builder) returns its builder. A clone is cheap and shares the
/// settings. With a [`blocking::Client`](crate::blocking::Client), the methods are not `async`.
///
/// ```no_run
/// # #[cfg(feature = "hyper")]
/// # async fn login(callback: &str) -> Result<(), Box<dyn std::error::Error>> {
/// use cognito_userpools::Client;
/// use cognito_userpools::oauth::OAuthClient;
///
/// let client = Client::builder().region("eu-west-1").build()?;
/// let oauth = OAuthClient::builder(&client)
///     .prefix_domain("shop", "eu-west-1")
///     .app_client("1example23456789", "the app client's secret")
///     .user_pool("eu-west-1_Ab12Cd34E")
///     .redirect_uri("https://shop.example.com/callback")
///     .scopes(["openid", "email"])
///     .build()?;
///
/// let (url, pending) = oauth.authorize().start()?;
/// // The browser opens `url` and returns with the callback.
/// let login = oauth.exchange(pending.accept(callback)?).await?;
/// println!("{:?}", login.id_token.as_ref().map(|token| token.username()));
/// # Ok(())
/// # }
/// ```
pub struct OAuthClient<C = Client>(pub(super) Arc<Inner<C>>);

pub(super) struct Inner<C> {
    pub(super) client: C,
    pub(super) app: App,
    pub(super) redirect_uri: Option<String>,
    pub(super) scopes: Vec<String>,
    pub(super) verifier: Option<Verifier<C>>,
    pub(super) timeout: Duration,
}

impl<C> Clone for OAuthClient<C> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// The result of managed login, or of a refresh.
///
/// ```
/// use cognito_userpools::oauth::Login;
///
/// /// Returns the id of the user who has signed in.
/// fn user(login: &Login) -> Option<&str> {
///     login.id_token.as_ref().map(|token| token.sub())
/// }
/// ```
///
/// `Debug` shows neither tokens nor scopes: a scope is a text of the response, which can repeat a token.
#[derive(Clone)]
#[non_exhaustive]
pub struct Login {
    /// The tokens. After a refresh, the refresh token is `None`, unless the app client rotates refresh tokens.
    pub tokens: Tokens,
    /// The verified identity token. `None` if the scope `openid` was not granted.
    pub id_token: Option<IdToken>,
    /// The scopes of the access token, if the response contains them. They can differ from the requested scopes. If
    /// they are the same, the response may omit them ([RFC 6749, section
    /// 5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1)). The claim `scope` of the access token always contains
    /// them; see [`AccessToken::scopes`](crate::verify::AccessToken::scopes).
    pub scopes: Option<Vec<String>>,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tokens, id_token, scopes: _ } = self;
        f.debug_struct("Login").field("tokens", tokens).field("id_token", id_token).finish_non_exhaustive()
    }
}

impl<C> OAuthClient<C> {
    /// Returns the id of the app client.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.0.app.id
    }

    /// Returns the URL of the domain, which ends in a slash.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.0.app.domain
    }

    /// Returns the verifier of identity tokens, if there is one. It can also verify the access tokens of the app
    /// client.
    ///
    /// ```
    /// use cognito_userpools::oauth::OAuthClient;
    /// use cognito_userpools::verify::VerifyError;
    ///
    /// /// Fetches the keys when the program starts, so that no sign-in has to wait for them.
    /// async fn prepare(oauth: &OAuthClient) -> Result<(), VerifyError> {
    ///     match oauth.verifier() {
    ///         Some(verifier) => verifier.hydrate().await,
    ///         None => Ok(()),
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn verifier(&self) -> Option<&Verifier<C>> {
        self.0.verifier.as_ref()
    }

    /// Returns the URL of the [logout
    /// endpoint](https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html), which ends the
    /// session of the browser at the domain and redirects to `logout_uri`, an allowed sign-out URL of the app client.
    /// Tokens remain valid: [`revoke`](Self::revoke) the refresh token as well.
    ///
    /// The other form of the endpoint, which shows the login page again, is
    /// [`Authorize::after_logout`](super::Authorize::after_logout).
    ///
    /// ```
    /// use cognito_userpools::oauth::OAuthClient;
    ///
    /// fn sign_out(oauth: &OAuthClient) -> String {
    ///     oauth.logout_url("https://shop.example.com/goodbye")
    /// }
    /// ```
    #[must_use]
    pub fn logout_url(&self, logout_uri: &str) -> String {
        self.0.app.url("logout", [("client_id", self.client_id()), ("logout_uri", logout_uri)])
    }
}

impl<C: Sends> OAuthClient<C> {
    pub(super) async fn exchange_code(&self, code: AuthorizationCode) -> Result<Login, OAuthError> {
        let AuthorizationCode { code, pending } = code;
        if pending.client_id != self.client_id() {
            return Err(OAuthError::misconfigured("the pending sign-in is that of another app client"));
        }
        let plain = [("grant_type", "authorization_code"), ("redirect_uri", pending.redirect_uri.as_str())];
        let sensitive = [("code", code.as_str()), ("code_verifier", pending.verifier.as_str())];
        let Issued { tokens, scopes } = self.tokens(&self.0.app.post("oauth2/token", &plain, &sensitive)?).await?;
        let id_token = self.verify(&tokens).await?;
        match &id_token {
            None if pending.expects_id_token => {
                Err(OAuthError::new(OAuthReason::IdToken, "the response contains none, although the scope is `openid`"))
            }
            Some(token) if !nonce(token).is_some_and(|nonce| equal(&nonce, &pending.nonce)) => {
                Err(OAuthError::new(OAuthReason::Nonce, "its nonce is not that of this sign-in"))
            }
            _ => Ok(Login { tokens, id_token, scopes }),
        }
    }

    pub(super) async fn refresh_tokens(&self, refresh_token: &str) -> Result<Login, OAuthError> {
        let sensitive = [("refresh_token", refresh_token)];
        let prepared = self.0.app.post("oauth2/token", &[("grant_type", "refresh_token")], &sensitive)?;
        let Issued { mut tokens, scopes } = self.tokens(&prepared).await?;
        match self.verify(&tokens).await {
            Ok(id_token) => Ok(Login { tokens, id_token, scopes }),
            // With rotation, the old refresh token is no longer valid.
            Err(error) => Err(error.with_refresh_token(tokens.refresh_token.take())),
        }
    }

    /// Verifies the identity token, if there is one.
    async fn verify(&self, tokens: &Tokens) -> Result<Option<IdToken>, OAuthError> {
        let Some(id_token) = &tokens.id_token else { return Ok(None) };
        let verifier = self.verifier().ok_or_else(no_verifier)?;
        let id_token = verifier.verify_id(id_token).await.map_err(OAuthError::id_token)?;
        // The verifier may accept the tokens of other app clients too.
        if id_token.client_id() != self.client_id() {
            return Err(OAuthError::new(OAuthReason::IdToken, "it was issued for another app client"));
        }
        Ok(Some(id_token))
    }

    pub(super) async fn tokens(&self, prepared: &Prepared) -> Result<Issued, OAuthError> {
        let response = send(&self.0.client, prepared, self.0.timeout).await?;
        read_tokens(success(&response, &prepared.sensitive)?)
    }

    pub(super) async fn revoke_token(&self, refresh_token: &str) -> Result<(), OAuthError> {
        let prepared = self.0.app.post("oauth2/revoke", &[], &[("token", refresh_token)])?;
        let response = send(&self.0.client, &prepared, self.0.timeout).await?;
        success(&response, &prepared.sensitive).map(drop)
    }

    pub(super) async fn read_user_info(&self, access_token: &str) -> Result<UserInfo, OAuthError> {
        let prepared = self.0.app.get_with_token("oauth2/userInfo", access_token)?;
        let response = send(&self.0.client, &prepared, self.0.timeout).await?;
        UserInfo::read(success(&response, &prepared.sensitive)?)
    }
}

pub(super) fn no_verifier() -> OAuthError {
    OAuthError::misconfigured("identity tokens cannot be verified; set `user_pool` or `verifier` on the builder")
}

fn nonce(token: &IdToken) -> Option<String> {
    match token.claims::<serde_json::Value>().ok()?.get("nonce")? {
        serde_json::Value::String(nonce) => Some(nonce.clone()),
        _ => None,
    }
}

impl<C> fmt::Debug for OAuthClient<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthClient")
            .field("domain", &self.domain())
            .field("client_id", &self.client_id())
            .field("has_secret", &self.0.app.secret.is_some())
            .finish_non_exhaustive()
    }
}

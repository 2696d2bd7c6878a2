//! The redirect to the login page.

use super::client::{Inner, OAuthClient, no_verifier};
use super::error::OAuthError;
use super::pending::{PendingLogin, SECRET_BYTES};
use std::fmt;
use zeroize::Zeroizing;

/// The parameter [`prompt`](https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html): how
/// the login page treats a session of the browser. It needs the managed login pages, not the classic hosted UI.
///
/// ```
/// use cognito_userpools::oauth::Prompt;
///
/// assert_eq!(Prompt::SelectAccount.as_str(), "select_account");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Prompt {
    /// Shows no page. Without a session, the callback contains the error `login_required`.
    None,
    /// Asks the user to sign in again, even if there is a session.
    Login,
    /// Lets the user choose among the sessions.
    SelectAccount,
    /// Asks for consent. The value is passed on to the identity provider.
    Consent,
    /// A value that has no variant.
    Other(String),
}

impl Prompt {
    /// Returns the value of the parameter.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::None => "none",
            Self::Login => "login",
            Self::SelectAccount => "select_account",
            Self::Consent => "consent",
            Self::Other(value) => value,
        }
    }
}

/// A redirect to the login page: the parameters of the [authorization
/// endpoint](https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html). Each setter
/// replaces the value.
///
/// The state, the nonce and the PKCE code challenge are always sent.
///
/// ```
/// use cognito_userpools::oauth::{OAuthClient, OAuthError, PendingLogin};
///
/// /// Returns the URL for a sign-in with Google.
/// fn with_google(oauth: &OAuthClient) -> Result<(String, PendingLogin), OAuthError> {
///     oauth.authorize().identity_provider("Google").lang("de").start()
/// }
/// ```
#[must_use = "call `start` for the URL"]
pub struct Authorize<'a, C> {
    client: &'a Inner<C>,
    path: &'static str,
    redirect_uri: Option<String>,
    scopes: Vec<String>,
    /// The optional parameters, by name.
    others: Vec<(&'static str, String)>,
}

impl<C> OAuthClient<C> {
    /// Prepares the redirect to the login page.
    pub fn authorize(&self) -> Authorize<'_, C> {
        let client = &*self.0;
        let (redirect_uri, scopes) = (client.redirect_uri.clone(), client.scopes.clone());
        Authorize { client, path: "oauth2/authorize", redirect_uri, scopes, others: Vec::new() }
    }
}

impl<C> Authorize<'_, C> {
    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.others.retain(|(known, _)| *known != name);
        self.others.push((name, value.into()));
        self
    }

    /// Sets the URL of the callback, such as that of a listener on the loopback interface. It must be an allowed
    /// callback URL of the app client, with the same port.
    pub fn redirect_uri(mut self, url: impl Into<String>) -> Self {
        self.redirect_uri = Some(url.into());
        self
    }

    /// Sets the scopes. Without scopes, the service grants all scopes of the app client.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the identity provider of the pool whose login page is shown: its name, such as `Google`, or `COGNITO`.
    pub fn identity_provider(self, name: impl Into<String>) -> Self {
        self.with("identity_provider", name)
    }

    /// Sets the identity provider by one of its identifiers, such as the domain of an email address.
    pub fn idp_identifier(self, identifier: impl Into<String>) -> Self {
        self.with("idp_identifier", identifier)
    }

    /// Sets the user name, email address or phone number that the login page shows. It becomes part of the URL.
    pub fn login_hint(self, hint: impl Into<String>) -> Self {
        self.with("login_hint", hint)
    }

    /// Sets the language of the login page, such as `de`.
    pub fn lang(self, language: impl Into<String>) -> Self {
        self.with("lang", language)
    }

    /// Sets how the login page treats a session of the browser.
    #[expect(clippy::needless_pass_by_value, reason = "callers write `Prompt::Login`")]
    pub fn prompt(self, prompt: Prompt) -> Self {
        self.with("prompt", prompt.as_str())
    }

    /// Sets the resource server for which the access token is intended, which becomes its claim `aud`.
    pub fn resource(self, identifier: impl Into<String>) -> Self {
        self.with("resource", identifier)
    }

    /// Ends the session of the browser first: the URL is that of the [logout
    /// endpoint](https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html), which redirects to
    /// the login page with the same parameters.
    ///
    /// AWS documents `response_type`, `client_id`, `redirect_uri`, `state` and `scope` for this form. If a login page
    /// drops the others, [`exchange`](super::OAuthClient::exchange) fails. In that case, redirect to
    /// [`logout_url`](super::OAuthClient::logout_url) with the URL of a page that starts a sign-in.
    pub fn after_logout(mut self) -> Self {
        self.path = "logout";
        self
    }

    /// Creates the secrets of the sign-in. Returns the URL to which the browser is redirected, and the pending sign-in.
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](super::OAuthReason::Misconfigured) if there is no redirect URL or user pool, or if the
    /// redirect URL is not absolute, or if the operating system provides no random bytes.
    pub fn start(self) -> Result<(String, PendingLogin), OAuthError> {
        let mut random = Zeroizing::new([[0; SECRET_BYTES]; 3]);
        getrandom::fill(random.as_flattened_mut())
            .map_err(|_| OAuthError::misconfigured("the operating system provides no random bytes"))?;
        self.start_with(&random)
    }

    fn start_with(self, random: &[[u8; SECRET_BYTES]; 3]) -> Result<(String, PendingLogin), OAuthError> {
        let Self { client, path, redirect_uri, scopes, others } = self;
        let redirect_uri = redirect_uri
            .ok_or_else(|| OAuthError::misconfigured("there is no redirect URL; set one with `redirect_uri`"))?;
        check_redirect_uri(&redirect_uri)?;
        if client.verifier.is_none() {
            return Err(no_verifier());
        }
        if let Some(scope) = scopes.iter().find(|scope| !is_scope(scope)) {
            return Err(OAuthError::misconfigured(format!("the scope {scope:?} is not valid")));
        }
        let expects_id_token = scopes.iter().any(|scope| scope == "openid");
        let pending = PendingLogin::new(random, &client.app.id, &redirect_uri, expects_id_token);
        let (challenge, scopes) = (pending.challenge(), scopes.join(" "));
        let mut parameters = vec![
            ("response_type", "code"),
            ("client_id", client.app.id.as_str()),
            ("redirect_uri", &redirect_uri),
            ("state", &pending.state),
            ("nonce", &pending.nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        if !scopes.is_empty() {
            parameters.push(("scope", &scopes));
        }
        parameters.extend(others.iter().map(|(name, value)| (*name, value.as_str())));
        Ok((client.app.url(path, parameters), pending))
    }
}

impl<C> fmt::Debug for Authorize<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorize").field("scopes", &self.scopes).finish_non_exhaustive()
    }
}

/// Checks that a redirect URL is absolute and has no fragment, as in
/// [RFC 6749, section 3.1.2](https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2).
pub(super) fn check_redirect_uri(url: &str) -> Result<(), OAuthError> {
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    let is_absolute = url.split_once(':').is_some_and(|(scheme, rest)| is_scheme(scheme) && !rest.is_empty());
    if is_absolute && !url.contains('#') && url.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    Err(OAuthError::misconfigured(
        "the redirect URL must be absolute and without fragment, such as `https://shop.example.com/callback`",
    ))
}

/// Returns whether a scope consists of the characters of
/// [RFC 6749, section 3.3](https://www.rfc-editor.org/rfc/rfc6749#section-3.3).
pub(super) fn is_scope(scope: &str) -> bool {
    !scope.is_empty() && scope.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"\\".contains(&byte))
}

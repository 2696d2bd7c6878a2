//! The tokens of someone who is signed in, and new ones for old.

use super::claims::UnverifiedClaims;
use super::context::{Context, context_setters};
use super::machine::{Advancing, Answer, Message, Turn, drive_blocking};
use crate::operations::{AuthFlowType, AuthenticationResultType, NewDeviceMetadataType};
use cognito_op::{Client, Error, blocking};
use std::fmt;
use std::time::Duration;
use zeroize::Zeroizing;

/// The tokens of someone who has signed in.
///
/// ```
/// use cognito_userpools::sign_in::{SignIn, Tokens, UnverifiedClaims};
/// use cognito_userpools::{Client, Error};
/// use std::time::{Duration, SystemTime};
///
/// /// Tokens that are good for a minute yet.
/// async fn fresh(client: &Client, tokens: Tokens) -> Result<Tokens, Error> {
///     let expires =
///         UnverifiedClaims::read(&tokens.access_token).ok().and_then(|claims| claims.exp());
///     match (expires, tokens.refresh()) {
///         (Some(expires), Some(refresh))
///             if expires < SystemTime::now() + Duration::from_secs(60) =>
///         {
///             refresh.send(client).await
///         }
///         _ => Ok(tokens),
///     }
/// }
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Tokens {
    /// What the pool's own operations and your APIs ask for.
    pub access_token: String,
    /// Who the user is.
    pub id_token: Option<String>,
    /// What new tokens are had for. None where this one came of a refresh and the app client does not rotate them.
    pub refresh_token: Option<String>,
    /// For how long the access token is good.
    pub expires_in: Option<Duration>,
    /// How the access token is presented: `Bearer`.
    pub token_type: Option<String>,
    /// The device, if the pool remembers devices and this one is new.
    pub new_device_metadata: Option<NewDeviceMetadataType>,
}

impl Tokens {
    /// Tokens that were kept; what else is known of them is set afterwards.
    ///
    /// ```
    /// let mut tokens = cognito_userpools::sign_in::Tokens::new("an access token");
    /// tokens.refresh_token = Some("a refresh token".to_owned());
    /// assert!(tokens.refresh().is_some());
    /// ```
    pub fn new(access_token: impl Into<String>) -> Self {
        Self {
            access_token: access_token.into(),
            id_token: None,
            refresh_token: None,
            expires_in: None,
            token_type: None,
            new_device_metadata: None,
        }
    }

    /// Those of an answer of the service, such as that of
    /// [`GetTokensFromRefreshToken`](crate::operations::GetTokensFromRefreshToken); `None` where it has no access token.
    ///
    /// ```
    /// use cognito_userpools::sign_in::Tokens;
    /// use cognito_userpools::operations::GetTokensFromRefreshToken;
    /// use cognito_userpools::{Client, Error};
    ///
    /// /// New tokens of an app client that rotates them.
    /// async fn rotate(client: &Client, refresh_token: &str) -> Result<Option<Tokens>, Error> {
    ///     let operation = GetTokensFromRefreshToken::new("1example23456789", refresh_token);
    ///     let answer = operation.send(client).await?;
    ///     Ok(answer.authentication_result.and_then(Tokens::from_result))
    /// }
    /// ```
    #[must_use]
    pub fn from_result(result: AuthenticationResultType) -> Option<Self> {
        Some(Self {
            access_token: result.access_token.filter(|token| !token.is_empty())?,
            id_token: result.id_token,
            refresh_token: result.refresh_token,
            expires_in: result.expires_in.and_then(|seconds| u64::try_from(seconds).ok()).map(Duration::from_secs),
            token_type: result.token_type,
            new_device_metadata: result.new_device_metadata,
        })
    }

    /// The way to new tokens, where there is a refresh token. The name that a secret hash is computed over is the one that the
    /// access token has.
    #[must_use]
    pub fn refresh(&self) -> Option<Refresh> {
        let refresh = Refresh::new(self.refresh_token.clone()?);
        let claims = UnverifiedClaims::read(&self.access_token).ok();
        Some(match claims.as_ref().and_then(UnverifiedClaims::username) {
            Some(username) => refresh.hash_username(username),
            None => refresh,
        })
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("expires_in", &self.expires_in)
            .field("token_type", &self.token_type)
            .finish_non_exhaustive()
    }
}

/// New tokens for a refresh token: the flow `REFRESH_TOKEN_AUTH`.
///
/// There is mostly no refresh token among the new ones: the old one stays good. Where the app client rotates refresh tokens, the
/// service refuses this flow; there it is [`GetTokensFromRefreshToken`](crate::operations::GetTokensFromRefreshToken), whose answer
/// [`Tokens::from_result`] takes.
///
/// ```
/// # use cognito_userpools::sign_in::{Refresh, Tokens};
/// # async fn refresh(client: &cognito_userpools::Client, tokens: Tokens) -> Result<(), cognito_userpools::Error> {
/// // With tokens at hand:
/// if let Some(refresh) = tokens.refresh() {
///     let tokens = refresh.send(client).await?;
/// }
/// // With a refresh token that was kept; the name is for app clients with a secret.
/// let tokens = Refresh::new("the refresh token").hash_username("alice").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is sent before `send` is called"]
pub struct Refresh {
    token: Zeroizing<String>,
    hash_username: Option<String>,
    context: Context,
}

impl Refresh {
    /// With a refresh token.
    pub fn new(refresh_token: impl Into<String>) -> Self {
        Self { token: Zeroizing::new(refresh_token.into()), hash_username: None, context: Context::default() }
    }

    /// The name that the user has in the pool, where the app client has a secret: the secret hash is computed over it. Not an
    /// email address or phone number that the user signs in with.
    pub fn hash_username(mut self, username: impl Into<String>) -> Self {
        self.hash_username = Some(username.into());
        self
    }

    context_setters!(context);

    fn turn(self) -> Turn<Result<Tokens, Error>> {
        let Self { mut token, hash_username, context } = self;
        let parameters = [("REFRESH_TOKEN", std::mem::take(&mut *token))];
        let mut request = context.initiate(AuthFlowType::RefreshTokenAuth, parameters);
        // There is no user name in it.
        request.auth_parameters.get_or_insert_default().remove("USERNAME");
        let then = |answer: Result<Answer, Error>| {
            Turn::Done(answer.and_then(|mut answer| {
                let result = answer.authentication_result.take();
                let tokens = result.and_then(Tokens::from_result);
                tokens.ok_or_else(|| answer.unreadable("there is no access token in it"))
            }))
        };
        Turn::send(Message::Initiate(request, hash_username), then)
    }

    /// Gets them.
    pub fn send(self, client: &Client) -> Advancing<'_, Result<Tokens, Error>> {
        Advancing::new(client, self.turn())
    }

    /// Gets them, and blocks until they are there.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn send_blocking(self, client: &blocking::Client) -> Result<Tokens, Error> {
        drive_blocking(client, self.turn())
    }
}

impl fmt::Debug for Refresh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refresh").finish_non_exhaustive()
    }
}

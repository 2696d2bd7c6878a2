//! The tokens of a signed-in user, and the refresh.

use super::claims::UnverifiedClaims;
use super::context::{Context, context_setters};
use super::machine::{Response, StepFuture, Transition, drive_blocking, tokens};
use crate::devices::NewDevice;
use crate::operations::{AuthFlowType, AuthenticationResultType, NewDeviceMetadataType};
use cognito_op::arguments::IntoMember;
use cognito_op::{Client, Error, Redactor, blocking};
use std::fmt;
use std::time::Duration;
use zeroize::Zeroizing;

/// The tokens of a signed-in user.
///
/// ```
/// use cognito_userpools::sign_in::{SignIn, Tokens, UnverifiedClaims};
/// use cognito_userpools::{Client, Error};
/// use std::time::{Duration, SystemTime};
///
/// /// Refreshes the tokens if they expire within a minute.
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
    /// The access token, for the operations of the pool and the program's own APIs.
    pub access_token: String,
    /// The identity token, which contains the user's attributes.
    pub id_token: Option<String>,
    /// The refresh token. `None` after a refresh, unless the app client rotates refresh tokens.
    pub refresh_token: Option<String>,
    /// The lifetime of the access token.
    pub expires_in: Option<Duration>,
    /// The type of the access token: `Bearer`. `None` if it quotes a secret.
    pub token_type: Option<String>,
    /// The keys of the user's device, if the pool remembers devices and the device is new. See
    /// [`new_device`](Self::new_device).
    pub new_device_metadata: Option<NewDeviceMetadataType>,
    /// The key of the device of the sign-in, also of a new one.
    pub device_key: Option<String>,
    /// The key of the device that the program set and the pool does not know any more. The program then discards the
    /// device, and the user has signed in without it. It is not serialized.
    pub forgotten_device: Option<String>,
}

impl Tokens {
    /// Creates tokens from a stored access token. The other fields can be set afterwards.
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
            device_key: None,
            forgotten_device: None,
        }
    }

    /// Converts the result of an operation, such as
    /// [`GetTokensFromRefreshToken`](crate::operations::GetTokensFromRefreshToken). Returns `None` if it contains no
    /// access token.
    ///
    /// ```
    /// use cognito_userpools::sign_in::Tokens;
    /// use cognito_userpools::operations::GetTokensFromRefreshToken;
    /// use cognito_userpools::{Client, Error};
    ///
    /// /// Refreshes the tokens of an app client that rotates refresh tokens.
    /// async fn rotate(client: &Client, refresh_token: &str) -> Result<Option<Tokens>, Error> {
    ///     let operation = GetTokensFromRefreshToken::new(refresh_token);
    ///     let response = operation.send(client).await?;
    ///     Ok(response.authentication_result.and_then(Tokens::from_authentication_result))
    /// }
    /// ```
    #[must_use]
    pub fn from_authentication_result(result: AuthenticationResultType) -> Option<Self> {
        let redactor = tokens(&result).collect();
        Self::redacted(result, &redactor)
    }

    /// Takes the tokens out of a response.
    pub(super) fn take(response: &mut Response, context: Context) -> Option<Self> {
        let result = response.authentication_result.take()?;
        let mut tokens = Self::redacted(result, &response.redactor)?;
        tokens.device_key = tokens.device_key.or(context.device_key);
        tokens.forgotten_device = context.forgotten_device;
        Some(tokens)
    }

    /// Converts a result. The redactor decides on the token type.
    fn redacted(result: AuthenticationResultType, redactor: &Redactor) -> Option<Self> {
        Some(Self {
            access_token: result.access_token.filter(|token| !token.is_empty())?,
            id_token: result.id_token,
            refresh_token: result.refresh_token,
            expires_in: result.expires_in.and_then(|seconds| u64::try_from(seconds).ok()).map(Duration::from_secs),
            token_type: token_type(result.token_type, redactor),
            device_key: result.new_device_metadata.as_ref().and_then(|device| device.device_key.clone()),
            new_device_metadata: result.new_device_metadata,
            forgotten_device: None,
        })
    }

    /// Returns the device if the pool remembers devices and does not know this one yet. A program can confirm it, or
    /// ignore it.
    ///
    /// ```
    /// use cognito_userpools::operations::NewDeviceMetadataType;
    /// use cognito_userpools::sign_in::Tokens;
    ///
    /// let keys = NewDeviceMetadataType::new().device_key("eu-west-1_8f3a…").device_group_key("-a1b2c3");
    /// let mut tokens = Tokens::new("an access token");
    /// assert!(tokens.new_device().is_none());
    /// tokens.new_device_metadata = Some(keys);
    /// assert_eq!(tokens.new_device().expect("a new device").key(), "eu-west-1_8f3a…");
    /// ```
    #[must_use]
    pub fn new_device(&self) -> Option<NewDevice> {
        let NewDeviceMetadataType { device_key, device_group_key, .. } = self.new_device_metadata.as_ref()?;
        Some(NewDevice::new(device_key.as_ref()?, device_group_key.as_ref()?, &self.access_token))
    }

    /// Returns the request that refreshes the tokens, or `None` if there is no refresh token. For the secret hash, it
    /// uses the user name in the access token. If the pool remembers devices, the request contains the key of the
    /// device: the one in `new_device_metadata`, `device_key`, or the claim `device_key` of the access token.
    #[must_use]
    pub fn refresh(&self) -> Option<Refresh> {
        let mut refresh = Refresh::new(self.refresh_token.clone()?);
        let claims = UnverifiedClaims::read(&self.access_token).ok();
        let username = claims.as_ref().and_then(UnverifiedClaims::username);
        if let Some(username) = username.filter(|username| !username.is_empty()) {
            refresh = refresh.hash_username(username);
        }
        Some(refresh.device_key(self.known_device_key(claims.as_ref())))
    }

    /// Returns the key of the device. `claims` are those of the access token.
    pub(crate) fn known_device_key<'a>(&'a self, claims: Option<&'a UnverifiedClaims>) -> Option<&'a str> {
        let new_device = self.new_device_metadata.as_ref().and_then(|device| device.device_key.as_deref());
        new_device.or(self.device_key.as_deref()).or_else(|| claims?.get("device_key")?.as_str())
    }
}

/// Returns the type of a token if it is safe to log, since `Debug` shows it.
pub(super) fn token_type(name: Option<String>, redactor: &Redactor) -> Option<String> {
    name.filter(|name| name == "Bearer" || redactor.for_log(name) == name)
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("expires_in", &self.expires_in)
            .field("token_type", &self.token_type)
            .finish_non_exhaustive()
    }
}

/// A request for new tokens with a refresh token: the flow `REFRESH_TOKEN_AUTH`.
///
/// The new tokens usually do not include a refresh token, since the old one remains valid. If the app client rotates
/// refresh tokens, the service rejects this flow. Use
/// [`GetTokensFromRefreshToken`](crate::operations::GetTokensFromRefreshToken) and
/// [`Tokens::from_authentication_result`] instead.
///
/// ```
/// # use cognito_userpools::sign_in::{Refresh, Tokens};
/// # async fn refresh(client: &cognito_userpools::Client, tokens: Tokens) -> Result<(), cognito_userpools::Error> {
/// // From tokens:
/// if let Some(refresh) = tokens.refresh() {
///     let tokens = refresh.send(client).await?;
/// }
/// // From a stored refresh token. An app client with a secret needs the user name.
/// let tokens = Refresh::new("the refresh token").hash_username("alice").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is sent until `send` is called"]
pub struct Refresh {
    token: Zeroizing<String>,
    hash_username: Option<String>,
    context: Context,
}

impl Refresh {
    /// Creates a request with a refresh token.
    pub fn new(refresh_token: impl Into<String>) -> Self {
        Self { token: Zeroizing::new(refresh_token.into()), hash_username: None, context: Context::default() }
    }

    /// Sets the user name for the secret hash, which an app client with a secret needs. It must be the user name in the
    /// pool, not an alias such as an email address or phone number.
    pub fn hash_username<F>(mut self, username: impl IntoMember<String, F>) -> Self {
        self.hash_username = username.into_member();
        self
    }

    context_setters!(context);

    fn transition(self) -> Transition<Result<Tokens, Error>> {
        let Self { mut token, hash_username, context } = self;
        let parameters = [("REFRESH_TOKEN", std::mem::take(&mut *token))];
        let mut request = context.initiate(AuthFlowType::RefreshTokenAuth, None, parameters);
        request.hash_username = hash_username;
        let then = |response: Result<Response, Error>| {
            Transition::Done(response.and_then(|mut response| {
                Tokens::take(&mut response, context).ok_or_else(|| response.unreadable("it contains no access token"))
            }))
        };
        Transition::send(request, then)
    }

    /// Sends the request and returns the new tokens.
    pub fn send(self, client: &Client) -> StepFuture<'_, Result<Tokens, Error>> {
        StepFuture::new(client, self.transition())
    }

    /// Sends the request and returns the new tokens. Blocks until the response arrives.
    ///
    /// # Errors
    ///
    /// Returns any error of the call; see [`ErrorKind`](crate::ErrorKind).
    pub fn send_blocking(self, client: &blocking::Client) -> Result<Tokens, Error> {
        drive_blocking(client, self.transition())
    }
}

impl fmt::Debug for Refresh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refresh").finish_non_exhaustive()
    }
}

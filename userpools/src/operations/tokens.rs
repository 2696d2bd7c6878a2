//! The tokens of someone who is signed in.

use super::shapes::{AuthenticationResultType, RevokeAssociatedSessionsType};
use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// Gets new tokens for a refresh token. Where the app client rotates refresh tokens, this one is then worth nothing.
///
/// ```
/// use cognito_userpools::operations::GetTokensFromRefreshToken;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = GetTokensFromRefreshToken::new("1example23456789", "the refresh token")
///     .device_key("eu-west-1_8f3a…");
/// if let Some(tokens) = operation.send(client).await?.authentication_result {
///     println!("a new refresh token, too: {}", tokens.refresh_token.is_some());
/// }
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "GetTokensFromRefreshToken")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetTokensFromRefreshToken {
    /// The app client.
    #[len]
    #[pattern]
    pub client_id: String,
    /// What the Lambda triggers of the pool are handed.
    pub client_metadata: Option<BTreeMap<String, String>>,
    /// The secret of the app client; a client with the secret fills it in.
    #[len]
    #[pattern]
    #[client_secret]
    pub client_secret: Option<String>,
    /// The key of the device.
    #[len]
    #[pattern]
    pub device_key: Option<String>,
    /// The refresh token.
    #[pattern]
    pub refresh_token: String,
}

/// The answer to [`GetTokensFromRefreshToken`].
///
/// ```
/// use cognito_userpools::operations::{AuthenticationResultType, GetTokensFromRefreshTokenResponse};
///
/// let tokens = AuthenticationResultType::new().access_token("the access token").expires_in(3600);
/// let answer = GetTokensFromRefreshTokenResponse::new().authentication_result(tokens);
/// assert!(answer.authentication_result.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetTokensFromRefreshTokenResponse {
    /// The tokens.
    pub authentication_result: Option<AuthenticationResultType>,
}

/// Revokes a refresh token and the access tokens that came of it.
///
/// ```
/// use cognito_userpools::operations::{RevokeAssociatedSessionsType, RevokeToken};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = RevokeToken::new("1example23456789", "the refresh token")
///     .revoke_associated_sessions(RevokeAssociatedSessionsType::Linked);
/// operation.send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "RevokeToken", response = ())]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RevokeToken {
    /// The app client.
    #[len]
    #[pattern]
    pub client_id: String,
    /// The secret of the app client; a client with the secret fills it in.
    #[len]
    #[pattern]
    #[client_secret]
    pub client_secret: Option<String>,
    /// Whether sessions that came of the same sign-in end too.
    pub revoke_associated_sessions: Option<RevokeAssociatedSessionsType>,
    /// The refresh token.
    #[pattern]
    pub token: String,
}

/// Signs the user out everywhere: revokes all their tokens.
///
/// ```
/// use cognito_userpools::operations::GlobalSignOut;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// GlobalSignOut::new("the access token").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "GlobalSignOut", response = ())]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GlobalSignOut {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
}

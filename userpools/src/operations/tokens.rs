//! The tokens of a signed-in user.

use super::shapes::{AuthenticationResultType, RevokeAssociatedSessionsType};
use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// Returns new tokens for a refresh token. If the app client rotates refresh tokens, the response contains a new
/// refresh token, and the old one becomes invalid.
///
/// ```
/// use cognito_userpools::operations::GetTokensFromRefreshToken;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = GetTokensFromRefreshToken::new("the refresh token")
///     .device_key("eu-west-1_8f3a…");
/// if let Some(tokens) = operation.send(client).await?.authentication_result {
///     println!("with a new refresh token: {}", tokens.refresh_token.is_some());
/// }
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "GetTokensFromRefreshToken")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetTokensFromRefreshToken {
    /// The id of the app client. A client fills it in.
    #[len]
    #[pattern]
    #[client_id]
    pub client_id: Option<String>,
    /// Key-value pairs for the Lambda triggers of the pool.
    pub client_metadata: Option<BTreeMap<String, String>>,
    /// The app client's secret. A client with the secret fills it in.
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

/// The response of [`GetTokensFromRefreshToken`].
///
/// ```
/// use cognito_userpools::operations::{
///     AuthenticationResultType, GetTokensFromRefreshTokenResponse,
/// };
///
/// let tokens = AuthenticationResultType::new().access_token("the access token").expires_in(3600);
/// let response = GetTokensFromRefreshTokenResponse::new().authentication_result(tokens);
/// assert!(response.authentication_result.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetTokensFromRefreshTokenResponse {
    /// The tokens.
    pub authentication_result: Option<AuthenticationResultType>,
}

/// Revokes a refresh token and the access tokens issued for it.
///
/// ```
/// use cognito_userpools::operations::{RevokeAssociatedSessionsType, RevokeToken};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = RevokeToken::new("the refresh token")
///     .revoke_associated_sessions(RevokeAssociatedSessionsType::Linked);
/// operation.send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "RevokeToken", response = ())]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RevokeToken {
    /// The id of the app client. A client fills it in.
    #[len]
    #[pattern]
    #[client_id]
    pub client_id: Option<String>,
    /// The app client's secret. A client with the secret fills it in.
    #[len]
    #[pattern]
    #[client_secret]
    pub client_secret: Option<String>,
    /// Whether to also end the other sessions from the same sign-in.
    pub revoke_associated_sessions: Option<RevokeAssociatedSessionsType>,
    /// The refresh token.
    #[pattern]
    pub token: String,
}

/// Signs the user out everywhere: revokes all of the user's tokens.
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
    /// The user's access token.
    #[pattern]
    pub access_token: String,
}

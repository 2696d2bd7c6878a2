//! The tokens of someone who is signed in.

use super::shapes::{AuthenticationResultType, RevokeAssociatedSessionsType};
use crate::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// Gets new tokens for a refresh token. Where the app client rotates refresh tokens, this one is then worth nothing.
#[cognito_op(target = "GetTokensFromRefreshToken")]
#[derive(Clone, PartialEq)]
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
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct GetTokensFromRefreshTokenResponse {
    /// The tokens.
    pub authentication_result: Option<AuthenticationResultType>,
}

/// Revokes a refresh token and the access tokens that came of it.
#[cognito_op(target = "RevokeToken", response = ())]
#[derive(Clone, PartialEq)]
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
#[cognito_op(target = "GlobalSignOut", response = ())]
#[derive(Clone, PartialEq)]
pub struct GlobalSignOut {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
}

//! Managed login and the OAuth 2.0 endpoints of a user pool's domain, and the access tokens of app clients themselves.
//!
//! Start with [`OAuthClient`], and with the chapter on [managed login](crate::guide::managed_login), which also lists
//! what is checked.
//!
//! | task | item |
//! |---|---|
//! | redirect a browser to the login page | [`OAuthClient::authorize`], [`Authorize`] |
//! | accept the callback | [`PendingLogin::accept`], [`OAuthClient::exchange`] |
//! | refresh, revoke, sign out | [`OAuthClient::refresh`], [`OAuthClient::revoke`], [`OAuthClient::logout_url`] |
//! | read the attributes of a user | [`OAuthClient::user_info`] |
//! | call another service as this program | [`ClientTokens`] |

mod asynchronous;
mod authorize;
mod blocking;
mod builder;
mod cache;
mod callback;
mod client;
mod client_tokens;
mod error;
mod pending;
mod request;
mod response;
#[cfg(feature = "serde")]
mod serialize;
mod transport;
mod user_info;

pub use authorize::{Authorize, Prompt};
pub use builder::OAuthClientBuilder;
pub use cache::ClientToken;
pub use client::{Login, OAuthClient};
pub use client_tokens::ClientTokens;
pub use error::{ErrorCode, OAuthError, OAuthReason};
pub use pending::{AuthorizationCode, PendingLogin};
pub use user_info::UserInfo;

//! The 34 operations that are called without AWS credentials, and their shapes, under the names that the API has for them.
//!
//! [`ListDevices`], [`ListUserSessions`] and [`ListWebAuthnCredentials`] also go through their lists by themselves: as streams with
//! `pages` and `entries`, and as iterators with `pages_blocking` and `entries_blocking`.
//!
//! The service adds members and values as it grows, and so will this module: its types are made with `new` and set by methods or by
//! field, not written as literals, and a `match` on one of its enums has a last arm.
//!
//! They are written with the attributes of this crate, as yours would be; where the service is known to take more than it publishes,
//! so do they, and the source says why.
//!
//! ```
//! use cognito_userpools::operations::{
//!     AnalyticsMetadataType, ResendConfirmationCode, UserContextDataType,
//! };
//! use cognito_userpools::{Client, Error, blocking};
//!
//! # async fn resend(client: &Client, blocking_client: &blocking::Client) -> Result<(), Error> {
//! let operation = ResendConfirmationCode::new("1example23456789", "alice")
//!     .client_metadata([("language".to_owned(), "de".to_owned())])
//!     .analytics_metadata(AnalyticsMetadataType::new().analytics_endpoint_id("the endpoint's id"))
//!     .user_context_data(UserContextDataType::new().ip_address("203.0.113.7"));
//! assert!(operation.validate().is_ok());
//!
//! let sent = operation.send(client).await?;
//! // Without an async runtime:
//! let sent = operation.send_blocking(blocking_client)?;
//! println!("{:?}", sent.code_delivery_details);
//! # Ok(())
//! # }
//! ```
//!
//! What proves the app client's secret is filled in by a client that has it. A program that computes it sets it itself:
//!
//! ```
//! use cognito_userpools::operations::{ResendConfirmationCode, RevokeToken};
//!
//! let hash = "SRSokfDPYgNH3Tm3eRbqKCsFZg9Ia07+tqRIgXhLH5s=";
//! let operation = ResendConfirmationCode::new("1example23456789", "alice").secret_hash(hash);
//! let operation =
//!     RevokeToken::new("1example23456789", "the refresh token").client_secret("the secret");
//! ```

mod devices;
mod mfa;
mod pages;
mod passkeys;
mod password;
mod profile;
mod sessions;
mod shapes;
mod sign_in;
mod sign_up;
mod tokens;

pub use devices::*;
pub use mfa::*;
pub use pages::{BlockingEntries, BlockingPages, Entries, Pages, Paginated};
pub use passkeys::*;
pub use password::*;
pub use profile::*;
pub use sessions::*;
pub use shapes::*;
pub use sign_in::*;
pub use sign_up::*;
pub use tokens::*;

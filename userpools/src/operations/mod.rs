//! The operations that are called without AWS credentials, and their shapes, with the names of the API.
//!
//! Start with [`SignUp`] and [`ConfirmSignUp`], with [`ForgotPassword`] and [`ConfirmForgotPassword`], or with
//! [`GetUser`]. For sign-in, use [`sign_in`](crate::sign_in) instead of [`InitiateAuth`] and
//! [`RespondToAuthChallenge`].
//!
//! ```
//! use cognito_userpools::operations::{AnalyticsMetadataType, ResendConfirmationCode};
//! use cognito_userpools::{Client, Error, blocking};
//!
//! # async fn resend(client: &Client, blocking_client: &blocking::Client) -> Result<(), Error> {
//! let operation = ResendConfirmationCode::new("alice")
//!     .client_metadata([("language", "de")])
//!     .analytics_metadata(AnalyticsMetadataType::new().analytics_endpoint_id("the endpoint"));
//! assert!(operation.validate().is_ok());
//!
//! let response = operation.send(client).await?;
//! // Without an async runtime:
//! let response = operation.send_blocking(blocking_client)?;
//! println!("{:?}", response.code_delivery_details);
//! # Ok(())
//! # }
//! ```
//!
//! # Pagination
//!
//! [`ListDevices`], [`ListUserSessions`] and [`ListWebAuthnCredentials`] return a list in pages. `pages` and `items`
//! request the whole list and return streams; `pages_blocking` and `items_blocking` return iterators.
//!
//! ```
//! use cognito_userpools::operations::ListDevices;
//!
//! # async fn list(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
//! let mut devices = ListDevices::new("the access token").limit(60).items(client);
//! while let Some(device) = devices.next().await {
//!     println!("{:?}", device?.device_key);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Values that the service adds later
//!
//! All types are `#[non_exhaustive]`, so that new members and values of the service can be added in a minor release. A
//! struct is created with `new`, and its members are set with methods or as fields. A `match` on an enum needs a
//! wildcard arm; the documentation of each enum recommends what to do in that arm.
//!
//! A program that handles a value without a variant compares [`as_str`](DeliveryMediumType::as_str). It must not match
//! on the string inside `Other`, because the value may get a variant of its own:
//!
//! ```
//! use cognito_userpools::operations::DeliveryMediumType;
//!
//! fn icon(medium: &DeliveryMediumType) -> &'static str {
//!     match medium {
//!         DeliveryMediumType::Sms => "phone",
//!         DeliveryMediumType::Email => "envelope",
//!         other if other.as_str() == "WHATSAPP" => "speech bubble",
//!         _ => "bell",
//!     }
//! }
//! assert_eq!(icon(&DeliveryMediumType::from("WHATSAPP")), "speech bubble");
//! ```
//!
//! # The app client
//!
//! A client fills in the id of its app client and, with the app client's secret, the secret hash or the secret. A
//! program that computes the hash sets it explicitly:
//!
//! ```
//! use cognito_userpools::operations::{ResendConfirmationCode, RevokeToken};
//!
//! let hash = "SRSokfDPYgNH3Tm3eRbqKCsFZg9Ia07+tqRIgXhLH5s=";
//! let operation = ResendConfirmationCode::new("alice").secret_hash(hash);
//! let operation =
//!     RevokeToken::new("the refresh token").client_secret("the secret");
//! ```
//!
//! # Validation
//!
//! The types are declared with the attributes of [`cognito_op`], like those of any other crate. Where the service is
//! known to accept more than it publishes, the constraints are looser than the published ones, and a comment in the
//! source states the reason.

mod client_tokens;
mod devices;
mod mfa;
mod passkeys;
mod password;
mod profile;
#[cfg(feature = "serde")]
mod serialize;
mod sessions;
mod shapes;
mod sign_in;
mod sign_up;
mod tokens;

pub use client_tokens::*;
pub use devices::*;
pub use mfa::*;
pub use passkeys::*;
pub use password::*;
pub use profile::*;
pub use sessions::*;
pub use shapes::*;
pub use sign_in::*;
pub use sign_up::*;
pub use tokens::*;

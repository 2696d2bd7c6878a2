//! Verification of the tokens that clients send: signature, user pool, app client, use and time.
//!
//! Start with [`Verifier`], and with the chapter on [verifying tokens](crate::guide::verifying_tokens), which also lists the
//! attacks that each check stops, and what is not checked. [`access_token`](Verifier::access_token) verifies an
//! [`AccessToken`], which clients send to APIs, and [`id_token`](Verifier::id_token) an [`IdToken`]. Each rejects the other
//! kind.
//!
//! | task | item |
//! |---|---|
//! | take the token from a request | [`bearer_token`] |
//! | require groups, scopes or other claims | [`Requirements`] |
//! | respond to a request whose token is not accepted | [`VerifyError::response`] |
//! | protect the routes of a tower service, such as axum | `VerifyLayer`, with the feature `tower` |
//! | test without a network | `MockPool`, with the feature `mock` |

mod asynchronous;
mod bearer;
mod blocking;
mod builder;
mod cache;
mod client;
mod error;
mod fetch;
mod jwt;
mod key;
#[cfg(feature = "mock")]
mod mock;
mod pool;
mod requirements;
mod shared;
mod signatures;
mod strict;
mod token;
#[cfg(feature = "tower")]
mod tower;
mod verifier;

pub use bearer::bearer_token;
pub use builder::VerifierBuilder;
#[cfg(feature = "oauth")]
pub(crate) use client::Fetches;
pub use client::{KeyClient, Offline};
pub use error::{VerifyError, VerifyReason};
#[cfg(feature = "mock")]
pub use mock::{MockPool, MockToken};
pub use requirements::Requirements;
#[cfg(feature = "oauth")]
pub(crate) use strict::{Value, read_object};
pub use token::{AccessToken, IdToken};
#[cfg(feature = "tower")]
pub use tower::{VerifyLayer, VerifyService};
pub use verifier::Verifier;

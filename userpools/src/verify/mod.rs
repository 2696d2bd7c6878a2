//! Verification of tokens: signature, issuer, use, app client and time.
//!
//! Start with [`Verifier`]. [`access_token`](Verifier::access_token) verifies an [`AccessToken`] and
//! [`id_token`](Verifier::id_token) an [`IdToken`]; each refuses the other kind.

mod asynchronous;
mod bearer;
mod blocking;
mod cache;
mod error;
mod jwt;
mod key;
#[cfg(feature = "mock")]
mod mock;
mod pool;
mod requirements;
mod strict;
mod token;
#[cfg(feature = "tower")]
mod tower;
mod verifier;

pub use bearer::bearer_token;
pub use error::{VerifyError, VerifyReason};
#[cfg(feature = "mock")]
pub use mock::{MockPool, MockToken};
pub use requirements::Requirements;
pub use token::{AccessToken, IdToken};
#[cfg(feature = "tower")]
pub use tower::{VerifyLayer, VerifyService};
pub use verifier::{KeyClient, Offline, Verifier, VerifierBuilder};

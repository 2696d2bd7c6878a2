//! The 34 operations that are called without AWS credentials, and their shapes, under the names that the API has for them.
//!
//! [`ListDevices`], [`ListUserSessions`] and [`ListWebAuthnCredentials`] also go through their lists by themselves: as streams with
//! `pages` and `entries`, and as iterators with `pages_blocking` and `entries_blocking`.
//!
//! They are written with the attributes of this crate, as yours would be; where the service is known to take more than it publishes,
//! so do they, and the source says why.
//!
//! ```no_run
//! use cognito_op::Client;
//! use cognito_op::operations::ResendConfirmationCode;
//!
//! # async fn resend(client: &Client) -> Result<(), cognito_op::Error> {
//! let sent = ResendConfirmationCode::new("1example23456789", "alice").send(client).await?;
//! println!("{:?}", sent.code_delivery_details);
//! # Ok(())
//! # }
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

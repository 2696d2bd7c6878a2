//! Remembered devices: a user pool can recognize a device by the device's own password, and skip the second factor.
//!
//! After a sign-in on a device that the pool does not know, [`Tokens::new_device`](crate::sign_in::Tokens::new_device)
//! returns a [`NewDevice`]. Confirming it returns a [`Device`], which the program keeps. A later sign-in takes it with
//! [`SignIn::device`](crate::sign_in::SignIn::device) and proves the password of the device automatically.
//!
//! ```
//! use cognito_userpools::devices::Device;
//! use cognito_userpools::sign_in::{SignIn, Tokens};
//! use std::error::Error;
//!
//! /// Signs in on a device. `kept` is the device from the last sign-in.
//! async fn sign_in(
//!     client: &cognito_userpools::Client,
//!     password: &str,
//!     kept: Option<Device>,
//!     keep: impl Fn(&Device),
//!     ask: impl Fn(&str) -> bool,
//! ) -> Result<Tokens, Box<dyn Error>> {
//!     let sign_in = SignIn::user_srp_auth("eu-west-1_Ab12Cd34", "alice", password).device(kept);
//!     let tokens = sign_in.start(client).await?.into_tokens()?;
//!     if let Some(new) = tokens.new_device() {
//!         let confirmed = new.name("Alice's laptop").confirm(client).await?;
//!         if confirmed.needs_consent {
//!             let consents = ask("Remember this device?");
//!             confirmed.device.set_remembered(&tokens.access_token, consents).send(client).await?;
//!         }
//!         keep(&confirmed.device);
//!     }
//!     Ok(tokens)
//! }
//! ```
//!
//! A program can ignore new devices. [`Tokens::refresh`](crate::sign_in::Tokens::refresh) then also sends the key of
//! the new device, since the service rejects a refresh without it.
//!
//! A [`Device`] belongs to one user on one device. The [guide](crate::guide::sign_in#remembered-devices) describes
//! devices that were deleted, and sign-ins whose challenges are kept between two requests.
//!
//! # Secrets
//!
//! The password of a device is random. The service receives only its [SRP] verifier. `Debug` redacts all parts of a
//! device, and the password is zeroized when the device is dropped.
//!
//! [SRP]: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html

mod device;
mod new_device;
#[cfg(feature = "serde")]
mod serialize;

pub use device::Device;
pub use new_device::{ConfirmedDevice, NewDevice};

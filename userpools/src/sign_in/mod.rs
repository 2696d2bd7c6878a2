//! Signing in: the flows over `InitiateAuth` and `RespondToAuthChallenge`, as a state machine in types.
//!
//! [`SignIn`] begins one, and what comes next is a [`Step`]: tokens, or a challenge. Answering a challenge takes it and gives the
//! next step, so a session cannot be used twice by mistake.
//!
//! ```
//! use cognito_userpools::Client;
//! use cognito_userpools::sign_in::{SignIn, Step, Tokens};
//! # fn ask(_: &str) -> String { String::new() }
//!
//! # async fn sign_in(client: &Client) -> Result<Tokens, cognito_userpools::Error> {
//! let mut step =
//!     SignIn::user_srp_auth("eu-west-1_Ab12Cd34", "alice", ask("password")).start(client).await?;
//! loop {
//!     step = match step {
//!         Step::SignedIn(tokens) => return Ok(tokens),
//!         Step::NewPasswordRequired(challenge) => {
//!             challenge.answer(client, ask("new password")).await?
//!         }
//!         Step::SmsMfa(challenge)
//!         | Step::EmailOtp(challenge)
//!         | Step::SoftwareTokenMfa(challenge) => challenge.answer(client, ask("code")).await?,
//!         other => panic!("the pool asks for what this program does not know: {other:?}"),
//!     };
//! }
//! # }
//! ```
//!
//! A challenge that has been answered is gone:
//!
//! ```compile_fail,E0382
//! # async fn answer(client: &cognito_userpools::Client, challenge: cognito_userpools::sign_in::CodeChallenge) {
//! let first = challenge.answer(client, "123456");
//! let second = challenge.answer(client, "654321"); // does not compile: it was moved
//! # }
//! ```
//!
//! Each method has a twin for a [`blocking::Client`](crate::blocking::Client), with `_blocking` at the end of its name.
//!
//! # What is sent again
//!
//! An answer to a challenge is sent again only where it certainly did not leave, never after it was sent: the service takes each
//! but once, and an answer may be a guess that counts. What begins a sign-in is retried as any other operation.
//!
//! # In tests
//!
//! With the feature `mock` the answers are set up as of any operation. A sign-in takes tokens at once, so that none has to prove a
//! password to a mock:
//!
//! ```
//! # #[cfg(feature = "mock")]
//! # async fn test() -> Result<(), Box<dyn std::error::Error>> {
//! use cognito_userpools::sign_in::{SignIn, Step};
//! use cognito_userpools::mock::Mock;
//! use cognito_userpools::operations::{InitiateAuth, RespondToAuthChallenge};
//!
//! let mock = Mock::new();
//! let session = "a session of twenty characters or more";
//! mock.on::<InitiateAuth>()
//!     .output_json(format!(r#"{{"ChallengeName": "SOFTWARE_TOKEN_MFA", "Session": "{session}"}}"#));
//! mock.on::<RespondToAuthChallenge>().output_json(r#"{"AuthenticationResult": {"AccessToken": "token"}}"#);
//!
//! let client = mock.client().with_public_app_client("1example23456789")?;
//! let step = SignIn::user_srp_auth("eu-west-1_Ab12Cd34", "alice", "correct horse").start(&client).await?;
//! let Step::SoftwareTokenMfa(challenge) = step else { panic!("{step:?}") };
//! let tokens = challenge.answer(&client, "123456").await?.into_tokens()?;
//! assert_eq!(tokens.access_token, "token");
//! # Ok(())
//! # }
//! ```
//!
//! # Secrets
//!
//! Passwords, codes and what a password is proved with are zeroized when they are no longer needed, as far as the compiler keeps no
//! copies of its own. The bodies of requests and answers are not. Tokens are yours. Nothing of either is in any `Debug`.
//!
//! # Other targets
//!
//! Proving a password takes random bytes and the time of day from the operating system. Where the standard library has no clock, as on
//! `wasm32-unknown-unknown`, this module does not work.
//!
//! # What is not done
//!
//! Tokens are not verified: [`UnverifiedClaims`] says so by its name. Remembered devices prove themselves by `DEVICE_SRP_AUTH`, which
//! is handed over as [`Step::Other`].

mod challenge;
mod claims;
mod context;
mod factor;
mod machine;
mod other;
mod password;
mod pending;
mod refused;
mod software_token;
mod srp;
mod start;
mod step;
mod tokens;

pub use challenge::{
    CodeChallenge, CustomChallenge, NewPasswordChallenge, PasswordChallenge, PasswordSrpChallenge, SelectChallenge,
    SelectMfaTypeChallenge, WebAuthnChallenge,
};
pub use claims::{NotAToken, UnverifiedClaims};
pub use factor::FirstFactor;
pub use machine::Advancing;
pub use other::OtherChallenge;
pub use refused::Refused;
pub use software_token::{MfaSetupChallenge, SoftwareTokenSetup};
pub use start::SignIn;
pub use step::{Step, Unfinished};
pub use tokens::{Refresh, Tokens};

//! The sign-in flows over `InitiateAuth` and `RespondToAuthChallenge`, as a state machine in types.
//!
//! Start with [`SignIn`], which starts a sign-in and returns a [`Step`]: tokens or a challenge. Answering a challenge
//! consumes it and returns the next step, so a session cannot be used twice by mistake.
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
//!         other => panic!("unsupported challenge: {other:?}"),
//!     };
//! }
//! # }
//! ```
//!
//! The compiler rejects a second answer to the same challenge:
//!
//! ```compile_fail,E0382
//! # async fn answer(client: &cognito_userpools::Client, challenge: cognito_userpools::sign_in::CodeChallenge) {
//! let first = challenge.answer(client, "123456");
//! let second = challenge.answer(client, "654321"); // error: use of moved value
//! # }
//! ```
//!
//! Each method that sends a request has a counterpart for a [`blocking::Client`](crate::blocking::Client). Its name
//! ends in `_blocking`.
//!
//! # Validation
//!
//! The values that a person enters are validated before a request is sent. If one is invalid, the error has the kind
//! [`Invalid`](crate::ErrorKind::Invalid) and its [`violations`](crate::Error::violations) have the paths `username` (1
//! to 128 characters), `password`, `code`, `session` and `refresh_token` (not empty). The error of an answer that was
//! not sent contains the challenge. [`Validation::Off`](crate::Validation) turns this off.
//!
//! ```
//! # #[cfg(feature = "mock")] {
//! use cognito_userpools::mock::Mock;
//! use cognito_userpools::sign_in::SignIn;
//!
//! let client = Mock::new().blocking_client().with_public_app_client("1example23456789")?;
//! let error = SignIn::user_password_auth("", "").start_blocking(&client).unwrap_err();
//! let violations = error.violations().expect("violations");
//! let paths: Vec<&str> = violations.iter().map(|violation| violation.path()).collect();
//! assert_eq!(paths, ["username", "password"]);
//! # }
//! # Ok::<(), cognito_userpools::Error>(())
//! ```
//!
//! # Sign-in by a back end
//!
//! With the feature `admin-users`, a client with AWS credentials can send the requests of any sign-in with
//! `AdminInitiateAuth` and `AdminRespondToAuthChallenge`: [`SignIn::admin`], [`Refresh::admin`] and
//! [`KeptChallenge::admin`] set the user pool. The steps and challenges are the same. The
//! [guide](crate::guide::sign_in#sign-in-from-a-back-end) has an example.
//!
//! # Remembered devices
//!
//! [`SignIn::device`] sets the device of a sign-in, and [`Tokens::new_device`] returns a new one. See the module
//! [`devices`](crate::devices).
//!
//! # Retries
//!
//! The request that starts a sign-in is retried like any other operation. An answer to a challenge is retried only if
//! it was certainly not sent: the service accepts a session once, and it counts wrong answers. In particular, a
//! throttled answer is not retried. Its error contains the challenge, since the service did not process the answer.
//!
//! # CPU time
//!
//! The proof of a password with SRP takes 4 to 10 ms of CPU time in a release build, in two parts. That of a remembered
//! device takes as long. By default, the future of the sign-in computes it when it is polled, so other tasks of the
//! thread wait. [`SignIn::offload`] moves the computation to another thread, of any runtime. A debug build takes
//! 30 to 70 ms, or 5 to 11 ms with these lines in the `Cargo.toml` of the workspace:
//!
//! ```toml
//! [profile.dev.package.cognito-userpools]
//! opt-level = 3
//! ```
//!
//! # Tests
//!
//! With the feature `mock`, the responses are set up as for any operation. A sign-in with SRP also accepts a response
//! that contains tokens, so the mock does not have to verify a password:
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
//!     .output_json(format!(
//!         r#"{{"ChallengeName": "SOFTWARE_TOKEN_MFA", "Session": "{session}"}}"#
//!     ));
//! mock.on::<RespondToAuthChallenge>()
//!     .output_json(r#"{"AuthenticationResult": {"AccessToken": "token"}}"#);
//!
//! let client = mock.client().with_public_app_client("1example23456789")?;
//! let sign_in = SignIn::user_srp_auth("eu-west-1_Ab12Cd34", "alice", "correct horse");
//! let step = sign_in.start(&client).await?;
//! let Step::SoftwareTokenMfa(challenge) = step else { panic!("{step:?}") };
//! let tokens = challenge.answer(&client, "123456").await?.into_tokens()?;
//! assert_eq!(tokens.access_token, "token");
//! # Ok(())
//! # }
//! ```
//!
//! # Secrets
//!
//! Passwords, codes and the private values of SRP are zeroized when they are dropped. Copies that the compiler makes,
//! the bodies of requests and responses, and [`Tokens`] are not zeroized. The `Debug` output of every type in this
//! module redacts all of them.
//!
//! `Debug` shows the names of challenges and of their parameters, which the service chooses. A name that this crate
//! does not know is redacted if it quotes a sensitive value of the request, a session or a token, or if it contains a
//! character that is not visible ASCII. Flows of your own can use the same [`Redactor`](crate::Redactor).
//!
//! # Limitations
//!
//! - Tokens are not verified here. [`UnverifiedClaims`] only decodes them; the module [`verify`](crate::verify) verifies
//!   them.
//! - SRP needs random bytes and the time of day from the operating system. The module does not work where the standard
//!   library has no clock, as on `wasm32-unknown-unknown`.

mod answer;
mod answer_error;
mod challenge;
mod claims;
mod context;
mod entered;
mod factor;
mod kept;
mod machine;
mod offload;
mod password;
mod random;
#[cfg(feature = "serde")]
mod serialize;
mod software_token;
mod srp;
mod start;
mod step;
mod tokens;

pub use answer_error::AnswerError;
pub use challenge::{
    CodeChallenge, CustomChallenge, MfaSetupChallenge, NewPasswordChallenge, PasswordChallenge, PasswordSrpChallenge,
    SelectChallenge, SelectMfaTypeChallenge, WebAuthnChallenge,
};
pub use claims::{MalformedToken, UnverifiedClaims};
pub use factor::FirstFactor;
pub use kept::KeptChallenge;
pub use machine::StepFuture;
pub use software_token::SoftwareTokenSetup;
pub use start::SignIn;
pub use step::{IncompleteSignIn, Step};
pub use tokens::{Refresh, Tokens};

pub(crate) use machine::{Request, Transition, drive_blocking};
pub(crate) use offload::Offload;
pub(crate) use password::device_verifier;
pub(crate) use random::random_bytes;

//! The JSON documents of passkeys, which a page and the service exchange through the program.
//!
//! | type | made by | for |
//! |---|---|---|
//! | [`CreationOptions`] | the service | `PublicKeyCredential.parseCreationOptionsFromJSON` |
//! | [`RegistrationResponse`] | `PublicKeyCredential.toJSON` | [`CompleteWebAuthnRegistration`] |
//! | [`RequestOptions`] | the service | `PublicKeyCredential.parseRequestOptionsFromJSON` |
//! | [`AuthenticationResponse`] | `PublicKeyCredential.toJSON` | [`WebAuthnChallenge::answer`] |
//!
//! Each type is a JSON document that was checked when it was read. A program reads the members that it needs with the
//! methods, and all others with [`AsRef<Value>`](AsRef). The [guide](crate::guide::passkeys) explains how a page and a
//! server work together.
//!
//! ```
//! use cognito_userpools::operations::{CompleteWebAuthnRegistration, StartWebAuthnRegistration};
//! use cognito_userpools::passkeys::{CreationOptions, RegistrationResponse};
//! use cognito_userpools::Client;
//! use std::error::Error;
//!
//! /// Returns the options for the page.
//! async fn start(client: &Client, access_token: &str) -> Result<String, Box<dyn Error>> {
//!     let started = StartWebAuthnRegistration::new(access_token).send(client).await?;
//!     Ok(CreationOptions::try_from(started.credential_creation_options)?.into())
//! }
//!
//! /// Registers the passkey that the page returns.
//! async fn complete(client: &Client, access_token: &str, body: &str) -> Result<(), Box<dyn Error>> {
//!     let passkey: RegistrationResponse = body.parse()?;
//!     CompleteWebAuthnRegistration::new(access_token, passkey).send(client).await?;
//!     Ok(())
//! }
//! ```
//!
//! # Checks
//!
//! A document is a JSON object of at most 64 KiB. The members of the table are checked for presence and type; binary
//! values must be base64url without padding. An optional member may be absent or `null`, and
//! a user handle in a response may be empty, which Safari before 17.5 returned instead of `null`.
//!
//! | document | required | optional |
//! |---|---|---|
//! | [`CreationOptions`] | `challenge`, `rp`, `user.id`, `user.name` | `rp.id`, `timeout`, `excludeCredentials`, `extensions` |
//! | [`RequestOptions`] | `challenge` | `rpId`, `timeout`, `allowCredentials`, `extensions` |
//! | both responses | `id`, `rawId` (the same value), `type` (`public-key`), `clientExtensionResults`, `response.clientDataJSON` | `authenticatorAttachment` |
//! | [`RegistrationResponse`] | `response.attestationObject` | `response.authenticatorData`, `response.publicKey`, `response.publicKeyAlgorithm`, `response.transports` |
//! | [`AuthenticationResponse`] | `response.authenticatorData`, `response.signature` | `response.userHandle` |
//!
//! [WebAuthn Level 3](https://www.w3.org/TR/webauthn-3/) also requires the authenticator data, the algorithm and the
//! transports of a registration. They are optional here: the first two repeat parts of the attestation object, and some
//! libraries for older browsers omit all three. An id has at most 1,364 characters (1,023 bytes) and a user handle at
//! most 86 (64 bytes), as in that specification.
//!
//! All other members, such as extensions and members of later specifications, are passed on unchanged. If a name occurs
//! twice in an object, the last value is checked and passed on.
//!
//! The checks reject malformed documents before a request is sent. They verify neither the challenge nor the origin nor
//! a signature; the service does. To send a document without checks, pass the operation a
//! [`Value`](serde_json::Value), and the challenge a text.
//!
//! # Logs
//!
//! The `Debug` output of the types contains no values, and errors contain only the name of a member.
//!
//! [`CompleteWebAuthnRegistration`]: crate::operations::CompleteWebAuthnRegistration
//! [`WebAuthnChallenge::answer`]: crate::sign_in::WebAuthnChallenge::answer

mod check;
mod documents;
mod malformed;

pub use documents::{AuthenticationResponse, CreationOptions, RegistrationResponse, RequestOptions};
pub use malformed::MalformedDocument;

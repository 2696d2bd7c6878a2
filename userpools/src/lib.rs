#![cfg_attr(
    not(all(
        feature = "admin-pools",
        feature = "admin-users",
        feature = "credentials-chain",
        feature = "mock",
        feature = "oauth",
        feature = "session",
        feature = "sign-in",
        feature = "tower",
        feature = "verify"
    )),
    allow(rustdoc::broken_intra_doc_links)
)]
#![cfg_attr(docsrs, feature(doc_cfg))]
//! Ready-made operations, sign-in and token verification for Amazon Cognito user pools, built on [`cognito_op`].
//!
//! | task | module |
//! |---|---|
//! | call an operation that needs no AWS credentials, such as `SignUp` | [`operations`] |
//! | sign a user in, with all challenges | [`sign_in`] |
//! | remember the device of a user | [`devices`] |
//! | let a web page register passkeys and sign in with them | [`passkeys`] |
//! | keep a user signed in | [`session`] |
//! | use the login pages of the service, or get tokens for calls from service to service | [`oauth`] |
//! | verify the tokens that clients send to an API | [`verify`] |
//! | call an operation that needs AWS credentials, such as [`AdminGetUser`](admin::AdminGetUser) | [`admin`] |
//! | find AWS credentials in profiles, containers, instances and the other sources of the AWS SDKs | [`credentials`] |
//!
//! The [guide] has a chapter for each task. It starts with [signing in](guide::sign_in).
//!
//! The client, the errors and the transports are those of [`cognito_op`] and are re-exported, so a program needs only
//! this dependency.
//!
//! ```no_run
//! # #[cfg(feature = "hyper")]
//! # async fn resend() -> Result<(), cognito_userpools::Error> {
//! use cognito_userpools::Client;
//! use cognito_userpools::operations::ResendConfirmationCode;
//!
//! let client = Client::builder()
//!     .region("eu-west-1")
//!     .app_client("1example23456789", "the app client's secret")
//!     .build()?;
//! ResendConfirmationCode::new("alice").send(&client).await?;
//! # Ok(())
//! # }
//! ```
//!
//! A custom operation is a struct with
//! [`#[cognito_op]`](https://docs.rs/cognito-op/latest/cognito_op/attr.cognito_op.html). A program with operations of
//! its own can depend on `cognito-op` too. Otherwise, each attribute needs the option `crate` with the path of the
//! re-export:
//!
//! ```
//! use cognito_userpools::cognito_op::cognito_op;
//!
//! #[cognito_op(target = "GlobalSignOut", crate = ::cognito_userpools::cognito_op)]
//! pub struct GlobalSignOut {
//!     pub access_token: String,
//! }
//! ```
//!
//! # Features
//!
//! | feature | default | effect |
//! |---|---|---|
//! | `sign-in` | yes | the modules [`sign_in`], [`devices`] and [`passkeys`] |
//! | `verify` | yes | the module [`verify`]; it adds no crate to the default features |
//! | `session` | no | the module [`session`]; it adds no crate to the default features |
//! | `oauth` | no | the module [`oauth`]; it adds no crate to the default features |
//! | `admin-users` | no | the part of [`admin`] for users, groups, devices, sessions and sign-in by a server |
//! | `admin-pools` | no | the part of [`admin`] for user pools, app clients and all other settings |
//! | `credentials-chain` | no | the module [`credentials`]; it adds no crate to the default features |
//! | `hyper` | yes | the asynchronous transport |
//! | `ureq` | no | the blocking transport |
//! | `mock` | no | a mock of the service for tests, and tokens for tests |
//! | `platform-roots` | no | the root certificates of the operating system |
//! | `proxy` | yes | HTTP proxies of the environment or of the program, for both transports |
//! | `sigv4` | with `admin-…`, `credentials-chain` | signatures with AWS credentials, for signed operations of your own too |
//! | `serde` | no | `Serialize` and `Deserialize` for shapes, tokens, devices and challenges |
//! | `stream` | with `hyper` | `Stream` for lists in pages |
//! | `tower` | no | a transport over any tower service, and a layer that verifies tokens |
//! | `tracing` | no | spans of calls; events for attempts, failed fetches and refreshes, and the source of credentials |

#[cfg(all(any(doc, doctest), feature = "sign-in"))]
pub mod guide {
    //! The guide, with a chapter for each task.
    //!
    //! To work with users:
    //!
    //! 1. [Signing in](self::sign_in): use any flow, answer each challenge, and remember devices.
    //! 2. [Sessions](self::sessions): keep a user signed in.
    //! 3. [Managed login](self::managed_login): use the login pages of the service, and get tokens for calls from
    //!    service to service.
    //! 4. [Passkeys](self::passkeys): register passkeys and sign in with them.
    //! 5. [A web back end](self::web): sign users up and in with forms.
    //!
    //! On a server:
    //!
    //! 6. [Verifying tokens](self::verifying_tokens): accept tokens in an API.
    //! 7. [Administering users](self::administration): list and change users with AWS credentials.
    //!
    //! The [guide of `cognito_op`](https://docs.rs/cognito-op/latest/cognito_op/guide/index.html) has the chapters that
    //! apply to any operation, such as those on errors, retries, testing and transports.

    #[doc = include_str!("../guide/sign_in.md")]
    pub mod sign_in {}

    // The examples of the chapter need the features.
    #[cfg(any(not(doctest), all(feature = "hyper", feature = "session")))]
    #[doc = include_str!("../guide/sessions.md")]
    pub mod sessions {}

    // The examples of the chapter need the feature.
    #[cfg(any(not(doctest), feature = "oauth"))]
    #[doc = include_str!("../guide/managed_login.md")]
    pub mod managed_login {}

    // The examples of the chapter need the feature.
    #[cfg(any(not(doctest), feature = "serde"))]
    #[doc = include_str!("../guide/passkeys.md")]
    pub mod passkeys {}

    // The examples of the chapter need the feature.
    #[cfg(any(not(doctest), feature = "serde"))]
    #[doc = include_str!("../guide/web.md")]
    pub mod web {}

    // The examples of the chapter need the features.
    #[cfg(any(not(doctest), all(feature = "hyper", feature = "mock", feature = "tower", feature = "verify")))]
    #[doc = include_str!("../guide/verifying_tokens.md")]
    pub mod verifying_tokens {}

    // The examples of the chapter need the features.
    #[cfg(any(
        not(doctest),
        all(feature = "admin-users", feature = "credentials-chain", feature = "hyper", feature = "mock")
    ))]
    #[doc = include_str!("../guide/administration.md")]
    pub mod administration {}
}

#[cfg(any(feature = "admin-pools", feature = "admin-users"))]
pub mod admin;
mod attributes;
#[cfg(feature = "credentials-chain")]
pub mod credentials;
#[cfg(feature = "sign-in")]
pub mod devices;
#[cfg(any(feature = "credentials-chain", feature = "oauth"))]
mod encoding;
#[cfg(feature = "oauth")]
pub mod oauth;
pub mod operations;
#[cfg(feature = "sign-in")]
pub mod passkeys;
#[cfg(feature = "serde")]
mod serialize;
#[cfg(feature = "session")]
pub mod session;
#[cfg(feature = "sign-in")]
pub mod sign_in;
#[cfg(any(feature = "session", feature = "verify"))]
mod time;
#[cfg(feature = "verify")]
pub mod verify;

pub use cognito_op;
#[cfg(feature = "hyper")]
pub use cognito_op::HyperTransport;
#[cfg(feature = "tower")]
pub use cognito_op::TowerTransport;
#[cfg(feature = "ureq")]
pub use cognito_op::UreqTransport;
#[cfg(feature = "mock")]
#[doc(no_inline)]
pub use cognito_op::mock;
#[doc(no_inline)]
pub use cognito_op::{
    BlockingItems, BlockingPages, Body, Builder, Call, Client, Config, Error, ErrorKind, Fault, Items, Meta, Operation,
    Pages, Paginated, Profile, Profiles, Reason, Redactor, Reply, Retries, Sign, SignError, TimeoutKind, Validation,
    Violation, ViolationKind, Violations, blocking, http, transport,
};
#[cfg(feature = "sigv4")]
#[doc(no_inline)]
pub use cognito_op::{Credentials, ProvideCredentials, SigV4};

#[cfg(all(test, any(feature = "admin-pools", feature = "admin-users")))]
mod tests {
    #[test]
    fn signed_operations_come_with_credentials() {
        let shown = format!("{:?}", crate::Credentials::new("AKIDEXAMPLE", "the secret"));
        assert!(!shown.contains("the secret"), "{shown}");
    }
}

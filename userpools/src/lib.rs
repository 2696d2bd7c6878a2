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
//! Ready-made operations and sign-in for Amazon Cognito user pools, built on [`cognito_op`].
//!
//! - [`operations`]: the operations that are called without AWS credentials, with their lists page by page;
//! - [`admin`]: the operations that are called with AWS credentials, such as [`AdminGetUser`](admin::AdminGetUser);
//! - [`credentials`]: AWS credentials from profiles, containers, instances and the other sources of the AWS SDKs;
//! - [`sign_in`]: the sign-in flows with all challenges, as a state machine in types;
//! - [`passkeys`]: the JSON of passkeys, which a page and the service exchange;
//! - [`devices`]: devices that a user pool remembers;
//! - [`session`]: the tokens of a signed-in user, refreshed once for all callers and kept in a store;
//! - [`verify`]: verification of the tokens that clients send to an API;
//! - [`oauth`]: managed login, and tokens for calls from service to service.
//!
//! Start with the chapters on [signing in](guide::sign_in), [sessions](guide::sessions), [managed
//! login](guide::managed_login), [a web back end](guide::web), [passkeys](guide::passkeys), [verifying
//! tokens](guide::verifying_tokens) and [administering users](guide::administration).
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
//! | `proxy` | yes | proxies of the environment or of the program, for both transports |
//! | `sigv4` | with `admin-…` | signatures with AWS credentials, for signed operations of your own too |
//! | `serde` | no | `Serialize` and `Deserialize` for shapes, tokens, devices and challenges |
//! | `stream` | with `hyper` | `Stream` for lists in pages |
//! | `tower` | no | a transport over any tower service, and a layer that verifies tokens |
//! | `tracing` | no | a span for each call, an event for each attempt, for each failed fetch of keys, for each failed refresh of a session, and for the source of credentials |

#[cfg(all(any(doc, doctest), feature = "sign-in"))]
pub mod guide {
    //! The guide, with a chapter for each task.
    //!
    //! Start with [signing in](self::sign_in). The [guide of
    //! `cognito_op`](https://docs.rs/cognito-op/latest/cognito_op/guide/index.html) has the chapters that apply to any
    //! operation.

    #[doc = include_str!("../guide/sign_in.md")]
    pub mod sign_in {}

    // The examples of the chapter need the features.
    #[cfg(any(not(doctest), all(feature = "hyper", feature = "session")))]
    #[doc = include_str!("../guide/sessions.md")]
    pub mod sessions {}

    // The examples of the chapter need the feature.
    #[cfg(any(not(doctest), feature = "serde"))]
    #[doc = include_str!("../guide/web.md")]
    pub mod web {}

    // The examples of the chapter need the feature.
    #[cfg(any(not(doctest), feature = "serde"))]
    #[doc = include_str!("../guide/passkeys.md")]
    pub mod passkeys {}

    // The examples of the chapter need the features.
    #[cfg(any(not(doctest), all(feature = "hyper", feature = "mock", feature = "tower", feature = "verify")))]
    #[doc = include_str!("../guide/verifying_tokens.md")]
    pub mod verifying_tokens {}

    // The examples of the chapter need the feature.
    #[cfg(any(not(doctest), feature = "oauth"))]
    #[doc = include_str!("../guide/managed_login.md")]
    pub mod managed_login {}

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
    BlockingItems, BlockingPages, Builder, Call, Client, Config, Error, ErrorKind, Fault, Items, Meta, Operation,
    Pages, Paginated, Reason, Redactor, Reply, Retries, Sign, SignError, TimeoutKind, Validation, Violation,
    ViolationKind, Violations, blocking, http, transport,
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

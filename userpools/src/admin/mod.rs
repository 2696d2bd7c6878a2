//! The operations that are called with AWS credentials, and their shapes, with the names of the API.
//!
//! Start with [`AdminGetUser`], [`AdminCreateUser`] or [`ListUsers`] and the chapter on [administering
//! users](crate::guide::administration), or with [`DescribeUserPool`]. The client needs AWS credentials; the chapter on
//! [signed operations](https://docs.rs/cognito-op/latest/cognito_op/guide/signed/index.html) shows how to provide them.
//!
//! ```
//! # #[cfg(feature = "admin-users")]
//! use cognito_userpools::admin::{AdminAddUserToGroup, AdminCreateUser};
//! use cognito_userpools::{Client, Error};
//!
//! # #[cfg(feature = "admin-users")]
//! async fn invite(client: &Client, email: &str) -> Result<(), Error> {
//!     let pool = "eu-west-1_Ab12Cd34";
//!     let operation = AdminCreateUser::new(pool, email)
//!         .user_attributes([("email", email), ("email_verified", "true")]);
//!     let created = operation.send(client).await?;
//!     // `Debug` redacts the values of a user.
//!     println!("{:?}", created.user.and_then(|user| user.username));
//!     AdminAddUserToGroup::new(pool, email, "editors").send(client).await
//! }
//! ```
//!
//! The arguments of `new` are the required members in the order of the API reference, so the user pool is not always
//! the first one.
//!
//! [`Filter`] makes the filter of [`ListUsers`]. For a sign-in by a server, use
//! [`SignIn::admin`](crate::sign_in::SignIn::admin) instead of [`AdminInitiateAuth`].
//!
//! # Features
//!
//! | feature | operations |
//! |---|---|
//! | `admin-users` | on users, groups, devices and sessions; [`AdminInitiateAuth`] and [`AdminRespondToAuthChallenge`] |
//! | `admin-pools` | on user pools, app clients, domains, branding, identity providers, resource servers, imports, replicas, recovery, terms, logs, threat protection, tags and limits |
//!
//! # Values that the service adds later
//!
//! As in [`operations`](crate::operations), all types are `#[non_exhaustive]`, and a `match` on an enum needs a wildcard
//! arm. In that arm, report a value that the program does not support, or show [`as_str`](UserStatusType::as_str).
//! Shapes that both modules use, such as [`AttributeType`], are the same types.
//!
//! # Idempotent operations
//!
//! A client retries an operation after a timeout only if it is idempotent. Those that only read or set the same values
//! again are; the documentation of each `send` states it.

#[cfg(feature = "admin-users")]
mod filter;
#[cfg(feature = "admin-pools")]
mod pools;
mod shared;
#[cfg(feature = "admin-users")]
mod users;

#[cfg(feature = "admin-users")]
pub use filter::{Filter, SearchableAttribute, UnsearchableAttribute};
#[cfg(feature = "admin-pools")]
pub use pools::*;
pub use shared::*;
#[cfg(feature = "admin-users")]
pub use users::*;

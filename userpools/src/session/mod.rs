//! Sessions: the tokens of a signed-in user, refreshed once for all callers and kept in a store.
//!
//! Start with [`Session`], and with the chapter on [sessions](crate::guide::sessions).
//!
//! | task | item |
//! |---|---|
//! | begin a session after a sign-in | [`Session::sign_in`] |
//! | call an API with a valid token | [`Session::access_token`], [`Session::id_token`], [`Session::tokens`] |
//! | distinguish a signed-out user from a temporary failure | [`SessionError`] |
//! | stay signed in after a restart | [`FileStore`], or a [`SessionStore`] of your own |
//! | refresh with an app client that rotates refresh tokens | [`SessionBuilder::rotation`] |
//! | react to a sign-out | [`Session::watch`] |
//! | sign out | [`Session::sign_out`], [`Session::sign_out_everywhere`] |
//!
//! # Secrets
//!
//! The tokens that a session and its store hold are zeroized when they are dropped. Copies that the compiler makes, the
//! bodies of requests and responses, and the tokens that a session returns are not. The `Debug` output of every type in
//! this module redacts them.

mod asynchronous;
mod blocking;
mod builder;
mod client;
mod driver;
mod ended;
mod error;
mod file;
mod held;
mod machine;
mod saved;
mod store;
mod watch;

pub use builder::SessionBuilder;
pub use client::SessionClient;
pub use driver::Session;
pub use error::{SessionError, SignedOut, StoreError};
pub use file::FileStore;
pub use saved::{InvalidSession, SavedSession};
pub use store::{BlockingSessionStore, MemoryStore, SessionStore};
pub use watch::{SessionState, Watch};

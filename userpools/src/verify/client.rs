//! The clients with which a verifier fetches keys.

use cognito_op::Body;
use cognito_op::http::{Request, Response};
use cognito_op::transport::{BoxFuture, TransportError};
use std::sync::Arc;
use std::time::Duration;

/// The client of a verifier that never fetches keys.
/// [`VerifierBuilder::build_offline`](super::VerifierBuilder::build_offline) builds it, and
/// [`Verifier::cache_keys`](super::Verifier::cache_keys) provides the keys.
///
/// ```
/// use cognito_userpools::verify::{AccessToken, Offline, Verifier, VerifyError};
///
/// fn verify(verifier: &Verifier<Offline>, bearer: &str) -> Result<AccessToken, VerifyError> {
///     verifier.access_token_cached(bearer)
/// }
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Offline;

/// A client with which a verifier fetches keys: a [`Client`](cognito_op::Client), a
/// [`blocking::Client`](cognito_op::blocking::Client), or [`Offline`]. It cannot be implemented for other types; another
/// HTTP client can be the [transport](cognito_op::transport::Transport) of a client.
///
/// ```
/// use cognito_userpools::verify::{KeyClient, Verifier};
///
/// /// Works with each kind of verifier.
/// fn is_accepted<C: KeyClient>(verifier: &Verifier<C>, bearer: &str) -> bool {
///     verifier.access_token_cached(bearer).is_ok()
/// }
/// ```
pub trait KeyClient: Clone + sealed::Sealed {}

pub(super) mod sealed {
    use super::{Arc, Fetches};

    pub trait Sealed {
        /// Returns what fetches the keys, or `None` if the program hands them in and they do not age.
        fn fetches(&self) -> Option<Arc<dyn Fetches>>;
    }
}

impl KeyClient for Offline {}

impl sealed::Sealed for Offline {
    fn fetches(&self) -> Option<Arc<dyn Fetches>> {
        None
    }
}

/// A client that fetches keys.
pub trait Fetches: Send + Sync {
    /// Returns the time on the clock of the transport.
    fn now(&self) -> Duration;

    /// Returns whether polling a fetch blocks.
    fn is_blocking(&self) -> bool;

    /// Sends a request for keys.
    fn send(&self, request: Request<Body>, timeout: Duration) -> BoxFuture<'_, Result<Response<Body>, TransportError>>;

    /// Runs a fetch apart from the call that began it. If `is_waiting` is set, the call waits for it.
    fn run(&self, fetch: BoxFuture<'static, ()>, is_waiting: bool, spawn: Option<&Spawn>);
}

pub(super) type Spawn = dyn Fn(BoxFuture<'static, ()>) + Send + Sync;

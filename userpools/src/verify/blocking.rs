//! Verifiers that fetch keys with a [`blocking::Client`](Client).

use super::client::{Fetches, KeyClient, Spawn, sealed};
use super::error::VerifyError;
use super::token::{AccessToken, IdToken, Use};
use super::verifier::Verifier;
use cognito_op::Body;
use cognito_op::blocking::{Client, wait};
use cognito_op::http::{Request, Response};
use cognito_op::transport::{BoxFuture, TransportError};
use std::future::ready;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

impl KeyClient for Client {}

impl sealed::Sealed for Client {
    fn fetches(&self) -> Option<Arc<dyn Fetches>> {
        Some(Arc::new(self.clone()))
    }
}

impl Fetches for Client {
    fn now(&self) -> Duration {
        self.transport().now()
    }

    fn is_blocking(&self) -> bool {
        true
    }

    fn send(&self, request: Request<Body>, timeout: Duration) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(ready(self.send_http(request, timeout)))
    }

    fn run(&self, fetch: BoxFuture<'static, ()>, is_waiting: bool, _: Option<&Spawn>) {
        if !is_waiting {
            let thread = thread::Builder::new().name("user pool keys".to_owned());
            // Without a thread, the fetch is given up later, and another one begins.
            drop(thread.spawn(|| wait(fetch)));
        }
    }
}

impl Verifier<Client> {
    /// Verifies an access token. Fetches the keys of its user pool if they are not cached, or are too old.
    ///
    /// `token` is the token alone, without `Bearer`; see [`bearer_token`](super::bearer_token).
    ///
    /// # Errors
    ///
    /// Returns an error if the token is not accepted, or if the keys are needed and could not be fetched.
    pub fn access_token(&self, token: &str) -> Result<AccessToken, VerifyError> {
        wait(self.shared.verify(token, Use::Access, &self.requirements)).map(AccessToken::new)
    }

    /// Verifies an identity token, as [`access_token`](Self::access_token) does for an access token.
    ///
    /// # Errors
    ///
    /// Returns the same errors.
    pub fn id_token(&self, token: &str) -> Result<IdToken, VerifyError> {
        wait(self.shared.verify(token, Use::Id, &self.requirements)).map(IdToken::new)
    }

    /// Fetches the keys of all user pools that are not cached, or are too old. Call it when the program starts: the first
    /// token then need not wait, and a configuration error appears early.
    ///
    /// It also fetches the keys of replicas and, if a pool has one, of its updated issuer.
    ///
    /// # Errors
    ///
    /// Returns the first [`KeysUnavailable`](super::VerifyReason::KeysUnavailable). The keys of the other pools are fetched
    /// nevertheless.
    pub fn hydrate(&self) -> Result<(), VerifyError> {
        wait(self.shared.hydrate())
    }
}

//! Verifiers that fetch keys with a [`Client`].

use super::client::{Fetches, KeyClient, Spawn, sealed};
use super::error::VerifyError;
use super::token::{AccessToken, IdToken, Use};
use super::verifier::Verifier;
use cognito_op::http::{Request, Response};
use cognito_op::transport::{BoxFuture, TransportError};
use cognito_op::{Body, Client};
use std::sync::Arc;
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
        false
    }

    fn send(&self, request: Request<Body>, timeout: Duration) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        self.send_http(request, timeout)
    }

    fn run(&self, fetch: BoxFuture<'static, ()>, _: bool, spawn: Option<&Spawn>) {
        if let Some(spawn) = spawn {
            spawn(fetch);
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
    pub async fn access_token(&self, token: &str) -> Result<AccessToken, VerifyError> {
        self.shared.verify(token, Use::Access, &self.requirements).await.map(AccessToken::new)
    }

    /// Verifies an identity token, as [`access_token`](Self::access_token) does for an access token.
    ///
    /// # Errors
    ///
    /// Returns the same errors.
    pub async fn id_token(&self, token: &str) -> Result<IdToken, VerifyError> {
        self.shared.verify(token, Use::Id, &self.requirements).await.map(IdToken::new)
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
    pub async fn hydrate(&self) -> Result<(), VerifyError> {
        self.shared.hydrate().await
    }
}

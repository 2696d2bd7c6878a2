//! The blocking driver: it fetches keys with a [`blocking::Client`](Client).

use super::error::VerifyError;
use super::jwt::Claims;
use super::key::Key;
use super::token::{AccessToken, IdToken};
use super::verifier::{KeyClient, Next, Use, Verifier, keys_request, read_response, sealed, unknown_key};
use cognito_op::blocking::Client;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

impl sealed::Sealed for Client {}

impl KeyClient for Client {
    fn now(&self) -> Duration {
        self.transport().now()
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
        self.verify(token, Use::Access).map(|(claims, pool)| AccessToken::new(claims, pool))
    }

    /// Verifies an identity token, as [`access_token`](Self::access_token) does for an access token.
    ///
    /// # Errors
    ///
    /// Returns the same errors.
    pub fn id_token(&self, token: &str) -> Result<IdToken, VerifyError> {
        self.verify(token, Use::Id).map(|(claims, pool)| IdToken::new(claims, pool))
    }

    /// Fetches the keys of all user pools that are not cached, or are too old. Call it when the program starts: the first
    /// token then need not wait, and a configuration error appears early.
    ///
    /// It fetches the keys of one issuer for each pool, but not those of updated issuers and replicas.
    ///
    /// # Errors
    ///
    /// Returns the first [`KeysUnavailable`](super::VerifyReason::KeysUnavailable). The keys of the other pools are fetched
    /// nevertheless.
    pub fn hydrate(&self) -> Result<(), VerifyError> {
        let mut outcome = Ok(());
        for at in self.shared.primary() {
            outcome = outcome.and(self.key(at, None).map(drop));
        }
        outcome
    }

    fn verify(&self, token: &str, usage: Use) -> Result<(Claims, Arc<str>), VerifyError> {
        let pending = self.pending(token)?;
        match self.key(pending.issuer, Some(pending.kid()))? {
            Some(key) => self.check(pending, &key, usage),
            None => Err(unknown_key()),
        }
    }

    /// Returns the key with an id of an issuer, or any key without an id.
    fn key(&self, at: usize, kid: Option<&str>) -> Result<Option<Arc<Key>>, VerifyError> {
        let ages = self.shared.ages;
        let mut state = self.shared.lock();
        loop {
            let now = self.client.now();
            let found = match kid {
                Some(kid) => state.set(at).find(kid, now, ages),
                None => state.set(at).hydrate(now, ages),
            };
            match Next::from(found) {
                Next::Check { key, refresh } => {
                    drop(state);
                    if refresh {
                        self.fetch(at);
                    }
                    return Ok(Some(key));
                }
                Next::Fetch => {
                    drop(state);
                    self.fetch(at);
                    state = self.shared.lock();
                    if kid.is_none() && !state.set(at).is_failed() {
                        return Ok(None);
                    }
                }
                Next::Wait => state = self.shared.ended.wait(state).unwrap_or_else(PoisonError::into_inner),
                Next::Fail(error) => return Err(error),
            }
        }
    }

    fn fetch(&self, at: usize) {
        let Some(url) = self.shared.keys_url(at) else { return };
        let outcome = match self.client.send_http(keys_request(url), self.shared.fetch_timeout) {
            Ok(response) => read_response(&response),
            Err(error) => Err(Arc::new(error) as _),
        };
        self.shared.fetched(at, outcome, self.client.now());
    }
}

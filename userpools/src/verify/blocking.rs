//! The blocking driver: it fetches keys with a [`blocking::Client`](Client).

use super::error::VerifyError;
use super::jwt::Claims;
use super::key::Key;
use super::token::{AccessToken, IdToken, Use};
use super::verifier::{Fetching, KeyClient, Next, Verifier, sealed};
use cognito_op::blocking::Client;
use std::sync::{Arc, PoisonError};
use std::thread;
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
    /// It also fetches the keys of replicas and, if a pool has one, of its updated issuer.
    ///
    /// # Errors
    ///
    /// Returns the first [`KeysUnavailable`](super::VerifyReason::KeysUnavailable). The keys of the other pools are fetched
    /// nevertheless.
    pub fn hydrate(&self) -> Result<(), VerifyError> {
        let mut outcome = Ok(());
        for (at, is_required) in self.shared.hydrated() {
            let key = self.key(at, None).map(drop);
            if is_required {
                outcome = outcome.and(key);
            }
        }
        outcome
    }

    fn verify(&self, token: &str, usage: Use) -> Result<(Claims, Arc<str>), VerifyError> {
        let pending = self.pending(token)?;
        let key = self.key(pending.issuer, Some(pending.kid()))?;
        self.check(pending, &key, usage)
    }

    /// Returns the key with an id of an issuer, or any key without an id.
    fn key(&self, at: usize, kid: Option<&str>) -> Result<Arc<Key>, VerifyError> {
        loop {
            let now = self.client.now();
            let mut state = self.shared.lock();
            match Next::from(state.set(at).find(kid, now, self.shared.times)) {
                Next::Check { key, refresh } => {
                    drop(state);
                    if refresh {
                        let (client, fetching) = (self.client.clone(), Fetching::new(&self.shared, at));
                        let thread = thread::Builder::new().name("user pool keys".to_owned());
                        // Without a thread, `fetching` is dropped, and the next call tries again.
                        drop(thread.spawn(move || fetch(&client, fetching)));
                    }
                    return Ok(key);
                }
                Next::Fetch => {
                    drop(state);
                    fetch(&self.client, Fetching::new(&self.shared, at));
                }
                Next::Wait => {
                    // A fetch that takes longer is not waited for.
                    let timeout = self.shared.times.stalled();
                    drop(self.shared.ended.wait_timeout(state, timeout).unwrap_or_else(PoisonError::into_inner));
                }
                Next::Fail(error) => return Err(error),
            }
        }
    }
}

fn fetch(client: &Client, fetching: Fetching) {
    if let Some((request, timeout)) = fetching.request() {
        let response = client.send_http(request, timeout);
        fetching.end(response, client.now());
    }
}

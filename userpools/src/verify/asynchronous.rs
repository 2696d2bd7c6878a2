//! The asynchronous driver: it fetches keys with a [`Client`].

use super::error::VerifyError;
use super::jwt::Claims;
use super::key::Key;
use super::token::{AccessToken, IdToken};
use super::verifier::{KeyClient, Next, Shared, Use, Verifier, keys_request, read_response, sealed};
use cognito_op::Client;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
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
    pub async fn access_token(&self, token: &str) -> Result<AccessToken, VerifyError> {
        self.verify(token, Use::Access).await.map(|(claims, pool)| AccessToken::new(claims, pool))
    }

    /// Verifies an identity token, as [`access_token`](Self::access_token) does for an access token.
    ///
    /// # Errors
    ///
    /// Returns the same errors.
    pub async fn id_token(&self, token: &str) -> Result<IdToken, VerifyError> {
        self.verify(token, Use::Id).await.map(|(claims, pool)| IdToken::new(claims, pool))
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
    pub async fn hydrate(&self) -> Result<(), VerifyError> {
        let mut outcome = Ok(());
        for at in self.shared.primary() {
            let key = self.key(at, None).await.map(drop);
            outcome = outcome.and(key);
        }
        outcome
    }

    async fn verify(&self, token: &str, usage: Use) -> Result<(Claims, Arc<str>), VerifyError> {
        let pending = self.pending(token)?;
        let key = self.key(pending.issuer, Some(pending.kid())).await?;
        match key {
            Some(key) => self.check(pending, &key, usage),
            None => Err(super::verifier::unknown_key()),
        }
    }

    /// Returns the key with an id of an issuer, or any key without an id.
    async fn key(&self, at: usize, kid: Option<&str>) -> Result<Option<Arc<Key>>, VerifyError> {
        let mut waiting = Waiting { shared: &self.shared, number: None };
        loop {
            match self.next(at, kid, &mut waiting).await {
                Next::Check { key, refresh } => {
                    if refresh {
                        self.fetch(at).await;
                    }
                    return Ok(Some(key));
                }
                Next::Fetch => {
                    self.fetch(at).await;
                    if kid.is_none() && !self.shared.lock().set(at).is_failed() {
                        return Ok(None);
                    }
                }
                Next::Wait => {}
                Next::Fail(error) => return Err(error),
            }
        }
    }

    /// Returns what to do next, once no other call is fetching the keys.
    async fn next(&self, at: usize, kid: Option<&str>, waiting: &mut Waiting<'_>) -> Next {
        poll_fn(|context| {
            let now = self.client.now();
            let mut state = self.shared.lock();
            let found = match kid {
                Some(kid) => state.set(at).find(kid, now, self.shared.ages),
                None => state.set(at).hydrate(now, self.shared.ages),
            };
            match Next::from(found) {
                Next::Wait => {
                    state.wait(&mut waiting.number, context.waker());
                    Poll::Pending
                }
                next => Poll::Ready(next),
            }
        })
        .await
    }

    /// Fetches the keys of an issuer. If the future is dropped, another call fetches them.
    async fn fetch(&self, at: usize) {
        let Some(url) = self.shared.keys_url(at) else { return };
        let mut fetching = Fetching { shared: &self.shared, at, ended: false };
        let response = self.client.send_http(keys_request(url), self.shared.fetch_timeout).await;
        let outcome = match response {
            Ok(response) => read_response(&response),
            Err(error) => Err(Arc::new(error) as _),
        };
        fetching.ended = true;
        self.shared.fetched(at, outcome, self.client.now());
    }
}

/// A call that waits for another one to fetch keys.
struct Waiting<'v> {
    shared: &'v Shared,
    number: Option<u64>,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if let Some(number) = self.number {
            self.shared.lock().leave(number);
        }
    }
}

/// A fetch. Dropped before its end, it leaves the fetch to another call.
struct Fetching<'v> {
    shared: &'v Shared,
    at: usize,
    ended: bool,
}

impl Drop for Fetching<'_> {
    fn drop(&mut self) {
        if !self.ended {
            let mut state = self.shared.lock();
            state.set(self.at).abandoned();
            self.shared.wake(state);
        }
    }
}

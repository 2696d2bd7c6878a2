//! The asynchronous driver: it fetches keys with a [`Client`].

use super::error::VerifyError;
use super::jwt::Claims;
use super::key::Key;
use super::token::{AccessToken, IdToken, Use};
use super::verifier::{Fetching, KeyClient, Next, Shared, Verifier, sealed};
use cognito_op::Client;
use std::future::poll_fn;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, Wake, Waker};
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
    /// It also fetches the keys of replicas and, if a pool has one, of its updated issuer.
    ///
    /// # Errors
    ///
    /// Returns the first [`KeysUnavailable`](super::VerifyReason::KeysUnavailable). The keys of the other pools are fetched
    /// nevertheless.
    pub async fn hydrate(&self) -> Result<(), VerifyError> {
        let mut outcome = Ok(());
        for (at, is_required) in self.shared.hydrated() {
            let key = self.key(at, None).await.map(drop);
            if is_required {
                outcome = outcome.and(key);
            }
        }
        outcome
    }

    async fn verify(&self, token: &str, usage: Use) -> Result<(Claims, Arc<str>), VerifyError> {
        let pending = self.pending(token)?;
        let key = self.key(pending.issuer, Some(pending.kid())).await?;
        self.check(pending, &key, usage)
    }

    /// Returns the key with an id of an issuer, or any key without an id.
    async fn key(&self, at: usize, kid: Option<&str>) -> Result<Arc<Key>, VerifyError> {
        let mut waiting = Waiting { shared: &self.shared, number: None };
        loop {
            match self.next(at, kid, &mut waiting).await {
                Next::Check { key, refresh } => {
                    if refresh {
                        self.begin(at);
                    }
                    // Calls that do not wait for the fetch make it progress too.
                    self.poll_fetch(at);
                    return Ok(key);
                }
                Next::Fetch => self.begin(at),
                Next::Wait => {}
                Next::Fail(error) => return Err(error),
            }
        }
    }

    /// Returns what to do next, once no fetch is in flight for which the call has to wait.
    async fn next(&self, at: usize, kid: Option<&str>, waiting: &mut Waiting<'_>) -> Next {
        poll_fn(|context| {
            loop {
                let now = self.client.now();
                let mut state = self.shared.lock();
                match Next::from(state.set(at).find(kid, now, self.shared.times)) {
                    Next::Wait => {
                        let previous = state.wait(&mut waiting.number, context.waker());
                        // Dropping a waker can drop a task, and with it a call that waits as well.
                        drop(state);
                        drop(previous);
                        if !self.poll_fetch(at) {
                            return Poll::Pending;
                        }
                    }
                    next => return Poll::Ready(next),
                }
            }
        })
        .await
    }

    /// Begins a fetch of the keys of an issuer. It belongs to the verifier instead of a call, so that it goes on if the call
    /// is cancelled.
    fn begin(&self, at: usize) {
        let fetching = Fetching::new(&self.shared, at);
        let client = self.client.clone();
        let fetch = async move {
            if let Some((request, timeout)) = fetching.request() {
                let response = client.send_http(request, timeout).await;
                fetching.end(response, client.now());
            }
        };
        let stalled = self.shared.put_fetch(at, Box::pin(fetch));
        // Its end wakes those that wait, so it is dropped without a lock.
        drop(stalled);
        if let Some(spawn) = &self.shared.spawn {
            let verifier = self.clone();
            spawn(Box::pin(async move { verifier.drive(at).await }));
        }
    }

    /// Polls the fetch of an issuer to its end.
    async fn drive(&self, at: usize) {
        let mut waiting = Waiting { shared: &self.shared, number: None };
        poll_fn(|context| {
            let mut state = self.shared.lock();
            if state.set(at).began().is_none() {
                return Poll::Ready(());
            }
            let previous = state.wait(&mut waiting.number, context.waker());
            drop(state);
            drop(previous);
            if self.poll_fetch(at) { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }

    /// Polls the fetch of an issuer, and returns whether it has ended. It wakes all calls that wait for it.
    fn poll_fetch(&self, at: usize) -> bool {
        let waker = Waker::from(Arc::new(WakeAll(Arc::downgrade(&self.shared))));
        self.shared.poll_fetch(at, &mut Context::from_waker(&waker))
    }
}

/// Wakes the calls that wait for a fetch, of which any can make it progress.
struct WakeAll(Weak<Shared>);

impl Wake for WakeAll {
    fn wake(self: Arc<Self>) {
        if let Some(shared) = self.0.upgrade() {
            shared.wake(shared.lock());
        }
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
            let waker = self.shared.lock().leave(number);
            drop(waker);
        }
    }
}

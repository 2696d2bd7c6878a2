//! The fetching of keys, for both clients.

use super::cache::{Failure, Found, Refresh};
use super::error::VerifyError;
use super::key::{Key, read_set};
use super::pool::Issuer;
#[cfg(feature = "oauth")]
use super::token::IdToken;
use super::token::{Use, Verified};
use super::verifier::{KeyClient, Shared, Spawn, Verifier, now, unavailable, unknown_key};
use crate::time::Time;
use cognito_op::Body;
use cognito_op::http::{Request, Response, StatusCode};
use cognito_op::transport::{BoxFuture, TransportError};
use std::error::Error;
use std::future::{poll_fn, ready};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

/// A client that fetches keys.
pub trait Fetches: KeyClient + Send + Sync + 'static {
    /// Whether polling a fetch blocks.
    const IS_BLOCKING: bool;

    /// Sends a request for keys.
    fn send(&self, request: Request<Body>, timeout: Duration) -> BoxFuture<'_, Result<Response<Body>, TransportError>>;

    /// Runs a fetch apart from the call that began it. If `is_waiting` is set, the call waits for it.
    fn run(&self, fetch: BoxFuture<'static, ()>, is_waiting: bool, spawn: Option<&Spawn>);
}

impl<C: Fetches> Verifier<C> {
    pub(super) async fn verify(&self, token: &str, usage: Use) -> Result<Verified, VerifyError> {
        let verified = async {
            let pending = self.pending(token)?;
            let key = self.key(pending.issuer, Some(pending.kid())).await?;
            self.check(pending, &key, usage)
        };
        verified.await.inspect_err(VerifyError::log)
    }

    /// Verifies an identity token, for flows that work with each client.
    #[cfg(feature = "oauth")]
    pub(crate) async fn verify_id(&self, token: &str) -> Result<IdToken, VerifyError> {
        self.verify(token, Use::Id).await.map(IdToken::new)
    }

    pub(super) async fn hydrate_all(&self) -> Result<(), VerifyError> {
        let mut outcome = Ok(());
        for (at, is_required) in self.shared.hydrated() {
            let key = self.key(at, None).await.map(drop);
            if is_required {
                outcome = outcome.and(key);
            }
        }
        outcome
    }

    /// Returns the key with an id of an issuer, or any key without an id.
    async fn key(&self, at: usize, kid: Option<&str>) -> Result<Arc<Key>, VerifyError> {
        let flight = &self.shared.fetches[at];
        loop {
            match self.find(at, kid) {
                Found::Key { key, refresh } => {
                    let has_begun = refresh.is_some() && self.start(at, kid, false);
                    if !C::IS_BLOCKING {
                        if has_begun && refresh == Some(Refresh::Awaited) {
                            flight.join().await;
                            continue;
                        }
                        flight.advance();
                    }
                    return Ok(key);
                }
                Found::Fetch => {
                    self.start(at, kid, true);
                    let mut fetch = pin!(flight.join());
                    poll_fn(|context| {
                        let has_ended = fetch.as_mut().poll(context).is_ready();
                        // The program can have handed in the key.
                        let is_waiting = !has_ended && matches!(self.find(at, kid), Found::Fetch);
                        if is_waiting { Poll::Pending } else { Poll::Ready(()) }
                    })
                    .await;
                }
                Found::Unknown => return Err(unknown_key()),
                Found::Unavailable(failure) => return Err(unavailable(failure)),
            }
        }
    }

    fn find(&self, at: usize, kid: Option<&str>) -> Found {
        let (now, times) = (self.now(), self.shared.times);
        let mut state = self.shared.lock();
        let has_stalled = state[at].give_up(now, times);
        let found = state[at].find(kid, now, times);
        drop(state);
        if has_stalled {
            self.shared.fetches[at].cancel();
        }
        found
    }

    /// Starts a fetch, unless one is in flight, and returns whether it did. The fetch belongs to the verifier instead of a
    /// call, so that it goes on if the call is cancelled.
    fn start(&self, at: usize, kid: Option<&str>, is_waiting: bool) -> bool {
        let has_begun = self.shared.fetches[at].start(|| self.fetch(at, kid));
        if has_begun {
            let shared = Arc::clone(&self.shared);
            let fetch = async move {
                shared.fetches[at].join().await;
            };
            self.client.run(Box::pin(fetch), is_waiting, self.shared.spawn.as_deref());
        }
        has_begun
    }

    /// Returns the future of a fetch.
    fn fetch(&self, at: usize, kid: Option<&str>) -> BoxFuture<'static, ()> {
        let (began, times) = (self.now(), self.shared.times);
        let mut state = self.shared.lock();
        // Another fetch can have ended since the caller looked.
        let is_due = matches!(state[at].find(kid, began, times), Found::Fetch | Found::Key { refresh: Some(_), .. });
        let Some(issuer) = self.shared.issuer(at).filter(|_| is_due) else { return Box::pin(ready(())) };
        state[at].begin(began);
        drop(state);
        let mut request = Request::new(Body::default());
        request.uri_mut().clone_from(&issuer.keys);
        // The fetch belongs to the shared state, so it must not own it.
        let (client, clock, shared) =
            (self.client.clone(), Arc::clone(&self.shared.clock), Arc::downgrade(&self.shared));
        Box::pin(async move {
            let outcome = match client.send(request, times.fetch).await {
                Ok(response) => read_response(&response),
                Err(error) => Err(Arc::new(error) as Failure),
            };
            let now = now(&client, &*clock);
            if let Some(shared) = shared.upgrade() {
                shared.end(at, began, outcome, now);
            }
        })
    }
}

impl Shared {
    fn end(&self, at: usize, began: Time, outcome: Result<Vec<Arc<Key>>, Failure>, now: Time) {
        if let (Err(failure), Some(issuer)) = (&outcome, self.issuer(at)) {
            report(issuer, failure);
        }
        self.lock()[at].end(began, outcome, now, self.times);
    }
}

/// Reads the response to a request for keys.
fn read_response(response: &Response<Body>) -> Result<Vec<Arc<Key>>, Failure> {
    if response.status() != StatusCode::OK {
        let status = response.status().as_u16();
        let hint = if status == 404 { "; check the id of the user pool" } else { "" };
        return Err(failure(format!("the server of the keys responded with status {status}{hint}")));
    }
    read_set(response.body().as_bytes()).map_err(failure)
}

fn failure(text: impl Into<Box<dyn Error + Send + Sync>>) -> Failure {
    Arc::from(text.into())
}

/// Reports a failed fetch, which calls do not notice as long as there are keys.
#[cfg(feature = "tracing")]
fn report(issuer: &Issuer, failure: &Failure) {
    let (url, error) = (issuer.url.as_str(), failure.to_string());
    if issuer.primary {
        tracing::warn!(target: "cognito_userpools", issuer = url, error, "the keys of a user pool could not be fetched");
    } else {
        // Most pools have no such issuer.
        tracing::debug!(target: "cognito_userpools", issuer = url, error, "the keys of a user pool could not be fetched");
    }
}

#[cfg(not(feature = "tracing"))]
fn report(_: &Issuer, _: &Failure) {}

//! The fetching of keys, for both clients.

use super::cache::{Failure, Found, Refresh};
use super::client::Fetches;
use super::error::VerifyError;
use super::key::{Key, read_set};
use super::pool::Issuer;
use super::requirements::Requirements;
use super::shared::{Shared, keys_not_cached, unavailable, unknown_key};
use super::token::{Use, Verified};
use crate::time::Time;
use cognito_op::Body;
use cognito_op::http::{Request, Response, StatusCode};
use cognito_op::transport::BoxFuture;
use std::error::Error;
use std::future::{poll_fn, ready};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

impl Shared {
    pub(super) async fn verify(
        &self,
        token: &str,
        usage: Use,
        requirements: &Requirements,
    ) -> Result<Verified, VerifyError> {
        let verified = async {
            let pending = self.pending(token)?;
            let key = match self.find(pending.issuer, Some(pending.kid())) {
                Found::Key { key, refresh: None } => {
                    self.advance(pending.issuer);
                    key
                }
                found => self.key(pending.issuer, Some(pending.kid()), found).await?,
            };
            self.check(pending, &key, usage, requirements)
        };
        verified.await.inspect_err(VerifyError::log)
    }

    pub(super) fn hydrate(&self) -> BoxFuture<'_, Result<(), VerifyError>> {
        Box::pin(async {
            let mut outcome = Ok(());
            for issuer in &self.issuers {
                let key = self.key(issuer, None, self.find(issuer, None)).await.map(drop);
                if issuer.primary {
                    outcome = outcome.and(key);
                }
            }
            outcome
        })
    }

    /// Returns the key with an id of an issuer, or any key without an id, given what a look-up found. Fetches the keys if
    /// necessary.
    fn key<'a>(
        &'a self,
        issuer: &'a Arc<Issuer>,
        kid: Option<&'a str>,
        mut found: Found,
    ) -> BoxFuture<'a, Result<Arc<Key>, VerifyError>> {
        Box::pin(async move {
            let client = self.client.as_ref().ok_or_else(keys_not_cached)?;
            loop {
                match found {
                    Found::Key { key, refresh } => {
                        let has_begun = refresh.is_some() && self.start(client, issuer, kid, false);
                        if !has_begun || refresh != Some(Refresh::Awaited) || client.is_blocking() {
                            self.advance(issuer);
                            return Ok(key);
                        }
                        issuer.fetch.join().await;
                    }
                    Found::Fetch => {
                        self.start(client, issuer, kid, true);
                        let mut fetch = pin!(issuer.fetch.join());
                        poll_fn(|context| {
                            let has_ended = fetch.as_mut().poll(context).is_ready();
                            // The program can have handed in the key.
                            let is_waiting = !has_ended && matches!(self.find(issuer, kid), Found::Fetch);
                            if is_waiting { Poll::Pending } else { Poll::Ready(()) }
                        })
                        .await;
                    }
                    Found::Unknown => return Err(unknown_key()),
                    Found::Unavailable(failure) => return Err(unavailable(failure)),
                }
                found = self.find(issuer, kid);
            }
        })
    }

    /// Makes the fetch in flight progress, unless that blocks.
    fn advance(&self, issuer: &Issuer) {
        if self.client.as_ref().is_some_and(|client| !client.is_blocking()) {
            issuer.fetch.advance();
        }
    }

    fn find(&self, issuer: &Issuer, kid: Option<&str>) -> Found {
        let now = self.now();
        let mut keys = issuer.keys();
        let has_stalled = keys.give_up(now, self.times);
        let found = keys.find(kid, now, self.times);
        drop(keys);
        if has_stalled {
            issuer.fetch.cancel();
        }
        found
    }

    /// Starts a fetch, unless one is in flight, and returns whether it did. The fetch belongs to the verifier instead of a
    /// call, so that it goes on if the call is cancelled.
    fn start(&self, client: &Arc<dyn Fetches>, issuer: &Arc<Issuer>, kid: Option<&str>, is_waiting: bool) -> bool {
        let has_begun = issuer.fetch.start(|| self.fetch(client, issuer, kid));
        if has_begun {
            let issuer = Arc::clone(issuer);
            let fetch = async move {
                issuer.fetch.join().await;
            };
            client.run(Box::pin(fetch), is_waiting, self.spawn.as_deref());
        }
        has_begun
    }

    /// Returns the future of a fetch.
    fn fetch(&self, client: &Arc<dyn Fetches>, issuer: &Arc<Issuer>, kid: Option<&str>) -> BoxFuture<'static, ()> {
        let (began, times) = (self.now(), self.times);
        let mut keys = issuer.keys();
        // Another fetch can have ended since the caller looked.
        if !matches!(keys.find(kid, began, times), Found::Fetch | Found::Key { refresh: Some(_), .. }) {
            return Box::pin(ready(()));
        }
        keys.begin(began);
        drop(keys);
        let mut request = Request::new(Body::default());
        request.uri_mut().clone_from(&issuer.keys_url);
        // The fetch belongs to the issuer, so it must not own it.
        let (client, clock, issuer) = (Arc::clone(client), Arc::clone(&self.clock), Arc::downgrade(issuer));
        Box::pin(async move {
            let outcome = match client.send(request, times.fetch).await {
                Ok(response) => read_response(&response),
                Err(error) => Err(Arc::new(error) as Failure),
            };
            let now = Time::new(client.now(), &*clock);
            if let Some(issuer) = issuer.upgrade() {
                if let Err(failure) = &outcome {
                    report(&issuer, failure);
                }
                issuer.keys().end(began, outcome, now, times);
            }
        })
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

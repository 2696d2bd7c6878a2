//! The sending of requests, for both clients.

use super::error::OAuthError;
use super::request::Prepared;
use crate::operations::{GetClientToken, GetClientTokenResponse};
use crate::verify::Fetches;
use cognito_op::http::Response;
use cognito_op::transport::{BoxFuture, SleepPurpose};
use cognito_op::{Body, Client, Error, blocking};
use std::future::ready;
use std::time::Duration;

/// The number of attempts, if no earlier one can have reached the server.
const ATTEMPTS: u32 = 3;
/// The time before the second attempt. It doubles with each attempt that follows.
const BACKOFF: Duration = Duration::from_millis(100);

/// A client of the endpoints.
pub trait Sends: Fetches + 'static {
    /// Waits before another attempt.
    fn pause(&self, time: Duration) -> BoxFuture<'_, ()>;

    /// Sends an operation.
    fn get_client_token(&self, operation: GetClientToken) -> BoxFuture<'_, Result<GetClientTokenResponse, Error>>;
}

impl Sends for Client {
    fn pause(&self, time: Duration) -> BoxFuture<'_, ()> {
        self.transport().sleep(time, SleepPurpose::Backoff)
    }

    fn get_client_token(&self, operation: GetClientToken) -> BoxFuture<'_, Result<GetClientTokenResponse, Error>> {
        Box::pin(async move { operation.send(self).await })
    }
}

impl Sends for blocking::Client {
    fn pause(&self, time: Duration) -> BoxFuture<'_, ()> {
        self.transport().sleep(time);
        Box::pin(ready(()))
    }

    fn get_client_token(&self, operation: GetClientToken) -> BoxFuture<'_, Result<GetClientTokenResponse, Error>> {
        Box::pin(ready(operation.send_blocking(self)))
    }
}

/// Sends a request. It is sent again only if it is proven that the server did not receive it, since a code works once and
/// a refresh may replace the token, and if another attempt can succeed.
pub(super) async fn send<C: Sends>(
    client: &C,
    prepared: &Prepared,
    timeout: Duration,
) -> Result<Response<Body>, OAuthError> {
    let (began, mut attempt, mut backoff) = (now(client), 1, BACKOFF);
    loop {
        let left = timeout.saturating_sub(now(client).saturating_sub(began));
        match client.send(prepared.request.clone(), left).await {
            Ok(response) => return Ok(response),
            Err(error) => {
                let can_be_repeated = error.is_transient() && !error.may_have_been_sent();
                if !can_be_repeated || attempt == ATTEMPTS || left <= backoff {
                    return Err(OAuthError::transport(error));
                }
                client.pause(backoff).await;
            }
        }
        attempt += 1;
        backoff *= 2;
    }
}

/// Returns the time on the clock of the transport.
fn now(client: &impl Sends) -> Duration {
    client.now()
}

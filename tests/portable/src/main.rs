//! Calls an operation over an in-memory transport. Built for `wasm32-unknown-unknown`, the program has no imports. It
//! exits with 0 on success (`cargo x portable`).

use cognito_op::transport::{BoxFuture, SleepPurpose, Timeouts, Transport, TransportError};
use cognito_op::{Body, Client, Config, Error, cognito_op, cognito_shape};
use http::{Request, Response};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// Resends the confirmation code.
#[cognito_op(target = "ResendConfirmationCode")]
pub struct ResendConfirmationCode {
    /// The app client.
    #[len]
    #[pattern]
    pub client_id: String,
    /// The user.
    #[len]
    #[pattern]
    pub username: String,
    /// The secret hash.
    pub secret_hash: Option<String>,
}

/// The response of `ResendConfirmationCode`.
#[cognito_shape(output)]
pub struct ResendConfirmationCodeResponse {
    /// The details of the delivery.
    pub code_delivery_details: Option<CodeDeliveryDetails>,
}

/// The details of the delivery of a code.
#[cognito_shape(output)]
pub struct CodeDeliveryDetails {
    /// The masked destination.
    pub destination: Option<String>,
}

/// An in-memory transport. It rejects the first request with the status 429, and its clock advances each time it is
/// read.
#[derive(Default)]
struct Memory {
    requests: AtomicU32,
    ticks: AtomicU32,
}

impl Memory {
    fn answer(&self) -> Response<Body> {
        let mut response = Response::new(Body::from(r#"{"CodeDeliveryDetails":{"Destination":"a***"}}"#));
        if self.requests.fetch_add(1, Ordering::Relaxed) == 0 {
            *response.status_mut() = http::StatusCode::TOO_MANY_REQUESTS;
        }
        response
    }
}

impl Transport for Memory {
    fn send(&self, _: Request<Body>, _: Timeouts) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async { Ok(self.answer()) })
    }

    fn sleep(&self, _: Duration, _: SleepPurpose) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }

    fn now(&self) -> Duration {
        Duration::from_millis(self.ticks.fetch_add(1, Ordering::Relaxed).into())
    }
}

/// Runs the checks. Returns the number of the check that failed.
fn run() -> Result<(), u8> {
    let failed = |number: u8| move |_: Error| number;
    let operation = ResendConfirmationCode::new("1example23456789", "alice");

    let config = Config::builder().region("eu-west-1").app_client("1example23456789", "secret");
    let (request, reader) = config.build().and_then(|config| config.prepare(&operation)).map_err(failed(1))?;
    let hash = b"\"SecretHash\":\"SRSokfDPYgNH3Tm3eRbqKCsFZg9Ia07+tqRIgXhLH5s=\"";
    if !request.body().as_bytes().windows(hash.len()).any(|part| part == hash) {
        return Err(2);
    }
    reader.read(&Response::new(Body::from("{}"))).map_err(failed(3))?;

    let client = Client::builder().region("eu-west-1").build_with(Memory::default()).map_err(failed(4))?;
    let mut call = std::pin::pin!(client.call(&operation).send());
    let Poll::Ready(reply) = call.as_mut().poll(&mut Context::from_waker(Waker::noop())) else { return Err(5) };
    let reply = reply.map_err(failed(6))?;
    let destination = reply.value.code_delivery_details.and_then(|details| details.destination);
    if (reply.meta.attempts, destination.as_deref()) != (2, Some("a***")) {
        return Err(7);
    }
    match ResendConfirmationCode::new("not an id", "").validate() {
        Err(violations) if violations.iter().count() == 3 => Ok(()),
        _ => Err(8),
    }
}

fn main() -> ExitCode {
    run().map_or_else(ExitCode::from, |()| ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_program_runs_on_the_host() {
        assert_eq!(super::run(), Ok(()));
    }
}

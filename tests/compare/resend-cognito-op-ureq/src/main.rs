//! Resends a confirmation code with cognito-op, without an async runtime.

#[path = "../../resend-cognito-op/src/resend.rs"]
mod resend;

use cognito_op::blocking::{Client, Transport};
use cognito_op::transport::{Timeouts, TransportError};
use cognito_op::{Body, http};
use driver::{ANSWER, HEADERS, Mode, Outcome};
use http::{Request, Response};
use std::time::{Duration, Instant};

/// A transport that returns the same response to every request.
struct Canned {
    response: Response<Body>,
    begun: Instant,
}

impl Canned {
    fn new() -> Result<Self, http::Error> {
        let mut response = Response::builder().header("content-length", ANSWER.len());
        for (name, value) in HEADERS {
            response = response.header(name, value);
        }
        Ok(Self { response: response.body(Body::from(ANSWER))?, begun: Instant::now() })
    }
}

impl Transport for Canned {
    fn send(&self, _: Request<Body>, _: Timeouts) -> Result<Response<Body>, TransportError> {
        Ok(self.response.clone())
    }

    fn sleep(&self, _: Duration) {}

    fn now(&self) -> Duration {
        self.begun.elapsed()
    }
}

fn main() -> Outcome {
    let (user, mode) = driver::arguments();
    let builder = Client::builder().endpoint(&user.endpoint).app_client(&user.client_id, &user.secret);
    let client = match mode {
        Mode::Cpu(_) => builder.build_with(Canned::new()?)?,
        _ => builder.build()?,
    };
    driver::run_blocking(mode, || resend::operation(&user).send_blocking(&client));
    Ok(())
}

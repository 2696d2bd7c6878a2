//! Resends a confirmation code with cognito-op.

mod resend;

use cognito_op::transport::{BoxFuture, Deadline, Transport, TransportError};
use cognito_op::{Body, Client, http};
use driver::{ANSWER, HEADERS, Mode, Outcome};
use http::{Request, Response};
use std::sync::Arc;
use std::time::Duration;

/// Answers at once.
struct Canned(Response<Body>);

impl Canned {
    fn new() -> Result<Self, http::Error> {
        let mut response = Response::builder().header("content-length", ANSWER.len());
        for (name, value) in HEADERS {
            response = response.header(name, value);
        }
        response.body(Body::from(ANSWER)).map(Self)
    }
}

impl Transport for Canned {
    fn send(&self, _: Request<Body>, _: Deadline) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async { Ok(self.0.clone()) })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

fn main() -> Outcome {
    let (user, mode) = driver::arguments();
    driver::block_on(async {
        let builder = Client::builder().endpoint(&user.endpoint).app_client(&user.client_id, &user.secret);
        let client = match mode {
            Mode::Cpu(_) => builder.build_with(Canned::new()?)?,
            _ => builder.build()?,
        };
        let both = Arc::new((client, user));
        let call = move || {
            let both = Arc::clone(&both);
            async move { resend::operation(&both.1).send(&both.0).await }
        };
        driver::run(mode, call).await;
        Ok(())
    })
}

//! Resends a confirmation code with cognito-op.

mod resend;

use cognito_op::transport::{BoxFuture, SleepPurpose, Timeouts, Transport, TransportError};
use cognito_op::{Body, Client, http};
use driver::{ANSWER, HEADERS, Mode, Outcome};
use http::{Request, Response};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A transport that returns the same response to every request. It has the same clock as the default transport.
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
    fn send(&self, _: Request<Body>, _: Timeouts) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async { Ok(self.response.clone()) })
    }

    fn sleep(&self, duration: Duration, _: SleepPurpose) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn now(&self) -> Duration {
        self.begun.elapsed()
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

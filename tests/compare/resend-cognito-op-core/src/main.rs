//! Resends a confirmation code with the core of cognito-op, which creates requests and reads responses, over
//! handwritten connections.

#[path = "../../resend-by-hand/src/connections.rs"]
mod connections;
#[path = "../../resend-cognito-op/src/resend.rs"]
mod resend;

use cognito_op::{Body, Config};
use connections::{Connections, Failure};
use driver::{Mode, Outcome, User};
use http_body_util::Full;
use resend::ResendConfirmationCodeResponse;
use std::sync::Arc;

async fn send(
    config: &Config,
    connections: &Connections,
    user: &User,
) -> Result<ResendConfirmationCodeResponse, Failure> {
    let (request, exchange) = config.prepare(&resend::operation(user))?;
    let response = connections.post(request.map(|body| Full::new(body.into_bytes()))).await?;
    Ok(exchange.read(&response.map(Body::from))?)
}

fn main() -> Outcome {
    let (user, mode) = driver::arguments();
    driver::block_on(async {
        let connections = match mode {
            Mode::Cpu(_) => Connections::canned()?,
            _ => Connections::pooled(),
        };
        let builder = Config::builder().endpoint(&user.endpoint).app_client(&user.client_id, &user.secret);
        let all = Arc::new((builder.build()?, connections, user));
        let call = move || {
            let all = Arc::clone(&all);
            async move { send(&all.0, &all.1, &all.2).await }
        };
        driver::run(mode, call).await;
        Ok(())
    })
}

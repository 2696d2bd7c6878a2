//! Resends a confirmation code without a client for Cognito.

mod connections;
mod resend;

use connections::Connections;
use driver::{Mode, Outcome};
use resend::Client;
use std::sync::Arc;

fn main() -> Outcome {
    let (user, mode) = driver::arguments();
    driver::block_on(async {
        let connections = match mode {
            Mode::Cpu(_) => Connections::canned()?,
            _ => Connections::pooled(),
        };
        let client = Client::new(user.endpoint.parse()?, &user.secret, connections);
        let both = Arc::new((client, user));
        let call = move || {
            let both = Arc::clone(&both);
            async move { both.0.resend(&both.1).await }
        };
        driver::run(mode, call).await;
        Ok(())
    })
}

//! Resets a forgotten password. Run `cargo run --example forgot_password`; the option `--help` lists the arguments.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op_example_service::{Arguments, Example, Outcome, code, run, service};
use cognito_userpools::operations::{ConfirmForgotPassword, ForgotPassword};
use cognito_userpools::sign_in::SignIn;
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let example = Example {
        name: "forgot_password",
        about: "Sets a new password with a code that the service sends, and signs in with it.",
        username: service::CONFIRMED,
        password: Some("Another-Horse-8"),
        email: None,
    };
    run(example, forgot_password).await
}

async fn forgot_password(arguments: Arguments) -> Outcome {
    let (client, service) = arguments.connect()?;
    let user_pool_id = arguments.get("--user-pool-id")?;
    let (username, new_password) = (arguments.get("--username")?, arguments.get("COGNITO_PASSWORD")?);

    let sent = ForgotPassword::new(&username).send(&client).await?;
    let destination = sent.code_delivery_details.and_then(|details| details.destination);
    println!("A code was sent to {}.", destination.as_deref().unwrap_or("an unknown destination"));

    let code = code(service.as_ref(), "the code from the message")?;
    ConfirmForgotPassword::new(&username, code, &new_password).send(&client).await?;
    println!("{username} has a new password.");

    let step = SignIn::user_srp_auth(user_pool_id, &username, new_password).start(&client).await?;
    step.into_tokens()?;
    println!("{username} has signed in with the new password.");
    Ok(())
}

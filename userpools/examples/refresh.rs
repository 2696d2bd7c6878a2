//! Refreshes tokens and revokes the refresh token. Run `cargo run --example refresh`; the option `--help` lists the arguments.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op_example_service::{Arguments, Example, Outcome, code, run, service};
use cognito_userpools::Reason;
use cognito_userpools::operations::RevokeToken;
use cognito_userpools::sign_in::{SignIn, Step};
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let example = Example {
        name: "refresh",
        about: "Signs in, refreshes the tokens, revokes the refresh token, and shows that the service then rejects it.",
        username: service::CONFIRMED,
        password: Some(service::PASSWORD),
        email: None,
    };
    run(example, refresh).await
}

async fn refresh(arguments: Arguments) -> Outcome {
    let (client, service) = arguments.connect()?;
    let user_pool_id = arguments.get("--user-pool-id")?;
    let (username, password) = (arguments.get("--username")?, arguments.get("COGNITO_PASSWORD")?);

    let mut step = SignIn::user_srp_auth(user_pool_id, &username, password).start(&client).await?;
    if let Step::SoftwareTokenMfa(challenge) = step {
        step = challenge.answer(&client, code(service.as_ref(), "the code from the app")?).await?;
    }
    let tokens = step.into_tokens()?;
    println!("{username} has signed in.");

    let refreshed = tokens.refresh().ok_or("the response contained no refresh token")?.send(&client).await?;
    println!("The tokens were refreshed and expire in {:?}.", refreshed.expires_in.unwrap_or_default());

    let refresh_token = tokens.refresh_token.as_deref().unwrap_or_default();
    RevokeToken::new(refresh_token).send(&client).await?;
    let outcome = tokens.refresh().ok_or("the response contained no refresh token")?.send(&client).await;
    match outcome {
        Err(error) if error.reason() == Reason::RefreshTokenRevoked => {
            println!("The revoked token was rejected: {error}");
        }
        Err(error) => return Err(error.into()),
        Ok(_) => return Err("the service accepted a revoked refresh token".into()),
    }
    Ok(())
}

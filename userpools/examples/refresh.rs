//! Gets new tokens for a refresh token, and revokes it: `cargo run --example refresh`, and `-- --help` for what else
//! it does.

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
        about: "Signs in, gets new tokens for the refresh token, revokes it, and shows that it is then refused.",
        username: service::CONFIRMED,
        password: Some(service::PASSWORD),
        email: None,
    };
    run(example, refresh).await
}

async fn refresh(arguments: Arguments) -> Outcome {
    let (client, service) = arguments.connect()?;
    let (client_id, user_pool_id) = (arguments.get("--client-id")?, arguments.get("--user-pool-id")?);
    let (username, password) = (arguments.get("--username")?, arguments.get("COGNITO_PASSWORD")?);

    let mut step = SignIn::user_srp_auth(user_pool_id, &username, password).start(&client).await?;
    if let Step::SoftwareTokenMfa(challenge) = step {
        step = challenge.answer(&client, code(service.as_ref(), "the code that the app shows")?).await?;
    }
    let tokens = step.into_tokens()?;
    println!("{username} has signed in.");

    let refreshed = tokens.refresh().ok_or("there is no refresh token")?.send(&client).await?;
    println!("There are new tokens, good for {:?}.", refreshed.expires_in.unwrap_or_default());

    let refresh_token = tokens.refresh_token.as_deref().unwrap_or_default();
    RevokeToken::new(client_id, refresh_token).send(&client).await?;
    let refused = tokens.refresh().ok_or("there is no refresh token")?.send(&client).await;
    match refused {
        Err(error) if error.reason() == Reason::RefreshTokenRevoked => println!("Revoked, it is refused: {error}"),
        Err(error) => return Err(error.into()),
        Ok(_) => return Err("a revoked token gave new ones".into()),
    }
    Ok(())
}

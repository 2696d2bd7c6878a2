//! Keeps a user signed in over a restart. Run `cargo run --example session --features session`; the option `--help`
//! lists the arguments.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op_example_service::{Arguments, Example, Outcome, code, run, service};
use cognito_userpools::operations::GetUser;
use cognito_userpools::session::{FileStore, Session, SessionError};
use cognito_userpools::sign_in::{SignIn, Step};
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let example = Example {
        name: "session",
        about: "Signs in, keeps the session in a file, restores it as a restarted program does, and signs out.",
        username: service::CONFIRMED,
        password: Some(service::PASSWORD),
        email: None,
    };
    run(example, session).await
}

async fn session(arguments: Arguments) -> Outcome {
    let (client, service) = arguments.connect()?;
    let user_pool_id = arguments.get("--user-pool-id")?;
    let (username, password) = (arguments.get("--username")?, arguments.get("COGNITO_PASSWORD")?);
    let name = format!("cognito-session-{}.json", std::process::id());
    let store = FileStore::new(std::env::temp_dir().join(name));

    let mut step = SignIn::user_srp_auth(user_pool_id, &username, password).start(&client).await?;
    if let Step::SoftwareTokenMfa(challenge) = step {
        step = challenge.answer(&client, code(service.as_ref(), "the code from the app")?).await?;
    }
    let session = Session::builder(&client).store(store.clone()).build();
    session.sign_in(step.into_tokens()?).await?;
    println!("{username} has signed in. The session is in {}.", store.path().display());
    drop(session);

    // After a restart:
    let session = Session::builder(&client).store(store).build();
    let user = GetUser::new(session.access_token().await?).send(&client).await?;
    println!("{} is still signed in.", user.username);
    let tokens = session.refresh().await?;
    println!("The tokens were refreshed and expire in {:?}.", tokens.expires_in.unwrap_or_default());

    session.sign_out().await?;
    match session.access_token().await {
        Err(SessionError::SignedOut(reason)) => println!("The user has to sign in again: {reason}"),
        Err(error) => return Err(error.into()),
        Ok(_) => return Err("the session returned a token after the sign-out".into()),
    }
    match GetUser::new(tokens.access_token).send(&client).await {
        Err(error) => println!("The service rejects the token: {error}"),
        Ok(_) => return Err("the service accepted a revoked access token".into()),
    }
    Ok(())
}

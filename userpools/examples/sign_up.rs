//! Signs a user up and in. Run `cargo run --example sign_up`; the option `--help` lists the arguments.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op_example_service::{Arguments, Example, Outcome, code, run};
use cognito_userpools::operations::{ConfirmSignUp, SignUp};
use cognito_userpools::sign_in::{SignIn, UnverifiedClaims};
use std::process::ExitCode;
use std::time::UNIX_EPOCH;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let example = Example {
        name: "sign_up",
        about: "Signs a user up, confirms the sign-up with a code that the service sends, and signs in.",
        username: "carol",
        password: Some("Correct-Horse-7"),
        email: Some("carol@example.com"),
    };
    run(example, sign_up).await
}

async fn sign_up(arguments: Arguments) -> Outcome {
    let (client, service) = arguments.connect()?;
    let user_pool_id = arguments.get("--user-pool-id")?;
    let (username, password) = (arguments.get("--username")?, arguments.get("COGNITO_PASSWORD")?);

    let signed_up = SignUp::new(&username)
        .password(&password)
        .user_attributes([("email", arguments.get("--email")?)])
        .send(&client)
        .await?;
    println!("{username} has signed up.");

    if !signed_up.user_confirmed {
        let code = code(service.as_ref(), "the code from the message")?;
        ConfirmSignUp::new(&username, code).send(&client).await?;
        println!("{username} is confirmed.");
    }

    let step = SignIn::user_srp_auth(user_pool_id, &username, password).start(&client).await?;
    let tokens = step.into_tokens()?;
    let claims = UnverifiedClaims::read(&tokens.access_token)?;
    let expires = claims.exp().ok_or("the access token has no expiry")?.duration_since(UNIX_EPOCH)?.as_secs();
    println!("{username} has signed in: sub {}, exp {expires}", claims.sub().unwrap_or("none"));
    Ok(())
}

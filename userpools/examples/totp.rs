//! Sets up an authenticator app as second factor. Run `cargo run --example totp`; the option `--help` lists the arguments.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op_example_service::{Arguments, Example, Outcome, code, run, service};
use cognito_userpools::operations::{
    AssociateSoftwareToken, SetUserMFAPreference, SoftwareTokenMfaSettingsType, VerifySoftwareToken,
};
use cognito_userpools::sign_in::{SignIn, Step};
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let example = Example {
        name: "totp",
        about: "Signs in, sets up an authenticator app as second factor, and signs in with it.",
        username: service::CONFIRMED,
        password: Some(service::PASSWORD),
        email: None,
    };
    run(example, totp).await
}

async fn totp(arguments: Arguments) -> Outcome {
    let (client, service) = arguments.connect()?;
    let (username, password) = (arguments.get("--username")?, arguments.get("COGNITO_PASSWORD")?);
    let user_pool_id = arguments.get("--user-pool-id")?;
    let sign_in = || SignIn::user_srp_auth(&user_pool_id, &username, &password).start(&client);

    let tokens = sign_in().await?.into_tokens()?;
    println!("{username} has signed in with a password.");

    let shared = AssociateSoftwareToken::new().access_token(&tokens.access_token).send(&client).await?;
    println!(
        "Enter this key in the authenticator app: {}",
        shared.secret_code.ok_or("the response contained no secret")?
    );
    let first = code(service.as_ref(), "the code from the app")?;
    VerifySoftwareToken::new(first).access_token(&tokens.access_token).send(&client).await?;
    let settings = SoftwareTokenMfaSettingsType::new().enabled(true).preferred_mfa(true);
    SetUserMFAPreference::new(tokens.access_token).software_token_mfa_settings(settings).send(&client).await?;
    println!("The authenticator app is set up.");

    let Step::SoftwareTokenMfa(challenge) = sign_in().await? else {
        return Err("the service did not ask for a code; multi-factor authentication is off in the pool".into());
    };
    // The service accepts each code once.
    let next = code(service.as_ref(), "the next code from the app")?;
    let step = challenge.answer(&client, next).await?;
    step.into_tokens()?;
    println!("{username} has signed in with a password and a code.");
    Ok(())
}

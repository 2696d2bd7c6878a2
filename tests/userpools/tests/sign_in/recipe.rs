use cognito_userpools::sign_in::{SignIn, Step, Tokens};
use cognito_userpools::{Client, ErrorKind};
use std::error::Error;

/// Signs a user in. `ask` returns what the user enters.
pub async fn sign_in(
    client: &Client,
    name: &str,
    ask: impl Fn(&str) -> String,
) -> Result<Tokens, Box<dyn Error>> {
    let sign_in = SignIn::user_srp_auth("eu-west-1_Ab12Cd34", name, ask("password"));
    let mut step = sign_in.start(client).await?;
    loop {
        step = match step {
            Step::SignedIn(tokens) => return Ok(tokens),
            Step::NewPasswordRequired(challenge) => {
                challenge.answer(client, ask("new password")).await?
            }
            Step::EmailOtp(challenge) | Step::SoftwareTokenMfa(challenge) => {
                match challenge.answer(client, ask("code")).await {
                    // After a wrong code, the challenge can be answered again.
                    Err(error) if error.kind() == ErrorKind::CodeMismatch => {
                        error.into_challenge()?.into()
                    }
                    step => step?,
                }
            }
            other => return Err(format!("unsupported challenge: {other:?}").into()),
        };
    }
}

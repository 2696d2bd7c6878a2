use cognito_userpools::sign_in::{SignIn, Step, Tokens};
use cognito_userpools::{Client, ErrorKind};
use std::error::Error;

/// Signs a user in, and asks for whatever the pool wants beside the password.
pub async fn sign_in(client: &Client, name: &str, ask: impl Fn(&str) -> String) -> Result<Tokens, Box<dyn Error>> {
    let mut step = SignIn::user_srp_auth("eu-west-1_Ab12Cd34", name, ask("password")).start(client).await?;
    loop {
        step = match step {
            Step::SignedIn(tokens) => return Ok(tokens),
            Step::NewPasswordRequired(challenge) => challenge.answer(client, ask("new password")).await?,
            Step::SmsMfa(challenge) | Step::EmailOtp(challenge) | Step::SoftwareTokenMfa(challenge) => {
                match challenge.answer(client, ask("code")).await {
                    // A wrong code does not end the sign-in.
                    Err(refused) if refused.error().kind() == ErrorKind::CodeMismatch => refused.again()?.into(),
                    step => step?,
                }
            }
            other => return Err(format!("this program cannot answer {other:?}").into()),
        };
    }
}

//! Resends a confirmation code with cognito-userpools, and verifies an access token with jsonwebtokens-cognito.

use cognito_userpools::Client;
use cognito_userpools::operations::ResendConfirmationCode;
use driver::{Outcome, TokenUser};
use jsonwebtokens_cognito::KeySet;

fn main() -> Outcome {
    let user = TokenUser::from_arguments();
    driver::block_on(async {
        let client = Client::builder().endpoint(&user.endpoint).app_client(&user.client_id, &user.secret).build()?;
        // This crate fetches the keys from the service and does not accept other keys.
        if user.keys.is_empty() {
            verify(&user).await?;
        }
        let outcome = client.send(&ResendConfirmationCode::new(&user.username)).await;
        println!("ResendConfirmationCode {outcome:?}");
        Ok(())
    })
}

async fn verify(user: &TokenUser) -> Outcome {
    let keys = KeySet::new("eu-west-1", driver::POOL)?;
    let verifier = keys.new_access_token_verifier(&[&user.client_id]).build()?;
    let claims = keys.verify(&user.token, &verifier).await?;
    driver::accept(claims["username"].as_str())
}

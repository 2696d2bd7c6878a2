//! Resends a confirmation code and, with the feature `verify`, verifies an access token: both with cognito-userpools.

use cognito_userpools::Client;
use cognito_userpools::operations::ResendConfirmationCode;
use driver::{Outcome, TokenUser};

fn main() -> Outcome {
    let user = TokenUser::from_arguments();
    driver::block_on(async {
        let client = Client::builder().endpoint(&user.endpoint).app_client(&user.client_id, &user.secret).build()?;
        #[cfg(feature = "verify")]
        verify(&client, &user).await?;
        let outcome = client.send(&ResendConfirmationCode::new(&user.username)).await;
        println!("ResendConfirmationCode {outcome:?}");
        Ok(())
    })
}

#[cfg(feature = "verify")]
async fn verify(client: &Client, user: &TokenUser) -> Outcome {
    use cognito_userpools::verify::Verifier;
    let verifier = Verifier::builder().user_pool(driver::POOL).client_id(&user.client_id).build(client)?;
    verifier.cache_keys(driver::POOL, &user.keys)?;
    driver::accept(verifier.access_token(&user.token).await?.username())
}

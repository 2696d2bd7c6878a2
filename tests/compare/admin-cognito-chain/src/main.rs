//! Gets a user with cognito-userpools, and signs the request with credentials of the chain.

use cognito_userpools::Client;
use cognito_userpools::admin::AdminGetUser;
use driver::{Outcome, POOL};

fn main() -> Outcome {
    let (user, _) = driver::arguments();
    driver::block_on(async {
        let builder = Client::builder().region("eu-west-1").endpoint(&user.endpoint);
        #[cfg(feature = "chain")]
        let builder = builder.credentials(cognito_userpools::credentials::Chain::from_env());
        #[cfg(not(feature = "chain"))]
        let builder = builder.credentials(cognito_userpools::Credentials::from_env()?);
        let client = builder.build()?;
        let outcome = AdminGetUser::new(POOL, &user.username).send(&client).await;
        println!("AdminGetUser {outcome:?}");
        Ok(())
    })
}

//! Gets a user with cognito-userpools, and signs the request with credentials from the environment.

use cognito_userpools::admin::AdminGetUser;
use cognito_userpools::{Client, Credentials};
use driver::{Outcome, POOL};

fn main() -> Outcome {
    let (user, _) = driver::arguments();
    driver::block_on(async {
        let builder = Client::builder().region("eu-west-1").endpoint(&user.endpoint);
        let client = builder.credentials(Credentials::from_env()?).build()?;
        let outcome = AdminGetUser::new(POOL, &user.username).send(&client).await;
        println!("AdminGetUser {outcome:?}");
        Ok(())
    })
}

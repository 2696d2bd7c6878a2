//! Gets a user with cognito-op. With the feature `signed`, the request is signed with credentials from the environment.

use cognito_op::{Client, Error, cognito_op, cognito_shape};
use driver::{Outcome, POOL, User};

#[cognito_op(target = "AdminGetUser", signed)]
pub struct AdminGetUser {
    #[len]
    #[pattern]
    pub user_pool_id: String,
    #[len]
    #[pattern]
    pub username: String,
}

#[cognito_shape]
pub struct AdminGetUserResponse {
    pub username: Option<String>,
    pub user_attributes: Option<Vec<AttributeType>>,
    pub enabled: Option<bool>,
}

#[cognito_shape]
pub struct AttributeType {
    pub name: String,
    pub value: Option<String>,
}

fn main() -> Outcome {
    let (user, _) = driver::arguments();
    driver::block_on(async {
        let client = client(&user)?;
        let outcome = AdminGetUser::new(POOL, &user.username).send(&client).await;
        println!("AdminGetUser {outcome:?}");
        Ok(())
    })
}

#[cfg(feature = "signed")]
fn client(user: &User) -> Result<Client, Error> {
    let credentials = cognito_op::Credentials::from_env()?;
    Client::builder().region("eu-west-1").endpoint(&user.endpoint).credentials(credentials).build()
}

#[cfg(not(feature = "signed"))]
fn client(user: &User) -> Result<Client, Error> {
    use cognito_op::transport::BoxFuture;
    use cognito_op::{Body, Sign, SignError, http::Request};

    /// Leaves requests without a signature.
    struct Unsigned;

    impl Sign for Unsigned {
        fn sign<'a>(&'a self, _: &'a mut Request<Body>) -> BoxFuture<'a, Result<(), SignError>> {
            Box::pin(async { Ok(()) })
        }
    }

    Ok(Client::builder().region("eu-west-1").endpoint(&user.endpoint).build()?.with_signer(Unsigned))
}

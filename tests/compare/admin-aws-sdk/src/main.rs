//! Gets a user with the AWS SDK, and signs the request with credentials from the environment.

use aws_credential_types::Credentials;
use aws_sdk_cognitoidentityprovider::config::{BehaviorVersion, Region};
use aws_sdk_cognitoidentityprovider::{Client, Config};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode};
use driver::{Outcome, POOL};
use std::env::{VarError, var};

fn main() -> Outcome {
    let (user, _) = driver::arguments();
    driver::block_on(async {
        let tls = TlsContext::builder().with_trust_store(TrustStore::empty()).build()?;
        let http = Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(tls).build_https();
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(&user.endpoint)
            .region(Region::from_static("eu-west-1"))
            .credentials_provider(credentials()?)
            .http_client(http);
        let client = Client::from_conf(config.build());
        let outcome = client.admin_get_user().user_pool_id(POOL).username(&user.username).send().await;
        println!("AdminGetUser {outcome:?}");
        Ok(())
    })
}

fn credentials() -> Result<Credentials, VarError> {
    let (id, secret) = (var("AWS_ACCESS_KEY_ID")?, var("AWS_SECRET_ACCESS_KEY")?);
    Ok(Credentials::from_keys(id, secret, var("AWS_SESSION_TOKEN").ok()))
}

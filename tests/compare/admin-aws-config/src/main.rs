//! Gets a user with the AWS SDK, and signs the request with the credentials that aws-config finds.

use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::config::{BehaviorVersion, Region};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode};
use driver::{Outcome, POOL};

fn main() -> Outcome {
    let (user, _) = driver::arguments();
    driver::block_on(async {
        let tls = TlsContext::builder().with_trust_store(TrustStore::empty()).build()?;
        let http = Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(tls).build_https();
        let config = aws_config::defaults(BehaviorVersion::latest())
            .endpoint_url(&user.endpoint)
            .region(Region::from_static("eu-west-1"))
            .http_client(http);
        let client = Client::new(&config.load().await);
        let outcome = client.admin_get_user().user_pool_id(POOL).username(&user.username).send().await;
        println!("AdminGetUser {outcome:?}");
        Ok(())
    })
}

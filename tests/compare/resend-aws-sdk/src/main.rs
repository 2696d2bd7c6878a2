//! Resends a confirmation code with the AWS SDK.

mod resend;

use aws_sdk_cognitoidentityprovider::config::{BehaviorVersion, Region, SharedHttpClient};
use aws_sdk_cognitoidentityprovider::{Client, Config};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use driver::{ANSWER, HEADERS, Mode, Outcome};
use std::sync::Arc;

/// Answers at once.
#[derive(Debug)]
struct Canned(StatusCode);

impl HttpConnector for Canned {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let mut response = HttpResponse::new(self.0, SdkBody::from(ANSWER));
        for (name, value) in HEADERS {
            response.headers_mut().insert(name, value);
        }
        HttpConnectorFuture::ready(Ok(response))
    }
}

impl Canned {
    fn client() -> Result<SharedHttpClient, Box<dyn std::error::Error>> {
        let connector = SharedHttpConnector::new(Self(StatusCode::try_from(200)?));
        Ok(http_client_fn(move |_, _| connector.clone()))
    }
}

/// What sends requests, unless it is what the SDK takes by itself.
#[cfg(not(feature = "usual"))]
fn http_client() -> Option<SharedHttpClient> {
    use aws_smithy_http_client::{Builder, tls::Provider, tls::rustls_provider::CryptoMode};
    Some(Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https())
}

#[cfg(feature = "usual")]
fn http_client() -> Option<SharedHttpClient> {
    None
}

fn main() -> Outcome {
    let (user, mode) = driver::arguments();
    driver::block_on(async {
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(&user.endpoint)
            .region(Region::from_static("eu-west-1"));
        config.set_http_client(match mode {
            Mode::Cpu(_) => Some(Canned::client()?),
            _ => http_client(),
        });
        let both = Arc::new((Client::from_conf(config.build()), user));
        let call = move || {
            let both = Arc::clone(&both);
            async move { resend::resend(&both.0, &both.1).await }
        };
        driver::run(mode, call).await;
        Ok(())
    })
}

//! Resends a confirmation code with the AWS SDK.

mod resend;

use aws_sdk_cognitoidentityprovider::config::{BehaviorVersion, Region, SharedHttpClient};
use aws_sdk_cognitoidentityprovider::{Client, Config};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::http::{Headers, StatusCode};
use aws_smithy_types::body::SdkBody;
use driver::{ANSWER, HEADERS, Mode, Outcome};
use std::sync::Arc;

/// A connector that returns the same response to every request.
#[derive(Debug)]
struct Canned {
    status: StatusCode,
    headers: Headers,
}

impl HttpConnector for Canned {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let mut response = HttpResponse::new(self.status, SdkBody::from(ANSWER));
        *response.headers_mut() = self.headers.clone();
        HttpConnectorFuture::ready(Ok(response))
    }
}

impl Canned {
    fn client() -> Result<SharedHttpClient, Box<dyn std::error::Error>> {
        let mut headers = Headers::new();
        headers.insert("content-length", ANSWER.len().to_string());
        for (name, value) in HEADERS {
            headers.insert(name, value);
        }
        let connector = SharedHttpConnector::new(Self { status: StatusCode::try_from(200)?, headers });
        Ok(http_client_fn(move |_, _| connector.clone()))
    }
}

/// Returns the HTTP client, or `None` for the default client of the SDK. The server does not use TLS, so the trust
/// store is empty and the system's certificates are not read.
#[cfg(not(feature = "usual"))]
fn http_client() -> Option<SharedHttpClient> {
    use aws_smithy_http_client::Builder;
    use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode};
    let tls = TlsContext::builder().with_trust_store(TrustStore::empty()).build().ok()?;
    Some(Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(tls).build_https())
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

//! Resends a confirmation code with Rusoto.

mod resend;

use driver::{ANSWER, HEADERS, Mode, Outcome};
use hyper_014::HeaderMap;
use hyper_014::client::HttpConnector;
use rusoto_cognito_idp::CognitoIdentityProviderClient;
use rusoto_core::request::{DispatchSignedRequestFuture, HttpResponse};
use rusoto_core::signature::SignedRequest;
use rusoto_core::{ByteStream, Client, DispatchSignedRequest, HttpClient, Region};
use std::sync::Arc;
use std::time::Duration;

/// A dispatcher that returns the same response to every request.
struct Canned(HeaderMap<String>);

impl Canned {
    fn new() -> Self {
        let mut headers = HeaderMap::default();
        headers.insert("content-length", ANSWER.len().to_string());
        for (name, value) in HEADERS {
            headers.insert(name, value.to_owned());
        }
        Self(headers)
    }
}

impl DispatchSignedRequest for Canned {
    fn dispatch(&self, _: SignedRequest, _: Option<Duration>) -> DispatchSignedRequestFuture {
        let body = ByteStream::from(ANSWER.as_bytes().to_vec());
        let response = HttpResponse { status: Default::default(), body, headers: self.0.clone() };
        Box::pin(async { Ok(response) })
    }
}

fn main() -> Outcome {
    let (user, mode) = driver::arguments();
    driver::block_on(async {
        let client = match mode {
            Mode::Cpu(_) => Client::new_not_signing(Canned::new()),
            _ if user.endpoint.starts_with("http:") => {
                let mut connector = HttpConnector::new();
                connector.set_nodelay(true);
                Client::new_not_signing(HttpClient::from_connector(connector))
            }
            _ => Client::new_not_signing(HttpClient::new()?),
        };
        let region = Region::Custom { name: "eu-west-1".to_owned(), endpoint: user.endpoint.clone() };
        let both = Arc::new((CognitoIdentityProviderClient::new_with_client(client, region), user));
        let call = move || {
            let both = Arc::clone(&both);
            async move { resend::resend(&both.0, &both.1).await }
        };
        driver::run(mode, call).await;
        Ok(())
    })
}

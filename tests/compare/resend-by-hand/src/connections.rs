//! The connections to the service, or a fixed response in their place.

use bytes::Bytes;
use driver::{ANSWER, HEADERS};
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

/// The error of a request without a response.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

pub enum Connections {
    /// hyper's pooled client.
    Pooled(Client<HttpsConnector<HttpConnector>, Full<Bytes>>),
    /// Returns the same response to every request.
    Canned(Response<Bytes>),
}

impl Connections {
    pub fn pooled() -> Self {
        let mut http = HttpConnector::new();
        http.set_nodelay(true);
        http.enforce_http(false);
        let https =
            HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().wrap_connector(http);
        Self::Pooled(Client::builder(TokioExecutor::new()).build(https))
    }

    pub fn canned() -> Result<Self, http::Error> {
        let mut response = Response::builder().header("content-length", ANSWER.len());
        for (name, value) in HEADERS {
            response = response.header(name, value);
        }
        response.body(Bytes::from_static(ANSWER.as_bytes())).map(Self::Canned)
    }

    pub async fn post(&self, request: Request<Full<Bytes>>) -> Result<Response<Bytes>, Failure> {
        match self {
            Self::Pooled(client) => {
                let (parts, body) = client.request(request).await?.into_parts();
                Ok(Response::from_parts(parts, body.collect().await?.to_bytes()))
            }
            Self::Canned(response) => Ok(response.clone()),
        }
    }
}

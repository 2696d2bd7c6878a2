//! A call of `ResendConfirmationCode`, with this crate and with handwritten code. The handwritten code has structs with
//! serde's derives, a request of the `http` crate whose constant parts are created once, a check of the status, and the
//! code and message of an error. It has no validation, no limits on time or size, and no retries. Both compute the
//! secret hash for each call and process its key only once.

#[path = "../../src/resend.rs"]
#[allow(dead_code, reason = "no call reads all members of the response")]
mod resend;

pub use self::resend::ResendConfirmationCode;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use cognito_op::transport::{BoxFuture, SleepPurpose, Timeouts, Transport, TransportError};
use cognito_op::{Body, Client, blocking};
use hmac::{Hmac, KeyInit, Mac};
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT};
use http::{Method, Request, Response, StatusCode, Uri};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::collections::BTreeMap;
use std::error::Error;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

pub const CLIENT_ID: &str = "1example23456789abcdefghij";
pub const SECRET: &str = "1example2345678901234567890123456789012345678901234567";
const USERNAME: &str = "alice@example.com";
pub const ANSWER: &str =
    r#"{"CodeDeliveryDetails":{"AttributeName":"email","DeliveryMedium":"EMAIL","Destination":"a***@e***"}}"#;
/// The headers of the response, except `content-length`.
pub const HEADERS: [(&str, &str); 4] = [
    ("date", "Tue, 14 Oct 2025 08:21:07 GMT"),
    ("content-type", "application/x-amz-json-1.1"),
    ("connection", "keep-alive"),
    ("x-amzn-requestid", "8f3c1d52-6a0b-4e9e-9c55-1f0d7c2b4a61"),
];

pub fn operation() -> ResendConfirmationCode {
    ResendConfirmationCode::new(CLIENT_ID, USERNAME)
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct RequestByHand {
    client_id: String,
    username: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    analytics_metadata: Option<AnalyticsMetadata>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_metadata: Option<BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_context_data: Option<UserContextData>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct AnalyticsMetadata {
    #[serde(skip_serializing_if = "Option::is_none")]
    analytics_endpoint_id: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct UserContextData {
    #[serde(skip_serializing_if = "Option::is_none")]
    ip_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoded_data: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ResponseByHand {
    pub code_delivery_details: Option<CodeDeliveryDetails>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CodeDeliveryDetails {
    pub destination: Option<String>,
    pub delivery_medium: Option<DeliveryMedium>,
    pub attribute_name: Option<String>,
}

#[derive(Deserialize)]
pub enum DeliveryMedium {
    #[serde(rename = "SMS")]
    Sms,
    #[serde(rename = "EMAIL")]
    Email,
    #[serde(other)]
    Other,
}

#[derive(Debug)]
pub enum ErrorByHand {
    Json(serde_json::Error),
    Transport(Box<dyn Error + Send + Sync>),
    Service { status: StatusCode, code: String, message: String },
}

#[derive(Default, Deserialize)]
struct Exception {
    #[serde(default, rename = "__type")]
    code: String,
    #[serde(default, alias = "Message")]
    message: String,
}

const JSON: HeaderValue = HeaderValue::from_static("application/x-amz-json-1.1");
const X_AMZ_TARGET: HeaderName = HeaderName::from_static("x-amz-target");
const TARGET: HeaderValue = HeaderValue::from_static("AWSCognitoIdentityProviderService.ResendConfirmationCode");
const AGENT: HeaderValue = HeaderValue::from_static("by-hand/0.0.0");

/// The values that are created once for all requests.
#[derive(Clone)]
pub struct AppClientByHand {
    endpoint: Uri,
    keyed: Hmac<Sha256>,
}

impl AppClientByHand {
    pub fn new(endpoint: Uri) -> Self {
        Self { endpoint, keyed: Hmac::new_from_slice(SECRET.as_bytes()).expect("HMAC accepts keys of any length") }
    }

    fn secret_hash(&self) -> String {
        let mut mac = self.keyed.clone();
        mac.update(USERNAME.as_bytes());
        mac.update(CLIENT_ID.as_bytes());
        BASE64_STANDARD.encode(mac.finalize().into_bytes())
    }

    /// Returns the request, with the body type of an HTTP client.
    pub fn request<B: From<Vec<u8>>>(&self) -> Result<Request<B>, ErrorByHand> {
        let operation = RequestByHand {
            client_id: CLIENT_ID.to_owned(),
            username: USERNAME.to_owned(),
            secret_hash: Some(self.secret_hash()),
            analytics_metadata: None,
            client_metadata: None,
            user_context_data: None,
        };
        let body = serde_json::to_vec(&operation).map_err(ErrorByHand::Json)?;
        let mut request = Request::new(B::from(body));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.endpoint.clone();
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, JSON);
        headers.insert(X_AMZ_TARGET, TARGET);
        headers.insert(USER_AGENT, AGENT);
        Ok(request)
    }
}

impl ResponseByHand {
    pub fn read(status: StatusCode, body: &[u8]) -> Result<Self, ErrorByHand> {
        if status != StatusCode::OK {
            let Exception { code, message } = serde_json::from_slice(body).unwrap_or_default();
            return Err(ErrorByHand::Service { status, code, message });
        }
        serde_json::from_slice(body).map_err(ErrorByHand::Json)
    }
}

/// A transport that returns the same response to every request.
#[derive(Clone)]
pub(crate) struct Canned(Response<Body>);

impl Canned {
    pub(crate) fn new() -> Self {
        let mut response = Response::builder();
        for (name, value) in HEADERS {
            response = response.header(name, value);
        }
        let response = response.header("content-length", ANSWER.len());
        Self(response.body(Body::from(ANSWER.to_owned())).expect("a response"))
    }
}

impl Transport for Canned {
    fn send(&self, _: Request<Body>, _: Timeouts) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async { Ok(self.0.clone()) })
    }

    fn sleep(&self, _: Duration, _: SleepPurpose) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

impl blocking::Transport for Canned {
    fn send(&self, _: Request<Body>, _: Timeouts) -> Result<Response<Body>, TransportError> {
        Ok(self.0.clone())
    }

    fn sleep(&self, _: Duration) {}

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

/// The same call with this crate and with handwritten code, over the same in-memory transport.
pub struct InMemory {
    client: Client,
    blocking_client: blocking::Client,
    by_hand: AppClientByHand,
    transport: Arc<dyn Transport>,
    blocking_transport: Arc<dyn blocking::Transport>,
}

impl InMemory {
    #[expect(clippy::new_without_default)]
    pub fn new() -> Self {
        let canned = Canned::new();
        let builder = Client::builder().region("eu-west-1").app_client(CLIENT_ID, SECRET);
        let blocking_builder = blocking::Client::builder().region("eu-west-1").app_client(CLIENT_ID, SECRET);
        let calls = Self {
            client: builder.build_with(canned.clone()).expect("a client"),
            blocking_client: blocking_builder.build_with(canned.clone()).expect("a client"),
            by_hand: AppClientByHand::new("https://cognito-idp.eu-west-1.amazonaws.com/".parse().expect("a URL")),
            transport: Arc::new(canned.clone()),
            blocking_transport: Arc::new(canned),
        };
        let (ours, _) = calls.client.config().prepare(&operation()).expect("a request");
        let by_hand: Request<Body> = calls.by_hand.request().expect("a request");
        assert_eq!(ours.body().as_bytes(), by_hand.body().as_bytes());
        assert!(calls.ours() && calls.by_hand() && calls.ours_blocking() && calls.by_hand_blocking());
        calls
    }

    #[inline(never)]
    pub fn ours(&self) -> bool {
        let sent = at_once(operation().send(&self.client)).expect("a response");
        sent.code_delivery_details.is_some_and(|details| details.attribute_name.as_deref() == Some("email"))
    }

    #[inline(never)]
    pub fn by_hand(&self) -> bool {
        is_expected(&at_once(self.send_by_hand()).expect("a response"))
    }

    #[inline(never)]
    pub fn ours_blocking(&self) -> bool {
        let sent = operation().send_blocking(&self.blocking_client).expect("a response");
        sent.code_delivery_details.is_some_and(|details| details.attribute_name.as_deref() == Some("email"))
    }

    #[inline(never)]
    pub fn by_hand_blocking(&self) -> bool {
        is_expected(&self.send_by_hand_blocking().expect("a response"))
    }

    async fn send_by_hand(&self) -> Result<ResponseByHand, ErrorByHand> {
        let request = self.by_hand.request()?;
        let response =
            self.transport.send(request, LIMITS).await.map_err(|error| ErrorByHand::Transport(error.into()))?;
        ResponseByHand::read(response.status(), response.body().as_bytes())
    }

    fn send_by_hand_blocking(&self) -> Result<ResponseByHand, ErrorByHand> {
        let request = self.by_hand.request()?;
        let response =
            self.blocking_transport.send(request, LIMITS).map_err(|error| ErrorByHand::Transport(error.into()))?;
        ResponseByHand::read(response.status(), response.body().as_bytes())
    }
}

const LIMITS: Timeouts = Timeouts::new(Duration::from_secs(3), Duration::from_secs(20), Duration::from_secs(30));

fn is_expected(sent: &ResponseByHand) -> bool {
    sent.code_delivery_details.as_ref().is_some_and(|details| details.attribute_name.as_deref() == Some("email"))
}

/// Polls a future once, and returns its output.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the future is pending"),
    }
}

//! The shared code of the targets: an operation with secrets, a response with a member of each kind, assertions about
//! errors, a secret, a transport, a simple JSON reader, and signed tokens.

pub mod json;
pub mod tokens;

use cognito_op::transport::{BlockingTransport, Timeouts, TransportError};
use cognito_op::{Body, Config, Error, ResponseReader, cognito_op, cognito_shape};
use http::{Request, Response};
use std::collections::{BTreeMap, HashMap};
use std::fmt::{Debug, Display};
use std::time::{Duration, SystemTime};

#[cognito_op(target = "SignUp", response = Answer, unmodeled)]
pub struct SignUp {
    pub client_id: String,
    pub username: String,
    pub password: Option<String>,
    pub user_attributes: Option<Vec<AttributeType>>,
    pub client_metadata: Option<BTreeMap<String, String>>,
}

#[cognito_shape]
pub struct AttributeType {
    pub name: String,
    pub value: Option<String>,
}

/// A response with a member of each kind, which is not part of the API.
#[cognito_shape(output)]
pub struct Answer {
    pub text: Option<String>,
    pub flag: Option<bool>,
    pub small: Option<i32>,
    pub large: Option<i64>,
    pub moment: Option<SystemTime>,
    pub blob: Option<Vec<u8>>,
    pub list: Option<Vec<Nested>>,
    pub map: Option<HashMap<String, Vec<String>>>,
    pub document: Option<serde_json::Value>,
    pub medium: Option<Medium>,
}

#[cognito_shape(output)]
pub struct Nested {
    pub needed: String,
    pub deep: Option<BTreeMap<String, NestedOption>>,
}

#[cognito_shape(output)]
pub struct NestedOption {
    pub value: Option<String>,
}

#[cognito_shape]
#[derive(PartialEq)]
pub enum Medium {
    Sms,
    Email,
    Other(String),
}

/// Returns a reader of the response to a request with a password.
pub fn reader(password: Option<&str>) -> ResponseReader<Answer> {
    let mut request = SignUp::new("1example23456789", "alice");
    request.password = password.map(str::to_owned);
    let builder = Config::builder().region("eu-west-1").validation(cognito_op::Validation::Off);
    builder.build().unwrap().prepare(&request).unwrap().1
}

pub fn response(status: u16, body: &[u8]) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_vec()));
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
    response
}

/// Asserts that an error is displayed as a single line, and that its code and request id are short and printable.
pub fn check(error: &Error) {
    let line = error.to_string();
    assert!(!line.chars().any(char::is_control), "{line:?}");
    assert!(line.chars().count() < 4_000, "{line:?}");
    assert!(!format!("{error:?}").contains('\n'));
    for id in [error.code(), error.request_id()].into_iter().flatten() {
        assert!((1..=128).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic()), "{id:?}");
    }
    let _ = (error.kind(), error.fault(), error.reason(), error.report().to_string(), error.may_have_executed());
}

/// The secret that replaces each `$` of an input, so that a change of one byte can insert it anywhere.
pub const SECRET: &str = "q7Zx4Kw9Vb2Hs6Jt8Nf3Yd5Rg1Mc0Pk7Lq4Tz9Wx2Bv";

/// Replaces each `$` with the secret.
pub fn with_secret(text: &str) -> String {
    text.replace('$', SECRET)
}

/// Replaces each `$` with the secret. The other bytes need not be UTF-8.
pub fn bytes_with_secret(bytes: &[u8]) -> Vec<u8> {
    bytes.split(|byte| *byte == b'$').collect::<Vec<_>>().join(SECRET.as_bytes())
}

/// Returns whether a text contains a part of the secret.
pub fn quotes_secret(text: &str) -> bool {
    SECRET.as_bytes().windows(6).any(|part| text.as_bytes().windows(6).any(|shown| shown == part))
}

/// Asserts that an error is displayed as a single line and contains no part of the secret.
pub fn assert_redacted(error: &(impl Debug + Display)) {
    for shown in [error.to_string(), format!("{error:?}")] {
        assert!(!shown.chars().any(char::is_control), "{shown:?}");
        assert!(!quotes_secret(&shown), "{shown}");
        assert!(shown.len() < 4_000, "{shown}");
    }
}

/// An in-memory transport that calls a function for each request.
pub struct Responder<F>(pub F);

impl<F: Fn(Request<Body>) -> Response<Body> + Send + Sync> BlockingTransport for Responder<F> {
    fn send(&self, request: Request<Body>, _: Timeouts) -> Result<Response<Body>, TransportError> {
        Ok(self.0(request))
    }

    fn sleep(&self, _: Duration) {}

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

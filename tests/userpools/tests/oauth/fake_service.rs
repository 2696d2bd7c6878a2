//! A mock domain in memory, with a virtual clock. A test sets the responses and advances the clock.

use crate::{CALLBACK, OAuth, Settings};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognito_op::transport::TransportError;
use cognito_op::{Body, Client, blocking};
use cognito_op_tests_userpools::fake_service::{self, Outcome, Service};
use cognito_userpools::verify::{MockPool, MockToken};
use http::{Request, Response, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

pub(crate) const POOL: &str = "us-east-1_StandIn01";
pub(crate) const CLIENT: &str = "1example23456789";
pub(crate) const SECRET: &str = "9example8secret7";

/// The response to all requests, except those for keys.
#[derive(Clone)]
pub(crate) enum Reply {
    /// No response until the test sets another reply.
    Hang,
    Response(u16, String),
    /// A response with that status that quotes the request: an error with that code, or HTML if there is no code.
    Echo(u16, Option<&'static str>),
    /// An access token with that lifetime in seconds. The token contains the number of the request.
    Token(u64),
    /// The request is not sent. Another attempt may succeed.
    Unsent,
    /// The request cannot be sent, for example because the password of a proxy is wrong.
    Unusable,
    /// The connection fails after the request was sent.
    Reset,
}

struct State {
    now: Duration,
    reply: Reply,
    /// The bodies of the requests.
    requests: Vec<String>,
}

#[derive(Clone)]
pub(crate) struct FakeService(fake_service::FakeService<State>);

impl FakeService {
    pub(crate) fn new(reply: Reply) -> Self {
        Self(fake_service::FakeService::new(State { now: Duration::ZERO, reply, requests: Vec::new() }))
    }

    /// A domain that returns an access token and those members.
    pub(crate) fn with_tokens(members: &Value) -> Self {
        let mut tokens = json!({ "access_token": "access", "token_type": "Bearer", "expires_in": 3600 });
        tokens.as_object_mut().expect("an object").extend(members.as_object().expect("an object").clone());
        Self::new(Reply::Response(200, tokens.to_string()))
    }

    pub(crate) fn client(&self) -> Client {
        let builder = Client::builder().endpoint("https://cognito.invalid").app_client(CLIENT, SECRET);
        builder.build_with(self.0.clone()).expect("a client")
    }

    pub(crate) fn blocking_client(&self) -> blocking::Client {
        let builder = blocking::Client::builder().endpoint("https://cognito.invalid").app_client(CLIENT, SECRET);
        builder.build_with(self.0.clone()).expect("a client")
    }

    /// Both clients of the domain.
    pub(crate) fn both(&self) -> [OAuth; 2] {
        let settings = Settings {
            domain: "https://login.invalid".to_owned(),
            id: CLIENT.to_owned(),
            secret: Some(SECRET.to_owned()),
            pool: POOL.to_owned(),
            issuer: None,
            keys: None,
        };
        [settings.waiting(&self.client()), settings.blocking(&self.blocking_client())]
    }

    /// Sets the reply, also for requests that wait.
    pub(crate) fn reply(&self, reply: Reply) {
        self.0.change(|state| state.reply = reply);
    }

    pub(crate) fn advance(&self, seconds: u64) {
        self.0.advance(Duration::from_secs(seconds));
    }

    pub(crate) fn requests(&self) -> Vec<String> {
        self.0.service().requests.clone()
    }

    /// Waits until that many requests were received.
    pub(crate) fn wait_for(&self, requests: usize) {
        self.0.wait_until(|state| state.requests.len() >= requests);
    }
}

impl Service for State {
    /// A request, and its number.
    type Received = (Request<Body>, usize);

    fn time(&mut self) -> &mut Duration {
        &mut self.now
    }

    /// Records a request. Those for the keys of the pool are not counted.
    fn receive(&mut self, request: Request<Body>) -> Self::Received {
        if is_for_keys(&request) {
            return (request, 0);
        }
        self.requests.push(String::from_utf8_lossy(request.body().as_bytes()).into_owned());
        (request, self.requests.len())
    }

    fn respond(&mut self, (request, number): &Self::Received) -> Option<Outcome> {
        let is_operation = request.headers().contains_key("x-amz-target");
        let (status, body) = match &self.reply {
            _ if is_for_keys(request) => (200, MockPool::new(POOL).keys()),
            Reply::Hang => return None,
            Reply::Response(status, body) => (*status, body.clone()),
            Reply::Echo(status, code) => {
                let text = quote(request);
                let json = |code: &str| json!({ "error": code.replace("QUOTE", &text), "error_description": text });
                (*status, code.map_or_else(|| format!("<html>{text}</html>"), |code| json(code).to_string()))
            }
            Reply::Token(lifetime) if is_operation => {
                let token = json!({ "AccessToken": format!("token-{number}"), "ExpiresIn": lifetime });
                (200, json!({ "ClientAuthenticationResult": token }).to_string())
            }
            Reply::Token(lifetime) => {
                let token = format!("token-{number}");
                (200, json!({ "access_token": token, "token_type": "Bearer", "expires_in": lifetime }).to_string())
            }
            Reply::Unsent => return Some(Err(TransportError::unsent("no route"))),
            Reply::Unusable => return Some(Err(TransportError::unusable("no way"))),
            Reply::Reset => return Some(Err(TransportError::sent("reset"))),
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = StatusCode::from_u16(status).expect("a status");
        Some(Ok(response))
    }
}

/// The header `Authorization`, raw and decoded, and the body of a request with its values.
fn quote(request: &Request<Body>) -> String {
    let header = request.headers().get("authorization").map_or("", |value| value.to_str().expect("ASCII"));
    let basic = header.strip_prefix("Basic ").map(|basic| STANDARD.decode(basic).expect("Base64"));
    let basic = String::from_utf8(basic.unwrap_or_default()).expect("ASCII").replace(':', " ");
    let body = String::from_utf8_lossy(request.body().as_bytes()).into_owned();
    let values: Vec<_> = body.split('&').filter_map(|pair| pair.split_once('=')).map(|(_, value)| value).collect();
    format!("{header} {basic} {body} {}", values.join(" "))
}

fn is_for_keys(request: &Request<Body>) -> bool {
    request.uri().path().ends_with("jwks.json")
}

/// An identity token for a sign-in with that nonce.
pub(crate) fn id_token(nonce: &str) -> MockToken {
    MockPool::new(POOL).id_token(CLIENT).claim("nonce", nonce)
}

/// The callback of a pending sign-in.
pub(crate) fn callback(state: &str) -> String {
    format!("{CALLBACK}?code=the-code&state={state}")
}

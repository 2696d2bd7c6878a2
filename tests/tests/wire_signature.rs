//! The request that arrives at a server is the one that was signed, over each transport.

#![allow(missing_docs, clippy::expect_used)]

#[allow(dead_code, unreachable_pub)]
#[path = "recipes/reqwest.rs"]
#[rustfmt::skip]
mod reqwest;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use cognito_op::transport::{BoxFuture, Transport};
use cognito_op::{Body, Client, HyperTransport, Sign, SignError, TowerTransport, blocking, cognito_op};
use cognito_op_tests::server::{Received, Reply, Server, answer};
use cognito_op_tests::transport::Canned;
use http::Request;
use hyper_util::client::legacy;
use hyper_util::rt::TokioExecutor;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[cognito_op(target = "AdminConfirmSignUp", signed, response = ())]
struct AdminConfirmSignUp {
    user_pool_id: String,
    username: String,
}

fn operation() -> AdminConfirmSignUp {
    AdminConfirmSignUp::new("eu-west-1_Ab12Cd34", "alice")
}

/// The time of every signature.
fn time() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_790_000_000)
}

/// Returns the headers that sign a request.
fn signature<'h>(
    method: &'h str,
    url: &'h str,
    headers: impl Iterator<Item = (&'h str, &'h str)>,
    body: &'h [u8],
) -> Result<Vec<(String, String)>, SignError> {
    let identity = Credentials::new("AKIDEXAMPLE", "secret", None, None, "test").into();
    let parameters = v4::SigningParams::builder()
        .identity(&identity)
        .region("eu-west-1")
        .name("cognito-idp")
        .time(time())
        .settings(SigningSettings::default())
        .build()?
        .into();
    let signable = SignableRequest::new(method, url, headers, SignableBody::Bytes(body))?;
    let (instructions, _) = sign(signable, &parameters)?.into_parts();
    Ok(instructions.headers().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

fn signed(request: &mut Request<Body>) -> Result<(), SignError> {
    let headers = request.headers().iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    let url = request.uri().to_string();
    let signature = signature(request.method().as_str(), &url, headers, request.body().as_bytes())?;
    for (name, value) in signature {
        request.headers_mut().insert(http::HeaderName::from_bytes(name.as_bytes())?, value.parse()?);
    }
    Ok(())
}

struct SigV4;

impl Sign for SigV4 {
    fn sign<'a>(&'a self, request: &'a mut Request<Body>) -> BoxFuture<'a, Result<(), SignError>> {
        Box::pin(async move { signed(request) })
    }
}

impl blocking::Sign for SigV4 {
    fn sign(&self, request: &mut Request<Body>) -> Result<(), SignError> {
        signed(request)
    }
}

fn header<'r>(request: &'r Received, name: &str) -> &'r str {
    let mut values = request.headers.iter().filter(|(found, _)| found.eq_ignore_ascii_case(name));
    let (_, value) = values.next().expect("the header");
    assert!(values.next().is_none(), "one header {name}");
    value
}

/// Signs what arrived, as the service does, and compares the signatures.
fn assert_signature(request: &Received, endpoint: &str) {
    let words: Vec<&str> = request.line.split(' ').collect();
    let (method, target) = (words[0], words[1]);
    let (_, names) = header(request, "authorization").split_once("SignedHeaders=").expect("the signed headers");
    let names: Vec<&str> = names.split(',').next().expect("the first").split(';').collect();
    assert!(names.contains(&"host"), "{names:?}");
    let of_signer = ["x-amz-date", "authorization"];
    let headers = request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let headers = headers.filter(|(name, _)| {
        names.iter().any(|signed| signed.eq_ignore_ascii_case(name))
            && !of_signer.iter().any(|signed| signed.eq_ignore_ascii_case(name))
    });
    let url = format!("http://{}{target}", header(request, "host"));
    let expected = signature(method, &url, headers, &request.body).expect("a signature");
    for name in of_signer {
        let (_, value) = expected.iter().find(|(found, _)| found == name).expect("the header");
        assert_eq!(header(request, name), value, "{endpoint}: {name}");
    }
}

#[tokio::test]
async fn the_request_that_arrives_is_the_one_that_was_signed() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let port = server.authority().replace("127.0.0.1:", "");
    let tower = legacy::Client::builder(TokioExecutor::new()).build_http();
    let transports: [Arc<dyn Transport>; 3] = [
        Arc::new(HyperTransport::new().expect("a transport")),
        Arc::new(TowerTransport::new(tower, tokio::time::sleep)),
        Arc::new(reqwest::Reqwest::new(reqwest::http_client(Duration::from_secs(3)).expect("a client"))),
    ];
    for (endpoint, host, path) in [
        ("http://127.0.0.1:PORT", "127.0.0.1", "/"),
        ("http://LocalHost:PORT", "localhost", "/"),
        ("HTTP://127.0.0.1:0PORT/base/%41~;v=1", "127.0.0.1", "/base/%41~;v=1/"),
    ] {
        let endpoint = endpoint.replace("PORT", &port);
        for transport in &transports {
            let client = Client::builder().endpoint(&endpoint).build_with(Arc::clone(transport)).expect("a client");
            operation().send(&client.with_signer(SigV4)).await.expect("a response");
        }
        let client = blocking::Client::builder().endpoint(&endpoint).build().expect("a client");
        operation().send_blocking(&client.with_signer(SigV4)).expect("a response");
        let received = server.received();
        for request in received.iter().rev().take(transports.len() + 1) {
            assert_eq!(request.line, format!("POST {path} HTTP/1.1"), "{endpoint}");
            assert_eq!(header(request, "host"), format!("{host}:{port}"), "{endpoint}");
            assert_signature(request, &endpoint);
        }
    }
}

/// Servers on the default ports need privileges, so this looks at the URL, which transports and signers have in common.
#[tokio::test]
async fn the_url_has_no_default_port() {
    for (endpoint, url) in [
        ("http://127.0.0.1:80", "http://127.0.0.1/"),
        ("http://[::1]:80", "http://[::1]/"),
        ("https://Cognito.Example.com:443/base", "https://cognito.example.com/base/"),
        ("https://[FD00:0:0:0:0:0:0:1]:0443", "https://[fd00::1]/"),
        ("https://cognito.example.com:80", "https://cognito.example.com:80/"),
        ("http://127.0.0.1:443", "http://127.0.0.1:443/"),
    ] {
        let transport = Canned::always(200, &[], "{}");
        let client = Client::builder().endpoint(endpoint).build_with(transport.clone()).expect("a client");
        operation().send(&client.with_signer(SigV4)).await.expect("a response");
        let (request, _) = &transport.seen()[0];
        assert_eq!(request.uri(), url);
        let authority = request.uri().authority().expect("one").as_str();
        let headers = request.headers().iter().map(|(name, value)| (name.as_str(), value.to_str().expect("text")));
        let headers = headers.filter(|(name, _)| !["x-amz-date", "authorization"].contains(name));
        let signature = signature("POST", url, headers.chain([("host", authority)]), request.body().as_bytes());
        let signature = signature.expect("a signature");
        assert!(signature.iter().all(|(name, value)| request.headers()[name] == value), "{endpoint}");
    }
}

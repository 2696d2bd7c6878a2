//! With each transport, the server receives the request that was signed. `aws-sigv4` verifies the signature.

#![allow(missing_docs, clippy::expect_used)]

#[allow(dead_code, unreachable_pub)]
#[path = "recipes/reqwest.rs"]
#[rustfmt::skip]
mod reqwest;

use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use cognito_op::transport::Transport;
use cognito_op::{Client, Credentials, HyperTransport, TowerTransport, blocking, cognito_op};
use cognito_op_tests::server::{Received, Reply, Server, answer};
use cognito_op_tests::transport::Canned;
use http::{HeaderName, HeaderValue};
use hyper_util::client::legacy;
use hyper_util::rt::TokioExecutor;
use std::io;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime};

#[cognito_op(target = "AdminConfirmSignUp", signed, response = ())]
struct AdminConfirmSignUp {
    user_pool_id: String,
    username: String,
}

fn operation() -> AdminConfirmSignUp {
    AdminConfirmSignUp::new("eu-west-1_Ab12Cd34", "alice")
}

fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", "secret").session_token("token")
}

/// Signs a request with `aws-sigv4` as of a time, and returns the headers of the signature.
fn signature<'h>(
    url: &'h str,
    headers: impl Iterator<Item = (&'h str, &'h str)>,
    body: &'h [u8],
    time: SystemTime,
) -> Vec<(String, String)> {
    let credentials = credentials();
    let (id, secret, token) = (credentials.access_key_id(), credentials.secret_access_key(), credentials.token());
    let identity = aws_credential_types::Credentials::new(id, secret, token.map(str::to_owned), None, "test").into();
    let parameters = v4::SigningParams::builder()
        .identity(&identity)
        .region("eu-west-1")
        .name("cognito-idp")
        .time(time)
        .settings(SigningSettings::default())
        .build()
        .expect("parameters")
        .into();
    let of_signer = ["x-amz-date", "authorization", "x-amz-security-token"];
    let headers = headers.filter(|(name, _)| !of_signer.iter().any(|signed| signed.eq_ignore_ascii_case(name)));
    let signable = SignableRequest::new("POST", url, headers, SignableBody::Bytes(body)).expect("a request");
    let (instructions, _) = sign(signable, &parameters).expect("a signature").into_parts();
    instructions.headers().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Signs the received request, as the service does, and compares the signatures.
fn assert_signature(request: &Received, endpoint: &str) {
    let target = request.line.strip_prefix("POST ").and_then(|line| line.strip_suffix(" HTTP/1.1")).expect("a POST");
    let (_, names) = request.header("authorization").split_once("SignedHeaders=").expect("the signed headers");
    let names: Vec<&str> = names.split(',').next().expect("the first").split(';').collect();
    assert_eq!(names, ["content-type", "host", "x-amz-date", "x-amz-security-token", "x-amz-target"]);
    let headers = request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let headers = headers.filter(|(name, _)| names.iter().any(|signed| signed.eq_ignore_ascii_case(name)));
    let url = format!("http://{}{target}", request.header("host"));
    for (name, value) in signature(&url, headers, &request.body, request.signed_at()) {
        assert_eq!(request.header(&name), value, "{endpoint}: {name}");
    }
}

/// Forwards connections from a port of the IPv6 loopback address to the server, and returns the port.
fn over_ipv6(server: &Server) -> Option<u16> {
    let listener = TcpListener::bind("[::1]:0").ok()?;
    let (port, to) = (listener.local_addr().ok()?.port(), server.authority());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let to = TcpStream::connect(&to).expect("the server");
            let pairs = [(stream.try_clone(), to.try_clone()), (Ok(to), Ok(stream))];
            for (from, to) in pairs {
                let (mut from, mut to) = (from.expect("a socket"), to.expect("a socket"));
                thread::spawn(move || io::copy(&mut from, &mut to));
            }
        }
    });
    Some(port)
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
    let mut endpoints = vec![
        (format!("http://127.0.0.1:{port}"), format!("127.0.0.1:{port}"), "/"),
        (format!("http://LocalHost:{port}"), format!("localhost:{port}"), "/"),
        (format!("HTTP://127.0.0.1:0{port}/base/%41~;v=1"), format!("127.0.0.1:{port}"), "/base/%41~;v=1/"),
        (format!("http://127.0.0.1:{port}//a//b"), format!("127.0.0.1:{port}"), "//a//b/"),
    ];
    // This endpoint is omitted on a machine without IPv6.
    endpoints.extend(over_ipv6(&server).map(|port| (format!("http://[0:0::1]:{port}"), format!("[::1]:{port}"), "/")));
    for (endpoint, host, path) in endpoints {
        for transport in &transports {
            let builder = Client::builder().endpoint(&endpoint).region("eu-west-1").credentials(credentials());
            let client = builder.build_with(Arc::clone(transport)).expect("a client");
            operation().send(&client).await.expect("a response");
        }
        let builder = blocking::Client::builder().endpoint(&endpoint).region("eu-west-1").credentials(credentials());
        operation().send_blocking(&builder.build().expect("a client")).expect("a response");
        let received = server.received();
        for request in received.iter().rev().take(transports.len() + 1) {
            assert_eq!(request.line, format!("POST {path} HTTP/1.1"), "{endpoint}");
            assert_eq!(request.header("host"), host, "{endpoint}");
            assert_signature(request, &endpoint);
        }
    }
}

/// A server on a default port needs privileges, so this test checks the URL, which transports and signers share.
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
        let builder = Client::builder().endpoint(endpoint).region("eu-west-1").credentials(credentials());
        let client = builder.build_with(transport.clone()).expect("a client");
        operation().send(&client).await.expect("a response");
        let (request, _) = &transport.seen()[0];
        assert_eq!(request.uri(), url);
        let authority = request.uri().authority().expect("one").as_str().to_owned();
        let header =
            |name: &HeaderName, value: &HeaderValue| (name.to_string(), value.to_str().expect("ASCII").to_owned());
        let mut headers: Vec<_> = request.headers().iter().map(|(name, value)| header(name, value)).collect();
        headers.retain(|(name, _)| name != "user-agent");
        headers.push(("host".to_owned(), authority));
        let body = request.body().as_bytes().to_vec();
        assert_signature(
            &Received { line: format!("POST {} HTTP/1.1", request.uri().path()), headers, body, connection: 1 },
            endpoint,
        );
    }
}

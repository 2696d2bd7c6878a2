//! Features that another crate turns on in a dependency do not change what is sent and accepted.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::ErrorKind;
use cognito_op::blocking::Client;
use cognito_op_tests::resend::ResendConfirmationCode;
use cognito_op_tests::server::{Received, Reply, Server, answer};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write as _;

const COOKIE: &str = "set-cookie: sticky=1; Path=/\r\n";

fn client(server: &Server) -> Client {
    Client::builder().endpoint(server.url()).build().expect("a client")
}

fn resend() -> ResendConfirmationCode {
    ResendConfirmationCode::new("1example23456789", "alice")
}

fn header_names(request: &Received) -> Vec<String> {
    let mut names: Vec<_> = request.headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
    names.sort();
    names
}

#[test]
fn the_features_are_on() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", COOKIE, "{}")));
    let agent = ureq::agent();
    for _ in 0..2 {
        agent.get(server.url()).call().expect("a response");
    }
    let names = header_names(&server.received()[1]);
    assert!(["accept-encoding", "cookie"].iter().all(|name| names.contains(&(*name).to_owned())), "{names:?}");

    let json = r#"{"b":1.10,"a":18446744073709551616}"#;
    let value: serde_json::Value = serde_json::from_str(json).expect("JSON");
    assert_eq!(value.to_string(), json, "arbitrary_precision and preserve_order");
}

#[test]
fn no_cookie_is_sent() {
    for closes in [true, false] {
        let server = Server::start(move |_| {
            let response = answer("200 OK", COOKIE, "{}");
            if closes { Reply::Close(response) } else { Reply::Keep(response) }
        });
        let client = client(&server);
        for _ in 0..4 {
            resend().send_blocking(&client).expect("a response");
        }
        for request in server.received() {
            let names = header_names(&request);
            assert_eq!(names, ["content-length", "content-type", "host", "user-agent", "x-amz-target"]);
        }
    }
}

/// Nor of the response to a call that fails.
#[test]
fn no_cookie_is_sent_after_an_error() {
    let cookie = format!("{COOKIE}x-amzn-errortype: LimitExceededException:\r\n");
    let server = Server::start(move |_| Reply::Keep(answer("400 Bad Request", &cookie, "{}")));
    let client = client(&server);
    for _ in 0..3 {
        let error = resend().send_blocking(&client).expect_err("an exception");
        assert_eq!(error.kind(), ErrorKind::LimitExceeded);
    }
    assert!(server.received().iter().all(|request| !header_names(request).contains(&"cookie".to_owned())));
}

#[test]
fn the_body_limit_holds_after_decompression() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![b' '; 64 << 20]).expect("memory");
    let body = encoder.finish().expect("memory");
    assert!(body.len() < 1 << 20);
    let head = format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", body.len());
    let response = [head.as_bytes(), &body].concat();
    let server = Server::start(move |_| Reply::Keep(response.clone()));
    let error = resend().send_blocking(&client(&server)).expect_err("a larger body");
    assert!(error.to_string().contains("larger than 1 MiB"), "{error}");
}

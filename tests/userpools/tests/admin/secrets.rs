//! Errors, `Debug` output and events contain no secret access key and no session token, even if the server quotes them.

use crate::{WRONG_SECRET, WRONG_TOKEN, texts};
use cognito_op::{Client, Credentials, Error, blocking};
use cognito_op_tests::server::{Received, Reply, Server, answer};
use cognito_op_tests::written::Written;
use cognito_userpools::admin::{AdminGetUser, ListUsers};
use std::fmt::Debug;

fn known() -> Credentials {
    Credentials::new("AKIAIOSFODNN7EXAMPLE", WRONG_SECRET).session_token(WRONG_TOKEN)
}

#[track_caller]
fn assert_redacted(text: &str) {
    for secret in [WRONG_SECRET, WRONG_TOKEN] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
}

fn shown(of: &dyn Debug) -> String {
    format!("{of:?} {of:#?}")
}

fn header(request: &Received, name: &str) -> String {
    let found = request.headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.clone()).unwrap_or_default()
}

/// Starts a server that quotes the headers of a signature. The user name selects the part of the response.
fn echo() -> Server {
    Server::start(|request| {
        let (token, signature) = (header(request, "x-amz-security-token"), header(request, "authorization"));
        let message = format!("The token '{token}' of {signature} is not valid");
        Reply::Keep(match request.json()["Username"].as_str() {
            Some("message") => {
                let body = serde_json::json!({"__type": "UnrecognizedClientException", "message": message});
                answer("400 Bad Request", "", &body.to_string())
            }
            Some("code") => {
                let body = serde_json::json!({"__type": token, "message": "no"});
                answer("400 Bad Request", &format!("x-amzn-errortype: {token}\r\n"), &body.to_string())
            }
            Some("request id") => answer("403 Forbidden", &format!("x-amzn-requestid: {token}\r\n"), "{}"),
            Some("page") => answer("502 Bad Gateway", "", &format!("<html>{message}</html>")),
            Some("success") => answer("200 OK", &format!("x-amzn-requestid: {token}\r\n"), &message),
            _ => answer("200 OK", "", "{}"),
        })
    })
}

const PLACES: [&str; 5] = ["message", "code", "request id", "page", "success"];

#[tokio::test]
async fn a_server_that_quotes_secrets() {
    let server = echo();
    let written = Written::default();
    let writer = written.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
    let guard = tracing::subscriber::set_default(subscriber.with_writer(move || writer.clone()).finish());

    let builder = Client::builder().region("eu-west-1").endpoint(server.url()).credentials(known());
    assert_redacted(&shown(&builder));
    let waiting = builder.build().expect("a client");
    let builder = blocking::Client::builder().region("eu-west-1").endpoint(server.url()).credentials(known());
    assert_redacted(&shown(&builder));
    let blocking = builder.build().expect("a client");
    assert_redacted(&(shown(&known()) + &shown(&waiting) + &shown(&blocking)));
    let mut errors: Vec<Error> = Vec::new();
    for place in PLACES {
        let get = AdminGetUser::new("eu-west-1_Ab12Cd34", place);
        assert_redacted(&shown(&waiting.call(&get)));
        assert_redacted(&shown(&waiting.call(&get).send()));
        errors.extend(get.send(&waiting).await.err());
        errors.extend(get.send_blocking(&blocking).err());
    }
    assert_eq!(errors.len(), 2 * PLACES.len());
    for error in &errors {
        assert_redacted(&texts(error));
    }
    let list = || ListUsers::new("eu-west-1_Ab12Cd34");
    assert_redacted(&shown(&list().items(&waiting)));
    assert_redacted(&shown(&list().items_blocking(&blocking)));
    drop(guard);
    assert_redacted(&written.text());
    // Each call sent the token, and some retried.
    let received = server.received();
    assert!(received.len() >= errors.len());
    assert!(received.iter().all(|request| header(request, "x-amz-security-token") == WRONG_TOKEN));
}

//! The spans and events of a call.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::transport::TransportError;
use cognito_op::{Client, blocking, cognito_op, cognito_shape};
use cognito_op_tests::transport::Canned;
use cognito_op_tests::written::Written;
use http::Response;
use std::sync::{Mutex, PoisonError};

const CANARY: &str = "canary-7f3a";

#[cognito_op(target = "GetUser", response = ())]
struct GetUser {
    access_token: String,
}

/// Returns a transport that throttles the first request with a message that echoes it, breaks the second connection,
/// and then succeeds.
fn transport() -> Canned {
    let count = Mutex::new(0);
    Canned::new(move |request| {
        let mut count = count.lock().unwrap_or_else(PoisonError::into_inner);
        *count += 1;
        let echo = String::from_utf8_lossy(request.body().as_bytes()).replace('"', "'");
        let response = Response::builder().header("x-amzn-requestid", "r-1");
        match *count {
            1 => {
                let body = format!("{{\"__type\":\"ThrottlingException\",\"message\":\"{echo}\"}}");
                Ok(response.status(400).body(body.into()).expect("a response"))
            }
            2 => Err(TransportError::sent("reset")),
            _ => Ok(response.body("{}".into()).expect("a response")),
        }
    })
}

fn subscriber(written: &Written) -> impl tracing::Subscriber + Send + Sync + use<> {
    let written = written.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || written.clone())
        .with_ansi(false)
        .without_time()
        .finish()
}

fn check(lines: &[String]) {
    let span = "call{rpc.system=\"aws-api\" rpc.service=\"CognitoIdentityProvider\" rpc.method=\"GetUser\"}";
    assert_eq!(lines.len(), 3, "{lines:#?}");
    for (line, parts) in lines.iter().zip([
        &[
            "failed",
            "attempt=1",
            "http.response.status_code=400",
            "aws.request_id=\"r-1\"",
            "error.type=\"ThrottlingException\"",
            "may_have_executed=false",
            "retry_in_ms=",
        ][..],
        &["failed", "attempt=2", "error.type=\"Transport\"", "may_have_executed=true", "retry_in_ms="],
        &["succeeded", "attempt=3", "http.response.status_code=200", "aws.request_id=\"r-1\""],
    ]) {
        for part in parts.iter().chain([&span]) {
            assert!(line.contains(part), "no {part} in {line}");
        }
        assert!(!line.contains(CANARY), "{line}");
    }
}

#[tokio::test]
async fn a_span_for_the_call_and_an_event_for_each_attempt() {
    let written = Written::default();
    let client = Client::builder().region("eu-west-1").build_with(transport()).expect("a client");
    let guard = tracing::subscriber::set_default(subscriber(&written));
    client.send(&GetUser::new(CANARY)).await.expect("a response");
    drop(guard);
    check(&written.lines());
}

#[test]
fn the_blocking_client_emits_the_same_events() {
    let written = Written::default();
    let client = blocking::Client::builder().region("eu-west-1").build_with(transport()).expect("a client");
    tracing::subscriber::with_default(subscriber(&written), || {
        GetUser::new(CANARY).send_blocking(&client).expect("a response");
    });
    check(&written.lines());
}

/// A request that is not sent has no span and no events.
#[test]
fn invalid_requests_cause_no_events() {
    let written = Written::default();
    let client = blocking::Client::builder().region("eu-west-1").build_with(transport()).expect("a client");
    tracing::subscriber::with_default(subscriber(&written), || {
        let bad = ListDevices::new(CANARY).limit(61);
        assert!(bad.validate().is_err());
        bad.send_blocking(&client).expect_err("a violation");
    });
    assert!(written.lines().is_empty());
}

#[cognito_op(target = "ListDevices", response = ())]
struct ListDevices {
    access_token: String,
    #[range]
    limit: Option<i32>,
}

#[cognito_op(target = "GetUserAuthFactors")]
struct GetUserAuthFactors {
    access_token: String,
}

#[cognito_shape]
struct GetUserAuthFactorsResponse {
    username: String,
}

/// The outcome of an attempt is known once its response is read. Values of the request that a response quotes are not
/// logged.
#[test]
fn unreadable_responses_are_failures() {
    let written = Written::default();
    let answers = Mutex::new(vec![
        Response::builder().header("x-amzn-requestid", CANARY).body("{\"Usern".into()),
        Response::builder().header("x-amzn-requestid", CANARY).body("{\"Username\":\"alice\"}".into()),
        Response::builder()
            .status(400)
            .header("x-amzn-errortype", CANARY)
            .header("x-amzn-requestid", "r-1")
            .body("{}".into()),
    ]);
    let transport =
        Canned::new(move |_| Ok(answers.lock().unwrap_or_else(PoisonError::into_inner).remove(0).expect("a response")));
    let client = blocking::Client::builder().region("eu-west-1").build_with(transport).expect("a client");
    let errors: Vec<String> = tracing::subscriber::with_default(subscriber(&written), || {
        let call = || GetUserAuthFactors::new(CANARY).send_blocking(&client).err().map(|error| error.to_string());
        [call(), call(), call()].into_iter().flatten().collect()
    });
    let lines = written.lines();
    assert_eq!(lines.len(), 3, "{lines:#?}");
    for (line, parts) in lines.iter().zip([
        &["failed", "attempt=1", "status_code=200", "error.type=\"Unreadable\"", "may_have_executed=true"][..],
        &["succeeded", "attempt=1", "status_code=200"],
        &["failed", "attempt=1", "status_code=400", "aws.request_id=\"r-1\"", "error.type=\"Unknown\""],
    ]) {
        for part in parts.iter().chain([&"rpc.method=\"GetUserAuthFactors\""]) {
            assert!(line.contains(part), "no {part} in {line}");
        }
    }
    assert_eq!(errors.len(), 2, "{errors:#?}");
    assert!(lines.iter().chain(&errors).all(|text| !text.contains(CANARY)), "{lines:#?} {errors:#?}");
}

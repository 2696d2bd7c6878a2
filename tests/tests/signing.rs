//! The signing of requests, and the errors of requests that cannot be signed.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::transport::{BoxFuture, TimeoutKind, TransportError};
use cognito_op::{Body, Client, Error, ErrorKind, Sign, SignError, blocking, cognito_op};
use cognito_op_tests::server::{Reply, Server, answer};
use cognito_op_tests::transport::Canned;
use http::{HeaderValue, Request, Response};
use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::Poll;
use std::time::{Duration, Instant};

#[cognito_op(target = "AdminConfirmSignUp", signed, response = ())]
struct AdminConfirmSignUp {
    user_pool_id: String,
    username: String,
}

#[cognito_op(target = "GetUser", response = ())]
struct GetUser {
    access_token: String,
}

fn signed() -> AdminConfirmSignUp {
    AdminConfirmSignUp::new("eu-west-1_a", "alice")
}

/// A signer that writes the number of its signatures to the header `authorization`.
#[derive(Clone)]
struct Counter(Arc<AtomicU32>);

impl Counter {
    fn new() -> Self {
        Self(Arc::default())
    }

    fn add(&self, request: &mut Request<Body>) {
        assert_eq!(request.headers().get("authorization"), None, "each attempt has its own signature");
        assert!(!request.body().as_bytes().is_empty());
        let count = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        request.headers_mut().insert("authorization", HeaderValue::from(count));
    }
}

impl Sign for Counter {
    fn sign<'a>(&'a self, request: &'a mut Request<Body>) -> BoxFuture<'a, Result<(), SignError>> {
        self.add(request);
        Box::pin(async { Ok(()) })
    }
}

impl blocking::Sign for Counter {
    fn sign(&self, request: &mut Request<Body>, _: Duration) -> Result<(), SignError> {
        self.add(request);
        Ok(())
    }
}

struct Failing;

impl Sign for Failing {
    fn sign<'a>(&'a self, _: &'a mut Request<Body>) -> BoxFuture<'a, Result<(), SignError>> {
        Box::pin(async { Err("the credentials have run out".into()) })
    }
}

impl blocking::Sign for Failing {
    fn sign(&self, _: &mut Request<Body>, _: Duration) -> Result<(), SignError> {
        Err("the credentials have run out".into())
    }
}

struct Pending;

impl Sign for Pending {
    fn sign<'a>(&'a self, _: &'a mut Request<Body>) -> BoxFuture<'a, Result<(), SignError>> {
        Box::pin(std::future::pending())
    }
}

/// Returns a transport that throttles the first two requests.
fn throttling() -> Canned {
    let count = AtomicU32::new(0);
    Canned::new(move |_| {
        let throttled = count.fetch_add(1, Ordering::SeqCst) < 2;
        let mut response = Response::new(Body::from("{}"));
        if throttled {
            *response.status_mut() = http::StatusCode::TOO_MANY_REQUESTS;
        }
        Ok(response)
    })
}

fn signatures(transport: &Canned) -> Vec<Option<String>> {
    let header = |request: &Request<Body>| Some(request.headers().get("authorization")?.to_str().ok()?.to_owned());
    transport.seen().iter().map(|(request, _)| header(request)).collect()
}

fn client(transport: &Canned) -> Client {
    Client::builder().region("eu-west-1").build_with(transport.clone()).expect("a client")
}

fn blocking_client(transport: &Canned) -> blocking::Client {
    blocking::Client::builder().region("eu-west-1").build_with(transport.clone()).expect("a client")
}

#[tokio::test]
async fn each_attempt_has_a_signature_of_its_own() {
    let expected = ["1", "2", "3"].map(|count| Some(count.to_owned()));
    let transport = throttling();
    signed().send(&client(&transport).with_signer(Counter::new())).await.expect("the third attempt");
    assert_eq!(signatures(&transport), expected);
    let transport = throttling();
    signed().send_blocking(&blocking_client(&transport).with_signer(Counter::new())).expect("the third attempt");
    assert_eq!(signatures(&transport), expected);
}

#[tokio::test]
async fn a_rejected_signature_is_not_replaced_by_default() {
    for code in ["InvalidSignatureException", "ExpiredTokenException"] {
        let transport = Canned::always(400, &[], &format!(r#"{{"__type":"{code}"}}"#));
        let (waiting, blocking) = (client(&transport), blocking_client(&transport));
        signed().send(&waiting.with_signer(Counter::new())).await.expect_err("rejected");
        signed().send_blocking(&blocking.with_signer(Counter::new())).expect_err("rejected");
        assert_eq!(signatures(&transport), [Some("1".to_owned()), Some("1".to_owned())], "{code}");
    }
}

#[tokio::test]
async fn nothing_else_is_signed() {
    let transport = throttling();
    let client = client(&transport).with_signer(Counter::new());
    // A client for another app client keeps the signer.
    let client = client.with_public_app_client("1example23456789").expect("a client");
    GetUser::new("token").send(&client).await.expect("the third attempt");
    assert_eq!(signatures(&transport), [None, None, None]);
    signed().send(&client).await.expect("a response");
    assert_eq!(signatures(&transport)[3].as_deref(), Some("1"));
}

#[tokio::test]
async fn what_cannot_be_signed_is_not_sent() {
    let transport = Canned::always(200, &[], "{}");
    let (waiting, blocking) = (client(&transport), blocking_client(&transport));
    let none = [signed().send(&waiting).await, signed().send_blocking(&blocking)];
    for error in none.map(|outcome| outcome.expect_err("no signer")) {
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Misconfigured, 0));
        let text = "AdminConfirmSignUp: not sent: the operation is called with AWS credentials; build the client with \
            `credentials(…)` of the feature `sigv4`, or with another signer";
        assert_eq!(error.to_string(), text);
    }

    let failed =
        [signed().send(&waiting.with_signer(Failing)).await, signed().send_blocking(&blocking.with_signer(Failing))];
    for error in failed.map(|outcome| outcome.expect_err("no signature")) {
        assert_eq!((error.kind(), error.attempts(), error.may_have_executed()), (ErrorKind::Signing, 1, false));
        let text = "the request could not be signed and was not sent: the credentials have run out";
        assert_eq!(error.to_string(), format!("AdminConfirmSignUp: {text}"));
        assert!(std::error::Error::source(&error).is_some());
    }
    assert!(transport.seen().is_empty());
}

#[tokio::test]
async fn the_limits_hold_for_signing_too() {
    let transport = Canned::new(|_| Err(TransportError::unsent("unexpected")));
    let error: Error = signed().send(&client(&transport).with_signer(Pending)).await.expect_err("a limit");
    assert_eq!((error.kind(), error.timeout_kind()), (ErrorKind::Timeout, Some(TimeoutKind::Total)));
    assert!(!error.may_have_executed());
    assert!(error.to_string().ends_with("the request was not sent: the request was not signed in time"), "{error}");
    assert!(transport.seen().is_empty());
}

/// A signer that checks a clock when it is polled, and never wakes its task.
struct Clocked;

impl Sign for Clocked {
    fn sign<'a>(&'a self, _: &'a mut Request<Body>) -> BoxFuture<'a, Result<(), SignError>> {
        let begun = Instant::now();
        let has_passed = move || begun.elapsed() > Duration::from_millis(100);
        Box::pin(poll_fn(move |_| if has_passed() { Poll::Ready(Ok(())) } else { Poll::Pending }))
    }
}

#[tokio::test]
async fn a_signer_is_polled_each_second() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let client = Client::builder().endpoint(server.url()).build().expect("a client").with_signer(Clocked);
    client.call(&signed()).timeout(Duration::from_secs(5)).send().await.expect("success");
}

/// A signer that takes time on the virtual clock of the transport.
struct Slow(Canned, Duration);

impl blocking::Sign for Slow {
    fn sign(&self, _: &mut Request<Body>, _: Duration) -> Result<(), SignError> {
        blocking::Transport::sleep(&self.0, self.1);
        Ok(())
    }
}

impl Sign for Slow {
    fn sign<'a>(&'a self, _: &'a mut Request<Body>) -> BoxFuture<'a, Result<(), SignError>> {
        blocking::Transport::sleep(&self.0, self.1);
        Box::pin(async { Ok(()) })
    }
}

#[tokio::test]
async fn signing_counts_toward_the_timeouts() {
    let transport = Canned::always(200, &[], "{}");
    for (time, sent) in [(Duration::from_secs(5), true), (Duration::from_secs(30), false)] {
        let slow = || Slow(transport.clone(), time);
        let outcomes = [
            signed().send(&client(&transport).with_signer(slow())).await,
            signed().send_blocking(&blocking_client(&transport).with_signer(slow())),
        ];
        for outcome in outcomes {
            assert_eq!(outcome.is_ok(), sent);
            if let Err(error) = outcome {
                assert_eq!(
                    (error.timeout_kind(), error.may_have_executed()),
                    (Some(TimeoutKind::Attempt), false),
                    "{error}"
                );
            }
        }
    }
    let left: Vec<_> = transport.seen().iter().map(|(_, deadline)| deadline.attempt()).collect();
    assert_eq!(left, [Duration::from_secs(15); 2], "15 s of 20 s remain");
}

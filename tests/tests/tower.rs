//! The transport over a tower service: the client of hyper-util, and services that misbehave.

#![allow(missing_docs, clippy::expect_used)]

use bytes::Bytes;
use cognito_op::transport::Timeouts;
use cognito_op::{Body, Client, ErrorKind, TowerTransport};
use cognito_op_tests::contract;
use cognito_op_tests::resend::ResendConfirmationCode;
use http::{Request, Response};
use http_body::Frame;
use hyper_util::client::legacy;
use hyper_util::rt::TokioExecutor;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;
use tower_service::Service;

fn of_hyper_util() -> TowerTransport<legacy::Client<legacy::connect::HttpConnector, Body>> {
    let client = legacy::Client::builder(TokioExecutor::new()).retry_canceled_requests(false).build_http();
    TowerTransport::new(client, tokio::time::sleep).unsent(legacy::Error::is_connect)
}

#[tokio::test]
async fn the_client_of_hyper_util_keeps_the_contract() {
    contract::check(of_hyper_util).await;
}

#[tokio::test]
async fn the_hyper_transport_keeps_the_contract_too() {
    contract::check(|| cognito_op::HyperTransport::new().expect("a transport")).await;
}

/// A service that fails each request, or fails before it is ready.
#[derive(Clone)]
struct Odd {
    ready: Result<(), &'static str>,
    seen: Arc<Mutex<Vec<Request<Body>>>>,
}

impl Service<Request<Body>> for Odd {
    type Response = Response<Body>;
    type Error = &'static str;
    type Future = Ready<Result<Response<Body>, &'static str>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), &'static str>> {
        Poll::Ready(self.ready)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        self.seen.lock().expect("no panic").push(request);
        ready(Err("it broke"))
    }
}

#[tokio::test]
async fn errors_of_the_service_are_sent_unless_proven_otherwise() {
    let broken = |ready| Odd { ready, seen: Arc::default() };
    for (service, proven, executed, attempts, times) in [
        (broken(Err("no permits")), false, false, 3, 0),
        (broken(Ok(())), false, true, 1, 1),
        (broken(Ok(())), true, false, 3, 3),
    ] {
        let transport = TowerTransport::new(service.clone(), |_| ready(())).unsent(move |_| proven);
        let client = Client::builder().region("eu-west-1").build_with(transport).expect("a client");
        let operation = ResendConfirmationCode::new("1example23456789", "alice");
        let error = operation.send(&client).await.expect_err("broken");
        assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Transport, executed), "{error}");
        assert_eq!(error.attempts(), attempts);
        let seen = service.seen.lock().expect("no panic");
        assert_eq!(seen.len(), times);
        let timeouts = seen.iter().map(|request| request.extensions().get::<Timeouts>().expect("one").connect());
        assert!(timeouts.into_iter().all(|timeout| timeout == Duration::from_secs(3)));
    }
}

/// An endless body of empty frames.
struct Endless;

impl http_body::Body for Endless {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(Some(Ok(Frame::data(Bytes::new()))))
    }
}

/// A service that is never ready, or that responds with an endless body.
#[derive(Clone)]
struct Stuck(bool);

impl Service<Request<Body>> for Stuck {
    type Response = Response<Endless>;
    type Error = Infallible;
    type Future = Ready<Result<Response<Endless>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        if self.0 { Poll::Ready(Ok(())) } else { Poll::Pending }
    }

    fn call(&mut self, _: Request<Body>) -> Self::Future {
        ready(Ok(Response::new(Endless)))
    }
}

#[tokio::test]
async fn a_service_that_never_ends_exceeds_the_timeout() {
    for is_ready in [true, false] {
        let transport = TowerTransport::new(Stuck(is_ready), tokio::time::sleep);
        let client = Client::builder().region("eu-west-1").build_with(transport).expect("a client");
        let operation = ResendConfirmationCode::new("1example23456789", "alice");
        let error = client.call(&operation).timeout(Duration::from_millis(200)).send().await.expect_err("no response");
        assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Timeout, is_ready), "{error}");
    }
}

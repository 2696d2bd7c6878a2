//! The retries of both clients: the failures that are retried, the delays, and the retry budget.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::transport::{TimeoutKind, TransportError};
use cognito_op::{Body, Client, Error, ErrorKind, Operation, Retries, blocking, cognito_op};
use cognito_op_tests::resend::ResendConfirmationCode;
use cognito_op_tests::transport::Canned;
use http::{HeaderValue, Response, StatusCode};
use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

/// An idempotent operation.
#[cognito_op(target = "GetUser", response = ())]
struct GetUser {
    access_token: String,
}

#[derive(Clone, Copy, Debug)]
enum Answer {
    Success,
    Code(u16, &'static str),
    /// Throttling, with the delay in milliseconds that the service requests.
    Wait(&'static str),
    Unsent,
    Broken,
    Timeout(TimeoutKind),
}

use Answer::{Broken, Code, Success, Unsent, Wait};

const THROTTLED: Answer = Code(400, "TooManyRequestsException");

/// Returns a transport that responds with these answers in order, and then with success.
fn answers(answers: &[Answer]) -> Canned {
    let answers = Mutex::new(VecDeque::from(answers.to_vec()));
    Canned::new(move |_| {
        let answer = answers.lock().expect("no panic before").pop_front().unwrap_or(Success);
        let (status, code, wait) = match answer {
            Success => return Ok(Response::new(Body::from("{}"))),
            Code(status, code) => (status, code, None),
            Wait(milliseconds) => (400, "TooManyRequestsException", Some(milliseconds)),
            Unsent => return Err(TransportError::unsent("refused")),
            Broken => return Err(TransportError::sent("reset")),
            Answer::Timeout(limit) => return Err(TransportError::timeout(limit)),
        };
        let mut response = Response::new(Body::from(format!("{{\"__type\":\"{code}\"}}")));
        *response.status_mut() = StatusCode::from_u16(status).expect("a status");
        if let Some(wait) = wait {
            response.headers_mut().insert("x-amz-retry-after", HeaderValue::from_static(wait));
        }
        Ok(response)
    })
}

fn client(transport: &Canned) -> Client {
    Client::builder().region("eu-west-1").build_with(transport.clone()).expect("a client")
}

fn resend() -> ResendConfirmationCode {
    ResendConfirmationCode::new("1example23456789", "alice")
}

/// Returns the error of a call and the number of requests, which are the same with both clients.
async fn outcome<O: Operation>(operation: &O, course: &[Answer]) -> (Option<Error>, usize) {
    let transport = answers(course);
    let waiting = client(&transport).call(operation).send().await;
    let sent = transport.seen().len();
    let blocking = answers(course);
    let client = blocking::Client::builder().region("eu-west-1").build_with(blocking.clone()).expect("a client");
    let other = client.call(operation).send();
    assert_eq!(blocking.seen().len(), sent, "{course:?}");
    match (waiting, other) {
        (Ok(reply), Ok(other)) => {
            assert_eq!((reply.meta.attempts as usize, other.meta.attempts as usize), (sent, sent));
            (None, sent)
        }
        (Err(error), Err(other)) => {
            assert_eq!((error.attempts() as usize, error.to_string()), (sent, other.to_string()));
            (Some(error), sent)
        }
        _ => unreachable!("the clients disagree about {course:?}"),
    }
}

#[tokio::test]
async fn requests_that_may_have_executed_are_not_retried() {
    for course in [
        Broken,
        Answer::Timeout(TimeoutKind::Attempt),
        Answer::Timeout(TimeoutKind::Total),
        Code(500, "InternalErrorException"),
        Code(503, "ServiceUnavailable"),
        Code(504, ""),
        Code(400, "CodeDeliveryFailureException"),
        Code(400, "UnexpectedLambdaException"),
        Code(500, "NotAuthorizedException"),
    ] {
        let (error, sent) = outcome(&resend(), &[course]).await;
        assert_eq!(sent, 1, "{course:?}");
        assert!(error.expect("an error").may_have_executed(), "{course:?}");
    }
}

#[tokio::test]
async fn permanent_errors_are_not_retried() {
    for code in
        ["LimitExceededException", "NotAuthorizedException", "InvalidParameterException", "UserNotFoundException"]
    {
        for course in [[Code(400, code)], [Code(403, code)]] {
            let (error, sent) = outcome(&resend(), &course).await;
            assert_eq!((sent, error.expect("an error").may_have_executed()), (1, false), "{course:?}");
            assert_eq!(outcome(&GetUser::new("token"), &course).await.1, 1, "{course:?}");
        }
    }
}

#[tokio::test]
async fn unsent_and_throttled_requests_are_retried() {
    for first in [
        Unsent,
        Answer::Timeout(TimeoutKind::Connect),
        THROTTLED,
        Code(400, "ThrottlingException"),
        Code(503, "SlowDown"),
        Code(429, ""),
    ] {
        let (error, sent) = outcome(&resend(), &[first]).await;
        assert!(error.is_none(), "{first:?}");
        assert_eq!(sent, 2, "{first:?}");
        let (error, sent) = outcome(&resend(), &[first; 5]).await;
        let error = error.expect("an error");
        assert_eq!((sent, error.may_have_executed()), (3, false), "{first:?}");
    }
}

#[tokio::test]
async fn idempotent_operations_are_retried() {
    for first in [
        Broken,
        Answer::Timeout(TimeoutKind::Attempt),
        Code(500, "InternalErrorException"),
        Code(503, ""),
        Code(502, "Odd"),
    ] {
        let (error, sent) = outcome(&GetUser::new("token"), &[first, first]).await;
        assert!(error.is_none(), "{first:?}");
        assert_eq!(sent, 3, "{first:?}");
    }
    // The total timeout has expired, so there is no retry.
    assert_eq!(outcome(&GetUser::new("token"), &[Answer::Timeout(TimeoutKind::Total)]).await.1, 1);
}

/// The error reports that an earlier attempt may have executed, even if the last one was not sent.
#[tokio::test]
async fn an_earlier_attempt_may_have_executed() {
    let (error, sent) = outcome(&GetUser::new("token"), &[Broken, Unsent, Unsent]).await;
    let error = error.expect("an error");
    assert_eq!((sent, error.kind()), (3, ErrorKind::Transport));
    assert!(error.may_have_executed());
    let (error, _) = outcome(&resend(), &[THROTTLED, Unsent, Unsent]).await;
    assert!(!error.expect("an error").may_have_executed());
}

#[tokio::test]
async fn delays_are_those_of_the_plan_or_of_the_service() {
    let transport = answers(&[THROTTLED, Unsent]);
    client(&transport).send(&resend()).await.expect("a response");
    let slept = transport.slept();
    assert_eq!(slept.len(), 2);
    assert!(slept[0] <= Duration::from_secs(1) && slept[1] <= Duration::from_millis(100), "{slept:?}");

    let transport = answers(&[Wait("2500")]);
    client(&transport).send(&resend()).await.expect("a response");
    assert_eq!(transport.slept(), [Duration::from_millis(2_500)]);
    for nonsense in ["soon", "-1", "1.5", "99999999999999999999999"] {
        let transport = answers(&[Wait(nonsense)]);
        client(&transport).send(&resend()).await.expect("a response");
        assert!(transport.slept()[0] <= Duration::from_secs(1), "{nonsense}");
    }
}

#[tokio::test]
async fn the_deadline_is_that_of_the_whole_call() {
    // The second attempt has the time that remains after the first attempt and the delay.
    let transport = answers(&[Wait("2500")]);
    client(&transport).call(&resend()).timeout(Duration::from_secs(4)).send().await.expect("a response");
    let limits: Vec<_> = transport.seen().iter().map(|(_, deadline)| deadline.total()).collect();
    assert_eq!(limits, [Duration::from_secs(4), Duration::from_millis(1_500)]);
    // The call does not wait if the delay is longer than the remaining time.
    let transport = answers(&[Wait("2500")]);
    let call = client(&transport).call(&resend()).timeout(Duration::from_secs(2)).send().await;
    assert_eq!(call.expect_err("throttled").kind(), ErrorKind::TooManyRequests);
    assert_eq!((transport.seen().len(), transport.slept().len()), (1, 0));
}

#[tokio::test]
async fn retries_can_be_set_for_a_client_and_for_a_call() {
    let transport = answers(&[Unsent; 9]);
    let off =
        Client::builder().region("eu-west-1").retries(Retries::off()).build_with(transport.clone()).expect("a client");
    let error = off.send(&resend()).await.expect_err("not sent");
    assert_eq!((error.attempts(), transport.seen().len()), (1, 1));
    let error = off.call(&resend()).retries(Retries::standard().attempts(5)).send().await.expect_err("not sent");
    assert_eq!((error.attempts(), transport.seen().len()), (5, 6));
    let on = client(&transport);
    assert_eq!(on.call(&resend()).retries(Retries::off()).send().await.expect_err("not sent").attempts(), 1);
}

/// The retry budget limits the retries of many failing calls. A client shares it with the clients that were derived
/// from it.
#[tokio::test]
async fn the_budget_is_shared() {
    let transport = Canned::new(|_| Err(TransportError::unsent("refused")));
    let one = client(&transport);
    let other = one.with_public_app_client("1example23456789").expect("a client");
    for _ in 0..100 {
        for client in [&one, &other.clone()] {
            client.send(&resend()).await.expect_err("not sent");
        }
    }
    assert_eq!(transport.seen().len(), 200 + 500 / 14);
}

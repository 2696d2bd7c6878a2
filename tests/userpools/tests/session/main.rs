//! Sessions with a fake service and a virtual clock. The tests with other servers are in the files that are named after
//! those servers.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

mod callers;
mod canaries;
mod clocks;
mod fake_service;
mod network;
mod requests;
mod sign_out;
mod stores;
mod transports;
mod watches;

use cognito_op::{Client, blocking};
use cognito_userpools::session::{Session, SessionBuilder, SessionError, SignedOut};
use fake_service::FakeService;
use futures_util::FutureExt as _;
use std::pin::pin;
use std::time::Duration;

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);

/// Returns services without rotation of refresh tokens, with rotation, and with rotation and a grace period.
fn services() -> [FakeService; 3] {
    [FakeService::without_rotation(), FakeService::rotating(0), FakeService::rotating(60)]
}

/// Returns the output of a future that does not wait.
#[track_caller]
fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut polls = std::iter::repeat_with(|| (&mut future).now_or_never()).take(1000);
    polls.find_map(|output| output).expect("the future does not wait")
}

fn builder(service: &FakeService) -> SessionBuilder {
    Session::builder(&service.client()).rotation(service.is_rotating()).clock(service.clock())
}

fn blocking_builder(service: &FakeService) -> SessionBuilder<blocking::Client> {
    Session::builder(&service.blocking_client()).rotation(service.is_rotating()).clock(service.clock())
}

/// A session of a user who has just signed in.
fn session(service: &FakeService) -> Session {
    signed_in(service, builder(service).build())
}

fn signed_in(service: &FakeService, session: Session) -> Session {
    now(session.sign_in(service.sign_in())).expect("it is saved");
    session
}

fn blocking_session(service: &FakeService) -> Session<blocking::Client> {
    let session = blocking_builder(service).build();
    session.sign_in(service.sign_in()).expect("it is saved");
    session
}

/// Returns a valid access token without waiting.
#[track_caller]
fn access_token(session: &Session<Client>) -> String {
    now(session.access_token()).expect("a token")
}

fn reason<T>(outcome: Result<T, SessionError>) -> Option<SignedOut> {
    outcome.err().and_then(|error| match error {
        SessionError::SignedOut(reason) => Some(reason),
        _ => None,
    })
}

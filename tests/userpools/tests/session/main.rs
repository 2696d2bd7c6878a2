//! Sessions against a stand-in for the service with a virtual clock. Real servers have their turn in the files named after them.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

mod callers;
mod canaries;
mod clocks;
mod network;
mod requests;
mod sign_out;
mod stand_in;
mod stores;
mod transports;
mod watches;

use cognito_op::{Client, blocking};
use cognito_userpools::session::{Session, SessionBuilder, SessionError, SignedOut};
use futures_util::FutureExt as _;
use stand_in::StandIn;
use std::pin::pin;
use std::time::Duration;

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);

/// The services: with and without rotation of refresh tokens.
fn services() -> [StandIn; 3] {
    [StandIn::lasting(), StandIn::rotating(0), StandIn::rotating(60)]
}

/// Returns the output of a future that does not wait.
#[track_caller]
fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut polls = std::iter::repeat_with(|| (&mut future).now_or_never()).take(1000);
    polls.find_map(|output| output).expect("nothing to wait for")
}

fn builder(service: &StandIn) -> SessionBuilder {
    Session::builder(&service.client()).rotation(service.is_rotating()).clock(service.clock())
}

fn blocking_builder(service: &StandIn) -> SessionBuilder<blocking::Client> {
    Session::builder(&service.blocking_client()).rotation(service.is_rotating()).clock(service.clock())
}

/// A session of a user who has just signed in.
fn session(service: &StandIn) -> Session {
    signed_in(service, builder(service).build())
}

fn signed_in(service: &StandIn, session: Session) -> Session {
    now(session.sign_in(service.sign_in())).expect("it is saved");
    session
}

fn blocking_session(service: &StandIn) -> Session<blocking::Client> {
    let session = blocking_builder(service).build();
    session.sign_in(service.sign_in()).expect("it is saved");
    session
}

/// A valid access token, which does not have to be waited for.
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

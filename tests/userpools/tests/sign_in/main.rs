//! The sign-in flows with a mock. The tests with other servers are in the files that are named after those servers.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

mod admin;
mod challenges;
mod flows;
mod offload;
// The README contains this module, so it is public and formatted as in a separate crate.
#[allow(unreachable_pub)]
#[rustfmt::skip]
mod recipe;
mod refusals;
mod secrets;
mod validation;

use cognito_op::mock::Mock;
use cognito_op::{Client, blocking};
use cognito_userpools::admin::AdminRespondToAuthChallenge;
use cognito_userpools::operations::{InitiateAuth, RespondToAuthChallenge};
use cognito_userpools::sign_in::Step;
use futures_util::FutureExt as _;
use serde_json::{Value, json};
use std::pin::pin;

const ID: &str = "1example23456789";
const SECRET: &str = "9example8secret7";
const POOL: &str = "eu-west-1_Ab12Cd34";
const SESSION: &str = "a session of twenty characters or more";

/// The names of challenges, including an unknown one.
const CHALLENGES: [&str; 14] = [
    "A_NEW_ONE",
    "CUSTOM_CHALLENGE",
    "DEVICE_SRP_AUTH",
    "EMAIL_OTP",
    "MFA_SETUP",
    "NEW_PASSWORD_REQUIRED",
    "PASSWORD",
    "PASSWORD_SRP",
    "SELECT_CHALLENGE",
    "SELECT_MFA_TYPE",
    "SMS_MFA",
    "SMS_OTP",
    "SOFTWARE_TOKEN_MFA",
    "WEB_AUTHN",
];

/// Returns the output of a future. The virtual clock of the mock advances automatically, so the future does not wait.
fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut polls = std::iter::repeat_with(|| (&mut future).now_or_never()).take(1000);
    polls.find_map(|output| output).expect("the future does not wait")
}

fn client(mock: &Mock) -> Client {
    mock.client().with_public_app_client(ID).expect("an id")
}

fn blocking_client(mock: &Mock) -> blocking::Client {
    mock.blocking_client().with_public_app_client(ID).expect("an id")
}

fn tokens() -> Value {
    json!({"AuthenticationResult": {"AccessToken": "access", "ExpiresIn": 3600, "TokenType": "Bearer"}})
}

fn challenge(name: &str, parameters: &Value) -> Value {
    json!({"ChallengeName": name, "ChallengeParameters": parameters, "Session": SESSION})
}

/// Returns the only request.
fn only(mock: &Mock) -> Value {
    let requests = mock.requests();
    assert_eq!(requests.len(), 1, "{requests:?}");
    requests[0].json()
}

/// Starts a sign-in, and returns a challenge as its first step.
fn challenged(mock: &Mock, name: &str, parameters: &Value) -> Step {
    mock.on::<InitiateAuth>().output_json(challenge(name, parameters));
    let start = cognito_userpools::sign_in::SignIn::user_password_auth("alice@example.com", "correct horse");
    now(start.start(&client(mock))).expect("a challenge")
}

/// Returns the answers to challenges that were sent.
fn responses(mock: &Mock) -> Vec<Value> {
    let requests = mock.requests();
    let responses = requests.iter().filter(|request| request.operation().ends_with("RespondToAuthChallenge"));
    responses.map(cognito_op::mock::Recorded::json).collect()
}

fn will_sign_in(mock: &Mock) {
    mock.on::<RespondToAuthChallenge>().output_json(tokens());
}

/// Like [`will_sign_in`], for a sign-in by a back end.
fn admin_will_sign_in(mock: &Mock) {
    mock.on::<AdminRespondToAuthChallenge>().output_json(tokens());
}

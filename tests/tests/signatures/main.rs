//! Signatures, compared with those of botocore and of `aws-sigv4`, and the signing of clients.

#![allow(missing_docs, clippy::expect_used)]

mod client;
mod clock;
mod generated;
mod suite;

use cognito_op::{cognito_op, http};
use std::collections::BTreeMap;

#[cognito_op(target = "AdminConfirmSignUp", signed, response = ())]
struct AdminConfirmSignUp {
    user_pool_id: String,
    username: String,
    client_metadata: Option<BTreeMap<String, String>>,
}

fn operation() -> AdminConfirmSignUp {
    AdminConfirmSignUp::new("eu-west-1_Ab12Cd34", "alice")
}

/// Returns a header of a request.
fn header<'r, B>(request: &'r http::Request<B>, name: &str) -> &'r str {
    request.headers()[name].to_str().expect("ASCII")
}

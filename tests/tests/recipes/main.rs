//! Tests of the recipes in the guide.

#![allow(missing_docs, clippy::expect_used)]

// The recipes are written for a crate of their own, with the line width of the guide.
#[allow(unreachable_pub)]
#[rustfmt::skip]
mod aws_config;
#[allow(unreachable_pub)]
#[rustfmt::skip]
mod reqwest;

use self::aws_config::from_aws;
use self::reqwest::Reqwest;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use cognito_op::{Client, ErrorKind, cognito_op, cognito_shape};
use cognito_op_tests::contract;
use cognito_op_tests::peers::Peer;
use serde_json::Value;
use std::time::Duration;

#[test]
fn the_guide_contains_the_recipes() {
    for (chapter, recipe) in [
        (include_str!("../../../runtime/guide/transports.md"), include_str!("reqwest.rs")),
        (include_str!("../../../runtime/guide/signed.md"), include_str!("aws_config.rs")),
    ] {
        let block = format!("```rust,ignore\n{recipe}```");
        assert!(chapter.contains(&block), "the chapter lacks:\n{block}");
    }
}

#[cognito_op(target = "AdminCreateUser", signed)]
struct AdminCreateUser {
    user_pool_id: String,
    username: String,
    temporary_password: Option<String>,
}

#[cognito_shape(output)]
struct AdminCreateUserResponse {
    user: Option<UserType>,
}

#[cognito_shape(UserType, output)]
struct UserType {
    username: Option<String>,
    user_status: Option<String>,
}

#[cognito_op(target = "AdminConfirmSignUp", signed, response = ())]
struct AdminConfirmSignUp {
    user_pool_id: String,
    username: String,
}

#[cognito_op(target = "AdminGetUser", signed)]
struct AdminGetUser {
    user_pool_id: String,
    username: String,
}

#[cognito_shape(output)]
struct AdminGetUserResponse {
    user_status: Option<String>,
}

#[tokio::test]
async fn reqwest_follows_the_contract_of_transports() {
    contract::check(|| Reqwest::new(reqwest::http_client(Duration::from_secs(3)).expect("a client"))).await;
}

/// Returns a client with the type of credentials that `aws-config` loads.
fn client(url: &str, id: &str, secret: &str) -> Client {
    let source = SharedCredentialsProvider::new(Credentials::new(id, secret, None, None, "the test"));
    let builder = Client::builder().endpoint(url).region("us-east-1");
    builder.credentials(move || from_aws(source.clone())).build().expect("a client")
}

#[tokio::test]
async fn signed_operations_against_ministack() {
    let (server, venv) = Peer::ministack();
    let made = venv.script("pool.py", &["--administrator", &server.url(), "alice"]);
    let text = |value: &Value| value.as_str().expect("made by pool.py").to_owned();
    let pool = &text(&made["pool"]);
    let (id, secret) = (text(&made["administrator"]["id"]), text(&made["administrator"]["secret"]));
    let bare = Client::builder().endpoint(server.url()).build().expect("a client");
    let client = client(&server.url(), &id, &secret);

    let create = AdminCreateUser::new(pool, "bob").temporary_password("Correct-Horse-7");
    let user = create.send(&client).await.expect("a user").user.expect("the user");
    assert_eq!(user.username.as_deref(), Some("bob"));
    assert_eq!(user.user_status.as_deref(), Some("FORCE_CHANGE_PASSWORD"));
    let error = create.send(&client).await.expect_err("a second bob");
    assert_eq!(error.kind(), ErrorKind::UsernameExists);

    let confirm = AdminConfirmSignUp::new(pool, "alice");
    confirm.send(&client).await.expect("alice is confirmed");
    let alice = AdminGetUser::new(pool, "alice").send(&client).await.expect("alice");
    assert_eq!(alice.user_status.as_deref(), Some("CONFIRMED"));

    let error = confirm.send(&bare).await.expect_err("no signer");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Misconfigured, 0));
    let error = confirm.send(&self::client(&server.url(), &id, "wrong")).await.expect_err("a wrong key");
    assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::InvalidSignature, false), "{error}");
}

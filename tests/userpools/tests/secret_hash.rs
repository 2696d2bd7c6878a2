//! The secret hash and the app client secret in the operations of the crate: their members, the user name in the hash,
//! and the app client.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

use cognito_op::mock::Mock;
use cognito_op::{AutoFill, Client, Config, ErrorKind, Operation, Structure, Validation};
use cognito_op_tests::ready_made_operations;
use cognito_op_tests::server::{Reply, Server, answer};
use cognito_userpools::admin;
use cognito_userpools::operations::{
    self, AuthFlowType, ChallengeNameType, ConfirmForgotPassword, ConfirmSignUp, ForgotPassword, GetClientToken,
    GetDerivedToken, GetTokensFromRefreshToken, InitiateAuth, ResendConfirmationCode, RespondToAuthChallenge,
    RevokeToken, SignUp, TokenTypeIdentifierType,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const ID: &str = "1example23456789";
const SECRET: &str = "9example8secret7";
// Computed with `openssl dgst -sha256 -hmac`, over the user's name and the id above.
const ALICE: &str = "Q8vCtnYTeTEicbrwTzPXHIZcV6d6O98hE79Z41KgWPo=";
const USER_ID: &str = "bCVjpxC8E8dUXbKE7O/e8AXV9qblM+UKvslSCg6v7yw=";

fn config() -> Config {
    Config::builder().region("eu-west-1").app_client(ID, SECRET).build().expect("a configuration")
}

/// Returns the body of the request of an operation.
fn request<O: Operation>(operation: &O) -> Value {
    let (request, _) = config().prepare(operation).expect("a request");
    serde_json::from_slice(request.body().as_bytes()).expect("JSON")
}

fn named(entries: &[(&str, &str)]) -> BTreeMap<String, String> {
    entries.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn members_with_a_hash() {
    let mut places = Vec::new();
    macro_rules! find {
        ($($module:ident::$operation:ident)+) => {$(
            let members = <$module::$operation as Structure>::MEMBERS;
            let filled = members.iter().filter_map(|member| Some((member.name, member.auto_fill?)));
            places.extend(filled.map(|(member, filled)| (<$module::$operation as Operation>::NAME, member, filled)));
        )+};
    }
    ready_made_operations!(find);
    places.sort_by_key(|(operation, member, _)| (*operation, *member));
    let (hash, id, secret) = (AutoFill::SecretHash, AutoFill::ClientId, AutoFill::ClientSecret);
    let entry = AutoFill::SecretHashEntry("SECRET_HASH");
    let expected = [
        ("AdminInitiateAuth", "AuthParameters", entry),
        ("AdminInitiateAuth", "ClientId", id),
        ("AdminRespondToAuthChallenge", "ChallengeResponses", entry),
        ("AdminRespondToAuthChallenge", "ClientId", id),
        ("ConfirmForgotPassword", "ClientId", id),
        ("ConfirmForgotPassword", "SecretHash", hash),
        ("ConfirmSignUp", "ClientId", id),
        ("ConfirmSignUp", "SecretHash", hash),
        ("ForgotPassword", "ClientId", id),
        ("ForgotPassword", "SecretHash", hash),
        ("GetClientToken", "ClientId", id),
        ("GetClientToken", "Secret", secret),
        ("GetDerivedToken", "ClientId", id),
        ("GetDerivedToken", "ClientSecret", secret),
        ("GetTokensFromRefreshToken", "ClientId", id),
        ("GetTokensFromRefreshToken", "ClientSecret", secret),
        ("InitiateAuth", "AuthParameters", entry),
        ("InitiateAuth", "ClientId", id),
        ("ResendConfirmationCode", "ClientId", id),
        ("ResendConfirmationCode", "SecretHash", hash),
        ("RespondToAuthChallenge", "ChallengeResponses", entry),
        ("RespondToAuthChallenge", "ClientId", id),
        ("RevokeToken", "ClientId", id),
        ("RevokeToken", "ClientSecret", secret),
        ("SignUp", "ClientId", id),
        ("SignUp", "SecretHash", hash),
    ];
    assert_eq!(places, expected);
}

#[test]
fn every_hash_is_filled_in() {
    for request in [
        request(&SignUp::new("alice")),
        request(&ConfirmSignUp::new("alice", "123456")),
        request(&ResendConfirmationCode::new("alice")),
        request(&ForgotPassword::new("alice")),
        request(&ConfirmForgotPassword::new("alice", "123456", "correct horse")),
    ] {
        assert_eq!((&request["Username"], &request["SecretHash"]), (&json!("alice"), &json!(ALICE)));
        assert_eq!(request["ClientId"], ID);
    }
    let initiate = InitiateAuth::new(AuthFlowType::CustomAuth).auth_parameters(named(&[("USERNAME", "alice")]));
    assert_eq!(request(&initiate)["AuthParameters"], json!({"USERNAME": "alice", "SECRET_HASH": ALICE}));
    let respond = RespondToAuthChallenge::new(ChallengeNameType::SmsMfa)
        .challenge_responses(named(&[("SMS_MFA_CODE", "123456"), ("USERNAME", "a-user-id")]));
    let expected = json!({"SMS_MFA_CODE": "123456", "USERNAME": "a-user-id", "SECRET_HASH": USER_ID});
    assert_eq!(request(&respond)["ChallengeResponses"], expected);
    assert_eq!(request(&RevokeToken::new("token"))["ClientSecret"], SECRET);
    assert_eq!(request(&GetTokensFromRefreshToken::new("token"))["ClientSecret"], SECRET);
    assert_eq!(request(&GetClientToken::new()), json!({"ClientId": ID, "Secret": SECRET}));
    let exchange = GetDerivedToken::new("token", TokenTypeIdentifierType::AccessToken);
    assert_eq!(request(&exchange)["ClientSecret"], SECRET);

    // Values that the program has set are not replaced.
    let own = "an/own+hash=";
    assert_eq!(request(&SignUp::new("alice").secret_hash(own))["SecretHash"], own);
    let parameters = named(&[("USERNAME", "alice"), ("SECRET_HASH", own)]);
    assert_eq!(request(&initiate.auth_parameters(parameters))["AuthParameters"]["SECRET_HASH"], own);
    let own = "a_secret_of_its_own_4_this";
    assert_eq!(request(&RevokeToken::new("token").client_secret(own))["ClientSecret"], own);
    assert_eq!(request(&exchange.client_secret(own))["ClientSecret"], own);
    assert_eq!(request(&GetClientToken::new().secret(own))["Secret"], own);
}

/// A refresh contains no user name. If users sign in with an alias, the hash is computed over another name.
#[test]
fn the_hash_is_computed_over_the_user_name() {
    let parameters = named(&[("REFRESH_TOKEN", "token")]);
    let refresh = InitiateAuth::new(AuthFlowType::RefreshTokenAuth).auth_parameters(parameters);
    let error = config().prepare(&refresh).expect_err("no name");
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Misconfigured, Some("InitiateAuth")));
    assert!(error.to_string().contains("`hash_username`"), "{error}");

    let (request, _) = config().prepare_with_hash_username("a-user-id", &refresh).expect("a request");
    let request: Value = serde_json::from_slice(request.body().as_bytes()).expect("JSON");
    assert_eq!(request["AuthParameters"], json!({"REFRESH_TOKEN": "token", "SECRET_HASH": USER_ID}));
}

#[test]
fn a_request_without_an_app_client_id_is_not_sent() {
    let config = Config::builder().region("eu-west-1").build().expect("a configuration");
    let error = config.prepare(&ForgotPassword::new("alice")).expect_err("no app client");
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Misconfigured, Some("ForgotPassword")));
    assert!(error.to_string().contains("`app_client` or `public_app_client`"), "{error}");
    assert!(error.to_string().contains("`client_id`"), "{error}");

    let (request, _) = config.prepare(&ForgotPassword::new("alice").client_id(ID)).expect("a request");
    let request: Value = serde_json::from_slice(request.body().as_bytes()).expect("JSON");
    assert_eq!(request, json!({"ClientId": ID, "Username": "alice"}));
}

#[test]
fn a_request_without_a_required_secret_is_not_sent() {
    let operation = GetClientToken::new().scopes(["orders/read"]);
    let public = || Config::builder().region("eu-west-1").public_app_client(ID);
    for builder in [public(), public().validation(Validation::Off)] {
        let config = builder.build().expect("a configuration");
        let error = config.prepare(&operation).expect_err("no secret");
        assert_eq!((error.kind(), error.operation()), (ErrorKind::Misconfigured, Some("GetClientToken")));
        let text = "GetClientToken: not sent: the request has no app client secret; build the client with `app_client`, \
            or set `secret` on the request";
        assert_eq!(error.to_string(), text);

        let (request, _) = config.prepare(&operation.clone().secret("s".repeat(24))).expect("a request");
        let request: Value = serde_json::from_slice(request.body().as_bytes()).expect("JSON");
        assert_eq!(request, json!({"ClientId": ID, "Scopes": ["orders/read"], "Secret": "s".repeat(24)}));
        // The exchange of a token needs no secret.
        let exchange = GetDerivedToken::new("token", TokenTypeIdentifierType::IdToken);
        let (request, _) = config.prepare(&exchange).expect("a request");
        let request: Value = serde_json::from_slice(request.body().as_bytes()).expect("JSON");
        assert_eq!(request, json!({"ClientId": ID, "SubjectToken": "token", "SubjectTokenType": "ID_TOKEN"}));
    }

    let config = Config::builder().region("eu-west-1").build().expect("a configuration");
    let error = config.prepare(&operation).expect_err("no app client");
    assert!(error.to_string().contains("no app client id; build the client with `app_client` or"), "{error}");
    let error = config.prepare(&operation.client_id(ID)).expect_err("no secret");
    assert!(error.to_string().contains("no app client secret; build the client with `app_client`, or"), "{error}");
}

#[test]
fn a_mock_checks_the_secret() {
    let mock = Mock::new();
    mock.on::<GetClientToken>().succeed().times(2);
    let client = mock.blocking_client().with_public_app_client(ID).expect("a client");
    let error = GetClientToken::new().send_blocking(&client).expect_err("no secret");
    assert_eq!(error.kind(), ErrorKind::Misconfigured);
    assert!(mock.requests().is_empty());

    let client = client.with_app_client(ID, SECRET).expect("a client");
    GetClientToken::new().send_blocking(&client).expect("a response");
    let own = "a_secret_of_its_own_4_this";
    GetClientToken::new().secret(own).send_blocking(&client).expect("a response");
    let sent = mock.sent::<GetClientToken>();
    assert_eq!(sent.iter().map(|sent| sent.secret.as_deref()).collect::<Vec<_>>(), [Some(SECRET), Some(own)]);
    let text = format!("{:?} {mock:?} {sent:?} {client:?}", mock.requests());
    assert!(!text.contains(SECRET) && !text.contains(own), "{text}");
}

/// The messages of the service quote the secret and the tokens of the request.
#[test]
fn secrets_are_redacted_in_errors() {
    let own = "a_secret_of_its_own_4_this";
    let mock = Mock::new();
    mock.on::<GetClientToken>().fail_with(ErrorKind::NotAuthorized, &format!("The secret {SECRET} is not active"));
    mock.on::<GetClientToken>().fail_with(ErrorKind::NotAuthorized, &format!("The secret {own} is not active"));
    let exchanged = format!("{SECRET} cannot exchange subject.token for actor.token");
    mock.on::<GetDerivedToken>().fail_with(ErrorKind::NotAuthorized, &exchanged);
    let client = mock.blocking_client().with_app_client(ID, SECRET).expect("a client");
    let exchange = GetDerivedToken::new("subject.token", TokenTypeIdentifierType::AccessToken)
        .actor_token("actor.token")
        .actor_token_type(TokenTypeIdentifierType::AccessToken);
    let errors = [
        GetClientToken::new().send_blocking(&client).map(|_| ()).expect_err("refused"),
        GetClientToken::new().secret(own).send_blocking(&client).map(|_| ()).expect_err("refused"),
        exchange.send_blocking(&client).map(|_| ()).expect_err("refused"),
    ];
    for error in errors {
        let text = format!("{error} {error:?} {}", error.report());
        assert!(text.contains("[redacted]"), "{text}");
        for secret in [SECRET, own, "subject.token", "actor.token"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
    let text = format!("{exchange:?} {:?}", GetClientToken::new().secret(own));
    assert!(!text.contains(own) && !text.contains("subject.token") && !text.contains("actor.token"), "{text}");
}

/// Clients with different app clients and secrets share the connections of the client from which they were created.
#[tokio::test]
async fn several_app_clients_and_a_secret_that_is_rotated() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let client = Client::builder().endpoint(server.url()).app_client(ID, SECRET).build().expect("a client");
    let rotated = client.with_app_client(ID, "rotated").expect("a client");
    let other = rotated.with_app_client("2example23456789", "other").expect("a client");
    let public = other.with_public_app_client("3example23456789").expect("a client");

    let operation = ResendConfirmationCode::new("alice").client_id(ID);
    operation.send(&client).await.expect("a response");
    operation.send(&rotated).await.expect("a response");
    // Both secrets are valid during a rotation. The hash of the next request is computed over the given user name.
    client.call(&operation).hash_username("a-user-id").send().await.expect("a response");
    // The request contains the app client id of the client, unless it sets another one.
    ResendConfirmationCode::new("alice").send(&other).await.expect("a response");
    ResendConfirmationCode::new("alice").client_id("3example23456789").send(&public).await.expect("a response");
    let ids: Vec<Value> = server.received().iter().map(|received| received.json()["ClientId"].clone()).collect();
    assert_eq!(ids, [ID, ID, ID, "2example23456789", "3example23456789"]);
    let hashes: Vec<Value> = server.received().iter().map(|received| received.json()["SecretHash"].clone()).collect();
    let rotated = "chSkgpqUfTJgnFNDhxadbQyDk7alB+zsJlrvX8k6pc8=";
    let other_hash = "lNooaT9UFM1k8+O6zecmLRjbuOb3FwSHEUXYDVrx/1c=";
    assert_eq!(hashes, [json!(ALICE), json!(rotated), json!(USER_ID), json!(other_hash), Value::Null]);
    assert_eq!(server.connections(), 1);

    let error = operation.send(&other).await.expect_err("another app client's request");
    assert_eq!(error.kind(), ErrorKind::Misconfigured);
    assert_eq!(server.received().len(), 5, "the request is not sent");
}

//! Every type and attribute of a member at run time.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::{Client, Config, ErrorKind, Structure, Validation, cognito_op};
use cognito_op_tests::lints::types::{
    AdminConfirmSignUp, AttributeType, AuthFlow, Everything, ForgotPassword, GetClientToken, InitiateAuth, Kind,
    Nested, OfAppClient, RespondToAuthChallenge, RevokeToken,
};
use cognito_op_tests::transport::Canned;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, UNIX_EPOCH};

const ID: &str = "1example23456789";

fn client(transport: &Canned) -> Client {
    let builder = Client::builder().region("eu-west-1").app_client(ID, "secret");
    builder.build_with(transport.clone()).expect("a client")
}

fn sent(transport: &Canned) -> Value {
    let seen = transport.seen();
    let (request, _) = seen.last().expect("a request");
    serde_json::from_slice(request.body().as_bytes()).expect("JSON")
}

fn everything() -> Everything {
    Everything::new("123456", true, 60, ["one"], [("key", "value")])
}

#[tokio::test]
async fn all_types_are_written_and_read() {
    let answer = r#"{
        "At": 1795309799.456, "Count": 3.0, "Nested": [{"Kind": "number-two"}, {"Kind": "new", "Attributes": null}],
        "Blob": "AP8=", "Document": {"a": [1, null]}
    }"#;
    let transport = Canned::always(200, &[], answer);
    let nested = Nested::new(Kind::Two).attributes(vec![AttributeType::new("email").value("a@example.com")]);
    let operation = everything()
        .boxed("b")
        .cow("c")
        .borrowed("d")
        .long(i64::MIN + 5)
        .time(UNIX_EPOCH + Duration::from_millis(1500))
        .blob(vec![0, 255])
        .hash_map([("one", 1)])
        .document(json!({"any": ["thing", null]}))
        .nested(nested.clone())
        .nested_list(vec![nested])
        .alias("alias")
        .named("named");
    let violations = operation.validate().expect_err("one violation");
    assert_eq!(violations.to_string(), "`long` must be at least -5");
    let operation = operation.long(-5);
    let answer = operation.send(&client(&transport)).await.expect("a response");
    let nested = json!({"Kind": "number-two", "Attributes": [{"Name": "email", "Value": "a@example.com"}]});
    let expected = json!({
        "String": "123456", "Boxed": "b", "Cow": "c", "Borrowed": "d", "Boolean": true, "Integer": 60, "Long": -5,
        "Time": 1.5, "Blob": "AP8=", "List": ["one"], "Map": {"key": "value"}, "HashMap": {"one": 1},
        "Document": {"any": ["thing", null]}, "Nested": nested, "NestedList": [nested], "Alias": "alias",
        "UPPERCase": "named",
    });
    assert_eq!(sent(&transport), expected);
    assert_eq!(answer.at, UNIX_EPOCH + Duration::from_millis(1_795_309_799_456));
    assert_eq!((answer.count, answer.blob), (3, Some(vec![0, 255])));
    assert_eq!(answer.document, Some(json!({"a": [1, null]})));
    let kinds: Vec<_> = answer.nested.into_iter().map(|nested| nested.kind).collect();
    assert_eq!(kinds, [Kind::Two, Kind::Other("new".to_owned())], "an unknown value is kept");
}

#[test]
fn constraints_of_entries_keys_and_numbers() {
    let mut operation = everything()
        .blob(vec![0; 1_000_001])
        .hash_map(HashMap::from([("a", 4)]))
        .nested_list(vec![Nested::new(Kind::One), Nested::new(Kind::One).attributes(vec![AttributeType::new("")])]);
    operation.string = "12345".to_owned();
    operation.integer = 61;
    operation.list = ["ok", "", "not ok", "c", "d", "e"].map(str::to_owned).to_vec();
    operation.map = BTreeMap::from([(String::new(), "x".repeat(257))]);
    let violations = operation.validate().expect_err("many");
    let seen: Vec<_> = violations.iter().map(|violation| (violation.path(), violation.wire_path())).collect();
    let expected = [
        ("string", "string"),
        ("string", "string"),
        ("integer", "integer"),
        ("blob", "blob"),
        ("list", "list"),
        ("list[1]", "list.2.member"),
        ("list[1]", "list.2.member"),
        ("list[2]", "list.3.member"),
        ("map[…].key", "map.….key"),
        ("map[…]", "map.….member"),
        ("hash_map[…]", "hashMap.….member"),
        ("nested_list[1].attributes[0].name", "nestedList.2.member.attributes.1.member.name"),
        ("nested_list[1].attributes[0].name", "nestedList.2.member.attributes.1.member.name"),
    ];
    assert_eq!(seen, expected);
    let text = violations.to_string();
    assert!(text.contains("`integer` must be at most 60;"), "an unmodeled member is sensitive: {text}");
    assert!(!text.contains("61") && !text.contains("1000001"), "{text}");
}

#[tokio::test]
async fn the_secret_hash_of_a_map() {
    const HASH: &str = "SRSokfDPYgNH3Tm3eRbqKCsFZg9Ia07+tqRIgXhLH5s=";
    let transport = Canned::always(200, &[], "{}");
    let client = client(&transport);
    let parameters = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect::<BTreeMap<_, _>>()
    };

    let by_name = InitiateAuth::new(AuthFlow::UserSrpAuth, ID).auth_parameters(parameters(&[("USERNAME", "alice")]));
    by_name.send(&client).await.expect("a response");
    assert_eq!(sent(&transport)["AuthParameters"], json!({"USERNAME": "alice", "SECRET_HASH": HASH}));

    let own = parameters(&[("USERNAME", "alice"), ("SECRET_HASH", "")]);
    InitiateAuth::new(AuthFlow::UserSrpAuth, ID).auth_parameters(own).send(&client).await.expect("a response");
    assert_eq!(sent(&transport)["AuthParameters"], json!({"USERNAME": "alice", "SECRET_HASH": ""}), "not replaced");

    InitiateAuth::new(AuthFlow::UserSrpAuth, ID).send(&client).await.expect("a response");
    assert_eq!(sent(&transport).get("AuthParameters"), None);

    let refresh =
        InitiateAuth::new(AuthFlow::RefreshTokenAuth, ID).auth_parameters(parameters(&[("REFRESH_TOKEN", "token")]));
    let error = refresh.send(&client).await.expect_err("no name");
    assert_eq!(error.kind(), ErrorKind::Misconfigured);
    assert!(error.to_string().contains("hash_username"), "{error}");
    client.call(&refresh).hash_username("alice").send().await.expect("a response");
    assert_eq!(sent(&transport)["AuthParameters"], json!({"REFRESH_TOKEN": "token", "SECRET_HASH": HASH}));

    let responses = HashMap::from([("USER_ID_FOR_SRP", "alice"), ("USERNAME", "alias")]);
    RespondToAuthChallenge::new("PASSWORD_VERIFIER", ID, responses).send(&client).await.expect("a response");
    let expected = json!({"USER_ID_FOR_SRP": "alice", "USERNAME": "alias", "SECRET_HASH": HASH});
    assert_eq!(sent(&transport)["ChallengeResponses"], expected);
}

#[tokio::test]
async fn the_app_client_id() {
    let transport = Canned::always(200, &[], "{}");
    let with = client(&transport);
    let without = Client::builder().region("eu-west-1").build_with(transport.clone()).expect("a client");

    ForgotPassword::new("alice").send(&with).await.expect("a response");
    assert_eq!(sent(&transport), json!({"ClientId": ID, "Username": "alice"}));
    ForgotPassword::new("alice").client_id(ID).send(&with).await.expect("a response");
    assert_eq!(sent(&transport), json!({"ClientId": ID, "Username": "alice"}));
    let other = ForgotPassword::new("alice").client_id("another");
    other.send(&without).await.expect("a response");
    assert_eq!(sent(&transport), json!({"ClientId": "another", "Username": "alice"}));
    let error = other.send(&with).await.expect_err("an id of another app client");
    assert_eq!(error.kind(), ErrorKind::Misconfigured);
    let error = ForgotPassword::new("alice").send(&without).await.expect_err("no id");
    assert_eq!(error.kind(), ErrorKind::Misconfigured);
    let text = "ForgotPassword: not sent: the request has no app client id; build the client with `app_client` or \
        `public_app_client`, or set `client_id` on the request";
    assert_eq!(error.to_string(), text);
    assert_eq!(transport.seen().len(), 3);

    // Without an app client, a member that the service does not require is omitted.
    OfAppClient::new().send(&with).await.expect("a response");
    assert_eq!(sent(&transport), json!({"AppClient": ID}));
    OfAppClient::new().send(&without).await.expect("a response");
    assert_eq!(sent(&transport), json!({}));
    let error = OfAppClient::new().app_client("another").send(&with).await.expect_err("an id of another app client");
    assert_eq!(error.kind(), ErrorKind::Misconfigured);
}

#[cognito_op(target = "DescribeUserPoolClient", signed, response = ())]
struct DescribeUserPoolClient {
    user_pool_id: String,
    client_id: String,
}

/// The member names the app client to describe, which may differ from the app client of the caller.
#[test]
fn requests_can_administer_other_app_clients() {
    let config = Config::builder().region("eu-west-1").app_client(ID, "secret").build().expect("a configuration");
    let (request, _) = config.prepare(&DescribeUserPoolClient::new("eu-west-1_a", "another")).expect("a request");
    let body: Value = serde_json::from_slice(request.body().as_bytes()).expect("JSON");
    assert_eq!(body, json!({"UserPoolId": "eu-west-1_a", "ClientId": "another"}));
}

#[tokio::test]
async fn the_raw_client_secret_where_it_is_wanted() {
    let transport = Canned::always(200, &[], "");
    RevokeToken::new("token", ID).send(&client(&transport)).await.expect("a response");
    assert_eq!(sent(&transport), json!({"Token": "token", "ClientId": ID, "ClientSecret": "secret"}));
    let own = RevokeToken::new("token", ID).client_secret("other");
    own.send(&client(&transport)).await.expect("a response");
    assert_eq!(sent(&transport)["ClientSecret"], "other");
    assert!(!format!("{own:?}").contains("other"));
    let idempotent = |operation: &RevokeToken| {
        fn of<O: cognito_op::Operation>(_: &O) -> bool {
            O::IDEMPOTENT
        }
        of(operation)
    };
    assert!(idempotent(&own), "a revoked token stays revoked");
}

#[tokio::test]
async fn the_client_secret_that_the_service_requires() {
    let transport = Canned::always(200, &[], "{}");
    let with = client(&transport);
    GetClientToken::new().send(&with).await.expect("a response");
    assert_eq!(sent(&transport), json!({"ClientId": ID, "Secret": "secret"}));
    let rotated = with.with_app_client(ID, "rotated").expect("a client");
    GetClientToken::new().send(&rotated).await.expect("a response");
    assert_eq!(sent(&transport), json!({"ClientId": ID, "Secret": "rotated"}));
    let public = with.with_public_app_client(ID).expect("a client");
    for client in [&with, &public] {
        let operation = GetClientToken::new().secret("own");
        assert!(!format!("{operation:?}").contains("own"));
        operation.send(client).await.expect("a response");
        assert_eq!(sent(&transport), json!({"ClientId": ID, "Secret": "own"}));
    }

    let public_without_validation = Client::builder().region("eu-west-1").public_app_client(ID);
    let public_without_validation = public_without_validation.validation(Validation::Off);
    let public_without_validation = public_without_validation.build_with(transport.clone()).expect("a client");
    for client in [public, public_without_validation] {
        let error = GetClientToken::new().send(&client).await.expect_err("no secret");
        assert_eq!(error.kind(), ErrorKind::Misconfigured);
        let text = "GetClientToken: not sent: the request has no app client secret; build the client with `app_client`, or \
            set `secret` on the request";
        assert_eq!(error.to_string(), text);
    }
    assert_eq!(transport.seen().len(), 4);

    let rules = json!(GetClientToken::MEMBERS);
    for (rule, member) in [(&rules[0], "ClientId"), (&rules[1], "Secret")] {
        assert_eq!((&rule["member"], &rule["sensitive"]), (&json!(member), &json!(true)));
        assert_eq!((&rule["required"], &rule["autoFilled"]), (&json!(true), &json!(true)));
    }
}

#[tokio::test]
async fn a_signed_operation_does_not_go_out_without_a_signature() {
    let transport = Canned::always(200, &[], "");
    let error = AdminConfirmSignUp::new("pool", "alice").send(&client(&transport)).await.expect_err("no credentials");
    assert_eq!(error.kind(), ErrorKind::Misconfigured);
    assert!(transport.seen().is_empty());
}

#[test]
fn enums_are_open() {
    assert_eq!("ONE".parse(), Ok(Kind::One));
    assert_eq!(Kind::from("three").as_str(), "three");
    assert_eq!(format!("{:>5}|{:?}|{:?}", Kind::One, Kind::Two, Kind::from("x")), "  ONE|Two|Other(\"x\")");
}

#[test]
fn members_contain_the_constraints_for_a_form() {
    let member = |name: &str| *Everything::MEMBERS.iter().find(|member| member.name == name).expect("a member");
    let integer = member("Integer");
    assert!(integer.required && integer.sensitive);
    assert_eq!(integer.constraints.range.map(|range| (range.min, range.max)), Some((Some(0), Some(60))));
    let entries = member("List").constraints.entries.expect("entries are constrained");
    assert_eq!(entries.length.map(|length| (length.min, length.max)), Some((Some(1), Some(32))));
    assert_eq!(entries.pattern.map(|pattern| pattern.as_str()), Some(r"[\w]+"));
    assert_eq!(member("UPPERCase").field, "named");
}

//! Every outcome of a call, as the caller sees it.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::transport::{TimeoutKind, TransportError};
use cognito_op::{
    Body, Client, Config, Error, ErrorKind, Fault, Reason, Retries, Unit, Validation, ViolationKind, blocking,
    cognito_op,
};
use cognito_op_tests::resend::{AnalyticsMetadata, DeliveryMedium, ResendConfirmationCode};
use cognito_op_tests::transport::Canned;
use http::Response;
use std::time::Duration;

/// An operation whose output has no members.
#[cognito_op(target = "GlobalSignOut")]
struct GlobalSignOut {
    access_token: String,
}

/// A client that does not retry.
fn client(transport: &Canned) -> Client {
    let builder = Client::builder().region("eu-west-1").retries(Retries::off());
    builder.build_with(transport.clone()).expect("a client")
}

fn operation() -> ResendConfirmationCode {
    ResendConfirmationCode::new("1example23456789", "alice")
}

async fn failed(transport: &Canned) -> Error {
    operation().send(&client(transport)).await.expect_err("an error")
}

#[tokio::test]
async fn invalid_requests_are_not_sent() {
    let transport = Canned::always(200, &[], "{}");
    let bad = ResendConfirmationCode::new("not a client id", "");
    let error = bad.send(&client(&transport)).await.expect_err("violations");
    assert_eq!(error.kind(), ErrorKind::Invalid);
    assert!(!error.may_have_executed());
    assert_eq!((error.attempts(), error.status(), error.operation()), (0, None, Some("ResendConfirmationCode")));
    let violations: Vec<_> =
        error.violations().into_iter().flatten().map(|violation| (violation.path(), violation.wire_path())).collect();
    assert_eq!(violations, [("client_id", "clientId"), ("username", "username"), ("username", "username")]);
    assert_eq!(
        error.to_string(),
        r"ResendConfirmationCode: not sent: `client_id` must match `[\w+]+`; `username` must have at least 1 character; `username` must match `[\p{L}\p{M}\p{S}\p{N}\p{P}]+`"
    );
    let two = ResendConfirmationCode::new("a b", "c d").validate().expect_err("one for each");
    assert_eq!(two.iter().map(cognito_op::Violation::path).collect::<Vec<_>>(), ["client_id", "username"]);
    assert!(transport.seen().is_empty());
    assert_eq!(bad.validate().expect_err("the same").iter().count(), 3, "without a call");
}

#[tokio::test]
async fn nested_members_have_paths_of_their_own() {
    let nested = Nested::new("token").entries(vec![Entry::new().name("fits"), Entry::new().name("does not fit")]);
    let violations = nested.validate().expect_err("a violation");
    let violation = violations.iter().next().expect("never empty");
    assert_eq!((violation.path(), violation.wire_path()), ("entries[1].name", "entries.2.member.name"));
    assert_eq!(violation.kind(), &ViolationKind::TooLong { max: 8, actual: Some(12) });
    assert_eq!(
        violation.to_string(),
        "`entries[1].name` must have at most 8 characters",
        "an unmodeled member is sensitive"
    );
    assert!(violation.is_sensitive());
}

/// The service's report is parsed into the violations that `validate` would return.
#[tokio::test]
async fn violations_reported_by_the_service() {
    let message = "2 validation errors detected: Value 'a b' at 'clientId' failed to satisfy constraint: Member must satisfy \
                   regular expression pattern: [\\w+]+; Value at 'userContextData.encodedData' failed to satisfy constraint: \
                   Member must have length less than or equal to 4";
    let body = serde_json::json!({ "__type": "InvalidParameterException", "message": message }).to_string();
    let transport = Canned::always(400, &[], &body);
    let operation = ResendConfirmationCode::new("a b", "alice");
    let client = client(&transport);
    let unchecked = client.call(&operation).validation(Validation::Off);
    let error = unchecked.send().await.expect_err("the service refuses");
    assert_eq!((error.kind(), error.message()), (ErrorKind::InvalidParameter, Some(message)));
    let found: Vec<_> = error.violations().into_iter().flatten().collect();
    let local = operation.validate().expect_err("a violation");
    let local = local.iter().next().expect("one");
    assert_eq!(
        (found[0].path(), found[0].wire_path(), found[0].kind()),
        (local.path(), local.wire_path(), local.kind())
    );
    assert_eq!(found[0].to_string(), local.to_string());
    assert_eq!(found[1].to_string(), "`user_context_data.encoded_data` must have a length of at most 4");
    assert_eq!((found.len(), found[1].unit(), found[1].is_sensitive()), (2, None, true));
}

/// The unit of a length depends on the member's type.
#[test]
fn every_length_has_its_unit() {
    let operation = Measured::new(["a"], "é", vec![0; 3]);
    let violations = operation.validate().expect_err("three");
    let said: Vec<_> = violations.iter().map(|violation| (violation.unit(), violation.to_string())).collect();
    let said: Vec<_> = said.iter().map(|(unit, text)| (*unit, text.as_str())).collect();
    assert_eq!(
        said,
        [
            (Some(Unit::Entry), "`list` must have at least 2 entries"),
            (Some(Unit::Character), "`text` must have at least 2 characters"),
            (Some(Unit::Byte), "`blob` must have at most 1 byte"),
        ],
        "the length of an unmodeled member is redacted"
    );
    let operation = ListDevices::new("token").limit(61).pagination_token("é");
    assert_eq!(
        operation.validate().expect_err("two").to_string(),
        "`limit` must be at most 60, not 61; `pagination_token` must have at least 3 characters, not 1"
    );
}

#[cognito_op(target = "Future", unmodeled, response = ())]
struct Measured {
    #[len(min = 2)]
    list: Vec<String>,
    #[len(2, 5)]
    text: String,
    #[len(max = 1)]
    blob: Vec<u8>,
}

#[cognito_op(target = "ListDevices", response = ())]
struct ListDevices {
    access_token: String,
    #[range]
    limit: Option<i32>,
    #[len(min = 3)]
    pagination_token: Option<String>,
}

#[cognito_op(target = "Future", unmodeled, response = ())]
struct Nested {
    token: String,
    entries: Option<Vec<Entry>>,
}

#[cognito_op::cognito_shape]
struct Entry {
    #[len(max = 8)]
    name: Option<String>,
}

#[tokio::test]
async fn without_validation_the_service_decides() {
    let transport = Canned::always(200, &[], "{}");
    let bad = ResendConfirmationCode::new("not a client id", "");
    let call = client(&transport);
    call.call(&bad).validation(Validation::Off).send().await.expect("a response");
    let off = Client::builder().region("eu-west-1").validation(Validation::Off);
    bad.send(&off.build_with(transport.clone()).expect("a client")).await.expect("a response");
    assert_eq!(transport.seen().len(), 2);
}

#[tokio::test]
async fn another_app_client_is_refused_after_violations() {
    let transport = Canned::always(200, &[], "{}");
    let builder = Client::builder().region("eu-west-1").public_app_client("another");
    let client = builder.build_with(transport.clone()).expect("a client");
    let error = operation().send(&client).await.expect_err("another app client");
    assert_eq!(error.kind(), ErrorKind::Misconfigured);
    assert!(!error.may_have_executed() && transport.seen().is_empty());
    let error = ResendConfirmationCode::new("", "alice").send(&client).await.expect_err("a violation");
    assert_eq!(error.kind(), ErrorKind::Invalid);
}

#[tokio::test]
async fn error_responses() {
    for (status, header, body, kind, code, executed) in [
        (400, "NotAuthorizedException:", "{}", ErrorKind::NotAuthorized, Some("NotAuthorizedException"), false),
        (
            400,
            "",
            r#"{"__type":"x#UserNotFoundException"}"#,
            ErrorKind::UserNotFound,
            Some("UserNotFoundException"),
            false,
        ),
        (
            400,
            "CodeDeliveryFailureException:",
            "",
            ErrorKind::CodeDeliveryFailure,
            Some("CodeDeliveryFailureException"),
            true,
        ),
        (
            500,
            "",
            r#"{"__type":"InternalErrorException"}"#,
            ErrorKind::InternalError,
            Some("InternalErrorException"),
            true,
        ),
        (429, "", "", ErrorKind::Unknown, None, false),
        (500, "", "<html>Internal Server Error</html>", ErrorKind::Unknown, None, true),
        (301, "", "", ErrorKind::Unknown, None, true),
        (204, "", "", ErrorKind::Unknown, None, true),
        (418, "NewException:", "", ErrorKind::Unknown, Some("NewException"), true),
    ] {
        let headers = [("x-amzn-errortype", header), ("x-amzn-requestid", "r-1")];
        let error = failed(&Canned::always(status, &headers, body)).await;
        let seen = (error.kind(), error.code(), error.may_have_executed());
        assert_eq!(seen, (kind, code, executed), "{status} {header} {body}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!((error.request_id(), error.attempts()), (Some("r-1"), 1));
        assert!(!error.to_string().contains('\n'));
    }
}

#[tokio::test]
async fn unreadable_responses_are_never_an_empty_result() {
    for (body, text) in [
        ("", "the body ends too early (line 1, column 0)"),
        ("{\"CodeDeliveryDetails\":{", "the body ends too early at `CodeDeliveryDetails` (line 1, column 24)"),
        ("<html>", "the body is not JSON (line 1, column 1)"),
        ("{}x", "the body is not JSON (line 1, column 3)"),
        ("[]", "the value does not have the member's type (line 1, column 0)"),
        ("null", "the value does not have the member's type (line 1, column 4)"),
        (
            "{\"CodeDeliveryDetails\":{\"Destination\":7}}",
            "the value does not have the member's type at `CodeDeliveryDetails.Destination` (line 1, column 39)",
        ),
    ] {
        let error = failed(&Canned::always(200, &[("x-amzn-requestid", "r-1")], body)).await;
        assert_eq!(error.kind(), ErrorKind::Unreadable, "{body}");
        assert!(error.may_have_executed());
        let expected = format!("ResendConfirmationCode: the response cannot be read: {text} (HTTP 200, request r-1)");
        assert_eq!(error.to_string(), expected, "{body}");
    }
}

/// This also applies to members that are ignored.
#[tokio::test]
async fn a_body_that_is_not_utf_8_is_unreadable() {
    let transport = Canned::new(|_| Ok(Response::new(Body::from(b"{\"New\":\n \"\xff\"}".to_vec()))));
    let error = failed(&transport).await;
    assert_eq!(error.kind(), ErrorKind::Unreadable);
    assert!(error.to_string().contains("the body is not UTF-8 (line 2, column 3)"), "{error}");
}

#[tokio::test]
async fn a_missing_member_is_named() {
    #[cognito_op(target = "ResendConfirmationCode", response = Answer)]
    struct Resend {
        client_id: String,
        username: String,
    }
    #[cognito_op::cognito_shape(ResendConfirmationCodeResponse, output)]
    struct Answer {
        code_delivery_details: Details,
    }
    #[cognito_op::cognito_shape(CodeDeliveryDetailsType, output)]
    #[derive(PartialEq)]
    struct Details {
        destination: String,
        delivery_medium: Option<DeliveryMedium>,
    }
    let send = async |body| Resend::new("id", "alice").send(&client(&Canned::always(200, &[], body))).await;
    for body in [r#"{"CodeDeliveryDetails":{}}"#, r#"{"CodeDeliveryDetails":{"Destination":null}}"#] {
        let error = send(body).await.expect_err("a missing member");
        let text = error.to_string();
        assert!(text.contains("a member is missing at `CodeDeliveryDetails.Destination`"), "{text}");
    }
    let body = r#"{"New":[{}],"CodeDeliveryDetails":{"Destination":"a","DeliveryMedium":null,"Old":1}}"#;
    let answer = send(body).await.expect("unknown members and null are skipped");
    let expected = Details { destination: "a".to_owned(), delivery_medium: None };
    assert_eq!(answer.code_delivery_details, expected);
}

#[tokio::test]
async fn keys_of_maps_are_redacted() {
    #[cognito_op(target = "Future", unmodeled, response = Challenge)]
    struct Future {}
    #[cognito_op::cognito_shape(output)]
    #[allow(dead_code)]
    struct Challenge {
        parameters: std::collections::BTreeMap<String, String>,
    }
    let send = async |body| Future::new().send(&client(&Canned::always(200, &[], body))).await;
    let error = send("{\"Parameters\":{\"a\\n2026 forged\":7}}").await.expect_err("a number instead of a string");
    let text = error.to_string();
    assert!(text.contains("at `Parameters[…]` (line 1"), "{text}");
    assert!(!text.contains("forged") && !format!("{error:?}").contains("forged"), "{text}");
    let answer = send(r#"{"Parameters":{"a":null,"b":"c"}}"#).await.expect("null entries are skipped");
    assert_eq!(answer.parameters.len(), 1);
}

#[tokio::test]
async fn a_user_may_exist_after_a_quota_of_sign_up() {
    #[cognito_op(target = "SignUp", response = ())]
    struct SignUp {
        client_id: String,
        username: String,
    }
    let quota = Canned::always(400, &[("x-amzn-errortype", "LimitExceededException:")], "");
    let error = SignUp::new("id", "alice").send(&client(&quota)).await.expect_err("a quota");
    assert!(error.may_have_executed());
    assert!(!failed(&quota).await.may_have_executed(), "this operation sent no message");
}

#[tokio::test]
async fn the_body_of_an_output_without_members() {
    let outcome = async |body| GlobalSignOut::new("token").send(&client(&Canned::always(200, &[], body))).await;
    for body in ["", "{}", "{\"Unknown\":1}"] {
        assert!(outcome(body).await.is_ok(), "{body}");
    }
    for body in ["not JSON", "<html>Sign in to the network</html>", "{\"Unknown\":1"] {
        assert_eq!(outcome(body).await.expect_err(body).kind(), ErrorKind::Unreadable, "{body}");
    }
}

#[tokio::test]
async fn transport_errors_tell_whether_the_request_was_sent() {
    for (unsent, executed) in [(true, false), (false, true)] {
        let transport = Canned::new(move |_| {
            Err(if unsent { TransportError::unsent("no route") } else { TransportError::sent("reset") })
        });
        let error = failed(&transport).await;
        assert_eq!(
            (error.kind(), error.may_have_executed(), error.timeout_kind()),
            (ErrorKind::Transport, executed, None)
        );
    }
    for (limit, executed) in [(TimeoutKind::Connect, false), (TimeoutKind::Attempt, true), (TimeoutKind::Total, true)] {
        let error = failed(&Canned::new(move |_| Err(TransportError::timeout(limit)))).await;
        let seen = (error.kind(), error.may_have_executed(), error.timeout_kind());
        assert_eq!(seen, (ErrorKind::Timeout, executed, Some(limit)));
    }
}

#[tokio::test]
async fn timeouts_reach_the_transport() {
    let transport = Canned::always(200, &[], "{}");
    operation().send(&client(&transport)).await.expect("a response");
    let (_, deadline) = &transport.seen()[0];
    assert_eq!(deadline.connect(), Duration::from_secs(3));
    assert_eq!(deadline.nearest(), (Duration::from_secs(20), TimeoutKind::Attempt));
    let call = operation();
    let reply = client(&transport).call(&call).timeout(Duration::from_secs(2)).send().await.expect("a response");
    assert_eq!((reply.meta.status.as_u16(), reply.meta.attempts), (200, 1));
    let (_, deadline) = &transport.seen()[1];
    assert_eq!(deadline.connecting(), (Duration::from_secs(2), TimeoutKind::Total));
    assert_eq!(deadline.nearest(), (Duration::from_secs(2), TimeoutKind::Total));
}

#[test]
fn the_blocking_client_behaves_alike() {
    let transport = Canned::always(200, &[], r#"{"CodeDeliveryDetails":{"DeliveryMedium":"SMS"}}"#);
    let builder = blocking::Client::builder().region("eu-west-1").app_client("1example23456789", "secret");
    let client = builder.build_with(transport.clone()).expect("a client");
    let answer = operation().send_blocking(&client).expect("a response");
    let medium = answer.code_delivery_details.and_then(|details| details.delivery_medium);
    assert_eq!(medium, Some(DeliveryMedium::Sms));
    let body = transport.seen()[0].0.body().as_bytes().to_vec();
    assert!(String::from_utf8_lossy(&body).contains("SRSokfDPYgNH3Tm3eRbqKCsFZg9Ia07"));
    let error = ResendConfirmationCode::new("", "").send_blocking(&client).expect_err("violations");
    assert_eq!(error.violations().into_iter().flatten().count(), 4);
    let failing = Canned::always(400, &[("x-amzn-errortype", "LimitExceededException:")], "");
    let builder = blocking::Client::builder().region("eu-west-1");
    let error = operation().send_blocking(&builder.build_with(failing).expect("a client")).expect_err("a limit");
    assert_eq!(error.kind(), ErrorKind::LimitExceeded);
}

#[test]
fn prepare_and_read_without_a_client() {
    let config = Config::builder().region("cn-north-1").build().expect("a configuration");
    let (request, reader) = config.prepare(&operation()).expect("a request");
    assert_eq!(request.uri(), "https://cognito-idp.cn-north-1.amazonaws.com.cn/");
    assert_eq!(request.method(), "POST");
    let response = Response::new(Body::from(r#"{"CodeDeliveryDetails":{"Destination":"+*******1234"}}"#));
    let answer = reader.read(&response).expect("a response");
    let destination = answer.code_delivery_details.and_then(|details| details.destination);
    assert_eq!(destination.as_deref(), Some("+*******1234"));
    assert!(reader.read(&response).is_ok(), "a response can be read twice");
}

#[test]
fn invalid_settings() {
    let builder = Config::builder;
    for (builder, text) in [
        (builder(), "no region and no endpoint"),
        (builder().region("a@evil.example/"), "the region must consist"),
        (builder().endpoint("http://example.com"), "plain `http` and not a loopback address"),
        (builder().endpoint("http://127.0.0.1").region("?"), "the region must consist"),
        (builder().region("eu-west-1").app_client("id", ""), "the app client's secret is empty"),
        (builder().region("eu-west-1").app_client("", "secret"), "the app client's id is empty"),
        (builder().region("eu-west-1").public_app_client(""), "the app client's id is empty"),
    ] {
        let error = builder.build().expect_err(text);
        assert_eq!(error.kind(), ErrorKind::Misconfigured);
        assert!(error.to_string().contains(text), "{error}");
    }
}

/// Invalid ids and secrets, which a program may read from a file or a variable, are rejected when they are set. The
/// error contains the name of the setting, but not its value.
#[test]
fn invalid_app_clients() {
    let long = "a".repeat(129);
    let transport = Canned::always(200, &[], "{}");
    let client = client(&transport);
    for (id, secret, text) in [
        ("", "canary", "app client's id is empty"),
        (" canary", "secret", "app client's id must consist of 1 to 128 characters"),
        ("canary\n", "secret", "app client's id must consist"),
        ("canary-id", "secret", "app client's id must consist"),
        ("ünïcödé", "secret", "app client's id must consist"),
        (&long, "secret", "app client's id must consist"),
        ("id", "", "app client's secret is empty"),
        ("id", "canary\n", "app client's secret begins or ends with white space"),
        ("id", "\u{a0}canary", "app client's secret begins or ends with white space"),
        ("id", "canary\0canary", "app client's secret contains a control character"),
        ("id", "\u{feff}canary", "app client's secret contains a control character or an invisible one"),
    ] {
        let region = || Config::builder().region("eu-west-1");
        let mut errors = vec![region().app_client(id, secret).build().expect_err(text)];
        errors.push(client.with_app_client(id, secret).map(|_| ()).expect_err(text));
        if !text.contains("secret") {
            errors.push(region().public_app_client(id).build().expect_err(text));
            errors.push(client.with_public_app_client(id).map(|_| ()).expect_err(text));
        }
        for error in errors {
            assert_eq!(error.kind(), ErrorKind::Misconfigured);
            assert!(error.to_string().contains(text), "{error}");
            assert!(!format!("{error}{error:?}").contains("canary"), "{error:?}");
        }
    }
    let longest = "a".repeat(128);
    for (id, secret) in [("1example23456789", "inner space"), ("A_z+9", "ß🔑"), (longest.as_str(), "s")] {
        assert!(client.with_app_client(id, secret).is_ok(), "{id}");
    }
}

#[test]
fn futures_can_be_spawned() {
    fn send<T: Send>(value: T) -> T {
        value
    }
    fn shared<T: Send + Sync + 'static>(_: &T) {}
    let transport = Canned::always(200, &[], "{}");
    let client = client(&transport);
    let sending = {
        let operation = operation().analytics_metadata(AnalyticsMetadata::new());
        send(operation.send(&client))
    };
    drop(sending);
    assert!(transport.seen().is_empty(), "no request is sent before the future is polled");
    shared(&client);
}

/// The exceptions of the published service model.
#[test]
fn every_published_exception_has_a_kind() {
    let config = Config::builder().region("eu-west-1").build().expect("a configuration");
    for code in cognito_op_model::SERVICE.exception_names() {
        let (_, reader) = config.prepare(&ResendConfirmationCode::new("id", "alice")).expect("a request");
        let answer = Response::builder().status(400).header("x-amzn-errortype", code);
        let error = reader.read(&answer.body(Body::from("{}")).expect("a response")).expect_err("an exception");
        assert_ne!(error.kind(), ErrorKind::Unknown, "{code}");
        assert_eq!(error.code(), Some(code));
    }
}

/// The fault is determined by the reason, or else by the kind. It is unknown if an ambiguous exception has an unknown
/// message.
#[tokio::test]
async fn the_fault_of_a_response() {
    let violation =
        "1 validation error detected: Value at 'username' failed to satisfy constraint: Member must not be null";
    for (status, code, message, reason, fault) in [
        (400, "NotAuthorizedException", "Incorrect username or password.", Reason::IncorrectCredentials, Fault::User),
        (
            400,
            "NotAuthorizedException",
            "SignUp is not permitted for this user pool",
            Reason::SignUpDisabled,
            Fault::Caller,
        ),
        (400, "NotAuthorizedException", "Something new.", Reason::Unknown, Fault::Unknown),
        (400, "InvalidParameterException", "Invalid email address format.", Reason::EmailInvalid, Fault::User),
        (400, "InvalidParameterException", "Something new.", Reason::Unknown, Fault::Unknown),
        (400, "InvalidParameterException", violation, Reason::Unknown, Fault::Caller),
        (400, "SomethingNewException", "Invalid email address format.", Reason::Unknown, Fault::Unknown),
        (500, "SomethingNewException", "", Reason::Unknown, Fault::Service),
        (400, "UserNotFoundException", "", Reason::UserNotFound, Fault::User),
        (
            400,
            "ResourceNotFoundException",
            "User pool client 1example does not exist.",
            Reason::AppClientNotFound,
            Fault::Caller,
        ),
        (
            400,
            "ResourceNotFoundException",
            "User pool eu-west-1_Ab12Cd34 does not exist.",
            Reason::UserPoolNotFound,
            Fault::Caller,
        ),
        (400, "ResourceNotFoundException", "Group not found.", Reason::GroupNotFound, Fault::Caller),
        (400, "ResourceNotFoundException", "Something new.", Reason::Unknown, Fault::Caller),
        (400, "TooManyRequestsException", "", Reason::Unknown, Fault::Throttled),
        (400, "LimitExceededException", "", Reason::Unknown, Fault::Throttled),
        (400, "CodeDeliveryFailureException", "", Reason::Unknown, Fault::Service),
    ] {
        let body = serde_json::json!({ "__type": code, "message": message }).to_string();
        let error = failed(&Canned::always(status, &[], &body)).await;
        assert_eq!((error.reason(), error.fault()), (reason, fault), "{code}: {message}");
    }
    let error = failed(&Canned::always(400, &[], r#"{"__type": "UserNotFoundException"}"#)).await;
    assert_eq!((error.reason(), error.fault()), (Reason::UserNotFound, Fault::User), "no message");
    let local =
        ResendConfirmationCode::new("1example23456789", "").send(&client(&Canned::always(200, &[], "{}"))).await;
    assert_eq!(local.expect_err("a violation").fault(), Fault::Caller);
}

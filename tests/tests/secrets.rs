//! Sensitive values are redacted in every text.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::{
    Body, Client, Config, Credentials, Error, ErrorKind, SigV4, SignError, Validation, blocking, cognito_op,
};
use cognito_op_tests::resend::{ResendConfirmationCode, UserContextData};
use cognito_op_tests::transport::Canned;
use http::Response;
use std::error::Error as _;
use std::time::SystemTime;

const SECRET: &str = "canary-secret";
const CLIENT_ID: &str = "canaryclientid";
const USERNAME: &str = "canary-user";
/// The secret hash of the three values above, computed with openssl.
const HASH: &str = "yCaNgEMwx8Gl38+crAIaXERowDW6Oiin3TvmrBVh304=";

fn operation() -> ResendConfirmationCode {
    ResendConfirmationCode::new(CLIENT_ID, USERNAME)
        .client_metadata([("key", "canary-metadata")])
        .user_context_data(UserContextData::new().ip_address("canary-address").encoded_data("canary-device"))
}

fn client(transport: &Canned) -> Client {
    let builder = Client::builder().region("eu-west-1").app_client(CLIENT_ID, SECRET);
    builder.build_with(transport.clone()).expect("a client")
}

/// Returns all texts of an error except the message, which is documented as raw.
fn texts(error: &Error) -> String {
    let mut texts = format!("{error}\n{error:?}\n{error:#?}");
    let mut source = error.source();
    while let Some(cause) = source {
        texts.extend(["\n".to_owned(), cause.to_string(), format!("\n{cause:?}")]);
        source = cause.source();
    }
    texts
}

fn assert_redacted(text: &str) {
    let text = text.to_lowercase();
    for canary in ["canary", &HASH.to_lowercase()] {
        assert!(!text.contains(canary), "`{canary}` is shown:\n{text}");
    }
}

#[test]
fn requests_clients_and_exchanges() {
    let transport = Canned::always(200, &[], "{}");
    let client = client(&transport);
    let operation = operation().secret_hash(HASH);
    assert_redacted(&format!("{operation:?} {operation:#?} {client:?} {:?}", client.call(&operation)));
    assert_redacted(&format!("{:?}", operation.user_context_data));
    let builder = Client::builder().region("eu-west-1").app_client(CLIENT_ID, SECRET);
    assert_redacted(&format!("{builder:?}"));
    let config = Config::builder().region("eu-west-1").app_client(CLIENT_ID, SECRET).build();
    let config = config.expect("a configuration");
    let (request, exchange) = config.prepare(&operation).expect("a request");
    assert_redacted(&format!("{config:?} {request:?} {exchange:?}"));
    assert!(format!("{request:?}").contains("bytes)"), "the length of the body is shown");
    assert_redacted(&format!("{:?}", client.call(&operation).send()));
}

#[tokio::test]
async fn violations() {
    let transport = Canned::always(200, &[], "{}");
    let bad = ResendConfirmationCode::new("canary client id", "canary\u{0}").secret_hash("canary hash");
    let error = bad.send(&client(&transport)).await.expect_err("three violations");
    assert_eq!(error.kind(), ErrorKind::Invalid);
    assert_eq!(error.violations().into_iter().flatten().count(), 3);
    assert_redacted(&texts(&error));
    let long = ResendConfirmationCode::new("c".repeat(129), USERNAME);
    let error = long.send(&client(&transport)).await.expect_err("a violation");
    assert!(!texts(&error).contains("129"), "the length of a sensitive value is not shown: {error:?}");
    assert!(transport.seen().is_empty());
}

#[tokio::test]
async fn messages_that_echo_the_request() {
    let echoes = [
        format!("User {USERNAME} of {CLIENT_ID} with {HASH} does not exist"),
        USERNAME.to_uppercase(),
        format!("{USERNAME}{CLIENT_ID}{USERNAME}"),
        "canary-metadata from canary-address on canary-device".to_owned(),
        format!("the secret hash of {SECRET} does not match"),
        format!("1 validation error detected: Value '{USERNAME}' at 'username' failed to satisfy constraint"),
    ];
    for echo in echoes {
        let body = serde_json::json!({ "__type": "UserNotFoundException", "message": echo }).to_string();
        let transport = Canned::always(400, &[], &body);
        let error = operation().send(&client(&transport)).await.expect_err("an error of the service");
        let sent = transport.seen()[0].0.body().as_bytes().to_vec();
        assert!(String::from_utf8_lossy(&sent).contains(HASH), "the hash was sent");
        assert_eq!(error.kind(), ErrorKind::UserNotFound);
        assert_eq!(error.message(), Some(echo.as_str()), "the message is not redacted");
        assert!(error.to_string().contains("[redacted]"), "{error}");
        assert_redacted(&texts(&error));
    }
}

#[tokio::test]
async fn unreadable_answers_and_broken_connections() {
    for body in [
        r#"{"CodeDeliveryDetails":"canary"}"#,
        r#"{"CodeDeliveryDetails":{"Destination":["canary"]}}"#,
        r#"{"CodeDeliveryDetails":{"Destination":"canary"#,
        "canary",
    ] {
        let error = operation().send(&client(&Canned::always(200, &[], body))).await.expect_err("unreadable");
        assert_eq!(error.kind(), ErrorKind::Unreadable);
        assert_redacted(&texts(&error));
    }
    let broken = Canned::new(|request| {
        assert!(!request.body().as_bytes().is_empty());
        Err(cognito_op::transport::TransportError::sent("reset by peer"))
    });
    let error = operation().send(&client(&broken)).await.expect_err("no response");
    assert_redacted(&texts(&error));
    assert!(error.to_string().contains("reset by peer"), "{error}");
}

#[tokio::test]
async fn a_user_name_too_short_to_redact() {
    let body = r#"{"__type":"UserNotFoundException","message":"User al does not exist"}"#;
    let operation = ResendConfirmationCode::new(CLIENT_ID, "al");
    let error = operation.send(&client(&Canned::always(400, &[], body))).await.expect_err("an error");
    assert!(!texts(&error).contains("User al"), "{error}");
    assert!(error.to_string().contains("withheld"), "{error}");
}

/// The paths and bounds of a report of violations can quote a short value too.
#[tokio::test]
async fn a_short_user_name_in_a_report_of_violations() {
    let operation = ResendConfirmationCode::new(CLIENT_ID, "al");
    let report = |path: &str, rule: &str| {
        let message =
            format!("1 validation error detected: Value at '{path}' failed to satisfy constraint: Member must {rule}");
        serde_json::json!({ "__type": "InvalidParameterException", "message": message }).to_string()
    };
    for (path, rule) in [
        ("other.al", "not be null"),
        ("analytics.Al", "not be null"),
        ("username", "satisfy regular expression pattern: AL"),
        ("username", "satisfy enum value set: [x, al]"),
    ] {
        let body = report(path, rule);
        let error = operation.send(&client(&Canned::always(400, &[], &body))).await.expect_err("an error");
        assert_eq!(error.violations(), None, "{path} {rule}");
        assert!(error.to_string().contains("withheld"), "{error}");
    }
    let body = report("username", "have length greater than or equal to 3");
    let error = operation.send(&client(&Canned::always(400, &[], &body))).await.expect_err("an error");
    assert_eq!(
        error.violations().expect("a report without the value").to_string(),
        "`username` must have a length of at least 3"
    );
}

#[tokio::test]
async fn responses_show_what_the_service_does_not_mark() {
    let body = r#"{"CodeDeliveryDetails":{"Destination":"a***@e***","DeliveryMedium":"PIGEON"}}"#;
    let answer = operation().send(&client(&Canned::always(200, &[], body))).await.expect("a response");
    let text = format!("{answer:?}");
    assert!(text.contains("a***@e***") && text.contains(r#"Other("PIGEON")"#), "{text}");
    let sending = Canned::new(|_| Ok(Response::new(Body::from("{}"))));
    let client = client(&sending);
    let unchecked = ResendConfirmationCode::new("canary id", "canary name");
    let call = client.call(&unchecked).validation(Validation::Off);
    assert_redacted(&texts(&call.send().await.expect_err("another app client")));
}

/// A hostile server can put a value of the request into the request id.
#[tokio::test]
async fn a_request_id_that_quotes_the_request() {
    for (id, kept) in [("r-1", Some("r-1")), (USERNAME, None), ("id-CANARY-USER-id", None)] {
        let transport = Canned::always(200, &[("x-amzn-requestid", id)], "{}");
        let reply = client(&transport).call(&operation()).send().await.expect("success");
        assert_eq!(reply.meta.request_id.as_deref(), kept, "{id}");
        assert_redacted(&format!("{reply:?}"));
        let error = Error::unreadable("it has no details", &reply.meta);
        assert_eq!(error.request_id(), kept, "{id}");
        assert_redacted(&texts(&error));
    }
}

#[cognito_op(target = "AdminConfirmSignUp", signed, response = ())]
struct AdminConfirmSignUp {
    user_pool_id: String,
    username: String,
}

fn signed() -> AdminConfirmSignUp {
    AdminConfirmSignUp::new("eu-west-1_Ab12Cd34", "alice")
}

fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", SECRET).session_token("canary-token")
}

#[test]
fn credentials_and_signatures() {
    let source = || -> Result<Credentials, SignError> { Ok(credentials()) };
    let builder = || blocking::Client::builder().region("eu-west-1").credentials(source);
    let client = builder().build_with(Canned::always(200, &[], "{}")).expect("a client");
    let signer = SigV4::new("eu-west-1");
    let config = Config::builder().region("eu-west-1").build().expect("a configuration");
    let (mut request, _) = config.prepare(&signed()).expect("a request");
    signer.sign(&mut request, &credentials(), SystemTime::now()).expect("a signature");
    assert_eq!(request.headers()["x-amz-security-token"], "canary-token", "the token is sent");
    assert_redacted(&format!("{:?} {:#?}", credentials(), credentials()));
    assert_redacted(&format!("{:?} {client:?} {signer:?} {request:?}", builder()));
    assert!(!format!("{request:?}").contains("AWS4-HMAC"), "{request:?}");
}

/// AWS quotes the signed headers if a signature is wrong.
#[tokio::test]
async fn messages_that_echo_the_session_token() {
    let canonical = "The request signature we calculated does not match the signature you provided.\n\nThe Canonical \
        String for this request should have been\n'POST\n/\n\nx-amz-security-token:canary-token\n'";
    for (message, shown) in [
        (canonical, "the signature you provided."),
        ("The security token canary-token is not valid", "The security token [redacted] is not valid"),
    ] {
        let body = serde_json::json!({ "__type": "InvalidSignatureException", "message": message }).to_string();
        let transport = Canned::always(403, &[("x-amzn-requestid", "canary-token")], &body);
        let builder = Client::builder().region("eu-west-1").credentials(credentials());
        let client = builder.build_with(transport.clone()).expect("a client");
        let error = signed().send(&client).await.expect_err("rejected");
        assert_eq!(error.message(), Some(message), "the message is not redacted");
        assert!(error.to_string().contains(shown), "{error}");
        assert_redacted(&texts(&error));
        let builder = blocking::Client::builder().region("eu-west-1").credentials(credentials());
        let client = builder.build_with(transport).expect("a client");
        assert_redacted(&texts(&signed().send_blocking(&client).expect_err("rejected")));
    }
    // The reader of a response does not know the token.
    let config = Config::builder().region("eu-west-1").build().expect("a configuration");
    let (_, reader) = config.prepare(&signed()).expect("a request");
    let body = serde_json::json!({ "__type": "InvalidSignatureException", "message": canonical }).to_string();
    let response = Response::builder().status(403).body(Body::from(body)).expect("a response");
    assert_redacted(&texts(&reader.read(&response).expect_err("rejected")));
}

#[tokio::test]
async fn credentials_that_cannot_be_used() {
    for bad in [
        Credentials::new("AKIDEXAMPLE", "canary-secret\n"),
        Credentials::new("AKIDEXAMPLE", SECRET).session_token("canary-tok\u{e9}n"),
        Credentials::new("canary id\u{0}", SECRET),
        credentials().expires_at(SystemTime::UNIX_EPOCH),
    ] {
        let transport = Canned::always(200, &[], "{}");
        let builder = Client::builder().region("eu-west-1").credentials(bad);
        let client = builder.build_with(transport.clone()).expect("a client");
        let error = signed().send(&client).await.expect_err("no signature");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Signing, 1));
        assert_redacted(&texts(&error));
        assert!(transport.seen().is_empty());
    }
}

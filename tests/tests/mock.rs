//! The mock as a downstream crate uses it.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::mock::{Mock, MockTransport, NetworkFault};
use cognito_op::transport::{BoxFuture, SleepPurpose, Timeouts, Transport, TransportError};
use cognito_op::{
    Body, Client, Error, ErrorKind, Fault, Reason, Retries, Validation, ViolationKind, cognito_op, cognito_shape,
};
use cognito_op::{Sign, SignError};
use cognito_op_tests::resend::{CodeDeliveryDetails, ResendConfirmationCode, ResendConfirmationCodeResponse};
use http::{Request, Response};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

/// An operation with nested members, lists and maps, some of which are sensitive.
#[cognito_op(target = "SignUp", response = SignUpAnswer)]
#[derive(PartialEq)]
struct SignUp {
    client_id: String,
    username: String,
    #[len]
    #[pattern]
    password: String,
    user_attributes: Option<Vec<Attribute>>,
    client_metadata: Option<BTreeMap<String, String>>,
}

#[cognito_shape(AttributeType)]
#[derive(PartialEq)]
struct Attribute {
    #[len]
    #[pattern]
    name: String,
    #[len]
    value: Option<String>,
}

#[cognito_shape(SignUpResponse)]
struct SignUpAnswer {
    user_confirmed: bool,
    user_sub: String,
}

#[cognito_op(target = "GetUser", response = (), idempotent = true)]
struct GetUser<'a> {
    access_token: &'a str,
}

#[cognito_op(target = "AdminUserGlobalSignOut", signed, response = ())]
struct AdminUserGlobalSignOut {
    user_pool_id: String,
    username: String,
}

fn resend() -> ResendConfirmationCode {
    ResendConfirmationCode::new("1example23456789", "alice")
}

/// Returns the panic message of a failing test.
fn failure(test: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(test)).expect_err("the test fails");
    panic.downcast_ref::<String>().cloned().unwrap_or_else(|| panic.downcast_ref::<&str>().expect("text").to_string())
}

fn call(mock: &Mock) -> Result<ResendConfirmationCodeResponse, Error> {
    resend().send_blocking(&mock.blocking_client())
}

#[tokio::test]
async fn three_lines() {
    let operation = resend();
    let mock = Mock::new();
    mock.on::<ResendConfirmationCode>().fail(ErrorKind::UserNotFound);
    let error = operation.send(&mock.client()).await.expect_err("the planned error");

    assert_eq!((error.kind(), error.attempts(), error.may_have_executed()), (ErrorKind::UserNotFound, 1, false));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
    assert!(error.request_id().is_some());
}

#[test]
fn answers_come_in_their_order_and_by_operation() {
    let mock = Mock::new();
    let details = CodeDeliveryDetails::new().destination("a***@e***");
    let answer = ResendConfirmationCodeResponse::new().code_delivery_details(details);
    mock.on::<ResendConfirmationCode>().output(&answer).times(2).succeed();
    mock.on::<GetUser<'_>>().succeed();
    mock.on::<ResendConfirmationCode>().output_json(serde_json::json!({"CodeDeliveryDetails": {}})).any_times();

    let destination = |answer: ResendConfirmationCodeResponse| Some(answer.code_delivery_details?.destination);
    let next = || destination(call(&mock).expect("a response"));
    assert_eq!(next(), Some(Some("a***@e***".to_owned())));
    assert_eq!(next(), Some(Some("a***@e***".to_owned())));
    GetUser::new("token").send_blocking(&mock.blocking_client()).expect("a response");
    assert_eq!(next(), None);
    assert_eq!((next(), next(), next()), (Some(None), Some(None), Some(None)));

    let asked: Vec<_> = mock.requests().iter().map(|request| request.operation().to_owned()).collect();
    assert_eq!(asked[1..4], ["ResendConfirmationCode", "GetUser", "ResendConfirmationCode"]);
}

#[test]
fn requests_are_recorded() {
    let mock = Mock::new();
    mock.on::<ResendConfirmationCode>().succeed();
    mock.on::<GetUser<'_>>().succeed();
    mock.on::<SignUp>().output_json(r#"{"UserConfirmed": false, "UserSub": "1"}"#);
    let client = mock.blocking_client().with_app_client("1example23456789", "secret").expect("a client");

    resend().send_blocking(&client).expect("a response");
    GetUser::new("token").send_blocking(&client).expect("a response");
    let sign_up = SignUp::new("1example23456789", "josé", "Correct-Horse-7")
        .user_attributes([Attribute::new("email").value("j@example.com")])
        .client_metadata([("a", "b\"")]);
    sign_up.send_blocking(&client).expect("a response");

    let sent = &mock.sent::<ResendConfirmationCode>()[0];
    assert_eq!((sent.username.as_str(), sent.secret_hash.is_some()), ("alice", true), "the secret hash is filled in");
    assert_eq!(mock.sent::<SignUp>(), [sign_up], "the request is unchanged");
    let [_, token, sign_up] = &mock.requests()[..] else { panic!("three requests") };
    assert_eq!(token.json(), serde_json::json!({"AccessToken": "token"}), "a borrowed operation as JSON");
    assert_eq!(token.request().headers()["x-amz-target"], "AWSCognitoIdentityProviderService.GetUser");
    assert_eq!(sign_up.read::<Attribute2>().username, "josé");

    // Sensitive values are redacted.
    let shown = format!("{mock:?} {:?}", mock.requests());
    for hidden in ["token\"", "josé", "Correct", "example.com", "1example", "b\\"] {
        assert!(!shown.contains(hidden), "{hidden} in {shown}");
    }
    assert!(shown.contains("GetUser") && shown.contains(r#""AccessToken":"[redacted]""#), "{shown}");
}

/// A shape with one member of a request.
#[cognito_shape(output)]
struct Attribute2 {
    username: String,
}

#[test]
fn every_exception_by_its_kind() {
    let mock = Mock::new();
    for kind in [
        ErrorKind::NotAuthorized,
        ErrorKind::LimitExceeded,
        ErrorKind::CodeDeliveryFailure,
        ErrorKind::EnableSoftwareTokenMfa,
        ErrorKind::Forbidden,
        ErrorKind::Validation,
    ] {
        mock.on::<ResendConfirmationCode>().fail(kind);
        assert_eq!(call(&mock).expect_err("the planned error").kind(), kind);
    }
    mock.on::<ResendConfirmationCode>().fail_with(ErrorKind::NotAuthorized, "User is disabled.");
    assert_eq!(call(&mock).expect_err("the planned error").reason(), Reason::UserDisabled);
    mock.on::<ResendConfirmationCode>().fail(ErrorKind::InternalError);
    let error = call(&mock).expect_err("the planned error");
    assert_eq!((error.fault(), error.may_have_executed()), (Fault::Service, true));

    let text = failure(|| _ = mock.on::<ResendConfirmationCode>().fail(ErrorKind::Timeout));
    assert_eq!(text, "no exception of the service has the kind `ErrorKind::Timeout`; see `fault` and `respond`");
}

/// Retries are the same as in production, but take no real time.
#[tokio::test]
async fn retries_and_faults() {
    let mock = Mock::new();
    let on = || mock.on::<ResendConfirmationCode>();
    on().fail(ErrorKind::TooManyRequests).fault(NetworkFault::ConnectionRefused).succeed();
    let reply = mock.client().call(&resend()).send().await.expect("success after the retries");
    assert_eq!(reply.meta.attempts, 3);
    assert!(mock.elapsed() < Duration::from_secs(2), "{:?}", mock.elapsed());
    assert_eq!(mock.sent::<ResendConfirmationCode>().len(), 3, "one request for each attempt");

    for (fault, kind, executed, attempts) in [
        (NetworkFault::ConnectionRefused, ErrorKind::Transport, false, 3),
        (NetworkFault::ConnectionReset, ErrorKind::Transport, true, 1),
        (NetworkFault::NoResponse, ErrorKind::Timeout, true, 1),
        (NetworkFault::TruncatedResponse, ErrorKind::Unreadable, true, 1),
    ] {
        on().fault(fault).times(attempts);
        let error = resend().send(&mock.client()).await.expect_err("the planned error");
        assert_eq!(
            (error.kind(), error.may_have_executed(), error.attempts()),
            (kind, executed, attempts),
            "{fault:?}"
        );
        on().fault(fault).times(attempts);
        let error = call(&mock).expect_err("the planned error");
        assert_eq!(
            (error.kind(), error.may_have_executed(), error.attempts()),
            (kind, executed, attempts),
            "{fault:?}"
        );
    }
    // An idempotent operation.
    mock.on::<GetUser<'_>>().fault(NetworkFault::NoResponse).fault(NetworkFault::ConnectionReset).succeed();
    let reply = mock.client().call(&GetUser::new("token")).timeout(Duration::from_mins(1)).send().await;
    assert_eq!(reply.expect("success after the retries").meta.attempts, 3);
    assert!(mock.elapsed() > Duration::from_mins(1), "three attempts without a response take 20 s each");
}

#[test]
fn violations_in_the_service_s_words() {
    let mock = Mock::new();
    mock.on::<SignUp>().fail_validation();
    let client = mock.blocking_client();
    let sign_up = SignUp::new("1example23456789", "alice", " four words")
        .user_attributes([Attribute::new("email"), Attribute::new("x".repeat(33)).value("x".repeat(2049))]);
    let error = client.call(&sign_up).validation(Validation::Off).send().expect_err("the planned violations");

    assert_eq!(error.kind(), ErrorKind::InvalidParameter);
    assert_eq!(error.attempts(), 1);
    let message = error.message().expect("one");
    let here = sign_up.validate().expect_err("the same");
    assert!(message.starts_with("3 validation errors detected: Value at 'password' failed"), "{message}");
    assert!(message.contains("; Value at 'userAttributes.2.member.name' failed"), "{message}");
    let there = error.violations().expect("read from the message");
    let paths = |violations: &cognito_op::Violations| {
        violations.iter().map(|violation| violation.path().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(paths(there), paths(&here));
    assert!(there.iter().any(|violation| matches!(violation.kind(), ViolationKind::TooLong { max: 2048, .. })));

    mock.on::<ResendConfirmationCode>().fail_validation();
    let text = failure(move || {
        assert_eq!(call(&mock).expect_err("unexpected").kind(), ErrorKind::Transport);
        mock.verify();
    });
    assert!(
        text.ends_with("\n- ResendConfirmationCode was called with a request that violates no constraint"),
        "{text}"
    );
}

#[test]
fn unexpected_requests_panic() {
    let mock = Mock::new();
    let error = call(&mock).expect_err("no response");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1), "{error}");
    assert!(error.to_string().contains("ResendConfirmationCode was called and has no response set up"), "{error}");
    mock.on::<ResendConfirmationCode>().succeed().times(2);
    call(&mock).and_then(|_| call(&mock)).expect("responses");
    call(&mock).expect_err("one too many");

    let of_default = failure(|| {
        let mock = Mock::default();
        mock.on::<ResendConfirmationCode>().succeed();
    });
    assert!(of_default.starts_with("the expectations of the mock of tests/tests/mock.rs:"), "{of_default}");
    let text = failure(|| drop(mock));
    let (heading, problems) = text.split_once('\n').expect("several lines");
    assert!(heading.starts_with("the expectations of the mock of tests/tests/mock.rs:"), "{text}");
    assert_eq!(
        problems,
        "- ResendConfirmationCode was called and has no response set up\n\
         - ResendConfirmationCode was called once more than its 2 responses"
    );
}

/// A verifier may fetch its keys with a client of the mock.
#[test]
fn requests_that_are_no_operations() {
    let mock = Mock::new();
    let request =
        Request::get("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34/.well-known/jwks.json?a=b");
    let request = request.body(Body::default()).expect("a request");
    let error = mock.blocking_client().send_http(request, Duration::from_secs(1)).expect_err("no response");
    let problem = "`GET /eu-west-1_Ab12Cd34/.well-known/jwks.json` is not an operation; for a verifier, cache the keys \
                   of a `MockPool`";
    assert_eq!(error.to_string(), format!("the request could not be sent: the mock: {problem}"));
    assert!(failure(|| drop(mock)).ends_with(&format!("\n- {problem}")));
}

/// A call after the mock was dropped, for example in a task that outlives its test.
#[test]
fn calls_after_the_mock_is_dropped() {
    let mock = Mock::new();
    mock.on::<ResendConfirmationCode>().succeed().any_times();
    let client = mock.blocking_client();
    resend().send_blocking(&client).expect("a response");
    drop(mock);
    let error = resend().send_blocking(&client).expect_err("no mock");
    assert!(
        error.to_string().ends_with("the mock: ResendConfirmationCode was called after its mock was dropped"),
        "{error}"
    );
}

#[test]
fn unused_responses_panic() {
    let mock = Mock::new();
    mock.on::<ResendConfirmationCode>().fail(ErrorKind::UserNotFound).times(3).succeed().succeed().any_times();
    call(&mock).expect_err("the planned error");
    let lines = failure(|| mock.verify());
    let lines: Vec<_> = lines.lines().collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    let here = "- ResendConfirmationCode: the response planned at tests/tests/mock.rs:";
    assert!(lines[1].starts_with(here) && lines[1].ends_with(" was used 1 of 3 times"), "{lines:?}");
    assert!(lines[2].starts_with(here) && lines[2].ends_with(" was not used"), "{lines:?}");
}

/// A mock that is dropped during a panic does not replace the panic message of the test.
#[test]
fn a_mock_dropped_during_a_panic_does_not_panic() {
    let text = failure(|| {
        let mock = Mock::new();
        mock.on::<ResendConfirmationCode>().succeed();
        panic!("first");
    });
    assert_eq!(text, "first");
}

#[test]
fn mistakes_of_a_test() {
    let mock = Mock::new();
    let text = failure(|| _ = mock.on::<SignUp>().succeed());
    assert!(
        text.starts_with("the response to SignUp cannot be read: a member is missing at `UserConfirmed`"),
        "{text}"
    );
    let text = failure(|| _ = mock.on::<SignUp>().output_json("{"));
    assert!(text.starts_with("the response to SignUp cannot be read: the body ends too early"), "{text}");
    let text = failure(|| _ = mock.on::<SignUp>().any_times());
    assert_eq!(text, "SignUp has no preceding response to repeat");
    let text = failure(|| _ = Mock::new().on::<GetUser<'_>>().succeed().any_times().succeed());
    assert!(text.ends_with(" is repeated any number of times, so no further response can follow"), "{text}");
    mock.on::<SignUp>().respond(Response::new(Body::from("<html>")));
    // The responses that were planned before are unchanged.
    let text = failure(|| _ = mock.on::<SignUp>().times(2));
    assert_eq!(text, "SignUp has no preceding response to repeat");
    let other = Mock::new();
    let first = other.on::<GetUser<'_>>().succeed();
    other.on::<GetUser<'_>>().fail(ErrorKind::NotAuthorized);
    first.times(2);
    let text = failure(|| {
        _ = {
            let plan = other.on::<SignUp>().fail(ErrorKind::UsernameExists);
            other.on::<SignUp>().fail(ErrorKind::NotAuthorized);
            plan.any_times()
        }
    });
    assert!(text.ends_with(" could not follow one that is repeated any number of times"), "{text}");
    for _ in 0..2 {
        assert!(
            SignUp::new("1example23456789", "alice", "Correct-Horse-7")
                .send_blocking(&other.blocking_client())
                .is_err()
        );
    }
    let kinds = [(); 3].map(|()| GetUser::new("token").send_blocking(&other.blocking_client()).map(drop));
    assert_eq!(
        kinds.map(|answer| answer.err().map(|error| error.kind())),
        [None, None, Some(ErrorKind::NotAuthorized)]
    );
    let sign_up = SignUp::new("1example23456789", "alice", "Correct-Horse-7");
    let error = sign_up.send_blocking(&mock.blocking_client()).expect_err("a body that is not JSON");
    assert_eq!(error.kind(), ErrorKind::Unreadable);
    let text = failure(|| _ = mock.requests()[0].read::<SignUpAnswer>());
    assert!(text.starts_with("the request of SignUp cannot be read: a member is missing"), "{text}");
}

/// A signer that yields to other tasks once.
struct Pausing;

impl Sign for Pausing {
    fn sign<'a>(&'a self, _: &'a mut Request<Body>) -> BoxFuture<'a, Result<(), SignError>> {
        Box::pin(async {
            tokio::task::yield_now().await;
            Ok(())
        })
    }
}

/// The virtual clock does not advance while a signer yields to other tasks.
#[tokio::test]
async fn signers_can_wait() {
    let mock = Mock::new();
    mock.on::<AdminUserGlobalSignOut>().succeed();
    let client = mock.client().with_signer(Pausing);
    AdminUserGlobalSignOut::new("eu-west-1_a", "alice").send(&client).await.expect("a response");
    assert_eq!(mock.elapsed(), Duration::ZERO);
}

/// A signer that takes real time, as if it called another service.
struct Asking;

impl Sign for Asking {
    fn sign<'a>(&'a self, _: &'a mut Request<Body>) -> BoxFuture<'a, Result<(), SignError>> {
        Box::pin(async {
            tokio::time::sleep(Duration::from_millis(5)).await;
            tokio::task::spawn_blocking(|| ()).await?;
            Ok(())
        })
    }
}

/// A transport that delays each request in real time, or never sends it.
struct Late(MockTransport, Option<Duration>);

impl Transport for Late {
    fn send(
        &self,
        request: Request<Body>,
        deadline: Timeouts,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            match self.1 {
                Some(time) => tokio::time::sleep(time).await,
                None => std::future::pending().await,
            }
            self.0.send(request, deadline).await
        })
    }

    fn sleep(&self, duration: Duration, purpose: SleepPurpose) -> BoxFuture<'_, ()> {
        Transport::sleep(&self.0, duration, purpose)
    }

    fn now(&self) -> Duration {
        Transport::now(&self.0)
    }
}

/// Signers and wrapping transports may take real time, which does not advance the virtual clock.
#[tokio::test]
async fn real_delays_are_awaited() {
    let mock = Mock::new();
    mock.on::<AdminUserGlobalSignOut>().succeed();
    let client = mock.client().with_signer(Asking);
    AdminUserGlobalSignOut::new("eu-west-1_a", "alice").send(&client).await.expect("a response");

    let through =
        |time| Client::builder().region("eu-west-1").build_with(Late(mock.transport(), time)).expect("a client");
    mock.on::<ResendConfirmationCode>().succeed();
    resend().send(&through(Some(Duration::from_millis(5)))).await.expect("a response");
    assert_eq!(mock.elapsed(), Duration::ZERO);

    // A missing response advances the virtual clock through a wrapping transport too.
    mock.on::<ResendConfirmationCode>().fault(NetworkFault::NoResponse);
    let error = resend().send(&through(Some(Duration::ZERO))).await.expect_err("the planned error");
    assert_eq!((error.kind(), mock.elapsed()), (ErrorKind::Timeout, Duration::from_secs(20)));

    // A transport that never completes is stopped by a timeout in real time.
    let begun = std::time::Instant::now();
    let limit = Duration::from_millis(50);
    let error = through(None).call(&resend()).timeout(limit).send().await.expect_err("no response");
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(begun.elapsed() >= limit);
}

/// A signer that makes a call of its own, which times out, and then takes real time.
struct Calling(Client);

impl Sign for Calling {
    fn sign<'a>(&'a self, _: &'a mut Request<Body>) -> BoxFuture<'a, Result<(), SignError>> {
        Box::pin(async {
            let call = self.0.call(&resend()).timeout(Duration::from_secs(1)).send();
            assert_eq!(call.await.expect_err("no response").kind(), ErrorKind::Timeout);
            tokio::time::sleep(Duration::from_millis(5)).await;
            Ok(())
        })
    }
}

/// The virtual timeout of an inner call does not end the outer call.
#[tokio::test]
async fn a_call_within_a_call() {
    let (outer, inner) = (Mock::new(), Mock::new());
    inner.on::<ResendConfirmationCode>().fault(NetworkFault::NoResponse);
    outer.on::<AdminUserGlobalSignOut>().succeed();
    let client = outer.client().with_signer(Calling(inner.client()));
    AdminUserGlobalSignOut::new("eu-west-1_a", "alice").send(&client).await.expect("a response");
    assert_eq!((inner.elapsed(), outer.elapsed()), (Duration::from_secs(1), Duration::ZERO));
}

/// As in production, the waits of concurrent calls overlap. A timeout advances the virtual clock equally with both
/// clients.
#[tokio::test]
async fn concurrent_delays_overlap() {
    let mock = Mock::new();
    let calls = 64;
    for _ in 0..calls {
        mock.on::<ResendConfirmationCode>().fail(ErrorKind::TooManyRequests);
    }
    mock.on::<ResendConfirmationCode>().succeed().times(calls);
    let mut callers = tokio::task::JoinSet::new();
    for _ in 0..calls {
        let client = mock.client();
        callers.spawn(async move { resend().send(&client).await });
    }
    let answers = callers.join_all().await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), answers.len());
    assert!(mock.elapsed() <= Duration::from_secs(2), "{:?}", mock.elapsed());

    let mock = Mock::new();
    mock.on::<ResendConfirmationCode>().fault(NetworkFault::NoResponse).times(2);
    let limit = Duration::from_secs(7);
    mock.client().call(&resend()).timeout(limit).send().await.expect_err("the planned error");
    assert_eq!(mock.elapsed(), limit);
    mock.blocking_client().call(&resend()).timeout(limit).send().expect_err("the planned error");
    assert_eq!(mock.elapsed(), limit * 2);
}

/// A client with other settings, and signed operations.
#[test]
fn other_clients() {
    let mock = Mock::new();
    let builder = Client::builder().region("eu-west-1").retries(Retries::off());
    let client = builder.build_with(mock.transport()).expect("a client");
    let operation = AdminUserGlobalSignOut::new("eu-west-1_a", "alice");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let error = runtime.block_on(operation.send(&client)).expect_err("no signer");
    assert_eq!(error.kind(), ErrorKind::Misconfigured);

    mock.on::<AdminUserGlobalSignOut>().succeed().times(2);
    runtime.block_on(operation.send(&mock.client())).expect("a call without a signature");
    operation.send_blocking(&mock.blocking_client()).expect("a call without a signature");
    mock.on::<ResendConfirmationCode>().fault(NetworkFault::ConnectionRefused);
    assert_eq!(runtime.block_on(resend().send(&client)).expect_err("the planned error").attempts(), 1);
}

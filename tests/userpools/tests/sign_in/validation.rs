//! Values that are rejected before a request is sent.

use super::{POOL, SESSION, blocking_client, challenged, client, now, tokens, will_sign_in};
use cognito_op::mock::Mock;
use cognito_op::{Client, Error, ErrorKind, Validation, blocking};
use cognito_userpools::operations::{
    AnalyticsMetadataType, AssociateSoftwareToken, InitiateAuth, RespondToAuthChallenge, VerifySoftwareToken,
};
use cognito_userpools::sign_in::{FirstFactor, KeptChallenge, Refresh, SignIn, SoftwareTokenSetup, Step};
use serde_json::json;

/// Clients that do not validate requests.
fn lenient(mock: &Mock) -> (Client, blocking::Client) {
    let client = Client::builder().region("eu-west-1").public_app_client(super::ID).validation(Validation::Off);
    let blocking = blocking::Client::builder().region("eu-west-1").public_app_client(super::ID);
    (
        client.build_with(mock.transport()).expect("a client"),
        blocking.validation(Validation::Off).build_with(mock.transport()).expect("a client"),
    )
}

#[track_caller]
fn assert_invalid(error: &Error, operation: &str, paths: &[&str]) {
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Invalid, Some(operation)), "{error}");
    let violations = error.violations().expect("violations");
    assert_eq!(violations.iter().map(cognito_op::Violation::path).collect::<Vec<_>>(), paths, "{error}");
    assert!(violations.iter().all(cognito_op::Violation::is_sensitive), "{error:?}");
    assert!(
        !error.to_string().contains("129") && !format!("{error:?}").contains("129"),
        "a measured length: {error:?}"
    );
}

/// Starts a sign-in with both clients, and again without validation.
#[track_caller]
fn start(sign_in: impl Fn() -> SignIn, paths: &[&str]) {
    let mock = Mock::new();
    for error in [now(sign_in().start(&client(&mock))), sign_in().start_blocking(&blocking_client(&mock))] {
        assert_invalid(&error.expect_err("a violation"), "InitiateAuth", paths);
    }
    assert_eq!(mock.requests().len(), 0, "the request is not sent");
    let (lenient, blocking) = lenient(&mock);
    mock.on::<InitiateAuth>().output_json(tokens()).times(2);
    now(sign_in().start(&lenient)).expect("tokens");
    sign_in().start_blocking(&blocking).expect("tokens");
}

#[test]
fn starts_are_validated() {
    let long = "é".repeat(129);
    for name in ["", &long] {
        start(|| SignIn::user_password_auth(name, "correct horse"), &["username"]);
        start(|| SignIn::user_srp_auth(POOL, name, "correct horse"), &["username"]);
        start(|| SignIn::user_auth(name), &["username"]);
        start(|| SignIn::custom_auth(name), &["username"]);
        start(|| SignIn::custom_auth_with_srp(POOL, name, "correct horse"), &["username"]);
        start(|| SignIn::user_auth("alice").auth_parameter("USERNAME", name), &["username"]);
    }
    start(|| SignIn::user_password_auth("", ""), &["username", "password"]);
    start(|| SignIn::user_srp_auth(POOL, &long, "").session(""), &["username", "password", "session"]);
    start(|| SignIn::custom_auth_with_srp(POOL, "alice", ""), &["password"]);
    start(|| SignIn::user_auth("alice").prefer(FirstFactor::password("")), &["password"]);
    start(|| SignIn::user_auth("alice").prefer(FirstFactor::password_srp(POOL, "")), &["password"]);
    start(|| SignIn::user_auth("alice").session(""), &["session"]);
    start(|| SignIn::custom_auth("alice").auth_parameter("PASSWORD", ""), &["password"]);

    let (name, password) = ("é".repeat(128), "p".repeat(10_000));
    let mock = Mock::new();
    mock.on::<InitiateAuth>().output_json(tokens());
    now(SignIn::user_password_auth(name, password).session("s").start(&client(&mock))).expect("tokens");
}

/// The violations of values that a person entered are reported together with those of other members.
#[test]
fn all_violations_are_reported_at_once() {
    let mock = Mock::new();
    let metadata = AnalyticsMetadataType::new().analytics_endpoint_id("x".repeat(131_073));
    let sign_in = SignIn::user_password_auth("", "").analytics_metadata(metadata);
    let error = now(sign_in.start(&client(&mock))).expect_err("three violations");
    let paths: Vec<_> = error.violations().expect("violations").iter().map(cognito_op::Violation::path).collect();
    assert_eq!(paths, ["username", "password", "analytics_metadata.analytics_endpoint_id"]);
    assert_eq!(
        error.to_string().split("; `analytics").next(),
        Some(
            "InitiateAuth: not sent: `username` must have at least 1 character; `password` must have at least 1 character"
        )
    );
}

#[test]
fn refreshes_are_validated() {
    let mock = Mock::new();
    for error in [
        now(Refresh::new("").send(&client(&mock))),
        Refresh::new("").hash_username("alice").send_blocking(&blocking_client(&mock)),
    ] {
        assert_invalid(&error.expect_err("no token"), "InitiateAuth", &["refresh_token"]);
    }
    for (token, name, paths) in
        [("token", "", &["username"][..]), ("", &"x".repeat(129), &["username", "refresh_token"])]
    {
        let error = now(Refresh::new(token).hash_username(name).send(&client(&mock))).expect_err("no name");
        assert_invalid(&error, "InitiateAuth", paths);
    }
    assert_eq!(mock.requests().len(), 0, "the request is not sent");
    let (lenient, blocking) = lenient(&mock);
    mock.on::<InitiateAuth>().output_json(tokens()).times(3);
    now(Refresh::new("").send(&lenient)).expect("tokens");
    Refresh::new("").send_blocking(&blocking).expect("tokens");
    now(Refresh::new("a token with spaces").send(&client(&mock))).expect("tokens");
}

/// Answers a challenge with an invalid value, with both clients. The challenge is returned and can be answered again.
/// Without validation, the answer is sent.
macro_rules! rejected {
    ($name:literal, $variant:ident.$answer:ident / $blocking:ident($($wrong:expr),*), $right:tt, $paths:expr) => {{
        let mock = Mock::new();
        let challenge = || match challenged(&mock, $name, &json!({"USERNAME": "a-user-id"})) {
            Step::$variant(challenge) => challenge,
            step => panic!("{step:?}"),
        };
        let (client, blocking) = (client(&mock), blocking_client(&mock));
        for error in [
            now(challenge().$answer(&client, $($wrong),*)),
            challenge().$blocking(&blocking, $($wrong),*),
        ] {
            let error = error.expect_err("a violation");
            assert_invalid(error.error(), "RespondToAuthChallenge", &$paths);
            assert_eq!(super::responses(&mock).len(), 0, "the request is not sent");
            let again = error.into_challenge().expect("the challenge");
            let fresh = Mock::new();
            will_sign_in(&fresh);
            rejected!(@again again.$answer(&super::client(&fresh)), $right);
        }
        let (lenient, blocking) = lenient(&mock);
        mock.on::<RespondToAuthChallenge>().output_json(tokens()).times(2);
        now(challenge().$answer(&lenient, $($wrong),*)).expect("tokens");
        challenge().$blocking(&blocking, $($wrong),*).expect("tokens");
    }};
    (@again $challenge:ident.$answer:ident($client:expr), ($($right:expr),*)) => {
        now($challenge.$answer($client, $($right),*)).expect("tokens")
    };
}

#[test]
fn answers_are_validated() {
    rejected!("SMS_MFA", SmsMfa.answer / answer_blocking(""), ("123456"), ["code"]);
    rejected!("SMS_OTP", SmsOtp.answer / answer_blocking(""), ("123456"), ["code"]);
    rejected!("EMAIL_OTP", EmailOtp.answer / answer_blocking(""), ("123456"), ["code"]);
    rejected!("SOFTWARE_TOKEN_MFA", SoftwareTokenMfa.answer / answer_blocking(""), ("123456"), ["code"]);
    rejected!("NEW_PASSWORD_REQUIRED", NewPasswordRequired.answer / answer_blocking(""), ("new"), ["password"]);
    rejected!(
        "NEW_PASSWORD_REQUIRED",
        NewPasswordRequired.answer_with_attributes / answer_with_attributes_blocking("", [("name", "Alice")]),
        ("new", [("name", "Alice")]),
        ["password"]
    );
    rejected!("PASSWORD", Password.answer / answer_blocking(""), ("correct horse"), ["password"]);
    rejected!("PASSWORD_SRP", PasswordSrp.answer / answer_blocking(POOL, ""), (POOL, "correct horse"), ["password"]);
    rejected!(
        "SELECT_CHALLENGE",
        SelectChallenge.select / select_blocking(FirstFactor::password("")),
        (FirstFactor::email_otp()),
        ["password"]
    );
    rejected!(
        "SELECT_CHALLENGE",
        SelectChallenge.select / select_blocking(FirstFactor::password_srp(POOL, "")),
        (FirstFactor::password_srp(POOL, "correct horse")),
        ["password"]
    );
    rejected!(
        "A_NEW_ONE",
        Other.answer / answer_blocking([("USERNAME", ""), ("NEW_PASSWORD", ""), ("SMS_OTP_CODE", "")]),
        ([("ANSWER", "7")]),
        ["username", "password", "code"]
    );
}

/// A challenge that a program restored from invalid values.
#[test]
fn restored_challenges_are_validated() {
    let long = "x".repeat(129);
    for (username, session, paths) in
        [("", SESSION, &["username"][..]), (&long, SESSION, &["username"]), ("alice", "", &["session"])]
    {
        let restored = |name: &str| KeptChallenge::new(name, username).with_session(session);
        let mock = Mock::new();
        for error in [
            now(restored("A_NEW_ONE").answer(&client(&mock), [("ANSWER", "7")])),
            restored("A_NEW_ONE").answer_blocking(&blocking_client(&mock), [("ANSWER", "7")]),
        ] {
            let error = error.expect_err("a violation");
            assert_invalid(error.error(), "RespondToAuthChallenge", paths);
            assert_eq!(error.into_challenge().expect("the challenge").username(), username);
        }
        let Step::SmsMfa(code) = restored("SMS_MFA").into_step() else { panic!("another challenge") };
        let error = now(code.answer(&client(&mock), "")).expect_err("violations");
        let with_code: Vec<&str> = ["username", "code", "session"]
            .into_iter()
            .filter(|path| paths.contains(path) || *path == "code")
            .collect();
        assert_invalid(error.error(), "RespondToAuthChallenge", &with_code);
        assert_eq!(mock.requests().len(), 0, "the request is not sent");
    }

    let mock = Mock::new();
    let Step::MfaSetup(setup) = KeptChallenge::new("MFA_SETUP", "alice").with_session("").into_step() else {
        panic!("another challenge")
    };
    let error = now(setup.software_token(&client(&mock))).expect_err("no session");
    assert_invalid(error.error(), "AssociateSoftwareToken", &["session"]);
    let setup = error.into_challenge().expect("the challenge");
    let error = setup.software_token_blocking(&blocking_client(&mock)).expect_err("no session");
    assert_invalid(error.error(), "AssociateSoftwareToken", &["session"]);
    let setup = error.into_challenge().expect("the challenge").with_secret_code("JBSWY3DPEHPK3PXP");
    let error = now(setup.verify(&client(&mock), "")).expect_err("no code");
    assert_invalid(error.error(), "VerifySoftwareToken", &["code", "code", "session"]);
    assert_eq!(mock.requests().len(), 0, "the request is not sent");
}

/// The published model limits the length and the characters of the codes of an authenticator app.
#[test]
fn codes_of_an_app_are_validated() {
    let mock = Mock::new();
    mock.on::<AssociateSoftwareToken>().output_json(json!({"SecretCode": "JBSWY3DPEHPK3PXP"})).times(8);
    let setup = || -> SoftwareTokenSetup {
        let Step::MfaSetup(setup) = challenged(&mock, "MFA_SETUP", &json!({})) else { panic!("another challenge") };
        now(setup.software_token(&client(&mock))).expect("a secret")
    };
    for (wrong, paths) in [("", &["code", "code"][..]), ("12345", &["code"]), ("letter", &["code"])] {
        for error in
            [now(setup().verify(&client(&mock), wrong)), setup().verify_blocking(&blocking_client(&mock), wrong)]
        {
            let error = error.expect_err("an invalid code");
            assert_invalid(error.error(), "VerifySoftwareToken", paths);
            let again = error.into_challenge().expect("the setup");
            let fresh = Mock::new();
            fresh.on::<VerifySoftwareToken>().output_json(json!({"Status": "SUCCESS"}));
            will_sign_in(&fresh);
            now(again.verify(&client(&fresh), "123456")).expect("tokens");
        }
    }
    assert!(mock.sent::<VerifySoftwareToken>().is_empty());
    mock.on::<VerifySoftwareToken>().output_json(json!({"Status": "SUCCESS"})).times(2);
    mock.on::<RespondToAuthChallenge>().output_json(tokens()).times(2);
    let (lenient, blocking) = lenient(&mock);
    now(setup().verify(&lenient, "")).expect("tokens");
    setup().verify_blocking(&blocking, "").expect("tokens");
}

/// A session that the service issued is not validated, and an empty one is treated as absent.
#[test]
fn sessions_of_the_service_are_not_validated() {
    for (session, sent) in [("", json!(null)), ("s", json!("s"))] {
        let mock = Mock::new();
        mock.on::<InitiateAuth>().output_json(json!({"ChallengeName": "SMS_MFA", "Session": session}));
        will_sign_in(&mock);
        let Ok(Step::SmsMfa(code)) = now(SignIn::custom_auth("alice").start(&client(&mock))) else {
            panic!("another step")
        };
        now(code.answer(&client(&mock), "123456")).expect("tokens");
        assert_eq!(super::responses(&mock)[0]["Session"], sent);
    }
}

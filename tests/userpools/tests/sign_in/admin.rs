//! Sign-in by a back end: the same flows and challenges, with the operations that require AWS credentials.

use super::{
    CHALLENGES, ID, POOL, SECRET, SESSION, admin_will_sign_in, blocking_client, challenge, client, now, only,
    responses, tokens,
};
use cognito_op::mock::{Mock, NetworkFault, Recorded};
use cognito_op::{Client, ErrorKind, Retries, Validation};
use cognito_op_model::SERVICE;
use cognito_userpools::admin::{AdminInitiateAuth, AdminRespondToAuthChallenge, ContextDataType, HttpHeader};
use cognito_userpools::operations::{
    AnalyticsMetadataType, AssociateSoftwareToken, UserContextDataType, VerifySoftwareToken,
};
use cognito_userpools::sign_in::{CodeChallenge, FirstFactor, KeptChallenge, Refresh, SignIn, Step, Tokens};
use serde_json::{Value, json};

const DEVICE: &str = "eu-west-1_0a1b2c3d-0000-4000-8000-000000000000";

fn context() -> ContextDataType {
    let headers = [HttpHeader::new().header_name("User-Agent").header_value("a browser")];
    ContextDataType::new("192.0.2.1", "app.example.com", "/sign-in", headers).encoded_data("fingerprint")
}

fn context_on_the_wire() -> Value {
    json!({
        "EncodedData": "fingerprint",
        "HttpHeaders": [{"headerName": "User-Agent", "headerValue": "a browser"}],
        "IpAddress": "192.0.2.1",
        "ServerName": "app.example.com",
        "ServerPath": "/sign-in",
    })
}

/// Asserts that the requests contain only published members of their operations, and all required members.
#[track_caller]
fn assert_published(requests: &[Recorded]) {
    for request in requests {
        let name = request.operation();
        let published = SERVICE.operation(name).and_then(|operation| operation.input).expect("an operation");
        let json = request.json();
        let sent = json.as_object().expect("an object");
        for member in sent.keys() {
            assert!(published.member_named(member).is_some(), "{name} has no {member}");
        }
        for member in published.members.iter().filter(|member| member.required) {
            assert!(sent.contains_key(member.name), "{name} needs {}", member.name);
        }
    }
}

fn operations(mock: &Mock) -> Vec<String> {
    mock.requests().iter().map(|request| request.operation().to_owned()).collect()
}

/// Starts a sign-in by a back end, and returns a challenge as its first step.
fn challenged(mock: &Mock, name: &str, parameters: &Value) -> Step {
    mock.on::<AdminInitiateAuth>().output_json(challenge(name, parameters));
    let sign_in = SignIn::user_password_auth("alice@example.com", "correct horse").admin(POOL);
    now(sign_in.start(&client(mock))).expect("a challenge")
}

fn code(mock: &Mock) -> CodeChallenge {
    let Step::SoftwareTokenMfa(challenge) = challenged(mock, "SOFTWARE_TOKEN_MFA", &json!({})) else { panic!() };
    challenge
}

/// `SRP_A` is random, so it is replaced with a word.
#[test]
fn first_requests() {
    let password = || "correct horse";
    for (sign_in, flow, parameters) in [
        (
            SignIn::user_password_auth("alice", password()),
            "ADMIN_USER_PASSWORD_AUTH",
            json!({"USERNAME": "alice", "PASSWORD": "correct horse"}),
        ),
        (
            SignIn::user_srp_auth(POOL, "alice", password()),
            "USER_SRP_AUTH",
            json!({"USERNAME": "alice", "SRP_A": "random"}),
        ),
        (SignIn::user_auth("alice"), "USER_AUTH", json!({"USERNAME": "alice"})),
        (
            SignIn::user_auth("alice").prefer(FirstFactor::email_otp()),
            "USER_AUTH",
            json!({"USERNAME": "alice", "PREFERRED_CHALLENGE": "EMAIL_OTP"}),
        ),
        (
            SignIn::user_auth("alice").prefer(FirstFactor::password_srp(POOL, password())),
            "USER_AUTH",
            json!({"USERNAME": "alice", "PREFERRED_CHALLENGE": "PASSWORD_SRP", "SRP_A": "random"}),
        ),
        (SignIn::custom_auth("alice"), "CUSTOM_AUTH", json!({"USERNAME": "alice"})),
        (
            SignIn::custom_auth_with_srp(POOL, "alice", password()),
            "CUSTOM_AUTH",
            json!({"USERNAME": "alice", "CHALLENGE_NAME": "SRP_A", "SRP_A": "random"}),
        ),
    ] {
        let mock = Mock::new();
        mock.on::<AdminInitiateAuth>().output_json(tokens());
        let step = now(sign_in.admin(POOL).auth_parameter("MAX_AGE", "60").start(&client(&mock))).expect("tokens");
        assert_eq!(step.into_tokens().expect("tokens").access_token, "access");
        assert_published(&mock.requests());
        assert_eq!(operations(&mock), ["AdminInitiateAuth"]);
        let mut request = only(&mock);
        if let Some(public) = request["AuthParameters"].get_mut("SRP_A") {
            *public = json!("random");
        }
        let mut parameters = parameters;
        parameters["MAX_AGE"] = json!("60");
        let expected = json!({"AuthFlow": flow, "AuthParameters": parameters, "ClientId": ID, "UserPoolId": POOL});
        assert_eq!(request, expected);
    }
}

#[test]
fn the_context_is_sent_with_every_request() {
    let mock = Mock::new();
    mock.on::<AdminInitiateAuth>().output_json(challenge("SMS_MFA", &json!({"USER_ID_FOR_SRP": "a-user-id"})));
    mock.on::<AdminRespondToAuthChallenge>()
        .output_json(challenge("SOFTWARE_TOKEN_MFA", &json!({})))
        .output_json(tokens());
    let client = mock.blocking_client().with_app_client(ID, SECRET).expect("an app client");
    let step = SignIn::user_password_auth("alice@example.com", "correct horse")
        .admin(POOL)
        .session("the session of a confirmation")
        .analytics_metadata(AnalyticsMetadataType::new().analytics_endpoint_id("endpoint"))
        .client_metadata([("campaign", "autumn")])
        .device_key(DEVICE)
        .context_data(context())
        .start_blocking(&client);
    let Ok(Step::SmsMfa(first)) = step else { panic!("{step:?}") };
    let step = first.answer_blocking(&client, "123456");
    let Ok(Step::SoftwareTokenMfa(second)) = step else { panic!("{step:?}") };
    assert!(matches!(second.answer_blocking(&client, "654321"), Ok(Step::SignedIn(_))));

    assert_published(&mock.requests());
    let expected = |mut request: Value| {
        request["AnalyticsMetadata"] = json!({"AnalyticsEndpointId": "endpoint"});
        request["ClientId"] = json!(ID);
        request["ClientMetadata"] = json!({"campaign": "autumn"});
        request["ContextData"] = context_on_the_wire();
        request["UserPoolId"] = json!(POOL);
        request
    };
    // Computed with `openssl dgst -sha256 -hmac`.
    let by_alias = "DWhyUiKRFbGbCin+L9L87yogJl+w91Tnldn5nMPin2g=";
    let by_name = "bCVjpxC8E8dUXbKE7O/e8AXV9qblM+UKvslSCg6v7yw=";
    let begins = json!({
        "AuthFlow": "ADMIN_USER_PASSWORD_AUTH",
        "AuthParameters": {
            "DEVICE_KEY": DEVICE,
            "PASSWORD": "correct horse",
            "SECRET_HASH": by_alias,
            "USERNAME": "alice@example.com",
        },
        "Session": "the session of a confirmation",
    });
    let answers = |name: &str, code: &str| {
        json!({
            "ChallengeName": name,
            "ChallengeResponses": {
                "DEVICE_KEY": DEVICE,
                format!("{name}_CODE"): code,
                "SECRET_HASH": by_name,
                "USERNAME": "a-user-id",
            },
            "Session": SESSION,
        })
    };
    let requests: Vec<Value> = mock.requests().iter().map(Recorded::json).collect();
    let answered = [answers("SMS_MFA", "123456"), answers("SOFTWARE_TOKEN_MFA", "654321")];
    assert_eq!(requests, [begins].into_iter().chain(answered).map(expected).collect::<Vec<_>>());
}

/// The proof is sent with `AdminRespondToAuthChallenge`, whether the flow starts with it or the user chooses it during
/// the sign-in.
#[test]
fn a_password_is_proved() {
    let parameters = json!({
        "SALT": "51a2b3c4d5e6f708192a3b4c5d6e7f80",
        "SECRET_BLOCK": "YSBzZWNyZXQgYmxvY2s=",
        "SRP_B": "abcdef0123456789",
        "USER_ID_FOR_SRP": "a-user-id",
    });
    let proof = |request: &Value| {
        assert_eq!((&request["ChallengeName"], &request["UserPoolId"]), (&json!("PASSWORD_VERIFIER"), &json!(POOL)));
        assert_eq!(request["ContextData"], context_on_the_wire());
        assert_eq!(request["ChallengeResponses"]["USERNAME"], "a-user-id");
        assert_eq!(request["ChallengeResponses"]["PASSWORD_CLAIM_SIGNATURE"].as_str().map(str::len), Some(44));
    };
    for sign_in in [
        SignIn::user_srp_auth(POOL, "alice", "correct horse"),
        SignIn::custom_auth_with_srp(POOL, "alice", "correct horse"),
        SignIn::user_auth("alice").prefer(FirstFactor::password_srp(POOL, "correct horse")),
    ] {
        let mock = Mock::new();
        mock.on::<AdminInitiateAuth>().output_json(challenge("PASSWORD_VERIFIER", &parameters));
        admin_will_sign_in(&mock);
        let step = now(sign_in.admin(POOL).context_data(context()).start(&client(&mock)));
        assert!(matches!(step, Ok(Step::SignedIn(_))), "{step:?}");
        assert_published(&mock.requests());
        assert_eq!(operations(&mock), ["AdminInitiateAuth", "AdminRespondToAuthChallenge"]);
        proof(&responses(&mock)[0]);
    }
    for (name, select) in [("SELECT_CHALLENGE", true), ("PASSWORD_SRP", false)] {
        let mock = Mock::new();
        let raw = challenged(&mock, name, &json!({})).into_challenge().expect("a challenge").context_data(context());
        mock.on::<AdminRespondToAuthChallenge>()
            .output_json(challenge("PASSWORD_VERIFIER", &parameters))
            .output_json(tokens());
        let step = match raw.into_step() {
            Step::SelectChallenge(challenge) if select => {
                now(challenge.select(&client(&mock), FirstFactor::password_srp(POOL, "correct horse"))).expect("tokens")
            }
            Step::PasswordSrp(challenge) if !select => {
                challenge.answer_blocking(&blocking_client(&mock), POOL, "correct horse").expect("tokens")
            }
            step => panic!("{step:?}"),
        };
        assert!(matches!(step, Step::SignedIn(_)), "{step:?}");
        assert_published(&mock.requests());
        proof(&responses(&mock)[1]);
    }
}

/// A challenge that a web server stores between two requests is answered with the same operation.
#[test]
fn a_kept_challenge() {
    for name in CHALLENGES {
        let mock = Mock::new();
        let step = challenged(&mock, name, &json!({"USER_ID_FOR_SRP": "a-user-id"}));
        let kept = serde_json::to_string(&step.into_challenge().expect("a challenge")).expect("JSON");
        let restored: KeptChallenge = serde_json::from_str(&kept).expect("the same form");
        assert_eq!(restored.user_pool_id(), Some(POOL));
        let raw = restored.into_step().into_challenge().expect("a challenge").context_data(context());
        admin_will_sign_in(&mock);
        now(raw.answer(&client(&mock), [("ANSWER", "blue")])).expect("tokens");
        assert_published(&mock.requests());
        let expected = json!({
            "ChallengeName": name,
            "ChallengeResponses": {"ANSWER": "blue", "USERNAME": "a-user-id"},
            "ClientId": ID,
            "ContextData": context_on_the_wire(),
            "Session": SESSION,
            "UserPoolId": POOL,
        });
        assert_eq!(responses(&mock), [expected]);
        assert_eq!(operations(&mock), ["AdminInitiateAuth", "AdminRespondToAuthChallenge"]);
    }
    let own = KeptChallenge::new("SMS_MFA", "alice");
    assert_eq!(own.user_pool_id(), None);
    assert_eq!(own.admin(POOL).user_pool_id(), Some(POOL));
}

/// The operations that set up an authenticator app have no counterpart that requires credentials.
#[test]
fn the_setup_of_an_authenticator_app() {
    let mock = Mock::new();
    let Step::MfaSetup(setup) = challenged(&mock, "MFA_SETUP", &json!({})) else { panic!() };
    mock.on::<AssociateSoftwareToken>().output_json(json!({"SecretCode": "JBSWY3DPEHPK3PXP", "Session": "second"}));
    mock.on::<VerifySoftwareToken>().output_json(json!({"Status": "SUCCESS", "Session": "third"}));
    admin_will_sign_in(&mock);
    let setup = now(setup.software_token(&client(&mock))).expect("a secret");
    let secret = setup.secret_code().to_owned();
    let kept = serde_json::to_string(&setup.into_kept()).expect("JSON");
    let Step::MfaSetup(restored) = serde_json::from_str::<KeptChallenge>(&kept).expect("the same form").into_step()
    else {
        panic!()
    };
    let step = restored.with_secret_code(secret).verify_blocking(&blocking_client(&mock), "123456").expect("tokens");
    assert!(matches!(step, Step::SignedIn(_)), "{step:?}");
    let expected =
        ["AdminInitiateAuth", "AssociateSoftwareToken", "VerifySoftwareToken", "AdminRespondToAuthChallenge"];
    assert_eq!(operations(&mock), expected);
    let last = json!({
        "ChallengeName": "MFA_SETUP",
        "ChallengeResponses": {"USERNAME": "alice@example.com"},
        "ClientId": ID,
        "Session": "third",
        "UserPoolId": POOL,
    });
    assert_eq!(responses(&mock), [last]);
}

#[test]
fn a_refused_answer_gives_the_challenge_back() {
    let mock = Mock::new();
    let challenge = code(&mock);
    mock.on::<AdminRespondToAuthChallenge>().fail(ErrorKind::CodeMismatch).output_json(tokens());
    let refused = now(challenge.answer(&client(&mock), "000000")).expect_err("the error of the mock");
    assert_eq!(refused.error().operation(), Some("AdminRespondToAuthChallenge"));
    let challenge = refused.into_challenge().expect("the session is valid for another code");
    now(challenge.answer(&client(&mock), "123456")).expect("tokens");
    let [first, second] = &responses(&mock)[..] else { panic!("two answers") };
    for member in ["Session", "UserPoolId"] {
        assert_eq!(first[member], second[member]);
    }
    assert_eq!(second["ChallengeResponses"]["SOFTWARE_TOKEN_MFA_CODE"], "123456");
}

/// A request that starts a sign-in is retried as usual. An answer is retried only if it was not sent.
#[test]
fn an_answer_is_never_sent_twice() {
    let patient = |mock: &Mock| -> Client {
        let builder =
            Client::builder().region("eu-west-1").public_app_client(ID).retries(Retries::standard().attempts(5));
        builder.build_with(mock.transport()).expect("a client").with_signer(mock.transport())
    };
    let mock = Mock::new();
    mock.on::<AdminInitiateAuth>().fail(ErrorKind::TooManyRequests).times(2).output_json(tokens());
    now(SignIn::user_auth("alice").admin(POOL).start(&patient(&mock))).expect("the third attempt");
    assert_eq!(mock.requests().len(), 3);
    for kind in [ErrorKind::TooManyRequests, ErrorKind::Throttling, ErrorKind::InternalError] {
        let mock = Mock::new();
        let challenge = code(&mock);
        mock.on::<AdminRespondToAuthChallenge>().fail(kind);
        let refused = now(challenge.answer(&patient(&mock), "123456")).expect_err("the error of the mock");
        assert_eq!((refused.error().kind(), refused.error().attempts()), (kind, 1));
        assert_eq!(responses(&mock).len(), 1);
    }
    let mock = Mock::new();
    let challenge = code(&mock);
    mock.on::<AdminRespondToAuthChallenge>().fault(NetworkFault::ConnectionReset);
    let refused = now(challenge.answer(&patient(&mock), "123456")).expect_err("the error of the mock");
    assert!(refused.error().may_have_executed() && refused.is_final());
}

#[test]
fn refreshes() {
    let mock = Mock::new();
    mock.on::<AdminInitiateAuth>().output_json(tokens()).times(3);
    let refresh = Refresh::new("old").admin(POOL).device_key(DEVICE).context_data(context());
    let new = now(refresh.send(&client(&mock))).expect("tokens");
    assert_eq!(new.access_token, "access");
    let expected = json!({
        "AuthFlow": "REFRESH_TOKEN_AUTH",
        "AuthParameters": {"DEVICE_KEY": DEVICE, "REFRESH_TOKEN": "old"},
        "ClientId": ID,
        "ContextData": context_on_the_wire(),
        "UserPoolId": POOL,
    });
    assert_eq!(only(&mock), expected);
    let with_secret = mock.blocking_client().with_app_client(ID, SECRET).expect("an app client");
    Refresh::new("old").hash_username("a-user-id").admin(POOL).send_blocking(&with_secret).expect("tokens");
    // The user name is the claim `username` of the access token.
    let mut before = Tokens::new("e30.eyJ1c2VybmFtZSI6ImEtdXNlci1pZCJ9.c2ln");
    before.refresh_token = Some("old".to_owned());
    before.refresh().expect("a refresh token").admin(POOL).send_blocking(&with_secret).expect("tokens");
    assert_published(&mock.requests());
    for request in &mock.requests()[1..] {
        let hash = "bCVjpxC8E8dUXbKE7O/e8AXV9qblM+UKvslSCg6v7yw=";
        assert_eq!(request.json()["AuthParameters"], json!({"REFRESH_TOKEN": "old", "SECRET_HASH": hash}));
    }
    let nameless = Refresh::new("old").admin(POOL).send_blocking(&with_secret).expect_err("no name");
    assert!(nameless.to_string().contains("hash_username"), "{nameless}");
}

/// Each operation has a member for only one of the two kinds of data. Data of the other kind is an error.
#[test]
fn data_for_the_other_operation_is_not_dropped() {
    let instead = "a sign-in with `admin` sends `context_data` instead of `user_context_data`";
    let only_with = "`context_data` is sent only by a sign-in with `admin`";
    let mock = Mock::new();
    let user_data = || UserContextDataType::new().ip_address("192.0.2.1");
    let client = client(&mock);
    let error = now(SignIn::user_auth("alice").admin(POOL).user_context_data(user_data()).start(&client));
    let error = error.expect_err("data that the operation does not have");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Misconfigured, 0));
    assert_eq!(error.to_string(), format!("AdminInitiateAuth: not sent: {instead}"));
    let error = now(SignIn::user_auth("alice").context_data(context()).start(&client));
    let error = error.expect_err("data that the operation does not have");
    assert_eq!(error.to_string(), format!("InitiateAuth: not sent: {only_with}"));
    let error = now(Refresh::new("old").context_data(context()).send(&client)).expect_err("a refresh without `admin`");
    assert_eq!(error.to_string(), format!("InitiateAuth: not sent: {only_with}"));
    let raw = KeptChallenge::new("SMS_MFA", "alice").admin(POOL).user_context_data(user_data());
    let refused = now(raw.answer(&client, [("SMS_MFA_CODE", "123456")])).expect_err("data of the other operation");
    assert_eq!(refused.to_string(), format!("AdminRespondToAuthChallenge: not sent: {instead}"));
    let again = refused.into_challenge().expect("it was not sent").user_context_data(None::<UserContextDataType>);
    assert!(mock.requests().is_empty());
    admin_will_sign_in(&mock);
    now(again.answer(&client, [("SMS_MFA_CODE", "123456")])).expect("tokens");
}

#[test]
fn invalid_sign_ins() {
    let mock = Mock::new();
    let builder = || Client::builder().region("eu-west-1").public_app_client(ID);
    let bare = builder().build_with(mock.transport()).expect("a client");
    let error = now(SignIn::user_password_auth("alice", "correct horse").admin(POOL).start(&bare));
    let error = error.expect_err("no credentials");
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Misconfigured, Some("AdminInitiateAuth")));
    assert!(error.to_string().contains("AWS credentials"), "{error}");

    let error = now(SignIn::user_srp_auth("the pool", "alice", "secret").admin(POOL).start(&client(&mock)));
    let error = error.expect_err("no pool");
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Misconfigured, Some("AdminInitiateAuth")));
    let Step::PasswordSrp(srp) = KeptChallenge::new("PASSWORD_SRP", "alice").admin(POOL).into_step() else { panic!() };
    let refused = now(srp.answer(&client(&mock), "the pool", "secret")).expect_err("no pool");
    assert_eq!(refused.error().operation(), Some("AdminRespondToAuthChallenge"));

    let other = "eu-west-1_Other1234";
    let factor = || FirstFactor::password_srp(POOL, "secret");
    for sign_in in [
        SignIn::user_srp_auth(POOL, "alice", "secret"),
        SignIn::custom_auth_with_srp(POOL, "alice", "secret"),
        SignIn::user_auth("alice").prefer(factor()),
    ] {
        let error = now(sign_in.admin(other).start(&client(&mock))).expect_err("two pools");
        assert_eq!((error.kind(), error.operation()), (ErrorKind::Misconfigured, Some("AdminInitiateAuth")));
        assert!(error.to_string().contains("another user pool"), "{error}");
    }
    let Step::PasswordSrp(srp) = KeptChallenge::new("PASSWORD_SRP", "alice").admin(other).into_step() else { panic!() };
    let refused = now(srp.answer(&client(&mock), POOL, "secret")).expect_err("two pools");
    assert_eq!(refused.error().kind(), ErrorKind::Misconfigured);
    let challenge = KeptChallenge::new("SELECT_CHALLENGE", "alice").with_available_challenges(["PASSWORD_SRP"]);
    let Step::SelectChallenge(select) = challenge.admin(other).into_step() else { panic!() };
    let refused = now(select.select(&client(&mock), factor())).expect_err("two pools");
    assert_eq!(refused.error().kind(), ErrorKind::Misconfigured);

    let error = now(SignIn::user_password_auth("", "").admin("no pool").start(&client(&mock))).expect_err("invalid");
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Invalid, Some("AdminInitiateAuth")));
    let violations = error.violations().expect("violations");
    let paths: Vec<&str> = violations.iter().map(cognito_op::Violation::path).collect();
    assert_eq!(paths, ["username", "password", "user_pool_id"]);
    assert!(mock.requests().is_empty());

    mock.on::<AdminInitiateAuth>().output_json(tokens());
    let lenient = builder().validation(Validation::Off).build_with(mock.transport()).expect("a client");
    let lenient = lenient.with_signer(mock.transport());
    now(SignIn::user_password_auth("", "").admin("no pool").start(&lenient)).expect("tokens");
}

#[test]
fn secrets_are_redacted() {
    let sign_in = SignIn::user_password_auth("canary-name", "canary-password").admin(POOL).context_data(context());
    assert_eq!(format!("{sign_in:?}"), "SignIn { flow: UserPasswordAuth, .. }");
    let mock = Mock::new();
    let echo = "no 'canary-password' for canary-name from 192.0.2.1 with a browser";
    mock.on::<AdminInitiateAuth>().fail_with(ErrorKind::NotAuthorized, echo);
    let error = now(sign_in.start(&client(&mock))).expect_err("the error of the mock");
    let text = format!("{error} {error:?} {}", error.report());
    assert!(["canary", "192.0.2.1", "a browser"].iter().all(|secret| !text.contains(secret)), "{text}");

    let challenge = code(&mock);
    mock.on::<AdminRespondToAuthChallenge>().fail_with(ErrorKind::CodeMismatch, &format!("not 727274 in {SESSION}"));
    let refused = now(challenge.answer(&client(&mock), "727274")).expect_err("the error of the mock");
    let text = format!("{refused} {refused:?} {}", refused.error().report());
    assert!(!text.contains("727274") && !text.contains(SESSION), "{text}");
}

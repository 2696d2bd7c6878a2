//! The start of a sign-in, and the content of its requests.

use super::{ID, POOL, SECRET, SESSION, blocking_client, challenge, client, now, only, recipe, tokens};
use cognito_op::mock::Mock;
use cognito_op::{Client, ErrorKind, Fault, Validation};
use cognito_userpools::devices::Device;
use cognito_userpools::operations::{
    AnalyticsMetadataType, AssociateSoftwareToken, InitiateAuth, RespondToAuthChallenge, UserContextDataType,
    VerifySoftwareToken,
};
use cognito_userpools::sign_in::{FirstFactor, Refresh, SignIn, Step, Tokens};
use serde_json::{Value, json};

/// The first request of each flow. `SRP_A` is random, so it is replaced with a word.
#[test]
fn first_requests() {
    let password = || "correct horse";
    for (sign_in, flow, parameters) in [
        (
            SignIn::user_password_auth("alice", password()),
            "USER_PASSWORD_AUTH",
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
            SignIn::user_auth("alice").prefer(FirstFactor::sms_otp()),
            "USER_AUTH",
            json!({"USERNAME": "alice", "PREFERRED_CHALLENGE": "SMS_OTP"}),
        ),
        (
            SignIn::user_auth("alice").prefer(FirstFactor::web_authn()),
            "USER_AUTH",
            json!({"USERNAME": "alice", "PREFERRED_CHALLENGE": "WEB_AUTHN"}),
        ),
        (
            SignIn::user_auth("alice").prefer(FirstFactor::password(password())),
            "USER_AUTH",
            json!({"USERNAME": "alice", "PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": "correct horse"}),
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
        mock.on::<InitiateAuth>().output_json(tokens());
        let step = now(sign_in.auth_parameter("MAX_AGE", "60").start(&client(&mock))).expect("tokens");
        assert_eq!(step.into_tokens().expect("tokens").access_token, "access");
        let mut request = only(&mock);
        if let Some(public) = request["AuthParameters"].get_mut("SRP_A") {
            let digits = public.as_str().expect("a string");
            assert!(digits.len() > 700 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()), "{digits}");
            *public = json!("random");
        }
        let mut parameters = parameters;
        parameters["MAX_AGE"] = json!("60");
        assert_eq!(request, json!({"AuthFlow": flow, "AuthParameters": parameters, "ClientId": ID}));
    }
}

#[test]
fn the_context_is_sent_with_every_request() {
    let mock = Mock::new();
    mock.on::<InitiateAuth>().output_json(challenge("SMS_MFA", &json!({"USER_ID_FOR_SRP": "a-user-id"})));
    mock.on::<RespondToAuthChallenge>().output_json(challenge("SOFTWARE_TOKEN_MFA", &json!({}))).output_json(tokens());
    let client = mock.blocking_client().with_app_client(ID, SECRET).expect("an app client");
    let step = SignIn::user_password_auth("alice@example.com", "correct horse")
        .session("the session of a confirmation")
        .analytics_metadata(AnalyticsMetadataType::new().analytics_endpoint_id("endpoint"))
        .client_metadata([("campaign", "autumn")])
        .device_key("eu-west-1_0a1b2c3d-0000-4000-8000-000000000000")
        .user_context_data(UserContextDataType::new().ip_address("192.0.2.1"))
        .start_blocking(&client);
    let Ok(Step::SmsMfa(first)) = step else { panic!("{step:?}") };
    let step = first.answer_blocking(&client, "123456");
    let Ok(Step::SoftwareTokenMfa(second)) = step else { panic!("{step:?}") };
    assert!(matches!(second.answer_blocking(&client, "654321"), Ok(Step::SignedIn(_))));

    let requests: Vec<Value> = mock.requests().iter().map(cognito_op::mock::Recorded::json).collect();
    for request in &requests {
        assert_eq!(request["AnalyticsMetadata"], json!({"AnalyticsEndpointId": "endpoint"}));
        assert_eq!(request["ClientMetadata"], json!({"campaign": "autumn"}));
        assert_eq!(request["UserContextData"], json!({"IpAddress": "192.0.2.1"}));
    }
    // Answers contain the user name in the pool, and the secret hash is computed over this name.
    let hashes = [
        ("AuthParameters", "alice@example.com", "DWhyUiKRFbGbCin+L9L87yogJl+w91Tnldn5nMPin2g="),
        ("ChallengeResponses", "a-user-id", "bCVjpxC8E8dUXbKE7O/e8AXV9qblM+UKvslSCg6v7yw="),
        ("ChallengeResponses", "a-user-id", "bCVjpxC8E8dUXbKE7O/e8AXV9qblM+UKvslSCg6v7yw="),
    ];
    assert_eq!(requests.len(), hashes.len());
    for (request, (map, username, hash)) in requests.iter().zip(hashes) {
        let entries = &request[map];
        assert_eq!((&entries["USERNAME"], &entries["SECRET_HASH"]), (&json!(username), &json!(hash)));
        assert_eq!(entries["DEVICE_KEY"], "eu-west-1_0a1b2c3d-0000-4000-8000-000000000000");
    }
    assert_eq!(requests[0]["Session"], "the session of a confirmation");
    assert_eq!(requests[1]["Session"], SESSION);
}

/// Other tests compare the proof with known values, and send it to servers that check it.
#[test]
fn a_password_is_proved_by_itself() {
    let parameters = json!({
        "SALT": "51a2b3c4d5e6f708192a3b4c5d6e7f80",
        "SECRET_BLOCK": "YSBzZWNyZXQgYmxvY2s=",
        "SRP_B": "abcdef0123456789",
        "USERNAME": "alice",
        "USER_ID_FOR_SRP": "a-user-id",
    });
    let proved = |mock: &Mock, with_session: bool| {
        let responses = super::responses(mock);
        let [response] = &responses[..] else { panic!("{responses:?}") };
        assert_eq!(response["ChallengeName"], "PASSWORD_VERIFIER");
        assert_eq!(response.get("Session"), with_session.then(|| json!(SESSION)).as_ref());
        let answers = response["ChallengeResponses"].as_object().expect("answers");
        let names: Vec<&str> = answers.keys().map(String::as_str).collect();
        let expected = ["PASSWORD_CLAIM_SECRET_BLOCK", "PASSWORD_CLAIM_SIGNATURE", "TIMESTAMP", "USERNAME"];
        assert_eq!(names, expected);
        assert_eq!(answers["USERNAME"], "alice");
        assert_eq!(answers["PASSWORD_CLAIM_SECRET_BLOCK"], "YSBzZWNyZXQgYmxvY2s=");
        assert_eq!(answers["PASSWORD_CLAIM_SIGNATURE"].as_str().map(str::len), Some(44));
    };
    for sign_in in [
        SignIn::user_srp_auth(POOL, "alice@example.com", "correct horse"),
        SignIn::custom_auth_with_srp(POOL, "alice@example.com", "correct horse"),
        SignIn::user_auth("alice@example.com").prefer(FirstFactor::password_srp(POOL, "correct horse")),
    ] {
        let mock = Mock::new();
        // The response contains no session.
        mock.on::<InitiateAuth>()
            .output_json(json!({"ChallengeName": "PASSWORD_VERIFIER", "ChallengeParameters": parameters}));
        super::will_sign_in(&mock);
        assert!(matches!(now(sign_in.start(&client(&mock))), Ok(Step::SignedIn(_))));
        proved(&mock, false);
    }

    // If the factor is chosen during the sign-in, the answer to `SELECT_CHALLENGE` starts the handshake.
    for blocks in [false, true] {
        let mock = Mock::new();
        let step = super::challenged(&mock, "SELECT_CHALLENGE", &json!({}));
        let Step::SelectChallenge(select) = step else { panic!("{step:?}") };
        mock.on::<RespondToAuthChallenge>()
            .output_json(challenge("PASSWORD_VERIFIER", &parameters))
            .output_json(tokens());
        let factor = FirstFactor::password_srp(POOL, "correct horse");
        let step = if blocks {
            select.select_blocking(&blocking_client(&mock), factor)
        } else {
            now(select.select(&client(&mock), factor))
        };
        assert!(matches!(step, Ok(Step::SignedIn(_))), "{step:?}");
        let responses = super::responses(&mock);
        assert_eq!(responses[0]["ChallengeResponses"]["ANSWER"], "PASSWORD_SRP");
        assert!(responses[0]["ChallengeResponses"]["SRP_A"].is_string());
        assert_eq!(responses[1]["ChallengeName"], "PASSWORD_VERIFIER");
    }

    // Without a handshake, the challenge is returned to the program.
    let mock = Mock::new();
    let step = super::challenged(&mock, "PASSWORD_VERIFIER", &parameters);
    assert!(matches!(&step, Step::Other(other) if other.name().as_str() == "PASSWORD_VERIFIER"), "{step:?}");
    // If the service requests the proof again, the second challenge is returned to the program.
    let mock = Mock::new();
    mock.on::<InitiateAuth>().output_json(challenge("PASSWORD_VERIFIER", &parameters));
    mock.on::<RespondToAuthChallenge>().output_json(challenge("PASSWORD_VERIFIER", &parameters));
    let step = now(SignIn::user_srp_auth(POOL, "alice", "secret").start(&client(&mock)));
    assert!(matches!(step, Ok(Step::Other(_))), "{step:?}");
    proved(&mock, true);
}

/// The answers for a device contain the session and the secret hash, as all answers do. A challenge that lacks a
/// parameter of the proof is an error.
#[test]
fn a_device_is_proved_by_itself() {
    let whole = json!({"SALT": "ab", "SECRET_BLOCK": "YQ==", "SRP_B": "abcd"});
    let device = || Device::new("eu-west-1_0", "-group", "the password");
    for missing in [None, Some("SALT"), Some("SRP_B"), Some("SECRET_BLOCK")] {
        let mut parameters = whole.clone();
        if let Some(missing) = missing {
            parameters[missing] = json!(null);
        }
        let mock = Mock::new();
        mock.on::<InitiateAuth>().output_json(challenge("DEVICE_SRP_AUTH", &json!({"USERNAME": "a-user-id"})));
        mock.on::<RespondToAuthChallenge>().output_json(challenge("DEVICE_PASSWORD_VERIFIER", &parameters));
        if missing.is_none() {
            super::will_sign_in(&mock);
        }
        let client = mock.client().with_app_client(ID, SECRET).expect("an app client");
        let sign_in = SignIn::user_password_auth("alice@example.com", "correct horse").device(device());
        let step = now(sign_in.start(&client));
        let Some(missing) = missing else {
            assert!(matches!(step, Ok(Step::SignedIn(_))), "{step:?}");
            let names = ["DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"];
            for (response, name) in super::responses(&mock).iter().zip(names) {
                assert_eq!((&response["ChallengeName"], &response["Session"]), (&json!(name), &json!(SESSION)));
                let entries = &response["ChallengeResponses"];
                let hash = "bCVjpxC8E8dUXbKE7O/e8AXV9qblM+UKvslSCg6v7yw=";
                assert_eq!((&entries["USERNAME"], &entries["SECRET_HASH"]), (&json!("a-user-id"), &json!(hash)));
                assert_eq!(entries["DEVICE_KEY"], "eu-west-1_0");
                assert_eq!(entries["SRP_A"].is_string(), name == "DEVICE_SRP_AUTH");
                assert_eq!(entries["PASSWORD_CLAIM_SIGNATURE"].is_string(), name == "DEVICE_PASSWORD_VERIFIER");
            }
            continue;
        };
        let error = step.expect_err("an incomplete challenge");
        assert_eq!((error.kind(), error.operation()), (ErrorKind::Unreadable, Some("RespondToAuthChallenge")));
        assert!(error.to_string().contains(missing), "{error}");
    }
}

#[test]
fn invalid_srp_challenges() {
    let whole = json!({"SALT": "ab", "SECRET_BLOCK": "YQ==", "SRP_B": "abcd", "USER_ID_FOR_SRP": "alice"});
    let modulus_is_zero = "0";
    for (name, value, why) in [
        ("SALT", json!(null), "SALT"),
        ("SALT", json!("what"), "SALT"),
        ("SRP_B", json!(null), "SRP_B"),
        ("SRP_B", json!(modulus_is_zero), "SRP_B"),
        ("SECRET_BLOCK", json!(null), "SECRET_BLOCK"),
        ("SECRET_BLOCK", json!(""), "SECRET_BLOCK"),
    ] {
        let mock = Mock::new();
        let mut parameters = whole.clone();
        parameters[name] = value.clone();
        mock.on::<InitiateAuth>().output_json(challenge("PASSWORD_VERIFIER", &parameters));
        let sign_in = SignIn::user_srp_auth(POOL, "alice", "secret");
        let error = now(sign_in.start(&client(&mock))).expect_err("an invalid challenge");
        assert_eq!((error.kind(), error.operation()), (ErrorKind::Unreadable, Some("InitiateAuth")));
        assert!(error.to_string().contains(why), "{error}");
        assert_eq!(error.attempts(), 1);
    }
}

#[test]
fn invalid_sign_ins() {
    let mock = Mock::new();
    let error = SignIn::custom_auth("alice").start_blocking(&mock.blocking_client()).expect_err("no app client");
    assert_eq!((error.kind(), error.fault()), (ErrorKind::Misconfigured, Fault::Caller));
    assert!(error.to_string().starts_with("InitiateAuth: not sent: the request has no app client id"), "{error}");

    let sign_in = SignIn::user_srp_auth("the pool", "alice", "secret");
    let error = now(sign_in.start(&client(&mock))).expect_err("no pool");
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Misconfigured, Some("InitiateAuth")));

    // Values of the caller are validated before the request is sent.
    let metadata = AnalyticsMetadataType::new().analytics_endpoint_id("x".repeat(131_073));
    let sign_in = || SignIn::custom_auth("alice").analytics_metadata(metadata.clone());
    let error = now(sign_in().start(&client(&mock))).expect_err("an id that is too long");
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Invalid, Some("InitiateAuth")));
    assert_eq!(mock.requests().len(), 0);
    let lenient = Client::builder().region("eu-west-1").public_app_client(ID).validation(Validation::Off);
    mock.on::<InitiateAuth>().output_json(tokens());
    now(sign_in().start(&lenient.build_with(mock.transport()).expect("a client"))).expect("tokens");
}

#[test]
fn responses_without_a_next_step() {
    for answer in [
        json!({}),
        json!({"ChallengeName": ""}),
        json!({"ChallengeName": null, "AuthenticationResult": {}}),
        json!({"AuthenticationResult": {"AccessToken": "", "IdToken": "id"}}),
    ] {
        let mock = Mock::new();
        mock.on::<InitiateAuth>().output_json(&answer);
        let error = now(SignIn::user_auth("alice").start(&client(&mock))).expect_err("neither tokens nor a challenge");
        assert_eq!(error.kind(), ErrorKind::Unreadable, "{answer}");
    }
}

/// A pool that remembers devices rejects a refresh without the device key.
#[test]
fn a_refresh_names_the_device() {
    const NEW: &str = "eu-west-1_0a1b2c3d-0000-4000-8000-000000000000";
    const KNOWN: &str = "eu-west-1_0a1b2c3d-0000-4000-8000-000000000001";
    // The claim `device_key` is `KNOWN`.
    let with_claim = "e30.eyJkZXZpY2Vfa2V5IjoiZXUtd2VzdC0xXzBhMWIyYzNkLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMSJ9.c2ln";
    let metadata = json!({"DeviceKey": NEW, "DeviceGroupKey": "-g"});
    for (token, metadata, expected) in [
        ("e30.e30.c2ln", &json!(null), None),
        ("e30.e30.c2ln", &metadata, Some(NEW)),
        (with_claim, &json!(null), Some(KNOWN)),
        (with_claim, &metadata, Some(NEW)),
        (with_claim, &json!({"DeviceGroupKey": "-g"}), Some(KNOWN)),
    ] {
        let mock = Mock::new();
        let result = json!({"AccessToken": token, "RefreshToken": "old", "NewDeviceMetadata": metadata});
        mock.on::<InitiateAuth>().output_json(json!({"AuthenticationResult": result})).times(2);
        let client = blocking_client(&mock);
        let step = SignIn::user_password_auth("alice", "correct horse").start_blocking(&client).expect("tokens");
        let refresh = step.into_tokens().expect("tokens").refresh().expect("a refresh token");
        refresh.send_blocking(&client).expect("tokens");
        let sent = &mock.sent::<InitiateAuth>()[1];
        let device_key = sent.auth_parameters.as_ref().and_then(|parameters| parameters.get("DEVICE_KEY"));
        assert_eq!(device_key.map(String::as_str), expected);
    }
}

#[test]
fn refreshes() {
    let mock = Mock::new();
    let result = json!({"AccessToken": "new", "IdToken": "id", "ExpiresIn": 300, "TokenType": "Bearer"});
    mock.on::<InitiateAuth>().output_json(json!({"AuthenticationResult": result})).times(3);
    let public = Refresh::new("old").device_key("eu-west-1_0a1b2c3d-0000-4000-8000-000000000000");
    let tokens = public.send_blocking(&blocking_client(&mock)).expect("tokens");
    assert_eq!((tokens.access_token.as_str(), tokens.id_token.as_deref()), ("new", Some("id")));
    assert_eq!(tokens.expires_in, Some(std::time::Duration::from_mins(5)));
    assert!(tokens.refresh().is_none(), "there is no refresh token in it");
    let parameters = json!({
        "DEVICE_KEY": "eu-west-1_0a1b2c3d-0000-4000-8000-000000000000",
        "REFRESH_TOKEN": "old",
    });
    let expected = json!({"AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": parameters, "ClientId": ID});
    assert_eq!(only(&mock), expected);

    // The secret hash is computed over the given user name, or over that in the access token.
    let client = mock.client().with_app_client(ID, SECRET).expect("an app client");
    now(Refresh::new("old").hash_username("a-user-id").send(&client)).expect("tokens");
    let mut before = Tokens::new("e30.eyJ1c2VybmFtZSI6ImEtdXNlci1pZCJ9.c2ln");
    before.refresh_token = Some("old".to_owned());
    now(before.refresh().expect("a refresh token").send(&client)).expect("tokens");
    for request in &mock.requests()[1..] {
        let parameters = &request.json()["AuthParameters"];
        let hash = "bCVjpxC8E8dUXbKE7O/e8AXV9qblM+UKvslSCg6v7yw=";
        assert_eq!(parameters, &json!({"REFRESH_TOKEN": "old", "SECRET_HASH": hash}));
    }

    let error = now(Refresh::new("old").send(&client)).expect_err("no name");
    assert_eq!(error.kind(), ErrorKind::Misconfigured);
    assert!(error.to_string().contains("hash_username"), "{error}");
    assert_eq!(mock.requests().len(), 3);

    mock.on::<InitiateAuth>().output_json(challenge("SMS_MFA", &json!({})));
    let error = now(Refresh::new("old").send(&super::client(&mock))).expect_err("no token");
    assert_eq!(error.kind(), ErrorKind::Unreadable);
}

/// The README contains the recipe, and the recipe signs a user in.
#[test]
fn the_recipe() {
    let block = format!("```rust,ignore\n{}```", include_str!("recipe.rs"));
    assert!(include_str!("../../../../README.md").contains(&block), "the README lacks:\n{block}");

    let mock = Mock::new();
    mock.on::<InitiateAuth>().output_json(challenge("NEW_PASSWORD_REQUIRED", &json!({})));
    mock.on::<RespondToAuthChallenge>()
        .output_json(challenge("EMAIL_OTP", &json!({})))
        .fail(ErrorKind::CodeMismatch)
        .output_json(tokens());
    let asked = std::cell::RefCell::new(Vec::new());
    let ask = |what: &str| {
        asked.borrow_mut().push(what.to_owned());
        format!("the {what}")
    };
    let tokens = now(recipe::sign_in(&client(&mock), "alice", ask)).expect("tokens");
    assert_eq!(tokens.access_token, "access");
    assert_eq!(asked.into_inner(), ["password", "new password", "code", "code"]);

    mock.on::<InitiateAuth>().output_json(challenge("A_NEW_ONE", &json!({})));
    let error = now(recipe::sign_in(&client(&mock), "alice", |_| "secret".to_owned())).expect_err("unknown challenge");
    assert!(error.to_string().contains("A_NEW_ONE"), "{error}");
}

/// A user name or device key that is set with `auth_parameter` is also sent with later requests.
#[test]
fn a_name_that_is_given_as_a_parameter() {
    let mock = Mock::new();
    mock.on::<InitiateAuth>().output_json(challenge("SMS_MFA", &json!({})));
    super::will_sign_in(&mock);
    let sign_in = SignIn::custom_auth("alice").auth_parameter("USERNAME", "bob").auth_parameter("DEVICE_KEY", "key");
    let Ok(Step::SmsMfa(code)) = now(sign_in.start(&client(&mock))) else { panic!() };
    now(code.answer(&client(&mock), "123456")).expect("tokens");
    for (request, map) in mock.requests().iter().zip(["AuthParameters", "ChallengeResponses"]) {
        let entries = &request.json()[map];
        assert_eq!((&entries["USERNAME"], &entries["DEVICE_KEY"]), (&json!("bob"), &json!("key")));
    }
}

/// Sessions are sent back unchanged, even if they violate the published limits.
#[test]
fn sessions_are_sent_unchanged() {
    for session in ["s", &"s".repeat(9_000)] {
        let mock = Mock::new();
        let answer = |name: &str| json!({"ChallengeName": name, "Session": session});
        mock.on::<InitiateAuth>().output_json(answer("SMS_MFA"));
        mock.on::<RespondToAuthChallenge>().output_json(answer("MFA_SETUP"));
        let Ok(Step::SmsMfa(code)) = now(SignIn::custom_auth("alice").start(&client(&mock))) else { panic!() };
        let Ok(Step::MfaSetup(setup)) = now(code.answer(&client(&mock), "123456")) else { panic!() };
        mock.on::<AssociateSoftwareToken>().output_json(json!({"SecretCode": "JBSWY3DPEHPK3PXP", "Session": session}));
        mock.on::<VerifySoftwareToken>().output_json(json!({"Status": "SUCCESS", "Session": session}));
        super::will_sign_in(&mock);
        let setup = now(setup.software_token(&client(&mock))).expect("a secret");
        now(setup.verify(&client(&mock), "123456")).expect("tokens");
        let sessions: Vec<Value> =
            mock.requests().iter().skip(1).map(|request| request.json()["Session"].clone()).collect();
        assert_eq!(sessions, [session, session, session, session]);
    }
    // An empty session is treated as absent.
    let mock = Mock::new();
    mock.on::<InitiateAuth>().output_json(json!({"ChallengeName": "MFA_SETUP", "Session": ""}));
    let Ok(Step::MfaSetup(setup)) = now(SignIn::custom_auth("alice").start(&client(&mock))) else { panic!() };
    mock.on::<AssociateSoftwareToken>().output_json(json!({"SecretCode": "JBSWY3DPEHPK3PXP"}));
    let _setup = now(setup.software_token(&client(&mock))).expect("a secret");
    assert!(mock.requests().iter().all(|request| request.json().get("Session").is_none()));
}

#[test]
fn an_empty_user_name_is_absent() {
    let mock = Mock::new();
    let step = super::challenged(&mock, "SMS_MFA", &json!({"USERNAME": "", "USER_ID_FOR_SRP": "a-user-id"}));
    assert_eq!(step.into_challenge().expect("a challenge").username(), "a-user-id");
}

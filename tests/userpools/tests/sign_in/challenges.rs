//! The properties of each challenge, and the requests that answer it, with both clients.

use super::{
    ID, POOL, SESSION, admin_will_sign_in, blocking_client, challenge, challenged, client, now, responses, tokens,
    will_sign_in,
};
use cognito_op::Error;
use cognito_op::mock::Mock;
use cognito_userpools::operations::{
    AssociateSoftwareToken, ChallengeNameType, RespondToAuthChallenge, VerifySoftwareToken,
};
use cognito_userpools::sign_in::{AnswerError, FirstFactor, KeptChallenge, Step};
use serde_json::{Value, json};

/// Answers a challenge with both clients, as a user and as a back end, and compares the answers that are sent.
macro_rules! both {
    ($name:literal, $parameters:expr, $variant:ident.$answer:ident / $blocking:ident($($argument:expr),*) => $expected:tt) => {{
        for (blocks, admin) in [(false, false), (true, false), (false, true), (true, true)] {
            let mock = Mock::new();
            let mut step = challenged(&mock, $name, &$parameters);
            assert!(format!("{step:?}").contains($name), "{step:?}");
            if admin {
                step = step.into_challenge().expect("a challenge").admin(POOL).into_step();
                admin_will_sign_in(&mock);
            } else {
                will_sign_in(&mock);
            }
            let Step::$variant(challenge) = step else { panic!("{step:?}") };
            let step = if blocks {
                challenge.$blocking(&blocking_client(&mock), $($argument),*)
            } else {
                now(challenge.$answer(&client(&mock), $($argument),*))
            };
            assert!(matches!(step, Ok(Step::SignedIn(_))), "{step:?}");
            let mut answers = json!($expected);
            answers["USERNAME"] = json!("a-user-id");
            let mut expected = json!({
                "ChallengeName": $name,
                "ChallengeResponses": answers,
                "ClientId": ID,
                "Session": SESSION,
            });
            if admin {
                expected["UserPoolId"] = json!(POOL);
            }
            assert_eq!(responses(&mock), [expected], "blocks: {blocks}, admin: {admin}");
        }
    }};
}

fn named() -> Value {
    json!({"USER_ID_FOR_SRP": "a-user-id"})
}

#[test]
fn answers_are_sent() {
    both!("SMS_MFA", named(), SmsMfa.answer / answer_blocking("123456") => {"SMS_MFA_CODE": "123456"});
    both!("SMS_OTP", named(), SmsOtp.answer / answer_blocking("123456") => {"SMS_OTP_CODE": "123456"});
    both!("EMAIL_OTP", named(), EmailOtp.answer / answer_blocking("12345678") => {"EMAIL_OTP_CODE": "12345678"});
    both!("SOFTWARE_TOKEN_MFA", named(), SoftwareTokenMfa.answer / answer_blocking("123456")
        => {"SOFTWARE_TOKEN_MFA_CODE": "123456"});
    both!("NEW_PASSWORD_REQUIRED", named(), NewPasswordRequired.answer / answer_blocking("battery staple")
        => {"NEW_PASSWORD": "battery staple"});
    both!(
        "NEW_PASSWORD_REQUIRED", named(),
        NewPasswordRequired.answer_with_attributes / answer_with_attributes_blocking(
            "battery staple",
            [("name", "Alice"), ("custom:team", "blue")]
        ) => {
            "NEW_PASSWORD": "battery staple",
            "userAttributes.name": "Alice",
            "userAttributes.custom:team": "blue",
        }
    );
    both!("MFA_SETUP", named(), MfaSetup.email / email_blocking("a@example.com") => {"EMAIL": "a@example.com"});
    both!("SELECT_MFA_TYPE", named(), SelectMfaType.select / select_blocking(ChallengeNameType::SmsMfa)
        => {"ANSWER": "SMS_MFA"});
    both!("SELECT_CHALLENGE", named(), SelectChallenge.select / select_blocking(FirstFactor::email_otp())
        => {"ANSWER": "EMAIL_OTP"});
    both!("SELECT_CHALLENGE", named(), SelectChallenge.select / select_blocking(FirstFactor::password("correct horse"))
        => {"ANSWER": "PASSWORD", "PASSWORD": "correct horse"});
    both!("PASSWORD", named(), Password.answer / answer_blocking("correct horse") => {"PASSWORD": "correct horse"});
    both!("WEB_AUTHN", named(), WebAuthn.answer / answer_blocking("{\"id\": \"a\"}")
        => {"CREDENTIAL": "{\"id\": \"a\"}"});
    both!("CUSTOM_CHALLENGE", named(), Custom.answer / answer_blocking("blue") => {"ANSWER": "blue"});
    both!("DEVICE_SRP_AUTH", named(), Other.answer / answer_blocking([("SRP_A", "1"), ("DEVICE_KEY", "k")])
        => {"SRP_A": "1", "DEVICE_KEY": "k"});
    both!("A_NEW_ONE", named(), Other.answer / answer_blocking([("ANSWER", "7")]) => {"ANSWER": "7"});
}

#[test]
fn a_password_challenge_is_proved() {
    for blocks in [false, true] {
        let mock = Mock::new();
        let step = challenged(&mock, "PASSWORD_SRP", &named());
        let Step::PasswordSrp(password) = step else { panic!("{step:?}") };
        let verifier = json!({"SALT": "ab", "SECRET_BLOCK": "YQ==", "SRP_B": "abcd"});
        mock.on::<RespondToAuthChallenge>()
            .output_json(challenge("PASSWORD_VERIFIER", &verifier))
            .output_json(tokens());
        let step = if blocks {
            password.answer_blocking(&blocking_client(&mock), POOL, "correct horse")
        } else {
            now(password.answer(&client(&mock), POOL, "correct horse"))
        };
        assert!(matches!(step, Ok(Step::SignedIn(_))), "{step:?}");
        let responses = responses(&mock);
        assert_eq!(responses.len(), 2);
        assert_eq!(responses[0]["ChallengeName"], "PASSWORD_SRP");
        // If a challenge contains no user name, its answer contains that of the previous challenge.
        assert_eq!(responses[1]["ChallengeResponses"]["USERNAME"], "a-user-id");
    }
}

#[test]
fn properties_of_challenges() {
    let mock = Mock::new();
    let parameters = json!({"CODE_DELIVERY_DESTINATION": "a***@e***", "FRIENDLY_DEVICE_NAME": "my phone"});
    let Step::EmailOtp(code) = challenged(&mock, "EMAIL_OTP", &parameters) else { panic!() };
    assert_eq!((code.destination(), code.friendly_device_name()), (Some("a***@e***"), Some("my phone")));

    let parameters = json!({
        "requiredAttributes": "[\"userAttributes.name\",\"custom:team\"]",
        "userAttributes": "{\"email\":\"a@example.com\"}",
    });
    let step = challenged(&mock, "NEW_PASSWORD_REQUIRED", &parameters);
    let Step::NewPasswordRequired(new) = step else { panic!("{step:?}") };
    assert_eq!(new.required_attributes(), ["name", "custom:team"]);
    assert_eq!(
        new.user_attributes().into_iter().collect::<Vec<_>>(),
        [("email".to_owned(), "a@example.com".to_owned())]
    );

    let parameters = json!({"MFAS_CAN_SETUP": "[\"SOFTWARE_TOKEN_MFA\",\"EMAIL_OTP\"]"});
    let Step::MfaSetup(setup) = challenged(&mock, "MFA_SETUP", &parameters) else { panic!() };
    assert_eq!(setup.available(), [ChallengeNameType::SoftwareTokenMfa, ChallengeNameType::EmailOtp]);

    let parameters = json!({"MFAS_CAN_CHOOSE": "[\"SMS_MFA\",\"A_NEW_ONE\"]"});
    let Step::SelectMfaType(select) = challenged(&mock, "SELECT_MFA_TYPE", &parameters) else { panic!() };
    assert_eq!(select.available(), [ChallengeNameType::SmsMfa, ChallengeNameType::Other("A_NEW_ONE".to_owned())]);

    let parameters = json!({"CREDENTIAL_REQUEST_OPTIONS": "{}"});
    let Step::WebAuthn(passkey) = challenged(&mock, "WEB_AUTHN", &parameters) else { panic!() };
    assert_eq!(passkey.credential_request_options(), Some("{}"));

    let Step::Custom(custom) = challenged(&mock, "CUSTOM_CHALLENGE", &json!({"riddle": "2 + 2"})) else { panic!() };
    assert_eq!(custom.parameters()["riddle"], "2 + 2");

    mock.on::<cognito_userpools::operations::InitiateAuth>()
        .output_json(json!({"ChallengeName": "SELECT_CHALLENGE", "AvailableChallenges": ["PASSWORD", "WEB_AUTHN"]}));
    let step = now(cognito_userpools::sign_in::SignIn::user_auth("alice").start(&client(&mock)));
    let Ok(Step::SelectChallenge(select)) = step else { panic!("{step:?}") };
    assert_eq!(select.available(), [ChallengeNameType::Password, ChallengeNameType::WebAuthn]);

    // Attributes of other types are converted to strings. Other malformed values are ignored.
    let parameters = json!({
        "requiredAttributes": "[\"userAttributes.name\", null]",
        "userAttributes": "{\"email\": \"a@example.com\", \"email_verified\": true}",
    });
    let step = challenged(&mock, "NEW_PASSWORD_REQUIRED", &parameters);
    let Step::NewPasswordRequired(new) = step else { panic!("{step:?}") };
    assert_eq!(new.required_attributes(), ["name"]);
    let attributes = new.user_attributes();
    assert_eq!((attributes["email"].as_str(), attributes["email_verified"].as_str()), ("a@example.com", "true"));
    let parameters = json!({"requiredAttributes": "{", "userAttributes": "[1]"});
    let step = challenged(&mock, "NEW_PASSWORD_REQUIRED", &parameters);
    let Step::NewPasswordRequired(new) = step else { panic!("{step:?}") };
    assert!(new.required_attributes().is_empty() && new.user_attributes().is_empty());
}

#[test]
fn a_challenge_can_be_kept() {
    let mock = Mock::new();
    let kept = challenged(&mock, "SMS_MFA", &named()).into_challenge().expect("a challenge");
    let (name, username) = (kept.name().to_string(), kept.username().to_owned());
    let (session, parameters) = (kept.session().map(str::to_owned), kept.parameters().clone());
    assert_eq!((name.as_str(), username.as_str(), session.as_deref()), ("SMS_MFA", "a-user-id", Some(SESSION)));
    drop(kept);

    let again = KeptChallenge::new(name, username)
        .with_session(session)
        .with_parameters(parameters)
        .with_available_challenges([ChallengeNameType::SmsMfa])
        .client_metadata([("campaign", "autumn")]);
    assert_eq!(again.available_challenges(), [ChallengeNameType::SmsMfa]);
    let Step::SmsMfa(code) = again.into_step() else { panic!() };
    will_sign_in(&mock);
    let step = now(code.answer(&client(&mock), "123456")).expect("tokens");
    assert_eq!(responses(&mock)[0]["ClientMetadata"], json!({"campaign": "autumn"}));
    assert_eq!(responses(&mock)[0]["ChallengeResponses"]["USERNAME"], "a-user-id");
    assert_eq!(step.into_challenge().expect_err("tokens").access_token, "access");

    // Each challenge keeps its name, user name, session and parameters.
    for name in super::CHALLENGES {
        let step = challenged(&mock, name, &json!({"USERNAME": "bob", "more": "of it"}));
        let incomplete = step.into_tokens().expect_err("a challenge");
        assert!(incomplete.to_string().contains("the user must first answer the challenge"), "{incomplete}");
        let kept = incomplete.into_step().into_challenge().expect("a challenge");
        assert_eq!((kept.name().as_str(), kept.username(), kept.session()), (name, "bob", Some(SESSION)));
        assert_eq!(kept.parameters()["more"], "of it");
    }
}

/// The setup of an authenticator app during a sign-in takes three requests.
#[test]
fn setting_up_an_authenticator_app() {
    for blocks in [false, true] {
        let mock = Mock::new();
        let step = challenged(&mock, "MFA_SETUP", &named());
        let Step::MfaSetup(setup) = step else { panic!("{step:?}") };
        mock.on::<AssociateSoftwareToken>()
            .output_json(json!({"SecretCode": "JBSWY3DPEHPK3PXP", "Session": "the session of the association"}));
        mock.on::<VerifySoftwareToken>()
            .output_json(json!({"Status": "SUCCESS", "Session": "the session of the verification"}));
        will_sign_in(&mock);
        let step = if blocks {
            let client = blocking_client(&mock);
            let setup = setup.software_token_blocking(&client).expect("a secret");
            assert_eq!((setup.secret_code(), setup.username()), ("JBSWY3DPEHPK3PXP", "a-user-id"));
            setup.friendly_device_name("my phone").verify_blocking(&client, "123456")
        } else {
            let client = client(&mock);
            let setup = now(setup.software_token(&client)).expect("a secret");
            now(setup.friendly_device_name("my phone").verify(&client, "123456"))
        };
        assert!(matches!(step, Ok(Step::SignedIn(_))), "{step:?}");
        let requests: Vec<Value> = mock.requests().iter().skip(1).map(cognito_op::mock::Recorded::json).collect();
        let verified = json!({
            "FriendlyDeviceName": "my phone",
            "Session": "the session of the association",
            "UserCode": "123456",
        });
        let answered = json!({
            "ChallengeName": "MFA_SETUP",
            "ChallengeResponses": {"USERNAME": "a-user-id"},
            "ClientId": ID,
            "Session": "the session of the verification",
        });
        assert_eq!(requests, [json!({"Session": SESSION}), verified, answered]);
    }
}

/// As in AWS's web client, the answer is the email address, and the service sends a code to it. The challenge is kept
/// before it is answered.
#[test]
fn setting_up_codes_by_email() {
    for blocks in [false, true] {
        let mock = Mock::new();
        let step =
            challenged(&mock, "MFA_SETUP", &json!({"MFAS_CAN_SETUP": "[\"EMAIL_OTP\"]", "USERNAME": "a-user-id"}));
        let Ok(kept) = step.into_challenge() else { panic!() };
        let Step::MfaSetup(setup) = kept.into_step() else { panic!() };
        assert_eq!(setup.available(), [ChallengeNameType::EmailOtp]);
        mock.on::<RespondToAuthChallenge>()
            .output_json(json!({"ChallengeName": "EMAIL_OTP", "Session": "another of twenty characters"}))
            .output_json(tokens());
        let step = if blocks {
            setup.email_blocking(&blocking_client(&mock), "alice@example.com")
        } else {
            now(setup.email(&client(&mock), "alice@example.com"))
        };
        let Ok(Step::EmailOtp(code)) = step else { panic!("{step:?}") };
        assert!(matches!(now(code.answer(&client(&mock), "12345678")), Ok(Step::SignedIn(_))));
        let [address, code] = &responses(&mock)[..] else { panic!() };
        assert_eq!(address["ChallengeResponses"], json!({"USERNAME": "a-user-id", "EMAIL": "alice@example.com"}));
        assert_eq!(code["ChallengeResponses"], json!({"USERNAME": "a-user-id", "EMAIL_OTP_CODE": "12345678"}));
        assert_eq!(code["Session"], "another of twenty characters");
    }
}

/// A web server shows the secret and receives the code in two separate requests.
#[test]
fn setting_up_an_app_can_be_kept() {
    let mock = Mock::new();
    let Step::MfaSetup(setup) = challenged(&mock, "MFA_SETUP", &named()) else { panic!() };
    mock.on::<AssociateSoftwareToken>()
        .output_json(json!({"SecretCode": "JBSWY3DPEHPK3PXP", "Session": "the session of the association"}));
    let setup = now(setup.software_token(&client(&mock))).expect("a secret");
    let kept = setup.into_kept();
    assert_eq!((kept.name().as_str(), kept.session()), ("MFA_SETUP", Some("the session of the association")));

    let Step::MfaSetup(setup) = kept.into_step() else { panic!() };
    let setup = setup.with_secret_code("JBSWY3DPEHPK3PXP");
    assert_eq!(setup.secret_code(), "JBSWY3DPEHPK3PXP");
    mock.on::<VerifySoftwareToken>().output_json(json!({"Status": "SUCCESS"}));
    will_sign_in(&mock);
    assert!(matches!(now(setup.verify(&client(&mock), "123456")), Ok(Step::SignedIn(_))));
    assert_eq!(mock.sent::<VerifySoftwareToken>()[0].session.as_deref(), Some("the session of the association"));
}

/// Steps and errors are `Send` and `Sync`. Futures are `Send`, and send no request before they are awaited.
#[test]
fn auto_traits() {
    fn sent<T: Send>(_: &T) {}
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Step>();
    shared::<AnswerError<KeptChallenge>>();
    let mock = Mock::new();
    let client = client(&mock);
    let step = challenged(&mock, "SMS_MFA", &named());
    let Step::SmsMfa(challenge) = step else { panic!("{step:?}") };
    sent(&challenge.answer(&client, "123456"));
    sent(&cognito_userpools::sign_in::SignIn::user_auth("alice").start(&client));
    let from: fn(AnswerError<KeptChallenge>) -> Error = Error::from;
    let _ = from;
    assert_eq!(mock.requests().len(), 1, "no request is sent before the future is awaited");
}

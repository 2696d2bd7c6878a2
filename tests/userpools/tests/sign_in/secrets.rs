//! Nothing of a secret is shown.

use super::{ID, POOL, SECRET, challenged, client, now};
use cognito_op::ErrorKind;
use cognito_op::mock::Mock;
use cognito_userpools::operations::{AssociateSoftwareToken, InitiateAuth, RespondToAuthChallenge};
use cognito_userpools::sign_in::{FirstFactor, RawChallenge, Refresh, SignIn, Step, UnverifiedClaims};
use serde_json::json;
use std::fmt::Debug;

#[track_caller]
fn assert_silent(shown: &dyn Debug) {
    for shown in [format!("{shown:?}"), format!("{shown:#?}")] {
        assert!(!shown.to_lowercase().contains("canary"), "{shown}");
    }
}

#[test]
fn nothing_of_a_secret_is_shown() {
    assert_silent(&SignIn::user_password_auth("canary-name", "canary-password").session("canary session"));
    assert_silent(&SignIn::user_srp_auth(POOL, "canary-name", "canary-password").device_key("canary-key"));
    assert_silent(&SignIn::user_auth("canary-name").prefer(FirstFactor::password("canary-password")));
    assert_silent(&FirstFactor::password_srp(POOL, "canary-password"));
    assert_silent(&Refresh::new("canary-token").hash_username("canary-name"));

    let mock = Mock::new();
    let client = client(&mock);
    let parameters = json!({"USERNAME": "canary-name", "SALT": "canary", "userAttributes": "{\"name\":\"canary\"}"});
    for name in super::CHALLENGES {
        let step = challenged(&mock, name, &parameters);
        assert_silent(&step);
        assert!(format!("{step:?}").contains("SALT"), "{step:?}");
        assert_silent(&step.into_challenge());
    }
    assert_silent(&RawChallenge::new("SMS_MFA", "canary-name").with_session("canary"));

    let Step::MfaSetup(setup) = challenged(&mock, "MFA_SETUP", &json!({})) else { panic!() };
    mock.on::<AssociateSoftwareToken>().output_json(json!({"SecretCode": "CANARY", "Session": "canary"}));
    assert_silent(&now(setup.software_token(&client)).expect("a secret"));

    let result = json!({
        "AccessToken": "canary.a.b", "IdToken": "canary.c.d", "RefreshToken": "canary", "ExpiresIn": 1,
        "NewDeviceMetadata": {"DeviceKey": "canary", "DeviceGroupKey": "canary"},
    });
    mock.on::<InitiateAuth>().output_json(json!({"AuthenticationResult": result}));
    let step = now(SignIn::custom_auth("alice").start(&client)).expect("tokens");
    assert_silent(&step);
    assert_silent(&step.into_tokens().expect("tokens").refresh());
    assert_silent(&UnverifiedClaims::read("e30.eyJlbWFpbCI6ImNhbmFyeSJ9.c2ln"));
}

/// What stands where a name should, and however much there is of it.
#[test]
fn names_that_are_none_are_not_shown() {
    let mock = Mock::new();
    let mut parameters: serde_json::Map<_, _> =
        (0..1_000).map(|number| (format!("key_{number}"), json!("value"))).collect();
    parameters.insert("a canary, as it were".to_owned(), json!("value"));
    for name in ["canary canary", "a\nb", &"LONG_".repeat(100_000)] {
        let step = challenged(&mock, name, &json!(parameters));
        assert_silent(&step);
        assert!(format!("{step:?}").len() < 600, "{step:?}");
        let incomplete = step.into_tokens().expect_err("a challenge").to_string();
        assert!(incomplete.len() < 700 && !incomplete.contains("canary"), "{incomplete}");
    }
}

/// The service's messages may quote what was sent.
#[test]
fn nothing_of_a_secret_is_in_an_error() {
    let mock = Mock::new();
    let client = mock.client().with_app_client(ID, SECRET).expect("an app client");
    let Step::NewPasswordRequired(new) = challenged(&mock, "NEW_PASSWORD_REQUIRED", &json!({})) else { panic!() };
    let echo = "the value 'canary-password' of Canary Name does not please";
    mock.on::<RespondToAuthChallenge>().fail_with(ErrorKind::InvalidPassword, echo);
    let answer = new.answer_with_attributes(&client, "canary-password", [("name", "Canary Name")]);
    let refused = now(answer).expect_err("as told");
    assert_silent(&refused);
    assert!(refused.to_string().contains("does not please"), "{refused}");
    let error = refused.error().report().to_string();
    assert!(!error.to_lowercase().contains("canary"), "{error}");

    mock.on::<InitiateAuth>().fail_with(ErrorKind::NotAuthorized, "no 'canary-password' for canary-name");
    let sign_in = SignIn::user_password_auth("canary-name", "canary-password");
    let error = now(sign_in.start(&client)).expect_err("as told");
    assert_silent(&error);
}

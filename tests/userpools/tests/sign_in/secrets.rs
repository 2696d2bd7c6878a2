//! `Debug` output and errors contain no secrets.

use super::{ID, POOL, SECRET, challenged, client, now};
use cognito_op::ErrorKind;
use cognito_op::mock::Mock;
use cognito_userpools::operations::{
    AssociateSoftwareToken, AuthenticationResultType, InitiateAuth, RespondToAuthChallenge,
};
use cognito_userpools::sign_in::{FirstFactor, KeptChallenge, Refresh, SignIn, Step, Tokens, UnverifiedClaims};
use serde_json::json;
use std::fmt::Debug;

/// A word in each secret of these tests.
const SECRET_WORDS: [&str; 8] =
    ["canary", "sparrow", "magpie", "jackdaw", "nightingale", "kingfisher", "woodpecker", "goldfinch"];

#[track_caller]
fn assert_redacted(shown: &dyn Debug) {
    for shown in [format!("{shown:?}"), format!("{shown:#?}")] {
        assert!(!SECRET_WORDS.iter().any(|word| shown.to_lowercase().contains(word)), "{shown}");
    }
}

#[test]
fn secrets_are_redacted() {
    assert_redacted(&SignIn::user_password_auth("canary-name", "canary-password").session("canary session"));
    assert_redacted(&SignIn::user_srp_auth(POOL, "canary-name", "canary-password").device_key("canary-key"));
    assert_redacted(&SignIn::user_auth("canary-name").prefer(FirstFactor::password("canary-password")));
    assert_redacted(&FirstFactor::password_srp(POOL, "canary-password"));
    assert_redacted(&Refresh::new("canary-token").hash_username("canary-name"));

    let mock = Mock::new();
    let client = client(&mock);
    let parameters = json!({"USERNAME": "canary-name", "SALT": "canary", "userAttributes": "{\"name\":\"canary\"}"});
    for name in super::CHALLENGES {
        let step = challenged(&mock, name, &parameters);
        assert_redacted(&step);
        assert!(format!("{step:?}").contains("SALT"), "{step:?}");
        assert_redacted(&step.into_challenge());
    }
    assert_redacted(&KeptChallenge::new("SMS_MFA", "canary-name").with_session("canary"));

    let Step::MfaSetup(setup) = challenged(&mock, "MFA_SETUP", &json!({})) else { panic!() };
    mock.on::<AssociateSoftwareToken>().output_json(json!({"SecretCode": "CANARY", "Session": "canary"}));
    assert_redacted(&now(setup.software_token(&client)).expect("a secret"));

    let result = json!({
        "AccessToken": "canary.a.b", "IdToken": "canary.c.d", "RefreshToken": "canary", "ExpiresIn": 1,
        "NewDeviceMetadata": {"DeviceKey": "canary", "DeviceGroupKey": "canary"},
    });
    mock.on::<InitiateAuth>().output_json(json!({"AuthenticationResult": result}));
    let step = now(SignIn::custom_auth("alice").start(&client)).expect("tokens");
    assert_redacted(&step);
    assert_redacted(&step.into_tokens().expect("tokens").refresh());
    assert_redacted(&UnverifiedClaims::read("e30.eyJlbWFpbCI6ImNhbmFyeSJ9.c2ln"));
}

/// Invalid names of challenges and parameters are not shown, and the length of the output is limited.
#[test]
fn invalid_names_are_redacted() {
    let mock = Mock::new();
    let mut parameters: serde_json::Map<_, _> =
        (0..1_000).map(|number| (format!("key_{number}"), json!("value"))).collect();
    parameters.insert("a canary, as it were".to_owned(), json!("value"));
    for name in ["canary canary", "a\nb", &"LONG_".repeat(100_000)] {
        let step = challenged(&mock, name, &json!(parameters));
        assert_redacted(&step);
        assert!(format!("{step:?}").len() < 600, "{step:?}");
        let incomplete = step.into_tokens().expect_err("a challenge").to_string();
        assert!(incomplete.len() < 700 && !incomplete.contains("canary"), "{incomplete}");
    }
}

/// Messages of the service may quote values of the request.
#[test]
fn nothing_of_a_secret_is_in_an_error() {
    let mock = Mock::new();
    let client = mock.client().with_app_client(ID, SECRET).expect("an app client");
    let Step::NewPasswordRequired(new) = challenged(&mock, "NEW_PASSWORD_REQUIRED", &json!({})) else { panic!() };
    let echo = "the value 'canary-password' of Canary Name does not please";
    mock.on::<RespondToAuthChallenge>().fail_with(ErrorKind::InvalidPassword, echo);
    let answer = new.answer_with_attributes(&client, "canary-password", [("name", "Canary Name")]);
    let refused = now(answer).expect_err("the error of the mock");
    assert_redacted(&refused);
    assert!(refused.to_string().contains("does not please"), "{refused}");
    let error = refused.error().report().to_string();
    assert!(!error.to_lowercase().contains("canary"), "{error}");

    mock.on::<InitiateAuth>().fail_with(ErrorKind::NotAuthorized, "no 'canary-password' for canary-name");
    let sign_in = SignIn::user_password_auth("canary-name", "canary-password");
    let error = now(sign_in.start(&client)).expect_err("the error of the mock");
    assert_redacted(&error);
}

/// Secrets that consist of letters and digits only, like the names of challenges and parameters. No two of them have a
/// word in common.
const NAME: &str = "Sparrow7Name";
const PASSWORD: &str = "Magpie4Word";
const OLD_SESSION: &str = "Jackdaw5OfTheRequest";
const NEW_SESSION: &str = "Nightingale6Response";
const REFRESH_TOKEN: &str = "Kingfisher8Again";
const ACCESS_TOKEN: &str = "Woodpecker2Now";
const OLD_TOKEN: &str = "Goldfinch3Before";

/// Returns texts that must not be shown: secrets, variants of them, and texts that are not names.
fn hostile(secrets: &[&str]) -> Vec<String> {
    let mut texts: Vec<String> = secrets.iter().map(|secret| (*secret).to_owned()).collect();
    texts.extend(secrets.iter().map(|secret| format!("x{}y", secret.to_lowercase())));
    texts.extend(secrets.iter().map(|secret| {
        secret.replace(
            |c: char| c.is_ascii_digit(),
            &format!("%{:02x}", secret.bytes().find(u8::is_ascii_digit).expect("a digit")),
        )
    }));
    texts.extend(["canary\u{1b}[0m", "canary\nline", "\u{202e}canary", "a canary"].map(str::to_owned));
    texts.push("canary".repeat(20_000));
    texts
}

#[track_caller]
fn assert_step_is_silent(step: Step) {
    assert_redacted(&step);
    let shown = format!("{step:?}");
    assert!(shown.len() < 4_000 && shown.contains("[redacted]"), "{shown}");
    let incomplete = step.into_tokens().expect_err("a challenge");
    assert_redacted(&incomplete.to_string());
    assert_redacted(&incomplete);
    let raw = incomplete.into_step().into_challenge().expect("a challenge");
    assert_redacted(&raw);
    assert_redacted(&raw.into_step());
}

/// The service chooses the names of challenges and parameters, and may quote the request or its own response in them.
#[test]
fn names_that_quote_a_secret_are_not_shown() {
    let mock = Mock::new();
    let client = client(&mock);
    for text in hostile(&[NAME, PASSWORD, OLD_SESSION, NEW_SESSION]) {
        for answer in [
            json!({"ChallengeName": text, "ChallengeParameters": {"A": "1"}, "Session": NEW_SESSION}),
            json!({"ChallengeName": "A_NEW_ONE", "ChallengeParameters": {&text: "1"}, "Session": NEW_SESSION}),
            json!({"ChallengeName": "SMS_MFA", "ChallengeParameters": {&text: "1"}, "Session": NEW_SESSION}),
            json!({"ChallengeName": REFRESH_TOKEN, "AuthenticationResult": {"RefreshToken": REFRESH_TOKEN}}),
        ] {
            mock.on::<InitiateAuth>().output_json(&answer);
            let start = SignIn::user_password_auth(NAME, PASSWORD).session(OLD_SESSION).start(&client);
            let step = now(start).expect("a challenge");
            assert_step_is_silent(step);

            // The same in the response to an answer.
            mock.on::<InitiateAuth>().output_json(json!({"ChallengeName": "NEW_ONE", "Session": OLD_SESSION}));
            mock.on::<RespondToAuthChallenge>().output_json(&answer);
            let step = now(SignIn::user_auth(NAME).start(&client)).expect("a challenge");
            let Step::Other(challenge) = step else { panic!("{step:?}") };
            let step = challenge.answer_blocking(&super::blocking_client(&mock), [("PASSWORD", PASSWORD)]);
            assert_step_is_silent(step.expect("a challenge"));
        }
    }
}

/// The values themselves are returned as the service sent them.
#[test]
fn names_are_returned_as_they_are() {
    let mock = Mock::new();
    mock.on::<InitiateAuth>()
        .output_json(json!({"ChallengeName": PASSWORD, "ChallengeParameters": {PASSWORD: "1"}, "Session": "s"}));
    let step = now(SignIn::user_password_auth("alice", PASSWORD).start(&client(&mock))).expect("a challenge");
    let challenge = step.into_challenge().expect("a challenge");
    assert_eq!((challenge.name().as_str(), challenge.parameters()[PASSWORD].as_str()), (PASSWORD, "1"));
    let restored = KeptChallenge::new(NEW_SESSION, NAME)
        .with_parameters([(NAME.to_owned(), "1".to_owned())])
        .with_session(NEW_SESSION);
    assert_step_is_silent(restored.into_step());
}

/// `Bearer` is the only token type that the service has.
#[test]
fn token_types_that_quote_a_secret_are_not_stored() {
    let mock = Mock::new();
    let client = client(&mock);
    let result = |token_type: &str| {
        json!({"AuthenticationResult": {
            "AccessToken": ACCESS_TOKEN, "RefreshToken": REFRESH_TOKEN, "TokenType": token_type,
        }})
    };
    for text in hostile(&[PASSWORD, REFRESH_TOKEN, ACCESS_TOKEN]) {
        mock.on::<InitiateAuth>().output_json(result(&text));
        let step = now(SignIn::user_password_auth("alice", PASSWORD).start(&client)).expect("tokens");
        assert_redacted(&step);
        assert_eq!(step.into_tokens().expect("tokens").token_type, None);
    }
    for text in hostile(&[OLD_TOKEN, REFRESH_TOKEN]) {
        mock.on::<InitiateAuth>().output_json(result(&text));
        let tokens = now(Refresh::new(OLD_TOKEN).send(&client)).expect("tokens");
        assert_redacted(&tokens);
    }
    let result = AuthenticationResultType::new()
        .access_token(ACCESS_TOKEN)
        .refresh_token(REFRESH_TOKEN)
        .token_type(REFRESH_TOKEN);
    assert_redacted(&result);
    assert_redacted(&Tokens::from_authentication_result(result).expect("tokens"));
    mock.on::<InitiateAuth>().output_json(json!({"AuthenticationResult": {"AccessToken": "a", "TokenType": "Bearer"}}));
    let step = now(SignIn::user_auth("bearer").start(&client)).expect("tokens");
    assert_eq!(step.into_tokens().expect("tokens").token_type.as_deref(), Some("Bearer"));
}

#[test]
fn names_of_claims_are_shown_on_one_line() {
    // A thousand claims, and one whose name contains a line break.
    let claims: serde_json::Map<_, _> = (0..1_000).map(|number| (format!("claim{number}"), json!(1))).collect();
    let mut claims = serde_json::Value::from(claims);
    claims["a canary\n"] = json!(1);
    let token = format!("e30.{}.c2ln", base64_url(&claims.to_string()));
    let claims = UnverifiedClaims::read(&token).expect("a token");
    assert_redacted(&claims);
    assert!(format!("{claims:?}").len() < 500, "{claims:?}");
}

fn base64_url(text: &str) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let encode = |chunk: &[u8]| {
        let bits = chunk.iter().fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte)) << (8 * (3 - chunk.len()));
        (0..=chunk.len()).map(move |digit| char::from(ALPHABET[bits >> (18 - 6 * digit) & 63])).collect::<String>()
    };
    text.as_bytes().chunks(3).map(encode).collect()
}

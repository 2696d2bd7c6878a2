//! The responses to the requests of a sign-in, and the claims of its tokens: `cargo fuzz run -s none sign_in` in
//! `tests/fuzz`.

#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognito_op_fuzz::{Responder, SECRET, check, quotes_secret, response, with_secret};
use cognito_userpools::blocking::Client;
use cognito_userpools::devices::Device;
use cognito_userpools::operations::ChallengeNameType;
use cognito_userpools::sign_in::{KeptChallenge, SignIn, Step, Tokens, UnverifiedClaims};
use cognito_userpools::{Body, ErrorKind, Retries, http};
use http::{Request, Response};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

/// The modulus N of SRP: the 3072-bit group in RFC 5054, appendix A.
const N: &str = "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404dd\
    ef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed\
    ee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf0598da48361c55d39a69163fa8fd24cf5f\
    83655d23dca3ad961c62f356208552bb9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3b\
    e39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf6955817183995497cea956ae515d2261898fa0510\
    15728e5a8aaac42dad33170d04507a33a85521abdf1cba64ecfb850458dbef0a8aea71575d060c7db3970f85a6e1e4c7\
    abf5ae8cdb0933d71e8c94e04a25619dcee3d2261ad2ee6bf12ffa06d98a0864d87602733ec86a64521f2b18177b200c\
    bbe117577a615d6c770988c0bad946e208e24fa074e5ab3143db5bfce0fd108e4b82d120a93ad2caffffffffffffffff";

/// Returns a client, and the bodies of the requests that it sends.
fn client(respond: impl Fn(usize) -> Response<Body> + Send + Sync + 'static) -> (Client, Arc<Mutex<Vec<Value>>>) {
    let bodies = Arc::new(Mutex::new(Vec::new()));
    let sent = Arc::clone(&bodies);
    let respond = move |request: Request<Body>| {
        let mut sent = sent.lock().expect("the bodies");
        sent.push(serde_json::from_slice(request.body().as_bytes()).expect("JSON"));
        respond(sent.len() - 1)
    };
    let builder = Client::builder().region("eu-west-1").public_app_client("1example23456789").retries(Retries::off());
    (builder.build_with(Responder(respond)).expect("a client"), bodies)
}

fn check_tokens(tokens: &Tokens) {
    assert!(!tokens.access_token.is_empty());
    if let Some(new) = tokens.new_device() {
        let keys = tokens.new_device_metadata.as_ref().expect("the keys of the device");
        assert_eq!(Some(new.key()), keys.device_key.as_deref());
        assert_eq!(format!("{new:?}"), "NewDevice { .. }");
    }
    assert_eq!(tokens.refresh().is_some(), tokens.refresh_token.is_some());
}

/// Returns the strings in a parameter that contains a JSON array.
fn list(challenge: &KeptChallenge, name: &str) -> Vec<String> {
    let list = challenge.parameters().get(name).and_then(|list| serde_json::from_str::<Value>(list).ok());
    let list = list.as_ref().and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn names(challenges: &[ChallengeNameType]) -> Vec<String> {
    challenges.iter().map(|challenge| challenge.as_str().to_owned()).collect()
}

/// Asserts that the accessors of a challenge agree with its parameters.
fn check_challenge(step: Step, kept: &KeptChallenge) {
    match step {
        Step::SmsMfa(challenge) | Step::EmailOtp(challenge) | Step::SmsOtp(challenge) => {
            let destination = kept.parameters().get("CODE_DELIVERY_DESTINATION");
            assert_eq!(challenge.destination(), destination.map(String::as_str));
        }
        Step::NewPasswordRequired(challenge) => {
            let bare = |name: String| name.strip_prefix("userAttributes.").unwrap_or(&name).to_owned();
            let required: Vec<_> = list(kept, "requiredAttributes").into_iter().map(bare).collect();
            assert_eq!(challenge.required_attributes(), required);
            let attributes = kept.parameters().get("userAttributes").map(String::as_str).unwrap_or_default();
            let attributes = serde_json::from_str::<Value>(attributes).unwrap_or_default();
            let found = challenge.user_attributes();
            assert_eq!(found.len(), attributes.as_object().map_or(0, serde_json::Map::len));
            for (name, value) in found {
                assert!(attributes[&name] == *value || attributes[&name].to_string() == value, "{name}");
            }
        }
        Step::MfaSetup(challenge) => assert_eq!(names(&challenge.available()), list(kept, "MFAS_CAN_SETUP")),
        Step::SelectMfaType(challenge) => assert_eq!(names(&challenge.available()), list(kept, "MFAS_CAN_CHOOSE")),
        Step::SelectChallenge(challenge) => assert_eq!(challenge.available(), kept.available_challenges()),
        Step::WebAuthn(challenge) => {
            let text = challenge.credential_request_options().unwrap_or_default();
            match challenge.request_options() {
                Ok(options) => assert_eq!(options.as_ref(), &serde_json::from_str::<Value>(text).expect("JSON")),
                Err(error) => assert!(!quotes_secret(&error.to_string())),
            }
        }
        Step::Custom(challenge) => assert_eq!(challenge.parameters(), kept.parameters()),
        _ => {}
    }
}

fn check_response(status: u16, body: &str) {
    let answer = response(status, body.as_bytes());
    let (client, bodies) = client(move |_| answer.clone());
    let sign_in = SignIn::user_password_auth("alice", SECRET).device(Device::new("eu-west-1_8f3a", "-a1", SECRET));
    match sign_in.start_blocking(&client) {
        Ok(step) => {
            assert_eq!(status, 200);
            let shown = format!("{step:?}");
            assert!(!shown.chars().any(char::is_control) && !quotes_secret(&shown), "{shown}");
            match step.into_challenge() {
                Err(tokens) => check_tokens(&tokens),
                Ok(challenge) => {
                    // A restored challenge is equal to the stored one.
                    let form = serde_json::to_value(&challenge).expect("a form");
                    assert!(!form.to_string().contains("\"password\""));
                    let restored: KeptChallenge = serde_json::from_value(form.clone()).expect("a challenge");
                    let step = restored.into_step();
                    assert!(shown.starts_with(format!("{step:?}").split('(').next().expect("a name")), "{shown}");
                    check_challenge(step, &challenge);
                    let error = challenge.into_step().into_tokens().expect_err("a challenge");
                    assert!(!quotes_secret(&format!("{error} {error:?}")), "{error}");
                    assert_eq!(
                        serde_json::to_value(error.into_step().into_challenge().expect("a challenge")).ok(),
                        Some(form)
                    );
                }
            }
        }
        Err(error) => {
            check(&error);
            assert!(!quotes_secret(&format!("{error} {error:?}")), "{error}");
        }
    }
    // The requests are the first one, one for the device, and one without the device if the pool does not know it.
    assert!(bodies.lock().expect("the bodies").len() <= 3);
}

/// Returns the digits of a hexadecimal number without leading zeros.
fn number(text: &str) -> Option<String> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_number.then(|| text.trim_start_matches('0').to_ascii_lowercase()).filter(|digits| digits.len() <= N.len())
}

/// Checks the proof of a password for the given parameters of the service.
fn check_proof(lines: &str) {
    let mut lines = lines.split('\n');
    let mut parameter = || lines.next().unwrap_or_default().replace('N', N);
    let (salt, public, block, id) = (parameter(), parameter(), parameter(), parameter());
    let is_public = number(&public).is_some_and(|public| !public.is_empty() && public != N);
    let is_valid = number(&salt).is_some() && is_public && !block.is_empty();
    let challenge = json!({"ChallengeName": "PASSWORD_VERIFIER", "Session": "a session of twenty characters", "ChallengeParameters": {
        "SALT": salt, "SRP_B": public, "SECRET_BLOCK": block, "USERNAME": "alice", "USER_ID_FOR_SRP": id,
    }});
    let (client, bodies) = client(move |at| {
        let body = if at == 0 { challenge.clone() } else { json!({"AuthenticationResult": {"AccessToken": "a"}}) };
        response(200, body.to_string().as_bytes())
    });
    let outcome = SignIn::user_srp_auth("eu-west-1_Ab12Cd34E", "alice", SECRET).start_blocking(&client);
    let bodies = bodies.lock().expect("the bodies");
    match outcome {
        Ok(step) => {
            assert!(is_valid && matches!(step, Step::SignedIn(_)), "{step:?}");
            let answer = &bodies[1]["ChallengeResponses"];
            assert_eq!((&answer["PASSWORD_CLAIM_SECRET_BLOCK"], &answer["USERNAME"]), (&json!(block), &json!("alice")));
            assert_eq!(answer["PASSWORD_CLAIM_SIGNATURE"].as_str().map(str::len), Some(44));
        }
        Err(error) => {
            check(&error);
            assert!(!quotes_secret(&format!("{error} {error:?}")), "{error}");
            assert!(!is_valid && error.kind() == ErrorKind::Unreadable, "{error}");
            assert_eq!(bodies.len(), 1);
        }
    }
    let sent = Value::Array(bodies.clone()).to_string();
    assert!(!quotes_secret(&sent), "the password is not sent");
}

fn check_claims(token: &str) {
    let parts: Vec<&str> = token.split('.').collect();
    let payload = match parts[..] {
        [_, payload, _] => URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok(),
        _ => None,
    };
    let expected = payload.and_then(|payload| serde_json::from_slice::<Value>(&payload).ok()).filter(Value::is_object);
    match UnverifiedClaims::read(token) {
        Ok(claims) => {
            let expected = expected.expect("an object");
            for (name, value) in expected.as_object().expect("an object") {
                assert_eq!(claims.get(name), Some(value));
            }
            assert_eq!(claims.sub(), expected["sub"].as_str());
            let is_time = |name: &str| expected[name].as_f64().is_some_and(|seconds| (0.0..1e18).contains(&seconds));
            assert_eq!([claims.exp().is_some(), claims.iat().is_some()], ["exp", "iat"].map(is_time), "{expected}");
            assert!([claims.exp(), claims.iat()].into_iter().flatten().all(|time| time >= SystemTime::UNIX_EPOCH));
            let shown = format!("{claims:?}");
            assert!(!shown.chars().any(char::is_control), "{shown}");
        }
        Err(error) => {
            assert_eq!(expected, None, "{error}");
            assert!(!quotes_secret(&error.to_string()));
        }
    }
}

fuzz_target!(|input: &str| {
    let mut characters = input.chars();
    match characters.next() {
        Some('p') => check_proof(characters.as_str()),
        Some('c') => check_claims(&with_secret(characters.as_str())),
        // The claims before they are encoded in Base64.
        Some('d') => check_claims(&format!("e30.{}.e30", URL_SAFE_NO_PAD.encode(characters.as_str()))),
        Some('e') => check_response(400, &with_secret(characters.as_str())),
        _ => check_response(200, &with_secret(characters.as_str())),
    }
});

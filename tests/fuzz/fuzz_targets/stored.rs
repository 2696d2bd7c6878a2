//! The serialized forms of values that a program stores: `cargo fuzz run -s none stored` in `tests/fuzz`.

#![no_main]

use cognito_op_fuzz::{assert_redacted, quotes_secret, with_secret};
use cognito_userpools::devices::Device;
use cognito_userpools::oauth::PendingLogin;
use cognito_userpools::session::SavedSession;
use cognito_userpools::sign_in::{KeptChallenge, Tokens};
use libfuzzer_sys::fuzz_target;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::Debug;
use std::time::Duration;

/// Reads a value. Its serialized form must be stable, and must be the JSON that serde_json reads.
fn read<T: Serialize + DeserializeOwned + Debug>(text: &str, version: Option<u64>) -> Option<(T, Value)> {
    let value: T = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            assert_redacted(&error);
            return None;
        }
    };
    // Other members of the text can have values that `Value` cannot represent.
    let written = serde_json::to_value(&value).expect("a form");
    let again: T = serde_json::from_value(written.clone()).unwrap_or_else(|error| panic!("{error}: {written}"));
    assert_eq!(serde_json::to_value(&again).expect("a form"), written);
    let again: T = serde_json::from_str(&written.to_string()).expect("a form");
    assert_eq!(serde_json::to_value(&again).expect("a form"), written);
    assert_eq!(written.get("version").and_then(Value::as_u64), version);
    if let Ok(input) = serde_json::from_str::<Value>(text) {
        for (name, member) in written.as_object().expect("an object") {
            let read = input.get(name).filter(|read| read.is_string());
            assert!(read.is_none_or(|read| read == member || *name == "token_type"), "{name} of {text}");
        }
    }
    let shown = format!("{value:?}");
    assert!(!shown.chars().any(char::is_control), "{shown}");
    Some((value, written))
}

fn check_session(text: &str) {
    let session = match SavedSession::from_json(text) {
        Ok(session) => session,
        Err(error) => return assert_redacted(&error),
    };
    assert!(!quotes_secret(&format!("{session:?}")));
    // A short lifetime is extended when it is read, so the second form is stable.
    let json = session.to_json();
    let second = SavedSession::from_json(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
    assert_eq!(
        (second.to_json(), second.expires_at(), second.arrived_at()),
        (json, session.expires_at(), session.arrived_at())
    );
    let expires_in = second.tokens().expires_in.expect("a lifetime");
    let is_last = session.expires_at() == session.arrived_at();
    assert!(expires_in >= Duration::from_secs(60) || is_last, "{expires_in:?}");
    let (first, second) = (session.tokens(), second.tokens());
    assert_eq!((&first.access_token, &first.id_token), (&second.access_token, &second.id_token));
    assert_eq!((&first.refresh_token, &first.device_key), (&second.refresh_token, &second.device_key));
    assert_eq!((&first.new_device_metadata, &first.token_type), (&second.new_device_metadata, &second.token_type));
    let input: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(
        (input["version"].as_u64(), input["access_token"].as_str()),
        (Some(1), Some(first.access_token.as_str()))
    );
}

fuzz_target!(|input: &str| {
    let text = with_secret(input);
    let mut characters = text.chars();
    let kind = characters.next();
    let text = characters.as_str();
    match kind {
        Some('k') => {
            let Some((challenge, form)) = read::<KeptChallenge>(text, Some(1)) else { return };
            let name = challenge.name().as_str().to_owned();
            let shown = format!("{challenge:?}");
            let is_secret = challenge.session().is_some_and(quotes_secret) || quotes_secret(challenge.username());
            assert!(!is_secret || !quotes_secret(&shown), "{shown}");
            // The typed step contains the same challenge.
            let step = challenge.into_step();
            let again = step.into_challenge().expect("a challenge");
            assert_eq!((again.name().as_str(), format!("{again:?}")), (name.as_str(), shown));
            assert_eq!(serde_json::to_value(&again).expect("a form"), form);
        }
        Some('t') => {
            let Some((tokens, _)) = read::<Tokens>(text, None) else { return };
            let secrets = [Some(&tokens.access_token), tokens.id_token.as_ref(), tokens.refresh_token.as_ref()];
            let is_secret = secrets.into_iter().flatten().any(|token| quotes_secret(token));
            assert!(!is_secret || !quotes_secret(&format!("{tokens:?}")), "{tokens:?}");
            let _ = (tokens.refresh(), tokens.new_device());
        }
        Some('d') => {
            let Some((device, form)) = read::<Device>(text, None) else { return };
            assert_eq!(
                (form["key"].as_str(), form["group_key"].as_str()),
                (Some(device.key()), Some(device.group_key()))
            );
            assert_eq!(format!("{device:?}"), "Device { .. }");
        }
        Some('p') => {
            let Some((pending, form)) = read::<PendingLogin>(text, Some(1)) else { return };
            assert_eq!(format!("{pending:?}"), "PendingLogin { .. }");
            assert_eq!(form["state"].as_str(), Some(pending.state()));
            // `accept` requires the state of the pending sign-in.
            let callback = |state: &str| format!("code=1&state={state}");
            assert!(pending.clone().accept(&callback("")).is_err());
            assert!(pending.clone().accept("code=1").is_err());
            let encoded: String = pending.state().bytes().map(|byte| format!("%{byte:02x}")).collect();
            let is_short = callback(&encoded).len() <= 16 * 1024;
            assert_eq!(pending.clone().accept(&callback(&encoded)).is_ok(), is_short);
            assert!(pending.accept(&callback(&format!("{encoded}x"))).is_err());
        }
        _ => check_session(text),
    }
});

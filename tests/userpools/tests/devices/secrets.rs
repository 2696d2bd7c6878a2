//! Requests, errors, `Debug` output and events do not contain the password of a device.

use crate::service::{GROUP, PASSWORD, POOL, Service};
use crate::{clients, confirm, enroll};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognito_op_tests::server::Received;
use cognito_op_tests::written::Written;
use cognito_op_tests_userpools::on;
use cognito_userpools::devices::Device;
use cognito_userpools::sign_in::{SignIn, Step};
use std::fmt::{Debug, Write as _};

#[track_caller]
fn assert_absent(text: &str, secrets: &[&str]) {
    for secret in secrets {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
}

fn shown(value: &impl Debug) -> String {
    let text = format!("{value:?} {value:#?}");
    assert!(text.starts_with(char::is_alphabetic), "{text}");
    text
}

#[tokio::test]
async fn the_password_of_the_device_is_not_leaked() {
    let service = Service::start();
    let written = Written::default();
    let writer = written.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_writer(move || writer.clone());
    let guard = tracing::subscriber::set_default(subscriber.finish());
    let (passwords, texts) = flow(&service).await;
    drop(guard);
    assert!(passwords.len() == 4 && !texts.is_empty());
    let events = written.text();
    assert!(events.contains("ConfirmDevice") && events.contains("RespondToAuthChallenge"), "{events}");
    for password in &passwords {
        let raw = STANDARD.decode(password).unwrap_or_else(|_| password.as_bytes().to_vec());
        let hex = raw.iter().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("a string");
            hex
        });
        assert_absent(&events, &[password, &hex]);
        assert_absent(&texts, &[password, &hex]);
        for Received { body, .. } in service.server.received() {
            assert_absent(&String::from_utf8_lossy(&body), &[password, &hex]);
        }
    }
    assert_absent(&texts, &["eu-west-1_0", GROUP, "Alice's laptop"]);
}

/// Returns the passwords of devices, and the texts that a program might log.
async fn flow(service: &Service) -> (Vec<String>, String) {
    let (mut passwords, mut texts) = (Vec::new(), String::new());
    for client in &clients(service) {
        let tokens = client.sign_in("alice", PASSWORD).await.expect("tokens");
        let new = tokens.new_device().expect("a new device").name("Alice's laptop");
        texts += &shown(&new);
        let key = new.key().to_owned();
        let confirmed = confirm(client, new).await.expect("a device");
        texts += &shown(&confirmed);
        let device = confirmed.device;
        assert_eq!(device.key(), key);
        passwords.push(device.password().to_owned());
        texts += &shown(&device);
        let sign_in = SignIn::user_srp_auth(POOL, "alice", PASSWORD).device(device.clone());
        texts += &shown(&sign_in);
        texts += &shown(&client.start(sign_in).await.expect("a step"));

        // A challenge with a device, and the error of a wrong device password.
        let wrong = Device::new(device.key(), GROUP, format!("canary of {}", passwords.len()));
        assert_eq!(wrong.password(), format!("canary of {}", passwords.len()));
        passwords.push(wrong.password().to_owned());
        let step = client.start(SignIn::custom_auth("alice").device(wrong)).await.expect("a step");
        texts += &shown(&step);
        let Step::Custom(challenge) = step else { panic!("{step:?}") };
        let challenge = challenge.into_kept();
        texts += &shown(&challenge);
        texts += &serde_json::to_string(&challenge).expect("JSON").replace(device.key(), "");
        let Step::Custom(challenge) = challenge.into_step() else { panic!() };
        let error = on!(client, challenge.answer / answer_blocking("blue")).expect_err("the password is wrong");
        texts += &error.to_string();
        texts += &shown(&error);
    }
    (passwords, texts)
}

/// The error for a device that cannot be deserialized does not contain its values.
#[test]
fn a_device_in_a_wrong_form() {
    for text in [r#""canary""#, r#"{"key": "canary"}"#, r#"{"key": "k", "group_key": "g", "password": ["canary"]}"#] {
        let error = serde_json::from_str::<Device>(text).expect_err("another form").to_string();
        assert!(error.starts_with("expected a device: an object with `key`, `group_key` and `password`"), "{error}");
    }
}

#[tokio::test]
async fn a_device_is_kept() {
    let service = Service::start();
    for client in &clients(&service) {
        let (_, device) = enroll(client).await;
        let kept = serde_json::to_value(&device).expect("JSON");
        let expected = serde_json::json!({
            "key": device.key(), "group_key": device.group_key(), "password": device.password(),
        });
        assert_eq!(kept, expected);
        let restored: Device = serde_json::from_value(kept).expect("the same form");
        client.start(crate::with(&restored)).await.expect("a step").into_tokens().expect("tokens");
    }
}

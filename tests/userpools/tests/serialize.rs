//! Serialization of responses, shapes, tokens and challenges.

#![allow(missing_docs, clippy::expect_used)]

use cognito_userpools::admin::{SmsConfigurationType, UserStatusType, UserType};
use cognito_userpools::operations::{
    ChallengeNameType, CodeDeliveryDetailsType, DeliveryMediumType, NewDeviceMetadataType, SignUpResponse,
};
use cognito_userpools::sign_in::{KeptChallenge, Tokens};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use std::fs;
use std::path::Path;
use std::time::Duration;

fn written(value: &impl Serialize) -> serde_json::Value {
    serde_json::to_value(value).expect("JSON")
}

fn read<T: DeserializeOwned>(text: &serde_json::Value) -> T {
    serde_json::from_value(text.clone()).expect("the same form")
}

#[test]
fn a_response_as_on_the_wire() {
    let details = CodeDeliveryDetailsType::new().destination("a***@e***").delivery_medium(DeliveryMediumType::Email);
    let mut response: SignUpResponse = read(&json!({ "UserSub": "a1b2c3d4", "UserConfirmed": false, "New": 1 }));
    response.code_delivery_details = Some(details);
    let text = json!({
        "UserSub": "a1b2c3d4", "UserConfirmed": false,
        "CodeDeliveryDetails": { "Destination": "a***@e***", "DeliveryMedium": "EMAIL" },
    });
    assert_eq!(written(&response), text);
    assert!(read::<SignUpResponse>(&text) == response);
    assert_eq!(written(&DeliveryMediumType::from("PIGEON")), "PIGEON");
}

#[test]
fn shapes_of_signed_operations_as_on_the_wire() {
    let text =
        json!({ "Username": "alice", "UserStatus": "CONFIRMED", "Attributes": [{ "Name": "email", "Value": "a" }] });
    let user: UserType = read(&text);
    assert_eq!((user.user_status.as_ref(), written(&user)), (Some(&UserStatusType::Confirmed), text));
    assert_eq!(written(&SmsConfigurationType::new().sns_region("eu-west-1"))["SnsRegion"], "eu-west-1");
}

#[test]
fn tokens_as_an_oauth_response() {
    let mut tokens = Tokens::new("access");
    assert_eq!(written(&tokens), json!({ "access_token": "access" }));
    tokens.id_token = Some("id".to_owned());
    tokens.refresh_token = Some("refresh".to_owned());
    tokens.expires_in = Some(Duration::from_hours(1));
    tokens.token_type = Some("Bearer".to_owned());
    let text = json!({
        "access_token": "access", "id_token": "id", "refresh_token": "refresh", "expires_in": 3600,
        "token_type": "Bearer",
    });
    assert_eq!(written(&tokens), text);
    assert!(read::<Tokens>(&text) == tokens);
    tokens.new_device_metadata = Some(NewDeviceMetadataType::new().device_key("key").device_group_key("group"));
    let with_device = written(&tokens);
    assert_eq!(with_device["new_device_metadata"], json!({ "DeviceKey": "key", "DeviceGroupKey": "group" }));
    assert!(read::<Tokens>(&with_device) == tokens);
    tokens.device_key = Some("key".to_owned());
    assert_eq!(written(&tokens)["device_key"], "key");
    assert!(read::<Tokens>(&written(&tokens)) == tokens);
    let error = serde_json::from_value::<Tokens>(json!({ "id_token": "id" })).expect_err("no access token");
    assert!(error.to_string().contains("access_token"), "{error}");
}

#[test]
fn a_challenge_between_two_requests() {
    let challenge = KeptChallenge::new(ChallengeNameType::SmsMfa, "alice")
        .with_session("a session")
        .with_parameters([("CODE_DELIVERY_DESTINATION".to_owned(), "+***1".to_owned())])
        .with_available_challenges([ChallengeNameType::SmsMfa, ChallengeNameType::from("NEW_OTP")]);
    let text = written(&challenge);
    let expected = json!({
        "version": 1, "name": "SMS_MFA", "username": "alice", "session": "a session",
        "parameters": { "CODE_DELIVERY_DESTINATION": "+***1" }, "available_challenges": ["SMS_MFA", "NEW_OTP"],
    });
    assert_eq!(text, expected);
    assert_eq!(written(&read::<KeptChallenge>(&text)), text);
    let mut admin = text.clone();
    admin["user_pool_id"] = json!("eu-west-1_Ab12Cd34");
    assert_eq!(written(&read::<KeptChallenge>(&text).admin("eu-west-1_Ab12Cd34")), admin);
    assert_eq!(written(&read::<KeptChallenge>(&admin)), admin);
    let mut device = text.clone();
    device["device_key"] = json!("eu-west-1_8f3a");
    assert_eq!(written(&read::<KeptChallenge>(&text).device_key("eu-west-1_8f3a")), device);
    assert_eq!(written(&read::<KeptChallenge>(&device)), device);
    device["forgotten_device"] = json!("eu-west-1_7d2b");
    assert_eq!(written(&read::<KeptChallenge>(&device)), device);
    let bare = written(&KeptChallenge::new("CUSTOM_CHALLENGE", "alice"));
    assert_eq!(
        bare,
        json!({
            "version": 1, "name": "CUSTOM_CHALLENGE", "username": "alice", "parameters": {}, "available_challenges": [],
        })
    );
    assert_eq!(written(&read::<KeptChallenge>(&bare)), bare);
}

/// A challenge of another version is an error that contains the version, even if its members differ.
#[test]
fn a_challenge_of_another_version() {
    for text in [
        json!({ "version": 2, "name": "SMS_MFA", "username": "alice", "parameters": {}, "available_challenges": [] }),
        json!({ "version": 2, "challenge": "canary" }),
    ] {
        let error = serde_json::from_value::<KeptChallenge>(text).expect_err("another version");
        let expected =
            "the challenge has version 2 of its form, and this program reads version 1; start the sign-in again";
        assert_eq!(error.to_string(), expected);
    }
    for text in [
        json!("canary"),
        json!({ "name": "canary", "username": "alice", "parameters": {}, "available_challenges": [] }),
        json!({ "version": "canary", "name": "SMS_MFA" }),
        json!({ "version": 1, "name": "SMS_MFA", "username": ["canary"] }),
        json!({ "version": 1, "session": "canary" }),
    ] {
        let error = serde_json::from_value::<KeptChallenge>(text).expect_err("another form").to_string();
        assert!(error.starts_with("expected a challenge: an object with `version`, `name`, "), "{error}");
        assert!(!error.contains("canary"), "{error}");
    }
}

/// The list of serialized shapes contains every shape of the crate.
#[test]
fn every_shape_is_serialized() {
    let operations = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../userpools/src/operations");
    let text = |name: &str| fs::read_to_string(operations.join(name)).expect("a source file");
    let serialized = text("serialize.rs");
    let (_, list) = serialized.rsplit_once("as_on_the_wire! {").expect("the list");
    let list: Vec<_> = list.split_whitespace().collect();
    let mut shapes = 0;
    for file in fs::read_dir(&operations).expect("a folder") {
        let file = text(&file.expect("a file").file_name().to_string_lossy());
        for item in file.split("\n#[cognito_shape").skip(1) {
            let name = item.lines().find_map(|line| {
                let rest = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))?;
                rest.split(|c: char| !c.is_alphanumeric()).next()
            });
            let name = name.expect("a public type");
            assert!(list.contains(&name), "{name} is not serialized");
            shapes += 1;
        }
    }
    assert_eq!(shapes + 1, list.len(), "the list ends with a brace");
}

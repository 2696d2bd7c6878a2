//! The requests of a session: the device key, the secret hash, and the tokens.

use crate::fake_service::{DEVICE, FakeService, ID, SECRET};
use crate::{HOUR, MINUTE, access_token, blocking_session, builder, now, session};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognito_userpools::operations::NewDeviceMetadataType;
use hmac::{KeyInit as _, Mac as _};
use serde_json::{Value, json};

fn hash() -> String {
    let mut hmac = hmac::Hmac::<sha2::Sha256>::new_from_slice(SECRET.as_bytes()).expect("a key has any length");
    hmac.update(format!("alice{ID}").as_bytes());
    STANDARD.encode(hmac.finalize().into_bytes())
}

/// Returns the refreshes of two sessions. The last one uses the tokens of an earlier refresh, which contain the device
/// key only as a claim.
fn last_requests(service: &FakeService) -> Vec<(String, Value)> {
    let session = session(service);
    service.advance(HOUR);
    access_token(&session);
    let other = blocking_session(service);
    service.advance(HOUR);
    other.access_token().expect("a token");
    access_token(&session);
    service.requests()
}

#[test]
fn refreshes_with_the_flow_refresh_token_auth() {
    let service = FakeService::without_rotation();
    for (operation, body) in last_requests(&service) {
        let token = body["AuthParameters"]["REFRESH_TOKEN"].clone();
        assert!(token.as_str().is_some_and(|token| token.starts_with("canary-refresh-")));
        let parameters = json!({"DEVICE_KEY": DEVICE, "REFRESH_TOKEN": token, "SECRET_HASH": hash()});
        let expected = json!({"AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": parameters, "ClientId": ID});
        assert_eq!((operation.as_str(), body), ("InitiateAuth", expected));
    }
}

#[test]
fn refreshes_with_rotation() {
    let service = FakeService::rotating(0);
    let requests = last_requests(&service);
    let tokens: std::collections::BTreeSet<String> =
        requests.iter().map(|(_, body)| body["RefreshToken"].to_string()).collect();
    assert_eq!((requests.len(), tokens.len()), (3, 3), "each refresh token is used once");
    for (operation, body) in requests {
        let expected =
            json!({"ClientId": ID, "ClientSecret": SECRET, "DeviceKey": DEVICE, "RefreshToken": body["RefreshToken"]});
        assert_eq!((operation.as_str(), body), ("GetTokensFromRefreshToken", expected));
    }
}

/// The keys of a new device are kept after a refresh, whose response does not contain them.
#[test]
fn the_keys_of_a_new_device() {
    for service in [FakeService::without_rotation(), FakeService::rotating(0)] {
        let session = builder(&service).build();
        let mut tokens = service.sign_in();
        let device = NewDeviceMetadataType::new().device_key("eu-west-1_0a1b").device_group_key("-group");
        tokens.new_device_metadata = Some(device.clone());
        now(session.sign_in(tokens)).expect("it is saved");
        for _ in 0..2 {
            service.advance(HOUR);
            assert_eq!(now(session.tokens()).expect("tokens").new_device_metadata, Some(device.clone()));
        }
        for (_, body) in service.requests() {
            let key = body.get("DeviceKey").unwrap_or(&body["AuthParameters"]["DEVICE_KEY"]);
            assert_eq!(key, "eu-west-1_0a1b");
        }
    }
}

/// The key of a known device is kept after a refresh, whose response does not contain it.
#[test]
fn the_key_of_a_device() {
    for service in [FakeService::without_rotation(), FakeService::rotating(0)] {
        let session = builder(&service).build();
        let mut tokens = service.sign_in();
        tokens.device_key = Some("eu-west-1_0a1b".to_owned());
        now(session.sign_in(tokens)).expect("it is saved");
        for _ in 0..3 {
            service.advance(HOUR);
            access_token(&session);
        }
        for (_, body) in service.requests() {
            assert_eq!(body.get("DeviceKey").unwrap_or(&body["AuthParameters"]["DEVICE_KEY"]), "eu-west-1_0a1b");
        }
        assert_eq!(service.count(), 3);
    }
}

#[test]
fn all_tokens_with_the_remaining_time() {
    for service in [FakeService::without_rotation(), FakeService::rotating(0)] {
        let session = session(&service);
        service.advance(10 * MINUTE);
        let tokens = now(session.tokens()).expect("tokens");
        assert_eq!(tokens.expires_in, Some(50 * MINUTE));
        assert_eq!(tokens.token_type.as_deref(), Some("Bearer"));
        assert_eq!(Some(tokens.access_token), now(session.access_token()).ok());
        assert_eq!(tokens.id_token, now(session.id_token()).expect("tokens"));
        assert!(tokens.refresh_token.is_some_and(|token| !service.is_revoked(&token)));
    }
}

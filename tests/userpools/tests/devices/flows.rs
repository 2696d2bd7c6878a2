//! Devices, from the confirmation to the removal, in each flow and with each client.

use crate::service::{GROUP, PASSWORD, POOL, Service};
use crate::{clients, confirm, enroll, with};
use cognito_op::{ErrorKind, Reason};
use cognito_op_tests_userpools::{Either, on};
use cognito_userpools::devices::Device;
use cognito_userpools::sign_in::{FirstFactor, KeptChallenge, SignIn, Step, Tokens};
use serde_json::{Value, json};

/// Signs in, and answers the custom challenge of the flow, if there is one.
async fn signed_in(client: &Either, sign_in: SignIn) -> Tokens {
    let step = client.start(sign_in).await.expect("a step");
    let step = match step {
        Step::Custom(challenge) => on!(client, challenge.answer / answer_blocking("blue")).expect("a step"),
        step => step,
    };
    step.into_tokens().expect("tokens")
}

/// The device key in each sign-in request.
fn device_keys(requests: &[(String, Value)]) -> Vec<Option<&str>> {
    let entries = |request: &Value| match request.get("AuthParameters") {
        Some(_) => "AuthParameters",
        None => "ChallengeResponses",
    };
    let sign_ins = requests.iter().filter(|(name, _)| name.contains("Auth"));
    sign_ins.map(|(_, request)| request[entries(request)]["DEVICE_KEY"].as_str()).collect()
}

struct Flow {
    name: &'static str,
    sign_in: fn() -> SignIn,
    /// The challenges of a sign-in on a remembered device.
    answers: &'static [&'static str],
}

const FLOWS: [Flow; 7] = {
    const PROOF: &[&str] = &["DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"];
    const SRP: &[&str] = &["PASSWORD_VERIFIER", "DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"];
    const CUSTOM: &[&str] = &["CUSTOM_CHALLENGE", "DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"];
    const fn flow(name: &'static str, sign_in: fn() -> SignIn, answers: &'static [&'static str]) -> Flow {
        Flow { name, sign_in, answers }
    }
    [
        flow("USER_PASSWORD_AUTH", || SignIn::user_password_auth("alice", PASSWORD), PROOF),
        flow("USER_SRP_AUTH", || SignIn::user_srp_auth(POOL, "alice", PASSWORD), SRP),
        flow("USER_AUTH", || SignIn::user_auth("alice").prefer(FirstFactor::password(PASSWORD)), PROOF),
        flow("CUSTOM_AUTH", || SignIn::custom_auth("alice"), CUSTOM),
        flow("ADMIN_USER_PASSWORD_AUTH", || SignIn::user_password_auth("alice", PASSWORD).admin(POOL), PROOF),
        flow("USER_SRP_AUTH", || SignIn::user_srp_auth(POOL, "alice", PASSWORD).admin(POOL), SRP),
        flow("CUSTOM_AUTH", || SignIn::custom_auth("alice").admin(POOL), CUSTOM),
    ]
};

#[tokio::test]
async fn the_life_of_a_device() {
    for Flow { name, sign_in, answers } in FLOWS {
        for asks in [false, true] {
            let service = Service::start();
            service.state().asks = asks;
            for client in &clients(&service) {
                let tokens = signed_in(client, sign_in()).await;
                let new = tokens.new_device().expect("a new device");
                assert_eq!(Some(new.key()), tokens.device_key.as_deref());
                let confirmed = confirm(client, new.name("Alice's laptop")).await.expect("a device");
                let device = confirmed.device;
                assert_eq!((confirmed.needs_consent, device.group_key()), (asks, GROUP));
                assert_eq!(service.state().names[device.key()], "Alice's laptop");
                for (remembered, status) in [(true, "remembered"), (false, "not_remembered")] {
                    let operation = device.set_remembered(&tokens.access_token, remembered);
                    client.send(operation).await.expect("the status is set");
                    assert_eq!(service.state().statuses[device.key()], status);
                }

                // The sign-in proves the device password. Each request contains the device key.
                let before = service.requests().len();
                let tokens = signed_in(client, sign_in().device(device.clone())).await;
                let requests = service.requests().split_off(before);
                assert_eq!(requests[0].1["AuthFlow"], name);
                let names: Vec<_> = requests[1..].iter().map(|(_, request)| &request["ChallengeName"]).collect();
                assert_eq!(names, answers);
                assert_eq!(device_keys(&requests), vec![Some(device.key()); answers.len() + 1]);
                let admin = requests.iter().filter(|(name, _)| name.starts_with("Admin")).count();
                assert!([0, requests.len()].contains(&admin), "{requests:?}");
                let proof = &requests.last().expect("a proof").1["ChallengeResponses"];
                assert!(proof["PASSWORD_CLAIM_SIGNATURE"].is_string() && proof["USERNAME"] == "alice", "{proof}");
                assert!(tokens.new_device().is_none() && tokens.forgotten_device.is_none());

                // A refresh contains the device key, also after the tokens were deserialized.
                let stored = serde_json::to_string(&tokens).expect("JSON");
                for mut tokens in [tokens, serde_json::from_str::<Tokens>(&stored).expect("tokens")] {
                    tokens.access_token = "without claims".to_owned();
                    let refreshed = client.refresh(tokens.refresh().expect("a refresh token")).await.expect("tokens");
                    assert_eq!(refreshed.device_key.as_deref(), Some(device.key()));
                }

                // The device is found until the user removes it.
                let response = client.send(device.get("token")).await.expect("the device");
                assert_eq!(response.device.device_key.as_deref(), Some(device.key()));
                client.send(device.forget("token")).await.expect("the device is removed");
                let error = client.send(device.get("token")).await.map(|_| ()).expect_err("it is removed");
                assert_eq!(error.reason(), Reason::DeviceNotFound);
            }
        }
    }
}

/// If the pool does not know the device, the sign-in starts once more, without the device.
#[tokio::test]
async fn an_unknown_device_is_forgotten() {
    let removed = Device::new("eu-west-1_0", GROUP, "password");
    for Flow { name, sign_in, .. } in FLOWS.into_iter().filter(|flow| flow.name != "CUSTOM_AUTH") {
        let service = Service::start();
        for client in &clients(&service) {
            let before = service.requests().len();
            let known = signed_in(client, sign_in()).await;
            let usual = service.requests().len() - before;
            for sign_in in [sign_in().device(removed.clone()), sign_in().device_key("eu-west-1_0")] {
                let before = service.requests().len();
                let tokens = signed_in(client, sign_in).await;
                let requests = service.requests().split_off(before);
                assert_eq!(requests.len(), 2 * usual, "{name}");
                let keys = [vec![Some("eu-west-1_0"); usual], vec![None; usual]].concat();
                assert_eq!(device_keys(&requests), keys, "{name}");
                assert_eq!(tokens.forgotten_device.as_deref(), Some("eu-west-1_0"));
                assert_ne!(tokens.device_key, known.device_key);
                let new = confirm(client, tokens.new_device().expect("a new device")).await.expect("a device");
                assert_eq!(Some(new.device.key()), tokens.device_key.as_deref());
            }
        }
    }
}

/// The sign-in restarts at most once. A second error is returned, even with the same reason.
#[tokio::test]
async fn the_sign_in_starts_again_once() {
    let service = Service::start();
    for client in &clients(&service) {
        let before = service.requests().len();
        let sign_in = || SignIn::user_srp_auth(POOL, "alice", "wrong").device(Device::new("eu-west-1_0", GROUP, "x"));
        let error = client.start(sign_in()).await.expect_err("the password is wrong");
        assert_eq!(error.reason(), Reason::IncorrectCredentials);
        assert_eq!(service.requests().len() - before, 2, "the device was not the reason");
    }
    let mock = cognito_op::mock::Mock::new();
    mock.on::<cognito_userpools::operations::InitiateAuth>()
        .fail_with(ErrorKind::ResourceNotFound, "Device does not exist.")
        .times(2);
    let client = mock.client().with_public_app_client(crate::ID).expect("a client");
    let device = Device::new("eu-west-1_0", GROUP, "x");
    let error = with(&device).start(&client).await.expect_err("the device does not exist");
    assert_eq!((error.reason(), mock.requests().len()), (Reason::DeviceNotFound, 2));
}

/// If the pool does not know the device, an answer to a challenge is not sent again. The error contains the challenge,
/// and the next answer does not contain the device.
#[tokio::test]
async fn an_unknown_device_in_an_answer() {
    let service = Service::start();
    service.state().has_mfa = true;
    for client in &clients(&service) {
        let device = Device::new("eu-west-1_0", GROUP, "password");
        let step = client.start(SignIn::custom_auth("alice").device(device)).await.expect("a step");
        let Step::Custom(challenge) = step else { panic!("{step:?}") };
        let error = on!(client, challenge.answer / answer_blocking("blue")).expect_err("it does not exist");
        assert_eq!(error.error().reason(), Reason::DeviceNotFound);
        let challenge = error.into_challenge().expect("the challenge");

        // A restored challenge ignores the device that the sign-in has forgotten.
        let kept = serde_json::to_string(&challenge.into_kept()).expect("JSON");
        let restored: KeptChallenge = serde_json::from_str(&kept).expect("the same form");
        let restored = restored.device(Device::new("eu-west-1_0", GROUP, "password"));
        let Step::Custom(challenge) = restored.into_step() else { panic!() };
        let step = on!(client, challenge.answer / answer_blocking("blue")).expect("a step");
        let Step::SmsMfa(challenge) = step else { panic!("{step:?}") };
        let step = on!(client, challenge.answer / answer_blocking("123456")).expect("a step");
        let tokens = step.into_tokens().expect("tokens");
        assert_eq!(tokens.forgotten_device.as_deref(), Some("eu-west-1_0"));
        assert!(tokens.new_device().is_some());
        let requests = service.requests();
        assert_eq!(device_keys(&requests[requests.len() - 2..]), [None, None]);
    }
}

/// A serialized challenge contains the key of the device, but not its password. The program sets the device again.
#[tokio::test]
async fn a_challenge_is_kept() {
    let service = Service::start();
    for client in &clients(&service) {
        let (_, device) = enroll(client).await;
        let step = client.start(SignIn::custom_auth("alice").device(device.clone())).await.expect("a step");
        let kept = serde_json::to_value(step.into_challenge().expect("a challenge")).expect("JSON");
        assert_eq!(kept["device_key"], device.key());
        assert!(!kept.to_string().contains(device.password()), "{kept}");

        let restored = || serde_json::from_value::<KeptChallenge>(kept.clone()).expect("the same form");
        let Step::Custom(challenge) = restored().device(device.clone()).into_step() else { panic!() };
        let step = on!(client, challenge.answer / answer_blocking("blue")).expect("a step");
        assert_eq!(step.into_tokens().expect("tokens").device_key.as_deref(), Some(device.key()));

        // Without the device password, the device challenge is returned to the caller.
        let step = client.start(SignIn::custom_auth("alice").device_key(device.key())).await.expect("a step");
        let Step::Custom(challenge) = step else { panic!("{step:?}") };
        let step = on!(client, challenge.answer / answer_blocking("blue")).expect("a step");
        let Step::Other(challenge) = step else { panic!("{step:?}") };
        assert_eq!(challenge.name().as_str(), "DEVICE_SRP_AUTH");
        let requests = service.requests();
        assert_eq!(device_keys(&requests[requests.len() - 1..]), [Some(device.key())]);
    }
}

/// A sign-in proves the device once. A second device challenge is returned to the caller.
#[tokio::test]
async fn a_device_is_proved_once() {
    let service = Service::start();
    service.state().repeats_the_device_challenge = true;
    for client in &clients(&service) {
        let (_, device) = enroll(client).await;
        let step = client.start(with(&device)).await.expect("a step");
        assert!(matches!(&step, Step::Other(challenge) if challenge.name().as_str() == "DEVICE_SRP_AUTH"), "{step:?}");
    }
}

/// A later call of a setter replaces the device of an earlier call.
#[tokio::test]
async fn the_device_of_a_sign_in() {
    let service = Service::start();
    for client in &clients(&service) {
        let (_, device) = enroll(client).await;
        let other = Device::new("eu-west-1_0", GROUP, "password");
        for (sign_in, expected) in [
            (with(&other).device(device.clone()), Some(device.key())),
            (with(&device).device_key("eu-west-1_0").device(device.clone()), Some(device.key())),
            (with(&device).device(None::<Device>), None),
            (with(&device).device_key(None::<String>), None),
        ] {
            let before = service.requests().len();
            client.start(sign_in).await.expect("a step").into_tokens().expect("tokens");
            assert_eq!(device_keys(&service.requests()[before..])[0], expected);
        }
    }
}

#[tokio::test]
async fn devices_are_validated() {
    let service = Service::start();
    for client in &clients(&service) {
        let tokens = client.sign_in("alice", PASSWORD).await.expect("tokens");
        let before = service.requests().len();
        let error = confirm(client, tokens.new_device().expect("a new device").name("")).await.expect_err("no name");
        assert_eq!((error.kind(), error.operation()), (ErrorKind::Invalid, Some("ConfirmDevice")));
        assert_eq!(error.violations().expect("violations").iter().next().expect("one").path(), "device_name");
        assert_eq!(service.requests().len(), before);
        for metadata in [json!({ "DeviceKey": "key" }), json!({ "DeviceGroupKey": "group" }), json!({})] {
            let tokens = json!({ "access_token": "token", "new_device_metadata": metadata });
            assert!(serde_json::from_value::<Tokens>(tokens).expect("tokens").new_device().is_none());
        }
    }
}

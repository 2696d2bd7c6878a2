//! Many SRP handshakes, with values of different sizes.

use crate::service::{GROUP, Service, Size};
use crate::{clients, enroll, with};
use cognito_op::{ErrorKind, Reason};
use cognito_op_example_service::service::srp::Verifier;
use cognito_userpools::devices::Device;

const SIZES: [Size; 4] = [Size::Any, Size::OddPublic, Size::ShortPublic, Size::ShortScrambler];

/// Salts that other clients may have chosen.
const SALTS: [&[u8]; 8] =
    [&[0], &[1], &[0x0f, 0xff], &[0x80], &[0xff; 16], &[0, 0x9a, 0xbc], &[0x5a; 40], b"sixteen bytes ab"];

#[tokio::test]
async fn two_hundred_rounds() {
    let service = Service::start();
    let clients = clients(&service);
    let mut signed_in = 0;
    for round in 0..200 {
        let client = &clients[round % 2];
        let device = if round % 4 < 2 {
            let key = format!("eu-west-1_{round:08x}-1111-4000-8000-000000000000");
            let password = format!("password {round}");
            let verifier = Verifier::new(GROUP, &key, &password, SALTS[round / 16 % SALTS.len()]);
            service.state().devices.insert(key.clone(), verifier);
            Device::new(key, GROUP, password)
        } else {
            enroll(client).await.1
        };
        service.state().size = SIZES[round / 4 % SIZES.len()];
        let tokens = client.start(with(&device)).await.expect("a step").into_tokens().expect("tokens");
        assert_eq!(tokens.device_key.as_deref(), Some(device.key()));
        assert!(tokens.new_device().is_none() && tokens.forgotten_device.is_none());
        signed_in += 1;
    }
    assert_eq!(signed_in, 200);
}

/// A wrong password of a device is an error. The device is not forgotten, and the sign-in is not started again.
#[tokio::test]
async fn a_wrong_password_is_refused() {
    let service = Service::start();
    for client in &clients(&service) {
        let (_, device) = enroll(client).await;
        for size in SIZES {
            service.state().size = size;
            let before = service.requests().len();
            let wrong = Device::new(device.key(), GROUP, "another password");
            let error = client.start(with(&wrong)).await.expect_err("the password is wrong");
            assert_eq!((error.kind(), error.reason()), (ErrorKind::NotAuthorized, Reason::IncorrectCredentials));
            assert_eq!(service.requests().len() - before, 3);
        }
        for (key, group) in [(device.key(), "-another"), ("eu-west-1_0", GROUP)] {
            // The keys are part of the proof.
            service.state().devices.insert("eu-west-1_0".to_owned(), Verifier::new(GROUP, "eu-west-1_1", "", &[1]));
            let wrong = Device::new(key, group, device.password());
            let error = client.start(with(&wrong)).await.expect_err("the keys are wrong");
            assert_eq!(error.kind(), ErrorKind::NotAuthorized);
        }
    }
}

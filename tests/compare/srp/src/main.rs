//! Proves a password the given number of times: `compare-srp cognito-userpools 10`. With a third argument `device`,
//! also proves the password of a device each time.

use aws_cognito_srp::{SrpClient, TrackedDevice, User};
use cognito_userpools::blocking::{Client, Transport};
use cognito_userpools::cognito_op::Body;
use cognito_userpools::devices::Device;
use cognito_userpools::http::{Request, Response};
use cognito_userpools::sign_in::{SignIn, Step};
use cognito_userpools::transport::{Timeouts, TransportError};
use std::time::Duration;

const POOL: &str = "eu-west-1_Ab12Cd34";
const CLIENT: &str = "1example23456789";
const PASSWORD: &str = "correct horse";
const SALT: &str = "51a2b3c4d5e6f708192a3b4c5d6e7f80";
const SECRET_BLOCK: &str = "YSBzZWNyZXQgYmxvY2s=";
const DEVICE: (&str, &str, &str) = ("eu-west-1_0a1b2c3d", "-a1b2c3d4", "the password of the device");

/// A fake service that accepts every proof. If `has_device` is set, it also requests the proof of a device.
struct Service {
    public: String,
    has_device: bool,
}

impl Transport for Service {
    fn send(&self, request: Request<Body>, _: Timeouts) -> Result<Response<Body>, TransportError> {
        let Self { public, has_device } = self;
        let target = request.headers().get("x-amz-target").map_or(&b""[..], |target| target.as_bytes());
        let sent = String::from_utf8_lossy(request.body().as_bytes());
        let answers = |name: &str| sent.contains(&format!(r#""ChallengeName":"{name}""#));
        let verifier = |name: &str| {
            format!(
                r#"{{"ChallengeName": "{name}", "ChallengeParameters": {{
                    "SALT": "{SALT}", "SECRET_BLOCK": "{SECRET_BLOCK}", "SRP_B": "{public}",
                    "USERNAME": "alice", "USER_ID_FOR_SRP": "alice"}}}}"#
            )
        };
        let body = if target.ends_with(b".InitiateAuth") {
            verifier("PASSWORD_VERIFIER")
        } else if *has_device && answers("PASSWORD_VERIFIER") {
            r#"{"ChallengeName": "DEVICE_SRP_AUTH"}"#.to_owned()
        } else if answers("DEVICE_SRP_AUTH") {
            verifier("DEVICE_PASSWORD_VERIFIER")
        } else {
            assert!(!has_device || answers("DEVICE_PASSWORD_VERIFIER"), "{sent}");
            r#"{"AuthenticationResult": {"AccessToken": "token"}}"#.to_owned()
        };
        Ok(Response::new(Body::from(body)))
    }

    fn sleep(&self, _: Duration) {}

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

/// Returns a public value of the service: an arbitrary number of 3072 bits below the modulus.
fn public() -> String {
    (0..384_u32).map(|byte| format!("{:02x}", (byte * 167 + 13) % 251)).collect()
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [client, proofs, device @ ..] = &arguments[..] else { panic!("which client, and how many proofs?") };
    let proofs: u32 = proofs.parse().expect("a number of proofs");
    let has_device = device == ["device"];
    let (key, group, password) = DEVICE;
    match client.as_str() {
        "cognito-userpools" => {
            let builder = Client::builder().region("eu-west-1").public_app_client(CLIENT);
            let client = builder.build_with(Service { public: public(), has_device }).expect("a client");
            for _ in 0..proofs {
                let device = has_device.then(|| Device::new(key, group, password));
                let step = SignIn::user_srp_auth(POOL, "alice", PASSWORD).device(device).start_blocking(&client);
                assert!(matches!(step, Ok(Step::SignedIn(_))), "{step:?}");
            }
        }
        "aws-cognito-srp" => {
            for _ in 0..proofs {
                let client = SrpClient::new(User::new(POOL, "alice", PASSWORD), CLIENT, None);
                assert!(client.get_auth_parameters().a.len() > 700);
                let _proof = client.verify(SECRET_BLOCK, "alice", SALT, &public()).expect("a proof");
                if has_device {
                    let client = client.into(TrackedDevice::new(POOL, group, key, password));
                    assert!(client.get_auth_parameters().a.len() > 700);
                    let _proof = client.verify(SECRET_BLOCK, SALT, &public()).expect("a proof");
                }
            }
        }
        other => panic!("there is no client {other}"),
    }
}

//! Proves a password as often as it is told: `compare-srp cognito-userpools 10`.

use aws_cognito_srp::{SrpClient, User};
use cognito_userpools::blocking::{Client, Transport};
use cognito_userpools::cognito_op::Body;
use cognito_userpools::http::{Request, Response};
use cognito_userpools::sign_in::{SignIn, Step};
use cognito_userpools::transport::{Timeouts, TransportError};
use std::time::Duration;

const POOL: &str = "eu-west-1_Ab12Cd34";
const CLIENT: &str = "1example23456789";
const PASSWORD: &str = "correct horse";
const SALT: &str = "51a2b3c4d5e6f708192a3b4c5d6e7f80";
const SECRET_BLOCK: &str = "YSBzZWNyZXQgYmxvY2s=";

/// A service that accepts every proof.
struct Service {
    public: String,
}

impl Transport for Service {
    fn send(&self, request: Request<Body>, _: Timeouts) -> Result<Response<Body>, TransportError> {
        let Self { public } = self;
        let target = request.headers().get("x-amz-target").map_or(&b""[..], |target| target.as_bytes());
        let body = if target.ends_with(b".InitiateAuth") {
            format!(
                r#"{{"ChallengeName": "PASSWORD_VERIFIER", "ChallengeParameters": {{
                    "SALT": "{SALT}", "SECRET_BLOCK": "{SECRET_BLOCK}", "SRP_B": "{public}",
                    "USERNAME": "alice", "USER_ID_FOR_SRP": "alice"}}}}"#
            )
        } else {
            r#"{"AuthenticationResult": {"AccessToken": "token"}}"#.to_owned()
        };
        Ok(Response::new(Body::from(body)))
    }

    fn sleep(&self, _: Duration) {}

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

/// A public value of the service: any number of 3072 bits below the modulus.
fn public() -> String {
    (0..384_u32).map(|byte| format!("{:02x}", (byte * 167 + 13) % 251)).collect()
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [client, proofs] = &arguments[..] else { panic!("which client, and how many proofs?") };
    let proofs: u32 = proofs.parse().expect("a number of proofs");
    match client.as_str() {
        "cognito-userpools" => {
            let builder = Client::builder().region("eu-west-1").public_app_client(CLIENT);
            let client = builder.build_with(Service { public: public() }).expect("a client");
            for _ in 0..proofs {
                let step = SignIn::user_srp_auth(POOL, "alice", PASSWORD).start_blocking(&client);
                assert!(matches!(step, Ok(Step::SignedIn(_))), "{step:?}");
            }
        }
        "aws-cognito-srp" => {
            for _ in 0..proofs {
                let client = SrpClient::new(User::new(POOL, "alice", PASSWORD), CLIENT, None);
                assert!(client.get_auth_parameters().a.len() > 700);
                let _proof = client.verify(SECRET_BLOCK, "alice", SALT, &public()).expect("a proof");
            }
        }
        other => panic!("there is no client {other}"),
    }
}

//! A mock user pool that remembers devices, over HTTP. It verifies the SRP proofs of users and devices.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use cognito_op_example_service::service::srp::{Challenge, Verifier};
use cognito_op_tests::server::{Received, Reply, Server, answer};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

pub(crate) const POOL: &str = "eu-west-1_Ab12Cd34";
pub(crate) const GROUP: &str = "-a1b2c3d4";
pub(crate) const PASSWORD: &str = "Correct-Horse-7";

/// The sizes of the values in a challenge.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Size {
    #[default]
    Any,
    /// A public value with an odd number of hexadecimal digits.
    OddPublic,
    /// A public value whose first byte is zero.
    ShortPublic,
    /// A scrambling parameter whose first byte is zero.
    ShortScrambler,
}

#[derive(Default)]
pub(crate) struct State {
    pub(crate) devices: BTreeMap<String, Verifier>,
    /// The status of each device for which one was set.
    pub(crate) statuses: BTreeMap<String, String>,
    pub(crate) names: BTreeMap<String, String>,
    /// Whether users decide if a device is remembered.
    pub(crate) asks: bool,
    /// Whether a sign-in without a device needs a code.
    pub(crate) has_mfa: bool,
    /// Whether the response to the proof of a device is another device challenge.
    pub(crate) repeats_the_device_challenge: bool,
    pub(crate) size: Size,
    proofs: BTreeMap<String, Challenge>,
    session: Option<String>,
    issued: u32,
}

pub(crate) struct Service {
    pub(crate) server: Server,
    state: Arc<Mutex<State>>,
}

type Response = Result<Value, (&'static str, &'static str)>;

const REFUSED: (&str, &str) = ("NotAuthorizedException", "Incorrect username or password.");

impl Service {
    pub(crate) fn start() -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let answering = Arc::clone(&state);
        let server = Server::start(move |request| {
            let (status, header, body) = match lock(&answering).respond(request) {
                Ok(body) => ("200 OK", String::new(), body),
                Err((code, message)) => {
                    ("400 Bad Request", format!("x-amzn-errortype: {code}:\r\n"), json!({ "message": message }))
                }
            };
            Reply::Keep(answer(status, &header, &body.to_string()))
        });
        Self { server, state }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// The requests, each with the name of its operation.
    pub(crate) fn requests(&self) -> Vec<(String, Value)> {
        self.server.received().iter().map(|request| (operation(request).to_owned(), request.json())).collect()
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().expect("no panic")
}

fn operation(request: &Received) -> &str {
    request.header("x-amz-target").rsplit('.').next().expect("an operation")
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

impl State {
    fn respond(&mut self, request: &Received) -> Response {
        let body = request.json();
        match operation(request) {
            "InitiateAuth" | "AdminInitiateAuth" => self.initiate(&body),
            "RespondToAuthChallenge" | "AdminRespondToAuthChallenge" => self.answered(&body),
            "ConfirmDevice" => {
                let key = text(&body, "DeviceKey");
                let config = &body["DeviceSecretVerifierConfig"];
                let bytes = |name| STANDARD.decode(text(config, name)).expect("Base64");
                let verifier = Verifier::stored(GROUP, key, &bytes("Salt"), &bytes("PasswordVerifier"));
                self.devices.insert(key.to_owned(), verifier);
                self.names.insert(key.to_owned(), text(&body, "DeviceName").to_owned());
                Ok(json!({ "UserConfirmationNecessary": self.asks }))
            }
            "UpdateDeviceStatus" => {
                self.known(&body)?;
                let status = text(&body, "DeviceRememberedStatus").to_owned();
                self.statuses.insert(text(&body, "DeviceKey").to_owned(), status);
                Ok(json!({}))
            }
            "GetDevice" => {
                self.known(&body)?;
                Ok(json!({ "Device": { "DeviceKey": body["DeviceKey"] } }))
            }
            "ForgetDevice" => {
                self.known(&body)?;
                self.devices.remove(text(&body, "DeviceKey"));
                Ok(json!({}))
            }
            other => panic!("{other}"),
        }
    }

    fn known(&self, body: &Value) -> Result<(), (&'static str, &'static str)> {
        let is_known = self.devices.contains_key(text(body, "DeviceKey"));
        if is_known { Ok(()) } else { Err(("ResourceNotFoundException", "Device does not exist.")) }
    }

    fn initiate(&mut self, body: &Value) -> Response {
        let parameters = &body["AuthParameters"];
        match text(body, "AuthFlow") {
            "USER_PASSWORD_AUTH" | "ADMIN_USER_PASSWORD_AUTH" | "USER_AUTH" => {
                if text(parameters, "PASSWORD") != PASSWORD {
                    return Err(REFUSED);
                }
                self.first_factor(parameters)
            }
            "USER_SRP_AUTH" => {
                let username = text(parameters, "USERNAME");
                let verifier = Verifier::new("Ab12Cd34", username, PASSWORD, b"a salt");
                let challenge = verifier.challenge(text(parameters, "SRP_A")).expect("a public value");
                let extra = json!({ "USERNAME": username, "USER_ID_FOR_SRP": username });
                Ok(self.prove("PASSWORD_VERIFIER", challenge, extra))
            }
            "CUSTOM_AUTH" => Ok(self.challenge("CUSTOM_CHALLENGE", &json!({ "question": "the color of the sky" }))),
            "REFRESH_TOKEN_AUTH" => {
                let key = text(parameters, "DEVICE_KEY");
                match text(parameters, "REFRESH_TOKEN").strip_prefix("refresh ") {
                    Some(issued) if issued == key => Ok(json!({
                        "AuthenticationResult": { "AccessToken": access_token(key) },
                    })),
                    _ => Err(("NotAuthorizedException", "Invalid Refresh Token.")),
                }
            }
            flow => panic!("{flow}"),
        }
    }

    fn answered(&mut self, body: &Value) -> Response {
        let responses = &body["ChallengeResponses"];
        assert!(!text(responses, "USERNAME").is_empty(), "{body}");
        // Some clients do not send the session.
        if let Some(session) = body["Session"].as_str() {
            assert_eq!(Some(session), self.session.as_deref(), "{body}");
        }
        match text(body, "ChallengeName") {
            "CUSTOM_CHALLENGE" => self.first_factor(responses),
            "SMS_MFA" => Ok(self.tokens(responses)),
            "PASSWORD_VERIFIER" => {
                self.verify(responses)?;
                self.first_factor(responses)
            }
            "DEVICE_SRP_AUTH" => {
                let verifier = self.devices.get(text(responses, "DEVICE_KEY")).expect("a device").clone();
                let size = self.size;
                let challenge = verifier.challenge_of_size(text(responses, "SRP_A"), |public, scrambler| match size {
                    Size::Any => true,
                    Size::OddPublic => public.div_ceil(4) % 2 == 1,
                    Size::ShortPublic => public <= 3064,
                    Size::ShortScrambler => scrambler <= 248,
                });
                let extra = json!({ "USERNAME": responses["USERNAME"], "DEVICE_KEY": responses["DEVICE_KEY"] });
                Ok(self.prove("DEVICE_PASSWORD_VERIFIER", challenge.expect("a public value"), extra))
            }
            "DEVICE_PASSWORD_VERIFIER" => {
                self.verify(responses)?;
                assert!(self.devices.contains_key(text(responses, "DEVICE_KEY")), "{body}");
                Ok(if self.repeats_the_device_challenge {
                    self.challenge("DEVICE_SRP_AUTH", &json!({}))
                } else {
                    self.tokens(responses)
                })
            }
            name => panic!("{name}"),
        }
    }

    /// Continues after the first factor. An unknown device is an error.
    fn first_factor(&mut self, entries: &Value) -> Response {
        match entries["DEVICE_KEY"].as_str() {
            Some(key) if self.devices.contains_key(key) => Ok(self.challenge("DEVICE_SRP_AUTH", &json!({}))),
            Some(_) => Err(("ResourceNotFoundException", "Device does not exist.")),
            None if self.has_mfa => Ok(self.challenge("SMS_MFA", &json!({}))),
            None => Ok(self.tokens(entries)),
        }
    }

    fn challenge(&mut self, name: &str, parameters: &Value) -> Value {
        self.issued += 1;
        let session = format!("the session of the challenge {}", self.issued);
        self.session = Some(session.clone());
        json!({ "ChallengeName": name, "ChallengeParameters": parameters, "Session": session })
    }

    fn prove(&mut self, name: &str, challenge: Challenge, mut parameters: Value) -> Value {
        parameters["SALT"] = json!(challenge.salt());
        parameters["SRP_B"] = json!(challenge.public());
        parameters["SECRET_BLOCK"] = json!(challenge.secret_block());
        self.proofs.insert(challenge.secret_block(), challenge);
        self.challenge(name, &parameters)
    }

    fn verify(&mut self, responses: &Value) -> Result<(), (&'static str, &'static str)> {
        let challenge = self.proofs.remove(text(responses, "PASSWORD_CLAIM_SECRET_BLOCK")).expect("a challenge");
        let is_proved = challenge.verify(text(responses, "TIMESTAMP"), text(responses, "PASSWORD_CLAIM_SIGNATURE"));
        if is_proved { Ok(()) } else { Err(REFUSED) }
    }

    fn tokens(&mut self, entries: &Value) -> Value {
        let mut metadata = Value::Null;
        let known = entries["DEVICE_KEY"].as_str().map(str::to_owned);
        let key = known.unwrap_or_else(|| {
            self.issued += 1;
            let key = format!("eu-west-1_{:08x}-0000-4000-8000-000000000000", self.issued);
            metadata = json!({ "DeviceKey": key, "DeviceGroupKey": GROUP });
            key
        });
        json!({ "AuthenticationResult": {
            "AccessToken": access_token(&key), "RefreshToken": format!("refresh {key}"), "NewDeviceMetadata": metadata,
        } })
    }
}

fn access_token(device_key: &str) -> String {
    let claims = json!({ "username": "alice", "device_key": device_key }).to_string();
    format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims))
}

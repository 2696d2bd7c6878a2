//! The JSON of passkeys: the members according to <https://www.w3.org/TR/webauthn-3/>, and the requests.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

use cognito_op_example_service::Authenticator;
use cognito_op_example_service::service::{CONFIRMED, PASSWORD, PUBLIC_CLIENT_ID, Service};
use cognito_userpools::mock::{Mock, Recorded};
use cognito_userpools::operations::{
    CompleteWebAuthnRegistration, RespondToAuthChallenge, StartWebAuthnRegistration, StartWebAuthnRegistrationResponse,
};
use cognito_userpools::passkeys::{
    AuthenticationResponse, CreationOptions, MalformedDocument, RegistrationResponse, RequestOptions,
};
use cognito_userpools::sign_in::{AnswerError, FirstFactor, KeptChallenge, SignIn, Step, WebAuthnChallenge};
use cognito_userpools::{Client, Error, ErrorKind, blocking};
use serde_json::{Value, json};
use std::fmt::Debug;
use std::str::FromStr;
use std::time::Duration;

fn creation_options() -> Value {
    json!({
        "challenge": "Y2hhbGxlbmdl",
        "rp": {"id": "example.com", "name": "Example"},
        "user": {"id": "YWxpY2U", "name": "alice", "displayName": "Alice"},
        "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
        "timeout": 60_000,
        "excludeCredentials": [{"type": "public-key", "id": "b2xk", "transports": ["internal"]}],
        "authenticatorSelection": {"residentKey": "required"},
        "hints": ["client-device"],
        "attestation": "none",
        "attestationFormats": [],
        "extensions": {"credProps": true},
        "newMember": [1, null],
    })
}

fn request_options() -> Value {
    json!({
        "challenge": "Y2hhbGxlbmdl",
        "timeout": 180_000,
        "rpId": "example.com",
        "allowCredentials": [{"type": "public-key", "id": "b25l"}, {"type": "public-key", "id": "dHdv"}],
        "userVerification": "preferred",
        "hints": [],
        "extensions": {"appid": "https://example.com"},
        "newMember": {"a": "b"},
    })
}

/// `{"origin": "https://example.com"}`
const CLIENT_DATA: &str = "eyJvcmlnaW4iOiJodHRwczovL2V4YW1wbGUuY29tIn0";

fn registration() -> Value {
    json!({
        "id": "b25l", "rawId": "b25l", "type": "public-key", "authenticatorAttachment": "platform",
        "clientExtensionResults": {"credProps": {"rk": true}},
        "response": {
            "clientDataJSON": CLIENT_DATA, "attestationObject": "oA", "authenticatorData": "ZGF0YQ",
            "publicKey": "a2V5", "publicKeyAlgorithm": -7, "transports": ["internal", "hybrid"], "newMember": 1,
        },
        "newMember": "x",
    })
}

fn authentication() -> Value {
    json!({
        "id": "b25l", "rawId": "b25l", "type": "public-key", "authenticatorAttachment": "cross-platform",
        "clientExtensionResults": {},
        "response": {
            "clientDataJSON": CLIENT_DATA, "authenticatorData": "ZGF0YQ", "signature": "c2ln", "userHandle": "YWxpY2U",
            "newMember": 1,
        },
        "newMember": "x",
    })
}

/// Reads a document with each conversion, and asserts that the results are equal.
fn read<D>(document: &Value) -> Result<D, MalformedDocument>
where
    D: FromStr<Err = MalformedDocument> + TryFrom<Value, Error = MalformedDocument> + PartialEq + Debug,
    D: serde::de::DeserializeOwned,
{
    let text = document.to_string();
    let outcome = text.parse::<D>();
    assert_eq!(outcome, D::try_from(document.clone()));
    let deserialized = serde_json::from_str::<D>(&text).map_err(|error| error.to_string());
    assert_eq!(outcome.as_ref().map_err(ToString::to_string), deserialized.as_ref().map_err(Clone::clone));
    outcome
}

/// Replaces the member at a path, or removes it if `value` is `None`.
fn with(document: &Value, path: &str, value: Option<Value>) -> Value {
    let mut changed = document.clone();
    let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
    let parent = if parent.is_empty() { &mut changed } else { &mut changed[parent] };
    let members = parent.as_object_mut().expect("an object");
    match value {
        Some(value) => drop(members.insert(name.to_owned(), value)),
        None => drop(members.remove(name)),
    }
    changed
}

/// Asserts the outcome of a document as it is, without each of its members, and with values of other types.
fn check<D>(document: &Value, required: &[&str], optional: &[&str])
where
    D: FromStr<Err = MalformedDocument> + TryFrom<Value, Error = MalformedDocument> + PartialEq + Debug,
    D: serde::de::DeserializeOwned,
    Value: From<D>,
    String: From<D>,
{
    let whole = read::<D>(document).expect("a valid document");
    assert_eq!(serde_json::from_str::<Value>(&String::from(whole)).expect("JSON"), *document);
    assert_eq!(Value::from(read::<D>(document).expect("a valid document")), *document, "other members are kept");

    for path in required {
        for missing in [None, Some(Value::Null)] {
            let error = read::<D>(&with(document, path, missing)).expect_err(path);
            assert_eq!((error.member(), error.to_string()), (*path, format!("`{path}` is missing")));
        }
    }
    for path in optional {
        for missing in [None, Some(Value::Null)] {
            let changed = with(document, path, missing);
            assert_eq!(Value::from(read::<D>(&changed).expect(path)), changed);
        }
    }
    for path in required.iter().chain(optional) {
        let known = with(document, path, Some(json!(1.5)));
        let error = read::<D>(&known).expect_err(path);
        assert_eq!(error.member(), *path);
        assert!(error.to_string().starts_with(&format!("`{path}` is not ")), "{error}");
    }
    for other in [json!([document]), json!("text"), json!(null), json!(1)] {
        assert_eq!(read::<D>(&other).expect_err("no object").to_string(), "the document is not a JSON object");
    }
    for text in ["", "{", "{} {}", "[[[", "\u{0}", &"[".repeat(1000), &format!("{{\"a\":{}1", "[".repeat(200))] {
        assert_eq!(text.parse::<D>().expect_err(text).to_string(), "the document is not a JSON object");
    }
    let large = with(document, "newMember", Some(json!("x".repeat(64 * 1024))));
    assert_eq!(read::<D>(&large).expect_err("a large document").to_string(), "the document is longer than 65536 bytes");
    let padded = format!("{document}{}", " ".repeat(64 * 1024));
    assert_eq!(padded.parse::<D>().expect_err("a long document").member(), "");
}

#[test]
fn creation_options_are_checked() {
    let required = ["challenge", "rp", "user", "user.id", "user.name"];
    let optional = ["rp.id", "timeout", "excludeCredentials", "extensions"];
    check::<CreationOptions>(&creation_options(), &required, &optional);

    let options = read::<CreationOptions>(&creation_options()).expect("a valid document");
    assert_eq!((options.challenge(), options.rp_id()), ("Y2hhbGxlbmdl", Some("example.com")));
    assert_eq!((options.user_id(), options.user_name()), ("YWxpY2U", "alice"));
    assert_eq!((options.exclude_credentials(), options.timeout()), (vec!["b2xk"], Some(Duration::from_mins(1))));
    assert_eq!(options.as_ref()["extensions"], json!({"credProps": true}));
    assert_eq!(serde_json::to_value(&options).expect("JSON"), creation_options());

    let least = json!({"challenge": "YQ", "rp": {}, "user": {"id": "YQ", "name": ""}});
    let options = read::<CreationOptions>(&least).expect("a valid document");
    assert_eq!((options.rp_id(), options.timeout()), (None, None));
    assert!(options.exclude_credentials().is_empty());
    let empty = with(&creation_options(), "user.id", Some(json!("")));
    assert_eq!(read::<CreationOptions>(&empty).expect_err("no id").member(), "user.id");
    let long = with(&creation_options(), "user.id", Some(json!("A".repeat(87))));
    assert_eq!(
        read::<CreationOptions>(&long).expect_err("an id that is too long").to_string(),
        "`user.id` is longer than 86 bytes"
    );
}

#[test]
fn request_options_are_checked() {
    let optional = ["rpId", "timeout", "allowCredentials", "extensions"];
    check::<RequestOptions>(&request_options(), &["challenge"], &optional);

    let options = read::<RequestOptions>(&request_options()).expect("a valid document");
    assert_eq!((options.challenge(), options.rp_id()), ("Y2hhbGxlbmdl", Some("example.com")));
    assert_eq!((options.allow_credentials(), options.timeout()), (vec!["b25l", "dHdv"], Some(Duration::from_mins(3))));
    assert_eq!(read::<RequestOptions>(&json!({"challenge": "YQ", "timeout": -1})).expect("options").timeout(), None);
    for credentials in [json!([1]), json!([{}]), json!([{"id": "a b"}]), json!([{"id": ""}]), json!({"id": "YQ"})] {
        let error = read::<RequestOptions>(&with(&request_options(), "allowCredentials", Some(credentials)));
        assert_eq!(error.expect_err("no list").to_string(), "`allowCredentials` is not a list of credentials");
    }
}

const RESPONSE: [&str; 6] = ["id", "rawId", "type", "clientExtensionResults", "response", "response.clientDataJSON"];

#[test]
fn registrations_are_checked() {
    let required = [RESPONSE.as_slice(), &["response.attestationObject"]].concat();
    let optional = [
        "authenticatorAttachment",
        "response.authenticatorData",
        "response.publicKey",
        "response.publicKeyAlgorithm",
        "response.transports",
    ];
    check::<RegistrationResponse>(&registration(), &required, &optional);

    let passkey = read::<RegistrationResponse>(&registration()).expect("a valid document");
    assert_eq!((passkey.id(), passkey.transports()), ("b25l", vec!["internal", "hybrid"]));
    assert_eq!(passkey.authenticator_attachment(), Some("platform"));
    assert_eq!(passkey.origin().as_deref(), Some("https://example.com"));
    let mixed = with(&registration(), "response.transports", Some(json!(["usb", 1])));
    assert_eq!(read::<RegistrationResponse>(&mixed).expect_err("a number").member(), "response.transports");
    let error = read::<RegistrationResponse>(&authentication()).expect_err("another document");
    assert_eq!(error.member(), "response.attestationObject");
}

#[test]
fn proofs_are_checked() {
    let required = [RESPONSE.as_slice(), &["response.authenticatorData", "response.signature"]].concat();
    let optional = ["authenticatorAttachment", "response.userHandle"];
    check::<AuthenticationResponse>(&authentication(), &required, &optional);

    let proof = read::<AuthenticationResponse>(&authentication()).expect("a valid document");
    assert_eq!((proof.id(), proof.user_handle()), ("b25l", Some("YWxpY2U")));
    assert_eq!(proof.authenticator_attachment(), Some("cross-platform"));
    assert_eq!(proof.origin().as_deref(), Some("https://example.com"));
    let error = read::<AuthenticationResponse>(&registration()).expect_err("another document");
    assert_eq!(error.member(), "response.signature");

    let invalid = |path: &str, value: Value| {
        let changed = with(&authentication(), path, Some(value));
        read::<AuthenticationResponse>(&changed).expect_err(path).to_string()
    };
    let not_base64 = |path: &str| format!("`{path}` is not base64url without padding");
    for value in ["", "a", "YQ==", "a+b/", "a b", "YR", "é", "YQ\n"] {
        for path in ["id", "response.clientDataJSON", "response.signature"] {
            assert_eq!(invalid(path, json!(value)), not_base64(path), "{value:?}");
        }
        if !value.is_empty() {
            assert_eq!(invalid("response.userHandle", json!(value)), not_base64("response.userHandle"), "{value:?}");
        }
    }
    assert_eq!(invalid("type", json!("public_key")), "`type` is not `public-key`");
    assert_eq!(invalid("rawId", json!("dHdv")), "`rawId` is not equal to `id`");
    assert_eq!(invalid("id", json!("A".repeat(1365))), "`id` is longer than 1364 bytes");
    assert_eq!(invalid("response.userHandle", json!("A".repeat(87))), "`response.userHandle` is longer than 86 bytes");
    // Safari before 17.5 returned this instead of `null`.
    let empty = with(&authentication(), "response.userHandle", Some(json!("")));
    assert_eq!(read::<AuthenticationResponse>(&empty).expect("no user handle").user_handle(), None);
    let longest = with(&authentication(), "id", Some(json!("A".repeat(1364))));
    let longest = with(&longest, "rawId", Some(json!("A".repeat(1364))));
    assert_eq!(read::<AuthenticationResponse>(&longest).expect("1,023 bytes").id().len(), 1364);

    for client_data in ["YQ", "bnVsbA", "eyJvcmlnaW4iOjF9"] {
        let changed = with(&authentication(), "response.clientDataJSON", Some(json!(client_data)));
        assert_eq!(read::<AuthenticationResponse>(&changed).expect("a valid document").origin(), None);
    }
}

/// If a name occurs twice, only its last value is checked and sent, so that the service reads the checked value.
#[test]
fn a_repeated_name_is_sent_once() {
    let text = authentication().to_string().replacen(r#""id":"b25l""#, r#""id":"b25l","rawId":"dHdv""#, 1);
    let twice = text.replacen('{', r#"{"type":"another","#, 1);
    let written = String::from(twice.parse::<AuthenticationResponse>().expect("the last values are valid"));
    assert_eq!(serde_json::from_str::<Value>(&written).expect("JSON"), authentication());
    assert!(!written.contains("another") && !written.contains("dHdv"), "{written}");
}

fn assert_redacted(shown: &str) {
    for canary in ["canary", "Y2FuYXJ5"] {
        assert!(!shown.contains(canary), "{shown}");
    }
}

#[test]
fn values_are_not_shown() {
    let mut passkey = registration();
    passkey["response"]["clientDataJSON"] = json!("Y2FuYXJ5");
    passkey["response"]["attestationObject"] = json!("Y2FuYXJ5");
    passkey["canary-member"] = json!("canary");
    let document = read::<RegistrationResponse>(&passkey).expect("a valid document");
    assert_eq!(format!("{document:?}"), "RegistrationResponse { .. }");
    let operation = CompleteWebAuthnRegistration::new("token", document);
    assert_redacted(&format!("{operation:?}"));
    let mut proof = authentication();
    proof["response"]["signature"] = json!("Y2FuYXJ5");
    assert_eq!(format!("{:?}", read::<AuthenticationResponse>(&proof)), "Ok(AuthenticationResponse { .. })");
    assert_eq!(format!("{:?}", read::<CreationOptions>(&creation_options())), "Ok(CreationOptions { .. })");
    assert_eq!(format!("{:?}", read::<RequestOptions>(&request_options())), "Ok(RequestOptions { .. })");

    for path in [RESPONSE.as_slice(), &["response.signature", "response.userHandle"]].concat() {
        let value = json!(["canary", "Y2FuYXJ5"]);
        let error = read::<AuthenticationResponse>(&with(&authentication(), path, Some(value))).expect_err(path);
        assert_redacted(&format!("{error} {error:?}"));
    }
    // The service quotes the credential.
    let mock = Mock::new();
    let message = "invalid credential Y2FuYXJ5";
    mock.on::<CompleteWebAuthnRegistration>().fail_with(ErrorKind::InvalidParameter, message);
    let error = operation.send_blocking(&mock.blocking_client()).expect_err("an exception");
    assert!(error.message().is_some_and(|message| message.contains("Y2FuYXJ5")), "{error}");
    assert_redacted(&format!("{error} {error:?} {}", error.report()));
}

#[test]
fn a_registration_sends_what_the_page_returns() {
    let mock = Mock::new();
    mock.on::<StartWebAuthnRegistration>().output(&StartWebAuthnRegistrationResponse::new(creation_options()));
    mock.on::<CompleteWebAuthnRegistration>().output_json("{}");
    let client = mock.blocking_client();
    let started = StartWebAuthnRegistration::new("token").send_blocking(&client).expect("options");
    let options = CreationOptions::try_from(started.credential_creation_options).expect("options");
    assert_eq!(Value::from(options), creation_options());
    let passkey: RegistrationResponse = registration().to_string().parse().expect("a passkey");
    CompleteWebAuthnRegistration::new("token", passkey).send_blocking(&client).expect("it is registered");
    // A `Value` is sent without checks.
    mock.on::<CompleteWebAuthnRegistration>().output_json("{}");
    CompleteWebAuthnRegistration::new("token", json!({})).send_blocking(&client).expect("it is registered");
    let bodies: Vec<Value> = mock.requests().iter().map(Recorded::json).collect();
    assert_eq!(bodies[1], json!({"AccessToken": "token", "Credential": registration()}));
    assert_eq!(bodies[2], json!({"AccessToken": "token", "Credential": {}}));
}

#[test]
fn a_sign_in_sends_what_the_page_returns() {
    let challenge = |options: Option<String>| {
        let parameters = options.map(|options| ("CREDENTIAL_REQUEST_OPTIONS", options));
        let challenge = KeptChallenge::new("WEB_AUTHN", "alice")
            .with_session("session")
            .with_parameters(parameters.into_iter().collect::<Vec<_>>());
        match challenge.into_step() {
            Step::WebAuthn(challenge) => challenge,
            other => panic!("{other:?}"),
        }
    };
    let error = challenge(None).request_options().expect_err("no options");
    assert_eq!(error.to_string(), "the document is missing");
    let error = challenge(Some("{}".to_owned())).request_options().expect_err("there is no challenge");
    assert_eq!(error.to_string(), "`challenge` is missing");

    let mock = Mock::new();
    mock.on::<RespondToAuthChallenge>().output_json(json!({"AuthenticationResult": {"AccessToken": "access"}}));
    let client = mock.blocking_client().with_public_app_client("1example23456789").expect("an id");
    let challenge = challenge(Some(request_options().to_string()));
    assert_eq!(Value::from(challenge.request_options().expect("options")), request_options());
    let proof: AuthenticationResponse = authentication().to_string().parse().expect("a proof");
    let step = challenge.answer_blocking(&client, proof).expect("tokens");
    assert!(matches!(step, Step::SignedIn(_)), "{step:?}");
    let sent = mock.requests()[0].json();
    let credential = sent["ChallengeResponses"]["CREDENTIAL"].as_str().expect("a text");
    assert_eq!(serde_json::from_str::<Value>(credential).expect("JSON"), authentication());
}

/// A client with either transport.
enum Either {
    Hyper(Client, tokio::runtime::Runtime),
    Ureq(blocking::Client),
}

/// Calls the asynchronous or the blocking method with either client.
macro_rules! on {
    ($client:expr, $value:expr, $method:ident / $blocking:ident $(, $argument:expr)*) => {
        match $client {
            Either::Hyper(client, runtime) => runtime.block_on($value.$method(client $(, $argument)*)),
            Either::Ureq(client) => $value.$blocking(client $(, $argument)*),
        }
    };
}

impl Either {
    fn hyper(service: &Service) -> Self {
        let client = Client::builder().endpoint(format!("http://{}", service.address));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        Self::Hyper(client.public_app_client(PUBLIC_CLIENT_ID).build().expect("a client"), runtime)
    }

    fn ureq(service: &Service) -> Self {
        let client = blocking::Client::builder().endpoint(format!("http://{}", service.address));
        Self::Ureq(client.public_app_client(PUBLIC_CLIENT_ID).build().expect("a client"))
    }

    fn access_token(&self) -> String {
        let step = on!(self, SignIn::user_password_auth(CONFIRMED, PASSWORD), start / start_blocking);
        step.expect("a step").into_tokens().expect("tokens").access_token
    }

    fn register(&self, authenticator: &mut Authenticator) -> Result<(), Error> {
        let token = self.access_token();
        let started = on!(self, StartWebAuthnRegistration::new(&token), send / send_blocking)?;
        let options = CreationOptions::try_from(started.credential_creation_options).expect("options");
        assert_eq!((options.rp_id(), options.user_name()), (Some("app.localhost"), CONFIRMED));
        let passkey = RegistrationResponse::try_from(authenticator.create(options.as_ref())).expect("a passkey");
        assert_eq!(passkey.origin().as_ref(), Some(&authenticator.origin));
        on!(self, CompleteWebAuthnRegistration::new(token, passkey), send / send_blocking)
    }

    fn sign_in(&self, authenticator: &mut Authenticator) -> Result<Step, AnswerError<WebAuthnChallenge>> {
        let sign_in = SignIn::user_auth(CONFIRMED).prefer(FirstFactor::web_authn());
        let step = on!(self, sign_in, start / start_blocking).expect("a step");
        let Step::WebAuthn(challenge) = step else { panic!("{step:?}") };
        let options = challenge.request_options().expect("options");
        let proof = AuthenticationResponse::try_from(authenticator.get(options.as_ref())).expect("a proof");
        assert_eq!(options.allow_credentials(), [proof.id()]);
        on!(self, challenge, answer / answer_blocking, proof)
    }
}

const ORIGIN: &str = "https://app.localhost";
const OTHER_ORIGIN: &str = "https://other.app.localhost";

#[test]
fn a_passkey_is_registered_and_signs_in() {
    for client in [Either::hyper, Either::ureq] {
        let service = Service::start().expect("the emulator");
        let client = client(&service);
        let error = client.register(&mut Authenticator::new(OTHER_ORIGIN)).expect_err("another origin");
        assert_eq!(error.kind(), ErrorKind::WebAuthnOriginNotAllowed);
        let sign_in = SignIn::user_auth(CONFIRMED).prefer(FirstFactor::web_authn());
        let step = on!(&client, sign_in, start / start_blocking);
        assert!(matches!(step, Ok(Step::SelectChallenge(_))), "there is no passkey yet: {step:?}");

        let mut authenticator = Authenticator::new(ORIGIN);
        client.register(&mut authenticator).expect("it is registered");
        for _ in 0..2 {
            let tokens = client.sign_in(&mut authenticator).expect("a step").into_tokens().expect("tokens");
            assert!(!tokens.access_token.is_empty());
        }

        authenticator.origin = OTHER_ORIGIN.to_owned();
        let error = client.sign_in(&mut authenticator).expect_err("another origin");
        assert_eq!((error.kind(), error.is_final()), (ErrorKind::NotAuthorized, true));
        authenticator.origin = ORIGIN.to_owned();
        authenticator.count = 0;
        let error = client.sign_in(&mut authenticator).expect_err("a copy of the passkey");
        assert_eq!((error.kind(), error.is_final()), (ErrorKind::NotAuthorized, true));
    }
}

//! Log records of calls over both transports, with every level enabled.

#![allow(missing_docs, clippy::expect_used)]

#[allow(dead_code)]
mod tls_server;

use cognito_op::{Client, Credentials, Error, HyperTransport, UreqTransport, blocking, cognito_op, cognito_shape};
use cognito_op_tests::server::{Reply, Server, answer};
use cognito_op_tests::written::Written;
use log::{LevelFilter, Log, Metadata, Record};
use rustls::version::TLS13;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

const ID: &str = "1example23456789";
/// The app client's secret, and values of the request and of the response.
const SECRETS: [&str; 6] = [
    "canary-secret",
    "canary-password",
    "canary-access-token",
    "canary-id-token",
    "canary-aws-key",
    "canary-session-token",
];
/// The targets to filter, as the documentation lists them.
const FILTERED: [&str; 1] = ["ureq_proto"];

const BODY: &str = r#"{"AuthenticationResult":{"AccessToken":"canary-access-token","IdToken":"canary-id-token"},"ChallengeParameters":{}}"#;

#[cognito_op(target = "InitiateAuth")]
struct InitiateAuth {
    client_id: String,
    auth_flow: String,
    #[secret_hash]
    auth_parameters: Option<BTreeMap<String, String>>,
}

#[cognito_op(target = "AdminConfirmSignUp", signed, response = ())]
struct AdminConfirmSignUp {
    user_pool_id: String,
    username: String,
}

#[cognito_shape(output)]
struct InitiateAuthResponse {
    authentication_result: Option<AuthenticationResultType>,
}

#[cognito_shape(output)]
struct AuthenticationResultType {
    access_token: Option<String>,
    id_token: Option<String>,
}

/// Keeps the target and the text of each record.
struct Records(Mutex<Vec<(String, String)>>);

static RECORDS: Records = Records(Mutex::new(Vec::new()));

impl Log for Records {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        records.push((record.target().to_owned(), record.args().to_string()));
    }

    fn flush(&self) {}
}

fn is_filtered(target: &str) -> bool {
    FILTERED.contains(&target.split("::").next().unwrap_or_default())
}

/// Returns a secret that the records contain. Records of ureq-proto end with 16 characters of the data that it sends or
/// receives, so these ends are joined and searched too.
fn shown<'r>(records: impl Iterator<Item = &'r (String, String)>, secrets: &[String]) -> Option<String> {
    let (mut whole, mut ends) = (String::new(), String::new());
    for (_, text) in records {
        whole += text;
        whole.push('\n');
        ends.extend(text.char_indices().rev().nth(15).map(|(at, _)| &text[at..]));
    }
    secrets.iter().find(|secret| whole.contains(*secret) || ends.contains(*secret)).cloned()
}

fn operation(flow: &str) -> InitiateAuth {
    let parameters = [("USERNAME", "alice"), ("PASSWORD", SECRETS[1])];
    InitiateAuth::new(ID, flow).auth_parameters(parameters)
}

#[tokio::test]
async fn no_secret_is_logged() {
    log::set_logger(&RECORDS).expect("the only logger");
    log::set_max_level(LevelFilter::Trace);
    let written = Written::default();
    let writer = written.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
    let subscriber = subscriber.with_writer(move || writer.clone()).finish();
    tracing::subscriber::set_global_default(subscriber).expect("the only subscriber");

    let plain = Server::start(|request| {
        if request.json()["AuthFlow"] == "USER_PASSWORD_AUTH" {
            return Reply::Keep(answer("200 OK", "", BODY));
        }
        let sent = String::from_utf8_lossy(&request.body).replace('"', "'");
        let body = format!(r#"{{"__type":"NotAuthorizedException","message":"{sent}"}}"#);
        Reply::Keep(answer("400 Bad Request", "", &body))
    });
    let tls = tls_server::Server::start(&TLS13, BODY);
    let certificate = [&tls.certificate];
    let mut outcomes = Vec::new();
    let mut kinds = Vec::new();
    for (url, flow) in [
        (plain.url(), "USER_PASSWORD_AUTH"),
        (plain.url(), "ADMIN_USER_PASSWORD_AUTH"),
        (tls.url.clone(), "USER_PASSWORD_AUTH"),
    ] {
        let transport = HyperTransport::with_root_certificates(certificate).expect("a certificate");
        let client = Client::builder().endpoint(&url).app_client(ID, SECRETS[0]).build_with(transport);
        outcomes.push(operation(flow).send(&client.expect("a client")).await);
        let transport = UreqTransport::with_root_certificates(certificate).expect("a certificate");
        let client = blocking::Client::builder().endpoint(&url).app_client(ID, SECRETS[0]).build_with(transport);
        outcomes.push(operation(flow).send_blocking(&client.expect("a client")));
    }
    for outcome in outcomes {
        let tokens = outcome.map(|response| response.authentication_result.expect("tokens"));
        kinds.push(
            tokens
                .map(|tokens| tokens.access_token.is_some() && tokens.id_token.is_some())
                .map_err(|error: Error| error.kind()),
        );
    }
    let refused = cognito_op::ErrorKind::NotAuthorized;
    assert_eq!(kinds, [Ok(true), Ok(true), Err(refused), Err(refused), Ok(true), Ok(true)]);

    let credentials = Credentials::new("AKIDEXAMPLE", SECRETS[4]).session_token(SECRETS[5]);
    let signed = AdminConfirmSignUp::new("eu-west-1_Ab12Cd34", "alice");
    let builder = Client::builder().endpoint(plain.url()).region("eu-west-1").credentials(credentials.clone());
    signed.send(&builder.build().expect("a client")).await.expect_err("an error");
    let builder = blocking::Client::builder().endpoint(plain.url()).region("eu-west-1").credentials(credentials);
    signed.send_blocking(&builder.build().expect("a client")).expect_err("an error");
    assert_eq!(plain.received()[4].header("x-amz-security-token"), SECRETS[5], "the session token is sent");

    let hash = plain.received()[0].json()["AuthParameters"]["SECRET_HASH"].as_str().expect("the hash").to_owned();
    let secrets = [SECRETS.map(str::to_owned).to_vec(), vec![hash]].concat();
    let records = RECORDS.0.lock().expect("no panic");
    let (filtered, others): (Vec<_>, Vec<_>) = records.iter().partition(|(target, _)| is_filtered(target));
    assert_eq!(shown(others.into_iter(), &secrets), None);
    let events = written.lines().iter().map(|line| (String::new(), line.clone())).collect::<Vec<_>>();
    assert!(events.len() >= 6, "an event for each attempt");
    assert_eq!(shown(events.iter(), &secrets), None);
    // If this fails, the documentation lists a filter that is not needed.
    assert!(shown(filtered.into_iter(), &secrets).is_some());
}

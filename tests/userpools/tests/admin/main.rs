//! Tests of the signed operations, against servers that check signatures: ministack, and moto, which compares
//! signatures with botocore's.
//!
//! ministack does not check the service in the scope of a signature, or which headers are signed. It can search for any
//! attribute, reads the value of a filter up to the first quotation mark, and ignores a filter that it cannot parse. It
//! accepts the confirmation of a user who is already confirmed.
//!
//! moto does not check the time of a signature, the expiry of a session, secret hashes, or whether a user is confirmed.
//! It does not support SRP in `AdminInitiateAuth`, and rejects signatures with the errors of other services.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

mod credentials;
mod flows;
mod ministack;
mod moto;
mod secrets;

use cognito_op::{Credentials, Error, ErrorKind};
use cognito_op_tests::pool::Pool;
use cognito_op_tests::written::Written;
use std::error::Error as _;

/// A secret access key that is not valid.
const WRONG_SECRET: &str = "Canary0WrongSecretAccessKey";
/// A session token that is not valid.
const WRONG_TOKEN: &str = "Canary1WrongSessionToken";

/// Defines two tests of each flow, one for each client. They assert that spans and events contain no secrets.
macro_rules! flows_without_secrets {
    ($pool:ident: $($flow:ident)*) => {
        mod waiting {
            $(#[tokio::test]
            async fn $flow() {
                let run = cognito_op_tests_userpools::Run::new(&super::$pool, false, stringify!($flow));
                crate::watch(&super::$pool, super::$flow(run)).await;
            })*
        }
        mod blocking {
            $(#[tokio::test]
            async fn $flow() {
                let run = cognito_op_tests_userpools::Run::new(&super::$pool, true, stringify!($flow));
                crate::watch(&super::$pool, super::$flow(run)).await;
            })*
        }
    };
}
pub(crate) use flows_without_secrets;

/// The names of the credentials that `pool.py` creates.
const KEYS: [&str; 3] = ["administrator", "session", "expired"];

/// The credentials with that name.
fn credentials(pool: &Pool, name: &str) -> Credentials {
    let credentials = Credentials::new(pool.text(name, "id"), pool.text(name, "secret"));
    if name == "administrator" { credentials } else { credentials.session_token(pool.text(name, "token")) }
}

/// Runs a flow with a subscriber that records all spans and events, and asserts that they contain no secrets.
async fn watch(pool: &Pool, flow: impl Future<Output = ()>) {
    let written = Written::default();
    let writer = written.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
    let subscriber = subscriber.with_writer(move || writer.clone()).finish();
    let guard = tracing::subscriber::set_default(subscriber);
    flow.await;
    drop(guard);
    let heard = written.text();
    assert!(heard.contains("attempt=1"), "{heard}");
    assert_redacted(pool, &heard);
}

/// Asserts that the text contains no secret access key and no session token.
#[track_caller]
fn assert_redacted(pool: &Pool, text: &str) {
    let known = KEYS.iter().map(|name| credentials(pool, name));
    let known = known.flat_map(|known| [Some(known.secret_access_key().to_owned()), known.token().map(str::to_owned)]);
    let secrets = known.flatten().chain([WRONG_SECRET, WRONG_TOKEN].map(str::to_owned));
    for secret in secrets {
        assert!(!secret.is_empty() && !text.contains(&secret), "{secret} is in {text}");
    }
}

/// The `Display` and `Debug` output of an error and its sources, and the report. The service's message is documented as
/// raw and not included.
fn texts(error: &Error) -> String {
    let mut texts = format!("{error}\n{error:?}\n{error:#?}\n{}", error.report());
    let mut source = error.source();
    while let Some(cause) = source {
        texts.extend(["\n".to_owned(), cause.to_string(), format!("\n{cause:?}")]);
        source = cause.source();
    }
    texts
}

#[track_caller]
fn assert_refused<T>(pool: &Pool, outcome: Result<T, Error>, kind: ErrorKind) -> Error {
    let error = outcome.map(|_| ()).expect_err("it is refused");
    assert_eq!(error.kind(), kind, "{error}");
    assert_redacted(pool, &texts(&error));
    error
}

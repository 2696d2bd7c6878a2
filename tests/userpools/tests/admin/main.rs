//! The signed operations against servers that check signatures: ministack, and moto, which compares them with botocore's.
//!
//! What ministack does not check: the service in the scope of a signature, and which headers are signed. It searches for any
//! attribute, reads the value of a filter up to the first quotation mark, and ignores a filter that it cannot read. It confirms a
//! user who is confirmed already.
//!
//! What moto does not check: the time of a signature, the end of a session, secret hashes, and whether a user has confirmed. It
//! has no proof of a password in `AdminInitiateAuth`, and refuses signatures in the form of other services.

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

/// A secret access key of no one.
const WRONG_SECRET: &str = "Canary0WrongSecretAccessKey";
/// A session token of no session.
const WRONG_TOKEN: &str = "Canary1WrongSessionToken";

/// Makes two tests of each flow, one for each client, and looks for secrets in what a subscriber hears.
macro_rules! both_ways {
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
pub(crate) use both_ways;

/// The keys that `pool.py` makes.
const KEYS: [&str; 3] = ["administrator", "session", "expired"];

/// The credentials of that name.
fn credentials(pool: &Pool, name: &str) -> Credentials {
    let credentials = Credentials::new(pool.text(name, "id"), pool.text(name, "secret"));
    if name == "administrator" { credentials } else { credentials.session_token(pool.text(name, "token")) }
}

/// Runs a flow under a subscriber that keeps all spans and events.
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
    assert_silent(pool, &heard);
}

/// No secret access key and no session token is in the text.
#[track_caller]
fn assert_silent(pool: &Pool, text: &str) {
    let known = KEYS.iter().map(|name| credentials(pool, name));
    let known = known.flat_map(|known| [Some(known.secret_access_key().to_owned()), known.token().map(str::to_owned)]);
    let secrets = known.flatten().chain([WRONG_SECRET, WRONG_TOKEN].map(str::to_owned));
    for secret in secrets {
        assert!(!secret.is_empty() && !text.contains(&secret), "{secret} is in {text}");
    }
}

/// Every text of an error, except the message, which is documented as raw.
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
    assert_silent(pool, &texts(&error));
    error
}

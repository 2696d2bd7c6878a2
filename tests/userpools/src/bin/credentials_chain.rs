//! Finds credentials in the environment of this process. Tests run this program, since a test cannot change its own
//! environment.
//!
//! usage: `credentials_chain waiting|blocking PROFILE|- find|offline|call|many|isolated`
//!
//! It prints a JSON object with the result. The member `shown` contains the text of errors, `Debug` output and events.

#![allow(clippy::expect_used, clippy::panic)]

use cognito_op::http::{Request, Response};
use cognito_op::transport::{BoxFuture, SleepPurpose, Timeouts, Transport, TransportError};
use cognito_op::{Body, Builder, Client, Credentials, Error, ProvideCredentials, SignError, blocking};
use cognito_op_tests::server::{Reply, Server, answer};
use cognito_op_tests::written::Written;
use cognito_userpools::admin::AdminConfirmSignUp;
use cognito_userpools::credentials::Chain;
use serde_json::{Value, json};
use std::error::Error as StdError;
use std::fmt::Write as _;
use std::future::{pending, ready};
use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A transport that records the first request and fails each request as unsent.
#[derive(Clone, Default)]
struct Offline(Arc<Mutex<Option<String>>>);

impl Offline {
    fn refuse(&self, request: &Request<Body>) -> Result<Response<Body>, TransportError> {
        let signature =
            request.headers().get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let scope = signature.split_once("Credential=").and_then(|(_, rest)| rest.split_once(','));
        let scope = scope.and_then(|(scope, _)| scope.splitn(3, '/').nth(2)).unwrap_or_default();
        let text = format!("{} {scope}", request.uri()).trim().to_owned();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(text);
        Err(TransportError::unsent("offline"))
    }
}

impl Transport for Offline {
    fn send(&self, request: Request<Body>, _: Timeouts) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(ready(self.refuse(&request)))
    }

    fn sleep(&self, _: Duration, purpose: SleepPurpose) -> BoxFuture<'_, ()> {
        if purpose == SleepPurpose::Backoff { Box::pin(ready(())) } else { Box::pin(pending()) }
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

impl blocking::Transport for Offline {
    fn send(&self, request: Request<Body>, _: Timeouts) -> Result<Response<Body>, TransportError> {
        self.refuse(&request)
    }

    fn sleep(&self, _: Duration) {}

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [way, profile, task] = arguments.as_slice() else { panic!("the usage is in the source") };
    let written = Written::default();
    let writer = written.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
    let guard = tracing::subscriber::set_default(subscriber.with_writer(move || writer.clone()).finish());

    let chain = Chain::from_env();
    let chain = if profile == "-" { chain } else { chain.profile(profile) };
    let offline = Offline::default();
    let chain =
        if task == "offline" { chain.transport(offline.clone()).blocking_transport(offline.clone()) } else { chain };
    let mut shown = format!("{chain:?}\n{chain:#?}\n");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut printed = json!({});
    if task == "isolated" {
        printed = isolated(|url| {
            if way == "blocking" { call_blocking(chain, Some(url)) } else { runtime.block_on(call(chain, Some(url))) }
        });
    } else if task == "many" {
        printed["called"] = json!(runtime.block_on(many(chain)));
    } else if task == "call" {
        let outcome = if way == "blocking" { call_blocking(chain, None) } else { runtime.block_on(call(chain, None)) };
        match outcome {
            Ok(()) => printed["called"] = json!(true),
            Err(error) => printed["error"] = json!(texts(&error, &mut shown)),
        }
    } else {
        let outcome: Result<Credentials, SignError> = if way == "blocking" {
            blocking::ProvideCredentials::provide(&chain)
        } else {
            runtime.block_on(ProvideCredentials::provide(&chain))
        };
        match outcome {
            Ok(found) => {
                let _ = write!(shown, "{found:?}\n{found:#?}");
                printed["found"] = json!([found.access_key_id(), found.secret_access_key(), found.token()]);
            }
            Err(error) => printed["error"] = json!(texts(&*error, &mut shown)),
        }
    }
    drop(guard);
    if let Some(request) = &*offline.0.lock().unwrap_or_else(PoisonError::into_inner) {
        printed["offline"] = json!(request);
    }
    shown.push_str(&written.text());
    printed["shown"] = json!(shown);
    println!("{printed}");
}

/// Returns the text of an error. Appends the `Display` and `Debug` output of the error and its sources to `shown`.
fn texts(error: &(dyn StdError + 'static), shown: &mut String) -> String {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let _ = write!(shown, "{error}\n{error:?}\n{error:#?}\n");
        cause = error.source();
    }
    error.to_string()
}

fn operation() -> AdminConfirmSignUp {
    AdminConfirmSignUp::new("eu-west-1_Ab12Cd34", "alice")
}

/// Makes 64 concurrent calls, and another 64 after 61 seconds. A client fetches usable credentials at most once per
/// minute. Returns the number of calls that succeeded.
async fn many(chain: Chain) -> usize {
    let client = Client::builder().from_env().credentials(chain).build().expect("a client");
    let mut succeeded = 0;
    for pause in [0, 61] {
        tokio::time::sleep(Duration::from_secs(pause)).await;
        let call = |client: Client| async move { operation().send(&client).await };
        let calls: Vec<_> = (0..64).map(|_| tokio::spawn(call(client.clone()))).collect();
        for call in calls {
            succeeded += usize::from(call.await.expect("no panic").is_ok());
        }
    }
    succeeded
}

/// Calls a server in this process, and counts the connections to the addresses of the metadata services. This process
/// listens on them, and does not respond.
fn isolated(call: impl FnOnce(&str) -> Result<(), Error>) -> Value {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let metadata =
        ["169.254.169.254:80", "169.254.170.2:80"].map(|address| TcpListener::bind(address).expect("the address"));
    let outcome = call(&server.url());
    let mut connections = 0;
    for listener in metadata {
        listener.set_nonblocking(true).expect("a listener");
        connections += std::iter::from_fn(|| listener.accept().ok()).count();
    }
    let requests: Vec<String> =
        server.received().iter().map(|request| request.header("authorization").to_owned()).collect();
    let error = outcome.as_ref().err().map(ToString::to_string);
    json!({"called": outcome.is_ok(), "requests": requests, "metadata": connections, "error": error})
}

async fn call(chain: Chain, url: Option<&str>) -> Result<(), Error> {
    let builder = Client::builder().from_env().credentials(chain);
    let client = url.into_iter().fold(builder, Builder::endpoint).build()?;
    operation().send(&client).await.map(drop)
}

fn call_blocking(chain: Chain, url: Option<&str>) -> Result<(), Error> {
    let builder = blocking::Client::builder().from_env().credentials(chain);
    let client = url.into_iter().fold(builder, Builder::endpoint).build()?;
    operation().send_blocking(&client).map(drop)
}

//! A canary in every sensitive member of every operation, and a search for it in every text that the library returns.

use crate::operations;
use cognito_op::blocking::Client;
use cognito_op::mock::{Mock, Readable};
use cognito_op::{Body, Error, ErrorKind, Operation, Retries, Validation, cognito_shape};
use cognito_op_tests::peers::Peer;
use cognito_op_tests::written::Written;
use http::Response;
use serde_json::Value;
use std::fmt::{Debug, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::filter::LevelFilter;

/// The texts that the library returns for one operation.
#[derive(Default)]
struct Texts(String);

impl Texts {
    fn debug(&mut self, value: &impl Debug) {
        let _ = write!(self.0, "{value:?}\n{value:#?}\n");
    }

    fn error(&mut self, error: &Error) {
        self.debug(error);
        let _ = write!(self.0, "{error}\n{}\n", error.report());
        for violation in error.violations().into_iter().flatten() {
            self.debug(violation);
            let _ = writeln!(self.0, "{violation} {} {}", violation.path(), violation.wire_path());
        }
        let mut cause = std::error::Error::source(error);
        while let Some(error) = cause {
            let _ = writeln!(self.0, "{error} {error:?}");
            cause = error.source();
        }
    }
}

impl Texts {
    /// Panics if the texts contain a canary.
    fn search(&self, operation: &str) {
        let texts = self.0.to_lowercase();
        assert!(texts.contains(&operation.to_lowercase()), "the texts are about {operation}");
        for hidden in ["canary", "271828182"] {
            // The text before the canary shows where it comes from.
            let before = texts.find(hidden).map(|at| &texts[texts.floor_char_boundary(at.saturating_sub(200))..at]);
            assert_eq!(before, None, "{operation} shows a canary after this");
        }
    }
}

/// A shape with a required member that no request has.
#[cognito_shape(output)]
#[derive(PartialEq)]
struct Other {
    absent: bool,
}

/// Collects the canaries of a request.
fn canaries(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.starts_with("canary") => found.push(text.clone()),
        Value::Array(entries) => entries.iter().for_each(|value| canaries(value, found)),
        Value::Object(entries) => entries.values().for_each(|value| canaries(value, found)),
        _ => {}
    }
}

fn read<T: Readable>(json: &str) -> T {
    T::from_json(json.as_bytes()).expect("a request of the operation")
}

/// Writes every event to `written` until the guard is dropped. This is not a part of `search`, because the compiler
/// would compile the subscriber again for each operation.
fn subscribe(written: Written) -> DefaultGuard {
    let subscriber = tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_writer(move || written.clone());
    tracing::subscriber::set_default(subscriber.finish())
}

/// Searches the texts about a request for canaries, and returns the number of canaries in the request.
fn search<O: Operation<Output: Debug> + Readable + Debug>(request: &str, response: &str) -> usize {
    let (mut texts, written) = (Texts::default(), Written::default());
    let _guard = subscribe(written.clone());

    let mut planted = Vec::new();
    canaries(&serde_json::from_str(request).expect("JSON"), &mut planted);
    let operation: O = read(request);
    texts.debug(&operation);

    let mock = Mock::new();
    let client = mock.blocking_client();
    let call = || {
        let call = client.call(&operation).validation(Validation::Off);
        let shown = format!("{call:?}");
        (call.send(), shown)
    };
    // The mock quotes each canary, all canaries together, and the whole request. Then it reports success.
    let echoes = planted.iter().cloned().chain([planted.join(" and "), request.to_owned(), request.to_uppercase()]);
    for echo in echoes {
        mock.on::<O>().fail_with(ErrorKind::InvalidParameter, &format!("The value ({echo}) is not valid."));
        let (outcome, shown) = call();
        texts.0 += &shown;
        texts.error(&outcome.expect_err("the planned error"));
    }
    mock.on::<O>().output_json(response);
    texts.debug(&call().0.expect("the planned response").value);
    if response != "{}" {
        mock.on::<O>().respond(Response::new(Body::from(response.replace("\":", "\": canary "))));
        texts.error(&call().0.expect_err("a body that is not JSON"));
    }
    // Values that are too long.
    let longer = request.replace("canary", &"canary ".repeat(40_000));
    if let Err(violations) = read::<O>(&longer).validate() {
        texts.debug(&violations);
        texts.0 += &violations.to_string();
    }
    texts.debug(&mock);
    texts.debug(&mock.requests());
    texts.0 += &written.text();

    texts.search(O::NAME);
    planted.len()
}

#[test]
fn canaries_of_every_operation_are_redacted() {
    let mut counts = Vec::new();
    macro_rules! search_each {
        ($($operation:ident: $request:literal, $response:literal;)*) => {
            $(counts.push(search::<operations::$operation>($request, $response));)*
        };
    }
    operations::every_operation!(search_each);
    let planted: usize = counts.iter().sum();
    println!("{planted} canaries in the requests of {} operations", counts.len());
    assert_eq!(counts.len(), cognito_op_model::SERVICE.operation_names().count(), "operations");
    assert!(planted >= 161, "{planted} canaries");
}

/// moto quotes hashes, tokens and names in its messages.
#[test]
fn messages_of_moto_are_redacted() {
    fn search<O: Operation<Output: Debug> + Readable + Debug>(client: &Client, request: &str) -> bool {
        let mut texts = Texts::default();
        let operation: O = read(request);
        texts.debug(&client.call(&operation));
        let outcome = client.call(&operation).validation(Validation::Off).retries(Retries::off()).send();
        let echoed = outcome.as_ref().err().and_then(Error::message).is_some_and(|message| message.contains("canary"));
        match outcome {
            // The response is not searched: its debug output shows members that the service does not mark as sensitive.
            Ok(_) => {}
            Err(error) => texts.error(&error),
        }
        texts.search(O::NAME);
        echoed
    }
    let server = Peer::moto();
    let client = Client::builder().endpoint(server.url()).build().expect("a client");
    // moto does not check signatures.
    let client = client.with_signer(Mock::new().transport());
    let mut echoes = Vec::new();
    macro_rules! search_each {
        ($($operation:ident: $request:literal, $response:literal;)*) => {
            $(if search::<operations::$operation>(&client, $request) {
                echoes.push(stringify!($operation));
            })*
        };
    }
    operations::every_operation!(search_each);
    println!("moto echoes sensitive values for {echoes:?}");
    assert!(echoes.len() >= 3, "{echoes:?}");
}

/// The panic messages of the mock contain the name of the operation, but no values of requests.
#[test]
fn panics_of_the_mock_are_redacted() {
    let mock = Mock::new();
    mock.on::<operations::GlobalSignOut>().succeed().any_times();
    operations::GlobalSignOut::new("canary").send_blocking(&mock.blocking_client()).expect("a response");
    let texts = [
        catch_unwind(AssertUnwindSafe(|| _ = mock.requests()[0].read::<Other>())),
        catch_unwind(AssertUnwindSafe(|| assert!(mock.requests().is_empty(), "{mock:?}"))),
        catch_unwind(AssertUnwindSafe(|| {
            operations::GlobalSignOut::new("canary").send_blocking(&Mock::new().blocking_client()).expect("a response");
        })),
    ];
    for text in texts.map(|outcome| outcome.expect_err("a panic").downcast::<String>().expect("a string")) {
        assert!(text.contains("GlobalSignOut") && !text.contains("canary"), "{text}");
    }
}

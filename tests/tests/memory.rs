//! The memory that reading a response takes: at most twelve times the size of the body.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::{Body, Config, cognito_op, cognito_shape};
use http::Response;
use peak_alloc::PeakAlloc;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

#[cognito_op(target = "ListSessions", unmodeled, response = Listed)]
struct ListSessions {}

#[cognito_shape(output, unmodeled)]
struct Listed {
    sessions: Option<Vec<Session>>,
    names: Option<Vec<String>>,
    numbers: Option<Vec<i32>>,
    map: Option<BTreeMap<String, Session>>,
    hashed: Option<HashMap<String, String>>,
    document: Option<Value>,
    text: Option<String>,
}

/// A structure of 240 bytes, whose members are all optional.
#[cognito_shape(output, unmodeled)]
struct Session {
    id: Option<String>,
    device: Option<String>,
    address: Option<String>,
    city: Option<String>,
    country: Option<String>,
    agent: Option<String>,
    created: Option<String>,
    seen: Option<String>,
    parts: Option<Vec<Part>>,
    tags: Option<Vec<String>>,
}

#[cognito_shape(output, unmodeled)]
struct Part {
    a: Option<String>,
    b: Option<String>,
    c: Option<String>,
    d: Option<String>,
}

/// Returns a body of at most 1 MiB: a member with as many entries as fit.
fn filled(member: &str, open: &str, entry: impl Fn(usize) -> String, close: &str) -> String {
    let mut body = format!("{{\"{member}\":{open}{}", entry(0));
    for number in 1.. {
        let next = entry(number);
        if body.len() + next.len() + 3 > 1 << 20 {
            break;
        }
        body = body + "," + &next;
    }
    body + close + "}"
}

fn list(member: &str, entry: &str) -> String {
    filled(member, "[", |_| entry.to_owned(), "]")
}

fn map(member: &str, value: &str) -> String {
    filled(member, "{", |number| format!("\"{number:x}\":{value}"), "}")
}

/// Reads a response. Returns the outcome, with the text of an error, and the peak memory use divided by the size of the
/// body.
fn read(status: u16, body: String) -> (Result<(), String>, f64) {
    let config = Config::builder().region("eu-west-1").build().expect("a configuration");
    let (_, reader) = config.prepare(&ListSessions::new()).expect("a request");
    let size = body.len();
    let response = Response::builder().status(status).body(Body::from(body)).expect("a response");
    ALLOCATOR.reset_peak_usage();
    let before = ALLOCATOR.current_usage();
    let outcome = reader.read(&response).map(drop).map_err(|error| format!("{error} {error:?}"));
    #[allow(clippy::cast_precision_loss)] // sizes of a few MiB
    let factor = (ALLOCATOR.peak_usage() - before) as f64 / size as f64;
    (outcome, factor)
}

#[test]
fn responses_take_at_most_twelve_times_their_size() {
    for (status, body) in [
        (200, list("Sessions", "{}")),
        (200, list("Sessions", "null")),
        (200, list("Sessions", r#"{"Id":""}"#)),
        (200, list("Sessions", r#"{"Parts":[{},{},{}]}"#)),
        (200, list("Sessions", r#"{"Parts":[]}"#)),
        (200, list("Names", "\"\"")),
        (200, list("Names", "\"a\"")),
        (200, list("Names", "null")),
        (200, list("Numbers", "1")),
        (200, list("Document", "{}")),
        (200, list("Document", "[]")),
        (200, list("Document", "[[[]]]")),
        (200, list("Document", "1")),
        (200, map("Map", "{}")),
        (200, map("Hashed", "\"\"")),
        (200, map("Document", "{}")),
        (200, map("Document", "1")),
        (200, list("Unknown", "{}")),
        (200, format!(r#"{{"Text":"{}"}}"#, "x".repeat(1 << 20))),
        (200, format!(r#"{{"Text":"{}"}}"#, "\\n".repeat(1 << 19))),
        (200, "[".repeat(1 << 20)),
        (200, "{\"a\":".repeat(1 << 18)),
        (200, "<".repeat(1 << 20)),
        (400, format!(r#"{{"__type":"A","message":"{}"}}"#, "x".repeat(1 << 20))),
        (400, format!(r#"{{"__type":"{}"}}"#, "X".repeat(1 << 20))),
        (400, list("Sessions", "{}")),
        (400, "<".repeat(1 << 20)),
        (
            400,
            format!(
                r#"{{"__type":"A","message":"{}"}}"#,
                "1 validation error detected: Value at 'a.b' failed to satisfy constraint: Member must not be null; Value"
                    .repeat(10_000)
            ),
        ),
        (
            400,
            format!(
                r#"{{"__type":"A","message":"9000 validation errors detected: Value{}"}}"#,
                " at 'a.b' failed to satisfy constraint: Member must not be null; Value".repeat(9_000)
            ),
        ),
    ] {
        let start: String = body.chars().take(50).collect();
        let (outcome, factor) = read(status, body);
        println!("{factor:5.1} {status} {start} {:?}", outcome.as_ref().map_err(|why| &why[..why.len().min(80)]));
        assert!(factor <= 12.0, "{factor:.1} times the size of {status} {start}");
    }
}

/// The entries of lists and maps may take 1 MiB, or three times the length of the body if that is more.
#[test]
fn lists_of_ordinary_size_are_read() {
    let sessions = |count: usize, entry: &str| format!("{{\"Sessions\":[{}]}}", vec![entry; count].join(","));
    for body in [
        sessions(4000, "{}"),
        sessions(4000, r#"{"Id":"x"}"#),
        list("Sessions", &format!(r#"{{"Id":"{}"}}"#, "x".repeat(100))),
        list("Names", "\"twenty characters...\""),
        map("Hashed", &format!("\"{}\"", "x".repeat(100))),
    ] {
        let (outcome, _) = read(200, body);
        assert_eq!(outcome, Ok(()));
    }
    let (outcome, _) = read(200, sessions(100_000, "{}"));
    let why = outcome.expect_err("too many entries");
    assert!(why.contains("the body has too many entries for its length at `Sessions` ("), "{why}");
}

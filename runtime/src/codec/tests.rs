//! Requests and responses on the wire.

use super::{Fill, read_output, write_operation};
use crate::{cognito_op, cognito_shape};
use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, SystemTime};

#[cognito_op(target = "SignUp", response = (), unmodeled)]
struct Hashed {
    client_id: String,
    username: String,
    #[secret_hash]
    secret_hash: Option<String>,
    plain: Option<bool>,
}

#[cognito_op(target = "InitiateAuth", response = (), unmodeled)]
struct HashedEntry {
    client_id: String,
    #[secret_hash(key = "HASH", username = "NAME")]
    parameters: Option<BTreeMap<String, String>>,
    plain: Option<bool>,
}

#[cognito_op(target = "RevokeToken", response = (), unmodeled)]
struct Secret {
    token: String,
    #[client_secret]
    client_secret: Option<String>,
}

const FILL: Fill<'static> = Fill { secret_hash: Some("h"), client_secret: Some("s") };

#[test]
fn filled_in_members() {
    let bare = Hashed::new("c", "a");
    assert_eq!(write_operation(&bare, Fill::default()), r#"{"ClientId":"c","Username":"a"}"#);
    assert_eq!(write_operation(&bare, FILL), r#"{"ClientId":"c","Username":"a","SecretHash":"h"}"#);
    let own = Hashed::new("c", "a").secret_hash("own").plain(true);
    assert_eq!(write_operation(&own, FILL), r#"{"ClientId":"c","Username":"a","SecretHash":"own","Plain":true}"#);

    let secret = Secret::new("t");
    assert_eq!(write_operation(&secret, Fill::default()), r#"{"Token":"t"}"#);
    assert_eq!(write_operation(&secret, FILL), r#"{"Token":"t","ClientSecret":"s"}"#);
    assert_eq!(write_operation(&secret.client_secret("own"), FILL), r#"{"Token":"t","ClientSecret":"own"}"#);
}

#[test]
fn filled_in_map_entries() {
    let written = |entries: &[(&str, &str)], fill| {
        let entries: BTreeMap<_, _> =
            entries.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        write_operation(&HashedEntry::new("c").parameters(entries).plain(false), fill)
    };
    for (entries, fill, map) in [
        (&[("NAME", "b")][..], FILL, r#"{"NAME":"b","HASH":"h"}"#),
        (&[("NAME", "b")], Fill::default(), r#"{"NAME":"b"}"#),
        (&[("HASH", "own")], FILL, r#"{"HASH":"own"}"#),
        (&[], FILL, r#"{"HASH":"h"}"#),
        (&[], Fill::default(), "{}"),
    ] {
        assert_eq!(written(entries, fill), format!(r#"{{"ClientId":"c","Parameters":{map},"Plain":false}}"#));
    }
    assert_eq!(write_operation(&HashedEntry::new("c"), FILL), r#"{"ClientId":"c"}"#);
}

#[cognito_op(target = "Kinds", response = (), unmodeled)]
struct Kinds {
    flag: bool,
    number: i64,
    blob: Vec<u8>,
    moment: SystemTime,
    document: serde_json::Value,
    nested: Vec<Part>,
    names: BTreeMap<String, Vec<String>>,
}

#[cognito_shape]
#[derive(PartialEq)]
struct Part {
    text: String,
    medium: Option<Medium>,
}

#[cognito_shape]
#[derive(PartialEq)]
enum Medium {
    Sms,
    Other(String),
}

#[test]
fn every_shape() {
    let request = Kinds {
        flag: false,
        number: -7,
        blob: b"blob".to_vec(),
        moment: SystemTime::UNIX_EPOCH + Duration::from_millis(1_500),
        document: serde_json::json!({"a": [null, 1.5]}),
        nested: vec![Part::new("a\"b").medium(Medium::Sms), Part::new("").medium(Medium::Other("NEW".to_owned()))],
        names: BTreeMap::from([("k".to_owned(), vec!["x".to_owned(), "y".to_owned()])]),
    };
    assert_eq!(
        write_operation(&request, Fill::default()),
        r#"{"Flag":false,"Number":-7,"Blob":"YmxvYg==","Moment":1.5,"Document":{"a":[null,1.5]},"Nested":[{"Text":"a\"b","Medium":"SMS"},{"Text":"","Medium":"NEW"}],"Names":{"k":["x","y"]}}"#
    );
}

#[cognito_shape(output)]
#[derive(PartialEq)]
struct Answer {
    text: Option<String>,
    part: Option<Part>,
    parts: Option<Vec<Part>>,
    map: Option<HashMap<String, Part>>,
    number: Option<i32>,
}

#[cognito_shape(output)]
#[derive(PartialEq)]
struct Nothing {}

fn read(body: &str) -> Result<Answer, String> {
    read_output(body.as_bytes()).map_err(|why| why.to_string())
}

#[test]
fn unknown_members_and_null_are_ignored() {
    let answer = read(
        r#" {"New":{"a":[1e999]},"Text":"t","Part":{"Text":"p","Medium":"PIGEON","X":0},"Parts":null,"Number":7} "#,
    );
    let answer = answer.expect("an answer");
    assert_eq!((answer.text.as_deref(), answer.number, answer.parts.is_none()), (Some("t"), Some(7), true));
    let part = answer.part.expect("a part");
    assert_eq!((part.text.as_str(), part.medium), ("p", Some(Medium::Other("PIGEON".to_owned()))));
    let twice = read(r#"{"Text":"first","Text":"last"}"#).expect("an answer");
    assert_eq!(twice.text.as_deref(), Some("last"));
    assert_eq!(read("{}").expect("an answer"), Answer { text: None, part: None, parts: None, map: None, number: None });
}

/// The body of an operation without output is not read.
#[test]
fn outputs_without_members() {
    for body in ["", "{", "null", "[]", "<html>"] {
        assert_eq!(read_output::<Nothing>(body.as_bytes()).expect("nothing"), Nothing {}, "{body}");
        read_output::<()>(body.as_bytes()).expect("nothing");
    }
}

#[test]
fn unreadable_responses() {
    for (body, why) in [
        ("", "the body ends too early (line 1, column 0)"),
        ("{\"Text\":\n\"a", "the body ends too early at `Text` (line 2, column 2)"),
        ("{}}", "the body is not JSON (line 1, column 3)"),
        ("<html>", "the body is not JSON (line 1, column 1)"),
        ("[]", "the value is not what the member holds (line 1, column 0)"),
        ("null", "the value is not what the member holds (line 1, column 4)"),
        (r#"{"Text":1}"#, "the value is not what the member holds at `Text` (line 1, column 9)"),
        (r#"{"Number":3000000000}"#, "the value is not what the member holds at `Number` (line 1, column 21)"),
        (r#"{"Part":{"Text":[]}}"#, "the value is not what the member holds at `Part.Text` (line 1, column 16)"),
        (r#"{"Part":{}}"#, "a member is missing at `Part.Text` (line 1, column 10)"),
        (r#"{"Parts":[{"Text":"a"},{"Medium":"SMS"}]}"#, "a member is missing at `Parts[1].Text` (line 1, column 39)"),
        (
            r#"{"Map":{"secret":{"Text":7}}}"#,
            "the value is not what the member holds at `Map[…].Text` (line 1, column 26)",
        ),
    ] {
        assert_eq!(read(body).expect_err("it cannot be read"), why, "{body}");
    }
    let odd = read_output::<Answer>(b"{\"Text\":\n \"\xff\"}").expect_err("it is not UTF-8");
    assert_eq!(odd.to_string(), "the body is not UTF-8 (line 2, column 3)");
    let first = read_output::<Answer>(b"\xff").expect_err("it is not UTF-8");
    assert_eq!(first.to_string(), "the body is not UTF-8 (line 1, column 1)");
}

#[test]
fn an_error_without_a_place() {
    assert_eq!(super::Unreadable::as_a_whole("why").to_string(), "why");
}

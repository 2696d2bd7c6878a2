//! Requests and responses on the wire.

use super::{Fill, InputStructure, read_output};
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
struct Revoke {
    token: String,
    #[client_id]
    client_id: Option<String>,
    #[client_secret]
    client_secret: Option<String>,
}

fn write_operation(operation: &impl InputStructure, fill: Fill<'_>) -> String {
    String::from_utf8(super::write_operation(operation, fill).expect("the required members")).expect("JSON")
}

const FILL: Fill<'static> = Fill { secret_hash: Some("h"), client_id: Some("i"), client_secret: Some("s") };

#[test]
fn filled_in_members() {
    let bare = Hashed::new("c", "a");
    assert_eq!(write_operation(&bare, Fill::default()), r#"{"ClientId":"c","Username":"a"}"#);
    assert_eq!(write_operation(&bare, FILL), r#"{"ClientId":"c","Username":"a","SecretHash":"h"}"#);
    let own = Hashed::new("c", "a").secret_hash("own").plain(true);
    assert_eq!(write_operation(&own, FILL), r#"{"ClientId":"c","Username":"a","SecretHash":"own","Plain":true}"#);

    let revoke = Revoke::new("t");
    assert_eq!(write_operation(&revoke, Fill::default()), r#"{"Token":"t"}"#);
    assert_eq!(write_operation(&revoke, FILL), r#"{"Token":"t","ClientId":"i","ClientSecret":"s"}"#);
    let own = revoke.client_id("c").client_secret("own");
    assert_eq!(write_operation(&own, FILL), r#"{"Token":"t","ClientId":"c","ClientSecret":"own"}"#);
}

#[cognito_op(target = "GetClientToken", response = ())]
struct ClientToken {
    #[client_secret]
    secret: Option<String>,
    #[client_id]
    client_id: Option<String>,
}

#[test]
fn required_members_without_a_value() {
    let missing = |operation: &ClientToken, client_id, client_secret| {
        let fill = Fill { secret_hash: None, client_id, client_secret };
        super::write_operation(operation, fill).map_err(|member| member.name)
    };
    let bare = ClientToken::new();
    assert_eq!(missing(&bare, None, None), Err("Secret"), "the first of two");
    assert_eq!(missing(&bare, None, Some("s")), Err("ClientId"));
    assert_eq!(missing(&bare, Some("i"), None), Err("Secret"));
    let written = br#"{"Secret":"s","ClientId":"i"}"#.to_vec();
    assert_eq!(missing(&bare, Some("i"), Some("s")), Ok(written.clone()));
    assert_eq!(missing(&bare.client_id("i").secret("s"), None, None), Ok(written));
}

#[test]
fn filled_in_entries_of_a_map() {
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
struct Output {
    text: Option<String>,
    part: Option<Part>,
    parts: Option<Vec<Part>>,
    map: Option<HashMap<String, Part>>,
    number: Option<i32>,
}

#[cognito_shape(output)]
#[derive(PartialEq)]
struct Empty {}

fn read(body: &str) -> Result<Output, String> {
    read_output(body.as_bytes()).map_err(|why| why.to_string())
}

#[test]
fn unknown_members_and_null_are_ignored() {
    let output = read(
        r#" {"New":{"a":[1e999]},"Text":"t","Part":{"Text":"p","Medium":"PIGEON","X":0},"Parts":null,"Number":7} "#,
    );
    let output = output.expect("an output");
    assert_eq!((output.text.as_deref(), output.number, output.parts.is_none()), (Some("t"), Some(7), true));
    let part = output.part.expect("a part");
    assert_eq!((part.text.as_str(), part.medium), ("p", Some(Medium::Other("PIGEON".to_owned()))));
    let twice = read(r#"{"Text":"first","Text":"last"}"#).expect("an output");
    assert_eq!(twice.text.as_deref(), Some("last"));
    assert_eq!(read("{}").expect("an output"), Output { text: None, part: None, parts: None, map: None, number: None });
}

/// The body of an output without members is empty or an object. Other bodies, such as the page of a portal, are errors.
#[test]
fn an_output_without_members() {
    for body in ["", " \n", "{}", r#" {"New":[1]} "#] {
        assert_eq!(read_output::<Empty>(body.as_bytes()).expect("no members"), Empty {}, "{body}");
        read_output::<()>(body.as_bytes()).expect("no members");
    }
    for body in ["{", "null", "[]", "<html>", "{}}", "\u{feff}{}"] {
        assert!(read_output::<Empty>(body.as_bytes()).is_err(), "{body}");
        assert!(read_output::<()>(body.as_bytes()).is_err(), "{body}");
    }
}

#[test]
fn reasons_of_unreadable_bodies() {
    for (body, why) in [
        ("", "the body ends too early (line 1, column 0)"),
        ("{\"Text\":\n\"a", "the body ends too early at `Text` (line 2, column 2)"),
        ("{}}", "the body is not JSON (line 1, column 3)"),
        ("<html>", "the body is not JSON (line 1, column 1)"),
        ("[]", "the value does not have the member's type (line 1, column 0)"),
        ("null", "the value does not have the member's type (line 1, column 4)"),
        (r#"{"Text":1}"#, "the value does not have the member's type at `Text` (line 1, column 9)"),
        (r#"{"Number":3000000000}"#, "the value does not have the member's type at `Number` (line 1, column 21)"),
        (r#"{"Part":{"Text":[]}}"#, "the value does not have the member's type at `Part.Text` (line 1, column 16)"),
        (r#"{"Part":{}}"#, "a member is missing at `Part.Text` (line 1, column 10)"),
        (r#"{"Parts":[{"Text":"a"},{"Medium":"SMS"}]}"#, "a member is missing at `Parts[1].Text` (line 1, column 39)"),
        (r#"{"Part":{"Text":null}}"#, "a member is missing at `Part.Text` (line 1, column 21)"),
        (r#"{"Map":{"secret":{}}}"#, "a member is missing at `Map[…].Text` (line 1, column 19)"),
        (r#"{"Part":[]}"#, "the value does not have the member's type at `Part` (line 1, column 8)"),
        (
            r#"{"Map":{"secret":{"Text":7}}}"#,
            "the value does not have the member's type at `Map[…].Text` (line 1, column 26)",
        ),
    ] {
        assert_eq!(read(body).expect_err("unreadable"), why, "{body}");
    }
    let odd = read_output::<Output>(b"{\"Text\":\n \"\xff\"}").expect_err("not UTF-8");
    assert_eq!(odd.to_string(), "the body is not UTF-8 (line 2, column 3)");
    let first = read_output::<Output>(b"\xff").expect_err("not UTF-8");
    assert_eq!(first.to_string(), "the body is not UTF-8 (line 1, column 1)");
}

#[test]
fn a_reason_that_concerns_the_whole_response_has_no_position() {
    assert_eq!(super::Unreadable::as_a_whole("why").to_string(), "why");
}

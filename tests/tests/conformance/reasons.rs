//! Checks the reasons for leaving out cases against the service model.

use crate::{read, text};
use serde_json::Value;

/// Traits that the suites test and the service model does not use.
const TRAITS: [&str; 8] = [
    "union",
    "eventstream",
    "hostPrefix",
    "hostLabel",
    "idempotencyToken",
    "requestcompression",
    "retryable",
    "timestampFormat",
];

fn has(value: &Value, name: &str) -> bool {
    match value {
        Value::Object(members) => members.iter().any(|(key, value)| key == name || has(value, name)),
        Value::Array(entries) => entries.iter().any(|entry| has(entry, name)),
        _ => false,
    }
}

/// Returns the names of the shapes that a shape refers to.
fn parts(shape: &Value) -> impl Iterator<Item = &str> {
    let members = shape.get("members").and_then(Value::as_object).into_iter().flat_map(|members| members.values());
    let entries = ["member", "key", "value"].into_iter().filter_map(|part| shape.get(part));
    members.chain(entries).filter_map(|part| text(part, "shape"))
}

fn is_recursive<'s>(shapes: &'s Value, name: &'s str, around: &mut Vec<&'s str>) -> bool {
    if around.contains(&name) {
        return true;
    }
    around.push(name);
    let found = parts(&shapes[name]).any(|part| is_recursive(shapes, part, around));
    around.pop();
    found
}

#[test]
fn left_out_traits_are_not_used() {
    let service = read("botocore/data/cognito-idp/2016-04-18/service-2.json");
    for name in TRAITS {
        assert!(!has(&service, name), "{name}");
    }
    let shapes = &service["shapes"];
    for (name, shape) in shapes.as_object().expect("shapes") {
        assert!(!matches!(text(shape, "type"), Some("float" | "double")), "{name} is a floating-point number");
        assert!(!is_recursive(shapes, name, &mut Vec::new()), "{name} is recursive");
    }
}

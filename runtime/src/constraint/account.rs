//! What the service says of a request that violates its constraints, for the mock to say.

use super::{Checker, Constraints, Unit, Violation, message};
use crate::operation::{Member, Shape};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// The service's account of what is wrong with a request; `None` where nothing is.
pub(crate) fn account(body: &Value, members: &'static [Member]) -> Option<String> {
    let (mut found, mut values) = (Vec::new(), Vec::new());
    structure(body, members, &mut Checker::new(&mut found), &mut values);
    let item = |(violation, value): (&Violation, &String)| {
        let value = if violation.is_sensitive() { String::new() } else { format!(" '{value}'") };
        let (path, words) = (violation.wire_path(), message::words(violation.kind()));
        format!("Value{value} at '{path}' failed to satisfy constraint: Member must {words}")
    };
    let items: Vec<String> = found.iter().zip(&values).map(item).collect();
    let plural = if items.len() == 1 { "" } else { "s" };
    (!items.is_empty()).then(|| format!("{} validation error{plural} detected: {}", items.len(), items.join("; ")))
}

fn structure(value: &Value, members: &'static [Member], checker: &mut Checker<'_>, values: &mut Vec<String>) {
    for member in members {
        if let Some(value) = value.get(member.name) {
            checker.at_member(member, |checker| within(value, &member.shape, &member.constraints, checker, values));
        }
    }
}

/// Checks a value as its type would, and gathers the value of each violation.
fn within(
    value: &Value,
    shape: &Shape,
    constraints: &Constraints,
    checker: &mut Checker<'_>,
    values: &mut Vec<String>,
) {
    match (shape, value) {
        (Shape::String, Value::String(text)) => checker.text(text, constraints),
        (Shape::Enum { values, .. }, Value::String(text)) => {
            checker.text(text, constraints);
            checker.one_of(text, values);
        }
        (Shape::Integer | Shape::Long, Value::Number(number)) => {
            number.as_i64().into_iter().for_each(|number| checker.number(number, constraints));
        }
        (Shape::Blob, Value::String(text)) => {
            checker.count(STANDARD.decode(text).map_or(0, |bytes| bytes.len()), Unit::Byte, constraints);
        }
        (Shape::List(_), Value::Array(entries)) => checker.count(entries.len(), Unit::Entry, constraints),
        (Shape::Map(_), Value::Object(entries)) => checker.count(entries.len(), Unit::Entry, constraints),
        _ => {}
    }
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    values.resize(checker.found(), text);
    match (shape, value) {
        (Shape::Structure { members, .. }, value) => structure(value, members, checker, values),
        (Shape::List(shape), Value::Array(entries)) => {
            for (index, value) in entries.iter().enumerate() {
                checker.at_index(index, |checker| within(value, shape, constraints.of_entries(), checker, values));
            }
        }
        (Shape::Map(shape), Value::Object(entries)) => {
            for (key, value) in entries {
                checker.at_key(key, constraints, |checker| {
                    values.resize(checker.found(), key.clone());
                    within(value, shape, constraints.of_entries(), checker, values);
                });
            }
        }
        _ => {}
    }
}

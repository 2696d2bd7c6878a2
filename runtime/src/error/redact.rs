//! Striking the request's sensitive values out of what the service says.

use crate::body::Body;
use crate::operation::{Member, Shape};
use serde_json::Value;

/// What stands where a value may not.
pub(crate) const REDACTED: &str = "[redacted]";

/// A message is cut there: an error is one line of a log.
const LONGEST: usize = 1000;

/// A service's message as it may be shown.
pub(super) enum Shown {
    None,
    Text(String),
    /// A sensitive value is so short that striking it out would tell it by where it is missing.
    LeftOut,
}

/// The message in one line, with every sensitive value of the request struck out, whatever its letter case.
pub(super) fn shown(message: &str, request: &Body, members: &'static [Member]) -> Shown {
    let body: Value = serde_json::from_slice(request.as_bytes()).unwrap_or_default();
    let mut values = Vec::new();
    sensitive(&body, members, &mut values);
    if values.iter().any(|value| value.chars().count() < 3) {
        return Shown::LeftOut;
    }
    let text = strike(message, &values);
    // Line breaks and other control characters would forge lines of a log.
    let mut line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST + 1).collect();
    if line.chars().count() > LONGEST {
        line.pop();
        line.push('…');
    }
    Shown::Text(line)
}

/// Gathers the strings within sensitive members.
fn sensitive<'v>(value: &'v Value, members: &'static [Member], found: &mut Vec<&'v str>) {
    for member in members {
        if let Some(value) = value.get(member.name) {
            if member.sensitive { every_string(value, found) } else { within(value, &member.shape, found) }
        }
    }
}

fn within<'v>(value: &'v Value, shape: &Shape, found: &mut Vec<&'v str>) {
    match (shape, value) {
        (Shape::Structure { members, .. }, value) => sensitive(value, members, found),
        (Shape::List(entry), Value::Array(entries)) => entries.iter().for_each(|value| within(value, entry, found)),
        (Shape::Map(entry), Value::Object(entries)) => entries.values().for_each(|value| within(value, entry, found)),
        _ => {}
    }
}

fn every_string<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        // An empty value tells nothing and is everywhere.
        Value::String(text) if !text.is_empty() => found.push(text),
        Value::Array(entries) => entries.iter().for_each(|value| every_string(value, found)),
        Value::Object(entries) => entries.values().for_each(|value| every_string(value, found)),
        _ => {}
    }
}

fn strike(message: &str, values: &[&str]) -> String {
    // Where values overlap in the message, all that any of them covers goes.
    let mut struck = vec![false; message.len()];
    let folded = message.to_ascii_lowercase();
    for value in values {
        let value = value.to_ascii_lowercase();
        let mut from = 0;
        while let Some(at) = folded[from..].find(&value) {
            let start = from + at;
            struck[start..start + value.len()].fill(true);
            // The next match may overlap this one.
            from = start + folded[start..].chars().next().map_or(1, char::len_utf8);
        }
    }
    let mut text = String::with_capacity(message.len());
    let mut within = false;
    for (at, c) in message.char_indices() {
        if !struck[at] {
            text.push(c);
        } else if !within {
            text.push_str(REDACTED);
        }
        within = struck[at];
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEMBERS: &[Member] = &[
        Member::new("username", "Username", Shape::String).sensitive(),
        Member::new("plain", "Plain", Shape::List(&Shape::String)),
        Member::new("metadata", "Metadata", Shape::Map(&Shape::String)).sensitive(),
    ];

    fn text(message: &str, body: &str) -> String {
        match shown(message, &Body::from(body.to_owned()), MEMBERS) {
            Shown::Text(text) => text,
            Shown::LeftOut => "left out".to_owned(),
            Shown::None => "none".to_owned(),
        }
    }

    #[test]
    fn values_are_struck_out() {
        let body = r#"{"Username":"alice","Plain":["bob"],"Metadata":{"k1":"one two","k2":"two three"}}"#;
        assert_eq!(text("User alice and ALICE, bob", body), "User [redacted] and [redacted], bob");
        assert_eq!(text("one two three", body), "[redacted]", "overlapping values");
        assert_eq!(text("k1 alicealice", body), "k1 [redacted]");
        assert_eq!(text("nothing", body), "nothing");
        assert_eq!(text("a\nb\u{1b}[0m", body), "a b [0m");
        let repeating = r#"{"Username":"anana"}"#;
        assert_eq!(text("bananana", repeating), "b[redacted]");
    }

    #[test]
    fn a_short_value_takes_the_message_with_it() {
        assert_eq!(text("User al", r#"{"Username":"al"}"#), "left out");
        assert_eq!(text("User éé", r#"{"Username":"éé"}"#), "left out");
        assert_eq!(text("User", r#"{"Username":""}"#), "User");
        assert_eq!(text("x", r#"{"Plain":["a"]}"#), "x");
    }

    #[test]
    fn non_ascii_values_and_long_messages() {
        assert_eq!(text("für Jörg!", r#"{"Username":"Jörg"}"#), "für [redacted]!");
        let long = "é".repeat(5000);
        let shown = text(&long, "{}");
        assert_eq!(shown.chars().count(), LONGEST + 1);
        assert!(shown.ends_with('…'));
    }
}

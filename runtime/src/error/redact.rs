//! Striking the request's sensitive values out of what the service says.

use crate::body::Body;
use crate::operation::{Member, Shape};
use serde_json::Value;
use std::collections::HashMap;

/// What stands where a value may not.
pub(crate) const REDACTED: &str = "[redacted]";

/// A message is cut there: an error is one line of a log.
const LONGEST: usize = 1000;

/// How much of a message is gone through, since it becomes shorter.
const STRUCK: usize = 2 * LONGEST;

/// A part of a value that long is struck out too: a message may quote a value cut short or changed in places.
const PART: usize = 6;

/// How much of a value is looked for. A message is shorter.
const SEARCHED: usize = 4096;

/// A service's message as it may be shown.
pub(super) enum Shown {
    None,
    Text(String),
    /// A sensitive value is so short that striking it out would tell it by where it is missing.
    LeftOut,
}

/// The message in one line, with every sensitive value of the request struck out, whatever its letter case, and also where it
/// is escaped as in JSON, in an address or in HTML.
pub(super) fn shown(message: &str, request: &Body, members: &'static [Member]) -> Shown {
    // Of a request that cannot be read nobody knows what it held.
    let Ok(body) = serde_json::from_slice::<Value>(request.as_bytes()) else {
        return Shown::LeftOut;
    };
    let mut values = Vec::new();
    sensitive(&body, members, &mut values);
    if values.iter().any(|value| value.chars().count() < 3) {
        return Shown::LeftOut;
    }
    // What is cut off may hold the end of a value whose beginning is shown, so the cuts come last.
    let letters = message.chars().take(STRUCK + PART).map(|c| if is_plain(c) { c } else { ' ' });
    let mut line = strike(letters.collect(), &values);
    if line.chars().count() > LONGEST {
        line = line.chars().take(LONGEST).chain(['…']).collect();
    }
    Shown::Text(line)
}

/// Line breaks and other control characters would forge lines of a log, and marks of direction would turn them around.
pub(crate) fn is_plain(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
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

fn strike(letters: Vec<char>, values: &[&str]) -> String {
    // One letter for each, so that places in the one are places in the other.
    let folded: Vec<char> = letters.iter().copied().map(fold).collect();
    let mut parts = Parts::new();
    for (start, window) in folded.windows(PART).enumerate() {
        parts.entry(window).or_default().push(start);
    }
    // Where values overlap in the message, all that any of them covers goes.
    let mut struck = vec![false; letters.len()];
    for value in values {
        for form in [(*value).to_owned(), as_json(value), as_ascii_json(value), as_percent(value), as_html(value)] {
            // Control characters have been made spaces in the message.
            let form: Vec<char> = form.chars().map(|c| if is_plain(c) { fold(c) } else { ' ' }).collect();
            strike_form(&folded, &mut parts, &form, &mut struck);
        }
    }
    let mut text = String::with_capacity(letters.len());
    let mut within = false;
    for (letter, struck) in letters.into_iter().zip(struck).take(STRUCK) {
        if !struck {
            text.push(letter);
        } else if !within {
            text.push_str(REDACTED);
        }
        within = struck;
    }
    text
}

/// Marks every place where the value stands, or a part of it that tells. All places of a part are marked at once, so that each is
/// looked for once.
fn strike_form(message: &[char], parts: &mut Parts<'_>, value: &[char], struck: &mut [bool]) {
    if value.len() < PART {
        for (start, window) in message.windows(value.len()).enumerate() {
            if window == value {
                struck[start..start + value.len()].fill(true);
            }
        }
        return;
    }
    for window in value[..value.len().min(SEARCHED)].windows(PART) {
        for start in parts.remove(window).unwrap_or_default() {
            struck[start..start + PART].fill(true);
        }
    }
}

/// The parts of a message, and where each stands.
type Parts<'m> = HashMap<&'m [char], Vec<usize>>;

/// The letter whatever its case; the few whose other case is two letters stay as they are.
fn fold(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(lower), None) => lower,
        _ => c,
    }
}

fn as_json(value: &str) -> String {
    let quoted = Value::from(value).to_string();
    quoted.trim_matches('"').to_owned()
}

/// As JSON of ASCII alone.
fn as_ascii_json(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for c in as_json(value).chars() {
        if c.is_ascii() {
            text.push(c);
        } else {
            text.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    text
}

fn as_percent(value: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02x}"),
    };
    value.bytes().map(byte).collect()
}

fn as_html(value: &str) -> String {
    let escape = |c| match c {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\'' => "&#39;".to_owned(),
        c => c.to_string(),
    };
    value.chars().map(escape).collect()
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
    fn however_they_are_written() {
        let body = |name: &str| Value::from_iter([("Username", name)]).to_string();
        for (name, echo) in [
            ("JÖRGE@b.example", "jörge@B.EXAMPLE"),
            ("ali\"ce\\corp", r#"ali\"ce\\corp"#),
            ("alice+x@example.com", "alice%2Bx%40example.com"),
            ("o'brien&co", "o&#39;brien&amp;co"),
            ("alice.longname@example.com", "alice.longname@exam"),
            ("alice\tlong", "alice long"),
        ] {
            assert_eq!(text(&format!("User {echo}!"), &body(name)), "User [redacted]!", "{name}");
        }
        assert_eq!(text("a\u{2028}b\u{202e}c", "{}"), "a b c");
        let long = "x".repeat(100_000);
        assert_eq!(text(&long, &body(&long)), "[redacted]");
    }

    #[test]
    fn what_the_cut_leaves_of_a_value_is_struck_out_too() {
        for name in ["alice.longname@example.com", "bob"] {
            let body = Value::from_iter([("Username", name)]).to_string();
            for cut_at in 1..name.len() {
                let many = name.repeat((2 * LONGEST - cut_at) / name.len());
                let filled = format!("{many}{}{name}", "#".repeat(2 * LONGEST - cut_at - many.len()));
                let shown = text(&filled, &body);
                assert!(shown.replace(REDACTED, "").chars().all(|c| c == '#'), "{cut_at}: {shown}");
            }
        }
    }

    #[test]
    fn of_a_request_that_is_not_json_nothing_is_shown() {
        assert_eq!(text("User alice", "{\"Username\":}"), "left out");
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

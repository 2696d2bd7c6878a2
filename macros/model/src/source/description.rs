//! Shapes in words, for documentation and messages.

use crate::docs;
use crate::table::{AutoFill, Kind, Member, Shape};
use std::fmt::Write as _;

/// Returns the attributes for the entries of a list or map, and the indices of their shapes.
pub(super) fn named_entries(shape: &Shape) -> &'static [(&'static str, usize)] {
    match shape.kind {
        Kind::List => &[("each", 0)],
        Kind::Map => &[("keys", 0), ("values", 1)],
        _ => &[],
    }
}

/// Describes a member in sentences: its shape, whether it is deprecated, and which value a client fills in.
#[must_use]
pub fn member_facts(member: &Member, auto_fill: Option<AutoFill>) -> String {
    let text = member.shape().as_ref().map_or_else(|| format!("`{}`.", member.shape_name), facts);
    with_notes(text, member, auto_fill)
}

/// Documents a member of a shape in sentences: its meaning, whether it is deprecated, and which value a client fills in.
pub(super) fn member_docs(shape: &str, member: &Member, auto_fill: Option<AutoFill>) -> String {
    docs::member(shape, member.name)
        .map_or_else(|| member_facts(member, auto_fill), |text| with_notes(text.to_owned(), member, auto_fill))
}

fn with_notes(mut text: String, member: &Member, auto_fill: Option<AutoFill>) -> String {
    if member.deprecated {
        text += " Deprecated.";
    }
    if auto_fill.is_some() {
        let is_map = member.shape().is_some_and(|shape| shape.kind == Kind::Map);
        text += if is_map { " The client fills in the secret hash." } else { " The client fills it in." };
    }
    text
}

/// Describes a shape in a sentence: its name, its bounds, whether it is sensitive.
#[must_use]
pub fn facts(shape: &Shape) -> String {
    let mut text = match shape.kind {
        Kind::Structure | Kind::Enum => describe(shape),
        Kind::List | Kind::Map => format!("{} (`{}`)", describe(shape), shape.name),
        kind => format!("{} (`{}`)", kind.described(), shape.name),
    };
    for bound in bounds(shape) {
        let _ = write!(text, ", {bound}");
    }
    for (entries, index) in named_entries(shape) {
        let bounds = shape.entry(*index).map(|entry| bounds(&entry)).unwrap_or_default();
        if !bounds.is_empty() {
            let _ = write!(text, "; {entries} {}", bounds.join(", "));
        }
    }
    if shape.is_sensitive() {
        text += "; sensitive";
    }
    format!("{}.", capitalized(&text))
}

/// Describes the bounds of a shape: "1 to 128 characters", "matching `[0-9]+`".
#[must_use]
pub fn bounds(shape: &Shape) -> Vec<String> {
    let unit = match shape.kind {
        Kind::String => "character",
        Kind::List | Kind::Map => "entry",
        Kind::Blob => "byte",
        _ => "",
    };
    let units = |number: i64| match (unit, number) {
        ("", _) => number.to_string(),
        (unit, 1) => format!("1 {unit}"),
        ("entry", _) => format!("{number} entries"),
        (unit, _) => format!("{number} {unit}s"),
    };
    let mut bounds = Vec::new();
    // Values have no length below 0.
    match (shape.min.filter(|min| unit.is_empty() || *min > 0), shape.max) {
        (Some(min), Some(max)) if min == max => bounds.push(format!("exactly {}", units(max))),
        (Some(min), Some(max)) => bounds.push(format!("{min} to {}", units(max))),
        (Some(min), None) => bounds.push(format!("at least {}", units(min))),
        (None, Some(max)) => bounds.push(format!("at most {}", units(max))),
        (None, None) => {}
    }
    if let Some(pattern) = shape.pattern.filter(|_| shape.kind == Kind::String) {
        bounds.push(format!("matching `{pattern}`"));
    }
    bounds
}

pub(super) fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// Describes a shape, with its article and with the name where it has one that matters: "the structure `X`", "a list of `X`".
#[must_use]
pub fn describe(shape: &Shape) -> String {
    match shape.kind {
        Kind::Structure => format!("the structure `{}`", shape.name),
        Kind::Enum => format!("the string enum `{}`", shape.name),
        Kind::List => match shape.entry(0) {
            Some(entry) => format!("a list of `{}`", entry.name),
            None => "a list".to_owned(),
        },
        Kind::Map => match shape_within(shape) {
            Some(entry) => format!("a map with values of `{entry}`"),
            None => "a map".to_owned(),
        },
        kind => kind.described().to_owned(),
    }
}

/// Returns the name of the structure or enum that a shape is or contains.
#[must_use]
pub fn shape_within(shape: &Shape) -> Option<&'static str> {
    match shape.kind {
        Kind::Structure | Kind::Enum => Some(shape.name),
        Kind::List => shape_within(&shape.entry(0)?),
        Kind::Map => shape_within(&shape.entry(1)?),
        _ => None,
    }
}

/// Breaks a text into lines at spaces outside backticks. A longer word has a line of its own.
#[must_use]
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut is_code = false;
    for part in text.split(' ') {
        match words.last_mut().filter(|_| is_code) {
            Some(word) => word.extend([" ", part]),
            None => words.push(part.to_owned()),
        }
        is_code ^= part.matches('`').count() % 2 == 1;
    }
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut().filter(|line| line.len() + 1 + word.len() <= width) {
            Some(line) => line.extend([" ", &word]),
            None => lines.push(word),
        }
    }
    lines
}

//! Stage 2: what the service publishes.
//!
//! `table.txt` is generated from the public service description (`BLESS=1 cargo test -p cognito-op-tests --test
//! service_table`); `overlay.txt` is written by hand, a row and its reason on a line. Both are facts, one on a line.
//! The entries of the table are sorted by their first line, so that one is found by bisection and nothing else is parsed.

use std::cmp::Ordering;

const TABLE: &str = include_str!("table.txt");
const OVERLAY: &str = include_str!("overlay.txt");

/// An operation of the API.
pub(crate) struct Operation {
    pub(crate) unsigned: bool,
    pub(crate) input: Option<Shape>,
    pub(crate) output: Option<Shape>,
    pub(crate) errors: Vec<&'static str>,
    /// Whether carrying it out twice does no more than once.
    pub(crate) idempotent: bool,
    /// The errors that come although it was carried out.
    pub(crate) executed_despite: Vec<&'static str>,
}

/// A shape of the API: a type of the wire.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// Whether the shape itself is marked so. See [`Shape::is_sensitive`].
    sensitive: bool,
    /// Whether an operation's input leads to it.
    pub(crate) input: bool,
    pub(crate) min: Option<i64>,
    pub(crate) max: Option<i64>,
    pub(crate) pattern: Option<&'static str>,
    /// The values of an enum.
    pub(crate) values: Vec<&'static str>,
    /// The shapes of the entries of a list or map.
    entries: Vec<&'static str>,
    pub(crate) members: Vec<Member>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Structure,
    String,
    Enum,
    Boolean,
    Integer,
    Long,
    Timestamp,
    Blob,
    List,
    Map,
    Document,
}

impl Kind {
    const NAMES: [(&'static str, Self, &'static str); 11] = [
        ("structure", Self::Structure, "a structure"),
        ("string", Self::String, "a string"),
        ("enum", Self::Enum, "a string of an open enum"),
        ("boolean", Self::Boolean, "a boolean"),
        ("integer", Self::Integer, "an integer"),
        ("long", Self::Long, "a 64-bit integer"),
        ("timestamp", Self::Timestamp, "a timestamp"),
        ("blob", Self::Blob, "a blob"),
        ("list", Self::List, "a list"),
        ("map", Self::Map, "a map"),
        ("document", Self::Document, "a document"),
    ];

    /// With its article, for a message.
    pub(crate) fn described(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind, _)| *kind == self).map_or("", |(_, _, text)| text)
    }

    pub(crate) fn is_text(self) -> bool {
        matches!(self, Self::String | Self::Enum)
    }
}

/// A member of a structure.
#[derive(Clone, Copy)]
pub(crate) struct Member {
    pub(crate) name: &'static str,
    shape: &'static str,
    pub(crate) required: bool,
}

impl Member {
    pub(crate) fn shape(&self) -> Option<Shape> {
        read_shape(self.shape)
    }
}

impl Shape {
    /// Whether its values may not be shown: marked by the service or the overlay, or made of entries that are.
    pub(crate) fn is_sensitive(&self) -> bool {
        self.sensitive
            || overlay("sensitive").any(|row| row.0 == self.name)
            || self.entries.iter().filter_map(|name| read_shape(name)).any(|shape| {
                // The members of a structure answer for themselves.
                shape.kind != Kind::Structure && shape.is_sensitive()
            })
    }

    /// The shape of a list's entries (0), or of a map's keys (0) and values (1).
    pub(crate) fn entry(&self, which: usize) -> Option<Self> {
        read_shape(self.entries.get(which)?)
    }

    /// The member of that name, or the one that differs only in how acronyms are written (`user_mfa_setting_list`).
    pub(crate) fn member(&self, field: &str) -> Option<Member> {
        let folded = fold(field);
        self.members.iter().find(|member| fold(member.name) == folded).copied()
    }

    pub(crate) fn member_named(&self, wire: &str) -> Option<Member> {
        self.members.iter().find(|member| member.name == wire).copied()
    }

    /// The value of an enum that a variant's name stands for.
    pub(crate) fn value(&self, variant: &str) -> Option<&'static str> {
        let folded = fold(variant);
        self.values.iter().find(|value| fold(value) == folded).copied()
    }
}

fn fold(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | '.')).flat_map(char::to_lowercase).collect()
}

/// The operation of that name, exactly.
pub(crate) fn operation(name: &str) -> Option<Operation> {
    let mut operation = Operation {
        unsigned: false,
        input: None,
        output: None,
        errors: Vec::new(),
        idempotent: overlay("idempotent").any(|row| row.0 == name),
        executed_despite: overlay("despite")
            .filter(|row| row.0 == name)
            .filter_map(|row| row.1.split(' ').next())
            .collect(),
    };
    for (word, rest) in facts(&format!("operation {name}"))? {
        match word {
            "unsigned" => operation.unsigned = true,
            "input" => operation.input = read_shape(rest),
            "output" => operation.output = read_shape(rest),
            "error" => operation.errors.push(rest),
            _ => {}
        }
    }
    Some(operation)
}

pub(crate) fn operation_names() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter_map(|line| line.strip_prefix("operation "))
}

/// The shape that a struct's name stands for: `X`, or `XType`.
pub(crate) fn shape(name: &str) -> Option<Shape> {
    read_shape(name).or_else(|| read_shape(&format!("{name}Type")))
}

pub(crate) fn shape_names() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter_map(|line| line.strip_prefix("shape "))
}

/// The shapes that are the same as that one but for their name, and itself.
pub(crate) fn alike(name: &str) -> Vec<&'static str> {
    let Some((_, facts)) = entry(&format!("shape {name}")) else { return Vec::new() };
    let shapes = TABLE.split("\nshape ").skip(1).filter_map(|shape| shape.split_once('\n'));
    shapes.filter(|(_, other)| other.trim_end() == facts.trim_end()).map(|(name, _)| name).collect()
}

fn read_shape(name: &str) -> Option<Shape> {
    let (start, facts) = entry(&format!("shape {name}"))?;
    let mut shape = Shape {
        name: start.strip_prefix("shape ")?,
        kind: Kind::Structure,
        sensitive: false,
        input: false,
        min: None,
        max: None,
        pattern: None,
        values: Vec::new(),
        entries: Vec::new(),
        members: Vec::new(),
    };
    for (word, rest) in split(facts) {
        match word {
            "type" => shape.kind = Kind::NAMES.iter().find(|(name, ..)| *name == rest)?.1,
            "input" => shape.input = true,
            "sensitive" => shape.sensitive = true,
            "min" => shape.min = rest.parse().ok(),
            "max" => shape.max = rest.parse().ok(),
            "pattern" => shape.pattern = Some(rest),
            "value" => shape.values.push(rest),
            "each" | "key" | "entry" => shape.entries.push(rest),
            "member" => {
                let (name, shape_name) = rest.split_once(' ')?;
                shape.members.push(Member { name, shape: shape_name, required: false });
            }
            "required" => {
                for member in shape.members.iter_mut().filter(|member| member.name == rest) {
                    member.required = true;
                }
            }
            _ => {}
        }
    }
    // What the service lets through though it publishes otherwise.
    if let Some((_, row)) = overlay("max").find(|row| row.0 == shape.name) {
        shape.max = row.split(' ').next().and_then(|max| max.parse().ok());
    }
    Some(shape)
}

/// The rows of the overlay that begin with `word`: what they are about, and the rest.
fn overlay(word: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    OVERLAY.lines().filter_map(move |line| line.strip_prefix(word)?.strip_prefix(' ')?.split_once(' '))
}

fn facts(header: &str) -> Option<impl Iterator<Item = (&'static str, &'static str)>> {
    entry(header).map(|(_, facts)| split(facts))
}

fn split(facts: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    facts.lines().map(|line| {
        let line = line.trim_start();
        line.split_once(' ').unwrap_or((line, ""))
    })
}

/// The first line of an entry and its indented lines.
fn entry(header: &str) -> Option<(&'static str, &'static str)> {
    let bytes = TABLE.as_bytes();
    let starts_entry = |at: usize| at == 0 || (bytes[at - 1] == b'\n' && bytes.get(at) != Some(&b' '));
    let (mut low, mut high) = (0, TABLE.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = (low..=middle).rev().find(|at| starts_entry(*at))?;
        let end = (start + 1..=high).find(|at| starts_entry(*at)).unwrap_or(high);
        let (first, facts) = TABLE[start..end].split_once('\n')?;
        match header.cmp(first) {
            Ordering::Equal => return Some((first, facts)),
            Ordering::Less => high = start,
            Ordering::Greater => low = end,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike() {
        let code_sent =
            ["ForgotPasswordResponse", "GetUserAttributeVerificationCodeResponse", "ResendConfirmationCodeResponse"];
        for name in code_sent {
            assert_eq!(alike(name), code_sent);
        }
        assert_eq!(alike("GetUserResponse"), ["GetUserResponse"]);
        assert_eq!(alike("Pigeon"), [""; 0]);
        // The last of the table ends where the file does.
        let last = shape_names().last().expect("a shape");
        assert!(alike(last).contains(&last));
    }

    #[test]
    fn every_entry_is_found_and_readable() {
        let operations: Vec<_> = operation_names().collect();
        assert_eq!(operations.len(), 141);
        for name in &operations {
            assert!(operation(name).is_some(), "{name}");
        }
        assert_eq!(operations.iter().filter(|name| operation(name).is_some_and(|o| o.unsigned)).count(), 34);
        for name in shape_names() {
            let shape = read_shape(name).unwrap_or_else(|| panic!("{name}"));
            for member in &shape.members {
                assert!(member.shape().is_some(), "{name}.{}", member.name);
            }
        }
        assert!(operation("ResendConfirmationCodes").is_none());
        assert!(operation("").is_none());
        assert!(shape("zzz").is_none());
    }

    #[test]
    fn members_resolve_whatever_the_acronym() {
        let shape = shape("GetUserResponse").expect("in the table");
        assert_eq!(shape.member("user_mfa_setting_list").map(|member| member.name), Some("UserMFASettingList"));
        assert!(shape.member("username").is_some_and(|member| member.required));
    }

    #[test]
    fn sensitive_by_the_model_by_the_overlay_and_by_the_entries() {
        let sensitive = |name| shape(name).expect("in the table").is_sensitive();
        assert!(sensitive("Username"));
        assert!(sensitive("ClientMetadata"));
        assert!(sensitive("UserContextData"));
        assert!(sensitive("AuthParameters"));
        assert!(!sensitive("AnalyticsMetadata"));
        assert!(!sensitive("AttributeListType"), "AttributeType redacts its own value");
    }

    #[test]
    fn every_row_of_the_overlay_names_what_there_is_and_a_reason() {
        for row in OVERLAY.lines() {
            let (word, rest) = row.split_once(' ').unwrap_or_else(|| panic!("{row}"));
            let (name, mut reason) = rest.split_once(' ').unwrap_or_else(|| panic!("{row}"));
            match word {
                "sensitive" => assert!(read_shape(name).is_some(), "{row}"),
                "idempotent" => assert!(operation(name).is_some(), "{row}"),
                "despite" => {
                    let (error, why) = reason.split_once(' ').unwrap_or_else(|| panic!("{row}"));
                    assert!(operation(name).is_some_and(|operation| operation.errors.contains(&error)), "{row}");
                    reason = why;
                }
                "max" => {
                    let (max, why) = reason.split_once(' ').unwrap_or_else(|| panic!("{row}"));
                    assert_eq!(read_shape(name).and_then(|shape| shape.max), max.parse().ok(), "{row}");
                    reason = why;
                }
                _ => panic!("{row}"),
            }
            assert!(reason.len() > 20, "{row}");
        }
    }
}

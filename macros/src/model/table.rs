//! The operations and shapes in `table.txt`, which is generated from the public service description (`BLESS=1 cargo test -p
//! cognito-op-tests --test service_table`).
//!
//! Each line of an entry is a fact. The entries are sorted by their first line and found by binary search, so that only
//! the entries that a macro needs are parsed.

use super::names::fold;
use super::overlay;
use std::cmp::Ordering;

const TABLE: &str = include_str!("table.txt");

/// An operation of the API.
pub(crate) struct Operation {
    pub(crate) unsigned: bool,
    pub(crate) input: Option<Shape>,
    pub(crate) output: Option<Shape>,
    pub(crate) errors: Vec<&'static str>,
    pub(crate) idempotent: bool,
    /// The errors that are reported although the operation has been executed.
    pub(crate) executed_despite: Vec<&'static str>,
}

/// A shape of the API: a type in requests or responses.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// Whether the service marks the shape. See [`Shape::is_sensitive`].
    sensitive: bool,
    /// Whether the shape occurs in the input of an operation.
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
        ("enum", Self::Enum, "a string enum"),
        ("boolean", Self::Boolean, "a boolean"),
        ("integer", Self::Integer, "an integer"),
        ("long", Self::Long, "a 64-bit integer"),
        ("timestamp", Self::Timestamp, "a timestamp"),
        ("blob", Self::Blob, "a blob"),
        ("list", Self::List, "a list"),
        ("map", Self::Map, "a map"),
        ("document", Self::Document, "a document"),
    ];

    /// The kind with its article, for a message.
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
    /// Returns whether values of the shape are redacted: the service or the overlay marks the shape or its entries.
    pub(crate) fn is_sensitive(&self) -> bool {
        self.sensitive
            || overlay::is_sensitive(self.name)
            || self.entries.iter().filter_map(|name| read_shape(name)).any(|shape| {
                // A structure redacts its own members.
                shape.kind != Kind::Structure && shape.is_sensitive()
            })
    }

    /// Returns the shape of the entries of a list (0), or of the keys (0) and values (1) of a map.
    pub(crate) fn entry(&self, index: usize) -> Option<Self> {
        read_shape(self.entries.get(index)?)
    }

    /// Returns the member that a field stands for, however acronyms are written (`user_mfa_setting_list`).
    pub(crate) fn member(&self, field: &str) -> Option<Member> {
        let folded = fold(field);
        self.members.iter().find(|member| fold(member.name) == folded).copied()
    }

    pub(crate) fn member_named(&self, wire: &str) -> Option<Member> {
        self.members.iter().find(|member| member.name == wire).copied()
    }

    /// Returns the value of an enum that a variant stands for.
    pub(crate) fn value(&self, variant: &str) -> Option<&'static str> {
        let folded = fold(variant);
        self.values.iter().find(|value| fold(value) == folded).copied()
    }
}

/// Returns the operation with exactly that name.
pub(crate) fn operation(name: &str) -> Option<Operation> {
    let mut operation = Operation {
        unsigned: false,
        input: None,
        output: None,
        errors: Vec::new(),
        idempotent: overlay::is_idempotent(name),
        executed_despite: overlay::executed_despite(name),
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

/// Returns the shape that the name of a type stands for: `X`, or `XType`.
pub(crate) fn shape(name: &str) -> Option<Shape> {
    read_shape(name).or_else(|| read_shape(&format!("{name}Type")))
}

pub(crate) fn shape_names() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter_map(|line| line.strip_prefix("shape "))
}

/// Returns the names of all shapes with the same facts as the named one, including that one.
pub(crate) fn identical_shapes(name: &str) -> Vec<&'static str> {
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
    shape.max = overlay::max(shape.name).or(shape.max);
    Some(shape)
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

/// Returns the first line of an entry and its indented lines.
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
    fn identical_shapes_differ_only_in_their_name() {
        let code_sent =
            ["ForgotPasswordResponse", "GetUserAttributeVerificationCodeResponse", "ResendConfirmationCodeResponse"];
        for name in code_sent {
            assert_eq!(identical_shapes(name), code_sent);
        }
        assert_eq!(identical_shapes("GetUserResponse"), ["GetUserResponse"]);
        assert_eq!(identical_shapes("Pigeon"), [""; 0]);
        // The last entry of the table ends with the file.
        let last = shape_names().last().expect("a shape");
        assert!(identical_shapes(last).contains(&last));
    }

    #[test]
    fn every_entry_is_found_and_parsed() {
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
    fn members_resolve_despite_acronyms() {
        let shape = shape("GetUserResponse").expect("in the table");
        assert_eq!(shape.member("user_mfa_setting_list").map(|member| member.name), Some("UserMFASettingList"));
        assert!(shape.member("username").is_some_and(|member| member.required));
    }

    #[test]
    fn shapes_are_sensitive_by_model_overlay_or_entries() {
        let sensitive = |name| shape(name).expect("in the table").is_sensitive();
        assert!(sensitive("Username"));
        assert!(sensitive("ClientMetadata"));
        assert!(sensitive("UserContextData"));
        assert!(sensitive("AuthParameters"));
        assert!(!sensitive("AnalyticsMetadata"));
        assert!(!sensitive("AttributeListType"), "AttributeType redacts its own value");
    }

    #[test]
    fn every_overlay_row_has_an_existing_subject_and_a_reason() {
        for row in overlay::TEXT.lines() {
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

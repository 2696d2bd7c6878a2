//! The documentation of operations, shapes and members: `docs.txt`, written by hand, a text on each line.
//!
//! A row `member Shape.Member` is about the member of one shape, and a row `member Member` about all others with that
//! name.

/// The rows.
const TEXT: &str = include_str!("docs.txt");

/// Returns the documentation of an operation.
pub(crate) fn operation(name: &str) -> Option<&'static str> {
    text("operation", name)
}

/// Returns the documentation of a structure or enum.
pub(crate) fn shape(name: &str) -> Option<&'static str> {
    text("shape", name)
}

/// Returns the documentation of a member of a structure.
pub(crate) fn member(shape: &str, name: &str) -> Option<&'static str> {
    text("member", &format!("{shape}.{name}")).or_else(|| text("member", name))
}

fn text(kind: &str, name: &str) -> Option<&'static str> {
    TEXT.lines().find_map(|line| line.strip_prefix(kind)?.strip_prefix(' ')?.strip_prefix(name)?.strip_prefix(' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kind, SERVICE};
    use std::collections::BTreeSet;

    #[test]
    fn every_operation_shape_and_member_has_a_text() {
        let is_request = |name| SERVICE.operations().any(|operation| operation.input.is_some_and(|i| i.name == name));
        let is_response =
            |name| SERVICE.operations().any(|operation| operation.output.is_some_and(|output| output.name == name));
        for name in SERVICE.operation_names() {
            assert!(operation(name).is_some(), "operation {name}");
        }
        for found in SERVICE.shapes().filter(|shape| matches!(shape.kind, Kind::Structure | Kind::Enum)) {
            let name = found.name;
            assert!(shape(name).is_some() || is_request(name) || is_response(name), "shape {name}");
            for found in &found.members {
                assert!(member(name, found.name).is_some(), "member {name}.{}", found.name);
            }
        }
    }

    #[test]
    fn every_row_has_a_subject_and_sentences_and_is_used() {
        let members = |name: &str| {
            let shapes = SERVICE.shapes().filter(|shape| shape.member_named(name).is_some());
            shapes.filter(|shape| text("member", &format!("{}.{name}", shape.name)).is_none()).count()
        };
        let mut subjects = BTreeSet::new();
        for row in TEXT.lines() {
            let (kind, rest) = row.split_once(' ').unwrap_or_else(|| panic!("{row}"));
            let (name, text) = rest.split_once(' ').unwrap_or_else(|| panic!("{row}"));
            let is_subject = match (kind, name.split_once('.')) {
                ("operation", None) => SERVICE.operation(name).is_some(),
                ("shape", None) => SERVICE.shape_names().any(|shape| shape == name),
                ("member", None) => members(name) > 0,
                ("member", Some((shape, name))) => {
                    SERVICE.shape(shape).is_some_and(|found| found.name == shape && found.member_named(name).is_some())
                }
                _ => false,
            };
            assert!(is_subject, "{row}");
            assert!(subjects.insert((kind, name)), "a second row: {row}");
            // The texts are printed into crates in which a link would lead nowhere.
            assert!(text.ends_with('.') && text.trim() == text && !text.contains("[`"), "{row}");
        }
        assert!(TEXT.lines().is_sorted(), "the rows are not sorted");
    }
}

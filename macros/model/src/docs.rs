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
    use crate::{Kind, Operation, SERVICE, Shape};
    use std::collections::BTreeSet;

    #[test]
    fn every_operation_shape_and_member_has_a_text() {
        let operations: Vec<Operation> = SERVICE.operations().collect();
        let ends = operations.iter().flat_map(|operation| operation.input.iter().chain(&operation.output));
        let ends: BTreeSet<&str> = ends.map(|shape| shape.name).collect();
        for name in SERVICE.operation_names() {
            assert!(operation(name).is_some(), "operation {name}");
        }
        for found in SERVICE.shapes().filter(|shape| matches!(shape.kind, Kind::Structure | Kind::Enum)) {
            let name = found.name;
            assert!(shape(name).is_some() || ends.contains(name), "shape {name}");
            for found in &found.members {
                assert!(member(name, found.name).is_some(), "member {name}.{}", found.name);
            }
        }
    }

    #[test]
    fn every_row_is_used_once_and_consists_of_sentences() {
        let shapes: Vec<Shape> = SERVICE.shapes().collect();
        // A row for all members of a name is used if a shape with the member has no row.
        let mut subjects: BTreeSet<(&str, String)> =
            SERVICE.operation_names().map(|o| ("operation", o.to_owned())).collect();
        for shape in &shapes {
            subjects.insert(("shape", shape.name.to_owned()));
            for member in &shape.members {
                let qualified = format!("{}.{}", shape.name, member.name);
                let is_own = text("member", &qualified).is_some();
                subjects.insert(("member", if is_own { qualified } else { member.name.to_owned() }));
            }
        }
        for row in TEXT.lines() {
            let mut parts = row.splitn(3, ' ');
            let (Some(kind), Some(name), Some(text)) = (parts.next(), parts.next(), parts.next()) else {
                panic!("{row}")
            };
            assert!(subjects.remove(&(kind, name.to_owned())), "no subject, or a second row: {row}");
            // The texts are printed into crates in which a link would lead nowhere.
            assert!(text.ends_with('.') && text.trim() == text && !text.contains("[`"), "{row}");
        }
        assert!(TEXT.lines().is_sorted(), "the rows are not sorted");
    }
}

//! The attributes of items and fields, broken into lines as by rustfmt.

use super::description::named_entries;
use super::{Bounds, Options};
use crate::table::{Kind, Member, Shape};

/// Returns an attribute with arguments. If it is too long for a line, each argument has its own, as in rustfmt.
pub(super) fn attribute(width: usize, indent: usize, name: &str, arguments: &[String]) -> String {
    let line = format!("{name}({})", arguments.join(", "));
    let is_short = indent + "#[]".len() + line.len() <= width;
    // Rustfmt leaves an attribute alone if an argument is too long for a line.
    let fits = arguments.iter().all(|argument| indent + 4 + argument.len() <= width);
    if is_short || !fits {
        return line;
    }
    let (start, end) = (" ".repeat(indent + 4), " ".repeat(indent));
    format!("{name}(\n{start}{}\n{end})", arguments.join(&format!(",\n{start}")))
}

/// Returns whether a member is required and its constraints reject the empty value. If a form lacks such a member, that
/// is a violation, as for an empty value, instead of an error of serde about the whole form. Every published pattern of
/// a required member rejects the empty string.
pub(super) fn is_violated_if_missing(member: Member, shape: &Shape, bounds: Bounds) -> bool {
    let has_default = matches!(shape.kind, Kind::String | Kind::List | Kind::Map);
    let rejects_empty = shape.min.is_some_and(|min| min > 0) || shape.pattern.is_some();
    member.required && has_default && bounds != Bounds::None && rejects_empty
}

/// Returns the attribute with derives. Rustfmt puts a comma at their end if it breaks the line.
pub(super) fn derive(width: usize, derives: &[String]) -> String {
    let line = format!("derive({})", derives.join(", "));
    if "#[]".len() + line.len() <= width {
        return line;
    }
    let line = derives.join(", ");
    let is_short = 4 + line.len() <= width;
    format!("derive(\n    {},\n)", if is_short { line } else { derives.join(",\n    ") })
}

/// Returns the attributes of a member with the constraints of its shape.
pub(super) fn constraints(shape: &Shape, options: &Options) -> Vec<String> {
    let Options { bounds, width, .. } = *options;
    if bounds == Bounds::None {
        return Vec::new();
    }
    let own = own_constraints(shape, bounds).into_iter().map(|(name, argument)| match argument {
        Some(argument) => attribute(width, 4, name, &[argument]),
        None => name.to_owned(),
    });
    let mut attributes: Vec<String> = own.collect();
    for (name, index) in named_entries(shape) {
        let own = shape.entry(*index).map(|entry| own_constraints(&entry, bounds)).unwrap_or_default();
        let arguments = own.into_iter().map(|(name, argument)| match argument {
            Some(argument) => format!("{name}({argument})"),
            None => name.to_owned(),
        });
        let arguments: Vec<String> = arguments.collect();
        if !arguments.is_empty() {
            attributes.push(attribute(width, 4, name, &arguments));
        }
    }
    attributes
}

/// Returns the constraints of a shape, each with its name and, if it is spelled out, its argument.
pub(super) fn own_constraints(shape: &Shape, bounds: Bounds) -> Vec<(&'static str, Option<String>)> {
    let spelled = |argument: String| (bounds == Bounds::Spelled).then_some(argument);
    let mut constraints = Vec::new();
    let name = match shape.kind {
        Kind::String | Kind::List | Kind::Map | Kind::Blob => "len",
        Kind::Integer | Kind::Long => "range",
        _ => return constraints,
    };
    match (shape.min, shape.max) {
        (Some(min), Some(max)) if min == max && name == "len" => constraints.push((name, spelled(max.to_string()))),
        (Some(min), Some(max)) => constraints.push((name, spelled(format!("{min}, {max}")))),
        (Some(min), None) => constraints.push((name, spelled(format!("min = {min}")))),
        (None, Some(max)) => constraints.push((name, spelled(format!("max = {max}")))),
        (None, None) => {}
    }
    if let Some(pattern) = shape.pattern.filter(|_| shape.kind == Kind::String) {
        constraints.push(("pattern", spelled(raw(pattern))));
    }
    constraints
}

/// Returns a raw string literal.
pub(super) fn raw(text: &str) -> String {
    let mut hashes = String::new();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SERVICE;

    #[test]
    fn long_attributes_are_broken_into_lines() {
        let arguments = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let two = arguments(&["len = 8", "each"]);
        // `    #[member(len = 8, each)]` has 28 characters.
        assert_eq!(attribute(28, 4, "member", &two), "member(len = 8, each)");
        assert_eq!(attribute(27, 4, "member", &two), "member(\n        len = 8,\n        each\n    )");
        // `        len = 8` has 15 characters.
        assert_eq!(attribute(15, 4, "member", &two), "member(\n        len = 8,\n        each\n    )");
        assert_eq!(attribute(14, 4, "member", &two), "member(len = 8, each)");
    }

    #[test]
    fn missing_values_that_cannot_be_empty_are_violations() {
        let input = SERVICE.shape("SignUpRequest").expect("a shape");
        let mut member = input.member_named("Username").expect("a member");
        let mut shape = member.shape().expect("a shape");
        let word = Some(r"\w+");
        for (required, kind, bounds, min, pattern, expected) in [
            (true, Kind::String, Bounds::Bare, Some(1), None, true),
            (true, Kind::List, Bounds::Spelled, Some(1), None, true),
            (true, Kind::String, Bounds::Bare, None, word, true),
            (true, Kind::String, Bounds::Bare, Some(0), word, true),
            (false, Kind::String, Bounds::Bare, Some(1), word, false),
            (true, Kind::Integer, Bounds::Bare, Some(1), None, false),
            (true, Kind::String, Bounds::None, Some(1), word, false),
            (true, Kind::String, Bounds::Bare, Some(0), None, false),
            (true, Kind::String, Bounds::Bare, None, None, false),
        ] {
            (member.required, shape.kind, shape.min, shape.pattern) = (required, kind, min, pattern);
            let found = is_violated_if_missing(member, &shape, bounds);
            assert_eq!(found, expected, "{required} {kind:?} {bounds:?} {min:?} {pattern:?}");
        }
    }

    #[test]
    fn long_derives_are_broken_into_lines() {
        let derives = ["Clone", "Debug"].map(str::to_owned);
        // `#[derive(Clone, Debug)]` has 23 characters, and `    Clone, Debug` has 16.
        assert_eq!(derive(23, &derives), "derive(Clone, Debug)");
        assert_eq!(derive(22, &derives), "derive(\n    Clone, Debug,\n)");
        assert_eq!(derive(16, &derives), "derive(\n    Clone, Debug,\n)");
        assert_eq!(derive(15, &derives), "derive(\n    Clone,\n    Debug,\n)");
    }

    #[test]
    fn constraints_have_the_form_of_their_kind() {
        for (kind, min, max, expected) in [
            (Kind::String, Some(3), Some(3), Some(("len", "3"))),
            (Kind::String, Some(3), Some(4), Some(("len", "3, 4"))),
            (Kind::Blob, Some(3), None, Some(("len", "min = 3"))),
            (Kind::List, None, Some(3), Some(("len", "max = 3"))),
            (Kind::Integer, Some(3), Some(3), Some(("range", "3, 3"))),
            (Kind::Long, Some(3), None, Some(("range", "min = 3"))),
            (Kind::Long, None, None, None),
            (Kind::Boolean, Some(3), Some(4), None),
        ] {
            let mut shape = SERVICE.shape("UsernameType").expect("a shape");
            (shape.kind, shape.min, shape.max, shape.pattern) = (kind, min, max, None);
            let spelled = expected.map(|(name, argument)| (name, Some(argument.to_owned())));
            assert_eq!(own_constraints(&shape, Bounds::Spelled), Vec::from_iter(spelled), "{kind:?}");
            let bare = expected.map(|(name, _)| (name, None));
            assert_eq!(own_constraints(&shape, Bounds::Bare), Vec::from_iter(bare), "{kind:?}");
        }
    }

    #[test]
    fn patterns_are_literals_of_the_same_text() {
        assert_eq!(raw(r"[\w+]+"), r#"r"[\w+]+""#);
        assert_eq!(raw("\"#\\"), "r##\"\"#\\\"##");
    }
}

//! The changes from one table to another.

use cognito_op_model::{Entry, Model};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The lines of the changes, by group.
#[derive(Default)]
pub(super) struct Changes(BTreeMap<Group, Vec<String>>);

/// The subjects of changes, in the order in which they are printed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Operations,
    Unsigned,
    InputsAndOutputs,
    Paginators,
    Errors,
    Exceptions,
    Shapes,
    Members,
    Bounds,
    Patterns,
    Refused,
    Values,
    Sensitivity,
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Operations => "operations",
            Self::Unsigned => "marks of unsigned operations",
            Self::InputsAndOutputs => "inputs and outputs",
            Self::Paginators => "paginators",
            Self::Errors => "errors of operations",
            Self::Exceptions => "exceptions",
            Self::Shapes => "shapes",
            Self::Members => "members",
            Self::Bounds => "bounds",
            Self::Patterns => "patterns",
            Self::Refused => "patterns that the macro refuses",
            Self::Values => "values of enums",
            Self::Sensitivity => "marks of sensitive shapes",
        })
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (group, lines) in &self.0 {
            writeln!(f, "\n{group}")?;
            for line in lines {
                writeln!(f, "  {line}")?;
            }
        }
        Ok(())
    }
}

impl Changes {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds the patterns that the compiler rejects, with the reasons.
    pub(super) fn refuse(&mut self, patterns: &[(&str, String)]) {
        for (pattern, reason) in patterns {
            self.push(Group::Refused, format!("{pattern}: {reason}"));
        }
    }

    fn push(&mut self, group: Group, line: String) {
        self.0.entry(group).or_default().push(line);
    }
}

/// Compares two tables. Ignores the order of facts and the version of botocore.
pub(super) fn changes(old: Model, new: Model) -> Changes {
    let mut changes = Changes::default();
    let entries = |model: Model| model.entries().map(|entry| ((entry.kind, entry.name), entry)).collect();
    let (old_entries, new_entries): (BTreeMap<_, Entry>, BTreeMap<_, Entry>) = (entries(old), entries(new));
    let keys: BTreeSet<_> = old_entries.keys().chain(new_entries.keys()).copied().collect();
    for key in keys.into_iter().filter(|(kind, _)| *kind != "botocore") {
        match (old_entries.get(&key), new_entries.get(&key)) {
            (Some(old), Some(new)) => changes.compare(key, &facts(*old), &facts(*new)),
            (None, Some(new)) => changes.entry("+", key, &facts(*new)),
            (Some(old), None) => changes.entry("-", key, &facts(*old)),
            (None, None) => {}
        }
    }
    for (sign, here, there) in [("+", new, old), ("-", old, new)] {
        for pattern in added_patterns(there, here) {
            let shapes = here.shapes().filter(|shape| shape.pattern == Some(pattern)).map(|shape| shape.name);
            let shapes = shapes.collect::<Vec<_>>().join(", ");
            changes.push(Group::Patterns, format!("{sign} {pattern} ({shapes})"));
        }
    }
    changes
}

/// Returns the patterns that only the new table contains.
pub(super) fn added_patterns(old: Model, new: Model) -> Vec<&'static str> {
    let of = |model: Model| model.shapes().filter_map(|shape| shape.pattern).collect::<BTreeSet<_>>();
    of(new).difference(&of(old)).copied().collect()
}

/// The facts of an entry: the values by keyword, and by name if a keyword can occur more than once.
type Facts = BTreeMap<(&'static str, &'static str), &'static str>;

fn facts(entry: Entry) -> Facts {
    let fact = |(word, rest): (&'static str, &'static str)| match word {
        "error" | "value" | "required" | "deprecated" => ((word, rest), ""),
        "member" => {
            let (name, shape) = rest.split_once(' ').unwrap_or((rest, ""));
            ((word, name), shape)
        }
        _ => ((word, ""), rest),
    };
    entry.facts().map(fact).collect()
}

impl Changes {
    /// Adds an entry that only one of the tables contains.
    fn entry(&mut self, sign: &str, (kind, name): (&str, &str), facts: &Facts) {
        match kind {
            "operation" => {
                let signed = if facts.contains_key(&("unsigned", "")) { "unsigned" } else { "signed" };
                self.push(Group::Operations, format!("{sign} {name}, {signed}"));
                if let Some(pages) = facts.get(&("pages", "")) {
                    self.push(Group::Paginators, format!("{sign} {name}: {pages}"));
                }
            }
            "exception" => self.push(Group::Exceptions, format!("{sign} {name}")),
            _ => {
                let kind = facts.get(&("type", "")).unwrap_or(&"");
                let sensitive = if facts.contains_key(&("sensitive", "")) { ", sensitive" } else { "" };
                self.push(Group::Shapes, format!("{sign} {name}, {kind}{sensitive}"));
            }
        }
    }

    /// Adds the changes of an entry.
    fn compare(&mut self, (kind, name): (&str, &str), old_facts: &Facts, new_facts: &Facts) {
        let keys: BTreeSet<_> = old_facts.keys().chain(new_facts.keys()).collect();
        for key @ (word, subject) in keys {
            let (old, new) = (old_facts.get(key).copied(), new_facts.get(key).copied());
            if old == new {
                continue;
            }
            let sign = if old.is_none() { "+" } else { "-" };
            let now = if old.is_none() { "now" } else { "no longer" };
            let change = format!("{} -> {}", old.unwrap_or("none"), new.unwrap_or("none"));
            let is_required = |facts: &Facts| facts.contains_key(&("required", *subject));
            let (group, line) = match (kind, *word) {
                ("operation", "unsigned") => (Group::Unsigned, format!("{name}: {now} unsigned")),
                ("operation", "error") => (Group::Errors, format!("{sign} {name}: {subject}")),
                ("operation", "pages") => (Group::Paginators, format!("{name}: {change}")),
                ("operation", _) => (Group::InputsAndOutputs, format!("{name}: {word} {change}")),
                (_, "input") => (Group::Shapes, format!("{name}: {now} in requests")),
                (_, "output") => (Group::Shapes, format!("{name}: {now} in responses")),
                (_, "sensitive") => (Group::Sensitivity, format!("{name}: {now} sensitive")),
                (_, "min" | "max") => (Group::Bounds, format!("{name}: {word} {change}, {}", effect(word, old, new))),
                (_, "pattern") => (Group::Patterns, format!("{name}: {change}")),
                (_, "value") => (Group::Values, format!("{sign} {name}: {subject}")),
                (_, "member") => {
                    let required = if is_required(new_facts) { ", required" } else { "" };
                    let line = match (old, new) {
                        (None, Some(shape)) => format!("+ {name}.{subject}: {shape}{required}"),
                        (Some(shape), None) => format!("- {name}.{subject}: {shape}"),
                        _ => format!("{name}.{subject}: {change}"),
                    };
                    (Group::Members, line)
                }
                (_, "required" | "deprecated") => {
                    // The line of an added or removed member already contains the fact.
                    let member = ("member", *subject);
                    if !old_facts.contains_key(&member) || !new_facts.contains_key(&member) {
                        continue;
                    }
                    (Group::Members, format!("{name}.{subject}: {now} {word}"))
                }
                _ => (Group::Shapes, format!("{name}: {word} {change}")),
            };
            self.push(group, line);
        }
    }
}

/// Returns the effect of a changed bound.
fn effect(word: &str, old: Option<&str>, new: Option<&str>) -> &'static str {
    let number = |bound: Option<&str>| bound.and_then(|bound| bound.parse::<i64>().ok());
    let is_looser = match (number(old), number(new)) {
        (Some(old), Some(new)) if word == "min" => new < old,
        (Some(old), Some(new)) => new > old,
        (_, new) => new.is_none(),
    };
    if is_looser { "loosened" } else { "tightened" }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
botocore 1.0.0
exception LostException
operation GetPigeon
  input GetPigeonRequest
  error LostException
shape ColorType
  type enum
  input
  value grey
shape GetPigeonRequest
  type structure
  input
  member Color ColorType
  member Name NameType
  required Name
shape NameType
  type string
  input
  min 1
  max 128
  pattern [a-z]+
";

    /// Replaces a part of the table, and returns the lines of the changes.
    fn replaced(from: &str, to: &str) -> Vec<String> {
        assert!(TABLE.contains(from), "{from}");
        let new: &'static str = Box::leak(TABLE.replacen(from, to, 1).into_boxed_str());
        let changes = changes(Model::of(TABLE), Model::of(new)).to_string();
        let (mut group, mut lines) = ("", Vec::new());
        for line in changes.lines().filter(|line| !line.is_empty()) {
            match line.strip_prefix("  ") {
                Some(line) => lines.push(format!("{group} | {line}")),
                None => group = line,
            }
        }
        lines
    }

    #[test]
    fn each_fact_is_one_line_in_its_group() {
        for (from, to, expected) in [
            ("botocore 1.0.0", "botocore 1.0.1", &[][..]),
            ("  value grey\n", "  value grey\n  value white\n", &["values of enums | + ColorType: white"]),
            ("  value grey\n", "", &["values of enums | - ColorType: grey"]),
            ("exception L", "exception BadException\nexception L", &["exceptions | + BadException"]),
            ("  error LostException\n", "", &["errors of operations | - GetPigeon: LostException"]),
            ("GetPigeon\n", "GetPigeon\n  unsigned\n", &["marks of unsigned operations | GetPigeon: now unsigned"]),
            ("  error", "  output NameType\n  error", &["inputs and outputs | GetPigeon: output none -> NameType"]),
            ("  error", "  pages Next Pigeons Limit\n  error", &["paginators | GetPigeon: none -> Next Pigeons Limit"]),
            (
                "operation",
                "operation Fly\n  unsigned\n  pages A B C\noperation",
                &["operations | + Fly, unsigned", "paginators | + Fly: A B C"],
            ),
            (
                "operation GetPigeon\n  input GetPigeonRequest\n",
                "operation Got\n  input GetPigeonRequest\n",
                &["operations | - GetPigeon, signed", "operations | + Got, signed"],
            ),
            ("  max 128", "  max 256", &["bounds | NameType: max 128 -> 256, loosened"]),
            ("  max 128", "  max 99", &["bounds | NameType: max 128 -> 99, tightened"]),
            ("  max 128\n", "", &["bounds | NameType: max 128 -> none, loosened"]),
            ("  min 1", "  min 0", &["bounds | NameType: min 1 -> 0, loosened"]),
            ("  min 1", "  min 2", &["bounds | NameType: min 1 -> 2, tightened"]),
            ("  value", "  min 1\n  value", &["bounds | ColorType: min none -> 1, tightened"]),
            ("  required Name\n", "", &["members | GetPigeonRequest.Name: no longer required"]),
            ("  required", "  required Color\n  required", &["members | GetPigeonRequest.Color: now required"]),
            ("  required", "  deprecated Color\n  required", &["members | GetPigeonRequest.Color: now deprecated"]),
            ("Color ColorType", "Color NameType", &["members | GetPigeonRequest.Color: ColorType -> NameType"]),
            ("  member N", "  member Age AgeType\n  member N", &["members | + GetPigeonRequest.Age: AgeType"]),
            (
                "  required Name",
                "  member Nest NameType\n  required Name\n  required Nest",
                &["members | + GetPigeonRequest.Nest: NameType, required"],
            ),
            ("  member Name NameType\n  required Name\n", "", &["members | - GetPigeonRequest.Name: NameType"]),
            (
                "[a-z]+",
                "[a-z]*",
                &[
                    "patterns | NameType: [a-z]+ -> [a-z]*",
                    "patterns | + [a-z]* (NameType)",
                    "patterns | - [a-z]+ (NameType)",
                ],
            ),
            (
                "shape C",
                "shape Code\n  type string\n  sensitive\n  pattern [0-9]+\nshape C",
                &["shapes | + Code, string, sensitive", "patterns | + [0-9]+ (Code)"],
            ),
            ("  type enum", "  type string", &["shapes | ColorType: type enum -> string"]),
            ("  input\n  value", "  value", &["shapes | ColorType: no longer in requests"]),
            ("  input\n  min", "  input\n  sensitive\n  min", &["marks of sensitive shapes | NameType: now sensitive"]),
        ] {
            assert_eq!(replaced(from, to), expected, "{from:?} -> {to:?}");
        }
    }

    #[test]
    fn refused_patterns_are_a_group() {
        let mut changes = Changes::default();
        assert!(changes.is_empty());
        changes.refuse(&[(r"\b", "not supported".to_owned())]);
        assert_eq!(changes.to_string(), "\npatterns that the macro refuses\n  \\b: not supported\n");
    }
}

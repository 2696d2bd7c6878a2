//! Parses the service's report of violated constraints.
//!
//! `2 validation errors detected: Value 'a b' at 'clientId' failed to satisfy constraint: Member must satisfy regular
//! expression pattern: [\w+]+; Value null at 'username' failed to satisfy constraint: Member must not be null`
//!
//! The form is known from public reports only. Values are quoted but not escaped, so a value can contain any part of
//! such a message. A message is parsed only if it can be read in exactly one way; otherwise the result is `None`.

use super::violation::{Violation, ViolationKind, Violations};
use crate::schema::{Member, Shape};

const AT: &str = " at '";

/// The maximum length of the text that is searched for sensitive values.
const MAX_UNTRUSTED: usize = 8 << 10;

impl Violations {
    /// Parses the message of an `InvalidParameterException`, such as `1 validation error detected: Value 'a b' at
    /// 'clientId' failed to satisfy constraint: …`. Returns `None` for any other message, and for a message that can be
    /// read in more than one way. `members` are those of the operation. Without them, names in paths are converted to
    /// snake case, and a member counts as sensitive if the message omits its value.
    ///
    /// [`Error::violations`](crate::Error::violations) contains the result.
    ///
    /// ```
    /// use cognito_op::{ViolationKind, Violations};
    ///
    /// let message = "1 validation error detected: Value null at 'userAttributes.2.member.name' \
    ///     failed to satisfy constraint: Member must not be null";
    /// let violations = Violations::from_message(message, &[]).unwrap();
    /// let violation = violations.iter().next().unwrap();
    /// assert_eq!(violation.wire_path(), "userAttributes.2.member.name");
    /// assert_eq!(violation.kind(), &ViolationKind::Missing);
    /// assert_eq!(Violations::from_message("User does not exist.", &[]), None);
    /// ```
    #[must_use]
    pub fn from_message(message: &str, members: &'static [Member]) -> Option<Self> {
        Self::from_message_without(message, members, &|_| false)
    }

    /// Does the same as [`from_message`](Self::from_message), but also returns `None` if `quotes` returns `true` for a
    /// path or a constraint.
    pub(crate) fn from_message_without(
        message: &str,
        members: &'static [Member],
        quotes: &dyn Fn(&str) -> bool,
    ) -> Option<Self> {
        parse(message, members, quotes)
    }
}

/// Parses a message. `members` are those of the request; `quotes` returns whether a text contains a sensitive value.
fn parse(message: &str, members: &'static [Member], quotes: &dyn Fn(&str) -> bool) -> Option<Violations> {
    let (count, rest) = message.split_once(' ')?;
    let rest = rest.strip_prefix("validation error")?;
    let items = rest.strip_prefix('s').unwrap_or(rest).strip_prefix(" detected: Value")?;
    // A separator within a value would add a part. If the number of parts equals the count, each part is an item.
    let items = Some(items.split("; Value")).filter(|items| count.parse() == Ok(items.clone().count()))?;
    let (mut violations, mut untrusted) = (Vec::new(), String::new());
    for item in items {
        let (subject, constraint) = item.rsplit_once("' failed to satisfy constraint: ")?;
        let redacted = subject.strip_prefix(AT);
        let wire = match redacted.or_else(|| subject.strip_prefix(" null at '")) {
            Some(path) => path,
            None => after_value(subject.strip_prefix(" '")?)?,
        };
        let mut path = Path {
            text: String::new(),
            serde: String::new(),
            wire: wire.to_owned(),
            untrusted: &mut untrusted,
            sensitive: false,
        };
        path.translate(wire, members);
        path.sensitive |= redacted.is_some();
        let (of, bounds) = constraints(constraint)?;
        for (kind, bound) in bounds {
            untrust(path.untrusted, bound);
            if path.untrusted.len() > MAX_UNTRUSTED {
                return None;
            }
            let paths = [path.text.clone() + of, path.serde.clone() + of, path.wire.clone()];
            violations.push(Violation::new(paths, kind, None, path.sensitive));
        }
    }
    // A message that contains a sensitive value elsewhere than in a quoted value does not have the form above.
    if quotes(&untrusted) { None } else { Violations::of(violations).err() }
}

/// Returns the path after a quoted value, which ends at the last quote that a path can follow. The key of a map can
/// contain such a quote as well, so the result is `None` if the text before the quote may contain the start of an
/// entry's path.
fn after_value(text: &str) -> Option<&str> {
    let (value, path) = text.rsplit_once("' at '")?;
    let begins_entry = |(at, _): (usize, &str)| {
        let path = value[at + AT.len()..].split('\'').next();
        value[..at].ends_with('\'') && path.is_some_and(|path| path.contains('.'))
    };
    (!value.match_indices(AT).any(begins_entry)).then_some(path)
}

/// A constraint, and the variable part of its text.
type Bound<'m> = (ViolationKind, &'m str);

/// Parses the constraints of an item. Returns them with the path from the item to the values that they apply to.
fn constraints(text: &str) -> Option<(&'static str, Vec<Bound<'_>>)> {
    // The constraints on entries are listed in brackets, all of them in one item.
    for (of, path) in [("Member", "[…]"), ("Map value", "[…]"), ("Map keys", "[…].key")] {
        let all = text.strip_prefix(of).and_then(|rest| rest.strip_prefix(" must satisfy constraint: [Member must "));
        if let Some(all) = all.and_then(|all| all.strip_suffix(']')) {
            return Some((path, all.split(", Member must ").map(constraint).collect::<Option<_>>()?));
        }
    }
    Some(("", vec![constraint(text.strip_prefix("Member must ")?)?]))
}

fn constraint(text: &str) -> Option<Bound<'_>> {
    if let Some(pattern) = text.strip_prefix("satisfy regular expression pattern: ") {
        return Some((ViolationKind::Pattern { pattern: pattern.to_owned().into() }, pattern));
    }
    if let Some(values) = text.strip_prefix("satisfy enum value set: [").and_then(|values| values.strip_suffix(']')) {
        let each = values.split(", ").filter(|value| !value.is_empty()).map(str::to_owned);
        return Some((ViolationKind::NotAMember { values: each.collect() }, values));
    }
    let (words, bound) = text.rsplit_once(' ')?;
    let kind = match words {
        "not be" if bound == "null" => return Some((ViolationKind::Missing, "")),
        "have length greater than or equal to" => ViolationKind::TooShort { min: bound.parse().ok()?, actual: None },
        "have length less than or equal to" => ViolationKind::TooLong { max: bound.parse().ok()?, actual: None },
        "have value greater than or equal to" => ViolationKind::Below { min: bound.parse().ok()?, actual: None },
        "have value less than or equal to" => ViolationKind::Above { max: bound.parse().ok()?, actual: None },
        _ => return None,
    };
    Some((kind, bound))
}

/// A path of the service, and its translation to the fields of the structs.
struct Path<'u> {
    text: String,
    /// The path with the names of serde.
    serde: String,
    /// The path as the service writes it, with the keys of sensitive maps redacted.
    wire: String,
    /// Collects the parts that do not come from this program, such as keys and positions.
    untrusted: &'u mut String,
    sensitive: bool,
}

impl Path<'_> {
    fn translate(&mut self, mut rest: &str, members: &'static [Member]) {
        let (mut shape, mut unknown) = (Shape::Structure { name: None, members }, None);
        while !rest.is_empty() {
            let (first, after) = rest.split_once('.').unwrap_or((rest, ""));
            let (member, entry) = match shape {
                Shape::Structure { members, .. } => {
                    (members.iter().find(|m| super::lower_camel(m.name) == first), None)
                }
                Shape::Map(_) => return self.key(rest),
                Shape::List(entry) => (None, Some(*entry)),
                // Unknown paths can contain positions as well.
                _ => (None, unknown.map(|_| shape)),
            };
            if let (Some(entry), Some((index, after))) = (entry, position(first, after)) {
                untrust(self.untrusted, first);
                self.push(&format!("[{index}]"));
                (shape, rest) = (entry, after);
                continue;
            }
            self.push(if self.text.is_empty() { "" } else { "." });
            if let Some(member) = member {
                self.text.push_str(member.field);
                self.serde.push_str(member.path_name());
                self.sensitive |= member.sensitive;
                (shape, rest) = (member.shape, after);
                continue;
            }
            // The name of an unknown member is converted to snake case, like a field.
            unknown.get_or_insert((self.text.len(), rest));
            for (at, c) in first.char_indices() {
                let ends_word = first[..at].ends_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
                self.push(if ends_word && c.is_ascii_uppercase() { "_" } else { "" });
                self.push(&c.to_ascii_lowercase().escape_debug().to_string());
            }
            (shape, rest) = (Shape::Document, after);
        }
        if let Some((start, path)) = unknown {
            self.untrusted.extend([path, "\n", &self.text[start..], "\n"]);
        }
    }

    /// Appends the key of a map, which can contain points.
    fn key(&mut self, path: &str) {
        let key = path.strip_suffix(".key").or_else(|| path.strip_suffix(".member")).unwrap_or(path);
        let end = &path[key.len()..];
        if self.sensitive {
            self.wire.truncate(self.wire.len() - path.len());
            self.wire.extend(["…", end]);
            self.push("[…]");
        } else {
            untrust(self.untrusted, key);
            self.push(&format!("[{key:?}]"));
        }
        self.push(if end == ".key" { end } else { "" });
    }

    /// Appends a part that is the same with the names of serde.
    fn push(&mut self, part: &str) {
        self.text.push_str(part);
        self.serde.push_str(part);
    }
}

/// Returns the index of the entry in `3.member.…`, where positions start at 1, and the path within the entry.
fn position<'p>(first: &str, after: &'p str) -> Option<(usize, &'p str)> {
    let index = first.parse::<usize>().ok()?.checked_sub(1)?;
    let rest = after.strip_prefix("member")?;
    Some((index, if rest.is_empty() { rest } else { rest.strip_prefix('.')? }))
}

fn untrust(untrusted: &mut String, text: &str) {
    untrusted.extend([text, "\n"]);
}

#[cfg(test)]
mod tests;

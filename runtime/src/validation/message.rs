//! The service's own account of what violates a constraint.
//!
//! `2 validation errors detected: Value 'a b' at 'clientId' failed to satisfy constraint: Member must satisfy regular
//! expression pattern: [\w+]+; Value null at 'username' failed to satisfy constraint: Member must not be null`
//!
//! The form is known from public reports only. Values are quoted and nothing in them is escaped, so that a value may hold
//! all of the text above. The number at the beginning tells how many items there really are; where several ways to take
//! the message apart remain and do not say the same, it is not taken apart at all.

use super::violation::{Violation, ViolationKind, Violations};
use crate::schema::{Member, Shape};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::RangeInclusive;

const MARK: &str = "' failed to satisfy constraint: ";
const SEPARATOR: &str = "; ";
const VALUE: &str = "Value";
const VALUE_NULL: &str = "Value null";
const AT: &str = " at '";

/// More items than the members and entries of any request could give rise to.
const MOST_ITEMS: usize = 1_000;
/// More ways to take a message apart than that are not compared.
const MOST_WAYS: usize = 32;
/// More of what others have written than that, keys and patterns and the like, is not looked through for what may not be shown.
const MOST_FOREIGN: usize = 8 << 10;
/// More places where the path of one item may begin than that are not compared either.
const MOST_PLACES: usize = 16;
/// How many ways of taking a message apart are tried, each step counted.
const MOST_STEPS: usize = 10_000;

/// Reads a message; the members are those of the request, and `quotes` says whether a text holds something that may not be shown.
pub(super) fn parse(message: &str, members: &'static [Member], quotes: &dyn Fn(&str) -> bool) -> Option<Violations> {
    let (count, rest) = message.split_once(' ')?;
    let count: usize = count.parse().ok().filter(|count| (1..=MOST_ITEMS).contains(count))?;
    let rest = rest.strip_prefix("validation error")?;
    let items = rest.strip_prefix('s').unwrap_or(rest).strip_prefix(" detected: ")?;

    // Where an item may begin, and one past the end.
    let mut starts = vec![0];
    starts.extend(items.match_indices("; Value").map(|(at, _)| at + SEPARATOR.len()));
    starts.push(items.len() + SEPARATOR.len());
    let bounds = starts.iter().zip(&starts[1..]);
    let pieces = bounds
        .map(|(start, next)| Some(Piece::new(items.get(*start..next.checked_sub(SEPARATOR.len())?)?, *start, members)))
        .collect::<Option<Vec<Piece<'_>>>>()?;
    let mut search = Search { items, pieces: &pieces, found: Vec::new() };
    search.run(count)?;
    // The right way gives a member one value, and names none that the request does not have but to say that it is missing.
    // A value made to look like items is plausible in both respects only sometimes.
    let plausible = |items: &Vec<Item<'_>>| {
        u8::from(is_consistent(items)) + u8::from(items.iter().all(|item| item.is_plausible(members)))
    };
    let most = search.found.iter().map(plausible).max()?;
    let mut ways = search.found.into_iter().filter(|items| plausible(items) == most);
    let read = |items: Vec<Item<'_>>| {
        let mut foreign = String::new();
        let violations: Option<Vec<_>> = items.iter().map(|item| item.violations(members, &mut foreign)).collect();
        violations.map(|all| (all.concat(), foreign))
    };
    // One that cannot be read may be the right one.
    let (violations, foreign) = read(ways.next()?)?;
    ways.all(|other| read(other).is_some_and(|(other, _)| other == violations)).then_some(())?;
    // Values have no place in what is not this program's, but who knows what has written this.
    if foreign.len() > MOST_FOREIGN || quotes(&foreign) {
        return None;
    }
    Violations::of(violations).err()
}

/// What stands between two places where an item may begin.
struct Piece<'m> {
    /// Where it begins.
    start: usize,
    /// What the end of it may say, if it can be the end of an item.
    ends: Vec<End<'m>>,
}

#[derive(Clone, Copy)]
struct End<'m> {
    /// Where the path's ` at '` begins.
    at: usize,
    path: &'m str,
    constraint: &'m str,
}

impl<'m> Piece<'m> {
    fn new(text: &'m str, start: usize, members: &'static [Member]) -> Self {
        let Some((before, constraint)) = text.rsplit_once(MARK) else { return Self { start, ends: Vec::new() } };
        // A value ends with its quote; without one, the path comes at once.
        let ends_value = |at: usize| before[..at].ends_with('\'') || matches!(&before[..at], VALUE | VALUE_NULL);
        let places: Vec<usize> =
            before.rmatch_indices(AT).map(|(at, _)| at).filter(|at| ends_value(*at)).take(MOST_PLACES + 1).collect();
        let mut ends = Vec::new();
        // Of too many nobody knows which it is.
        for at in places.iter().copied().take_while(|_| places.len() <= MOST_PLACES) {
            let path = &before[at + AT.len()..];
            // The path is what comes last, but for the keys of a map, which may look like the rest as values do.
            if ends.is_empty() || Path::new(path).members(path, members) {
                ends.push(End { at: start + at, path, constraint });
            }
        }
        Self { start, ends }
    }
}

/// Reads what is asked of a member: what of it, as its path goes on, and which constraints.
fn read(constraint: &str) -> Option<(&'static str, Vec<ViolationKind>)> {
    // What is asked of each entry stands in brackets, all of it at once.
    for (of, path) in [("Member", "[…]"), ("Map value", "[…]"), ("Map keys", "[…].key")] {
        let all = constraint.strip_prefix(of).and_then(|rest| rest.strip_prefix(" must satisfy constraint: ["));
        if let Some(all) = all.and_then(|all| all.strip_suffix(']')).and_then(|all| all.strip_prefix("Member must ")) {
            return Some((path, all.split(", Member must ").map(kind).collect::<Option<_>>()?));
        }
    }
    Some(("", vec![kind(constraint.strip_prefix("Member must ")?)?]))
}

fn kind(text: &str) -> Option<ViolationKind> {
    if text == "not be null" {
        return Some(ViolationKind::Missing);
    }
    if let Some(pattern) = text.strip_prefix("satisfy regular expression pattern: ") {
        return Some(ViolationKind::Pattern { pattern: pattern.to_owned().into() });
    }
    if let Some(values) = text.strip_prefix("satisfy enum value set: [") {
        let values = values.strip_suffix(']')?.split(", ").filter(|value| !value.is_empty());
        return Some(ViolationKind::NotAMember { values: values.map(str::to_owned).collect() });
    }
    let (what, bound) = text.rsplit_once(' ')?;
    match what {
        "have length greater than or equal to" => {
            bound.parse().ok().map(|min| ViolationKind::TooShort { min, actual: None })
        }
        "have length less than or equal to" => {
            bound.parse().ok().map(|max| ViolationKind::TooLong { max, actual: None })
        }
        "have value greater than or equal to" => {
            bound.parse().ok().map(|min| ViolationKind::Below { min, actual: None })
        }
        "have value less than or equal to" => bound.parse().ok().map(|max| ViolationKind::Above { max, actual: None }),
        _ => None,
    }
}

/// What [`kind`] reads.
#[cfg(any(test, feature = "mock"))]
pub(super) fn words(kind: &ViolationKind) -> String {
    match kind {
        ViolationKind::Missing => "not be null".to_owned(),
        ViolationKind::Pattern { pattern } => format!("satisfy regular expression pattern: {pattern}"),
        ViolationKind::NotAMember { values } => format!("satisfy enum value set: [{}]", values.join(", ")),
        ViolationKind::TooShort { min, .. } => format!("have length greater than or equal to {min}"),
        ViolationKind::TooLong { max, .. } => format!("have length less than or equal to {max}"),
        ViolationKind::Below { min, .. } => format!("have value greater than or equal to {min}"),
        ViolationKind::Above { max, .. } => format!("have value less than or equal to {max}"),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Item<'m> {
    value: Value<'m>,
    path: &'m str,
    constraint: &'m str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Value<'m> {
    Null,
    LeftOut,
    Quoted(&'m str),
}

/// Goes through the ways to make that many items of the pieces.
struct Search<'s, 'm> {
    items: &'m str,
    pieces: &'s [Piece<'m>],
    found: Vec<Vec<Item<'m>>>,
}

/// What the items of the pieces from `first` on may be, of which there are `left`.
struct Choice<'m> {
    left: usize,
    first: usize,
    /// Which pieces may still be the last of the first item.
    ends: RangeInclusive<usize>,
    /// The first item, as it was chosen last, and where the next begins.
    chosen: Option<Item<'m>>,
    next: usize,
    /// What else it may be with the same pieces.
    others: std::vec::IntoIter<Item<'m>>,
}

impl Choice<'_> {
    /// The last item takes what is left of the pieces; any other leaves a piece for each item after it.
    fn new(first: usize, left: usize, pieces: usize) -> Self {
        let last = pieces - left;
        let ends = if left == 1 { last..=last } else { first..=last };
        Self { left, first, ends, chosen: None, next: first, others: Vec::new().into_iter() }
    }
}

impl<'m> Search<'_, 'm> {
    /// Makes that many items of all pieces; `None` where that takes too long. It goes as deep as there are items, which is
    /// nothing for the stack of a thread.
    fn run(&mut self, count: usize) -> Option<()> {
        let mut steps = 0;
        let mut choices = Vec::new();
        if count <= self.pieces.len() {
            choices.push(Choice::new(0, count, self.pieces.len()));
        }
        while let Some(choice) = choices.last_mut() {
            if let Some(item) = choice.others.next() {
                choice.chosen = Some(item);
                let (next, left) = (choice.next, choice.left - 1);
                if left > 0 {
                    choices.push(Choice::new(next, left, self.pieces.len()));
                    continue;
                }
                self.found.push(choices.iter().filter_map(|choice| choice.chosen).collect());
                // So many ways are not worth telling apart.
                if self.found.len() > MOST_WAYS {
                    return None;
                }
            } else if let Some(end) = choice.ends.next() {
                steps += 1;
                if steps > MOST_STEPS {
                    return None;
                }
                choice.next = end + 1;
                choice.others = self.items(choice.first, end).into_iter();
            } else {
                choices.pop();
            }
        }
        Some(())
    }

    /// The items that the pieces from one to another may make up.
    fn items(&self, first: usize, last: usize) -> Vec<Item<'m>> {
        let (Some(start), Some(piece)) = (self.pieces.get(first), self.pieces.get(last)) else { return Vec::new() };
        let item = |end: &End<'m>| {
            let value = match self.items.get(start.start..end.at)?.strip_prefix(VALUE)? {
                "" => Value::LeftOut,
                " null" => Value::Null,
                quoted => Value::Quoted(quoted.strip_prefix(" '")?.strip_suffix('\'')?),
            };
            // Only a value may hold what separates items.
            let one = first == last || matches!(value, Value::Quoted(_));
            one.then_some(Item { value, path: end.path, constraint: end.constraint })
        };
        piece.ends.iter().filter_map(item).collect()
    }
}

/// A member has one value, whatever it violates.
fn is_consistent(items: &[Item<'_>]) -> bool {
    let values: BTreeMap<_, _> = items.iter().map(|item| (item.path, item.value)).collect();
    items.iter().all(|item| values.get(item.path) == Some(&item.value))
}

impl Item<'_> {
    /// Whether the request can have violated it. What was not sent can only be missing.
    fn is_plausible(&self, members: &'static [Member]) -> bool {
        self.value == Value::Null || Path::new(self.path).members(self.path, members)
    }

    /// What it says, if that can be read; and what of it is not this program's.
    fn violations(&self, members: &'static [Member], foreign: &mut String) -> Option<Vec<Violation>> {
        let (of, kinds) = read(self.constraint)?;
        let mut path = Path::new(self.path);
        path.members(self.path, members);
        for text in &path.foreign {
            let _ = writeln!(foreign, "{text}");
        }
        for kind in &kinds {
            let _ = match kind {
                ViolationKind::Missing => Ok(()),
                ViolationKind::Pattern { pattern } => writeln!(foreign, "{pattern}"),
                ViolationKind::NotAMember { values } => writeln!(foreign, "{}", values.join(", ")),
                ViolationKind::TooShort { min: bound, .. } | ViolationKind::TooLong { max: bound, .. } => {
                    writeln!(foreign, "{bound}")
                }
                ViolationKind::Below { min: bound, .. } | ViolationKind::Above { max: bound, .. } => {
                    writeln!(foreign, "{bound}")
                }
            };
        }
        path.sensitive |= self.value == Value::LeftOut;
        let violation = |kind| Violation::new(path.text.clone() + of, path.wire.clone(), kind, None, path.sensitive);
        Some(kinds.into_iter().map(violation).collect())
    }
}

/// A path of the service in terms of the structs.
struct Path {
    text: String,
    /// As the service writes it, but for what may not be shown.
    wire: String,
    /// What of it is no name of a member: keys, numbers, what the request does not have.
    foreign: Vec<String>,
    sensitive: bool,
}

impl Path {
    fn new(wire: &str) -> Self {
        Self { text: String::new(), wire: wire.to_owned(), foreign: Vec::new(), sensitive: false }
    }

    /// Goes on with the path of a member; says whether there is one.
    fn members(&mut self, wire: &str, members: &'static [Member]) -> bool {
        let (first, rest) = wire.split_once('.').map_or((wire, None), |(first, rest)| (first, Some(rest)));
        if !self.text.is_empty() {
            self.text.push('.');
        }
        let Some(member) = members.iter().find(|member| super::lower_camel(member.name) == first) else {
            self.unknown(wire);
            return false;
        };
        self.text.push_str(member.field);
        self.sensitive |= member.sensitive;
        rest.is_none_or(|rest| self.within(rest, &member.shape))
    }

    fn within(&mut self, wire: &str, shape: &'static Shape) -> bool {
        match shape {
            Shape::Structure { members, .. } => return self.members(wire, members),
            Shape::List(entry) => {
                let (index, rest) = wire.split_once('.').unwrap_or((wire, "member"));
                if let Some(index) = index.parse::<usize>().ok().and_then(|index| index.checked_sub(1)) {
                    self.foreign.push(format!("{} {index}", index + 1));
                    let _ = write!(self.text, "[{index}]");
                    return match rest.strip_prefix("member") {
                        Some("") => true,
                        Some(rest) => rest.strip_prefix('.').is_some_and(|rest| self.within(rest, entry)),
                        None => false,
                    };
                }
            }
            Shape::Map(_) => {
                let (key, what) = match wire.strip_suffix(".key") {
                    Some(key) => (key, ".key"),
                    None => (wire.strip_suffix(".member").unwrap_or(wire), ""),
                };
                if self.sensitive {
                    // What is left of the path is its end.
                    let end = if wire.ends_with(".member") { ".member" } else { what };
                    let before = self.wire.len().saturating_sub(wire.len());
                    self.wire = self.wire.get(..before).unwrap_or_default().to_owned() + "…" + end;
                    let _ = write!(self.text, "[…]{what}");
                } else {
                    self.foreign.push(key.to_owned());
                    let _ = write!(self.text, "[{key:?}]{what}");
                }
                return true;
            }
            _ => {}
        }
        self.text.push('.');
        self.unknown(wire);
        false
    }

    /// What the request does not have is written as a field of that name would be.
    fn unknown(&mut self, wire: &str) {
        let before = self.text.len();
        let mut parts = wire.split('.').peekable();
        let mut first = true;
        while let Some(part) = parts.next() {
            let index = part.parse::<usize>().ok().and_then(|index| index.checked_sub(1));
            if let (false, Some(index), Some(&"member")) = (first, index, parts.peek()) {
                let _ = write!(self.text, "[{index}]");
                parts.next();
                continue;
            }
            if !first {
                self.text.push('.');
            }
            first = false;
            let mut before = '_';
            for c in part.chars() {
                if c.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit()) {
                    self.text.push('_');
                }
                self.text.extend(c.to_ascii_lowercase().escape_debug());
                before = c;
            }
        }
        self.foreign.push(format!("{wire}\n{}", &self.text[before..]));
    }
}

#[cfg(test)]
mod tests;

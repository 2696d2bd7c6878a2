//! Collects the violations of a request.

use super::lower_camel;
use super::violation::{Unit, Violation, ViolationKind};
use crate::schema::{Constraints, Length, Member, Range};
use std::borrow::Cow;

/// Collects violations with their paths.
///
/// ```
/// use cognito_op::{Checker, Constraints, InputValue, Shape, Unit, Writer, cognito_op};
/// use std::collections::BTreeSet;
///
/// /// A set of names.
/// #[derive(Debug)]
/// struct Names(BTreeSet<String>);
///
/// impl InputValue for Names {
///     const SHAPE: Shape = Shape::List(&Shape::String);
///
///     fn write(&self, writer: &mut Writer<'_>) {
///         writer.list(|list| self.0.iter().for_each(|name| list.entry(name)));
///     }
///     fn check(&self, constraints: &Constraints, checker: &mut Checker<'_>) {
///         checker.count(self.0.len(), Unit::Entry, constraints);
///         let of_a_name = constraints.of_entries();
///         for (index, name) in self.0.iter().enumerate() {
///             checker.at_index(index, |checker| checker.text(name, of_a_name));
///         }
///     }
/// }
///
/// #[cognito_op(target = "DeleteUserAttributes", response = ())]
/// struct DeleteUserAttributes {
///     access_token: String,
///     #[each(len(1, 32))]
///     user_attribute_names: Names,
/// }
///
/// let operation = DeleteUserAttributes::new("token", Names(["".to_owned()].into()));
/// assert_eq!(
///     operation.validate().unwrap_err().to_string(),
///     "`user_attribute_names[0]` must have at least 1 character, not 0"
/// );
/// ```
pub struct Checker<'c> {
    found: &'c mut Vec<Violation>,
    path: Option<&'c Step<'c>>,
    sensitive: bool,
}

/// A step of a path, on the stack. A path is formatted only for a violation.
struct Step<'c> {
    before: Option<&'c Step<'c>>,
    part: Part<'c>,
}

enum Part<'c> {
    Member(&'c Member),
    Index(usize),
    /// An entry of a map: its key, and `key` or `member` for the service's notation of the key or the value.
    Key(&'c str, &'static str),
}

impl<'c> Checker<'c> {
    pub(crate) fn new(found: &'c mut Vec<Violation>) -> Self {
        Self { found, path: None, sensitive: false }
    }

    /// Checks a member of the current structure.
    #[doc(hidden)]
    pub fn at_member(&mut self, member: &Member, check: impl FnOnce(&mut Checker<'_>)) {
        self.at(Part::Member(member), member.sensitive, check);
    }

    /// Checks an entry of the current list.
    pub fn at_index(&mut self, index: usize, check: impl FnOnce(&mut Checker<'_>)) {
        self.at(Part::Index(index), false, check);
    }

    /// Checks an entry of the current map: its key, and its value with `check`.
    ///
    /// ```
    /// use cognito_op::{Checker, Constraints, InputValue, Shape, Writer, cognito_op};
    ///
    /// /// One entry for a Lambda trigger.
    /// struct Campaign(String);
    ///
    /// impl InputValue for Campaign {
    ///     const SHAPE: Shape = Shape::Map(&Shape::String);
    ///
    ///     fn write(&self, writer: &mut Writer<'_>) {
    ///         writer.object(|object| object.member("campaign", &self.0));
    ///     }
    ///     fn check(&self, constraints: &Constraints, checker: &mut Checker<'_>) {
    ///         let of_values = constraints.of_entries();
    ///         checker.at_key("campaign", constraints, |checker| checker.text(&self.0, of_values));
    ///     }
    /// }
    ///
    /// #[cognito_op(target = "ForgotPassword", response = ())]
    /// struct ForgotPassword {
    ///     client_id: String,
    ///     username: String,
    ///     #[values(len(1, 20))]
    ///     client_metadata: Option<Campaign>,
    /// }
    ///
    /// let operation =
    ///     ForgotPassword::new("1example23456789", "alice").client_metadata(Campaign(String::new()));
    /// // Metadata is sensitive, and so are its keys.
    /// assert_eq!(
    ///     operation.validate().unwrap_err().to_string(),
    ///     "`client_metadata[…]` must have at least 1 character"
    /// );
    /// ```
    pub fn at_key(&mut self, key: &str, constraints: &Constraints, check: impl FnOnce(&mut Checker<'_>)) {
        self.at(Part::Key(key, "key"), false, |checker| checker.text(key, constraints.of_keys()));
        self.at(Part::Key(key, "member"), false, check);
    }

    fn at(&mut self, part: Part<'_>, sensitive: bool, check: impl FnOnce(&mut Checker<'_>)) {
        let step = Step { before: self.path, part };
        check(&mut Checker { found: self.found, path: Some(&step), sensitive: self.sensitive || sensitive });
    }

    /// Checks the current string.
    pub fn text(&mut self, value: &str, constraints: &Constraints) {
        // Matching may have counted the characters.
        let (matches, characters) = constraints.pattern.map_or((true, None), |pattern| pattern.scan(value));
        if let Some(length) = constraints.length
            && let Err(kind) = characters
                .map_or_else(|| check_characters(length, value), |characters| check_length(length, characters))
        {
            self.violation(kind, Some(Unit::Character));
        }
        if let Some(pattern) = constraints.pattern.filter(|_| !matches) {
            self.violation(ViolationKind::Pattern { pattern: pattern.as_str().into() }, None);
        }
    }

    /// Checks the current number.
    ///
    /// ```
    /// use cognito_op::{Checker, Constraints, InputValue, Shape, Writer, cognito_op};
    ///
    /// #[derive(Debug)]
    /// struct Limit(u8);
    ///
    /// impl InputValue for Limit {
    ///     const SHAPE: Shape = Shape::Integer;
    ///
    ///     fn write(&self, writer: &mut Writer<'_>) {
    ///         writer.integer(i64::from(self.0));
    ///     }
    ///     fn check(&self, constraints: &Constraints, checker: &mut Checker<'_>) {
    ///         checker.number(i64::from(self.0), constraints);
    ///     }
    /// }
    ///
    /// #[cognito_op(target = "ListDevices", response = ())]
    /// struct ListDevices {
    ///     access_token: String,
    ///     #[range]
    ///     limit: Option<Limit>,
    /// }
    ///
    /// let violations = ListDevices::new("token").limit(Limit(100)).validate().unwrap_err();
    /// assert_eq!(violations.to_string(), "`limit` must be at most 60, not 100");
    /// ```
    pub fn number(&mut self, value: i64, constraints: &Constraints) {
        if let Some(range) = constraints.range
            && let Err(kind) = check_range(range, value)
        {
            self.violation(kind, None);
        }
    }

    /// Checks the number of entries of the current list or map, or the number of bytes of the current blob.
    pub fn count(&mut self, count: usize, unit: Unit, constraints: &Constraints) {
        if let Some(length) = constraints.length
            && let Err(kind) = check_length(length, count as u64)
        {
            self.violation(kind, Some(unit));
        }
    }

    #[cold]
    fn violation(&mut self, kind: ViolationKind, unit: Option<Unit>) {
        let mut steps = Vec::new();
        let mut next = self.path;
        while let Some(step) = next {
            steps.push(&step.part);
            next = step.before;
        }
        let (mut path, mut serde_path, mut wire_path) = (String::new(), String::new(), String::new());
        for part in steps.into_iter().rev() {
            let (in_struct, on_wire) = match part {
                Part::Member(member) => {
                    path.extend([".", member.field]);
                    serde_path.extend([".", member.path_name()]);
                    wire_path.extend([".", &lower_camel(member.name)]);
                    continue;
                }
                Part::Index(index) => (format!("[{index}]"), format!(".{}.member", index + 1)),
                // The keys of a sensitive map are sensitive.
                Part::Key(_, what) if self.sensitive => (format!("[…]{}", of(what)), format!(".….{what}")),
                Part::Key(key, what) => {
                    let key = shortened(key);
                    (format!("[{key:?}]{}", of(what)), format!(".{}.{what}", key.escape_debug()))
                }
            };
            path += &in_struct;
            serde_path += &in_struct;
            wire_path += &on_wire;
        }
        // A path does not begin with a separator.
        let paths = [path, serde_path, wire_path].map(|path| path.trim_start_matches('.').to_owned());
        self.found.push(Violation::new(paths, kind, unit, self.sensitive));
    }
}

/// Returns the key, truncated after 64 characters.
fn shortened(key: &str) -> Cow<'_, str> {
    const LONGEST: usize = 64;
    match key.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", &key[..end])),
        None => Cow::Borrowed(key),
    }
}

/// Returns the suffix of the path of a key. The path of a value has no suffix.
fn of(what: &str) -> &str {
    if what == "key" { ".key" } else { "" }
}

pub(super) fn check_range(range: Range, actual: i64) -> Result<(), ViolationKind> {
    match range {
        Range { min: Some(min), .. } if actual < min => Err(ViolationKind::Below { min, actual: Some(actual) }),
        Range { max: Some(max), .. } if actual > max => Err(ViolationKind::Above { max, actual: Some(actual) }),
        _ => Ok(()),
    }
}

pub(super) fn check_length(length: Length, actual: u64) -> Result<(), ViolationKind> {
    match length {
        Length { min: Some(min), .. } if actual < min => Err(ViolationKind::TooShort { min, actual: Some(actual) }),
        Length { max: Some(max), .. } if actual > max => Err(ViolationKind::TooLong { max, actual: Some(actual) }),
        _ => Ok(()),
    }
}

/// Checks the number of characters of a string. It counts them only if the number of bytes does not determine the
/// result.
pub(super) fn check_characters(length: Length, value: &str) -> Result<(), ViolationKind> {
    let bytes = value.len() as u64;
    // A character has one to four bytes.
    let enough = length.min.is_none_or(|min| bytes.div_ceil(4) >= min);
    let not_too_many = length.max.is_none_or(|max| bytes <= max);
    if enough && not_too_many { Ok(()) } else { check_length(length, value.chars().count() as u64) }
}

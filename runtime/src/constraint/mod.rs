//! Constraints on members, and what violates them.

#[cfg(feature = "mock")]
mod account;
mod automaton;
mod checker;
mod class;
mod message;
mod pages;
#[cfg(test)]
mod tests;
mod violation;

#[cfg(feature = "mock")]
pub(crate) use account::account;
pub use automaton::Automaton;
pub use checker::Checker;
pub use class::{Class, known};
pub use violation::{Unit, Violation, ViolationKind, Violations};

use std::fmt;

/// What is checked of a member before it is sent.
///
/// ```
/// use cognito_op::{Structure, cognito_op};
///
/// #[cognito_op(target = "DeleteUserAttributes", response = ())]
/// struct DeleteUserAttributes {
///     access_token: String,
///     #[len(1, 5)]
///     #[each(len(1, 32))]
///     user_attribute_names: Vec<String>,
/// }
///
/// let names = DeleteUserAttributes::MEMBERS[1].constraints;
/// assert_eq!(names.length.and_then(|length| length.max), Some(5));
/// assert_eq!(names.entries.and_then(|entries| entries.length?.max), Some(32));
/// assert!(names.keys.is_none() && names.pattern.is_none() && names.range.is_none());
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Constraints {
    /// How long the value may be.
    pub length: Option<Length>,
    /// What the value has to match.
    pub pattern: Option<Pattern>,
    /// How large the number may be.
    pub range: Option<Range>,
    /// What is checked of each entry of a list, or of each value of a map.
    pub entries: Option<&'static Constraints>,
    /// What is checked of each key of a map.
    pub keys: Option<&'static Constraints>,
}

impl Constraints {
    /// No constraint.
    pub const NONE: Self = Self { length: None, pattern: None, range: None, entries: None, keys: None };

    #[doc(hidden)]
    #[must_use]
    pub const fn length(mut self, min: Option<u64>, max: Option<u64>) -> Self {
        self.length = Some(Length { min, max });
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn repeated(mut self, text: &'static str, class: &'static Class, min: u32, max: Option<u64>) -> Self {
        let max = match max {
            Some(max) => max,
            None => u64::MAX,
        };
        self.pattern = Some(Pattern { text, matcher: Matcher::Repeated { class, min: min as u64, max } });
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn automaton(mut self, text: &'static str, automaton: &'static Automaton) -> Self {
        self.pattern = Some(Pattern { text, matcher: Matcher::Automaton(automaton) });
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn range(mut self, min: Option<i64>, max: Option<i64>) -> Self {
        self.range = Some(Range { min, max });
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn entries(mut self, entries: &'static Self) -> Self {
        self.entries = Some(entries);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn keys(mut self, keys: &'static Self) -> Self {
        self.keys = Some(keys);
        self
    }

    /// What is checked of an entry of a list, or of a value of a map; for a type of one's own that is one.
    ///
    /// ```
    /// use cognito_op::{Checker, Constraints};
    ///
    /// /// A list of texts that is no `Vec`.
    /// fn check(list: &[&str], constraints: &Constraints, checker: &mut Checker<'_>) {
    ///     for (index, entry) in list.iter().enumerate() {
    ///         checker.at_index(index, |checker| checker.text(entry, constraints.of_entries()));
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn of_entries(&self) -> &'static Self {
        self.entries.unwrap_or(&Self::NONE)
    }

    /// What is checked of a key of a map; [`Checker::at_key`] does so by itself.
    #[must_use]
    pub fn of_keys(&self) -> &'static Self {
        self.keys.unwrap_or(&Self::NONE)
    }
}

/// A length: Unicode scalar values of a string, entries of a list or map, bytes of a blob. Both ends are inclusive; an end that is not
/// written is not checked.
///
/// ```
/// use cognito_op::{Length, Structure, cognito_op};
///
/// #[cognito_op(target = "GlobalSignOut")]
/// struct GlobalSignOut {
///     #[len(min = 20)]
///     access_token: String,
/// }
///
/// let length = GlobalSignOut::MEMBERS[0].constraints.length;
/// assert_eq!(length, Some(Length { min: Some(20), max: None }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// The shortest that passes.
    pub min: Option<u64>,
    /// The longest that passes.
    pub max: Option<u64>,
}

/// The numbers from one to another. Both ends are inclusive; an end that is not written is not checked.
///
/// ```
/// use cognito_op::{Range, Structure, cognito_op};
///
/// #[cognito_op(target = "ListDevices", response = ())]
/// struct ListDevices {
///     access_token: String,
///     #[range]
///     limit: Option<i32>,
/// }
///
/// assert_eq!(
///     ListDevices::MEMBERS[1].constraints.range,
///     Some(Range { min: Some(0), max: Some(60) })
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The smallest that passes.
    pub min: Option<i64>,
    /// The largest that passes.
    pub max: Option<i64>,
}

impl Range {
    fn check(self, actual: i64) -> Result<(), ViolationKind> {
        match self {
            Self { min: Some(min), .. } if actual < min => Err(ViolationKind::Below { min, actual: Some(actual) }),
            Self { max: Some(max), .. } if actual > max => Err(ViolationKind::Above { max, actual: Some(actual) }),
            _ => Ok(()),
        }
    }
}

/// A pattern that the whole value has to match, compiled when the crate was.
///
/// ```
/// use cognito_op::{Structure, cognito_op};
///
/// #[cognito_op(target = "VerifySoftwareToken", response = ())]
/// struct VerifySoftwareToken {
///     #[pattern("[0-9]+")]
///     user_code: String,
/// }
///
/// let pattern = VerifySoftwareToken::MEMBERS[0].constraints.pattern.unwrap();
/// assert_eq!(pattern.as_str(), "[0-9]+");
/// assert!(pattern.is_match("012345") && !pattern.is_match("012 345"));
/// ```
#[derive(Clone, Copy)]
pub struct Pattern {
    text: &'static str,
    matcher: Matcher,
}

#[derive(Clone, Copy)]
enum Matcher {
    /// Characters of one class, so many of them.
    Repeated {
        class: &'static Class,
        min: u64,
        max: u64,
    },
    Automaton(&'static Automaton),
}

impl Pattern {
    /// The pattern as it was written.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        self.text
    }

    /// Whether the whole of `value` matches, in time linear in its length and without allocation.
    #[must_use]
    pub fn is_match(&self, value: &str) -> bool {
        self.scan(value).0
    }

    /// Whether the whole of `value` matches, and how many characters it has where that came to light.
    #[inline]
    fn scan(&self, value: &str) -> (bool, Option<u64>) {
        match self.matcher {
            Matcher::Repeated { class, min, max } => {
                let characters = class.count(value);
                (characters.is_some_and(|characters| min <= characters && characters <= max), characters)
            }
            Matcher::Automaton(automaton) => automaton.scan(value),
        }
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.text).finish()
    }
}

impl Length {
    /// Whether that many lie within.
    fn check(self, actual: u64) -> Result<(), ViolationKind> {
        match self {
            Self { min: Some(min), .. } if actual < min => Err(ViolationKind::TooShort { min, actual: Some(actual) }),
            Self { max: Some(max), .. } if actual > max => Err(ViolationKind::TooLong { max, actual: Some(actual) }),
            _ => Ok(()),
        }
    }

    /// As [`Length::check`] for the characters of a string, which are counted only if the count of bytes leaves it open.
    fn measure(self, value: &str) -> Result<(), ViolationKind> {
        let bytes = value.len() as u64;
        // A character is one to four bytes long.
        let enough = self.min.is_none_or(|min| bytes.div_ceil(4) >= min);
        let not_too_many = self.max.is_none_or(|max| bytes <= max);
        if enough && not_too_many { Ok(()) } else { self.check(value.chars().count() as u64) }
    }
}

/// The service writes paths in lowerCamelCase: `ClientId` is `clientId` there.
fn lower_camel(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

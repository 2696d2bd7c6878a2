//! Patterns, which the macro compiles to tables.

mod automaton;
mod class;
mod ecmascript;
mod pages;
#[cfg(test)]
mod tests;

pub use automaton::Automaton;
pub use class::{Class, known};

use std::fmt;

/// A pattern that the whole value must match, compiled by the macro.
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
    /// At least `min` and at most `max` characters of one class.
    Repeated {
        class: &'static Class,
        min: u64,
        max: u64,
    },
    Automaton(&'static Automaton),
}

impl Pattern {
    /// Creates a pattern of a class that is repeated at least `min` and at most `max` times.
    pub(super) const fn repeated(text: &'static str, class: &'static Class, min: u32, max: Option<u64>) -> Self {
        let max = match max {
            Some(max) => max,
            None => u64::MAX,
        };
        Self { text, matcher: Matcher::Repeated { class, min: min as u64, max } }
    }

    pub(super) const fn automaton(text: &'static str, automaton: &'static Automaton) -> Self {
        Self { text, matcher: Matcher::Automaton(automaton) }
    }

    /// Returns the pattern as it was written.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        self.text
    }

    /// Translates the pattern to ECMAScript, for the attribute `pattern` of an HTML form. Browsers compile that
    /// attribute with the flag `v`. The result compiles with this flag and accepts every value that
    /// [`is_match`](Self::is_match) accepts. Returns `None` if ECMAScript cannot express the pattern: a complement such
    /// as `\P{L}` depends on the version of Unicode.
    ///
    /// ```
    /// use cognito_op::{Structure, cognito_op};
    ///
    /// #[cognito_op(target = "ForgotPassword", response = ())]
    /// struct ForgotPassword {
    ///     #[pattern]
    ///     client_id: String,
    ///     username: String,
    /// }
    ///
    /// let pattern = ForgotPassword::MEMBERS[0].constraints.pattern.unwrap();
    /// assert_eq!(pattern.as_str(), r"[\w+]+");
    /// assert_eq!(pattern.to_ecmascript().as_deref(), Some(r"[\w\+]+"));
    /// ```
    #[must_use]
    pub fn to_ecmascript(&self) -> Option<String> {
        ecmascript::translate(self.text)
    }

    /// Returns whether the whole of `value` matches. Matching takes time linear in its length, and does not allocate.
    #[must_use]
    pub fn is_match(&self, value: &str) -> bool {
        self.scan(value).0
    }

    /// Returns whether the whole of `value` matches, and its number of characters if matching has counted them.
    #[inline]
    pub(crate) fn scan(&self, value: &str) -> (bool, Option<u64>) {
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

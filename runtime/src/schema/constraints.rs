//! The constraints of a member.

use super::pattern::{Automaton, Class, Pattern};

/// The constraints on the value of a member.
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
    /// The length of the value.
    pub length: Option<Length>,
    /// The pattern that the whole value must match.
    pub pattern: Option<Pattern>,
    /// The range of the number.
    pub range: Option<Range>,
    /// The constraints on each entry of a list, or each value of a map.
    pub entries: Option<&'static Constraints>,
    /// The constraints on each key of a map.
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
        self.pattern = Some(Pattern::repeated(text, class, min, max));
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn automaton(mut self, text: &'static str, automaton: &'static Automaton) -> Self {
        self.pattern = Some(Pattern::automaton(text, automaton));
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

    /// Returns the constraints on an entry of a list or a value of a map, for a list or map type of your own. They are
    /// [`Constraints::NONE`] if there are none.
    ///
    /// ```
    /// use cognito_op::{Checker, Constraints};
    ///
    /// /// Checks a slice like a `Vec`.
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

    /// Returns the constraints on a key of a map. [`Checker::at_key`](crate::Checker::at_key) applies them.
    #[must_use]
    pub fn of_keys(&self) -> &'static Self {
        self.keys.unwrap_or(&Self::NONE)
    }
}

/// The bounds of a length: Unicode scalar values of a string, entries of a list or map, bytes of a blob. Both bounds
/// are inclusive. A bound of `None` is not checked.
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
    /// The minimum.
    pub min: Option<u64>,
    /// The maximum.
    pub max: Option<u64>,
}

impl Length {
    /// Returns bounds in UTF-16 code units, as the attributes `minlength` and `maxlength` of an HTML form count them.
    /// The service counts code points, each of which has one or two code units. A value within the bounds of the
    /// service is therefore within these bounds too.
    ///
    /// ```
    /// use cognito_op::Length;
    ///
    /// let length = Length { min: Some(1), max: Some(128) };
    /// assert_eq!(length.in_utf16(), Length { min: Some(1), max: Some(256) });
    /// ```
    #[must_use]
    pub const fn in_utf16(self) -> Self {
        let max = match self.max {
            Some(max) => Some(max.saturating_mul(2)),
            None => None,
        };
        Self { max, ..self }
    }
}

/// The bounds of a whole number. Both are inclusive. A bound of `None` is not checked.
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
    /// The minimum.
    pub min: Option<i64>,
    /// The maximum.
    pub max: Option<i64>,
}

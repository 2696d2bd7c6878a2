//! Violations of constraints.

use crate::text::single_line;
use std::borrow::Cow;
use std::collections::HashSet;
use std::error::Error;
use std::fmt;

/// A violated constraint of a member. It does not contain the value.
///
/// ```
/// use cognito_op::{Unit, ViolationKind, cognito_op};
///
/// #[cognito_op(target = "DeleteUserAttributes", response = ())]
/// struct DeleteUserAttributes {
///     access_token: String,
///     #[each(len(1, 32))]
///     user_attribute_names: Vec<String>,
/// }
///
/// let operation = DeleteUserAttributes::new("token", ["email".to_owned(), "x".repeat(40)]);
/// let violations = operation.validate().unwrap_err();
/// let violation = violations.iter().next().unwrap();
/// assert_eq!(violation.path(), "user_attribute_names[1]");
/// assert_eq!(violation.wire_path(), "userAttributeNames.2.member");
/// assert_eq!(violation.kind(), &ViolationKind::TooLong { max: 32, actual: Some(40) });
/// assert_eq!(violation.unit(), Some(Unit::Character));
/// assert!(!violation.is_sensitive());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    path: String,
    serde_path: String,
    wire_path: String,
    kind: ViolationKind,
    unit: Option<Unit>,
    sensitive: bool,
}

/// The violated constraint, with the bound and the measured length or number.
///
/// The measured value is `None` if the service found the violation, since the service does not report it.
///
/// ```
/// use cognito_op::{Violation, ViolationKind};
///
/// /// The text for the person who typed the value.
/// fn advice(violation: &Violation) -> String {
///     match violation.kind() {
///         ViolationKind::Missing | ViolationKind::TooShort { min: 1, .. } => {
///             "please fill this in".to_owned()
///         }
///         ViolationKind::TooShort { min, .. } => format!("at least {min}, please"),
///         ViolationKind::TooLong { max, .. } => format!("at most {max}, please"),
///         _ => format!("this {}", violation.requirement()),
///     }
/// }
/// # let message = "1 validation error detected: Value at 'password' failed to satisfy constraint: \
/// #     Member must have length greater than or equal to 6";
/// # let violations = cognito_op::Violations::from_message(message, &[]).unwrap();
/// # assert_eq!(advice(violations.iter().next().unwrap()), "at least 6, please");
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ViolationKind {
    /// A required member has no value.
    Missing,
    /// The value is shorter than `min`; [`Violation::unit`] returns the unit.
    TooShort {
        /// The minimum.
        min: u64,
        /// The measured length.
        actual: Option<u64>,
    },
    /// The value is longer than `max`; [`Violation::unit`] returns the unit.
    TooLong {
        /// The maximum.
        max: u64,
        /// The measured length.
        actual: Option<u64>,
    },
    /// The number is smaller than `min`.
    Below {
        /// The minimum.
        min: i64,
        /// The number.
        actual: Option<i64>,
    },
    /// The number is larger than `max`.
    Above {
        /// The maximum.
        max: i64,
        /// The number.
        actual: Option<i64>,
    },
    /// The value does not match the pattern.
    Pattern {
        /// The pattern, as it was written.
        pattern: Cow<'static, str>,
    },
    /// The value is not one of the enum's values. Only the service reports this, since the enums of this crate are
    /// open.
    NotAMember {
        /// The values of the enum.
        values: Vec<String>,
    },
}

/// The unit of a length.
///
/// ```
/// use cognito_op::{Unit, Violation};
///
/// fn of(violation: &Violation) -> &'static str {
///     match violation.unit() {
///         Some(Unit::Character) => "characters",
///         Some(Unit::Entry) => "entries",
///         Some(Unit::Byte) => "bytes",
///         _ => "",
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unit {
    /// The Unicode scalar values of a string.
    Character,
    /// The entries of a list or a map.
    Entry,
    /// The bytes of a blob, before Base64 encoding.
    Byte,
}

impl Unit {
    fn of(self, count: u64) -> &'static str {
        match (self, count) {
            (Self::Character, 1) => " character",
            (Self::Character, _) => " characters",
            (Self::Entry, 1) => " entry",
            (Self::Entry, _) => " entries",
            (Self::Byte, 1) => " byte",
            (Self::Byte, _) => " bytes",
        }
    }
}

impl Violation {
    /// Creates a violation. The paths are those in the struct, for serde and of the service.
    pub(super) fn new(paths: [String; 3], kind: ViolationKind, unit: Option<Unit>, sensitive: bool) -> Self {
        let [path, serde_path, wire_path] = paths;
        Self { path, serde_path, wire_path, kind, unit, sensitive }
    }

    /// Returns the member's path in the struct: `user_context_data.ip_address`, `user_attributes[3].name`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the path with the names that serde's derives give to the fields: `userAttributes[3].name` for a struct
    /// with `#[serde(rename_all = "camelCase")]`. Without attributes of serde, it equals [`path`](Self::path). The
    /// attribute `flatten` is not taken into account.
    ///
    /// ```
    /// use cognito_op::cognito_op;
    /// use serde::Deserialize;
    ///
    /// /// The body of the request that a browser sends.
    /// #[cognito_op(target = "ForgotPassword", response = ())]
    /// #[derive(Deserialize)]
    /// struct ForgotPassword {
    ///     #[serde(skip)]
    ///     #[client_id]
    ///     client_id: Option<String>,
    ///     #[len]
    ///     #[serde(rename = "email")]
    ///     username: String,
    /// }
    ///
    /// let form: ForgotPassword = serde_json::from_str(r#"{"email": ""}"#).unwrap();
    /// let violations = form.validate().unwrap_err();
    /// let violation = violations.iter().next().unwrap();
    /// assert_eq!(violation.path(), "username");
    /// assert_eq!(violation.serde_path(), "email");
    /// ```
    #[must_use]
    pub fn serde_path(&self) -> &str {
        &self.serde_path
    }

    /// Returns the member's path in the notation of the service: `userAttributes.4.member.name`. Indexes start at 1.
    #[must_use]
    pub fn wire_path(&self) -> &str {
        &self.wire_path
    }

    /// Returns the violated constraint.
    #[must_use]
    pub fn kind(&self) -> &ViolationKind {
        &self.kind
    }

    /// Returns the unit of the length in [`kind`](Self::kind). `None` for other constraints, and if the service found
    /// the violation.
    #[must_use]
    pub fn unit(&self) -> Option<Unit> {
        self.unit
    }

    /// Returns whether the member is sensitive. `Display` and `Debug` omit the measured length of a sensitive member.
    #[must_use]
    pub fn is_sensitive(&self) -> bool {
        self.sensitive
    }

    /// Returns the violated constraint in words, without the path and the measured value.
    ///
    /// ```
    /// use cognito_op::cognito_op;
    ///
    /// #[cognito_op(target = "ForgotPassword", response = ())]
    /// struct ForgotPassword {
    ///     client_id: String,
    ///     #[len]
    ///     username: String,
    /// }
    ///
    /// let violations = ForgotPassword::new("1example23456789", "").validate().unwrap_err();
    /// let violation = violations.iter().next().unwrap();
    /// assert_eq!(violation.requirement(), "must have at least 1 character");
    /// ```
    #[must_use]
    pub fn requirement(&self) -> String {
        Requirement { kind: &self.kind, unit: self.unit }.to_string()
    }
}

impl ViolationKind {
    /// Returns a name for the violated constraint, for use by programs: `missing`, `too_short`, `too_long`, `below`,
    /// `above`, `pattern` or `enum`. The names do not change; new kinds have new names.
    ///
    /// ```
    /// use cognito_op::ViolationKind;
    ///
    /// let kind = ViolationKind::TooLong { max: 128, actual: None };
    /// assert_eq!(kind.code(), "too_long");
    /// assert_eq!(kind.to_string(), "must have a length of at most 128");
    /// ```
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooShort { .. } => "too_short",
            Self::TooLong { .. } => "too_long",
            Self::Below { .. } => "below",
            Self::Above { .. } => "above",
            Self::Pattern { .. } => "pattern",
            Self::NotAMember { .. } => "enum",
        }
    }
}

/// Shows the constraint without the measured value, which may be the length of a password.
impl fmt::Debug for ViolationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("Missing"),
            Self::TooShort { min, .. } => f.debug_struct("TooShort").field("min", min).finish_non_exhaustive(),
            Self::TooLong { max, .. } => f.debug_struct("TooLong").field("max", max).finish_non_exhaustive(),
            Self::Below { min, .. } => f.debug_struct("Below").field("min", min).finish_non_exhaustive(),
            Self::Above { max, .. } => f.debug_struct("Above").field("max", max).finish_non_exhaustive(),
            Self::Pattern { pattern } => f.debug_struct("Pattern").field("pattern", pattern).finish(),
            Self::NotAMember { values } => f.debug_struct("NotAMember").field("values", values).finish(),
        }
    }
}

/// A constraint in words, on one line.
struct Requirement<'v> {
    kind: &'v ViolationKind,
    unit: Option<Unit>,
}

impl fmt::Display for Requirement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut length = |end: &str, bound: u64| match self.unit {
            Some(unit) => write!(f, "must have {end} {bound}{}", unit.of(bound)),
            None => write!(f, "must have a length of {end} {bound}"),
        };
        match self.kind {
            ViolationKind::Missing => f.write_str("must be present"),
            ViolationKind::TooShort { min, .. } => length("at least", *min),
            ViolationKind::TooLong { max, .. } => length("at most", *max),
            ViolationKind::Below { min, .. } => write!(f, "must be at least {min}"),
            ViolationKind::Above { max, .. } => write!(f, "must be at most {max}"),
            ViolationKind::Pattern { pattern } => write!(f, "must match `{}`", single_line(pattern)),
            ViolationKind::NotAMember { values } if values.is_empty() => {
                f.write_str("must be a value of the service's enum")
            }
            ViolationKind::NotAMember { values } => write!(f, "must be one of {}", single_line(&values.join(", "))),
        }
    }
}

/// Writes the constraint in words, without a unit: `must have a length of at most 128`.
impl fmt::Display for ViolationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Requirement { kind: self, unit: None }.fmt(f)
    }
}

/// Writes a sentence without the value: `` `username` must have at most 128 characters, not 140 ``.
impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.path, Requirement { kind: &self.kind, unit: self.unit })?;
        match self.measured() {
            Some(measured) => write!(f, ", not {measured}"),
            None => Ok(()),
        }
    }
}

impl Violation {
    /// Returns the measured length or number, unless the member is sensitive.
    pub(super) fn measured(&self) -> Option<i64> {
        match self.kind {
            _ if self.sensitive => None,
            ViolationKind::TooShort { actual, .. } | ViolationKind::TooLong { actual, .. } => {
                actual.and_then(|length| length.try_into().ok())
            }
            ViolationKind::Below { actual, .. } | ViolationKind::Above { actual, .. } => actual,
            _ => None,
        }
    }
}

/// The violations of a request, at least one.
///
/// A value can violate several constraints: an empty string can be too short and also not match the pattern. The first
/// violation is usually enough for the person who typed the value.
///
/// ```
/// use cognito_op::cognito_op;
///
/// #[cognito_op(target = "ForgotPassword", response = ())]
/// struct ForgotPassword {
///     #[len]
///     client_id: String,
///     #[len]
///     username: String,
/// }
///
/// let violations = ForgotPassword::new("", "a".repeat(200)).validate().unwrap_err();
/// let paths: Vec<_> = violations.iter().map(|violation| violation.path()).collect();
/// assert_eq!(paths, ["client_id", "username"]);
/// // User names are sensitive, and so is their length.
/// assert_eq!(
///     violations.to_string(),
///     "`client_id` must have at least 1 character; `username` must have at most 128 characters"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(pub(super) Vec<Violation>);

impl Violations {
    /// Returns the violations as an error, if there are any.
    pub(crate) fn of(found: Vec<Violation>) -> Result<(), Self> {
        if found.is_empty() { Ok(()) } else { Err(Self(found)) }
    }

    /// Returns the violations, in the order of the members or of the service's message.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }

    /// Returns the first violation of each value, for a page that shows one text for each field.
    ///
    /// ```
    /// # use cognito_op::cognito_op;
    /// #[cognito_op(target = "ForgotPassword", response = ())]
    /// struct ForgotPassword {
    ///     #[len(min = 1)]
    ///     client_id: String,
    ///     #[len]
    ///     #[pattern]
    ///     username: String,
    /// }
    ///
    /// let violations = ForgotPassword::new("", "").validate().unwrap_err();
    /// let paths = violations.iter().map(|violation| violation.path());
    /// assert_eq!(paths.collect::<Vec<_>>(), ["client_id", "username", "username"]);
    /// let paths = violations.first_of_each().map(|violation| violation.path());
    /// assert_eq!(paths.collect::<Vec<_>>(), ["client_id", "username"]);
    /// ```
    pub fn first_of_each(&self) -> impl Iterator<Item = &Violation> {
        let mut paths = HashSet::new();
        self.iter().filter(move |violation| paths.insert(violation.path()))
    }
}

/// Adds violations. A flow needs this if it validates more than an operation.
///
/// ```
/// # use cognito_op::cognito_op;
/// use cognito_op::{Operation, Violations};
///
/// /// The values that a person entered for a flow.
/// #[cognito_op(target = "InitiateAuth", response = (), unmodeled)]
/// struct Entered<'r> {
///     #[len(1, 128)]
///     username: &'r str,
///     #[len(min = 1)]
///     password: &'r str,
/// }
///
/// fn validate(entered: &Entered<'_>, request: &impl Operation) -> Result<(), Violations> {
///     match (entered.validate(), request.validate()) {
///         (Err(mut violations), Err(more)) => {
///             violations.extend(more);
///             Err(violations)
///         }
///         (one, other) => one.and(other),
///     }
/// }
/// # let invalid = Entered::new("", "");
/// # assert_eq!(validate(&invalid, &invalid).unwrap_err().iter().count(), 4);
/// ```
impl Extend<Violation> for Violations {
    fn extend<T: IntoIterator<Item = Violation>>(&mut self, violations: T) {
        self.0.extend(violations);
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Writes one line, with the separator `; `.
impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            violation.fmt(f)?;
        }
        Ok(())
    }
}

impl Error for Violations {}

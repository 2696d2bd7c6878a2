//! Violations as values.

use super::message;
use crate::error::in_one_line;
use crate::schema::Member;
use std::borrow::Cow;
use std::error::Error;
use std::fmt;

/// A member that violates a constraint. The value itself is never part of it.
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
    wire_path: String,
    kind: ViolationKind,
    unit: Option<Unit>,
    sensitive: bool,
}

/// Which constraint is violated, and by how much.
///
/// What was measured is `None` where it is the service that found the violation, since it does not say.
///
/// ```
/// use cognito_op::{Violation, ViolationKind};
///
/// /// In the words of the program, for whoever typed it.
/// fn advice(violation: &Violation) -> String {
///     match violation.kind() {
///         ViolationKind::Missing => "please fill this in".to_owned(),
///         ViolationKind::TooShort { min: 1, .. } => "please fill this in".to_owned(),
///         ViolationKind::TooShort { min, .. } => format!("at least {min}, please"),
///         ViolationKind::TooLong { max, .. } => format!("at most {max}, please"),
///         _ => "please check this".to_owned(),
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
    /// The value is shorter than `min`; [`Violation::unit`] says in what.
    TooShort {
        /// The shortest that passes.
        min: u64,
        /// The length found.
        actual: Option<u64>,
    },
    /// The value is longer than `max`; [`Violation::unit`] says in what.
    TooLong {
        /// The longest that passes.
        max: u64,
        /// The length found.
        actual: Option<u64>,
    },
    /// The number is smaller than `min`.
    Below {
        /// The smallest that passes.
        min: i64,
        /// The number found.
        actual: Option<i64>,
    },
    /// The number is larger than `max`.
    Above {
        /// The largest that passes.
        max: i64,
        /// The number found.
        actual: Option<i64>,
    },
    /// The value does not match the pattern.
    Pattern {
        /// The pattern, as it was written.
        pattern: Cow<'static, str>,
    },
    /// The value is none of those that the service has for the member. Only the service finds that: an enum here is open.
    NotAMember {
        /// The values that it has.
        values: Vec<String>,
    },
}

/// What a length is counted in.
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
    /// The bytes of a blob, before they are Base64.
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
    pub(super) fn new(
        path: String,
        wire_path: String,
        kind: ViolationKind,
        unit: Option<Unit>,
        sensitive: bool,
    ) -> Self {
        Self { path, wire_path, kind, unit, sensitive }
    }

    /// The member's path in the struct: `user_context_data.ip_address`, `user_attributes[3].name`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The member's path as the service writes it: `userAttributes.4.member.name`, counted from one.
    #[must_use]
    pub fn wire_path(&self) -> &str {
        &self.wire_path
    }

    /// Which constraint is violated.
    #[must_use]
    pub fn kind(&self) -> &ViolationKind {
        &self.kind
    }

    /// What the lengths of [`kind`](Self::kind) are counted in; `None` where it is no length, or the service measured it.
    #[must_use]
    pub fn unit(&self) -> Option<Unit> {
        self.unit
    }

    /// Whether the member is one whose value is never shown. Its measured length is left out of `Display` and `Debug`.
    #[must_use]
    pub fn is_sensitive(&self) -> bool {
        self.sensitive
    }
}

/// Shows the constraint and not what was measured, which may be the length of a password.
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

/// A sentence without the value: `` `username` must have at most 128 characters, not 140 ``.
impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` must ", self.path)?;
        let actual = match &self.kind {
            ViolationKind::Missing => return f.write_str("be given"),
            ViolationKind::Pattern { pattern } => return write!(f, "match `{}`", in_one_line(pattern)),
            ViolationKind::NotAMember { values } => {
                return match values.as_slice() {
                    [] => f.write_str("be one of the values that the service has"),
                    values => write!(f, "be one of {}", in_one_line(&values.join(", "))),
                };
            }
            ViolationKind::TooShort { min, actual } => {
                self.length(f, "at least", *min).map(|()| actual.map(i128::from))?
            }
            ViolationKind::TooLong { max, actual } => {
                self.length(f, "at most", *max).map(|()| actual.map(i128::from))?
            }
            ViolationKind::Below { min, actual } => {
                write!(f, "be at least {min}")?;
                actual.map(i128::from)
            }
            ViolationKind::Above { max, actual } => {
                write!(f, "be at most {max}")?;
                actual.map(i128::from)
            }
        };
        match actual {
            Some(actual) if !self.sensitive => write!(f, ", not {actual}"),
            _ => Ok(()),
        }
    }
}

impl Violation {
    fn length(&self, f: &mut fmt::Formatter<'_>, end: &str, bound: u64) -> fmt::Result {
        match self.unit {
            Some(unit) => write!(f, "have {end} {bound}{}", unit.of(bound)),
            None => write!(f, "have a length of {end} {bound}"),
        }
    }
}

/// All violations of a request; there is at least one. A value can have several: an empty one is too short and matches no pattern. To
/// whoever typed it, the first is enough.
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
/// // User names are sensitive, and so is how long they are.
/// assert_eq!(
///     violations.to_string(),
///     "`client_id` must have at least 1 character; `username` must have at most 128 characters"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// An error if anything was found.
    pub(crate) fn of(found: Vec<Violation>) -> Result<(), Self> {
        if found.is_empty() { Ok(()) } else { Err(Self(found)) }
    }

    /// What the service says of a request in its own words: the message of an `InvalidParameterException`, such as
    /// `1 validation error detected: Value 'a b' at 'clientId' failed to satisfy constraint: …`. `None` where the message
    /// is another one, or can be read in more than one way. The members are those of the operation; without them, paths are
    /// translated by their spelling alone, and what is sensitive is only known of values that the message leaves out.
    ///
    /// [`Error::violations`](crate::Error::violations) does so by itself.
    ///
    /// ```
    /// use cognito_op::{ViolationKind, Violations};
    ///
    /// let message = "1 validation error detected: Value null at 'userAttributes.2.member.name' failed to satisfy \
    ///     constraint: Member must not be null";
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

    /// The same of a message that does not quote in its constraints or paths what may not be shown.
    pub(crate) fn from_message_without(
        message: &str,
        members: &'static [Member],
        quotes: &dyn Fn(&str) -> bool,
    ) -> Option<Self> {
        message::parse(message, members, quotes)
    }

    /// The message of the service for these violations, without the values.
    #[cfg(feature = "mock")]
    pub(crate) fn to_message(&self) -> String {
        let item = |violation: &Violation| {
            let constraint = message::words(&violation.kind);
            format!("Value at '{}' failed to satisfy constraint: Member must {constraint}", violation.wire_path)
        };
        let items: Vec<String> = self.0.iter().map(item).collect();
        let plural = if items.len() == 1 { "" } else { "s" };
        format!("{} validation error{plural} detected: {}", items.len(), items.join("; "))
    }

    /// The violations, in the order of the members, or in that of the service's message.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
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

/// In one line, with `; ` between.
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

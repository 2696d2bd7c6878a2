//! Violations as values.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

/// A member that violates a constraint. The value itself is never part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    path: String,
    wire_path: String,
    kind: ViolationKind,
    sensitive: bool,
}

/// Which constraint is violated, and by how much.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ViolationKind {
    /// The value is shorter than `min`.
    TooShort {
        /// The shortest that passes.
        min: u64,
        /// The length found.
        actual: u64,
    },
    /// The value is longer than `max`.
    TooLong {
        /// The longest that passes.
        max: u64,
        /// The length found.
        actual: u64,
    },
    /// The number is smaller than `min`.
    Below {
        /// The smallest that passes.
        min: i64,
        /// The number found.
        actual: i64,
    },
    /// The number is larger than `max`.
    Above {
        /// The largest that passes.
        max: i64,
        /// The number found.
        actual: i64,
    },
    /// The value does not match the pattern.
    Pattern {
        /// The pattern, as it was written.
        pattern: Cow<'static, str>,
    },
}

impl Violation {
    pub(super) fn new(path: String, wire_path: String, kind: ViolationKind, sensitive: bool) -> Self {
        Self { path, wire_path, kind, sensitive }
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
            Self::TooShort { min, .. } => f.debug_struct("TooShort").field("min", min).finish_non_exhaustive(),
            Self::TooLong { max, .. } => f.debug_struct("TooLong").field("max", max).finish_non_exhaustive(),
            Self::Below { min, .. } => f.debug_struct("Below").field("min", min).finish_non_exhaustive(),
            Self::Above { max, .. } => f.debug_struct("Above").field("max", max).finish_non_exhaustive(),
            Self::Pattern { pattern } => f.debug_struct("Pattern").field("pattern", pattern).finish(),
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ", self.path)?;
        let (bound, actual) = match &self.kind {
            ViolationKind::TooShort { min, actual } => {
                (format!("must have a length of at least {min}"), actual.to_string())
            }
            ViolationKind::TooLong { max, actual } => {
                (format!("must have a length of at most {max}"), actual.to_string())
            }
            ViolationKind::Below { min, actual } => (format!("must be at least {min}"), actual.to_string()),
            ViolationKind::Above { max, actual } => (format!("must be at most {max}"), actual.to_string()),
            ViolationKind::Pattern { pattern } => return write!(f, "must match `{pattern}`"),
        };
        f.write_str(&bound)?;
        if self.sensitive { Ok(()) } else { write!(f, ", not {actual}") }
    }
}

/// All violations of a request; there is at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// An error if anything was found.
    pub(crate) fn of(found: Vec<Violation>) -> Result<(), Self> {
        if found.is_empty() { Ok(()) } else { Err(Self(found)) }
    }

    /// The violations, in the order of the members.
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

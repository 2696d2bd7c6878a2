//! The error of a malformed document.

use std::fmt;

/// The error of a document that lacks a member or has one of the wrong form. It contains no values.
///
/// ```
/// use cognito_userpools::passkeys::{MalformedDocument, RequestOptions};
///
/// let error: MalformedDocument = r#"{"rpId": "example.com"}"#.parse::<RequestOptions>().unwrap_err();
/// assert_eq!(error.to_string(), "`challenge` is missing");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MalformedDocument {
    member: &'static str,
    problem: Problem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    Missing,
    /// The member does not have this form.
    Not(&'static str),
    TooLong(usize),
}

impl MalformedDocument {
    /// Creates the error of a member, or of the whole document if the name is empty.
    pub(super) fn new(member: &'static str, problem: Problem) -> Self {
        Self { member, problem }
    }

    /// Returns the path of the member, such as `response.signature`. It is empty for the whole document.
    ///
    /// ```
    /// use cognito_userpools::passkeys::AuthenticationResponse;
    ///
    /// let error = r#"{"id": "YQ", "rawId": "YQ"}"#.parse::<AuthenticationResponse>().unwrap_err();
    /// assert_eq!(error.member(), "type");
    /// ```
    #[must_use]
    pub fn member(&self) -> &str {
        self.member
    }
}

impl fmt::Display for MalformedDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.member {
            "" => f.write_str("the document")?,
            member => write!(f, "`{member}`")?,
        }
        match self.problem {
            Problem::Missing => f.write_str(" is missing"),
            Problem::Not(expected) => write!(f, " is not {expected}"),
            Problem::TooLong(limit) => write!(f, " is longer than {limit} bytes"),
        }
    }
}

impl std::error::Error for MalformedDocument {}

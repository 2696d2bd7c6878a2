//! An answer that did not lead on.

use cognito_op::{Error, ErrorKind};
use std::fmt;

/// An answer that did not lead on.
///
/// Where the same challenge can be answered again, it has it: after a wrong or an old code
/// ([`CodeMismatch`](ErrorKind::CodeMismatch), [`ExpiredCode`](ErrorKind::ExpiredCode),
/// [`EnableSoftwareTokenMfa`](ErrorKind::EnableSoftwareTokenMfa)), after a new password that does not please
/// ([`InvalidPassword`](ErrorKind::InvalidPassword),
/// [`PasswordHistoryPolicyViolation`](ErrorKind::PasswordHistoryPolicyViolation)), and where the answer certainly was not taken: it did
/// not leave, or the service refused it for what it is and not for what it says. Whether that is worth another try is for
/// [`error`](Self::error) to say: without a network there is no end to it.
///
/// ```
/// # use cognito_userpools::sign_in::{CodeChallenge, Step};
/// # fn ask() -> String { String::new() }
/// # async fn answer(client: &cognito_userpools::Client, mut challenge: CodeChallenge) -> Result<Step, cognito_userpools::Error> {
/// loop {
///     match challenge.answer(client, ask()).await {
///         Err(refused) if refused.error().kind() == cognito_userpools::ErrorKind::CodeMismatch => {
///             eprintln!("{refused}");
///             challenge = refused.again()?;
///         }
///         outcome => return Ok(outcome?),
///     }
/// }
/// # }
/// ```
///
/// `?` makes an [`Error`] of it. A function with an error of its own says how: `impl<C> From<Refused<C>> for MyError`.
pub struct Refused<C> {
    error: Error,
    challenge: Option<C>,
}

impl<C> Refused<C> {
    pub(super) fn new(error: Error, challenge: C) -> Self {
        // A session outlives a wrong code and a new password that is none. Otherwise it may be spent.
        let again = match error.kind() {
            ErrorKind::CodeMismatch
            | ErrorKind::EnableSoftwareTokenMfa
            | ErrorKind::ExpiredCode
            | ErrorKind::InvalidPassword
            | ErrorKind::PasswordHistoryPolicyViolation => {
                // A gateway that says the same is not the service.
                error.status().is_some_and(|status| status.is_client_error())
            }
            ErrorKind::NotAuthorized => false,
            ErrorKind::Transport => !error.may_have_executed() && error.is_transient(),
            _ => !error.may_have_executed(),
        };
        Self { error, challenge: again.then_some(challenge) }
    }

    /// Where the service has said that the answer was wrong.
    pub(super) fn not_taken(error: Error, challenge: C) -> Self {
        Self { error, challenge: Some(challenge) }
    }

    pub(super) fn finally(error: Error) -> Self {
        Self { error, challenge: None }
    }

    /// Why it did not lead on.
    #[must_use]
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// Whether the sign-in has to begin anew.
    ///
    /// ```
    /// use cognito_userpools::sign_in::{CodeChallenge, Refused};
    ///
    /// /// What is shown to the person who signs in.
    /// fn shown(refused: &Refused<CodeChallenge>) -> &'static str {
    ///     if refused.is_final() { "please sign in again" } else { "please enter the code once more" }
    /// }
    /// ```
    #[must_use]
    pub fn is_final(&self) -> bool {
        self.challenge.is_none()
    }

    /// The challenge, to be answered again.
    ///
    /// # Errors
    ///
    /// Why the answer did not lead on, where the sign-in has to begin anew.
    pub fn again(self) -> Result<C, Error> {
        self.challenge.ok_or(self.error)
    }
}

impl<C> From<Refused<C>> for Error {
    fn from(refused: Refused<C>) -> Self {
        refused.error
    }
}

impl<C> fmt::Display for Refused<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<C> fmt::Debug for Refused<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refused").field("error", &self.error).field("again", &self.challenge.is_some()).finish()
    }
}

impl<C> std::error::Error for Refused<C> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&self.error)
    }
}

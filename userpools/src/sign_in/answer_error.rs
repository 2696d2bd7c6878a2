//! The error of an answer to a challenge.

use cognito_op::{Error, ErrorKind};
use std::fmt;

/// The error of an answer to a challenge, with the challenge if it can be answered again.
///
/// The challenge can be answered again in three cases:
///
/// - The service rejected the answer and keeps the session: the code is wrong or has expired
///   ([`CodeMismatch`](ErrorKind::CodeMismatch), [`ExpiredCode`](ErrorKind::ExpiredCode),
///   [`EnableSoftwareTokenMfa`](ErrorKind::EnableSoftwareTokenMfa)), or the new password violates a policy
///   ([`InvalidPassword`](ErrorKind::InvalidPassword),
///   [`PasswordHistoryPolicyViolation`](ErrorKind::PasswordHistoryPolicyViolation)).
/// - The service did not process the answer: the answer was invalid and not sent, there was no connection, or the
///   service rejected the request, for example because of too many requests. A throttled answer is not retried
///   automatically.
/// - The pool does not know the [device](crate::devices) of the sign-in
///   ([`DeviceNotFound`](crate::Reason::DeviceNotFound)). The challenge then continues without it.
///
/// A program that answers again without asking the user needs a limit of its own, since every error contains the
/// challenge while the network is down.
///
/// ```
/// # use cognito_userpools::sign_in::{CodeChallenge, Step};
/// # fn ask() -> String { String::new() }
/// # async fn answer(client: &cognito_userpools::Client, mut challenge: CodeChallenge) -> Result<Step, cognito_userpools::Error> {
/// loop {
///     match challenge.answer(client, ask()).await {
///         Err(error) if error.kind() == cognito_userpools::ErrorKind::CodeMismatch => {
///             eprintln!("{error}");
///             challenge = error.into_challenge()?;
///         }
///         outcome => return Ok(outcome?),
///     }
/// }
/// # }
/// ```
///
/// The operator `?` converts an `AnswerError` into an [`Error`]. A function with another error type needs an `impl<C>
/// From<AnswerError<C>>` for that type.
pub struct AnswerError<C> {
    error: Error,
    challenge: Option<C>,
}

impl<C> AnswerError<C> {
    /// Keeps the challenge if the error shows that it can be answered again.
    pub(super) fn new(error: Error, challenge: C) -> Self {
        let retryable = match error.kind() {
            // The session outlives these errors.
            ErrorKind::CodeMismatch
            | ErrorKind::EnableSoftwareTokenMfa
            | ErrorKind::ExpiredCode
            | ErrorKind::InvalidPassword
            | ErrorKind::PasswordHistoryPolicyViolation => {
                // A gateway may send the same error type with another status.
                error.status().is_some_and(|status| status.is_client_error())
            }
            ErrorKind::NotAuthorized => false,
            ErrorKind::Transport => !error.may_have_executed() && error.is_transient(),
            _ => !error.may_have_executed(),
        };
        Self { error, challenge: retryable.then_some(challenge) }
    }

    pub(super) fn retryable(error: Error, challenge: C) -> Self {
        Self { error, challenge: Some(challenge) }
    }

    pub(super) fn fatal(error: Error) -> Self {
        Self { error, challenge: None }
    }

    /// Returns the error of the request.
    #[must_use]
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// Returns the kind of [`error`](Self::error).
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.error.kind()
    }

    /// Returns whether the challenge cannot be answered again, so that the sign-in has to be started again.
    ///
    /// ```
    /// use cognito_userpools::sign_in::{AnswerError, CodeChallenge};
    ///
    /// /// The message for the user.
    /// fn message(error: &AnswerError<CodeChallenge>) -> &'static str {
    ///     if error.is_final() { "Please sign in again." } else { "Please enter the code again." }
    /// }
    /// ```
    #[must_use]
    pub fn is_final(&self) -> bool {
        self.challenge.is_none()
    }

    /// Returns the error, and the challenge if it can be answered again.
    ///
    /// ```
    /// use cognito_userpools::sign_in::{AnswerError, KeptChallenge};
    ///
    /// /// The message for the user, and the challenge that a web server stores until the next answer.
    /// fn rejected<C: Into<KeptChallenge>>(error: AnswerError<C>) -> (String, Option<KeptChallenge>) {
    ///     let (error, challenge) = error.into_parts();
    ///     (error.kind().as_str().to_owned(), challenge.map(Into::into))
    /// }
    /// ```
    pub fn into_parts(self) -> (Error, Option<C>) {
        (self.error, self.challenge)
    }

    /// Returns the challenge, to be answered again.
    ///
    /// # Errors
    ///
    /// Returns the error of the request if the challenge cannot be answered again.
    pub fn into_challenge(self) -> Result<C, Error> {
        self.challenge.ok_or(self.error)
    }
}

impl<C> From<AnswerError<C>> for Error {
    fn from(error: AnswerError<C>) -> Self {
        error.error
    }
}

impl<C> fmt::Display for AnswerError<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<C> fmt::Debug for AnswerError<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnswerError")
            .field("error", &self.error)
            .field("is_final", &self.is_final())
            .finish_non_exhaustive()
    }
}

impl<C> std::error::Error for AnswerError<C> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&self.error)
    }
}

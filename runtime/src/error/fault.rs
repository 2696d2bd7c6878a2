//! Whose business an error is.

use super::kind::ErrorKind;
use super::reason::Reason;

/// Whose business an error is: who can do something about it.
///
/// What a value violates is the caller's business, since a program can check before it calls. Where a person has typed the value, ask
/// [`Error::violations`](crate::Error::violations) first, and show them that.
///
/// ```
/// use cognito_op::{Error, Fault};
///
/// /// How loud a log says it.
/// fn level(error: &Error) -> &'static str {
///     match error.fault() {
///         Fault::User => "debug",
///         Fault::Throttled | Fault::Network => "warn",
///         _ => "error",
///     }
/// }
/// # let error = cognito_op::Config::builder().build().unwrap_err();
/// # assert_eq!(level(&error), "error");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// The program that calls, or how the user pool is set up: a bug, or a setting.
    Caller,
    /// The person who signs in: a wrong password, an expired code, a name that is taken. It is shown to them and needs no
    /// one's attention.
    User,
    /// Requests come too fast, or a quota is used up.
    Throttled,
    /// The service, or a Lambda trigger of the pool.
    Service,
    /// The way to the service.
    Network,
}

impl Fault {
    /// Of an exception; what has no code is the service's.
    pub(super) fn of(kind: ErrorKind, reason: Reason, is_server_error: bool) -> Self {
        match (kind, reason) {
            (
                ErrorKind::NotAuthorized,
                Reason::SecretHashMismatch | Reason::SecretHashMissing | Reason::AccessTokenInvalid,
            ) => Self::Caller,
            (ErrorKind::InvalidParameter, Reason::UserAlreadyConfirmed) => Self::User,
            _ => Self::of_kind(kind, is_server_error),
        }
    }

    fn of_kind(kind: ErrorKind, is_server_error: bool) -> Self {
        match kind {
            ErrorKind::AliasExists
            | ErrorKind::CodeMismatch
            | ErrorKind::DeviceKeyExists
            | ErrorKind::EnableSoftwareTokenMfa
            | ErrorKind::ExpiredCode
            | ErrorKind::InvalidPassword
            | ErrorKind::MfaMethodNotFound
            | ErrorKind::NotAuthorized
            | ErrorKind::PasswordHistoryPolicyViolation
            | ErrorKind::PasswordResetRequired
            | ErrorKind::RefreshTokenReuse
            | ErrorKind::SoftwareTokenMfaNotFound
            | ErrorKind::TooManyFailedAttempts
            | ErrorKind::UserLambdaValidation
            | ErrorKind::UserNotConfirmed
            | ErrorKind::UserNotFound
            | ErrorKind::UsernameExists
            | ErrorKind::WebAuthnChallengeNotFound
            | ErrorKind::WebAuthnCredentialNotSupported => Self::User,
            ErrorKind::LimitExceeded
            | ErrorKind::ServiceQuotaExceeded
            | ErrorKind::Throttling
            | ErrorKind::TooManyRequests => Self::Throttled,
            ErrorKind::CodeDeliveryFailure
            | ErrorKind::InternalError
            | ErrorKind::InternalFailure
            | ErrorKind::InternalServer
            | ErrorKind::InvalidLambdaResponse
            | ErrorKind::RequestTimeout
            | ErrorKind::ServiceUnavailable
            | ErrorKind::UnexpectedLambda
            | ErrorKind::Unreadable => Self::Service,
            ErrorKind::Timeout | ErrorKind::Transport => Self::Network,
            _ if is_server_error => Self::Service,
            _ => Self::Caller,
        }
    }
}

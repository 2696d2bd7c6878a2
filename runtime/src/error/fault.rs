//! The party at fault.

use super::kind::ErrorKind;
use super::reason::Reason;

/// The party at fault: the one who can do something about an error.
///
/// A violated constraint is the caller's fault, since a program can validate a request before it calls. Where a person has
/// typed the value, look at [`Error::violations`](crate::Error::violations) first and show them to that person.
///
/// ```
/// use cognito_op::{Error, Fault};
///
/// /// The level in a log.
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
    /// The calling program or the settings of the user pool: a bug, or a wrong setting.
    Caller,
    /// The person who signs in: a wrong password, an expired code, a name that is taken. Show it to that person.
    User,
    /// The rate of requests is too high, or a quota is exhausted.
    Throttled,
    /// The service, or a Lambda trigger of the pool.
    Service,
    /// The network.
    Network,
}

impl Fault {
    /// The fault of an exception.
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

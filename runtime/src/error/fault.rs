//! The party at fault.

use super::kind::ErrorKind;
use super::reason::Reason;

/// The party at fault, which is the one that can fix the error.
///
/// A violated constraint is the caller's fault, since a program can validate a request before it sends it. If a person
/// typed the value, check [`Error::violations`](crate::Error::violations) first, and show the violations to that
/// person.
///
/// ```
/// use cognito_op::{Error, Fault};
///
/// /// The log level of an error.
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
    /// The person who signs in: a wrong password, an expired code, a name that is taken. Show the error to that person.
    User,
    /// The rate of requests is too high, or a quota is exhausted.
    Throttled,
    /// The service, or a Lambda trigger of the pool.
    Service,
    /// The network.
    Network,
}

impl Fault {
    /// Returns the party at fault for an error of that kind and reason.
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

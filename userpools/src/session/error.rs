//! The errors of a session.

use cognito_op::{Error, ErrorKind, Fault, Reason};
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

/// The error of a [`SessionStore`](super::SessionStore). `Display` must not contain a token.
///
/// ```
/// use cognito_userpools::session::StoreError;
///
/// fn refused() -> StoreError {
///     "the keyring is locked".into()
/// }
/// ```
pub type StoreError = Box<dyn StdError + Send + Sync>;

/// The error of a [`Session`](super::Session).
///
/// `Display` and `Debug` contain no token, unless the error of a store of your own contains one.
///
/// ```
/// use cognito_userpools::session::{Session, SessionError};
///
/// /// The HTTP status with which a web server responds, or the token for its own calls.
/// async fn token(session: &Session) -> Result<String, u16> {
///     session.access_token().await.map_err(|error| match error {
///         SessionError::SignedOut(_) => 401,
///         SessionError::Unavailable(_) | SessionError::Store(_) => 503,
///         _ => 500,
///     })
/// }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum SessionError {
    /// No user is signed in. The user has to sign in.
    SignedOut(SignedOut),
    /// The request to the service failed temporarily, for example because of the network, throttling, a fault of the
    /// service, or a rule of AWS WAF. The user is still signed in. Try again later.
    Unavailable(Arc<Error>),
    /// The service or the client rejected the request for a reason that does not concern the user, such as a wrong
    /// secret hash or a flow that the app client does not allow. The user is still signed in. The program or the app
    /// client has to be changed.
    Rejected(Arc<Error>),
    /// The store failed. After [`sign_in`](super::Session::sign_in), the user is still signed in, until the program
    /// ends.
    Store(Arc<dyn StdError + Send + Sync>),
}

impl SessionError {
    /// Returns whether the same call may succeed later without a change.
    ///
    /// ```
    /// use cognito_userpools::session::{SessionError, SignedOut};
    ///
    /// assert!(!SessionError::SignedOut(SignedOut::Revoked).is_transient());
    /// ```
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Store(_))
    }
}

impl fmt::Display for SessionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SignedOut(reason) => write!(f, "{reason}"),
            Self::Unavailable(error) => write!(f, "the request of the session failed, try again later: {error}"),
            Self::Rejected(error) => write!(f, "the request of the session was rejected: {error}"),
            Self::Store(error) => write!(f, "the store of the session failed: {error}"),
        }
    }
}

impl StdError for SessionError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::SignedOut(_) => None,
            Self::Unavailable(error) | Self::Rejected(error) => Some(&**error),
            Self::Store(error) => Some(&**error),
        }
    }
}

/// The reason why no user is signed in.
///
/// ```
/// use cognito_userpools::session::SignedOut;
///
/// /// Returns whether to tell the user why.
/// fn is_a_surprise(reason: SignedOut) -> bool {
///     !matches!(reason, SignedOut::NotSignedIn | SignedOut::ByProgram)
/// }
/// assert_eq!(SignedOut::Expired.to_string(), "signed out: the refresh token has expired");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignedOut {
    /// No user has signed in: the store is empty.
    NotSignedIn,
    /// The program called [`sign_out`](super::Session::sign_out) or
    /// [`sign_out_everywhere`](super::Session::sign_out_everywhere).
    ByProgram,
    /// Another process, or another session with the same store, cleared the store.
    Elsewhere,
    /// The refresh token was revoked, for example by a global sign-out on another device.
    Revoked,
    /// The refresh token has expired.
    Expired,
    /// The refresh token was replaced by another one, which this session does not have. Refresh-token rotation reports
    /// this after the grace period.
    Reused,
    /// The refresh token is malformed, or belongs to another app client, or to a device that is another one or was removed.
    Invalid,
    /// The user was disabled by an administrator.
    UserDisabled,
    /// The user was deleted.
    UserNotFound,
    /// The access token has expired, and there is no refresh token.
    NoRefreshToken,
    /// The service does not accept the refresh token for another reason.
    Other,
}

impl fmt::Display for SignedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotSignedIn => "not signed in",
            Self::ByProgram => "signed out",
            Self::Elsewhere => "signed out: the store was cleared by another process",
            Self::Revoked => "signed out: the refresh token was revoked",
            Self::Expired => "signed out: the refresh token has expired",
            Self::Reused => "signed out: the refresh token was used before",
            Self::Invalid => "signed out: the refresh token is not valid",
            Self::UserDisabled => "signed out: the user is disabled",
            Self::UserNotFound => "signed out: the user does not exist",
            Self::NoRefreshToken => "signed out: the access token has expired, and there is no refresh token",
            Self::Other => "signed out: the service does not accept the refresh token",
        })
    }
}

/// The meaning of a failed refresh.
pub(super) enum Verdict {
    SignedOut(SignedOut),
    Unavailable,
    Rejected,
}

impl Verdict {
    pub(super) fn of(error: &Error) -> Self {
        match (error.reason(), error.kind()) {
            (Reason::RefreshTokenRevoked, _) => Self::SignedOut(SignedOut::Revoked),
            (Reason::RefreshTokenExpired, _) => Self::SignedOut(SignedOut::Expired),
            (Reason::RefreshTokenInvalid | Reason::DeviceNotFound, _) => Self::SignedOut(SignedOut::Invalid),
            (Reason::UserDisabled, _) => Self::SignedOut(SignedOut::UserDisabled),
            (Reason::UserNotFound, _) => Self::SignedOut(SignedOut::UserNotFound),
            (_, ErrorKind::RefreshTokenReuse) => Self::SignedOut(SignedOut::Reused),
            (_, ErrorKind::PasswordResetRequired | ErrorKind::UserNotConfirmed) => Self::SignedOut(SignedOut::Other),
            // AWS WAF blocks the request because of its address or rate, not because of the token.
            (Reason::PasswordAttemptsExceeded, _) | (_, ErrorKind::Forbidden) => Self::Unavailable,
            (_, ErrorKind::NotAuthorized) if is_about_the_user(error) => Self::SignedOut(SignedOut::Other),
            _ => match error.fault() {
                Fault::Network | Fault::Service | Fault::Throttled => Self::Unavailable,
                _ => Self::Rejected,
            },
        }
    }
}

/// Returns whether a rejection is about the user. A mistake in the configuration of the app client must not sign users out.
fn is_about_the_user(error: &Error) -> bool {
    match error.fault() {
        Fault::User => true,
        // The message is not known.
        Fault::Unknown => {
            let message = error.message().unwrap_or_default().to_ascii_lowercase();
            !message.contains("client") && !message.contains("secret")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_contain_their_reason_and_their_source() {
        for (reason, text) in [
            (SignedOut::NotSignedIn, "not signed in"),
            (SignedOut::Revoked, "signed out: the refresh token was revoked"),
        ] {
            assert_eq!(SessionError::SignedOut(reason).to_string(), text);
            assert!(SessionError::SignedOut(reason).source().is_none());
        }
        let error = SessionError::Store(Arc::from(Box::<dyn StdError + Send + Sync>::from("the disk is full")));
        assert_eq!(error.to_string(), "the store of the session failed: the disk is full");
        assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("the disk is full"));
    }
}

//! The reasons that the service states in its messages.

use super::kind::ErrorKind;

/// Declares [`Reason`], and for each reason its messages: the kind of the exception, the start of the message and its
/// end.
macro_rules! reasons {
    ($($(#[$doc:meta])+ $reason:ident = $($kind:ident $start:literal $end:literal)|+,)*) => {
        /// The reason of an error, where it is more specific than the kind: the service returns
        /// `NotAuthorizedException` both for a wrong password and for a wrong secret hash.
        ///
        /// It is derived from the text of the message. The texts are known from public reports and can change, so
        /// [`Unknown`](Reason::Unknown) can be returned in place of any other reason.
        ///
        /// ```
        /// use cognito_op::{Error, Reason};
        ///
        /// /// The next step when an access token is rejected.
        /// fn next(error: &Error) -> &'static str {
        ///     match error.reason() {
        ///         Reason::AccessTokenExpired => "refresh the tokens",
        ///         Reason::AccessTokenRevoked | Reason::UserDisabled => "sign in",
        ///         _ => "report the error",
        ///     }
        /// }
        /// # use cognito_op::{Body, Config, cognito_op};
        /// # #[cognito_op(target = "GetUser", response = ())]
        /// # struct GetUser { access_token: String }
        /// # let config = Config::builder().region("eu-west-1").build()?;
        /// # let (_, reader) = config.prepare(&GetUser::new("token"))?;
        /// # let body = r#"{"__type": "NotAuthorizedException", "message": "Access Token has expired"}"#;
        /// # let response = http::Response::builder().status(400).body(Body::from(body)).unwrap();
        /// # assert_eq!(next(&reader.read(&response).unwrap_err()), "refresh the tokens");
        /// # Ok::<(), Error>(())
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Reason {
            $($(#[$doc])+ $reason,)*
            /// Another reason, or an error that the service did not report.
            Unknown,
        }

        impl Reason {
            pub(super) fn of(kind: ErrorKind, message: &str) -> Self {
                let is = |of, start, end| kind == of && starts_and_ends(message, start, end);
                $($(if is(ErrorKind::$kind, $start, $end) {
                    return Self::$reason;
                })+)*
                Self::Unknown
            }
        }
    };
}

reasons! {
    /// The access token has expired; a refresh returns a new one.
    AccessTokenExpired = NotAuthorized "access token has expired" "",
    /// The access token is malformed, or belongs to another user pool.
    AccessTokenInvalid = NotAuthorized "invalid access token" "" | NotAuthorized "could not verify signature for access token" "",
    /// The access token was revoked, for example by a global sign-out.
    AccessTokenRevoked = NotAuthorized "access token has been revoked" "",
    /// The user name or the password is wrong, or the user does not exist.
    IncorrectCredentials = NotAuthorized "incorrect username or password" "",
    /// There were too many wrong passwords; the user can try again later.
    PasswordAttemptsExceeded = NotAuthorized "password attempts exceeded" "",
    /// The refresh token has expired; the user must sign in again.
    RefreshTokenExpired = NotAuthorized "refresh token has expired" "",
    /// The refresh token is malformed, or belongs to another app client.
    RefreshTokenInvalid = NotAuthorized "invalid refresh token" "",
    /// The refresh token was revoked.
    RefreshTokenRevoked = NotAuthorized "refresh token has been revoked" "",
    /// The secret hash is wrong: it was computed with another secret or over another user name.
    SecretHashMismatch = NotAuthorized "unable to verify secret hash for client" ""
        | NotAuthorized "secrethash does not match for the client" "",
    /// The app client has a secret, and the request has no secret hash.
    SecretHashMissing = NotAuthorized "client " "is configured with secret but secret_hash was not received",
    /// The app client has no secret, and the request has a secret hash.
    SecretHashUnexpected = InvalidParameter "app client " "is not configured for secret but secret hash was received",
    /// The session of the challenge has expired; the user must sign in again.
    SessionExpired = NotAuthorized "invalid session for the user" "session is expired" | NotAuthorized "session expired" "",
    /// The session of the challenge belongs to another user, or was used before.
    SessionInvalid = NotAuthorized "invalid session for the user" "",
    /// The temporary password has expired; an administrator must set another.
    TemporaryPasswordExpired = NotAuthorized "temporary password has expired" "",
    /// The user has confirmed the sign-up already.
    UserAlreadyConfirmed = InvalidParameter "user is already confirmed" ""
        | NotAuthorized "user cannot be confirmed" "current status is confirmed",
    /// An administrator has disabled the user.
    UserDisabled = NotAuthorized "user is disabled" "",
}

/// Whether a message starts and ends with these texts, ignoring case and the full stop.
fn starts_and_ends(message: &str, start: &str, end: &str) -> bool {
    let message = message.trim().trim_end_matches('.');
    let begins = message.get(..start.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(start));
    let ends = message.len().checked_sub(end.len()).and_then(|at| message.get(at..));
    begins && ends.is_some_and(|ending| ending.eq_ignore_ascii_case(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_messages() {
        use ErrorKind::{InvalidParameter, NotAuthorized};
        for (kind, message, reason) in [
            (NotAuthorized, "Incorrect username or password.", Reason::IncorrectCredentials),
            (NotAuthorized, "incorrect username or password", Reason::IncorrectCredentials),
            (NotAuthorized, "User is disabled.", Reason::UserDisabled),
            (NotAuthorized, "Access Token has expired", Reason::AccessTokenExpired),
            (NotAuthorized, "Access Token has been revoked", Reason::AccessTokenRevoked),
            (NotAuthorized, "Invalid Access Token", Reason::AccessTokenInvalid),
            (NotAuthorized, "Refresh Token has been revoked", Reason::RefreshTokenRevoked),
            (NotAuthorized, "Refresh Token has expired", Reason::RefreshTokenExpired),
            (NotAuthorized, "Invalid Refresh Token", Reason::RefreshTokenInvalid),
            (NotAuthorized, "Unable to verify secret hash for client 1example", Reason::SecretHashMismatch),
            (NotAuthorized, "SecretHash does not match for the client: 1example", Reason::SecretHashMismatch),
            (
                NotAuthorized,
                "Client 1example is configured with secret but SECRET_HASH was not received",
                Reason::SecretHashMissing,
            ),
            (
                InvalidParameter,
                "App client 1example is not configured for secret but secret hash was received.",
                Reason::SecretHashUnexpected,
            ),
            (InvalidParameter, "User is already confirmed.", Reason::UserAlreadyConfirmed),
            (NotAuthorized, "User cannot be confirmed. Current status is CONFIRMED", Reason::UserAlreadyConfirmed),
            (NotAuthorized, "Password attempts exceeded", Reason::PasswordAttemptsExceeded),
            (NotAuthorized, "Invalid session for the user, session is expired.", Reason::SessionExpired),
            (NotAuthorized, "Invalid session for the user.", Reason::SessionInvalid),
            (
                NotAuthorized,
                "Temporary password has expired and must be reset by an administrator.",
                Reason::TemporaryPasswordExpired,
            ),
            (InvalidParameter, "User is disabled.", Reason::Unknown),
            (NotAuthorized, "User is already confirmed.", Reason::Unknown),
            (ErrorKind::Unknown, "Incorrect username or password.", Reason::Unknown),
            (NotAuthorized, "", Reason::Unknown),
            (NotAuthorized, "é", Reason::Unknown),
            (NotAuthorized, "Client 1example is something else", Reason::Unknown),
        ] {
            assert_eq!(Reason::of(kind, message), reason, "{message}");
        }
    }
}

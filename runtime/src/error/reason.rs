//! The reasons that the service states in its messages.

use super::fault::Fault;
use super::kind::ErrorKind;

/// Declares [`Reason`] with the fault and the messages of each: the kind of the exception, the start of the message and
/// its end. The first match counts. Only messages that were observed are listed. The comment beside each message gives
/// an issue on GitHub or a page that contains it; "code" stands for source code in several public repositories.
macro_rules! reasons {
    ($($(#[$doc:meta])+ $reason:ident: $fault:ident = $($kind:ident $start:literal $(.. $end:literal)?)|+,)*) => {
        /// The reason of an error. It is more specific than the kind where the service has one exception for several
        /// reasons: it returns `NotAuthorizedException` both for a wrong password and for a wrong secret hash.
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
            /// Returns the name of the variant, for use by programs: `AccessTokenExpired`. The names do not change.
            ///
            /// ```
            /// assert_eq!(cognito_op::Reason::AccessTokenExpired.as_str(), "AccessTokenExpired");
            /// ```
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$reason => stringify!($reason),)*
                    Self::Unknown => "Unknown",
                }
            }

            pub(super) fn of(kind: ErrorKind, message: &str) -> Self {
                let is = |of, start, end| kind == of && starts_and_ends(message, start, end);
                $($(if is(ErrorKind::$kind, $start, concat!("" $(, $end)?)) {
                    return Self::$reason;
                })+)*
                Self::Unknown
            }

            #[cfg(test)]
            const ALL: &'static [Self] = &[$(Self::$reason,)*];

            /// Returns the party at fault, if the reason determines it.
            pub(super) fn fault(self) -> Option<Fault> {
                match self {
                    $(Self::$reason => Some(Fault::$fault),)*
                    Self::Unknown => None,
                }
            }
        }
    };
}

reasons! {
    /// The access token has expired; a refresh returns a new one.
    AccessTokenExpired: User = NotAuthorized "access token has expired", // aws-sdk-ios#1376
    /// The access token is malformed, is an ID token, or belongs to another user pool.
    AccessTokenInvalid: Caller = NotAuthorized "invalid access token" // aws-cognito-angular-quickstart#137
        | NotAuthorized "could not verify signature for access token", // code
    /// The access token was revoked, for example by a global sign-out.
    AccessTokenRevoked: User = NotAuthorized "access token has been revoked", // amplify-js#2205
    /// The email address or phone number is already in use by another user.
    AliasExists: User = AliasExists "" // the kind
        | UsernameExists "an account with the given " .. "already exists", // amazon-cognito-identity-dart#73
    /// The app client does not exist in the region.
    // aws-aspnet-cognito-identity-provider#136
    AppClientNotFound: Caller = ResourceNotFound "user pool client " .. "does not exist",
    /// The user pool requires an attribute that the request does not have.
    AttributeMissing: User = InvalidParameter "invalid attributes given" .. "is missing" // aws-sdk-js#1290
        // amazon-cognito-identity-dart-2#89
        | InvalidParameter "attributes did not conform" .. "the attribute is required",
    /// The app client may not write the attribute, or the attribute is immutable.
    AttributeNotWritable: Caller = NotAuthorized "a client attempted to write unauthorized attribute" // aws-sdk-js#1319
        | NotAuthorized "cannot modify an already provided " // aws-saas-factory-bootcamp#67
        | InvalidParameter "cannot modify the non-mutable attribute" // aws-sdk-ios#2203
        | InvalidParameter "" .. "attribute cannot be updated", // amplify-swift#3981
    /// The user pool has no such attribute.
    // amplify-js#2167
    AttributeUnknown: Caller = InvalidParameter "attributes did not conform" .. "does not exist in the schema",
    /// An attribute does not conform to the schema of the user pool.
    AttributeInvalid: User = InvalidParameter "attributes did not conform to the schema", // amplify-backend#3117
    /// The app client or the user pool does not allow the authentication flow.
    AuthFlowDisabled: Caller = InvalidParameter "" .. "is not enabled for the client" // aws-serverless-workshops#277
        | InvalidParameter "" .. "flow not enabled for this client" // code
        | InvalidParameter "custom auth lambda trigger is not configured" // code
        | InvalidParameter "initiate auth method not supported", // moto#4836
    /// The code has expired, was used before, or was not sent to this user.
    CodeExpired: User = ExpiredCode "", // the kind; amplify-flutter#1128
    /// The code is wrong.
    CodeMismatch: User = CodeMismatch "" // the kind; amplify-js#11738
        | EnableSoftwareTokenMfa "code mismatch", // aws-amplify-auth-starters#15
    /// The user has no such device. It may have been deleted.
    DeviceNotFound: User = ResourceNotFound "device does not exist", // amplify-android#2605
    /// The email address is malformed.
    EmailInvalid: User = InvalidParameter "invalid email address format", // amplify-js#5313
    /// The user pool has no such group.
    GroupNotFound: Caller = ResourceNotFound "group not found", // amplify-cli#2214
    /// The user name or the password is wrong, or the user does not exist.
    IncorrectCredentials: User = NotAuthorized "incorrect username or password", // aws-sdk-ios#380
    /// The request lacks a parameter that the authentication flow or the challenge needs.
    ParameterMissing: Caller = InvalidParameter "missing required parameter ", // aws-sdk-cpp#452
    /// A wrong password was entered too often. The user can try again later.
    PasswordAttemptsExceeded: User = NotAuthorized "password attempts exceeded", // amplify-js#1234
    /// The password cannot be reset in the current state of the user, for example before the first sign-in.
    // amplify-flutter#3048
    PasswordResetNotAllowed: User = NotAuthorized "user password cannot be reset in the current state",
    /// The password cannot be reset, since the user has neither a verified email address nor a verified phone number.
    // aws-sdk-js-v3#7101
    PasswordResetNotDeliverable: User = InvalidParameter "cannot reset password for the user as there is no registered",
    /// The phone number is malformed.
    PhoneNumberInvalid: User = InvalidParameter "invalid phone number format", // amazon-cognito-identity-js#316
    /// The refresh token has expired; the user has to sign in again.
    RefreshTokenExpired: User = NotAuthorized "refresh token has expired", // errornotes.dev
    /// The refresh token is malformed, or belongs to another app client or device.
    RefreshTokenInvalid: User = NotAuthorized "invalid refresh token", // aws-sdk-java-v2#3418
    /// The refresh token was revoked.
    RefreshTokenRevoked: User = NotAuthorized "refresh token has been revoked", // aws-sdk-net#1936
    /// The access token lacks a scope, such as `aws.cognito.signin.user.admin`.
    ScopeMissing: Caller = NotAuthorized "access token does not have required scopes", // amplify-js#1906
    /// The secret hash is wrong: it was computed with another secret or over another user name.
    SecretHashMismatch: Caller = NotAuthorized "unable to verify secret hash for client" // amplify-js#277
        | NotAuthorized "secrethash does not match for the client", // aws-sdk-net-extensions-cognito#75
    /// The app client has a secret, and the request has no secret hash.
    // amplify-android#2504
    SecretHashMissing: Caller = NotAuthorized "client " .. "configured with secret but secret_hash was not received",
    /// The app client has no secret, and the request has a secret hash.
    // pmill/aws-cognito#23
    SecretHashUnexpected: Caller = InvalidParameter "app client " .. "secret but secret hash was received",
    /// The session of the challenge has expired; the user has to sign in again.
    SessionExpired: User = NotAuthorized "invalid session for the user" .. "session is expired", // code
    /// The session of the challenge belongs to another user, or was used before.
    SessionInvalid: User = NotAuthorized "invalid session for the user", // amplify-js#14330
    /// The user pool lets only administrators create users.
    SignUpDisabled: Caller = NotAuthorized "signup is not permitted for this user pool", // pmill/aws-cognito#37
    /// The temporary password has expired; an administrator has to set a new one.
    TemporaryPasswordExpired: User = NotAuthorized "temporary password has expired" // animl-frontend#279
        | NotAuthorized "user account has expired", // stackoverflow.com/questions/51109154
    /// The user has confirmed the sign-up already.
    UserAlreadyConfirmed: User = InvalidParameter "user is already confirmed" // amazon-cognito-identity-dart-2#103
        | NotAuthorized "user cannot be confirm" .. "current status is confirmed" // amazon-cognito-identity-dart-2#80
        | NotAuthorized "user cannot confirm because user status is not unconfirmed", // aws-sdk-net#925
    /// The user was disabled by an administrator.
    UserDisabled: User = NotAuthorized "user is disabled", // amazon-cognito-identity-js#373
    /// The user does not exist.
    UserNotFound: User = UserNotFound "", // the kind; amazon-cognito-identity-js#192
    /// The user pool does not exist in the region.
    // After `AppClientNotFound`, whose message begins in the same way. aws-sdk-go#2436
    UserPoolNotFound: Caller = ResourceNotFound "user pool " .. "does not exist",
    /// The user name is taken.
    UsernameExists: User = UsernameExists "", // the kind; localstack#4465
    /// The user name must not be an email address or a phone number, which are aliases in the user pool.
    UsernameIsAlias: User = InvalidParameter "username cannot be of email format" // amplify-js#8800
        | InvalidParameter "username cannot be of phone number format", // code
    /// The user name has to be an email address or a phone number.
    UsernameNotAlias: User = InvalidParameter "username should be " .. "an email" // boto3#3836
        // amplify-passwordless-sms-auth#13, amplify-js#533
        | InvalidParameter "username should be " .. "a phone number",
}

/// Returns whether a message starts and ends with these texts, ignoring case and the full stop.
fn starts_and_ends(message: &str, start: &str, end: &str) -> bool {
    let message = message.trim().trim_end_matches('.');
    let begins = message.get(..start.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(start));
    let ends = message.len().checked_sub(end.len()).and_then(|at| message.get(at..));
    begins && ends.is_some_and(|ending| ending.eq_ignore_ascii_case(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Messages as they were seen, with names and ids replaced.
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
            (NotAuthorized, "Could not verify signature for Access Token", Reason::AccessTokenInvalid),
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
            (NotAuthorized, "User cannot be confirm. Current status is CONFIRMED", Reason::UserAlreadyConfirmed),
            (
                NotAuthorized,
                "User cannot confirm because user status is not UNCONFIRMED.",
                Reason::UserAlreadyConfirmed,
            ),
            (NotAuthorized, "Password attempts exceeded", Reason::PasswordAttemptsExceeded),
            (NotAuthorized, "Invalid session for the user, session is expired.", Reason::SessionExpired),
            (NotAuthorized, "Invalid session for the user.", Reason::SessionInvalid),
            (NotAuthorized, "Invalid session for the user, session can only be used once.", Reason::SessionInvalid),
            (
                NotAuthorized,
                "Temporary password has expired and must be reset by an administrator.",
                Reason::TemporaryPasswordExpired,
            ),
            (
                NotAuthorized,
                "User account has expired, it must be reset by an administrator.",
                Reason::TemporaryPasswordExpired,
            ),
        ] {
            assert_eq!(Reason::of(kind, message), reason, "{message}");
        }
    }

    #[test]
    fn input_of_a_person() {
        use ErrorKind::{
            AliasExists, CodeMismatch, EnableSoftwareTokenMfa, ExpiredCode, InvalidParameter, NotAuthorized,
            UserNotFound, UsernameExists,
        };
        for (kind, message, reason) in [
            (InvalidParameter, "Invalid email address format.", Reason::EmailInvalid),
            (InvalidParameter, "Invalid phone number format.", Reason::PhoneNumberInvalid),
            (
                InvalidParameter,
                "Attributes did not conform to the schema: email: The attribute is required\n",
                Reason::AttributeMissing,
            ),
            (InvalidParameter, "Invalid attributes given, name is missing", Reason::AttributeMissing),
            (InvalidParameter, "Attributes did not conform to the schema: birthdate: ", Reason::AttributeInvalid),
            (InvalidParameter, "Username should be an email.", Reason::UsernameNotAlias),
            (InvalidParameter, "Username should be a phone number.", Reason::UsernameNotAlias),
            (InvalidParameter, "Username should be either an email or a phone number.", Reason::UsernameNotAlias),
            (
                InvalidParameter,
                "Username cannot be of email format, since user pool is configured for email alias.",
                Reason::UsernameIsAlias,
            ),
            (
                InvalidParameter,
                "Username cannot be of phone number format, since user pool is configured for phone number alias.",
                Reason::UsernameIsAlias,
            ),
            (
                InvalidParameter,
                "Cannot reset password for the user as there is no registered/verified email or phone_number",
                Reason::PasswordResetNotDeliverable,
            ),
            (NotAuthorized, "User password cannot be reset in the current state.", Reason::PasswordResetNotAllowed),
            (CodeMismatch, "Invalid verification code provided, please try again.", Reason::CodeMismatch),
            (CodeMismatch, "Invalid code or auth state for the user.", Reason::CodeMismatch),
            (EnableSoftwareTokenMfa, "Code mismatch and fail enable Software Token MFA", Reason::CodeMismatch),
            (ExpiredCode, "Invalid code provided, please request a code again.", Reason::CodeExpired),
            (ExpiredCode, "Your software token has already been used once.", Reason::CodeExpired),
            (ErrorKind::ResourceNotFound, "Device does not exist.", Reason::DeviceNotFound),
            (UserNotFound, "User does not exist.", Reason::UserNotFound),
            (UserNotFound, "Username/client id combination not found.", Reason::UserNotFound),
            (UserNotFound, "", Reason::UserNotFound),
            (AliasExists, "An account with the given email already exists.", Reason::AliasExists),
            (UsernameExists, "An account with the given phone_number already exists.", Reason::AliasExists),
            (UsernameExists, "User already exists", Reason::UsernameExists),
        ] {
            assert_eq!(Reason::of(kind, message), reason, "{message}");
            assert_eq!(reason.fault(), Some(Fault::User), "{message}");
        }
    }

    #[test]
    fn settings_of_the_caller() {
        use ErrorKind::{InvalidParameter, NotAuthorized, ResourceNotFound};
        for (kind, message, reason) in [
            (NotAuthorized, "SignUp is not permitted for this user pool", Reason::SignUpDisabled),
            (NotAuthorized, "A client attempted to write unauthorized attribute", Reason::AttributeNotWritable),
            (NotAuthorized, "Cannot modify an already provided email", Reason::AttributeNotWritable),
            (InvalidParameter, "Cannot modify the non-mutable attribute sub", Reason::AttributeNotWritable),
            (InvalidParameter, "user.email: Attribute cannot be updated.\n", Reason::AttributeNotWritable),
            (
                InvalidParameter,
                "Attributes did not conform to the schema: first_name: Attribute does not exist in the schema.\n",
                Reason::AttributeUnknown,
            ),
            (NotAuthorized, "Access Token does not have required scopes", Reason::ScopeMissing),
            (InvalidParameter, "USER_PASSWORD_AUTH flow not enabled for this client", Reason::AuthFlowDisabled),
            (InvalidParameter, "Auth flow not enabled for this client", Reason::AuthFlowDisabled),
            (InvalidParameter, "USER_SRP_AUTH is not enabled for the client.", Reason::AuthFlowDisabled),
            (InvalidParameter, "Initiate Auth method not supported.", Reason::AuthFlowDisabled),
            (
                InvalidParameter,
                "Custom auth lambda trigger is not configured for the user pool.",
                Reason::AuthFlowDisabled,
            ),
            (InvalidParameter, "Missing required parameter SRP_A", Reason::ParameterMissing),
            (ResourceNotFound, "Group not found.", Reason::GroupNotFound),
            (ResourceNotFound, "User pool client 1example does not exist.", Reason::AppClientNotFound),
            (ResourceNotFound, "User pool eu-west-1_Ab12Cd34 does not exist.", Reason::UserPoolNotFound),
        ] {
            assert_eq!(Reason::of(kind, message), reason, "{message}");
            assert_eq!(reason.fault(), Some(Fault::Caller), "{message}");
        }
        for reason in [Reason::SecretHashMismatch, Reason::SecretHashMissing, Reason::SecretHashUnexpected] {
            assert_eq!(reason.fault(), Some(Fault::Caller), "{reason:?}");
        }
    }

    /// The table of the guide names each reason in the order of the alphabet, under the right fault.
    #[test]
    fn rows_of_the_guide() {
        let guide = include_str!("../../guide/errors.md");
        let rows: Vec<_> = guide.lines().filter(|row| row.starts_with("| `")).collect();
        assert!(rows.is_sorted(), "{rows:#?}");
        assert_eq!(rows.len(), Reason::ALL.len());
        for reason in Reason::ALL {
            let fault = reason.fault().expect("a fault");
            let row = format!("| `{reason:?}` | `{fault:?}` | ");
            assert!(rows.iter().any(|known| known.starts_with(&row)), "{row}");
        }
    }

    #[test]
    fn unknown_messages_have_no_fault() {
        use ErrorKind::{InvalidParameter, NotAuthorized};
        for (kind, message) in [
            (InvalidParameter, "User is disabled."),
            (NotAuthorized, "User is already confirmed."),
            (ErrorKind::Unknown, "Incorrect username or password."),
            (NotAuthorized, ""),
            (NotAuthorized, "é"),
            (NotAuthorized, "Client 1example is something else"),
            (InvalidParameter, "Username should be something else."),
            (InvalidParameter, "The message quotes: Invalid email address format."),
            (ErrorKind::EnableSoftwareTokenMfa, "Software Token MFA is not enabled."),
        ] {
            assert_eq!(Reason::of(kind, message), Reason::Unknown, "{message}");
            assert_eq!((Reason::Unknown.fault(), kind.fault()), (None, Fault::Unknown), "{message}");
        }
    }
}

//! The kinds of errors.

use super::fault::Fault;
use std::fmt;

/// Declares [`ErrorKind`], the fault of each, which is the caller's by default, and the codes that lead to it.
macro_rules! kinds {
    ($($(#[$doc:meta])+ $kind:ident $(: $fault:ident)? $(= $($code:literal)|+)?,)*) => {
        /// The kind of an error: one variant for each exception of the service, for each error common to all AWS
        /// services, and for each failure on the client's side.
        ///
        /// Variants for new exceptions are added in minor releases, so a `match` needs a wildcard arm.
        ///
        /// ```
        /// # use cognito_op::cognito_op;
        /// # #[cognito_op(target = "ConfirmSignUp", response = ())]
        /// # struct ConfirmSignUp { client_id: String, username: String, confirmation_code: String }
        /// use cognito_op::{Body, Config, ErrorKind};
        /// use http::Response;
        ///
        /// let config = Config::builder().region("eu-west-1").build()?;
        /// let (_, reader) = config.prepare(&ConfirmSignUp::new("1example23456789", "alice", "123456"))?;
        /// let response = Response::builder()
        ///     .status(400)
        ///     .header("x-amzn-errortype", "CodeMismatchException:")
        ///     .body(Body::from(r#"{"message": "Invalid verification code provided."}"#))
        ///     .unwrap();
        ///
        /// let text = match reader.read(&response).unwrap_err().kind() {
        ///     ErrorKind::CodeMismatch => "the code is wrong",
        ///     ErrorKind::ExpiredCode => "please ask for a new code",
        ///     ErrorKind::UserNotFound | ErrorKind::NotAuthorized => "there is no sign-up with that name",
        ///     _ => "please try again",
        /// };
        /// assert_eq!(text, "the code is wrong");
        /// # Ok::<(), cognito_op::Error>(())
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $($(#[$doc])+ $kind,)*
        }

        impl ErrorKind {
            /// Returns the name of the variant, for use by programs: `UsernameExists`. The names do not change.
            ///
            /// ```
            /// use cognito_op::ErrorKind;
            ///
            /// assert_eq!(ErrorKind::UsernameExists.as_str(), "UsernameExists");
            /// assert_eq!(ErrorKind::UsernameExists.to_string(), "UsernameExists");
            /// ```
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => stringify!($kind),)*
                }
            }

            /// Returns the kind of an exception with that code.
            pub(super) fn of_code(code: &str) -> Self {
                match code {
                    $($($($code)|+ => Self::$kind,)?)*
                    _ => Self::Unknown,
                }
            }

            /// Returns the party at fault, for a reason that does not determine it.
            pub(super) fn fault(self) -> Fault {
                match self {
                    $($(Self::$kind => Fault::$fault,)?)*
                    _ => Fault::Caller,
                }
            }

            /// Returns the code of an exception of this kind; `None` if the service does not report such errors.
            #[cfg(feature = "mock")]
            pub(crate) fn code(self) -> Option<&'static str> {
                match self {
                    $(Self::$kind => {
                        let codes: &[&'static str] = &[$($($code),+)?];
                        codes.first().copied()
                    })*
                }
            }

            #[cfg(test)]
            pub(crate) const CODES: &'static [&'static str] = &[$($($($code,)+)?)*];
        }
    };
}

kinds! {
    /// The request violates its constraints and was not sent; see [`Error::violations`](crate::Error::violations).
    Invalid,
    /// A setting is invalid, or the client is not configured for this call, for example because it has no AWS
    /// credentials. The request was not sent.
    Misconfigured,
    /// The source of the AWS credentials or the signer failed, or the credentials are not valid. The request was not
    /// sent. Whether another call can succeed depends on the cause, which is the
    /// [`source`](std::error::Error::source) of the error.
    Signing,
    /// The connection failed; see [`Error::may_have_executed`](crate::Error::may_have_executed).
    Transport: Network,
    /// A timeout elapsed; see [`Error::timeout_kind`](crate::Error::timeout_kind).
    Timeout: Network,
    /// The service reported success, but its response cannot be read.
    Unreadable: Service,
    /// The service returned an error that this version does not know, or the response does not come from the service;
    /// see [`Error::code`](crate::Error::code) and [`Error::status`](crate::Error::status).
    Unknown: Unknown,

    /// `AccessDeniedException`: the caller lacks permission.
    AccessDenied = "AccessDeniedException",
    /// `AliasExistsException`: the email address or phone number is already the alias of another user.
    AliasExists: User = "AliasExistsException",
    /// `CachedCIMDURLDoesNotExistException`: the URL of a client's metadata is not cached.
    CachedCimdUrlDoesNotExist = "CachedCIMDURLDoesNotExistException",
    /// `CodeDeliveryFailureException`: the code could not be delivered. The effects of the call, such as a new user,
    /// remain.
    CodeDeliveryFailure: Service = "CodeDeliveryFailureException",
    /// `CodeMismatchException`: the code is not the one that was sent.
    CodeMismatch: User = "CodeMismatchException",
    /// `ConcurrentModificationException`: two requests changed the same resource at the same time. The client does not
    /// retry, since the change may depend on values that the other request has replaced. Read them again, and call again.
    ConcurrentModification = "ConcurrentModificationException",
    /// `DeviceKeyExistsException`: a device with that key is already remembered.
    DeviceKeyExists: User = "DeviceKeyExistsException",
    /// `DuplicateProviderException`: the pool already has that identity provider.
    DuplicateProvider = "DuplicateProviderException",
    /// `EnableSoftwareTokenMFAException`: the one-time password does not match, or the pool has no software-token MFA.
    EnableSoftwareTokenMfa: Unknown = "EnableSoftwareTokenMFAException",
    /// `ExpiredCodeException`: the code has expired.
    ExpiredCode: User = "ExpiredCodeException",
    /// `FeatureUnavailableInTierException`: the pool's feature plan does not include this feature.
    FeatureUnavailableInTier = "FeatureUnavailableInTierException",
    /// `ForbiddenException`: AWS WAF blocked the request because of a web ACL of the pool.
    Forbidden = "ForbiddenException",
    /// `GroupExistsException`: the pool already has that group.
    GroupExists = "GroupExistsException",
    /// `InternalErrorException`: Cognito failed.
    InternalError: Service = "InternalErrorException",
    /// `InternalServerException`: Cognito failed.
    InternalServer: Service = "InternalServerException",
    /// `InvalidEmailRoleAccessPolicyException`: Cognito may not use the pool's email identity.
    InvalidEmailRoleAccessPolicy = "InvalidEmailRoleAccessPolicyException",
    /// `InvalidLambdaResponseException`: a Lambda trigger returned an invalid response.
    InvalidLambdaResponse: Service = "InvalidLambdaResponseException",
    /// `InvalidOAuthFlowException`: the app client does not allow that OAuth flow.
    InvalidOAuthFlow = "InvalidOAuthFlowException",
    /// `InvalidParameterException`: the service does not accept a parameter.
    InvalidParameter: Unknown = "InvalidParameterException",
    /// `InvalidPasswordException`: the password does not satisfy the pool's policy.
    InvalidPassword: User = "InvalidPasswordException",
    /// `InvalidSmsRoleAccessPolicyException`: the pool's SMS role may not publish to SNS.
    InvalidSmsRoleAccessPolicy = "InvalidSmsRoleAccessPolicyException",
    /// `InvalidSmsRoleTrustRelationshipException`: the pool's SMS role does not trust Cognito.
    InvalidSmsRoleTrustRelationship = "InvalidSmsRoleTrustRelationshipException",
    /// `InvalidUserPoolConfigurationException`: the configuration of the pool does not allow the operation.
    InvalidUserPoolConfiguration = "InvalidUserPoolConfigurationException",
    /// `LimitExceededException`: a quota for the user or resource is exhausted; a retry soon does not help.
    LimitExceeded: Throttled = "LimitExceededException",
    /// `ManagedLoginBrandingExistsException`: the app client already has a branding style.
    ManagedLoginBrandingExists = "ManagedLoginBrandingExistsException",
    /// `MFAMethodNotFoundException`: there is no MFA method for this user.
    MfaMethodNotFound: User = "MFAMethodNotFoundException",
    /// `NotAuthorizedException`: a wrong password, token, secret hash or session, or a user who is not allowed to sign
    /// in.
    NotAuthorized: Unknown = "NotAuthorizedException",
    /// `OperationNotEnabledException`: the pool does not allow this operation.
    OperationNotEnabled = "OperationNotEnabledException",
    /// `PasswordHistoryPolicyViolationException`: the password was used before.
    PasswordHistoryPolicyViolation: User = "PasswordHistoryPolicyViolationException",
    /// `PasswordResetRequiredException`: the user has to set a new password first.
    PasswordResetRequired: User = "PasswordResetRequiredException",
    /// `PreconditionNotMetException`: a precondition of the operation is not met.
    PreconditionNotMet = "PreconditionNotMetException",
    /// `RefreshTokenReuseException`: refresh-token rotation has replaced the refresh token.
    RefreshTokenReuse: User = "RefreshTokenReuseException",
    /// `ResourceNotFoundException`: there is no such pool, app client or other resource.
    ResourceNotFound = "ResourceNotFoundException",
    /// `ScopeDoesNotExistException`: there is no such OAuth scope.
    ScopeDoesNotExist = "ScopeDoesNotExistException",
    /// `ServiceQuotaExceededException`: a quota of the account is exhausted.
    ServiceQuotaExceeded: Throttled = "ServiceQuotaExceededException",
    /// `SoftwareTokenMFANotFoundException`: software-token MFA is not active for the pool or the user.
    SoftwareTokenMfaNotFound: User = "SoftwareTokenMFANotFoundException",
    /// `TermsExistsException`: the app client already has those terms documents.
    TermsExists = "TermsExistsException",
    /// `TierChangeNotAllowedException`: the pool's feature plan cannot be changed in this way.
    TierChangeNotAllowed = "TierChangeNotAllowedException",
    /// `TooManyFailedAttemptsException`: the user has failed too often, for example with a password.
    TooManyFailedAttempts: User = "TooManyFailedAttemptsException",
    /// `TooManyRequestsException`: the rate of requests is too high.
    TooManyRequests: Throttled = "TooManyRequestsException",
    /// `UnauthorizedException`: the caller is not authorized.
    Unauthorized = "UnauthorizedException",
    /// `UnexpectedLambdaException`: a Lambda trigger could not be called or failed.
    UnexpectedLambda: Service = "UnexpectedLambdaException",
    /// `UnsupportedIdentityProviderException`: the pool does not support that identity provider.
    UnsupportedIdentityProvider = "UnsupportedIdentityProviderException",
    /// `UnsupportedOperationException`: the pool or app client does not support this operation.
    UnsupportedOperation = "UnsupportedOperationException",
    /// `UnsupportedTokenTypeException`: that kind of token cannot be revoked.
    UnsupportedTokenType = "UnsupportedTokenTypeException",
    /// `UnsupportedUserStateException`: the user is in a state that does not allow the operation.
    UnsupportedUserState = "UnsupportedUserStateException",
    /// `UserImportInProgressException`: a user import is under way.
    UserImportInProgress = "UserImportInProgressException",
    /// `UserLambdaValidationException`: a Lambda trigger of the pool rejected the request.
    UserLambdaValidation: User = "UserLambdaValidationException",
    /// `UsernameExistsException`: a user with that name exists.
    UsernameExists: User = "UsernameExistsException",
    /// `UserNotConfirmedException`: the user has not confirmed the sign-up yet.
    UserNotConfirmed: User = "UserNotConfirmedException",
    /// `UserNotFoundException`: there is no such user.
    UserNotFound: User = "UserNotFoundException",
    /// `UserPoolAddOnNotEnabledException`: the add-on is not enabled for the pool.
    UserPoolAddOnNotEnabled = "UserPoolAddOnNotEnabledException",
    /// `UserPoolTaggingException`: a tag of the pool could not be set or updated.
    UserPoolTagging = "UserPoolTaggingException",
    /// `WebAuthnChallengeNotFoundException`: the passkey challenge is unknown or has expired.
    WebAuthnChallengeNotFound: User = "WebAuthnChallengeNotFoundException",
    /// `WebAuthnClientMismatchException`: the registration of the passkey was started with another app client.
    WebAuthnClientMismatch = "WebAuthnClientMismatchException",
    /// `WebAuthnConfigurationMissingException`: the pool has no relying party id or no domain.
    WebAuthnConfigurationMissing = "WebAuthnConfigurationMissingException",
    /// `WebAuthnCredentialNotSupportedException`: the device or provider of the passkey is not supported.
    WebAuthnCredentialNotSupported: User = "WebAuthnCredentialNotSupportedException",
    /// `WebAuthnNotEnabledException`: passkeys are not enabled for the pool.
    WebAuthnNotEnabled = "WebAuthnNotEnabledException",
    /// `WebAuthnOriginNotAllowedException`: the origin is not allowed to register passkeys.
    WebAuthnOriginNotAllowed = "WebAuthnOriginNotAllowedException",
    /// `WebAuthnRelyingPartyMismatchException`: the passkey was made for another relying party.
    WebAuthnRelyingPartyMismatch = "WebAuthnRelyingPartyMismatchException",

    /// The credentials of a signed request have expired.
    ExpiredToken = "ExpiredTokenException" | "ExpiredToken",
    /// The signature of a request is incomplete.
    IncompleteSignature = "IncompleteSignature" | "IncompleteSignatureException",
    /// AWS failed to process the request.
    InternalFailure: Service = "InternalFailure",
    /// The access key of a signed request does not exist.
    InvalidClientTokenId = "InvalidClientTokenId",
    /// The signature of a request is wrong.
    InvalidSignature = "InvalidSignatureException" | "SignatureDoesNotMatch",
    /// The HTTP request is malformed.
    MalformedHttpRequest = "MalformedHttpRequestException",
    /// The operation requires AWS credentials and the request has none.
    MissingAuthenticationToken = "MissingAuthenticationToken" | "MissingAuthenticationTokenException",
    /// The account has not subscribed to the service.
    OptInRequired = "OptInRequired",
    /// The connection was closed before the service completed the request.
    RequestAborted = "RequestAbortedException",
    /// The request is too large.
    RequestEntityTooLarge = "RequestEntityTooLargeException",
    /// The timestamp of a signed request is too old or in the future.
    RequestExpired = "RequestExpired" | "RequestTimeTooSkewed" | "RequestInTheFuture",
    /// The service timed out while it waited for the request.
    RequestTimeout: Service = "RequestTimeoutException" | "RequestTimeout",
    /// The service cannot read the body.
    Serialization = "SerializationException",
    /// AWS is overloaded or down.
    ServiceUnavailable: Service = "ServiceUnavailable" | "ServiceUnavailableException",
    /// The rate of requests exceeds a limit common to all AWS services.
    Throttling: Throttled = "Throttling" | "ThrottlingException" | "ThrottledException" | "RequestThrottled"
        | "RequestThrottledException" | "RequestLimitExceeded" | "BandwidthLimitExceeded" | "SlowDown"
        | "PriorRequestNotComplete" | "ProvisionedThroughputExceededException" | "TransactionInProgressException"
        | "EC2ThrottledException",
    /// The service has no such operation.
    UnknownOperation = "UnknownOperationException" | "UnknownOperation",
    /// The access key of a signed request is not valid.
    UnrecognizedClient = "UnrecognizedClientException",
    /// The request does not satisfy a constraint that AWS checks.
    Validation = "ValidationError" | "ValidationException",
}

/// Displays the name of the variant.
impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl ErrorKind {
    /// Returns whether the service throttled the request.
    pub(crate) fn is_throttling(self) -> bool {
        matches!(self, Self::TooManyRequests | Self::Throttling)
    }

    /// Returns whether the service failed temporarily.
    pub(super) fn is_transient(self) -> bool {
        matches!(
            self,
            Self::InternalError
                | Self::InternalFailure
                | Self::InternalServer
                | Self::RequestTimeout
                | Self::ServiceUnavailable
        )
    }

    /// Returns whether AWS rejected the signature of a request, or its credentials.
    pub(crate) fn is_rejected_signature(self) -> bool {
        matches!(
            self,
            Self::ExpiredToken
                | Self::IncompleteSignature
                | Self::InvalidClientTokenId
                | Self::InvalidSignature
                | Self::MissingAuthenticationToken
                | Self::RequestExpired
                | Self::UnrecognizedClient
        )
    }

    /// Returns whether the service returns exceptions of this kind before it executes the operation.
    pub(super) fn precedes_execution(self) -> bool {
        self.is_throttling()
            || self.is_rejected_signature()
            || matches!(
                self,
                Self::InvalidParameter
                    | Self::NotAuthorized
                    | Self::ResourceNotFound
                    | Self::UserNotFound
                    | Self::Forbidden
                    | Self::LimitExceeded
                    // Errors common to all AWS services, about the form of a request or the account.
                    | Self::MalformedHttpRequest
                    | Self::OptInRequired
                    | Self::RequestEntityTooLarge
                    | Self::Serialization
                    | Self::UnknownOperation
                    | Self::Validation
            )
    }
}

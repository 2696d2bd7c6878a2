//! Second factors.

use cognito_op::{cognito_op, cognito_shape};

/// Starts the setup of an authenticator app: returns the secret that the app shares with the pool.
///
/// ```
/// use cognito_userpools::operations::AssociateSoftwareToken;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = AssociateSoftwareToken::new().access_token("the access token");
/// let started = operation.send(client).await?;
/// if let Some(secret) = started.secret_code {
///     println!("otpauth://totp/Example:alice?secret={secret}");
/// }
/// // During a sign-in, a session takes the place of the access token.
/// let operation = AssociateSoftwareToken::new().session("the session of the challenge");
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AssociateSoftwareToken")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AssociateSoftwareToken {
    /// The access token of a signed-in user.
    #[pattern]
    pub access_token: Option<String>,
    /// The session of the challenge `MFA_SETUP`.
    // The service issues sessions of up to 8192 characters; the published maximum is 4096.
    #[len(20, 8192)]
    pub session: Option<String>,
}

/// The response of [`AssociateSoftwareToken`].
///
/// ```
/// use cognito_userpools::operations::AssociateSoftwareTokenResponse;
///
/// let response = AssociateSoftwareTokenResponse::new()
///     .secret_code("ABCDEFGHIJKLMNOP")
///     .session("the session");
/// assert_eq!(response.secret_code.as_deref(), Some("ABCDEFGHIJKLMNOP"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AssociateSoftwareTokenResponse {
    /// The secret in Base32.
    pub secret_code: Option<String>,
    /// The session for `VerifySoftwareToken`.
    pub session: Option<String>,
}

/// Completes the setup of an authenticator app with a code from the app.
///
/// ```
/// use cognito_userpools::operations::{VerifySoftwareToken, VerifySoftwareTokenResponseType};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = VerifySoftwareToken::new("123456")
///     .access_token("the access token")
///     .friendly_device_name("phone");
/// let verified = operation.send(client).await?;
/// assert_eq!(verified.status, Some(VerifySoftwareTokenResponseType::Success));
/// // During a sign-in, a session takes the place of the access token.
/// let operation =
///     VerifySoftwareToken::new("123456").session("the session of `AssociateSoftwareToken`");
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "VerifySoftwareToken")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct VerifySoftwareToken {
    /// The access token of a signed-in user.
    #[pattern]
    pub access_token: Option<String>,
    /// A name for the device with the app.
    #[len]
    pub friendly_device_name: Option<String>,
    /// The session from the response of `AssociateSoftwareToken`.
    // The service issues sessions of up to 8192 characters; the published maximum is 4096.
    #[len(20, 8192)]
    pub session: Option<String>,
    /// The code from the app.
    #[len]
    #[pattern]
    pub user_code: String,
}

/// The response of [`VerifySoftwareToken`].
///
/// ```
/// use cognito_userpools::operations::{
///     VerifySoftwareTokenResponse, VerifySoftwareTokenResponseType,
/// };
///
/// let response = VerifySoftwareTokenResponse::new()
///     .status(VerifySoftwareTokenResponseType::Success)
///     .session("the session");
/// assert_eq!(response.status, Some(VerifySoftwareTokenResponseType::Success));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct VerifySoftwareTokenResponse {
    /// The session for the answer to the challenge `MFA_SETUP`.
    pub session: Option<String>,
    /// Whether the code was accepted.
    pub status: Option<VerifySoftwareTokenResponseType>,
}

/// Sets the active second factors and the preferred one.
///
/// ```
/// use cognito_userpools::operations::{
///     EmailMfaSettingsType, SMSMfaSettingsType, SetUserMFAPreference,
///     SoftwareTokenMfaSettingsType, WebAuthnMfaSettingsType,
/// };
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = SetUserMFAPreference::new("the access token")
///     .software_token_mfa_settings(
///         SoftwareTokenMfaSettingsType::new().enabled(true).preferred_mfa(true),
///     )
///     .sms_mfa_settings(SMSMfaSettingsType::new().enabled(true))
///     .email_mfa_settings(EmailMfaSettingsType::new().enabled(false))
///     .web_authn_mfa_settings(WebAuthnMfaSettingsType::new().enabled(false));
/// operation.send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "SetUserMFAPreference", response = ())]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetUserMFAPreference {
    /// The user's access token.
    #[pattern]
    pub access_token: String,
    /// The settings for codes by email.
    pub email_mfa_settings: Option<EmailMfaSettingsType>,
    /// The settings for codes by SMS.
    pub sms_mfa_settings: Option<SMSMfaSettingsType>,
    /// The settings for codes from an authenticator app.
    pub software_token_mfa_settings: Option<SoftwareTokenMfaSettingsType>,
    /// The settings for passkeys.
    pub web_authn_mfa_settings: Option<WebAuthnMfaSettingsType>,
}

/// Returns the factors with which the user can sign in.
///
/// ```
/// use cognito_userpools::operations::{AuthFactorType, GetUserAuthFactors};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let factors = GetUserAuthFactors::new("the access token")
///     .send(client)
///     .await?
///     .configured_user_auth_factors;
/// let has_passkey = factors.unwrap_or_default().contains(&AuthFactorType::WebAuthn);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "GetUserAuthFactors")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetUserAuthFactors {
    /// The user's access token.
    #[pattern]
    pub access_token: String,
}

/// The response of [`GetUserAuthFactors`].
///
/// ```
/// use cognito_userpools::operations::{AuthFactorType, GetUserAuthFactorsResponse};
///
/// let response = GetUserAuthFactorsResponse::new("alice")
///     .configured_user_auth_factors([AuthFactorType::Password, AuthFactorType::EmailOtp])
///     .preferred_mfa_setting("SOFTWARE_TOKEN_MFA")
///     .user_mfa_setting_list(["SOFTWARE_TOKEN_MFA"]);
/// assert_eq!(response.configured_user_auth_factors.map(|factors| factors.len()), Some(2));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetUserAuthFactorsResponse {
    /// The configured factors.
    pub configured_user_auth_factors: Option<Vec<AuthFactorType>>,
    /// The preferred second factor.
    pub preferred_mfa_setting: Option<String>,
    /// The active second factors.
    pub user_mfa_setting_list: Option<Vec<String>>,
    /// The user name in the pool.
    pub username: String,
}

/// A factor with which a user can sign in.
///
/// In the wildcard arm of a `match`, ignore the factor: the program cannot sign in with it.
///
/// ```
/// use cognito_userpools::operations::AuthFactorType;
///
/// assert_eq!(AuthFactorType::EmailOtp.as_str(), "EMAIL_OTP");
/// assert_eq!(AuthFactorType::from("RETINA"), AuthFactorType::Other("RETINA".to_owned()));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthFactorType {
    /// A password.
    Password,
    /// A code by email.
    EmailOtp,
    /// A code by SMS.
    SmsOtp,
    /// A passkey.
    WebAuthn,
    /// A code from an authenticator app.
    SoftwareToken,
    /// A value that has no variant.
    Other(String),
}

/// The settings for codes by email as a second factor.
///
/// ```
/// use cognito_userpools::operations::EmailMfaSettingsType;
///
/// let settings = EmailMfaSettingsType::new().enabled(true).preferred_mfa(false);
/// assert_eq!((settings.enabled, settings.preferred_mfa), (Some(true), Some(false)));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct EmailMfaSettingsType {
    /// Whether the factor is active.
    pub enabled: Option<bool>,
    /// Whether the factor is preferred.
    pub preferred_mfa: Option<bool>,
}

/// The settings for codes by SMS as a second factor.
///
/// ```
/// use cognito_userpools::operations::SMSMfaSettingsType;
///
/// let settings = SMSMfaSettingsType::new().enabled(true).preferred_mfa(false);
/// assert_eq!((settings.enabled, settings.preferred_mfa), (Some(true), Some(false)));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SMSMfaSettingsType {
    /// Whether the factor is active.
    pub enabled: Option<bool>,
    /// Whether the factor is preferred.
    pub preferred_mfa: Option<bool>,
}

/// The settings for codes from an authenticator app as a second factor.
///
/// ```
/// use cognito_userpools::operations::SoftwareTokenMfaSettingsType;
///
/// let settings = SoftwareTokenMfaSettingsType::new().enabled(true).preferred_mfa(false);
/// assert_eq!((settings.enabled, settings.preferred_mfa), (Some(true), Some(false)));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SoftwareTokenMfaSettingsType {
    /// Whether the factor is active.
    pub enabled: Option<bool>,
    /// Whether the factor is preferred.
    pub preferred_mfa: Option<bool>,
}

/// Whether a code from an authenticator app was accepted.
///
/// In the wildcard arm of a `match`, treat the code as not accepted.
///
/// ```
/// use cognito_userpools::operations::VerifySoftwareTokenResponseType;
///
/// assert_eq!(
///     VerifySoftwareTokenResponseType::from("ERROR"),
///     VerifySoftwareTokenResponseType::Error
/// );
/// assert_eq!(VerifySoftwareTokenResponseType::Success.as_str(), "SUCCESS");
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifySoftwareTokenResponseType {
    /// The code was accepted.
    Success,
    /// The code was not accepted.
    Error,
    /// A value that has no variant.
    Other(String),
}

/// The settings for passkeys as a second factor.
///
/// ```
/// use cognito_userpools::operations::WebAuthnMfaSettingsType;
///
/// assert_eq!(WebAuthnMfaSettingsType::new().enabled(true).enabled, Some(true));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct WebAuthnMfaSettingsType {
    /// Whether the factor is active.
    pub enabled: Option<bool>,
}

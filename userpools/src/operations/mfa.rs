//! Second factors.

use cognito_op::{cognito_op, cognito_shape};

/// Begins to set up an authenticator app: gives the secret that it shares with the pool.
///
/// ```
/// use cognito_userpools::operations::AssociateSoftwareToken;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let begun = AssociateSoftwareToken::new().access_token("the access token").send(client).await?;
/// if let Some(secret) = begun.secret_code {
///     println!("otpauth://totp/Example:alice?secret={secret}");
/// }
/// // Of someone who is signing in there is a session in the place of a token.
/// let operation = AssociateSoftwareToken::new().session("the session of the challenge");
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AssociateSoftwareToken")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AssociateSoftwareToken {
    /// The access token of the user, where nobody is signing in.
    #[pattern]
    pub access_token: Option<String>,
    /// The session of the challenge `MFA_SETUP`.
    // The service gives out sessions of up to 8192 characters; the published bound is 4096.
    #[len(20, 8192)]
    pub session: Option<String>,
}

/// The answer to [`AssociateSoftwareToken`].
///
/// ```
/// use cognito_userpools::operations::AssociateSoftwareTokenResponse;
///
/// let answer = AssociateSoftwareTokenResponse::new()
///     .secret_code("ABCDEFGHIJKLMNOP")
///     .session("the session");
/// assert_eq!(answer.secret_code.as_deref(), Some("ABCDEFGHIJKLMNOP"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AssociateSoftwareTokenResponse {
    /// The secret, in Base32.
    pub secret_code: Option<String>,
    /// A session for `VerifySoftwareToken`.
    pub session: Option<String>,
}

/// Finishes setting up an authenticator app, with a code of it.
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
/// // Of someone who is signing in there is a session in the place of a token.
/// let operation =
///     VerifySoftwareToken::new("123456").session("the session of `AssociateSoftwareToken`");
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "VerifySoftwareToken")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct VerifySoftwareToken {
    /// The access token of the user, where nobody is signing in.
    #[pattern]
    pub access_token: Option<String>,
    /// A name for the device that the app runs on.
    #[len]
    pub friendly_device_name: Option<String>,
    /// The session that `AssociateSoftwareToken` has given.
    // The service gives out sessions of up to 8192 characters; the published bound is 4096.
    #[len(20, 8192)]
    pub session: Option<String>,
    /// The code that the app shows.
    #[len]
    #[pattern]
    pub user_code: String,
}

/// The answer to [`VerifySoftwareToken`].
///
/// ```
/// use cognito_userpools::operations::{VerifySoftwareTokenResponse, VerifySoftwareTokenResponseType};
///
/// let answer = VerifySoftwareTokenResponse::new()
///     .status(VerifySoftwareTokenResponseType::Success)
///     .session("the session");
/// assert_eq!(answer.status, Some(VerifySoftwareTokenResponseType::Success));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct VerifySoftwareTokenResponse {
    /// A session for the response to `MFA_SETUP`.
    pub session: Option<String>,
    /// Whether it was right.
    pub status: Option<VerifySoftwareTokenResponseType>,
}

/// Sets which second factors are on, and which one is preferred.
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
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
    /// Codes by email.
    pub email_mfa_settings: Option<EmailMfaSettingsType>,
    /// Codes by SMS.
    pub sms_mfa_settings: Option<SMSMfaSettingsType>,
    /// Codes of an authenticator app.
    pub software_token_mfa_settings: Option<SoftwareTokenMfaSettingsType>,
    /// Passkeys.
    pub web_authn_mfa_settings: Option<WebAuthnMfaSettingsType>,
}

/// The factors that the user can sign in with.
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
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
}

/// The answer to [`GetUserAuthFactors`].
///
/// ```
/// use cognito_userpools::operations::{AuthFactorType, GetUserAuthFactorsResponse};
///
/// let answer = GetUserAuthFactorsResponse::new()
///     .username("alice")
///     .configured_user_auth_factors([AuthFactorType::Password, AuthFactorType::EmailOtp])
///     .preferred_mfa_setting("SOFTWARE_TOKEN_MFA")
///     .user_mfa_setting_list(["SOFTWARE_TOKEN_MFA".to_owned()]);
/// assert_eq!(answer.configured_user_auth_factors.map(|factors| factors.len()), Some(2));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetUserAuthFactorsResponse {
    /// The factors.
    pub configured_user_auth_factors: Option<Vec<AuthFactorType>>,
    /// The second factor that is preferred.
    pub preferred_mfa_setting: Option<String>,
    /// The second factors that are on.
    pub user_mfa_setting_list: Option<Vec<String>>,
    /// The user's name in the pool.
    pub username: Option<String>,
}

/// A factor that a user can sign in with.
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
    /// A code of an authenticator app.
    SoftwareToken,
    /// A value that this version does not know.
    Other(String),
}

/// Codes by email as a second factor.
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
    /// Whether it is on.
    pub enabled: Option<bool>,
    /// Whether it is preferred.
    pub preferred_mfa: Option<bool>,
}

/// Codes by SMS as a second factor.
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
    /// Whether it is on.
    pub enabled: Option<bool>,
    /// Whether it is preferred.
    pub preferred_mfa: Option<bool>,
}

/// Codes of an authenticator app as a second factor.
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
    /// Whether it is on.
    pub enabled: Option<bool>,
    /// Whether it is preferred.
    pub preferred_mfa: Option<bool>,
}

/// Whether the code of an authenticator app was right.
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
    /// It was.
    Success,
    /// It was not.
    Error,
    /// A value that this version does not know.
    Other(String),
}

/// A passkey as a second factor.
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
    /// Whether it is on.
    pub enabled: Option<bool>,
}

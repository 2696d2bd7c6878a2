//! The second factors and passkeys of a user pool.
// Written by `cargo x admin` from the service model; a test compares them.

use super::messages::SmsConfigurationType;
use super::user_pools::UserPoolMfaType;
use cognito_op::{cognito_op, cognito_shape};

/// Returns the settings of a user pool for second factors and passkeys.
///
/// ```
/// use cognito_userpools::admin::GetUserPoolMfaConfig;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = GetUserPoolMfaConfig::new("eu-west-1_Ab12Cd34").send(client).await?;
/// println!("{:?}", response.sms_mfa_configuration);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "GetUserPoolMfaConfig", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetUserPoolMfaConfig {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
}

/// The response of [`GetUserPoolMfaConfig`].
///
/// ```
/// use cognito_userpools::admin::{GetUserPoolMfaConfigResponse, UserPoolMfaType};
///
/// let response = GetUserPoolMfaConfigResponse::new().mfa_configuration(UserPoolMfaType::Off);
/// assert_eq!(response.mfa_configuration, Some(UserPoolMfaType::Off));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetUserPoolMfaConfigResponse {
    /// The settings for codes by SMS.
    pub sms_mfa_configuration: Option<SmsMfaConfigType>,
    /// The settings for codes from an authenticator app.
    pub software_token_mfa_configuration: Option<SoftwareTokenMfaConfigType>,
    /// The settings for codes by email. It needs the feature plan `ESSENTIALS` or higher.
    pub email_mfa_configuration: Option<EmailMfaConfigType>,
    /// The MFA mode: `OFF`, `ON` for all users, or `OPTIONAL` for those who choose a second factor.
    pub mfa_configuration: Option<UserPoolMfaType>,
    /// The settings for passkeys.
    pub web_authn_configuration: Option<WebAuthnConfigurationType>,
}

/// Sets which second factors a user pool offers, whether one is required, and the use of passkeys.
///
/// ```
/// use cognito_userpools::admin::{SetUserPoolMfaConfig, UserPoolMfaType};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = SetUserPoolMfaConfig::new("eu-west-1_Ab12Cd34")
///     .mfa_configuration(UserPoolMfaType::Off)
///     .send(client)
///     .await?;
/// println!("{:?}", response.sms_mfa_configuration);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "SetUserPoolMfaConfig", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetUserPoolMfaConfig {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The settings for codes by SMS.
    pub sms_mfa_configuration: Option<SmsMfaConfigType>,
    /// The settings for codes from an authenticator app.
    pub software_token_mfa_configuration: Option<SoftwareTokenMfaConfigType>,
    /// The settings for codes by email. It needs the feature plan `ESSENTIALS` or higher.
    pub email_mfa_configuration: Option<EmailMfaConfigType>,
    /// The MFA mode: `OFF`, `ON` for all users, or `OPTIONAL` for those who choose a second factor.
    pub mfa_configuration: Option<UserPoolMfaType>,
    /// The settings for passkeys.
    pub web_authn_configuration: Option<WebAuthnConfigurationType>,
}

/// The response of [`SetUserPoolMfaConfig`].
///
/// ```
/// use cognito_userpools::admin::{SetUserPoolMfaConfigResponse, UserPoolMfaType};
///
/// let response = SetUserPoolMfaConfigResponse::new().mfa_configuration(UserPoolMfaType::Off);
/// assert_eq!(response.mfa_configuration, Some(UserPoolMfaType::Off));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetUserPoolMfaConfigResponse {
    /// The settings for codes by SMS.
    pub sms_mfa_configuration: Option<SmsMfaConfigType>,
    /// The settings for codes from an authenticator app.
    pub software_token_mfa_configuration: Option<SoftwareTokenMfaConfigType>,
    /// The settings for codes by email. It needs the feature plan `ESSENTIALS` or higher.
    pub email_mfa_configuration: Option<EmailMfaConfigType>,
    /// The MFA mode: `OFF`, `ON` for all users, or `OPTIONAL` for those who choose a second factor.
    pub mfa_configuration: Option<UserPoolMfaType>,
    /// The settings for passkeys.
    pub web_authn_configuration: Option<WebAuthnConfigurationType>,
}

/// The message and the settings with which codes are sent by SMS at sign-in.
///
/// ```
/// use cognito_userpools::admin::SmsMfaConfigType;
///
/// let config = SmsMfaConfigType::new().sms_authentication_message("Your code is {####}");
/// assert_eq!(config.sms_authentication_message.as_deref(), Some("Your code is {####}"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SmsMfaConfigType {
    /// The text of SMS messages, with `{####}` in place of the code. By default, the service uses its own text.
    #[len]
    #[pattern]
    pub sms_authentication_message: Option<String>,
    /// The settings for sending SMS messages, such as the IAM role.
    pub sms_configuration: Option<SmsConfigurationType>,
}

/// The setting of a user pool for codes from an authenticator app.
///
/// ```
/// use cognito_userpools::admin::SoftwareTokenMfaConfigType;
///
/// let config = SoftwareTokenMfaConfigType::new().enabled(true);
/// assert_eq!(config.enabled, Some(true));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SoftwareTokenMfaConfigType {
    /// Whether users can use codes from an authenticator app as second factor.
    pub enabled: Option<bool>,
}

/// The message with which codes are sent by email at sign-in. It needs the feature plan `ESSENTIALS` or `PLUS`.
///
/// ```
/// use cognito_userpools::admin::EmailMfaConfigType;
///
/// let config = EmailMfaConfigType::new().message("Your code is {####}").subject("Your code");
/// assert_eq!(config.subject.as_deref(), Some("Your code"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct EmailMfaConfigType {
    /// The text of the emails, with `{####}` in place of the code. By default, the service uses its own text.
    #[len]
    #[pattern]
    pub message: Option<String>,
    /// The subject of the emails with codes.
    #[pattern]
    pub subject: Option<String>,
}

/// The settings of a user pool for passkeys. The relying party must be the custom domain if managed login uses one.
///
/// ```
/// use cognito_userpools::admin::{UserVerificationType, WebAuthnConfigurationType};
///
/// let configuration = WebAuthnConfigurationType::new()
///     .relying_party_id("example.com")
///     .user_verification(UserVerificationType::Required);
/// assert_eq!(configuration.user_verification, Some(UserVerificationType::Required));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct WebAuthnConfigurationType {
    /// The domain of the relying party for passkeys. For managed login on a custom domain, it must be the custom
    /// domain.
    #[len]
    pub relying_party_id: Option<String>,
    /// The need for passkeys with user verification: `required` or `preferred`.
    pub user_verification: Option<UserVerificationType>,
    /// The role of passkeys: with `MULTI_FACTOR_WITH_USER_VERIFICATION`, a passkey alone satisfies MFA. The default is
    /// `SINGLE_FACTOR`.
    pub factor_configuration: Option<WebAuthnFactorConfigurationType>,
}

/// The need for a passkey to verify the user, for example with a PIN: `required` or only `preferred`.
///
/// ```
/// use cognito_userpools::admin::UserVerificationType;
///
/// assert_eq!(UserVerificationType::Required.as_str(), "required");
/// assert_eq!(UserVerificationType::from("required"), UserVerificationType::Required);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UserVerificationType {
    /// `required`.
    Required,
    /// `preferred`.
    Preferred,
    /// A value that is not listed here.
    Other(String),
}

/// The number of factors for which a passkey counts: several only if it verifies the user.
///
/// ```
/// use cognito_userpools::admin::WebAuthnFactorConfigurationType;
///
/// assert_eq!(WebAuthnFactorConfigurationType::SingleFactor.as_str(), "SINGLE_FACTOR");
/// assert_eq!(WebAuthnFactorConfigurationType::from("SINGLE_FACTOR"), WebAuthnFactorConfigurationType::SingleFactor);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebAuthnFactorConfigurationType {
    /// `SINGLE_FACTOR`.
    SingleFactor,
    /// `MULTI_FACTOR_WITH_USER_VERIFICATION`.
    MultiFactorWithUserVerification,
    /// A value that is not listed here.
    Other(String),
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    GetUserPoolMfaConfigResponse SetUserPoolMfaConfigResponse SmsMfaConfigType SoftwareTokenMfaConfigType
    EmailMfaConfigType WebAuthnConfigurationType UserVerificationType WebAuthnFactorConfigurationType
}

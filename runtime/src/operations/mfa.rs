//! Second factors.

use crate::{cognito_op, cognito_shape};

/// Begins to set up an authenticator app: gives the secret that it shares with the pool.
#[cognito_op(target = "AssociateSoftwareToken")]
#[derive(Clone, PartialEq)]
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
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct AssociateSoftwareTokenResponse {
    /// The secret, in Base32.
    pub secret_code: Option<String>,
    /// A session for `VerifySoftwareToken`.
    pub session: Option<String>,
}

/// Finishes setting up an authenticator app, with a code of it.
#[cognito_op(target = "VerifySoftwareToken")]
#[derive(Clone, PartialEq)]
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
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct VerifySoftwareTokenResponse {
    /// A session for the response to `MFA_SETUP`.
    pub session: Option<String>,
    /// Whether it was right.
    pub status: Option<VerifySoftwareTokenResponseType>,
}

/// Sets which second factors are on, and which one is preferred.
#[cognito_op(target = "SetUserMFAPreference", response = ())]
#[derive(Clone, PartialEq)]
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
#[cognito_op(target = "GetUserAuthFactors")]
#[derive(Clone, PartialEq)]
pub struct GetUserAuthFactors {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
}

/// The answer to [`GetUserAuthFactors`].
#[cognito_shape]
#[derive(Clone, PartialEq)]
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
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
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
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct EmailMfaSettingsType {
    /// Whether it is on.
    pub enabled: Option<bool>,
    /// Whether it is preferred.
    pub preferred_mfa: Option<bool>,
}

/// Codes by SMS as a second factor.
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct SMSMfaSettingsType {
    /// Whether it is on.
    pub enabled: Option<bool>,
    /// Whether it is preferred.
    pub preferred_mfa: Option<bool>,
}

/// Codes of an authenticator app as a second factor.
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct SoftwareTokenMfaSettingsType {
    /// Whether it is on.
    pub enabled: Option<bool>,
    /// Whether it is preferred.
    pub preferred_mfa: Option<bool>,
}

/// Whether the code of an authenticator app was right.
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
pub enum VerifySoftwareTokenResponseType {
    /// It was.
    Success,
    /// It was not.
    Error,
    /// A value that this version does not know.
    Other(String),
}

/// A passkey as a second factor.
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct WebAuthnMfaSettingsType {
    /// Whether it is on.
    pub enabled: Option<bool>,
}

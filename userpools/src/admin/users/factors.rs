//! The passwords and second factors of users.
// Written by `cargo x admin` from the service model; a test compares them.

use crate::operations::{
    AuthFactorType, EmailMfaSettingsType, MFAOptionType, SMSMfaSettingsType, SoftwareTokenMfaSettingsType,
    WebAuthnMfaSettingsType,
};
use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// Sets the password of a user. Unless `Permanent` is true, the password is temporary, and the user has to change it at
/// the next sign-in.
///
/// ```
/// use cognito_userpools::admin::AdminSetUserPassword;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// AdminSetUserPassword::new("eu-west-1_Ab12Cd34", "alice", "correct horse")
///     .permanent(true)
///     .send(client)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminSetUserPassword", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminSetUserPassword {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
    /// The new password. `Permanent` determines whether the user must change it.
    #[len]
    #[pattern]
    pub password: String,
    /// Whether the password is permanent. If it is `false`, the user must change the password at the next sign-in.
    pub permanent: Option<bool>,
}

/// Resets the password of a user and sends a code for a new one. The user cannot sign in until the new password is set;
/// the user pool must allow users to recover their accounts.
///
/// ```
/// use cognito_userpools::admin::AdminResetUserPassword;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// AdminResetUserPassword::new("eu-west-1_Ab12Cd34", "alice").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminResetUserPassword", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminResetUserPassword {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
    /// Key-value pairs for the Lambda triggers of the user pool. They must not contain confidential data.
    #[keys(len)]
    #[values(len)]
    pub client_metadata: Option<BTreeMap<String, String>>,
}

/// Sets the active second factors of a user and the preferred one. Only one factor can be preferred.
///
/// ```
/// use cognito_userpools::admin::AdminSetUserMFAPreference;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// AdminSetUserMFAPreference::new("alice", "eu-west-1_Ab12Cd34").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminSetUserMFAPreference", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminSetUserMFAPreference {
    /// The settings for codes by SMS.
    pub sms_mfa_settings: Option<SMSMfaSettingsType>,
    /// The settings for codes from an authenticator app.
    pub software_token_mfa_settings: Option<SoftwareTokenMfaSettingsType>,
    /// The settings for codes by email.
    pub email_mfa_settings: Option<EmailMfaSettingsType>,
    /// The settings for passkeys where MFA is required. The user pool needs the `FactorConfiguration`
    /// `MULTI_FACTOR_WITH_USER_VERIFICATION`.
    pub web_authn_mfa_settings: Option<WebAuthnMfaSettingsType>,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
}

/// Sets the attribute to which codes are sent by SMS. The service no longer supports it; `AdminSetUserMFAPreference`
/// supersedes it.
///
/// ```
/// use cognito_userpools::admin::{AdminSetUserSettings, MFAOptionType};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// AdminSetUserSettings::new("eu-west-1_Ab12Cd34", "alice", [MFAOptionType::new()])
///     .send(client)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminSetUserSettings", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminSetUserSettings {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
    /// The attributes to which codes are sent by SMS.
    pub mfa_options: Vec<MFAOptionType>,
}

/// Returns the factors with which a user can sign in.
///
/// ```
/// use cognito_userpools::admin::AdminGetUserAuthFactors;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = AdminGetUserAuthFactors::new("eu-west-1_Ab12Cd34", "alice").send(client).await?;
/// println!("{:?}", response.user_mfa_setting_list);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminGetUserAuthFactors", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminGetUserAuthFactors {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
}

/// The response of [`AdminGetUserAuthFactors`].
///
/// ```
/// use cognito_userpools::admin::AdminGetUserAuthFactorsResponse;
///
/// let response = AdminGetUserAuthFactorsResponse::new("alice")
///     .preferred_mfa_setting("SOFTWARE_TOKEN_MFA")
///     .user_mfa_setting_list(["SOFTWARE_TOKEN_MFA"]);
/// assert!(response.user_mfa_setting_list.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminGetUserAuthFactorsResponse {
    /// The user name in the user pool.
    pub username: String,
    /// The preferred second factor.
    pub preferred_mfa_setting: Option<String>,
    /// The active second factors.
    pub user_mfa_setting_list: Option<Vec<String>>,
    /// The user's factors for the flow `USER_AUTH`. `PASSWORD` is only possible as first factor, and `SOFTWARE_TOKEN`
    /// only as second.
    pub configured_user_auth_factors: Option<Vec<AuthFactorType>>,
}

/// Deletes a user's authenticator app as a second factor. The user can register a new one with
/// `AssociateSoftwareToken`.
///
/// ```
/// use cognito_userpools::admin::AdminDeleteSoftwareToken;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// AdminDeleteSoftwareToken::new("eu-west-1_Ab12Cd34", "alice").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminDeleteSoftwareToken", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminDeleteSoftwareToken {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    AdminGetUserAuthFactorsResponse
}

//! User pools.
// Written by `cargo x admin` from the service model; a test compares them.

use super::messages::{
    AdminCreateUserConfigType, EmailConfigurationType, SmsConfigurationType, VerificationMessageTemplateType,
};
use super::settings::{
    AccountRecoverySettingType, AcrLevelConfigType, DcrConfigurationType, DeletionProtectionType,
    DeviceConfigurationType, IssuerConfigurationType, KeyConfigurationType, LambdaConfigType, SchemaAttributeType,
    StatusType, UserAttributeUpdateSettingsType, UserPoolAddOnsType, UserPoolPolicyType, UsernameConfigurationType,
    VerifiedAttributeType,
};
use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;
use std::time::SystemTime;

/// Creates a user pool. Members that are left out get default values, and some, such as `UsernameConfiguration`, cannot
/// be changed later.
///
/// ```
/// use cognito_userpools::admin::{CreateUserPool, DeletionProtectionType, VerifiedAttributeType};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = CreateUserPool::new("customers")
///     .deletion_protection(DeletionProtectionType::Active)
///     .auto_verified_attributes([VerifiedAttributeType::PhoneNumber])
///     .send(client)
///     .await?;
/// println!("{:?}", response.user_pool);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "CreateUserPool", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateUserPool {
    /// The name of the user pool.
    #[len]
    #[pattern]
    pub pool_name: String,
    /// The requirements for passwords and the factors with which a sign-in can start.
    pub policies: Option<UserPoolPolicyType>,
    /// The state of the deletion protection. While it is `ACTIVE`, `DeleteUserPool` returns an error.
    pub deletion_protection: Option<DeletionProtectionType>,
    /// The Lambda triggers.
    pub lambda_config: Option<LambdaConfigType>,
    /// The attributes that the user pool verifies by sending a code: `email` or `phone_number`.
    pub auto_verified_attributes: Option<Vec<VerifiedAttributeType>>,
    /// The attributes with which users can sign in besides their user name: `email`, `phone_number` or
    /// `preferred_username`.
    pub alias_attributes: Option<Vec<AliasAttributeType>>,
    /// The attributes that users can enter as user name at sign-up: `email` or `phone_number`.
    pub username_attributes: Option<Vec<UsernameAttributeType>>,
    /// The text of verification messages by SMS. The service no longer uses it; `VerificationMessageTemplate` takes its
    /// place.
    #[len]
    #[pattern]
    pub sms_verification_message: Option<String>,
    /// The text of verification emails. The service no longer uses it; `VerificationMessageTemplate` takes its place.
    #[len]
    #[pattern]
    pub email_verification_message: Option<String>,
    /// The subject of verification emails. The service no longer uses it; `VerificationMessageTemplate` takes its
    /// place.
    #[len]
    #[pattern]
    pub email_verification_subject: Option<String>,
    /// The templates of the messages that verify an email address or phone number.
    pub verification_message_template: Option<VerificationMessageTemplateType>,
    /// The text of SMS messages with a code for sign-in or MFA.
    #[len]
    #[pattern]
    pub sms_authentication_message: Option<String>,
    /// The MFA mode: `OFF`, `ON` for all users, or `OPTIONAL` for those who choose a second factor. `ON` and `OPTIONAL`
    /// require `SmsConfiguration`.
    pub mfa_configuration: Option<UserPoolMfaType>,
    /// The settings for changes of email addresses and phone numbers.
    pub user_attribute_update_settings: Option<UserAttributeUpdateSettingsType>,
    /// The settings for remembered devices. Without it, the user pool remembers no devices.
    pub device_configuration: Option<DeviceConfigurationType>,
    /// The settings for sending emails, such as the sender.
    pub email_configuration: Option<EmailConfigurationType>,
    /// The settings for sending SMS messages, such as the IAM role.
    pub sms_configuration: Option<SmsConfigurationType>,
    /// The tags of the user pool.
    #[keys(len)]
    #[values(len)]
    pub user_pool_tags: Option<BTreeMap<String, String>>,
    /// The settings for the creation of users by administrators, such as the invitation and whether users can sign up.
    pub admin_create_user_config: Option<AdminCreateUserConfigType>,
    /// The custom attributes to add, and the standard attributes with other properties than by default, such as
    /// required ones.
    #[len]
    pub schema: Option<Vec<SchemaAttributeType>>,
    /// The mode of threat protection, which needs the feature plan `PLUS`.
    pub user_pool_add_ons: Option<UserPoolAddOnsType>,
    /// The settings for dynamic client registration, with which applications register their own app clients. It needs
    /// the feature plan `ESSENTIALS` or higher.
    pub dcr_configuration: Option<DcrConfigurationType>,
    /// The case sensitivity of user names, which cannot change later. By default, they are case-sensitive.
    pub username_configuration: Option<UsernameConfigurationType>,
    /// The means by which users recover a forgotten password. Without it, SMS takes precedence over email.
    pub account_recovery_setting: Option<AccountRecoverySettingType>,
    /// The feature plan. The default is `ESSENTIALS`.
    pub user_pool_tier: Option<UserPoolTierType>,
    /// The encryption key of the user pool.
    pub key_configuration: Option<KeyConfigurationType>,
    /// The type of the issuer of tokens.
    pub issuer_configuration: Option<IssuerConfigurationType>,
    /// The names of the authentication levels in the claim `acr`, by level from `Level1` to `Level4`. A level that is
    /// left out has a default name, such as `urn:cognito:loa:1`.
    #[len]
    #[keys(pattern)]
    pub acr_configuration: Option<BTreeMap<String, AcrLevelConfigType>>,
}

/// The response of [`CreateUserPool`].
///
/// ```
/// use cognito_userpools::admin::{CreateUserPoolResponse, UserPoolType};
///
/// let response = CreateUserPoolResponse::new().user_pool(UserPoolType::new());
/// assert!(response.user_pool.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateUserPoolResponse {
    /// The user pool.
    pub user_pool: Option<UserPoolType>,
}

/// Returns the configuration of a user pool.
///
/// ```
/// use cognito_userpools::admin::DescribeUserPool;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = DescribeUserPool::new("eu-west-1_Ab12Cd34").send(client).await?;
/// println!("{:?}", response.user_pool);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DescribeUserPool", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeUserPool {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
}

/// The response of [`DescribeUserPool`].
///
/// ```
/// use cognito_userpools::admin::{DescribeUserPoolResponse, UserPoolType};
///
/// let response = DescribeUserPoolResponse::new().user_pool(UserPoolType::new());
/// assert!(response.user_pool.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeUserPoolResponse {
    /// The user pool.
    pub user_pool: Option<UserPoolType>,
}

/// Lists the user pools of the account in the Region.
///
/// [`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.
///
/// ```
/// use cognito_userpools::admin::ListUserPools;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = ListUserPools::new(10).send(client).await?;
/// println!("{:?}", response.user_pools);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ListUserPools", signed, paginated)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListUserPools {
    /// The token from the previous response, to continue the list.
    #[len]
    #[pattern]
    pub next_token: Option<String>,
    /// The maximum number of user pools to return.
    #[range]
    pub max_results: i32,
}

/// The response of [`ListUserPools`].
///
/// ```
/// use cognito_userpools::admin::{ListUserPoolsResponse, UserPoolDescriptionType};
///
/// let response = ListUserPoolsResponse::new()
///     .user_pools([UserPoolDescriptionType::new()])
///     .next_token("the-next-page");
/// assert_eq!(response.next_token.as_deref(), Some("the-next-page"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListUserPoolsResponse {
    /// The user pools.
    pub user_pools: Option<Vec<UserPoolDescriptionType>>,
    /// The token of the next page, if there is one.
    pub next_token: Option<String>,
}

/// Sets the configuration of a user pool. Members that are left out are reset to their defaults, except
/// `DcrConfiguration`: pass all current settings from `DescribeUserPool`.
///
/// ```
/// use cognito_userpools::admin::{DeletionProtectionType, UpdateUserPool, VerifiedAttributeType};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// UpdateUserPool::new("eu-west-1_Ab12Cd34")
///     .deletion_protection(DeletionProtectionType::Active)
///     .auto_verified_attributes([VerifiedAttributeType::PhoneNumber])
///     .send(client)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "UpdateUserPool", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateUserPool {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The requirements for passwords and the factors with which a sign-in can start. Leaving it out resets it to the
    /// default.
    pub policies: Option<UserPoolPolicyType>,
    /// The state of the deletion protection, which makes `DeleteUserPool` fail. Leaving it out resets it to the
    /// default.
    pub deletion_protection: Option<DeletionProtectionType>,
    /// The Lambda triggers. Leaving it out resets it to the default.
    pub lambda_config: Option<LambdaConfigType>,
    /// The attributes that the user pool verifies by sending a code: `email` or `phone_number`. Leaving it out resets
    /// it to the default.
    pub auto_verified_attributes: Option<Vec<VerifiedAttributeType>>,
    /// The text of verification messages by SMS. The service no longer uses it; `VerificationMessageTemplate` takes its
    /// place.
    #[len]
    #[pattern]
    pub sms_verification_message: Option<String>,
    /// The text of verification emails. The service no longer uses it; `VerificationMessageTemplate` takes its place.
    #[len]
    #[pattern]
    pub email_verification_message: Option<String>,
    /// The subject of verification emails. The service no longer uses it; `VerificationMessageTemplate` takes its
    /// place.
    #[len]
    #[pattern]
    pub email_verification_subject: Option<String>,
    /// The templates of the messages that verify an email address or phone number. Leaving it out resets it to the
    /// default.
    pub verification_message_template: Option<VerificationMessageTemplateType>,
    /// The text of SMS messages with a code for sign-in or MFA. Leaving it out resets it to the default.
    #[len]
    #[pattern]
    pub sms_authentication_message: Option<String>,
    /// The settings for changes of email addresses and phone numbers. Leaving it out resets it to the default.
    pub user_attribute_update_settings: Option<UserAttributeUpdateSettingsType>,
    /// The MFA mode: `OFF`, `ON` for all users, or `OPTIONAL` for those who choose a second factor. Leaving it out
    /// resets it to the default.
    pub mfa_configuration: Option<UserPoolMfaType>,
    /// The settings for remembered devices. Leaving it out turns the remembering of devices off.
    pub device_configuration: Option<DeviceConfigurationType>,
    /// The settings for sending emails, such as the sender. Leaving it out resets it to the default.
    pub email_configuration: Option<EmailConfigurationType>,
    /// The settings for sending SMS messages, such as the IAM role. Leaving it out resets it to the default.
    pub sms_configuration: Option<SmsConfigurationType>,
    /// The tags of the user pool. Leaving it out resets it to the default.
    #[keys(len)]
    #[values(len)]
    pub user_pool_tags: Option<BTreeMap<String, String>>,
    /// The settings for the creation of users by administrators and for sign-up. Leaving it out resets it to the
    /// default.
    pub admin_create_user_config: Option<AdminCreateUserConfigType>,
    /// The mode of threat protection, which needs the feature plan `PLUS`. Leaving it out resets it to the default.
    pub user_pool_add_ons: Option<UserPoolAddOnsType>,
    /// The new settings for dynamic client registration; members that are left out get their defaults. Leaving it out
    /// keeps the existing settings.
    pub dcr_configuration: Option<DcrConfigurationType>,
    /// The means by which users recover a forgotten password. Leaving it out resets it to the default: SMS before
    /// email.
    pub account_recovery_setting: Option<AccountRecoverySettingType>,
    /// The new name of the user pool.
    #[len]
    #[pattern]
    pub pool_name: Option<String>,
    /// The feature plan. Leaving it out resets it to `ESSENTIALS`.
    pub user_pool_tier: Option<UserPoolTierType>,
    /// The encryption key of the user pool; in a secondary region, the existing one. Leaving it out resets it to the
    /// default.
    pub key_configuration: Option<KeyConfigurationType>,
    /// The type of the issuer of tokens; in a secondary region, the existing one. Leaving it out resets it to the
    /// default.
    pub issuer_configuration: Option<IssuerConfigurationType>,
    /// The names of the authentication levels in the claim `acr`, by level from `Level1` to `Level4`. A level that is
    /// left out has a default name, such as `urn:cognito:loa:1`.
    #[len]
    #[keys(pattern)]
    pub acr_configuration: Option<BTreeMap<String, AcrLevelConfigType>>,
}

/// Deletes a user pool with its users; deletion protection must be off. Only AWS Support can restore the pool, within
/// 14 days.
///
/// ```
/// use cognito_userpools::admin::DeleteUserPool;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// DeleteUserPool::new("eu-west-1_Ab12Cd34").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DeleteUserPool", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteUserPool {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
}

/// Adds custom attributes to a user pool. The API has no operation to remove them.
///
/// ```
/// use cognito_userpools::admin::{AddCustomAttributes, SchemaAttributeType};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// AddCustomAttributes::new("eu-west-1_Ab12Cd34", [SchemaAttributeType::new()])
///     .send(client)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AddCustomAttributes", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AddCustomAttributes {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The attributes to add.
    #[len]
    pub custom_attributes: Vec<SchemaAttributeType>,
}

/// An attribute with which users can sign in instead of the user name.
///
/// ```
/// use cognito_userpools::admin::AliasAttributeType;
///
/// assert_eq!(AliasAttributeType::PhoneNumber.as_str(), "phone_number");
/// assert_eq!(AliasAttributeType::from("phone_number"), AliasAttributeType::PhoneNumber);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AliasAttributeType {
    /// `phone_number`.
    PhoneNumber,
    /// `email`.
    Email,
    /// `preferred_username`.
    PreferredUsername,
    /// A value that is not listed here.
    Other(String),
}

/// An attribute that users can use as the user name.
///
/// ```
/// use cognito_userpools::admin::UsernameAttributeType;
///
/// assert_eq!(UsernameAttributeType::PhoneNumber.as_str(), "phone_number");
/// assert_eq!(UsernameAttributeType::from("phone_number"), UsernameAttributeType::PhoneNumber);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UsernameAttributeType {
    /// `phone_number`.
    PhoneNumber,
    /// `email`.
    Email,
    /// A value that is not listed here.
    Other(String),
}

/// The use of second factors in a user pool: `ON` requires one from all users, `OPTIONAL` leaves it to each user.
///
/// ```
/// use cognito_userpools::admin::UserPoolMfaType;
///
/// assert_eq!(UserPoolMfaType::Off.as_str(), "OFF");
/// assert_eq!(UserPoolMfaType::from("OFF"), UserPoolMfaType::Off);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UserPoolMfaType {
    /// `OFF`.
    Off,
    /// `ON`.
    On,
    /// `OPTIONAL`.
    Optional,
    /// A value that is not listed here.
    Other(String),
}

/// The feature plan of a user pool. The default is `ESSENTIALS`.
///
/// ```
/// use cognito_userpools::admin::UserPoolTierType;
///
/// assert_eq!(UserPoolTierType::Lite.as_str(), "LITE");
/// assert_eq!(UserPoolTierType::from("LITE"), UserPoolTierType::Lite);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UserPoolTierType {
    /// `LITE`.
    Lite,
    /// `ESSENTIALS`.
    Essentials,
    /// `PLUS`.
    Plus,
    /// A value that is not listed here.
    Other(String),
}

/// A user pool.
///
/// ```
/// use cognito_userpools::admin::UserPoolType;
///
/// let pool = UserPoolType::new().id("eu-west-1_Ab12Cd34").name("customers");
/// assert_eq!(pool.name.as_deref(), Some("customers"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserPoolType {
    /// The id of the user pool.
    pub id: Option<String>,
    /// The name of the user pool.
    pub name: Option<String>,
    /// The requirements for passwords and the factors with which a sign-in can start.
    pub policies: Option<UserPoolPolicyType>,
    /// The state of the deletion protection. While it is `ACTIVE`, `DeleteUserPool` returns an error.
    pub deletion_protection: Option<DeletionProtectionType>,
    /// The Lambda triggers.
    pub lambda_config: Option<LambdaConfigType>,
    /// The status of the user pool. The service no longer uses it. Deprecated.
    pub status: Option<StatusType>,
    /// The time of the last change.
    pub last_modified_date: Option<SystemTime>,
    /// The time of the creation.
    pub creation_date: Option<SystemTime>,
    /// The attributes of users, with their types and properties.
    pub schema_attributes: Option<Vec<SchemaAttributeType>>,
    /// The attributes that the user pool verifies by sending a code: `email` or `phone_number`.
    pub auto_verified_attributes: Option<Vec<VerifiedAttributeType>>,
    /// The attributes with which users can sign in besides their user name: `email`, `phone_number` or
    /// `preferred_username`.
    pub alias_attributes: Option<Vec<AliasAttributeType>>,
    /// The attributes that users can enter as user name at sign-up: `email` or `phone_number`.
    pub username_attributes: Option<Vec<UsernameAttributeType>>,
    /// The text of verification messages by SMS. The service no longer uses it; `VerificationMessageTemplate` takes its
    /// place.
    pub sms_verification_message: Option<String>,
    /// The text of verification emails. The service no longer uses it; `VerificationMessageTemplate` takes its place.
    pub email_verification_message: Option<String>,
    /// The subject of verification emails. The service no longer uses it; `VerificationMessageTemplate` takes its
    /// place.
    pub email_verification_subject: Option<String>,
    /// The templates of the messages that verify an email address or phone number.
    pub verification_message_template: Option<VerificationMessageTemplateType>,
    /// The text of SMS messages with a code for sign-in or MFA.
    pub sms_authentication_message: Option<String>,
    /// The settings for changes of email addresses and phone numbers.
    pub user_attribute_update_settings: Option<UserAttributeUpdateSettingsType>,
    /// The MFA mode: `OFF`, `ON` for all users, or `OPTIONAL` for those who choose a second factor.
    pub mfa_configuration: Option<UserPoolMfaType>,
    /// The settings for remembered devices. Without it, the user pool remembers no devices.
    pub device_configuration: Option<DeviceConfigurationType>,
    /// The estimated number of users.
    pub estimated_number_of_users: Option<i32>,
    /// The settings for sending emails, such as the sender.
    pub email_configuration: Option<EmailConfigurationType>,
    /// The settings for sending SMS messages, such as the IAM role.
    pub sms_configuration: Option<SmsConfigurationType>,
    /// The tags of the user pool.
    pub user_pool_tags: Option<BTreeMap<String, String>>,
    /// The reason why SMS messages cannot be sent, such as `SNSSandbox`. It can contain several values, separated by
    /// commas.
    pub sms_configuration_failure: Option<String>,
    /// The reason why emails cannot be sent. It is deprecated; AWS `CloudTrail` records the error codes.
    pub email_configuration_failure: Option<String>,
    /// The prefix of the user pool's domain, if it has one.
    pub domain: Option<String>,
    /// The custom domain of the user pool, such as `auth.example.com`, if there is one.
    pub custom_domain: Option<String>,
    /// The settings for the creation of users by administrators, such as the invitation and whether users can sign up.
    pub admin_create_user_config: Option<AdminCreateUserConfigType>,
    /// The mode of threat protection, which needs the feature plan `PLUS`.
    pub user_pool_add_ons: Option<UserPoolAddOnsType>,
    /// The settings for dynamic client registration, with which applications register their own app clients. It needs
    /// the feature plan `ESSENTIALS` or higher.
    pub dcr_configuration: Option<DcrConfigurationType>,
    /// The case sensitivity of user names, which cannot change later. By default, they are case-sensitive.
    pub username_configuration: Option<UsernameConfigurationType>,
    /// The ARN of the user pool.
    pub arn: Option<String>,
    /// The means by which users recover a forgotten password. Without it, SMS takes precedence over email.
    pub account_recovery_setting: Option<AccountRecoverySettingType>,
    /// The feature plan.
    pub user_pool_tier: Option<UserPoolTierType>,
    /// The encryption key of the user pool.
    pub key_configuration: Option<KeyConfigurationType>,
    /// The type of the issuer of tokens.
    pub issuer_configuration: Option<IssuerConfigurationType>,
    /// The names of the authentication levels in the claim `acr`, by level from `Level1` to `Level4`, including the
    /// default names.
    pub acr_configuration: Option<BTreeMap<String, AcrLevelConfigType>>,
}

/// A user pool in a list.
///
/// ```
/// use cognito_userpools::admin::UserPoolDescriptionType;
///
/// let description = UserPoolDescriptionType::new().id("eu-west-1_Ab12Cd34").name("customers");
/// assert_eq!(description.name.as_deref(), Some("customers"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserPoolDescriptionType {
    /// The id of the user pool.
    pub id: Option<String>,
    /// The name of the user pool.
    pub name: Option<String>,
    /// The Lambda triggers.
    pub lambda_config: Option<LambdaConfigType>,
    /// The status of the user pool. Deprecated.
    pub status: Option<StatusType>,
    /// The time of the last change.
    pub last_modified_date: Option<SystemTime>,
    /// The time of the creation.
    pub creation_date: Option<SystemTime>,
    /// The regions of the user pool's replicas.
    pub replica_regions: Option<Vec<String>>,
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    CreateUserPoolResponse DescribeUserPoolResponse ListUserPoolsResponse AliasAttributeType UsernameAttributeType
    UserPoolMfaType UserPoolTierType UserPoolType UserPoolDescriptionType
}

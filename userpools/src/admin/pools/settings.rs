//! The settings of a user pool.
// Written by `cargo x admin` from the service model; a test compares them.

use crate::operations::AuthFactorType;
use cognito_op::cognito_shape;

/// The ways in which users can recover their accounts, in order of priority.
///
/// ```
/// use cognito_userpools::admin::{
///     AccountRecoverySettingType, RecoveryOptionNameType, RecoveryOptionType,
/// };
///
/// let setting = AccountRecoverySettingType::new()
///     .recovery_mechanisms([RecoveryOptionType::new(1, RecoveryOptionNameType::VerifiedEmail)]);
/// assert!(setting.recovery_mechanisms.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AccountRecoverySettingType {
    /// The means of recovery, with their priorities.
    #[len]
    pub recovery_mechanisms: Option<Vec<RecoveryOptionType>>,
}

/// The name of an authentication level in the claim `acr`, unique in the user pool. It needs the feature plan
/// `ESSENTIALS` or `PLUS`.
///
/// ```
/// use cognito_userpools::admin::AcrLevelConfigType;
///
/// let config = AcrLevelConfigType::new("silver");
/// assert_eq!(config.acr_value, "silver");
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AcrLevelConfigType {
    /// The name of the authentication level in the claim `acr`, a URI. It must differ from the names of the other
    /// levels, including default names.
    #[len]
    #[pattern]
    pub acr_value: String,
}

/// The settings of dynamic client registration. An update replaces them as a whole, and registration is on unless
/// `EnableStatus` is `Disabled`.
///
/// ```
/// use cognito_userpools::admin::{DcrConfigurationType, StatusType};
///
/// let configuration = DcrConfigurationType::new()
///     .enable_status(StatusType::Enabled)
///     .open_dcr_enabled(true);
/// assert_eq!(configuration.open_dcr_enabled, Some(true));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DcrConfigurationType {
    /// The state of dynamic client registration. The default is `Enabled`.
    pub enable_status: Option<StatusType>,
    /// Whether applications can register without an access token. The default is `false`.
    pub open_dcr_enabled: Option<bool>,
    /// The OAuth grants for app clients from authenticated registration, by default `code` and `client_credentials`. An
    /// empty list rejects registrations.
    #[len]
    pub authenticated_grant_types: Option<Vec<OAuthFlowType>>,
    /// The OAuth grants for app clients from open registration, by default only `code`. An empty list rejects
    /// registrations.
    #[len]
    pub open_dcr_grant_types: Option<Vec<OAuthFlowType>>,
    /// The scopes that registered app clients can request besides the standard OIDC scopes. By default, they can
    /// request only the standard ones.
    #[len]
    #[each(len, pattern)]
    pub allowed_scopes: Option<Vec<String>>,
}

/// The state of deletion protection. A user pool with `ACTIVE` protection cannot be deleted.
///
/// ```
/// use cognito_userpools::admin::DeletionProtectionType;
///
/// assert_eq!(DeletionProtectionType::Active.as_str(), "ACTIVE");
/// assert_eq!(DeletionProtectionType::from("ACTIVE"), DeletionProtectionType::Active);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeletionProtectionType {
    /// `ACTIVE`.
    Active,
    /// `INACTIVE`.
    Inactive,
    /// A value that is not listed here.
    Other(String),
}

/// The settings for remembered devices. Setting any member turns remembering on.
///
/// ```
/// use cognito_userpools::admin::DeviceConfigurationType;
///
/// let configuration = DeviceConfigurationType::new()
///     .challenge_required_on_new_device(true)
///     .device_only_remembered_on_user_prompt(true);
/// assert_eq!(configuration.device_only_remembered_on_user_prompt, Some(true));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeviceConfigurationType {
    /// Whether a remembered device takes the place of a second factor. Other devices need the second factor in any
    /// case, if the user pool requires MFA.
    pub challenge_required_on_new_device: Option<bool>,
    /// Whether a device is remembered only after `UpdateDeviceStatus` reports the user's consent. Otherwise,
    /// `ConfirmDevice` remembers it.
    pub device_only_remembered_on_user_prompt: Option<bool>,
}

/// The form of the issuer URL in the tokens of a user pool.
///
/// ```
/// use cognito_userpools::admin::{IssuerConfigurationType, IssuerType};
///
/// let configuration = IssuerConfigurationType::new().r#type(IssuerType::Original);
/// assert_eq!(configuration.r#type, Some(IssuerType::Original));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct IssuerConfigurationType {
    /// The type of the issuer. `UPDATED` is recommended, also for replication; the issuer URL of `ORIGINAL` belongs to
    /// a single region.
    pub r#type: Option<IssuerType>,
}

/// The key with which a user pool is encrypted. Without an ARN, it is a key of AWS.
///
/// ```
/// use cognito_userpools::admin::{EncryptionKeyType, KeyConfigurationType};
///
/// let configuration = KeyConfigurationType::new()
///     .key_type(EncryptionKeyType::AwsOwnedKey)
///     .kms_key_arn("arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d");
/// assert_eq!(configuration.kms_key_arn.as_deref(), Some("arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct KeyConfigurationType {
    /// The owner of the key: `AWS_OWNED_KEY` or `CUSTOMER_MANAGED_KEY`. Replication needs a multi-region key.
    pub key_type: Option<EncryptionKeyType>,
    /// The ARN of the AWS KMS key, by default a key that AWS manages.
    #[len]
    #[pattern]
    pub kms_key_arn: Option<String>,
}

/// The triggers of a user pool.
///
/// ```
/// use cognito_userpools::admin::LambdaConfigType;
///
/// let config = LambdaConfigType::new()
///     .pre_sign_up("arn:aws:lambda:eu-west-1:123456789012:function:cognito")
///     .custom_message("arn:aws:lambda:eu-west-1:123456789012:function:cognito");
/// assert_eq!(config.custom_message.as_deref(), Some("arn:aws:lambda:eu-west-1:123456789012:function:cognito"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct LambdaConfigType {
    /// The ARN of the Lambda trigger that runs before a sign-up and can confirm or reject the user.
    #[len]
    #[pattern]
    pub pre_sign_up: Option<String>,
    /// The ARN of the Lambda trigger that customizes messages.
    #[len]
    #[pattern]
    pub custom_message: Option<String>,
    /// The ARN of the Lambda trigger that runs after the confirmation of a user.
    #[len]
    #[pattern]
    pub post_confirmation: Option<String>,
    /// The ARN of the Lambda trigger that runs before a sign-in.
    #[len]
    #[pattern]
    pub pre_authentication: Option<String>,
    /// The ARN of the Lambda trigger that runs after a sign-in.
    #[len]
    #[pattern]
    pub post_authentication: Option<String>,
    /// The ARN of the Lambda trigger that decides on the next step of custom authentication.
    #[len]
    #[pattern]
    pub define_auth_challenge: Option<String>,
    /// The ARN of the Lambda trigger that creates a challenge of custom authentication.
    #[len]
    #[pattern]
    pub create_auth_challenge: Option<String>,
    /// The ARN of the Lambda trigger that checks an answer in custom authentication.
    #[len]
    #[pattern]
    pub verify_auth_challenge_response: Option<String>,
    /// The ARN of the Lambda trigger that runs before tokens are issued. It is a legacy member; use
    /// `PreTokenGenerationConfig`, or set both to the same ARN.
    #[len]
    #[pattern]
    pub pre_token_generation: Option<String>,
    /// The ARN of the Lambda trigger that migrates unknown users when they sign in or forget their password.
    #[len]
    #[pattern]
    pub user_migration: Option<String>,
    /// The Lambda trigger that runs before tokens are issued, with the version of its event.
    pub pre_token_generation_config: Option<PreTokenGenerationVersionConfigType>,
    /// The Lambda trigger that sends SMS messages in place of the service.
    pub custom_sms_sender: Option<CustomSMSLambdaVersionConfigType>,
    /// The Lambda trigger that sends emails in place of the service.
    pub custom_email_sender: Option<CustomEmailLambdaVersionConfigType>,
    /// The ARN of the AWS KMS key that encrypts codes and temporary passwords for the custom sender triggers.
    #[len]
    #[pattern]
    pub kms_key_id: Option<String>,
    /// The Lambda trigger that transforms the attributes from identity providers.
    pub inbound_federation: Option<InboundFederationLambdaType>,
}

/// The definition of an attribute in a user pool. The service adds the prefix `custom:` to the name of a new attribute.
///
/// ```
/// use cognito_userpools::admin::{AttributeDataType, SchemaAttributeType};
///
/// let attribute = SchemaAttributeType::new()
///     .name("plan")
///     .attribute_data_type(AttributeDataType::String);
/// assert_eq!(attribute.attribute_data_type, Some(AttributeDataType::String));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SchemaAttributeType {
    /// The name of the attribute. The service prefixes new names with `custom:`, so a request contains the name without
    /// the prefix.
    #[len]
    #[pattern]
    pub name: Option<String>,
    /// The type of the values. In identity tokens, the values of custom attributes are always strings.
    pub attribute_data_type: Option<AttributeDataType>,
    /// Whether only administrators can change the value. It is a legacy option; use `WriteAttributes` of the app client
    /// instead.
    pub developer_only_attribute: Option<bool>,
    /// Whether the value can change. An attribute with values from an identity provider must be mutable.
    pub mutable: Option<bool>,
    /// Whether each user needs a value. Without it, sign-up or sign-in fails.
    pub required: Option<bool>,
    /// The limits on the value of a number.
    pub number_attribute_constraints: Option<NumberAttributeConstraintsType>,
    /// The limits on the length of a string.
    pub string_attribute_constraints: Option<StringAttributeConstraintsType>,
}

/// The attributes that keep their old values until the user verifies a change.
///
/// ```
/// use cognito_userpools::admin::{UserAttributeUpdateSettingsType, VerifiedAttributeType};
///
/// let settings = UserAttributeUpdateSettingsType::new()
///     .attributes_require_verification_before_update([VerifiedAttributeType::PhoneNumber]);
/// assert!(settings.attributes_require_verification_before_update.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserAttributeUpdateSettingsType {
    /// The attributes whose new value waits for verification: `email` or `phone_number`. A change sends a code to the
    /// new address; until then, the old value stays.
    pub attributes_require_verification_before_update: Option<Vec<VerifiedAttributeType>>,
}

/// The modes of threat protection, which needs the feature plan `PLUS`.
///
/// ```
/// use cognito_userpools::admin::{
///     AdvancedSecurityAdditionalFlowsType, AdvancedSecurityModeType, UserPoolAddOnsType,
/// };
///
/// let add_ons = UserPoolAddOnsType::new(AdvancedSecurityModeType::Off)
///     .advanced_security_additional_flows(AdvancedSecurityAdditionalFlowsType::new());
/// assert!(add_ons.advanced_security_additional_flows.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserPoolAddOnsType {
    /// The mode of threat protection for sign-in with a password or SRP: `OFF`, `AUDIT` to only log, or `ENFORCED`.
    pub advanced_security_mode: AdvancedSecurityModeType,
    /// The modes of threat protection for further sign-in flows, such as custom authentication.
    pub advanced_security_additional_flows: Option<AdvancedSecurityAdditionalFlowsType>,
}

/// The rules of a user pool for passwords and for the first factor at sign-in.
///
/// ```
/// use cognito_userpools::admin::{PasswordPolicyType, SignInPolicyType, UserPoolPolicyType};
///
/// let policy = UserPoolPolicyType::new()
///     .password_policy(PasswordPolicyType::new())
///     .sign_in_policy(SignInPolicyType::new());
/// assert!(policy.sign_in_policy.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserPoolPolicyType {
    /// The requirements for passwords.
    pub password_policy: Option<PasswordPolicyType>,
    /// The factors with which a sign-in can start.
    pub sign_in_policy: Option<SignInPolicyType>,
}

/// The case sensitivity of user names, which is on by default. It cannot be changed after the user pool was created.
///
/// ```
/// use cognito_userpools::admin::UsernameConfigurationType;
///
/// let configuration = UsernameConfigurationType::new(true);
/// assert!(configuration.case_sensitive);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UsernameConfigurationType {
    /// Whether upper and lower case differ in user names and in the aliases `email` and `preferred_username`.
    pub case_sensitive: bool,
}

/// A way to recover an account, with its priority; 1 is the highest.
///
/// ```
/// use cognito_userpools::admin::{RecoveryOptionNameType, RecoveryOptionType};
///
/// let option = RecoveryOptionType::new(1, RecoveryOptionNameType::VerifiedEmail);
/// assert_eq!(option.priority, 1);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RecoveryOptionType {
    /// The priority of the means of recovery; 1 is the highest.
    #[range]
    pub priority: i32,
    /// The means of recovery: `verified_email`, `verified_phone_number` or `admin_only`.
    pub name: RecoveryOptionNameType,
}

/// The state of a feature or a user pool. For user pools, it is no longer used.
///
/// ```
/// use cognito_userpools::admin::StatusType;
///
/// assert_eq!(StatusType::Enabled.as_str(), "Enabled");
/// assert_eq!(StatusType::from("Enabled"), StatusType::Enabled);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum StatusType {
    /// `Enabled`.
    Enabled,
    /// `Disabled`.
    Disabled,
    /// A value that is not listed here.
    Other(String),
}

/// An OAuth 2.0 grant that an app client allows.
///
/// ```
/// use cognito_userpools::admin::OAuthFlowType;
///
/// assert_eq!(OAuthFlowType::Code.as_str(), "code");
/// assert_eq!(OAuthFlowType::from("code"), OAuthFlowType::Code);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OAuthFlowType {
    /// `code`.
    Code,
    /// `implicit`.
    Implicit,
    /// `client_credentials`.
    ClientCredentials,
    /// A value that is not listed here.
    Other(String),
}

/// The form of the issuer URL: `ORIGINAL` has the host `cognito-idp.<region>.amazonaws.com`, `UPDATED` has
/// `issuer-cognito-idp.<region>.amazonaws.com`.
///
/// ```
/// use cognito_userpools::admin::IssuerType;
///
/// assert_eq!(IssuerType::Original.as_str(), "ORIGINAL");
/// assert_eq!(IssuerType::from("ORIGINAL"), IssuerType::Original);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum IssuerType {
    /// `ORIGINAL`.
    Original,
    /// `UPDATED`.
    Updated,
    /// A value that is not listed here.
    Other(String),
}

/// The owner of the key with which a user pool is encrypted: AWS or the customer.
///
/// ```
/// use cognito_userpools::admin::EncryptionKeyType;
///
/// assert_eq!(EncryptionKeyType::AwsOwnedKey.as_str(), "AWS_OWNED_KEY");
/// assert_eq!(EncryptionKeyType::from("AWS_OWNED_KEY"), EncryptionKeyType::AwsOwnedKey);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncryptionKeyType {
    /// `AWS_OWNED_KEY`.
    AwsOwnedKey,
    /// `CUSTOMER_MANAGED_KEY`.
    CustomerManagedKey,
    /// A value that is not listed here.
    Other(String),
}

/// The trigger that changes tokens before they are issued. If `PreTokenGeneration` is also set, both must have the same
/// ARN.
///
/// ```
/// use cognito_userpools::admin::{
///     PreTokenGenerationLambdaVersionType, PreTokenGenerationVersionConfigType,
/// };
///
/// let config = PreTokenGenerationVersionConfigType::new(
///     PreTokenGenerationLambdaVersionType::V10,
///     "arn:aws:lambda:eu-west-1:123456789012:function:cognito",
/// );
/// assert_eq!(config.lambda_version, PreTokenGenerationLambdaVersionType::V10);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PreTokenGenerationVersionConfigType {
    /// The version of the event that the function receives. Higher versions have more members.
    pub lambda_version: PreTokenGenerationLambdaVersionType,
    /// The ARN of the Lambda function. It must equal `PreTokenGeneration`, if that is set.
    #[len]
    #[pattern]
    pub lambda_arn: String,
}

/// The trigger that sends SMS messages in place of the service.
///
/// ```
/// use cognito_userpools::admin::{
///     CustomSMSLambdaVersionConfigType, CustomSMSSenderLambdaVersionType,
/// };
///
/// let config = CustomSMSLambdaVersionConfigType::new(
///     CustomSMSSenderLambdaVersionType::V10,
///     "arn:aws:lambda:eu-west-1:123456789012:function:cognito",
/// );
/// assert_eq!(config.lambda_version, CustomSMSSenderLambdaVersionType::V10);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CustomSMSLambdaVersionConfigType {
    /// The version of the event that the function receives, which is always `V1_0`.
    pub lambda_version: CustomSMSSenderLambdaVersionType,
    /// The ARN of the Lambda function.
    #[len]
    #[pattern]
    pub lambda_arn: String,
}

/// The trigger that sends emails in place of the service.
///
/// ```
/// use cognito_userpools::admin::{
///     CustomEmailLambdaVersionConfigType, CustomEmailSenderLambdaVersionType,
/// };
///
/// let config = CustomEmailLambdaVersionConfigType::new(
///     CustomEmailSenderLambdaVersionType::V10,
///     "arn:aws:lambda:eu-west-1:123456789012:function:cognito",
/// );
/// assert_eq!(config.lambda_version, CustomEmailSenderLambdaVersionType::V10);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CustomEmailLambdaVersionConfigType {
    /// The version of the event that the function receives, which is always `V1_0`.
    pub lambda_version: CustomEmailSenderLambdaVersionType,
    /// The ARN of the Lambda function.
    #[len]
    #[pattern]
    pub lambda_arn: String,
}

/// The trigger that transforms the attributes of users from an identity provider.
///
/// ```
/// use cognito_userpools::admin::{InboundFederationLambdaType, InboundFederationLambdaVersionType};
///
/// let lambda = InboundFederationLambdaType::new(
///     InboundFederationLambdaVersionType::V10,
///     "arn:aws:lambda:eu-west-1:123456789012:function:cognito",
/// );
/// assert_eq!(lambda.lambda_version, InboundFederationLambdaVersionType::V10);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct InboundFederationLambdaType {
    /// The version of the event that the function receives, which is always `V1_0`.
    pub lambda_version: InboundFederationLambdaVersionType,
    /// The ARN of the Lambda function.
    #[len]
    #[pattern]
    pub lambda_arn: String,
}

/// The data type of an attribute.
///
/// ```
/// use cognito_userpools::admin::AttributeDataType;
///
/// assert_eq!(AttributeDataType::String.as_str(), "String");
/// assert_eq!(AttributeDataType::from("String"), AttributeDataType::String);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AttributeDataType {
    /// `String`.
    String,
    /// `Number`.
    Number,
    /// `DateTime`.
    DateTime,
    /// `Boolean`.
    Boolean,
    /// A value that is not listed here.
    Other(String),
}

/// The bounds for the value of a number attribute. The numbers are strings.
///
/// ```
/// use cognito_userpools::admin::NumberAttributeConstraintsType;
///
/// let constraints = NumberAttributeConstraintsType::new().min_value("18").max_value("120");
/// assert_eq!(constraints.max_value.as_deref(), Some("120"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct NumberAttributeConstraintsType {
    /// The minimum value, as a number in a string.
    #[len]
    pub min_value: Option<String>,
    /// The maximum value, as a number in a string.
    #[len]
    pub max_value: Option<String>,
}

/// The bounds for the length of a string attribute. The numbers are strings.
///
/// ```
/// use cognito_userpools::admin::StringAttributeConstraintsType;
///
/// let constraints = StringAttributeConstraintsType::new().min_length("1").max_length("64");
/// assert_eq!(constraints.max_length.as_deref(), Some("64"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StringAttributeConstraintsType {
    /// The minimum length, as a number in a string.
    #[len]
    pub min_length: Option<String>,
    /// The maximum length, as a number in a string.
    #[len]
    pub max_length: Option<String>,
}

/// An attribute that a user pool verifies.
///
/// ```
/// use cognito_userpools::admin::VerifiedAttributeType;
///
/// assert_eq!(VerifiedAttributeType::PhoneNumber.as_str(), "phone_number");
/// assert_eq!(VerifiedAttributeType::from("phone_number"), VerifiedAttributeType::PhoneNumber);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifiedAttributeType {
    /// `phone_number`.
    PhoneNumber,
    /// `email`.
    Email,
    /// A value that is not listed here.
    Other(String),
}

/// The mode of threat protection: `AUDIT` only logs risks, `ENFORCED` also reacts to them.
///
/// ```
/// use cognito_userpools::admin::AdvancedSecurityModeType;
///
/// assert_eq!(AdvancedSecurityModeType::Off.as_str(), "OFF");
/// assert_eq!(AdvancedSecurityModeType::from("OFF"), AdvancedSecurityModeType::Off);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AdvancedSecurityModeType {
    /// `OFF`.
    Off,
    /// `AUDIT`.
    Audit,
    /// `ENFORCED`.
    Enforced,
    /// A value that is not listed here.
    Other(String),
}

/// The mode of threat protection for sign-ins with custom challenges.
///
/// ```
/// use cognito_userpools::admin::{
///     AdvancedSecurityAdditionalFlowsType, AdvancedSecurityEnabledModeType,
/// };
///
/// let flows = AdvancedSecurityAdditionalFlowsType::new()
///     .custom_auth_mode(AdvancedSecurityEnabledModeType::Audit);
/// assert_eq!(flows.custom_auth_mode, Some(AdvancedSecurityEnabledModeType::Audit));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdvancedSecurityAdditionalFlowsType {
    /// The mode of threat protection for custom authentication: `AUDIT` to only log, or `ENFORCED`.
    pub custom_auth_mode: Option<AdvancedSecurityEnabledModeType>,
}

/// The rules for passwords. A temporary password is valid for 7 days by default.
///
/// ```
/// use cognito_userpools::admin::PasswordPolicyType;
///
/// let policy = PasswordPolicyType::new().minimum_length(12).require_uppercase(true);
/// assert_eq!(policy.require_uppercase, Some(true));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PasswordPolicyType {
    /// The minimum length of passwords.
    #[range]
    pub minimum_length: Option<i32>,
    /// Whether passwords need an uppercase letter.
    pub require_uppercase: Option<bool>,
    /// Whether passwords need a lowercase letter.
    pub require_lowercase: Option<bool>,
    /// Whether passwords need a digit.
    pub require_numbers: Option<bool>,
    /// Whether passwords need a symbol.
    pub require_symbols: Option<bool>,
    /// The number of previous passwords that a user cannot set again.
    #[range]
    pub password_history_size: Option<i32>,
    /// The lifetime of temporary passwords in days. The default is 7, also for the value 0.
    #[range]
    pub temporary_password_validity_days: Option<i32>,
}

/// The factors with which users can start a sign-in. It needs the feature plan `ESSENTIALS` or `PLUS`.
///
/// ```
/// use cognito_userpools::admin::{AuthFactorType, SignInPolicyType};
///
/// let policy = SignInPolicyType::new().allowed_first_auth_factors([AuthFactorType::Password]);
/// assert!(policy.allowed_first_auth_factors.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SignInPolicyType {
    /// The factors with which users can start a sign-in. `SOFTWARE_TOKEN` cannot be one of them.
    #[len]
    pub allowed_first_auth_factors: Option<Vec<AuthFactorType>>,
}

/// A way to recover an account. With `admin_only`, users cannot recover accounts themselves.
///
/// ```
/// use cognito_userpools::admin::RecoveryOptionNameType;
///
/// assert_eq!(RecoveryOptionNameType::VerifiedEmail.as_str(), "verified_email");
/// assert_eq!(RecoveryOptionNameType::from("verified_email"), RecoveryOptionNameType::VerifiedEmail);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecoveryOptionNameType {
    /// `verified_email`.
    VerifiedEmail,
    /// `verified_phone_number`.
    VerifiedPhoneNumber,
    /// `admin_only`.
    AdminOnly,
    /// A value that is not listed here.
    Other(String),
}

/// The version of the event that the trigger before token generation receives. Higher versions contain more data.
///
/// ```
/// use cognito_userpools::admin::PreTokenGenerationLambdaVersionType;
///
/// assert_eq!(PreTokenGenerationLambdaVersionType::V10.as_str(), "V1_0");
/// assert_eq!(PreTokenGenerationLambdaVersionType::from("V1_0"), PreTokenGenerationLambdaVersionType::V10);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PreTokenGenerationLambdaVersionType {
    /// `V1_0`.
    V10,
    /// `V2_0`.
    V20,
    /// `V3_0`.
    V30,
    /// A value that is not listed here.
    Other(String),
}

/// The version of the event that the trigger for SMS messages receives.
///
/// ```
/// use cognito_userpools::admin::CustomSMSSenderLambdaVersionType;
///
/// assert_eq!(CustomSMSSenderLambdaVersionType::V10.as_str(), "V1_0");
/// assert_eq!(CustomSMSSenderLambdaVersionType::from("V1_0"), CustomSMSSenderLambdaVersionType::V10);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CustomSMSSenderLambdaVersionType {
    /// `V1_0`.
    V10,
    /// A value that is not listed here.
    Other(String),
}

/// The version of the event that the trigger for emails receives.
///
/// ```
/// use cognito_userpools::admin::CustomEmailSenderLambdaVersionType;
///
/// assert_eq!(CustomEmailSenderLambdaVersionType::V10.as_str(), "V1_0");
/// assert_eq!(CustomEmailSenderLambdaVersionType::from("V1_0"), CustomEmailSenderLambdaVersionType::V10);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CustomEmailSenderLambdaVersionType {
    /// `V1_0`.
    V10,
    /// A value that is not listed here.
    Other(String),
}

/// The version of the event that the trigger for inbound federation receives.
///
/// ```
/// use cognito_userpools::admin::InboundFederationLambdaVersionType;
///
/// assert_eq!(InboundFederationLambdaVersionType::V10.as_str(), "V1_0");
/// assert_eq!(InboundFederationLambdaVersionType::from("V1_0"), InboundFederationLambdaVersionType::V10);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum InboundFederationLambdaVersionType {
    /// `V1_0`.
    V10,
    /// A value that is not listed here.
    Other(String),
}

/// The mode of threat protection for custom challenges: `AUDIT` only logs risks, `ENFORCED` also reacts to them.
///
/// ```
/// use cognito_userpools::admin::AdvancedSecurityEnabledModeType;
///
/// assert_eq!(AdvancedSecurityEnabledModeType::Audit.as_str(), "AUDIT");
/// assert_eq!(AdvancedSecurityEnabledModeType::from("AUDIT"), AdvancedSecurityEnabledModeType::Audit);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AdvancedSecurityEnabledModeType {
    /// `AUDIT`.
    Audit,
    /// `ENFORCED`.
    Enforced,
    /// A value that is not listed here.
    Other(String),
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    AccountRecoverySettingType AcrLevelConfigType DcrConfigurationType DeletionProtectionType DeviceConfigurationType
    IssuerConfigurationType KeyConfigurationType LambdaConfigType SchemaAttributeType UserAttributeUpdateSettingsType
    UserPoolAddOnsType UserPoolPolicyType UsernameConfigurationType RecoveryOptionType StatusType OAuthFlowType
    IssuerType EncryptionKeyType PreTokenGenerationVersionConfigType CustomSMSLambdaVersionConfigType
    CustomEmailLambdaVersionConfigType InboundFederationLambdaType AttributeDataType NumberAttributeConstraintsType
    StringAttributeConstraintsType VerifiedAttributeType AdvancedSecurityModeType AdvancedSecurityAdditionalFlowsType
    PasswordPolicyType SignInPolicyType RecoveryOptionNameType PreTokenGenerationLambdaVersionType
    CustomSMSSenderLambdaVersionType CustomEmailSenderLambdaVersionType InboundFederationLambdaVersionType
    AdvancedSecurityEnabledModeType
}

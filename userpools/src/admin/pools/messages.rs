//! The settings of a user pool for the messages that it sends.
// Written by `cargo x admin` from the service model; a test compares them.

use cognito_op::cognito_shape;

/// The settings for users whom an administrator creates, such as the invitation. They also control whether users can
/// sign up themselves.
///
/// ```
/// use cognito_userpools::admin::AdminCreateUserConfigType;
///
/// let config = AdminCreateUserConfigType::new()
///     .allow_admin_create_user_only(true)
///     .unused_account_validity_days(10);
/// assert_eq!(config.unused_account_validity_days, Some(10));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminCreateUserConfigType {
    /// Whether only administrators can create users. If it is `false`, users can also sign up.
    pub allow_admin_create_user_only: Option<bool>,
    /// The lifetime of temporary passwords in days. The service no longer uses it; `TemporaryPasswordValidityDays`
    /// takes its place.
    #[range]
    pub unused_account_validity_days: Option<i32>,
    /// The templates of the invitation. They must contain `{####}` if new users get a temporary password.
    pub invite_message_template: Option<MessageTemplateType>,
}

/// The settings with which a user pool sends emails.
///
/// ```
/// use cognito_userpools::admin::EmailConfigurationType;
///
/// let configuration = EmailConfigurationType::new()
///     .source_arn("arn:aws:ses:eu-west-1:123456789012:identity/example.com")
///     .reply_to_email_address("support@example.com");
/// assert_eq!(configuration.reply_to_email_address.as_deref(), Some("support@example.com"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct EmailConfigurationType {
    /// The ARN of the sender's verified address or domain in Amazon SES. The `EmailSendingAccount` `DEVELOPER` requires
    /// it.
    #[len]
    #[pattern]
    pub source_arn: Option<String>,
    /// The reply address of the emails.
    #[pattern]
    pub reply_to_email_address: Option<String>,
    /// The account that sends the emails: `COGNITO_DEFAULT` for that of the service, with a low daily limit, or
    /// `DEVELOPER` for Amazon SES with `SourceArn`.
    pub email_sending_account: Option<EmailSendingAccountType>,
    /// The sender of the emails: an address, or a name with an address.
    #[len]
    pub from: Option<String>,
    /// The Amazon SES configuration set for the emails.
    #[len]
    #[pattern]
    pub configuration_set: Option<String>,
}

/// The settings for SMS messages through AWS End User Messaging SMS. They replace those for Amazon SNS.
///
/// ```
/// use cognito_userpools::admin::EumsSmsConfigurationType;
///
/// let configuration = EumsSmsConfigurationType::new(
///     "arn:aws:lambda:eu-west-1:123456789012:function:cognito",
/// )
///     .external_id("cognito")
///     .origination_identity("+491701234567");
/// assert_eq!(configuration.origination_identity.as_deref(), Some("+491701234567"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct EumsSmsConfigurationType {
    /// The ARN of the IAM role with which the service sends SMS messages. The role needs the permission
    /// `sms-voice:SendTextMessage`.
    #[len]
    #[pattern]
    pub caller_arn: String,
    /// The external id with which the service assumes the role `CallerArn`.
    #[len]
    pub external_id: Option<String>,
    /// The sender of the messages: a phone number, a sender id, a phone number pool, or the ARN of one. Some countries
    /// require it.
    #[len]
    pub origination_identity: Option<String>,
    /// The configuration set for the SMS messages. By default, there is none.
    #[len]
    pub configuration_set_name: Option<String>,
    /// The id of the sending organization, for SMS messages under India's DLT regulations.
    #[len]
    pub in_entity_id: Option<String>,
    /// The id of the registered message template, for SMS messages under India's DLT regulations.
    #[len]
    pub in_template_id: Option<String>,
    /// The region of AWS End User Messaging SMS. Only the default is valid: the region of the user pool.
    #[len]
    pub region: Option<String>,
}

/// The settings with which a user pool sends SMS messages: through Amazon SNS or through `EumsSms`, not both.
///
/// ```
/// use cognito_userpools::admin::SmsConfigurationType;
///
/// let configuration = SmsConfigurationType::new()
///     .sns_caller_arn("arn:aws:iam::123456789012:role/cognito-sms")
///     .external_id("cognito");
/// assert_eq!(configuration.external_id.as_deref(), Some("cognito"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SmsConfigurationType {
    /// The ARN of the IAM role with which the service sends SMS messages through Amazon SNS; not together with
    /// `EumsSms`.
    #[len]
    #[pattern]
    pub sns_caller_arn: Option<String>,
    /// The external id with which the service assumes the role `SnsCallerArn`.
    #[len]
    pub external_id: Option<String>,
    /// The region of Amazon SNS: that of the user pool or one of its alternatives.
    #[len]
    pub sns_region: Option<String>,
    /// The settings for AWS End User Messaging SMS, in place of `SnsCallerArn`. They are required in regions without
    /// Amazon SNS.
    pub eums_sms: Option<EumsSmsConfigurationType>,
}

/// The texts of verification messages. The email texts need the `EmailSendingAccount` `DEVELOPER`.
///
/// ```
/// use cognito_userpools::admin::VerificationMessageTemplateType;
///
/// let template = VerificationMessageTemplateType::new()
///     .sms_message("Your code is {####}")
///     .email_message("Your code is {####}");
/// assert_eq!(template.email_message.as_deref(), Some("Your code is {####}"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct VerificationMessageTemplateType {
    /// The text of SMS messages with a verification code.
    #[len]
    #[pattern]
    pub sms_message: Option<String>,
    /// The text of emails with a code, containing `{####}`. It needs the `EmailSendingAccount` `DEVELOPER` and excludes
    /// `EmailMessageByLink`.
    #[len]
    #[pattern]
    pub email_message: Option<String>,
    /// The subject of emails with a code. It needs the `EmailSendingAccount` `DEVELOPER`.
    #[len]
    #[pattern]
    pub email_subject: Option<String>,
    /// The text of emails with a link, containing `{##the link's text##}`. It needs the `EmailSendingAccount`
    /// `DEVELOPER` and excludes `EmailMessage`.
    #[len]
    #[pattern]
    pub email_message_by_link: Option<String>,
    /// The subject of emails with a link. It needs the `EmailSendingAccount` `DEVELOPER`.
    #[len]
    #[pattern]
    pub email_subject_by_link: Option<String>,
    /// The kind of the verification email: `CONFIRM_WITH_LINK` or `CONFIRM_WITH_CODE`.
    pub default_email_option: Option<DefaultEmailOptionType>,
}

/// The texts of an invitation. The email texts need the `EmailSendingAccount` `DEVELOPER`.
///
/// ```
/// use cognito_userpools::admin::MessageTemplateType;
///
/// let template = MessageTemplateType::new()
///     .sms_message("Your name is {username}, your password {####}")
///     .email_message("Your user name is {username}, and your password is {####}");
/// assert_eq!(template.email_message.as_deref(), Some("Your user name is {username}, and your password is {####}"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct MessageTemplateType {
    /// The text of invitations by SMS.
    #[len]
    #[pattern]
    pub sms_message: Option<String>,
    /// The text of invitations by email. It needs the `EmailSendingAccount` `DEVELOPER`.
    #[len]
    #[pattern]
    pub email_message: Option<String>,
    /// The subject of invitations by email. It needs the `EmailSendingAccount` `DEVELOPER`.
    #[len]
    #[pattern]
    pub email_subject: Option<String>,
}

/// The sender of emails: `COGNITO_DEFAULT` is the service, with a low daily limit; `DEVELOPER` is the account's own
/// Amazon SES.
///
/// ```
/// use cognito_userpools::admin::EmailSendingAccountType;
///
/// assert_eq!(EmailSendingAccountType::CognitoDefault.as_str(), "COGNITO_DEFAULT");
/// assert_eq!(EmailSendingAccountType::from("COGNITO_DEFAULT"), EmailSendingAccountType::CognitoDefault);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EmailSendingAccountType {
    /// `COGNITO_DEFAULT`.
    CognitoDefault,
    /// `DEVELOPER`.
    Developer,
    /// A value that is not listed here.
    Other(String),
}

/// The content of a verification email: a link or a code.
///
/// ```
/// use cognito_userpools::admin::DefaultEmailOptionType;
///
/// assert_eq!(DefaultEmailOptionType::ConfirmWithLink.as_str(), "CONFIRM_WITH_LINK");
/// assert_eq!(DefaultEmailOptionType::from("CONFIRM_WITH_LINK"), DefaultEmailOptionType::ConfirmWithLink);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DefaultEmailOptionType {
    /// `CONFIRM_WITH_LINK`.
    ConfirmWithLink,
    /// `CONFIRM_WITH_CODE`.
    ConfirmWithCode,
    /// A value that is not listed here.
    Other(String),
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    AdminCreateUserConfigType EmailConfigurationType EumsSmsConfigurationType SmsConfigurationType
    VerificationMessageTemplateType MessageTemplateType EmailSendingAccountType DefaultEmailOptionType
}

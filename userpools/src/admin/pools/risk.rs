//! Threat protection.
// Written by `cargo x admin` from the service model; a test compares them.

use cognito_op::{cognito_op, cognito_shape};
use std::time::SystemTime;

/// Returns the threat protection settings of a user pool or an app client.
///
/// ```
/// use cognito_userpools::admin::DescribeRiskConfiguration;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = DescribeRiskConfiguration::new("eu-west-1_Ab12Cd34")
///     .client_id("1example23456789")
///     .send(client)
///     .await?;
/// println!("{:?}", response.risk_configuration);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DescribeRiskConfiguration", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeRiskConfiguration {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the app client. Without it, the response contains the configuration of the user pool.
    #[len]
    #[pattern]
    pub client_id: Option<String>,
}

/// The response of [`DescribeRiskConfiguration`].
///
/// ```
/// use cognito_userpools::admin::{DescribeRiskConfigurationResponse, RiskConfigurationType};
///
/// let response = DescribeRiskConfigurationResponse::new(RiskConfigurationType::new());
/// assert!(response.risk_configuration.user_pool_id.is_none());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeRiskConfigurationResponse {
    /// The configuration of threat protection.
    pub risk_configuration: RiskConfigurationType,
}

/// Sets threat protection, which needs the feature plan `PLUS`, for a user pool or an app client. A call with only the
/// ids resets a pool to the defaults and a client to the settings of the pool.
///
/// ```
/// use cognito_userpools::admin::SetRiskConfiguration;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = SetRiskConfiguration::new("eu-west-1_Ab12Cd34")
///     .client_id("1example23456789")
///     .send(client)
///     .await?;
/// println!("{:?}", response.risk_configuration);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "SetRiskConfiguration", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetRiskConfiguration {
    /// The id of the user pool. A request with only this member resets the configuration to the default.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the app client; leaving it out configures the user pool. Without any settings, the app client returns
    /// to those of the user pool.
    #[len]
    #[pattern]
    pub client_id: Option<String>,
    /// The response to compromised credentials and the events that are checked for them.
    pub compromised_credentials_risk_configuration: Option<CompromisedCredentialsRiskConfigurationType>,
    /// The responses to suspected account takeovers and the notifications about them.
    pub account_takeover_risk_configuration: Option<AccountTakeoverRiskConfigurationType>,
    /// The IP address ranges that threat protection always blocks or does not check.
    pub risk_exception_configuration: Option<RiskExceptionConfigurationType>,
}

/// The response of [`SetRiskConfiguration`].
///
/// ```
/// use cognito_userpools::admin::{RiskConfigurationType, SetRiskConfigurationResponse};
///
/// let response = SetRiskConfigurationResponse::new(RiskConfigurationType::new());
/// assert!(response.risk_configuration.user_pool_id.is_none());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetRiskConfigurationResponse {
    /// The configuration of threat protection.
    pub risk_configuration: RiskConfigurationType,
}

/// The threat protection settings of a user pool or an app client.
///
/// ```
/// use cognito_userpools::admin::RiskConfigurationType;
///
/// let configuration = RiskConfigurationType::new()
///     .user_pool_id("eu-west-1_Ab12Cd34")
///     .client_id("1example23456789");
/// assert_eq!(configuration.client_id.as_deref(), Some("1example23456789"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RiskConfigurationType {
    /// The id of the user pool.
    pub user_pool_id: Option<String>,
    /// The id of the app client. Without it, the configuration applies to all app clients that have none of their own.
    pub client_id: Option<String>,
    /// The response to compromised credentials and the events that are checked for them.
    pub compromised_credentials_risk_configuration: Option<CompromisedCredentialsRiskConfigurationType>,
    /// The responses to suspected account takeovers and the notifications about them.
    pub account_takeover_risk_configuration: Option<AccountTakeoverRiskConfigurationType>,
    /// The IP address ranges that threat protection always blocks or does not check.
    pub risk_exception_configuration: Option<RiskExceptionConfigurationType>,
    /// The time of the last change.
    pub last_modified_date: Option<SystemTime>,
}

/// The settings of threat protection for compromised passwords. By default, they apply to all events.
///
/// ```
/// use cognito_userpools::admin::{
///     CompromisedCredentialsActionsType, CompromisedCredentialsEventActionType,
///     CompromisedCredentialsRiskConfigurationType, EventFilterType,
/// };
///
/// let configuration = CompromisedCredentialsRiskConfigurationType::new(
///     CompromisedCredentialsActionsType::new(CompromisedCredentialsEventActionType::Block),
/// )
///     .event_filter([EventFilterType::SignIn]);
/// assert!(configuration.event_filter.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CompromisedCredentialsRiskConfigurationType {
    /// The events that are checked for compromised credentials, by default all.
    pub event_filter: Option<Vec<EventFilterType>>,
    /// The response to compromised credentials.
    pub actions: CompromisedCredentialsActionsType,
}

/// The settings of threat protection for risky sign-ins: the reactions and the notification emails.
///
/// ```
/// use cognito_userpools::admin::{
///     AccountTakeoverActionsType, AccountTakeoverRiskConfigurationType, NotifyConfigurationType,
/// };
///
/// let configuration = AccountTakeoverRiskConfigurationType::new(AccountTakeoverActionsType::new())
///     .notify_configuration(
///         NotifyConfigurationType::new("arn:aws:ses:eu-west-1:123456789012:identity/example.com"),
///     );
/// assert!(configuration.notify_configuration.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AccountTakeoverRiskConfigurationType {
    /// The sender and the templates of the emails about risks.
    pub notify_configuration: Option<NotifyConfigurationType>,
    /// The response to each level of risk.
    pub actions: AccountTakeoverActionsType,
}

/// The IP address ranges that threat protection always blocks or never checks, in CIDR notation.
///
/// ```
/// use cognito_userpools::admin::RiskExceptionConfigurationType;
///
/// let configuration = RiskExceptionConfigurationType::new()
///     .blocked_ip_range_list(["198.51.100.0/24"])
///     .skipped_ip_range_list(["203.0.113.0/24"]);
/// assert!(configuration.skipped_ip_range_list.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RiskExceptionConfigurationType {
    /// The IP address ranges in CIDR notation from which authentication is always blocked.
    #[len]
    #[each(len)]
    pub blocked_ip_range_list: Option<Vec<String>>,
    /// The IP address ranges in CIDR notation that threat protection does not check.
    #[len]
    #[each(len)]
    pub skipped_ip_range_list: Option<Vec<String>>,
}

/// A kind of event in which threat protection looks for compromised passwords.
///
/// ```
/// use cognito_userpools::admin::EventFilterType;
///
/// assert_eq!(EventFilterType::SignIn.as_str(), "SIGN_IN");
/// assert_eq!(EventFilterType::from("SIGN_IN"), EventFilterType::SignIn);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventFilterType {
    /// `SIGN_IN`.
    SignIn,
    /// `PASSWORD_CHANGE`.
    PasswordChange,
    /// `SIGN_UP`.
    SignUp,
    /// A value that is not listed here.
    Other(String),
}

/// The reaction to a password that is known to be compromised.
///
/// ```
/// use cognito_userpools::admin::{
///     CompromisedCredentialsActionsType, CompromisedCredentialsEventActionType,
/// };
///
/// let actions = CompromisedCredentialsActionsType::new(
///     CompromisedCredentialsEventActionType::Block,
/// );
/// assert_eq!(actions.event_action, CompromisedCredentialsEventActionType::Block);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CompromisedCredentialsActionsType {
    /// The response: `BLOCK` or `NO_ACTION`.
    pub event_action: CompromisedCredentialsEventActionType,
}

/// The emails with which threat protection notifies users of risky sign-ins.
///
/// ```
/// use cognito_userpools::admin::NotifyConfigurationType;
///
/// let configuration = NotifyConfigurationType::new(
///     "arn:aws:ses:eu-west-1:123456789012:identity/example.com",
/// )
///     .from("security@example.com")
///     .reply_to("support@example.com");
/// assert_eq!(configuration.reply_to.as_deref(), Some("support@example.com"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct NotifyConfigurationType {
    /// The sender of the emails: an address that is verified in Amazon SES, itself or by its domain.
    #[len]
    pub from: Option<String>,
    /// The reply address of the emails.
    #[len]
    pub reply_to: Option<String>,
    /// The ARN of the Amazon SES identity that permits the service to send from the address in `From`.
    #[len]
    #[pattern]
    pub source_arn: String,
    /// The template of the email about an event that was blocked.
    pub block_email: Option<NotifyEmailType>,
    /// The template of the email about an event to which the user pool did not respond.
    pub no_action_email: Option<NotifyEmailType>,
    /// The template of the email about an event for which the user must present a second factor.
    pub mfa_email: Option<NotifyEmailType>,
}

/// The reactions of threat protection to a low, medium and high risk.
///
/// ```
/// use cognito_userpools::admin::{
///     AccountTakeoverActionType, AccountTakeoverActionsType, AccountTakeoverEventActionType,
/// };
///
/// let actions = AccountTakeoverActionsType::new()
///     .low_action(AccountTakeoverActionType::new(true, AccountTakeoverEventActionType::Block))
///     .medium_action(AccountTakeoverActionType::new(true, AccountTakeoverEventActionType::Block));
/// assert!(actions.medium_action.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AccountTakeoverActionsType {
    /// The response to a low risk.
    pub low_action: Option<AccountTakeoverActionType>,
    /// The response to a medium risk.
    pub medium_action: Option<AccountTakeoverActionType>,
    /// The response to a high risk.
    pub high_action: Option<AccountTakeoverActionType>,
}

/// The reaction to a compromised password: block the request or do not react.
///
/// ```
/// use cognito_userpools::admin::CompromisedCredentialsEventActionType;
///
/// assert_eq!(CompromisedCredentialsEventActionType::Block.as_str(), "BLOCK");
/// assert_eq!(CompromisedCredentialsEventActionType::from("BLOCK"), CompromisedCredentialsEventActionType::Block);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CompromisedCredentialsEventActionType {
    /// `BLOCK`.
    Block,
    /// `NO_ACTION`.
    NoAction,
    /// A value that is not listed here.
    Other(String),
}

/// The subject and the text of a notification email.
///
/// ```
/// use cognito_userpools::admin::NotifyEmailType;
///
/// let email = NotifyEmailType::new("New sign-in")
///     .html_body("There was a sign-in from a new device.")
///     .text_body("There was a sign-in from a new device.");
/// assert_eq!(email.text_body.as_deref(), Some("There was a sign-in from a new device."));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct NotifyEmailType {
    /// The subject of the email.
    #[len]
    #[pattern]
    pub subject: String,
    /// The HTML body of the email, as an alternative to `TextBody`.
    #[len]
    #[pattern]
    pub html_body: Option<String>,
    /// The plain text body of the email, as an alternative to `HtmlBody`.
    #[len]
    #[pattern]
    pub text_body: Option<String>,
}

/// The reaction of threat protection to a risk level.
///
/// ```
/// use cognito_userpools::admin::{AccountTakeoverActionType, AccountTakeoverEventActionType};
///
/// let action = AccountTakeoverActionType::new(true, AccountTakeoverEventActionType::Block);
/// assert!(action.notify);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AccountTakeoverActionType {
    /// Whether the user gets an email about the risk.
    pub notify: bool,
    /// The response, such as `BLOCK`. For a user without a second factor, `MFA_REQUIRED` blocks the sign-in and
    /// `MFA_IF_CONFIGURED` permits it.
    pub event_action: AccountTakeoverEventActionType,
}

/// The reaction to a risky sign-in. Without a second factor, a user is blocked by `MFA_REQUIRED` and passes with
/// `MFA_IF_CONFIGURED`.
///
/// ```
/// use cognito_userpools::admin::AccountTakeoverEventActionType;
///
/// assert_eq!(AccountTakeoverEventActionType::Block.as_str(), "BLOCK");
/// assert_eq!(AccountTakeoverEventActionType::from("BLOCK"), AccountTakeoverEventActionType::Block);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AccountTakeoverEventActionType {
    /// `BLOCK`.
    Block,
    /// `MFA_IF_CONFIGURED`.
    MfaIfConfigured,
    /// `MFA_REQUIRED`.
    MfaRequired,
    /// `NO_ACTION`.
    NoAction,
    /// A value that is not listed here.
    Other(String),
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    DescribeRiskConfigurationResponse SetRiskConfigurationResponse RiskConfigurationType
    CompromisedCredentialsRiskConfigurationType AccountTakeoverRiskConfigurationType RiskExceptionConfigurationType
    EventFilterType CompromisedCredentialsActionsType NotifyConfigurationType AccountTakeoverActionsType
    CompromisedCredentialsEventActionType NotifyEmailType AccountTakeoverActionType AccountTakeoverEventActionType
}

//! The sign-ins that threat protection has recorded.
// Written by `cargo x admin` from the service model; a test compares them.

use crate::operations::FeedbackValueType;
use cognito_op::{cognito_op, cognito_shape};
use std::time::SystemTime;

/// Lists the sign-ins and similar events of a user, with the risk that threat protection assessed. The user pool needs
/// threat protection.
///
/// [`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.
///
/// ```
/// use cognito_userpools::admin::AdminListUserAuthEvents;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = AdminListUserAuthEvents::new("eu-west-1_Ab12Cd34", "alice")
///     .max_results(10)
///     .send(client)
///     .await?;
/// println!("{:?}", response.auth_events);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminListUserAuthEvents", signed, paginated)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminListUserAuthEvents {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
    /// The maximum number of events to return. The default is 60, also for the value 0.
    #[range]
    pub max_results: Option<i32>,
    /// The token from the previous response, to continue the list.
    #[len]
    #[pattern]
    pub next_token: Option<String>,
}

/// The response of [`AdminListUserAuthEvents`].
///
/// ```
/// use cognito_userpools::admin::{AdminListUserAuthEventsResponse, AuthEventType};
///
/// let response = AdminListUserAuthEventsResponse::new()
///     .auth_events([AuthEventType::new()])
///     .next_token("the-next-page");
/// assert_eq!(response.next_token.as_deref(), Some("the-next-page"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminListUserAuthEventsResponse {
    /// The authentication events.
    pub auth_events: Option<Vec<AuthEventType>>,
    /// The token of the next page, if there is one.
    pub next_token: Option<String>,
}

/// Reports whether a suspicious sign-in was the user's own. The user pool needs the feature plan `PLUS` with threat
/// protection.
///
/// ```
/// use cognito_userpools::admin::{AdminUpdateAuthEventFeedback, FeedbackValueType};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// AdminUpdateAuthEventFeedback::new(
///     "eu-west-1_Ab12Cd34",
///     "alice",
///     "a1b2c3d4",
///     FeedbackValueType::Valid,
/// )
///     .send(client)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminUpdateAuthEventFeedback", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminUpdateAuthEventFeedback {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
    /// The id of the authentication event.
    #[len]
    #[pattern]
    pub event_id: String,
    /// The feedback: `Valid` for a trusted event, otherwise `Invalid`.
    pub feedback_value: FeedbackValueType,
}

/// An event of a user, such as a sign-in, with the risk that threat protection assessed.
///
/// ```
/// use cognito_userpools::admin::{AuthEventType, EventType};
///
/// let event = AuthEventType::new().event_id("a1b2c3d4").event_type(EventType::SignIn);
/// assert_eq!(event.event_type, Some(EventType::SignIn));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AuthEventType {
    /// The id of the authentication event.
    pub event_id: Option<String>,
    /// The type of the event, such as `SignIn`.
    pub event_type: Option<EventType>,
    /// The time of the event.
    pub creation_date: Option<SystemTime>,
    /// The result of the event: `Pass`, `Fail` or `InProgress`.
    pub event_response: Option<EventResponseType>,
    /// The risk of the event and the response to it.
    pub event_risk: Option<EventRiskType>,
    /// The challenges of the event, with their results.
    pub challenge_responses: Option<Vec<ChallengeResponseType>>,
    /// The data about the device from which the request came.
    pub event_context_data: Option<EventContextDataType>,
    /// The feedback on the event.
    pub event_feedback: Option<EventFeedbackType>,
}

/// The kind of a logged event.
///
/// ```
/// use cognito_userpools::admin::EventType;
///
/// assert_eq!(EventType::SignIn.as_str(), "SignIn");
/// assert_eq!(EventType::from("SignIn"), EventType::SignIn);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventType {
    /// `SignIn`.
    SignIn,
    /// `SignUp`.
    SignUp,
    /// `ForgotPassword`.
    ForgotPassword,
    /// `PasswordChange`.
    PasswordChange,
    /// `ResendCode`.
    ResendCode,
    /// A value that is not listed here.
    Other(String),
}

/// The result of an event.
///
/// ```
/// use cognito_userpools::admin::EventResponseType;
///
/// assert_eq!(EventResponseType::Pass.as_str(), "Pass");
/// assert_eq!(EventResponseType::from("Pass"), EventResponseType::Pass);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventResponseType {
    /// `Pass`.
    Pass,
    /// `Fail`.
    Fail,
    /// `InProgress`.
    InProgress,
    /// A value that is not listed here.
    Other(String),
}

/// The risk of an event, as threat protection assessed it.
///
/// ```
/// use cognito_userpools::admin::{EventRiskType, RiskDecisionType, RiskLevelType};
///
/// let risk = EventRiskType::new()
///     .risk_decision(RiskDecisionType::NoRisk)
///     .risk_level(RiskLevelType::Low);
/// assert_eq!(risk.risk_level, Some(RiskLevelType::Low));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct EventRiskType {
    /// The response to the event: `NoRisk` for none, `AccountTakeover` for the configured one, or `Block`.
    pub risk_decision: Option<RiskDecisionType>,
    /// The level of the risk: `Low`, `Medium` or `High`.
    pub risk_level: Option<RiskLevelType>,
    /// Whether compromised credentials were detected.
    pub compromised_credentials_detected: Option<bool>,
}

/// A challenge in a logged event with its result.
///
/// ```
/// use cognito_userpools::admin::{ChallengeName, ChallengeResponse, ChallengeResponseType};
///
/// let response = ChallengeResponseType::new()
///     .challenge_name(ChallengeName::Password)
///     .challenge_response(ChallengeResponse::Success);
/// assert_eq!(response.challenge_response, Some(ChallengeResponse::Success));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChallengeResponseType {
    /// The type of the challenge: `Password` or `Mfa`.
    pub challenge_name: Option<ChallengeName>,
    /// The result of the challenge: `Success` or `Failure`.
    pub challenge_response: Option<ChallengeResponse>,
}

/// The device, the address and the location from which an event came.
///
/// ```
/// use cognito_userpools::admin::EventContextDataType;
///
/// let data = EventContextDataType::new().ip_address("203.0.113.7").device_name("Alice's phone");
/// assert_eq!(data.device_name.as_deref(), Some("Alice's phone"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct EventContextDataType {
    /// The user's IP address.
    pub ip_address: Option<String>,
    /// The name of the device.
    pub device_name: Option<String>,
    /// The user's time zone.
    pub timezone: Option<String>,
    /// The user's city.
    pub city: Option<String>,
    /// The user's country.
    pub country: Option<String>,
}

/// The feedback to an event and its author.
///
/// ```
/// use cognito_userpools::admin::{EventFeedbackType, FeedbackValueType};
/// use std::time::SystemTime;
///
/// let feedback = EventFeedbackType::new(FeedbackValueType::Valid, "Cognito")
///     .feedback_date(SystemTime::now());
/// assert!(feedback.feedback_date.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct EventFeedbackType {
    /// The feedback: `Valid` for a trusted event, otherwise `Invalid`.
    pub feedback_value: FeedbackValueType,
    /// The author of the feedback, such as `Admin`.
    pub provider: String,
    /// The time of the feedback.
    pub feedback_date: Option<SystemTime>,
}

/// The decision of threat protection about an event.
///
/// ```
/// use cognito_userpools::admin::RiskDecisionType;
///
/// assert_eq!(RiskDecisionType::NoRisk.as_str(), "NoRisk");
/// assert_eq!(RiskDecisionType::from("NoRisk"), RiskDecisionType::NoRisk);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RiskDecisionType {
    /// `NoRisk`.
    NoRisk,
    /// `AccountTakeover`.
    AccountTakeover,
    /// `Block`.
    Block,
    /// A value that is not listed here.
    Other(String),
}

/// The risk of an event.
///
/// ```
/// use cognito_userpools::admin::RiskLevelType;
///
/// assert_eq!(RiskLevelType::Low.as_str(), "Low");
/// assert_eq!(RiskLevelType::from("Low"), RiskLevelType::Low);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RiskLevelType {
    /// `Low`.
    Low,
    /// `Medium`.
    Medium,
    /// `High`.
    High,
    /// A value that is not listed here.
    Other(String),
}

/// The kind of a challenge in a logged event.
///
/// ```
/// use cognito_userpools::admin::ChallengeName;
///
/// assert_eq!(ChallengeName::Password.as_str(), "Password");
/// assert_eq!(ChallengeName::from("Password"), ChallengeName::Password);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChallengeName {
    /// `Password`.
    Password,
    /// `Mfa`.
    Mfa,
    /// A value that is not listed here.
    Other(String),
}

/// The result of a challenge in a logged event.
///
/// ```
/// use cognito_userpools::admin::ChallengeResponse;
///
/// assert_eq!(ChallengeResponse::Success.as_str(), "Success");
/// assert_eq!(ChallengeResponse::from("Success"), ChallengeResponse::Success);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChallengeResponse {
    /// `Success`.
    Success,
    /// `Failure`.
    Failure,
    /// A value that is not listed here.
    Other(String),
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    AdminListUserAuthEventsResponse AuthEventType EventType EventResponseType EventRiskType ChallengeResponseType
    EventContextDataType EventFeedbackType RiskDecisionType RiskLevelType ChallengeName ChallengeResponse
}

//! Sessions, and feedback about sign-ins.

use super::shapes::RevokeAssociatedSessionsType;
use cognito_op::{cognito_op, cognito_shape};
use std::time::SystemTime;

/// Lists the user's sessions.
///
/// ```
/// use cognito_userpools::operations::ListUserSessions;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = ListUserSessions::new("the access token");
/// let first = operation.send(client).await?;
/// if let Some(next) = first.next_token {
///     let second = operation.next_token(next).send(client).await?;
/// }
/// # Ok(())
/// # }
/// ```
///
/// [`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.
#[cognito_op(target = "ListUserSessions", paginated)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListUserSessions {
    /// The user's access token.
    #[pattern]
    pub access_token: String,
    /// The token from the previous response, to continue the list.
    #[len]
    #[pattern]
    pub next_token: Option<String>,
}

/// The response of [`ListUserSessions`].
///
/// ```
/// use cognito_userpools::operations::{ListUserSessionsResponse, SessionDescriptionType};
///
/// let page = ListUserSessionsResponse::new()
///     .sessions([SessionDescriptionType::new()])
///     .next_token("the next page");
/// assert_eq!(page.sessions.map(|sessions| sessions.len()), Some(1));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListUserSessionsResponse {
    /// The token of the next page, if there is one.
    pub next_token: Option<String>,
    /// The sessions.
    pub sessions: Option<Vec<SessionDescriptionType>>,
}

/// Ends a session of the user.
///
/// ```
/// use cognito_userpools::operations::{RevokeAssociatedSessionsType, RevokeUserSession};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = RevokeUserSession::new("the access token", "the id of the session")
///     .revoke_associated_sessions(RevokeAssociatedSessionsType::Linked);
/// operation.send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "RevokeUserSession", response = ())]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RevokeUserSession {
    /// The user's access token.
    #[pattern]
    pub access_token: String,
    /// Whether to also end the other sessions from the same sign-in.
    pub revoke_associated_sessions: Option<RevokeAssociatedSessionsType>,
    /// The id of the session.
    #[len]
    #[pattern]
    pub session_id: String,
}

/// Reports whether a suspicious sign-in was the user's own.
///
/// ```
/// use cognito_userpools::operations::{FeedbackValueType, UpdateAuthEventFeedback};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = UpdateAuthEventFeedback::new(
///     "eu-west-1_Ab12Cd34",
///     "alice",
///     "the id of the sign-in",
///     "the token of the message",
///     FeedbackValueType::Invalid,
/// );
/// operation.send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "UpdateAuthEventFeedback", response = ())]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateAuthEventFeedback {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
    /// The id of the sign-in.
    #[len]
    #[pattern]
    pub event_id: String,
    /// The token from the message that requested the feedback.
    #[pattern]
    pub feedback_token: String,
    /// Whether the sign-in was the user's own.
    pub feedback_value: FeedbackValueType,
}

/// Whether a sign-in was the user's own.
///
/// In the wildcard arm of a `match`, report a value that the program does not support.
///
/// ```
/// use cognito_userpools::operations::FeedbackValueType;
///
/// assert_eq!(FeedbackValueType::Valid.as_str(), "Valid");
/// assert_eq!(FeedbackValueType::from("Invalid"), FeedbackValueType::Invalid);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FeedbackValueType {
    /// The sign-in was the user's own.
    Valid,
    /// The sign-in was not the user's own.
    Invalid,
    /// A value that has no variant.
    Other(String),
}

/// A session.
///
/// ```
/// use cognito_userpools::operations::{
///     SessionDescriptionType, SessionLocationType, SessionTypeType,
/// };
/// use std::time::SystemTime;
///
/// let session = SessionDescriptionType::new()
///     .session_id("the id of the session")
///     .origin_session_id("the id of another session")
///     .session_type(SessionTypeType::Token)
///     .client_id("1example23456789")
///     .device_type("Desktop")
///     .is_current_session(true)
///     .create_date(SystemTime::UNIX_EPOCH)
///     .last_active_date(SystemTime::now())
///     .last_ip_address("203.0.113.7")
///     .last_location(SessionLocationType::new().city("Lisbon").country("Portugal"));
/// assert!(session.create_date < session.last_active_date);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SessionDescriptionType {
    /// The id of the app client.
    pub client_id: Option<String>,
    /// The time at which the session started.
    pub create_date: Option<SystemTime>,
    /// The type of the device.
    pub device_type: Option<String>,
    /// Whether the access token of the request belongs to the session.
    pub is_current_session: Option<bool>,
    /// The time of the last use.
    pub last_active_date: Option<SystemTime>,
    /// The IP address of the last use.
    pub last_ip_address: Option<String>,
    /// The location of the last use.
    pub last_location: Option<SessionLocationType>,
    /// The id of the session from which this one originates.
    pub origin_session_id: Option<String>,
    /// The id of the session.
    pub session_id: Option<String>,
    /// The type of the session.
    pub session_type: Option<SessionTypeType>,
}

/// The location of the last use of a session.
///
/// ```
/// use cognito_userpools::operations::SessionLocationType;
///
/// let location = SessionLocationType::new().city("Lisbon").country("Portugal");
/// assert_eq!(location.city.as_deref(), Some("Lisbon"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SessionLocationType {
    /// The city.
    pub city: Option<String>,
    /// The country.
    pub country: Option<String>,
}

/// The type of a session.
///
/// In the wildcard arm of a `match`, show the session without its type.
///
/// ```
/// use cognito_userpools::operations::SessionTypeType;
///
/// assert_eq!(SessionTypeType::from(SessionTypeType::Sso.as_str()), SessionTypeType::Sso);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SessionTypeType {
    /// A session with tokens.
    Token,
    /// A session of the managed login.
    Sso,
    /// A value that has no variant.
    Other(String),
}

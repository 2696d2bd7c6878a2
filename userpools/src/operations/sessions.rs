//! Sessions, and what the user says of sign-ins.

use super::shapes::RevokeAssociatedSessionsType;
use cognito_op::{cognito_op, cognito_shape};
use std::time::SystemTime;

/// The user's sessions, page by page.
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
/// `pages` and `entries` go through all of them.
#[cognito_op(target = "ListUserSessions")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListUserSessions {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
    /// Where this page begins: what the page before it said.
    #[len]
    #[pattern]
    pub next_token: Option<String>,
}

/// The answer to [`ListUserSessions`].
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
    /// Where the next page begins.
    pub next_token: Option<String>,
    /// The sessions.
    pub sessions: Option<Vec<SessionDescriptionType>>,
}

/// Ends a session.
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
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
    /// Whether sessions that came of the same sign-in end too.
    pub revoke_associated_sessions: Option<RevokeAssociatedSessionsType>,
    /// The id of the session.
    #[len]
    #[pattern]
    pub session_id: String,
}

/// Says whether a sign-in that was taken for suspicious was the user's own.
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
    /// The user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name, or an alias of it.
    #[len]
    #[pattern]
    pub username: String,
    /// The id of the sign-in.
    #[len]
    #[pattern]
    pub event_id: String,
    /// The token from the message that asks for it.
    #[pattern]
    pub feedback_token: String,
    /// Whether it was the user's own.
    pub feedback_value: FeedbackValueType,
}

/// Whether a sign-in was the user's own.
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
    /// It was.
    Valid,
    /// It was not.
    Invalid,
    /// A value that this version does not know.
    Other(String),
}

/// A session.
///
/// ```
/// use cognito_userpools::operations::{SessionDescriptionType, SessionLocationType, SessionTypeType};
///
/// use std::time::SystemTime;
///
/// let session = SessionDescriptionType::new()
///     .session_id("the id of the session")
///     .origin_session_id("the id of another")
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
    /// The app client.
    pub client_id: Option<String>,
    /// When it began.
    pub create_date: Option<SystemTime>,
    /// What kind of device it is on.
    pub device_type: Option<String>,
    /// Whether it is the one that asks.
    pub is_current_session: Option<bool>,
    /// When it was last used.
    pub last_active_date: Option<SystemTime>,
    /// The address that it was last used from.
    pub last_ip_address: Option<String>,
    /// Where it was last used.
    pub last_location: Option<SessionLocationType>,
    /// The session that it came of.
    pub origin_session_id: Option<String>,
    /// The id of the session.
    pub session_id: Option<String>,
    /// What kind it is.
    pub session_type: Option<SessionTypeType>,
}

/// Where a session was last used.
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

/// What kind of session it is.
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
    /// Of tokens.
    Token,
    /// Of the managed login.
    Sso,
    /// A value that this version does not know.
    Other(String),
}

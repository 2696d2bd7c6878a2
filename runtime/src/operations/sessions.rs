//! Sessions, and what the user says of sign-ins.

use super::shapes::RevokeAssociatedSessionsType;
use crate::{cognito_op, cognito_shape};
use std::time::SystemTime;

/// The user's sessions, page by page.
#[cognito_op(target = "ListUserSessions")]
#[derive(Clone, PartialEq)]
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
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct ListUserSessionsResponse {
    /// Where the next page begins.
    pub next_token: Option<String>,
    /// The sessions.
    pub sessions: Option<Vec<SessionDescriptionType>>,
}

/// Ends a session.
#[cognito_op(target = "RevokeUserSession", response = ())]
#[derive(Clone, PartialEq)]
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
#[cognito_op(target = "UpdateAuthEventFeedback", response = ())]
#[derive(Clone, PartialEq)]
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
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
pub enum FeedbackValueType {
    /// It was.
    Valid,
    /// It was not.
    Invalid,
    /// A value that this version does not know.
    Other(String),
}

/// A session.
#[cognito_shape]
#[derive(Clone, PartialEq)]
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
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct SessionLocationType {
    /// The city.
    pub city: Option<String>,
    /// The country.
    pub country: Option<String>,
}

/// What kind of session it is.
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
pub enum SessionTypeType {
    /// Of tokens.
    Token,
    /// Of the managed login.
    Sso,
    /// A value that this version does not know.
    Other(String),
}

//! The sessions of users.
// Written by `cargo x admin` from the service model; a test compares them.

use crate::operations::{RevokeAssociatedSessionsType, SessionDescriptionType};
use cognito_op::{cognito_op, cognito_shape};

/// Lists the active sessions of a user, up to 125 in one page. A new session can take a few seconds to appear.
///
/// [`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.
///
/// ```
/// use cognito_userpools::admin::AdminListUserSessions;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = AdminListUserSessions::new("eu-west-1_Ab12Cd34", "alice").send(client).await?;
/// println!("{:?}", response.sessions);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminListUserSessions", signed, paginated)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminListUserSessions {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name.
    #[len]
    #[pattern]
    pub username: String,
    /// The token from the previous response, to continue the list.
    #[len]
    #[pattern]
    pub next_token: Option<String>,
}

/// The response of [`AdminListUserSessions`].
///
/// ```
/// use cognito_userpools::admin::{AdminListUserSessionsResponse, SessionDescriptionType};
///
/// let response = AdminListUserSessionsResponse::new()
///     .sessions([SessionDescriptionType::new()])
///     .next_token("the-next-page");
/// assert_eq!(response.next_token.as_deref(), Some("the-next-page"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminListUserSessionsResponse {
    /// The active sessions.
    pub sessions: Option<Vec<SessionDescriptionType>>,
    /// The token of the next page, if there is one.
    pub next_token: Option<String>,
}

/// Ends a session of a user: revokes its tokens and deletes its record.
///
/// ```
/// use cognito_userpools::admin::{AdminRevokeUserSession, RevokeAssociatedSessionsType};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// AdminRevokeUserSession::new("eu-west-1_Ab12Cd34", "alice", "tkn1a2b3c4d5e6f7g8h9i0j1k2l3")
///     .revoke_associated_sessions(RevokeAssociatedSessionsType::None)
///     .send(client)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminRevokeUserSession", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminRevokeUserSession {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name. It must belong to the user of the session.
    #[len]
    #[pattern]
    pub username: String,
    /// The id of the session.
    #[len]
    #[pattern]
    pub session_id: String,
    /// The scope of the revocation: `NONE`, the default, for only this session, or `LINKED` to also revoke the linked
    /// sessions.
    pub revoke_associated_sessions: Option<RevokeAssociatedSessionsType>,
}

/// Signs a user out everywhere: revokes all tokens of the user. Programs that verify tokens offline accept them until
/// they expire, and the cookie of managed login stays.
///
/// ```
/// use cognito_userpools::admin::AdminUserGlobalSignOut;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// AdminUserGlobalSignOut::new("eu-west-1_Ab12Cd34", "alice").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminUserGlobalSignOut", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminUserGlobalSignOut {
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
    AdminListUserSessionsResponse
}

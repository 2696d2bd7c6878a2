//! The session settings of user pools and app clients.
// Written by `cargo x admin` from the service model; a test compares them.

use cognito_op::{cognito_op, cognito_shape};

/// Returns the session settings of a user pool, or the defaults if they were never set.
///
/// ```
/// use cognito_userpools::admin::GetUserPoolSessionConfiguration;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = GetUserPoolSessionConfiguration::new("eu-west-1_Ab12Cd34").send(client).await?;
/// println!("{:?}", response.user_session_tracking);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "GetUserPoolSessionConfiguration", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetUserPoolSessionConfiguration {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
}

/// The response of [`GetUserPoolSessionConfiguration`].
///
/// ```
/// use cognito_userpools::admin::{
///     GetUserPoolSessionConfigurationResponse, UserSessionTrackingType,
/// };
///
/// let response = GetUserPoolSessionConfigurationResponse::new()
///     .user_pool_id("eu-west-1_Ab12Cd34")
///     .user_session_tracking(UserSessionTrackingType::Enabled);
/// assert_eq!(response.user_session_tracking, Some(UserSessionTrackingType::Enabled));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetUserPoolSessionConfigurationResponse {
    /// The id of the user pool.
    pub user_pool_id: Option<String>,
    /// The state of session tracking: `ENABLED` or `DISABLED`.
    pub user_session_tracking: Option<UserSessionTrackingType>,
    /// The settings for token sessions.
    pub token_session: Option<UserPoolTokenSessionConfigType>,
}

/// Replaces the session settings of a user pool: tracking and the maximum number of sessions of a user. The pool needs
/// the feature plan `ESSENTIALS` or `PLUS`.
///
/// ```
/// use cognito_userpools::admin::{
///     SetUserPoolSessionConfiguration, UserPoolTokenSessionConfigType, UserSessionTrackingType,
/// };
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = SetUserPoolSessionConfiguration::new(
///     "eu-west-1_Ab12Cd34",
///     UserSessionTrackingType::Enabled,
///     UserPoolTokenSessionConfigType::new(5),
/// )
///     .send(client)
///     .await?;
/// println!("{:?}", response.user_session_tracking);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "SetUserPoolSessionConfiguration", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetUserPoolSessionConfiguration {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The state of session tracking: `ENABLED` or `DISABLED`.
    pub user_session_tracking: UserSessionTrackingType,
    /// The settings for token sessions.
    pub token_session: UserPoolTokenSessionConfigType,
}

/// The response of [`SetUserPoolSessionConfiguration`].
///
/// ```
/// use cognito_userpools::admin::{
///     SetUserPoolSessionConfigurationResponse, UserSessionTrackingType,
/// };
///
/// let response = SetUserPoolSessionConfigurationResponse::new()
///     .user_pool_id("eu-west-1_Ab12Cd34")
///     .user_session_tracking(UserSessionTrackingType::Enabled);
/// assert_eq!(response.user_session_tracking, Some(UserSessionTrackingType::Enabled));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetUserPoolSessionConfigurationResponse {
    /// The id of the user pool.
    pub user_pool_id: Option<String>,
    /// The state of session tracking: `ENABLED` or `DISABLED`.
    pub user_session_tracking: Option<UserSessionTrackingType>,
    /// The settings for token sessions.
    pub token_session: Option<UserPoolTokenSessionConfigType>,
}

/// Returns the session settings of an app client, or the defaults if they were never set.
///
/// ```
/// use cognito_userpools::admin::GetUserPoolClientSessionConfiguration;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = GetUserPoolClientSessionConfiguration::new(
///     "eu-west-1_Ab12Cd34",
///     "1example23456789",
/// )
///     .send(client)
///     .await?;
/// println!("{:?}", response.sso_session);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "GetUserPoolClientSessionConfiguration", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetUserPoolClientSessionConfiguration {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the app client.
    #[len]
    #[pattern]
    pub client_id: String,
}

/// The response of [`GetUserPoolClientSessionConfiguration`].
///
/// ```
/// use cognito_userpools::admin::GetUserPoolClientSessionConfigurationResponse;
///
/// let response = GetUserPoolClientSessionConfigurationResponse::new()
///     .user_pool_id("eu-west-1_Ab12Cd34")
///     .client_id("1example23456789");
/// assert_eq!(response.client_id.as_deref(), Some("1example23456789"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetUserPoolClientSessionConfigurationResponse {
    /// The id of the user pool.
    pub user_pool_id: Option<String>,
    /// The id of the app client.
    pub client_id: Option<String>,
    /// The settings for single sign-on (SSO) with the app client.
    pub sso_session: Option<ClientSSOSessionConfigType>,
}

/// Replaces the session settings of an app client. The user pool needs session tracking and the feature plan
/// `ESSENTIALS` or `PLUS`.
///
/// ```
/// use cognito_userpools::admin::{
///     ClientSSOSessionConfigType, SetUserPoolClientSessionConfiguration,
/// };
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = SetUserPoolClientSessionConfiguration::new(
///     "eu-west-1_Ab12Cd34",
///     "1example23456789",
///     ClientSSOSessionConfigType::new(480),
/// )
///     .send(client)
///     .await?;
/// println!("{:?}", response.sso_session);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "SetUserPoolClientSessionConfiguration", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetUserPoolClientSessionConfiguration {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the app client.
    #[len]
    #[pattern]
    pub client_id: String,
    /// The settings for single sign-on (SSO) with the app client.
    pub sso_session: ClientSSOSessionConfigType,
}

/// The response of [`SetUserPoolClientSessionConfiguration`].
///
/// ```
/// use cognito_userpools::admin::SetUserPoolClientSessionConfigurationResponse;
///
/// let response = SetUserPoolClientSessionConfigurationResponse::new()
///     .user_pool_id("eu-west-1_Ab12Cd34")
///     .client_id("1example23456789");
/// assert_eq!(response.client_id.as_deref(), Some("1example23456789"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetUserPoolClientSessionConfigurationResponse {
    /// The id of the user pool.
    pub user_pool_id: Option<String>,
    /// The id of the app client.
    pub client_id: Option<String>,
    /// The settings for single sign-on (SSO) with the app client.
    pub sso_session: Option<ClientSSOSessionConfigType>,
}

/// The state of session tracking in a user pool.
///
/// ```
/// use cognito_userpools::admin::UserSessionTrackingType;
///
/// assert_eq!(UserSessionTrackingType::Enabled.as_str(), "ENABLED");
/// assert_eq!(UserSessionTrackingType::from("ENABLED"), UserSessionTrackingType::Enabled);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UserSessionTrackingType {
    /// `ENABLED`.
    Enabled,
    /// `DISABLED`.
    Disabled,
    /// A value that is not listed here.
    Other(String),
}

/// The maximum number of active sessions of a user. A sign-in beyond it ends the session that was used least recently.
///
/// ```
/// use cognito_userpools::admin::UserPoolTokenSessionConfigType;
///
/// let config = UserPoolTokenSessionConfigType::new(5);
/// assert_eq!(config.max_per_user, 5);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserPoolTokenSessionConfigType {
    /// The maximum number of token sessions for each user. A sign-in beyond it ends the user's least recently used
    /// session.
    #[range]
    pub max_per_user: i32,
}

/// The single sign-on settings of an app client: the time for which a session is reused without a new sign-in.
///
/// ```
/// use cognito_userpools::admin::ClientSSOSessionConfigType;
///
/// let config = ClientSSOSessionConfigType::new(480);
/// assert_eq!(config.max_validity_minutes, 480);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ClientSSOSessionConfigType {
    /// The time in minutes after the last full sign-in for which the app client reuses an SSO session. With 0, users
    /// always sign in again.
    #[range]
    pub max_validity_minutes: i32,
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    GetUserPoolSessionConfigurationResponse SetUserPoolSessionConfigurationResponse
    GetUserPoolClientSessionConfigurationResponse SetUserPoolClientSessionConfigurationResponse UserSessionTrackingType
    UserPoolTokenSessionConfigType ClientSSOSessionConfigType
}

//! Users and their attributes.
// Written by `cargo x admin` from the service model; a test compares them.

use crate::operations::{AttributeType, DeliveryMediumType, MFAOptionType};
use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;
use std::time::SystemTime;

/// Creates a user and sends an invitation, by default by SMS. The `MessageAction` `SUPPRESS` prevents the message;
/// `RESEND` sends it again to an existing user, with a new temporary password.
///
/// ```
/// use cognito_userpools::admin::AdminCreateUser;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = AdminCreateUser::new("eu-west-1_Ab12Cd34", "alice")
///     .user_attributes([("email", "alice@example.com")])
///     .temporary_password("a temporary password")
///     .send(client)
///     .await?;
/// // `Debug` redacts the values of a user.
/// println!("{:?}", response.user.as_ref().and_then(|user| user.username.as_deref()));
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminCreateUser", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminCreateUser {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name, which cannot change. If users sign in only with an email address or phone number, the service
    /// generates the user name instead.
    #[len]
    #[pattern]
    pub username: String,
    /// The attributes of the user. An invitation needs `email` or `phone_number`, according to
    /// `DesiredDeliveryMediums`.
    pub user_attributes: Option<Vec<AttributeType>>,
    /// Data for the pre sign-up Lambda trigger, which the user pool does not store.
    pub validation_data: Option<Vec<AttributeType>>,
    /// The temporary password. By default, the service generates one, unless the user pool supports sign-in without a
    /// password.
    #[len]
    #[pattern]
    pub temporary_password: Option<String>,
    /// Whether a verified email address or phone number that is another user's alias moves to the new user. The default
    /// is `false`, which returns an error.
    pub force_alias_creation: Option<bool>,
    /// The handling of the invitation, which is sent by default. `SUPPRESS` sends none; `RESEND` sends an existing user
    /// another one with a new temporary password.
    pub message_action: Option<MessageActionType>,
    /// The media by which the user gets the invitation: `EMAIL`, `SMS` or both. The default is `SMS`.
    pub desired_delivery_mediums: Option<Vec<DeliveryMediumType>>,
    /// Key-value pairs for the Lambda triggers of the user pool. They must not contain confidential data.
    #[keys(len)]
    #[values(len)]
    pub client_metadata: Option<BTreeMap<String, String>>,
}

/// The response of [`AdminCreateUser`].
///
/// ```
/// use cognito_userpools::admin::{AdminCreateUserResponse, UserType};
///
/// let response = AdminCreateUserResponse::new().user(UserType::new());
/// assert!(response.user.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminCreateUserResponse {
    /// The new user.
    pub user: Option<UserType>,
}

/// Returns a user with the attributes and the status. The call counts the user as active in the month, which is billed.
///
/// ```
/// use cognito_userpools::admin::AdminGetUser;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = AdminGetUser::new("eu-west-1_Ab12Cd34", "alice").send(client).await?;
/// for attribute in response.user_attributes.iter().flatten() {
///     // `Debug` redacts the value of an attribute.
///     println!("{}: {:?}", attribute.name, attribute.value.as_deref());
/// }
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminGetUser", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminGetUser {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
}

/// The response of [`AdminGetUser`].
///
/// ```
/// use cognito_userpools::admin::AdminGetUserResponse;
///
/// let response = AdminGetUserResponse::new("alice")
///     .user_attributes([("email", "alice@example.com")])
///     .enabled(true);
/// assert_eq!(response.enabled, Some(true));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminGetUserResponse {
    /// The user name in the user pool.
    pub username: String,
    /// The attributes of the user.
    pub user_attributes: Option<Vec<AttributeType>>,
    /// The time at which the user was created.
    pub user_create_date: Option<SystemTime>,
    /// The time of the last change.
    pub user_last_modified_date: Option<SystemTime>,
    /// Whether the user can sign in.
    pub enabled: Option<bool>,
    /// The status of the user, such as `CONFIRMED` or `FORCE_CHANGE_PASSWORD`.
    pub user_status: Option<UserStatusType>,
    /// The settings for codes by SMS. It is no longer supported; `UserMFASettingList` contains all active factors.
    pub mfa_options: Option<Vec<MFAOptionType>>,
    /// The preferred second factor.
    pub preferred_mfa_setting: Option<String>,
    /// The active second factors.
    pub user_mfa_setting_list: Option<Vec<String>>,
}

/// Lists the users of a user pool, optionally by a filter. Recent changes can be missing, and a page can be empty
/// although more pages follow.
///
/// [`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.
///
/// ```
/// use cognito_userpools::admin::{Filter, ListUsers, SearchableAttribute};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = ListUsers::new("eu-west-1_Ab12Cd34")
///     .limit(10)
///     .filter(Filter::equals(SearchableAttribute::Email, "alice@example.com"))
///     .send(client)
///     .await?;
/// for user in response.users.iter().flatten() {
///     // `Debug` redacts the values of a user.
///     println!("{:?}", user.username.as_deref());
/// }
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ListUsers", signed, paginated)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListUsers {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The names of the attributes to return, by default all. The service returns an error if a user has no value for
    /// one of them.
    #[each(len, pattern)]
    pub attributes_to_get: Option<Vec<String>>,
    /// The maximum number of users to return. A page can contain fewer users although more pages follow.
    #[range]
    pub limit: Option<i32>,
    /// The token from the previous response, to continue the list.
    #[len]
    #[pattern]
    pub pagination_token: Option<String>,
    /// The filter on one attribute, by default none. Make it with [`Filter`](crate::admin::Filter), which escapes the
    /// value.
    #[len]
    pub filter: Option<String>,
}

/// The response of [`ListUsers`].
///
/// ```
/// use cognito_userpools::admin::{ListUsersResponse, UserType};
///
/// let response = ListUsersResponse::new()
///     .users([UserType::new()])
///     .pagination_token("the-next-page");
/// assert_eq!(response.pagination_token.as_deref(), Some("the-next-page"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListUsersResponse {
    /// The users. Their order can differ between lists.
    pub users: Option<Vec<UserType>>,
    /// The token of the next page, if there is one.
    pub pagination_token: Option<String>,
}

/// Changes attributes of a user; an empty value deletes one. If the pool verifies changed addresses, a code is sent
/// unless the call sets `email_verified` or `phone_number_verified` to true.
///
/// ```
/// use cognito_userpools::admin::AdminUpdateUserAttributes;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// AdminUpdateUserAttributes::new("eu-west-1_Ab12Cd34", "alice", [("email", "alice@example.com")])
///     .send(client)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminUpdateUserAttributes", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminUpdateUserAttributes {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
    /// The attributes to set; an empty value deletes one. A new address may first need verification, unless
    /// `email_verified` or `phone_number_verified` is `true`.
    pub user_attributes: Vec<AttributeType>,
    /// Key-value pairs for the Lambda triggers of the user pool. They must not contain confidential data.
    #[keys(len)]
    #[values(len)]
    pub client_metadata: Option<BTreeMap<String, String>>,
}

/// Deletes attributes of a user. Tokens that were issued before still contain them.
///
/// ```
/// use cognito_userpools::admin::AdminDeleteUserAttributes;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// AdminDeleteUserAttributes::new("eu-west-1_Ab12Cd34", "alice", ["custom:plan"])
///     .send(client)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminDeleteUserAttributes", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminDeleteUserAttributes {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
    /// The names of the attributes. The names of custom attributes start with `custom:`.
    #[each(len, pattern)]
    pub user_attribute_names: Vec<String>,
}

/// Confirms the sign-up of a user without a code.
///
/// ```
/// use cognito_userpools::admin::AdminConfirmSignUp;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// AdminConfirmSignUp::new("eu-west-1_Ab12Cd34", "alice").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminConfirmSignUp", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminConfirmSignUp {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
    /// Key-value pairs for the Lambda triggers of the user pool. They must not contain confidential data.
    #[keys(len)]
    #[values(len)]
    pub client_metadata: Option<BTreeMap<String, String>>,
}

/// Disables a user: the user cannot sign in, and the access tokens are revoked. `AdminEnableUser` reverses this.
///
/// ```
/// use cognito_userpools::admin::AdminDisableUser;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// AdminDisableUser::new("eu-west-1_Ab12Cd34", "alice").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminDisableUser", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminDisableUser {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
}

/// Enables a disabled user, who can then sign in again.
///
/// ```
/// use cognito_userpools::admin::AdminEnableUser;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// AdminEnableUser::new("eu-west-1_Ab12Cd34", "alice").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminEnableUser", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminEnableUser {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
}

/// Deletes a user. A single deleted user cannot be restored.
///
/// ```
/// use cognito_userpools::admin::AdminDeleteUser;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// AdminDeleteUser::new("eu-west-1_Ab12Cd34", "alice").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminDeleteUser", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminDeleteUser {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
}

/// Links a user to an identity that has not yet signed in through its identity provider. Link only trusted providers
/// and attributes: the identity can then sign in as the user.
///
/// ```
/// use cognito_userpools::admin::{AdminLinkProviderForUser, ProviderUserIdentifierType};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// AdminLinkProviderForUser::new(
///     "eu-west-1_Ab12Cd34",
///     ProviderUserIdentifierType::new(),
///     ProviderUserIdentifierType::new(),
/// )
///     .send(client)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminLinkProviderForUser", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminLinkProviderForUser {
    /// The id of the user pool.
    #[len]
    pub user_pool_id: String,
    /// The user of the user pool to link to. For a local user, `ProviderName` is `Cognito` and `ProviderAttributeValue`
    /// is the user name.
    pub destination_user: ProviderUserIdentifierType,
    /// The external identity to link, which has not signed in yet. For a social provider, its `ProviderAttributeName`
    /// must be `Cognito_Subject`.
    pub source_user: ProviderUserIdentifierType,
}

/// Removes the link between a user and an identity of an identity provider, or stops a user from signing in with a
/// password. An unlinked identity becomes a new user at its next sign-in.
///
/// ```
/// use cognito_userpools::admin::{AdminDisableProviderForUser, ProviderUserIdentifierType};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// AdminDisableProviderForUser::new("eu-west-1_Ab12Cd34", ProviderUserIdentifierType::new())
///     .send(client)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminDisableProviderForUser", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminDisableProviderForUser {
    /// The id of the user pool.
    #[len]
    pub user_pool_id: String,
    /// The external identity to unlink, or a local user who can then no longer sign in with the password.
    pub user: ProviderUserIdentifierType,
}

/// The use of the invitation: `SUPPRESS` does not send it, `RESEND` sends it again to an existing user.
///
/// ```
/// use cognito_userpools::admin::MessageActionType;
///
/// assert_eq!(MessageActionType::Resend.as_str(), "RESEND");
/// assert_eq!(MessageActionType::from("RESEND"), MessageActionType::Resend);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MessageActionType {
    /// `RESEND`.
    Resend,
    /// `SUPPRESS`.
    Suppress,
    /// A value that is not listed here.
    Other(String),
}

/// A user with the attributes and the status.
///
/// ```
/// use cognito_userpools::admin::UserType;
///
/// let user = UserType::new().username("alice").attributes([("email", "alice@example.com")]);
/// assert!(user.attributes.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserType {
    /// The user name in the user pool.
    pub username: Option<String>,
    /// The attributes of the user.
    pub attributes: Option<Vec<AttributeType>>,
    /// The time at which the user was created.
    pub user_create_date: Option<SystemTime>,
    /// The time of the last change.
    pub user_last_modified_date: Option<SystemTime>,
    /// Whether the user can sign in.
    pub enabled: Option<bool>,
    /// The status of the user, such as `CONFIRMED` or `FORCE_CHANGE_PASSWORD`.
    pub user_status: Option<UserStatusType>,
    /// The attributes to which codes are sent by SMS.
    pub mfa_options: Option<Vec<MFAOptionType>>,
}

/// The status of a user. `ARCHIVED`, `COMPROMISED` and `UNKNOWN` are no longer used.
///
/// ```
/// use cognito_userpools::admin::UserStatusType;
///
/// assert_eq!(UserStatusType::Unconfirmed.as_str(), "UNCONFIRMED");
/// assert_eq!(UserStatusType::from("UNCONFIRMED"), UserStatusType::Unconfirmed);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UserStatusType {
    /// `UNCONFIRMED`.
    Unconfirmed,
    /// `CONFIRMED`.
    Confirmed,
    /// `ARCHIVED`.
    Archived,
    /// `COMPROMISED`.
    Compromised,
    /// `UNKNOWN`.
    Unknown,
    /// `RESET_REQUIRED`.
    ResetRequired,
    /// `FORCE_CHANGE_PASSWORD`.
    ForceChangePassword,
    /// `EXTERNAL_PROVIDER`.
    ExternalProvider,
    /// A value that is not listed here.
    Other(String),
}

/// A user as an identity provider or the user pool identifies it, for linking.
///
/// ```
/// use cognito_userpools::admin::ProviderUserIdentifierType;
///
/// let identifier = ProviderUserIdentifierType::new()
///     .provider_name("Example")
///     .provider_attribute_name("Cognito_Subject");
/// assert_eq!(identifier.provider_attribute_name.as_deref(), Some("Cognito_Subject"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ProviderUserIdentifierType {
    /// The name of the identity provider, or `Cognito` for a local user of the user pool.
    #[len]
    #[pattern]
    pub provider_name: Option<String>,
    /// The name of the identity provider's attribute that identifies the user, or `Cognito_Subject` for the user's id
    /// at the provider.
    #[len]
    pub provider_attribute_name: Option<String>,
    /// The value of the attribute.
    #[len]
    pub provider_attribute_value: Option<String>,
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    AdminCreateUserResponse AdminGetUserResponse ListUsersResponse MessageActionType UserType UserStatusType
    ProviderUserIdentifierType
}

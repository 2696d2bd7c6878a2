//! Groups and their members.
// Written by `cargo x admin` from the service model; a test compares them.

use super::accounts::UserType;
use cognito_op::{cognito_op, cognito_shape};
use std::time::SystemTime;

/// Creates a group in a user pool.
///
/// ```
/// use cognito_userpools::admin::CreateGroup;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = CreateGroup::new("editors", "eu-west-1_Ab12Cd34")
///     .description("Editors of articles")
///     .role_arn("arn:aws:iam::123456789012:role/editors")
///     .send(client)
///     .await?;
/// println!("{:?}", response.group);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "CreateGroup", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateGroup {
    /// The name of the group, unique in the user pool.
    #[len]
    #[pattern]
    pub group_name: String,
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The description of the group.
    #[len]
    pub description: Option<String>,
    /// The ARN of the IAM role of the group, for the claims `cognito:roles` and `cognito:preferred_role`.
    #[len]
    #[pattern]
    pub role_arn: Option<String>,
    /// The rank of the group among the groups of a user, for the claim `cognito:preferred_role`. The lowest number
    /// wins; groups without one rank last.
    #[range]
    pub precedence: Option<i32>,
}

/// The response of [`CreateGroup`].
///
/// ```
/// use cognito_userpools::admin::{CreateGroupResponse, GroupType};
///
/// let response = CreateGroupResponse::new().group(GroupType::new());
/// assert!(response.group.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateGroupResponse {
    /// The group.
    pub group: Option<GroupType>,
}

/// Returns a group.
///
/// ```
/// use cognito_userpools::admin::GetGroup;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = GetGroup::new("editors", "eu-west-1_Ab12Cd34").send(client).await?;
/// println!("{:?}", response.group);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "GetGroup", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetGroup {
    /// The name of the group.
    #[len]
    #[pattern]
    pub group_name: String,
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
}

/// The response of [`GetGroup`].
///
/// ```
/// use cognito_userpools::admin::{GetGroupResponse, GroupType};
///
/// let response = GetGroupResponse::new().group(GroupType::new());
/// assert!(response.group.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetGroupResponse {
    /// The group.
    pub group: Option<GroupType>,
}

/// Lists the groups of a user pool.
///
/// [`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.
///
/// ```
/// use cognito_userpools::admin::ListGroups;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = ListGroups::new("eu-west-1_Ab12Cd34").limit(10).send(client).await?;
/// println!("{:?}", response.groups);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ListGroups", signed, paginated)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListGroups {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The maximum number of groups to return.
    #[range]
    pub limit: Option<i32>,
    /// The token from the previous response, to continue the list.
    #[len]
    #[pattern]
    pub next_token: Option<String>,
}

/// The response of [`ListGroups`].
///
/// ```
/// use cognito_userpools::admin::{GroupType, ListGroupsResponse};
///
/// let response = ListGroupsResponse::new().groups([GroupType::new()]).next_token("the-next-page");
/// assert_eq!(response.next_token.as_deref(), Some("the-next-page"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListGroupsResponse {
    /// The groups.
    pub groups: Option<Vec<GroupType>>,
    /// The token of the next page, if there is one.
    pub next_token: Option<String>,
}

/// Changes the description, the IAM role or the precedence of a group.
///
/// ```
/// use cognito_userpools::admin::UpdateGroup;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = UpdateGroup::new("editors", "eu-west-1_Ab12Cd34")
///     .description("Editors of articles")
///     .role_arn("arn:aws:iam::123456789012:role/editors")
///     .send(client)
///     .await?;
/// println!("{:?}", response.group);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "UpdateGroup", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateGroup {
    /// The name of the group.
    #[len]
    #[pattern]
    pub group_name: String,
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The new description of the group.
    #[len]
    pub description: Option<String>,
    /// The ARN of the IAM role of the group, for the claims `cognito:roles` and `cognito:preferred_role`.
    #[len]
    #[pattern]
    pub role_arn: Option<String>,
    /// The rank of the group among the groups of a user, for the claim `cognito:preferred_role`. The lowest number
    /// wins; groups without one rank last.
    #[range]
    pub precedence: Option<i32>,
}

/// The response of [`UpdateGroup`].
///
/// ```
/// use cognito_userpools::admin::{GroupType, UpdateGroupResponse};
///
/// let response = UpdateGroupResponse::new().group(GroupType::new());
/// assert!(response.group.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateGroupResponse {
    /// The group.
    pub group: Option<GroupType>,
}

/// Deletes a group. New tokens of its users no longer contain it.
///
/// ```
/// use cognito_userpools::admin::DeleteGroup;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// DeleteGroup::new("editors", "eu-west-1_Ab12Cd34").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DeleteGroup", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteGroup {
    /// The name of the group.
    #[len]
    #[pattern]
    pub group_name: String,
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
}

/// Adds a user to a group. New tokens of the user contain the group in the claim `cognito:groups`.
///
/// ```
/// use cognito_userpools::admin::AdminAddUserToGroup;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// AdminAddUserToGroup::new("eu-west-1_Ab12Cd34", "alice", "editors").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminAddUserToGroup", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminAddUserToGroup {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
    /// The name of the group.
    #[len]
    #[pattern]
    pub group_name: String,
}

/// Removes a user from a group.
///
/// ```
/// use cognito_userpools::admin::AdminRemoveUserFromGroup;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// AdminRemoveUserFromGroup::new("eu-west-1_Ab12Cd34", "alice", "editors").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminRemoveUserFromGroup", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminRemoveUserFromGroup {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
    /// The name of the group.
    #[len]
    #[pattern]
    pub group_name: String,
}

/// Lists the groups of a user.
///
/// [`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.
///
/// ```
/// use cognito_userpools::admin::AdminListGroupsForUser;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = AdminListGroupsForUser::new("alice", "eu-west-1_Ab12Cd34")
///     .limit(10)
///     .send(client)
///     .await?;
/// println!("{:?}", response.groups);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminListGroupsForUser", signed, paginated)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminListGroupsForUser {
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The maximum number of groups to return.
    #[range]
    pub limit: Option<i32>,
    /// The token from the previous response, to continue the list.
    #[len]
    #[pattern]
    pub next_token: Option<String>,
}

/// The response of [`AdminListGroupsForUser`].
///
/// ```
/// use cognito_userpools::admin::{AdminListGroupsForUserResponse, GroupType};
///
/// let response = AdminListGroupsForUserResponse::new()
///     .groups([GroupType::new()])
///     .next_token("the-next-page");
/// assert_eq!(response.next_token.as_deref(), Some("the-next-page"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminListGroupsForUserResponse {
    /// The groups.
    pub groups: Option<Vec<GroupType>>,
    /// The token of the next page, if there is one.
    pub next_token: Option<String>,
}

/// Lists the users of a group.
///
/// [`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.
///
/// ```
/// use cognito_userpools::admin::ListUsersInGroup;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = ListUsersInGroup::new("eu-west-1_Ab12Cd34", "editors")
///     .limit(10)
///     .send(client)
///     .await?;
/// for user in response.users.iter().flatten() {
///     // `Debug` redacts the values of a user.
///     println!("{:?}", user.username.as_deref());
/// }
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ListUsersInGroup", signed, paginated)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListUsersInGroup {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The name of the group.
    #[len]
    #[pattern]
    pub group_name: String,
    /// The maximum number of users to return. A page can contain fewer users although more pages follow.
    #[range]
    pub limit: Option<i32>,
    /// The token from the previous response, to continue the list.
    #[len]
    #[pattern]
    pub next_token: Option<String>,
}

/// The response of [`ListUsersInGroup`].
///
/// ```
/// use cognito_userpools::admin::{ListUsersInGroupResponse, UserType};
///
/// let response = ListUsersInGroupResponse::new()
///     .users([UserType::new()])
///     .next_token("the-next-page");
/// assert_eq!(response.next_token.as_deref(), Some("the-next-page"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListUsersInGroupResponse {
    /// The users.
    pub users: Option<Vec<UserType>>,
    /// The token of the next page, if there is one.
    pub next_token: Option<String>,
}

/// A group of users. The lowest `Precedence` of a user's groups selects the IAM role.
///
/// ```
/// use cognito_userpools::admin::GroupType;
///
/// let group = GroupType::new().group_name("editors").user_pool_id("eu-west-1_Ab12Cd34");
/// assert_eq!(group.user_pool_id.as_deref(), Some("eu-west-1_Ab12Cd34"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupType {
    /// The name of the group.
    pub group_name: Option<String>,
    /// The id of the user pool.
    pub user_pool_id: Option<String>,
    /// The description of the group.
    pub description: Option<String>,
    /// The ARN of the IAM role of the group, for the claims `cognito:roles` and `cognito:preferred_role`.
    pub role_arn: Option<String>,
    /// The rank of the group among the groups of a user, for the claim `cognito:preferred_role`. The lowest number
    /// wins; groups without one rank last.
    pub precedence: Option<i32>,
    /// The time of the last change.
    pub last_modified_date: Option<SystemTime>,
    /// The time of the creation.
    pub creation_date: Option<SystemTime>,
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    CreateGroupResponse GetGroupResponse ListGroupsResponse UpdateGroupResponse AdminListGroupsForUserResponse
    ListUsersInGroupResponse GroupType
}

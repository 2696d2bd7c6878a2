//! The replicas of a user pool in other regions.
// Written by `cargo x admin` from the service model; a test compares them.

use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// Creates a replica of a user pool in another Region. Creation is asynchronous, and the replica serves users only
/// after `UpdateUserPoolReplica` activates it.
///
/// ```
/// use cognito_userpools::admin::CreateUserPoolReplica;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = CreateUserPoolReplica::new("eu-west-1_Ab12Cd34", "eu-central-1")
///     .user_pool_tags([("stage", "production")])
///     .send(client)
///     .await?;
/// println!("{:?}", response.user_pool_replica);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "CreateUserPoolReplica", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateUserPoolReplica {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The region of the replica.
    #[len]
    pub region_name: String,
    /// The tags of the replica, which are independent of those of the user pool.
    #[keys(len)]
    #[values(len)]
    pub user_pool_tags: Option<BTreeMap<String, String>>,
}

/// The response of [`CreateUserPoolReplica`].
///
/// ```
/// use cognito_userpools::admin::{CreateUserPoolReplicaResponse, UserPoolReplicaType};
///
/// let response = CreateUserPoolReplicaResponse::new()
///     .user_pool_replica(UserPoolReplicaType::new());
/// assert!(response.user_pool_replica.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateUserPoolReplicaResponse {
    /// The replica.
    pub user_pool_replica: Option<UserPoolReplicaType>,
}

/// Lists the replicas of a user pool and the pool itself, as the primary one.
///
/// [`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.
///
/// ```
/// use cognito_userpools::admin::ListUserPoolReplicas;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = ListUserPoolReplicas::new("eu-west-1_Ab12Cd34").send(client).await?;
/// println!("{:?}", response.user_pool_replicas);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ListUserPoolReplicas", signed, paginated)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListUserPoolReplicas {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The token from the previous response, to continue the list.
    #[len]
    #[pattern]
    pub next_token: Option<String>,
}

/// The response of [`ListUserPoolReplicas`].
///
/// ```
/// use cognito_userpools::admin::{ListUserPoolReplicasResponse, UserPoolReplicaType};
///
/// let response = ListUserPoolReplicasResponse::new()
///     .user_pool_replicas([UserPoolReplicaType::new()])
///     .next_token("the-next-page");
/// assert_eq!(response.next_token.as_deref(), Some("the-next-page"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListUserPoolReplicasResponse {
    /// The replicas, including the primary one.
    pub user_pool_replicas: Option<Vec<UserPoolReplicaType>>,
    /// The token of the next page, if there is one.
    pub next_token: Option<String>,
}

/// Activates or deactivates a replica of a user pool. It can be called in the primary Region and in that of the
/// replica.
///
/// ```
/// use cognito_userpools::admin::{UpdateReplicaStatusType, UpdateUserPoolReplica};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = UpdateUserPoolReplica::new(
///     "eu-west-1_Ab12Cd34",
///     "eu-central-1",
///     UpdateReplicaStatusType::Active,
/// )
///     .send(client)
///     .await?;
/// println!("{:?}", response.user_pool_replica);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "UpdateUserPoolReplica", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateUserPoolReplica {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The region of the replica.
    #[len]
    pub region_name: String,
    /// The new status of the replica: `ACTIVE` or `INACTIVE`.
    pub status: UpdateReplicaStatusType,
}

/// The response of [`UpdateUserPoolReplica`].
///
/// ```
/// use cognito_userpools::admin::{UpdateUserPoolReplicaResponse, UserPoolReplicaType};
///
/// let response = UpdateUserPoolReplicaResponse::new()
///     .user_pool_replica(UserPoolReplicaType::new());
/// assert!(response.user_pool_replica.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateUserPoolReplicaResponse {
    /// The replica.
    pub user_pool_replica: Option<UserPoolReplicaType>,
}

/// Deletes a secondary replica of a user pool. Call it in the primary Region, after `UpdateUserPoolReplica` has made
/// the replica inactive; deletion is asynchronous.
///
/// ```
/// use cognito_userpools::admin::DeleteUserPoolReplica;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = DeleteUserPoolReplica::new("eu-west-1_Ab12Cd34", "eu-central-1")
///     .send(client)
///     .await?;
/// println!("{:?}", response.user_pool_replica);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DeleteUserPoolReplica", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteUserPoolReplica {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The region of the replica.
    #[len]
    pub region_name: String,
}

/// The response of [`DeleteUserPoolReplica`].
///
/// ```
/// use cognito_userpools::admin::{DeleteUserPoolReplicaResponse, UserPoolReplicaType};
///
/// let response = DeleteUserPoolReplicaResponse::new()
///     .user_pool_replica(UserPoolReplicaType::new());
/// assert!(response.user_pool_replica.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteUserPoolReplicaResponse {
    /// The replica.
    pub user_pool_replica: Option<UserPoolReplicaType>,
}

/// A replica of a user pool, with its Region, role and status.
///
/// ```
/// use cognito_userpools::admin::{ReplicaStatusType, UserPoolReplicaType};
///
/// let replica = UserPoolReplicaType::new()
///     .region_name("eu-central-1")
///     .status(ReplicaStatusType::Creating);
/// assert_eq!(replica.status, Some(ReplicaStatusType::Creating));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserPoolReplicaType {
    /// The region of the replica.
    pub region_name: Option<String>,
    /// The status of the replica. Only an `ACTIVE` replica accepts requests of users.
    pub status: Option<ReplicaStatusType>,
    /// The role of the replica. A `SECONDARY` replica supports only a part of the operations.
    pub role: Option<ReplicaRoleType>,
    /// The ARN of the replica.
    pub user_pool_arn: Option<String>,
}

/// The status to set for a replica.
///
/// ```
/// use cognito_userpools::admin::UpdateReplicaStatusType;
///
/// assert_eq!(UpdateReplicaStatusType::Active.as_str(), "ACTIVE");
/// assert_eq!(UpdateReplicaStatusType::from("ACTIVE"), UpdateReplicaStatusType::Active);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UpdateReplicaStatusType {
    /// `ACTIVE`.
    Active,
    /// `INACTIVE`.
    Inactive,
    /// A value that is not listed here.
    Other(String),
}

/// The status of a replica. Only an `ACTIVE` one serves users.
///
/// ```
/// use cognito_userpools::admin::ReplicaStatusType;
///
/// assert_eq!(ReplicaStatusType::Creating.as_str(), "CREATING");
/// assert_eq!(ReplicaStatusType::from("CREATING"), ReplicaStatusType::Creating);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReplicaStatusType {
    /// `CREATING`.
    Creating,
    /// `ACTIVE`.
    Active,
    /// `INACTIVE`.
    Inactive,
    /// `DELETING`.
    Deleting,
    /// A value that is not listed here.
    Other(String),
}

/// The role of a replica. A `SECONDARY` one supports only some operations, such as those that do not change attributes
/// of users.
///
/// ```
/// use cognito_userpools::admin::ReplicaRoleType;
///
/// assert_eq!(ReplicaRoleType::Primary.as_str(), "PRIMARY");
/// assert_eq!(ReplicaRoleType::from("PRIMARY"), ReplicaRoleType::Primary);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReplicaRoleType {
    /// `PRIMARY`.
    Primary,
    /// `SECONDARY`.
    Secondary,
    /// A value that is not listed here.
    Other(String),
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    CreateUserPoolReplicaResponse ListUserPoolReplicasResponse UpdateUserPoolReplicaResponse
    DeleteUserPoolReplicaResponse UserPoolReplicaType UpdateReplicaStatusType ReplicaStatusType ReplicaRoleType
}

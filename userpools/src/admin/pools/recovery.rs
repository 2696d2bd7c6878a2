//! Point-in-time recovery of a user pool.
// Written by `cargo x admin` from the service model; a test compares them.

use cognito_op::{cognito_op, cognito_shape};
use std::time::SystemTime;

/// Prepares a recovery of user data to a past time. Until the recovery ends, writes and some sign-ins fail; the pool
/// needs the feature plan `ESSENTIALS` or `PLUS`.
///
/// ```
/// use cognito_userpools::admin::InitiatePointInTimeRecovery;
/// use std::time::SystemTime;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = InitiatePointInTimeRecovery::new("eu-west-1_Ab12Cd34", SystemTime::now())
///     .send(client)
///     .await?;
/// println!("{:?}", response.restoration);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "InitiatePointInTimeRecovery", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct InitiatePointInTimeRecovery {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The time to which the user pool returns: at least 15 minutes ago, and at most 1 day with the feature plan
    /// `ESSENTIALS` or 14 days with `PLUS`.
    pub restore_timestamp: SystemTime,
}

/// The response of [`InitiatePointInTimeRecovery`].
///
/// ```
/// use cognito_userpools::admin::{InitiatePointInTimeRecoveryResponse, RestorationType};
///
/// let response = InitiatePointInTimeRecoveryResponse::new().restoration(RestorationType::new());
/// assert!(response.restoration.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct InitiatePointInTimeRecoveryResponse {
    /// The recovery.
    pub restoration: Option<RestorationType>,
}

/// Returns the status of a recovery to a past time and, when it is ready, the preview of the changes.
///
/// ```
/// use cognito_userpools::admin::DescribePointInTimeRecovery;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = DescribePointInTimeRecovery::new(
///     "eu-west-1_Ab12Cd34",
///     "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d",
/// )
///     .send(client)
///     .await?;
/// println!("{:?}", response.restoration);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DescribePointInTimeRecovery", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribePointInTimeRecovery {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the recovery.
    #[len]
    #[pattern]
    pub restore_id: String,
}

/// The response of [`DescribePointInTimeRecovery`].
///
/// ```
/// use cognito_userpools::admin::{DescribePointInTimeRecoveryResponse, RestorationType};
///
/// let response = DescribePointInTimeRecoveryResponse::new().restoration(RestorationType::new());
/// assert!(response.restoration.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribePointInTimeRecoveryResponse {
    /// The recovery.
    pub restoration: Option<RestorationType>,
}

/// Lists the recoveries of user data to a past time, the newest first. `DescribePointInTimeRecovery` returns the
/// preview of one.
///
/// [`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.
///
/// ```
/// use cognito_userpools::admin::ListPointInTimeRecoveries;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = ListPointInTimeRecoveries::new("eu-west-1_Ab12Cd34")
///     .max_results(10)
///     .send(client)
///     .await?;
/// println!("{:?}", response.restorations);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ListPointInTimeRecoveries", signed, paginated)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListPointInTimeRecoveries {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The token from the previous response, to continue the list.
    #[len]
    #[pattern]
    pub next_token: Option<String>,
    /// The maximum number of recoveries to return. The default is 60.
    #[range]
    pub max_results: Option<i32>,
}

/// The response of [`ListPointInTimeRecoveries`].
///
/// ```
/// use cognito_userpools::admin::{ListPointInTimeRecoveriesResponse, RestorationDescriptionType};
///
/// let response = ListPointInTimeRecoveriesResponse::new()
///     .restorations([RestorationDescriptionType::new()])
///     .next_token("the-next-page");
/// assert_eq!(response.next_token.as_deref(), Some("the-next-page"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListPointInTimeRecoveriesResponse {
    /// The recoveries, the latest first.
    pub restorations: Option<Vec<RestorationDescriptionType>>,
    /// The token of the next page, if there is one.
    pub next_token: Option<String>,
}

/// Applies a recovery whose preview is ready. It runs asynchronously and cannot be canceled; writes to the user pool
/// stay paused until it ends.
///
/// ```
/// use cognito_userpools::admin::StartPointInTimeRecovery;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = StartPointInTimeRecovery::new(
///     "eu-west-1_Ab12Cd34",
///     "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d",
/// )
///     .send(client)
///     .await?;
/// println!("{:?}", response.restoration);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "StartPointInTimeRecovery", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StartPointInTimeRecovery {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the recovery.
    #[len]
    #[pattern]
    pub restore_id: String,
}

/// The response of [`StartPointInTimeRecovery`].
///
/// ```
/// use cognito_userpools::admin::{RestorationType, StartPointInTimeRecoveryResponse};
///
/// let response = StartPointInTimeRecoveryResponse::new().restoration(RestorationType::new());
/// assert!(response.restoration.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StartPointInTimeRecoveryResponse {
    /// The recovery.
    pub restoration: Option<RestorationType>,
}

/// Cancels a recovery that was not yet started, and allows writes to the user pool again. The data stay unchanged.
///
/// ```
/// use cognito_userpools::admin::CancelPointInTimeRecovery;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = CancelPointInTimeRecovery::new(
///     "eu-west-1_Ab12Cd34",
///     "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d",
/// )
///     .send(client)
///     .await?;
/// println!("{:?}", response.restoration);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "CancelPointInTimeRecovery", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CancelPointInTimeRecovery {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the recovery.
    #[len]
    #[pattern]
    pub restore_id: String,
}

/// The response of [`CancelPointInTimeRecovery`].
///
/// ```
/// use cognito_userpools::admin::{CancelPointInTimeRecoveryResponse, RestorationType};
///
/// let response = CancelPointInTimeRecoveryResponse::new().restoration(RestorationType::new());
/// assert!(response.restoration.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CancelPointInTimeRecoveryResponse {
    /// The recovery.
    pub restoration: Option<RestorationType>,
}

/// A recovery of user data to a past time.
///
/// ```
/// use cognito_userpools::admin::{RestorationType, RestoreStatusType};
///
/// let restoration = RestorationType::new()
///     .restore_id("1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d")
///     .restore_status(RestoreStatusType::PreviewGenerating);
/// assert_eq!(restoration.restore_status, Some(RestoreStatusType::PreviewGenerating));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RestorationType {
    /// The id of the recovery.
    pub restore_id: Option<String>,
    /// The status of the recovery. A recovery that is not started or canceled within 24 hours of its initiation
    /// expires.
    pub restore_status: Option<RestoreStatusType>,
    /// The time to which the recovery returns the user pool.
    pub restore_timestamp: Option<SystemTime>,
    /// The end of the period whose changes are reverted. It starts at `RestoreTimestamp`.
    pub trigger_timestamp: Option<SystemTime>,
    /// The numbers of entities that the recovery changes, as soon as they are known.
    pub restore_preview: Option<Vec<RestorePreviewType>>,
}

/// A recovery to a past time in a list, without its preview.
///
/// ```
/// use cognito_userpools::admin::{RestorationDescriptionType, RestoreStatusType};
///
/// let description = RestorationDescriptionType::new()
///     .restore_id("1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d")
///     .restore_status(RestoreStatusType::PreviewGenerating);
/// assert_eq!(description.restore_status, Some(RestoreStatusType::PreviewGenerating));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RestorationDescriptionType {
    /// The id of the recovery.
    pub restore_id: Option<String>,
    /// The status of the recovery. A recovery that is not started or canceled within 24 hours of its initiation
    /// expires.
    pub restore_status: Option<RestoreStatusType>,
    /// The time to which the recovery returns the user pool.
    pub restore_timestamp: Option<SystemTime>,
}

/// The status of a recovery to a past time. A preview expires 24 hours after the recovery was initiated.
///
/// ```
/// use cognito_userpools::admin::RestoreStatusType;
///
/// assert_eq!(RestoreStatusType::PreviewGenerating.as_str(), "PREVIEW_GENERATING");
/// assert_eq!(RestoreStatusType::from("PREVIEW_GENERATING"), RestoreStatusType::PreviewGenerating);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RestoreStatusType {
    /// `PREVIEW_GENERATING`.
    PreviewGenerating,
    /// `PREVIEW_GENERATED`.
    PreviewGenerated,
    /// `PREVIEW_CANCELLED`.
    PreviewCancelled,
    /// `PREVIEW_GENERATION_FAILED`.
    PreviewGenerationFailed,
    /// `PREVIEW_EXPIRED`.
    PreviewExpired,
    /// `RESTORING`.
    Restoring,
    /// `RESTORE_COMPLETED`.
    RestoreCompleted,
    /// `TEMPORARY_INTERNAL_ERROR_SEE_SUPPORT_CASE`.
    TemporaryInternalErrorSeeSupportCase,
    /// `AWS_ABORTED`.
    AwsAborted,
    /// A value that is not listed here.
    Other(String),
}

/// The numbers of creations, changes and deletions that a recovery makes for one kind of entity.
///
/// ```
/// use cognito_userpools::admin::RestorePreviewType;
///
/// let preview = RestorePreviewType::new().entity("example").create_count(10);
/// assert_eq!(preview.create_count, Some(10));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RestorePreviewType {
    /// The kind of the entities, such as `Users` or `Groups`.
    pub entity: Option<String>,
    /// The number of entities to create again, which were deleted after the recovery point.
    pub create_count: Option<i64>,
    /// The number of entities to return to their earlier state, which were modified after the recovery point.
    pub update_count: Option<i64>,
    /// The number of entities to delete, which were created after the recovery point.
    pub delete_count: Option<i64>,
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    InitiatePointInTimeRecoveryResponse DescribePointInTimeRecoveryResponse ListPointInTimeRecoveriesResponse
    StartPointInTimeRecoveryResponse CancelPointInTimeRecoveryResponse RestorationType RestorationDescriptionType
    RestoreStatusType RestorePreviewType
}

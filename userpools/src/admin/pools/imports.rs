//! Imports of users from files.
// Written by `cargo x admin` from the service model; a test compares them.

use cognito_op::{cognito_op, cognito_shape};
use std::time::SystemTime;

/// Returns the header line of the CSV file for a user import job.
///
/// ```
/// use cognito_userpools::admin::GetCSVHeader;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = GetCSVHeader::new("eu-west-1_Ab12Cd34").send(client).await?;
/// println!("{:?}", response.csv_header);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "GetCSVHeader", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetCSVHeader {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
}

/// The response of [`GetCSVHeader`].
///
/// ```
/// use cognito_userpools::admin::GetCSVHeaderResponse;
///
/// let response = GetCSVHeaderResponse::new()
///     .user_pool_id("eu-west-1_Ab12Cd34")
///     .csv_header(["example"]);
/// assert!(response.csv_header.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetCSVHeaderResponse {
    /// The id of the user pool.
    pub user_pool_id: Option<String>,
    /// The names of the columns, for the first line of the CSV file.
    pub csv_header: Option<Vec<String>>,
}

/// Creates a job that imports users from a CSV file. Upload the file to the URL in the response, then call
/// `StartUserImportJob` within 24 hours, or the job expires.
///
/// ```
/// use cognito_userpools::admin::{CreateUserImportJob, PasswordHashingAlgorithmType};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = CreateUserImportJob::new(
///     "from the old database",
///     "eu-west-1_Ab12Cd34",
///     "arn:aws:iam::123456789012:role/cognito-imports",
/// )
///     .password_hashing_algorithm(PasswordHashingAlgorithmType::Bcrypt)
///     .send(client)
///     .await?;
/// println!("{:?}", response.user_import_job);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "CreateUserImportJob", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateUserImportJob {
    /// The name of the import job.
    #[len]
    #[pattern]
    pub job_name: String,
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The ARN of the IAM role with which the import job logs its results to Amazon `CloudWatch` Logs.
    #[len]
    #[pattern]
    pub cloud_watch_logs_role_arn: String,
    /// The algorithm of the password hashes in the CSV file.
    pub password_hashing_algorithm: Option<PasswordHashingAlgorithmType>,
}

/// The response of [`CreateUserImportJob`].
///
/// ```
/// use cognito_userpools::admin::{CreateUserImportJobResponse, UserImportJobType};
///
/// let response = CreateUserImportJobResponse::new().user_import_job(UserImportJobType::new());
/// assert!(response.user_import_job.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateUserImportJobResponse {
    /// The import job.
    pub user_import_job: Option<UserImportJobType>,
}

/// Returns the status of a user import job and the number of imported, skipped and failed users.
///
/// ```
/// use cognito_userpools::admin::DescribeUserImportJob;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = DescribeUserImportJob::new("eu-west-1_Ab12Cd34", "import-1a2b3c4d")
///     .send(client)
///     .await?;
/// println!("{:?}", response.user_import_job);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DescribeUserImportJob", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeUserImportJob {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the import job.
    #[len]
    #[pattern]
    pub job_id: String,
}

/// The response of [`DescribeUserImportJob`].
///
/// ```
/// use cognito_userpools::admin::{DescribeUserImportJobResponse, UserImportJobType};
///
/// let response = DescribeUserImportJobResponse::new().user_import_job(UserImportJobType::new());
/// assert!(response.user_import_job.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeUserImportJobResponse {
    /// The import job.
    pub user_import_job: Option<UserImportJobType>,
}

/// Lists the user import jobs of a user pool.
///
/// [`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.
///
/// ```
/// use cognito_userpools::admin::ListUserImportJobs;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = ListUserImportJobs::new("eu-west-1_Ab12Cd34", 10).send(client).await?;
/// println!("{:?}", response.user_import_jobs);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ListUserImportJobs", signed, paginated)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListUserImportJobs {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The maximum number of import jobs to return.
    #[range]
    pub max_results: i32,
    /// The token from the previous response, to continue the list.
    #[len]
    #[pattern]
    pub pagination_token: Option<String>,
}

/// The response of [`ListUserImportJobs`].
///
/// ```
/// use cognito_userpools::admin::{ListUserImportJobsResponse, UserImportJobType};
///
/// let response = ListUserImportJobsResponse::new()
///     .user_import_jobs([UserImportJobType::new()])
///     .pagination_token("the-next-page");
/// assert_eq!(response.pagination_token.as_deref(), Some("the-next-page"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListUserImportJobsResponse {
    /// The import jobs.
    pub user_import_jobs: Option<Vec<UserImportJobType>>,
    /// The token of the next page, if there is one.
    pub pagination_token: Option<String>,
}

/// Starts a user import job, after its CSV file was uploaded. The job runs asynchronously.
///
/// ```
/// use cognito_userpools::admin::StartUserImportJob;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = StartUserImportJob::new("eu-west-1_Ab12Cd34", "import-1a2b3c4d")
///     .send(client)
///     .await?;
/// println!("{:?}", response.user_import_job);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "StartUserImportJob", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StartUserImportJob {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the import job.
    #[len]
    #[pattern]
    pub job_id: String,
}

/// The response of [`StartUserImportJob`].
///
/// ```
/// use cognito_userpools::admin::{StartUserImportJobResponse, UserImportJobType};
///
/// let response = StartUserImportJobResponse::new().user_import_job(UserImportJobType::new());
/// assert!(response.user_import_job.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StartUserImportJobResponse {
    /// The import job.
    pub user_import_job: Option<UserImportJobType>,
}

/// Stops a running user import job. The job stops asynchronously.
///
/// ```
/// use cognito_userpools::admin::StopUserImportJob;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = StopUserImportJob::new("eu-west-1_Ab12Cd34", "import-1a2b3c4d")
///     .send(client)
///     .await?;
/// println!("{:?}", response.user_import_job);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "StopUserImportJob", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StopUserImportJob {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the import job.
    #[len]
    #[pattern]
    pub job_id: String,
}

/// The response of [`StopUserImportJob`].
///
/// ```
/// use cognito_userpools::admin::{StopUserImportJobResponse, UserImportJobType};
///
/// let response = StopUserImportJobResponse::new().user_import_job(UserImportJobType::new());
/// assert!(response.user_import_job.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StopUserImportJobResponse {
    /// The import job.
    pub user_import_job: Option<UserImportJobType>,
}

/// The algorithm of the password hashes in a CSV file for user import.
///
/// ```
/// use cognito_userpools::admin::PasswordHashingAlgorithmType;
///
/// assert_eq!(PasswordHashingAlgorithmType::Bcrypt.as_str(), "BCRYPT");
/// assert_eq!(PasswordHashingAlgorithmType::from("BCRYPT"), PasswordHashingAlgorithmType::Bcrypt);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PasswordHashingAlgorithmType {
    /// `BCRYPT`.
    Bcrypt,
    /// `SCRYPT`.
    Scrypt,
    /// `ARGON2ID`.
    Argon2id,
    /// `PBKDF2_SHA256`.
    Pbkdf2Sha256,
    /// A value that is not listed here.
    Other(String),
}

/// A user import job, with the URL for uploading the CSV file.
///
/// ```
/// use cognito_userpools::admin::UserImportJobType;
///
/// let job = UserImportJobType::new().job_name("from the old database").job_id("import-1a2b3c4d");
/// assert_eq!(job.job_id.as_deref(), Some("import-1a2b3c4d"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserImportJobType {
    /// The name of the import job.
    pub job_name: Option<String>,
    /// The id of the import job.
    pub job_id: Option<String>,
    /// The id of the user pool.
    pub user_pool_id: Option<String>,
    /// The URL for the upload of the CSV file.
    pub pre_signed_url: Option<String>,
    /// The time of the creation.
    pub creation_date: Option<SystemTime>,
    /// The time at which the import job started.
    pub start_date: Option<SystemTime>,
    /// The time at which the import job ended.
    pub completion_date: Option<SystemTime>,
    /// The status of the import job. A job that is not started expires after 24 to 48 hours.
    pub status: Option<UserImportJobStatusType>,
    /// The ARN of the IAM role with which the import job logs its results to Amazon `CloudWatch` Logs.
    pub cloud_watch_logs_role_arn: Option<String>,
    /// The number of imported users.
    pub imported_users: Option<i64>,
    /// The number of skipped users.
    pub skipped_users: Option<i64>,
    /// The number of users whose import failed.
    pub failed_users: Option<i64>,
    /// The message about the end of the import job.
    pub completion_message: Option<String>,
    /// The algorithm of the password hashes in the CSV file.
    pub password_hashing_algorithm: Option<PasswordHashingAlgorithmType>,
}

/// The status of a user import job. A job that is not started within 24 to 48 hours becomes `Expired`.
///
/// ```
/// use cognito_userpools::admin::UserImportJobStatusType;
///
/// assert_eq!(UserImportJobStatusType::Created.as_str(), "Created");
/// assert_eq!(UserImportJobStatusType::from("Created"), UserImportJobStatusType::Created);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UserImportJobStatusType {
    /// `Created`.
    Created,
    /// `Pending`.
    Pending,
    /// `InProgress`.
    InProgress,
    /// `Stopping`.
    Stopping,
    /// `Expired`.
    Expired,
    /// `Stopped`.
    Stopped,
    /// `Failed`.
    Failed,
    /// `Succeeded`.
    Succeeded,
    /// A value that is not listed here.
    Other(String),
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    GetCSVHeaderResponse CreateUserImportJobResponse DescribeUserImportJobResponse ListUserImportJobsResponse
    StartUserImportJobResponse StopUserImportJobResponse PasswordHashingAlgorithmType UserImportJobType
    UserImportJobStatusType
}

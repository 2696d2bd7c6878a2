//! The delivery of logs.
// Written by `cargo x admin` from the service model; a test compares them.

use cognito_op::{cognito_op, cognito_shape};

/// Returns the log settings of a user pool.
///
/// ```
/// use cognito_userpools::admin::GetLogDeliveryConfiguration;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = GetLogDeliveryConfiguration::new("eu-west-1_Ab12Cd34").send(client).await?;
/// println!("{:?}", response.log_delivery_configuration);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "GetLogDeliveryConfiguration", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetLogDeliveryConfiguration {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
}

/// The response of [`GetLogDeliveryConfiguration`].
///
/// ```
/// use cognito_userpools::admin::{
///     EventSourceName, GetLogDeliveryConfigurationResponse, LogConfigurationType,
///     LogDeliveryConfigurationType, LogLevel,
/// };
///
/// let response = GetLogDeliveryConfigurationResponse::new()
///     .log_delivery_configuration(
///         LogDeliveryConfigurationType::new("eu-west-1_Ab12Cd34", [LogConfigurationType::new(LogLevel::Error, EventSourceName::UserNotification)]),
///     );
/// assert!(response.log_delivery_configuration.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetLogDeliveryConfigurationResponse {
    /// The configuration of the logs.
    pub log_delivery_configuration: Option<LogDeliveryConfigurationType>,
}

/// Sets which logs a user pool exports and where. Logs of user activity need the feature plan `PLUS`.
///
/// ```
/// use cognito_userpools::admin::{
///     EventSourceName, LogConfigurationType, LogLevel, SetLogDeliveryConfiguration,
/// };
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = SetLogDeliveryConfiguration::new(
///     "eu-west-1_Ab12Cd34",
///     [LogConfigurationType::new(LogLevel::Error, EventSourceName::UserNotification)],
/// )
///     .send(client)
///     .await?;
/// println!("{:?}", response.log_delivery_configuration);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "SetLogDeliveryConfiguration", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetLogDeliveryConfiguration {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The logs and their destinations.
    #[len]
    pub log_configurations: Vec<LogConfigurationType>,
}

/// The response of [`SetLogDeliveryConfiguration`].
///
/// ```
/// use cognito_userpools::admin::{
///     EventSourceName, LogConfigurationType, LogDeliveryConfigurationType, LogLevel,
///     SetLogDeliveryConfigurationResponse,
/// };
///
/// let response = SetLogDeliveryConfigurationResponse::new()
///     .log_delivery_configuration(
///         LogDeliveryConfigurationType::new("eu-west-1_Ab12Cd34", [LogConfigurationType::new(LogLevel::Error, EventSourceName::UserNotification)]),
///     );
/// assert!(response.log_delivery_configuration.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetLogDeliveryConfigurationResponse {
    /// The configuration of the logs.
    pub log_delivery_configuration: Option<LogDeliveryConfigurationType>,
}

/// The log settings of a user pool.
///
/// ```
/// use cognito_userpools::admin::{
///     EventSourceName, LogConfigurationType, LogDeliveryConfigurationType, LogLevel,
/// };
///
/// let configuration = LogDeliveryConfigurationType::new(
///     "eu-west-1_Ab12Cd34",
///     [LogConfigurationType::new(LogLevel::Error, EventSourceName::UserNotification)],
/// );
/// assert_eq!(configuration.user_pool_id, "eu-west-1_Ab12Cd34");
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct LogDeliveryConfigurationType {
    /// The id of the user pool.
    pub user_pool_id: String,
    /// The logs and their destinations.
    pub log_configurations: Vec<LogConfigurationType>,
}

/// The level and the destination of the logs from one source.
///
/// ```
/// use cognito_userpools::admin::{
///     CloudWatchLogsConfigurationType, EventSourceName, LogConfigurationType, LogLevel,
///     S3ConfigurationType,
/// };
///
/// let configuration = LogConfigurationType::new(
///     LogLevel::Error,
///     EventSourceName::UserNotification,
/// )
///     .cloud_watch_logs_configuration(CloudWatchLogsConfigurationType::new())
///     .s3_configuration(S3ConfigurationType::new());
/// assert!(configuration.s3_configuration.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct LogConfigurationType {
    /// The level of the logs: `ERROR` for `userNotification`, `INFO` for `userAuthEvents`.
    pub log_level: LogLevel,
    /// The events to log: `userNotification` for the delivery of messages, or `userAuthEvents` for the sign-in activity
    /// that threat protection observes.
    pub event_source: EventSourceName,
    /// The Amazon `CloudWatch` Logs log group that receives the logs.
    pub cloud_watch_logs_configuration: Option<CloudWatchLogsConfigurationType>,
    /// The Amazon S3 bucket that receives the logs. It is possible only for `userAuthEvents`.
    pub s3_configuration: Option<S3ConfigurationType>,
    /// The Amazon Data Firehose stream that receives the logs. It is possible only for `userAuthEvents`.
    pub firehose_configuration: Option<FirehoseConfigurationType>,
}

/// The level of logs: `ERROR` for failed messages, `INFO` for the activity of users.
///
/// ```
/// use cognito_userpools::admin::LogLevel;
///
/// assert_eq!(LogLevel::Error.as_str(), "ERROR");
/// assert_eq!(LogLevel::from("ERROR"), LogLevel::Error);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LogLevel {
    /// `ERROR`.
    Error,
    /// `INFO`.
    Info,
    /// A value that is not listed here.
    Other(String),
}

/// The source of logs: `userNotification` for failed messages, `userAuthEvents` for the activity of users.
///
/// ```
/// use cognito_userpools::admin::EventSourceName;
///
/// assert_eq!(EventSourceName::UserNotification.as_str(), "userNotification");
/// assert_eq!(EventSourceName::from("userNotification"), EventSourceName::UserNotification);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventSourceName {
    /// `userNotification`.
    UserNotification,
    /// `userAuthEvents`.
    UserAuthEvents,
    /// A value that is not listed here.
    Other(String),
}

/// The `CloudWatch` Logs group to which a user pool sends logs. It must be in the same account and must not be
/// encrypted with KMS.
///
/// ```
/// use cognito_userpools::admin::CloudWatchLogsConfigurationType;
///
/// let configuration = CloudWatchLogsConfigurationType::new()
///     .log_group_arn("arn:aws:logs:eu-west-1:123456789012:log-group:sign-ins");
/// assert_eq!(configuration.log_group_arn.as_deref(), Some("arn:aws:logs:eu-west-1:123456789012:log-group:sign-ins"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CloudWatchLogsConfigurationType {
    /// The ARN of the Amazon `CloudWatch` Logs log group. It must be in the account of the user pool and not encrypted
    /// with AWS KMS.
    #[len]
    #[pattern]
    pub log_group_arn: Option<String>,
}

/// The S3 bucket to which a user pool sends logs.
///
/// ```
/// use cognito_userpools::admin::S3ConfigurationType;
///
/// let configuration = S3ConfigurationType::new().bucket_arn("arn:aws:s3:::example-sign-ins");
/// assert_eq!(configuration.bucket_arn.as_deref(), Some("arn:aws:s3:::example-sign-ins"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct S3ConfigurationType {
    /// The ARN of the Amazon S3 bucket that receives the logs.
    #[len]
    #[pattern]
    pub bucket_arn: Option<String>,
}

/// The Amazon Data Firehose stream to which a user pool sends logs.
///
/// ```
/// use cognito_userpools::admin::FirehoseConfigurationType;
///
/// let configuration = FirehoseConfigurationType::new()
///     .stream_arn("arn:aws:firehose:eu-west-1:123456789012:deliverystream/sign-ins");
/// assert_eq!(configuration.stream_arn.as_deref(), Some("arn:aws:firehose:eu-west-1:123456789012:deliverystream/sign-ins"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct FirehoseConfigurationType {
    /// The ARN of the Amazon Data Firehose stream that receives the logs.
    #[len]
    #[pattern]
    pub stream_arn: Option<String>,
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    GetLogDeliveryConfigurationResponse SetLogDeliveryConfigurationResponse LogDeliveryConfigurationType
    LogConfigurationType LogLevel EventSourceName CloudWatchLogsConfigurationType S3ConfigurationType
    FirehoseConfigurationType
}

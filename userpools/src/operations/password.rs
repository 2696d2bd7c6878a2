//! Passwords.

use super::shapes::{AnalyticsMetadataType, CodeDeliveryDetailsType, UserContextDataType};
use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// Changes the password of a signed-in user.
///
/// ```
/// use cognito_userpools::operations::ChangePassword;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = ChangePassword::new("the access token", "the new password")
///     .previous_password("the old one");
/// operation.send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ChangePassword", response = ())]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChangePassword {
    /// The user's access token.
    #[pattern]
    pub access_token: String,
    /// The current password. `None` for a user without a password.
    // The published pattern rejects white space, but the service accepts it within a password.
    #[len]
    pub previous_password: Option<String>,
    /// The new password.
    // The published pattern rejects white space, but the service accepts it within a password.
    #[len]
    pub proposed_password: String,
}

/// Sends a code for setting a new password.
///
/// ```
/// use cognito_userpools::operations::ForgotPassword;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let sent = ForgotPassword::new("alice").send(client).await?;
/// if let Some(details) = sent.code_delivery_details {
///     println!("the code was sent to {:?}", details.destination);
/// }
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ForgotPassword")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ForgotPassword {
    /// The Amazon Pinpoint endpoint of the user's device.
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    /// The id of the app client. A client fills it in.
    #[len]
    #[pattern]
    #[client_id]
    pub client_id: Option<String>,
    /// Key-value pairs for the Lambda triggers of the pool.
    pub client_metadata: Option<BTreeMap<String, String>>,
    /// The secret hash. A client with the app client's secret fills it in.
    #[len]
    #[pattern]
    #[secret_hash]
    pub secret_hash: Option<String>,
    /// Data about the user's device for threat protection.
    pub user_context_data: Option<UserContextDataType>,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
}

/// The response of [`ForgotPassword`].
///
/// ```
/// use cognito_userpools::operations::{
///     CodeDeliveryDetailsType, DeliveryMediumType, ForgotPasswordResponse,
/// };
///
/// let details = CodeDeliveryDetailsType::new()
///     .destination("a***@e***")
///     .delivery_medium(DeliveryMediumType::Email);
/// let response = ForgotPasswordResponse::new().code_delivery_details(details);
/// assert!(response.code_delivery_details.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ForgotPasswordResponse {
    /// The destination of the code.
    pub code_delivery_details: Option<CodeDeliveryDetailsType>,
}

/// Sets a new password with the code from [`ForgotPassword`].
///
/// ```
/// use cognito_userpools::operations::ConfirmForgotPassword;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation =
///     ConfirmForgotPassword::new("alice", "123456", "the new password");
/// match operation.send(client).await {
///     Err(error) if error.kind() == cognito_userpools::ErrorKind::InvalidPassword => {
///         println!("please choose another password")
///     }
///     outcome => outcome?,
/// }
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ConfirmForgotPassword", response = ())]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ConfirmForgotPassword {
    /// The id of the app client. A client fills it in.
    #[len]
    #[pattern]
    #[client_id]
    pub client_id: Option<String>,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
    /// The code.
    #[len]
    #[pattern]
    pub confirmation_code: String,
    /// The new password.
    // The published pattern rejects white space, but the service accepts it within a password.
    #[len]
    pub password: String,
    /// The Amazon Pinpoint endpoint of the user's device.
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    /// Key-value pairs for the Lambda triggers of the pool.
    pub client_metadata: Option<BTreeMap<String, String>>,
    /// The secret hash. A client with the app client's secret fills it in.
    #[len]
    #[pattern]
    #[secret_hash]
    pub secret_hash: Option<String>,
    /// Data about the user's device for threat protection.
    pub user_context_data: Option<UserContextDataType>,
}

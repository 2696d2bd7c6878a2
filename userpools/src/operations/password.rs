//! Passwords.

use super::shapes::{AnalyticsMetadataType, CodeDeliveryDetailsType, UserContextDataType};
use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// Changes the password of a user who is signed in.
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
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
    /// The password so far. A user without one leaves it out.
    // Without the published pattern, which refuses white space: the service takes it within a password.
    #[len]
    pub previous_password: Option<String>,
    /// The new password.
    // Without the published pattern, which refuses white space: the service takes it within a password.
    #[len]
    pub proposed_password: String,
}

/// Sends a code with which a new password can be set.
///
/// ```
/// use cognito_userpools::operations::ForgotPassword;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let sent = ForgotPassword::new("1example23456789", "alice").send(client).await?;
/// if let Some(details) = sent.code_delivery_details {
///     println!("a code is on its way to {:?}", details.destination);
/// }
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ForgotPassword")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ForgotPassword {
    /// What Amazon Pinpoint knows the device as.
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    /// The app client.
    #[len]
    #[pattern]
    pub client_id: String,
    /// What the Lambda triggers of the pool are handed.
    pub client_metadata: Option<BTreeMap<String, String>>,
    /// The hash that proves that the app client has its secret; a client with the secret fills it in.
    #[len]
    #[pattern]
    #[secret_hash]
    pub secret_hash: Option<String>,
    /// What the threat protection is to know of the device.
    pub user_context_data: Option<UserContextDataType>,
    /// The user name, or an alias of it.
    #[len]
    #[pattern]
    pub username: String,
}

/// The answer to [`ForgotPassword`].
///
/// ```
/// use cognito_userpools::operations::{
///     CodeDeliveryDetailsType, DeliveryMediumType, ForgotPasswordResponse,
/// };
///
/// let details = CodeDeliveryDetailsType::new()
///     .destination("a***@e***")
///     .delivery_medium(DeliveryMediumType::Email);
/// let answer = ForgotPasswordResponse::new().code_delivery_details(details);
/// assert!(answer.code_delivery_details.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ForgotPasswordResponse {
    /// Where the code was sent.
    pub code_delivery_details: Option<CodeDeliveryDetailsType>,
}

/// Sets a new password, with the code that was sent.
///
/// ```
/// use cognito_userpools::operations::ConfirmForgotPassword;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation =
///     ConfirmForgotPassword::new("1example23456789", "alice", "123456", "the new password");
/// match operation.send(client).await {
///     Err(error) if error.kind() == cognito_userpools::ErrorKind::InvalidPassword => {
///         println!("please choose another")
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
    /// The app client.
    #[len]
    #[pattern]
    pub client_id: String,
    /// The user name, or an alias of it.
    #[len]
    #[pattern]
    pub username: String,
    /// The code.
    #[len]
    #[pattern]
    pub confirmation_code: String,
    /// The new password.
    // Without the published pattern, which refuses white space: the service takes it within a password.
    #[len]
    pub password: String,
    /// What Amazon Pinpoint knows the device as.
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    /// What the Lambda triggers of the pool are handed.
    pub client_metadata: Option<BTreeMap<String, String>>,
    /// The hash that proves that the app client has its secret; a client with the secret fills it in.
    #[len]
    #[pattern]
    #[secret_hash]
    pub secret_hash: Option<String>,
    /// What the threat protection is to know of the device.
    pub user_context_data: Option<UserContextDataType>,
}

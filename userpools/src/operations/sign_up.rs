//! Sign-up.

use super::shapes::{AnalyticsMetadataType, AttributeType, CodeDeliveryDetailsType, UserContextDataType};
use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// Signs a user up. If the pool verifies addresses, a code is sent.
///
/// ```
/// use cognito_userpools::operations::{AnalyticsMetadataType, SignUp, UserContextDataType};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = SignUp::new("alice")
///     .password("correct horse")
///     .user_attributes([("email", "alice@example.com")])
///     .validation_data([("invitation", "4711")])
///     .analytics_metadata(AnalyticsMetadataType::new().analytics_endpoint_id("the endpoint"))
///     .user_context_data(UserContextDataType::new().ip_address("203.0.113.7"))
///     .client_metadata([("language", "de")]);
/// let user = operation.send(client).await?;
/// println!("{:?} is confirmed: {:?}", user.user_sub, user.user_confirmed);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "SignUp")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SignUp {
    /// The Amazon Pinpoint endpoint of the user's device.
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    /// The id of the app client. A client fills it in.
    #[len]
    #[pattern]
    #[client_id]
    pub client_id: Option<String>,
    /// Key-value pairs for the Lambda triggers of the pool.
    pub client_metadata: Option<BTreeMap<String, String>>,
    /// The password.
    // The published pattern rejects white space, but the service accepts it within a password.
    #[len]
    pub password: Option<String>,
    /// The secret hash. A client with the app client's secret fills it in.
    #[len]
    #[pattern]
    #[secret_hash]
    pub secret_hash: Option<String>,
    /// The attributes.
    pub user_attributes: Option<Vec<AttributeType>>,
    /// Data about the user's device for threat protection.
    pub user_context_data: Option<UserContextDataType>,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
    /// Data for the pre-sign-up Lambda trigger.
    pub validation_data: Option<Vec<AttributeType>>,
}

/// The response of [`SignUp`].
///
/// ```
/// use cognito_userpools::operations::{CodeDeliveryDetailsType, SignUpResponse};
///
/// let response = SignUpResponse::new(false, "a1b2c3d4")
///     .code_delivery_details(CodeDeliveryDetailsType::new().destination("a***@e***"))
///     .session("the session");
/// assert!(!response.user_confirmed);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SignUpResponse {
    /// The destination of the code.
    pub code_delivery_details: Option<CodeDeliveryDetailsType>,
    /// The session for `ConfirmSignUp`.
    pub session: Option<String>,
    /// Whether the user is already confirmed.
    pub user_confirmed: bool,
    /// The user's id, which never changes.
    pub user_sub: String,
}

/// Confirms a sign-up with the code that was sent.
///
/// ```
/// use cognito_userpools::operations::ConfirmSignUp;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = ConfirmSignUp::new("alice", "123456")
///     .force_alias_creation(false)
///     .session("the session of `SignUp`");
/// match operation.send(client).await {
///     Ok(_) => println!("welcome"),
///     Err(error) if error.kind() == cognito_userpools::ErrorKind::CodeMismatch => {
///         println!("the code is wrong")
///     }
///     Err(error) => return Err(error),
/// }
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ConfirmSignUp")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ConfirmSignUp {
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
    /// The Amazon Pinpoint endpoint of the user's device.
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    /// Key-value pairs for the Lambda triggers of the pool.
    pub client_metadata: Option<BTreeMap<String, String>>,
    /// Whether an email address or phone number that is another user's alias becomes this user's alias.
    pub force_alias_creation: Option<bool>,
    /// The secret hash. A client with the app client's secret fills it in.
    #[len]
    #[pattern]
    #[secret_hash]
    pub secret_hash: Option<String>,
    /// The session from the response of `SignUp`, for a sign-in after the confirmation.
    // The service issues sessions of up to 8192 characters; the published maximum is 4096.
    #[len(20, 8192)]
    pub session: Option<String>,
    /// Data about the user's device for threat protection.
    pub user_context_data: Option<UserContextDataType>,
}

/// The response of [`ConfirmSignUp`].
///
/// ```
/// use cognito_userpools::operations::ConfirmSignUpResponse;
///
/// let response = ConfirmSignUpResponse::new().session("the session");
/// assert_eq!(response.session.as_deref(), Some("the session"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ConfirmSignUpResponse {
    /// The session for a sign-in.
    pub session: Option<String>,
}

/// Sends the code for a sign-up again. If the pool prevents user existence errors, the call also succeeds for an
/// unknown user name.
///
/// ```
/// use cognito_userpools::operations::{
///     AnalyticsMetadataType, ResendConfirmationCode, UserContextDataType,
/// };
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = ResendConfirmationCode::new("alice")
///     .analytics_metadata(AnalyticsMetadataType::new().analytics_endpoint_id("the endpoint"))
///     .user_context_data(UserContextDataType::new().ip_address("203.0.113.7"))
///     .client_metadata([("language", "de")]);
/// let sent = operation.send(client).await?;
/// println!("{:?}", sent.code_delivery_details.and_then(|details| details.destination));
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ResendConfirmationCode")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ResendConfirmationCode {
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

/// The response of [`ResendConfirmationCode`].
///
/// ```
/// use cognito_userpools::operations::{CodeDeliveryDetailsType, ResendConfirmationCodeResponse};
///
/// let details = CodeDeliveryDetailsType::new().destination("a***@e***");
/// let response = ResendConfirmationCodeResponse::new().code_delivery_details(details);
/// assert!(response.code_delivery_details.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ResendConfirmationCodeResponse {
    /// The destination of the code.
    pub code_delivery_details: Option<CodeDeliveryDetailsType>,
}

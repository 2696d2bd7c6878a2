//! Signing up.

use super::shapes::{AnalyticsMetadataType, AttributeType, CodeDeliveryDetailsType, UserContextDataType};
use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// Signs a user up. Where the pool verifies an address, a code goes there.
///
/// ```
/// use cognito_userpools::operations::{AnalyticsMetadataType, AttributeType, SignUp, UserContextDataType};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = SignUp::new("1example23456789", "alice")
///     .password("correct horse")
///     .user_attributes([AttributeType::new("email").value("alice@example.com")])
///     .validation_data([AttributeType::new("invitation").value("4711")])
///     .analytics_metadata(AnalyticsMetadataType::new().analytics_endpoint_id("the endpoint's id"))
///     .user_context_data(UserContextDataType::new().ip_address("203.0.113.7"))
///     .client_metadata([("language".to_owned(), "de".to_owned())]);
/// let user = operation.send(client).await?;
/// println!("{:?} is confirmed: {:?}", user.user_sub, user.user_confirmed);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "SignUp")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SignUp {
    /// What Amazon Pinpoint knows the device as.
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    /// The app client.
    #[len]
    #[pattern]
    pub client_id: String,
    /// What the Lambda triggers of the pool are handed.
    pub client_metadata: Option<BTreeMap<String, String>>,
    /// The password.
    // Without the published pattern, which refuses white space: the service takes it within a password.
    #[len]
    pub password: Option<String>,
    /// The hash that proves that the app client has its secret; a client with the secret fills it in.
    #[len]
    #[pattern]
    #[secret_hash]
    pub secret_hash: Option<String>,
    /// The attributes.
    pub user_attributes: Option<Vec<AttributeType>>,
    /// What the threat protection is to know of the device.
    pub user_context_data: Option<UserContextDataType>,
    /// The user name, or an alias of it.
    #[len]
    #[pattern]
    pub username: String,
    /// What the pre-sign-up Lambda trigger is handed.
    pub validation_data: Option<Vec<AttributeType>>,
}

/// The answer to [`SignUp`].
///
/// ```
/// use cognito_userpools::operations::{CodeDeliveryDetailsType, SignUpResponse};
///
/// let answer = SignUpResponse::new()
///     .user_sub("a1b2c3d4")
///     .user_confirmed(false)
///     .code_delivery_details(CodeDeliveryDetailsType::new().destination("a***@e***"))
///     .session("the session");
/// assert_eq!(answer.user_confirmed, Some(false));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SignUpResponse {
    /// Where the code was sent.
    pub code_delivery_details: Option<CodeDeliveryDetailsType>,
    /// A session for `ConfirmSignUp`.
    pub session: Option<String>,
    /// Whether the user is confirmed already.
    pub user_confirmed: Option<bool>,
    /// The user's id, which never changes.
    pub user_sub: Option<String>,
}

/// Confirms a user who has signed up, with the code that was sent.
///
/// ```
/// use cognito_userpools::operations::ConfirmSignUp;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = ConfirmSignUp::new("1example23456789", "alice", "123456")
///     .force_alias_creation(false)
///     .session("the session of `SignUp`");
/// match operation.send(client).await {
///     Ok(_) => println!("welcome"),
///     Err(error) if error.kind() == cognito_userpools::ErrorKind::CodeMismatch => {
///         println!("that is another code")
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
    /// What Amazon Pinpoint knows the device as.
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    /// What the Lambda triggers of the pool are handed.
    pub client_metadata: Option<BTreeMap<String, String>>,
    /// Whether an email address or phone number that is another user's alias becomes this user's.
    pub force_alias_creation: Option<bool>,
    /// The hash that proves that the app client has its secret; a client with the secret fills it in.
    #[len]
    #[pattern]
    #[secret_hash]
    pub secret_hash: Option<String>,
    /// The session that `SignUp` has given, to sign in with at once.
    // The service gives out sessions of up to 8192 characters; the published bound is 4096.
    #[len(20, 8192)]
    pub session: Option<String>,
    /// What the threat protection is to know of the device.
    pub user_context_data: Option<UserContextDataType>,
}

/// The answer to [`ConfirmSignUp`].
///
/// ```
/// use cognito_userpools::operations::ConfirmSignUpResponse;
///
/// let answer = ConfirmSignUpResponse::new().session("the session");
/// assert_eq!(answer.session.as_deref(), Some("the session"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ConfirmSignUpResponse {
    /// A session to sign in with.
    pub session: Option<String>,
}

/// Sends the code of a sign-up again. Where the pool hides who exists, it succeeds for names that nobody has.
///
/// ```
/// use cognito_userpools::operations::{
///     AnalyticsMetadataType, ResendConfirmationCode, UserContextDataType,
/// };
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = ResendConfirmationCode::new("1example23456789", "alice")
///     .analytics_metadata(AnalyticsMetadataType::new().analytics_endpoint_id("the endpoint's id"))
///     .user_context_data(UserContextDataType::new().ip_address("203.0.113.7"))
///     .client_metadata([("language".to_owned(), "de".to_owned())]);
/// let sent = operation.send(client).await?;
/// println!("{:?}", sent.code_delivery_details.and_then(|details| details.destination));
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ResendConfirmationCode")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ResendConfirmationCode {
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

/// The answer to [`ResendConfirmationCode`].
///
/// ```
/// use cognito_userpools::operations::{CodeDeliveryDetailsType, ResendConfirmationCodeResponse};
///
/// let details = CodeDeliveryDetailsType::new().destination("a***@e***");
/// let answer = ResendConfirmationCodeResponse::new().code_delivery_details(details);
/// assert!(answer.code_delivery_details.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ResendConfirmationCodeResponse {
    /// Where the code was sent.
    pub code_delivery_details: Option<CodeDeliveryDetailsType>,
}

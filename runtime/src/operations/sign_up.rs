//! Signing up.

use super::shapes::{AnalyticsMetadataType, AttributeType, CodeDeliveryDetailsType, UserContextDataType};
use crate::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// Signs a user up. Where the pool verifies an address, a code goes there.
#[cognito_op(target = "SignUp")]
#[derive(Clone, PartialEq)]
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
#[cognito_shape]
#[derive(Clone, PartialEq)]
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
#[cognito_op(target = "ConfirmSignUp")]
#[derive(Clone, PartialEq)]
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
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct ConfirmSignUpResponse {
    /// A session to sign in with.
    pub session: Option<String>,
}

/// Sends the code of a sign-up again. Where the pool hides who exists, it succeeds for names that nobody has.
#[cognito_op(target = "ResendConfirmationCode")]
#[derive(Clone, PartialEq)]
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
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct ResendConfirmationCodeResponse {
    /// Where the code was sent.
    pub code_delivery_details: Option<CodeDeliveryDetailsType>,
}

use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// Signs a user up. If the pool verifies addresses, a code is sent.
#[cognito_op(target = "SignUp")]
pub struct SignUp {
    /// The id of the app client. The client fills it in.
    #[len]
    #[pattern]
    #[client_id]
    pub client_id: Option<String>,
    /// The secret hash, computed over the user name and the id of the app client. An app client
    /// with a secret needs it. The client fills it in.
    #[len]
    #[pattern]
    #[secret_hash]
    pub secret_hash: Option<String>,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
    /// The password. It can be left out if the user pool supports sign-in with codes by email or
    /// SMS.
    #[len]
    #[pattern]
    pub password: Option<String>,
    /// The attributes of the user. The names of custom attributes start with `custom:`.
    pub user_attributes: Option<Vec<Attribute>>,
    /// Data for the pre sign-up Lambda trigger, which the user pool does not store.
    pub validation_data: Option<Vec<Attribute>>,
    /// The Amazon Pinpoint endpoint of the user's device.
    pub analytics_metadata: Option<AnalyticsMetadata>,
    /// Data about the user's device for threat protection.
    pub user_context_data: Option<UserContextData>,
    /// Key-value pairs for the Lambda triggers of the user pool. They must not contain confidential
    /// data.
    #[keys(len)]
    #[values(len)]
    pub client_metadata: Option<BTreeMap<String, String>>,
}

/// The response of `SignUp`.
#[cognito_shape]
pub struct SignUpResponse {
    /// Whether the user is already confirmed.
    pub user_confirmed: bool,
    /// The destination of the code or link, if the user pool sent one.
    pub code_delivery_details: Option<CodeDeliveryDetails>,
    /// The user's id, which never changes.
    pub user_sub: String,
    /// The session for `ConfirmSignUp`.
    pub session: Option<String>,
}

/// An attribute of a user.
#[cognito_shape]
pub struct Attribute {
    /// The name of the attribute. The names of custom attributes start with `custom:`.
    #[len]
    #[pattern]
    pub name: String,
    /// The value of the attribute.
    #[len]
    pub value: Option<String>,
}

/// The Amazon Pinpoint endpoint of the user's device, for analytics.
#[cognito_shape]
pub struct AnalyticsMetadata {
    /// The id of the Amazon Pinpoint endpoint.
    #[len]
    pub analytics_endpoint_id: Option<String>,
}

/// Data about the user's device for the threat protection of the pool.
#[cognito_shape]
pub struct UserContextData {
    /// The user's IP address.
    #[len]
    pub ip_address: Option<String>,
    /// The data that the service's script collected on the device.
    #[len]
    pub encoded_data: Option<String>,
}

/// The destination of a code.
#[cognito_shape]
pub struct CodeDeliveryDetails {
    /// The email address or phone number, partly masked.
    pub destination: Option<String>,
    /// The medium of the message: `EMAIL` or `SMS`.
    pub delivery_medium: Option<DeliveryMedium>,
    /// The name of the attribute with the address.
    pub attribute_name: Option<String>,
}

/// The medium by which a code is sent.
#[cognito_shape]
pub enum DeliveryMedium {
    /// `SMS`.
    Sms,
    /// `EMAIL`.
    Email,
    /// A value that is not listed here.
    Other(String),
}

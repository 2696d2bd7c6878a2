//! The operation with all its members. The values are the same in every program.

use cognito_op::{cognito_op, cognito_shape};
use driver::User;
use std::collections::BTreeMap;

/// Resends the confirmation code to a user who has signed up.
#[cognito_op(target = "ResendConfirmationCode")]
pub struct ResendConfirmationCode {
    #[client_id]
    #[len(1, 128)]
    #[pattern(r"[\w+]+")]
    pub client_id: Option<String>,

    #[len(1, 128)]
    #[pattern(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
    pub username: String,

    #[secret_hash]
    #[len(1, 128)]
    #[pattern(r"[\w+=/]+")]
    pub secret_hash: Option<String>,

    pub analytics_metadata: Option<AnalyticsMetadata>,
    pub client_metadata: Option<BTreeMap<String, String>>,
    pub user_context_data: Option<UserContextData>,
}

#[cognito_shape]
pub struct AnalyticsMetadata {
    pub analytics_endpoint_id: Option<String>,
}

#[cognito_shape]
pub struct UserContextData {
    pub ip_address: Option<String>,
    pub encoded_data: Option<String>,
}

#[cognito_shape]
pub struct ResendConfirmationCodeResponse {
    pub code_delivery_details: Option<CodeDeliveryDetails>,
}

#[cognito_shape]
pub struct CodeDeliveryDetails {
    pub destination: Option<String>,
    pub delivery_medium: Option<DeliveryMedium>,
    pub attribute_name: Option<String>,
}

#[cognito_shape]
pub enum DeliveryMedium {
    Sms,
    Email,
    /// A value that this program does not know.
    Other(String),
}

pub fn operation(user: &User) -> ResendConfirmationCode {
    let context = UserContextData::new().ip_address("192.0.2.1").encoded_data("gathered on the device");
    ResendConfirmationCode::new(&user.username)
        .analytics_metadata(AnalyticsMetadata::new().analytics_endpoint_id("0123456789abcdef"))
        .client_metadata([("channel", "app"), ("locale", "en-GB")])
        .user_context_data(context)
}

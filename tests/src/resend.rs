//! `ResendConfirmationCode` as in the API reference.

use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// Resends the confirmation code to a user who has signed up.
#[cognito_op(target = "ResendConfirmationCode")]
#[derive(Clone, PartialEq)]
pub struct ResendConfirmationCode {
    /// The ID of the client associated with the user pool.
    #[len(1, 128)]
    #[pattern(r"[\w+]+")]
    pub client_id: String,

    /// The user name of the user to whom the code is resent.
    #[len(1, 128)]
    #[pattern(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
    pub username: String,

    /// A keyed-hash message authentication code over user name and client id.
    #[secret_hash]
    #[len(1, 128)]
    #[pattern(r"[\w+=/]+")]
    pub secret_hash: Option<String>,

    /// Metadata for Amazon Pinpoint.
    pub analytics_metadata: Option<AnalyticsMetadata>,

    /// Values for the pool's Lambda triggers.
    pub client_metadata: Option<BTreeMap<String, String>>,

    /// Data about the user's device.
    pub user_context_data: Option<UserContextData>,
}

/// Metadata for Amazon Pinpoint.
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct AnalyticsMetadata {
    /// The endpoint id.
    pub analytics_endpoint_id: Option<String>,
}

/// Data about the user's device.
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct UserContextData {
    /// The address of the user's device.
    #[len(max = 131_072)]
    pub ip_address: Option<String>,
    /// The encoded device fingerprint.
    pub encoded_data: Option<String>,
}

/// The response of `ResendConfirmationCode`.
#[cognito_shape]
#[derive(Clone, Debug, PartialEq)]
pub struct ResendConfirmationCodeResponse {
    /// The delivery of the code.
    pub code_delivery_details: Option<CodeDeliveryDetails>,
}

/// The delivery of a code.
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct CodeDeliveryDetails {
    /// The masked address.
    pub destination: Option<String>,
    /// The means of delivery.
    pub delivery_medium: Option<DeliveryMedium>,
    /// The attribute that the address was taken from.
    pub attribute_name: Option<String>,
}

/// A means of delivery.
#[cognito_shape]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryMedium {
    /// By text message.
    Sms,
    /// By email.
    Email,
    /// A value that this version does not know.
    Other(String),
}

//! An operation with everything that a call site does with it.

#![deny(warnings, missing_docs)]

use cognito_op::{Client, Error, cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// Resends the confirmation code to a user who has signed up.
#[cognito_op(target = "ResendConfirmationCode")]
pub struct ResendConfirmationCode {
    /// The app client's id. Filled in by the client.
    #[client_id]
    #[len(1, 128)]
    #[pattern(r"[\w+]+")]
    pub client_id: Option<String>,
    /// The user's name.
    #[len]
    #[pattern]
    pub username: String,
    /// Filled in by the client.
    #[secret_hash]
    #[len(1, 128)]
    #[pattern(r"[\w+=/]+")]
    pub secret_hash: Option<String>,
    /// For Amazon Pinpoint.
    pub analytics_metadata: Option<AnalyticsMetadata>,
    /// For Lambda triggers.
    pub client_metadata: Option<BTreeMap<String, String>>,
}

/// For Amazon Pinpoint.
#[cognito_shape]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnalyticsMetadata {
    /// The endpoint.
    pub analytics_endpoint_id: Option<String>,
}

/// The delivery of a code.
#[cognito_shape]
pub struct ResendConfirmationCodeResponse {
    /// The details of the delivery.
    pub code_delivery_details: Option<CodeDeliveryDetails>,
}

/// The details of the delivery of a code.
#[cognito_shape]
pub struct CodeDeliveryDetails {
    /// The delivery medium.
    pub delivery_medium: Option<DeliveryMedium>,
}

/// A delivery medium.
#[cognito_shape]
pub enum DeliveryMedium {
    /// Text message.
    Sms,
    /// Email.
    Email,
    /// A value that this version does not know.
    Other(String),
}

/// Sends the operation.
///
/// # Errors
///
/// Returns the error of the call.
pub async fn resend(client: &Client) -> Result<(), Error> {
    let operation = ResendConfirmationCode::new("alice")
        .analytics_metadata(AnalyticsMetadata::new().analytics_endpoint_id("id"))
        .client_metadata([("key", "value")]);
    let response = operation.send(client).await?;
    println!("{response:?}");
    Ok(())
}

/// Validates an operation.
#[allow(clippy::missing_panics_doc)]
pub fn main() {
    let operation = ResendConfirmationCode::new("alice");
    assert!(operation.validate().is_ok());
    let _ = resend;
}

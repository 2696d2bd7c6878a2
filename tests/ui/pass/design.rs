//! The example of the README, with everything a call site does with it.

#![deny(warnings, missing_docs)]

use cognito_op::{Client, Error, cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// Resends the confirmation code to a user who has signed up.
#[cognito_op(target = "ResendConfirmationCode")]
pub struct ResendConfirmationCode {
    /// The app client's id.
    #[len(1, 128)]
    #[pattern(r"[\w+]+")]
    pub client_id: String,
    /// The user's name.
    #[len]
    #[pattern]
    pub username: String,
    /// AutoFill in by the client.
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

/// Where the code went.
#[cognito_shape]
pub struct ResendConfirmationCodeResponse {
    /// How it was delivered.
    pub code_delivery_details: Option<CodeDeliveryDetails>,
}

/// How a code was delivered.
#[cognito_shape]
pub struct CodeDeliveryDetails {
    /// The means.
    pub delivery_medium: Option<DeliveryMedium>,
}

/// A means of delivery.
#[cognito_shape]
pub enum DeliveryMedium {
    /// Text message.
    Sms,
    /// Email.
    Email,
    /// A value that this version does not know.
    Other(String),
}

/// Sends it.
///
/// # Errors
///
/// What the call ends with.
pub async fn resend(client: &Client) -> Result<(), Error> {
    let operation = ResendConfirmationCode::new("1example23456789", "alice")
        .analytics_metadata(AnalyticsMetadata::new().analytics_endpoint_id("id"))
        .client_metadata([("key".to_owned(), "value".to_owned())]);
    let answer = operation.send(client).await?;
    println!("{answer:?}");
    Ok(())
}

/// Checks one.
#[allow(clippy::missing_panics_doc)]
pub fn main() {
    let operation = ResendConfirmationCode::new("1example23456789", "alice");
    assert!(operation.validate().is_ok());
    let _ = resend;
}

//! A crate that depends on `cognito-op` under another name.

pub use pools;
use pools::{cognito_op, cognito_shape};

/// Resends the confirmation code.
#[cognito_op(target = "ResendConfirmationCode", crate = ::pools)]
pub struct ResendConfirmationCode {
    /// The app client's id.
    #[len]
    #[pattern]
    pub client_id: String,
    /// The user's name.
    pub username: String,
    /// Filled in by the client.
    #[secret_hash]
    pub secret_hash: Option<String>,
}

/// The response of [`ResendConfirmationCode`].
#[cognito_shape(crate = ::pools)]
pub struct ResendConfirmationCodeResponse {
    /// The details of the delivery.
    pub code_delivery_details: Option<CodeDeliveryDetails>,
}

/// The details of the delivery of a code.
#[cognito_shape(crate = ::pools)]
pub struct CodeDeliveryDetails {
    /// The delivery medium.
    pub delivery_medium: Option<DeliveryMedium>,
}

/// A delivery medium.
#[cognito_shape(crate = ::pools)]
pub enum DeliveryMedium {
    /// Text message.
    Sms,
    /// Email.
    Email,
    /// A value that this version does not know.
    Other(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arbitrary_precision_is_enabled() {
        let number: serde_json::Value = serde_json::from_str("1.00").unwrap();
        assert_eq!(number.to_string(), "1.00", "`arbitrary_precision` is enabled");
    }

    #[test]
    fn a_renamed_crate_is_checked() {
        let operation = ResendConfirmationCode::new("a client id", "alice");
        let violations = operation.validate().map_err(|violations| violations.to_string());
        assert_eq!(violations, Err(r"`client_id` must match `[\w+]+`".to_owned()));
    }
}

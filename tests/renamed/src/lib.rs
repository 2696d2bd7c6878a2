//! A crate that knows `cognito-op` by another name.

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

/// Where the code went.
#[cognito_shape(crate = ::pools)]
pub struct ResendConfirmationCodeResponse {
    /// How it was delivered.
    pub code_delivery_details: Option<CodeDeliveryDetails>,
}

/// How a code was delivered.
#[cognito_shape(crate = ::pools)]
pub struct CodeDeliveryDetails {
    /// The means.
    pub delivery_medium: Option<DeliveryMedium>,
}

/// A means of delivery.
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
    fn numbers_are_exact_here() {
        let number: serde_json::Value = serde_json::from_str("1.00").unwrap();
        assert_eq!(number.to_string(), "1.00", "arbitrary_precision is on");
    }

    #[test]
    fn it_is_checked_under_its_other_name() {
        let operation = ResendConfirmationCode::new("a client id", "alice");
        let violations = operation.validate().map_err(|violations| violations.to_string());
        assert_eq!(violations, Err(r"`client_id` must match `[\w+]+`".to_owned()));
    }
}

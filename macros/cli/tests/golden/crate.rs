use cognito_userpools::cognito_op::{cognito_op, cognito_shape};

/// Sends a code for setting a new password. The user needs a verified email address or phone
/// number.
#[cognito_op(target = "ForgotPassword", crate = ::cognito_userpools::cognito_op)]
pub struct ForgotPassword {
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
}

/// The response of `ForgotPassword`.
#[cognito_shape(crate = ::cognito_userpools::cognito_op)]
pub struct ForgotPasswordResponse {
    /// The destination of the code.
    pub code_delivery_details: Option<CodeDeliveryDetails>,
}

/// The destination of a code.
#[cognito_shape(crate = ::cognito_userpools::cognito_op)]
pub struct CodeDeliveryDetails {
    /// The email address or phone number, partly masked.
    pub destination: Option<String>,
    /// The medium of the message: `EMAIL` or `SMS`.
    pub delivery_medium: Option<DeliveryMedium>,
    /// The name of the attribute with the address.
    pub attribute_name: Option<String>,
}

/// The medium by which a code is sent.
#[cognito_shape(crate = ::cognito_userpools::cognito_op)]
pub enum DeliveryMedium {
    /// `SMS`.
    Sms,
    /// `EMAIL`.
    Email,
    /// A value that is not listed here.
    Other(String),
}

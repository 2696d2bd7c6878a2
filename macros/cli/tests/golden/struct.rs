use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// The operation `SignUp`, which is unsigned.
#[cognito_op(target = "SignUp")]
pub struct SignUp {
    /// The structure `AnalyticsMetadataType`.
    pub analytics_metadata: Option<AnalyticsMetadata>,
    /// A string (`ClientIdType`), 1 to 128 characters, matching `[\w+]+`; sensitive. The client
    /// fills it in.
    #[len]
    #[pattern]
    #[client_id]
    pub client_id: Option<String>,
    /// A map (`ClientMetadataType`); keys at most 131072 characters; values at most 131072
    /// characters; sensitive.
    #[keys(len)]
    #[values(len)]
    pub client_metadata: Option<BTreeMap<String, String>>,
    /// A string (`PasswordType`), at most 256 characters, matching `^[\S]+.*[\S]+$`; sensitive.
    #[len]
    #[pattern]
    pub password: Option<String>,
    /// A string (`SecretHashType`), 1 to 128 characters, matching `[\w+=/]+`; sensitive. The client
    /// fills it in.
    #[len]
    #[pattern]
    #[secret_hash]
    pub secret_hash: Option<String>,
    /// A list of `AttributeType` (`AttributeListType`).
    pub user_attributes: Option<Vec<Attribute>>,
    /// The structure `UserContextDataType`; sensitive.
    pub user_context_data: Option<UserContextData>,
    /// A string (`UsernameType`), 1 to 128 characters, matching `[\p{L}\p{M}\p{S}\p{N}\p{P}]+`;
    /// sensitive.
    #[len]
    #[pattern]
    pub username: String,
    /// A list of `AttributeType` (`AttributeListType`).
    pub validation_data: Option<Vec<Attribute>>,
}

/// The response of `SignUp`.
#[cognito_shape]
pub struct SignUpResponse {
    /// The structure `CodeDeliveryDetailsType`.
    pub code_delivery_details: Option<CodeDeliveryDetails>,
    /// A string (`SessionType`), 20 to 8192 characters; sensitive.
    pub session: Option<String>,
    /// A boolean (`BooleanType`).
    pub user_confirmed: bool,
    /// A string (`StringType`), at most 131072 characters.
    pub user_sub: String,
}

/// The structure `AnalyticsMetadataType`.
#[cognito_shape]
pub struct AnalyticsMetadata {
    /// A string (`StringType`), at most 131072 characters.
    #[len]
    pub analytics_endpoint_id: Option<String>,
}

/// The structure `AttributeType`.
#[cognito_shape]
pub struct Attribute {
    /// A string (`AttributeNameType`), 1 to 32 characters, matching
    /// `[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+`.
    #[len]
    #[pattern]
    pub name: String,
    /// A string (`AttributeValueType`), at most 2048 characters; sensitive.
    #[len]
    pub value: Option<String>,
}

/// The structure `UserContextDataType`.
#[cognito_shape]
pub struct UserContextData {
    /// A string (`StringType`), at most 131072 characters.
    #[len]
    pub encoded_data: Option<String>,
    /// A string (`StringType`), at most 131072 characters.
    #[len]
    pub ip_address: Option<String>,
}

/// The structure `CodeDeliveryDetailsType`.
#[cognito_shape]
pub struct CodeDeliveryDetails {
    /// A string (`AttributeNameType`), 1 to 32 characters, matching
    /// `[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+`.
    pub attribute_name: Option<String>,
    /// The string enum `DeliveryMediumType`.
    pub delivery_medium: Option<DeliveryMedium>,
    /// A string (`StringType`), at most 131072 characters.
    pub destination: Option<String>,
}

/// The string enum `DeliveryMediumType`.
#[cognito_shape]
pub enum DeliveryMedium {
    /// `SMS`.
    Sms,
    /// `EMAIL`.
    Email,
    /// A value that is not listed here.
    Other(String),
}

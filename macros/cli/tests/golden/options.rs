use cognito_op::{cognito_op, cognito_shape};

/// The operation `AdminCreateUser`, which is signed.
#[cognito_op(target = "AdminCreateUser", response = (), signed)]
#[derive(Clone, PartialEq, serde::Deserialize)]
pub struct AdminCreateUser {
    /// A list of `DeliveryMediumType` (`DeliveryMediumListType`).
    pub desired_delivery_mediums: Option<Vec<DeliveryMedium>>,
    /// A list of `AttributeType` (`AttributeListType`).
    #[serde(skip)]
    pub user_attributes: Option<Vec<Attribute>>,
    /// A string (`UserPoolIdType`), 1 to 55 characters, matching `[\w-]+_[0-9a-zA-Z]+`.
    #[len(1, 55)]
    #[pattern(r"[\w-]+_[0-9a-zA-Z]+")]
    #[serde(skip)]
    pub user_pool_id: String,
    /// A string (`UsernameType`), 1 to 128 characters, matching `[\p{L}\p{M}\p{S}\p{N}\p{P}]+`;
    /// sensitive.
    #[len(1, 128)]
    #[pattern(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
    #[serde(default)]
    pub username: String,
}

/// The operation `SetUICustomization`, which is signed.
#[cognito_op(target = "SetUICustomization", response = (), signed)]
#[derive(Clone, PartialEq, serde::Deserialize)]
pub struct SetUICustomization {
    /// A blob (`ImageFileType`), at most 131072 bytes.
    #[len(0, 131072)]
    pub image_file: Option<Vec<u8>>,
    /// A string (`UserPoolIdType`), 1 to 55 characters, matching `[\w-]+_[0-9a-zA-Z]+`.
    #[len(1, 55)]
    #[pattern(r"[\w-]+_[0-9a-zA-Z]+")]
    #[serde(skip)]
    pub user_pool_id: String,
}

/// The string enum `DeliveryMediumType`.
#[cognito_shape]
#[derive(Clone, PartialEq, serde::Deserialize)]
#[serde(from = "String")]
pub enum DeliveryMedium {
    /// `SMS`.
    Sms,
    /// `EMAIL`.
    Email,
    /// A value that is not listed here.
    Other(String),
}

/// The structure `AttributeType`.
#[cognito_shape]
#[derive(Clone, PartialEq, serde::Deserialize)]
pub struct Attribute {
    /// A string (`AttributeNameType`), 1 to 32 characters, matching
    /// `[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+`.
    #[len(1, 32)]
    #[pattern(r"[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+")]
    #[serde(default)]
    pub name: String,
    /// A string (`AttributeValueType`), at most 2048 characters; sensitive.
    #[len(max = 2048)]
    pub value: Option<String>,
}

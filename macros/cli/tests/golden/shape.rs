use cognito_op::cognito_shape;

/// The structure `AttributeType`.
#[cognito_shape]
pub struct Attribute {
    /// A string (`AttributeNameType`), 1 to 32 characters, matching
    /// `[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+`.
    pub name: String,
    /// A string (`AttributeValueType`), at most 2048 characters; sensitive.
    pub value: Option<String>,
}

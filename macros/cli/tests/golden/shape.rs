use cognito_op::cognito_shape;

/// An attribute of a user.
#[cognito_shape]
pub struct Attribute {
    /// The name of the attribute. The names of custom attributes start with `custom:`.
    pub name: String,
    /// The value of the attribute.
    pub value: Option<String>,
}

use cognito_op::{cognito_op, cognito_shape};

/// Creates a user and sends an invitation, by default by SMS. The `MessageAction` `SUPPRESS`
/// prevents the message; `RESEND` sends it again to an existing user, with a new temporary
/// password.
#[cognito_op(target = "AdminCreateUser", response = (), signed)]
#[derive(Clone, PartialEq, serde::Deserialize)]
pub struct AdminCreateUser {
    /// The id of the user pool.
    #[len(1, 55)]
    #[pattern(r"[\w-]+_[0-9a-zA-Z]+")]
    #[serde(skip)]
    pub user_pool_id: String,
    /// The user name, which cannot change. If users sign in only with an email address or phone
    /// number, the service generates the user name instead.
    #[len(1, 128)]
    #[pattern(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
    #[serde(default)]
    pub username: String,
    /// The attributes of the user. An invitation needs `email` or `phone_number`, according to
    /// `DesiredDeliveryMediums`.
    #[serde(skip)]
    pub user_attributes: Option<Vec<Attribute>>,
    /// The media by which the user gets the invitation: `EMAIL`, `SMS` or both. The default is
    /// `SMS`.
    pub desired_delivery_mediums: Option<Vec<DeliveryMedium>>,
}

/// Sets the style of the classic hosted UI for an app client, or for all app clients with the
/// `ClientId` `ALL`. The user pool needs a domain.
#[cognito_op(target = "SetUICustomization", response = (), signed)]
#[derive(Clone, PartialEq, serde::Deserialize)]
pub struct SetUICustomization {
    /// The id of the user pool.
    #[len(1, 55)]
    #[pattern(r"[\w-]+_[0-9a-zA-Z]+")]
    #[serde(skip)]
    pub user_pool_id: String,
    /// The image file of the logo for the classic hosted UI.
    #[len(0, 131072)]
    pub image_file: Option<Vec<u8>>,
}

/// An attribute of a user.
#[cognito_shape]
#[derive(Clone, PartialEq, serde::Deserialize)]
pub struct Attribute {
    /// The name of the attribute. The names of custom attributes start with `custom:`.
    #[len(1, 32)]
    #[pattern(r"[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+")]
    #[serde(default)]
    pub name: String,
    /// The value of the attribute.
    #[len(max = 2048)]
    pub value: Option<String>,
}

/// The medium by which a code is sent.
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

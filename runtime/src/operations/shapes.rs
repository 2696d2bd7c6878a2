//! What several operations have in common.

use crate::cognito_shape;

/// What Amazon Pinpoint knows the user's device as.
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct AnalyticsMetadataType {
    /// The endpoint's id.
    #[len]
    pub analytics_endpoint_id: Option<String>,
}

/// An attribute of a user.
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct AttributeType {
    /// The name. Attributes of the pool's own begin with `custom:`.
    #[len]
    #[pattern]
    pub name: String,
    /// The value.
    #[len]
    pub value: Option<String>,
}

/// The tokens of someone who has signed in.
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct AuthenticationResultType {
    /// The access token.
    pub access_token: Option<String>,
    /// For how many seconds the access token is good.
    pub expires_in: Option<i32>,
    /// The identity token.
    pub id_token: Option<String>,
    /// The device, if it is new.
    pub new_device_metadata: Option<NewDeviceMetadataType>,
    /// The refresh token.
    pub refresh_token: Option<String>,
    /// How the access token is presented: `Bearer`.
    pub token_type: Option<String>,
}

/// Where a code was sent.
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct CodeDeliveryDetailsType {
    /// The attribute that has the address.
    pub attribute_name: Option<String>,
    /// How it was sent.
    pub delivery_medium: Option<DeliveryMediumType>,
    /// Where to, mostly masked.
    pub destination: Option<String>,
}

/// How a code is sent.
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
pub enum DeliveryMediumType {
    /// A text message.
    Sms,
    /// An email.
    Email,
    /// A value that this version does not know.
    Other(String),
}

/// The device that the user has signed in from.
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct NewDeviceMetadataType {
    /// The key of the group that it belongs to.
    pub device_group_key: Option<String>,
    /// The key of the device.
    pub device_key: Option<String>,
}

/// Whether sessions that came of the same sign-in end too.
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
pub enum RevokeAssociatedSessionsType {
    /// They go on.
    None,
    /// They end.
    Linked,
    /// A value that this version does not know.
    Other(String),
}

/// What the threat protection of the pool is to know of the user's device.
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct UserContextDataType {
    /// What the service's own script has gathered on the device.
    #[len]
    pub encoded_data: Option<String>,
    /// The address that the user comes from.
    #[len]
    pub ip_address: Option<String>,
}

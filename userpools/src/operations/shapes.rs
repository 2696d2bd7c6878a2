//! What several operations have in common.

use cognito_op::cognito_shape;

/// What Amazon Pinpoint knows the user's device as.
///
/// ```
/// use cognito_userpools::operations::{AnalyticsMetadataType, ForgotPassword};
///
/// let metadata =
///     AnalyticsMetadataType::new().analytics_endpoint_id("d70b2ba36a8c4dc5a04a0451a31a1e12");
/// let operation = ForgotPassword::new("1example23456789", "alice").analytics_metadata(metadata);
/// assert!(operation.validate().is_ok());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AnalyticsMetadataType {
    /// The endpoint's id.
    #[len]
    pub analytics_endpoint_id: Option<String>,
}

/// An attribute of a user.
///
/// ```
/// use cognito_userpools::operations::AttributeType;
///
/// let attribute = AttributeType::new("custom:plan").value("free");
/// assert_eq!(
///     (attribute.name.as_str(), attribute.value.as_deref()),
///     ("custom:plan", Some("free"))
/// );
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
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
///
/// ```
/// use cognito_userpools::operations::{AuthenticationResultType, NewDeviceMetadataType};
///
/// let result = AuthenticationResultType::new()
///     .access_token("the access token")
///     .id_token("the identity token")
///     .refresh_token("the refresh token")
///     .token_type("Bearer")
///     .expires_in(3600)
///     .new_device_metadata(NewDeviceMetadataType::new().device_key("eu-west-1_8f3a…"));
/// assert_eq!(result.expires_in, Some(3600));
/// assert!(!format!("{result:?}").contains("the access token"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
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
///
/// ```
/// use cognito_userpools::operations::{CodeDeliveryDetailsType, DeliveryMediumType};
///
/// let details = CodeDeliveryDetailsType::new()
///     .attribute_name("email")
///     .delivery_medium(DeliveryMediumType::Email)
///     .destination("a***@e***");
/// assert_eq!(details.destination.as_deref(), Some("a***@e***"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CodeDeliveryDetailsType {
    /// The attribute that has the address.
    pub attribute_name: Option<String>,
    /// How it was sent.
    pub delivery_medium: Option<DeliveryMediumType>,
    /// Where to, mostly masked.
    pub destination: Option<String>,
}

/// How a code is sent.
///
/// ```
/// use cognito_userpools::operations::DeliveryMediumType;
///
/// assert_eq!(DeliveryMediumType::Sms.as_str(), "SMS");
/// assert_eq!(DeliveryMediumType::from("PIGEON"), DeliveryMediumType::Other("PIGEON".to_owned()));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeliveryMediumType {
    /// A text message.
    Sms,
    /// An email.
    Email,
    /// A value that this version does not know.
    Other(String),
}

/// The device that the user has signed in from.
///
/// ```
/// use cognito_userpools::operations::NewDeviceMetadataType;
///
/// let device =
///     NewDeviceMetadataType::new().device_key("eu-west-1_8f3a…").device_group_key("-a1b2c3");
/// assert_eq!(device.device_group_key.as_deref(), Some("-a1b2c3"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct NewDeviceMetadataType {
    /// The key of the group that it belongs to.
    pub device_group_key: Option<String>,
    /// The key of the device.
    pub device_key: Option<String>,
}

/// Whether sessions that came of the same sign-in end too.
///
/// ```
/// use cognito_userpools::operations::RevokeAssociatedSessionsType;
///
/// let both = [RevokeAssociatedSessionsType::None, RevokeAssociatedSessionsType::Linked];
/// assert!(both.iter().all(|value| RevokeAssociatedSessionsType::from(value.as_str()) == *value));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RevokeAssociatedSessionsType {
    /// They go on.
    None,
    /// They end.
    Linked,
    /// A value that this version does not know.
    Other(String),
}

/// What the threat protection of the pool is to know of the user's device.
///
/// ```
/// use cognito_userpools::operations::{ForgotPassword, UserContextDataType};
///
/// let data = UserContextDataType::new()
///     .ip_address("203.0.113.7")
///     .encoded_data("what the script has gathered");
/// let operation = ForgotPassword::new("1example23456789", "alice").user_context_data(data);
/// assert!(operation.validate().is_ok());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserContextDataType {
    /// What the service's own script has gathered on the device.
    #[len]
    pub encoded_data: Option<String>,
    /// The address that the user comes from.
    #[len]
    pub ip_address: Option<String>,
}

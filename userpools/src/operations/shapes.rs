//! Shapes that several operations share.

use cognito_op::cognito_shape;

/// The Amazon Pinpoint endpoint of the user's device, for analytics.
///
/// ```
/// use cognito_userpools::operations::{AnalyticsMetadataType, ForgotPassword};
///
/// let metadata =
///     AnalyticsMetadataType::new().analytics_endpoint_id("d70b2ba36a8c4dc5a04a0451a31a1e12");
/// let operation = ForgotPassword::new("alice").analytics_metadata(metadata);
/// assert!(operation.validate().is_ok());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AnalyticsMetadataType {
    /// The id of the endpoint.
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
/// assert_eq!(attribute, AttributeType::from(("custom:plan", "free")));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AttributeType {
    /// The name. The names of custom attributes start with `custom:`.
    #[len]
    #[pattern]
    pub name: String,
    /// The value.
    #[len]
    pub value: Option<String>,
}

/// Converts a name and a value, so that a list of attributes can be set with pairs.
///
/// ```
/// use cognito_userpools::operations::SignUp;
///
/// let operation = SignUp::new("alice").user_attributes([("email", "alice@example.com")]);
/// ```
impl<N: Into<String>, V: Into<String>> From<(N, V)> for AttributeType {
    fn from((name, value): (N, V)) -> Self {
        Self::new(name).value(value.into())
    }
}

/// The tokens of a signed-in user.
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
    /// The lifetime of the access token in seconds.
    pub expires_in: Option<i32>,
    /// The identity token.
    pub id_token: Option<String>,
    /// The keys of the device, if it is new.
    pub new_device_metadata: Option<NewDeviceMetadataType>,
    /// The refresh token.
    pub refresh_token: Option<String>,
    /// The type of the access token: `Bearer`.
    // The service chooses the text, which may quote a token.
    #[sensitive]
    pub token_type: Option<String>,
}

/// The destination of a code.
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
    /// The name of the attribute with the address.
    pub attribute_name: Option<String>,
    /// The medium.
    pub delivery_medium: Option<DeliveryMediumType>,
    /// The address, partly masked.
    pub destination: Option<String>,
}

/// The medium by which a code is sent.
///
/// In the wildcard arm of a `match`, show the destination without the medium.
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
    /// A value that has no variant.
    Other(String),
}

/// The keys of the device from which the user signed in.
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
    /// The key of the device's group.
    pub device_group_key: Option<String>,
    /// The key of the device.
    pub device_key: Option<String>,
}

/// Whether to also end the other sessions from the same sign-in.
///
/// In the wildcard arm of a `match`, report a setting that the program does not support.
///
/// ```
/// use cognito_userpools::operations::RevokeAssociatedSessionsType;
///
/// let values = [RevokeAssociatedSessionsType::None, RevokeAssociatedSessionsType::Linked];
/// for value in values {
///     assert_eq!(RevokeAssociatedSessionsType::from(value.as_str()), value);
/// }
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RevokeAssociatedSessionsType {
    /// The other sessions continue.
    None,
    /// The other sessions end.
    Linked,
    /// A value that has no variant.
    Other(String),
}

/// Data about the user's device for the threat protection of the pool.
///
/// ```
/// use cognito_userpools::operations::{ForgotPassword, UserContextDataType};
///
/// let data = UserContextDataType::new()
///     .ip_address("203.0.113.7")
///     .encoded_data("the data that the script collected");
/// let operation = ForgotPassword::new("alice").user_context_data(data);
/// assert!(operation.validate().is_ok());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserContextDataType {
    /// The data that the service's script collected on the device.
    #[len]
    pub encoded_data: Option<String>,
    /// The user's IP address.
    #[len]
    pub ip_address: Option<String>,
}

//! Remembered devices.

use super::shapes::AttributeType;
use cognito_op::{cognito_op, cognito_shape};
use std::time::SystemTime;

/// Confirms a device, so that the pool can remember it.
///
/// ```
/// use cognito_userpools::operations::{ConfirmDevice, DeviceSecretVerifierConfigType};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let verifier =
///     DeviceSecretVerifierConfigType::new().password_verifier("the verifier").salt("the salt");
/// let operation = ConfirmDevice::new("the access token", "eu-west-1_8f3a…")
///     .device_name("Alice's phone")
///     .device_secret_verifier_config(verifier);
/// let confirmed = operation.send(client).await?;
/// println!("ask for consent: {}", confirmed.user_confirmation_necessary.unwrap_or(false));
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ConfirmDevice")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ConfirmDevice {
    /// The user's access token.
    #[pattern]
    pub access_token: String,
    /// The key of the device.
    #[len]
    #[pattern]
    pub device_key: String,
    /// A name for the device.
    #[len]
    pub device_name: Option<String>,
    /// The verifier of the device's password.
    pub device_secret_verifier_config: Option<DeviceSecretVerifierConfigType>,
}

/// The response of [`ConfirmDevice`].
///
/// ```
/// use cognito_userpools::operations::ConfirmDeviceResponse;
///
/// let response = ConfirmDeviceResponse::new().user_confirmation_necessary(true);
/// assert_eq!(response.user_confirmation_necessary, Some(true));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ConfirmDeviceResponse {
    /// Whether the user has to consent to remembering the device, with [`UpdateDeviceStatus`].
    pub user_confirmation_necessary: Option<bool>,
}

/// Returns a device of the user.
///
/// ```
/// use cognito_userpools::operations::GetDevice;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = GetDevice::new("eu-west-1_8f3a…").access_token("the access token");
/// let device = operation.send(client).await?.device;
/// println!("the last sign-in was at {:?}", device.device_last_authenticated_date);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "GetDevice")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetDevice {
    /// The user's access token.
    #[pattern]
    pub access_token: Option<String>,
    /// The key of the device.
    #[len]
    #[pattern]
    pub device_key: String,
}

/// The response of [`GetDevice`].
///
/// ```
/// use cognito_userpools::operations::{DeviceType, GetDeviceResponse};
///
/// let response = GetDeviceResponse::new(DeviceType::new().device_key("eu-west-1_8f3a…"));
/// assert_eq!(response.device.device_key.as_deref(), Some("eu-west-1_8f3a…"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetDeviceResponse {
    /// The device.
    pub device: DeviceType,
}

/// Lists the user's devices.
///
/// ```
/// use cognito_userpools::operations::ListDevices;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = ListDevices::new("the access token").limit(10);
/// let first = operation.send(client).await?;
/// if let Some(next) = first.pagination_token {
///     let second = operation.pagination_token(next).send(client).await?;
/// }
/// # Ok(())
/// # }
/// ```
///
/// [`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.
#[cognito_op(target = "ListDevices", paginated)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListDevices {
    /// The user's access token.
    #[pattern]
    pub access_token: String,
    /// The maximum number of devices to return.
    #[range]
    pub limit: Option<i32>,
    /// The token from the previous response, to continue the list.
    #[len]
    #[pattern]
    pub pagination_token: Option<String>,
}

/// The response of [`ListDevices`].
///
/// ```
/// use cognito_userpools::operations::{DeviceType, ListDevicesResponse};
///
/// let page =
///     ListDevicesResponse::new().devices([DeviceType::new()]).pagination_token("the next page");
/// assert_eq!(page.devices.map(|devices| devices.len()), Some(1));
/// assert_eq!(page.pagination_token.as_deref(), Some("the next page"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListDevicesResponse {
    /// The devices.
    pub devices: Option<Vec<DeviceType>>,
    /// The token of the next page, if there is one.
    pub pagination_token: Option<String>,
}

/// Sets whether a device is remembered.
///
/// ```
/// use cognito_userpools::operations::{DeviceRememberedStatusType, UpdateDeviceStatus};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = UpdateDeviceStatus::new("the access token", "eu-west-1_8f3a…")
///     .device_remembered_status(DeviceRememberedStatusType::Remembered);
/// operation.send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "UpdateDeviceStatus", response = ())]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateDeviceStatus {
    /// The user's access token.
    #[pattern]
    pub access_token: String,
    /// The key of the device.
    #[len]
    #[pattern]
    pub device_key: String,
    /// Whether the device is remembered.
    pub device_remembered_status: Option<DeviceRememberedStatusType>,
}

/// Forgets a device.
///
/// ```
/// use cognito_userpools::operations::ForgetDevice;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// ForgetDevice::new("eu-west-1_8f3a…").access_token("the access token").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ForgetDevice", response = ())]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ForgetDevice {
    /// The user's access token.
    #[pattern]
    pub access_token: Option<String>,
    /// The key of the device.
    #[len]
    #[pattern]
    pub device_key: String,
}

/// Whether a device is remembered.
///
/// In the wildcard arm of a `match`, treat the device as not remembered.
///
/// ```
/// use cognito_userpools::operations::DeviceRememberedStatusType;
///
/// assert_eq!(DeviceRememberedStatusType::NotRemembered.as_str(), "not_remembered");
/// assert_eq!(
///     DeviceRememberedStatusType::from("remembered"),
///     DeviceRememberedStatusType::Remembered
/// );
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeviceRememberedStatusType {
    /// The device is remembered.
    Remembered,
    /// The device is not remembered.
    NotRemembered,
    /// A value that has no variant.
    Other(String),
}

/// The verifier of a device's password.
///
/// ```
/// use cognito_userpools::operations::DeviceSecretVerifierConfigType;
///
/// let verifier =
///     DeviceSecretVerifierConfigType::new().password_verifier("the verifier").salt("the salt");
/// assert!(!format!("{verifier:?}").contains("the verifier"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeviceSecretVerifierConfigType {
    /// The verifier, in Base64.
    #[len]
    pub password_verifier: Option<String>,
    /// The salt, in Base64.
    #[len]
    pub salt: Option<String>,
}

/// A device of a user.
///
/// ```
/// use cognito_userpools::operations::DeviceType;
///
/// use std::time::SystemTime;
///
/// let now = SystemTime::now();
/// let device = DeviceType::new()
///     .device_key("eu-west-1_8f3a…")
///     .device_attributes([("device_name", "Alice's phone")])
///     .device_create_date(now)
///     .device_last_authenticated_date(now)
///     .device_last_modified_date(now);
/// assert!(device.device_create_date <= device.device_last_authenticated_date);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeviceType {
    /// The attributes of the device.
    pub device_attributes: Option<Vec<AttributeType>>,
    /// The time of the first sign-in from the device.
    pub device_create_date: Option<SystemTime>,
    /// The key of the device.
    pub device_key: Option<String>,
    /// The time of the last sign-in from the device.
    pub device_last_authenticated_date: Option<SystemTime>,
    /// The time of the last change.
    pub device_last_modified_date: Option<SystemTime>,
}

//! Devices that are remembered.

use super::shapes::AttributeType;
use crate::{cognito_op, cognito_shape};
use std::time::SystemTime;

/// Confirms a device that is to be remembered.
#[cognito_op(target = "ConfirmDevice")]
#[derive(Clone, PartialEq)]
pub struct ConfirmDevice {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
    /// The key of the device.
    #[len]
    #[pattern]
    pub device_key: String,
    /// A name for the device.
    #[len]
    pub device_name: Option<String>,
    /// What the device's password is checked against.
    pub device_secret_verifier_config: Option<DeviceSecretVerifierConfigType>,
}

/// The answer to [`ConfirmDevice`].
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct ConfirmDeviceResponse {
    /// Whether the user has to agree that the device is remembered; see `UpdateDeviceStatus`.
    pub user_confirmation_necessary: Option<bool>,
}

/// A device.
#[cognito_op(target = "GetDevice")]
#[derive(Clone, PartialEq)]
pub struct GetDevice {
    /// The access token of the user.
    #[pattern]
    pub access_token: Option<String>,
    /// The key of the device.
    #[len]
    #[pattern]
    pub device_key: String,
}

/// The answer to [`GetDevice`].
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct GetDeviceResponse {
    /// The device.
    pub device: Option<DeviceType>,
}

/// The user's devices, page by page.
#[cognito_op(target = "ListDevices")]
#[derive(Clone, PartialEq)]
pub struct ListDevices {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
    /// How many to give at most.
    #[range]
    pub limit: Option<i32>,
    /// Where this page begins: what the page before it said.
    #[len]
    #[pattern]
    pub pagination_token: Option<String>,
}

/// The answer to [`ListDevices`].
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct ListDevicesResponse {
    /// The devices.
    pub devices: Option<Vec<DeviceType>>,
    /// Where the next page begins.
    pub pagination_token: Option<String>,
}

/// Sets whether a device is remembered.
#[cognito_op(target = "UpdateDeviceStatus", response = ())]
#[derive(Clone, PartialEq)]
pub struct UpdateDeviceStatus {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
    /// The key of the device.
    #[len]
    #[pattern]
    pub device_key: String,
    /// Whether it is remembered.
    pub device_remembered_status: Option<DeviceRememberedStatusType>,
}

/// Forgets a device.
#[cognito_op(target = "ForgetDevice", response = ())]
#[derive(Clone, PartialEq)]
pub struct ForgetDevice {
    /// The access token of the user.
    #[pattern]
    pub access_token: Option<String>,
    /// The key of the device.
    #[len]
    #[pattern]
    pub device_key: String,
}

/// Whether a device is remembered.
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
pub enum DeviceRememberedStatusType {
    /// It is.
    Remembered,
    /// It is not.
    NotRemembered,
    /// A value that this version does not know.
    Other(String),
}

/// What the service checks the device's password against.
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct DeviceSecretVerifierConfigType {
    /// The verifier, in Base64.
    #[len]
    pub password_verifier: Option<String>,
    /// The salt, in Base64.
    #[len]
    pub salt: Option<String>,
}

/// A device.
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct DeviceType {
    /// What is known of it.
    pub device_attributes: Option<Vec<AttributeType>>,
    /// When it was first seen.
    pub device_create_date: Option<SystemTime>,
    /// The key of the device.
    pub device_key: Option<String>,
    /// When it was last signed in from.
    pub device_last_authenticated_date: Option<SystemTime>,
    /// When it was last changed.
    pub device_last_modified_date: Option<SystemTime>,
}

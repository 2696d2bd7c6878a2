//! A device that a user pool remembers.

use crate::operations::{DeviceRememberedStatusType, ForgetDevice, GetDevice, UpdateDeviceStatus};
use std::fmt;
use zeroize::Zeroizing;

/// A confirmed device of a user, with its password.
///
/// [`NewDevice::confirm`](super::NewDevice::confirm) returns it, and [`SignIn::device`](crate::sign_in::SignIn::device)
/// takes it. Keep it like a password, for the user on this device: anyone who has it can skip the second factor. With
/// the feature `serde`, it can be serialized.
///
/// The methods return operations on the device. [`ListDevices`](crate::operations::ListDevices) returns all devices of
/// the user.
///
/// ```
/// use cognito_userpools::devices::Device;
/// use cognito_userpools::sign_in::Tokens;
/// use cognito_userpools::{Client, Error};
///
/// /// Removes the device from the user's devices.
/// async fn forget(client: &Client, tokens: &Tokens, device: Device) -> Result<(), Error> {
///     device.forget(&tokens.access_token).send(client).await
/// }
/// ```
#[derive(Clone)]
pub struct Device {
    key: String,
    group_key: String,
    password: Zeroizing<String>,
}

impl Device {
    /// Creates a device from stored parts, which may also be those of another client.
    ///
    /// ```
    /// use cognito_userpools::devices::Device;
    ///
    /// let device = Device::new("eu-west-1_8f3a…", "-a1b2c3", "the password");
    /// assert_eq!((device.key(), device.group_key()), ("eu-west-1_8f3a…", "-a1b2c3"));
    /// assert_eq!(device.password(), "the password");
    /// assert_eq!(format!("{device:?}"), "Device { .. }");
    /// ```
    pub fn new(key: impl Into<String>, group_key: impl Into<String>, password: impl Into<String>) -> Self {
        Self { key: key.into(), group_key: group_key.into(), password: Zeroizing::new(password.into()) }
    }

    /// Returns the key of the device, which identifies it among the devices of the user.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns the key of the group of devices, which is part of the proof of the password.
    #[must_use]
    pub fn group_key(&self) -> &str {
        &self.group_key
    }

    /// Returns the password of the device. It is a secret.
    #[must_use]
    pub fn password(&self) -> &str {
        &self.password
    }

    /// Returns the operation that sets whether the pool remembers the device. Only a remembered device skips the second
    /// factor. The access token is the user's.
    ///
    /// ```
    /// use cognito_userpools::devices::Device;
    /// use cognito_userpools::{Error, blocking};
    ///
    /// fn remember(client: &blocking::Client, token: &str, device: &Device) -> Result<(), Error> {
    ///     device.set_remembered(token, true).send_blocking(client)
    /// }
    /// ```
    pub fn set_remembered(&self, access_token: impl Into<String>, remembered: bool) -> UpdateDeviceStatus {
        use DeviceRememberedStatusType::{NotRemembered, Remembered};
        let status = if remembered { Remembered } else { NotRemembered };
        UpdateDeviceStatus::new(access_token.into(), &self.key).device_remembered_status(status)
    }

    /// Returns the operation that removes the device from the user's devices. A program then discards the device. The
    /// refresh tokens of the device stop working.
    ///
    /// ```
    /// use cognito_userpools::devices::Device;
    /// use cognito_userpools::{Client, Error};
    ///
    /// async fn forget(client: &Client, token: &str, device: Device) -> Result<(), Error> {
    ///     device.forget(token).send(client).await
    /// }
    /// ```
    pub fn forget(&self, access_token: impl Into<String>) -> ForgetDevice {
        ForgetDevice::new(&self.key).access_token(access_token.into())
    }

    /// Returns the operation that returns the data of the service about the device.
    ///
    /// ```
    /// use cognito_userpools::devices::Device;
    /// use cognito_userpools::{Client, Error};
    /// use std::time::SystemTime;
    ///
    /// async fn last_sign_in(
    ///     client: &Client,
    ///     token: &str,
    ///     device: &Device,
    /// ) -> Result<Option<SystemTime>, Error> {
    ///     let response = device.get(token).send(client).await?;
    ///     Ok(response.device.device_last_authenticated_date)
    /// }
    /// ```
    pub fn get(&self, access_token: impl Into<String>) -> GetDevice {
        GetDevice::new(&self.key).access_token(access_token.into())
    }
}

impl fmt::Debug for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Device").finish_non_exhaustive()
    }
}

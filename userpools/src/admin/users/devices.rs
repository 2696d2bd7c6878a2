//! The remembered devices of users.
// Written by `cargo x admin` from the service model; a test compares them.

use crate::operations::{DeviceRememberedStatusType, DeviceType};
use cognito_op::{cognito_op, cognito_shape};

/// Returns a device of a user.
///
/// ```
/// use cognito_userpools::admin::AdminGetDevice;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = AdminGetDevice::new("eu-west-1_8f3a21c0", "eu-west-1_Ab12Cd34", "alice")
///     .send(client)
///     .await?;
/// println!("{:?}", response.device);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminGetDevice", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminGetDevice {
    /// The key of the device.
    #[len]
    #[pattern]
    pub device_key: String,
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
}

/// The response of [`AdminGetDevice`].
///
/// ```
/// use cognito_userpools::admin::{AdminGetDeviceResponse, DeviceType};
///
/// let response = AdminGetDeviceResponse::new(DeviceType::new());
/// assert!(response.device.device_key.is_none());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminGetDeviceResponse {
    /// The device.
    pub device: DeviceType,
}

/// Lists the devices of a user.
///
/// [`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.
///
/// ```
/// use cognito_userpools::admin::AdminListDevices;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = AdminListDevices::new("eu-west-1_Ab12Cd34", "alice")
///     .limit(10)
///     .send(client)
///     .await?;
/// println!("{:?}", response.devices);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminListDevices", signed, paginated)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminListDevices {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
    /// The maximum number of devices to return.
    #[range]
    pub limit: Option<i32>,
    /// The token from the previous response, to continue the list.
    #[len]
    #[pattern]
    pub pagination_token: Option<String>,
}

/// The response of [`AdminListDevices`].
///
/// ```
/// use cognito_userpools::admin::{AdminListDevicesResponse, DeviceType};
///
/// let response = AdminListDevicesResponse::new()
///     .devices([DeviceType::new()])
///     .pagination_token("the-next-page");
/// assert_eq!(response.pagination_token.as_deref(), Some("the-next-page"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminListDevicesResponse {
    /// The devices.
    pub devices: Option<Vec<DeviceType>>,
    /// The token of the next page, if there is one.
    pub pagination_token: Option<String>,
}

/// Sets whether a device of a user is remembered.
///
/// ```
/// use cognito_userpools::admin::{AdminUpdateDeviceStatus, DeviceRememberedStatusType};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// AdminUpdateDeviceStatus::new("eu-west-1_Ab12Cd34", "alice", "eu-west-1_8f3a21c0")
///     .device_remembered_status(DeviceRememberedStatusType::Remembered)
///     .send(client)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminUpdateDeviceStatus", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminUpdateDeviceStatus {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
    /// The key of the device.
    #[len]
    #[pattern]
    pub device_key: String,
    /// The new status of the device: `remembered` or `not_remembered`.
    pub device_remembered_status: Option<DeviceRememberedStatusType>,
}

/// Forgets a device of a user. Sign-ins on the device need a second factor again where one applies.
///
/// ```
/// use cognito_userpools::admin::AdminForgetDevice;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// AdminForgetDevice::new("eu-west-1_Ab12Cd34", "alice", "eu-west-1_8f3a21c0").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminForgetDevice", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminForgetDevice {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The user name or an alias.
    #[len]
    #[pattern]
    pub username: String,
    /// The key of the device.
    #[len]
    #[pattern]
    pub device_key: String,
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    AdminGetDeviceResponse AdminListDevicesResponse
}

//! Serialization of devices.

use super::device::Device;
use cognito_op::{cognito_shape, wire};
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, SerializeStruct as _, Serializer};

/// The form of [`Device`].
#[cognito_shape(unmodeled)]
struct DeviceForm {
    #[member("key")]
    key: String,
    #[member("group_key")]
    group_key: String,
    #[member("password")]
    #[sensitive]
    password: String,
}

/// Serializes the device as an object with `key`, `group_key` and `password`. The text contains the password, so keep
/// it secret.
impl Serialize for Device {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut kept = serializer.serialize_struct("Device", 3)?;
        kept.serialize_field("key", self.key())?;
        kept.serialize_field("group_key", self.group_key())?;
        kept.serialize_field("password", self.password())?;
        kept.end()
    }
}

impl<'de> Deserialize<'de> for Device {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The text of serde's error can quote the password.
        let kept: DeviceForm = wire::deserialize(deserializer)
            .map_err(|_| D::Error::custom("expected a device: an object with `key`, `group_key` and `password`"))?;
        Ok(Self::new(kept.key, kept.group_key, kept.password))
    }
}

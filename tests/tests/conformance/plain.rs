//! The JSON format of the suites for types that serde writes differently: blobs are text, and timestamps are seconds.

use crate::shapes::FooEnum;
use serde::de::{Deserializer, Error as _};
use serde::{Deserialize as _, Serialize as _, Serializer};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub(crate) trait Plain: Sized {
    fn read(value: Value) -> Option<Self>;
    fn write(&self) -> Value;
}

impl Plain for Vec<u8> {
    fn read(value: Value) -> Option<Self> {
        value.as_str().map(|text| text.as_bytes().to_vec())
    }
    fn write(&self) -> Value {
        Value::from(std::str::from_utf8(self).expect("every blob of the suites is text"))
    }
}

impl Plain for SystemTime {
    fn read(value: Value) -> Option<Self> {
        Some(UNIX_EPOCH + Duration::from_secs(value.as_u64()?))
    }
    fn write(&self) -> Value {
        let since = self.duration_since(UNIX_EPOCH).expect("no time of the suites is before 1970");
        if since.subsec_nanos() == 0 { json!(since.as_secs()) } else { json!(since.as_secs_f64()) }
    }
}

impl Plain for FooEnum {
    fn read(value: Value) -> Option<Self> {
        value.as_str().map(Self::from)
    }
    fn write(&self) -> Value {
        Value::from(self.as_str())
    }
}

impl<T: Plain> Plain for Option<T> {
    fn read(value: Value) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::read(value).map(Some) }
    }
    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::write)
    }
}

impl<T: Plain> Plain for Vec<T> {
    fn read(value: Value) -> Option<Self> {
        value.as_array()?.iter().cloned().map(T::read).collect()
    }
    fn write(&self) -> Value {
        self.iter().map(T::write).collect()
    }
}

impl<T: Plain> Plain for BTreeMap<String, T> {
    fn read(value: Value) -> Option<Self> {
        let entries = value.as_object()?.clone().into_iter();
        entries.map(|(key, value)| Some((key, T::read(value)?))).collect()
    }
    fn write(&self) -> Value {
        self.iter().map(|(key, value)| (key.clone(), value.write())).collect()
    }
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>, T: Plain>(deserializer: D) -> Result<T, D::Error> {
    T::read(Value::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("another type"))
}

pub(crate) fn serialize<S: Serializer, T: Plain>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.write().serialize(serializer)
}

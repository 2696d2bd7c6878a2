//! The service's JSON as a format of serde, for `#[serde(with = "cognito_op::wire")]`.
//!
//! A type with `#[cognito_shape]` does not implement the traits of serde, since a program chooses the names in its own
//! JSON. This module reads and writes such a type in the form of the service: with the names of the API, without
//! members that are `None`, and with timestamps as seconds.
//!
//! ```
//! use cognito_op::cognito_shape;
//! use serde::{Deserialize, Serialize};
//!
//! #[cognito_shape]
//! struct CodeDeliveryDetails {
//!     destination: Option<String>,
//!     delivery_medium: Option<String>,
//! }
//!
//! #[derive(Serialize, Deserialize)]
//! struct Pending {
//!     since: u64,
//!     #[serde(with = "cognito_op::wire")]
//!     details: CodeDeliveryDetails,
//! }
//!
//! let details = CodeDeliveryDetails::new().destination("a***@e***");
//! let text = serde_json::to_string(&Pending { since: 7, details }).unwrap();
//! assert_eq!(text, r#"{"since":7,"details":{"Destination":"a***@e***"}}"#);
//! let pending: Pending = serde_json::from_str(&text).unwrap();
//! assert_eq!(pending.details.destination.as_deref(), Some("a***@e***"));
//! ```
//!
//! Sensitive members are written too, and are not redacted. The format must be self-describing, such as JSON, CBOR or
//! TOML.

use super::input::{InputValue, to_json};
use super::output::OutputValue;
use serde::de::{MapAccess, Visitor};
use serde::ser::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use std::fmt;

/// Serializes a value as the service's JSON.
///
/// # Errors
///
/// Returns the error of the serializer, or an error if an implementation of [`InputValue`] wrote no JSON.
pub fn serialize<T: InputValue + ?Sized, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let json = to_json(value);
    Json(parse::<_, S>(&String::from_utf8_lossy(&json))?).serialize(serializer)
}

/// Deserializes a value from the service's JSON.
///
/// # Errors
///
/// Returns the error of the deserializer.
pub fn deserialize<'de, T: OutputValue, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::read(deserializer)
}

/// A JSON text that any serializer can write. The members of objects keep their order.
struct Json<'j>(&'j RawValue);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.0.get();
        match text.as_bytes().first() {
            Some(b'{') => serializer.collect_map(parse::<Object<'_>, S>(text)?.0),
            Some(b'[') => serializer.collect_seq(parse::<Vec<&RawValue>, S>(text)?.into_iter().map(Json)),
            Some(b'"') => serializer.serialize_str(&parse::<String, S>(text)?),
            Some(b't' | b'f') => serializer.serialize_bool(text == "true"),
            Some(b'n') => serializer.serialize_unit(),
            // `serde_json::Number` depends on the features of serde_json.
            _ => match (text.parse::<u64>(), text.parse::<i64>()) {
                (Ok(number), _) => serializer.serialize_u64(number),
                (_, Ok(number)) => serializer.serialize_i64(number),
                _ => serializer.serialize_f64(parse::<f64, S>(text)?),
            },
        }
    }
}

struct Object<'j>(Vec<(String, Json<'j>)>);

impl<'j> Deserialize<'j> for Object<'j> {
    fn deserialize<D: Deserializer<'j>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'j> Visitor<'j> for Members {
            type Value = Object<'j>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'j>>(self, mut access: A) -> Result<Object<'j>, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = access.next_entry()? {
                    members.push((name, Json(value)));
                }
                Ok(Object(members))
            }
        }

        deserializer.deserialize_map(Members)
    }
}

fn parse<'j, T: Deserialize<'j>, S: Serializer>(text: &'j str) -> Result<T, S::Error> {
    serde_json::from_str(text).map_err(|_| S::Error::custom("the value is not JSON"))
}

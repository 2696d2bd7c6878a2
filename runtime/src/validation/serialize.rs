//! Serializes violations for the response to a form.

use super::violation::{Unit, Violation, ViolationKind, Violations};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Serializes the violation as an object such as
/// `{"path":"username","wirePath":"username","code":"too_long","requirement":"must have at most 128
/// characters","max":128,"unit":"characters"}`.
///
/// `path` is [`serde_path`](Violation::serde_path). Depending on the kind, the object also contains `min`, `max`,
/// `pattern` or `values`. `unit` is `characters`, `entries` or `bytes`. `actual` is the measured length or number; it
/// is omitted if the member is sensitive.
impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("path", self.serde_path())?;
        map.serialize_entry("wirePath", self.wire_path())?;
        map.serialize_entry("code", self.kind().code())?;
        map.serialize_entry("requirement", &self.requirement())?;
        match self.kind() {
            ViolationKind::Missing => {}
            ViolationKind::TooShort { min, .. } => map.serialize_entry("min", min)?,
            ViolationKind::TooLong { max, .. } => map.serialize_entry("max", max)?,
            ViolationKind::Below { min, .. } => map.serialize_entry("min", min)?,
            ViolationKind::Above { max, .. } => map.serialize_entry("max", max)?,
            ViolationKind::Pattern { pattern } => map.serialize_entry("pattern", pattern)?,
            ViolationKind::NotAMember { values } => map.serialize_entry("values", values)?,
        }
        if let Some(unit) = self.unit() {
            let unit = match unit {
                Unit::Character => "characters",
                Unit::Entry => "entries",
                Unit::Byte => "bytes",
            };
            map.serialize_entry("unit", unit)?;
        }
        if let Some(measured) = self.measured() {
            map.serialize_entry("actual", &measured)?;
        }
        map.end()
    }
}

/// Serializes the violations as an array.
impl Serialize for Violations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

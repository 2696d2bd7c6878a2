//! Serializes the members of an operation as the rules of a form, with the names of JSON Schema.

use super::constraints::Constraints;
use super::shape::{Member, Shape};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// The rules for one value.
#[derive(Clone, Copy)]
struct Rules<'r> {
    shape: Option<&'r Shape>,
    constraints: &'r Constraints,
}

impl Serialize for Rules<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.entries(&mut map)?;
        map.end()
    }
}

impl Rules<'_> {
    fn entries<M: SerializeMap>(self, map: &mut M) -> Result<(), M::Error> {
        let (kind, [min, max]) = match self.shape {
            Some(Shape::Boolean) => ("boolean", ["", ""]),
            Some(Shape::Integer | Shape::Long) => ("integer", ["", ""]),
            Some(Shape::Timestamp) => ("number", ["", ""]),
            Some(Shape::List(_)) => ("array", ["minItems", "maxItems"]),
            Some(Shape::Map(_) | Shape::Structure { .. }) => ("object", ["minProperties", "maxProperties"]),
            None | Some(Shape::Document) => ("", ["minLength", "maxLength"]),
            Some(Shape::String | Shape::Enum { .. } | Shape::Blob) => ("string", ["minLength", "maxLength"]),
        };
        optional(map, "type", (!kind.is_empty()).then_some(kind))?;
        let Constraints { length, pattern, range, entries, keys } = self.constraints;
        if let Some(length) = length {
            optional(map, min, length.min)?;
            optional(map, max, length.max)?;
            if kind == "string" {
                optional(map, "maxLengthUtf16", length.in_utf16().max)?;
            }
        }
        optional(map, "pattern", pattern.and_then(|pattern| pattern.to_ecmascript()))?;
        optional(map, "minimum", range.and_then(|range| range.min))?;
        optional(map, "maximum", range.and_then(|range| range.max))?;
        let of_entries = |shape| Rules { shape, constraints: self.constraints.of_entries() };
        match self.shape {
            Some(Shape::Enum { values, .. }) => map.serialize_entry("enum", values)?,
            Some(Shape::List(entry)) => map.serialize_entry("items", &of_entries(Some(entry)))?,
            Some(Shape::Map(entry)) => map.serialize_entry("values", &of_entries(Some(entry)))?,
            Some(Shape::Structure { members, .. }) => map.serialize_entry("members", members)?,
            None if entries.is_some() => map.serialize_entry("entries", &of_entries(None))?,
            _ => {}
        }
        optional(map, "keys", keys.map(|constraints| Rules { shape: None, constraints }))
    }
}

fn optional<M: SerializeMap>(map: &mut M, name: &str, value: Option<impl Serialize>) -> Result<(), M::Error> {
    value.map_or(Ok(()), |value| map.serialize_entry(name, &value))
}

/// Serializes the rules for the member, as in `{"name":"username","member":"Username","required":true,"sensitive":true,
/// "type":"string","minLength":1,"maxLength":128,"maxLengthUtf16":256,"pattern":"…"}`.
///
/// `name` is [`serde_name`](field@Member::serde_name): `null` for a field that serde skips. `member` is the name on the
/// wire. The names of the rules are those of JSON Schema, but the object is not a JSON Schema: each member has
/// its own `required`, and `pattern` must match the whole value. `pattern` is the result of
/// [`to_ecmascript`](crate::Pattern::to_ecmascript). `maxLengthUtf16` is the bound for the attribute `maxlength` of an
/// HTML form. `autoFilled` is present and `true` for a value that the client fills in.
impl Serialize for Member {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", &self.serde_name)?;
        map.serialize_entry("member", self.name)?;
        map.serialize_entry("required", &self.required)?;
        map.serialize_entry("sensitive", &self.sensitive)?;
        optional(&mut map, "autoFilled", self.auto_fill.map(|_| true))?;
        Rules { shape: Some(&self.shape), constraints: &self.constraints }.entries(&mut map)?;
        map.end()
    }
}

/// Serializes the type with the names of JSON Schema: `{"type":"string","enum":["SMS","EMAIL"]}`. The object of a
/// structure also contains `members`, that of a list `items` and that of a map `values`.
impl Serialize for Shape {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Rules { shape: Some(self), constraints: &Constraints::NONE }.serialize(serializer)
    }
}

/// Serializes the constraints with the names of JSON Schema: `{"minLength":1,"maxLength":128}`. The constraints on
/// entries are in `entries`, and those on keys in `keys`.
impl Serialize for Constraints {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Rules { shape: None, constraints: self }.serialize(serializer)
    }
}

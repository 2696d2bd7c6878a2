//! Compile-time assertions that a field's type has the shape that the service expects. The macro cannot check this,
//! since it does not resolve type names; the generated code does so in constants.

use super::shape::Shape;

/// The shape that the service expects.
#[doc(hidden)]
#[allow(missing_docs)]
#[derive(Clone, Copy)]
pub enum Expected {
    /// A string, blob, list or map.
    Measured,
    AnyList,
    AnyMap,
    String,
    /// An enum, by its name in the API.
    Enum(&'static str),
    Boolean,
    /// A 32-bit or 64-bit integer.
    Integer,
    Timestamp,
    Blob,
    Document,
    List(&'static Expected),
    Map(&'static Expected),
    /// A structure, by its possible names in the API.
    Structure(&'static [&'static str]),
}

/// Returns whether a shape fits the expected one. A shape without a name fits any name.
#[must_use]
pub const fn fits(shape: &Shape, expected: &Expected) -> bool {
    match (shape, expected) {
        (Shape::String | Shape::Enum { .. } | Shape::Blob | Shape::List(_) | Shape::Map(_), Expected::Measured)
        | (Shape::List(_), Expected::AnyList)
        | (Shape::Map(_), Expected::AnyMap)
        | (Shape::String, Expected::String | Expected::Enum(_))
        | (Shape::Enum { .. }, Expected::String)
        | (Shape::Boolean, Expected::Boolean)
        | (Shape::Integer | Shape::Long, Expected::Integer)
        | (Shape::Timestamp, Expected::Timestamp)
        | (Shape::Blob, Expected::Blob)
        | (Shape::Document, Expected::Document) => true,
        (Shape::Enum { name, .. }, Expected::Enum(expected)) => is_one_of(*name, &[*expected]),
        (Shape::Structure { name, .. }, Expected::Structure(expected)) => is_one_of(*name, expected),
        (Shape::List(shape), Expected::List(expected)) | (Shape::Map(shape), Expected::Map(expected)) => {
            fits(shape, expected)
        }
        _ => false,
    }
}

/// Returns the shape of a list's entries, or of a map's keys (`which` is 0) or values (1).
#[must_use]
pub const fn entry(shape: &Shape, which: usize) -> &Shape {
    match (shape, which) {
        (Shape::List(entry), _) | (Shape::Map(entry), 1) => entry,
        (Shape::Map(_), _) => &Shape::String,
        _ => shape,
    }
}

const fn is_one_of(name: Option<&str>, mut names: &[&str]) -> bool {
    let Some(name) = name else { return true };
    while let [first, rest @ ..] = names {
        if same(name.as_bytes(), first.as_bytes()) {
            return true;
        }
        names = rest;
    }
    false
}

const fn same(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([first, rest @ ..], [other, others @ ..]) = (a, b) {
        if *first != *other {
            return false;
        }
        (a, b) = (rest, others);
    }
    a.is_empty() && b.is_empty()
}

//! The types that a member can have.

use crate::constraint::{Checker, Constraints};
use crate::operation::Shape;
use crate::wire::Writer;
use serde::de::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::hash::{BuildHasher, Hash};

/// A type that a member of an operation or shape can have.
///
/// It says what the type is on the wire. [`InputValue`] and [`OutputValue`] write and read it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the type of a member",
    label = "not a type of the wire",
    note = "members are strings, `bool`, `i32`, `i64`, `Vec<T>`, maps from strings, and types with `#[cognito_shape]`",
    note = "put `#[cognito_shape]` on `{Self}` if it is yours, or implement `Value` with `InputValue` or `OutputValue` for it",
    note = "an alias of `Option` hides that the member is optional: write `Option<…>` itself"
)]
pub trait Value {
    /// What the value is on the wire.
    const SHAPE: Shape;
}

/// A [`Value`] that can stand in a request.
///
/// A type of your own forwards to the value it wraps:
///
/// ```
/// use cognito_op::{Checker, Constraints, InputValue, Shape, Value, Writer};
///
/// /// An app client's id.
/// #[derive(Clone)]
/// pub struct ClientId(String);
///
/// impl Value for ClientId {
///     const SHAPE: Shape = Shape::String;
/// }
///
/// impl InputValue for ClientId {
///     fn write(&self, writer: &mut Writer<'_>) {
///         self.0.write(writer);
///     }
///     fn check(&self, constraints: &Constraints, checker: &mut Checker<'_>) {
///         self.0.check(constraints, checker);
///     }
///     fn text(&self) -> Option<&str> {
///         self.0.text()
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in a request",
    label = "not written to the wire",
    note = "put `#[cognito_shape]` on `{Self}` if it is yours, without `output` alone, or implement `InputValue` for it"
)]
pub trait InputValue: Value {
    /// Writes the value as JSON.
    fn write(&self, writer: &mut Writer<'_>);

    /// Checks the value against the constraints of its member, and what it holds against its own.
    fn check(&self, constraints: &Constraints, checker: &mut Checker<'_>) {
        let _ = (constraints, checker);
    }

    /// The value as text, if it is a string.
    fn text(&self) -> Option<&str> {
        None
    }
}

/// A [`Value`] that can be read from an answer.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an answer",
    label = "not read from the wire",
    note = "put `#[cognito_shape]` on `{Self}` if it is yours, without `input` alone and without a lifetime, or implement `OutputValue` for it"
)]
pub trait OutputValue: Value + Sized {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// Where the deserializer has something else.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

macro_rules! text {
    ($($(#[$attr:meta])* [$($generics:tt)*] $ty:ty;)*) => {$(
        $(#[$attr])*
        impl<$($generics)*> Value for $ty {
            const SHAPE: Shape = Shape::String;
        }

        $(#[$attr])*
        impl<$($generics)*> InputValue for $ty {
            fn write(&self, writer: &mut Writer<'_>) {
                writer.string(self);
            }
            fn check(&self, constraints: &Constraints, checker: &mut Checker<'_>) {
                checker.text(self, constraints);
            }
            fn text(&self) -> Option<&str> {
                Some(self)
            }
        }
    )*};
}

text! {
    [] str;
    [] String;
    [] Box<str>;
    ['a] Cow<'a, str>;
}

impl<T: Value + ?Sized> Value for &T {
    const SHAPE: Shape = T::SHAPE;
}

impl<T: InputValue + ?Sized> InputValue for &T {
    fn write(&self, writer: &mut Writer<'_>) {
        (**self).write(writer);
    }
    fn check(&self, constraints: &Constraints, checker: &mut Checker<'_>) {
        (**self).check(constraints, checker);
    }
    fn text(&self) -> Option<&str> {
        (**self).text()
    }
}

/// Types that serde reads as the wire has them.
macro_rules! read_by_serde {
    ($($ty:ty)*) => {$(
        impl OutputValue for $ty {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::deserialize(deserializer)
            }
        }
    )*};
}

read_by_serde!(String Box<str> bool i32 i64);

impl Value for bool {
    const SHAPE: Shape = Shape::Boolean;
}

impl InputValue for bool {
    fn write(&self, writer: &mut Writer<'_>) {
        writer.boolean(*self);
    }
}

impl Value for i32 {
    const SHAPE: Shape = Shape::Integer;
}

impl InputValue for i32 {
    fn write(&self, writer: &mut Writer<'_>) {
        writer.integer(i64::from(*self));
    }
}

impl Value for i64 {
    const SHAPE: Shape = Shape::Long;
}

impl InputValue for i64 {
    fn write(&self, writer: &mut Writer<'_>) {
        writer.integer(*self);
    }
}

impl<T: Value> Value for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
}

impl<T: InputValue> InputValue for Vec<T> {
    fn write(&self, writer: &mut Writer<'_>) {
        writer.list(|list| {
            for entry in self {
                list.entry(entry);
            }
        });
    }
    fn check(&self, constraints: &Constraints, checker: &mut Checker<'_>) {
        checker.count(self.len(), constraints);
        for (index, entry) in self.iter().enumerate() {
            checker.at_index(index, |checker| entry.check(&Constraints::NONE, checker));
        }
    }
}

impl<T: OutputValue> OutputValue for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = Vec::<ByWire<T>>::deserialize(deserializer)?;
        Ok(entries.into_iter().map(|entry| entry.0).collect())
    }
}

macro_rules! map {
    ([$($generics:tt)*] $map:ty, [$($read:tt)*] $owned:ty, $wired:ty) => {
        impl<$($generics)*> Value for $map {
            const SHAPE: Shape = Shape::Map(&V::SHAPE);
        }

        impl<$($generics)*> InputValue for $map
        where
            K: InputValue,
            V: InputValue,
        {
            fn write(&self, writer: &mut Writer<'_>) {
                writer.object(|object| {
                    for (key, value) in self {
                        object.member(key.text().unwrap_or_default(), value);
                    }
                });
            }
            fn check(&self, constraints: &Constraints, checker: &mut Checker<'_>) {
                checker.count(self.len(), constraints);
                for (key, value) in self {
                    let key = key.text().unwrap_or_default();
                    checker.at_key(key, |checker| value.check(&Constraints::NONE, checker));
                }
            }
        }

        impl<$($read)*> OutputValue for $owned {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let entries = <$wired>::deserialize(deserializer)?;
                Ok(entries.into_iter().map(|(key, value)| (key, value.0)).collect())
            }
        }
    };
}

map!([K: MapKey, V: Value] BTreeMap<K, V>, [V: OutputValue] BTreeMap<String, V>, BTreeMap<String, ByWire<V>>);
map!(
    [K: MapKey, V: Value, S] HashMap<K, V, S>,
    [V: OutputValue, S: BuildHasher + Default] HashMap<String, V, S>,
    HashMap<String, ByWire<V>, S>
);

/// A string type that can be the key of a map.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the key of a map",
    note = "the keys of the service's maps are strings"
)]
pub trait MapKey: Value + Eq + Hash {}

impl MapKey for String {}
impl MapKey for &str {}
impl MapKey for Cow<'_, str> {}

/// A value that serde reads as [`OutputValue`] does; an entry of a list or map.
struct ByWire<T>(T);

impl<'de, T: OutputValue> Deserialize<'de> for ByWire<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

impl<T: Value> Value for Box<T> {
    const SHAPE: Shape = T::SHAPE;
}

impl<T: InputValue> InputValue for Box<T> {
    fn write(&self, writer: &mut Writer<'_>) {
        (**self).write(writer);
    }
    fn check(&self, constraints: &Constraints, checker: &mut Checker<'_>) {
        (**self).check(constraints, checker);
    }
    fn text(&self) -> Option<&str> {
        (**self).text()
    }
}

impl<T: OutputValue> OutputValue for Box<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self::new)
    }
}

/// The output of an operation that answers with nothing but success.
impl Value for () {
    const SHAPE: Shape = Shape::Structure(&[]);
}

impl OutputValue for () {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde::de::IgnoredAny::deserialize(deserializer).map(|_| ())
    }
}

/// Stands for a value that may not be shown.
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(crate::error::REDACTED)
    }
}

/// Shows whether there is a value, which is no secret, and not what it is.
#[must_use]
pub fn redacted<T>(value: &Option<T>) -> Option<Redacted> {
    value.as_ref().map(|_| Redacted)
}

//! The types that a member can have.

mod blob;
mod document;
mod number;

use crate::constraint::{Checker, Constraints, Unit};
use crate::operation::{Member, Shape, Visitor};
use crate::wire::{Members, Writer};
use serde::de::{Deserialize, Deserializer, MapAccess};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::hash::{BuildHasher, Hash};

/// A type that a member of a request can have.
///
/// A type of your own forwards to the value it wraps:
///
/// ```
/// use cognito_op::{Checker, Constraints, InputValue, Shape, Writer};
///
/// /// An app client's id.
/// #[derive(Clone)]
/// pub struct ClientId(String);
///
/// impl InputValue for ClientId {
///     const SHAPE: Shape = Shape::String;
///
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
    message = "`{Self}` cannot be a member of a request",
    label = "not a type of the wire",
    note = "members are strings, `bool`, `i32`, `i64`, `Vec<T>`, maps from strings, and types with `#[cognito_shape]`",
    note = "put `#[cognito_shape]` on `{Self}` if it is yours (without `output` alone), or implement `InputValue` for it",
    note = "an alias of `Option` hides that a member is optional: write `Option<…>` itself"
)]
pub trait InputValue {
    /// What the value is on the wire.
    const SHAPE: Shape;

    /// Shows the value to a visitor of the structure whose member it is.
    #[doc(hidden)]
    fn visit<V: Visitor>(&self, member: &'static Member, visitor: &mut V) {
        visitor.member(member, self);
    }

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

    /// The text of an entry, if the value is a map of strings.
    #[doc(hidden)]
    fn entry(&self, key: &str) -> Option<&str> {
        let _ = key;
        None
    }
}

/// A type that a member of an answer can have.
///
/// ```
/// use cognito_op::{OutputValue, Shape, cognito_shape};
/// use serde::Deserializer;
///
/// /// A user's unchanging id.
/// #[derive(Debug)]
/// pub struct Sub(String);
///
/// impl OutputValue for Sub {
///     const SHAPE: Shape = Shape::String;
///
///     fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
///         String::read(deserializer).map(Self)
///     }
/// }
///
/// #[cognito_shape(output)]
/// struct SignUpResponse {
///     user_sub: Sub,
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an answer",
    label = "not a type of the wire",
    note = "put `#[cognito_shape]` on `{Self}` if it is yours (without `input` alone, and without a lifetime), or implement `OutputValue` for it",
    note = "an alias of `Option` hides that a member is optional: write `Option<…>` itself"
)]
pub trait OutputValue: Sized {
    /// What the value is on the wire.
    const SHAPE: Shape;

    /// Reads the value of the member that comes next; `null` is none.
    ///
    /// # Errors
    ///
    /// Where the deserializer has something else.
    #[doc(hidden)]
    fn read_member<'de, A: MapAccess<'de>>(members: &mut Members<'de, A>) -> Result<Option<Self>, A::Error> {
        members.value()
    }

    /// Reads the value.
    ///
    /// # Errors
    ///
    /// Where the deserializer has something else.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

macro_rules! text {
    ($([$($generics:tt)*] $ty:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> InputValue for $ty {
            const SHAPE: Shape = Shape::String;

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

/// Types that are what they point to.
macro_rules! forward {
    ($([$($generics:tt)*] $ty:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> InputValue for $ty {
            const SHAPE: Shape = T::SHAPE;

            fn write(&self, writer: &mut Writer<'_>) {
                (**self).write(writer);
            }
            fn check(&self, constraints: &Constraints, checker: &mut Checker<'_>) {
                (**self).check(constraints, checker);
            }
            fn text(&self) -> Option<&str> {
                (**self).text()
            }
            fn entry(&self, key: &str) -> Option<&str> {
                (**self).entry(key)
            }
        }
    )*};
}

forward! {
    [T: InputValue + ?Sized] &T;
    [T: InputValue] Box<T>;
}

/// Types that serde reads as the wire has them.
macro_rules! read_by_serde {
    ($($ty:ty: $shape:ident)*) => {$(
        #[diagnostic::do_not_recommend]
        impl OutputValue for $ty {
            const SHAPE: Shape = Shape::$shape;

            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::deserialize(deserializer)
            }
        }
    )*};
}

read_by_serde!(String: String Box<str>: String bool: Boolean);

#[diagnostic::do_not_recommend]
impl InputValue for bool {
    const SHAPE: Shape = Shape::Boolean;

    fn write(&self, writer: &mut Writer<'_>) {
        writer.boolean(*self);
    }
}

impl<T: InputValue> InputValue for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);

    fn write(&self, writer: &mut Writer<'_>) {
        writer.list(|list| {
            for entry in self {
                list.entry(entry);
            }
        });
    }
    fn check(&self, constraints: &Constraints, checker: &mut Checker<'_>) {
        checker.count(self.len(), Unit::Entry, constraints);
        for (index, entry) in self.iter().enumerate() {
            checker.at_index(index, |checker| entry.check(constraints.of_entries(), checker));
        }
    }
}

impl<T: OutputValue> OutputValue for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // An entry that is null is none, as with a member.
        let entries = Vec::<Option<ByWire<T>>>::deserialize(deserializer)?;
        Ok(entries.into_iter().flatten().map(|entry| entry.0).collect())
    }
}

macro_rules! map {
    ([$($generics:tt)*] $map:ty, [$($read:tt)*] $owned:ty, $wired:ty) => {
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> InputValue for $map {
            const SHAPE: Shape = Shape::Map(&V::SHAPE);

            fn write(&self, writer: &mut Writer<'_>) {
                writer.object(|object| {
                    for (key, value) in self {
                        object.member(key.text().unwrap_or_default(), value);
                    }
                });
            }
            fn check(&self, constraints: &Constraints, checker: &mut Checker<'_>) {
                checker.count(self.len(), Unit::Entry, constraints);
                for (key, value) in self {
                    let key = key.text().unwrap_or_default();
                    checker.at_key(key, constraints, |checker| value.check(constraints.of_entries(), checker));
                }
            }
            fn entry(&self, key: &str) -> Option<&str> {
                self.iter().find(|(found, _)| found.text() == Some(key)).and_then(|(_, value)| value.text())
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($read)*> OutputValue for $owned {
            const SHAPE: Shape = Shape::Map(&V::SHAPE);

            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let entries = <$wired>::deserialize(deserializer)?;
                Ok(entries.into_iter().filter_map(|(key, value)| Some((key, value?.0))).collect())
            }
        }
    };
}

map!([K: MapKey, V: InputValue] BTreeMap<K, V>, [V: OutputValue] BTreeMap<String, V>, BTreeMap<String, Option<ByWire<V>>>);
map!(
    [K: MapKey, V: InputValue, S] HashMap<K, V, S>,
    [V: OutputValue, S: BuildHasher + Default] HashMap<String, V, S>,
    HashMap<String, Option<ByWire<V>>, S>
);

/// A string type that can be the key of a map.
///
/// ```
/// use cognito_op::{InputValue, MapKey, Shape, Writer};
///
/// /// What a Lambda trigger of this program is handed.
/// #[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
/// enum Key {
///     Campaign,
///     Language,
/// }
///
/// impl InputValue for Key {
///     const SHAPE: Shape = Shape::String;
///
///     fn write(&self, writer: &mut Writer<'_>) {
///         writer.string(self.text().unwrap_or_default());
///     }
///     fn text(&self) -> Option<&str> {
///         Some(match self {
///             Self::Campaign => "campaign",
///             Self::Language => "language",
///         })
///     }
/// }
///
/// impl MapKey for Key {}
///
/// #[cognito_op::cognito_op(target = "ForgotPassword", response = ())]
/// struct ForgotPassword {
///     client_id: String,
///     username: String,
///     client_metadata: Option<std::collections::BTreeMap<Key, String>>,
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the key of a map",
    note = "the keys of the service's maps are strings"
)]
pub trait MapKey: InputValue + Eq + Hash {}

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

#[diagnostic::do_not_recommend]
impl<T: OutputValue> OutputValue for Box<T> {
    const SHAPE: Shape = T::SHAPE;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self::new)
    }
}

/// The output of an operation that answers with nothing but success.
#[diagnostic::do_not_recommend]
impl OutputValue for () {
    const SHAPE: Shape = Shape::Structure { name: None, members: &[] };

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

//! Lists and maps.

use super::input::{InputValue, Writer};
use super::output::OutputValue;
use crate::schema::{Constraints, Shape};
use crate::validation::{Checker, Unit};
use serde::de::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

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
        // A `null` entry is skipped, as a `null` member is.
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

/// A string type for the keys of a map.
///
/// ```
/// use cognito_op::{InputValue, MapKey, Shape, Writer};
///
/// /// The keys that the Lambda triggers of this program read.
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

/// An entry of a list or map, which serde reads through [`OutputValue`].
struct ByWire<T>(T);

impl<'de, T: OutputValue> Deserialize<'de> for ByWire<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

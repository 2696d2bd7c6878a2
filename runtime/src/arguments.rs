//! The arguments of the generated `new` and setters.
//!
//! An argument of `new` is a type that implements [`IntoValue`], and an argument of a setter one that implements
//! [`IntoMember`]. Both traits are implemented for the usual types:
//!
//! | type of the member | argument |
//! |---|---|
//! | `Vec<E>` | an iterator of values that convert into `E` |
//! | `BTreeMap<K, V>`, `HashMap<K, V>` | an iterator of pairs that convert into `K` and `V` |
//! | any other type, including `Vec<u8>` | a value that converts into the type with [`Into`] |
//!
//! A setter also takes an [`Option`] of the argument; `None` omits the member.
//!
//! ```
//! use cognito_op::{cognito_op, cognito_shape};
//! use std::collections::BTreeMap;
//!
//! #[cognito_op(target = "SignUp", response = ())]
//! struct SignUp {
//!     client_id: String,
//!     username: String,
//!     password: Option<String>,
//!     user_attributes: Option<Vec<AttributeType>>,
//!     client_metadata: Option<BTreeMap<String, String>>,
//! }
//!
//! #[cognito_shape]
//! struct AttributeType {
//!     name: String,
//!     value: Option<String>,
//! }
//!
//! /// The values of a form.
//! struct Form<'f> {
//!     name: &'f str,
//!     password: Option<&'f str>,
//!     email: &'f str,
//!     campaign: Option<String>,
//! }
//!
//! fn sign_up(form: Form<'_>) -> SignUp {
//!     SignUp::new("1example23456789", form.name)
//!         .password(form.password)
//!         .user_attributes([AttributeType::new("email").value(form.email)])
//!         .client_metadata(form.campaign.map(|campaign| [("campaign", campaign)]))
//! }
//! # let form = Form { name: "alice", password: None, email: "a@example.com", campaign: Some("autumn".into()) };
//! # assert_eq!(sign_up(form).client_metadata.unwrap()["campaign"], "autumn");
//! ```
//!
//! The compiler cannot infer the type of some arguments:
//!
//! - a literal `None`: write `None::<String>`;
//! - an entry that is the result of `into()`: write `["a"]` instead of `["a".into()]`, since the setter converts the
//!   entries;
//! - an empty collection: write `Vec::<String>::new()`.
//!
//! An `Option` or `Result` of a single entry does not compile as a list or map, since `None` or an error would become
//! an empty collection. Write `email.map(|email| [("email", email)])`. A slice of structures is cloned:
//! `attributes.iter().cloned()`.
//!
//! An `Option` of a `serde_json::Value` is ambiguous, since it also converts into a `Value`. Assign it to the field
//! instead.
//!
//! The macro does not resolve type aliases. If the type of a member is an alias of a collection, the argument is a
//! value that converts into the collection with `Into`.
//!
//! If the compiler infers a type parameter of the struct from a member, the argument must have the type of that member.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

/// An argument of a setter: a value that converts into a member of type `T`, or an [`Option`] of such a value.
///
/// `K` is the kind of the member: [`Single`], [`Many`] or [`Pairs`]. The compiler infers the form `F`. Methods of your
/// own can take the same arguments:
///
/// ```
/// use cognito_op::arguments::{IntoMember, Pairs};
/// use std::collections::BTreeMap;
///
/// #[derive(Default)]
/// struct Context {
///     device_key: Option<String>,
///     metadata: Option<BTreeMap<String, String>>,
/// }
///
/// impl Context {
///     fn device_key<F>(mut self, key: impl IntoMember<String, F>) -> Self {
///         self.device_key = key.into_member();
///         self
///     }
///     fn metadata<F>(
///         mut self,
///         metadata: impl IntoMember<BTreeMap<String, String>, F, Pairs>,
///     ) -> Self {
///         self.metadata = metadata.into_member();
///         self
///     }
/// }
///
/// let context = Context::default().device_key(Some("key")).metadata([("language", "de")]);
/// assert_eq!(context.metadata.unwrap()["language"], "de");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be converted into a member of type `{T}`",
    label = "expected a value that converts into `{T}`, or an `Option` of one",
    note = "a list is set with an iterator of values that convert into its entries, a map with an iterator of pairs"
)]
pub trait IntoMember<T, F, K = Single> {
    /// Returns the value of the member.
    fn into_member(self) -> Option<T>;
}

/// An argument of `new`: a value that converts into a required member of type `T` and kind `K`.
///
/// ```
/// use cognito_op::cognito_op;
///
/// #[cognito_op(target = "DeleteUserAttributes")]
/// struct DeleteUserAttributes {
///     access_token: String,
///     user_attribute_names: Vec<String>,
/// }
///
/// let operation = DeleteUserAttributes::new("token", ["nickname", "custom:team"]);
/// assert_eq!(operation.user_attribute_names[1], "custom:team");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be converted into a member of type `{T}`",
    label = "expected a value that converts into `{T}`",
    note = "a list is set with an iterator of values that convert into its entries, a map with an iterator of pairs"
)]
pub trait IntoValue<T, K = Single> {
    /// Returns the value of the member.
    fn into_value(self) -> T;
}

/// The kind of a member that is neither a list nor a map.
#[derive(Debug)]
pub enum Single {}

/// The kind of a list: a `Vec` other than `Vec<u8>`.
#[derive(Debug)]
pub enum Many {}

/// The kind of a map: a `BTreeMap` or a `HashMap`.
#[derive(Debug)]
pub enum Pairs {}

/// The form of an argument that is the value.
#[derive(Debug)]
pub enum Given {}

/// The form of an argument that is an [`Option`] of the value.
#[derive(Debug)]
pub enum Optional {}

#[diagnostic::do_not_recommend]
impl<T, K, V: IntoValue<T, K>> IntoMember<T, Given, K> for V {
    fn into_member(self) -> Option<T> {
        Some(self.into_value())
    }
}

#[diagnostic::do_not_recommend]
impl<T, K, V: IntoValue<T, K>> IntoMember<T, Optional, K> for Option<V> {
    fn into_member(self) -> Option<T> {
        self.map(V::into_value)
    }
}

/// An [`Option`] or [`Result`] of an entry is an iterator too. As the argument of a setter it would replace `None` or an
/// error by an empty collection. With a second form, such an argument is ambiguous and does not compile.
#[derive(Debug)]
pub enum Refused {}

macro_rules! refuse {
    ($([$($generics:tt)*] $entry:ty => $collection:ty, $kind:ident;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> IntoMember<$collection, Refused, $kind> for Option<$entry> {
            fn into_member(self) -> Option<$collection> {
                self.map(|entry| [entry].into_value())
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($generics)*, Unused> IntoMember<$collection, Refused, $kind> for Result<$entry, Unused> {
            fn into_member(self) -> Option<$collection> {
                self.ok().map(|entry| [entry].into_value())
            }
        }
    )*};
}

refuse! {
    [E, V: Into<E>] V => Vec<E>, Many;
    [K: Ord, V, A: Into<K>, B: Into<V>] (A, B) => BTreeMap<K, V>, Pairs;
    [K: Eq + Hash, V, S: BuildHasher + Default, A: Into<K>, B: Into<V>] (A, B) => HashMap<K, V, S>, Pairs;
}

#[diagnostic::do_not_recommend]
impl<T, V: Into<T>> IntoValue<T> for V {
    fn into_value(self) -> T {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl<E, I: IntoIterator<Item: Into<E>>> IntoValue<Vec<E>, Many> for I {
    fn into_value(self) -> Vec<E> {
        self.into_iter().map(Into::into).collect()
    }
}

/// Converts the keys and values of pairs.
fn pairs<K, V>(pairs: impl IntoIterator<Item = (impl Into<K>, impl Into<V>)>) -> impl Iterator<Item = (K, V)> {
    pairs.into_iter().map(|(key, value)| (key.into(), value.into()))
}

#[diagnostic::do_not_recommend]
impl<K: Ord, V, A: Into<K>, B: Into<V>, I: IntoIterator<Item = (A, B)>> IntoValue<BTreeMap<K, V>, Pairs> for I {
    fn into_value(self) -> BTreeMap<K, V> {
        // Unlike `collect`, this allocates no list for sorting.
        let mut map = BTreeMap::new();
        map.extend(pairs(self));
        map
    }
}

#[diagnostic::do_not_recommend]
impl<K, V, S, A, B, I> IntoValue<HashMap<K, V, S>, Pairs> for I
where
    K: Eq + Hash,
    S: BuildHasher + Default,
    A: Into<K>,
    B: Into<V>,
    I: IntoIterator<Item = (A, B)>,
{
    fn into_value(self) -> HashMap<K, V, S> {
        pairs(self).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;
    use std::collections::BTreeSet;
    use std::time::SystemTime;

    /// Sets a member as a generated setter does.
    fn set<T, F>(value: impl IntoMember<T, F>) -> Option<T> {
        value.into_member()
    }

    fn list<E, F>(value: impl IntoMember<Vec<E>, F, Many>) -> Option<Vec<E>> {
        value.into_member()
    }

    fn map<F>(value: impl IntoMember<BTreeMap<String, String>, F, Pairs>) -> Option<Vec<(String, String)>> {
        Some(value.into_member()?.into_iter().collect())
    }

    #[derive(Clone, Debug, PartialEq)]
    struct Named(String);

    impl From<&str> for Named {
        fn from(name: &str) -> Self {
            Self(name.to_owned())
        }
    }

    #[test]
    fn values() {
        fn generic(value: impl Into<String>) -> Option<String> {
            set(value)
        }
        let owned = "a".to_owned();
        for value in [
            set("a"),
            set(&owned),
            set(owned.clone()),
            set(Cow::Borrowed("a")),
            set('a'),
            set(Some("a")),
            set(Some(&owned)),
            set(Some(owned.clone())),
            set(Some(Cow::Borrowed("a"))),
            generic("a"),
        ] {
            assert_eq!(value.as_deref(), Some("a"));
        }
        assert_eq!(set::<String, _>(None::<&str>), None);
        assert_eq!(set::<Box<str>, _>(owned.as_str()).as_deref(), Some("a"));
        assert_eq!(set::<&str, _>(owned.as_str()), Some("a"));
        assert_eq!(set::<&str, _>(Some(owned.as_str())), Some("a"));
        assert_eq!(set::<Named, _>("a"), Some(Named("a".to_owned())));
        assert_eq!(set::<Named, _>(Some(Named("a".to_owned()))), set("a"));
        assert_eq!([set(true), set(Some(true)), set(None::<bool>)], [Some(true), Some(true), None::<bool>]);
        assert_eq!((set::<i32, _>(5), set::<i64, _>(5), set::<i64, _>(Some(5_i32))), (Some(5), Some(5), Some(5)));
        assert_eq!(set::<SystemTime, _>(Some(SystemTime::UNIX_EPOCH)), Some(SystemTime::UNIX_EPOCH));
        assert_eq!(set::<Vec<u8>, _>(Some(b"ab")), set(&b"ab"[..]));
    }

    #[test]
    fn lists() {
        let owned = vec!["a".to_owned(), "b".to_owned()];
        for value in [
            list(["a", "b"]),
            list(vec!["a", "b"]),
            list("a b".split(' ')),
            list(BTreeSet::from(["b", "a"])),
            list(&owned),
            list(owned.as_slice()),
            list(owned.clone()),
            list(Some(["a", "b"])),
            list(Some(&owned)),
            list(Some(owned.clone())),
            list(Some(["a", "b"].into_iter())),
        ] {
            assert_eq!(value.as_ref(), Some(&owned));
        }
        assert_eq!(list::<String, _>(None::<Vec<String>>), None);
        assert_eq!(list::<Named, _>(["a"]), Some(vec![Named("a".to_owned())]));
        assert_eq!(list::<Vec<String>, _>([owned.clone()]), Some(vec![owned]));
        assert_eq!(list::<&str, _>(Some(["a"])), Some(vec!["a"]));
    }

    #[test]
    fn maps() {
        let owned = BTreeMap::from([("a".to_owned(), "b".to_owned())]);
        for value in [
            map([("a", "b")]),
            map(vec![("a", "b".to_owned())]),
            map(["a=b"].iter().filter_map(|pair| pair.split_once('='))),
            map(BTreeMap::from([("a", "b")])),
            map(HashMap::from([("a".to_owned(), Cow::Borrowed("b"))])),
            map(&owned),
            map(owned.clone()),
            map(Some([("a", "b")])),
            map(Some(vec![("a", "b")])),
            map(Some(HashMap::from([("a", "b")]))),
            map(Some(&owned)),
            map(Some(owned.clone())),
        ] {
            assert_eq!(value, Some(vec![("a".to_owned(), "b".to_owned())]));
        }
        assert_eq!(map(None::<BTreeMap<String, String>>), None);
        let hash_map: HashMap<&str, Cow<'_, str>> = [("a", "b")].into_value();
        assert_eq!(hash_map, HashMap::from([("a", "b".into())]));
    }
}

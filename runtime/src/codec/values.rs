//! Strings, booleans, pointers and the empty output.

use super::input::{InputValue, Writer};
use super::output::{Members, OutputStructure, OutputValue, read_structure};
use crate::schema::{Constraints, Member, Shape, Structure};
use crate::text::REDACTED;
use crate::validation::Checker;
use serde::de::{Deserialize, Deserializer, MapAccess};
use std::borrow::Cow;
use std::fmt;

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

/// Implements [`InputValue`] for pointers, which forward to their targets.
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

/// Implements [`OutputValue`] for types whose serde implementation reads the wire format.
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

#[diagnostic::do_not_recommend]
impl<T: OutputValue> OutputValue for Box<T> {
    const SHAPE: Shape = T::SHAPE;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self::new)
    }
}

impl Structure for () {
    const MEMBERS: &'static [Member] = &[];
}

impl OutputStructure for () {
    fn read_members<'de, A: MapAccess<'de>>(members: &mut Members<'de, A>) -> Result<Self, A::Error> {
        // Without members there is no index.
        members.next_index().map(|_| ())
    }
}

/// The output of an operation without output.
#[diagnostic::do_not_recommend]
impl OutputValue for () {
    const SHAPE: Shape = Shape::Structure { name: None, members: &[] };

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_structure(deserializer)
    }
}

/// A placeholder for a sensitive value.
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

/// Shows an unknown value of an enum. The service chooses it, so a text that does not look like a value is redacted.
#[must_use]
pub fn unknown(value: &str) -> &str {
    let looks_like_value =
        value.len() <= 32 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-:.".contains(&byte));
    if looks_like_value { value } else { REDACTED }
}

/// Shows whether an optional member has a value, without the value.
#[must_use]
pub fn redacted<T>(value: &Option<T>) -> Option<Redacted> {
    value.as_ref().map(|_| Redacted)
}

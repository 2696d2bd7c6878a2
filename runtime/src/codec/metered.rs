//! Limits the memory of a value that is read.
//!
//! An entry of a list can take three bytes of JSON, `{},`, and several hundred bytes of memory, if it is a structure
//! with many optional members. Without a limit, a body of 1 MiB can take 100 MiB.

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};
use std::cell::Cell;
use std::fmt;
use std::mem::needs_drop;

/// The size of entries that every response can have.
const ALWAYS: usize = 1 << 20;

/// The memory that the entries of lists and maps may take.
///
/// A growing vector takes up to three times the size of its entries, while they move to a larger allocation. The limit
/// of three times the body's length thus keeps the total below twelve times its length, including the body and the
/// strings.
pub(super) struct Meter {
    left: Cell<Option<usize>>,
}

impl Meter {
    pub(super) fn for_body(body: &str) -> Self {
        Self { left: Cell::new(Some(body.len().saturating_mul(3).max(ALWAYS))) }
    }

    pub(super) fn is_exceeded(&self) -> bool {
        self.left.get().is_none()
    }

    fn count<E: Error>(&self, size: usize) -> Result<(), E> {
        self.left.set(self.left.get().and_then(|left| left.checked_sub(size)));
        if self.is_exceeded() { Err(E::custom("too many entries")) } else { Ok(()) }
    }
}

/// A deserializer, seed, visitor or access whose entries are counted.
pub(super) struct Metered<'m, T> {
    inner: T,
    meter: &'m Meter,
    /// Whether the entries of the map are stored. Those of a structure are not: their keys are indexes.
    stored: bool,
}

impl<'m, T> Metered<'m, T> {
    pub(super) fn new(inner: T, meter: &'m Meter) -> Self {
        Self { inner, meter, stored: false }
    }
}

/// Forwards the methods whose visitor can receive a nested value, with a visitor that counts.
macro_rules! nested {
    ($($method:ident($($argument:ident: $ty:ty),*);)*) => {$(
        fn $method<V: Visitor<'de>>(self, $($argument: $ty,)* visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$method($($argument,)* Metered::new(visitor, self.meter))
        }
    )*};
}

/// Forwards the methods whose visitor receives a value without entries.
macro_rules! scalar {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$method(visitor)
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Metered<'_, D> {
    type Error = D::Error;

    nested! {
        deserialize_any();
        deserialize_option();
        deserialize_seq();
        deserialize_map();
        deserialize_newtype_struct(name: &'static str);
        deserialize_tuple(len: usize);
        deserialize_tuple_struct(name: &'static str, len: usize);
        deserialize_struct(name: &'static str, fields: &'static [&'static str]);
        deserialize_enum(name: &'static str, variants: &'static [&'static str]);
    }

    scalar! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128 deserialize_u8
        deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32 deserialize_f64
        deserialize_char deserialize_str deserialize_string deserialize_bytes deserialize_byte_buf deserialize_unit
        deserialize_identifier deserialize_ignored_any
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_unit_struct(name, visitor)
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

/// Forwards the methods for values without entries.
macro_rules! visit {
    ($($method:ident($ty:ty);)*) => {$(
        fn $method<E: Error>(self, value: $ty) -> Result<V::Value, E> {
            self.inner.$method(value)
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Metered<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    visit! {
        visit_bool(bool);
        visit_i64(i64);
        visit_u64(u64);
        visit_f64(f64);
        visit_str(&str);
        visit_borrowed_str(&'de str);
        visit_string(String);
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.inner.visit_some(Metered::new(deserializer, self.meter))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.inner.visit_newtype_struct(Metered::new(deserializer, self.meter))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, entries: A) -> Result<V::Value, A::Error> {
        self.inner.visit_seq(Metered::new(entries, self.meter))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(Metered::new(entries, self.meter))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, variant: A) -> Result<V::Value, A::Error> {
        self.inner.visit_enum(variant)
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Metered<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.inner.deserialize(Metered::new(deserializer, self.meter))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Metered<'_, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        let entry = self.inner.next_element_seed(Metered::new(seed, self.meter))?;
        if entry.is_some() {
            self.meter.count(size_of::<S::Value>())?;
        }
        Ok(entry)
    }
}

/// Entries of a map are counted twice: its nodes are rarely full, and it can move while it grows.
impl<'de, A: MapAccess<'de>> MapAccess<'de> for Metered<'_, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        let key = self.inner.next_key_seed(seed)?;
        self.stored = needs_drop::<S::Value>() && key.is_some();
        if self.stored {
            self.meter.count(2 * size_of::<S::Value>())?;
        }
        Ok(key)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        if self.stored {
            self.meter.count(2 * size_of::<S::Value>())?;
        }
        self.inner.next_value_seed(Metered::new(seed, self.meter))
    }
}

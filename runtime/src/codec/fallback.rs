//! Calls of methods whose trait a type may not implement, so that one mistake in a nested type causes only one compile
//! error.
//!
//! The compiler takes a method of the wrapper if the bounds of its impl hold, and otherwise the method of the type to
//! which the wrapper dereferences. The names of the methods begin with two underscores and are reserved, so that no
//! trait in scope has such a method.

#![allow(clippy::unused_self, reason = "only methods are looked up in this way")]

use super::input::InputValue;
use super::output::{Members, OutputValue};
use serde::de::{Error as _, MapAccess};
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

/// A member in the generated `Debug`. A type without `Debug` is shown as `..`.
#[doc(hidden)]
pub struct Shown<'v, T>(pub &'v T);

impl<T: fmt::Debug> Shown<'_, T> {
    #[must_use]
    pub fn __debug(&self) -> &dyn fmt::Debug {
        self.0
    }
}

impl<T> Deref for Shown<'_, T> {
    type Target = Opaque;

    fn deref(&self) -> &Opaque {
        &Opaque
    }
}

/// A value without `Debug`.
#[doc(hidden)]
pub struct Opaque;

impl Opaque {
    #[must_use]
    pub fn __debug(&self) -> &dyn fmt::Debug {
        self
    }
}

impl fmt::Debug for Opaque {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..")
    }
}

/// Reads a member of a shape for requests and responses.
#[doc(hidden)]
pub struct Read<T>(pub PhantomData<T>);

impl<T: OutputValue> Read<T> {
    /// # Errors
    ///
    /// Returns the error of the deserializer.
    pub fn __member<'de, A: MapAccess<'de>>(&self, members: &mut Members<'de, A>) -> Result<Option<T>, A::Error> {
        T::read_member(members)
    }
}

impl<T> Deref for Read<T> {
    type Target = Unread<T>;

    fn deref(&self) -> &Unread<T> {
        &Unread(PhantomData)
    }
}

/// A type that cannot be read. If it can be sent, the bound of the method reports that it cannot be read.
#[doc(hidden)]
pub struct Unread<T>(PhantomData<T>);

impl<T: InputValue> Unread<T> {
    /// # Errors
    ///
    /// Returns the error of the deserializer.
    pub fn __member<'de, A: MapAccess<'de>>(&self, members: &mut Members<'de, A>) -> Result<Option<T>, A::Error>
    where
        T: OutputValue,
    {
        T::read_member(members)
    }
}

impl<T> Deref for Unread<T> {
    type Target = Reported<T>;

    fn deref(&self) -> &Reported<T> {
        &Reported(PhantomData)
    }
}

/// A type that cannot be sent either. Another part of the generated code reports it.
#[doc(hidden)]
pub struct Reported<T>(PhantomData<T>);

impl<T> Reported<T> {
    /// # Errors
    ///
    /// Always returns an error. Code that calls this does not compile.
    pub fn __member<'de, A: MapAccess<'de>>(&self, _: &mut Members<'de, A>) -> Result<Option<T>, A::Error> {
        Err(A::Error::custom("the type cannot be read"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct WithoutDebug;

    #[test]
    fn types_without_debug_are_shown_as_dots() {
        assert_eq!(format!("{:?}", Shown(&Some("text")).__debug()), "Some(\"text\")");
        assert_eq!(format!("{:?}", Shown(&Some(WithoutDebug)).__debug()), "..");
    }
}

//! Reads responses. Unknown members are ignored, and errors contain no values.

use super::reader::{Details, Failure, Reader, Reason, Segment};
use crate::schema::{Member, Shape, Structure};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// The type of a member of a response.
///
/// A type that implements `Deserialize` of serde can forward to it. It cannot read the `RawValue` of `serde_json`, or maps
/// whose keys are not strings.
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
    message = "`{Self}` cannot be read from a response",
    label = "this type cannot be deserialized",
    note = "put `#[cognito_shape]` (without `input`, and without lifetimes) on a struct with named fields or an enum of strings; implement `OutputValue` for any other type, such as a newtype",
    note = "the macro does not see through an alias of `Option`; write `Option<…>`"
)]
pub trait OutputValue: Sized {
    /// The shape of the value on the wire.
    const SHAPE: Shape;

    /// Reads the value of the next member. Returns `None` for `null`.
    ///
    /// # Errors
    ///
    /// Returns the error of the deserializer.
    #[doc(hidden)]
    fn read_member<'de, A: MapAccess<'de>>(members: &mut Members<'de, A>) -> Result<Option<Self>, A::Error> {
        members.value()
    }

    /// Reads the value.
    ///
    /// # Errors
    ///
    /// Returns the error of the deserializer.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// A member of an operation that can be read from a request. `INDEX` distinguishes the members of one operation.
#[doc(hidden)]
pub trait ReadableMember<const INDEX: usize>: Sized {
    /// Reads the value of the member. `null` stands for no value.
    ///
    /// # Errors
    ///
    /// Returns the error of the deserializer.
    fn read_member<'de, A: MapAccess<'de>>(members: &mut Members<'de, A>) -> Result<Option<Self>, A::Error>;
}

impl<T: OutputValue, const INDEX: usize> ReadableMember<INDEX> for T {
    fn read_member<'de, A: MapAccess<'de>>(members: &mut Members<'de, A>) -> Result<Option<Self>, A::Error> {
        <T as OutputValue>::read_member(members)
    }
}

/// A [`Structure`] that can be read from a response.
#[doc(hidden)]
pub trait OutputStructure: Structure + Sized {
    fn read_members<'de, A: MapAccess<'de>>(members: &mut Members<'de, A>) -> Result<Self, A::Error>;
}

/// The members of an object, in the order of the body.
#[doc(hidden)]
pub struct Members<'de, A> {
    access: A,
    names: &'static [Member],
    lifetime: PhantomData<&'de ()>,
}

impl<'de, A: MapAccess<'de>> Members<'de, A> {
    /// Returns the index of the next member that the structure has. Skips other members.
    ///
    /// # Errors
    ///
    /// Returns the error of the deserializer.
    pub fn next_index(&mut self) -> Result<Option<usize>, A::Error> {
        while let Some(index) = self.access.next_key_seed(Name(self.names))? {
            if index.is_some() {
                return Ok(index);
            }
            self.access.next_value::<IgnoredAny>()?;
        }
        Ok(None)
    }

    /// Returns the value of that member, or `None` for `null`.
    ///
    /// # Errors
    ///
    /// Returns the error of the deserializer, for example if the value has another type.
    pub fn value<T: OutputValue>(&mut self) -> Result<Option<T>, A::Error> {
        self.access.next_value_seed(Nullable(PhantomData))
    }
}

/// Returns the value of a required member, or an error if it is missing.
#[doc(hidden)]
pub fn present<T, E: Error>(value: Option<T>, name: &'static str) -> Result<T, E> {
    value.ok_or_else(|| E::missing_field(name))
}

/// Reads a structure from an object.
#[doc(hidden)]
pub fn read_structure<'de, T: OutputStructure, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Object<T>(PhantomData<T>);

    impl<'de, T: OutputStructure> Visitor<'de> for Object<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<T, A::Error> {
            T::read_members(&mut Members { access, names: T::MEMBERS, lifetime: PhantomData })
        }
    }

    deserializer.deserialize_map(Object(PhantomData))
}

/// Reads a type that can be created from any string.
#[doc(hidden)]
pub fn read_text<'de, T: for<'a> From<&'a str>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Text<T>(PhantomData<T>);

    impl<T: for<'a> From<&'a str>> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            Ok(T::from(text))
        }
    }

    deserializer.deserialize_str(Text(PhantomData))
}

struct Name(&'static [Member]);

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().position(|member| member.name == name))
    }
}

struct Nullable<T>(PhantomData<T>);

impl<'de, T: OutputValue> DeserializeSeed<'de> for Nullable<T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, T: OutputValue> Visitor<'de> for Nullable<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::read(deserializer).map(Some)
    }
}

/// The reason why a response cannot be read. It contains no values, unlike the text of serde's errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unreadable {
    reason: &'static str,
    line: usize,
    column: usize,
    path: String,
}

impl Unreadable {
    /// Creates a reason that concerns the whole response and has no position.
    pub(crate) fn as_a_whole(reason: &'static str) -> Self {
        Self { reason, line: 0, column: 0, path: String::new() }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { reason, line, column, path } = self;
        f.write_str(reason)?;
        if !path.is_empty() {
            write!(f, " at `{path}`")?;
        }
        // A reason that concerns the whole response has no position.
        if *line > 0 { write!(f, " (line {line}, column {column})") } else { Ok(()) }
    }
}

/// Reads the output of an operation. The body of an output without members may be empty.
pub(crate) fn read_output<T: OutputValue>(body: &[u8]) -> Result<T, Unreadable> {
    let body = match T::SHAPE {
        Shape::Structure { members: [], .. } if body.trim_ascii().is_empty() => "{}",
        _ => str::from_utf8(body).map_err(|error| not_utf8(body, error.valid_up_to()))?,
    };
    let mut reader = Reader::new(body);
    T::read(&mut reader)
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|failure| why_unreadable(body, T::SHAPE, failure))
}

/// Returns the path as names of members, and the shape at its end if it is known. The keys of maps are redacted.
fn redacted(path: &[Segment], mut shape: Shape) -> (String, Option<Shape>) {
    let mut text = String::new();
    for segment in path.iter().rev() {
        let part;
        (part, shape) = match (segment, shape) {
            (Segment::Key(key), Shape::Structure { members, .. }) => {
                let Some(member) = members.iter().find(|member| member.name == key) else { return (text, None) };
                let point = if text.is_empty() { "" } else { "." };
                (format!("{point}{}", member.name), member.shape)
            }
            (Segment::Key(_), Shape::Map(entry)) => ("[…]".to_owned(), *entry),
            (Segment::Index(index), Shape::List(entry)) => (format!("[{index}]"), *entry),
            _ => return (text, None),
        };
        text.push_str(&part);
    }
    (text, Some(shape))
}

#[cold]
fn not_utf8(body: &[u8], valid: usize) -> Unreadable {
    let (line, column) = position(body, valid);
    Unreadable { reason: "the body is not UTF-8", line, column: column + 1, path: String::new() }
}

/// Returns the line and the column of a byte.
fn position(body: &[u8], at: usize) -> (usize, usize) {
    let mut lines = body.get(..at).unwrap_or(body).split(|byte| *byte == b'\n');
    let column = lines.next_back().map_or(0, <[u8]>::len);
    (1 + lines.count(), column)
}

#[cold]
fn why_unreadable(body: &str, shape: Shape, failure: Failure) -> Unreadable {
    let Details { reason, at, path } = failure.into_details();
    let (mut path, shape) = redacted(&path, shape);
    let is_required = |name| match shape {
        Some(Shape::Structure { members, .. }) => members.iter().any(|member| member.required && member.name == name),
        _ => false,
    };
    let reason = match reason {
        Reason::Truncated => "the body ends too early",
        Reason::Syntax => "the body is not JSON",
        Reason::Entries => "the body has too many entries for its length",
        Reason::Missing(name) if is_required(name) => {
            path.push_str(if path.is_empty() { "" } else { "." });
            path.push_str(name);
            "a member is missing"
        }
        Reason::Type | Reason::Missing(_) => "the value does not have the member's type",
    };
    let (line, column) = at.map_or((0, 0), |at| position(body.as_bytes(), at));
    Unreadable { reason, line, column, path }
}

//! Values that can be serialized, and the JSON writer. Writing cannot fail.

use super::scan::unescaped;
use crate::schema::{AutoFill, Constraints, Member, Shape, Structure};
use crate::validation::Checker;
use serde::Serialize;
use std::time::Duration;

/// The type of a member of a request.
///
/// A wrapper type forwards to its inner value:
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
    message = "`{Self}` cannot be a member of a request, or of a shape without `output`",
    label = "this type cannot be serialized",
    note = "members are strings, `bool`, `i32`, `i64`, `SystemTime`, `Vec<T>`, maps from strings, and types with `#[cognito_shape]`",
    note = "put `#[cognito_shape]` (without `output`) on a struct with named fields or an enum of strings; implement `InputValue` for any other type, such as a newtype",
    note = "the macro does not see through an alias of `Option`; write `Option<…>`"
)]
pub trait InputValue {
    /// The shape of the value on the wire.
    const SHAPE: Shape;

    /// Calls a visitor with the value, as a member of a structure.
    #[doc(hidden)]
    fn visit<V: Visitor>(&self, member: &'static Member, visitor: &mut V) {
        visitor.member(member, self);
    }

    /// Writes the value as JSON.
    fn write(&self, writer: &mut Writer<'_>);

    /// Checks the value against the constraints of its member, and nested members against their own constraints.
    fn check(&self, constraints: &Constraints, checker: &mut Checker<'_>) {
        let _ = (constraints, checker);
    }

    /// Returns the value as text, for a string type.
    fn text(&self) -> Option<&str> {
        None
    }

    /// Returns the text of an entry, for a map of strings.
    #[doc(hidden)]
    fn entry(&self, key: &str) -> Option<&str> {
        let _ = key;
        None
    }
}

/// A [`Structure`] that can be serialized.
#[doc(hidden)]
pub trait InputStructure: Structure {
    /// Calls the visitor with each member, in order.
    fn visit<V: Visitor>(&self, visitor: &mut V);
}

/// A visitor of the members of a structure.
#[doc(hidden)]
pub trait Visitor {
    /// Visits a member with a value.
    fn member<T: InputValue + ?Sized>(&mut self, member: &'static Member, value: &T);

    /// Visits an optional member without a value.
    fn absent(&mut self, member: &'static Member) {
        let _ = member;
    }
}

struct Check<'v, 'c>(&'v mut Checker<'c>);

impl Visitor for Check<'_, '_> {
    fn member<T: InputValue + ?Sized>(&mut self, member: &'static Member, value: &T) {
        self.0.at_member(member, |checker| value.check(&member.constraints, checker));
    }
}

/// Checks the members of a structure.
#[doc(hidden)]
pub fn check_structure<T: InputStructure + ?Sized>(structure: &T, checker: &mut Checker<'_>) {
    structure.visit(&mut Check(checker));
}

/// The values that the client fills in.
#[derive(Clone, Copy, Default)]
pub(crate) struct Fill<'b> {
    pub(crate) secret_hash: Option<&'b str>,
    pub(crate) client_id: Option<&'b str>,
    pub(crate) client_secret: Option<&'b str>,
}

/// Writes one JSON value.
///
/// ```
/// use cognito_op::{Config, InputValue, Shape, Writer, cognito_op};
///
/// /// A value within the credential of a passkey.
/// #[derive(Debug)]
/// enum Value {
///     Text(String),
///     Count(u32),
///     Switch(bool),
///     Many(Vec<Value>),
///     Named(Vec<(String, Value)>),
/// }
///
/// impl InputValue for Value {
///     const SHAPE: Shape = Shape::Document;
///
///     fn write(&self, writer: &mut Writer<'_>) {
///         match self {
///             Self::Text(text) => writer.string(text),
///             Self::Count(count) => writer.integer(i64::from(*count)),
///             Self::Switch(on) => writer.boolean(*on),
///             Self::Many(values) => {
///                 writer.list(|list| values.iter().for_each(|value| list.entry(value)))
///             }
///             Self::Named(values) => {
///                 writer.object(|object| {
///                     values.iter().for_each(|(name, value)| object.member(name, value))
///                 });
///             }
///         }
///     }
/// }
///
/// #[cognito_op(target = "CompleteWebAuthnRegistration")]
/// struct CompleteWebAuthnRegistration {
///     access_token: String,
///     credential: Value,
/// }
///
/// let counts = Value::Many(vec![Value::Count(1), Value::Switch(true)]);
/// let credential =
///     Value::Named(vec![("id".into(), Value::Text("a\"b".into())), ("counts".into(), counts)]);
/// let config = Config::builder().region("eu-west-1").build()?;
/// let (request, _) = config.prepare(&CompleteWebAuthnRegistration::new("token", credential))?;
/// let body = r#"{"AccessToken":"token","Credential":{"id":"a\"b","counts":[1,true]}}"#;
/// assert_eq!(request.body().as_bytes(), body.as_bytes());
/// # Ok::<(), cognito_op::Error>(())
/// ```
pub struct Writer<'b> {
    buffer: &'b mut Vec<u8>,
    fill: Fill<'b>,
    /// An entry to add to the map that is being written.
    entry: Option<(&'b str, &'b str)>,
}

impl<'b> Writer<'b> {
    fn new(buffer: &'b mut Vec<u8>) -> Self {
        Self { buffer, fill: Fill::default(), entry: None }
    }

    /// Writes a string.
    pub fn string(&mut self, value: &str) {
        if unescaped(value.as_bytes()) < value.len() {
            self.serialize(value);
        } else {
            self.buffer.push(b'"');
            self.buffer.extend_from_slice(value.as_bytes());
            self.buffer.push(b'"');
        }
    }

    /// Writes `true` or `false`.
    pub fn boolean(&mut self, value: bool) {
        self.serialize(&value);
    }

    /// Writes an integer.
    pub fn integer(&mut self, value: i64) {
        self.serialize(&value);
    }

    /// Writes a number of seconds, with a fraction if it is not zero.
    pub(crate) fn seconds(&mut self, negative: bool, distance: Duration) {
        let fraction = format!("{:09}", distance.subsec_nanos());
        let fraction = fraction.trim_end_matches('0');
        let sign = if negative { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        for part in [sign, &distance.as_secs().to_string(), point, fraction] {
            self.buffer.extend_from_slice(part.as_bytes());
        }
    }

    /// Writes a document.
    pub(crate) fn document(&mut self, value: &serde_json::Value) {
        self.serialize(value);
    }

    fn serialize(&mut self, value: &(impl Serialize + ?Sized)) {
        // Writing to memory does not fail, and neither does serializing one of the types above.
        let _ = serde_json::to_writer(&mut *self.buffer, value);
    }

    /// Writes a list, with the entries that `entries` writes.
    pub fn list(&mut self, entries: impl FnOnce(&mut List<'_>)) {
        self.buffer.push(b'[');
        entries(&mut List { writer: Writer::new(self.buffer), first: true });
        self.buffer.push(b']');
    }

    /// Writes an object, with the members that `members` writes.
    pub fn object(&mut self, members: impl FnOnce(&mut Object<'_>)) {
        self.buffer.push(b'{');
        let writer = Writer { buffer: self.buffer, fill: self.fill, entry: None };
        let mut object = Object { writer, first: true, missing: None };
        members(&mut object);
        if let Some((key, value)) = self.entry {
            object.member(key, value);
        }
        self.buffer.push(b'}');
    }
}

/// Writes the entries of a list.
///
/// ```
/// use cognito_op::{InputValue, Shape, Writer};
///
/// /// Names, separated by commas.
/// struct Names(String);
///
/// impl InputValue for Names {
///     const SHAPE: Shape = Shape::List(&Shape::String);
///
///     fn write(&self, writer: &mut Writer<'_>) {
///         writer.list(|list| self.0.split(',').for_each(|name| list.entry(name)));
///     }
/// }
/// ```
pub struct List<'b> {
    writer: Writer<'b>,
    first: bool,
}

impl List<'_> {
    /// Writes the next entry.
    pub fn entry(&mut self, value: &(impl InputValue + ?Sized)) {
        if !std::mem::take(&mut self.first) {
            self.writer.buffer.push(b',');
        }
        value.write(&mut self.writer);
    }
}

/// Writes the members of an object.
///
/// ```
/// use cognito_op::{InputValue, Shape, Writer};
///
/// /// One entry for a Lambda trigger.
/// struct Campaign(String);
///
/// impl InputValue for Campaign {
///     const SHAPE: Shape = Shape::Map(&Shape::String);
///
///     fn write(&self, writer: &mut Writer<'_>) {
///         writer.object(|object| object.member("campaign", &self.0));
///     }
/// }
/// ```
pub struct Object<'b> {
    writer: Writer<'b>,
    first: bool,
    /// The first required member that has no value and was not filled in.
    missing: Option<&'static Member>,
}

impl Object<'_> {
    /// Writes the next member.
    pub fn member(&mut self, name: &str, value: &(impl InputValue + ?Sized)) {
        self.separate();
        self.writer.string(name);
        self.writer.buffer.push(b':');
        value.write(&mut Writer::new(self.writer.buffer));
    }

    /// Writes the next member of a structure. The macros reject a name with a character that JSON escapes.
    fn known<T: InputValue + ?Sized>(&mut self, member: &'static Member, value: &T, entry: Option<(&str, &str)>) {
        self.separate();
        self.writer.buffer.push(b'"');
        self.writer.buffer.extend_from_slice(member.name.as_bytes());
        self.writer.buffer.extend_from_slice(b"\":");
        value.write(&mut Writer { entry, ..Writer::new(self.writer.buffer) });
    }

    #[inline]
    fn separate(&mut self) {
        if !std::mem::take(&mut self.first) {
            self.writer.buffer.push(b',');
        }
    }
}

impl Visitor for Object<'_> {
    fn member<T: InputValue + ?Sized>(&mut self, member: &'static Member, value: &T) {
        let entry = match (member.auto_fill, self.writer.fill.secret_hash) {
            (Some(AutoFill::SecretHashEntry(key)), Some(hash)) if value.entry(key).is_none() => Some((key, hash)),
            _ => None,
        };
        self.known(member, value, entry);
    }

    #[inline]
    fn absent(&mut self, member: &'static Member) {
        // The compiler knows this of each member.
        if member.required || member.auto_fill.is_some() {
            self.fill_in(member);
        }
    }
}

impl Object<'_> {
    /// Writes a member without a value, if the client has one for it.
    fn fill_in(&mut self, member: &'static Member) {
        let value = match member.auto_fill {
            Some(AutoFill::SecretHash) => self.writer.fill.secret_hash,
            Some(AutoFill::ClientId) => self.writer.fill.client_id,
            Some(AutoFill::ClientSecret) => self.writer.fill.client_secret,
            _ => None,
        };
        match value {
            Some(value) => self.known(member, value, None),
            None if member.required => self.missing = self.missing.or(Some(member)),
            None => {}
        }
    }
}

/// Writes a structure as an object.
#[doc(hidden)]
pub fn write_structure<T: InputStructure + ?Sized>(structure: &T, writer: &mut Writer<'_>) {
    writer.object(|object| structure.visit(object));
}

/// Writes the body of a request, including the values that the client fills in. Returns an error with the first
/// required member that neither the request nor the client has a value for.
pub(crate) fn write_operation<T: InputStructure + ?Sized>(
    operation: &T,
    fill: Fill<'_>,
) -> Result<Vec<u8>, &'static Member> {
    // Few requests are larger, unless they contain a token.
    let mut buffer = Vec::with_capacity(512);
    let mut missing = None;
    Writer { fill, ..Writer::new(&mut buffer) }.object(|object| {
        operation.visit(object);
        missing = object.missing;
    });
    missing.map_or(Ok(buffer), Err)
}

/// Returns the JSON of a single value.
#[cfg(any(test, feature = "mock", feature = "serde"))]
pub(super) fn to_json(value: &(impl InputValue + ?Sized)) -> Vec<u8> {
    let mut buffer = Vec::new();
    value.write(&mut Writer::new(&mut buffer));
    buffer
}

/// Returns the JSON of a single value as text.
#[cfg(any(test, feature = "mock"))]
pub(crate) fn written(value: &impl InputValue) -> String {
    String::from_utf8_lossy(&to_json(value)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_escaped_as_by_serde_json() {
        let every: String = (0..0x300).filter_map(char::from_u32).chain("\u{2028}😀\u{10ffff}".chars()).collect();
        for value in ["", "plain", "\"", "\\", "a\"b\\c\nd", &every] {
            let text = written(&value);
            assert_eq!(serde_json::from_str::<String>(&text).expect("valid JSON"), value);
            assert_eq!(text, serde_json::to_string(value).expect("a string"));
        }
    }

    #[test]
    fn lists_maps_and_scalars() {
        let map = std::collections::BTreeMap::from([("a", vec![1_i32, -2]), ("b\"", vec![])]);
        assert_eq!(written(&map), r#"{"a":[1,-2],"b\"":[]}"#);
        assert_eq!(written(&vec![true, false]), "[true,false]");
        assert_eq!(written(&i64::MIN), i64::MIN.to_string());
        assert_eq!(written(&Vec::<String>::new()), "[]");
    }

    #[test]
    fn points_in_time() {
        let at = |millis| std::time::UNIX_EPOCH + Duration::from_millis(millis);
        assert_eq!(written(&at(1_700_000_000_000)), "1700000000");
        assert_eq!(written(&at(1_700_000_000_050)), "1700000000.05");
        assert_eq!(written(&(std::time::UNIX_EPOCH - Duration::from_millis(1500))), "-1.5");
    }
}

#![cfg_attr(doc, doc = include_str!("../guide/charts.md"))]
#![cfg_attr(doc, doc = "[results]: guide::costs")]
#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

// Generated code refers to the runtime as `::cognito_op`. This alias makes it compile in the crate's own tests and
// examples.
extern crate self as cognito_op;

pub mod arguments;
mod client;
mod codec;
mod error;
mod file;
// The chapters link to items of all features. Without some of the features they are tested, but not shown.
#[cfg(any(doc, doctest))]
#[cfg_attr(
    not(all(
        feature = "hyper",
        feature = "mock",
        feature = "platform-roots",
        feature = "proxy",
        feature = "sigv4",
        feature = "tower",
        feature = "ureq"
    )),
    doc(hidden),
    allow(rustdoc::broken_intra_doc_links)
)]
pub mod guide;
#[cfg(feature = "mock")]
pub mod mock;
mod pages;
mod profiles;
mod request;
mod response;
mod schema;
mod sign;
#[cfg(feature = "single-flight")]
mod single_flight;
mod text;
pub mod transport;
mod validation;

pub use client::{Builder, Call, CallFuture, Client, Config, Retries, SendFuture};
#[cfg(feature = "serde")]
pub use codec::wire;
pub use codec::{Body, InputValue, List, MapKey, Object, OutputValue, Writer};
pub use error::{Error, ErrorKind, Fault, Meta, Reason, Redactor, TimeoutKind};
#[doc(no_inline)]
pub use http;
pub use pages::{BlockingItems, BlockingPages, Items, Pages, Paginated};
pub use profiles::{Profile, Profiles};
pub use request::{Operation, Validation};
pub use response::{Reply, ResponseReader};
pub use schema::{AutoFill, Constraints, Length, Member, Pattern, Range, Shape, Structure};
#[cfg(feature = "sigv4")]
pub use sign::{Credentials, ProvideCredentials, SigV4};
pub use sign::{Sign, SignError};
#[cfg(feature = "single-flight")]
pub use single_flight::SingleFlight;
#[cfg(feature = "hyper")]
pub use transport::HyperTransport;
#[cfg(feature = "tower")]
pub use transport::TowerTransport;
#[cfg(feature = "ureq")]
pub use transport::UreqTransport;
pub use validation::{Checker, Unit, Violation, ViolationKind, Violations};

/// The blocking client, for programs without an async runtime.
///
/// Start with [`blocking::Client`], which has the methods of the asynchronous [`Client`]. [`blocking::Transport`] and
/// [`blocking::Sign`] are the traits for a transport and a signer of your own.
///
/// ```
/// # use cognito_op::cognito_op;
/// # #[cognito_op(target = "GlobalSignOut")]
/// # struct GlobalSignOut { access_token: String }
/// use cognito_op::{Error, blocking};
///
/// fn sign_out(client: &blocking::Client, token: &str) -> Result<(), Error> {
///     GlobalSignOut::new(token).send_blocking(client)
/// }
/// ```
pub mod blocking {
    pub use crate::client::blocking::Client;
    #[cfg(feature = "sigv4")]
    pub use crate::sign::BlockingProvideCredentials as ProvideCredentials;
    pub use crate::sign::BlockingSign as Sign;
    #[cfg(feature = "single-flight")]
    pub use crate::single_flight::wait;
    pub use crate::transport::BlockingTransport as Transport;
}

/// Turns a struct into an operation. Each field is a member of the request.
///
/// ```
/// use cognito_op::{cognito_op, cognito_shape};
///
/// #[cognito_op(target = "ResendConfirmationCode")]
/// pub struct ResendConfirmationCode {
///     #[len(1, 128)]
///     #[pattern(r"[\w+]+")]
///     pub client_id: String,
///     #[len]
///     #[pattern]
///     pub username: String,
///     #[secret_hash]
///     pub secret_hash: Option<String>,
/// }
///
/// #[cognito_shape]
/// pub struct ResendConfirmationCodeResponse {}
/// ```
///
/// A field of type `Option<T>` is an optional member, and is omitted when it is `None`. Any other field is required.
/// The member's name on the wire is the field's name in `PascalCase`; the macro recognizes acronyms such as `MFA`.
///
/// # Options
///
/// - `target = "…"`: the operation's name in the API. Required.
/// - `response = Type`: the type of the output. The default is the struct's name with the suffix `Response`, or `()`
///   where the output has no members. `response = ()` ignores the output of any operation.
/// - `crate = path`: the path of this crate, if it was renamed (`crate = ::my_name`) or re-exported
///   (`crate = crate::path`).
/// - `signed`: the operation is called with AWS credentials; see the [chapter](guide::signed).
/// - `paginated`: the operation returns a list in pages, for which methods are generated; see [`Paginated`]. The request
///   has the token of a page as `Option<String>`, and the response has the token of the next page and the list.
/// - `idempotent = true` or `idempotent = false`: whether the operation is idempotent; see [`Operation::IDEMPOTENT`].
///   By default, the macro looks the operation up in a list of the idempotent operations of the API.
/// - `debug = false`: no `Debug` is generated. You can then write it by hand, or use the derive of another crate.
/// - `unmodeled`: the struct is not compared with the published service model.
///
/// # Field attributes
///
/// - `#[len(1, 128)]`, `#[len(min = 1)]`, `#[len(max = 128)]`, `#[len(6)]`: the length of a string in Unicode scalar
///   values, of a list or map in entries, or of a blob in bytes. Both bounds are inclusive. `#[len]` is the published
///   length.
/// - `#[pattern("…")]`: the pattern that the whole string must match, in the dialect below. `#[pattern]` is the
///   published pattern.
/// - `#[range(0, 60)]`, `#[range(min = 0)]`, `#[range(max = 60)]`, `#[range(5)]`: the bounds of a whole number, both
///   inclusive. `#[range]` is the published range.
/// - `#[each(len(1, 32), pattern("…"))]` on a list, `#[keys(…)]` and `#[values(…)]` on a map: the constraints on the
///   entries.
/// - `#[member("MFAOptions")]`: the name on the wire, where it cannot be derived from the field's name.
/// - `#[sensitive]`: the value is redacted in `Debug` and in errors. Members that the service marks as sensitive are
///   always redacted, and so are unmodeled members.
/// - `#[secret_hash]`: the client fills in the secret hash when the member is `None`. The member `SecretHash` of the
///   service has this attribute implicitly. On a map, the client adds the entry `SECRET_HASH` when it is missing, with
///   the user name in the entry `USERNAME`; `#[secret_hash(key = "…", username = "…")]` sets other keys.
/// - `#[client_id]` on an optional member `ClientId`: the client fills in the app client's id when the member is
///   `None`.
/// - `#[client_secret]` on an optional member `ClientSecret` or `Secret`: the client fills in the app client's secret
///   when the member is `None`. If the service requires the member and neither the request nor the client has a value
///   for it, the request is not sent. The same applies to `#[client_id]`.
/// - `#[unmodeled]`: the field is not compared with the published service model.
///
/// # Patterns
///
/// Patterns are compiled during macro expansion: a repeated character class to a scan, any other pattern to a finite
/// automaton. A pattern always matches the whole value. Where dialects of regular expressions differ, a pattern has the
/// meaning that it has in Java, which the service is assumed to use:
///
/// - `\w`, `\d` and `\s` match ASCII characters only: `[0-9A-Za-z_]`, `[0-9]` and `[\t-\r ]`.
/// - `\p{L}` and `\P{L}` are [general categories] of Unicode 16, by their short names. An unassigned code point matches
///   any category, since a newer version of Unicode may assign it to that category.
/// - `\b` matches between an ASCII word character (`\w`) and another character or an end of the value, and `\B` matches
///   anywhere else. Next to a character that is not ASCII, both match, since versions of Java differ on which of these
///   are word characters.
/// - `.` matches any character except `\n`, `\r`, U+0085, U+2028 and U+2029. After `(?s)`, it matches any character.
/// - `^` at the start and `$` at the end are allowed and have no effect. Lazy and greedy repetition are equivalent.
///
/// Constructs whose meaning differs between Java, ECMAScript and Rust are compile errors: look-around, back-references,
/// other assertions such as `\A`, possessive repetition, flags other than `s`, nested classes and class set operations
/// (`[a&&b]`, `[+--]`). The one published pattern with a look-behind, `^[0-9A-Za-z\.\-_]*(?<!\.)$`, is treated as
/// `(?:[0-9A-Za-z.\-_]*[0-9A-Za-z\-_])?`.
///
/// [general categories]: https://www.unicode.org/reports/tr44/#General_Category_Values
///
/// # Field types
///
/// | shape | types |
/// |---|---|
/// | string | `String`, `&str`, `Box<str>`, `Cow<str>`, an enum with [`cognito_shape`](macro@cognito_shape) |
/// | whole number | `i32`, `i64` |
/// | boolean | `bool` |
/// | timestamp (seconds since 1970 on the wire) | `SystemTime` |
/// | blob (Base64 on the wire) | `Vec<u8>` |
/// | list | `Vec<T>` |
/// | map from strings | `BTreeMap`, `HashMap` |
/// | structure | a struct with [`cognito_shape`](macro@cognito_shape) |
/// | any JSON value | `serde_json::Value` |
///
/// A type of your own implements [`InputValue`] for requests or [`OutputValue`] for responses. The generated `Debug`
/// shows a member as `..` if its type does not implement `Debug`.
///
/// # Generated items
///
/// - an implementation of [`Operation`];
/// - `new` with the required members, and a setter for each optional member;
/// - `validate`, `send` and `send_blocking`;
/// - with the option `paginated`, an implementation of [`Paginated`], and `pages`, `items`, `pages_blocking` and
///   `items_blocking`;
/// - an implementation of `Debug` that redacts sensitive members. It replaces a `derive(Debug)` below the attribute;
///   one above the attribute is a compile error.
///
/// `new` and the setters take any value that converts into the member: text as `&str`, a list or map as an array. A
/// setter also takes an `Option`. See [`arguments`].
///
/// The methods have the visibility of the struct, also where they set a private field. Names that begin with two
/// underscores are reserved.
pub use cognito_op_macros::cognito_op;

/// Turns a struct or an enum into a shape: a nested type, a response, or an open string enum.
///
/// ```
/// use cognito_op::cognito_shape;
///
/// #[cognito_shape]
/// pub struct CodeDeliveryDetails {
///     pub destination: Option<String>,
///     pub delivery_medium: Option<DeliveryMedium>,
///     pub attribute_name: Option<String>,
/// }
///
/// #[cognito_shape]
/// #[derive(PartialEq)]
/// pub enum DeliveryMedium {
///     Sms,
///     Email,
///     /// A value that this version does not know.
///     Other(String),
/// }
///
/// assert_eq!(DeliveryMedium::Sms.as_str(), "SMS");
/// assert_eq!(DeliveryMedium::from("PIGEON"), DeliveryMedium::Other("PIGEON".to_owned()));
/// ```
///
/// The field attributes are those of [`cognito_op`](macro@cognito_op). The type represents the service's shape of the
/// same name, with or without the suffix `Type`.
///
/// # Options
///
/// - a name, as in `#[cognito_shape(AttributeType)]`: the service's name of the shape, if the type has another name.
/// - `unmodeled`: the type is not compared with the published service model, and can represent any shape.
/// - `input` or `output`: the type is used in requests only, or in responses only. A type with a lifetime or a
///   reference is always input only, so a response type cannot have either.
/// - `crate = path`: the path of this crate, as for [`cognito_op`](macro@cognito_op).
///
/// # Generated items
///
/// For a struct: serialization and deserialization; `new` with the required members in the order of the fields, and a
/// setter for each optional member; and a `Debug` that redacts sensitive members. A shape has no method `validate`: its
/// constraints are checked when an operation that contains it is validated. To validate a form on its own, declare it
/// as an operation. Add the option `unmodeled` if the form does not match a published operation.
///
/// For an enum: conversions from and to text, `as_str`, `Display` and `Debug`. An enum has a variant `Other(String)`
/// for values that this version does not know. The name of each other variant is its value in `PascalCase`;
/// `#[member("OTHER_NAME")]` sets another value. Further derives can be added to operations and shapes.
pub use cognito_op_macros::cognito_shape;

/// The items that generated code uses. They are not part of the public interface.
#[doc(hidden)]
pub mod __private {
    pub use crate::arguments::{IntoMember, IntoValue, Many, Pairs};
    pub use crate::blocking;
    pub use crate::client::{Client, SendFuture};
    pub use crate::codec::{
        InputStructure, InputValue, Members, OutputStructure, OutputValue, Read, ReadableMember, Redacted, Shown,
        Visitor, Writer, check_structure, present, read_structure, read_text, redacted, unknown, write_structure,
    };
    pub use crate::error::Error;
    pub use crate::pages::{Page, Paginated};
    pub use crate::request::{Hashed, Operation};
    pub use crate::schema::expected::{Expected, entry, fits};
    pub use crate::schema::{AutoFill, Automaton, Class, Constraints, Member, Shape, Structure, known as class};
    pub use crate::validation::{Checker, Violations};
    pub use cognito_op_macros::{CognitoOp, CognitoShape};
    pub use serde::de::{Deserializer, MapAccess};
    pub use std::convert::{From, Infallible, Into};
    pub use std::fmt;
    pub use std::marker::{PhantomData, Sized};
    pub use std::mem::take;
    pub use std::option::Option::{self, None, Some};
    pub use std::primitive::{bool, str, u16};
    pub use std::result::Result::{self, Ok};
    pub use std::str::FromStr;
    pub use std::string::String;
    pub use std::vec::Vec;
    pub use std::{assert, panic, unreachable};
}

#![cfg_attr(doc, doc = include_str!("../guide/charts.md"))]
#![cfg_attr(doc, doc = "[results]: guide::costs")]
#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

// The attributes name the runtime `::cognito_op`. This alias makes them work in the crate's own tests and examples.
extern crate self as cognito_op;

mod client;
mod codec;
mod error;
// The chapters link to items of all features. Without those features they are only tested.
#[cfg(any(doc, doctest))]
#[cfg_attr(
    not(all(feature = "hyper", feature = "mock", feature = "platform-roots", feature = "tower", feature = "ureq")),
    doc(hidden),
    allow(rustdoc::broken_intra_doc_links)
)]
pub mod guide;
#[cfg(feature = "mock")]
pub mod mock;
mod request;
mod response;
mod schema;
mod sign;
pub mod transport;
mod validation;

pub use client::{Builder, Call, CallFuture, Client, Config, Retries, SendFuture};
pub use codec::{Body, InputValue, List, MapKey, Object, OutputValue, Writer};
pub use error::{Error, ErrorKind, Fault, Meta, Reason, TimeoutKind};
#[doc(no_inline)]
pub use http;
pub use request::{Operation, Validation};
pub use response::{Reply, ResponseReader};
pub use schema::{AutoFill, Constraints, Length, Member, Pattern, Range, Shape, Structure};
pub use sign::{Sign, SignError};
#[cfg(feature = "hyper")]
pub use transport::HyperTransport;
#[cfg(feature = "tower")]
pub use transport::TowerTransport;
#[cfg(feature = "ureq")]
pub use transport::UreqTransport;
pub use validation::{Checker, Unit, Violation, ViolationKind, Violations};

/// The client for programs without an async runtime.
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
    pub use crate::sign::BlockingSign as Sign;
    pub use crate::transport::BlockingTransport as Transport;
}

/// Makes an operation of a struct: a field for each member of the request.
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
/// `Option<T>` is an optional member, left out when it is `None`; anything else is required. A field's name in
/// `PascalCase` is the member's name on the wire; acronyms resolve by themselves.
///
/// # Options
///
/// - `target = "…"`: the operation's name in the API. Needed.
/// - `response = Type`: what the service answers with; the struct's name and `Response` unless this says otherwise, `()`
///   where the output has no members. `response = ()` passes over the answer of any operation.
/// - `crate = path`: where this crate is, if it was renamed (`crate = ::my_name`) or re-exported (`crate = crate::path`).
/// - `signed`: it is called with AWS credentials; see [`Client::with_signer`].
/// - `idempotent = true`: carrying it out twice does no more than once; for the operations of the API that is known.
/// - `debug = false`: no `Debug`, for one written by hand.
/// - `unmodeled`: nothing is compared with what the service publishes.
///
/// # Attributes of a field
///
/// - `#[len(1, 128)]`, `#[len(min = 1)]`, `#[len(max = 128)]`, `#[len(6)]`: how many Unicode scalar values a string,
///   entries a list or map, or bytes a blob has, both ends inclusive. `#[len]` is the published length.
/// - `#[pattern("…")]`: what the whole string has to match, in the dialect below. `#[pattern]` is the published pattern.
/// - `#[range(0, 60)]`, `#[range(min = 0)]`, `#[range(max = 60)]`, `#[range(5)]`: the smallest and the largest whole number. `#[range]` is the
///   published range.
/// - `#[each(len(1, 32), pattern("…"))]` on a list, `#[keys(…)]` and `#[values(…)]` on a map: the same of its entries.
/// - `#[member("MFAOptions")]`: the name on the wire, where the field's name does not lead to it.
/// - `#[sensitive]`: never shown. Members that the service marks so are anyway, and those it does not know.
/// - `#[secret_hash]`: filled in by a client with an app client's secret when it is `None`. The member that the service calls
///   `SecretHash` is so without it. On a map, the entry `SECRET_HASH` is filled in when there is none, over the name in the entry
///   `USERNAME`; `#[secret_hash(key = "…", username = "…")]` names others.
/// - `#[client_secret]`: filled in with the app client's secret itself when it is `None`.
/// - `#[unmodeled]`: not compared with what the service publishes.
///
/// # Patterns
///
/// A pattern is compiled with the crate that it stands in: one repeated class becomes a scan, anything else an automaton. It
/// always matches the whole value. Wherever the languages differ, it reads as in Java, which is taken to be what the service
/// uses:
///
/// - `\w`, `\d` and `\s` are ASCII, as in `[0-9A-Za-z_]`, `[0-9]` and `[\t-\r ]`.
/// - `\p{L}` and `\P{L}` are [general categories] of Unicode 16 by their short names. A code point that has no category yet
///   counts as one of any, so that nothing is refused that a newer Unicode version allows.
/// - `.` is anything but `\n`, `\r`, U+0085, U+2028 and U+2029, and anything at all after `(?s)`.
/// - `^` may begin and `$` may end it; both say what is so anyway. Greedy or not makes no difference.
///
/// What has another meaning in Java, ECMAScript or Rust does not compile: looking around, back-references, word boundaries,
/// possessive repetition, flags but `s`, classes within classes and sets of them (`[a&&b]`, `[+--]`). The one published pattern
/// that looks behind, `^[0-9A-Za-z\.\-_]*(?<!\.)$`, is taken for `(?:[0-9A-Za-z.\-_]*[0-9A-Za-z\-_])?`.
///
/// [general categories]: https://www.unicode.org/reports/tr44/#General_Category_Values
///
/// # Types of a field
///
/// Strings are `String`, `&str`, `Box<str>` and `Cow<str>`; numbers `i32` and `i64`; then `bool`, `SystemTime` (seconds since 1970 on
/// the wire), `Vec<u8>` (Base64 on the wire), `Vec<T>`, `BTreeMap` and `HashMap` from strings, `serde_json::Value` for any JSON, and
/// types with [`cognito_shape`](macro@cognito_shape). A type of your own implements [`InputValue`] or [`OutputValue`].
/// It is `Debug` too, unless its member is sensitive.
///
/// # What is generated
///
/// [`Operation`]; `new` with the required members and a setter for each optional one; `validate`; `send` and
/// `send_blocking`; and a `Debug` that redacts, which takes the place of a `derive(Debug)` below the attribute. (One above
/// the attribute is out of its reach, and is a second `Debug` to the compiler.)
///
/// A setter takes what converts into its member: text as `&str`, a list or map as an array. A converted array needs no `.into()`.
///
/// Methods are as visible as the struct, whatever the visibility of a field: private fields are set by them too. Names that
/// begin with two underscores are reserved.
pub use cognito_op_macros::cognito_op;

/// Makes a shape of a struct or an enum: a nested type, a response, or an open string enum.
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
/// The attributes of a field are those of [`cognito_op`](macro@cognito_op). The name of the struct or enum stands for the
/// service's shape of that name, or of that name and `Type`; another name can be given: `#[cognito_shape(AttributeType)]`.
/// `#[cognito_shape(unmodeled)]` is compared with nothing, and stands for any. `input` or `output` leaves the other
/// direction away; a shape with a lifetime is input only.
///
/// # What is generated
///
/// For a struct: what reads and writes it; `new` with the required members, in their order, and a setter for each optional one; and a
/// `Debug` that redacts. For an enum: conversions from and to text, `as_str`, `Display` and `Debug`. It has a variant of one
/// `String` for every value that this version does not know; the others are named in `PascalCase`, or by
/// `#[member("OTHER_NAME")]`. Other derives are yours to add, to an operation and to its shapes alike.
pub use cognito_op_macros::cognito_shape;

/// The items that generated code uses. They are not part of the public interface.
#[doc(hidden)]
pub mod __private {
    pub use crate::blocking;
    pub use crate::client::{Client, SendFuture};
    pub use crate::codec::{
        InputStructure, InputValue, Members, OutputStructure, OutputValue, Redacted, Visitor, Writer, check_structure,
        present, read_structure, read_text, redacted, write_structure,
    };
    pub use crate::error::Error;
    pub use crate::request::{Hashed, Operation};
    pub use crate::schema::expected::{Expected, entry, fits};
    pub use crate::schema::{AutoFill, Automaton, Class, Constraints, Member, Shape, Structure, known as class};
    pub use crate::validation::{Checker, Violations};
    pub use cognito_op_macros::{CognitoOp, CognitoShape};
    pub use serde::de::{Deserializer, MapAccess};
    pub use std::convert::{From, Infallible, Into};
    pub use std::fmt;
    pub use std::option::Option::{self, None, Some};
    pub use std::primitive::{bool, str, u16};
    pub use std::result::Result::{self, Ok};
    pub use std::str::FromStr;
    pub use std::string::String;
    pub use std::{assert, unreachable};
}

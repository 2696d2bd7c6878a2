//! The requests that a mock received.

use crate::codec::{Body, OutputStructure, OutputValue, read_output, read_structure};
use crate::request::Inspected;
use crate::schema::{Member, Shape, Structure};
use crate::text::REDACTED;
use http::Request;
use serde::de::Deserializer;
use serde_json::Value;
use std::fmt;

/// A request that a mock received. `Debug` redacts sensitive values.
///
/// ```
/// # use cognito_op::cognito_op;
/// # #[cognito_op(target = "ListDevices", response = ())]
/// # struct ListDevices { access_token: String, limit: Option<i32> }
/// use cognito_op::mock::Mock;
///
/// let mock = Mock::new();
/// mock.on::<ListDevices>().succeed();
/// ListDevices::new("token").limit(10).send_blocking(&mock.blocking_client())?;
///
/// let recorded = &mock.requests()[0];
/// assert_eq!(recorded.operation(), "ListDevices");
/// assert_eq!(recorded.request().method(), "POST");
/// assert_eq!(recorded.json()["Limit"], 10);
/// assert_eq!(recorded.read::<ListDevices>().limit, Some(10));
/// assert!(!format!("{recorded:?}").contains("token\""));
/// # Ok::<(), cognito_op::Error>(())
/// ```
#[derive(Clone)]
pub struct Recorded {
    request: Request<Body>,
    /// The members of the operation, if a client of this crate sent the request.
    members: Option<&'static [Member]>,
}

impl Recorded {
    pub(super) fn new(request: Request<Body>) -> Self {
        let members = request.extensions().get::<Inspected>().map(|inspected| inspected.members);
        Self { request, members }
    }

    /// Returns the operation's name in the API.
    #[must_use]
    pub fn operation(&self) -> &str {
        operation(&self.request)
    }

    /// Returns the HTTP request.
    #[must_use]
    pub fn request(&self) -> &Request<Body> {
        &self.request
    }

    /// Returns the body as JSON, or `null` if it is not JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(self.request.body().as_bytes()).unwrap_or_default()
    }

    /// Reads the body as an operation, or as a shape with some of its members.
    ///
    /// # Panics
    ///
    /// Panics if the body cannot be read as that type.
    #[must_use]
    #[track_caller]
    #[allow(clippy::panic, reason = "a wrong request fails the test")]
    pub fn read<T: Readable>(&self) -> T {
        match T::from_json(self.request.body().as_bytes()) {
            Ok(value) => value,
            Err(why) => panic!("the request of {} cannot be read: {why}", self.operation()),
        }
    }
}

/// A type that can be read from a request: an output shape, or an operation without a lifetime whose members can all be
/// read.
///
/// ```
/// # use cognito_op::cognito_op;
/// # #[cognito_op(target = "ListDevices", response = ())]
/// # struct ListDevices<'a> { access_token: &'a str, limit: Option<i32> }
/// use cognito_op::cognito_shape;
/// use cognito_op::mock::{Mock, Readable};
///
/// /// Some members of an operation that borrows.
/// #[cognito_shape(output)]
/// struct Limited {
///     limit: Option<i32>,
/// }
///
/// let mock = Mock::new();
/// mock.on::<ListDevices>().succeed();
/// ListDevices::new("token").limit(10).send_blocking(&mock.blocking_client())?;
/// assert_eq!(mock.requests()[0].read::<Limited>().limit, Some(10));
/// assert!(Limited::from_json(b"[]").is_err());
/// # Ok::<(), cognito_op::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a request",
    note = "an operation that borrows or has input-only members cannot be read; use `Recorded::json`"
)]
pub trait Readable: Sized {
    /// Reads the value from JSON.
    ///
    /// # Errors
    ///
    /// Returns a message with the path of the first member that cannot be read.
    fn from_json(json: &[u8]) -> Result<Self, String>;
}

impl<T: OutputStructure> Readable for T {
    fn from_json(json: &[u8]) -> Result<Self, String> {
        struct Value<T>(T);

        impl<T: OutputStructure> OutputValue for Value<T> {
            const SHAPE: Shape = Shape::Structure { name: None, members: <T as Structure>::MEMBERS };

            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                read_structure(deserializer).map(Self)
            }
        }

        read_output(json).map(|value: Value<T>| value.0).map_err(|why| why.to_string())
    }
}

/// Returns the operation in the header `X-Amz-Target`.
pub(super) fn operation(request: &Request<Body>) -> &str {
    let target = request.headers().get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    target.rsplit('.').next().unwrap_or_default()
}

impl fmt::Debug for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut json = self.json();
        match self.members {
            Some(members) => redact(&mut json, members),
            None => json = Value::from(REDACTED),
        }
        f.debug_struct("Recorded")
            .field("operation", &self.operation())
            .field("json", &format_args!("{json}"))
            .finish_non_exhaustive()
    }
}

/// Redacts the values of sensitive and of unknown members.
fn redact(value: &mut Value, members: &'static [Member]) {
    let Value::Object(entries) = value else { return *value = Value::from(REDACTED) };
    for (name, value) in entries {
        match members.iter().find(|member| member.name == name) {
            Some(member) if !member.sensitive => within(value, &member.shape),
            _ => *value = Value::from(REDACTED),
        }
    }
}

fn within(value: &mut Value, shape: &Shape) {
    match (shape, value) {
        (Shape::Structure { members, .. }, value) => redact(value, members),
        (Shape::List(entry), Value::Array(entries)) => entries.iter_mut().for_each(|value| within(value, entry)),
        (Shape::Map(entry), Value::Object(entries)) => entries.values_mut().for_each(|value| within(value, entry)),
        _ => {}
    }
}

//! What was asked.

use crate::Body;
use crate::error::REDACTED;
use crate::exchange::Members;
use crate::operation::{Member, Shape, Structure};
use crate::value::OutputValue;
use crate::wire::{OutputStructure, read_output, read_structure};
use http::Request;
use serde::de::Deserializer;
use serde_json::Value;
use std::fmt;

/// A request as a mock got it. `Debug` shows what is not sensitive.
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
    /// The members of its operation, if it is one of a client.
    members: Option<&'static [Member]>,
}

impl Recorded {
    pub(super) fn new(request: Request<Body>) -> Self {
        let members = members(&request);
        Self { request, members }
    }

    /// The operation's name in the API.
    #[must_use]
    pub fn operation(&self) -> &str {
        operation(&self.request)
    }

    /// The request itself.
    #[must_use]
    pub fn request(&self) -> &Request<Body> {
        &self.request
    }

    /// The body; `null` if it is no JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(self.request.body().as_bytes()).unwrap_or_default()
    }

    /// The body as the operation itself, or as a shape with what is of interest of it.
    ///
    /// # Panics
    ///
    /// If it cannot be read as that.
    #[must_use]
    #[track_caller]
    #[allow(clippy::panic, reason = "this is how a test fails")]
    pub fn read<T: Readable>(&self) -> T {
        match T::from_json(self.request.body().as_bytes()) {
            Ok(value) => value,
            Err(why) => panic!("the request of {} cannot be read: {why}", self.operation()),
        }
    }
}

/// What can be read from a request: a shape that is read from answers, and an operation whose members all can be, which those
/// with a lifetime cannot.
///
/// ```
/// # use cognito_op::cognito_op;
/// # #[cognito_op(target = "ListDevices", response = ())]
/// # struct ListDevices<'a> { access_token: &'a str, limit: Option<i32> }
/// use cognito_op::cognito_shape;
/// use cognito_op::mock::{Mock, Readable};
///
/// /// What is of interest of a request whose own type borrows.
/// #[cognito_shape(output)]
/// struct Asked {
///     limit: Option<i32>,
/// }
///
/// let mock = Mock::new();
/// mock.on::<ListDevices>().succeed();
/// ListDevices::new("token").limit(10).send_blocking(&mock.blocking_client())?;
/// assert_eq!(mock.requests()[0].read::<Asked>().limit, Some(10));
/// assert!(Asked::from_json(b"[]").is_err());
/// # Ok::<(), cognito_op::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a request",
    note = "one that borrows, or has a type that is only written, is looked at as JSON: `Recorded::json`"
)]
pub trait Readable: Sized {
    /// Reads it from JSON.
    ///
    /// # Errors
    ///
    /// Where it is something else, with the path.
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

/// The members of the operation that a request is of.
pub(super) fn members(request: &Request<Body>) -> Option<&'static [Member]> {
    request.extensions().get::<Members>().map(|members| members.0)
}

/// The operation that a request names.
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

/// Puts a mark in the place of what may not be shown; and of what the members do not tell of.
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

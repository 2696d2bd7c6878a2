//! What was asked.

use crate::Body;
use crate::error::REDACTED;
use crate::operation::{Member, Shape};
use crate::value::OutputValue;
use crate::wire::read_output;
use http::Request;
use serde_json::Value;
use std::fmt;

/// A request as a mock got it. `Debug` shows what is not sensitive.
#[derive(Clone)]
pub struct Recorded {
    request: Request<Body>,
    /// The members of its operation, if the mock knows it.
    members: Option<&'static [Member]>,
}

impl Recorded {
    pub(super) fn new(request: Request<Body>, members: Option<&'static [Member]>) -> Self {
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

    /// The body as the operation itself, or as any other type with what is of interest of it. An operation with a lifetime
    /// cannot be read.
    ///
    /// # Panics
    ///
    /// If it cannot be read as that.
    #[must_use]
    #[track_caller]
    #[expect(clippy::panic, reason = "this is how a test fails")]
    pub fn read<T: OutputValue>(&self) -> T {
        match read_output(self.request.body().as_bytes()) {
            Ok(value) => value,
            Err(why) => panic!("the request of {} cannot be read: {why}", self.operation()),
        }
    }
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

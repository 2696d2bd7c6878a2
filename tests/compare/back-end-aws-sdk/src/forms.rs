//! The forms of the requests.

use crate::failure::Failure;
use axum::Json;
use axum::extract::{FromRequest, Request};
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct NewUser {
    pub username: String,
    pub password: String,
    pub email: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Confirmation {
    pub username: String,
    pub code: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct User {
    pub username: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Credentials {
    pub username: String,
    pub password: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Answer {
    pub challenge: String,
    pub username: String,
    pub session: Option<String>,
    pub code: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Refresh {
    pub refresh_token: String,
}

/// Extracts a form from JSON. Unlike the rejection of `Json`, its rejection contains no values of the request.
pub struct Form<F>(pub F);

impl<F: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<F> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        match Json::from_request(request, state).await {
            Ok(Json(form)) => Ok(Self(form)),
            Err(_) => Err(Failure::new(400, "This is not the form in JSON.")),
        }
    }
}

/// Checks values that the service would reject with a message for developers. Each field is a pair of its name and
/// whether it is valid.
pub fn check(fields: &[(&'static str, bool)]) -> Result<(), Failure> {
    let invalid: Vec<_> = fields.iter().filter(|(_, is_valid)| !is_valid).map(|(name, _)| *name).collect();
    if invalid.is_empty() { Ok(()) } else { Err(Failure::fields(invalid)) }
}

/// Returns whether a text can be a user name, a code or a token.
pub fn is_word(text: &str, max: usize) -> bool {
    let is_part = |char: char| !char.is_whitespace() && !char.is_control();
    (1..=max).contains(&text.chars().count()) && text.chars().all(is_part)
}

//! The forms. Those for a sign-up, its confirmation and a new password are operations, which are sent to the service.

use super::failure::Failure;
use axum::Json;
use axum::extract::{FromRequest, Request};
use cognito_op::{Member, Structure, cognito_op, cognito_shape};
use cognito_userpools::operations::{AttributeType, SignUpResponse};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// Returns the members that a browser sets: those without `#[serde(skip)]`. They serialize as rules.
pub fn inputs<F: Structure>() -> Vec<&'static Member> {
    F::MEMBERS.iter().filter(|member| member.serde_name.is_some()).collect()
}

#[cognito_op(target = "SignUp", response = SignUpResponse)]
#[derive(Deserialize)]
pub struct SignUp {
    #[client_id]
    #[serde(skip)]
    client_id: Option<String>,
    #[serde(skip)]
    secret_hash: Option<String>,
    #[serde(skip)]
    client_metadata: Option<BTreeMap<String, String>>,
    #[serde(skip)]
    user_attributes: Option<Vec<AttributeType>>,
    #[serde(rename = "email", default)]
    #[len]
    #[pattern]
    pub username: String,
    // Stricter than the published constraint: the policy of the pool.
    #[serde(default)]
    #[len(min = 8)]
    password: String,
}

#[cognito_op(target = "ConfirmSignUp", response = ())]
#[derive(Deserialize)]
pub struct Confirm {
    #[client_id]
    #[serde(skip)]
    client_id: Option<String>,
    #[serde(skip)]
    secret_hash: Option<String>,
    #[serde(rename = "email", default)]
    #[len]
    #[pattern]
    username: String,
    #[serde(rename = "code", default)]
    #[len]
    #[pattern]
    confirmation_code: String,
}

#[cognito_op(target = "ResendConfirmationCode", response = ())]
#[derive(Deserialize)]
pub struct Resend {
    #[client_id]
    #[serde(skip)]
    client_id: Option<String>,
    #[serde(skip)]
    secret_hash: Option<String>,
    #[serde(rename = "email", default)]
    #[len]
    #[pattern]
    username: String,
}

#[cognito_op(target = "ForgotPassword", response = ())]
#[derive(Deserialize)]
pub struct ForgotPassword {
    #[client_id]
    #[serde(skip)]
    client_id: Option<String>,
    #[serde(skip)]
    secret_hash: Option<String>,
    #[serde(rename = "email", default)]
    #[len]
    #[pattern]
    username: String,
}

#[cognito_op(target = "ConfirmForgotPassword", response = ())]
#[derive(Deserialize)]
pub struct ResetPassword {
    #[client_id]
    #[serde(skip)]
    client_id: Option<String>,
    #[serde(skip)]
    secret_hash: Option<String>,
    #[serde(rename = "email", default)]
    #[len]
    #[pattern]
    username: String,
    #[serde(rename = "code", default)]
    #[len]
    #[pattern]
    confirmation_code: String,
    #[serde(rename = "newPassword", default)]
    #[len(min = 8)]
    password: String,
}

/// The values of a sign-in. The fields have the names that its violations have.
#[cognito_shape(unmodeled, input)]
#[derive(Deserialize)]
pub struct Credentials {
    #[serde(default)]
    #[len(1, 128)]
    pub username: String,
    #[serde(default)]
    #[len(min = 1)]
    pub password: String,
}

/// The answer to a challenge.
#[cognito_shape(unmodeled, input)]
#[derive(Deserialize)]
pub struct Answer {
    #[serde(default)]
    #[len(min = 1)]
    pub code: String,
}

/// Reads a form from JSON. The rejection of `Json` would show the text of serde, which quotes values.
pub struct Form<F>(pub F);

impl<F: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<F> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        match Json::from_request(request, state).await {
            Ok(Json(form)) => Ok(Self(form)),
            Err(rejection) => Err(Failure::new(rejection.status(), "This is not the form in JSON.")),
        }
    }
}

//! Converts errors into responses.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cognito_userpools::cognito_op::{Operation as _, Violation};
use cognito_userpools::operations::{ConfirmSignUp, InitiateAuth};
use cognito_userpools::{Error, ErrorKind, Fault, Reason};
use serde_json::json;

pub struct Failure {
    status: u16,
    message: String,
    fields: Vec<&'static str>,
}

impl Failure {
    pub fn new(status: u16, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), fields: Vec::new() }
    }

    pub fn fields(fields: impl IntoIterator<Item = &'static str>) -> Self {
        Self { fields: fields.into_iter().collect(), ..Self::new(400, "Please check the marked fields.") }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let mut fields: Vec<_> = error.violations().into_iter().flatten().filter_map(field).collect();
        fields.dedup();
        if !fields.is_empty() {
            return Self::fields(fields);
        }
        match (error.kind(), error.reason(), error.fault()) {
            (ErrorKind::InvalidPassword, ..) => Self::fields(["password"]),
            (_, Reason::EmailInvalid, _) => Self::fields(["email"]),
            (ErrorKind::UserNotFound, ..) if error.operation() == Some(InitiateAuth::NAME) => {
                Self::new(401, "The user name or the password is wrong.")
            }
            (_, Reason::IncorrectCredentials, _) => Self::new(401, "The user name or the password is wrong."),
            (_, Reason::CodeMismatch | Reason::CodeExpired | Reason::UserAlreadyConfirmed, _) => Self::fields(["code"]),
            (ErrorKind::UserNotFound, ..) if error.operation() == Some(ConfirmSignUp::NAME) => Self::fields(["code"]),
            (ErrorKind::UserNotFound, ..) => Self::new(404, "There is no such user."),
            (ErrorKind::UsernameExists | ErrorKind::AliasExists, ..) => Self::new(409, "This user exists already."),
            (ErrorKind::UserNotConfirmed, ..) => Self::new(403, "Please confirm your email address first."),
            (ErrorKind::PasswordResetRequired, ..) => Self::new(403, "Please set a new password."),
            (ErrorKind::TooManyFailedAttempts, ..) | (_, _, Fault::Throttled) => {
                Self::new(429, "Please try again later.")
            }
            (ErrorKind::NotAuthorized, _, Fault::User | Fault::Unknown) => Self::new(401, "Please sign in again."),
            (_, _, Fault::User) | (ErrorKind::InvalidParameter, _, Fault::Unknown) => {
                Self::new(400, "Please check what you have entered.")
            }
            (_, _, fault) => {
                // `report` redacts the values of the request.
                eprintln!("{}", error.report());
                let is_ours = !matches!(fault, Fault::Network | Fault::Service);
                Self::new(if is_ours { 500 } else { 502 }, "Please try again later.")
            }
        }
    }
}

/// Returns the name of the field in the form.
fn field(violation: &Violation) -> Option<&'static str> {
    match violation.path() {
        "username" => Some("username"),
        "password" => Some("password"),
        "code" | "confirmation_code" => Some("code"),
        "session" => Some("session"),
        "refresh_token" => Some("refresh_token"),
        path => path.starts_with("user_attributes").then_some("email"),
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, Json(json!({ "message": self.message, "fields": self.fields }))).into_response()
    }
}

//! Converts errors into responses.

use crate::cognito::Error;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
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

    pub fn credentials() -> Self {
        Self::new(401, "The user name or the password is wrong.")
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let (status, code, message) = match &error {
            Error::Service { status, code, message } => (status.as_u16(), code.as_str(), message.as_str()),
            Error::Transport(_) => (502, "", ""),
        };
        match code {
            "InvalidPasswordException" => Self::fields(["password"]),
            "InvalidParameterException" if message.starts_with("Invalid email address format") => {
                Self::fields(["email"])
            }
            "CodeMismatchException" | "ExpiredCodeException" => Self::fields(["code"]),
            "NotAuthorizedException" if message.starts_with("User cannot be confirmed") => Self::fields(["code"]),
            "NotAuthorizedException" if message.starts_with("Incorrect username or password") => Self::credentials(),
            "NotAuthorizedException" if message == "Password attempts exceeded" => {
                Self::new(429, "Please try again later.")
            }
            "NotAuthorizedException" if !is_secret_hash_wrong(message) => Self::new(401, "Please sign in again."),
            "UserNotFoundException" => Self::new(404, "There is no such user."),
            "UsernameExistsException" | "AliasExistsException" => Self::new(409, "This user exists already."),
            "UserNotConfirmedException" => Self::new(403, "Please confirm your email address first."),
            "PasswordResetRequiredException" => Self::new(403, "Please set a new password."),
            "LimitExceededException"
            | "TooManyRequestsException"
            | "TooManyFailedAttemptsException"
            | "ThrottlingException" => Self::new(429, "Please try again later."),
            "InvalidParameterException" | "UserLambdaValidationException" => {
                Self::new(400, "Please check what you have entered.")
            }
            _ => {
                eprintln!("{error}");
                Self::new(if status < 500 { 500 } else { 502 }, "Please try again later.")
            }
        }
    }
}

/// Returns whether the cause is a setting of this program, and not the input of the user.
fn is_secret_hash_wrong(message: &str) -> bool {
    message.starts_with("Unable to verify secret hash") || message.starts_with("SecretHash does not match")
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, Json(json!({ "message": self.message, "fields": self.fields }))).into_response()
    }
}

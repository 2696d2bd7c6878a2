//! Converts errors into responses.

use aws_sdk_cognitoidentityprovider::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::error::Error;

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

impl<E: ProvideErrorMetadata + Error + 'static> From<SdkError<E>> for Failure {
    fn from(error: SdkError<E>) -> Self {
        let message = error.message().unwrap_or_default();
        match error.code().unwrap_or_default() {
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
                let is_ours = error.raw_response().is_some_and(|response| response.status().is_client_error());
                eprintln!("{}", DisplayErrorContext(&error));
                Self::new(if is_ours { 500 } else { 502 }, "Please try again later.")
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

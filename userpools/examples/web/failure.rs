//! Errors as responses.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cognito_op::{Error, ErrorKind, Fault, Reason, Violation, Violations};
use cognito_userpools::oauth::OAuthError;
use serde_json::{Value, json};
use std::borrow::Cow;

/// The fields of all forms. A violation of another member, such as the client id, is the fault of the program.
const INPUTS: [&str; 5] = ["code", "email", "newPassword", "password", "username"];

const CREDENTIALS: &str = "The email address or the password is wrong.";
const CODE: &str = "The code is wrong or has expired.";
const FAULT: &str = "This is our fault. Please try again later.";

/// Returns the HTTP status for an error, and a text for the person who has sent the form.
pub fn describe(error: &Error) -> (StatusCode, Cow<'static, str>) {
    let again = "Please check what you have entered.";
    let operation = error.operation().unwrap_or_default();
    let is_sign_in = operation.ends_with("InitiateAuth") || operation.ends_with("RespondToAuthChallenge");
    let is_code_form =
        matches!(operation, "ConfirmSignUp" | "ResendConfirmationCode" | "ForgotPassword" | "ConfirmForgotPassword");
    let (status, text) = match (error.kind(), error.reason(), error.fault()) {
        // These messages are written for the person who has sent the form.
        (ErrorKind::InvalidPassword | ErrorKind::UserLambdaValidation, ..) => {
            let text = error.message().unwrap_or(again).to_owned();
            return (StatusCode::UNPROCESSABLE_ENTITY, text.into());
        }
        // An unknown user must look like a wrong password, or like a wrong code.
        (ErrorKind::UserNotFound, ..) if is_sign_in => (StatusCode::UNAUTHORIZED, CREDENTIALS),
        (_, Reason::IncorrectCredentials, _) => (StatusCode::UNAUTHORIZED, CREDENTIALS),
        (ErrorKind::UserNotFound, ..) | (_, Reason::UserAlreadyConfirmed, _) if is_code_form => {
            (StatusCode::UNPROCESSABLE_ENTITY, CODE)
        }
        (_, Reason::CodeMismatch | Reason::CodeExpired, _) => (StatusCode::UNPROCESSABLE_ENTITY, CODE),
        (ErrorKind::UserNotFound, ..) if operation.starts_with("Admin") => {
            (StatusCode::NOT_FOUND, "There is no such user.")
        }
        // The user of the token has been deleted.
        (ErrorKind::UserNotFound, ..) => (StatusCode::UNAUTHORIZED, "Please sign in again."),
        (ErrorKind::UsernameExists | ErrorKind::AliasExists, ..) => {
            (StatusCode::CONFLICT, "There is an account with this address.")
        }
        (ErrorKind::UserNotConfirmed, ..) => (StatusCode::FORBIDDEN, "Please confirm your email address first."),
        (ErrorKind::PasswordResetRequired, ..) => (StatusCode::FORBIDDEN, "Please set a new password."),
        (_, Reason::UserDisabled, _) => (StatusCode::FORBIDDEN, "This account is closed."),
        (ErrorKind::LimitExceeded | ErrorKind::TooManyFailedAttempts, ..)
        | (_, Reason::PasswordAttemptsExceeded, _) => (StatusCode::TOO_MANY_REQUESTS, "Please try again later."),
        // The other reasons of this kind concern tokens and sessions.
        (ErrorKind::NotAuthorized, _, Fault::User | Fault::Unknown) => {
            (StatusCode::UNAUTHORIZED, "Please sign in again.")
        }
        (_, _, Fault::User) | (ErrorKind::InvalidParameter, _, Fault::Unknown) => {
            (StatusCode::UNPROCESSABLE_ENTITY, again)
        }
        (_, _, Fault::Throttled) => (StatusCode::SERVICE_UNAVAILABLE, "Please try again in a moment."),
        (_, _, Fault::Network | Fault::Service) => (StatusCode::BAD_GATEWAY, "Please try again."),
        _ => (StatusCode::INTERNAL_SERVER_ERROR, FAULT),
    };
    (status, text.into())
}

/// Gives the same response whether or not there is a user to whom a code can be sent.
pub fn hide_user(outcome: Result<(), Error>) -> Result<StatusCode, Failure> {
    match outcome {
        Err(error) if !matches!(error.fault(), Fault::User | Fault::Unknown) => Err(error.into()),
        Err(error) => {
            eprintln!("{error}");
            Ok(StatusCode::ACCEPTED)
        }
        Ok(()) => Ok(StatusCode::ACCEPTED),
    }
}

pub struct Failure {
    status: StatusCode,
    message: Cow<'static, str>,
    fields: Vec<Value>,
}

impl Failure {
    pub fn new(status: StatusCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self { status, message: message.into(), fields: Vec::new() }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let violations = error.violations().into_iter().flat_map(Violations::first_of_each);
        let entered = violations.filter(|violation| INPUTS.contains(&violation.serde_path()));
        let fields: Vec<_> = entered.map(field).collect();
        if !fields.is_empty() {
            return Self { fields, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "Please check the marked fields.") };
        }
        let (status, message) = describe(&error);
        if status.is_server_error() {
            // `report` redacts the values of the request; `message` does not.
            eprintln!("{}", error.report());
        }
        Self::new(status, message)
    }
}

impl From<OAuthError> for Failure {
    fn from(error: OAuthError) -> Self {
        let (status, message) = match error.fault() {
            Fault::User => (StatusCode::UNAUTHORIZED, "Please sign in again."),
            Fault::Network | Fault::Service | Fault::Throttled => (StatusCode::BAD_GATEWAY, "Please try again."),
            _ => (StatusCode::INTERNAL_SERVER_ERROR, FAULT),
        };
        if status.is_server_error() {
            eprintln!("{error}");
        }
        Self::new(status, message)
    }
}

fn field(violation: &Violation) -> Value {
    json!({
        "name": violation.serde_path(),
        "code": violation.kind().code(),
        "requirement": violation.requirement(),
    })
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "message": self.message, "fields": self.fields }))).into_response()
    }
}

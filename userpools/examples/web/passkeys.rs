//! Registering a passkey after a sign-in, signing in with it, and the page that does both.

use super::failure::Failure;
use super::forms::Form;
use super::sessions::Session;
use super::{Outcome, Tenant, next, signed_out};
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use cognito_userpools::operations::{CompleteWebAuthnRegistration, StartWebAuthnRegistration};
use cognito_userpools::passkeys::{AuthenticationResponse, CreationOptions, MalformedDocument, RegistrationResponse};
use cognito_userpools::sign_in::{FirstFactor, SignIn, Step};
use cognito_userpools::{Error, ErrorKind, Fault};
use serde::Deserialize;
use serde_json::json;

pub fn routes() -> Router<Tenant> {
    Router::new()
        .route("/passkeys", get(async || Html(include_str!("passkeys.html"))))
        .route("/passkeys/start", post(start))
        .route("/passkeys/complete", post(complete))
        .route("/passkeys/sign-in", post(sign_in))
        .route("/passkeys/answer", post(answer))
}

async fn start(State(tenant): State<Tenant>, headers: HeaderMap) -> Outcome<Json<CreationOptions>> {
    let (_, tokens) = tenant.sessions.tokens(&headers).ok_or_else(signed_out)?;
    let started = StartWebAuthnRegistration::new(tokens.access_token).send(&tenant.client).await?;
    Ok(Json(started.credential_creation_options.try_into()?))
}

async fn complete(
    State(tenant): State<Tenant>,
    headers: HeaderMap,
    Form(passkey): Form<RegistrationResponse>,
) -> Outcome<StatusCode> {
    let (_, tokens) = tenant.sessions.tokens(&headers).ok_or_else(signed_out)?;
    let origin = passkey.origin();
    let outcome = CompleteWebAuthnRegistration::new(tokens.access_token, passkey).send(&tenant.client).await;
    outcome.map(|()| StatusCode::NO_CONTENT).map_err(|error| match error.kind() {
        ErrorKind::WebAuthnChallengeNotFound
        | ErrorKind::WebAuthnCredentialNotSupported
        | ErrorKind::WebAuthnOriginNotAllowed
        | ErrorKind::WebAuthnRelyingPartyMismatch => {
            eprintln!("{error}; origin {origin:?}");
            Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "This passkey cannot be used here.")
        }
        _ => error.into(),
    })
}

#[derive(Deserialize)]
struct Username {
    username: String,
}

async fn sign_in(State(tenant): State<Tenant>, Form(form): Form<Username>) -> Outcome<Response> {
    let sign_in = SignIn::user_auth(form.username).prefer(FirstFactor::web_authn());
    let challenge = match sign_in.start(&tenant.client).await {
        Ok(Step::WebAuthn(challenge)) => challenge,
        // Unknown users must look like users without a passkey.
        Ok(_) => return Err(refused()),
        Err(error) => return Err(refused_or(error)),
    };
    let options = challenge.request_options()?;
    let session = Session::Challenge(challenge.into_kept(), 0);
    Ok(([(SET_COOKIE, tenant.sessions.start(&session))], Json(json!({ "options": options }))).into_response())
}

async fn answer(
    State(tenant): State<Tenant>,
    headers: HeaderMap,
    Form(proof): Form<AuthenticationResponse>,
) -> Outcome<Response> {
    let (_, stored, _) = tenant.sessions.take_challenge(&headers).ok_or_else(signed_out)?;
    let Step::WebAuthn(challenge) = stored.into_step() else { return Err(signed_out()) };
    // Unlike a code, a passkey cannot be mistyped, so the challenge is not stored again after a failure.
    let step = challenge.answer(&tenant.client, proof).await.map_err(|error| refused_or(error.into()))?;
    next(&tenant, step)
}

fn refused() -> Failure {
    Failure::new(StatusCode::UNAUTHORIZED, "Please sign in without a passkey.")
}

fn refused_or(error: Error) -> Failure {
    let is_for_user = matches!(error.fault(), Fault::User | Fault::Unknown) && error.violations().is_none();
    if is_for_user { refused() } else { error.into() }
}

impl From<MalformedDocument> for Failure {
    fn from(error: MalformedDocument) -> Self {
        eprintln!("{error}");
        Self::new(StatusCode::BAD_GATEWAY, "Please try again.")
    }
}

//! A web back end with cognito-userpools.

mod failure;
mod forms;

use axum::extract::{FromRequestParts, Query, State};
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use back_end::Settings;
use cognito_userpools::admin::{AdminDisableUser, AdminGetUser};
use cognito_userpools::credentials::Chain;
use cognito_userpools::operations::{ConfirmSignUp, GetTokensFromRefreshToken, ResendConfirmationCode, SignUp};
use cognito_userpools::sign_in::{KeptChallenge, SignIn, Step, Tokens};
use cognito_userpools::verify::{AccessToken, Requirements, Verifier, VerifyError, VerifyLayer, bearer_token};
use cognito_userpools::{Client, Error, Fault};
use failure::Failure;
use forms::{Answer, Confirmation, Credentials, Form, NewUser, Refresh, User};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

type Outcome<T> = Result<T, Failure>;

#[derive(Clone)]
struct App {
    client: Client,
    user_pool: Arc<str>,
    verifier: Verifier,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let settings = Settings::from_env()?;
    let client = Client::builder()
        .region(settings.region)
        .endpoint(settings.endpoint)
        .app_client(&settings.client_id, settings.client_secret)
        .credentials(Chain::from_env())
        .build()?;
    let verifier = Verifier::builder()
        .user_pool(&settings.user_pool)
        .client_id(settings.client_id)
        .keys_url(settings.keys_url)
        .signature_cache(10_000)
        .build(&client)?;
    let admins = verifier.requiring(Requirements::new().any_group(["admins"]));
    let admin = Router::new().route("/disable", post(disable)).route("/user", get(user));
    let app = Router::new()
        .route("/sign-up", post(sign_up))
        .route("/confirm", post(confirm))
        .route("/resend", post(resend))
        .route("/sign-in", post(sign_in))
        .route("/answer", post(answer))
        .route("/refresh", post(refresh))
        .route("/me", get(me))
        .nest("/admin", admin.layer(VerifyLayer::access_token(&admins)))
        .with_state(App { client, user_pool: settings.user_pool.into(), verifier });
    axum::serve(back_end::listen().await?, app).await?;
    Ok(())
}

async fn sign_up(State(app): State<App>, Form(form): Form<NewUser>) -> Outcome<(StatusCode, Json<Value>)> {
    let operation = SignUp::new(form.username).password(form.password).user_attributes([("email", form.email)]);
    let response = operation.send(&app.client).await?;
    let next = if response.user_confirmed { "sign-in" } else { "confirm" };
    Ok((StatusCode::CREATED, Json(json!({ "next": next }))))
}

async fn confirm(State(app): State<App>, Form(form): Form<Confirmation>) -> Outcome<StatusCode> {
    ConfirmSignUp::new(form.username, form.code).send(&app.client).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Returns the same response whether or not the user exists.
async fn resend(State(app): State<App>, Form(form): Form<User>) -> Outcome<StatusCode> {
    match ResendConfirmationCode::new(form.username).send(&app.client).await {
        Err(error) if !matches!(error.fault(), Fault::User | Fault::Unknown) => Err(error.into()),
        _ => Ok(StatusCode::ACCEPTED),
    }
}

async fn sign_in(State(app): State<App>, Form(form): Form<Credentials>) -> Outcome<Json<Value>> {
    let sign_in = SignIn::user_srp_auth(&*app.user_pool, form.username, form.password);
    next(sign_in.start(&app.client).await?)
}

/// Answers a challenge with a code.
async fn answer(State(app): State<App>, Form(form): Form<Answer>) -> Outcome<Json<Value>> {
    let challenge = KeptChallenge::new(form.challenge, form.username).with_session(form.session);
    let (Step::SmsMfa(challenge) | Step::EmailOtp(challenge) | Step::SoftwareTokenMfa(challenge)) =
        challenge.into_step()
    else {
        return Err(Failure::fields(["challenge"]));
    };
    next(challenge.answer(&app.client, form.code).await.map_err(Error::from)?)
}

/// Returns the tokens, or the values that the browser sends back with its answer to a challenge.
fn next(step: Step) -> Outcome<Json<Value>> {
    Ok(Json(match step.into_challenge() {
        Ok(challenge) => json!({
            "challenge": challenge.name().as_str(),
            "username": challenge.username(),
            "session": challenge.session(),
        }),
        Err(tokens) => json!(tokens),
    }))
}

async fn refresh(State(app): State<App>, Form(form): Form<Refresh>) -> Outcome<Json<Tokens>> {
    let response = GetTokensFromRefreshToken::new(form.refresh_token).send(&app.client).await?;
    let tokens = response.authentication_result.and_then(Tokens::from_authentication_result);
    tokens.map(Json).ok_or_else(|| Failure::new(502, "Please try again."))
}

/// The verified access token of a request.
struct Token(AccessToken);

impl FromRequestParts<App> for Token {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let respond = |error: VerifyError| error.response("api");
        let token = bearer_token(parts.headers.get_all(AUTHORIZATION)).map_err(respond)?;
        app.verifier.access_token(token).await.map(Self).map_err(respond)
    }
}

async fn me(Token(token): Token) -> Json<Value> {
    Json(json!({ "username": token.username(), "groups": token.groups().collect::<Vec<_>>() }))
}

async fn disable(State(app): State<App>, Form(form): Form<User>) -> Outcome<StatusCode> {
    AdminDisableUser::new(&*app.user_pool, form.username).send(&app.client).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn user(State(app): State<App>, Query(form): Query<User>) -> Outcome<Json<Value>> {
    let user = AdminGetUser::new(&*app.user_pool, form.username).send(&app.client).await?;
    let attributes = user.user_attributes.into_iter().flatten().map(|attribute| (attribute.name, attribute.value));
    Ok(Json(json!({
        "username": user.username,
        "enabled": user.enabled,
        "attributes": attributes.collect::<BTreeMap<_, _>>(),
    })))
}

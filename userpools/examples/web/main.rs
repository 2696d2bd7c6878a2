//! A web back end for two tenants. The chapter `web` of the guide explains it.
//! Run `cargo run -p cognito-userpools --example web --features oauth,serde`.
//!
//! By default, an emulator of the service runs in this process and prints the codes that a user would receive. To call
//! a server instead, set `COGNITO_REGION`, `COGNITO_ENDPOINT` or both, and `BLUE_POOL_ID`, `BLUE_CLIENT_ID`,
//! `BLUE_CLIENT_SECRET`, `GREEN_POOL_ID` and `GREEN_CLIENT_ID`. For an emulator, also set `COGNITO_ISSUER`, the part of
//! the claim `iss` before the id of the pool, such as `http://127.0.0.1:9229`. For managed login, also set
//! `BLUE_DOMAIN`, `GREEN_DOMAIN` and the `PUBLIC_URL` of this back end.

#![allow(missing_docs, unreachable_pub, clippy::expect_used)]

mod failure;
mod forms;
mod passkeys;
mod sessions;

use axum::extract::{FromRequestParts, State};
use axum::http::header::{AUTHORIZATION, LOCATION, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use cognito_op_example_service::service::{self, Service};
use cognito_userpools::Client;
use cognito_userpools::oauth::{OAuthClient, OAuthClientBuilder, OAuthError};
use cognito_userpools::operations::GetUser;
use cognito_userpools::sign_in::{SignIn, Step};
use cognito_userpools::verify::{AccessToken, Verifier, VerifyError, bearer_token};
use failure::Failure;
use forms::{Answer, Confirm, Credentials, ForgotPassword, Form, Resend, ResetPassword, SignUp, inputs};
use serde_json::{Value, json};
use sessions::{Session, Sessions};
use std::collections::BTreeMap;
use std::error::Error;

type Outcome<T> = Result<T, Failure>;

/// An app client, the verifier of its tokens, its managed login, and the sessions of its users.
#[derive(Clone)]
struct Tenant {
    client: Client,
    verifier: Verifier,
    oauth: OAuthClient,
    sessions: Sessions,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let setting = |name, default: &str| std::env::var(name).unwrap_or_else(|_| default.to_owned());
    // One client has the connections; each tenant has a client that shares them.
    let (client, issuer) = client()?;
    let verifier = |pool: &str, client: &Client| verifier(pool, client, issuer.as_deref());
    let (id, secret) =
        (setting("BLUE_CLIENT_ID", service::CLIENT_ID), setting("BLUE_CLIENT_SECRET", service::CLIENT_SECRET));
    let blue = client.with_app_client(&id, &secret)?;
    let blue_verifier = verifier(&setting("BLUE_POOL_ID", service::USER_POOL_ID), &blue)?;
    let blue_login = OAuthClient::builder(&blue).app_client(id, secret).verifier(blue_verifier.clone());
    let id = setting("GREEN_CLIENT_ID", service::PUBLIC_CLIENT_ID);
    let green = client.with_public_app_client(&id)?;
    let green_verifier = verifier(&setting("GREEN_POOL_ID", service::SECOND_USER_POOL_ID), &green)?;
    let green_login = OAuthClient::builder(&green).public_app_client(id).verifier(green_verifier.clone());

    let listener = tokio::net::TcpListener::bind(setting("LISTEN", "127.0.0.1:0")).await?;
    let url = format!("http://{}", listener.local_addr()?);
    println!("{url}");
    // Browsers return from the login page to this URL.
    let url = setting("PUBLIC_URL", &url);
    let tenant = |path, client: Client, verifier, login: OAuthClientBuilder<Client>, domain| {
        let login = login.domain(setting(domain, &client.endpoint().to_string())).scopes(["openid", "email"]);
        let oauth = login.redirect_uri(format!("{url}{path}/callback")).build()?;
        Ok::<_, OAuthError>(routes(Tenant { client, verifier, oauth, sessions: Sessions::new(path) }))
    };
    let app = Router::new()
        .nest("/blue", tenant("/blue", blue, blue_verifier, blue_login, "BLUE_DOMAIN")?)
        .nest("/green", tenant("/green", green, green_verifier, green_login, "GREEN_DOMAIN")?);
    axum::serve(listener, app).await?;
    Ok(())
}

/// Returns the client, and for an emulator the part of the issuer before the id of the pool.
fn client() -> Result<(Client, Option<String>), Box<dyn Error>> {
    let setting = |name| std::env::var(name).ok();
    let (region, endpoint) = (setting("COGNITO_REGION"), setting("COGNITO_ENDPOINT"));
    if region.is_none() && endpoint.is_none() {
        let service = Service::start()?;
        std::thread::spawn(move || service.messages.iter().for_each(|message| println!("{message}")));
        let url = format!("http://{}", service.address);
        return Ok((Client::builder().endpoint(url.as_str()).build()?, Some(url)));
    }
    let mut builder = Client::builder();
    if let Some(region) = region {
        builder = builder.region(region);
    }
    if let Some(endpoint) = endpoint {
        builder = builder.endpoint(endpoint);
    }
    Ok((builder.build()?, setting("COGNITO_ISSUER")))
}

fn verifier(pool: &str, client: &Client, issuer: Option<&str>) -> Result<Verifier, VerifyError> {
    let client_id = client.app_client_id().unwrap_or_default();
    let mut builder = Verifier::builder().user_pool(pool).client_id(client_id);
    if let Some(issuer) = issuer {
        builder = builder.issuer(format!("{issuer}/{pool}"));
    }
    builder.build(client)
}

fn routes(tenant: Tenant) -> Router {
    Router::new()
        .route("/forms", get(rules))
        .route("/sign-up", post(sign_up))
        .route("/confirm", post(confirm))
        .route("/resend", post(resend))
        .route("/sign-in", post(sign_in))
        .route("/answer", post(answer))
        .route("/login", get(login))
        .route("/callback", get(callback))
        .route("/refresh", post(refresh))
        .route("/forgot-password", post(forgot_password))
        .route("/reset-password", post(reset_password))
        .route("/me", get(me))
        .route("/claims", get(claims))
        .merge(passkeys::routes())
        .with_state(tenant)
}

/// Returns the rules of each form.
async fn rules() -> Json<Value> {
    Json(json!({
        "sign-up": inputs::<SignUp>(), "confirm": inputs::<Confirm>(), "resend": inputs::<Resend>(),
        "sign-in": inputs::<Credentials>(), "answer": inputs::<Answer>(),
        "forgot-password": inputs::<ForgotPassword>(), "reset-password": inputs::<ResetPassword>(),
    }))
}

async fn sign_up(State(tenant): State<Tenant>, Form(form): Form<SignUp>) -> Outcome<Response> {
    let attributes = [("email", form.username.clone())];
    let operation = form.user_attributes(attributes).client_metadata([("source", "web")]);
    let response = operation.send(&tenant.client).await?;
    let next = if response.user_confirmed { "sign-in" } else { "confirm" };
    Ok((StatusCode::CREATED, Json(json!({ "next": next }))).into_response())
}

async fn confirm(State(tenant): State<Tenant>, Form(form): Form<Confirm>) -> Outcome<StatusCode> {
    form.send(&tenant.client).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn resend(State(tenant): State<Tenant>, Form(form): Form<Resend>) -> Outcome<StatusCode> {
    failure::hide_user(form.send(&tenant.client).await)
}

async fn forgot_password(State(tenant): State<Tenant>, Form(form): Form<ForgotPassword>) -> Outcome<StatusCode> {
    failure::hide_user(form.send(&tenant.client).await)
}

async fn reset_password(State(tenant): State<Tenant>, Form(form): Form<ResetPassword>) -> Outcome<StatusCode> {
    form.send(&tenant.client).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn sign_in(State(tenant): State<Tenant>, Form(form): Form<Credentials>) -> Outcome<Response> {
    let sign_in = SignIn::user_password_auth(form.username, form.password);
    let step = sign_in.start(&tenant.client).await?;
    next(&tenant, step)
}

/// Answers the challenge that an earlier request has stored.
async fn answer(State(tenant): State<Tenant>, headers: HeaderMap, Form(form): Form<Answer>) -> Outcome<Response> {
    let (id, stored, attempts) = tenant.sessions.take_challenge(&headers).ok_or_else(signed_out)?;
    let (Step::SmsMfa(challenge) | Step::EmailOtp(challenge) | Step::SoftwareTokenMfa(challenge)) = stored.into_step()
    else {
        return Err(signed_out());
    };
    match challenge.answer(&tenant.client, form.code).await {
        Ok(step) => next(&tenant, step),
        Err(error) => {
            let (error, challenge) = error.into_parts();
            // After a wrong code, the challenge can be answered again, for a limited number of times.
            if let (Some(challenge), 1..) = (challenge, attempts) {
                tenant.sessions.put(id, &Session::Challenge(challenge.into_kept(), attempts - 1));
            }
            Err(error.into())
        }
    }
}

/// Redirects the browser to the login page of the pool.
async fn login(State(tenant): State<Tenant>) -> Outcome<Response> {
    let (url, pending) = tenant.oauth.authorize().start()?;
    let headers = [(SET_COOKIE, tenant.sessions.start_login(pending)), (LOCATION, url)];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

/// Accepts the callback of the login page. Each pending login is used once.
async fn callback(State(tenant): State<Tenant>, headers: HeaderMap, uri: Uri) -> Outcome<Response> {
    let pending = tenant.sessions.take_login(&headers).ok_or_else(signed_out)?;
    let code = pending.accept(uri.query().unwrap_or_default())?;
    let login = tenant.oauth.exchange(code).await?;
    next(&tenant, Step::SignedIn(login.tokens))
}

/// Stores the tokens or the challenge. Returns the next step to the browser.
fn next(tenant: &Tenant, step: Step) -> Outcome<Response> {
    let (session, body) = match step {
        Step::SignedIn(tokens) => (Session::SignedIn(tokens), json!({ "next": "done" })),
        Step::SmsMfa(challenge) | Step::EmailOtp(challenge) | Step::SoftwareTokenMfa(challenge) => {
            let body = json!({ "next": "answer", "destination": challenge.destination() });
            (Session::Challenge(challenge.into_kept(), 4), body)
        }
        other => {
            eprintln!("unsupported challenge: {other:?}");
            return Err(Failure::new(
                StatusCode::NOT_IMPLEMENTED,
                "Your account needs a step that this page does not support.",
            ));
        }
    };
    Ok(([(SET_COOKIE, tenant.sessions.start(&session))], Json(body)).into_response())
}

async fn refresh(State(tenant): State<Tenant>, headers: HeaderMap) -> Outcome<StatusCode> {
    let (id, old) = tenant.sessions.tokens(&headers).ok_or_else(signed_out)?;
    let request = old.refresh().ok_or_else(signed_out)?;
    let mut new = request.send(&tenant.client).await?;
    new.refresh_token = new.refresh_token.or(old.refresh_token);
    tenant.sessions.put(id, &Session::SignedIn(new));
    Ok(StatusCode::NO_CONTENT)
}

async fn me(State(tenant): State<Tenant>, headers: HeaderMap) -> Outcome<Json<Value>> {
    let (_, tokens) = tenant.sessions.tokens(&headers).ok_or_else(signed_out)?;
    let user = GetUser::new(tokens.access_token).send(&tenant.client).await?;
    let attributes = user.user_attributes.into_iter().map(|attribute| (attribute.name, attribute.value));
    Ok(Json(json!({ "username": user.username, "attributes": attributes.collect::<BTreeMap<_, _>>() })))
}

/// Returns claims of the access token, without a request to the service.
async fn claims(User(token): User) -> Json<Value> {
    let groups: Vec<_> = token.groups().collect();
    Json(json!({ "username": token.username(), "groups": groups, "scopes": token.scopes().collect::<Vec<_>>() }))
}

/// The verified access token of a request: that of the session, or the bearer token of a client that is not a browser.
struct User(AccessToken);

impl FromRequestParts<Tenant> for User {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, tenant: &Tenant) -> Result<Self, Response> {
        let verified = async {
            let session = tenant.sessions.tokens(&parts.headers);
            let token = match &session {
                Some((_, tokens)) => &tokens.access_token,
                None => bearer_token(parts.headers.get_all(AUTHORIZATION))?,
            };
            tenant.verifier.access_token(token).await
        };
        verified.await.map(Self).map_err(|error| {
            if error.status().is_server_error() {
                eprintln!("{error}");
            }
            error.response("web")
        })
    }
}

fn signed_out() -> Failure {
    Failure::new(StatusCode::UNAUTHORIZED, "Please sign in.")
}

//! A web back end for two tenants. The chapter `web` of the guide explains it.
//! Run `cargo run -p cognito-userpools --example web --features oauth,serde`.
//!
//! By default, an emulator of the service runs in this process and prints the codes that a user would receive. To call
//! a server instead, set `COGNITO_REGION`, `COGNITO_ENDPOINT` or both, and `BLUE_POOL_ID`, `BLUE_CLIENT_ID`,
//! `BLUE_CLIENT_SECRET`, `GREEN_POOL_ID` and `GREEN_CLIENT_ID`. For an emulator, also set `COGNITO_ISSUER`, the part of
//! the claim `iss` before the id of the pool, such as `http://127.0.0.1:9229`. For managed login, also set
//! `BLUE_DOMAIN`, `GREEN_DOMAIN` and the `PUBLIC_URL` of this back end.

#![allow(missing_docs, unreachable_pub, clippy::expect_used)]

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
            // After a wrong code, the challenge can be answered again, but not without end.
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

/// Registering a passkey after a sign-in, signing in with it, and the page that does both.
mod passkeys {
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
    use cognito_userpools::passkeys::{
        AuthenticationResponse, CreationOptions, MalformedDocument, RegistrationResponse,
    };
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
        // A passkey does not mistype, so there is no second attempt.
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
}

/// The forms. Those of a sign-up, its confirmation and a new password are the operations that are sent.
mod forms {
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
}

/// Errors as responses.
mod failure {
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
        let is_code_form = matches!(
            operation,
            "ConfirmSignUp" | "ResendConfirmationCode" | "ForgotPassword" | "ConfirmForgotPassword"
        );
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
                return Self {
                    fields,
                    ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "Please check the marked fields.")
                };
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
}

/// Challenges, pending logins and tokens, stored on the server. The browser has an id in a cookie.
mod sessions {
    use axum::http::HeaderMap;
    use axum::http::header::COOKIE;
    use cognito_userpools::oauth::PendingLogin;
    use cognito_userpools::sign_in::{KeptChallenge, Tokens};
    use serde::{Deserialize, Serialize};
    use std::collections::HashMap;
    use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
    use std::time::{Duration, Instant};

    #[derive(Serialize, Deserialize)]
    pub enum Session {
        /// A challenge, and how many more wrong answers are accepted. Whoever has the text of a challenge can answer
        /// it.
        Challenge(KeptChallenge, u8),
        Login(PendingLogin),
        SignedIn(Tokens),
    }

    /// Stands for a database: texts by id, each with the time at which it expires.
    #[derive(Clone)]
    pub struct Sessions {
        path: &'static str,
        texts: Arc<Mutex<HashMap<String, (Instant, String)>>>,
    }

    impl Sessions {
        pub fn new(path: &'static str) -> Self {
            Self { path, texts: Arc::default() }
        }

        /// Stores a session under a new id and returns the cookie with the id.
        pub fn start(&self, session: &Session) -> String {
            let id = self.put_new(session);
            format!("session={id}; HttpOnly; Secure; SameSite=Strict; Path={}", self.path)
        }

        /// Stores a pending login and returns its cookie. The login page is another site, so with `Strict` the browser
        /// would not send it to the callback.
        pub fn start_login(&self, pending: PendingLogin) -> String {
            let id = self.put_new(&Session::Login(pending));
            format!("login={id}; HttpOnly; Secure; SameSite=Lax; Max-Age=600; Path={}/callback", self.path)
        }

        fn put_new(&self, session: &Session) -> String {
            let mut id = [0; 16];
            getrandom::fill(&mut id).expect("random bytes");
            let id = format!("{:032x}", u128::from_be_bytes(id));
            self.put(id.clone(), session);
            id
        }

        pub fn put(&self, id: String, session: &Session) {
            let minutes = match session {
                Session::Challenge(..) => 3,
                Session::Login(_) => 10,
                Session::SignedIn(_) => 24 * 60,
            };
            let expires = Instant::now() + Duration::from_secs(60 * minutes);
            self.texts().insert(id, (expires, serde_json::to_string(session).expect("JSON")));
        }

        /// Returns the tokens of the user who has sent a request.
        pub fn tokens(&self, headers: &HeaderMap) -> Option<(String, Tokens)> {
            let id = id(headers, "session")?;
            match serde_json::from_str(&self.texts().get(id)?.1) {
                Ok(Session::SignedIn(tokens)) => Some((id.to_owned(), tokens)),
                _ => None,
            }
        }

        /// Removes a challenge, so that two requests cannot answer it at the same time.
        pub fn take_challenge(&self, headers: &HeaderMap) -> Option<(String, KeptChallenge, u8)> {
            let (id, mut texts) = (id(headers, "session")?, self.texts());
            let Ok(Session::Challenge(challenge, attempts)) = serde_json::from_str(&texts.get(id)?.1) else {
                return None;
            };
            texts.remove(id);
            Some((id.to_owned(), challenge, attempts))
        }

        /// Removes a pending login, so that its callback is accepted once.
        pub fn take_login(&self, headers: &HeaderMap) -> Option<PendingLogin> {
            let (id, mut texts) = (id(headers, "login")?, self.texts());
            let Ok(Session::Login(pending)) = serde_json::from_str(&texts.get(id)?.1) else { return None };
            texts.remove(id);
            Some(pending)
        }

        fn texts(&self) -> MutexGuard<'_, HashMap<String, (Instant, String)>> {
            let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
            texts.retain(|_, (expires, _)| *expires > Instant::now());
            texts
        }
    }

    fn id<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
        // Over HTTP/2, browsers can send several of these headers.
        let cookies = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
        cookies.flat_map(|text| text.split("; ")).find_map(|cookie| cookie.strip_prefix(name)?.strip_prefix('='))
    }
}

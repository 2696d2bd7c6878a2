//! The verification of access tokens.

use crate::App;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, HeaderName, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use back_end::Settings;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::RwLock;

/// The minimum time between two fetches of the keys for tokens with unknown key ids.
const PENALTY: Duration = Duration::from_secs(10);

/// The response to a request without a valid token.
type Refusal = (StatusCode, [(HeaderName, &'static str); 1]);

const INVALID: Refusal = (StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, r#"Bearer error="invalid_token""#)]);
const INSUFFICIENT: Refusal = (StatusCode::FORBIDDEN, [(WWW_AUTHENTICATE, r#"Bearer error="insufficient_scope""#)]);
const UNAVAILABLE: Refusal = (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "10")]);

pub struct Verifier {
    http: reqwest::Client,
    keys_url: String,
    client_id: String,
    validation: Validation,
    keys: RwLock<Keys>,
}

#[derive(Default)]
struct Keys {
    by_id: HashMap<String, Arc<DecodingKey>>,
    fetched: Option<Instant>,
}

impl Verifier {
    pub fn new(settings: &Settings) -> Result<Self, reqwest::Error> {
        let mut validation = Validation::new(Algorithm::RS256);
        validation.leeway = 0;
        validation.validate_nbf = true;
        // Access tokens have no audience.
        validation.validate_aud = false;
        validation.set_issuer(&[&settings.issuer]);
        validation.set_required_spec_claims(&["exp", "iss"]);
        Ok(Self {
            http: reqwest::Client::builder().timeout(Duration::from_secs(5)).build()?,
            keys_url: settings.keys_url.clone(),
            client_id: settings.client_id.clone(),
            validation,
            keys: RwLock::default(),
        })
    }

    async fn verify(&self, token: &str) -> Result<Claims, Refusal> {
        let id = decode_header(token).ok().and_then(|header| header.kid).ok_or(INVALID)?;
        let key = self.key(&id).await?;
        let claims = decode::<Claims>(token, &key, &self.validation).map_err(|_| INVALID)?.claims;
        let is_for_us = claims.token_use == "access" && claims.client_id == self.client_id;
        if is_for_us { Ok(claims) } else { Err(INVALID) }
    }

    async fn key(&self, id: &str) -> Result<Arc<DecodingKey>, Refusal> {
        if let Some(key) = self.keys.read().await.by_id.get(id) {
            return Ok(Arc::clone(key));
        }
        let mut keys = self.keys.write().await;
        // Another request may have fetched them in the meantime.
        if !keys.by_id.contains_key(id) && keys.fetched.is_none_or(|time| time.elapsed() > PENALTY) {
            let set = self.fetch().await.map_err(|error| {
                eprintln!("the keys cannot be fetched: {error}");
                UNAVAILABLE
            })?;
            let key = |jwk: &jsonwebtoken::jwk::Jwk| {
                Some((jwk.common.key_id.clone()?, Arc::new(DecodingKey::from_jwk(jwk).ok()?)))
            };
            *keys = Keys { by_id: set.keys.iter().filter_map(key).collect(), fetched: Some(Instant::now()) };
        }
        keys.by_id.get(id).cloned().ok_or(INVALID)
    }

    async fn fetch(&self) -> Result<JwkSet, reqwest::Error> {
        self.http.get(&self.keys_url).send().await?.error_for_status()?.json().await
    }
}

/// The claims of a verified access token.
#[derive(Deserialize)]
pub struct Claims {
    token_use: String,
    client_id: String,
    pub username: Option<String>,
    #[serde(rename = "cognito:groups", default)]
    pub groups: Vec<String>,
}

impl FromRequestParts<App> for Claims {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|header| header.to_str().ok());
        let (scheme, token) = header.and_then(|header| header.split_once(' ')).ok_or(INVALID)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(INVALID);
        }
        app.verifier.verify(token).await
    }
}

/// A request with the access token of an administrator.
pub struct Admin;

impl FromRequestParts<App> for Admin {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let claims = Claims::from_request_parts(parts, app).await?;
        if claims.groups.iter().any(|group| group == "admins") { Ok(Self) } else { Err(INSUFFICIENT) }
    }
}

//! The verification of access tokens.
//!
//! rustls already depends on ring. The crate jsonwebtoken would add a second cryptographic library.

use crate::App;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, HeaderName, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use back_end::Settings;
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
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
    issuer: String,
    client_id: String,
    keys: RwLock<Keys>,
}

type Key = RsaPublicKeyComponents<Vec<u8>>;

#[derive(Default)]
struct Keys {
    by_id: HashMap<String, Arc<Key>>,
    fetched: Option<Instant>,
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Jwk>,
}

#[derive(Deserialize)]
struct Jwk {
    kid: String,
    kty: String,
    n: String,
    e: String,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: String,
}

/// The claims of a verified access token.
#[derive(Deserialize)]
pub struct Claims {
    iss: String,
    exp: u64,
    nbf: Option<u64>,
    token_use: String,
    client_id: String,
    pub username: Option<String>,
    #[serde(rename = "cognito:groups", default)]
    pub groups: Vec<String>,
}

impl Verifier {
    pub fn new(settings: &Settings) -> Result<Self, reqwest::Error> {
        Ok(Self {
            http: reqwest::Client::builder().timeout(Duration::from_secs(5)).build()?,
            keys_url: settings.keys_url.clone(),
            issuer: settings.issuer.clone(),
            client_id: settings.client_id.clone(),
            keys: RwLock::default(),
        })
    }

    async fn verify(&self, token: &str) -> Result<Claims, Refusal> {
        let (signed, signature) = token.rsplit_once('.').ok_or(INVALID)?;
        let (header, claims) = signed.split_once('.').ok_or(INVALID)?;
        let header: Header = read(header).ok_or(INVALID)?;
        if header.alg != "RS256" {
            return Err(INVALID);
        }
        let key = self.key(&header.kid).await?;
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).map_err(|_| INVALID)?;
        key.verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), &signature).map_err(|_| INVALID)?;
        let claims: Claims = read(claims).ok_or(INVALID)?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| INVALID)?.as_secs();
        let is_valid = claims.exp > now
            && claims.nbf.is_none_or(|time| time <= now)
            && claims.iss == self.issuer
            && claims.token_use == "access"
            && claims.client_id == self.client_id;
        if is_valid { Ok(claims) } else { Err(INVALID) }
    }

    async fn key(&self, id: &str) -> Result<Arc<Key>, Refusal> {
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
            let by_id = set.keys.into_iter().filter_map(|jwk| {
                let (n, e) = (BASE64_URL_SAFE_NO_PAD.decode(&jwk.n).ok()?, BASE64_URL_SAFE_NO_PAD.decode(&jwk.e).ok()?);
                (jwk.kty == "RSA").then(|| (jwk.kid, Arc::new(Key { n, e })))
            });
            *keys = Keys { by_id: by_id.collect(), fetched: Some(Instant::now()) };
        }
        keys.by_id.get(id).cloned().ok_or(INVALID)
    }

    async fn fetch(&self) -> Result<KeySet, reqwest::Error> {
        self.http.get(&self.keys_url).send().await?.error_for_status()?.json().await
    }
}

fn read<T: DeserializeOwned>(part: &str) -> Option<T> {
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).ok()?).ok()
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

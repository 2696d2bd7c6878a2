//! Requests to the service.

use crate::sigv4::Credentials;
use back_end::Settings;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::header::{CONTENT_TYPE, HOST, HeaderMap, HeaderValue};
use reqwest::{StatusCode, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::Sha256;
use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

pub struct Cognito {
    http: reqwest::Client,
    endpoint: Url,
    credentials: Credentials,
    pub settings: Settings,
}

pub enum Error {
    Service { status: StatusCode, code: String, message: String },
    Transport(reqwest::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Service { status, code, .. } => write!(f, "the service returned {code} with status {status}"),
            Self::Transport(error) => write!(f, "the service cannot be called: {error}"),
        }
    }
}

impl From<reqwest::Error> for Error {
    fn from(error: reqwest::Error) -> Self {
        Self::Transport(error)
    }
}

impl Error {
    pub fn is(&self, exception: &str) -> bool {
        matches!(self, Self::Service { code, .. } if code == exception)
    }
}

#[derive(Default, Deserialize)]
struct Exception {
    #[serde(default, rename = "__type")]
    code: String,
    #[serde(default, alias = "Message")]
    message: String,
}

impl Cognito {
    pub fn new(settings: Settings) -> Result<Self, Box<dyn std::error::Error>> {
        let timeouts =
            reqwest::Client::builder().connect_timeout(Duration::from_secs(3)).timeout(Duration::from_secs(30));
        Ok(Self {
            http: timeouts.redirect(reqwest::redirect::Policy::none()).build()?,
            endpoint: settings.endpoint.parse()?,
            credentials: Credentials::from_env()?,
            settings,
        })
    }

    pub async fn call<T: DeserializeOwned>(&self, operation: &str, input: &Value) -> Result<T, Error> {
        self.send(self.headers(operation), input.to_string()).await
    }

    /// Calls an operation that needs AWS credentials.
    pub async fn call_signed<T: DeserializeOwned>(&self, operation: &str, input: &Value) -> Result<T, Error> {
        let (mut headers, body) = (self.headers(operation), input.to_string());
        self.credentials.sign(&mut headers, &body, &self.settings.region);
        self.send(headers, body).await
    }

    fn headers(&self, operation: &str) -> HeaderMap {
        let header = |text: String| HeaderValue::try_from(text).expect("visible characters");
        let target = format!("AWSCognitoIdentityProviderService.{operation}");
        let host = self.endpoint.authority().to_owned();
        let content_type = HeaderValue::from_static("application/x-amz-json-1.1");
        let mut headers = HeaderMap::from_iter([(CONTENT_TYPE, content_type), (HOST, header(host))]);
        headers.insert("x-amz-target", header(target));
        headers
    }

    async fn send<T: DeserializeOwned>(&self, headers: HeaderMap, body: String) -> Result<T, Error> {
        let response = self.http.post(self.endpoint.clone()).headers(headers).body(body).send().await?;
        let status = response.status();
        if status == StatusCode::OK {
            return Ok(response.json().await?);
        }
        let exception: Exception = serde_json::from_slice(&response.bytes().await?).unwrap_or_default();
        // Some servers put a namespace before the name.
        let code = exception.code.rsplit('#').next().unwrap_or_default().to_owned();
        Err(Error::Service { status, code, message: exception.message })
    }

    pub fn secret_hash(&self, username: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.settings.client_secret.as_bytes()).expect("any length");
        mac.update(username.as_bytes());
        mac.update(self.settings.client_id.as_bytes());
        BASE64_STANDARD.encode(mac.finalize().into_bytes())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SignUpResponse {
    pub user_confirmed: bool,
}

/// The response of `InitiateAuth`, `RespondToAuthChallenge` and `GetTokensFromRefreshToken`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AuthResponse {
    pub authentication_result: Option<AuthenticationResult>,
    pub challenge_name: Option<String>,
    #[serde(default)]
    pub challenge_parameters: HashMap<String, String>,
    pub session: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AuthenticationResult {
    pub access_token: String,
    pub id_token: Option<String>,
    pub refresh_token: Option<String>,
    pub expires_in: i64,
    pub token_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AdminGetUserResponse {
    pub username: String,
    pub enabled: Option<bool>,
    #[serde(default)]
    pub user_attributes: Vec<Attribute>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Attribute {
    pub name: String,
    pub value: Option<String>,
}

//! The operation: structs with serde's derives, the secret hash, and the response. It has no validation, no timeouts
//! and no retries.

use crate::connections::{Connections, Failure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use driver::User;
use hmac::{Hmac, KeyInit, Mac};
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT};
use http::{Request, StatusCode, Uri};
use http_body_util::Full;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::collections::BTreeMap;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ResendConfirmationCode {
    client_id: String,
    username: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    analytics_metadata: Option<AnalyticsMetadata>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_metadata: Option<BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_context_data: Option<UserContextData>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct AnalyticsMetadata {
    #[serde(skip_serializing_if = "Option::is_none")]
    analytics_endpoint_id: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct UserContextData {
    #[serde(skip_serializing_if = "Option::is_none")]
    ip_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoded_data: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "only printed")]
pub struct ResendConfirmationCodeResponse {
    code_delivery_details: Option<CodeDeliveryDetails>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "only printed")]
struct CodeDeliveryDetails {
    destination: Option<String>,
    delivery_medium: Option<DeliveryMedium>,
    attribute_name: Option<String>,
}

#[derive(Debug, Deserialize)]
enum DeliveryMedium {
    #[serde(rename = "SMS")]
    Sms,
    #[serde(rename = "EMAIL")]
    Email,
    #[serde(other)]
    Other,
}

#[derive(Debug)]
#[expect(dead_code, reason = "only printed")]
pub enum Error {
    Json(serde_json::Error),
    Transport(Failure),
    Service { status: StatusCode, code: String, message: String },
}

#[derive(Default, Deserialize)]
struct Exception {
    #[serde(default, rename = "__type")]
    code: String,
    #[serde(default, alias = "Message")]
    message: String,
}

const JSON: HeaderValue = HeaderValue::from_static("application/x-amz-json-1.1");
const X_AMZ_TARGET: HeaderName = HeaderName::from_static("x-amz-target");
const TARGET: HeaderValue = HeaderValue::from_static("AWSCognitoIdentityProviderService.ResendConfirmationCode");
const AGENT: HeaderValue = HeaderValue::from_static("resend-by-hand/0.0.0");

pub struct Client {
    endpoint: Uri,
    connections: Connections,
    /// The state of the HMAC for the secret hash, initialized with the key.
    keyed: Hmac<Sha256>,
}

impl Client {
    pub fn new(endpoint: Uri, secret: &str, connections: Connections) -> Self {
        let keyed = Hmac::new_from_slice(secret.as_bytes()).expect("any length will do");
        Self { endpoint, connections, keyed }
    }

    pub async fn resend(&self, user: &User) -> Result<ResendConfirmationCodeResponse, Error> {
        let response = self.connections.post(self.request(user)?).await.map_err(Error::Transport)?;
        if response.status() != StatusCode::OK {
            let Exception { code, message } = serde_json::from_slice(response.body()).unwrap_or_default();
            return Err(Error::Service { status: response.status(), code, message });
        }
        serde_json::from_slice(response.body()).map_err(Error::Json)
    }

    fn request(&self, user: &User) -> Result<Request<Full<Bytes>>, Error> {
        let body = serde_json::to_vec(&self.operation(user)).map_err(Error::Json)?;
        let mut request = Request::post(self.endpoint.clone()).body(Full::from(body)).expect("a request");
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, JSON);
        headers.insert(X_AMZ_TARGET, TARGET);
        headers.insert(USER_AGENT, AGENT);
        Ok(request)
    }

    fn operation(&self, user: &User) -> ResendConfirmationCode {
        let entry = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        ResendConfirmationCode {
            client_id: user.client_id.clone(),
            username: user.username.clone(),
            secret_hash: Some(self.secret_hash(user)),
            analytics_metadata: Some(AnalyticsMetadata { analytics_endpoint_id: Some("0123456789abcdef".to_owned()) }),
            client_metadata: Some(BTreeMap::from([entry("channel", "app"), entry("locale", "en-GB")])),
            user_context_data: Some(UserContextData {
                ip_address: Some("192.0.2.1".to_owned()),
                encoded_data: Some("gathered on the device".to_owned()),
            }),
        }
    }

    fn secret_hash(&self, user: &User) -> String {
        let mut mac = self.keyed.clone();
        mac.update(user.username.as_bytes());
        mac.update(user.client_id.as_bytes());
        BASE64_STANDARD.encode(mac.finalize().into_bytes())
    }
}

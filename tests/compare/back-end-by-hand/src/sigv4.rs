//! Signatures with AWS credentials (Signature Version 4).
//!
//! All requests of this program have the same form, so a short implementation is sufficient. The crate aws-sigv4 would
//! add 26 other crates.

use chrono::Utc;
use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use sha2::{Digest as _, Sha256};
use std::env::{self, VarError};
use std::fmt::Write as _;

pub struct Credentials {
    access_key_id: String,
    secret_access_key: String,
    session_token: Option<String>,
}

impl Credentials {
    pub fn from_env() -> Result<Self, VarError> {
        Ok(Self {
            access_key_id: env::var("AWS_ACCESS_KEY_ID")?,
            secret_access_key: env::var("AWS_SECRET_ACCESS_KEY")?,
            session_token: env::var("AWS_SESSION_TOKEN").ok().filter(|token| !token.is_empty()),
        })
    }

    /// Signs a `POST` to `/` with these headers and this body.
    pub fn sign(&self, headers: &mut HeaderMap, body: &str, region: &str) {
        let header = |text: &str| HeaderValue::try_from(text).expect("visible characters");
        let time = Utc::now().format("%Y%m%dT%H%M%SZ").to_string();
        let date = &time[..8];
        headers.insert("x-amz-date", header(&time));
        if let Some(token) = &self.session_token {
            headers.insert("x-amz-security-token", header(token));
        }
        let mut lines: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.to_str())).collect();
        lines.sort_unstable_by_key(|(name, _)| *name);
        let signed = lines.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
        let mut request = "POST\n/\n\n".to_owned();
        for (name, value) in lines {
            request += &format!("{name}:{}\n", value.unwrap_or_default().trim());
        }
        request += &format!("\n{signed}\n{}", hex(&Sha256::digest(body)));
        let scope = format!("{date}/{region}/cognito-idp/aws4_request");
        let text = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{}", hex(&Sha256::digest(request)));
        let mut key = format!("AWS4{}", self.secret_access_key).into_bytes();
        for part in scope.split('/') {
            key = hmac(&key, part);
        }
        let signature = hex(&hmac(&key, &text));
        let id = &self.access_key_id;
        let value = format!("AWS4-HMAC-SHA256 Credential={id}/{scope}, SignedHeaders={signed}, Signature={signature}");
        headers.insert(AUTHORIZATION, header(&value));
    }
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

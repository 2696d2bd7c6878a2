//! The parts of a token: JSON Web Signature in compact form ([RFC 7515](https://www.rfc-editor.org/rfc/rfc7515)).

use super::error::{VerifyError, VerifyReason};
use super::strict::{Failure, Text, Value, read_object};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The maximum length of a token: 16 kB, far more than the service issues.
const MAX_LENGTH: usize = 16 * 1024;

/// The length of the longest signature: that of a key of 8192 bits.
const MAX_SIGNATURE: usize = 1024;

/// A token whose signature has not been checked.
pub(super) struct Jwt<'t> {
    /// The header and the payload, which are signed.
    pub(super) signed: &'t str,
    header: String,
    kid: Text,
    payload: &'t str,
    signature: &'t str,
}

fn malformed(detail: &'static str) -> VerifyError {
    VerifyError::new(VerifyReason::Malformed, detail)
}

impl<'t> Jwt<'t> {
    /// Parses a token and checks its header.
    pub(super) fn parse(token: &'t str) -> Result<Self, VerifyError> {
        if token.len() > MAX_LENGTH {
            return Err(VerifyError::new(VerifyReason::TooLarge, "it is longer than 16 kB"));
        }
        let parts = token.rsplit_once('.').and_then(|(signed, signature)| {
            let (header, payload) = signed.split_once('.')?;
            (!payload.contains('.')).then_some((signed, header, payload, signature))
        });
        let Some((signed, header, payload, signature)) = parts else {
            return Err(malformed("it does not consist of three parts separated by `.`"));
        };
        let header = json(header, "its header is not canonical base64url", "its header is not a JSON object")?;
        let (mut alg, mut kid, mut critical) = (None, None, false);
        let outcome = read_object(
            &header,
            |name| matches!(name, "alg" | "kid" | "crit"),
            |name, value| match name {
                "alg" => alg = Some(value),
                "kid" => kid = Some(value),
                _ => critical = true,
            },
        );
        outcome.map_err(|failure| object_error(failure, "its header is not a JSON object"))?;
        if !matches!(&alg, Some(Value::Text(alg)) if alg.of(&header) == "RS256") {
            return Err(VerifyError::new(VerifyReason::Algorithm, "its algorithm is not RS256"));
        }
        if critical {
            return Err(VerifyError::new(VerifyReason::CriticalHeader, "its header contains `crit`"));
        }
        match kid {
            Some(Value::Text(kid)) if !kid.of(&header).is_empty() => {
                Ok(Self { signed, header, kid, payload, signature })
            }
            _ => Err(VerifyError::new(VerifyReason::MissingKeyId, "its header contains no `kid`")),
        }
    }

    /// Returns the id of the key.
    pub(super) fn kid(&self) -> &str {
        self.kid.of(&self.header)
    }

    /// Decodes the payload.
    pub(super) fn payload(&self) -> Result<String, VerifyError> {
        json(self.payload, "its payload is not canonical base64url", "its payload is not a JSON object")
    }

    /// Decodes the signature, and passes it to `check`.
    pub(super) fn with_signature<T>(
        &self,
        check: impl FnOnce(&[u8]) -> Result<T, VerifyError>,
    ) -> Result<T, VerifyError> {
        let mut buffer = [0; MAX_SIGNATURE];
        let decoded = URL_SAFE_NO_PAD.decode_slice(self.signature, &mut buffer);
        let length = decoded.map_err(|_| malformed("its signature is not canonical base64url, or too long"))?;
        check(buffer.get(..length).unwrap_or_default())
    }
}

fn json(part: &str, not_base64: &'static str, not_json: &'static str) -> Result<String, VerifyError> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| malformed(not_base64))?;
    String::from_utf8(bytes).map_err(|_| malformed(not_json))
}

pub(super) fn object_error(failure: Failure, not_an_object: &'static str) -> VerifyError {
    match failure {
        Failure::Malformed => malformed(not_an_object),
        Failure::Duplicate => VerifyError::new(VerifyReason::DuplicateKey, "a JSON object in it contains a key twice"),
    }
}

/// The claims that are checked or returned by a method.
#[derive(Default)]
pub(super) struct Claims {
    /// The payload.
    pub(super) json: String,
    known: [Option<Value>; NAMES.len()],
}

/// The names of these claims.
const NAMES: [&str; 15] = [
    "iss",
    "sub",
    "token_use",
    "exp",
    "nbf",
    "iat",
    "aud",
    "client_id",
    "scope",
    "username",
    "cognito:username",
    "cognito:groups",
    "jti",
    "device_key",
    "auth_time",
];

impl Claims {
    pub(super) fn read(json: String) -> Result<Self, VerifyError> {
        let mut known = [const { None }; NAMES.len()];
        let position = |name: &str| NAMES.iter().position(|known| *known == name);
        let outcome = read_object(
            &json,
            |name| position(name).is_some(),
            |name, value| {
                if let Some(known) = position(name).and_then(|position| known.get_mut(position)) {
                    *known = Some(value);
                }
            },
        );
        outcome.map_err(|failure| object_error(failure, "its payload is not a JSON object"))?;
        Ok(Self { json, known })
    }

    fn value(&self, name: &str) -> Option<&Value> {
        let position = NAMES.iter().position(|known| *known == name)?;
        self.known.get(position)?.as_ref()
    }

    /// Returns a claim that is a string.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match self.value(name)? {
            Value::Text(text) => Some(text.of(&self.json)),
            _ => None,
        }
    }

    /// Returns the strings of a claim that is a list of strings.
    pub(super) fn texts(&self, name: &str) -> impl ExactSizeIterator<Item = &str> {
        let texts: &[Text] = match self.value(name) {
            Some(Value::Texts(texts)) => texts,
            _ => &[],
        };
        texts.iter().map(|text| text.of(&self.json))
    }

    /// Returns a claim that is a time, in seconds since the epoch.
    pub(super) fn time(&self, name: &'static str) -> Result<Option<f64>, VerifyError> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::Number(seconds)) if seconds.is_finite() => Ok(Some(*seconds)),
            Some(_) => Err(VerifyError::claim(VerifyReason::Claim, name, "is not a number")),
        }
    }

    pub(super) fn is_present(&self, name: &str) -> bool {
        self.value(name).is_some()
    }
}

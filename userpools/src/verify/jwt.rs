//! The parts of a token: JSON Web Signature in compact form ([RFC 7515](https://www.rfc-editor.org/rfc/rfc7515)).

use super::error::{VerifyError, VerifyReason};
use super::strict::{Failure, Text, Value, read_object};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::sync::Arc;

/// The maximum length of a token: 16 kB, far more than the service issues.
const MAX_LENGTH: usize = 16 * 1024;

/// The length of the longest signature: that of a key of 8192 bits.
const MAX_SIGNATURE: usize = 1024;

/// A token whose signature has not been checked.
pub(super) struct Jwt<'t> {
    pub(super) token: &'t str,
    /// The header and the payload, which are signed.
    pub(super) signed: &'t str,
    header: String,
    kid: Text,
    payload: &'t str,
    signature: &'t str,
}

impl<'t> Jwt<'t> {
    /// Parses a token and checks its header.
    pub(super) fn parse(token: &'t str) -> Result<Self, VerifyError> {
        if token.len() > MAX_LENGTH {
            return Err(VerifyError::new(VerifyReason::TooLarge, "it is longer than 16 kB"));
        }
        let parts = token.rsplit_once('.').and_then(|(signed, signature)| {
            let (header, payload) = signed.split_once('.')?;
            Some((signed, header, payload, signature))
        });
        let (signed, header, payload, signature) = parts.ok_or_else(not_three_parts)?;
        let (header, kid) = read_header(header).map_err(|error| cause(payload, error))?;
        Ok(Self { token, signed, header, kid, payload, signature })
    }

    /// Returns the id of the key.
    pub(super) fn kid(&self) -> &str {
        self.kid.of(&self.header)
    }

    /// Decodes the payload.
    pub(super) fn payload(&self) -> Result<String, VerifyError> {
        json(self.payload, "its payload is not canonical base64url", "its payload is not a JSON object")
            .map_err(|error| cause(self.payload, error))
    }

    /// Decodes the signature, and passes it to `check`.
    pub(super) fn with_signature<T>(
        &self,
        check: impl FnOnce(&[u8]) -> Result<T, VerifyError>,
    ) -> Result<T, VerifyError> {
        let mut buffer = [0; MAX_SIGNATURE];
        let decoded = URL_SAFE_NO_PAD.decode_slice(self.signature, &mut buffer);
        let length = decoded.map_err(|_| {
            VerifyError::new(VerifyReason::Encoding, "its signature is not canonical base64url, or too long")
        })?;
        check(buffer.get(..length).unwrap_or_default())
    }
}

fn not_three_parts() -> VerifyError {
    VerifyError::new(VerifyReason::Malformed, "it does not consist of three parts separated by `.`")
}

/// Returns the error of a token, given that of its header or payload. A token with more than three parts is noticed here,
/// since its payload cannot be decoded.
fn cause(payload: &str, error: VerifyError) -> VerifyError {
    if payload.contains('.') { not_three_parts() } else { error }
}

/// Checks a header, and returns it with the id of the key.
fn read_header(header: &str) -> Result<(String, Text), VerifyError> {
    let header = json(header, "its header is not canonical base64url", "its header is not a JSON object")?;
    let [kid, alg, crit] = read_object(&header, ["kid", "alg", "crit"])
        .map_err(|failure| object_error(failure, "its header is not a JSON object"))?;
    if !matches!(&alg, Some(Value::Text(alg)) if alg.of(&header) == "RS256") {
        return Err(VerifyError::new(VerifyReason::Algorithm, "its algorithm is not RS256"));
    }
    if crit.is_some() {
        return Err(VerifyError::new(VerifyReason::CriticalHeader, "its header contains `crit`"));
    }
    match kid {
        Some(Value::Text(kid)) if !kid.of(&header).is_empty() => Ok((header, kid)),
        _ => Err(VerifyError::new(VerifyReason::MissingKeyId, "its header contains no `kid`")),
    }
}

fn json(part: &str, not_base64: &'static str, not_json: &'static str) -> Result<String, VerifyError> {
    let is_spaced = |part: &str| part.bytes().any(|byte| byte.is_ascii_whitespace());
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| {
        let spaced = "it contains white space; pass the token without `Bearer`";
        VerifyError::new(VerifyReason::Encoding, if is_spaced(part) { spaced } else { not_base64 })
    })?;
    String::from_utf8(bytes).map_err(|_| VerifyError::new(VerifyReason::Json, not_json))
}

pub(super) fn object_error(failure: Failure, not_an_object: &'static str) -> VerifyError {
    match failure {
        Failure::Malformed => VerifyError::new(VerifyReason::Json, not_an_object),
        Failure::Duplicate => VerifyError::new(VerifyReason::DuplicateKey, "a JSON object in it contains a key twice"),
    }
}

/// The claims of a token.
pub(super) struct Claims {
    /// The payload.
    pub(super) json: String,
    /// The values of [`Claim::ALL`].
    known: [Option<Value>; Claim::ALL.len()],
}

/// A claim that is checked or returned by a method.
#[derive(Clone, Copy)]
pub(super) enum Claim {
    Sub,
    Groups,
    Iss,
    CognitoUsername,
    ClientId,
    Aud,
    TokenUse,
    Scope,
    AuthTime,
    Nbf,
    Exp,
    Iat,
    Jti,
    DeviceKey,
    Username,
}

/// The type of a claim.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    /// Seconds since the epoch.
    Time,
    Texts,
    TextOrTexts,
}

impl Kind {
    fn allows(self, value: &Value) -> bool {
        match value {
            Value::Text(_) => matches!(self, Self::Text | Self::TextOrTexts),
            Value::Number(seconds) => matches!(self, Self::Time) && seconds.abs() <= LATEST,
            Value::Texts(_) => matches!(self, Self::Texts | Self::TextOrTexts),
            Value::Null | Value::Other => false,
        }
    }
}

impl Claim {
    /// All claims, in the order in which the service writes them.
    const ALL: [Self; 15] = [
        Self::Sub,
        Self::Groups,
        Self::Iss,
        Self::CognitoUsername,
        Self::ClientId,
        Self::Aud,
        Self::TokenUse,
        Self::Scope,
        Self::AuthTime,
        Self::Nbf,
        Self::Exp,
        Self::Iat,
        Self::Jti,
        Self::DeviceKey,
        Self::Username,
    ];

    pub(super) const fn name(self) -> &'static str {
        self.described().0
    }

    const fn described(self) -> (&'static str, Kind) {
        match self {
            Self::Sub => ("sub", Kind::Text),
            Self::Groups => ("cognito:groups", Kind::Texts),
            Self::Iss => ("iss", Kind::Text),
            Self::CognitoUsername => ("cognito:username", Kind::Text),
            Self::ClientId => ("client_id", Kind::Text),
            Self::Aud => ("aud", Kind::TextOrTexts),
            Self::TokenUse => ("token_use", Kind::Text),
            Self::Scope => ("scope", Kind::Text),
            Self::AuthTime => ("auth_time", Kind::Time),
            Self::Nbf => ("nbf", Kind::Time),
            Self::Exp => ("exp", Kind::Time),
            Self::Iat => ("iat", Kind::Time),
            Self::Jti => ("jti", Kind::Text),
            Self::DeviceKey => ("device_key", Kind::Text),
            Self::Username => ("username", Kind::Text),
        }
    }
}

/// The latest time: the end of the year 9999, which `SystemTime` can represent on every platform.
const LATEST: f64 = 253_402_300_799.0;

impl Claims {
    pub(super) fn read(json: String) -> Result<Arc<Self>, VerifyError> {
        let known = read_object(&json, Claim::ALL.map(Claim::name))
            .map_err(|failure| object_error(failure, "its payload is not a JSON object"))?;
        Ok(Arc::new(Self { json, known }))
    }

    fn value(&self, claim: Claim) -> Option<&Value> {
        self.known.get(claim as usize)?.as_ref()
    }

    /// Checks the types of the claims that are present.
    pub(super) fn check_types(&self) -> Result<(), VerifyError> {
        let known = || Claim::ALL.into_iter().zip(&self.known);
        let is_wrong = |(claim, value): &(Claim, &Option<Value>)| {
            value.as_ref().is_some_and(|value| !claim.described().1.allows(value))
        };
        let Some((claim, _)) = known().find(is_wrong) else { return Ok(()) };
        let (name, kind) = claim.described();
        let wrong = match kind {
            Kind::Text => "is not a string",
            Kind::Time => "is not a time",
            Kind::Texts => "is not a list of strings",
            Kind::TextOrTexts => "is not a string or a list of strings",
        };
        Err(VerifyError::claim(VerifyReason::Claim, name, wrong))
    }

    /// Returns a claim that is a string.
    pub(super) fn text(&self, claim: Claim) -> Option<&str> {
        match self.value(claim)? {
            Value::Text(text) => Some(text.of(&self.json)),
            _ => None,
        }
    }

    /// Returns the strings of a claim that is a list of strings.
    pub(super) fn texts(&self, claim: Claim) -> impl ExactSizeIterator<Item = &str> {
        let texts: &[Text] = match self.value(claim) {
            Some(Value::Texts(texts)) => texts,
            _ => &[],
        };
        texts.iter().map(|text| text.of(&self.json))
    }

    /// Returns a claim that is a time, in seconds since the epoch.
    pub(super) fn time(&self, claim: Claim) -> Option<f64> {
        match self.value(claim)? {
            Value::Number(seconds) => Some(*seconds),
            _ => None,
        }
    }

    pub(super) fn is_present(&self, claim: Claim) -> bool {
        self.value(claim).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(header: &str, signature: &str) -> String {
        format!("{}.e30.{signature}", URL_SAFE_NO_PAD.encode(header))
    }

    fn reason(token: &str) -> Option<VerifyReason> {
        Jwt::parse(token).err().map(|error| error.reason())
    }

    #[test]
    fn headers_are_checked() {
        let valid = r#"{"kid":"a","alg":"RS256","typ":"JWT"}"#;
        assert_eq!(reason(&token(valid, "")), None);
        for (header, expected) in [
            (r#"{"kid":"a","alg":"none"}"#, VerifyReason::Algorithm),
            (r#"{"kid":"a","alg":"RS256 "}"#, VerifyReason::Algorithm),
            (r#"{"kid":"a","alg":["RS256"]}"#, VerifyReason::Algorithm),
            (r#"{"kid":"a"}"#, VerifyReason::Algorithm),
            (r#"{"kid":"a","alg":"RS256","crit":[]}"#, VerifyReason::CriticalHeader),
            (r#"{"kid":"","alg":"RS256"}"#, VerifyReason::MissingKeyId),
            (r#"{"kid":5,"alg":"RS256"}"#, VerifyReason::MissingKeyId),
            (r#"{"alg":"RS256"}"#, VerifyReason::MissingKeyId),
            (r#"{"kid":"a","alg":"RS256","alg":"RS256"}"#, VerifyReason::DuplicateKey),
            (r#"{"kid":"a","alg":"RS256"} x"#, VerifyReason::Json),
            (r#"["RS256"]"#, VerifyReason::Json),
        ] {
            assert_eq!(reason(&token(header, "")), Some(expected), "{header}");
        }
        assert_eq!(reason(&token(r#"{"kid":"\u0061","alg":"RS\u003256"}"#, "")), None);
        for parts in ["", "a", "a.b", "....", "e30.e30.e30.e30"] {
            assert_eq!(reason(parts), Some(VerifyReason::Malformed), "{parts}");
        }
        for part in ["e30=", "e31", " e30", "e+0", "Bearer e30"] {
            assert_eq!(reason(&format!("{part}.e30.e30")), Some(VerifyReason::Encoding), "{part}");
        }
        assert_eq!(reason(".."), Some(VerifyReason::Json));
        assert_eq!(reason("e30.e30."), Some(VerifyReason::Algorithm));
    }

    #[test]
    fn tokens_have_a_maximum_length() {
        let valid = token(r#"{"kid":"a","alg":"RS256"}"#, "");
        let longest = format!("{valid}{}", "x".repeat(MAX_LENGTH - valid.len()));
        assert_eq!(reason(&longest), None);
        assert_eq!(reason(&format!("{longest}x")), Some(VerifyReason::TooLarge));
    }

    #[test]
    fn signatures_have_a_maximum_length() {
        let length = |signature: &[u8]| {
            let token = token(r#"{"kid":"a","alg":"RS256"}"#, &URL_SAFE_NO_PAD.encode(signature));
            Jwt::parse(&token).expect("a token").with_signature(|signature| Ok(signature.len())).ok()
        };
        assert_eq!(length(&[7; MAX_SIGNATURE]), Some(MAX_SIGNATURE));
        assert_eq!(length(&[7; MAX_SIGNATURE + 1]), None);
        assert_eq!(length(&[]), Some(0));
    }

    #[test]
    fn claims_of_another_type_are_present() {
        let claims = Claims::read(r#"{"sub":null}"#.to_owned()).expect("an object");
        assert!(claims.is_present(Claim::Sub) && !claims.is_present(Claim::Exp));
        assert_eq!((claims.text(Claim::Sub), claims.time(Claim::Sub)), (None, None));
    }

    #[test]
    fn all_claims_are_in_their_order() {
        for (position, claim) in Claim::ALL.into_iter().enumerate() {
            assert_eq!(claim as usize, position, "{}", claim.name());
        }
    }

    #[test]
    fn claims_have_types() {
        let wrong = |json: &str| Claims::read(json.to_owned()).expect("an object").check_types().err();
        for valid in [
            r#"{"aud":"a","exp":1,"nbf":1.5,"iat":-1,"scope":"","cognito:groups":[],"other":{"exp":"1"}}"#,
            r#"{"aud":["a","b"],"exp":253402300799}"#,
        ] {
            assert!(wrong(valid).is_none(), "{valid}");
        }
        for (name, values) in [
            ("sub", ["1", "null", "[\"a\"]"]),
            ("aud", ["1", "null", "[\"a\",1]"]),
            ("exp", ["\"1\"", "null", "253402300800"]),
            ("iat", ["\"1\"", "{}", "9007199254740994"]),
            ("nbf", ["[]", "true", "-1e300"]),
            ("cognito:groups", ["\"a\"", "[[\"a\"]]", "[\"a\",1]"]),
        ] {
            for value in values {
                let error = wrong(&format!(r#"{{"{name}":{value}}}"#)).expect(value);
                assert_eq!((error.reason(), error.claim_name()), (VerifyReason::Claim, Some(name)), "{value}");
            }
        }
    }
}

//! The claims of a token.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognito_op::Redactor;
use serde_json::{Map, Value};
use std::fmt;
use std::time::{Duration, SystemTime};

/// The maximum number of claims whose names are in the `Debug` output.
const MAX_DEBUG_CLAIMS: usize = 32;

/// The claims of an access or identity token, **without verification** of its signature.
///
/// A program can rely on the claims of a token that the service has just returned, for example to show the user's name
/// or to refresh the tokens before they expire. A token from any other source must be verified: use a
/// [`Verifier`](crate::verify::Verifier), as in the chapter on [verifying tokens](crate::guide::verifying_tokens).
///
/// ```
/// use cognito_userpools::sign_in::UnverifiedClaims;
/// use std::time::{Duration, UNIX_EPOCH};
///
/// let token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhMWIyIiwiZXhwIjoxNzk1MzAwMDAwfQ.c2lnbmF0dXJl";
/// let claims = UnverifiedClaims::read(token)?;
/// assert_eq!(claims.sub(), Some("a1b2"));
/// assert_eq!(claims.exp(), Some(UNIX_EPOCH + Duration::from_secs(1_795_300_000)));
/// assert!(claims.get("exp").is_some());
/// assert_eq!((claims.username(), claims.iat()), (None, None), "not in this token");
/// # Ok::<(), cognito_userpools::sign_in::MalformedToken>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct UnverifiedClaims(Map<String, Value>);

impl UnverifiedClaims {
    /// Decodes the claims of a JSON Web Token. Refresh tokens cannot be decoded: they are encrypted.
    ///
    /// # Errors
    ///
    /// Returns an error if the token does not have three parts or the second one does not contain a JSON object.
    pub fn read(token: &str) -> Result<Self, MalformedToken> {
        let mut parts = token.split('.');
        let (Some(_), Some(claims), Some(_), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(MalformedToken(()));
        };
        let claims = URL_SAFE_NO_PAD.decode(claims.trim_end_matches('=')).map_err(|_| MalformedToken(()))?;
        serde_json::from_slice(&claims).map(Self).map_err(|_| MalformedToken(()))
    }

    /// Returns the user's id, which never changes.
    #[must_use]
    pub fn sub(&self) -> Option<&str> {
        self.text("sub")
    }

    /// Returns the time at which the token expires.
    #[must_use]
    pub fn exp(&self) -> Option<SystemTime> {
        self.time("exp")
    }

    /// Returns the time at which the token was issued.
    #[must_use]
    pub fn iat(&self) -> Option<SystemTime> {
        self.time("iat")
    }

    /// Returns the user name in the pool: `username` of an access token, `cognito:username` of an identity token.
    #[must_use]
    pub fn username(&self) -> Option<&str> {
        self.text("username").or_else(|| self.text("cognito:username"))
    }

    /// Returns the claim of the given name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str)
    }

    fn time(&self, name: &str) -> Option<SystemTime> {
        let seconds = Duration::try_from_secs_f64(self.get(name)?.as_f64()?).ok()?;
        SystemTime::UNIX_EPOCH.checked_add(seconds)
    }
}

impl fmt::Debug for UnverifiedClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The values include names, addresses and phone numbers.
        let redactor = Redactor::default();
        f.debug_set().entries(self.0.keys().take(MAX_DEBUG_CLAIMS).map(|name| redactor.for_log(name))).finish()
    }
}

/// The error of [`UnverifiedClaims::read`] for a string that is not a JSON Web Token with readable claims.
///
/// ```
/// use cognito_userpools::sign_in::{MalformedToken, UnverifiedClaims};
///
/// let error: MalformedToken = UnverifiedClaims::read("a refresh token").unwrap_err();
/// assert_eq!(error.to_string(), "not a JSON Web Token with readable claims");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MalformedToken(());

impl fmt::Display for MalformedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a JSON Web Token with readable claims")
    }
}

impl std::error::Error for MalformedToken {}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(claims: &str) -> String {
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims))
    }

    #[test]
    fn claims_are_decoded() {
        let claims =
            r#"{"sub": "a1", "exp": 1795300000, "iat": 1795296400.5, "username": "josé", "cognito:groups": ["g"]}"#;
        let claims = UnverifiedClaims::read(&token(claims)).expect("a token");
        let epoch = SystemTime::UNIX_EPOCH;
        assert_eq!((claims.sub(), claims.username()), (Some("a1"), Some("josé")));
        assert_eq!(claims.exp(), Some(epoch + Duration::from_secs(1_795_300_000)));
        assert_eq!(claims.iat(), Some(epoch + Duration::from_millis(1_795_296_400_500)));
        assert_eq!(claims.get("cognito:groups"), Some(&serde_json::json!(["g"])));
        let debug = format!("{claims:?}");
        assert!(debug.contains("sub") && !debug.contains("a1") && !debug.contains("josé"), "{debug}");
        let identity = UnverifiedClaims::read(&token(r#"{"cognito:username": "alice"}"#)).expect("a token");
        assert_eq!((identity.username(), identity.sub(), identity.exp()), (Some("alice"), None, None));
    }

    #[test]
    fn invalid_claims_are_absent_and_malformed_tokens_rejected() {
        for invalid in ["1e300", "-1", "\"soon\"", "null", "18446744073709551615"] {
            let claims =
                UnverifiedClaims::read(&token(&format!(r#"{{"exp": {invalid}, "sub": 7}}"#))).expect("a token");
            assert_eq!((claims.exp(), claims.sub()), (None, None), "{invalid}");
        }
        for malformed in
            ["", "a.b", "..", "e30.e30", "e30.e30.e30.e30", "e30.!.c2ln", &token("[]"), &token("{"), &token("")]
        {
            assert_eq!(UnverifiedClaims::read(malformed), Err(MalformedToken(())), "{malformed}");
        }
    }
}

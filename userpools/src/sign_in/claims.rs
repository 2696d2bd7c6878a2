//! What a token says of itself.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};
use std::fmt;
use std::time::{Duration, SystemTime};

/// The claims of an access or identity token, **unverified**: nobody has looked at the signature.
///
/// They are good for what a client does with a token that it has just been handed: to show a name, or to refresh before the token
/// expires. Whoever receives tokens from others verifies them first, with the keys of the pool; this crate does not do that.
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
/// assert_eq!((claims.username(), claims.iat()), (None, None), "it does not say");
/// # Ok::<(), cognito_userpools::sign_in::NotAToken>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct UnverifiedClaims(Map<String, Value>);

impl UnverifiedClaims {
    /// Reads the claims of a JSON Web Token. Refresh tokens have none to read: they are encrypted.
    ///
    /// # Errors
    ///
    /// Where it is not three parts with a JSON object in the second.
    pub fn read(token: &str) -> Result<Self, NotAToken> {
        let mut parts = token.split('.');
        let (Some(_), Some(claims), Some(_), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(NotAToken(()));
        };
        let claims = URL_SAFE_NO_PAD.decode(claims.trim_end_matches('=')).map_err(|_| NotAToken(()))?;
        serde_json::from_slice(&claims).map(Self).map_err(|_| NotAToken(()))
    }

    /// Whom the token is about: the user's unchanging id.
    #[must_use]
    pub fn sub(&self) -> Option<&str> {
        self.text("sub")
    }

    /// When the token expires.
    #[must_use]
    pub fn exp(&self) -> Option<SystemTime> {
        self.time("exp")
    }

    /// When the token was issued.
    #[must_use]
    pub fn iat(&self) -> Option<SystemTime> {
        self.time("iat")
    }

    /// The name that the user has in the pool: `username` of an access token, `cognito:username` of an identity token.
    #[must_use]
    pub fn username(&self) -> Option<&str> {
        self.text("username").or_else(|| self.text("cognito:username"))
    }

    /// Any claim, by its name.
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
        // Names, addresses and phone numbers are among the values.
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// What was to be read is no JSON Web Token with claims in the clear.
///
/// ```
/// use cognito_userpools::sign_in::{NotAToken, UnverifiedClaims};
///
/// let error: NotAToken = UnverifiedClaims::read("a refresh token").unwrap_err();
/// assert_eq!(error.to_string(), "not a JSON Web Token with claims that can be read");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAToken(());

impl fmt::Display for NotAToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a JSON Web Token with claims that can be read")
    }
}

impl std::error::Error for NotAToken {}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(claims: &str) -> String {
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims))
    }

    #[test]
    fn what_a_token_says() {
        let claims =
            r#"{"sub": "a1", "exp": 1795300000, "iat": 1795296400.5, "username": "josé", "cognito:groups": ["g"]}"#;
        let claims = UnverifiedClaims::read(&token(claims)).expect("a token");
        let epoch = SystemTime::UNIX_EPOCH;
        assert_eq!((claims.sub(), claims.username()), (Some("a1"), Some("josé")));
        assert_eq!(claims.exp(), Some(epoch + Duration::from_secs(1_795_300_000)));
        assert_eq!(claims.iat(), Some(epoch + Duration::from_millis(1_795_296_400_500)));
        assert_eq!(claims.get("cognito:groups"), Some(&serde_json::json!(["g"])));
        let shown = format!("{claims:?}");
        assert!(shown.contains("sub") && !shown.contains("a1") && !shown.contains("josé"), "{shown}");
        let identity = UnverifiedClaims::read(&token(r#"{"cognito:username": "alice"}"#)).expect("a token");
        assert_eq!((identity.username(), identity.sub(), identity.exp()), (Some("alice"), None, None));
    }

    #[test]
    fn what_is_odd_is_not_there() {
        for odd in ["1e300", "-1", "\"soon\"", "null", "18446744073709551615"] {
            let claims = UnverifiedClaims::read(&token(&format!(r#"{{"exp": {odd}, "sub": 7}}"#))).expect("a token");
            assert_eq!((claims.exp(), claims.sub()), (None, None), "{odd}");
        }
        for no_token in
            ["", "a.b", "..", "e30.e30", "e30.e30.e30.e30", "e30.!.c2ln", &token("[]"), &token("{"), &token("")]
        {
            assert_eq!(UnverifiedClaims::read(no_token), Err(NotAToken(())), "{no_token}");
        }
    }
}

//! The tokens of a session in a store.

use crate::operations::NewDeviceMetadataType;
use crate::sign_in::{Tokens, UnverifiedClaims};
use serde_json::{Map, Value};
use std::fmt;
use std::time::{Duration, SystemTime};
use zeroize::Zeroize as _;

/// The shortest lifetime of tokens. A shorter one would cause a refresh for each call. The service allows five minutes
/// or more.
const SHORTEST: Duration = Duration::from_secs(60);
/// The lifetime if neither the response nor the claims contain one: the shortest that the service allows.
const UNKNOWN: Duration = Duration::from_secs(5 * 60);
/// The version of the JSON form.
const VERSION: u64 = 1;

/// The content of a [`SessionStore`](super::SessionStore): the tokens of a session and the time at which they arrived.
///
/// Anyone who has its refresh token can act as the user. The tokens are zeroized when the value is dropped, and
/// redacted in `Debug`.
///
/// ```
/// use cognito_userpools::session::SavedSession;
/// use cognito_userpools::sign_in::Tokens;
/// use std::time::{Duration, SystemTime};
///
/// let mut tokens = Tokens::new("an access token");
/// tokens.refresh_token = Some("a refresh token".to_owned());
/// tokens.expires_in = Some(Duration::from_secs(3600));
/// let saved = SavedSession::new(tokens, SystemTime::now());
///
/// let restored = SavedSession::from_json(&saved.to_json())?;
/// assert_eq!(restored.tokens().refresh_token.as_deref(), Some("a refresh token"));
/// assert_eq!(restored.expires_at(), saved.expires_at());
/// # Ok::<(), cognito_userpools::session::InvalidSession>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct SavedSession {
    tokens: Tokens,
    arrived_at: SystemTime,
    lifetime: Duration,
}

impl SavedSession {
    /// Creates a session from tokens and the time at which the service returned them. The time is rounded down to a
    /// second.
    ///
    /// The lifetime of the access token is `expires_in`. If that is absent, it is the lifetime in the claims, and five
    /// minutes if the claims cannot be read. A lifetime of less than a minute counts as a minute.
    #[must_use]
    pub fn new(tokens: Tokens, arrived_at: SystemTime) -> Self {
        let lifetime = tokens.expires_in.or_else(|| lifetime(&tokens.access_token)).unwrap_or(UNKNOWN).max(SHORTEST);
        let arrived_at = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds(arrived_at));
        Self { tokens, arrived_at, lifetime }
    }

    /// Returns the tokens. Their `expires_in` counts from the arrival.
    #[must_use]
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// Returns the time at which the tokens arrived.
    #[must_use]
    pub fn arrived_at(&self) -> SystemTime {
        self.arrived_at
    }

    /// Returns the time at which the access token expires, on the clock of the machine at which it arrived.
    #[must_use]
    pub fn expires_at(&self) -> SystemTime {
        self.arrived_at.checked_add(self.lifetime).unwrap_or(self.arrived_at)
    }

    /// Returns the lifetime of the access token from its arrival.
    pub(super) fn lifetime(&self) -> Duration {
        self.lifetime
    }

    /// Returns the lifetime of the identity token from its arrival.
    pub(super) fn id_lifetime(&self) -> Option<Duration> {
        let token = self.tokens.id_token.as_deref()?;
        Some(lifetime(token).map_or(self.lifetime, |lifetime| lifetime.max(SHORTEST)))
    }

    /// Returns whether the tokens come from the same sign-in, according to their claims. A refresh keeps `origin_jti`, and
    /// refresh tokens without it cannot be revoked.
    pub(super) fn is_of_same_sign_in(&self, other: &Self) -> bool {
        self.tokens == other.tokens || self.origin().is_some_and(|origin| Some(origin) == other.origin())
    }

    /// Returns the claim `origin_jti`, which identifies the sign-in.
    pub(super) fn origin(&self) -> Option<Value> {
        let claims = UnverifiedClaims::read(&self.tokens.access_token).ok()?;
        claims.get("origin_jti").cloned()
    }

    /// Returns the session after a refresh. It keeps the refresh token and the keys of the device, unless the response
    /// replaces them.
    pub(super) fn refreshed(&self, mut tokens: Tokens, now: SystemTime) -> Self {
        let old = &self.tokens;
        tokens.refresh_token = tokens.refresh_token.or_else(|| old.refresh_token.clone());
        tokens.new_device_metadata = tokens.new_device_metadata.or_else(|| old.new_device_metadata.clone());
        tokens.device_key = tokens.device_key.or_else(|| old.device_key.clone());
        Self::new(tokens, now)
    }

    /// Returns the session as JSON on one line, for a store of your own. The text contains the tokens, so keep it
    /// secret.
    ///
    /// Later versions of this crate can read it.
    ///
    /// ```
    /// # use cognito_userpools::session::SavedSession;
    /// # use cognito_userpools::sign_in::Tokens;
    /// # use std::time::{Duration, UNIX_EPOCH};
    /// let arrived = UNIX_EPOCH + Duration::from_secs(1_795_300_000);
    /// let json = SavedSession::new(Tokens::new("token"), arrived).to_json();
    /// let expected = r#"{"version":1,"arrived_at":1795300000,"expires_at":1795300300,"access_token":"token"}"#;
    /// assert_eq!(json, expected);
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        let tokens = &self.tokens;
        let device = tokens.new_device_metadata.as_ref();
        let members = [
            ("access_token", Some(&tokens.access_token)),
            ("id_token", tokens.id_token.as_ref()),
            ("refresh_token", tokens.refresh_token.as_ref()),
            ("token_type", tokens.token_type.as_ref()),
            ("device_key", tokens.device_key.as_ref()),
            ("new_device_key", device.and_then(|device| device.device_key.as_ref())),
            ("device_group_key", device.and_then(|device| device.device_group_key.as_ref())),
        ];
        let length: usize = members.iter().filter_map(|(_, value)| *value).map(String::len).sum();
        // A vector that grows leaves copies of the tokens behind.
        let mut json = Vec::with_capacity(2 * length + 256);
        let (arrived, expires) = (seconds(self.arrived_at), seconds(self.expires_at()));
        json.extend(format!(r#"{{"version":{VERSION},"arrived_at":{arrived},"expires_at":{expires}"#).bytes());
        for (name, value) in members {
            let Some(value) = value else { continue };
            json.extend(format!(r#","{name}":"#).bytes());
            // Writing a string to a vector does not fail.
            drop(serde_json::to_writer(&mut json, value));
        }
        json.push(b'}');
        String::from_utf8(json).unwrap_or_default()
    }

    /// Reads a session from the JSON of [`to_json`](Self::to_json).
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not such JSON, or is that of a later version which this version cannot read. The
    /// error contains no part of the text.
    pub fn from_json(json: &str) -> Result<Self, InvalidSession> {
        let mut members: Map<String, Value> =
            serde_json::from_str(json).map_err(|_| InvalidSession("it is not a JSON object"))?;
        if members.get("version").and_then(Value::as_u64) != Some(VERSION) {
            return Err(InvalidSession("its version is not 1"));
        }
        let time = |name: &str| {
            let seconds = members.get(name).and_then(Value::as_u64);
            let time = seconds.and_then(|seconds| SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds)));
            time.ok_or(InvalidSession("a time is missing or invalid"))
        };
        let (arrived_at, expires_at) = (time("arrived_at")?, time("expires_at")?);
        let lifetime = expires_at.duration_since(arrived_at).unwrap_or_default();
        let mut text = |name: &str| match members.remove(name) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        };
        let access_token = text("access_token").filter(|token| !token.is_empty());
        let mut tokens = Tokens::new(access_token.ok_or(InvalidSession("there is no access token"))?);
        tokens.id_token = text("id_token");
        tokens.refresh_token = text("refresh_token");
        tokens.token_type = text("token_type").filter(|name| name == "Bearer");
        tokens.expires_in = Some(lifetime);
        tokens.device_key = text("device_key");
        let (key, group) = (text("new_device_key"), text("device_group_key"));
        if key.is_some() || group.is_some() {
            let device = NewDeviceMetadataType::new().device_key(key).device_group_key(group);
            tokens.new_device_metadata = Some(device);
        }
        Ok(Self::new(tokens, arrived_at))
    }
}

impl Drop for SavedSession {
    fn drop(&mut self) {
        let Tokens { access_token, id_token, refresh_token, .. } = &mut self.tokens;
        access_token.zeroize();
        id_token.zeroize();
        refresh_token.zeroize();
    }
}

impl fmt::Debug for SavedSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SavedSession")
            .field("arrived_at", &self.arrived_at)
            .field("expires_at", &self.expires_at())
            .finish_non_exhaustive()
    }
}

/// The error of [`SavedSession::from_json`].
///
/// ```
/// use cognito_userpools::session::{InvalidSession, SavedSession};
///
/// let error: InvalidSession = SavedSession::from_json("{}").unwrap_err();
/// assert_eq!(error.to_string(), "not a saved session: its version is not 1");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidSession(&'static str);

impl fmt::Display for InvalidSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a saved session: {}", self.0)
    }
}

impl std::error::Error for InvalidSession {}

/// Returns the lifetime of a token according to its claims. Both times are those of the service's clock.
fn lifetime(token: &str) -> Option<Duration> {
    let claims = UnverifiedClaims::read(token).ok()?;
    claims.exp()?.duration_since(claims.iat()?).ok()
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(members: &str) -> SavedSession {
        let times = r#""arrived_at":1700000000,"expires_at":1700003600"#;
        SavedSession::from_json(&format!(r#"{{"version":1,"access_token":"a",{times}{members}}}"#)).expect("a session")
    }

    #[test]
    fn the_type_of_a_token_is_known_or_missing() {
        assert_eq!(saved(r#","token_type":"Bearer""#).tokens().token_type.as_deref(), Some("Bearer"));
        assert_eq!(saved(r#","token_type":"Other""#).tokens().token_type, None);
    }

    #[test]
    fn a_new_device_can_lack_a_key() {
        let device = |members| saved(members).tokens().new_device_metadata.clone();
        assert_eq!(device(""), None);
        let key = device(r#","new_device_key":"key""#).expect("a device");
        assert_eq!((key.device_key.as_deref(), key.device_group_key), (Some("key"), None));
        let group = device(r#","device_group_key":"group""#).expect("a device");
        assert_eq!((group.device_key, group.device_group_key.as_deref()), (None, Some("group")));
    }

    #[test]
    fn debug_shows_the_times() {
        let text = format!("{:?}", saved(""));
        assert!(text.starts_with("SavedSession { arrived_at: ") && text.contains("expires_at: "), "{text}");
        assert!(!text.contains("access_token"), "{text}");
    }
}

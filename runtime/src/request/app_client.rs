//! The app client and its secret.

use crate::error::Error;
use crate::text::is_plain;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The secret of an app client. It is zeroized when the last client and the last response reader are dropped.
pub(super) type Secret = Arc<Zeroizing<String>>;

/// An app client and its secret. `Debug` shows neither the secret nor the state computed from it.
#[derive(Clone)]
pub(crate) struct AppClient {
    pub(crate) id: String,
    secret: Option<Secret>,
    /// The HMAC state after the key, which is kept because computing it takes half the time of a hash. It is boxed, so
    /// that moving the client leaves no copy.
    keyed: Option<Box<Hmac<Sha256>>>,
}

impl AppClient {
    pub(crate) fn new(id: String, secret: Option<String>) -> Self {
        let secret = secret.map(|secret| Arc::new(Zeroizing::new(secret)));
        // HMAC takes keys of any length, so there is no error.
        let keyed = secret.as_ref().and_then(|secret| Hmac::new_from_slice(secret.as_bytes()).ok().map(Box::new));
        Self { id, secret, keyed }
    }

    /// Returns an error if the id does not have the published form, or if the secret is empty, begins or ends with
    /// white space, or contains a control character. The error does not contain the value.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let is_id = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+');
        let why = match (self.id.as_str(), self.secret()) {
            ("", _) => "the app client's id is empty",
            (id, _) if id.len() > 128 || !id.bytes().all(is_id) => {
                "the app client's id must consist of 1 to 128 characters of a-z, A-Z, 0-9, `_` and `+`, such as \
                 `1example23456789`"
            }
            (_, Some("")) => {
                "the app client's secret is empty; for an app client without a secret use `public_app_client`"
            }
            (_, Some(secret)) if secret.trim() != secret => {
                "the app client's secret begins or ends with white space, such as the line break of a file; remove it"
            }
            (_, Some(secret)) if !secret.chars().all(is_plain) => {
                "the app client's secret contains a control character or an invisible one, such as a byte order mark; remove it"
            }
            _ => return Ok(()),
        };
        Err(Error::misconfigured(why))
    }

    pub(crate) fn secret(&self) -> Option<&str> {
        self.secret.as_ref().map(|secret| secret.as_str())
    }

    pub(super) fn shared_secret(&self) -> Option<Secret> {
        self.secret.clone()
    }

    /// Computes `Base64(HMAC-SHA256(secret, username ‖ client id))`, as in [the developer
    /// guide](https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash).
    /// Returns `None` without a secret. A `client_id` of `None` stands for this app client.
    pub(super) fn secret_hash(&self, username: &str, client_id: Option<&str>) -> Option<SecretHash> {
        let mut mac = Hmac::clone(self.keyed.as_ref()?);
        mac.update(username.as_bytes());
        mac.update(client_id.unwrap_or(&self.id).as_bytes());
        let mut hash = SecretHash([0; 44]);
        // The text of 32 bytes has 44 characters.
        STANDARD.encode_slice(mac.finalize().into_bytes(), &mut hash.0).ok()?;
        Some(hash)
    }
}

/// A secret hash, which takes no allocation. Aligned bytes are converted to text in words.
#[repr(align(8))]
pub(super) struct SecretHash([u8; 44]);

impl SecretHash {
    pub(super) fn as_str(&self) -> &str {
        // Base64 is ASCII.
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for AppClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The service marks the id as sensitive.
        let kind = if self.secret.is_some() { "AppClient(with a secret)" } else { "AppClient(public)" };
        f.write_str(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed with `openssl dgst -sha256 -hmac`.
    #[test]
    fn known_hashes() {
        for (secret, username, client_id, hash) in KNOWN {
            let client = AppClient::new((*client_id).to_owned(), Some((*secret).to_owned()));
            let computed =
                |client: &AppClient, id| client.secret_hash(username, id).map(|hash| hash.as_str().to_owned());
            assert_eq!(computed(&client, None).as_deref(), Some(*hash), "{username}");
            // Again, and for another app client.
            let other = AppClient { id: "another".to_owned(), ..client };
            assert_eq!(computed(&other, Some(client_id)).as_deref(), Some(*hash), "{username}");
        }
        assert!(AppClient::new("c".to_owned(), None).secret_hash("alice", None).is_none());
    }

    const KNOWN: &[(&str, &str, &str, &str)] = &[
        ("secret", "alice", "1example23456789", "SRSokfDPYgNH3Tm3eRbqKCsFZg9Ia07+tqRIgXhLH5s="),
        ("secret", "josé", "1example23456789", "BZWt9X1xvIULfKBUgsSHLDBWJIUUSikX5UXyq+ChAk0="),
        (
            "a secret that is longer than the sixty-four bytes of one block of SHA-256",
            "alice",
            "c",
            "bSdjyLJA2LP02VwZDDswHLVE9ODTfGbOkEx3o/ONjjw=",
        ),
    ];

    #[test]
    fn debug_shows_no_value() {
        let client = AppClient::new("canary-id".to_owned(), Some("canary-secret".to_owned()));
        assert!(!format!("{client:?}").contains("canary"));
    }
}

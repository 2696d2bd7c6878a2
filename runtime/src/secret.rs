//! The app client and its secret.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// The app client that requests are made for.
#[derive(Clone)]
pub(crate) struct AppClient {
    pub(crate) id: String,
    /// Zeroized on drop, and never shown; so is what comes of it below.
    secret: Option<Zeroizing<String>>,
    /// HMAC that has read its key, which takes as long as all the rest of a hash. Boxed, so that moving the client
    /// leaves no further copy.
    keyed: Option<Box<Hmac<Sha256>>>,
}

impl AppClient {
    pub(crate) fn new(id: String, secret: Option<String>) -> Self {
        let secret = secret.map(Zeroizing::new);
        // HMAC takes keys of any length; the error is of the trait.
        let keyed = secret.as_ref().and_then(|secret| Hmac::new_from_slice(secret.as_bytes()).ok().map(Box::new));
        Self { id, secret, keyed }
    }

    /// The secret itself.
    pub(crate) fn secret(&self) -> Option<&str> {
        self.secret.as_ref().map(|secret| secret.as_str())
    }

    /// `Base64(HMAC-SHA256(secret, username ‖ client id))`, as
    /// [the developer guide](https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash)
    /// has it; `None` without a secret. A request that names no app client is this one's.
    pub(crate) fn secret_hash(&self, username: &str, client_id: Option<&str>) -> Option<String> {
        let mut mac = Hmac::clone(self.keyed.as_ref()?);
        mac.update(username.as_bytes());
        mac.update(client_id.unwrap_or(&self.id).as_bytes());
        Some(STANDARD.encode(mac.finalize().into_bytes()))
    }
}

impl fmt::Debug for AppClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The service marks the id as sensitive too.
        let kind = if self.secret.is_some() { "AppClient(with a secret)" } else { "AppClient(public)" };
        f.write_str(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed with `openssl dgst -sha256 -hmac`.
    #[test]
    fn known_answers() {
        for (secret, username, client_id, hash) in KNOWN {
            let client = AppClient::new((*client_id).to_owned(), Some((*secret).to_owned()));
            assert_eq!(client.secret_hash(username, None).as_deref(), Some(*hash), "{username}");
            // As often as one likes, and for another app client.
            let other = AppClient { id: "another".to_owned(), ..client };
            assert_eq!(other.secret_hash(username, Some(client_id)).as_deref(), Some(*hash), "{username}");
        }
        assert_eq!(AppClient::new("c".to_owned(), None).secret_hash("alice", None), None);
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
    fn nothing_of_it_is_shown() {
        let client = AppClient::new("canary-id".to_owned(), Some("canary-secret".to_owned()));
        assert!(!format!("{client:?}").contains("canary"));
    }
}

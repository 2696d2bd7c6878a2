//! Serialization of a pending sign-in.

use super::pending::PendingLogin;
use cognito_op::{cognito_shape, wire};
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

/// The version of the form.
const VERSION: i32 = 1;

/// The form of [`PendingLogin`].
#[cognito_shape(unmodeled)]
struct Kept {
    #[member("version")]
    version: i32,
    #[member("state")]
    state: String,
    #[member("nonce")]
    nonce: String,
    #[member("code_verifier")]
    verifier: String,
    #[member("redirect_uri")]
    redirect_uri: String,
    #[member("client_id")]
    client_id: String,
    #[member("openid")]
    expects_id_token: bool,
}

/// Serializes the pending sign-in as an object with a `version`. The text is a secret: keep it on the server, or
/// encrypt it.
impl Serialize for PendingLogin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kept = Kept {
            version: VERSION,
            state: self.state.to_string(),
            nonce: self.nonce.to_string(),
            verifier: self.verifier.to_string(),
            redirect_uri: self.redirect_uri.clone(),
            client_id: self.client_id.clone(),
            expects_id_token: self.expects_id_token,
        };
        wire::serialize(&kept, serializer)
    }
}

impl<'de> Deserialize<'de> for PendingLogin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The text of serde's error can quote a secret.
        let kept: Kept = wire::deserialize(deserializer).map_err(|_| D::Error::custom("expected a pending sign-in"))?;
        // An empty state would be equal to that of a callback without a value.
        if kept.version != VERSION || [&kept.state, &kept.nonce, &kept.verifier].iter().any(|text| text.len() < 43) {
            return Err(D::Error::custom("expected a pending sign-in of version 1"));
        }
        Ok(Self {
            state: kept.state.into(),
            nonce: kept.nonce.into(),
            verifier: kept.verifier.into(),
            redirect_uri: kept.redirect_uri,
            client_id: kept.client_id,
            expects_id_token: kept.expects_id_token,
        })
    }
}

//! Serialization of tokens and of challenges that are kept between two requests.

use super::kept::KeptChallenge;
use super::tokens::{Tokens, token_type};
use crate::operations::{ChallengeNameType, NewDeviceMetadataType};
use cognito_op::{cognito_shape, wire};
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

/// The form of [`Tokens`], with the names that OAuth 2.0 gives to them.
#[cognito_shape(unmodeled)]
struct TokensForm {
    #[member("access_token")]
    access_token: String,
    #[member("id_token")]
    id_token: Option<String>,
    #[member("refresh_token")]
    refresh_token: Option<String>,
    #[member("expires_in")]
    expires_in: Option<i64>,
    #[member("token_type")]
    token_type: Option<String>,
    #[member("new_device_metadata")]
    new_device_metadata: Option<NewDeviceMetadataType>,
    #[member("device_key")]
    device_key: Option<String>,
}

/// Serializes the tokens with the names of the response of an OAuth 2.0 token endpoint:
/// `{"access_token":"…","id_token":"…", "refresh_token":"…","expires_in":3600,"token_type":"Bearer"}`. The keys of a
/// new device are in `new_device_metadata`, and the key of the device is in `device_key`. The text contains the tokens,
/// so keep it secret.
impl Serialize for Tokens {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kept = TokensForm {
            access_token: self.access_token.clone(),
            id_token: self.id_token.clone(),
            refresh_token: self.refresh_token.clone(),
            expires_in: self.expires_in.and_then(|time| i64::try_from(time.as_secs()).ok()),
            token_type: self.token_type.clone(),
            new_device_metadata: self.new_device_metadata.clone(),
            device_key: self.device_key.clone(),
        };
        wire::serialize(&kept, serializer)
    }
}

impl<'de> Deserialize<'de> for Tokens {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The text of serde's error can quote a token.
        let kept: TokensForm = wire::deserialize(deserializer).map_err(|_| {
            D::Error::custom("expected tokens: an object with `access_token`, and no other type of value")
        })?;
        let tokens = [Some(&kept.access_token), kept.id_token.as_ref(), kept.refresh_token.as_ref()];
        let redactor = tokens.into_iter().flatten().collect();
        Ok(Self {
            access_token: kept.access_token,
            id_token: kept.id_token,
            refresh_token: kept.refresh_token,
            expires_in: kept.expires_in.and_then(|seconds| u64::try_from(seconds).ok()).map(Duration::from_secs),
            token_type: token_type(kept.token_type, &redactor),
            new_device_metadata: kept.new_device_metadata,
            device_key: kept.device_key,
            forgotten_device: None,
        })
    }
}

/// The version of [`ChallengeForm`].
const VERSION: i64 = 1;

/// The form of [`KeptChallenge`].
#[cognito_shape(unmodeled)]
struct ChallengeForm {
    #[member("version")]
    version: i64,
    #[member("name")]
    name: ChallengeNameType,
    #[member("username")]
    username: String,
    #[member("session")]
    session: Option<String>,
    #[member("parameters")]
    parameters: BTreeMap<String, String>,
    #[member("available_challenges")]
    available_challenges: Vec<ChallengeNameType>,
    #[member("user_pool_id")]
    user_pool_id: Option<String>,
    #[member("device_key")]
    device_key: Option<String>,
    #[member("forgotten_device")]
    forgotten_device: Option<String>,
}

/// Serializes the challenge as an object with `version`, `name`, `username`, `session`, `parameters` and
/// `available_challenges`, for a sign-in by a back end `user_pool_id`, and for one with a device its key. The password
/// of the device is not part of it. The text is a secret: anyone who has it can answer the challenge.
///
/// The version of the form is 1. A later version of this crate either reads it or returns an error that contains the
/// version.
impl Serialize for KeptChallenge {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let context = &self.0.context;
        let kept = ChallengeForm {
            version: VERSION,
            name: self.name().clone(),
            username: self.username().to_owned(),
            session: self.session().map(str::to_owned),
            parameters: self.parameters().clone(),
            available_challenges: self.available_challenges().to_vec(),
            user_pool_id: context.user_pool_id.clone(),
            device_key: context.device_key.clone(),
            forgotten_device: context.forgotten_device.clone(),
        };
        wire::serialize(&kept, serializer)
    }
}

impl<'de> Deserialize<'de> for KeptChallenge {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The text of serde's error can quote the session.
        let malformed = || {
            let members = "`version`, `name`, `username`, `parameters` and `available_challenges`";
            D::Error::custom(format!("expected a challenge: an object with {members}"))
        };
        let value = Value::deserialize(deserializer).map_err(|_| malformed())?;
        // Other versions may have other members.
        let version = value.get("version").and_then(Value::as_i64).ok_or_else(malformed)?;
        if version != VERSION {
            return Err(D::Error::custom(format!(
                "the challenge has version {version} of its form, and this program reads version {VERSION}; start the \
                 sign-in again"
            )));
        }
        let kept: ChallengeForm = wire::deserialize(value).map_err(|_| malformed())?;
        let mut challenge = Self::new(kept.name, kept.username)
            .with_parameters(kept.parameters)
            .with_available_challenges(kept.available_challenges)
            .with_session(kept.session);
        let context = &mut challenge.0.context;
        context.user_pool_id = kept.user_pool_id;
        context.device_key = kept.device_key;
        context.forgotten_device = kept.forgotten_device;
        Ok(challenge)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `Debug` shows the type.
    #[test]
    fn token_types_that_quote_a_token_are_not_read() {
        for (token_type, expected) in
            [("Bearer", Some("Bearer")), ("DPoP", Some("DPoP")), ("the-token-4711", None), ("a\nb", None), ("", None)]
        {
            let form = serde_json::json!({"access_token": "the-token-4711", "token_type": token_type});
            let tokens: Tokens = serde_json::from_value(form).expect("tokens");
            assert_eq!(tokens.token_type.as_deref(), expected);
        }
    }
}

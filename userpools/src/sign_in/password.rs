//! The proof of the password of a user or a device with SRP.

use super::context::Context;
use super::machine::{Request, Response};
use super::srp::{Challenge, Identity, KeyPair, verifier};
use crate::devices::Device;
use crate::operations::ChallengeNameType;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognito_op::Error;
use std::time::{Duration, SystemTime};
use zeroize::Zeroizing;

/// A password, which is not sent, and the id of its user pool.
#[derive(Clone)]
pub(super) struct Credentials {
    user_pool_id: String,
    password: Zeroizing<String>,
}

impl Credentials {
    pub(super) fn new(user_pool_id: impl Into<String>, password: impl Into<String>) -> Self {
        Self { user_pool_id: user_pool_id.into(), password: Zeroizing::new(password.into()) }
    }

    /// Starts a handshake. A sign-in by a back end must have the same user pool.
    pub(super) fn into_handshake(self, context: &Context) -> Result<SrpHandshake, Error> {
        let is_word =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let pool_name = match self.user_pool_id.split_once('_') {
            Some((region, name)) if is_word(&region.replace('-', "_")) && is_word(name) => name.to_owned(),
            _ => return Err(Error::misconfigured("the user pool id must have the form `eu-west-1_Ab12Cd34`")),
        };
        if context.user_pool_id.as_ref().is_some_and(|id| *id != self.user_pool_id) {
            return Err(Error::misconfigured(
                "the proof of the password is for another user pool than `admin`; use the same id for both",
            ));
        }
        let prover = Prover::User { pool_name, password: self.password };
        Ok(SrpHandshake { key_pair: KeyPair::random()?, prover })
    }
}

/// Returns whether a request starts to prove an empty password.
pub(super) fn is_password_empty(handshake: Option<&SrpHandshake>) -> bool {
    let prover = handshake.map(|handshake| &handshake.prover);
    matches!(prover, Some(Prover::User { password, .. }) if password.is_empty())
}

/// A handshake that waits for the service's public value.
pub(super) struct SrpHandshake {
    key_pair: KeyPair,
    prover: Prover,
}

/// The owner of the password that a handshake proves.
enum Prover {
    User { pool_name: String, password: Zeroizing<String> },
    Device(Device),
}

impl SrpHandshake {
    /// Starts a handshake for a device.
    pub(super) fn for_device(device: Device) -> Result<Self, Error> {
        Ok(Self { key_pair: KeyPair::random()?, prover: Prover::Device(device) })
    }

    /// `SRP_A`.
    pub(super) fn public(&self) -> String {
        self.key_pair.public()
    }

    /// Returns the name of the challenge that the proof answers.
    pub(super) fn challenge(&self) -> ChallengeNameType {
        match self.prover {
            Prover::User { .. } => ChallengeNameType::PasswordVerifier,
            Prover::Device(_) => ChallengeNameType::DevicePasswordVerifier,
        }
    }

    /// Returns the answer to [`challenge`](Self::challenge). `now` is part of the proof.
    pub(super) fn respond(&self, response: &Response, context: &Context, now: SystemTime) -> Result<Request, Error> {
        let parameter = |name: &str| response.challenge_parameters.get(name).map_or("", String::as_str);
        let secret_block = parameter("SECRET_BLOCK");
        if secret_block.is_empty() {
            return Err(response.unreadable("its SECRET_BLOCK is missing"));
        }
        // The block is opaque. The service encodes it in Base64; moto does not.
        let decoded = STANDARD.decode(secret_block).unwrap_or_else(|_| secret_block.as_bytes().to_vec());
        let (identity, password) = match &self.prover {
            Prover::User { pool_name, password } => {
                let user_id = Some(parameter("USER_ID_FOR_SRP")).filter(|id| !id.is_empty());
                (Identity { group: pool_name, id: user_id.unwrap_or(&context.username) }, password.as_str())
            }
            Prover::Device(device) => (Identity { group: device.group_key(), id: device.key() }, device.password()),
        };
        let timestamp = timestamp(now);
        let challenge = Challenge {
            identity,
            salt: parameter("SALT"),
            public: parameter("SRP_B"),
            secret_block: &decoded,
            timestamp: &timestamp,
        };
        let signature = self.key_pair.sign(password, &challenge).map_err(|why| response.unreadable(why))?;
        let responses = [
            ("PASSWORD_CLAIM_SECRET_BLOCK", secret_block.to_owned()),
            ("PASSWORD_CLAIM_SIGNATURE", STANDARD.encode(signature)),
            ("TIMESTAMP", timestamp),
        ];
        Ok(context.respond(self.challenge(), response.session.clone(), responses))
    }
}

/// Computes the verifier of a device's password, and returns it with the salt.
pub(crate) fn device_verifier(device: &Device, salt: &[u8]) -> (Vec<u8>, Vec<u8>) {
    verifier(Identity { group: device.group_key(), id: device.key() }, device.password(), salt)
}

/// Formats a time for `TIMESTAMP`: `Sun Nov 6 08:49:37 UTC 1994`.
fn timestamp(time: SystemTime) -> String {
    // An HTTP date has four digits for the year. The service rejects a clock that is further off.
    let last = SystemTime::UNIX_EPOCH + Duration::from_secs(253_402_300_799);
    let http = httpdate::fmt_http_date(time.clamp(SystemTime::UNIX_EPOCH, last));
    match http.split([' ', ',']).collect::<Vec<_>>()[..] {
        [weekday, _, day, month, year, clock, _] => {
            format!("{weekday} {month} {} {clock} UTC {year}", day.trim_start_matches('0'))
        }
        _ => http,
    }
}

#[cfg(test)]
mod tests {
    use super::super::machine::AnyOperation;
    use super::*;
    use crate::operations::{GlobalSignOut, InitiateAuth};
    use cognito_op::{Body, Config, Meta, Redactor, http};
    use std::collections::BTreeMap;

    fn meta() -> Meta {
        let config = Config::builder().region("eu-west-1").build().expect("a configuration");
        let (_, reader) = config.prepare(&GlobalSignOut::new("token")).expect("a request");
        reader.read_reply(&http::Response::new(Body::from("{}"))).expect("a reply").meta
    }

    /// Returns the entries that answer a challenge with the given parameters, a salt and a public value.
    fn entries(
        handshake: &SrpHandshake,
        username: &str,
        parameters: &[(&str, &str)],
    ) -> Result<BTreeMap<String, String>, Error> {
        let mut response = Response::new::<InitiateAuth>(meta(), Redactor::default());
        let all = [("SALT", "5a17"), ("SRP_B", "b0b")].iter().chain(parameters);
        response.challenge_parameters = all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let request = handshake.respond(&response, &Context::new(username), SystemTime::UNIX_EPOCH)?;
        let AnyOperation::RespondToAuthChallenge(operation) = &request.operation else { panic!("another operation") };
        Ok(operation.challenge_responses.clone().expect("entries"))
    }

    #[test]
    fn the_proof_covers_the_user_id_and_the_answer_has_the_user_name() {
        let handshake =
            Credentials::new("eu-west-1_Ab12", "secret").into_handshake(&Context::default()).expect("random bytes");
        let block = ("SECRET_BLOCK", "YmxvY2s=");
        let both = entries(&handshake, "name", &[block, ("USER_ID_FOR_SRP", "id")]).expect("entries");
        assert_eq!(both["USERNAME"], "name");
        let alone = entries(&handshake, "id", &[block]).expect("entries");
        assert_eq!(both["PASSWORD_CLAIM_SIGNATURE"], alone["PASSWORD_CLAIM_SIGNATURE"]);
        let other = entries(&handshake, "name", &[block]).expect("entries");
        assert_ne!(both["PASSWORD_CLAIM_SIGNATURE"], other["PASSWORD_CLAIM_SIGNATURE"]);
    }

    #[test]
    fn the_secret_block_is_returned_unchanged() {
        let handshake =
            Credentials::new("eu-west-1_Ab12", "secret").into_handshake(&Context::default()).expect("random bytes");
        for block in ["YmxvY2s=", "3f0c8a52-0d0f-4a43-9a2e-6f1d7f0a9d10"] {
            let entries = entries(&handshake, "alice", &[("SECRET_BLOCK", block)]).expect("entries");
            assert_eq!(entries["PASSWORD_CLAIM_SECRET_BLOCK"], block);
        }
        for missing in [&[][..], &[("SECRET_BLOCK", "")]] {
            let error = entries(&handshake, "alice", missing).expect_err("no secret block");
            assert!(error.to_string().contains("its SECRET_BLOCK is missing"), "{error}");
        }
    }

    #[test]
    fn timestamps() {
        for (seconds, text) in [
            (0, "Thu Jan 1 00:00:00 UTC 1970"),
            (784_111_777, "Sun Nov 6 08:49:37 UTC 1994"),
            (1_795_344_000, "Sun Nov 22 10:40:00 UTC 2026"),
            (951_827_696, "Tue Feb 29 12:34:56 UTC 2000"),
            (u64::MAX >> 4, "Fri Dec 31 23:59:59 UTC 9999"),
        ] {
            let time = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
            assert_eq!(timestamp(time.expect("a time")), text);
        }
        assert_eq!(timestamp(SystemTime::UNIX_EPOCH - Duration::from_secs(1)), "Thu Jan 1 00:00:00 UTC 1970");
    }

    #[test]
    fn user_pool_ids() {
        for wrong in
            ["", "eu-west-1", "_Ab12", "eu-west-1_", " eu-west-1_Ab12", "eu-west-1_Ab12\n", "arn:eu-west-1_Ab12"]
        {
            let error = Credentials::new(wrong, "secret")
                .into_handshake(&Context::default())
                .map(|_| ())
                .expect_err("an invalid id");
            assert_eq!(error.to_string(), "the user pool id must have the form `eu-west-1_Ab12Cd34`");
        }
        assert!(
            Credentials::new("eu-west-1_Ab12_x", "secret")
                .into_handshake(&Context::default())
                .is_ok_and(|it| matches!(it.prover, Prover::User { pool_name, .. } if pool_name == "Ab12_x"))
        );
    }
}

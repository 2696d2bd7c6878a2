//! A password, and the proof that one knows it.

use super::context::Context;
use super::machine::Answer;
use super::srp::{Challenge, Handshake};
use crate::operations::{ChallengeNameType, RespondToAuthChallenge};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognito_op::Error;
use std::time::{Duration, SystemTime};
use zeroize::Zeroizing;

/// A password that does not leave this program, and the pool that it is for.
pub(super) struct Credentials {
    user_pool_id: String,
    password: Zeroizing<String>,
}

impl Credentials {
    pub(super) fn new(user_pool_id: impl Into<String>, password: impl Into<String>) -> Self {
        Self { user_pool_id: user_pool_id.into(), password: Zeroizing::new(password.into()) }
    }

    pub(super) fn begin(self) -> Result<Handshaking, Error> {
        let pool_name = match self.user_pool_id.split_once('_') {
            Some((region, name)) if !region.is_empty() && !name.is_empty() => name.to_owned(),
            _ => return Err(Error::misconfigured("the user pool's id must be like `eu-west-1_Ab12Cd34`")),
        };
        let handshake = Handshake::random()
            .map_err(|error| Error::misconfigured(format!("the operating system gives no random bytes: {error}")))?;
        Ok(Handshaking { handshake, pool_name, password: self.password })
    }
}

/// A handshake that waits for the service's half.
pub(super) struct Handshaking {
    handshake: Handshake,
    pool_name: String,
    password: Zeroizing<String>,
}

impl Handshaking {
    /// `SRP_A`.
    pub(super) fn public(&self) -> String {
        self.handshake.public()
    }

    /// The response to `PASSWORD_VERIFIER`, at that time of day.
    pub(super) fn respond(
        &self,
        answer: &Answer,
        context: &Context,
        now: SystemTime,
    ) -> Result<RespondToAuthChallenge, Error> {
        let parameter = |name: &str| answer.challenge_parameters.get(name).map_or("", String::as_str);
        let secret_block = parameter("SECRET_BLOCK");
        if secret_block.is_empty() {
            return Err(answer.unreadable("there is no SECRET_BLOCK in it"));
        }
        // To a client it means nothing. The service's is Base64, that of moto is not.
        let decoded = STANDARD.decode(secret_block).unwrap_or_else(|_| secret_block.as_bytes().to_vec());
        let user_id = Some(parameter("USER_ID_FOR_SRP")).filter(|id| !id.is_empty());
        let timestamp = timestamp(now);
        let challenge = Challenge {
            pool_name: &self.pool_name,
            user_id: user_id.unwrap_or(&context.username),
            salt: parameter("SALT"),
            public: parameter("SRP_B"),
            secret_block: &decoded,
            timestamp: &timestamp,
        };
        let signature = self.handshake.sign(&self.password, &challenge).map_err(|why| answer.unreadable(why))?;
        let answers = [
            ("PASSWORD_CLAIM_SECRET_BLOCK", secret_block.to_owned()),
            ("PASSWORD_CLAIM_SIGNATURE", STANDARD.encode(signature)),
            ("TIMESTAMP", timestamp),
        ];
        Ok(context.respond(ChallengeNameType::PasswordVerifier, answer.session.clone(), answers))
    }
}

/// A time as the service wants it: `Sun Nov 6 08:49:37 UTC 1994`.
fn timestamp(time: SystemTime) -> String {
    // HTTP's dates have four digits for the year. A clock that is further off signs nobody in.
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
    use super::*;
    use crate::operations::{GlobalSignOut, InitiateAuth};
    use cognito_op::http::Response;
    use cognito_op::{Body, Config, Meta};
    use std::collections::BTreeMap;

    /// The metadata of some response.
    fn meta() -> Meta {
        let config = Config::builder().region("eu-west-1").build().expect("a configuration");
        let (_, reader) = config.prepare(&GlobalSignOut::new("a token of twenty characters")).expect("a request");
        reader.read_reply(&Response::new(Body::from("{}"))).expect("a reply").meta
    }

    /// The answers to a challenge with those parameters, beside a salt and a public value.
    fn answers(
        handshaking: &Handshaking,
        username: &str,
        parameters: &[(&str, &str)],
    ) -> Result<BTreeMap<String, String>, Error> {
        let mut answer = Answer::new::<InitiateAuth>(meta());
        let all = [("SALT", "5a17"), ("SRP_B", "b0b")].iter().chain(parameters);
        answer.challenge_parameters = all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let request = handshaking.respond(&answer, &Context::of(username), SystemTime::UNIX_EPOCH)?;
        Ok(request.challenge_responses.expect("answers"))
    }

    /// The proof is over the user's id, and the answer in the user's name, where the service says both.
    #[test]
    fn the_name_and_the_id() {
        let handshaking = Credentials::new("eu-west-1_Ab12", "secret").begin().expect("random bytes");
        let block = ("SECRET_BLOCK", "YmxvY2s=");
        let both = answers(&handshaking, "name", &[block, ("USER_ID_FOR_SRP", "id")]).expect("answers");
        assert_eq!(both["USERNAME"], "name");
        let alone = answers(&handshaking, "id", &[block]).expect("answers");
        assert_eq!(both["PASSWORD_CLAIM_SIGNATURE"], alone["PASSWORD_CLAIM_SIGNATURE"]);
        let other = answers(&handshaking, "name", &[block]).expect("answers");
        assert_ne!(both["PASSWORD_CLAIM_SIGNATURE"], other["PASSWORD_CLAIM_SIGNATURE"]);
    }

    #[test]
    fn any_secret_block_goes_back_as_it_came() {
        let handshaking = Credentials::new("eu-west-1_Ab12", "secret").begin().expect("random bytes");
        for block in ["YmxvY2s=", "3f0c8a52-0d0f-4a43-9a2e-6f1d7f0a9d10"] {
            let answers = answers(&handshaking, "alice", &[("SECRET_BLOCK", block)]).expect("answers");
            assert_eq!(answers["PASSWORD_CLAIM_SECRET_BLOCK"], block);
        }
        for none in [&[][..], &[("SECRET_BLOCK", "")]] {
            let error = answers(&handshaking, "alice", none).expect_err("there is none");
            assert!(error.to_string().contains("there is no SECRET_BLOCK in it"), "{error}");
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
    fn the_id_of_a_pool() {
        for wrong in ["", "eu-west-1", "_Ab12", "eu-west-1_"] {
            let error = Credentials::new(wrong, "secret").begin().map(|_| ()).expect_err("no pool has that id");
            assert_eq!(error.to_string(), "the user pool's id must be like `eu-west-1_Ab12Cd34`");
        }
        assert!(Credentials::new("eu-west-1_Ab12_x", "secret").begin().is_ok_and(|begun| begun.pool_name == "Ab12_x"));
    }
}

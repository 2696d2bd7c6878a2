//! Calls with an id, which the request and the response contain.

use crate::resend::{ResendConfirmationCode, ResendConfirmationCodeResponse};
use crate::server::Received;
use cognito_op::{Client, Error, blocking, cognito_op, cognito_shape};

/// An idempotent operation. The token contains the id.
#[cognito_op(target = "GetUser")]
pub struct GetUser {
    /// The access token.
    pub access_token: String,
}

/// The response of `GetUser`.
#[cognito_shape]
pub struct GetUserResponse {
    /// The user's name.
    pub username: String,
}

/// The operation of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `GetUser`, which is idempotent.
    Safe,
    /// `ResendConfirmationCode`, which is not idempotent.
    Unsafe,
}

impl Kind {
    /// Calls the operation, and returns the id in the response.
    ///
    /// # Errors
    ///
    /// Returns the error of the call.
    ///
    /// # Panics
    ///
    /// If the response has no id.
    pub async fn call(self, client: &Client, id: usize) -> Result<usize, Error> {
        let answer = match self {
            Self::Safe => Self::get_user(id).send(client).await?.username,
            Self::Unsafe => destination(Self::resend(id).send(client).await?),
        };
        Ok(number(&answer).expect("an id"))
    }

    /// Calls the operation with the blocking client, and returns the id in the response.
    ///
    /// # Errors
    ///
    /// Returns the error of the call.
    ///
    /// # Panics
    ///
    /// If the response has no id.
    pub fn call_blocking(self, client: &blocking::Client, id: usize) -> Result<usize, Error> {
        let answer = match self {
            Self::Safe => Self::get_user(id).send_blocking(client)?.username,
            Self::Unsafe => destination(Self::resend(id).send_blocking(client)?),
        };
        Ok(number(&answer).expect("an id"))
    }

    fn get_user(id: usize) -> GetUser {
        GetUser::new(format!("id-{id}"))
    }

    fn resend(id: usize) -> ResendConfirmationCode {
        ResendConfirmationCode::new("1example23456789", format!("id-{id}"))
    }
}

/// The operation and the id of a request.
#[must_use]
pub fn call_of(request: &Received) -> (Kind, usize) {
    let body = request.json();
    let safe = body["AccessToken"].as_str().and_then(number).map(|id| (Kind::Safe, id));
    let call = safe.or_else(|| body["Username"].as_str().and_then(number).map(|id| (Kind::Unsafe, id)));
    call.expect("one of the calls")
}

/// A response that contains the id.
#[must_use]
pub fn echo((kind, id): (Kind, usize)) -> Vec<u8> {
    let body = match kind {
        Kind::Safe => format!(r#"{{"Username":"id-{id}"}}"#),
        Kind::Unsafe => format!(r#"{{"CodeDeliveryDetails":{{"Destination":"id-{id}"}}}}"#),
    };
    crate::server::answer("200 OK", "", &body)
}

fn destination(answer: ResendConfirmationCodeResponse) -> String {
    answer.code_delivery_details.and_then(|details| details.destination).expect("an id")
}

fn number(id: &str) -> Option<usize> {
    id.strip_prefix("id-")?.parse().ok()
}

/// A pseudorandom number generator (`SplitMix64`) with that seed.
pub struct Random(pub u64);

impl Random {
    /// Returns the next number, which is less than `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) % end
    }
}

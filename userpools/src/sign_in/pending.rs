//! A challenge that waits for its answer, and what all of them have in common.

use super::context::Context;
use super::machine::{Answer, Message, Turn};
use super::password::Handshaking;
use super::refused::Refused;
use super::step::{Step, follow};
use crate::operations::{ChallengeNameType, RespondToAuthChallenge};
use cognito_op::{Error, Operation as _};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// How many parameters of a challenge are shown by their names.
const MOST_SHOWN: usize = 16;

/// A name as the service gives them; whatever else may stand in its place is not shown.
fn shown(name: &str) -> &str {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if name.len() <= 64 && name.bytes().all(is_plain) { name } else { "…" }
}

/// A challenge as the service has sent it, and the sign-in that it belongs to.
pub(super) struct Pending {
    pub(super) name: ChallengeNameType,
    pub(super) parameters: BTreeMap<String, String>,
    pub(super) available: Vec<ChallengeNameType>,
    pub(super) session: Option<String>,
    pub(super) context: Context,
}

impl Pending {
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).map(String::as_str)
    }

    /// A parameter that is a list in JSON.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        let list: Option<Vec<Value>> = self.parameter(name).and_then(|list| serde_json::from_str(list).ok());
        // What is no text among them is no reason to lose the others.
        list.into_iter().flatten().filter_map(|entry| entry.as_str().map(str::to_owned)).collect()
    }

    pub(super) fn challenges(&self, name: &str) -> Vec<ChallengeNameType> {
        self.list(name).into_iter().map(ChallengeNameType::from).collect()
    }

    pub(super) fn respond(
        &self,
        answers: impl IntoIterator<Item = (impl Into<String>, String)>,
    ) -> RespondToAuthChallenge {
        self.context.respond(self.name.clone(), self.session.clone(), answers)
    }

    /// The name of the challenge and of what came with it, but no value.
    pub(super) fn show(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parameters: Vec<&str> = self.parameters.keys().take(MOST_SHOWN).map(|key| shown(key)).collect();
        f.debug_struct(name)
            .field("name", &shown(self.name.as_str()))
            .field("parameters", &parameters)
            .finish_non_exhaustive()
    }
}

/// What comes of answering a challenge.
pub(super) type Answered<C> = Result<Step, Refused<C>>;

/// What can be answered.
pub(super) trait Challenge: Send + Sized + 'static {
    fn into_context(self) -> Context;
}

/// Sends a response; where it is refused the challenge comes back.
pub(super) fn answered<C: Challenge>(challenge: C, request: RespondToAuthChallenge) -> Turn<Answered<C>> {
    answered_with(challenge, request, None)
}

pub(super) fn answered_with<C: Challenge>(
    challenge: C,
    request: RespondToAuthChallenge,
    handshake: Option<Handshaking>,
) -> Turn<Answered<C>> {
    let then = move |answer: Result<Answer, Error>| match answer {
        Ok(answer) => on(follow(Ok(answer), challenge.into_context(), handshake.as_ref())),
        Err(error) => Turn::Done(Err(Refused::new(error, challenge))),
    };
    Turn::send(Message::Respond(request), then)
}

/// What follows on an answer that was taken; from there the challenge cannot come back.
fn on<C: 'static>(turn: Turn<Result<Step, Error>>) -> Turn<Answered<C>> {
    match turn {
        Turn::Send(message, then) => Turn::Send(message, Box::new(|answer| on(then(answer)))),
        Turn::Done(outcome) => Turn::Done(outcome.map_err(Refused::finally)),
    }
}

/// An answer that could not be made.
pub(super) fn unsent<C>(error: Error, challenge: C) -> Turn<Answered<C>> {
    Turn::Done(Err(Refused::new(error.for_operation(RespondToAuthChallenge::NAME), challenge)))
}

/// Declares challenges: what they hold is the same.
macro_rules! challenges {
    ($($(#[$doc:meta])+ $name:ident)+) => {$(
        $(#[$doc])+
        #[must_use = "a sign-in goes on when its challenge is answered"]
        pub struct $name(Box<Pending>);

        impl From<Box<Pending>> for $name {
            fn from(pending: Box<Pending>) -> Self {
                Self(pending)
            }
        }

        impl Challenge for $name {
            fn into_context(self) -> Context {
                self.0.context
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.show(stringify!($name), f)
            }
        }
    )+};
}

/// A method that answers, for either client.
macro_rules! answers {
    ($(#[$doc:meta])+ $name:ident, $blocking:ident($self:ident $(, $argument:ident: $type:ty)*)
        -> Result<$output:ty, Refused<Self>> $turn:block) => {
        $(#[$doc])+
        pub fn $name($self, client: &Client $(, $argument: $type)*) -> Advancing<'_, Result<$output, Refused<Self>>> {
            Advancing::new(client, $turn)
        }

        $(#[$doc])+
        ///
        /// It blocks.
        ///
        /// # Errors
        ///
        /// Why it did not lead on, and the challenge where it can be answered again.
        pub fn $blocking($self, client: &blocking::Client $(, $argument: $type)*) -> Result<$output, Refused<Self>> {
            drive_blocking(client, $turn)
        }
    };
}

macro_rules! into_other {
    ($($name:ident)+) => {$(
        impl $name {
            /// The challenge with what the service has sent.
            ///
            /// ```
            #[doc = concat!("use cognito_userpools::sign_in::", stringify!($name), ";")]
            ///
            /// /// What is kept of it until the next request of a web server.
            #[doc = concat!("fn kept(challenge: ", stringify!($name), ") -> (String, Option<String>) {")]
            ///     let challenge = challenge.into_other();
            ///     (challenge.username().to_owned(), challenge.session().map(str::to_owned))
            /// }
            /// ```
            pub fn into_other(self) -> OtherChallenge {
                OtherChallenge::from(self.0)
            }
        }

        impl From<$name> for Step {
            fn from(challenge: $name) -> Self {
                Self::of(challenge.0)
            }
        }
    )+};
}

pub(super) use {answers, challenges, into_other};

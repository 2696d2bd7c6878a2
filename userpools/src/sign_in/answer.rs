//! Answers to challenges.

use super::answer_error::AnswerError;
use super::challenge::{
    ChallengeData, CodeChallenge, CustomChallenge, MfaSetupChallenge, NewPasswordChallenge, PasswordChallenge,
    PasswordSrpChallenge, SelectChallenge, SelectMfaTypeChallenge, WebAuthnChallenge,
};
use super::context::Context;
use super::factor::FirstFactor;
use super::kept::KeptChallenge;
use super::machine::{Request, Response, StepFuture, Transition, drive_blocking};
use super::password::{Credentials, SrpHandshake, is_password_empty};
use super::step::{Step, next_step};
use crate::operations::ChallengeNameType;
use cognito_op::{Client, Error, blocking};

pub(super) type AnswerResult<C> = Result<Step, AnswerError<C>>;

/// A challenge with the context of its sign-in.
pub(super) trait HasContext: Into<Context> + AsMut<Context> + Send + 'static {}

impl<C: Into<Context> + AsMut<Context> + Send + 'static> HasContext for C {}

impl ChallengeData {
    pub(super) fn respond(&self, responses: impl IntoIterator<Item = (impl Into<String>, String)>) -> Request {
        self.context.respond(self.name.clone(), self.session.clone(), responses)
    }
}

/// Sends an answer. If the service rejects it, the error contains the challenge.
pub(super) fn answer<C: HasContext>(challenge: C, request: Request) -> Transition<AnswerResult<C>> {
    answer_with(challenge, request, None)
}

fn answer_with<C: HasContext>(
    mut challenge: C,
    mut request: Request,
    handshake: Option<SrpHandshake>,
) -> Transition<AnswerResult<C>> {
    request.empty_password = is_password_empty(handshake.as_ref());
    let then = move |response: Result<Response, Error>| match response {
        // From here on, errors do not contain the challenge.
        Ok(response) => next_step(Ok(response), challenge.into(), handshake)
            .and_then(|outcome| Transition::Done(outcome.map_err(AnswerError::fatal))),
        Err(error) if challenge.as_mut().forget_device(&error) => {
            Transition::Done(Err(AnswerError::retryable(error, challenge)))
        }
        Err(error) => Transition::Done(Err(AnswerError::new(error, challenge))),
    };
    Transition::send(request, then)
}

/// Ends with an error that occurred before the answer could be sent.
fn not_sent<C>(error: Error, operation: &'static str, challenge: C) -> Transition<AnswerResult<C>> {
    Transition::Done(Err(AnswerError::new(error.for_operation(operation), challenge)))
}

/// Declares a method that answers, for both clients.
macro_rules! answers {
    ($(#[$doc:meta])+ $name:ident, $blocking:ident($self:ident $(, $argument:ident: $type:ty)*)
        -> Result<$output:ty, AnswerError<Self>> $transition:block) => {
        $(#[$doc])+
        pub fn $name(
            $self, client: &Client $(, $argument: $type)*
        ) -> StepFuture<'_, Result<$output, AnswerError<Self>>> {
            StepFuture::new(client, $transition)
        }

        $(#[$doc])+
        ///
        /// Blocks until the response arrives.
        ///
        /// # Errors
        ///
        /// Returns the error of the request, with the challenge if it can be answered again.
        pub fn $blocking(
            $self, client: &blocking::Client $(, $argument: $type)*
        ) -> Result<$output, AnswerError<Self>> {
            drive_blocking(client, $transition)
        }
    };
}
pub(super) use answers;

impl CodeChallenge {
    answers! {
        /// Answers with the code.
        answer, answer_blocking(self, code: impl Into<String>) -> Result<Step, AnswerError<Self>> {
            let key = format!("{}_CODE", self.0.name);
            let request = self.0.respond([(key, code.into())]);
            answer(self, request)
        }
    }
}

impl NewPasswordChallenge {
    answers! {
        /// Answers with a new password.
        answer, answer_blocking(self, new_password: impl Into<String>) -> Result<Step, AnswerError<Self>> {
            let request = self.0.respond([("NEW_PASSWORD", new_password.into())]);
            answer(self, request)
        }
    }

    answers! {
        /// Answers with a new password and with attributes, given as pairs of name and value.
        answer_with_attributes, answer_with_attributes_blocking(
            self,
            new_password: impl Into<String>,
            attributes: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>
        ) -> Result<Step, AnswerError<Self>> {
            let attributes = attributes
                .into_iter()
                .map(|(name, value)| (format!("userAttributes.{}", name.into()), value.into()));
            let password = [("NEW_PASSWORD".to_owned(), new_password.into())];
            let request = self.0.respond(password.into_iter().chain(attributes));
            answer(self, request)
        }
    }
}

impl MfaSetupChallenge {
    answers! {
        /// Sets up codes by email with an email address. The next step is [`EmailOtp`](Step::EmailOtp), for the code
        /// that the service sends to the address.
        ///
        /// AWS Amplify answers in the same way. The documentation of the API does not mention this answer: according to
        /// it, the program sets the user's attribute `email` and starts the sign-in again.
        email, email_blocking(self, address: impl Into<String>) -> Result<Step, AnswerError<Self>> {
            let request = self.0.respond([("EMAIL", address.into())]);
            answer(self, request)
        }
    }
}

impl SelectMfaTypeChallenge {
    answers! {
        /// Selects a second factor.
        select, select_blocking(self, factor: ChallengeNameType) -> Result<Step, AnswerError<Self>> {
            let request = self.0.respond([("ANSWER", factor.as_str().to_owned())]);
            answer(self, request)
        }
    }
}

impl SelectChallenge {
    fn selection(self, factor: FirstFactor) -> Transition<AnswerResult<Self>> {
        let name = factor.name().as_str().to_owned();
        match factor.into_entries(&self.0.context) {
            Ok((entries, handshake)) => {
                let request = self.0.respond(entries.into_iter().chain([("ANSWER", name)]));
                answer_with(self, request, handshake)
            }
            Err(error) => not_sent(error, self.0.context.respond_name(), self),
        }
    }

    answers! {
        /// Selects a first factor.
        select, select_blocking(self, factor: FirstFactor) -> Result<Step, AnswerError<Self>> {
            if factor.is_srp() {
                Transition::Compute(self.0.context.offload.clone(), Box::new(|| self.selection(factor)))
            } else {
                self.selection(factor)
            }
        }
    }
}

impl PasswordChallenge {
    answers! {
        /// Answers with the password.
        answer, answer_blocking(self, password: impl Into<String>) -> Result<Step, AnswerError<Self>> {
            let request = self.0.respond([("PASSWORD", password.into())]);
            answer(self, request)
        }
    }
}

impl PasswordSrpChallenge {
    answers! {
        /// Proves the password with SRP. The user pool id has the form `eu-west-1_Ab12Cd34`.
        answer, answer_blocking(
            self,
            user_pool_id: impl Into<String>,
            password: impl Into<String>
        ) -> Result<Step, AnswerError<Self>> {
            let credentials = Credentials::new(user_pool_id, password);
            let offload = self.0.context.offload.clone();
            let work = || match credentials.into_handshake(&self.0.context) {
                Ok(handshake) => {
                    let request = self.0.respond([("SRP_A", handshake.public())]);
                    answer_with(self, request, Some(handshake))
                }
                Err(error) => not_sent(error, self.0.context.respond_name(), self),
            };
            Transition::Compute(offload, Box::new(work))
        }
    }
}

impl WebAuthnChallenge {
    answers! {
        /// Answers with the credential from the browser or operating system: an
        /// [`AuthenticationResponse`](crate::passkeys::AuthenticationResponse), or its JSON, which is not checked.
        answer, answer_blocking(self, credential: impl Into<String>) -> Result<Step, AnswerError<Self>> {
            let request = self.0.respond([("CREDENTIAL", credential.into())]);
            answer(self, request)
        }
    }
}

impl CustomChallenge {
    answers! {
        /// Answers with a text that the Lambda trigger of the pool verifies.
        answer, answer_blocking(self, text: impl Into<String>) -> Result<Step, AnswerError<Self>> {
            let request = self.0.respond([("ANSWER", text.into())]);
            answer(self, request)
        }
    }
}

impl KeptChallenge {
    answers! {
        /// Answers with entries of `ChallengeResponses`. The user name and the secret hash are added.
        answer, answer_blocking(
            self,
            responses: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>
        ) -> Result<Step, AnswerError<Self>> {
            let responses = responses.into_iter().map(|(name, value)| (name, value.into()));
            let request = self.0.respond(responses);
            answer(self, request)
        }
    }
}

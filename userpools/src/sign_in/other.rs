//! A challenge as it came.

use super::context::{Context, context_setters};
use super::machine::{Advancing, drive_blocking};
use super::pending::{Challenge, Pending, answered, answers, challenges};
use super::refused::Refused;
use super::step::Step;
use crate::operations::ChallengeNameType;
use cognito_op::{Client, blocking};
use std::collections::BTreeMap;
use std::fmt;

challenges! {
    /// A challenge with what the service has sent: one that has no type of its own, or one that is kept for later.
    ///
    /// A program that forgets everything between two requests of its own keeps the parts, and puts them together again:
    ///
    /// ```
    /// use cognito_userpools::sign_in::{OtherChallenge, Step};
    /// use cognito_userpools::operations::ChallengeNameType;
    /// use std::collections::BTreeMap;
    ///
    /// struct Kept {
    ///     name: String,
    ///     username: String,
    ///     session: Option<String>,
    ///     parameters: BTreeMap<String, String>,
    ///     available: Vec<String>,
    /// }
    ///
    /// fn keep(challenge: OtherChallenge) -> Kept {
    ///     Kept {
    ///         name: challenge.name().to_string(),
    ///         username: challenge.username().to_owned(),
    ///         session: challenge.session().map(str::to_owned),
    ///         parameters: challenge.parameters().clone(),
    ///         available: challenge.available_challenges().iter().map(ToString::to_string).collect(),
    ///     }
    /// }
    ///
    /// fn go_on(kept: Kept) -> Step {
    ///     let available: Vec<_> = kept.available.into_iter().map(ChallengeNameType::from).collect();
    ///     let mut challenge = OtherChallenge::new(kept.name, kept.username)
    ///         .with_parameters(kept.parameters)
    ///         .with_available_challenges(available);
    ///     if let Some(session) = kept.session {
    ///         challenge = challenge.with_session(session);
    ///     }
    ///     challenge.into_step()
    /// }
    /// ```
    ///
    /// What the program itself has said of the sign-in, such as [`client_metadata`](Self::client_metadata), it says again.
    OtherChallenge
}

impl OtherChallenge {
    /// A challenge of that name, for the user of that name in the pool.
    pub fn new(name: impl Into<ChallengeNameType>, username: impl Into<String>) -> Self {
        Self(Box::new(Pending {
            name: name.into(),
            parameters: BTreeMap::new(),
            available: Vec::new(),
            session: None,
            context: Context::of(username),
        }))
    }

    /// With the session that it came with.
    pub fn with_session(mut self, session: impl Into<String>) -> Self {
        self.0.session = Some(session.into());
        self
    }

    /// With the parameters that it came with.
    pub fn with_parameters(mut self, parameters: impl Into<BTreeMap<String, String>>) -> Self {
        self.0.parameters = parameters.into();
        self
    }

    /// With the challenges that the user can choose from.
    pub fn with_available_challenges(mut self, challenges: impl Into<Vec<ChallengeNameType>>) -> Self {
        self.0.available = challenges.into();
        self
    }

    context_setters!(0.context);

    /// The name of the challenge.
    #[must_use]
    pub fn name(&self) -> &ChallengeNameType {
        &self.0.name
    }

    /// The name that the user has in the pool.
    #[must_use]
    pub fn username(&self) -> &str {
        &self.0.context.username
    }

    /// The session. Whoever has it can answer the challenge.
    #[must_use]
    pub fn session(&self) -> Option<&str> {
        self.0.session.as_deref()
    }

    /// What came with it.
    #[must_use]
    pub fn parameters(&self) -> &BTreeMap<String, String> {
        &self.0.parameters
    }

    /// The challenges that the user can choose from.
    #[must_use]
    pub fn available_challenges(&self) -> &[ChallengeNameType] {
        &self.0.available
    }

    /// The step that it is.
    #[must_use]
    pub fn into_step(self) -> Step {
        Step::of(self.0)
    }

    answers! {
        /// Answers with `ChallengeResponses`, to which the user's name and the secret hash are added.
        answer, answer_blocking(
            self,
            responses: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>
        ) -> Result<Step, Refused<Self>> {
            let responses = responses.into_iter().map(|(name, value)| (name, value.into()));
            let request = self.0.respond(responses);
            answered(self, request)
        }
    }
}

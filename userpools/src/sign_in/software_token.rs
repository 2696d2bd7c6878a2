//! The setup of an authenticator app during a sign-in.

use super::answer::{AnswerResult, answer, answers};
use super::answer_error::AnswerError;
use super::challenge::{ChallengeData, MfaSetupChallenge};
use super::context::Context;
use super::kept::KeptChallenge;
use super::machine::{Request, Response, StepFuture, Transition, drive_blocking};
use super::step::Step;
use crate::operations::{AssociateSoftwareToken, VerifySoftwareToken, VerifySoftwareTokenResponseType};
use cognito_op::{Client, Error, blocking};
use std::fmt;
use zeroize::Zeroizing;

impl MfaSetupChallenge {
    /// Resumes a setup whose challenge was stored with [`SoftwareTokenSetup::into_kept`]. `secret_code` is the setup's
    /// secret.
    ///
    /// ```
    /// use cognito_userpools::sign_in::{KeptChallenge, Step};
    ///
    /// let stored = KeptChallenge::new("MFA_SETUP", "alice").with_session("the session");
    /// let Step::MfaSetup(challenge) = stored.into_step() else { panic!("another challenge") };
    /// let setup = challenge.with_secret_code("ABCDEFGHIJKLMNOP");
    /// assert_eq!((setup.username(), setup.secret_code()), ("alice", "ABCDEFGHIJKLMNOP"));
    /// ```
    pub fn with_secret_code(self, secret_code: impl Into<String>) -> SoftwareTokenSetup {
        SoftwareTokenSetup {
            challenge: self.0,
            secret_code: Zeroizing::new(secret_code.into()),
            device_name: None,
            verified: false,
        }
    }

    answers! {
        /// Starts the setup of an authenticator app: requests the secret that the app shares with the pool.
        ///
        /// For codes by email, see [`email`](Self::email). Codes by SMS cannot be set up during a sign-in: the program
        /// sets the user's phone number and starts the sign-in again.
        software_token, software_token_blocking(self) -> Result<SoftwareTokenSetup, AnswerError<Self>> {
            let mut request = AssociateSoftwareToken::new();
            request.session.clone_from(&self.0.session);
            let then = move |response: Result<Response, Error>| {
                Transition::Done(match response {
                    Ok(mut response) => match response.secret_code.take() {
                        Some(secret_code) => {
                            let mut challenge = self;
                            challenge.0.session = response.session.or(challenge.0.session);
                            Ok(challenge.with_secret_code(secret_code))
                        }
                        None => Err(AnswerError::fatal(response.unreadable("it contains no secret code"))),
                    },
                    Err(error) => Err(AnswerError::new(error, self)),
                })
            };
            Transition::send(Request::new(request, None), then)
        }
    }
}

/// The setup of an authenticator app during a sign-in, after the service has created the secret.
///
/// ```
/// use cognito_userpools::sign_in::{SoftwareTokenSetup, Step};
/// use cognito_userpools::{Client, Error};
///
/// /// Shows the URI for the authenticator app and verifies its first code.
/// async fn verify(
///     client: &Client,
///     setup: SoftwareTokenSetup,
///     ask: impl Fn(&str) -> String,
/// ) -> Result<Step, Error> {
///     let uri =
///         format!("otpauth://totp/Example:{}?secret={}", setup.username(), setup.secret_code());
///     let code = ask(&uri);
///     Ok(setup.friendly_device_name("phone").verify(client, code).await?)
/// }
/// ```
#[must_use = "the sign-in continues when the setup is verified"]
pub struct SoftwareTokenSetup {
    challenge: Box<ChallengeData>,
    secret_code: Zeroizing<String>,
    device_name: Option<String>,
    /// Whether the service has accepted a code, so that only the challenge remains to be answered.
    verified: bool,
}

impl SoftwareTokenSetup {
    /// Returns the secret that the app shares with the pool, in Base32.
    #[must_use]
    pub fn secret_code(&self) -> &str {
        &self.secret_code
    }

    /// Returns the user name in the pool.
    #[must_use]
    pub fn username(&self) -> &str {
        &self.challenge.context.username
    }

    /// Converts the setup into the challenge `MFA_SETUP`, with the session of the setup, to be stored. The setup is
    /// resumed with [`MfaSetupChallenge::with_secret_code`].
    ///
    /// ```
    /// use cognito_userpools::sign_in::{SoftwareTokenSetup, Step};
    ///
    /// # fn store(setup: SoftwareTokenSetup) {
    /// let secret_code = setup.secret_code().to_owned();
    /// let stored = setup.into_kept();
    /// // Later:
    /// if let Step::MfaSetup(challenge) = stored.into_step() {
    ///     let setup = challenge.with_secret_code(secret_code);
    /// }
    /// # }
    /// ```
    pub fn into_kept(self) -> KeptChallenge {
        KeptChallenge::from(self.challenge)
    }

    /// Sets a name for the device with the app.
    pub fn friendly_device_name(mut self, name: impl Into<String>) -> Self {
        self.device_name = Some(name.into());
        self
    }

    answers! {
        /// Verifies a code from the app and continues the sign-in. If the service has accepted an earlier code and only
        /// the following request failed, that request is sent again and the code is not used.
        verify, verify_blocking(self, user_code: impl Into<String>) -> Result<Step, AnswerError<Self>> {
            let mut user_code = Zeroizing::new(user_code.into());
            if self.verified {
                self.continue_sign_in()
            } else {
                let mut request = VerifySoftwareToken::new(std::mem::take(&mut *user_code));
                request.session.clone_from(&self.challenge.session);
                request.friendly_device_name.clone_from(&self.device_name);
                Transition::send(Request::new(request, None), move |response| self.after_verification(response))
            }
        }
    }

    fn continue_sign_in(self) -> Transition<AnswerResult<Self>> {
        let request = self.challenge.respond(std::iter::empty::<(&str, String)>());
        answer(self, request)
    }

    fn after_verification(mut self, response: Result<Response, Error>) -> Transition<AnswerResult<Self>> {
        let mut response = match response {
            Ok(response) => response,
            Err(error) => return Transition::Done(Err(AnswerError::new(error, self))),
        };
        if let Some(session) = response.session.take() {
            self.challenge.session = Some(session);
        }
        match response.status {
            Some(VerifySoftwareTokenResponseType::Success) | None => {
                self.verified = true;
                self.continue_sign_in()
            }
            Some(_) => {
                let error = response.unreadable("its status is not SUCCESS: the code was not accepted");
                Transition::Done(Err(AnswerError::retryable(error, self)))
            }
        }
    }
}

impl From<SoftwareTokenSetup> for Context {
    fn from(setup: SoftwareTokenSetup) -> Self {
        setup.challenge.context
    }
}

impl AsMut<Context> for SoftwareTokenSetup {
    fn as_mut(&mut self) -> &mut Context {
        &mut self.challenge.context
    }
}

impl fmt::Debug for SoftwareTokenSetup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SoftwareTokenSetup").field("verified", &self.verified).finish_non_exhaustive()
    }
}

//! An authenticator app that is set up on the way.

use super::context::Context;
use super::machine::{Advancing, Answer, Message, Turn, drive_blocking};
use super::other::OtherChallenge;
use super::pending::{Answered, Challenge, Pending, answered, answers, challenges, into_other};
use super::refused::Refused;
use super::step::Step;
use crate::operations::{
    AssociateSoftwareToken, ChallengeNameType, VerifySoftwareToken, VerifySoftwareTokenResponseType,
};
use cognito_op::{Client, Error, blocking};
use std::fmt;
use zeroize::Zeroizing;

challenges! {
    /// `MFA_SETUP`: a second factor has to be set up.
    ///
    /// ```
    /// # use cognito_userpools::sign_in::{MfaSetupChallenge, Step};
    /// # async fn set_up(client: &cognito_userpools::Client, challenge: MfaSetupChallenge) -> Result<Step, cognito_userpools::Error> {
    /// println!("the pool allows {:?}", challenge.available());
    /// let setup = challenge.software_token(client).await?;
    /// println!("enter this in the authenticator app: {}", setup.secret_code());
    /// let step = setup.verify(client, "123456").await?;
    /// # Ok(step)
    /// # }
    /// ```
    MfaSetupChallenge
}

into_other! { MfaSetupChallenge }

impl MfaSetupChallenge {
    /// Goes on where the secret was had before, and the challenge was kept in between; see
    /// [`SoftwareTokenSetup::into_other`].
    ///
    /// ```
    /// use cognito_userpools::sign_in::{OtherChallenge, Step};
    ///
    /// let kept = OtherChallenge::new("MFA_SETUP", "alice").with_session("the session");
    /// let Step::MfaSetup(challenge) = kept.into_step() else { panic!("it is what it was") };
    /// let setup = challenge.with_secret_code("ABCDEFGHIJKLMNOP");
    /// assert_eq!((setup.username(), setup.secret_code()), ("alice", "ABCDEFGHIJKLMNOP"));
    /// ```
    pub fn with_secret_code(self, secret_code: impl Into<String>) -> SoftwareTokenSetup {
        SoftwareTokenSetup {
            pending: self.0,
            secret_code: Zeroizing::new(secret_code.into()),
            device_name: None,
            verified: false,
        }
    }

    /// The second factors that the pool allows.
    #[must_use]
    pub fn available(&self) -> Vec<ChallengeNameType> {
        self.0.challenges("MFAS_CAN_SETUP")
    }

    answers! {
        /// Begins to set up an authenticator app.
        ///
        /// For codes by SMS or email nothing can be set up here: the user needs a phone number or an email address, and signs in
        /// again.
        software_token, software_token_blocking(self) -> Result<SoftwareTokenSetup, Refused<Self>> {
            let mut request = AssociateSoftwareToken::new();
            request.session.clone_from(&self.0.session);
            let then = move |answer: Result<Answer, Error>| {
                Turn::Done(match answer {
                    Ok(mut answer) => match answer.secret_code.take() {
                        Some(secret_code) => {
                            let mut pending = self.0;
                            pending.session = answer.session.or(pending.session);
                            let secret_code = Zeroizing::new(secret_code);
                            Ok(SoftwareTokenSetup { pending, secret_code, device_name: None, verified: false })
                        }
                        None => Err(Refused::finally(answer.unreadable("there is no secret in it"))),
                    },
                    Err(error) => Err(Refused::new(error, self)),
                })
            };
            Turn::send(Message::Associate(request), then)
        }
    }
}

/// An authenticator app that is being set up during a sign-in.
///
/// ```
/// use cognito_userpools::sign_in::{SoftwareTokenSetup, Step};
/// use cognito_userpools::{Client, Error};
///
/// /// Shows what the authenticator app is to scan, and goes on with its first code.
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
#[must_use = "a sign-in goes on when its challenge is answered"]
pub struct SoftwareTokenSetup {
    pending: Box<Pending>,
    secret_code: Zeroizing<String>,
    device_name: Option<String>,
    /// Whether the service has taken the code, so that only the challenge is left to be answered.
    verified: bool,
}

impl SoftwareTokenSetup {
    /// The secret that the app shares with the pool, in Base32.
    #[must_use]
    pub fn secret_code(&self) -> &str {
        &self.secret_code
    }

    /// Whose it is: the name that the user has in the pool.
    #[must_use]
    pub fn username(&self) -> &str {
        &self.pending.context.username
    }

    /// The challenge, to be kept: `MFA_SETUP`, with a session that knows of the app. It goes on with
    /// [`MfaSetupChallenge::with_secret_code`].
    ///
    /// ```
    /// use cognito_userpools::sign_in::{OtherChallenge, SoftwareTokenSetup, Step};
    ///
    /// # fn keep(setup: SoftwareTokenSetup) {
    /// let secret_code = setup.secret_code().to_owned();
    /// let kept = setup.into_other();
    /// // Later:
    /// if let Step::MfaSetup(challenge) = kept.into_step() {
    ///     let setup = challenge.with_secret_code(secret_code);
    /// }
    /// # }
    /// ```
    pub fn into_other(self) -> OtherChallenge {
        OtherChallenge::from(self.pending)
    }

    /// A name for the device that the app is on.
    pub fn friendly_device_name(mut self, name: impl Into<String>) -> Self {
        self.device_name = Some(name.into());
        self
    }

    answers! {
        /// Finishes with a code that the app shows, and goes on signing in. Where an earlier code was taken and only going on
        /// failed, the code is not looked at.
        verify, verify_blocking(self, user_code: impl Into<String>) -> Result<Step, Refused<Self>> {
            let mut user_code = Zeroizing::new(user_code.into());
            if self.verified {
                self.go_on()
            } else {
                let mut request = VerifySoftwareToken::new(std::mem::take(&mut *user_code));
                request.session.clone_from(&self.pending.session);
                request.friendly_device_name.clone_from(&self.device_name);
                Turn::send(Message::Verify(request), move |answer| self.verified(answer))
            }
        }
    }

    fn go_on(self) -> Turn<Answered<Self>> {
        let request = self.pending.respond(std::iter::empty::<(&str, String)>());
        answered(self, request)
    }

    fn verified(mut self, answer: Result<Answer, Error>) -> Turn<Answered<Self>> {
        let mut answer = match answer {
            Ok(answer) => answer,
            Err(error) => return Turn::Done(Err(Refused::new(error, self))),
        };
        if let Some(session) = answer.session.take() {
            self.pending.session = Some(session);
        }
        match answer.status {
            Some(VerifySoftwareTokenResponseType::Success) | None => {
                self.verified = true;
                self.go_on()
            }
            Some(_) => {
                let error = answer.unreadable("the code was not taken: its status is not SUCCESS");
                Turn::Done(Err(Refused::not_taken(error, self)))
            }
        }
    }
}

impl Challenge for SoftwareTokenSetup {
    fn into_context(self) -> Context {
        self.pending.context
    }
}

impl fmt::Debug for SoftwareTokenSetup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SoftwareTokenSetup").field("verified", &self.verified).finish_non_exhaustive()
    }
}

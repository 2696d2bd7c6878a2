//! The result of a request of a sign-in: tokens or a challenge.

use super::challenge::{
    ChallengeData, CodeChallenge, CustomChallenge, DebugNames, MfaSetupChallenge, NewPasswordChallenge,
    PasswordChallenge, PasswordSrpChallenge, SelectChallenge, SelectMfaTypeChallenge, WebAuthnChallenge,
};
use super::context::Context;
use super::kept::KeptChallenge;
use super::machine::{Response, Transition};
use super::password::SrpHandshake;
use super::tokens::Tokens;
use crate::operations::ChallengeNameType;
use cognito_op::Error;
use std::fmt;
use std::time::SystemTime;

/// The result of a request of a sign-in: the tokens, or a challenge that has to be answered first.
///
/// A challenge is answered once: the methods that answer it consume it and return the next step. A challenge can be
/// stored until its session expires, by default after three minutes; see [`KeptChallenge`].
///
/// New variants are added in minor releases, so a `match` needs a wildcard arm. In this arm, treat the step as a
/// challenge that the program does not support: end the sign-in with an error that contains the step's `Debug` output,
/// which shows the name of the challenge and no values. To answer challenges without a variant, call
/// [`into_challenge`](Self::into_challenge) and compare their names. Do not match on the name inside
/// [`Other`](Self::Other): the challenge may get a variant of its own.
///
/// ```
/// use cognito_userpools::sign_in::Step;
///
/// /// The message for the user.
/// fn message(step: &Step) -> String {
///     match step {
///         Step::SignedIn(_) => "Welcome!".to_owned(),
///         Step::NewPasswordRequired(challenge) => {
///             let attributes = challenge.required_attributes();
///             format!("Please choose a new password and enter {attributes:?}.")
///         }
///         Step::SmsMfa(challenge) | Step::SmsOtp(challenge) | Step::EmailOtp(challenge) => {
///             let destination = challenge.destination().unwrap_or("you");
///             format!("Please enter the code sent to {destination}.")
///         }
///         Step::SoftwareTokenMfa(_) => "Please enter the code from your app.".to_owned(),
///         _ => "Please sign in on the web site.".to_owned(),
///     }
/// }
/// # use cognito_userpools::sign_in::KeptChallenge;
/// # let parameters = [("CODE_DELIVERY_DESTINATION", "a***@e***")];
/// # let step = KeptChallenge::new("EMAIL_OTP", "alice").with_parameters(parameters).into_step();
/// # assert_eq!(message(&step), "Please enter the code sent to a***@e***.");
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Step {
    /// The user has signed in.
    SignedIn(Tokens),
    /// `NEW_PASSWORD_REQUIRED`: a new password; the current one is temporary.
    NewPasswordRequired(NewPasswordChallenge),
    /// `SMS_MFA`: a code sent by SMS, as the second factor.
    SmsMfa(CodeChallenge),
    /// `EMAIL_OTP`: a code sent by email.
    EmailOtp(CodeChallenge),
    /// `SMS_OTP`: a code sent by SMS, as the first factor.
    SmsOtp(CodeChallenge),
    /// `SOFTWARE_TOKEN_MFA`: a code from an authenticator app.
    SoftwareTokenMfa(CodeChallenge),
    /// `MFA_SETUP`: the user has to set up a second factor.
    MfaSetup(MfaSetupChallenge),
    /// `SELECT_MFA_TYPE`: a choice of the second factor.
    SelectMfaType(SelectMfaTypeChallenge),
    /// `SELECT_CHALLENGE`: a choice of the first factor.
    SelectChallenge(SelectChallenge),
    /// `PASSWORD`: a password, which is sent to the service.
    Password(PasswordChallenge),
    /// `PASSWORD_SRP`: a password, which is proved with SRP and not sent.
    PasswordSrp(PasswordSrpChallenge),
    /// `WEB_AUTHN`: a passkey.
    WebAuthn(WebAuthnChallenge),
    /// `CUSTOM_CHALLENGE`: a challenge that a Lambda trigger of the pool defines.
    Custom(CustomChallenge),
    /// A challenge without a variant of its own.
    Other(KeptChallenge),
}

impl Step {
    /// Returns the tokens.
    ///
    /// ```
    /// use cognito_userpools::sign_in::SignIn;
    /// use std::error::Error;
    ///
    /// /// Signs in a user who needs only a password.
    /// async fn access_token(client: &cognito_userpools::Client) -> Result<String, Box<dyn Error>> {
    ///     let step = SignIn::user_password_auth("alice", "correct horse").start(client).await?;
    ///     Ok(step.into_tokens()?.access_token)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error with the step if it is a challenge.
    pub fn into_tokens(self) -> Result<Tokens, IncompleteSignIn> {
        match self.into_challenge() {
            Ok(challenge) => Err(IncompleteSignIn(challenge)),
            Err(tokens) => Ok(*tokens),
        }
    }

    /// Returns the challenge in the form in which the service sent it.
    ///
    /// ```
    /// use cognito_userpools::sign_in::{KeptChallenge, Step};
    ///
    /// let step: Step =
    ///     KeptChallenge::new("SMS_MFA", "alice").with_session("the session").into_step();
    /// assert!(matches!(step, Step::SmsMfa(_)));
    /// let challenge = step.into_challenge().expect("a challenge");
    /// assert_eq!((challenge.name().as_str(), challenge.session()), ("SMS_MFA", Some("the session")));
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the tokens if the user has signed in.
    pub fn into_challenge(self) -> Result<KeptChallenge, Box<Tokens>> {
        Ok(match self {
            Self::SignedIn(tokens) => return Err(Box::new(tokens)),
            Self::SmsMfa(challenge)
            | Self::EmailOtp(challenge)
            | Self::SmsOtp(challenge)
            | Self::SoftwareTokenMfa(challenge) => challenge.into_kept(),
            Self::NewPasswordRequired(challenge) => challenge.into_kept(),
            Self::MfaSetup(challenge) => challenge.into_kept(),
            Self::SelectMfaType(challenge) => challenge.into_kept(),
            Self::SelectChallenge(challenge) => challenge.into_kept(),
            Self::Password(challenge) => challenge.into_kept(),
            Self::PasswordSrp(challenge) => challenge.into_kept(),
            Self::WebAuthn(challenge) => challenge.into_kept(),
            Self::Custom(challenge) => challenge.into_kept(),
            Self::Other(challenge) => challenge,
        })
    }
}

impl From<Box<ChallengeData>> for Step {
    fn from(challenge: Box<ChallengeData>) -> Self {
        match challenge.name {
            ChallengeNameType::NewPasswordRequired => Self::NewPasswordRequired(challenge.into()),
            ChallengeNameType::SmsMfa => Self::SmsMfa(challenge.into()),
            ChallengeNameType::EmailOtp => Self::EmailOtp(challenge.into()),
            ChallengeNameType::SmsOtp => Self::SmsOtp(challenge.into()),
            ChallengeNameType::SoftwareTokenMfa => Self::SoftwareTokenMfa(challenge.into()),
            ChallengeNameType::MfaSetup => Self::MfaSetup(challenge.into()),
            ChallengeNameType::SelectMfaType => Self::SelectMfaType(challenge.into()),
            ChallengeNameType::SelectChallenge => Self::SelectChallenge(challenge.into()),
            ChallengeNameType::Password => Self::Password(challenge.into()),
            ChallengeNameType::PasswordSrp => Self::PasswordSrp(challenge.into()),
            ChallengeNameType::WebAuthn => Self::WebAuthn(challenge.into()),
            ChallengeNameType::CustomChallenge => Self::Custom(challenge.into()),
            _ => Self::Other(challenge.into()),
        }
    }
}

macro_rules! from_challenges {
    ($($name:ident)+) => {$(
        impl From<$name> for Step {
            fn from(challenge: $name) -> Self {
                challenge.0.into()
            }
        }
    )+};
}

from_challenges! {
    CodeChallenge NewPasswordChallenge MfaSetupChallenge SelectMfaTypeChallenge SelectChallenge PasswordChallenge
    PasswordSrpChallenge WebAuthnChallenge CustomChallenge KeptChallenge
}

impl KeptChallenge {
    /// Converts the challenge into the step of its type.
    #[must_use]
    pub fn into_step(self) -> Step {
        self.into()
    }
}

/// The error of [`Step::into_tokens`] for a step that is a challenge. It does not convert into [`Error`](crate::Error),
/// since no call has failed: the challenge can still be answered.
///
/// ```
/// use cognito_userpools::sign_in::{KeptChallenge, Step};
///
/// let step = KeptChallenge::new("SMS_MFA", "alice").into_step();
/// let error = step.into_tokens().unwrap_err();
/// assert_eq!(error.to_string(), "the user must first answer the challenge SMS_MFA");
/// assert!(matches!(error.into_step(), Step::SmsMfa(_)));
/// ```
#[derive(Debug)]
pub struct IncompleteSignIn(KeptChallenge);

impl IncompleteSignIn {
    /// Returns the step, which is a challenge.
    #[must_use]
    pub fn into_step(self) -> Step {
        self.0.into_step()
    }
}

impl fmt::Display for IncompleteSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the user must first answer the challenge {}", self.0.0.debug_names.challenge)
    }
}

impl std::error::Error for IncompleteSignIn {}

/// Converts a response into the next step. Answers the challenges of SRP handshakes first: of the handshake that the
/// request started, and of one for the device.
pub(super) fn next_step(
    response: Result<Response, Error>,
    mut context: Context,
    handshake: Option<SrpHandshake>,
) -> Transition<Result<Step, Error>> {
    let mut response = match response {
        Ok(response) => response,
        Err(error) => return Transition::Done(Err(error)),
    };
    let Some(name) = response.challenge_name.take() else {
        return Transition::Done(
            Tokens::take(&mut response, context)
                .map(Step::SignedIn)
                .ok_or_else(|| response.unreadable("it contains neither an access token nor a challenge")),
        );
    };
    // Challenges are answered with the user name in the pool, even if the sign-in was started with an alias. The
    // service sends the same name in both parameters. AWS's clients read the first one, which is also the only one that
    // moto sends.
    let parameters = &response.challenge_parameters;
    let mut usernames = ["USERNAME", "USER_ID_FOR_SRP"].iter().filter_map(|name| parameters.get(*name));
    if let Some(username) = usernames.find(|username| !username.is_empty()) {
        context.username.clone_from(username);
    }
    let offload = context.offload.clone();
    if let Some(handshake) = handshake.filter(|handshake| handshake.challenge() == name) {
        let proof = move || match handshake.respond(&response, &context, SystemTime::now()) {
            Ok(request) => Transition::send(request, |response| next_step(response, context, None)),
            Err(error) => Transition::Done(Err(error)),
        };
        return Transition::Compute(offload, Box::new(proof));
    }
    if name == ChallengeNameType::DeviceSrpAuth
        && let Some(device) = context.device.take()
    {
        let start = move || match SrpHandshake::for_device(device) {
            Ok(handshake) => {
                let request = context.respond(name, response.session, [("SRP_A", handshake.public())]);
                Transition::send(request, |response| next_step(response, context, Some(handshake)))
            }
            Err(error) => Transition::Done(Err(error.for_operation(context.respond_name()))),
        };
        return Transition::Compute(offload, Box::new(start));
    }
    let challenge = ChallengeData {
        debug_names: DebugNames::new(&name, &response.challenge_parameters, &response.redactor),
        name,
        parameters: response.challenge_parameters,
        available: response.available_challenges,
        session: response.session,
        context,
    };
    Transition::Done(Ok(Step::from(Box::new(challenge))))
}

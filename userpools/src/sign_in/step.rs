//! What a sign-in comes to next.

use super::challenge::{
    CodeChallenge, CustomChallenge, NewPasswordChallenge, PasswordChallenge, PasswordSrpChallenge, SelectChallenge,
    SelectMfaTypeChallenge, WebAuthnChallenge,
};
use super::context::Context;
use super::machine::{Answer, Message, Turn};
use super::other::OtherChallenge;
use super::password::Handshaking;
use super::pending::Pending;
use super::software_token::MfaSetupChallenge;
use super::tokens::Tokens;
use crate::operations::ChallengeNameType;
use cognito_op::Error;
use std::fmt;
use std::time::SystemTime;

/// What a sign-in comes to next: tokens, or what the service asks for before it gives any.
///
/// A `match` on it needs no last arm: what has no variant is [`Other`](Self::Other), and a new variant comes with a new major version.
///
/// A challenge is answered once: answering takes it, and gives the next step. It can be kept in between, as long as the service
/// remembers its session (three minutes unless the app client says otherwise); see [`OtherChallenge`].
///
/// ```
/// use cognito_userpools::sign_in::Step;
///
/// /// What is shown to the person who signs in.
/// fn shown(step: &Step) -> String {
///     match step {
///         Step::SignedIn(_) => "welcome".to_owned(),
///         Step::NewPasswordRequired(challenge) => {
///             format!(
///                 "please choose a new password, and fill in {:?}",
///                 challenge.required_attributes()
///             )
///         }
///         Step::SmsMfa(challenge) | Step::SmsOtp(challenge) | Step::EmailOtp(challenge) => {
///             format!(
///                 "please enter the code that went to {}",
///                 challenge.destination().unwrap_or("you")
///             )
///         }
///         Step::SoftwareTokenMfa(_) => "please enter the code that your app shows".to_owned(),
///         _ => "please sign in on the web site".to_owned(),
///     }
/// }
/// # use cognito_userpools::sign_in::OtherChallenge;
/// # let sent = [("CODE_DELIVERY_DESTINATION".to_owned(), "a***@e***".to_owned())];
/// # let step = OtherChallenge::new("EMAIL_OTP", "alice").with_parameters(sent).into_step();
/// # assert_eq!(shown(&step), "please enter the code that went to a***@e***");
/// ```
pub enum Step {
    /// The user has signed in.
    SignedIn(Tokens),
    /// `NEW_PASSWORD_REQUIRED`: the password was a temporary one.
    NewPasswordRequired(NewPasswordChallenge),
    /// `SMS_MFA`: a code that was sent by SMS, as a second factor.
    SmsMfa(CodeChallenge),
    /// `EMAIL_OTP`: a code that was sent by email.
    EmailOtp(CodeChallenge),
    /// `SMS_OTP`: a code that was sent by SMS, as the first factor.
    SmsOtp(CodeChallenge),
    /// `SOFTWARE_TOKEN_MFA`: a code of an authenticator app.
    SoftwareTokenMfa(CodeChallenge),
    /// `MFA_SETUP`: a second factor has to be set up first.
    MfaSetup(MfaSetupChallenge),
    /// `SELECT_MFA_TYPE`: which second factor it is to be.
    SelectMfaType(SelectMfaTypeChallenge),
    /// `SELECT_CHALLENGE`: which first factor it is to be.
    SelectChallenge(SelectChallenge),
    /// `PASSWORD`: a password.
    Password(PasswordChallenge),
    /// `PASSWORD_SRP`: a password that does not leave this program.
    PasswordSrp(PasswordSrpChallenge),
    /// `WEB_AUTHN`: a passkey.
    WebAuthn(WebAuthnChallenge),
    /// `CUSTOM_CHALLENGE`: what the pool's own Lambda triggers ask.
    Custom(CustomChallenge),
    /// Any other, as the service has sent it.
    Other(OtherChallenge),
}

impl Step {
    /// The tokens.
    ///
    /// ```
    /// use cognito_userpools::sign_in::SignIn;
    /// use std::error::Error;
    ///
    /// /// For users of whom the pool asks nothing but a password.
    /// async fn access_token(client: &cognito_userpools::Client) -> Result<String, Box<dyn Error>> {
    ///     let step = SignIn::user_password_auth("alice", "correct horse").start(client).await?;
    ///     Ok(step.into_tokens()?.access_token)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Where there are none yet, with the step.
    pub fn into_tokens(self) -> Result<Tokens, Unfinished> {
        match self {
            Self::SignedIn(tokens) => Ok(tokens),
            step => Err(Unfinished(Box::new(step))),
        }
    }

    /// The challenge with what the service has sent.
    ///
    /// ```
    /// use cognito_userpools::sign_in::{OtherChallenge, Step};
    ///
    /// let step: Step =
    ///     OtherChallenge::new("SMS_MFA", "alice").with_session("the session").into_step();
    /// assert!(matches!(step, Step::SmsMfa(_)));
    /// let challenge = step.into_other().expect("a challenge");
    /// assert_eq!((challenge.name().as_str(), challenge.session()), ("SMS_MFA", Some("the session")));
    /// ```
    ///
    /// # Errors
    ///
    /// The tokens, where there is no challenge any more.
    pub fn into_other(self) -> Result<OtherChallenge, Box<Tokens>> {
        Ok(match self {
            Self::SignedIn(tokens) => return Err(Box::new(tokens)),
            Self::SmsMfa(challenge)
            | Self::EmailOtp(challenge)
            | Self::SmsOtp(challenge)
            | Self::SoftwareTokenMfa(challenge) => challenge.into_other(),
            Self::NewPasswordRequired(challenge) => challenge.into_other(),
            Self::MfaSetup(challenge) => challenge.into_other(),
            Self::SelectMfaType(challenge) => challenge.into_other(),
            Self::SelectChallenge(challenge) => challenge.into_other(),
            Self::Password(challenge) => challenge.into_other(),
            Self::PasswordSrp(challenge) => challenge.into_other(),
            Self::WebAuthn(challenge) => challenge.into_other(),
            Self::Custom(challenge) => challenge.into_other(),
            Self::Other(challenge) => challenge,
        })
    }

    /// The step that a challenge is.
    pub(super) fn of(pending: Box<Pending>) -> Self {
        match pending.name {
            ChallengeNameType::NewPasswordRequired => Self::NewPasswordRequired(pending.into()),
            ChallengeNameType::SmsMfa => Self::SmsMfa(pending.into()),
            ChallengeNameType::EmailOtp => Self::EmailOtp(pending.into()),
            ChallengeNameType::SmsOtp => Self::SmsOtp(pending.into()),
            ChallengeNameType::SoftwareTokenMfa => Self::SoftwareTokenMfa(pending.into()),
            ChallengeNameType::MfaSetup => Self::MfaSetup(pending.into()),
            ChallengeNameType::SelectMfaType => Self::SelectMfaType(pending.into()),
            ChallengeNameType::SelectChallenge => Self::SelectChallenge(pending.into()),
            ChallengeNameType::Password => Self::Password(pending.into()),
            ChallengeNameType::PasswordSrp => Self::PasswordSrp(pending.into()),
            ChallengeNameType::WebAuthn => Self::WebAuthn(pending.into()),
            ChallengeNameType::CustomChallenge => Self::Custom(pending.into()),
            _ => Self::Other(pending.into()),
        }
    }
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SignedIn(tokens) => f.debug_tuple("SignedIn").field(tokens).finish(),
            Self::NewPasswordRequired(challenge) => challenge.fmt(f),
            Self::SmsMfa(challenge)
            | Self::EmailOtp(challenge)
            | Self::SmsOtp(challenge)
            | Self::SoftwareTokenMfa(challenge) => challenge.fmt(f),
            Self::MfaSetup(challenge) => challenge.fmt(f),
            Self::SelectMfaType(challenge) => challenge.fmt(f),
            Self::SelectChallenge(challenge) => challenge.fmt(f),
            Self::Password(challenge) => challenge.fmt(f),
            Self::PasswordSrp(challenge) => challenge.fmt(f),
            Self::WebAuthn(challenge) => challenge.fmt(f),
            Self::Custom(challenge) => challenge.fmt(f),
            Self::Other(challenge) => challenge.fmt(f),
        }
    }
}

/// There are no tokens yet: the service asks for more.
///
/// ```
/// use cognito_userpools::sign_in::{OtherChallenge, Step};
///
/// let step = OtherChallenge::new("SMS_MFA", "alice").into_step();
/// let unfinished = step.into_tokens().unwrap_err();
/// assert!(unfinished.to_string().starts_with("there are no tokens yet"));
/// assert!(matches!(unfinished.into_step(), Step::SmsMfa(_)));
/// ```
#[derive(Debug)]
pub struct Unfinished(Box<Step>);

impl Unfinished {
    /// What it asks for.
    #[must_use]
    pub fn into_step(self) -> Step {
        *self.0
    }
}

impl fmt::Display for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there are no tokens yet: the service asks for more, {:?}", self.0)
    }
}

impl std::error::Error for Unfinished {}

/// What an answer leads to. A handshake that was begun goes on by itself.
pub(super) fn follow(
    answer: Result<Answer, Error>,
    mut context: Context,
    handshake: Option<&Handshaking>,
) -> Turn<Result<Step, Error>> {
    let mut answer = match answer {
        Ok(answer) => answer,
        Err(error) => return Turn::Done(Err(error)),
    };
    let Some(name) = answer.challenge_name.take() else {
        let tokens = answer.authentication_result.take().and_then(Tokens::from_result);
        return Turn::Done(
            tokens
                .map(Step::SignedIn)
                .ok_or_else(|| answer.unreadable("it has neither an access token nor a challenge")),
        );
    };
    // Challenges are answered in the name that the user has in the pool, whichever alias the sign-in began with.
    // The service says the same in both; AWS's own clients look at the first, and moto knows no other.
    let mut said = ["USERNAME", "USER_ID_FOR_SRP"].iter().filter_map(|name| answer.challenge_parameters.get(*name));
    if let Some(username) = said.find(|username| !username.is_empty()) {
        context.username.clone_from(username);
    }
    if name == ChallengeNameType::PasswordVerifier
        && let Some(handshake) = handshake
    {
        return match handshake.respond(&answer, &context, SystemTime::now()) {
            Ok(request) => Turn::send(Message::Respond(request), |answer| follow(answer, context, None)),
            Err(error) => Turn::Done(Err(error)),
        };
    }
    let pending = Pending {
        name,
        parameters: answer.challenge_parameters,
        available: answer.available_challenges,
        session: answer.session,
        context,
    };
    Turn::Done(Ok(Step::of(Box::new(pending))))
}

//! What the service asks for, and the answers.

use super::machine::{Advancing, Answer, Message, Turn, drive_blocking};
use super::password::{Credentials, Handshaking};
use super::sign_in::{Context, FirstFactor, context_setters};
use super::step::{Step, follow};
use crate::blocking;
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::operation::Operation as _;
use crate::operations::{
    AssociateSoftwareToken, ChallengeNameType, RespondToAuthChallenge, VerifySoftwareToken,
    VerifySoftwareTokenResponseType,
};
use crate::retry::Failure;
use std::collections::BTreeMap;
use std::fmt;
use zeroize::Zeroizing;

/// A challenge as the service has sent it, and the sign-in that it belongs to.
pub(super) struct Pending {
    pub(super) name: ChallengeNameType,
    pub(super) parameters: BTreeMap<String, String>,
    pub(super) available: Vec<ChallengeNameType>,
    pub(super) session: Option<String>,
    pub(super) context: Context,
}

impl Pending {
    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).map(String::as_str)
    }

    /// A parameter that is a list in JSON.
    fn list(&self, name: &str) -> Vec<String> {
        self.parameter(name).and_then(|list| serde_json::from_str(list).ok()).unwrap_or_default()
    }

    fn challenges(&self, name: &str) -> Vec<ChallengeNameType> {
        self.list(name).into_iter().map(ChallengeNameType::from).collect()
    }

    fn respond(&self, answers: impl IntoIterator<Item = (impl Into<String>, String)>) -> RespondToAuthChallenge {
        self.context.respond(self.name.clone(), self.session.clone(), answers)
    }

    /// The name of the challenge and of what came with it, but no value.
    fn show(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("name", &self.name)
            .field("parameters", &self.parameters.keys())
            .finish_non_exhaustive()
    }
}

/// An answer that did not lead on.
///
/// Where the same challenge can be answered again, it has it: after a wrong code ([`CodeMismatch`](ErrorKind::CodeMismatch),
/// [`EnableSoftwareTokenMfa`](ErrorKind::EnableSoftwareTokenMfa)), after a new password that does not please
/// ([`InvalidPassword`](ErrorKind::InvalidPassword),
/// [`PasswordHistoryPolicyViolation`](ErrorKind::PasswordHistoryPolicyViolation)), and where the answer certainly was not taken: it did
/// not leave, or the service refused it for what it is and not for what it says. Whether that is worth another try is for
/// [`error`](Self::error) to say: without a network there is no end to it.
///
/// ```
/// # use cognito_op::auth::{CodeChallenge, Step};
/// # fn ask() -> String { String::new() }
/// # async fn answer(client: &cognito_op::Client, mut challenge: CodeChallenge) -> Result<Step, cognito_op::Error> {
/// loop {
///     match challenge.answer(client, ask()).await {
///         Err(refused) if refused.error().kind() == cognito_op::ErrorKind::CodeMismatch => {
///             eprintln!("{refused}");
///             challenge = refused.again()?;
///         }
///         outcome => return Ok(outcome?),
///     }
/// }
/// # }
/// ```
///
/// `?` makes an [`Error`] of it. A function with an error of its own says how: `impl<C> From<Refused<C>> for MyError`.
pub struct Refused<C> {
    error: Error,
    challenge: Option<C>,
}

impl<C> Refused<C> {
    fn new(error: Error, challenge: C) -> Self {
        // A session outlives a wrong code and a new password that is none. Otherwise it may be spent.
        let again = match error.kind() {
            ErrorKind::CodeMismatch
            | ErrorKind::EnableSoftwareTokenMfa
            | ErrorKind::InvalidPassword
            | ErrorKind::PasswordHistoryPolicyViolation => true,
            ErrorKind::NotAuthorized => false,
            ErrorKind::Transport => !error.may_have_executed() && error.failure() != Failure::Final,
            _ => !error.may_have_executed(),
        };
        Self { error, challenge: again.then_some(challenge) }
    }

    fn finally(error: Error) -> Self {
        Self { error, challenge: None }
    }

    /// Why it did not lead on.
    #[must_use]
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// Whether the sign-in has to begin anew.
    #[must_use]
    pub fn is_final(&self) -> bool {
        self.challenge.is_none()
    }

    /// The challenge, to be answered again.
    ///
    /// # Errors
    ///
    /// Why the answer did not lead on, where the sign-in has to begin anew.
    pub fn again(self) -> Result<C, Error> {
        self.challenge.ok_or(self.error)
    }
}

impl<C> From<Refused<C>> for Error {
    fn from(refused: Refused<C>) -> Self {
        refused.error
    }
}

impl<C> fmt::Display for Refused<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<C> fmt::Debug for Refused<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refused").field("error", &self.error).field("again", &self.challenge.is_some()).finish()
    }
}

impl<C> std::error::Error for Refused<C> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&self.error)
    }
}

/// What comes of answering a challenge.
type Answered<C> = Result<Step, Refused<C>>;

/// What can be answered.
trait Challenge: Send + Sized + 'static {
    fn into_context(self) -> Context;
}

/// Sends a response; where it is refused the challenge comes back.
fn answered<C: Challenge>(challenge: C, request: RespondToAuthChallenge) -> Turn<Answered<C>> {
    answered_with(challenge, request, None)
}

fn answered_with<C: Challenge>(
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
            #[doc = concat!("use cognito_op::auth::", stringify!($name), ";")]
            ///
            /// /// What is kept of it until the next request of a web server.
            #[doc = concat!("fn kept(challenge: ", stringify!($name), ") -> (String, Option<String>) {")]
            ///     let challenge = challenge.into_other();
            ///     (challenge.username().to_owned(), challenge.session().map(str::to_owned))
            /// }
            /// ```
            pub fn into_other(self) -> OtherChallenge {
                OtherChallenge(self.0)
            }
        }

        impl From<$name> for Step {
            fn from(challenge: $name) -> Self {
                Self::of(challenge.0)
            }
        }
    )+};
}

challenges! {
    /// A code: `SMS_MFA`, `EMAIL_OTP`, `SMS_OTP` or `SOFTWARE_TOKEN_MFA`.
    ///
    /// ```
    /// # use cognito_op::auth::{OtherChallenge, Step};
    /// # let sent = [("CODE_DELIVERY_DESTINATION".to_owned(), "+*******0123".to_owned())];
    /// # let Step::SmsMfa(challenge) = OtherChallenge::new("SMS_MFA", "alice").with_parameters(sent).into_step() else { panic!() };
    /// assert_eq!(challenge.destination(), Some("+*******0123"));
    /// assert_eq!(challenge.friendly_device_name(), None, "it is no authenticator app");
    /// # async fn answer(client: &cognito_op::Client, challenge: cognito_op::auth::CodeChallenge) -> Result<Step, cognito_op::Error> {
    /// let step = challenge.answer(client, "123456").await?;
    /// # Ok(step)
    /// # }
    /// ```
    CodeChallenge

    /// `NEW_PASSWORD_REQUIRED`: a new password, and the attributes that the pool requires of every user.
    ///
    /// ```
    /// # use cognito_op::auth::{NewPasswordChallenge, OtherChallenge, Step};
    /// # let sent = [
    /// #     ("requiredAttributes".to_owned(), r#"["userAttributes.given_name"]"#.to_owned()),
    /// #     ("userAttributes".to_owned(), r#"{"email": "alice@example.com"}"#.to_owned()),
    /// # ];
    /// # let challenge = OtherChallenge::new("NEW_PASSWORD_REQUIRED", "alice").with_parameters(sent);
    /// # let Step::NewPasswordRequired(challenge) = challenge.into_step() else { panic!() };
    /// assert_eq!(challenge.required_attributes(), ["given_name"]);
    /// assert_eq!(challenge.user_attributes()["email"], "alice@example.com");
    /// # async fn answer(client: &cognito_op::Client, challenge: NewPasswordChallenge) -> Result<Step, cognito_op::Error> {
    /// // Where nothing is required, `answer` takes the password alone.
    /// let step = challenge
    ///     .answer_with_attributes(client, "correct horse", [("given_name", "Alice")])
    ///     .await?;
    /// # Ok(step)
    /// # }
    /// ```
    NewPasswordChallenge

    /// `MFA_SETUP`: a second factor has to be set up.
    ///
    /// ```
    /// # use cognito_op::auth::{MfaSetupChallenge, Step};
    /// # async fn set_up(client: &cognito_op::Client, challenge: MfaSetupChallenge) -> Result<Step, cognito_op::Error> {
    /// println!("the pool allows {:?}", challenge.available());
    /// let setup = challenge.software_token(client).await?;
    /// println!("enter this in the authenticator app: {}", setup.secret_code());
    /// let step = setup.verify(client, "123456").await?;
    /// # Ok(step)
    /// # }
    /// ```
    MfaSetupChallenge

    /// `SELECT_MFA_TYPE`: which second factor it is to be.
    ///
    /// ```
    /// use cognito_op::auth::{SelectMfaTypeChallenge, Step};
    /// use cognito_op::operations::ChallengeNameType;
    /// use cognito_op::{Client, Error};
    ///
    /// /// Chooses the app where there is one.
    /// async fn select(client: &Client, challenge: SelectMfaTypeChallenge) -> Result<Step, Error> {
    ///     let app = ChallengeNameType::SoftwareTokenMfa;
    ///     let factor =
    ///         if challenge.available().contains(&app) { app } else { ChallengeNameType::SmsMfa };
    ///     Ok(challenge.select(client, factor).await?)
    /// }
    /// ```
    SelectMfaTypeChallenge

    /// `SELECT_CHALLENGE`: which first factor it is to be.
    ///
    /// ```
    /// use cognito_op::auth::{FirstFactor, SelectChallenge, Step};
    /// use cognito_op::operations::ChallengeNameType;
    /// use cognito_op::{Client, Error};
    ///
    /// /// Chooses a passkey where there is one.
    /// async fn select(client: &Client, challenge: SelectChallenge) -> Result<Step, Error> {
    ///     let factor = match challenge.available().contains(&ChallengeNameType::WebAuthn) {
    ///         true => FirstFactor::web_authn(),
    ///         false => FirstFactor::email_otp(),
    ///     };
    ///     Ok(challenge.select(client, factor).await?)
    /// }
    /// ```
    SelectChallenge

    /// `PASSWORD`: a password, which the service gets to see.
    ///
    /// ```
    /// # use cognito_op::auth::{PasswordChallenge, Step};
    /// # async fn answer(client: &cognito_op::Client, challenge: PasswordChallenge) -> Result<Step, cognito_op::Error> {
    /// let step = challenge.answer(client, "correct horse").await?;
    /// # Ok(step)
    /// # }
    /// ```
    PasswordChallenge

    /// `PASSWORD_SRP`: a password that does not leave this program.
    ///
    /// ```
    /// # use cognito_op::auth::{PasswordSrpChallenge, Step};
    /// # async fn answer(client: &cognito_op::Client, challenge: PasswordSrpChallenge) -> Result<Step, cognito_op::Error> {
    /// let step = challenge.answer(client, "eu-west-1_Ab12Cd34", "correct horse").await?;
    /// # Ok(step)
    /// # }
    /// ```
    PasswordSrpChallenge

    /// `WEB_AUTHN`: a passkey.
    ///
    /// ```
    /// use cognito_op::auth::{Step, WebAuthnChallenge};
    /// use cognito_op::{Client, Error};
    ///
    /// /// Asks the browser, which gets and gives JSON.
    /// async fn answer(
    ///     client: &Client,
    ///     challenge: WebAuthnChallenge,
    ///     get: impl Fn(&str) -> String,
    /// ) -> Result<Step, Error> {
    ///     let credential = get(challenge.credential_request_options().unwrap_or("{}"));
    ///     Ok(challenge.answer(client, credential).await?)
    /// }
    /// ```
    WebAuthnChallenge

    /// `CUSTOM_CHALLENGE`: what the pool's own Lambda triggers ask.
    ///
    /// ```
    /// # use cognito_op::auth::{CustomChallenge, Step};
    /// # async fn answer(client: &cognito_op::Client, challenge: CustomChallenge) -> Result<Step, cognito_op::Error> {
    /// println!("{:?}", challenge.parameters().get("question"));
    /// let step = challenge.answer(client, "blue").await?;
    /// # Ok(step)
    /// # }
    /// ```
    CustomChallenge

    /// A challenge with what the service has sent: one that has no type of its own, or one that is kept for later.
    ///
    /// A program that forgets everything between two requests of its own keeps the parts, and puts them together again:
    ///
    /// ```
    /// use cognito_op::auth::{OtherChallenge, Step};
    /// use cognito_op::operations::ChallengeNameType;
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

into_other! {
    CodeChallenge NewPasswordChallenge MfaSetupChallenge SelectMfaTypeChallenge SelectChallenge PasswordChallenge
    PasswordSrpChallenge WebAuthnChallenge CustomChallenge
}

impl CodeChallenge {
    /// Where the code was sent, mostly masked; none for an authenticator app.
    #[must_use]
    pub fn destination(&self) -> Option<&str> {
        self.0.parameter("CODE_DELIVERY_DESTINATION")
    }

    /// What the user calls the device that the authenticator app is on.
    #[must_use]
    pub fn friendly_device_name(&self) -> Option<&str> {
        self.0.parameter("FRIENDLY_DEVICE_NAME")
    }

    answers! {
        /// Answers with the code.
        answer, answer_blocking(self, code: impl Into<String>) -> Result<Step, Refused<Self>> {
            let key = format!("{}_CODE", self.0.name);
            let request = self.0.respond([(key, code.into())]);
            answered(self, request)
        }
    }
}

impl NewPasswordChallenge {
    /// The attributes that have to be set along with the password, without the prefix `userAttributes.`.
    #[must_use]
    pub fn required_attributes(&self) -> Vec<String> {
        let mut names = self.0.list("requiredAttributes");
        for name in &mut names {
            if let Some(bare) = name.strip_prefix("userAttributes.") {
                *name = bare.to_owned();
            }
        }
        names
    }

    /// The attributes that the user has.
    #[must_use]
    pub fn user_attributes(&self) -> BTreeMap<String, String> {
        let attributes = self.0.parameter("userAttributes");
        attributes.and_then(|attributes| serde_json::from_str(attributes).ok()).unwrap_or_default()
    }

    answers! {
        /// Answers with a new password.
        answer, answer_blocking(self, new_password: impl Into<String>) -> Result<Step, Refused<Self>> {
            let request = self.0.respond([("NEW_PASSWORD", new_password.into())]);
            answered(self, request)
        }
    }

    answers! {
        /// Answers with a new password and with attributes by their names.
        answer_with_attributes, answer_with_attributes_blocking(
            self,
            new_password: impl Into<String>,
            attributes: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>
        ) -> Result<Step, Refused<Self>> {
            let mut request = self.0.respond([("NEW_PASSWORD", new_password.into())]);
            let attributes = attributes
                .into_iter()
                .map(|(name, value)| (format!("userAttributes.{}", name.into()), value.into()));
            request.challenge_responses.get_or_insert_default().extend(attributes);
            answered(self, request)
        }
    }
}

impl MfaSetupChallenge {
    /// Goes on where the secret was had before, and the challenge was kept in between; see
    /// [`SoftwareTokenSetup::into_other`].
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
/// use cognito_op::auth::{SoftwareTokenSetup, Step};
/// use cognito_op::{Client, Error};
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
    /// use cognito_op::auth::{OtherChallenge, SoftwareTokenSetup, Step};
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
        OtherChallenge(self.pending)
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
            if self.verified {
                self.go_on()
            } else {
                let mut request = VerifySoftwareToken::new(user_code);
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
        match answer {
            Ok(answer) if answer.status == Some(VerifySoftwareTokenResponseType::Error) => {
                let error = answer.unreadable("its status is ERROR");
                Turn::Done(Err(Refused { error, challenge: Some(self) }))
            }
            Ok(answer) => {
                if answer.session.is_some() {
                    self.pending.session = answer.session;
                }
                self.verified = true;
                self.go_on()
            }
            Err(error) => Turn::Done(Err(Refused::new(error, self))),
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

impl SelectMfaTypeChallenge {
    /// The second factors that the user can choose from.
    #[must_use]
    pub fn available(&self) -> Vec<ChallengeNameType> {
        self.0.challenges("MFAS_CAN_CHOOSE")
    }

    answers! {
        /// Chooses one.
        select, select_blocking(self, factor: ChallengeNameType) -> Result<Step, Refused<Self>> {
            let request = self.0.respond([("ANSWER", factor.as_str().to_owned())]);
            answered(self, request)
        }
    }
}

impl SelectChallenge {
    /// The first factors that the user can choose from.
    #[must_use]
    pub fn available(&self) -> &[ChallengeNameType] {
        &self.0.available
    }

    answers! {
        /// Chooses one.
        select, select_blocking(self, factor: FirstFactor) -> Result<Step, Refused<Self>> {
            let name = factor.name().as_str().to_owned();
            match factor.entries() {
                Ok((entries, handshake)) => {
                    let request = self.0.respond(entries.into_iter().chain([("ANSWER", name)]));
                    answered_with(self, request, handshake)
                }
                Err(error) => unsent(error, self),
            }
        }
    }
}

impl PasswordChallenge {
    answers! {
        /// Answers with the password.
        answer, answer_blocking(self, password: impl Into<String>) -> Result<Step, Refused<Self>> {
            let request = self.0.respond([("PASSWORD", password.into())]);
            answered(self, request)
        }
    }
}

impl PasswordSrpChallenge {
    answers! {
        /// Proves the password. The user pool's id is like `eu-west-1_Ab12Cd34`.
        answer, answer_blocking(
            self,
            user_pool_id: impl Into<String>,
            password: impl Into<String>
        ) -> Result<Step, Refused<Self>> {
            match Credentials::new(user_pool_id, password).begin() {
                Ok(handshake) => {
                    let request = self.0.respond([("SRP_A", handshake.public())]);
                    answered_with(self, request, Some(handshake))
                }
                Err(error) => unsent(error, self),
            }
        }
    }
}

/// An answer that could not be made.
fn unsent<C>(error: Error, challenge: C) -> Turn<Answered<C>> {
    Turn::Done(Err(Refused::new(error.of_operation(RespondToAuthChallenge::NAME), challenge)))
}

impl WebAuthnChallenge {
    /// What the browser or the system is to be asked for: the JSON of a
    /// [`PublicKeyCredentialRequestOptions`](https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialrequestoptionsjson).
    #[must_use]
    pub fn credential_request_options(&self) -> Option<&str> {
        self.0.parameter("CREDENTIAL_REQUEST_OPTIONS")
    }

    answers! {
        /// Answers with what it gave: the JSON of an
        /// [`AuthenticationResponse`](https://www.w3.org/TR/webauthn-3/#dictdef-authenticationresponsejson).
        answer, answer_blocking(self, credential: impl Into<String>) -> Result<Step, Refused<Self>> {
            let request = self.0.respond([("CREDENTIAL", credential.into())]);
            answered(self, request)
        }
    }
}

impl CustomChallenge {
    /// What the trigger has made public.
    #[must_use]
    pub fn parameters(&self) -> &BTreeMap<String, String> {
        &self.0.parameters
    }

    answers! {
        /// Answers.
        answer, answer_blocking(self, answer: impl Into<String>) -> Result<Step, Refused<Self>> {
            let request = self.0.respond([("ANSWER", answer.into())]);
            answered(self, request)
        }
    }
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

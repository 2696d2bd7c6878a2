//! How a sign-in begins.

use super::context::{Context, context_setters};
use super::factor::FirstFactor;
use super::machine::{Advancing, Message, Turn, drive_blocking};
use super::password::Credentials;
use super::step::{Step, follow};
use crate::operations::{AuthFlowType, InitiateAuth};
use cognito_op::Operation as _;
use cognito_op::{Client, Error, blocking};
use std::collections::BTreeMap;
use std::fmt;
use zeroize::Zeroizing;

/// A sign-in that has not begun.
///
/// What comes of it is a [`Step`]: tokens, or a challenge to answer. The client is one that was built with the app client.
///
/// ```
/// use cognito_userpools::sign_in::{SignIn, Step};
/// # async fn sign_in(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
/// match SignIn::user_srp_auth("eu-west-1_Ab12Cd34", "alice", "correct horse")
///     .start(client)
///     .await?
/// {
///     Step::SignedIn(tokens) => println!("good for {:?}", tokens.expires_in),
///     Step::SoftwareTokenMfa(challenge) => {
///         let step = challenge.answer(client, "123456").await?;
///     }
///     other => println!("{other:?}"),
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is sent before `start` is called"]
pub struct SignIn {
    flow: Flow,
    context: Context,
    session: Option<String>,
    parameters: BTreeMap<String, Zeroizing<String>>,
}

enum Flow {
    Password(Zeroizing<String>),
    Srp(Credentials),
    Choice(Option<FirstFactor>),
    Custom(Option<Credentials>),
}

impl SignIn {
    fn new(flow: Flow, username: impl Into<String>) -> Self {
        Self { flow, context: Context::of(username), session: None, parameters: BTreeMap::new() }
    }

    /// `USER_PASSWORD_AUTH`: with a password, which the service gets to see.
    ///
    /// ```
    /// use cognito_userpools::sign_in::{SignIn, Step};
    /// # fn sign_in(client: &cognito_userpools::blocking::Client) -> Result<(), cognito_userpools::Error> {
    ///
    /// let step = SignIn::user_password_auth("alice", "correct horse").start_blocking(client)?;
    /// if let Step::SignedIn(tokens) = step {
    ///     println!("good for {:?}", tokens.expires_in);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn user_password_auth(username: impl Into<String>, password: impl Into<String>) -> Self {
        Self::new(Flow::Password(Zeroizing::new(password.into())), username)
    }

    /// `USER_SRP_AUTH`: with a password that does not leave this program. The user pool's id is like `eu-west-1_Ab12Cd34`.
    ///
    /// The service's challenge is answered by itself, which takes some milliseconds of one core. It needs random bytes and the time
    /// of day, both of the operating system.
    ///
    /// ```
    /// use cognito_userpools::sign_in::SignIn;
    /// # async fn sign_in(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
    ///
    /// let sign_in = SignIn::user_srp_auth("eu-west-1_Ab12Cd34", "alice", "correct horse");
    /// assert_eq!(format!("{sign_in:?}"), "SignIn { flow: USER_SRP_AUTH, .. }");
    /// let step = sign_in.start(client).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn user_srp_auth(
        user_pool_id: impl Into<String>,
        username: impl Into<String>,
        password: impl Into<String>,
    ) -> Self {
        Self::new(Flow::Srp(Credentials::new(user_pool_id, password)), username)
    }

    /// `USER_AUTH`: by what the user chooses. Without [`prefer`](Self::prefer) the next step says what there is to choose from.
    ///
    /// ```
    /// use cognito_userpools::sign_in::{FirstFactor, SignIn, Step};
    /// # async fn sign_in(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
    ///
    /// match SignIn::user_auth("alice").start(client).await? {
    ///     Step::SelectChallenge(challenge) => {
    ///         println!("one of {:?}", challenge.available());
    ///         let step = challenge.select(client, FirstFactor::email_otp()).await?;
    ///     }
    ///     other => println!("{other:?}"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn user_auth(username: impl Into<String>) -> Self {
        Self::new(Flow::Choice(None), username)
    }

    /// `CUSTOM_AUTH`: by the pool's own Lambda triggers.
    ///
    /// ```
    /// use cognito_userpools::sign_in::{SignIn, Step};
    /// # async fn sign_in(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
    ///
    /// if let Step::Custom(challenge) = SignIn::custom_auth("alice").start(client).await? {
    ///     println!("{:?}", challenge.parameters().get("question"));
    ///     let step = challenge.answer(client, "blue").await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn custom_auth(username: impl Into<String>) -> Self {
        Self::new(Flow::Custom(None), username)
    }

    /// `CUSTOM_AUTH` after the password was proved as by [`user_srp_auth`](Self::user_srp_auth).
    ///
    /// ```
    /// use cognito_userpools::sign_in::SignIn;
    /// # async fn sign_in(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
    ///
    /// let begun = SignIn::custom_auth_with_srp("eu-west-1_Ab12Cd34", "alice", "correct horse");
    /// let step =
    ///     begun.client_metadata([("language".to_owned(), "de".to_owned())]).start(client).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn custom_auth_with_srp(
        user_pool_id: impl Into<String>,
        username: impl Into<String>,
        password: impl Into<String>,
    ) -> Self {
        Self::new(Flow::Custom(Some(Credentials::new(user_pool_id, password))), username)
    }

    /// The factor to begin with, where the user chooses; without it the service asks. Other flows pass over it.
    ///
    /// ```
    /// use cognito_userpools::sign_in::{FirstFactor, SignIn, Step};
    /// # async fn sign_in(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
    ///
    /// if let Step::EmailOtp(challenge) =
    ///     SignIn::user_auth("alice").prefer(FirstFactor::email_otp()).start(client).await?
    /// {
    ///     println!("a code is on its way to {:?}", challenge.destination());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn prefer(mut self, factor: FirstFactor) -> Self {
        if let Flow::Choice(choice) = &mut self.flow {
            *choice = Some(factor);
        }
        self
    }

    /// The session that `ConfirmSignUp` gave, so that a user who has just confirmed an address by a code need not enter another.
    ///
    /// ```
    /// use cognito_userpools::sign_in::{SignIn, Step};
    /// use cognito_userpools::operations::ConfirmSignUp;
    /// use cognito_userpools::{Client, Error};
    ///
    /// /// Confirms a sign-up, and signs in without another code.
    /// async fn confirm(client: &Client, operation: ConfirmSignUp) -> Result<Step, Error> {
    ///     let confirmed = operation.send(client).await?;
    ///     let mut sign_in = SignIn::user_auth(operation.username);
    ///     if let Some(session) = confirmed.session {
    ///         sign_in = sign_in.session(session);
    ///     }
    ///     sign_in.start(client).await
    /// }
    /// ```
    pub fn session(mut self, session: impl Into<String>) -> Self {
        self.session = Some(session.into());
        self
    }

    /// Any other entry of `AuthParameters`.
    ///
    /// ```
    /// use cognito_userpools::sign_in::SignIn;
    /// # async fn sign_in(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
    ///
    /// let begun = SignIn::custom_auth("alice").auth_parameter("CHALLENGE_NAME", "CUSTOM_CHALLENGE");
    /// let step = begun.start(client).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn auth_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let (name, value) = (name.into(), value.into());
        match name.as_str() {
            // These two are in every request.
            "USERNAME" => self.context.username = value,
            "DEVICE_KEY" => self.context.device_key = Some(value),
            _ => drop(self.parameters.insert(name, Zeroizing::new(value))),
        }
        self
    }

    context_setters!(context);

    fn turn(self) -> Turn<Result<Step, Error>> {
        let Self { flow, context, session, parameters } = self;
        let mut handshake = None;
        let mut begin = |credentials: Credentials| {
            let begun = credentials.begin()?;
            let public = begun.public();
            handshake = Some(begun);
            Ok(public)
        };
        let request = match flow {
            Flow::Password(mut password) => {
                let password = std::mem::take(&mut *password);
                Ok(context.initiate(AuthFlowType::UserPasswordAuth, [("PASSWORD", password)]))
            }
            Flow::Srp(credentials) => {
                begin(credentials).map(|public| context.initiate(AuthFlowType::UserSrpAuth, [("SRP_A", public)]))
            }
            Flow::Custom(None) => Ok(context.initiate(AuthFlowType::CustomAuth, [])),
            Flow::Custom(Some(credentials)) => begin(credentials).map(|public| {
                let parameters = [("CHALLENGE_NAME", "SRP_A".to_owned()), ("SRP_A", public)];
                context.initiate(AuthFlowType::CustomAuth, parameters)
            }),
            Flow::Choice(None) => Ok(context.initiate(AuthFlowType::UserAuth, [])),
            Flow::Choice(Some(factor)) => {
                let preferred = ("PREFERRED_CHALLENGE", factor.name().as_str().to_owned());
                factor.entries().map(|(entries, begun)| {
                    handshake = begun;
                    let mut request = context.initiate(AuthFlowType::UserAuth, [preferred]);
                    let entries = entries.into_iter().map(|(name, value)| (name.to_owned(), value));
                    request.auth_parameters.get_or_insert_default().extend(entries);
                    request
                })
            }
        };
        let mut request = match request {
            Ok(request) => request,
            Err(error) => return Turn::Done(Err(error.for_operation(InitiateAuth::NAME))),
        };
        request.session = session;
        let parameters = parameters.into_iter().map(|(name, mut value)| (name, std::mem::take(&mut *value)));
        request.auth_parameters.get_or_insert_default().extend(parameters);
        Turn::send(Message::Initiate(request, None), move |answer| follow(answer, context, handshake.as_ref()))
    }

    /// Begins.
    pub fn start(self, client: &Client) -> Advancing<'_, Result<Step, Error>> {
        Advancing::new(client, self.turn())
    }

    /// Begins, and blocks until the answer is there.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn start_blocking(self, client: &blocking::Client) -> Result<Step, Error> {
        drive_blocking(client, self.turn())
    }
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let flow = match &self.flow {
            Flow::Password(_) => AuthFlowType::UserPasswordAuth,
            Flow::Srp(_) => AuthFlowType::UserSrpAuth,
            Flow::Choice(_) => AuthFlowType::UserAuth,
            Flow::Custom(_) => AuthFlowType::CustomAuth,
        };
        f.debug_struct("SignIn").field("flow", &flow).finish_non_exhaustive()
    }
}

//! The start of a sign-in.

use super::context::{Context, context_setters, proof_setters};
use super::factor::FirstFactor;
use super::machine::{StepFuture, Transition, drive_blocking};
use super::password::is_password_empty;
use super::step::{Step, next_step};
use crate::operations::AuthFlowType;
use cognito_op::arguments::IntoMember;
use cognito_op::{Client, Error, blocking};
use std::collections::BTreeMap;
use std::fmt;
use zeroize::Zeroizing;

/// The request that starts a sign-in.
///
/// [`start`](Self::start) returns a [`Step`]: tokens, or a challenge to answer. The client must have been built with an
/// app client.
///
/// ```
/// use cognito_userpools::sign_in::{SignIn, Step};
/// # async fn sign_in(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
/// match SignIn::user_srp_auth("eu-west-1_Ab12Cd34", "alice", "correct horse")
///     .start(client)
///     .await?
/// {
///     Step::SignedIn(tokens) => println!("the access token expires in {:?}", tokens.expires_in),
///     Step::SoftwareTokenMfa(challenge) => {
///         let step = challenge.answer(client, "123456").await?;
///     }
///     other => println!("{other:?}"),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "nothing is sent until `start` is called"]
pub struct SignIn {
    flow: AuthFlowType,
    factor: Option<FirstFactor>,
    context: Context,
    session: Option<String>,
    parameters: BTreeMap<String, Zeroizing<String>>,
}

impl SignIn {
    fn new(flow: AuthFlowType, username: impl Into<String>, factor: Option<FirstFactor>) -> Self {
        Self { flow, factor, context: Context::new(username), session: None, parameters: BTreeMap::new() }
    }

    /// Creates a sign-in with the flow `USER_PASSWORD_AUTH`: the password is sent to the service.
    ///
    /// ```
    /// use cognito_userpools::sign_in::{SignIn, Step};
    /// # fn sign_in(client: &cognito_userpools::blocking::Client) -> Result<(), cognito_userpools::Error> {
    ///
    /// let step = SignIn::user_password_auth("alice", "correct horse").start_blocking(client)?;
    /// if let Step::SignedIn(tokens) = step {
    ///     println!("the access token expires in {:?}", tokens.expires_in);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn user_password_auth(username: impl Into<String>, password: impl Into<String>) -> Self {
        Self::new(AuthFlowType::UserPasswordAuth, username, Some(FirstFactor::password(password)))
    }

    /// Creates a sign-in with the flow `USER_SRP_AUTH`: the password is proved with SRP and not sent. The user pool id
    /// has the form `eu-west-1_Ab12Cd34`.
    ///
    /// The future answers the challenge `PASSWORD_VERIFIER` automatically. The proof takes some milliseconds of CPU
    /// time; [`offload`](Self::offload) moves it to another thread. It needs random bytes and the time of day from the
    /// operating system.
    ///
    /// ```
    /// use cognito_userpools::sign_in::SignIn;
    /// # async fn sign_in(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
    ///
    /// let sign_in = SignIn::user_srp_auth("eu-west-1_Ab12Cd34", "alice", "correct horse");
    /// assert_eq!(format!("{sign_in:?}"), "SignIn { flow: UserSrpAuth, .. }");
    /// let step = sign_in.start(client).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn user_srp_auth(
        user_pool_id: impl Into<String>,
        username: impl Into<String>,
        password: impl Into<String>,
    ) -> Self {
        let factor = FirstFactor::password_srp(user_pool_id, password);
        Self::new(AuthFlowType::UserSrpAuth, username, Some(factor))
    }

    /// Creates a sign-in with the flow `USER_AUTH`: the user chooses the first factor. Without
    /// [`prefer`](Self::prefer), the next step contains the available factors.
    ///
    /// ```
    /// use cognito_userpools::sign_in::{FirstFactor, SignIn, Step};
    /// # async fn sign_in(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
    ///
    /// match SignIn::user_auth("alice").start(client).await? {
    ///     Step::SelectChallenge(challenge) => {
    ///         println!("choose one of {:?}", challenge.available());
    ///         let step = challenge.select(client, FirstFactor::email_otp()).await?;
    ///     }
    ///     other => println!("{other:?}"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn user_auth(username: impl Into<String>) -> Self {
        Self::new(AuthFlowType::UserAuth, username, None)
    }

    /// Creates a sign-in with the flow `CUSTOM_AUTH`: Lambda triggers of the pool define the challenges.
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
        Self::new(AuthFlowType::CustomAuth, username, None)
    }

    /// Creates a sign-in with the flow `CUSTOM_AUTH`, preceded by a proof of the password as in
    /// [`user_srp_auth`](Self::user_srp_auth).
    ///
    /// ```
    /// use cognito_userpools::sign_in::SignIn;
    /// # async fn sign_in(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
    ///
    /// let sign_in = SignIn::custom_auth_with_srp("eu-west-1_Ab12Cd34", "alice", "correct horse");
    /// let step = sign_in.start(client).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn custom_auth_with_srp(
        user_pool_id: impl Into<String>,
        username: impl Into<String>,
        password: impl Into<String>,
    ) -> Self {
        let factor = FirstFactor::password_srp(user_pool_id, password);
        Self::new(AuthFlowType::CustomAuth, username, Some(factor))
    }

    /// Sets the first factor for [`user_auth`](Self::user_auth). Other flows ignore it.
    ///
    /// ```
    /// use cognito_userpools::sign_in::{FirstFactor, SignIn, Step};
    /// # async fn sign_in(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
    ///
    /// if let Step::EmailOtp(challenge) =
    ///     SignIn::user_auth("alice").prefer(FirstFactor::email_otp()).start(client).await?
    /// {
    ///     println!("the code was sent to {:?}", challenge.destination());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn prefer(mut self, factor: FirstFactor) -> Self {
        if self.flow == AuthFlowType::UserAuth {
            self.factor = Some(factor);
        }
        self
    }

    /// Sets the session from the response of `ConfirmSignUp`. A user who has just confirmed an address with a code then
    /// does not have to enter another one.
    ///
    /// ```
    /// use cognito_userpools::sign_in::{SignIn, Step};
    /// use cognito_userpools::operations::ConfirmSignUp;
    /// use cognito_userpools::{Client, Error};
    ///
    /// /// Confirms a sign-up and signs in without another code.
    /// async fn confirm(client: &Client, operation: ConfirmSignUp) -> Result<Step, Error> {
    ///     let confirmed = operation.send(client).await?;
    ///     SignIn::user_auth(operation.username).session(confirmed.session).start(client).await
    /// }
    /// ```
    pub fn session<F>(mut self, session: impl IntoMember<String, F>) -> Self {
        self.session = session.into_member();
        self
    }

    /// Sets any other entry of `AuthParameters`.
    ///
    /// ```
    /// use cognito_userpools::sign_in::SignIn;
    /// # async fn sign_in(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
    ///
    /// let sign_in =
    ///     SignIn::custom_auth("alice").auth_parameter("CHALLENGE_NAME", "CUSTOM_CHALLENGE");
    /// let step = sign_in.start(client).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn auth_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let (name, value) = (name.into(), value.into());
        match name.as_str() {
            // Every request of the sign-in contains these two.
            "USERNAME" => self.context.username = value,
            "DEVICE_KEY" => self.context.set_device_key(Some(value)),
            _ => drop(self.parameters.insert(name, Zeroizing::new(value))),
        }
        self
    }

    context_setters!(context);
    proof_setters!(context);

    /// Starts the sign-in. If the pool does not know the device, starts once more without it.
    fn transition(self) -> Transition<Result<Step, Error>> {
        if self.context.device_key.is_none() {
            return self.begin();
        }
        let mut again = self.clone();
        self.begin().and_then(|outcome| match outcome {
            Err(error) if again.context.forget_device(&error) => again.begin(),
            outcome => Transition::Done(outcome),
        })
    }

    fn begin(self) -> Transition<Result<Step, Error>> {
        if self.factor.as_ref().is_some_and(FirstFactor::is_srp) {
            Transition::Compute(self.context.offload.clone(), Box::new(|| self.request()))
        } else {
            self.request()
        }
    }

    fn request(self) -> Transition<Result<Step, Error>> {
        let Self { flow, factor, context, session, parameters } = self;
        let selection = factor.as_ref().and_then(|factor| match flow {
            AuthFlowType::UserAuth => Some(("PREFERRED_CHALLENGE", factor.name().as_str().to_owned())),
            AuthFlowType::CustomAuth => Some(("CHALLENGE_NAME", "SRP_A".to_owned())),
            _ => None,
        });
        let (entries, handshake) = match factor.map(|factor| factor.into_entries(&context)).transpose() {
            Ok(entries) => entries.unwrap_or_default(),
            Err(error) => return Transition::Done(Err(error.for_operation(context.initiate_name()))),
        };
        let entries = entries.into_iter().chain(selection).map(|(name, value)| (name.to_owned(), value));
        let parameters = parameters.into_iter().map(|(name, mut value)| (name, std::mem::take(&mut *value)));
        let mut request = context.initiate(flow, session, entries.chain(parameters));
        request.empty_password = is_password_empty(handshake.as_ref());
        Transition::send(request, move |response| next_step(response, context, handshake))
    }

    /// Sends the request and returns the next step.
    pub fn start(self, client: &Client) -> StepFuture<'_, Result<Step, Error>> {
        StepFuture::new(client, self.transition())
    }

    /// Sends the request and returns the next step. Blocks until the response arrives.
    ///
    /// # Errors
    ///
    /// Returns any error of the call; see [`ErrorKind`](crate::ErrorKind).
    pub fn start_blocking(self, client: &blocking::Client) -> Result<Step, Error> {
        drive_blocking(client, self.transition())
    }
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIn").field("flow", &self.flow).finish_non_exhaustive()
    }
}

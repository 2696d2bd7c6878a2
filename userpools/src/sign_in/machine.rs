//! The sign-in as a state machine without I/O, and its two drivers: one asynchronous, one blocking.

use super::entered::{validate_app_code, validate_entries, validate_session};
use super::offload::{Offload, Offloaded, Work};
#[cfg(feature = "admin-users")]
use crate::admin::{
    AdminInitiateAuth, AdminInitiateAuthResponse, AdminRespondToAuthChallenge, AdminRespondToAuthChallengeResponse,
};
use crate::operations::{
    AssociateSoftwareToken, AssociateSoftwareTokenResponse, AuthenticationResultType, ChallengeNameType, ConfirmDevice,
    ConfirmDeviceResponse, InitiateAuth, InitiateAuthResponse, RespondToAuthChallenge, RespondToAuthChallengeResponse,
    VerifySoftwareToken, VerifySoftwareTokenResponse, VerifySoftwareTokenResponseType,
};
use cognito_op::transport::BoxFuture;
use cognito_op::{Call, Client, Config, Error, Meta, Operation, Redactor, Reply, Validation, Violations, blocking};
use std::collections::BTreeMap;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use zeroize::Zeroize as _;

/// The next transition of the state machine.
pub(crate) enum Transition<T> {
    /// Sends a request and continues with its result.
    Send(Box<Request>, Then<T>),
    /// Runs a computation that takes milliseconds of CPU time, where the program chooses.
    Compute(Option<Offload>, Work<Self>),
    /// Ends the machine.
    Done(T),
}

impl<T: 'static> Transition<T> {
    pub(crate) fn send(request: Request, then: impl FnOnce(Result<Response, Error>) -> Self + Send + 'static) -> Self {
        Self::Send(Box::new(request), Box::new(then))
    }

    /// Continues after the end of the machine.
    pub(super) fn and_then<U>(self, next: impl FnOnce(T) -> Transition<U> + Send + 'static) -> Transition<U> {
        match self {
            Self::Send(request, then) => Transition::Send(request, Box::new(|response| then(response).and_then(next))),
            Self::Compute(offload, work) => Transition::Compute(offload, Box::new(|| work().and_then(next))),
            Self::Done(outcome) => next(outcome),
        }
    }
}

pub(crate) type Then<T> = Box<dyn FnOnce(Result<Response, Error>) -> Transition<T> + Send>;

/// A request, without the app client's id.
pub(crate) struct Request {
    pub(super) operation: AnyOperation,
    /// The user name for the secret hash.
    pub(super) hash_username: Option<String>,
    /// Whether the password that the request starts to prove is empty.
    pub(super) empty_password: bool,
    /// The reason why the request must not be sent.
    misconfigured: Option<&'static str>,
}

/// The members of the responses to all requests.
pub(crate) struct Response {
    operation: &'static str,
    meta: Meta,
    /// Redacts texts that quote the request or the secrets of the response.
    pub(super) redactor: Redactor,
    pub(super) authentication_result: Option<AuthenticationResultType>,
    pub(super) challenge_name: Option<ChallengeNameType>,
    pub(super) challenge_parameters: BTreeMap<String, String>,
    pub(super) available_challenges: Vec<ChallengeNameType>,
    pub(super) session: Option<String>,
    pub(super) secret_code: Option<String>,
    pub(super) status: Option<VerifySoftwareTokenResponseType>,
    pub(crate) user_confirmation_necessary: bool,
}

impl Response {
    pub(super) fn new<O: Operation>(meta: Meta, redactor: Redactor) -> Self {
        Self {
            operation: O::NAME,
            meta,
            redactor,
            authentication_result: None,
            challenge_name: None,
            challenge_parameters: BTreeMap::new(),
            available_challenges: Vec::new(),
            session: None,
            secret_code: None,
            status: None,
            user_confirmation_necessary: false,
        }
    }

    /// Sets the session. An empty one is treated as absent.
    fn set_session(&mut self, session: Option<String>) {
        self.session = session.filter(|session| !session.is_empty());
    }

    /// Returns the error for a response that lacks what the flow needs.
    pub(super) fn unreadable(&self, reason: &'static str) -> Error {
        Error::unreadable(reason, &self.meta).for_operation(self.operation)
    }
}

/// The output of an operation, as part of a [`Response`].
trait Output {
    fn move_into(self, response: &mut Response);
}

macro_rules! auth_output {
    ($($output:ident)+) => {$(
        impl Output for $output {
            fn move_into(self, response: &mut Response) {
                response.authentication_result = self.authentication_result;
                response.challenge_name = self.challenge_name.filter(|name| !name.as_str().is_empty());
                response.challenge_parameters = self.challenge_parameters.unwrap_or_default();
                response.available_challenges = self.available_challenges.unwrap_or_default();
                response.set_session(self.session);
            }
        }
    )+};
}

auth_output! { InitiateAuthResponse RespondToAuthChallengeResponse }
#[cfg(feature = "admin-users")]
auth_output! { AdminInitiateAuthResponse AdminRespondToAuthChallengeResponse }

impl Output for AssociateSoftwareTokenResponse {
    fn move_into(self, response: &mut Response) {
        response.secret_code = self.secret_code;
        response.set_session(self.session);
    }
}

impl Output for ConfirmDeviceResponse {
    fn move_into(self, response: &mut Response) {
        response.user_confirmation_necessary = self.user_confirmation_necessary.unwrap_or(false);
    }
}

impl Output for VerifySoftwareTokenResponse {
    fn move_into(self, response: &mut Response) {
        response.status = self.status;
        response.set_session(self.session);
    }
}

fn response<O: Operation<Output: Output>>(reply: Reply<O::Output>) -> Response {
    let redactor = reply.redactor();
    let mut response = Response::new::<O>(reply.meta, redactor);
    reply.value.move_into(&mut response);
    let tokens = response.authentication_result.iter().flat_map(tokens);
    let names = ["USERNAME", "USER_ID_FOR_SRP"].iter().filter_map(|name| response.challenge_parameters.get(*name));
    response.redactor.extend(tokens.chain(&response.session).chain(names));
    response
}

/// Returns the tokens in a result.
pub(super) fn tokens(result: &AuthenticationResultType) -> impl Iterator<Item = &String> {
    [&result.access_token, &result.id_token, &result.refresh_token].into_iter().flatten()
}

/// An operation of a sign-in.
trait Exchange: Operation<Output: Output> {
    /// Whether the service counts the requests, so that one that may have been sent is not retried.
    const IS_ANSWER: bool;

    /// Validates the operation as the client would, and the values that a person entered. A session must not be empty.
    /// Its length is not validated, since the service issued it, and it may be longer than the published maximum.
    fn validate_entered(&mut self, username: Option<&str>, password: Option<&str>) -> Result<(), Violations>;

    /// Zeroizes the secrets.
    fn zeroize(&mut self);
}

/// Implements [`Exchange`] for operations with entries: they start a flow or answer a challenge.
macro_rules! exchange_of_entries {
    ($($operation:ident.$entries:ident, answer: $is_answer:literal;)+) => {$(
        impl Exchange for $operation {
            const IS_ANSWER: bool = $is_answer;

            fn validate_entered(&mut self, username: Option<&str>, password: Option<&str>) -> Result<(), Violations> {
                let session = self.session.take();
                let entered = validate_entries(&self.$entries, session.as_deref(), username, password);
                let rest = self.validate();
                self.session = session;
                match (entered, rest) {
                    (Err(mut violations), Err(rest)) => {
                        violations.extend(rest);
                        Err(violations)
                    }
                    (entered, rest) => entered.and(rest),
                }
            }

            fn zeroize(&mut self) {
                for value in self.$entries.iter_mut().flat_map(BTreeMap::values_mut) {
                    value.zeroize();
                }
            }
        }
    )+};
}

exchange_of_entries! {
    InitiateAuth.auth_parameters, answer: false;
    RespondToAuthChallenge.challenge_responses, answer: true;
}
#[cfg(feature = "admin-users")]
exchange_of_entries! {
    AdminInitiateAuth.auth_parameters, answer: false;
    AdminRespondToAuthChallenge.challenge_responses, answer: true;
}

impl Exchange for AssociateSoftwareToken {
    const IS_ANSWER: bool = false;

    fn validate_entered(&mut self, _: Option<&str>, _: Option<&str>) -> Result<(), Violations> {
        validate_session(self.session.as_deref())
    }

    fn zeroize(&mut self) {}
}

impl Exchange for ConfirmDevice {
    const IS_ANSWER: bool = false;

    fn validate_entered(&mut self, _: Option<&str>, _: Option<&str>) -> Result<(), Violations> {
        self.validate()
    }

    fn zeroize(&mut self) {
        self.access_token.zeroize();
    }
}

impl Exchange for VerifySoftwareToken {
    const IS_ANSWER: bool = true;

    fn validate_entered(&mut self, _: Option<&str>, _: Option<&str>) -> Result<(), Violations> {
        validate_app_code(self)
    }

    fn zeroize(&mut self) {
        self.user_code.zeroize();
    }
}

/// Declares the operations of a sign-in, and what is done with each of them in the same way.
macro_rules! operations {
    ($($(#[$cfg:meta])? $operation:ident)+) => {
        /// The operation of a request. Its secrets are zeroized on drop.
        pub(crate) enum AnyOperation {
            $($(#[$cfg])? $operation($operation),)+
        }

        $($(#[$cfg])?
        impl From<$operation> for AnyOperation {
            fn from(operation: $operation) -> Self {
                Self::$operation(operation)
            }
        })+

        impl AnyOperation {
            fn name(&self) -> &'static str {
                match self {
                    $($(#[$cfg])? Self::$operation(_) => $operation::NAME,)+
                }
            }

            fn validate(&mut self, username: Option<&str>, password: Option<&str>) -> Result<(), Violations> {
                match self {
                    $($(#[$cfg])? Self::$operation(operation) => operation.validate_entered(username, password),)+
                }
            }
        }

        impl Drop for AnyOperation {
            fn drop(&mut self) {
                match self {
                    $($(#[$cfg])? Self::$operation(operation) => Exchange::zeroize(operation),)+
                }
            }
        }

        impl Request {
            async fn send(mut self, client: &Client) -> Result<Response, Error> {
                self.prepare(client.config())?;
                Ok(match &self.operation {
                    $($(#[$cfg])? AnyOperation::$operation(operation) => {
                        let future = self.options(client.call(operation)).send();
                        response::<$operation>(future.await?)
                    })+
                })
            }

            fn send_blocking(mut self, client: &blocking::Client) -> Result<Response, Error> {
                self.prepare(client.config())?;
                Ok(match &self.operation {
                    $($(#[$cfg])? AnyOperation::$operation(operation) => {
                        response::<$operation>(self.options(client.call(operation)).send()?)
                    })+
                })
            }
        }
    };
}

operations! {
    InitiateAuth
    RespondToAuthChallenge
    #[cfg(feature = "admin-users")]
    AdminInitiateAuth
    #[cfg(feature = "admin-users")]
    AdminRespondToAuthChallenge
    AssociateSoftwareToken
    ConfirmDevice
    VerifySoftwareToken
}

impl Request {
    /// Creates a request, and states the reason if it must not be sent.
    pub(crate) fn new(operation: impl Into<AnyOperation>, misconfigured: Option<&'static str>) -> Self {
        Self { operation: operation.into(), hash_username: None, empty_password: false, misconfigured }
    }

    /// Validates the request.
    pub(super) fn prepare(&mut self, config: &Config) -> Result<(), Error> {
        let (username, password) = (self.hash_username.as_deref(), self.empty_password.then_some(""));
        let validated = match (self.misconfigured, config.validation()) {
            (Some(why), _) => Err(Error::misconfigured(why)),
            (None, Validation::On) => self.operation.validate(username, password).map_err(Error::from),
            (None, Validation::Off) => Ok(()),
        };
        validated.map_err(|error| error.for_operation(self.operation.name()))
    }

    /// Sets the options of the call of a request, which has been validated already.
    fn options<'c, 'o, C, O: Exchange>(&'o self, call: Call<'c, 'o, C, O>) -> Call<'c, 'o, C, O> {
        let call = call.validation(Validation::Off);
        let call = if O::IS_ANSWER { call.unsent_only() } else { call };
        match &self.hash_username {
            Some(username) => call.hash_username(username),
            None => call,
        }
    }
}

/// The future of a step of a sign-in, or of the confirmation of a device.
///
/// Dropping it cancels the request and abandons the sign-in. The service may have processed the request nevertheless.
///
/// ```
/// use cognito_userpools::sign_in::{SignIn, Step, StepFuture};
/// use cognito_userpools::{Client, Error};
///
/// fn start(client: &Client) -> StepFuture<'_, Result<Step, Error>> {
///     SignIn::user_auth("alice").start(client)
/// }
/// ```
#[must_use = "nothing is sent until the future is awaited"]
pub struct StepFuture<'c, T>(BoxFuture<'c, T>);

impl<'c, T: Send + 'static> StepFuture<'c, T> {
    pub(crate) fn new(client: &'c Client, mut transition: Transition<T>) -> Self {
        Self(Box::pin(async move {
            loop {
                match transition {
                    Transition::Send(request, then) => transition = then(request.send(client).await),
                    Transition::Compute(None, work) => transition = work(),
                    Transition::Compute(Some(offload), work) => transition = Offloaded::new(&offload, work).await,
                    Transition::Done(outcome) => return outcome,
                }
            }
        }))
    }
}

pub(crate) fn drive_blocking<T>(client: &blocking::Client, mut transition: Transition<T>) -> T {
    loop {
        match transition {
            Transition::Send(request, then) => transition = then(request.send_blocking(client)),
            Transition::Compute(_, work) => transition = work(),
            Transition::Done(outcome) => return outcome,
        }
    }
}

impl<T> Future for StepFuture<'_, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        self.0.as_mut().poll(context)
    }
}

impl<T> fmt::Debug for StepFuture<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StepFuture").finish_non_exhaustive()
    }
}

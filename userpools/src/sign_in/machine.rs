//! The sign-in as a state machine without I/O, and its two drivers: one asynchronous, one blocking.

use super::entered::{validate_app_code, validate_entries, validate_session};
use super::offload::{Offload, Offloaded, Work};
use crate::operations::{
    AssociateSoftwareToken, AssociateSoftwareTokenResponse, AuthenticationResultType, ChallengeNameType, InitiateAuth,
    InitiateAuthResponse, RespondToAuthChallenge, RespondToAuthChallengeResponse, VerifySoftwareToken,
    VerifySoftwareTokenResponse, VerifySoftwareTokenResponseType,
};
use cognito_op::transport::BoxFuture;
use cognito_op::{Client, Config, Error, Meta, Operation, Redactor, Reply, Validation, Violations, blocking};
use std::collections::BTreeMap;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use zeroize::Zeroize as _;

/// The next transition of the state machine.
pub(super) enum Transition<T> {
    /// Sends a request and continues with its result.
    Send(Box<Request>, Then<T>),
    /// Runs a computation that takes milliseconds of CPU time, where the program chooses.
    Compute(Option<Offload>, Work<Self>),
    /// Ends the machine.
    Done(T),
}

impl<T> Transition<T> {
    pub(super) fn send(request: Request, then: impl FnOnce(Result<Response, Error>) -> Self + Send + 'static) -> Self {
        Self::Send(Box::new(request), Box::new(then))
    }
}

pub(super) type Then<T> = Box<dyn FnOnce(Result<Response, Error>) -> Transition<T> + Send>;

/// A request, without the app client's id. Its secrets are zeroized on drop.
pub(super) enum Request {
    Initiate(InitiateAuth, Absent),
    Respond(RespondToAuthChallenge, Absent),
    Associate(AssociateSoftwareToken),
    Verify(VerifySoftwareToken),
}

/// The values on which a request depends and which it does not contain.
#[derive(Default)]
pub(super) struct Absent {
    /// The user name for the secret hash.
    pub(super) hash_username: Option<String>,
    /// Whether the password that the request starts to prove is empty.
    pub(super) empty_password: bool,
}

/// The members of the responses to all requests.
pub(super) struct Response {
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

impl Output for AssociateSoftwareTokenResponse {
    fn move_into(self, response: &mut Response) {
        response.secret_code = self.secret_code;
        response.set_session(self.session);
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

/// Calls the operation of a request, which has been validated already. The expression `$send` sends `$call`.
macro_rules! send {
    ($request:expr, $client:expr, |$call:ident| $send:expr) => {{
        let client = $client;
        match $request {
            Request::Initiate(operation, absent) => {
                let $call = client.call(&*operation).validation(Validation::Off);
                let $call = match &absent.hash_username {
                    Some(username) => $call.hash_username(username),
                    None => $call,
                };
                response::<InitiateAuth>($send)
            }
            // The service counts answers, so one that may have been sent is not retried.
            Request::Respond(operation, _) => {
                let $call = client.call(&*operation).validation(Validation::Off).unsent_only();
                response::<RespondToAuthChallenge>($send)
            }
            Request::Associate(operation) => {
                let $call = client.call(&*operation).validation(Validation::Off);
                response::<AssociateSoftwareToken>($send)
            }
            Request::Verify(operation) => {
                let $call = client.call(&*operation).validation(Validation::Off).unsent_only();
                response::<VerifySoftwareToken>($send)
            }
        }
    }};
}

/// Validates an operation without its session, and adds its violations to those of the entered values.
fn validate<O: Operation>(
    operation: &mut O,
    session: impl Fn(&mut O) -> &mut Option<String>,
    entered: Result<(), Violations>,
) -> Result<(), Violations> {
    let taken = session(operation).take();
    let rest = operation.validate();
    *session(operation) = taken;
    match (entered, rest) {
        (Err(mut violations), Err(rest)) => {
            violations.extend(rest);
            Err(violations)
        }
        (entered, rest) => entered.and(rest),
    }
}

impl Request {
    fn name(&self) -> &'static str {
        match self {
            Self::Initiate(..) => InitiateAuth::NAME,
            Self::Respond(..) => RespondToAuthChallenge::NAME,
            Self::Associate(_) => AssociateSoftwareToken::NAME,
            Self::Verify(_) => VerifySoftwareToken::NAME,
        }
    }

    /// Validates the request.
    fn prepare(&mut self, config: &Config) -> Result<(), Error> {
        match config.validation() {
            Validation::On => self.validate().map_err(|violations| Error::from(violations).for_operation(self.name())),
            Validation::Off => Ok(()),
        }
    }

    /// Validates the request as the client would, and the values that a person entered. A session must not be empty.
    /// Its length is not validated, since the service issued it, and it may be longer than the published maximum.
    fn validate(&mut self) -> Result<(), Violations> {
        match self {
            Self::Initiate(operation, absent) => {
                let session = operation.session.as_deref();
                let (username, password) = (absent.hash_username.as_deref(), absent.empty_password.then_some(""));
                let entered = validate_entries(&operation.auth_parameters, session, username, password);
                validate(operation, |operation| &mut operation.session, entered)
            }
            Self::Respond(operation, absent) => {
                let session = operation.session.as_deref();
                let (username, password) = (absent.hash_username.as_deref(), absent.empty_password.then_some(""));
                let entered = validate_entries(&operation.challenge_responses, session, username, password);
                validate(operation, |operation| &mut operation.session, entered)
            }
            Self::Associate(operation) => validate_session(operation.session.as_deref()),
            Self::Verify(operation) => validate_app_code(operation),
        }
    }

    async fn send(mut self, client: &Client) -> Result<Response, Error> {
        self.prepare(client.config())?;
        Ok(send!(&mut self, client, |call| {
            let future = call.send();
            future.await?
        }))
    }

    fn send_blocking(mut self, client: &blocking::Client) -> Result<Response, Error> {
        self.prepare(client.config())?;
        Ok(send!(&mut self, client, |call| call.send()?))
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        let secrets = match self {
            Self::Initiate(operation, _) => &mut operation.auth_parameters,
            Self::Respond(operation, _) => &mut operation.challenge_responses,
            Self::Associate(_) => return,
            Self::Verify(operation) => return operation.user_code.zeroize(),
        };
        for value in secrets.iter_mut().flat_map(BTreeMap::values_mut) {
            value.zeroize();
        }
    }
}

/// The future of a step of a sign-in.
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
    pub(super) fn new(client: &'c Client, mut transition: Transition<T>) -> Self {
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

pub(super) fn drive_blocking<T>(client: &blocking::Client, mut transition: Transition<T>) -> T {
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

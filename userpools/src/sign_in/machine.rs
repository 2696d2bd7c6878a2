//! The sign-in as a state machine without I/O, and its two drivers: one asynchronous, one blocking.

use crate::operations::{
    AssociateSoftwareToken, AssociateSoftwareTokenResponse, AuthenticationResultType, ChallengeNameType, InitiateAuth,
    InitiateAuthResponse, RespondToAuthChallenge, RespondToAuthChallengeResponse, VerifySoftwareToken,
    VerifySoftwareTokenResponse, VerifySoftwareTokenResponseType,
};
use cognito_op::transport::BoxFuture;
use cognito_op::{Client, Config, Error, Meta, Operation, Reply, Validation, blocking};
use std::collections::BTreeMap;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use zeroize::Zeroize as _;

/// The next transition of the state machine.
pub(super) enum Transition<T> {
    /// Sends a request and continues with its result.
    Send(Box<Request>, Then<T>),
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
    /// With the user name for the secret hash, if the request does not contain it.
    Initiate(InitiateAuth, Option<String>),
    Respond(RespondToAuthChallenge),
    Associate(AssociateSoftwareToken),
    Verify(VerifySoftwareToken),
}

/// The members of the responses to all requests.
pub(super) struct Response {
    operation: &'static str,
    meta: Meta,
    pub(super) authentication_result: Option<AuthenticationResultType>,
    pub(super) challenge_name: Option<ChallengeNameType>,
    pub(super) challenge_parameters: BTreeMap<String, String>,
    pub(super) available_challenges: Vec<ChallengeNameType>,
    pub(super) session: Option<String>,
    pub(super) secret_code: Option<String>,
    pub(super) status: Option<VerifySoftwareTokenResponseType>,
}

impl Response {
    pub(super) fn new<O: Operation>(meta: Meta) -> Self {
        Self {
            operation: O::NAME,
            meta,
            authentication_result: None,
            challenge_name: None,
            challenge_parameters: BTreeMap::new(),
            available_challenges: Vec::new(),
            session: None,
            secret_code: None,
            status: None,
        }
    }

    /// The error for a response that lacks what the flow needs.
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
                response.session = self.session;
            }
        }
    )+};
}

auth_output! { InitiateAuthResponse RespondToAuthChallengeResponse }

impl Output for AssociateSoftwareTokenResponse {
    fn move_into(self, response: &mut Response) {
        response.secret_code = self.secret_code;
        response.session = self.session;
    }
}

impl Output for VerifySoftwareTokenResponse {
    fn move_into(self, response: &mut Response) {
        response.status = self.status;
        response.session = self.session;
    }
}

fn response<O: Operation<Output: Output>>(reply: Reply<O::Output>) -> Response {
    let mut response = Response::new::<O>(reply.meta);
    reply.value.move_into(&mut response);
    response
}

/// Calls the operation of a request, which has been validated already. The expression `$send` sends `$call`.
macro_rules! send {
    ($request:expr, $client:expr, |$call:ident| $send:expr) => {{
        let client = $client;
        match $request {
            Request::Initiate(operation, hash_username) => {
                let $call = client.call(&*operation).validation(Validation::Off);
                let $call = match hash_username {
                    Some(username) => $call.hash_username(username),
                    None => $call,
                };
                response::<InitiateAuth>($send)
            }
            // The service counts answers, so one that may have been sent is not retried.
            Request::Respond(operation) => {
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

/// Validates an operation without its session, and removes an empty session.
fn validate<O: Operation>(
    operation: &mut O,
    session: impl Fn(&mut O) -> &mut Option<String>,
    validation: Validation,
) -> Result<(), Error> {
    let taken = session(operation).take();
    let outcome = if validation == Validation::On { operation.validate() } else { Ok(()) };
    *session(operation) = taken.filter(|session| !session.is_empty());
    outcome.map_err(|violations| Error::from(violations).for_operation(O::NAME))
}

impl Request {
    /// Validates the request as the client would, except for the session: the service issued
    /// it, and it may be longer than the published maximum.
    fn prepare(&mut self, config: &Config) -> Result<(), Error> {
        let validation = config.validation();
        match self {
            Self::Initiate(operation, _) => validate(operation, |operation| &mut operation.session, validation),
            Self::Respond(operation) => validate(operation, |operation| &mut operation.session, validation),
            Self::Associate(operation) => validate(operation, |operation| &mut operation.session, validation),
            Self::Verify(operation) => validate(operation, |operation| &mut operation.session, validation),
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
            Self::Respond(operation) => &mut operation.challenge_responses,
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
/// Dropping it abandons the sign-in. The service may have processed the request nevertheless.
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

impl<'c, T: Send + 'c> StepFuture<'c, T> {
    pub(super) fn new(client: &'c Client, mut transition: Transition<T>) -> Self {
        Self(Box::pin(async move {
            loop {
                match transition {
                    Transition::Send(request, then) => transition = then(request.send(client).await),
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

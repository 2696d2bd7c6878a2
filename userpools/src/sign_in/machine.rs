//! A sign-in as a machine without I/O: a request, and what becomes of its answer. Two drivers, one that waits and one that
//! blocks, follow it.

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

/// What comes next.
pub(super) enum Turn<T> {
    /// A request, and what its answer leads to.
    Send(Box<Message>, Then<T>),
    /// The end.
    Done(T),
}

impl<T> Turn<T> {
    pub(super) fn send(message: Message, then: impl FnOnce(Result<Answer, Error>) -> Self + Send + 'static) -> Self {
        Self::Send(Box::new(message), Box::new(then))
    }
}

pub(super) type Then<T> = Box<dyn FnOnce(Result<Answer, Error>) -> Turn<T> + Send>;

/// A request. The app client's id is put in when it is sent, and what it held is zeroized afterwards.
pub(super) enum Message {
    /// With the name of the secret hash, where the request does not hold it.
    Initiate(InitiateAuth, Option<String>),
    Respond(RespondToAuthChallenge),
    Associate(AssociateSoftwareToken),
    Verify(VerifySoftwareToken),
}

/// An answer to any of them.
pub(super) struct Answer {
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

impl Answer {
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

    /// The error of an answer that does not hold what it should.
    pub(super) fn unreadable(&self, why: &'static str) -> Error {
        Error::unreadable(why, &self.meta).for_operation(self.operation)
    }
}

/// An answer of one operation as one of any.
trait Answered {
    fn put(self, answer: &mut Answer);
}

macro_rules! answered {
    ($($answer:ident)+) => {$(
        impl Answered for $answer {
            fn put(self, answer: &mut Answer) {
                answer.authentication_result = self.authentication_result;
                answer.challenge_name = self.challenge_name.filter(|name| !name.as_str().is_empty());
                answer.challenge_parameters = self.challenge_parameters.unwrap_or_default();
                answer.available_challenges = self.available_challenges.unwrap_or_default();
                answer.session = self.session;
            }
        }
    )+};
}

answered! { InitiateAuthResponse RespondToAuthChallengeResponse }

impl Answered for AssociateSoftwareTokenResponse {
    fn put(self, answer: &mut Answer) {
        answer.secret_code = self.secret_code;
        answer.session = self.session;
    }
}

impl Answered for VerifySoftwareTokenResponse {
    fn put(self, answer: &mut Answer) {
        answer.status = self.status;
        answer.session = self.session;
    }
}

fn answered<O: Operation<Output: Answered>>(reply: Reply<O::Output>) -> Answer {
    let mut answer = Answer::new::<O>(reply.meta);
    reply.value.put(&mut answer);
    answer
}

/// Calls a request's operation, which has been checked: `$call` is the call, which `$send` sends.
macro_rules! send {
    ($message:expr, $client:expr, |$call:ident| $send:expr) => {{
        let client = $client;
        match $message {
            Message::Initiate(operation, hash_username) => {
                let $call = client.call(&*operation).validation(Validation::Off);
                let $call = match hash_username {
                    Some(username) => $call.hash_username(username),
                    None => $call,
                };
                answered::<InitiateAuth>($send)
            }
            // What answers a challenge is not sent again once it has been.
            Message::Respond(operation) => {
                let $call = client.call(&*operation).validation(Validation::Off).unsent_only();
                answered::<RespondToAuthChallenge>($send)
            }
            Message::Associate(operation) => {
                let $call = client.call(&*operation).validation(Validation::Off);
                answered::<AssociateSoftwareToken>($send)
            }
            Message::Verify(operation) => {
                let $call = client.call(&*operation).validation(Validation::Off).unsent_only();
                answered::<VerifySoftwareToken>($send)
            }
        }
    }};
}

/// The app client that an operation is for.
fn addressed<O: Operation>(config: &Config) -> Result<&str, Error> {
    config.app_client_id().ok_or_else(|| {
        let why = "signing in needs an app client; build the client with `app_client` or `public_app_client`";
        Error::misconfigured(why).for_operation(O::NAME)
    })
}

fn check<O: Operation>(
    operation: &mut O,
    session: impl Fn(&mut O) -> &mut Option<String>,
    checks: bool,
) -> Result<(), Error> {
    let taken = session(operation).take();
    let outcome = if checks { operation.validate() } else { Ok(()) };
    *session(operation) = taken.filter(|session| !session.is_empty());
    outcome.map_err(|violations| Error::from(violations).for_operation(O::NAME))
}

impl Message {
    /// Names the app client that it is for, and checks it as the client would, but for its session: that is the service's own.
    fn prepare(&mut self, config: &Config) -> Result<(), Error> {
        let checks = config.validation() == Validation::On;
        match self {
            Self::Initiate(operation, _) => {
                addressed::<InitiateAuth>(config)?.clone_into(&mut operation.client_id);
                check(operation, |operation| &mut operation.session, checks)
            }
            Self::Respond(operation) => {
                addressed::<RespondToAuthChallenge>(config)?.clone_into(&mut operation.client_id);
                check(operation, |operation| &mut operation.session, checks)
            }
            Self::Associate(operation) => check(operation, |operation| &mut operation.session, checks),
            Self::Verify(operation) => check(operation, |operation| &mut operation.session, checks),
        }
    }

    async fn send(mut self, client: &Client) -> Result<Answer, Error> {
        self.prepare(client.config())?;
        Ok(send!(&mut self, client, |call| {
            let sending = call.send();
            sending.await?
        }))
    }

    fn send_blocking(mut self, client: &blocking::Client) -> Result<Answer, Error> {
        self.prepare(client.config())?;
        Ok(send!(&mut self, client, |call| call.send()?))
    }
}

impl Drop for Message {
    fn drop(&mut self) {
        let held = match self {
            Self::Initiate(operation, _) => &mut operation.auth_parameters,
            Self::Respond(operation) => &mut operation.challenge_responses,
            Self::Associate(_) => return,
            Self::Verify(operation) => return operation.user_code.zeroize(),
        };
        for value in held.iter_mut().flat_map(BTreeMap::values_mut) {
            value.zeroize();
        }
    }
}

/// The future of a step of a sign-in.
///
/// Dropping it ends the sign-in; the service may have gone on with it all the same.
///
/// ```
/// use cognito_userpools::sign_in::{Advancing, SignIn, Step};
/// use cognito_userpools::{Client, Error};
///
/// async fn sign_in(client: &Client) -> Result<Step, Error> {
///     let advancing: Advancing<'_, Result<Step, Error>> =
///         SignIn::user_auth("alice").start(client);
///     advancing.await
/// }
/// ```
#[must_use = "nothing is sent before this is awaited"]
pub struct Advancing<'c, T>(BoxFuture<'c, T>);

impl<'c, T: Send + 'c> Advancing<'c, T> {
    pub(super) fn new(client: &'c Client, mut turn: Turn<T>) -> Self {
        Self(Box::pin(async move {
            loop {
                match turn {
                    Turn::Send(message, then) => turn = then(message.send(client).await),
                    Turn::Done(outcome) => return outcome,
                }
            }
        }))
    }
}

pub(super) fn drive_blocking<T>(client: &blocking::Client, mut turn: Turn<T>) -> T {
    loop {
        match turn {
            Turn::Send(message, then) => turn = then(message.send_blocking(client)),
            Turn::Done(outcome) => return outcome,
        }
    }
}

impl<T> Future for Advancing<'_, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        self.0.as_mut().poll(context)
    }
}

impl<T> fmt::Debug for Advancing<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Advancing").finish_non_exhaustive()
    }
}

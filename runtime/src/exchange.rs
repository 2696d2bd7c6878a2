//! A call without I/O: an operation becomes a request, an answer becomes a value.

use crate::body::Body;
use crate::config::{Config, Options, Validation};
use crate::error::{Answer, Error, request_id};
use crate::operation::{Member, Operation, Structure};
use crate::secret::{AppClient, secret_hash};
use crate::transport::Replay;
use crate::value::OutputValue;
use crate::wire::{Fill, read_output, write_operation};
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT};
use http::{Method, Request, Response, StatusCode};
use std::fmt;
use std::marker::PhantomData;

const JSON: HeaderValue = HeaderValue::from_static("application/x-amz-json-1.1");
const TARGET: HeaderName = HeaderName::from_static("x-amz-target");
const TARGET_PREFIX: &str = "AWSCognitoIdentityProviderService";
const AGENT: HeaderValue = HeaderValue::from_static(concat!("cognito-op/", env!("CARGO_PKG_VERSION")));

/// What reads the answer to one request.
///
/// It shares the request's body, so that an error can leave out what was in it, and shows nothing of it.
pub struct Exchange<R> {
    pub(crate) sent: Sent,
    output: PhantomData<fn() -> R>,
}

/// What is remembered of a request, whatever its answer is read as.
#[derive(Clone)]
pub(crate) struct Sent {
    operation: &'static str,
    members: &'static [Member],
    executed_despite: &'static [&'static str],
    body: Body,
}

/// What came with an answer.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Meta {
    /// The HTTP status.
    pub status: StatusCode,
    /// The request's id in the service's logs.
    pub request_id: Option<String>,
    /// How often the request was sent.
    pub attempts: u32,
}

/// A value and what came with it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reply<R> {
    /// The operation's output.
    pub value: R,
    /// What came with it.
    pub meta: Meta,
}

pub(crate) fn prepare<O: Operation + ?Sized>(
    config: &Config,
    options: Options<'_>,
    operation: &O,
) -> Result<(Request<Body>, Exchange<O::Output>), Error> {
    if options.validation == Validation::On {
        operation.validate().map_err(Error::invalid)?;
    }
    let app_client = config.app_client.as_ref();
    if let (Some(app_client), Some(id)) = (app_client, operation.client_id())
        && app_client.id != id
    {
        return Err(Error::misconfigured(
            "the request names another app client than the one the client was built with; see `with_app_client`",
        ));
    }
    let client_secret = app_client.and_then(AppClient::secret);
    let secret_hash = match (app_client, client_secret, operation.hashed()) {
        (Some(app_client), Some(secret), Some(hashed)) => {
            let username = options.hash_username.or(hashed.username).ok_or_else(|| {
                Error::misconfigured(
                    "the secret hash is computed over a user name, which the request does not have; see `Call::hash_username`",
                )
            })?;
            secret_hash(secret, username, hashed.client_id.unwrap_or(&app_client.id))
        }
        _ => None,
    };
    let fill = Fill { secret_hash: secret_hash.as_deref(), client_secret };
    let body = Body::from(write_operation(operation, fill));
    let mut request = request(config, O::NAME, body.clone())?;
    if O::REPLAY {
        request.extensions_mut().insert(Replay);
    }
    let sent =
        Sent { operation: O::NAME, members: <O as Structure>::MEMBERS, executed_despite: O::EXECUTED_DESPITE, body };
    Ok((request, Exchange { sent, output: PhantomData }))
}

fn request(config: &Config, operation: &'static str, body: Body) -> Result<Request<Body>, Error> {
    let target = HeaderValue::try_from(format!("{TARGET_PREFIX}.{operation}"))
        .map_err(|_| Error::misconfigured("the operation's name cannot stand in a header"))?;
    let mut request = Request::new(body);
    *request.method_mut() = Method::POST;
    request.uri_mut().clone_from(&config.endpoint);
    let headers = request.headers_mut();
    headers.insert(CONTENT_TYPE, JSON);
    headers.insert(TARGET, target);
    headers.insert(USER_AGENT, AGENT);
    Ok(request)
}

impl Sent {
    /// Whether the answer is success; everything else is an error, whatever it looks like.
    pub(crate) fn accept(&self, response: Response<Body>, attempts: u32) -> Result<(Body, Meta), Error> {
        if response.status() != StatusCode::OK {
            let answer = Answer::read(&response, &self.body, self.members, self.executed_despite);
            return Err(self.error(Error::service(answer), attempts));
        }
        let request_id = request_id(response.headers());
        let meta = Meta { status: response.status(), request_id, attempts };
        Ok((response.into_body(), meta))
    }

    pub(crate) fn read<R: OutputValue>(&self, body: &Body, meta: Meta) -> Result<Reply<R>, Error> {
        match read_output(body.as_bytes()) {
            Ok(value) => Ok(Reply { value, meta }),
            Err(why) => {
                let attempts = meta.attempts;
                Err(self.error(Error::unreadable(why, meta.status, meta.request_id), attempts))
            }
        }
    }

    pub(crate) fn error(&self, error: Error, attempts: u32) -> Error {
        error.of_operation(self.operation).after(attempts)
    }
}

impl<R: OutputValue> Exchange<R> {
    /// Reads the answer to the request.
    ///
    /// # Errors
    ///
    /// What the service reports, or [`Unreadable`](crate::ErrorKind::Unreadable) where it reports success and the body is
    /// truncated, empty, not JSON or of other types. Where the operation has no output the body is not looked at.
    pub fn read(&self, response: &Response<Body>) -> Result<R, Error> {
        self.read_reply(response).map(|reply| reply.value)
    }

    /// As [`read`](Self::read), with what came with the answer.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub fn read_reply(&self, response: &Response<Body>) -> Result<Reply<R>, Error> {
        let (body, meta) = self.sent.accept(response.clone(), 1)?;
        self.sent.read(&body, meta)
    }
}

impl<R> fmt::Debug for Exchange<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange")
            .field("operation", &self.sent.operation)
            .field("body", &self.sent.body)
            .finish_non_exhaustive()
    }
}

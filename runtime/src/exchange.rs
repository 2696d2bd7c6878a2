//! A call without I/O: an operation becomes a request, an answer becomes a value.

use crate::body::Body;
use crate::config::{Config, Options, Validation};
use crate::error::{Answer, Error, Sensitive, request_id, shown_request_id};
use crate::operation::{Member, Operation, Structure};
use crate::secret::AppClient;
use crate::trace;
use crate::transport::Idempotent;
use crate::value::OutputValue;
use crate::wire::{Fill, Unreadable, read_output, write_operation};
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT};
use http::{Method, Request, Response, StatusCode, Uri};
use std::fmt;
use std::marker::PhantomData;

const JSON: HeaderValue = HeaderValue::from_static("application/x-amz-json-1.1");
const TARGET: HeaderName = HeaderName::from_static("x-amz-target");
const TARGET_PREFIX: &str = "AWSCognitoIdentityProviderService.";
const AGENT: HeaderValue = HeaderValue::from_static(concat!("cognito-op/", env!("CARGO_PKG_VERSION")));

/// What reads the answer to one request.
///
/// It shares the request's body, so that an error can leave out what was in it, and shows nothing of it.
///
/// ```
/// # use cognito_op::{cognito_op, cognito_shape};
/// # #[cognito_op(target = "GetUser")]
/// # struct GetUser { access_token: String }
/// # #[cognito_shape]
/// # struct GetUserResponse { username: String }
/// use cognito_op::{Body, Config, ErrorKind};
/// use http::Response;
///
/// let config = Config::builder().region("eu-west-1").build()?;
/// let (_, exchange) = config.prepare(&GetUser::new("token"))?;
///
/// let answer = Response::new(Body::from(r#"{"Username": "alice"}"#));
/// assert_eq!(exchange.read(&answer)?.username, "alice");
/// assert_eq!(exchange.read_reply(&answer)?.meta.status, 200);
///
/// let truncated = Response::new(Body::from(r#"{"Usern"#));
/// assert_eq!(exchange.read(&truncated).map(|_| ()).unwrap_err().kind(), ErrorKind::Unreadable);
/// # Ok::<(), cognito_op::Error>(())
/// ```
pub struct Exchange<R> {
    pub(crate) prepared: Prepared,
    output: PhantomData<fn() -> R>,
}

/// What is remembered of a request, whatever its answer is read as.
#[derive(Clone)]
pub(crate) struct Prepared {
    info: &'static OperationInfo,
    body: Body,
    /// What the secret hash was computed over, where the request does not hold it.
    hash_username: Option<Box<str>>,
}

/// What is known of an operation, whatever it asks for.
struct OperationInfo {
    operation: &'static str,
    target: fn() -> HeaderValue,
    members: &'static [Member],
    executed_despite: &'static [&'static str],
    idempotent: bool,
}

/// The members of a request's operation, for a mock to know.
#[cfg(feature = "mock")]
#[derive(Clone, Copy)]
pub(crate) struct Members(pub(crate) &'static [Member]);

/// An answer that is success, unless it cannot be read.
pub(crate) struct Accepted {
    prepared: Prepared,
    response: Response<Body>,
    attempts: u32,
    call: trace::Call,
}

/// What came with an answer.
///
/// ```
/// use cognito_op::Meta;
///
/// /// What support asks for.
/// fn noted(meta: &Meta) -> String {
///     format!("{} after {} attempts, request {:?}", meta.status, meta.attempts, meta.request_id)
/// }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Meta {
    /// The HTTP status.
    pub status: StatusCode,
    /// The request's id in the service's logs, as it came.
    pub request_id: Option<String>,
    /// How many attempts it took.
    pub attempts: u32,
}

/// A value and what came with it.
///
/// ```
/// # use cognito_op::cognito_op;
/// # #[cognito_op(target = "GlobalSignOut")]
/// # struct GlobalSignOut { access_token: String }
/// use cognito_op::{Client, Error, Reply};
///
/// async fn sign_out(client: &Client, token: &str) -> Result<(), Error> {
///     let Reply { value: (), meta, .. } = client.call(&GlobalSignOut::new(token)).send().await?;
///     println!("request {:?}", meta.request_id);
///     Ok(())
/// }
/// ```
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
) -> Result<Prepared, Error> {
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
        (Some(app_client), Some(_), Some(hashed)) => {
            let username = options.hash_username.or(hashed.username).ok_or_else(|| {
                Error::misconfigured(
                    "the secret hash is computed over a user name, which the request does not have; say it with `hash_username`",
                )
            })?;
            app_client.secret_hash(username, hashed.client_id)
        }
        _ => None,
    };
    let fill = Fill { secret_hash: secret_hash.as_deref(), client_secret };
    let body = Body::from(write_operation(operation, fill));
    Ok(Prepared { info: OperationInfo::of::<O>(), body, hash_username: options.hash_username.map(Into::into) })
}

impl OperationInfo {
    const fn of<O: Operation + ?Sized>() -> &'static Self {
        &Self {
            operation: O::NAME,
            target: || Target::<O>::VALUE,
            members: <O as Structure>::MEMBERS,
            executed_despite: O::EXECUTED_DESPITE,
            idempotent: O::IDEMPOTENT,
        }
    }
}

/// What names the operation in the header, put together while the program is compiled.
struct Target<O: ?Sized>(PhantomData<O>);

impl<O: Operation + ?Sized> Target<O> {
    /// No name of the service is half as long as there is room for.
    const TEXT: [u8; 256] = {
        let mut text = [0; 256];
        let (prefix, rest) = text.split_at_mut(TARGET_PREFIX.len());
        prefix.copy_from_slice(TARGET_PREFIX.as_bytes());
        rest.split_at_mut(O::NAME.len()).0.copy_from_slice(O::NAME.as_bytes());
        text
    };

    const VALUE: HeaderValue = match str::from_utf8(Self::TEXT.split_at(TARGET_PREFIX.len() + O::NAME.len()).0) {
        Ok(text) => HeaderValue::from_static(text),
        Err(_) => unreachable!(),
    };
}

impl Prepared {
    /// The request of another attempt.
    pub(crate) fn request(&self, endpoint: &Uri) -> Request<Body> {
        let mut request = Request::new(self.body.clone());
        *request.method_mut() = Method::POST;
        request.uri_mut().clone_from(endpoint);
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, JSON);
        headers.insert(TARGET, (self.info.target)());
        headers.insert(USER_AGENT, AGENT);
        if self.info.idempotent {
            request.extensions_mut().insert(Idempotent);
        }
        #[cfg(feature = "mock")]
        request.extensions_mut().insert(Members(self.info.members));
        request
    }

    /// Whether the answer is success; everything else is an error, whatever it looks like.
    pub(crate) fn accept(&self, response: Response<Body>, attempts: u32) -> Result<Response<Body>, Error> {
        if response.status() == StatusCode::OK {
            return Ok(response);
        }
        let OperationInfo { members, executed_despite, .. } = self.info;
        let answer = Answer::read(&response, members, &self.sensitive(), executed_despite);
        Err(self.error(Error::service(answer), attempts))
    }

    /// What was in the request and may not be shown.
    #[cold]
    fn sensitive(&self) -> Sensitive {
        Sensitive::of(&self.body, self.info.members, self.hash_username.as_deref())
    }

    pub(crate) fn error(&self, error: Error, attempts: u32) -> Error {
        error.of_operation(self.info.operation).after(attempts)
    }
}

impl Accepted {
    pub(crate) fn new(prepared: Prepared, response: Response<Body>, attempts: u32, call: trace::Call) -> Self {
        Self { prepared, response, attempts, call }
    }

    fn meta(&self) -> Meta {
        let Self { response, attempts, .. } = self;
        Meta { status: response.status(), request_id: request_id(response.headers()), attempts: *attempts }
    }

    /// The same, for a log.
    #[cfg(feature = "tracing")]
    pub(crate) fn shown_meta(&self) -> Meta {
        Meta { request_id: shown_request_id(self.response.headers(), &self.prepared.sensitive()), ..self.meta() }
    }

    pub(crate) fn read<R: OutputValue>(&self) -> Result<R, Error> {
        let outcome = read_output(self.response.body().as_bytes()).map_err(|why| self.unreadable(why));
        self.call.read(self, outcome.as_ref().err());
        outcome
    }

    pub(crate) fn read_reply<R: OutputValue>(&self) -> Result<Reply<R>, Error> {
        self.read().map(|value| Reply { value, meta: self.meta() })
    }

    #[cold]
    fn unreadable(&self, why: Unreadable) -> Error {
        let request_id = shown_request_id(self.response.headers(), &self.prepared.sensitive());
        self.prepared.error(Error::unreadable(why, self.response.status(), request_id), self.attempts)
    }
}

impl<R: OutputValue> Exchange<R> {
    pub(crate) fn of(prepared: Prepared) -> Self {
        Self { prepared, output: PhantomData }
    }

    /// Reads the answer to the request.
    ///
    /// # Errors
    ///
    /// What the service reports, or [`Unreadable`](crate::ErrorKind::Unreadable) where it reports success and the body is
    /// truncated, empty, not JSON or of other types. Where the operation has no output the body is not looked at.
    pub fn read(&self, response: &Response<Body>) -> Result<R, Error> {
        self.accepted(response)?.read()
    }

    /// As [`read`](Self::read), with what came with the answer.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub fn read_reply(&self, response: &Response<Body>) -> Result<Reply<R>, Error> {
        self.accepted(response)?.read_reply()
    }

    fn accepted(&self, response: &Response<Body>) -> Result<Accepted, Error> {
        let response = self.prepared.accept(response.clone(), 1)?;
        Ok(Accepted::new(self.prepared.clone(), response, 1, trace::Call::none()))
    }
}

impl<R> fmt::Debug for Exchange<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange")
            .field("operation", &self.prepared.info.operation)
            .field("body", &self.prepared.body)
            .finish_non_exhaustive()
    }
}

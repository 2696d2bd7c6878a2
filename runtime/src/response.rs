//! Reads the HTTP response of an operation.

use crate::codec::{Body, OutputValue, Unreadable, read_output};
use crate::error::{Error, Meta, Redactor, ServiceError, shown_request_id};
use crate::request::{OperationInfo, Prepared};
use http::{Response, StatusCode};
use std::fmt;
use std::marker::PhantomData;

/// Reads the response to one request.
///
/// A reader shares the body of the request, so that errors can redact the request's values. `Debug` shows no values.
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
/// let (_, reader) = config.prepare(&GetUser::new("token"))?;
///
/// let response = Response::new(Body::from(r#"{"Username": "alice"}"#));
/// assert_eq!(reader.read(&response)?.username, "alice");
/// assert_eq!(reader.read_reply(&response)?.meta.status, 200);
///
/// let truncated = Response::new(Body::from(r#"{"Usern"#));
/// assert_eq!(reader.read(&truncated).map(|_| ()).unwrap_err().kind(), ErrorKind::Unreadable);
/// # Ok::<(), cognito_op::Error>(())
/// ```
pub struct ResponseReader<R> {
    prepared: Prepared,
    output: PhantomData<fn() -> R>,
}

/// A response with status 200 whose body has not been read yet.
pub(crate) struct Accepted {
    prepared: Prepared,
    response: Response<Body>,
    attempts: u32,
}

/// The output of a call with the metadata of the response.
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
#[derive(Clone)]
#[non_exhaustive]
pub struct Reply<R> {
    /// The operation's output.
    pub value: R,
    /// The metadata of the response.
    pub meta: Meta,
    prepared: Prepared,
}

impl<R> Reply<R> {
    /// Returns a redactor of the sensitive values of the request, for texts in the response.
    #[must_use]
    pub fn redactor(&self) -> Redactor {
        let prepared = self.prepared.clone();
        Redactor::new(move || prepared.sensitive())
    }
}

impl<R: fmt::Debug> fmt::Debug for Reply<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply").field("value", &self.value).field("meta", &self.meta).finish_non_exhaustive()
    }
}

/// Returns an error for a response with another status than 200.
pub(crate) fn check_status(prepared: &Prepared, response: &Response<Body>, attempts: u32) -> Result<(), Error> {
    if response.status() == StatusCode::OK {
        return Ok(());
    }
    let OperationInfo { name, members, executed_despite, .. } = *prepared.info();
    let error = ServiceError::read(response, members, &prepared.sensitive(), executed_despite);
    Err(Error::service(error).for_operation(name).after(attempts))
}

impl Accepted {
    /// Takes a response that [`check_status`] accepted.
    pub(crate) fn new(prepared: Prepared, response: Response<Body>, attempts: u32) -> Self {
        Self { prepared, response, attempts }
    }

    pub(crate) fn meta(&self) -> Meta {
        let Self { prepared, response, attempts } = self;
        let request_id = shown_request_id(response.headers(), |id| prepared.sensitive().is_quoted_in(id));
        Meta { status: response.status(), request_id, attempts: *attempts }
    }

    pub(crate) fn read<R: OutputValue>(&self) -> Result<R, Error> {
        read_output(self.response.body().as_bytes()).map_err(|why| self.unreadable(why))
    }

    pub(crate) fn with_meta<R>(&self, value: R) -> Reply<R> {
        Reply { value, meta: self.meta(), prepared: self.prepared.clone() }
    }

    #[cold]
    fn unreadable(&self, why: Unreadable) -> Error {
        Error::unreadable_body(why, self.meta()).for_operation(self.prepared.info().name)
    }
}

impl<R: OutputValue> ResponseReader<R> {
    pub(crate) fn new(prepared: Prepared) -> Self {
        Self { prepared, output: PhantomData }
    }

    /// Reads the response to the request.
    ///
    /// # Errors
    ///
    /// Returns the service's error, or [`Unreadable`](crate::ErrorKind::Unreadable) if the status is 200 and the body
    /// is truncated, empty, not JSON or not of the output's type. If the operation has no output, the body is ignored.
    pub fn read(&self, response: &Response<Body>) -> Result<R, Error> {
        self.accept(response)?.read()
    }

    /// Reads the response to the request, with its metadata.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`read`](Self::read).
    pub fn read_reply(&self, response: &Response<Body>) -> Result<Reply<R>, Error> {
        let accepted = self.accept(response)?;
        accepted.read().map(|value| accepted.with_meta(value))
    }

    fn accept(&self, response: &Response<Body>) -> Result<Accepted, Error> {
        check_status(&self.prepared, response, 1)?;
        Ok(Accepted::new(self.prepared.clone(), response.clone(), 1))
    }
}

impl<R> fmt::Debug for ResponseReader<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseReader")
            .field("operation", &self.prepared.info().name)
            .field("body", self.prepared.body())
            .finish_non_exhaustive()
    }
}

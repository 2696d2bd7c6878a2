//! The error of a call.

mod exception;
mod fault;
mod kind;
mod meta;
mod reason;
mod redact;
mod redactor;
mod retryability;
mod service;
mod transport;

pub use fault::Fault;
pub use kind::ErrorKind;
pub use meta::Meta;
pub(crate) use meta::shown_request_id;
pub use reason::Reason;
pub(crate) use redact::Sensitive;
pub use redactor::Redactor;
pub(crate) use retryability::Retryability;
pub(crate) use service::ServiceError;
pub use transport::{TimeoutKind, TransportError};

use crate::codec::Unreadable;
use crate::text::single_line;
use crate::validation::Violations;
use http::StatusCode;
use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

/// The error of a call.
///
/// [`kind`](Error::kind) identifies the error, and [`may_have_executed`](Error::may_have_executed) returns whether the
/// operation may have executed.
///
/// `Display` prints one line for a log. Like `Debug`, it shows the service's message with every sensitive value of the
/// request redacted, or withholds the message if such a value is shorter than three characters.
///
/// ```
/// # fn handle(error: cognito_op::Error) {
/// use cognito_op::{ErrorKind, Fault, Reason};
///
/// // A value can violate several constraints. The first is enough for the person who typed it.
/// if let Some(violation) = error.violations().and_then(|violations| violations.iter().next()) {
///     println!("{}: {violation}", violation.path());
///     return;
/// }
/// match (error.kind(), error.reason(), error.fault()) {
///     (ErrorKind::UserNotFound, ..) => println!("no such user"),
///     (_, Reason::UserDisabled, _) => println!("the account is closed"),
///     (_, _, Fault::User) => println!("please check your input"),
///     (_, _, Fault::Throttled) => println!("please try again later"),
///     _ if error.may_have_executed() => println!("may have executed: {error}"),
///     _ => println!("did not execute: {error}"),
/// }
/// # }
/// ```
///
/// The methods return the details of the response:
///
/// ```
/// # use cognito_op::cognito_op;
/// # #[cognito_op(target = "ForgotPassword", response = ())]
/// # struct ForgotPassword { client_id: String, username: String }
/// use cognito_op::{Body, Config};
/// use http::Response;
///
/// let config = Config::builder().region("eu-west-1").build()?;
/// let (_, reader) = config.prepare(&ForgotPassword::new("1example23456789", "alice"))?;
/// let response = Response::builder()
///     .status(400)
///     .header("x-amzn-requestid", "3f1c")
///     .header("x-amzn-errortype", "LimitExceededException:")
///     .body(Body::from(r#"{"message": "Attempt limit exceeded, please try after some time."}"#))
///     .unwrap();
///
/// let error = reader.read(&response).unwrap_err();
/// assert_eq!(error.operation(), Some("ForgotPassword"));
/// assert_eq!(error.code(), Some("LimitExceededException"));
/// assert_eq!(error.message(), Some("Attempt limit exceeded, please try after some time."));
/// assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
/// assert_eq!(error.request_id(), Some("3f1c"));
/// assert_eq!(error.attempts(), 1);
/// assert_eq!((error.reason_code(), error.timeout_kind()), (None, None));
/// # Ok::<(), cognito_op::Error>(())
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    operation: Option<&'static str>,
    attempts: u32,
    /// Whether an attempt before the last may have executed the operation.
    earlier_may_have_executed: bool,
    detail: Detail,
}

enum Detail {
    Invalid(Violations),
    Misconfigured(Cow<'static, str>),
    Transport(TransportError),
    Unreadable { why: Unreadable, status: StatusCode, request_id: Option<String> },
    Service(ServiceError),
}

impl Error {
    fn new(detail: Detail) -> Self {
        Self(Box::new(Inner { operation: None, attempts: 0, earlier_may_have_executed: false, detail }))
    }

    /// Creates an error of kind [`Misconfigured`](ErrorKind::Misconfigured), for a flow that cannot send its request.
    /// `why` is part of `Display` and must not contain a secret.
    ///
    /// ```
    /// use cognito_op::{Config, Error};
    ///
    /// fn app_client_id(config: &Config) -> Result<&str, Error> {
    ///     config.app_client_id().ok_or_else(|| {
    ///         Error::misconfigured("the flow needs an app client").for_operation("InitiateAuth")
    ///     })
    /// }
    ///
    /// let config = Config::builder().region("eu-west-1").build()?;
    /// let error = app_client_id(&config).unwrap_err();
    /// assert_eq!(error.to_string(), "InitiateAuth: not sent: the flow needs an app client");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn misconfigured(why: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Detail::Misconfigured(why.into()))
    }

    /// Adds the origin of an invalid setting.
    pub(crate) fn about(mut self, origin: &str) -> Self {
        if let Detail::Misconfigured(why) = &mut self.0.detail {
            *why = format!("{origin}: {why}").into();
        }
        self
    }

    /// Creates an error of kind [`Unreadable`](ErrorKind::Unreadable), for a flow that needs more than the response
    /// contains. `reason` completes the sentence "the response cannot be read: …".
    ///
    /// ```
    /// # use cognito_op::{cognito_op, cognito_shape};
    /// # #[cognito_op(target = "AssociateSoftwareToken")]
    /// # struct AssociateSoftwareToken { access_token: Option<String> }
    /// # #[cognito_shape]
    /// # struct AssociateSoftwareTokenResponse { secret_code: Option<String> }
    /// use cognito_op::{Client, Error, Operation, Reply};
    ///
    /// async fn secret_code(client: &Client) -> Result<String, Error> {
    ///     let operation = AssociateSoftwareToken::new().access_token("the access token");
    ///     let Reply { value, meta, .. } = client.call(&operation).send().await?;
    ///     value.secret_code.ok_or_else(|| {
    ///         Error::unreadable("it has no secret code", &meta)
    ///             .for_operation(AssociateSoftwareToken::NAME)
    ///     })
    /// }
    /// ```
    #[must_use]
    pub fn unreadable(reason: &'static str, meta: &Meta) -> Self {
        Self::unreadable_body(Unreadable::as_a_whole(reason), meta.clone())
    }

    pub(crate) fn unreadable_body(why: Unreadable, meta: Meta) -> Self {
        let Meta { status, request_id, attempts } = meta;
        Self::new(Detail::Unreadable { why, status, request_id }).after(attempts)
    }

    pub(crate) fn transport(error: TransportError) -> Self {
        Self::new(Detail::Transport(error))
    }

    pub(crate) fn service(error: ServiceError) -> Self {
        Self::new(Detail::Service(error))
    }

    /// Sets the name of the operation. [`operation`](Self::operation) returns it, and `Display` begins with it.
    #[must_use]
    pub fn for_operation(mut self, operation: &'static str) -> Self {
        self.0.operation = Some(operation);
        self
    }

    pub(crate) fn after(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Records that an earlier attempt may have executed the operation.
    pub(crate) fn after_possible_execution(mut self, earlier: bool) -> Self {
        self.0.earlier_may_have_executed = earlier;
        self
    }

    pub(crate) fn retryability(&self) -> Retryability {
        match &self.0.detail {
            Detail::Transport(error) if !error.is_transient() => Retryability::Permanent,
            Detail::Transport(error) if !error.may_have_been_sent() => Retryability::Unsent,
            Detail::Transport(_) => Retryability::Transient,
            Detail::Service(error) => error.retryability(),
            Detail::Invalid(_) | Detail::Misconfigured(_) | Detail::Unreadable { .. } => Retryability::Permanent,
        }
    }

    /// Returns the delay that the service requests before another attempt.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        self.service_error().and_then(|error| error.retry_after)
    }

    /// Returns whether the same call may succeed later: after a failed connection, a connect or attempt timeout,
    /// throttling, or a temporary failure of the service. [`may_have_executed`](Self::may_have_executed) returns
    /// whether repeating the call can execute the operation twice.
    ///
    /// ```
    /// use cognito_op::Error;
    ///
    /// /// The HTTP status for a caller who can try again.
    /// fn status(error: &Error) -> u16 {
    ///     if error.is_transient() { 503 } else { 500 }
    /// }
    /// # assert_eq!(status(&Error::misconfigured("no region")), 500);
    /// ```
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.retryability() != Retryability::Permanent
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match &self.0.detail {
            Detail::Invalid(_) => ErrorKind::Invalid,
            Detail::Misconfigured(_) => ErrorKind::Misconfigured,
            Detail::Transport(error) if error.timeout_kind().is_some() => ErrorKind::Timeout,
            Detail::Transport(error) if error.is_unsigned() => ErrorKind::Signing,
            Detail::Transport(_) => ErrorKind::Transport,
            Detail::Unreadable { .. } => ErrorKind::Unreadable,
            Detail::Service(error) => error.kind(),
        }
    }

    /// Returns the name of the operation. `None` outside of a call, such as while a client is built.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// Returns whether the operation may have executed in any attempt. For example, a message may have been sent or a
    /// user may have been created.
    ///
    /// The result is `false` only if the operation certainly did not execute: if the request was not sent, or if the
    /// service rejected it with one of these kinds:
    ///
    /// - [`InvalidParameter`](ErrorKind::InvalidParameter), [`NotAuthorized`](ErrorKind::NotAuthorized),
    ///   [`ResourceNotFound`](ErrorKind::ResourceNotFound), [`UserNotFound`](ErrorKind::UserNotFound),
    ///   [`Forbidden`](ErrorKind::Forbidden);
    /// - [`LimitExceeded`](ErrorKind::LimitExceeded), except for `SignUp`, which may create the user and then fail with
    ///   this kind;
    /// - [`InvalidSignature`](ErrorKind::InvalidSignature), [`IncompleteSignature`](ErrorKind::IncompleteSignature),
    ///   [`RequestExpired`](ErrorKind::RequestExpired), [`ExpiredToken`](ErrorKind::ExpiredToken),
    ///   [`InvalidClientTokenId`](ErrorKind::InvalidClientTokenId),
    ///   [`UnrecognizedClient`](ErrorKind::UnrecognizedClient),
    ///   [`MissingAuthenticationToken`](ErrorKind::MissingAuthenticationToken);
    /// - [`TooManyRequests`](ErrorKind::TooManyRequests), [`Throttling`](ErrorKind::Throttling), or status 429 without
    ///   a code;
    /// - these [errors common to all
    ///   operations](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/CommonErrors.html):
    ///   [`MalformedHttpRequest`](ErrorKind::MalformedHttpRequest), [`OptInRequired`](ErrorKind::OptInRequired),
    ///   [`RequestEntityTooLarge`](ErrorKind::RequestEntityTooLarge),
    ///   [`UnknownOperation`](ErrorKind::UnknownOperation), [`Validation`](ErrorKind::Validation);
    /// - [`Serialization`](ErrorKind::Serialization), since the service cannot read the request.
    #[must_use]
    pub fn may_have_executed(&self) -> bool {
        let last = match &self.0.detail {
            Detail::Invalid(_) | Detail::Misconfigured(_) => false,
            Detail::Transport(error) => error.may_have_been_sent(),
            Detail::Unreadable { .. } => true,
            Detail::Service(error) => error.may_have_executed(),
        };
        last || self.0.earlier_may_have_executed
    }

    /// Returns the exception's code as the service sent it, such as `NotAuthorizedException`. `None` if there was no
    /// response, or the response has no code that can be shown.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.service_error().and_then(|error| error.code.as_deref())
    }

    /// Returns the service's message, **raw**. It may quote the request, so do not log it. `Display` and `Debug` show
    /// it with the request's sensitive values redacted.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.service_error().and_then(|error| error.message.as_deref())
    }

    /// Returns the reason of the error, which is more specific than the [`kind`](Self::kind) for an exception with
    /// several reasons.
    #[must_use]
    pub fn reason(&self) -> Reason {
        self.service_error().map_or(Reason::Unknown, ServiceError::reason)
    }

    /// Returns the party at fault.
    #[must_use]
    pub fn fault(&self) -> Fault {
        if self.retryability() == Retryability::Throttled {
            return Fault::Throttled;
        }
        // A response without a code comes from a gateway, or from a server that is not part of AWS.
        let failed = self.service_error().is_some_and(|error| error.code.is_none() || error.status.is_server_error());
        let kind = if self.violations().is_some() { ErrorKind::Invalid } else { self.kind() };
        self.reason().fault().unwrap_or_else(|| match kind.fault() {
            Fault::Caller | Fault::Unknown if failed => Fault::Service,
            fault => fault,
        })
    }

    /// Returns a description on several lines: the message, the kind, the fault, whether the operation may have
    /// executed, and each cause on its own line. Like `Display`, it is safe to log.
    ///
    /// ```
    /// # use cognito_op::blocking::{Client, Transport};
    /// # use cognito_op::http::{Request, Response};
    /// # use cognito_op::transport::{Timeouts, TransportError};
    /// # use cognito_op::{Body, cognito_op};
    /// # use std::time::Duration;
    /// # #[cognito_op(target = "GlobalSignOut")]
    /// # struct GlobalSignOut { access_token: String }
    /// # struct Breaks;
    /// # impl Transport for Breaks {
    /// #     fn send(&self, _: Request<Body>, _: Timeouts) -> Result<Response<Body>, TransportError> {
    /// #         Err(TransportError::sent("connection reset by peer"))
    /// #     }
    /// #     fn sleep(&self, _: Duration) {}
    /// #     fn now(&self) -> Duration { Duration::ZERO }
    /// # }
    /// # let client = Client::builder().region("eu-west-1").build_with(Breaks)?;
    /// let error = GlobalSignOut::new("token").send_blocking(&client).unwrap_err();
    /// assert_eq!(
    ///     error.report().to_string(),
    ///     "GlobalSignOut: the connection failed before the response was complete; \
    ///      the operation may have executed\n\
    ///      - kind Transport, fault Network\n\
    ///      - 1 attempt, may have executed\n\
    ///      - caused by: connection reset by peer"
    /// );
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    #[must_use]
    pub fn report(&self) -> impl fmt::Display + '_ {
        Report(self)
    }

    /// Returns the `reasonCode` of an `InvalidParameterException`, as the service sent it.
    #[must_use]
    pub fn reason_code(&self) -> Option<&str> {
        self.service_error().and_then(|error| error.reason_code.as_deref())
    }

    /// Returns the HTTP status of the response. `None` if there was no response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match &self.0.detail {
            Detail::Service(error) => Some(error.status),
            Detail::Unreadable { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Returns the id of the request in the service's logs. AWS Support asks for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match &self.0.detail {
            Detail::Service(error) => error.request_id.as_deref(),
            Detail::Unreadable { request_id, .. } => request_id.as_deref(),
            _ => None,
        }
    }

    /// Returns the number of attempts, including those that ended before the request was sent. It is 0 if the call
    /// failed before the first attempt.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the violations of the request: those found before it was sent, if the kind is [`ErrorKind::Invalid`], or
    /// those that the service reports in a message that [`Violations::from_message`] can parse.
    #[must_use]
    pub fn violations(&self) -> Option<&Violations> {
        match &self.0.detail {
            Detail::Invalid(violations) => Some(violations),
            Detail::Service(error) => error.violations.as_ref(),
            _ => None,
        }
    }

    /// Returns the timeout that expired, if the kind is [`ErrorKind::Timeout`].
    #[must_use]
    pub fn timeout_kind(&self) -> Option<TimeoutKind> {
        match &self.0.detail {
            Detail::Transport(error) => error.timeout_kind(),
            _ => None,
        }
    }

    fn service_error(&self) -> Option<&ServiceError> {
        match &self.0.detail {
            Detail::Service(error) => Some(error),
            _ => None,
        }
    }

    /// Writes the message, with the causes of a transport error or without them.
    fn write_line(&self, f: &mut fmt::Formatter<'_>, with_causes: bool) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(f, "{operation}: ")?;
        }
        match &self.0.detail {
            Detail::Invalid(violations) => write!(f, "not sent: {violations}"),
            Detail::Misconfigured(why) if self.0.operation.is_some() => write!(f, "not sent: {why}"),
            Detail::Misconfigured(why) => f.write_str(why),
            Detail::Transport(error) => error.write_of_call(f, with_causes),
            Detail::Unreadable { why, status, request_id } => {
                write!(f, "the response cannot be read: {why} (HTTP {}", status.as_u16())?;
                if let Some(id) = request_id {
                    write!(f, ", request {id}")?;
                }
                f.write_str(")")
            }
            Detail::Service(error) => write!(f, "{error}"),
        }
    }
}

/// Converts violations to an error of kind [`Invalid`](ErrorKind::Invalid).
///
/// ```
/// # use cognito_op::cognito_op;
/// use cognito_op::{Error, ErrorKind, Operation};
///
/// #[cognito_op(target = "ForgotPassword", response = ())]
/// struct ForgotPassword {
///     client_id: String,
///     #[len]
///     username: String,
/// }
///
/// fn check(operation: &ForgotPassword) -> Result<(), Error> {
///     operation.validate()?;
///     Ok(())
/// }
/// let error = check(&ForgotPassword::new("1example23456789", "")).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Invalid);
/// ```
impl From<Violations> for Error {
    fn from(violations: Violations) -> Self {
        Self::new(Detail::Invalid(violations))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_line(f, true)
    }
}

struct Report<'e>(&'e Error);

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = self.0;
        error.write_line(f, false)?;
        write!(f, "\n- kind {:?}, fault {:?}", error.kind(), error.fault())?;
        if error.reason() != Reason::Unknown {
            write!(f, ", reason {:?}", error.reason())?;
        }
        let plural = if error.attempts() == 1 { "" } else { "s" };
        let executed = if error.may_have_executed() { "may have executed" } else { "did not execute" };
        write!(f, "\n- {} attempt{plural}, {executed}", error.attempts())?;
        let mut cause = std::error::Error::source(error);
        while let Some(error) = cause {
            write!(f, "\n- caused by: {}", single_line(&error.to_string()))?;
            cause = error.source();
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Error");
        shown.field("kind", &self.kind()).field("attempts", &self.0.attempts);
        if let Detail::Transport(error) = &self.0.detail {
            shown.field("source", error);
        }
        shown.field("text", &self.to_string()).finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.detail {
            // `Display` contains the causes too, since most programs print only that.
            Detail::Transport(error) => std::error::Error::source(error),
            _ => None,
        }
    }
}

const _: () = assert!(size_of::<Error>() == size_of::<usize>(), "an error is one word wide");

//! The one error of every call.

mod answer;
mod exception;
mod fault;
mod kind;
mod reason;
mod redact;

pub(crate) use answer::{Answer, request_id, shown_request_id};
pub use fault::Fault;
pub use kind::ErrorKind;
pub use reason::Reason;
pub(crate) use redact::{REDACTED, Sensitive, in_one_line};

use crate::constraint::Violations;
use crate::retry::Failure;
use crate::transport::{TimeoutKind, TransportError};
use crate::wire::Unreadable;
use http::StatusCode;
use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

/// Why a call did not succeed.
///
/// [`kind`](Error::kind) says what happened, [`may_have_executed`](Error::may_have_executed) whether the operation may
/// have been carried out all the same. `Display` is one line for a log: it, like `Debug`, shows the service's own message
/// with every sensitive value of the request struck out, or left out altogether where such a value is shorter than three
/// characters.
///
/// ```
/// # fn handle(error: cognito_op::Error) {
/// use cognito_op::{ErrorKind, Fault, Reason};
///
/// // One value can violate several constraints; the first says enough to whoever typed it.
/// if let Some(violation) = error.violations().and_then(|violations| violations.iter().next()) {
///     println!("{}: {violation}", violation.path());
///     return;
/// }
/// match (error.kind(), error.reason(), error.fault()) {
///     (ErrorKind::UserNotFound, ..) => println!("no such user"),
///     (_, Reason::UserDisabled, _) => println!("the account is closed"),
///     (_, _, Fault::User) => println!("please check what you have entered"),
///     (_, _, Fault::Throttled) => println!("please try again later"),
///     // For the log. Whether to offer another try depends on what may have been done.
///     _ if error.may_have_executed() => println!("perhaps done: {error}"),
///     _ => println!("certainly not done: {error}"),
/// }
/// # }
/// ```
///
/// What it knows of the answer:
///
/// ```
/// # use cognito_op::cognito_op;
/// # #[cognito_op(target = "ForgotPassword", response = ())]
/// # struct ForgotPassword { client_id: String, username: String }
/// use cognito_op::{Body, Config};
/// use http::Response;
///
/// let config = Config::builder().region("eu-west-1").build()?;
/// let (_, exchange) = config.prepare(&ForgotPassword::new("1example23456789", "alice"))?;
/// let answer = Response::builder()
///     .status(400)
///     .header("x-amzn-requestid", "3f1c")
///     .header("x-amzn-errortype", "LimitExceededException:")
///     .body(Body::from(r#"{"message": "Attempt limit exceeded, please try after some time."}"#))
///     .unwrap();
///
/// let error = exchange.read(&answer).unwrap_err();
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
    /// Whether an attempt before the last may have been carried out.
    earlier_may_have_executed: bool,
    detail: Detail,
}

enum Detail {
    Invalid(Violations),
    Misconfigured(Cow<'static, str>),
    Transport(TransportError),
    Unreadable { why: Unreadable, status: StatusCode, request_id: Option<String> },
    Service(Answer),
}

impl Error {
    fn new(operation: Option<&'static str>, detail: Detail) -> Self {
        Self(Box::new(Inner { operation, attempts: 0, earlier_may_have_executed: false, detail }))
    }

    pub(crate) fn misconfigured(why: impl Into<Cow<'static, str>>) -> Self {
        Self::new(None, Detail::Misconfigured(why.into()))
    }

    pub(crate) fn invalid(violations: Violations) -> Self {
        Self::new(None, Detail::Invalid(violations))
    }

    pub(crate) fn transport(error: TransportError) -> Self {
        Self::new(None, Detail::Transport(error))
    }

    pub(crate) fn unreadable(why: Unreadable, status: StatusCode, request_id: Option<String>) -> Self {
        Self::new(None, Detail::Unreadable { why, status, request_id })
    }

    pub(crate) fn service(answer: Answer) -> Self {
        Self::new(None, Detail::Service(answer))
    }

    pub(crate) fn of_operation(mut self, operation: &'static str) -> Self {
        self.0.operation = Some(operation);
        self
    }

    pub(crate) fn after(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// The same, where an earlier attempt may have been carried out.
    pub(crate) fn that_may_have_executed(mut self, earlier: bool) -> Self {
        self.0.earlier_may_have_executed = earlier;
        self
    }

    /// What the failure of an attempt means for the next.
    pub(crate) fn failure(&self) -> Failure {
        match &self.0.detail {
            Detail::Transport(error) if !error.may_pass() => Failure::Final,
            Detail::Transport(error) if !error.may_have_been_sent() => Failure::Unsent,
            Detail::Transport(_) => Failure::Transient,
            Detail::Service(answer) => answer.failure(),
            Detail::Invalid(_) | Detail::Misconfigured(_) | Detail::Unreadable { .. } => Failure::Final,
        }
    }

    /// How long the service asks to wait.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        self.answer().and_then(|answer| answer.retry_after)
    }

    /// What happened.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match &self.0.detail {
            Detail::Invalid(_) => ErrorKind::Invalid,
            Detail::Misconfigured(_) => ErrorKind::Misconfigured,
            Detail::Transport(error) if error.timeout_kind().is_some() => ErrorKind::Timeout,
            Detail::Transport(error) if error.is_unsigned() => ErrorKind::Signing,
            Detail::Transport(_) => ErrorKind::Transport,
            Detail::Unreadable { .. } => ErrorKind::Unreadable,
            Detail::Service(answer) => answer.kind(),
        }
    }

    /// The operation that was called; `None` where no call was under way.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// Whether the operation may have been carried out: a message sent, a user created. `false` only where it is certain
    /// that it was not: nothing was sent, or the service itself refused with one of
    /// [`InvalidParameter`](ErrorKind::InvalidParameter), [`NotAuthorized`](ErrorKind::NotAuthorized),
    /// [`ResourceNotFound`](ErrorKind::ResourceNotFound), [`UserNotFound`](ErrorKind::UserNotFound),
    /// [`Forbidden`](ErrorKind::Forbidden), [`LimitExceeded`](ErrorKind::LimitExceeded),
    /// [`TooManyRequests`](ErrorKind::TooManyRequests) or [`Throttling`](ErrorKind::Throttling). (After `SignUp` a
    /// `LimitExceeded` can leave a user behind, so there it is not certain.)
    #[must_use]
    pub fn may_have_executed(&self) -> bool {
        let last = match &self.0.detail {
            Detail::Invalid(_) | Detail::Misconfigured(_) => false,
            Detail::Transport(error) => error.may_have_been_sent(),
            Detail::Unreadable { .. } => true,
            Detail::Service(answer) => answer.may_have_executed(),
        };
        last || self.0.earlier_may_have_executed
    }

    /// The exception's code as the service sent it, such as `NotAuthorizedException`; `None` where there was no answer or
    /// the answer named none.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.answer().and_then(|answer| answer.code.as_deref())
    }

    /// The service's own message, **raw**: it may quote the request, so it is not fit for a log. `Display` and `Debug`
    /// show it with the request's sensitive values struck out.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.answer().and_then(|answer| answer.message.as_deref())
    }

    /// Why the service refused, where the [`kind`](Self::kind) alone does not say.
    #[must_use]
    pub fn reason(&self) -> Reason {
        self.answer().map_or(Reason::Unknown, Answer::reason)
    }

    /// Whose business it is: who can do something about it.
    #[must_use]
    pub fn fault(&self) -> Fault {
        if self.failure() == Failure::Throttled {
            return Fault::Throttled;
        }
        // Without a code it is a gateway that answers, or something that is no part of AWS at all.
        let failed = self.answer().is_some_and(|answer| answer.code.is_none() || answer.status.is_server_error());
        Fault::of(self.kind(), self.reason(), failed)
    }

    /// All there is to say, on several lines: what happened, whose business it is, whether the operation may have been carried
    /// out, and every cause on a line of its own, which in `Display` stand behind each other. As `Display`, it is fit for a log.
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
    ///     "GlobalSignOut: the request failed before there was a whole answer; it may have been carried out\n\
    ///      - kind Transport, fault Network\n\
    ///      - 1 attempt, may have been carried out\n\
    ///      - caused by: connection reset by peer"
    /// );
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    #[must_use]
    pub fn report(&self) -> impl fmt::Display + '_ {
        Report(self)
    }

    /// The sub-code that an `InvalidParameterException` can carry.
    #[must_use]
    pub fn reason_code(&self) -> Option<&str> {
        self.answer().and_then(|answer| answer.reason_code.as_deref())
    }

    /// The HTTP status of the answer.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match &self.0.detail {
            Detail::Service(answer) => Some(answer.status),
            Detail::Unreadable { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// The request's id in the service's logs, which AWS support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match &self.0.detail {
            Detail::Service(answer) => answer.request_id.as_deref(),
            Detail::Unreadable { request_id, .. } => request_id.as_deref(),
            _ => None,
        }
    }

    /// How many attempts there were, one that ended before anything was sent included; 0 where the call was refused before the
    /// first.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// What the request violates: found before it was sent, where the kind is [`ErrorKind::Invalid`], or said by the service
    /// in a message of the form that [`Violations::from_message`] reads.
    #[must_use]
    pub fn violations(&self) -> Option<&Violations> {
        match &self.0.detail {
            Detail::Invalid(violations) => Some(violations),
            Detail::Service(answer) => answer.violations.as_ref(),
            _ => None,
        }
    }

    /// Which limit ran out, where the kind is [`ErrorKind::Timeout`].
    #[must_use]
    pub fn timeout_kind(&self) -> Option<TimeoutKind> {
        match &self.0.detail {
            Detail::Transport(error) => error.timeout_kind(),
            _ => None,
        }
    }

    fn answer(&self) -> Option<&Answer> {
        match &self.0.detail {
            Detail::Service(answer) => Some(answer),
            _ => None,
        }
    }
}

impl Error {
    /// What happened, and why where it comes from elsewhere.
    fn line(&self, f: &mut fmt::Formatter<'_>, with_causes: bool) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(f, "{operation}: ")?;
        }
        match &self.0.detail {
            Detail::Invalid(violations) => write!(f, "not sent: {violations}"),
            Detail::Misconfigured(why) if self.0.operation.is_some() => write!(f, "not sent: {why}"),
            Detail::Misconfigured(why) => f.write_str(why),
            Detail::Transport(error) if with_causes => write!(f, "{error}"),
            Detail::Transport(error) => f.write_str(error.summary()),
            Detail::Unreadable { why, status, request_id } => {
                write!(f, "the answer cannot be read: {why} (HTTP {}", status.as_u16())?;
                if let Some(id) = request_id {
                    write!(f, ", request {id}")?;
                }
                f.write_str(")")
            }
            Detail::Service(answer) => write!(f, "{answer}"),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.line(f, true)
    }
}

struct Report<'e>(&'e Error);

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = self.0;
        error.line(f, false)?;
        write!(f, "\n- kind {:?}, fault {:?}", error.kind(), error.fault())?;
        if error.reason() != Reason::Unknown {
            write!(f, ", reason {:?}", error.reason())?;
        }
        let plural = if error.attempts() == 1 { "" } else { "s" };
        let executed = if error.may_have_executed() { "may have been carried out" } else { "not carried out" };
        write!(f, "\n- {} attempt{plural}, {executed}", error.attempts())?;
        let mut cause = std::error::Error::source(error);
        while let Some(error) = cause {
            write!(f, "\n- caused by: {}", in_one_line(&error.to_string()))?;
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
            // `Display` says it too, since most programs print nothing else; here it is for those that look into it.
            Detail::Transport(error) => std::error::Error::source(error),
            _ => None,
        }
    }
}

const _: () = assert!(size_of::<Error>() == size_of::<usize>(), "an error is one word wide");

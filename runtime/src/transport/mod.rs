//! How a request gets to the service.
//!
//! ```
//! use cognito_op::transport::Transport;
//! use cognito_op::{Client, Error};
//!
//! /// A client for a server on this machine, over any transport.
//! fn local(transport: impl Transport + 'static) -> Result<Client, Error> {
//!     Client::builder().endpoint("http://127.0.0.1:9229").build_with(transport)
//! }
//! ```

#[cfg(any(feature = "hyper", feature = "tower"))]
mod body;
#[cfg(feature = "hyper")]
mod hyper;
#[cfg(feature = "ureq")]
#[path = "ureq/mod.rs"]
mod over_ureq;
#[cfg(any(feature = "hyper", feature = "ureq"))]
mod tls;
#[cfg(feature = "tower")]
mod tower;

#[cfg(feature = "hyper")]
pub use self::hyper::HyperTransport;
#[cfg(feature = "ureq")]
pub use self::over_ureq::UreqTransport;
#[cfg(feature = "tower")]
pub use self::tower::TowerTransport;
#[cfg(any(feature = "hyper", feature = "ureq"))]
#[doc(no_inline)]
pub use rustls;
#[cfg(feature = "ureq")]
#[doc(no_inline)]
pub use ureq;

use crate::body::Body;
use crate::error::in_one_line;
use http::{Request, Response};
use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// The largest answer that is read, in bytes. The service's largest are far below.
///
/// ```
/// use cognito_op::transport::{BODY_LIMIT, TransportError};
///
/// fn append(body: &mut Vec<u8>, chunk: &[u8]) -> Result<(), TransportError> {
///     if body.len() + chunk.len() > BODY_LIMIT {
///         return Err(TransportError::too_large());
///     }
///     body.extend_from_slice(chunk);
///     Ok(())
/// }
/// ```
pub const BODY_LIMIT: usize = 1 << 20;

/// A boxed future.
///
/// ```
/// use cognito_op::transport::BoxFuture;
/// use std::time::Duration;
///
/// fn sleep(duration: Duration) -> BoxFuture<'static, ()> {
///     Box::pin(tokio::time::sleep(duration))
/// }
/// ```
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends requests, sleeps and tells the time: all that a [`Client`](crate::Client) needs of the world. An
/// `Arc<dyn Transport>` is one too, so that clients can share it.
///
/// ```
/// use cognito_op::Body;
/// use cognito_op::transport::{BoxFuture, Timeouts, Transport, TransportError};
/// use http::{Request, Response};
/// use std::time::Duration;
///
/// /// Answers everything with an empty object.
/// struct Empty;
///
/// impl Transport for Empty {
///     fn send(
///         &self,
///         _: Request<Body>,
///         _: Timeouts,
///     ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
///         Box::pin(async { Ok(Response::new(Body::from("{}"))) })
///     }
///     fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
///         Box::pin(std::future::pending())
///     }
///     fn now(&self) -> Duration {
///         Duration::ZERO
///     }
/// }
///
/// let client = cognito_op::Client::builder().region("eu-west-1").build_with(Empty)?;
/// # Ok::<(), cognito_op::Error>(())
/// ```
///
/// An implementation
/// - sends each request at most once, follows no redirect, and adds no header but `Host`, `Content-Length` and those of
///   its connection;
/// - keeps the [`connect`](Timeouts::connect) limit; the others are kept outside it by dropping the future, which must
///   cancel the request;
/// - reads no more than [`BODY_LIMIT`] of an answer.
///
/// Whether the operation is one that can be sent again stands in the request's extensions; see [`Idempotent`].
pub trait Transport: Send + Sync {
    /// Sends a request and reads the whole answer, whatever its status.
    fn send(&self, request: Request<Body>, deadline: Timeouts)
    -> BoxFuture<'_, Result<Response<Body>, TransportError>>;

    /// Completes after that time.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;

    /// The time since any fixed point, never going back.
    fn now(&self) -> Duration;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: Request<Body>,
        deadline: Timeouts,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        (**self).send(request, deadline)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        (**self).sleep(duration)
    }

    fn now(&self) -> Duration {
        (**self).now()
    }
}

/// Stands in the [extensions](Request::extensions) of a request whose operation does no more when it is carried out twice; see
/// [`Operation::IDEMPOTENT`](crate::Operation::IDEMPOTENT).
///
/// The client sends such a request again when nobody knows what became of it. For any other a transport does well not to use a
/// connection that the server may be about to close. It is no licence to send anything twice; that is the client's part.
///
/// ```
/// use cognito_op::Body;
/// use cognito_op::transport::Idempotent;
/// use http::Request;
///
/// /// Whether a connection will do that the server may be about to close.
/// fn any_connection_will_do(request: &Request<Body>) -> bool {
///     request.extensions().get::<Idempotent>().is_some()
/// }
/// # #[cognito_op::cognito_op(target = "GetUser", response = ())]
/// # struct GetUser { access_token: String }
/// # let config = cognito_op::Config::builder().region("eu-west-1").build()?;
/// assert!(any_connection_will_do(&config.prepare(&GetUser::new("token"))?.0));
/// # Ok::<(), cognito_op::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Idempotent;

/// A time limit of a call.
///
/// ```
/// use cognito_op::transport::TimeoutKind;
/// use cognito_op::{Error, ErrorKind};
///
/// /// What is shown to whoever waits.
/// fn shown(error: &Error) -> &'static str {
///     match (error.kind(), error.timeout_kind()) {
///         (ErrorKind::Timeout, Some(TimeoutKind::Connect)) => "there is no network",
///         (ErrorKind::Timeout, _) => "it takes too long",
///         _ => "it did not work",
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeoutKind {
    /// For making a connection: name lookup, TCP and TLS. (ureq gives the lookup as long again to itself.)
    Connect,
    /// For one attempt.
    Attempt,
    /// For the whole call.
    Total,
}

/// The time that is left under each limit when a request is handed to a transport.
///
/// ```
/// use cognito_op::transport::{Timeouts, TimeoutKind};
/// use std::time::Duration;
///
/// let [connect, attempt, total] = [3, 20, 12].map(Duration::from_secs);
/// let deadline = Timeouts::new(connect, attempt, total);
/// assert_eq!(deadline.connecting(), (connect, TimeoutKind::Connect));
/// // Of the whole call less is left than one attempt may take.
/// assert_eq!(deadline.nearest(), (total, TimeoutKind::Total));
/// assert_eq!(
///     (deadline.connect(), deadline.attempt(), deadline.total()),
///     (connect, attempt, total)
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    connect: Duration,
    attempt: Duration,
    total: Duration,
}

impl Timeouts {
    /// The three limits, for a test of a transport.
    #[must_use]
    pub const fn new(connect: Duration, attempt: Duration, total: Duration) -> Self {
        Self { connect, attempt, total }
    }

    /// What is left of it that long after. The limit for making a connection begins when one is made.
    pub(crate) fn after(self, elapsed: Duration) -> Self {
        let Self { connect, attempt, total } = self;
        Self { connect, attempt: attempt.saturating_sub(elapsed), total: total.saturating_sub(elapsed) }
    }

    /// For making a connection.
    #[must_use]
    pub const fn connect(&self) -> Duration {
        self.connect
    }

    /// The time after which making a connection is over, and the limit that ends it: its own, or one that ends sooner.
    ///
    /// ```
    /// use cognito_op::transport::{Timeouts, TimeoutKind};
    /// use std::time::Duration;
    ///
    /// let deadline =
    ///     Timeouts::new(Duration::from_secs(3), Duration::from_secs(2), Duration::from_secs(30));
    /// assert_eq!(deadline.connecting(), (Duration::from_secs(2), TimeoutKind::Attempt));
    /// ```
    #[must_use]
    pub fn connecting(&self) -> (Duration, TimeoutKind) {
        let nearest = self.nearest();
        if self.connect <= nearest.0 { (self.connect, TimeoutKind::Connect) } else { nearest }
    }

    /// For this attempt.
    #[must_use]
    pub const fn attempt(&self) -> Duration {
        self.attempt
    }

    /// For the whole call.
    #[must_use]
    pub const fn total(&self) -> Duration {
        self.total
    }

    /// The time after which this attempt is over, and the limit that ends it.
    ///
    /// ```
    /// use cognito_op::transport::{Timeouts, TimeoutKind};
    /// use std::time::Duration;
    ///
    /// let deadline =
    ///     Timeouts::new(Duration::from_secs(3), Duration::from_secs(20), Duration::from_secs(7));
    /// assert_eq!(deadline.nearest(), (Duration::from_secs(7), TimeoutKind::Total));
    /// ```
    #[must_use]
    pub fn nearest(&self) -> (Duration, TimeoutKind) {
        if self.attempt < self.total { (self.attempt, TimeoutKind::Attempt) } else { (self.total, TimeoutKind::Total) }
    }
}

/// Why there is no answer.
///
/// Whether the request may have reached the service decides whether it may be sent again; in doubt it may have.
///
/// ```
/// use cognito_op::transport::{TimeoutKind, TransportError};
/// use std::io::{Error, ErrorKind};
///
/// /// What an error of a socket says, by whether there was a connection.
/// fn failure(error: Error, connected: bool) -> TransportError {
///     match error.kind() {
///         ErrorKind::TimedOut if !connected => TransportError::not_connected(TimeoutKind::Connect),
///         ErrorKind::TimedOut => TransportError::timeout(TimeoutKind::Attempt),
///         ErrorKind::Unsupported => TransportError::unusable(error),
///         _ if connected => TransportError::sent(error),
///         _ => TransportError::unsent(error),
///     }
/// }
///
/// let refused = failure(ErrorKind::ConnectionRefused.into(), false);
/// assert!(!refused.may_have_been_sent());
/// let late = failure(ErrorKind::TimedOut.into(), true);
/// assert!(late.may_have_been_sent());
/// assert_eq!(late.timeout_kind(), Some(TimeoutKind::Attempt));
/// assert!(TransportError::too_large().may_have_been_sent());
/// ```
pub struct TransportError {
    what: What,
    may_have_been_sent: bool,
    source: Option<Box<dyn Error + Send + Sync>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Unsent,
    Unusable,
    Unsigned,
    Sent,
    TooLarge,
    Timeout(TimeoutKind),
}

impl TransportError {
    /// The request did not leave, and that is certain: no connection was made, or the message was handed back.
    ///
    /// ```
    /// use cognito_op::transport::TransportError;
    ///
    /// let error = TransportError::unsent("there is no such host");
    /// assert!(!error.may_have_been_sent());
    /// assert_eq!(error.to_string(), "the request could not be sent: there is no such host");
    /// ```
    pub fn unsent(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { what: What::Unsent, may_have_been_sent: false, source: Some(source.into()) }
    }

    /// The transport cannot send anything as things are, so that another attempt would fare no better.
    ///
    /// ```
    /// use cognito_op::transport::TransportError;
    ///
    /// let error = TransportError::unusable("the transport was shut down");
    /// assert!(!error.may_have_been_sent());
    /// ```
    pub fn unusable(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { what: What::Unusable, ..Self::unsent(source) }
    }

    /// The request could not be signed, so that it was not sent.
    pub(crate) fn unsigned(source: Box<dyn Error + Send + Sync>) -> Self {
        Self { what: What::Unsigned, ..Self::unsent(source) }
    }

    /// A limit ran out before the request was signed, so that it was not sent.
    pub(crate) fn unsigned_within(kind: TimeoutKind) -> Self {
        Self { source: Some("the request was not signed in time".into()), ..Self::not_connected(kind) }
    }

    /// Some or all of the request may have left, and no whole answer came.
    ///
    /// ```
    /// use cognito_op::transport::TransportError;
    /// use std::io;
    ///
    /// let error = TransportError::sent(io::Error::from(io::ErrorKind::ConnectionReset));
    /// assert!(error.may_have_been_sent());
    /// ```
    pub fn sent(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { what: What::Sent, may_have_been_sent: true, source: Some(source.into()) }
    }

    /// The answer is larger than [`BODY_LIMIT`].
    #[must_use]
    pub fn too_large() -> Self {
        Self { what: What::TooLarge, may_have_been_sent: true, source: None }
    }

    /// A limit ran out. While connecting nothing has been sent; later it may have.
    ///
    /// ```
    /// use cognito_op::transport::{TimeoutKind, TransportError};
    ///
    /// assert!(!TransportError::timeout(TimeoutKind::Connect).may_have_been_sent());
    /// assert!(TransportError::timeout(TimeoutKind::Attempt).may_have_been_sent());
    /// ```
    #[must_use]
    pub fn timeout(kind: TimeoutKind) -> Self {
        Self { what: What::Timeout(kind), may_have_been_sent: kind != TimeoutKind::Connect, source: None }
    }

    /// A limit ran out before there was a connection, so that nothing was sent.
    ///
    /// ```
    /// use cognito_op::transport::{TimeoutKind, TransportError};
    ///
    /// let error = TransportError::not_connected(TimeoutKind::Total);
    /// assert_eq!((error.may_have_been_sent(), error.timeout_kind()), (false, Some(TimeoutKind::Total)));
    /// ```
    #[must_use]
    pub fn not_connected(kind: TimeoutKind) -> Self {
        Self { may_have_been_sent: false, ..Self::timeout(kind) }
    }

    /// Whether the service may have the request.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        self.may_have_been_sent
    }

    /// Whether another attempt may fare better.
    pub(crate) fn may_pass(&self) -> bool {
        !matches!(self.what, What::Unusable | What::Unsigned | What::Timeout(TimeoutKind::Total))
    }

    /// Whether the connection broke under it.
    #[cfg(feature = "ureq")]
    pub(crate) fn is_broken(&self) -> bool {
        self.what == What::Sent
    }

    /// Whether it is the signature that failed.
    pub(crate) fn is_unsigned(&self) -> bool {
        self.what == What::Unsigned
    }

    /// The limit that ran out.
    #[must_use]
    pub fn timeout_kind(&self) -> Option<TimeoutKind> {
        match self.what {
            What::Timeout(kind) => Some(kind),
            _ => None,
        }
    }
}

impl TransportError {
    /// What it says, without why.
    pub(crate) fn summary(&self) -> &'static str {
        match self.what {
            What::Unsent | What::Unusable => "the request could not be sent",
            What::Unsigned => "the request could not be signed and was not sent",
            What::Sent => "the request failed before there was a whole answer; it may have been carried out",
            What::TooLarge => "the answer is larger than 1 MiB; the request may have been carried out",
            What::Timeout(TimeoutKind::Attempt | TimeoutKind::Total) if !self.may_have_been_sent => {
                "the time limit ran out before there was a connection; the request was not sent"
            }
            What::Timeout(TimeoutKind::Connect) => "no connection within the time limit; the request was not sent",
            What::Timeout(TimeoutKind::Attempt) => {
                "no answer within the time limit of an attempt; the request may have been carried out"
            }
            What::Timeout(TimeoutKind::Total) => {
                "no answer within the time limit; the request may have been carried out"
            }
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.summary())?;
        // What went wrong stands at the end of the chain, and a log has one line for all of it.
        let mut cause = Error::source(self);
        while let Some(error) = cause {
            write!(f, ": {}", in_one_line(&error.to_string()))?;
            cause = error.source();
        }
        Ok(())
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("TransportError");
        shown.field("what", &self.what).field("may_have_been_sent", &self.may_have_been_sent);
        shown.field("source", &self.source).finish()
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}

/// Lets whatever else is ready have its turn.
#[cfg(any(feature = "hyper", feature = "tower"))]
pub(crate) async fn turn_of_others() {
    let mut begun = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut begun, true) {
            return std::task::Poll::Ready(());
        }
        context.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await;
}

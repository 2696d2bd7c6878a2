//! Errors of the transport.

use crate::text::single_line;
use std::error::Error;
use std::fmt;

/// The kinds of timeouts of a call.
///
/// ```
/// use cognito_op::transport::TimeoutKind;
/// use cognito_op::{Error, ErrorKind};
///
/// /// The text for the person who waits.
/// fn text(error: &Error) -> &'static str {
///     match (error.kind(), error.timeout_kind()) {
///         (ErrorKind::Timeout, Some(TimeoutKind::Connect)) => "no network",
///         (ErrorKind::Timeout, _) => "the service is slow",
///         _ => "something went wrong",
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeoutKind {
    /// The timeout for making a connection, with the name lookup, TCP and TLS.
    Connect,
    /// The timeout of one attempt.
    Attempt,
    /// The timeout of the whole call.
    Total,
}

/// The error of an attempt that received no complete response.
///
/// The client retries a request that may have been sent only if its operation is idempotent. In case of doubt, the
/// request counts as sent.
///
/// ```
/// use cognito_op::transport::{TimeoutKind, TransportError};
/// use std::io::{Error, ErrorKind};
///
/// /// Maps an error of a socket.
/// fn failure(error: Error, connected: bool) -> TransportError {
///     match error.kind() {
///         ErrorKind::TimedOut if !connected => {
///             TransportError::not_connected(TimeoutKind::Connect)
///         }
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
#[derive(Debug)]
pub struct TransportError {
    cause: Cause,
    may_have_been_sent: bool,
    source: Option<Box<dyn Error + Send + Sync>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    Unsent,
    Unusable,
    Unsigned,
    Sent,
    TooLarge,
    Timeout(TimeoutKind),
}

impl TransportError {
    /// Creates an error that proves that the request was not sent: no connection was made, or the connection returned
    /// the request.
    ///
    /// ```
    /// use cognito_op::transport::TransportError;
    ///
    /// let error = TransportError::unsent("there is no such host");
    /// assert!(!error.may_have_been_sent());
    /// assert_eq!(error.to_string(), "the request could not be sent: there is no such host");
    /// ```
    pub fn unsent(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { cause: Cause::Unsent, may_have_been_sent: false, source: Some(source.into()) }
    }

    /// Creates an error that another attempt cannot fix. The request was not sent.
    ///
    /// ```
    /// use cognito_op::transport::TransportError;
    ///
    /// let error = TransportError::unusable("the transport was shut down");
    /// assert!(!error.may_have_been_sent());
    /// ```
    pub fn unusable(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { cause: Cause::Unusable, ..Self::unsent(source) }
    }

    /// Creates an error for a request that could not be signed. It was not sent.
    pub(crate) fn unsigned(source: Box<dyn Error + Send + Sync>) -> Self {
        Self { cause: Cause::Unsigned, ..Self::unsent(source) }
    }

    /// Creates an error for a timeout that expired before the request was signed. The request was not sent.
    pub(crate) fn unsigned_within(kind: TimeoutKind) -> Self {
        Self::not_connected_with(kind, "the request was not signed in time")
    }

    /// Creates an error that occurred after some or all of the request may have been sent, and before the whole
    /// response was received.
    ///
    /// ```
    /// use cognito_op::transport::TransportError;
    /// use std::io;
    ///
    /// let error = TransportError::sent(io::Error::from(io::ErrorKind::ConnectionReset));
    /// assert!(error.may_have_been_sent());
    /// ```
    pub fn sent(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { cause: Cause::Sent, may_have_been_sent: true, source: Some(source.into()) }
    }

    /// Creates an error for a response that is larger than [`BODY_LIMIT`](crate::transport::BODY_LIMIT).
    #[must_use]
    pub fn too_large() -> Self {
        Self { cause: Cause::TooLarge, may_have_been_sent: true, source: None }
    }

    /// Creates an error for a timeout that expired. With [`TimeoutKind::Connect`], the request was not sent; otherwise
    /// it may have been sent.
    ///
    /// ```
    /// use cognito_op::transport::{TimeoutKind, TransportError};
    ///
    /// assert!(!TransportError::timeout(TimeoutKind::Connect).may_have_been_sent());
    /// assert!(TransportError::timeout(TimeoutKind::Attempt).may_have_been_sent());
    /// ```
    #[must_use]
    pub fn timeout(kind: TimeoutKind) -> Self {
        Self { cause: Cause::Timeout(kind), may_have_been_sent: kind != TimeoutKind::Connect, source: None }
    }

    /// Creates an error for a timeout that expired before there was a connection. The request was not sent.
    ///
    /// ```
    /// use cognito_op::transport::{TimeoutKind, TransportError};
    ///
    /// let error = TransportError::not_connected(TimeoutKind::Total);
    /// assert_eq!(
    ///     (error.may_have_been_sent(), error.timeout_kind()),
    ///     (false, Some(TimeoutKind::Total))
    /// );
    /// ```
    #[must_use]
    pub fn not_connected(kind: TimeoutKind) -> Self {
        Self { may_have_been_sent: false, ..Self::timeout(kind) }
    }

    /// Creates an error for a timeout that expired before there was a connection, with more about it.
    pub(crate) fn not_connected_with(kind: TimeoutKind, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { source: Some(source.into()), ..Self::not_connected(kind) }
    }

    /// Returns whether the service may have received the request.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        self.may_have_been_sent
    }

    /// Returns the timeout that expired. `None` for other errors.
    #[must_use]
    pub fn timeout_kind(&self) -> Option<TimeoutKind> {
        match self.cause {
            Cause::Timeout(kind) => Some(kind),
            _ => None,
        }
    }

    /// Returns whether another attempt may succeed. It is false for an [`unusable`](Self::unusable) transport, such as
    /// after a proxy has rejected the password, and if no time remains.
    ///
    /// ```
    /// use cognito_op::transport::TransportError;
    ///
    /// assert!(TransportError::unsent("there is no such host").is_transient());
    /// assert!(!TransportError::unusable("the transport was shut down").is_transient());
    /// ```
    #[must_use]
    pub fn is_transient(&self) -> bool {
        !matches!(self.cause, Cause::Unusable | Cause::Unsigned | Cause::Timeout(TimeoutKind::Total))
    }

    /// Returns whether the connection broke while the request was using it.
    #[cfg(feature = "ureq")]
    pub(crate) fn is_broken(&self) -> bool {
        self.cause == Cause::Sent
    }

    /// Returns whether signing failed.
    pub(super) fn is_unsigned(&self) -> bool {
        self.cause == Cause::Unsigned
    }

    fn summary(&self) -> &'static str {
        match self.cause {
            Cause::Unsent | Cause::Unusable => "the request could not be sent",
            Cause::Unsigned => "the request could not be signed and was not sent",
            Cause::Sent => "the connection failed before the response was complete",
            Cause::TooLarge => "the response is larger than 1 MiB",
            Cause::Timeout(TimeoutKind::Connect) => "the connect timeout expired; the request was not sent",
            Cause::Timeout(_) if !self.may_have_been_sent => {
                "the timeout expired before there was a connection; the request was not sent"
            }
            Cause::Timeout(TimeoutKind::Attempt) => "the attempt timeout expired before the response was complete",
            Cause::Timeout(TimeoutKind::Total) => "the timeout expired before the response was complete",
        }
    }

    /// Writes the message of a call, with the causes or without them.
    pub(super) fn write_of_call(&self, f: &mut fmt::Formatter<'_>, with_causes: bool) -> fmt::Result {
        f.write_str(self.summary())?;
        if self.may_have_been_sent {
            f.write_str("; the operation may have executed")?;
        }
        if with_causes { self.write_causes(f) } else { Ok(()) }
    }

    fn write_causes(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The root cause is at the end of the chain, and a log line has room for all of it.
        let mut cause = Error::source(self);
        while let Some(error) = cause {
            write!(f, ": {}", single_line(&error.to_string()))?;
            cause = error.source();
        }
        Ok(())
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.summary())?;
        self.write_causes(f)
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}

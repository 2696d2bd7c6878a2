//! Transports, which send requests, sleep and read a clock.
//!
//! Start with the [chapter on transports](crate::guide::transports). [`Transport`] and [`BlockingTransport`] are the
//! traits for a transport of your own. The features `hyper`, `ureq` and `tower` add ready-made transports.
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

mod blocking;
#[cfg(any(feature = "hyper", feature = "tower"))]
mod body;
#[cfg(feature = "hyper")]
mod hyper;
#[cfg(any(feature = "hyper", feature = "ureq"))]
mod idle;
#[cfg(any(feature = "hyper", feature = "ureq"))]
mod pool;
#[cfg(feature = "proxy")]
mod proxy;
mod timeouts;
#[cfg(any(feature = "hyper", feature = "ureq"))]
pub(crate) mod tls;
#[cfg(feature = "tower")]
mod tower;
#[cfg(feature = "ureq")]
mod ureq;

pub use self::blocking::Transport as BlockingTransport;
#[cfg(feature = "hyper")]
pub use self::hyper::HyperTransport;
#[cfg(feature = "proxy")]
pub use self::proxy::{Proxies, Proxy};
pub use self::timeouts::Timeouts;
#[cfg(feature = "tower")]
pub use self::tower::TowerTransport;
#[cfg(feature = "ureq")]
pub use self::ureq::UreqTransport;
pub use crate::error::{TimeoutKind, TransportError};
#[cfg(feature = "hyper")]
#[doc(no_inline)]
pub use rustls;

use crate::codec::Body;
use http::{Request, Response};
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// The largest response body that a transport reads: 1 MiB. The largest responses of the service are far smaller.
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

/// The maximum number of headers of a response. ureq-proto has the same limit.
#[cfg(feature = "hyper")]
const HEADER_LIMIT: usize = 128;

/// The maximum number of bytes that are read for one request, including heads and interim responses. A server could
/// otherwise send interim responses, or a line of a chunk, without end.
#[cfg(any(feature = "hyper", feature = "ureq"))]
const READ_LIMIT: usize = 2 * BODY_LIMIT;

/// The source of the error for a response beyond [`HEADER_LIMIT`], or with a larger head than the HTTP client reads.
#[cfg(any(feature = "hyper", feature = "ureq"))]
const HEAD_TOO_LARGE: &str = "the head of the response is too large, or has more than 128 headers";

/// The source of the error for a new connection that cannot be used.
#[cfg(any(feature = "hyper", feature = "ureq"))]
const SPOKE_FIRST: &str = "the server sent data or closed the connection before there was a request";

/// The reason why there is no connection. The request was not sent.
#[cfg(any(feature = "hyper", feature = "ureq"))]
#[derive(Debug)]
struct NotConnected {
    source: Box<dyn std::error::Error + Send + Sync>,
    /// Whether another attempt would fail too.
    is_final: bool,
}

#[cfg(any(feature = "hyper", feature = "ureq"))]
impl<E: Into<Box<dyn std::error::Error + Send + Sync>>> From<E> for NotConnected {
    fn from(error: E) -> Self {
        Self { source: error.into(), is_final: false }
    }
}

#[cfg(any(feature = "hyper", feature = "ureq"))]
impl NotConnected {
    /// Returns the failure of a proxy that cannot be used.
    #[cfg(feature = "proxy")]
    fn unusable(problem: &str) -> Self {
        Self { source: problem.into(), is_final: true }
    }

    fn into_error(self) -> TransportError {
        if self.is_final { TransportError::unusable(self.source) } else { TransportError::unsent(self.source) }
    }
}

/// Returns whether the host of a URL is a loopback address.
pub(crate) fn is_loopback(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.to_canonical().is_loopback())
}

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

/// The transport of a [`Client`](crate::Client). An `Arc<dyn Transport>` is a transport as well, so clients can
/// share one.
///
/// ```
/// use cognito_op::Body;
/// use cognito_op::transport::{BoxFuture, SleepPurpose, Timeouts, Transport, TransportError};
/// use http::{Request, Response};
/// use std::time::Duration;
///
/// /// Responds to every request with an empty object.
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
///     fn sleep(&self, _: Duration, _: SleepPurpose) -> BoxFuture<'_, ()> {
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
/// - sends each request at most once, follows no redirect, and adds no header except `Host`, `Content-Length` and those
///   that its connection needs;
/// - enforces the [`connect`](Timeouts::connect) timeout. The client enforces the other two by dropping the future,
///   which must cancel the request;
/// - reads at most [`BODY_LIMIT`] bytes of a response body.
pub trait Transport: Send + Sync {
    /// Sends a request and reads the whole response, whatever its status.
    ///
    /// # Errors
    ///
    /// The future returns an error if no complete response was received. The error states whether the request may have
    /// been sent.
    fn send(&self, request: Request<Body>, timeouts: Timeouts)
    -> BoxFuture<'_, Result<Response<Body>, TransportError>>;

    /// Completes after `duration`. Most transports ignore the purpose.
    fn sleep(&self, duration: Duration, purpose: SleepPurpose) -> BoxFuture<'_, ()>;

    /// Returns the time since an arbitrary fixed point. It never decreases.
    fn now(&self) -> Duration;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: Request<Body>,
        timeouts: Timeouts,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        (**self).send(request, timeouts)
    }

    fn sleep(&self, duration: Duration, purpose: SleepPurpose) -> BoxFuture<'_, ()> {
        (**self).sleep(duration, purpose)
    }

    fn now(&self) -> Duration {
        (**self).now()
    }
}

/// The purpose of a [`Transport::sleep`]. A transport with a virtual clock, such as that of a mock, needs it.
///
/// ```
/// use cognito_op::transport::SleepPurpose;
/// use std::time::Duration;
///
/// /// Skips the backoff in a test, but keeps timeouts.
/// fn shortened(duration: Duration, purpose: SleepPurpose) -> Duration {
///     match purpose {
///         SleepPurpose::Backoff => Duration::ZERO,
///         _ => duration,
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SleepPurpose {
    /// The delay before the next attempt.
    Backoff,
    /// The timeout of an attempt that is running.
    Timeout,
}

/// Yields to the executor once, so that other tasks can run.
#[cfg(any(feature = "hyper", feature = "tower"))]
pub(crate) async fn turn_of_others() {
    let mut yielded = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut yielded, true) {
            return std::task::Poll::Ready(());
        }
        context.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await;
}

//! The blocking counterpart of the transport trait.

use super::{Timeouts, TransportError};
use crate::codec::Body;
use http::{Request, Response};
use std::time::Duration;

/// The transport of a [`blocking::Client`](crate::blocking::Client).
///
/// It follows the rules of [`transport::Transport`](crate::transport::Transport). It also enforces the
/// [`attempt`](Timeouts::attempt) and [`total`](Timeouts::total) timeouts, since a blocking call cannot be cancelled
/// from outside.
///
/// ```
/// use cognito_op::blocking::{Client, Transport};
/// use cognito_op::transport::{Timeouts, TransportError};
/// use cognito_op::{Body, ErrorKind, Retries};
/// use http::{Request, Response};
/// use std::time::Duration;
///
/// /// A transport without a network.
/// struct Offline;
///
/// impl Transport for Offline {
///     fn send(&self, _: Request<Body>, _: Timeouts) -> Result<Response<Body>, TransportError> {
///         Err(TransportError::unsent("there is no network"))
///     }
///     fn sleep(&self, duration: Duration) {
///         std::thread::sleep(duration);
///     }
///     fn now(&self) -> Duration {
///         Duration::ZERO
///     }
/// }
///
/// let client = Client::builder().region("eu-west-1").retries(Retries::off()).build_with(Offline)?;
/// # #[cognito_op::cognito_op(target = "GlobalSignOut")]
/// # struct GlobalSignOut { access_token: String }
/// let error = GlobalSignOut::new("token").send_blocking(&client).unwrap_err();
/// assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Transport, false));
/// # Ok::<(), cognito_op::Error>(())
/// ```
pub trait Transport: Send + Sync {
    /// Sends a request and reads the whole response, whatever its status.
    ///
    /// # Errors
    ///
    /// Returns an error if no complete response was received. The error states whether the request may have been sent.
    fn send(&self, request: Request<Body>, timeouts: Timeouts) -> Result<Response<Body>, TransportError>;

    /// Sleeps for `duration`, the delay before the next attempt.
    fn sleep(&self, duration: Duration);

    /// Returns the time since an arbitrary fixed point. It never decreases.
    fn now(&self) -> Duration;
}

//! A mock of the service for tests, which returns planned responses and records requests.
//!
//! Start with [`Mock`]: [`on`](Mock::on) plans responses, [`client`](Mock::client) returns a client, and
//! [`requests`](Mock::requests) returns the recorded requests.
//!
//! ```
//! # use cognito_op::{cognito_op, cognito_shape};
//! # #[cognito_op(target = "GetUserAttributeVerificationCode")]
//! # struct GetUserAttributeVerificationCode { access_token: String, attribute_name: String }
//! # #[cognito_shape]
//! # struct GetUserAttributeVerificationCodeResponse { code_delivery_details: Option<CodeDeliveryDetails> }
//! # #[cognito_shape]
//! # struct CodeDeliveryDetails { destination: Option<String> }
//! # async fn test() -> Result<(), cognito_op::Error> {
//! let mock = cognito_op::mock::Mock::new();
//! mock.on::<GetUserAttributeVerificationCode>()
//!     .output_json(r#"{"CodeDeliveryDetails": {"Destination": "a***"}}"#);
//! let response =
//!     GetUserAttributeVerificationCode::new("token", "email").send(&mock.client()).await?;
//! # assert_eq!(response.code_delivery_details.and_then(|details| details.destination).as_deref(), Some("a***"));
//! # Ok(())
//! # }
//! # let mut test = std::pin::pin!(test());
//! # let context = &mut std::task::Context::from_waker(std::task::Waker::noop());
//! # assert!(matches!(std::future::Future::poll(test.as_mut(), context), std::task::Poll::Ready(Ok(()))));
//! ```
//!
//! A mock needs neither a network nor an async runtime. Backoff and timeouts take no real time: they advance a virtual
//! clock, which concurrent calls share. A signer or a wrapping transport may take real time, within the timeouts of the
//! call. Everything else is the production code, from validation to retries.
//!
//! A planned response that was not used, and a request without a planned response, fail the test when the [`Mock`] is
//! dropped.

mod plan;
mod recorded;
mod time;
mod transport;

pub use plan::{NetworkFault, Plan};
pub use recorded::{Readable, Recorded};
pub use transport::MockTransport;

use crate::client::{Builder, Client, blocking};
use crate::error::Error;
use crate::request::Operation;
use plan::Expected;
use std::fmt;
use std::panic::Location;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A mock of the service.
///
/// ```
/// # use cognito_op::cognito_op;
/// # #[cognito_op(target = "GlobalSignOut")]
/// # struct GlobalSignOut { access_token: String }
/// use cognito_op::ErrorKind;
/// use cognito_op::mock::Mock;
/// use std::time::Duration;
///
/// let mock = Mock::new();
/// mock.on::<GlobalSignOut>().fail(ErrorKind::TooManyRequests).times(2).succeed();
///
/// GlobalSignOut::new("token").send_blocking(&mock.blocking_client())?;
/// assert_eq!(mock.requests().len(), 3);
/// assert!(mock.elapsed() <= Duration::from_secs(3), "at most one second, then two");
/// mock.verify();
/// # Ok::<(), cognito_op::Error>(())
/// ```
///
/// # Panics
///
/// Panics when it is dropped if a planned response was not used, or a request had no planned response. If the thread is
/// already panicking, the problem is printed instead. A request without a planned response fails with the kind
/// [`Transport`](crate::ErrorKind::Transport) and a message that contains the operation's name. A request after the
/// mock was dropped fails in the same way, so wait for the tasks of a test before it ends.
pub struct Mock {
    shared: Arc<Shared>,
    place: &'static Location<'static>,
}

/// The state that a mock shares with its transports.
#[derive(Default)]
struct Shared(Mutex<State>);

#[derive(Default)]
struct State {
    expected: Vec<Expected>,
    recorded: Vec<Recorded>,
    /// The messages about unexpected requests.
    unexpected: Vec<String>,
    clock: Duration,
    /// Whether the mock was dropped.
    over: bool,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // The state is consistent even after a panic in another thread.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Mock {
    /// Creates a mock without planned responses.
    #[must_use]
    #[track_caller]
    pub fn new() -> Self {
        Self { shared: Arc::default(), place: Location::caller() }
    }

    /// Plans the responses to an operation, in order, after those that are already planned.
    ///
    /// ```
    /// # use cognito_op::cognito_op;
    /// # #[cognito_op(target = "GlobalSignOut")]
    /// # struct GlobalSignOut { access_token: String }
    /// let mock = cognito_op::mock::Mock::new();
    /// mock.on::<GlobalSignOut>().succeed();
    /// mock.on::<GlobalSignOut>().fail(cognito_op::ErrorKind::NotAuthorized);
    ///
    /// let client = mock.blocking_client();
    /// assert!(GlobalSignOut::new("token").send_blocking(&client).is_ok());
    /// assert!(GlobalSignOut::new("token").send_blocking(&client).is_err());
    /// ```
    #[must_use = "a plan has no effect before a response is added"]
    pub fn on<O: Operation>(&self) -> Plan<'_, O> {
        Plan::new(&self.shared)
    }

    /// Returns a client that calls this mock. It has no app client, and adds no signature to signed operations. An
    /// operation with `#[client_id]` or `#[client_secret]`, such as the ready-made ones, needs an app client: set one as
    /// below. For other settings, use `Client::builder()…build_with(mock.transport())`.
    ///
    /// ```
    /// # fn build() -> Result<(), cognito_op::Error> {
    /// let mock = cognito_op::mock::Mock::new();
    /// let client = mock.client().with_app_client("1example23456789", "the app client's secret")?;
    /// # Ok(())
    /// # }
    /// # build().unwrap();
    /// ```
    #[must_use]
    pub fn client(&self) -> Client {
        built(Client::builder(), |builder| builder.build_with(self.transport())).with_signer(self.transport())
    }

    /// Returns a blocking client that calls this mock; see [`client`](Self::client).
    ///
    /// ```
    /// let mock = cognito_op::mock::Mock::new();
    /// let client = mock.blocking_client().with_public_app_client("1example23456789")?;
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    #[must_use]
    pub fn blocking_client(&self) -> blocking::Client {
        built(blocking::Client::builder(), |builder| builder.build_with(self.transport())).with_signer(self.transport())
    }

    /// Returns a transport that calls this mock, for a client with other settings.
    ///
    /// ```
    /// # use cognito_op::cognito_op;
    /// # #[cognito_op(target = "ForgotPassword", response = ())]
    /// # struct ForgotPassword { #[len] client_id: String, #[len] username: String }
    /// use cognito_op::blocking::Client;
    /// use cognito_op::mock::Mock;
    /// use cognito_op::{ErrorKind, Validation};
    ///
    /// let mock = Mock::new();
    /// mock.on::<ForgotPassword>().fail_validation();
    /// let builder = Client::builder().region("eu-west-1").validation(Validation::Off);
    /// let client = builder.build_with(mock.transport())?;
    ///
    /// let error = ForgotPassword::new("1example23456789", "").send_blocking(&client).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::InvalidParameter);
    /// assert_eq!(error.violations().map(|violations| violations.iter().count()), Some(1));
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    #[must_use]
    pub fn transport(&self) -> MockTransport {
        MockTransport::new(Arc::clone(&self.shared))
    }

    /// Returns the requests so far, one for each attempt, in the order of arrival.
    ///
    /// ```
    /// # use cognito_op::cognito_op;
    /// # #[cognito_op(target = "GlobalSignOut")]
    /// # struct GlobalSignOut { access_token: String }
    /// let mock = cognito_op::mock::Mock::new();
    /// mock.on::<GlobalSignOut>().succeed();
    /// GlobalSignOut::new("token").send_blocking(&mock.blocking_client())?;
    /// assert_eq!(mock.requests()[0].json()["AccessToken"], "token");
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.lock().recorded.clone()
    }

    /// Returns the requests of one operation so far, one for each attempt, in the order of arrival.
    ///
    /// ```
    /// # use cognito_op::cognito_op;
    /// # #[cognito_op(target = "GlobalSignOut", response = ())]
    /// # struct GlobalSignOut { access_token: String }
    /// let mock = cognito_op::mock::Mock::new();
    /// mock.on::<GlobalSignOut>().succeed();
    /// GlobalSignOut::new("token").send_blocking(&mock.blocking_client())?;
    /// assert_eq!(mock.sent::<GlobalSignOut>()[0].access_token, "token");
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if one of the requests cannot be read as that type.
    #[must_use]
    #[track_caller]
    pub fn sent<O: Operation + Readable>(&self) -> Vec<O> {
        let requests = self.requests();
        let requests = requests.iter().filter(|request| request.operation() == O::NAME);
        // A closure would lose `#[track_caller]`.
        let mut read = Vec::new();
        for request in requests {
            read.push(request.read());
        }
        read
    }

    /// Returns the elapsed time on the virtual clock.
    ///
    /// ```
    /// # use cognito_op::cognito_op;
    /// # #[cognito_op(target = "GlobalSignOut")]
    /// # struct GlobalSignOut { access_token: String }
    /// use cognito_op::mock::{Mock, NetworkFault};
    /// use std::time::Duration;
    ///
    /// let mock = Mock::new();
    /// mock.on::<GlobalSignOut>().fault(NetworkFault::NoResponse);
    /// let operation = GlobalSignOut::new("token");
    /// let client = mock.blocking_client();
    /// assert!(client.call(&operation).timeout(Duration::from_secs(7)).send().is_err());
    /// assert_eq!(mock.elapsed(), Duration::from_secs(7));
    /// ```
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.shared.lock().clock
    }

    /// Fails the test if a planned response was not used, or a request had no planned response. Dropping the mock does
    /// the same.
    ///
    /// ```should_panic
    /// # use cognito_op::cognito_op;
    /// # #[cognito_op(target = "GlobalSignOut")]
    /// # struct GlobalSignOut { access_token: String }
    /// let mock = cognito_op::mock::Mock::new();
    /// mock.on::<GlobalSignOut>().succeed();
    /// mock.verify(); // fails: the sign-out was not sent
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if a planned response was not used, or a request had no planned response.
    #[track_caller]
    pub fn verify(self) {
        self.check();
    }

    #[track_caller]
    fn check(&self) {
        let problems = self.problems();
        assert!(problems.is_empty(), "{problems}");
    }

    /// Returns and clears the problems; the text is empty if there are none.
    fn problems(&self) -> String {
        let State { expected, unexpected, over, .. } = &mut *self.shared.lock();
        *over = true;
        let mut problems = std::mem::take(unexpected);
        problems.extend(std::mem::take(expected).iter().flat_map(Expected::unused));
        if problems.is_empty() {
            return String::new();
        }
        format!("the expectations of the mock of {} are not met:\n- {}", self.place, problems.join("\n- "))
    }
}

impl Default for Mock {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            return self.check();
        }
        // A second panic would abort the test run.
        let problems = self.problems();
        if !problems.is_empty() {
            eprintln!("{problems}");
        }
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock").field("requests", &self.requests()).finish_non_exhaustive()
    }
}

/// Builds a client for an endpoint that does not exist.
#[allow(clippy::expect_used, reason = "the endpoint is valid")]
fn built<C>(builder: Builder<C>, build: impl FnOnce(Builder<C>) -> Result<C, Error>) -> C {
    build(builder.endpoint("https://cognito-idp.mock.invalid")).expect("the endpoint is the only setting")
}

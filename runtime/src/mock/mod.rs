//! A stand-in of the service for tests: canned answers, and a record of what was asked.
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
//!     .answer_json(r#"{"CodeDeliveryDetails": {"Destination": "a***"}}"#);
//! let answer =
//!     GetUserAttributeVerificationCode::new("token", "email").send(&mock.client()).await?;
//! # assert_eq!(answer.code_delivery_details.and_then(|details| details.destination).as_deref(), Some("a***"));
//! # Ok(())
//! # }
//! # let mut test = std::pin::pin!(test());
//! # let context = &mut std::task::Context::from_waker(std::task::Waker::noop());
//! # assert!(matches!(std::future::Future::poll(test.as_mut(), context), std::task::Poll::Ready(Ok(()))));
//! ```
//!
//! It needs no network, no runtime and no time: whatever waits, for a retry or for an answer that never comes, only puts a
//! clock of the mock's own forward, and calls that wait at the same time share it. What really takes its time, such as a signer
//! that asks elsewhere for its credentials, has it; and so has an answer that never comes through a transport that asks the mock in
//! a task of its own. Everything else is as in production, from the checks before sending to the
//! retries.
//!
//! What was set up and not asked for, and what was asked for and not set up, fails the test when the [`Mock`] is dropped.

mod plan;
mod recorded;
mod time;
mod transport;

pub use plan::{NetworkFault, Plan};
pub use recorded::{Readable, Recorded};
pub use transport::MockTransport;

use crate::blocking;
use crate::client::Client;
use crate::config::Builder;
use crate::error::Error;
use crate::operation::Operation;
use plan::Expected;
use std::fmt;
use std::panic::Location;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A stand-in of the service.
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
/// assert!(mock.elapsed() <= Duration::from_secs(3), "one second at most, then two");
/// mock.verify();
/// # Ok::<(), cognito_op::Error>(())
/// ```
///
/// # Panics
///
/// When it is dropped, if an answer was set up and not asked for, or a request came for which there was no answer. Where the test
/// is failing anyway, that is only printed. The request itself fails with an error of the kind
/// [`Transport`](crate::ErrorKind::Transport) that says so, and so does one that comes after the mock was dropped: wait for the
/// tasks of a test before it ends.
pub struct Mock {
    shared: Arc<Shared>,
    place: &'static Location<'static>,
}

/// What a mock, its transports and its clients have in common.
#[derive(Default)]
struct Shared(Mutex<State>);

#[derive(Default)]
struct State {
    expected: Vec<Expected>,
    recorded: Vec<Recorded>,
    /// What went against the expectations, in sentences.
    unexpected: Vec<String>,
    clock: Duration,
    /// The mock was dropped.
    over: bool,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // A test that has panicked elsewhere still gets its say.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Mock {
    /// One that expects nothing yet.
    #[must_use]
    #[track_caller]
    pub fn new() -> Self {
        Self { shared: Arc::default(), place: Location::caller() }
    }

    /// Sets up the answers to an operation, in the order in which they are given. What was set up before comes first.
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
    #[must_use = "nothing is expected before an answer is given"]
    pub fn on<O: Operation>(&self) -> Plan<'_, O> {
        Plan::new(&self.shared)
    }

    /// A client that asks this mock. It has no app client, and signs what has to be signed with nothing; for another say
    /// `Client::builder()…build_with(mock.transport())`.
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

    /// As [`client`](Self::client), for programs without an async runtime.
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

    /// The transport of a client to be built.
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

    /// The requests so far, with every attempt, in the order in which they came.
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

    /// The requests of an operation so far, with every attempt, in the order in which they came.
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
    /// If one of them cannot be read as that type.
    #[must_use]
    #[track_caller]
    pub fn sent<O: Operation + Readable>(&self) -> Vec<O> {
        let requests = self.requests();
        let requests = requests.iter().filter(|request| request.operation() == O::NAME);
        // A closure would not pass on whose call it was.
        let mut read = Vec::new();
        for request in requests {
            read.push(request.read());
        }
        read
    }

    /// How much time has passed on the mock's clock.
    ///
    /// ```
    /// # use cognito_op::cognito_op;
    /// # #[cognito_op(target = "GlobalSignOut")]
    /// # struct GlobalSignOut { access_token: String }
    /// use cognito_op::mock::{Mock, NetworkFault};
    /// use std::time::Duration;
    ///
    /// let mock = Mock::new();
    /// mock.on::<GlobalSignOut>().fault(NetworkFault::NoAnswer);
    /// let operation = GlobalSignOut::new("token");
    /// let client = mock.blocking_client();
    /// assert!(client.call(&operation).timeout(Duration::from_secs(7)).send().is_err());
    /// assert_eq!(mock.elapsed(), Duration::from_secs(7));
    /// ```
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.shared.lock().clock
    }

    /// Fails the test if something that was set up has not been asked for, or the other way round. Dropping it does the same.
    ///
    /// ```should_panic
    /// # use cognito_op::cognito_op;
    /// # #[cognito_op(target = "GlobalSignOut")]
    /// # struct GlobalSignOut { access_token: String }
    /// let mock = cognito_op::mock::Mock::new();
    /// mock.on::<GlobalSignOut>().succeed();
    /// mock.verify(); // fails the test: nobody has signed out
    /// ```
    ///
    /// # Panics
    ///
    /// If so.
    #[track_caller]
    pub fn verify(self) {
        self.check();
    }

    #[track_caller]
    fn check(&self) {
        let problems = self.problems();
        assert!(problems.is_empty(), "{problems}");
    }

    /// What the test has to be told, once; nothing if all is well.
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
        // A second panic would end the test run, and what is wrong here may be why there is a first.
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

/// A client of an endpoint that is nowhere.
#[allow(clippy::expect_used, reason = "the endpoint is valid")]
fn built<C>(builder: Builder<C>, build: impl FnOnce(Builder<C>) -> Result<C, Error>) -> C {
    build(builder.endpoint("https://cognito-idp.mock.invalid")).expect("an endpoint and nothing else is set")
}

//! The client for programs without an async runtime.
//!
//! ```
//! # use cognito_op::cognito_op;
//! # #[cognito_op(target = "GlobalSignOut")]
//! # struct GlobalSignOut { access_token: String }
//! use cognito_op::{Error, blocking};
//!
//! fn sign_out(client: &blocking::Client, token: &str) -> Result<(), Error> {
//!     GlobalSignOut::new(token).send_blocking(client)
//! }
//! ```

use crate::Body;
use crate::call::{Attempts, Call, Core};
use crate::config::Builder;
#[cfg(feature = "auth")]
use crate::config::Config;
use crate::error::Error;
use crate::exchange::{Accepted, Prepared, Reply};
use crate::operation::Operation;
use crate::sign::SignError;
use crate::trace;
use crate::transport::{Timeouts, TransportError};
use http::{Request, Response};
use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

/// As [`transport::Transport`](crate::transport::Transport), but it blocks.
///
/// An implementation does as is said there, and keeps the [`attempt`](Timeouts::attempt) and
/// [`total`](Timeouts::total) limits too, since nobody can end it from outside.
///
/// ```
/// use cognito_op::blocking::{Client, Transport};
/// use cognito_op::transport::{Timeouts, TransportError};
/// use cognito_op::{Body, ErrorKind, Retries};
/// use http::{Request, Response};
/// use std::time::Duration;
///
/// /// Has no network.
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
    /// Sends a request and reads the whole answer, whatever its status.
    ///
    /// # Errors
    ///
    /// Where there is no whole answer.
    fn send(&self, request: Request<Body>, timeouts: Timeouts) -> Result<Response<Body>, TransportError>;

    /// Returns after that time.
    fn sleep(&self, duration: Duration);

    /// The time since any fixed point, never going back.
    fn now(&self) -> Duration;
}

/// As [`Sign`](crate::Sign), but it blocks.
///
/// ```
/// use cognito_op::blocking::Sign;
/// use cognito_op::{Body, SignError};
/// use http::{HeaderValue, Request};
///
/// /// Has a signature from elsewhere.
/// struct Given(Option<String>);
///
/// impl Sign for Given {
///     fn sign(&self, request: &mut Request<Body>) -> Result<(), SignError> {
///         let signature = self.0.as_deref().ok_or("nobody is signed in")?;
///         request.headers_mut().insert("authorization", HeaderValue::from_str(signature)?);
///         Ok(())
///     }
/// }
/// ```
pub trait Sign: Send + Sync {
    /// Signs a request.
    ///
    /// # Errors
    ///
    /// Where that cannot be done. The request is then not sent.
    fn sign(&self, request: &mut Request<Body>) -> Result<(), SignError>;
}

/// Calls operations and returns when the answer is there.
///
/// It is cheap to clone, and clones share connections. It can live in a `static`. With the feature `ureq` it has a transport
/// that ships.
///
/// ```no_run
/// # #[cfg(feature = "ureq")]
/// # fn build() -> Result<(), cognito_op::Error> {
/// let client = cognito_op::blocking::Client::builder().region("eu-west-1").build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client(Core<dyn Transport, dyn Sign>);

impl Client {
    /// Starts a client. It needs a region or an endpoint.
    pub fn builder() -> Builder<Self> {
        Builder::new()
    }

    /// This client, made for another app client. It shares the connections.
    ///
    /// ```
    /// # fn tenants(client: &cognito_op::blocking::Client) -> Result<(), cognito_op::Error> {
    /// let blue = client.with_app_client("1blue2345678", "the secret of blue")?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Misconfigured`](crate::ErrorKind::Misconfigured) where the id or the secret is empty.
    pub fn with_app_client(&self, id: impl Into<String>, secret: impl Into<String>) -> Result<Self, Error> {
        self.0.with_app_client(id.into(), Some(secret.into())).map(Self)
    }

    /// This client, made for another app client, which has no secret. It shares the connections.
    ///
    /// ```
    /// # fn tenants(client: &cognito_op::blocking::Client) -> Result<(), cognito_op::Error> {
    /// let green = client.with_public_app_client("1green345678")?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Misconfigured`](crate::ErrorKind::Misconfigured) where the id is empty.
    pub fn with_public_app_client(&self, id: impl Into<String>) -> Result<Self, Error> {
        self.0.with_app_client(id.into(), None).map(Self)
    }

    /// This client, which can also call operations that need AWS credentials. It shares the connections.
    ///
    /// ```
    /// # use cognito_op::{Error, blocking, cognito_op};
    /// # #[cognito_op(target = "AdminConfirmSignUp", signed, response = ())]
    /// # struct AdminConfirmSignUp { user_pool_id: String, username: String }
    /// fn confirm(
    ///     client: &blocking::Client,
    ///     signer: impl blocking::Sign + 'static,
    /// ) -> Result<(), Error> {
    ///     let client = client.with_signer(signer);
    ///     AdminConfirmSignUp::new("eu-west-1_Ab12Cd34", "alice").send_blocking(&client)
    /// }
    /// ```
    #[must_use]
    pub fn with_signer(&self, signer: impl Sign + 'static) -> Self {
        Self(self.0.with_signer(Arc::new(signer)))
    }

    #[cfg(feature = "auth")]
    pub(crate) fn config(&self) -> &Config {
        &self.0.config
    }

    /// Sends an operation; what the `send_blocking` of an operation calls.
    ///
    /// ```
    /// use cognito_op::{Error, Operation, blocking};
    ///
    /// /// Sends any operation, and says which in a log.
    /// fn logged<O: Operation>(client: &blocking::Client, operation: &O) -> Result<O::Output, Error> {
    ///     println!("{}", O::NAME);
    ///     client.send(operation)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn send<O: Operation + ?Sized>(&self, operation: &O) -> Result<O::Output, Error> {
        self.call(operation).answer()?.read()
    }

    /// A call with options of its own, which also gives what came with the answer.
    ///
    /// ```
    /// # use cognito_op::cognito_op;
    /// # #[cognito_op(target = "GlobalSignOut")]
    /// # struct GlobalSignOut { access_token: String }
    /// # fn call(client: &cognito_op::blocking::Client) -> Result<(), cognito_op::Error> {
    /// let operation = GlobalSignOut::new("token");
    /// let reply = client.call(&operation).timeout(std::time::Duration::from_secs(5)).send()?;
    /// println!("request {:?}", reply.meta.request_id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn call<'c, 'o, O: Operation + ?Sized>(&'c self, operation: &'o O) -> Call<'c, 'o, Self, O> {
        Call::new(self, &self.0.config, operation)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Client").field(&self.0).finish()
    }
}

impl Builder<Client> {
    /// The client, with the transport that ships: ureq and rustls. Without the feature `ureq` there is
    /// [`build_with`](Self::build_with) alone.
    ///
    /// ```
    /// use cognito_op::blocking::Client;
    ///
    /// let client = Client::builder().region("eu-west-1").build()?;
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Misconfigured`](crate::ErrorKind::Misconfigured), with what is wrong.
    #[cfg(feature = "ureq")]
    pub fn build(self) -> Result<Client, Error> {
        let transport = crate::UreqTransport::new()?;
        self.build_with(transport)
    }

    /// The client, with a transport of one's own.
    ///
    /// ```
    /// use cognito_op::blocking::{Client, Transport};
    /// use cognito_op::Error;
    ///
    /// fn client(transport: impl Transport + 'static) -> Result<Client, Error> {
    ///     Client::builder().from_env().build_with(transport)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Misconfigured`](crate::ErrorKind::Misconfigured), with what is wrong.
    pub fn build_with(self, transport: impl Transport + 'static) -> Result<Client, Error> {
        Ok(Client(Core::new(self.config()?, Arc::new(transport))))
    }
}

impl<O: Operation + ?Sized> Call<'_, '_, Client, O> {
    /// Checks, serializes and sends the request, and reads the answer.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn send(self) -> Result<Reply<O::Output>, Error> {
        self.answer()?.read_reply()
    }

    /// The answer that it comes to.
    fn answer(self) -> Result<Accepted, Error> {
        let Core { transport, budget, signer, .. } = &self.client.0;
        let prepared = self.prepare(signer.is_some())?;
        let signer = signer.as_deref().filter(|_| O::SIGNED);
        let attempts = self.attempts(budget);
        trace::within_blocking(O::NAME, || drive(transport.as_ref(), signer, attempts, prepared))
    }
}

/// The way of every request: to the transport as often as its attempts says.
fn drive(
    transport: &dyn Transport,
    signer: Option<&dyn Sign>,
    mut attempts: Attempts<'_>,
    prepared: Prepared,
) -> Result<Accepted, Error> {
    let begun = transport.now();
    let elapsed = || transport.now().saturating_sub(begun);
    let mut timeouts = attempts.timeouts(Duration::ZERO);
    loop {
        let answer = attempt(transport, signer, timeouts, attempts.request(&prepared));
        match attempts.attempted(answer, &prepared, elapsed) {
            ControlFlow::Continue(delay) => transport.sleep(delay),
            ControlFlow::Break(outcome) => return outcome.map(|response| attempts.accepted(prepared, response)),
        }
        timeouts = attempts.timeouts(elapsed());
    }
}

fn attempt(
    transport: &dyn Transport,
    signer: Option<&dyn Sign>,
    mut timeouts: Timeouts,
    mut request: Request<Body>,
) -> Result<Response<Body>, TransportError> {
    let (time, limit) = timeouts.nearest();
    if time.is_zero() {
        return Err(TransportError::not_connected(limit));
    }
    if let Some(signer) = signer {
        let begun = transport.now();
        signer.sign(&mut request).map_err(TransportError::unsigned)?;
        timeouts = timeouts.after(transport.now().saturating_sub(begun));
        if timeouts.nearest().0.is_zero() {
            return Err(TransportError::unsigned_within(limit));
        }
    }
    transport.send(request, timeouts)
}

//! The asynchronous client.

use crate::Body;
use crate::call::{Attempts, Call, Core};
use crate::config::Builder;
#[cfg(feature = "auth")]
use crate::config::Config;
use crate::error::Error;
use crate::exchange::{Accepted, Prepared, Reply};
use crate::operation::Operation;
use crate::sign::Sign;
use crate::trace;
use crate::transport::{BoxFuture, Timeouts, Transport, TransportError};
use crate::value::OutputValue;
use crate::waiting;
use http::Response;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

/// Calls operations.
///
/// It is cheap to clone, and clones share connections. It can live in a `static`.
///
/// ```no_run
/// # #[cfg(feature = "hyper")]
/// # fn build() -> Result<(), cognito_op::Error> {
/// let client = cognito_op::Client::builder()
///     .region("eu-west-1")
///     .app_client("1example23456789", "the app client's secret")
///     .build()?;
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
    /// # fn tenants(client: &cognito_op::Client) -> Result<(), cognito_op::Error> {
    /// let blue = client.with_app_client("1blue2345678", "the secret of blue")?;
    /// assert!(client.with_app_client("1red45678901", "").is_err(), "a variable that was not set");
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
    /// # fn tenants(client: &cognito_op::Client) -> Result<(), cognito_op::Error> {
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

    /// This client, which can also call operations that need AWS credentials; see [`Sign`]. It shares the connections.
    ///
    /// ```
    /// # use cognito_op::{Client, Error, Sign, cognito_op};
    /// #[cognito_op(target = "AdminConfirmSignUp", signed, response = ())]
    /// struct AdminConfirmSignUp {
    ///     user_pool_id: String,
    ///     username: String,
    /// }
    ///
    /// async fn confirm(client: &Client, signer: impl Sign + 'static) -> Result<(), Error> {
    ///     let client = client.with_signer(signer);
    ///     AdminConfirmSignUp::new("eu-west-1_Ab12Cd34", "alice").send(&client).await
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

    /// Sends an operation; what the `send` of an operation calls.
    ///
    /// ```
    /// use cognito_op::{Client, Error, Operation};
    ///
    /// /// Sends any operation, and says which in a log.
    /// async fn logged<O: Operation>(client: &Client, operation: &O) -> Result<O::Output, Error> {
    ///     println!("{}", O::NAME);
    ///     client.send(operation).await
    /// }
    /// ```
    pub fn send<O: Operation + ?Sized>(&self, operation: &O) -> SendFuture<'_, O::Output> {
        SendFuture(self.call(operation).send())
    }

    /// A call with options of its own, which also gives what came with the answer.
    ///
    /// ```no_run
    /// # use cognito_op::{cognito_op, Client};
    /// # #[cognito_op(target = "GlobalSignOut")]
    /// # struct GlobalSignOut { access_token: String }
    /// # async fn call(client: &Client) -> Result<(), cognito_op::Error> {
    /// let operation = GlobalSignOut::new("token");
    /// let reply = client.call(&operation).timeout(std::time::Duration::from_secs(5)).send().await?;
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
    /// The client, with the transport that ships: hyper and rustls. Without the feature `hyper` there is
    /// [`build_with`](Self::build_with) alone.
    ///
    /// Calls are made within a tokio runtime; see [`HyperTransport`](crate::HyperTransport).
    ///
    /// ```
    /// use cognito_op::{Client, ErrorKind};
    ///
    /// let client = Client::builder().region("eu-west-1").build()?;
    /// let error = Client::builder().region("Ireland").build().unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Misconfigured);
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Misconfigured`](crate::ErrorKind::Misconfigured), with what is wrong.
    #[cfg(feature = "hyper")]
    pub fn build(self) -> Result<Client, Error> {
        let transport = crate::HyperTransport::new()?;
        self.build_with(transport)
    }

    /// The client, with a transport of one's own.
    ///
    /// ```
    /// use cognito_op::transport::Transport;
    /// use cognito_op::{Client, Error};
    /// use std::sync::Arc;
    ///
    /// /// Two clients for two regions that share connections.
    /// fn clients(transport: Arc<dyn Transport>) -> Result<[Client; 2], Error> {
    ///     let ireland = Client::builder().region("eu-west-1").build_with(Arc::clone(&transport))?;
    ///     let oregon = Client::builder().region("us-west-2").build_with(transport)?;
    ///     Ok([ireland, oregon])
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

impl<'c, O: Operation + ?Sized> Call<'c, '_, Client, O> {
    /// Checks and serializes the request, and gives the future that sends it, which borrows only the client.
    pub fn send(self) -> CallFuture<'c, O::Output> {
        let Core { transport, budget, signer, .. } = &self.client.0;
        let state = match self.prepare(signer.is_some()) {
            Ok(prepared) => {
                let signer = signer.as_deref().filter(|_| O::SIGNED);
                let call = drive(transport.as_ref(), signer, self.attempts(budget), prepared);
                State::Running(Box::pin(trace::within(O::NAME, call)))
            }
            Err(error) => State::Failed(Some(error)),
        };
        CallFuture { state, output: PhantomData }
    }
}

/// How much longer a limit lasts here than within the transport, which knows whether anything was sent.
pub(crate) const GRACE: Duration = Duration::from_millis(10);

/// The way of every request: to the transport as often as its attempts says, within its limits.
async fn drive(
    transport: &dyn Transport,
    signer: Option<&dyn Sign>,
    mut attempts: Attempts<'_>,
    prepared: Prepared,
) -> Result<Accepted, Error> {
    let begun = transport.now();
    let elapsed = || transport.now().saturating_sub(begun);
    let mut timeouts = attempts.timeouts(Duration::ZERO);
    loop {
        let answer = attempt(transport, signer, timeouts, &attempts, &prepared).await;
        match attempts.attempted(answer, &prepared, elapsed) {
            ControlFlow::Continue(delay) => transport.sleep(delay).await,
            ControlFlow::Break(outcome) => return outcome.map(|response| attempts.accepted(prepared, response)),
        }
        timeouts = attempts.timeouts(elapsed());
    }
}

async fn attempt(
    transport: &dyn Transport,
    signer: Option<&dyn Sign>,
    mut timeouts: Timeouts,
    attempts: &Attempts<'_>,
    prepared: &Prepared,
) -> Result<Response<Body>, TransportError> {
    let (time, limit) = timeouts.nearest();
    if time.is_zero() {
        return Err(TransportError::not_connected(limit));
    }
    let mut timeout = transport.sleep(time.saturating_add(GRACE));
    let mut request = attempts.request(prepared);
    if let Some(signer) = signer {
        let begun = transport.now();
        let outcome = before(&mut timeout, signer.sign(&mut request)).await;
        outcome.ok_or_else(|| TransportError::unsigned_within(limit))?.map_err(TransportError::unsigned)?;
        timeouts = timeouts.after(transport.now().saturating_sub(begun));
        if timeouts.nearest().0.is_zero() {
            return Err(TransportError::unsigned_within(limit));
        }
    }
    let answer = before(&mut timeout, transport.send(request, timeouts)).await;
    answer.unwrap_or_else(|| Err(TransportError::timeout(limit)))
}

/// What comes of a future before the time is over.
fn before<T>(timeout: &mut BoxFuture<'_, ()>, mut future: BoxFuture<'_, T>) -> impl Future<Output = Option<T>> {
    poll_fn(move |context| {
        waiting::call(|| {
            // The future first: what is there counts, however late it is.
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Some(output));
            }
            waiting::limit(|| timeout.as_mut().poll(context)).map(|()| None)
        })
    })
}

enum State<'c> {
    Failed(Option<Error>),
    Running(BoxFuture<'c, Result<Accepted, Error>>),
}

/// The future of a call that gives the operation's output.
///
/// Dropping it cancels the call; the service may have carried it out all the same.
///
/// ```
/// # use cognito_op::cognito_op;
/// # #[cognito_op(target = "GlobalSignOut")]
/// # struct GlobalSignOut { access_token: String }
/// use cognito_op::{Client, Error};
///
/// async fn sign_out(client: &Client) -> Result<(), Error> {
///     // The operation is checked and serialized here, and not needed any longer.
///     let sending = GlobalSignOut::new("token").send(client);
///     println!("on its way");
///     sending.await
/// }
/// ```
#[must_use = "nothing is sent before this is awaited"]
pub struct SendFuture<'c, R>(CallFuture<'c, R>);

/// The future of a call that gives the operation's output and what came with it.
///
/// Dropping it cancels the call; the service may have carried it out all the same.
///
/// ```
/// # use cognito_op::cognito_op;
/// # #[cognito_op(target = "GlobalSignOut")]
/// # struct GlobalSignOut { access_token: String }
/// use cognito_op::{Client, Error};
///
/// async fn sign_out(client: &Client) -> Result<Option<String>, Error> {
///     let sending = client.call(&GlobalSignOut::new("token")).send();
///     Ok(sending.await?.meta.request_id)
/// }
/// ```
#[must_use = "nothing is sent before this is awaited"]
pub struct CallFuture<'c, R> {
    state: State<'c>,
    output: PhantomData<fn() -> R>,
}

impl State<'_> {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<Accepted, Error>> {
        match self {
            Self::Running(running) => running.as_mut().poll(context),
            Self::Failed(error) => match error.take() {
                Some(error) => Poll::Ready(Err(error)),
                // Polled after it was ready; there is nothing more to come.
                None => Poll::Pending,
            },
        }
    }
}

impl<R: OutputValue> Future for CallFuture<'_, R> {
    type Output = Result<Reply<R>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.state.poll(context).map(|answer| answer?.read_reply())
    }
}

impl<R: OutputValue> Future for SendFuture<'_, R> {
    type Output = Result<R, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.state.poll(context).map(|answer| answer?.read())
    }
}

impl<R> fmt::Debug for SendFuture<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendFuture").finish_non_exhaustive()
    }
}

impl<R> fmt::Debug for CallFuture<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallFuture").finish_non_exhaustive()
    }
}

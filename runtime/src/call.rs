//! What both clients are made of, and the options of one call.

use crate::Body;
use crate::config::{self, Config, Limits, Options, Validation};
use crate::error::Error;
use crate::exchange::{Accepted, Prepared};
use crate::operation::Operation;
use crate::retry::{Budget, Retries, Retry};
use crate::secret::AppClient;
use crate::trace;
use crate::transport::{Timeouts, TransportError};
use http::{Request, Response, Uri};
use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

/// A configuration, a transport and, where there is one, a signer, both of either kind.
pub(crate) struct Core<T: ?Sized, S: ?Sized> {
    pub(crate) config: Arc<Config>,
    pub(crate) transport: Arc<T>,
    pub(crate) signer: Option<Arc<S>>,
    pub(crate) budget: Arc<Budget>,
}

impl<T: ?Sized, S: ?Sized> Core<T, S> {
    pub(crate) fn new(config: Config, transport: Arc<T>) -> Self {
        Self { config: Arc::new(config), transport, signer: None, budget: Arc::new(Budget::new()) }
    }

    /// The same transport and budget with another signer.
    pub(crate) fn with_signer(&self, signer: Arc<S>) -> Self {
        Self { signer: Some(signer), ..self.clone() }
    }

    /// The same transport and budget for another app client.
    pub(crate) fn with_app_client(&self, id: String, secret: Option<String>) -> Result<Self, Error> {
        let app_client = AppClient::new(id, secret);
        config::check(&app_client)?;
        Ok(Self { config: Arc::new(self.config.with_app_client(app_client)), ..self.clone() })
    }
}

impl<T: ?Sized, S: ?Sized> Clone for Core<T, S> {
    fn clone(&self) -> Self {
        let Self { config, transport, signer, budget } = self;
        Self {
            config: Arc::clone(config),
            transport: Arc::clone(transport),
            signer: signer.clone(),
            budget: Arc::clone(budget),
        }
    }
}

impl<T: ?Sized, S: ?Sized> fmt::Debug for Core<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.config.fmt(f)
    }
}

/// One call of a client, [`Client`](crate::Client) or [`blocking::Client`](crate::blocking::Client), and its options.
///
/// ```
/// # use cognito_op::cognito_op;
/// # #[cognito_op(target = "GetUser", response = ())]
/// # struct GetUser { access_token: String }
/// use cognito_op::{Client, Error, Retries, Validation};
/// use std::time::Duration;
///
/// async fn is_good(client: &Client, token: &str) -> Result<bool, Error> {
///     let operation = GetUser::new(token);
///     let call =
///         client.call(&operation).timeout(Duration::from_secs(2)).validation(Validation::Off);
///     let reply = call.retries(Retries::off()).send().await?;
///     Ok(reply.meta.attempts == 1)
/// }
/// ```
#[must_use = "a call does nothing before `send`"]
pub struct Call<'c, 'o, C, O: ?Sized> {
    pub(crate) client: &'c C,
    operation: &'o O,
    config: &'c Config,
    total: Duration,
    retries: Retries,
    options: Options<'o>,
}

impl<'c, 'o, C, O: Operation + ?Sized> Call<'c, 'o, C, O> {
    pub(crate) fn new(client: &'c C, config: &'c Config, operation: &'o O) -> Self {
        let options = Options { validation: config.validation, hash_username: None };
        Self { client, operation, config, total: config.limits.total, retries: config.retries, options }
    }

    /// How long this call may take in all.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.total = timeout;
        self
    }

    /// How often this call is tried.
    pub fn retries(mut self, retries: Retries) -> Self {
        self.retries = retries;
        self
    }

    /// Whether this request is checked before it is sent.
    pub fn validation(mut self, validation: Validation) -> Self {
        self.options.validation = validation;
        self
    }

    /// Tries this call again only where it certainly did not leave.
    #[cfg(feature = "auth")]
    pub(crate) fn unsent_only(self) -> Self {
        let retries = self.retries.unsent_only();
        self.retries(retries)
    }

    /// The user name that the secret hash is computed over, where the request does not hold it: one that refreshes tokens
    /// has only a token, and for a pool whose users sign in by an alias the hash takes the name they have in the pool.
    ///
    /// ```
    /// # use cognito_op::{Client, Error, cognito_op};
    /// # use std::collections::BTreeMap;
    /// # #[cognito_op(target = "InitiateAuth", response = ())]
    /// # struct InitiateAuth {
    /// #     client_id: String,
    /// #     auth_flow: String,
    /// #     #[secret_hash]
    /// #     auth_parameters: Option<BTreeMap<String, String>>,
    /// # }
    /// # async fn refresh(client: &Client, operation: InitiateAuth) -> Result<(), Error> {
    /// client.call(&operation).hash_username("alice").send().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn hash_username(mut self, username: &'o str) -> Self {
        self.options.hash_username = Some(username);
        self
    }

    /// What is sent with each attempt.
    pub(crate) fn prepare(&self, has_signer: bool) -> Result<Prepared, Error> {
        if O::SIGNED && !has_signer {
            let why = "the operation is called with AWS credentials; see `Client::with_signer`";
            return Err(Error::misconfigured(why).of_operation(O::NAME));
        }
        self.config.prepare_with(self.options, self.operation)
    }

    /// What its attempts go by.
    pub(crate) fn attempts(&self, budget: &'c Budget) -> Attempts<'c> {
        Attempts {
            endpoint: &self.config.endpoint,
            limits: self.config.limits,
            total: self.total,
            retry: Retry::new(budget, self.retries, O::IDEMPOTENT),
            may_have_executed: false,
        }
    }
}

/// What the attempts of a call go by: two drivers, one that waits and one that blocks, follow it.
pub(crate) struct Attempts<'c> {
    endpoint: &'c Uri,
    limits: Limits,
    total: Duration,
    retry: Retry<'c>,
    /// Whether an attempt may have been carried out.
    may_have_executed: bool,
}

impl Attempts<'_> {
    /// The answer that the call ended with.
    pub(crate) fn accepted(&self, prepared: Prepared, response: Response<Body>) -> Accepted {
        Accepted::new(prepared, response, self.retry.attempts(), trace::Call::current())
    }

    /// The request of the next attempt.
    pub(crate) fn request(&self, prepared: &Prepared) -> Request<Body> {
        prepared.request(self.endpoint)
    }

    /// What is left of the limits that long after the call began.
    pub(crate) fn timeouts(&self, elapsed: Duration) -> Timeouts {
        self.limits.after(elapsed, self.total)
    }

    /// What became of an attempt: the outcome of the call, or how long to wait before the next. Whether an answer can be read is
    /// not known yet.
    pub(crate) fn attempted(
        &mut self,
        answer: Result<Response<Body>, TransportError>,
        prepared: &Prepared,
        elapsed: impl FnOnce() -> Duration,
    ) -> ControlFlow<Result<Response<Body>, Error>, Duration> {
        let attempts = self.retry.attempts();
        let outcome = match answer {
            Ok(response) => prepared.accept(response, attempts),
            Err(error) => Err(prepared.error(Error::transport(error), attempts)),
        };
        let error = match outcome {
            Ok(response) => {
                self.retry.succeeded();
                return ControlFlow::Break(Ok(response));
            }
            Err(error) => error,
        };
        self.may_have_executed |= error.may_have_executed();
        let elapsed = elapsed();
        let left = self.total.saturating_sub(elapsed);
        let delay = self.retry.failed(error.failure(), left, error.retry_after(), random(elapsed));
        trace::failed(attempts, &error, delay);
        match delay {
            Some(delay) => ControlFlow::Continue(delay),
            None => ControlFlow::Break(Err(error.that_may_have_executed(self.may_have_executed))),
        }
    }
}

/// Any bits. The standard library seeds its hash maps with random keys, which is as random as jitter has to be. Where a target
/// has no such keys, the time that the call has taken is what differs from program to program.
fn random(elapsed: Duration) -> u64 {
    RandomState::new().hash_one(elapsed)
}

impl<C, O: Operation + ?Sized> fmt::Debug for Call<'_, '_, C, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &O::NAME)
            .field("total", &self.total)
            .field("validation", &self.options.validation)
            .finish_non_exhaustive()
    }
}

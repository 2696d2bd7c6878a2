//! One call and its options, for both clients.

use super::attempts::Attempts;
use super::config::Config;
use super::retry::{Budget, Retries};
use crate::error::Error;
use crate::request::{AppClient, Operation, Options, Prepared, Validation};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The parts that both clients have: a configuration, a transport, a retry budget and, optionally, a signer.
pub(super) struct Core<T: ?Sized, S: ?Sized> {
    pub(super) config: Arc<Config>,
    pub(super) transport: Arc<T>,
    pub(super) signer: Option<Arc<S>>,
    pub(super) budget: Arc<Budget>,
}

impl<T: ?Sized, S: ?Sized> Core<T, S> {
    pub(super) fn new(config: Config, transport: Arc<T>) -> Self {
        Self { config: Arc::new(config), transport, signer: None, budget: Arc::new(Budget::new()) }
    }

    pub(super) fn with_signer(&self, signer: Arc<S>) -> Self {
        Self { signer: Some(signer), ..self.clone() }
    }

    pub(super) fn with_app_client(&self, id: String, secret: Option<String>) -> Result<Self, Error> {
        let config = self.config.with_app_client(AppClient::new(id, secret))?;
        Ok(Self { config: Arc::new(config), ..self.clone() })
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

/// A call of a [`Client`](crate::Client) or a [`blocking::Client`](crate::blocking::Client), with its options.
///
/// ```
/// # use cognito_op::cognito_op;
/// # #[cognito_op(target = "GetUser", response = ())]
/// # struct GetUser { access_token: String }
/// use cognito_op::{Client, Error, Retries, Validation};
/// use std::time::Duration;
///
/// async fn is_valid(client: &Client, token: &str) -> Result<bool, Error> {
///     let operation = GetUser::new(token);
///     let call =
///         client.call(&operation).timeout(Duration::from_secs(2)).validation(Validation::Off);
///     let reply = call.retries(Retries::off()).send().await?;
///     Ok(reply.meta.attempts == 1)
/// }
/// ```
#[must_use = "a call does nothing before `send`"]
pub struct Call<'c, 'o, C, O: ?Sized> {
    pub(super) client: &'c C,
    operation: &'o O,
    config: &'c Config,
    timeout: Duration,
    retries: Retries,
    validation: Validation,
    hash_username: Option<&'o str>,
}

impl<'c, 'o, C, O: Operation + ?Sized> Call<'c, 'o, C, O> {
    pub(super) fn new(client: &'c C, config: &'c Config, operation: &'o O) -> Self {
        let Config { timeouts, retries, validation, .. } = *config;
        Self { client, operation, config, timeout: timeouts.total, retries, validation, hash_username: None }
    }

    /// Sets the timeout of this call, including all attempts and delays.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the retries of this call.
    pub fn retries(mut self, retries: Retries) -> Self {
        self.retries = retries;
        self
    }

    /// Retries only requests that were not sent, or whose signature was rejected, up to the same number of attempts; see
    /// [`Retries::unsent_only`].
    ///
    /// ```
    /// # use cognito_op::cognito_op;
    /// # #[cognito_op(target = "ConfirmSignUp", response = ())]
    /// # struct ConfirmSignUp { client_id: String, username: String, confirmation_code: String }
    /// use cognito_op::{Client, Error};
    ///
    /// /// The service counts wrong codes, so each is sent at most once.
    /// async fn confirm(client: &Client, operation: &ConfirmSignUp) -> Result<(), Error> {
    ///     client.call(operation).unsent_only().send().await?;
    ///     Ok(())
    /// }
    /// ```
    pub fn unsent_only(self) -> Self {
        let retries = self.retries.unsent_only();
        self.retries(retries)
    }

    /// Sets whether this request is validated before it is sent.
    pub fn validation(mut self, validation: Validation) -> Self {
        self.validation = validation;
        self
    }

    /// Sets the user name over which the secret hash is computed. It takes precedence over the user name in the
    /// request.
    ///
    /// A request that refreshes tokens contains no user name. In a pool whose users sign in with an alias, the hash
    /// requires the user's name in the pool.
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
        self.hash_username = Some(username);
        self
    }

    /// Validates and serializes the request.
    pub(super) fn prepare(&self, has_signer: bool) -> Result<Prepared, Error> {
        if O::SIGNED && !has_signer {
            let why = "the operation is called with AWS credentials; build the client with `credentials(…)` of the \
                feature `sigv4`, or with another signer";
            return Err(Error::misconfigured(why).for_operation(O::NAME));
        }
        let Self { validation, hash_username, .. } = *self;
        Prepared::new(self.operation, Options { validation, hash_username, ..self.config.options() })
    }

    pub(super) fn attempts(&self, budget: &'c Budget) -> Attempts<'c> {
        Attempts::new::<O>(self.config, self.timeout, self.retries, budget)
    }
}

impl<C, O: Operation + ?Sized> fmt::Debug for Call<'_, '_, C, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &O::NAME)
            .field("timeout", &self.timeout)
            .field("validation", &self.validation)
            .finish_non_exhaustive()
    }
}

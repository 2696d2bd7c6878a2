//! What both clients are made of, and the options of one call.

use crate::Body;
use crate::config::{self, Config, Options, Validation};
use crate::error::Error;
use crate::exchange::Exchange;
use crate::operation::Operation;
use crate::secret::AppClient;
use crate::transport::Deadline;
use http::Request;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A configuration and a transport, of either kind.
pub(crate) struct Core<T: ?Sized> {
    pub(crate) config: Arc<Config>,
    pub(crate) transport: Arc<T>,
}

impl<T: ?Sized> Core<T> {
    pub(crate) fn new(config: Config, transport: Arc<T>) -> Self {
        Self { config: Arc::new(config), transport }
    }

    /// The same transport for another app client.
    pub(crate) fn with_app_client(&self, id: String, secret: Option<String>) -> Result<Self, Error> {
        let app_client = AppClient::new(id, secret);
        config::check(&app_client)?;
        Ok(Self::new(self.config.with_app_client(app_client), Arc::clone(&self.transport)))
    }
}

impl<T: ?Sized> Clone for Core<T> {
    fn clone(&self) -> Self {
        Self { config: Arc::clone(&self.config), transport: Arc::clone(&self.transport) }
    }
}

impl<T: ?Sized> fmt::Debug for Core<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.config.fmt(f)
    }
}

/// One call of a client, [`Client`](crate::Client) or [`blocking::Client`](crate::blocking::Client), and its options.
#[must_use = "a call does nothing before `send`"]
pub struct Call<'c, 'o, C, O: ?Sized> {
    pub(crate) client: &'c C,
    operation: &'o O,
    config: &'c Config,
    total: Duration,
    options: Options<'o>,
}

impl<'c, 'o, C, O: Operation + ?Sized> Call<'c, 'o, C, O> {
    pub(crate) fn new(client: &'c C, config: &'c Config, operation: &'o O) -> Self {
        let options = Options { validation: config.validation, hash_username: None };
        Self { client, operation, config, total: config.limits.total, options }
    }

    /// How long this call may take in all.
    pub fn deadline(mut self, limit: Duration) -> Self {
        self.total = limit;
        self
    }

    /// Whether this request is checked before it is sent.
    pub fn validation(mut self, validation: Validation) -> Self {
        self.options.validation = validation;
        self
    }

    /// The user name that the secret hash is computed over, where the request does not hold it: one that refreshes tokens
    /// has only a token, and for a pool whose users sign in by an alias the hash takes the name they have in the pool.
    pub fn hash_username(mut self, username: &'o str) -> Self {
        self.options.hash_username = Some(username);
        self
    }

    pub(crate) fn prepare(&self) -> Result<(Request<Body>, Exchange<O::Output>), Error> {
        if O::SIGNED {
            let why = "the operation is called with AWS credentials, which the client cannot give; sign the request of `Config::prepare`";
            return Err(Error::misconfigured(why).of_operation(O::NAME));
        }
        self.config.prepare_with(self.options, self.operation)
    }

    /// What is left of the limits that long after the call began.
    pub(crate) fn deadline_after(&self, elapsed: Duration) -> Deadline {
        self.config.limits.after(elapsed, self.total)
    }
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

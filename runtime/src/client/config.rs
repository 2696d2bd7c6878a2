//! The configuration of a client, without its transport.

use super::retry::Retries;
use crate::codec::Body;
use crate::error::Error;
use crate::request::{AppClient, Operation, Options, Prepared, Validation};
use crate::response::ResponseReader;
use crate::transport::Timeouts;
use http::{Request, Uri};
use std::time::Duration;

/// The configuration of a client: the endpoint, the app client, the timeouts and the retries.
///
/// With an HTTP client of your own, it replaces a [`Client`](crate::Client):
///
/// ```
/// # use cognito_op::{cognito_op, Body, Config};
/// # #[cognito_op(target = "GlobalSignOut")]
/// # struct GlobalSignOut { access_token: String }
/// # fn post(_: http::Request<Body>) -> http::Response<Body> { http::Response::new(Body::default()) }
/// let config = Config::builder().region("eu-west-1").build()?;
/// let (request, reader) = config.prepare(&GlobalSignOut::new("token"))?;
/// let response = post(request);
/// reader.read(&response)?;
/// # Ok::<(), cognito_op::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Config {
    /// The region, which a custom endpoint replaces.
    pub(super) region: Option<String>,
    pub(super) endpoint: Uri,
    pub(super) app_client: Option<AppClient>,
    pub(super) validation: Validation,
    pub(super) timeouts: CallTimeouts,
    pub(super) retries: Retries,
}

/// The configured timeouts of a call.
#[derive(Clone, Copy, Debug)]
pub(super) struct CallTimeouts {
    pub(super) connect: Duration,
    pub(super) attempt: Duration,
    pub(super) total: Duration,
}

impl CallTimeouts {
    /// The default timeouts. Three seconds for a connection allow for one lost packet. The service gives a Lambda
    /// trigger five seconds and calls it up to three times, so a response can take longer than fifteen seconds.
    pub(super) const DEFAULT: Self =
        Self { connect: Duration::from_secs(3), attempt: Duration::from_secs(20), total: Duration::from_secs(30) };

    /// The longest timeout: one year. Longer ones could overflow the clock of a transport.
    const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

    /// Returns the timeouts of a call with another timeout.
    pub(super) fn within(&self, total: Duration) -> Timeouts {
        Self { total: total.min(Self::LONGEST), ..*self }.after(Duration::ZERO)
    }

    /// Returns the remaining timeouts, `elapsed` after the call began.
    #[inline]
    pub(super) fn after(&self, elapsed: Duration) -> Timeouts {
        let limited = |time: Duration| if time.as_secs() < Self::LONGEST.as_secs() { time } else { Self::LONGEST };
        Timeouts::new(limited(self.connect), limited(self.attempt), limited(self.total).saturating_sub(elapsed))
    }
}

impl Config {
    /// Returns the HTTP request of an operation, and the reader of its response.
    ///
    /// # Errors
    ///
    /// Returns [`Invalid`](crate::ErrorKind::Invalid) with every violation, or
    /// [`Misconfigured`](crate::ErrorKind::Misconfigured) if the request lacks a required app client id or secret,
    /// contains the id of another app client, or needs a secret hash and contains no user name.
    pub fn prepare<O: Operation + ?Sized>(
        &self,
        operation: &O,
    ) -> Result<(Request<Body>, ResponseReader<O::Output>), Error> {
        self.request(operation, None)
    }

    /// Returns the same as [`prepare`](Self::prepare), with a secret hash that is computed over `username`; see
    /// [`Call::hash_username`](crate::Call::hash_username).
    ///
    /// ```
    /// # use cognito_op::{Config, cognito_op};
    /// # use std::collections::BTreeMap;
    /// # #[cognito_op(target = "InitiateAuth", response = ())]
    /// # struct InitiateAuth {
    /// #     client_id: String,
    /// #     auth_flow: String,
    /// #     #[secret_hash]
    /// #     auth_parameters: Option<BTreeMap<String, String>>,
    /// # }
    /// let config =
    ///     Config::builder().region("eu-west-1").app_client("1example23456789", "secret").build()?;
    /// let refresh = InitiateAuth::new("1example23456789", "REFRESH_TOKEN_AUTH")
    ///     .auth_parameters([("REFRESH_TOKEN", "the refresh token")]);
    /// let error = config.prepare(&refresh).map(|_| ()).unwrap_err();
    /// assert!(error.to_string().ends_with("set one with `hash_username`"));
    /// assert!(config.prepare_with_hash_username("alice", &refresh).is_ok());
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`prepare`](Self::prepare).
    pub fn prepare_with_hash_username<O: Operation + ?Sized>(
        &self,
        username: &str,
        operation: &O,
    ) -> Result<(Request<Body>, ResponseReader<O::Output>), Error> {
        self.request(operation, Some(username))
    }

    fn request<O: Operation + ?Sized>(
        &self,
        operation: &O,
        hash_username: Option<&str>,
    ) -> Result<(Request<Body>, ResponseReader<O::Output>), Error> {
        let prepared = Prepared::new(operation, Options { hash_username, ..self.options() })?;
        Ok((prepared.request(&self.endpoint), ResponseReader::new(prepared)))
    }

    /// Returns the id of the app client, if one was set.
    ///
    /// ```
    /// let builder = cognito_op::Config::builder().region("eu-west-1");
    /// let config = builder.public_app_client("1example23456789").build()?;
    /// assert_eq!(config.app_client_id(), Some("1example23456789"));
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    #[must_use]
    pub fn app_client_id(&self) -> Option<&str> {
        self.app_client.as_ref().map(|app_client| app_client.id.as_str())
    }

    /// Returns the region. It is `None` for a custom endpoint, unless the region was set as well.
    ///
    /// ```
    /// use cognito_op::Config;
    ///
    /// let config = Config::builder().region("eu-west-1").build()?;
    /// assert_eq!(config.region(), Some("eu-west-1"));
    /// let emulator = Config::builder().endpoint("http://localhost:9229").build()?;
    /// assert_eq!(emulator.region(), None);
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    /// Returns the URL to which requests are sent.
    ///
    /// ```
    /// let config = cognito_op::Config::builder().region("eu-west-1").build()?;
    /// assert_eq!(config.endpoint(), "https://cognito-idp.eu-west-1.amazonaws.com/");
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    #[must_use]
    pub fn endpoint(&self) -> &Uri {
        &self.endpoint
    }

    /// Returns whether requests are validated before they are sent.
    ///
    /// ```
    /// use cognito_op::{Config, Validation};
    ///
    /// let config = Config::builder().region("eu-west-1").build()?;
    /// assert_eq!(config.validation(), Validation::On);
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    #[must_use]
    pub fn validation(&self) -> Validation {
        self.validation
    }

    /// Returns the retries of each call.
    ///
    /// ```
    /// use cognito_op::{Config, Retries};
    ///
    /// let config = Config::builder().region("eu-west-1").build()?;
    /// assert_eq!(config.retries(), Retries::standard());
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    #[must_use]
    pub fn retries(&self) -> Retries {
        self.retries
    }

    /// Returns the region of signatures.
    #[cfg(feature = "sigv4")]
    pub(super) fn signing_region(&self) -> Result<&str, Error> {
        self.region().ok_or_else(|| {
            Error::misconfigured(
                "AWS credentials need the region of the user pool; set it with `region` beside `endpoint`",
            )
        })
    }

    /// Returns the options of a request.
    pub(super) fn options(&self) -> Options<'_> {
        Options { app_client: self.app_client.as_ref(), validation: self.validation, hash_username: None }
    }

    pub(super) fn with_app_client(&self, app_client: AppClient) -> Result<Self, Error> {
        app_client.check()?;
        Ok(Self { app_client: Some(app_client), ..self.clone() })
    }
}

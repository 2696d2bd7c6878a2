//! Builds configurations and clients.

use super::config::{CallTimeouts, Config};
use super::endpoint::{self, Variant};
use super::environment::{Environment, Setting};
use super::retry::Retries;
use crate::error::Error;
use crate::profiles::Profiles;
use crate::request::{AppClient, Validation};
#[cfg(feature = "proxy")]
use crate::transport::Proxies;
#[cfg(any(feature = "hyper", feature = "ureq"))]
use crate::transport::tls;
use http::Uri;
use std::ffi::OsString;
use std::fmt;
use std::time::Duration;

/// Builds a [`Config`], a [`Client`](crate::Client) or a [`blocking::Client`](crate::blocking::Client).
///
/// `build` returns an error for an invalid setting. It requires the feature `hyper` for a client, and `ureq` for a
/// blocking client; `build_with` takes any transport.
///
/// ```
/// use cognito_op::{Config, Retries, Validation};
/// use std::time::Duration;
///
/// let config = Config::builder()
///     .region("us-gov-west-1")
///     .fips(true)
///     .dual_stack(false)
///     .app_client("1example23456789", "the app client's secret")
///     .validation(Validation::On)
///     .retries(Retries::standard().attempts(2))
///     .connect_timeout(Duration::from_secs(1))
///     .attempt_timeout(Duration::from_secs(16))
///     .timeout(Duration::from_secs(20))
///     .build()?;
/// # #[cognito_op::cognito_op(target = "GlobalSignOut")]
/// # struct GlobalSignOut { access_token: String }
/// let (request, _) = config.prepare(&GlobalSignOut::new("token"))?;
/// assert_eq!(request.uri(), "https://cognito-idp-fips.us-gov-west-1.amazonaws.com/");
/// # Ok::<(), cognito_op::Error>(())
/// ```
#[derive(Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct Builder<T> {
    region: Option<Setting<String>>,
    /// The parsed endpoint. An invalid one is not stored, since it may contain a password.
    endpoint: Option<Setting<Result<Uri, Error>>>,
    fips: Option<bool>,
    dual_stack: Option<bool>,
    reads_env: bool,
    /// The first error of the environment.
    invalid: Option<Error>,
    allow_http: bool,
    /// The proxies, and whether the program set them.
    #[cfg(feature = "proxy")]
    proxies: Option<(Result<Proxies, Error>, bool)>,
    /// The proxies of the built-in transport.
    #[cfg(feature = "proxy")]
    applied: Proxies,
    app_client: Option<AppClient>,
    validation: Validation,
    timeouts: CallTimeouts,
    retries: Option<Retries>,
    /// The path of a file of root certificates and the function that reads it. Only `from_env` refers to the function,
    /// so other programs do not contain it.
    #[cfg(any(feature = "hyper", feature = "ureq"))]
    ca_bundle: Option<(Setting<String>, ReadRoots)>,
    finish: Finish<T>,
}

/// Reads a file of root certificates.
#[cfg(any(feature = "hyper", feature = "ureq"))]
type ReadRoots = fn(&str) -> Result<rustls::RootCertStore, Error>;

/// The last step of `build`.
struct Finish<T>(Option<Box<LastStep<T>>>);

type LastStep<T> = dyn FnOnce(T) -> Result<T, Error> + Send + Sync;

impl<T> fmt::Debug for Finish<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Finish")
    }
}

impl<T> Builder<T> {
    pub(super) fn new() -> Self {
        Self {
            region: None,
            endpoint: None,
            fips: None,
            dual_stack: None,
            reads_env: false,
            invalid: None,
            allow_http: false,
            #[cfg(feature = "proxy")]
            proxies: None,
            #[cfg(feature = "proxy")]
            applied: Proxies::default(),
            app_client: None,
            validation: Validation::On,
            timeouts: CallTimeouts::DEFAULT,
            retries: None,
            #[cfg(any(feature = "hyper", feature = "ureq"))]
            ca_bundle: None,
            finish: Finish(None),
        }
    }

    /// Sets the AWS region of the user pool, such as `eu-west-1`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(Setting::of_program(region.into()));
        self
    }

    /// Sets the URL of an endpoint that replaces that of the region, such as a gateway or an emulator. Plain `http` is
    /// accepted for loopback addresses only, unless [`allow_http`](Self::allow_http) is called. If the path does not
    /// end in a slash, one is added: `https://gateway.example.com/cognito` and `https://gateway.example.com/cognito/`
    /// are equivalent.
    ///
    /// ```
    /// use cognito_op::Config;
    ///
    /// let local = Config::builder().endpoint("http://localhost:9229").build()?;
    /// let proxy = Config::builder().endpoint("https://cognito.example.com").build()?;
    /// assert!(Config::builder().endpoint("https://cognito.example.com/?pool=1").build().is_err());
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoint = Some(Setting::of_program(endpoint::custom(&url.into())));
        self
    }

    /// Sets whether to use the region's FIPS endpoint, whose cryptography is validated to FIPS 140.
    pub fn fips(mut self, fips: bool) -> Self {
        self.fips = Some(fips);
        self
    }

    /// Sets whether to use the region's dual-stack endpoint, which has IPv4 and IPv6 addresses.
    pub fn dual_stack(mut self, dual_stack: bool) -> Self {
        self.dual_stack = Some(dual_stack);
        self
    }

    /// Reads the settings that are not set yet from the environment, as the [AWS
    /// SDKs](https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html) do: from variables, and from the
    /// selected profile of the shared config and credentials files.
    ///
    #[doc = include_str!("../../guide/variables.md")]
    ///
    /// Only this method and [`from_profile`](Self::from_profile) read the environment.
    ///
    /// With the feature `proxy`, which is on by default, `build` also uses the
    /// [proxies of the environment](crate::guide::transports#proxies).
    ///
    /// ```
    /// use cognito_op::{Config, Error, Profiles};
    ///
    /// /// Falls back to a region.
    /// fn config() -> Result<Config, Error> {
    ///     let names = ["AWS_REGION", "AWS_DEFAULT_REGION"];
    ///     let is_set = names.iter().any(|name| std::env::var_os(name).is_some())
    ///         || Profiles::load()?.selected()?.get("region").is_some();
    ///     let builder = Config::builder().from_env();
    ///     if is_set { builder.build() } else { builder.region("eu-west-1").build() }
    /// }
    /// ```
    pub fn from_env(self) -> Self {
        self.with_environment(&|name: &str| std::env::var_os(name), Profiles::load(), None)
    }

    /// Reads the settings as [`from_env`](Self::from_env) does, with this profile in place of the one that the
    /// environment selects. If no file contains it, `build` returns an error.
    ///
    /// ```
    /// use cognito_op::{Config, Error};
    ///
    /// fn staging() -> Result<Config, Error> {
    ///     Config::builder().from_profile("staging").build()
    /// }
    /// ```
    pub fn from_profile(self, name: &str) -> Self {
        self.with_environment(&|name: &str| std::env::var_os(name), Profiles::load(), Some(name))
    }

    fn with_environment(
        mut self,
        variable: &dyn Fn(&str) -> Option<OsString>,
        profiles: Result<Profiles, Error>,
        name: Option<&str>,
    ) -> Self {
        #[cfg(feature = "proxy")]
        if self.proxies.is_none() {
            self.proxies = Some((Proxies::from_variables(variable), false));
        }
        let read = profiles.and_then(|profiles| {
            let profile = match name {
                Some(name) => profiles.named(name)?,
                None => profiles.selected()?,
            };
            self.read(&Environment { variable, profile })
        });
        self.reads_env = true;
        self.invalid = self.invalid.or(read.err());
        self
    }

    fn read(&mut self, environment: &Environment<'_>) -> Result<(), Error> {
        if self.region.is_none() {
            self.region = environment.setting(&["AWS_REGION", "AWS_DEFAULT_REGION"], "region")?;
        }
        let ignored = || environment.switch("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls");
        if self.endpoint.is_none() && ignored()? != Some(true) {
            self.endpoint = environment.endpoint()?.map(|setting| setting.map(|url| endpoint::custom(&url)));
        }
        if self.fips.is_none() {
            self.fips = environment.switch("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")?;
        }
        if self.dual_stack.is_none() {
            self.dual_stack = environment.switch("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")?;
        }
        if self.retries.is_none() {
            let attempts = environment.count("AWS_MAX_ATTEMPTS", "max_attempts")?;
            self.retries = attempts.map(|attempts| Retries::standard().attempts(attempts));
        }
        #[cfg(any(feature = "hyper", feature = "ureq"))]
        if self.ca_bundle.is_none() {
            let path = environment.setting(&["AWS_CA_BUNDLE"], "ca_bundle")?;
            self.ca_bundle = path.map(|path| (path, tls::read as ReadRoots));
        }
        Ok(())
    }

    /// Returns the root certificates of the built-in transports.
    #[cfg(any(feature = "hyper", feature = "ureq"))]
    pub(super) fn roots(&mut self) -> Result<rustls::RootCertStore, Error> {
        match self.ca_bundle.take() {
            Some((path, read)) => path.resolve(|path| read(&path)),
            None => Ok(tls::mozilla_roots()),
        }
    }

    /// Accepts plain `http` for an endpoint that is not a loopback address. Passwords then cross the network
    /// unencrypted.
    ///
    /// ```
    /// use cognito_op::Config;
    ///
    /// assert!(Config::builder().endpoint("http://127.0.0.1:9229").build().is_ok());
    /// let elsewhere = || Config::builder().endpoint("http://cognito.test:9229");
    /// assert!(elsewhere().build().is_err());
    /// assert!(elsewhere().allow_http().build().is_ok());
    /// ```
    pub fn allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// Sets the proxy for all requests, instead of the proxies of the environment. See [`Proxies::all`] for the URL,
    /// and [`Proxies`] for the hosts that never use a proxy.
    ///
    /// It applies to the transport of `build`. For `build_with`, set the
    /// [proxies of the transport](crate::HyperTransport::with_proxies).
    ///
    /// ```
    /// # #[cfg(feature = "hyper")]
    /// # fn client() -> Result<cognito_op::Client, cognito_op::Error> {
    /// use cognito_op::Client;
    ///
    /// let builder = Client::builder().region("eu-west-1");
    /// let client = builder.proxy("http://alice:password@proxy.example.com:3128").build()?;
    /// # Ok(client)
    /// # }
    /// ```
    #[cfg(feature = "proxy")]
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxies = Some((Proxies::all(url), true));
        self
    }

    /// Ignores the proxies of the environment.
    ///
    /// ```
    /// use cognito_op::Client;
    ///
    /// let builder = Client::builder().region("eu-west-1").from_env().no_proxy();
    /// ```
    #[cfg(feature = "proxy")]
    pub fn no_proxy(mut self) -> Self {
        self.proxies = Some((Ok(Proxies::default()), true));
        self
    }

    /// Returns the proxies for a built-in transport. `config` checks them.
    #[cfg(all(feature = "proxy", any(feature = "hyper", feature = "ureq")))]
    pub(super) fn apply_proxies(&mut self) -> Result<Proxies, Error> {
        if let Some((proxies, _)) = self.proxies.take() {
            self.applied = proxies?;
        }
        Ok(self.applied.clone())
    }

    /// Sets the app client's id and secret. The client fills in `#[client_id]` and `#[secret_hash]` members that are
    /// `None`, and rejects a request for another app client.
    pub fn app_client(mut self, id: impl Into<String>, secret: impl Into<String>) -> Self {
        self.app_client = Some(AppClient::new(id.into(), Some(secret.into())));
        self
    }

    /// Sets the id of an app client without a secret. The client fills in `#[client_id]` members that are `None`, and
    /// rejects a request for another app client.
    ///
    /// ```
    /// # use cognito_op::cognito_op;
    /// # #[cognito_op(target = "ForgotPassword", response = ())]
    /// # struct ForgotPassword { #[client_id] client_id: Option<String>, username: String }
    /// use cognito_op::Config;
    ///
    /// let config =
    ///     Config::builder().region("eu-west-1").public_app_client("1example23456789").build()?;
    /// let (request, _) = config.prepare(&ForgotPassword::new("alice"))?;
    /// assert_eq!(
    ///     request.body().as_bytes(),
    ///     br#"{"ClientId":"1example23456789","Username":"alice"}"#
    /// );
    /// assert!(config.prepare(&ForgotPassword::new("alice").client_id("another")).is_err());
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    pub fn public_app_client(mut self, id: impl Into<String>) -> Self {
        self.app_client = Some(AppClient::new(id.into(), None));
        self
    }

    /// Sets whether requests are validated before they are sent. The default is [`Validation::On`].
    pub fn validation(mut self, validation: Validation) -> Self {
        self.validation = validation;
        self
    }

    /// Sets the retries of each call. The default is [`Retries::standard`] with up to three attempts. A retry never
    /// sends a message twice.
    pub fn retries(mut self, retries: Retries) -> Self {
        self.retries = Some(retries);
        self
    }

    /// Sets the timeout for making a connection. The default is 3 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.connect = timeout;
        self
    }

    /// Sets the timeout of one attempt. The default is 20 seconds.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.attempt = timeout;
        self
    }

    /// Sets the timeout of a whole call, including all attempts and delays. The default is 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.total = timeout;
        self
    }

    /// Sets the last step.
    #[cfg(feature = "sigv4")]
    pub(super) fn finish(mut self, finish: impl FnOnce(T) -> Result<T, Error> + Send + Sync + 'static) -> Self {
        self.finish = Finish(Some(Box::new(finish)));
        self
    }

    /// Builds from the configuration, and takes the last step.
    pub(super) fn built(mut self, from: impl FnOnce(Config) -> T) -> Result<T, Error> {
        let finish = self.finish.0.take();
        let built = from(self.config()?);
        match finish {
            Some(finish) => finish(built),
            None => Ok(built),
        }
    }

    fn config(self) -> Result<Config, Error> {
        if let Some(invalid) = self.invalid {
            return Err(invalid);
        }
        #[cfg(feature = "proxy")]
        if let Some((proxies, true)) = self.proxies
            && !proxies?.is_none()
        {
            return Err(Error::misconfigured(
                "`proxy` applies to the transport of `build`; for `build_with`, set the proxies of the transport",
            ));
        }
        let variant = Variant { fips: self.fips.unwrap_or_default(), dual_stack: self.dual_stack.unwrap_or_default() };
        // A custom endpoint replaces that of the region, but an invalid region is an error nevertheless.
        let of_region = |region: String| Ok((endpoint::of_region(&region, variant)?, region));
        let of_region = self.region.map(|region| region.resolve(of_region)).transpose()?;
        let custom = |endpoint: Result<Uri, Error>| {
            if variant != Variant::default() {
                return Err(Error::misconfigured(
                    "a custom endpoint has no FIPS or dual-stack variant; remove `endpoint`, or `fips` and `dual_stack`",
                ));
            }
            let endpoint = endpoint?;
            if !self.allow_http {
                endpoint::check_encrypted(&endpoint)?;
            }
            Ok(endpoint)
        };
        let custom = self.endpoint.map(|endpoint| endpoint.resolve(custom)).transpose()?;
        let (endpoint, region) = match (custom, of_region) {
            (Some(endpoint), region) => (endpoint, region.map(|(_, region)| region)),
            (None, Some((endpoint, region))) => (endpoint, Some(region)),
            (None, None) => {
                return Err(Error::misconfigured(if self.reads_env {
                    "no region: set AWS_REGION or the key `region` of a profile, or call `region` or `endpoint`"
                } else {
                    "no region and no endpoint; set one with `region`, `endpoint` or `from_env`"
                }));
            }
        };
        if let Some(app_client) = &self.app_client {
            app_client.check()?;
        }
        // A proxy that cannot be used is an error here instead of at the first call.
        #[cfg(feature = "proxy")]
        self.applied.find(&endpoint)?;
        let Self { app_client, validation, timeouts, retries, .. } = self;
        Ok(Config { region, endpoint, app_client, validation, timeouts, retries: retries.unwrap_or_default() })
    }
}

impl Config {
    /// Returns a builder for a configuration. It needs a region or an endpoint.
    pub fn builder() -> Builder<Self> {
        Builder::new()
    }
}

impl Builder<Config> {
    /// Builds the configuration.
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) for an invalid setting.
    pub fn build(self) -> Result<Config, Error> {
        self.config()
    }
}

#[cfg(test)]
mod tests;

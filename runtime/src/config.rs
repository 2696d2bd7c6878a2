//! What every call needs to know, and how it is set up.

use crate::Body;
use crate::endpoint::{self, Variant};
use crate::error::Error;
use crate::exchange::{self, Exchange, Prepared};
use crate::operation::Operation;
use crate::retry::Retries;
use crate::secret::AppClient;
use crate::transport::Timeouts;
use http::{Request, Uri};
use std::ffi::OsString;
use std::marker::PhantomData;
use std::time::Duration;

/// Whether a request is checked before it is sent.
///
/// ```
/// # use cognito_op::cognito_op;
/// # #[cognito_op(target = "ForgotPassword", response = ())]
/// # struct ForgotPassword { #[len] client_id: String, #[len] username: String }
/// use cognito_op::{Config, ErrorKind, Validation};
///
/// let operation = ForgotPassword::new("1example23456789", "a".repeat(200));
/// let builder = || Config::builder().region("eu-west-1");
/// let error = builder().build()?.prepare(&operation).map(|_| ()).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Invalid);
/// assert!(builder().validation(Validation::Off).build()?.prepare(&operation).is_ok());
/// # Ok::<(), cognito_op::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Validation {
    /// It is checked, and one with violations is not sent.
    #[default]
    On,
    /// It is sent as it is. The published constraints are sometimes stricter than the service.
    Off,
}

/// The endpoint, the app client, the limits and the retries: all there is to a client but its transport.
///
/// With it and an HTTP client of one's own, an operation can be called without a [`Client`](crate::Client):
///
/// ```
/// # use cognito_op::{cognito_op, Body, Config};
/// # #[cognito_op(target = "GlobalSignOut")]
/// # struct GlobalSignOut { access_token: String }
/// # fn post(_: http::Request<Body>) -> http::Response<Body> { http::Response::new(Body::default()) }
/// let config = Config::builder().region("eu-west-1").build()?;
/// let (request, exchange) = config.prepare(&GlobalSignOut::new("token"))?;
/// let response = post(request);
/// exchange.read(&response)?;
/// # Ok::<(), cognito_op::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Config {
    pub(crate) endpoint: Uri,
    pub(crate) app_client: Option<AppClient>,
    pub(crate) validation: Validation,
    pub(crate) limits: Limits,
    pub(crate) retries: Retries,
}

/// How one request is made.
#[derive(Clone, Copy)]
pub(crate) struct Options<'o> {
    pub(crate) validation: Validation,
    /// The user name of the secret hash, where the request does not say it.
    pub(crate) hash_username: Option<&'o str>,
}

/// The time limits of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    connect: Duration,
    attempt: Duration,
    pub(crate) total: Duration,
}

impl Limits {
    /// A connection is there within a second or not at all; three allow for one lost packet. Cognito gives a Lambda
    /// trigger five seconds and calls it up to three times, so an answer may rightly take longer than fifteen; after
    /// thirty nobody waits for it.
    const DEFAULT: Self =
        Self { connect: Duration::from_secs(3), attempt: Duration::from_secs(20), total: Duration::from_secs(30) };

    /// As good as none.
    const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

    /// What is left of them that long after the call began.
    pub(crate) fn after(&self, elapsed: Duration, total: Duration) -> Timeouts {
        // Clocks cannot count as far as durations can.
        let limited = |limit: Duration| limit.min(Self::LONGEST);
        Timeouts::new(limited(self.connect), limited(self.attempt), limited(total).saturating_sub(elapsed))
    }
}

impl Config {
    /// Starts a configuration. It needs a region or an endpoint.
    pub fn builder() -> Builder<Self> {
        Builder::new()
    }

    /// The request of an operation, and what reads its answer.
    ///
    /// # Errors
    ///
    /// [`Invalid`](crate::ErrorKind::Invalid) with every violation, or
    /// [`Misconfigured`](crate::ErrorKind::Misconfigured) where the request names another app client than this, or leaves
    /// the secret hash to it without a user name.
    pub fn prepare<O: Operation + ?Sized>(&self, operation: &O) -> Result<(Request<Body>, Exchange<O::Output>), Error> {
        self.prepared(None, operation)
    }

    /// As [`prepare`](Self::prepare), with the user name that the secret hash is computed over, where the request does not hold
    /// it; see [`Call::hash_username`](crate::Call::hash_username).
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
    ///     .auth_parameters([("REFRESH_TOKEN".to_owned(), "the refresh token".to_owned())]);
    /// let error = config.prepare(&refresh).map(|_| ()).unwrap_err();
    /// assert!(error.to_string().ends_with("say it with `hash_username`"));
    /// assert!(config.prepare_with_hash_username("alice", &refresh).is_ok());
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`prepare`](Self::prepare).
    pub fn prepare_with_hash_username<O: Operation + ?Sized>(
        &self,
        username: &str,
        operation: &O,
    ) -> Result<(Request<Body>, Exchange<O::Output>), Error> {
        self.prepared(Some(username), operation)
    }

    fn prepared<O: Operation + ?Sized>(
        &self,
        hash_username: Option<&str>,
        operation: &O,
    ) -> Result<(Request<Body>, Exchange<O::Output>), Error> {
        let prepared = self.prepare_with(Options { validation: self.validation, hash_username }, operation)?;
        Ok((prepared.request(&self.endpoint), Exchange::of(prepared)))
    }

    pub(crate) fn prepare_with<O: Operation + ?Sized>(
        &self,
        options: Options<'_>,
        operation: &O,
    ) -> Result<Prepared, Error> {
        exchange::prepare(self, options, operation).map_err(|error| error.of_operation(O::NAME))
    }

    pub(crate) fn with_app_client(&self, app_client: AppClient) -> Self {
        Self { app_client: Some(app_client), ..self.clone() }
    }
}

/// Sets up a [`Config`], a [`Client`](crate::Client) or a [`blocking::Client`](crate::blocking::Client).
///
/// What is wrong with a setting is said by `build`, which a client has only with a transport that ships: with the feature `hyper`, or
/// `ureq` for the blocking one. `build_with` takes any transport.
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
#[must_use = "nothing is built before `build` is called"]
pub struct Builder<T> {
    region: Option<String>,
    endpoint: Option<String>,
    fips: Option<bool>,
    dual_stack: Option<bool>,
    /// What is wrong with a variable of the environment.
    wrong: Option<String>,
    allow_http: bool,
    app_client: Option<AppClient>,
    validation: Validation,
    limits: Limits,
    retries: Retries,
    built: PhantomData<fn() -> T>,
}

impl<T> Builder<T> {
    pub(crate) fn new() -> Self {
        Self {
            region: None,
            endpoint: None,
            fips: None,
            dual_stack: None,
            wrong: None,
            allow_http: false,
            app_client: None,
            validation: Validation::On,
            limits: Limits::DEFAULT,
            retries: Retries::standard(),
            built: PhantomData,
        }
    }

    /// The AWS region of the user pool, such as `eu-west-1`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// A URL to call in the place of the region's: a proxy, or a stand-in of the service. Plain `http` goes to this machine
    /// only, unless [`allow_http`](Self::allow_http) is called. Requests are posted to its path with a slash at the end:
    /// `https://gateway.example.com/cognito` and `https://gateway.example.com/cognito/` are the same.
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
        self.endpoint = Some(url.into());
        self
    }

    /// Whether to call the region's endpoint whose cryptography is validated to FIPS 140.
    pub fn fips(mut self, fips: bool) -> Self {
        self.fips = Some(fips);
        self
    }

    /// Whether to call the region's endpoint that also has an IPv6 address.
    pub fn dual_stack(mut self, dual_stack: bool) -> Self {
        self.dual_stack = Some(dual_stack);
        self
    }

    /// Takes what is not set yet from the
    /// [variables that AWS's own clients know](https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html):
    /// `AWS_REGION`, `AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER` or else `AWS_ENDPOINT_URL`, `AWS_USE_FIPS_ENDPOINT` and
    /// `AWS_USE_DUALSTACK_ENDPOINT`. One that is empty counts as not set. Nothing else ever looks at the environment.
    ///
    /// ```
    /// use cognito_op::{Config, Error};
    ///
    /// /// What the environment says, or else this.
    /// fn config() -> Result<Config, Error> {
    ///     let builder = Config::builder().from_env();
    ///     if std::env::var_os("AWS_REGION").is_some() {
    ///         builder.build()
    ///     } else {
    ///         builder.region("eu-west-1").build()
    ///     }
    /// }
    /// ```
    pub fn from_env(self) -> Self {
        self.with_variables(|name| std::env::var_os(name))
    }

    fn with_variables(mut self, variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let mut wrong = None;
        let mut text = |name: &str| {
            let value = variable(name).filter(|value| !value.is_empty())?;
            let text = value.into_string();
            text.map_err(|_| wrong = Some(format!("the variable {name} is not Unicode"))).ok()
        };
        self.region = self.region.or_else(|| text("AWS_REGION"));
        let mut endpoint = || text("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER").or_else(|| text("AWS_ENDPOINT_URL"));
        self.endpoint = self.endpoint.or_else(&mut endpoint);
        let mut odd = None;
        let mut switch = |name: &str| match text(name)?.to_ascii_lowercase().as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => {
                odd = Some(format!("the variable {name} must be `true` or `false`"));
                None
            }
        };
        self.fips = self.fips.or_else(|| switch("AWS_USE_FIPS_ENDPOINT"));
        self.dual_stack = self.dual_stack.or_else(|| switch("AWS_USE_DUALSTACK_ENDPOINT"));
        self.wrong = self.wrong.or(wrong).or(odd);
        self
    }

    /// Lets a plain `http` endpoint be on another machine. Passwords then cross the network in the clear.
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

    /// The app client that requests are made for, and its secret. `#[secret_hash]` members that are left out are filled in
    /// with the hash, and a request that names another app client is refused.
    pub fn app_client(mut self, id: impl Into<String>, secret: impl Into<String>) -> Self {
        self.app_client = Some(AppClient::new(id.into(), Some(secret.into())));
        self
    }

    /// The app client that requests are made for, if it has no secret. A request that names another is refused.
    ///
    /// ```
    /// # use cognito_op::cognito_op;
    /// # #[cognito_op(target = "ForgotPassword", response = ())]
    /// # struct ForgotPassword { client_id: String, username: String }
    /// use cognito_op::Config;
    ///
    /// let config =
    ///     Config::builder().region("eu-west-1").public_app_client("1example23456789").build()?;
    /// assert!(config.prepare(&ForgotPassword::new("1example23456789", "alice")).is_ok());
    /// assert!(config.prepare(&ForgotPassword::new("another", "alice")).is_err());
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    pub fn public_app_client(mut self, id: impl Into<String>) -> Self {
        self.app_client = Some(AppClient::new(id.into(), None));
        self
    }

    /// Whether requests are checked before they are sent; they are unless this says otherwise.
    pub fn validation(mut self, validation: Validation) -> Self {
        self.validation = validation;
        self
    }

    /// How often a call is tried; up to three times unless this says otherwise, and never so that a message could be sent
    /// twice.
    pub fn retries(mut self, retries: Retries) -> Self {
        self.retries = retries;
        self
    }

    /// How long making a connection may take; three seconds unless this says otherwise.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.limits.connect = limit;
        self
    }

    /// How long one attempt may take; twenty seconds unless this says otherwise.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.limits.attempt = limit;
        self
    }

    /// How long a whole call may take; thirty seconds unless this says otherwise. There is no call without a limit.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limits.total = limit;
        self
    }

    pub(crate) fn config(self) -> Result<Config, Error> {
        if let Some(wrong) = self.wrong {
            return Err(Error::misconfigured(wrong));
        }
        let variant = Variant { fips: self.fips.unwrap_or_default(), dual_stack: self.dual_stack.unwrap_or_default() };
        let endpoint = match (self.endpoint, self.region) {
            (Some(_), _) if variant != Variant::default() => {
                return Err(Error::misconfigured(
                    "an endpoint of one's own has no FIPS or dual-stack variant; leave out one or the other",
                ));
            }
            (Some(url), region) => {
                // A region beside an endpoint is not needed, but a wrong one is a mistake all the same.
                region.map(|region| endpoint::of_region(&region, variant)).transpose()?;
                endpoint::custom(&url, self.allow_http)?
            }
            (None, Some(region)) => endpoint::of_region(&region, variant)?,
            (None, None) => {
                return Err(Error::misconfigured(
                    "neither a region nor an endpoint is set; see `region`, `endpoint` and `from_env`",
                ));
            }
        };
        if let Some(app_client) = &self.app_client {
            check(app_client)?;
        }
        let Self { app_client, validation, limits, retries, .. } = self;
        Ok(Config { endpoint, app_client, validation, limits, retries })
    }
}

impl Builder<Config> {
    /// The configuration.
    ///
    /// # Errors
    ///
    /// [`Misconfigured`](crate::ErrorKind::Misconfigured), with what is wrong.
    pub fn build(self) -> Result<Config, Error> {
        self.config()
    }
}

/// An app client that cannot be one is a variable that was not set.
pub(crate) fn check(app_client: &AppClient) -> Result<(), Error> {
    if app_client.id.is_empty() {
        return Err(Error::misconfigured("the app client's id is empty"));
    }
    if app_client.secret() == Some("") {
        return Err(Error::misconfigured(
            "the app client's secret is empty; for an app client without a secret say `public_app_client(id)`",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(builder: Builder<Config>, variables: &[(&str, &str)]) -> Result<String, String> {
        let variable = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into());
        let config = builder.with_variables(variable).build();
        config.map(|config| config.endpoint.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn what_the_environment_says() {
        let none = Config::builder;
        let url = |url: &str| Ok(url.to_owned());
        assert_eq!(
            endpoint(none(), &[("AWS_REGION", "eu-west-1")]),
            url("https://cognito-idp.eu-west-1.amazonaws.com/")
        );
        assert_eq!(
            endpoint(none(), &[("AWS_REGION", "eu-west-1"), ("AWS_USE_FIPS_ENDPOINT", "TRUE")]),
            url("https://cognito-idp-fips.eu-west-1.amazonaws.com/")
        );
        assert_eq!(
            endpoint(none(), &[("AWS_REGION", "us-gov-west-1"), ("AWS_USE_DUALSTACK_ENDPOINT", "true")]),
            url("https://cognito-idp.us-gov-west-1.api.aws/")
        );
        let both = [
            ("AWS_ENDPOINT_URL", "https://all.example.com"),
            ("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", "https://cognito.example.com"),
        ];
        assert_eq!(endpoint(none(), &both), url("https://cognito.example.com/"));
        assert_eq!(endpoint(none(), &both[..1]), url("https://all.example.com/"));
        // What is set in the program counts, and what is empty does not.
        let set = none().region("eu-west-1");
        assert_eq!(
            endpoint(set, &[("AWS_REGION", "us-east-1"), ("AWS_ENDPOINT_URL", ""), ("AWS_USE_FIPS_ENDPOINT", "false")]),
            url("https://cognito-idp.eu-west-1.amazonaws.com/")
        );
        let set = none().region("eu-west-1").fips(false).dual_stack(false);
        assert_eq!(
            endpoint(set, &[("AWS_USE_FIPS_ENDPOINT", "true"), ("AWS_USE_DUALSTACK_ENDPOINT", "perhaps")]),
            url("https://cognito-idp.eu-west-1.amazonaws.com/")
        );
    }

    #[test]
    fn what_the_environment_says_wrongly() {
        for (variables, text) in [
            (&[("AWS_REGION", "a@evil.example/")][..], "the region must be"),
            (&[("AWS_REGION", "eu-west-1"), ("AWS_USE_FIPS_ENDPOINT", "yes")], "AWS_USE_FIPS_ENDPOINT must be"),
            (&[("AWS_ENDPOINT_URL", "https://x.example"), ("AWS_USE_FIPS_ENDPOINT", "true")], "no FIPS or dual-stack"),
            (&[("AWS_ENDPOINT_URL", "http://x.example")], "in the clear"),
            (&[], "neither a region nor an endpoint"),
        ] {
            let error = endpoint(Config::builder(), variables).expect_err("an error");
            assert!(error.contains(text), "{error}");
        }
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStringExt as _;
            let odd = |_: &str| Some(OsString::from_vec(vec![0xff]));
            let error = Config::builder().with_variables(odd).build().expect_err("an error");
            assert!(error.to_string().contains("is not Unicode"), "{error}");
        }
    }
}

//! Builds configurations and clients.

use super::config::{CallTimeouts, Config};
use super::endpoint::{self, Variant};
use super::retry::Retries;
use crate::error::Error;
use crate::request::{AppClient, Validation};
#[cfg(feature = "proxy")]
use crate::transport::Proxies;
use http::Uri;
use std::cell::OnceCell;
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
    region: Option<String>,
    /// The parsed endpoint. An invalid one is not stored, since it may contain a password.
    endpoint: Option<Result<Uri, Error>>,
    fips: Option<bool>,
    dual_stack: Option<bool>,
    reads_env: bool,
    /// The message about an invalid environment variable.
    invalid: Option<String>,
    allow_http: bool,
    /// The proxies, and whether the program set them.
    #[cfg(feature = "proxy")]
    proxies: Option<(Result<Proxies, Error>, bool)>,
    app_client: Option<AppClient>,
    validation: Validation,
    timeouts: CallTimeouts,
    retries: Retries,
    finish: Finish<T>,
}

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
            app_client: None,
            validation: Validation::On,
            timeouts: CallTimeouts::DEFAULT,
            retries: Retries::standard(),
            finish: Finish(None),
        }
    }

    /// Sets the AWS region of the user pool, such as `eu-west-1`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
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
        self.endpoint = Some(endpoint::custom(&url.into()));
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

    /// Reads the settings that are not set yet from the [environment variables of the AWS
    /// SDKs](https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html):
    ///
    /// | setting | variables, in order of precedence |
    /// |---|---|
    /// | [`region`](Self::region) | `AWS_REGION`, `AWS_DEFAULT_REGION` |
    /// | [`endpoint`](Self::endpoint) | `AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER`, `AWS_ENDPOINT_URL` |
    /// | [`fips`](Self::fips) | `AWS_USE_FIPS_ENDPOINT` |
    /// | [`dual_stack`](Self::dual_stack) | `AWS_USE_DUALSTACK_ENDPOINT` |
    ///
    /// Settings of the program take precedence over all variables, in whichever order they are set. If
    /// `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is `true`, the two endpoint variables are not read; an endpoint that the
    /// program sets still applies. An empty variable counts as not set. The values of the three switches are `true` and
    /// `false`, in upper or lower case. For any other value, `build` returns an error that contains the name of the
    /// variable. Only this method reads the environment.
    ///
    /// With the feature `proxy`, which is on by default, `build` also uses the
    /// [proxies of the environment](crate::guide::transports#proxies).
    ///
    /// ```
    /// use cognito_op::{Config, Error};
    ///
    /// /// Falls back to a region.
    /// fn config() -> Result<Config, Error> {
    ///     let builder = Config::builder().from_env();
    ///     let names = ["AWS_REGION", "AWS_DEFAULT_REGION"];
    ///     if names.iter().any(|name| std::env::var_os(name).is_some()) {
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
        let invalid = OnceCell::new();
        let refuse = |name: &str, why: &str| drop(invalid.set(format!("the environment variable {name} {why}")));
        let text = |name: &str| {
            let value = variable(name).filter(|value| !value.is_empty())?;
            value.into_string().map_err(|_| refuse(name, "is not Unicode")).ok()
        };
        let switch = |name: &str| {
            let value = text(name)?.to_ascii_lowercase();
            value.parse::<bool>().map_err(|_| refuse(name, "must be `true` or `false`")).ok()
        };
        self.region = self.region.or_else(|| text("AWS_REGION")).or_else(|| text("AWS_DEFAULT_REGION"));
        if self.endpoint.is_none() && switch("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") != Some(true) {
            let url = text("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER").or_else(|| text("AWS_ENDPOINT_URL"));
            self.endpoint = url.map(|url| endpoint::custom(&url));
        }
        self.fips = self.fips.or_else(|| switch("AWS_USE_FIPS_ENDPOINT"));
        self.dual_stack = self.dual_stack.or_else(|| switch("AWS_USE_DUALSTACK_ENDPOINT"));
        #[cfg(feature = "proxy")]
        {
            self.proxies = self.proxies.or_else(|| Some((Proxies::from_variables(&variable), false)));
        }
        self.reads_env = true;
        self.invalid = self.invalid.or(invalid.into_inner());
        self
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

    /// Sets the proxy for all requests, in place of the proxies of the environment; see [`Proxies::all`] for the URL, and
    /// [`Proxies`] for the hosts that are reached without a proxy.
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

    /// Takes the proxies for a transport.
    #[cfg(all(feature = "proxy", any(feature = "hyper", feature = "ureq")))]
    pub(super) fn take_proxies(&mut self) -> Result<Proxies, Error> {
        self.proxies.take().map_or_else(|| Ok(Proxies::default()), |(proxies, _)| proxies)
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
        self.retries = retries;
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
            return Err(Error::misconfigured(invalid));
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
        let endpoint = match (self.endpoint, self.region.as_deref()) {
            (Some(_), _) if variant != Variant::default() => {
                return Err(Error::misconfigured(
                    "a custom endpoint has no FIPS or dual-stack variant; remove `endpoint`, or `fips` and `dual_stack`",
                ));
            }
            (Some(endpoint), region) => {
                // The endpoint replaces the region, but an invalid region is an error nevertheless.
                region.map(|region| endpoint::of_region(region, variant)).transpose()?;
                let endpoint = endpoint?;
                if !self.allow_http {
                    endpoint::check_encrypted(&endpoint)?;
                }
                endpoint
            }
            (None, Some(region)) => endpoint::of_region(region, variant)?,
            (None, None) if self.reads_env => {
                return Err(Error::misconfigured("no region: set AWS_REGION, or call `region` or `endpoint`"));
            }
            (None, None) => {
                return Err(Error::misconfigured(
                    "no region and no endpoint; set one with `region`, `endpoint` or `from_env`",
                ));
            }
        };
        if let Some(app_client) = &self.app_client {
            app_client.check()?;
        }
        let Self { region, app_client, validation, timeouts, retries, .. } = self;
        Ok(Config { region, endpoint, app_client, validation, timeouts, retries })
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
mod tests {
    use super::*;

    fn endpoint(builder: Builder<Config>, variables: &[(&str, &str)]) -> Result<String, String> {
        let variable = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into());
        let config = builder.with_variables(variable).build();
        config.map(|config| config.endpoint.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn settings_from_the_environment() {
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
        // Settings of the program take precedence, and empty variables count as unset.
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
    fn region_variables() {
        let uri = |region: &str| Ok(format!("https://cognito-idp.{region}.amazonaws.com/"));
        let variables = [("AWS_DEFAULT_REGION", "eu-west-1"), ("AWS_REGION", "us-west-2")];
        assert_eq!(endpoint(Config::builder(), &variables), uri("us-west-2"));
        assert_eq!(endpoint(Config::builder(), &variables[..1]), uri("eu-west-1"));
        assert_eq!(endpoint(Config::builder(), &[variables[0], ("AWS_REGION", "")]), uri("eu-west-1"));
        assert_eq!(endpoint(Config::builder().region("eu-west-3"), &variables), uri("eu-west-3"));
    }

    #[test]
    fn user_info_is_not_shown() {
        let set = Config::builder().endpoint("https://alice:canary@example.com");
        let url = |name: &str| (name == "AWS_ENDPOINT_URL").then(|| "https://alice:canary@example.com".into());
        for builder in [set, Config::builder().with_variables(url)] {
            assert!(!format!("{builder:?}").contains("canary"), "{builder:?}");
            let error = builder.build().expect_err("user info");
            assert!(!format!("{error:?} {error} {}", error.report()).contains("canary"), "{error:?}");
        }
    }

    #[test]
    #[cfg(feature = "proxy")]
    fn proxies() {
        let variable = |name: &str| (name == "HTTPS_PROXY").then(|| "http://alice:canary@env.example.com:3128".into());
        let url = "https://example.com".parse().unwrap();
        let proxy = |mut builder: Builder<Config>| {
            let (proxies, _) = builder.proxies.take()?;
            proxies.unwrap().find(&url).map(ToString::to_string)
        };
        let own = "http://alice:canary@own.example.com:3128";
        assert_eq!(proxy(Config::builder()), None);
        let env = || Config::builder().with_variables(variable);
        assert_eq!(proxy(env()).unwrap(), "http://env.example.com:3128");
        assert_eq!(proxy(env().proxy(own)).unwrap(), "http://own.example.com:3128");
        assert_eq!(
            proxy(Config::builder().proxy(own).with_variables(variable)).unwrap(),
            "http://own.example.com:3128"
        );
        assert_eq!(proxy(env().no_proxy()), None);
        assert_eq!(proxy(Config::builder().no_proxy().with_variables(variable)), None);
        let shown = format!("{:?}", env().proxy(own));
        assert!(shown.contains("own.example.com") && !shown.contains("canary"), "{shown}");

        // Only `build` of a client uses them.
        let region = |builder: Builder<Config>| builder.region("eu-west-1").build();
        assert!(region(env()).is_ok() && region(env().no_proxy()).is_ok());
        assert!(region(env().proxy(own)).unwrap_err().to_string().contains("set the proxies of the transport"));
        let socks = region(Config::builder().proxy("socks5://alice:canary@example.com")).unwrap_err();
        assert!(socks.to_string().contains("the proxy is a SOCKS proxy, which is not supported"), "{socks:?}");
        assert!(!format!("{socks:?} {socks}").contains("canary"));
    }

    #[test]
    fn ignored_endpoint_variables() {
        let of_region = Ok("https://cognito-idp.eu-west-1.amazonaws.com/".to_owned());
        let of_service = Ok("https://cognito.example.com/".to_owned());
        let with = |builder, ignored: &str| {
            let endpoints = [
                ("AWS_REGION", "eu-west-1"),
                ("AWS_ENDPOINT_URL", "https://all.example.com"),
                ("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", "https://cognito.example.com"),
                ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", ignored),
            ];
            endpoint(builder, &endpoints)
        };
        for (ignored, expected) in [
            ("true", &of_region),
            ("True", &of_region),
            ("FALSE", &of_service),
            ("false", &of_service),
            ("", &of_service),
        ] {
            assert_eq!(with(Config::builder(), ignored), *expected, "{ignored}");
        }
        // It applies to the variables only.
        let own = || Config::builder().endpoint("https://own.example.com");
        assert_eq!(with(own(), "true"), Ok("https://own.example.com/".to_owned()));
        let error = with(Config::builder(), "1").expect_err("an error");
        assert!(error.contains("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS must be `true` or `false`"), "{error}");
        let fips = [
            ("AWS_REGION", "eu-west-1"),
            ("AWS_USE_FIPS_ENDPOINT", "true"),
            ("AWS_ENDPOINT_URL", "https://all.example.com"),
            ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"),
        ];
        let uri = "https://cognito-idp-fips.eu-west-1.amazonaws.com/";
        assert_eq!(endpoint(Config::builder(), &fips), Ok(uri.to_owned()));
    }

    #[test]
    fn invalid_environment_variables() {
        for (variables, text) in [
            (&[("AWS_REGION", "a@evil.example/")][..], "the region must consist"),
            (&[("AWS_REGION", "eu-west-1"), ("AWS_USE_FIPS_ENDPOINT", "yes")], "AWS_USE_FIPS_ENDPOINT must be"),
            (&[("AWS_ENDPOINT_URL", "https://x.example"), ("AWS_USE_FIPS_ENDPOINT", "true")], "no FIPS or dual-stack"),
            (&[("AWS_ENDPOINT_URL", "http://x.example")], "unencrypted"),
            (&[], "no region: set AWS_REGION, or call `region` or `endpoint`"),
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

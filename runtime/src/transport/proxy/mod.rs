//! The proxy for a URL, by the rules of curl.

mod exceptions;
mod server;
#[cfg(any(feature = "hyper", feature = "ureq"))]
pub(super) mod tunnel;

pub use self::server::Proxy;

use self::exceptions::Exceptions;
use crate::error::Error;
use http::Uri;
use std::ffi::OsString;
use zeroize::Zeroizing;

/// The proxies of a transport, and the hosts that are reached without one.
///
/// By default, there is no proxy. A connection through a proxy is a
/// [tunnel](https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6), also to an endpoint of plain `http`. TLS to the
/// service runs inside it, so the proxy receives only the host name of the service, which it resolves, and the port.
/// The proxy has to permit `CONNECT` to that port; many proxies permit it to port 443 only.
///
/// Requests to these hosts never use a proxy: `localhost` and the names below it, loopback addresses, and the addresses
/// of metadata services in `169.254.0.0/16` and `fd00:ec2::/32`, also in the form `::ffff:169.254.169.254`. For such a
/// host, a proxy would connect to its own machine or metadata service. [Chromium] uses a proxy for `fd00:ec2::/32` only,
/// Go for all but `localhost` and loopback addresses, and curl for all of these hosts.
///
/// [Chromium]: https://chromium.googlesource.com/chromium/src/+/main/net/docs/proxy.md#Implicit-bypass-rules
///
/// [`Builder::proxy`](crate::Builder::proxy) and [`Builder::from_env`](crate::Builder::from_env) set
/// the proxies of the transport that `build` makes. For `build_with`, pass them to the transport:
///
/// ```
/// # #[cfg(feature = "hyper")]
/// # fn client() -> Result<cognito_op::Client, cognito_op::Error> {
/// use cognito_op::transport::Proxies;
/// use cognito_op::{Client, HyperTransport};
///
/// let transport = HyperTransport::new()?.with_proxies(Proxies::from_env()?);
/// let client = Client::builder().region("eu-west-1").build_with(transport)?;
/// # Ok(client)
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Proxies {
    https: Option<Setting>,
    http: Option<Setting>,
    exceptions: Exceptions,
}

/// A proxy, or the reason why it cannot be used.
type Setting = Result<Proxy, String>;

impl Proxies {
    /// Returns one proxy for all URLs: `http://` or `https://`, the host, and the port, which is 1080 or 443 by
    /// default. A user name and a password before the host are sent to the proxy. Special characters in them are
    /// percent-encoded.
    ///
    /// ```
    /// use cognito_op::transport::Proxies;
    ///
    /// let proxies = Proxies::all("http://alice:pass%40word@proxy.example.com:3128")?;
    /// assert!(!format!("{proxies:?}").contains("pass"));
    /// assert!(Proxies::all("socks5://proxy.example.com:1080").is_err());
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) for any other URL. SOCKS proxies are not supported.
    pub fn all(url: impl Into<String>) -> Result<Self, Error> {
        let url = Zeroizing::new(url.into());
        let proxy = Proxy::parse(&url).map_err(|problem| Error::misconfigured(format!("the proxy {problem}")))?;
        Ok(Self { https: Some(Ok(proxy.clone())), http: Some(Ok(proxy)), exceptions: Exceptions::default() })
    }

    /// Returns the proxies of the environment variables that [curl](https://curl.se/docs/manpage.html#ENVIRONMENT)
    /// reads:
    ///
    /// | for | variables, in order of precedence |
    /// |---|---|
    /// | `https` | `https_proxy`, `HTTPS_PROXY`, `all_proxy`, `ALL_PROXY` |
    /// | `http` | `http_proxy`, `HTTP_PROXY`, `all_proxy`, `ALL_PROXY` |
    /// | hosts without a proxy | `no_proxy`, `NO_PROXY`; see [`except`](Self::except) |
    ///
    /// An empty variable counts as not set. A URL without `://` is that of an `http` proxy. `HTTP_PROXY` is not read if
    /// `REQUEST_METHOD` is set, as in a CGI program, since a [header of the request](https://httpoxy.org) sets it
    /// there. curl never reads `HTTP_PROXY`.
    ///
    /// ```
    /// use cognito_op::transport::Proxies;
    ///
    /// # fn print() -> Result<(), cognito_op::Error> {
    /// let endpoint = "https://cognito-idp.eu-west-1.amazonaws.com/".parse().unwrap();
    /// match Proxies::from_env()?.find(&endpoint)? {
    ///     Some(proxy) => println!("calls use {proxy}"),
    ///     None => println!("calls use no proxy"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) if the variable of the hosts without a proxy is not
    /// Unicode. If another variable is not the URL of an HTTP proxy, [`find`](Self::find) and the requests that would
    /// use the proxy fail.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_variables(|name| std::env::var_os(name))
    }

    /// Returns the proxies of [`from_env`](Self::from_env) from a source of variables.
    pub(crate) fn from_variables(variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, Error> {
        let invalid = |name, problem| format!("the environment variable {name} {problem}");
        let first = |names: &[&'static str]| -> Option<(&'static str, Result<Zeroizing<String>, String>)> {
            let set = |name: &&'static str| Some((*name, variable(name).filter(|value| !value.is_empty())?));
            let (name, value) = names.iter().find_map(set)?;
            Some((name, value.into_string().map(Zeroizing::new).map_err(|_| invalid(name, "is not Unicode"))))
        };
        let proxy = |names: &[&'static str]| -> Option<Setting> {
            let (name, url) = first(names)?;
            Some(url.and_then(|url| Proxy::parse(&url).map_err(|problem| invalid(name, problem))))
        };
        let hosts =
            first(&["no_proxy", "NO_PROXY"]).map(|(_, hosts)| hosts).transpose().map_err(Error::misconfigured)?;
        let is_cgi = variable("REQUEST_METHOD").is_some();
        Ok(Self {
            https: proxy(&["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]),
            http: proxy(&["http_proxy", if is_cgi { "all_proxy" } else { "HTTP_PROXY" }, "all_proxy", "ALL_PROXY"]),
            exceptions: hosts.map(|hosts| Exceptions::parse(&hosts)).unwrap_or_default(),
        })
    }

    /// Sets the hosts that are reached without a proxy, in the form of `NO_PROXY`: `*` for all hosts, or a list of
    /// names and addresses, separated by commas or spaces.
    ///
    /// A name includes its subdomains, with or without a leading dot. An address can be a network, such as
    /// `10.0.0.0/8`. Case and a dot at the end of a name do not matter. Entries with a port, a scheme or another
    /// wildcard match no host.
    ///
    /// ```
    /// use cognito_op::transport::Proxies;
    ///
    /// let proxies = Proxies::all("http://proxy.example.com:3128")?.except("example.com, 10.0.0.0/8");
    /// let is_used = |url: &str| proxies.find(&url.parse().unwrap()).unwrap().is_some();
    /// assert!(is_used("https://cognito-idp.eu-west-1.amazonaws.com/"));
    /// assert!(!is_used("https://cognito.example.com/"));
    /// assert!(!is_used("https://10.1.2.3/"));
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    #[must_use]
    pub fn except(mut self, hosts: &str) -> Self {
        self.exceptions = Exceptions::parse(hosts);
        self
    }

    /// Returns the proxy for a URL, if there is one.
    ///
    /// ```
    /// use cognito_op::transport::Proxies;
    ///
    /// let proxies = Proxies::all("proxy.example.com:3128")?;
    /// let endpoint = "https://cognito-idp.eu-west-1.amazonaws.com/".parse().unwrap();
    /// assert_eq!(proxies.find(&endpoint)?.unwrap().to_string(), "http://proxy.example.com:3128");
    /// assert!(proxies.find(&"http://127.0.0.1:9229/".parse().unwrap())?.is_none());
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured), with the name of the variable, if the environment
    /// variable for the URL is not the URL of an HTTP proxy. SOCKS proxies are not supported.
    pub fn find(&self, url: &Uri) -> Result<Option<&Proxy>, Error> {
        let found = match (url.scheme_str(), url.host()) {
            (Some("https"), Some(host)) => self.of_host(true, host),
            (Some("http"), Some(host)) => self.of_host(false, host),
            _ => Ok(None),
        };
        found.map_err(|problem| Error::misconfigured(problem.to_owned()))
    }

    /// Returns the proxy for a host, or the reason why it cannot be used.
    pub(super) fn of_host(&self, tls: bool, host: &str) -> Result<Option<&Proxy>, &str> {
        match if tls { &self.https } else { &self.http } {
            Some(setting) if !self.exceptions.contain(host) => setting.as_ref().map(Some).map_err(String::as_str),
            _ => Ok(None),
        }
    }

    /// Returns whether there is no proxy.
    pub(crate) fn is_none(&self) -> bool {
        self.https.is_none() && self.http.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: &[(&str, &str)]) -> Result<Proxies, String> {
        let variable = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into());
        Proxies::from_variables(variable).map_err(|error| error.to_string())
    }

    /// Returns the proxies for `https` and `http`.
    fn found(variables: &[(&str, &str)]) -> [Option<String>; 2] {
        let proxies = of(variables).unwrap();
        let find = |url: &str| Some(proxies.find(&url.parse().unwrap()).unwrap()?.to_string());
        [find("https://example.com"), find("http://example.com")]
    }

    #[test]
    fn variables_by_precedence() {
        let url = |name: &str| Some(format!("http://{name}:1"));
        let (lower, upper) = (("https_proxy", "lower:1"), ("HTTPS_PROXY", "upper:1"));
        let (all, upper_all) = (("all_proxy", "all:1"), ("ALL_PROXY", "upper-all:1"));
        assert_eq!(found(&[]), [None, None]);
        assert_eq!(found(&[upper, lower, upper_all, all]), [url("lower"), url("all")]);
        assert_eq!(found(&[upper, upper_all]), [url("upper"), url("upper-all")]);
        assert_eq!(found(&[("https_proxy", ""), upper]), [url("upper"), None]);
        assert_eq!(found(&[("https_proxy", ""), all]), [url("all"), url("all")]);
        let (lower, upper) = (("http_proxy", "lower:1"), ("HTTP_PROXY", "upper:1"));
        assert_eq!(found(&[upper, lower, all]), [url("all"), url("lower")]);
        assert_eq!(found(&[upper]), [None, url("upper")]);
    }

    #[test]
    fn the_header_of_a_cgi_request_is_not_a_proxy() {
        let (cgi, upper) = (("REQUEST_METHOD", "GET"), ("HTTP_PROXY", "evil:1"));
        assert_eq!(found(&[cgi, upper]), [None, None]);
        assert_eq!(found(&[cgi, upper, ("ALL_PROXY", "all:1")])[1], Some("http://all:1".to_owned()));
        assert_eq!(found(&[cgi, upper, ("http_proxy", "lower:1")])[1], Some("http://lower:1".to_owned()));
    }

    #[test]
    fn exceptions_of_the_environment() {
        let all = ("ALL_PROXY", "all:1");
        let (lower, upper) = (("no_proxy", "another.example"), ("NO_PROXY", "example.com"));
        assert_eq!(found(&[all, upper]), [None, None]);
        assert!(found(&[all, lower, upper])[0].is_some());
        assert_eq!(found(&[all, ("no_proxy", ""), upper]), [None, None]);
    }

    #[test]
    fn errors_contain_the_variable_and_no_secret() {
        let socks = "is a SOCKS proxy, which is not supported";
        for (variables, name, problem) in [
            (&[("ALL_PROXY", "socks5://alice:canary@proxy.example.com")][..], "ALL_PROXY", socks),
            (&[("https_proxy", "SOCKS4a://canary")], "https_proxy", socks),
            (&[("HTTPS_PROXY", "ftp://canary")], "HTTPS_PROXY", "must be the URL of an HTTP proxy"),
            (&[("http_proxy", "http://alice:canary#@proxy.example.com")], "http_proxy", "must be the URL"),
            (&[("http_proxy", "canary:0")], "http_proxy", "must be the URL"),
        ] {
            let proxies = of(variables).unwrap();
            let url =
                if name.eq_ignore_ascii_case("http_proxy") { "http://example.com" } else { "https://example.com" };
            let error = proxies.find(&url.parse().unwrap()).unwrap_err();
            let error = format!("{error} {error:?} {proxies:?}");
            assert!(error.contains(&format!("the environment variable {name} {problem}")), "{error}");
            assert!(!error.contains("canary"), "{error}");
        }
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStringExt as _;
            for name in ["HTTPS_PROXY", "NO_PROXY"] {
                let variable = |asked: &str| (asked == name).then(|| OsString::from_vec(vec![0xff]));
                let proxies = Proxies::from_variables(variable);
                let found = proxies.and_then(|proxies| proxies.find(&"https://example.com".parse().unwrap()).map(drop));
                let error = found.unwrap_err().to_string();
                assert!(error.contains(&format!("{name} is not Unicode")), "{error}");
            }
        }
    }

    /// Only the URLs that would use the proxy.
    #[test]
    fn a_proxy_that_is_not_supported_is_an_error_where_it_would_be_used() {
        let socks = ("ALL_PROXY", "socks5://proxy.example.com");
        for (url, variables, is_error) in [
            ("https://example.com", &[socks][..], true),
            ("http://example.com", &[socks], true),
            ("http://127.0.0.1:9229", &[socks], false),
            ("https://localhost", &[socks], false),
            ("http://169.254.169.254", &[socks], false),
            ("https://example.com", &[socks, ("NO_PROXY", "example.com")], false),
            ("https://example.com", &[socks, ("HTTPS_PROXY", "proxy:1")], false),
            ("http://example.com", &[socks, ("HTTPS_PROXY", "proxy:1")], true),
            ("http://example.com", &[socks, ("HTTP_PROXY", "proxy:1")], false),
            ("ftp://example.com", &[socks], false),
        ] {
            let proxies = of(variables).unwrap();
            assert_eq!(proxies.find(&url.parse().unwrap()).is_err(), is_error, "{url} {variables:?}");
        }
    }
}

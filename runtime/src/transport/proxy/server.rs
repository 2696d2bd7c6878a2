//! A proxy.

use crate::text::REDACTED;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use http::uri::Authority;
use std::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

/// A proxy, as [`Proxies::find`](super::Proxies::find) returns it. Its text is its URL, without user name and password.
///
/// A transport of your own can use it:
///
/// ```
/// use cognito_op::transport::Proxy;
///
/// /// Returns the head of the request that opens a tunnel.
/// fn connect(proxy: &Proxy, host: &str) -> http::Result<http::Request<()>> {
///     let mut request = http::Request::connect(format!("{host}:443")).header("host", host);
///     if let Some(value) = proxy.authorization() {
///         request = request.header("proxy-authorization", value);
///     }
///     request.body(())
/// }
/// ```
#[derive(Clone)]
pub struct Proxy(Arc<Inner>);

struct Inner {
    is_tls: bool,
    host: String,
    port: u16,
    /// The value of the header `Proxy-Authorization`.
    authorization: Option<Zeroizing<String>>,
}

impl Proxy {
    /// Parses the URL of a proxy. An error completes a sentence that begins with the name of the setting.
    pub(super) fn parse(url: &str) -> Result<Self, &'static str> {
        const SOCKS: &str = "is a SOCKS proxy, which is not supported; set an HTTP proxy, or call `no_proxy`";
        const FORM: &str = "must be the URL of an HTTP proxy, such as `http://proxy.example.com:3128`, without a path; \
            special characters in a user name and a password must be percent-encoded";
        let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
        let (is_tls, default_port) = match scheme.to_ascii_lowercase().as_str() {
            "http" => (false, 1080),
            "https" => (true, 443),
            scheme if scheme.starts_with("socks") => return Err(SOCKS),
            _ => return Err(FORM),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if rest.contains(['/', '?', '#']) {
            return Err(FORM);
        }
        let (user_info, rest) = rest.rsplit_once('@').unwrap_or(("", rest));
        let authority: Authority = rest.parse().map_err(|_| FORM)?;
        let host = authority.host();
        let port = match authority.as_str().strip_prefix(host).unwrap_or_default().strip_prefix(':') {
            Some(port) if port.bytes().all(|byte| byte.is_ascii_digit()) => {
                port.parse().ok().filter(|port| *port > 0).ok_or(FORM)?
            }
            Some(_) => return Err(FORM),
            None => default_port,
        };
        if host.is_empty() {
            return Err(FORM);
        }
        Ok(Self(Arc::new(Inner {
            is_tls,
            host: host.to_owned(),
            port,
            authorization: (!user_info.is_empty()).then(|| basic(user_info)),
        })))
    }

    /// Returns the value of the header `Proxy-Authorization`, if the URL contained a user name. It is marked as
    /// sensitive.
    ///
    /// ```
    /// use cognito_op::transport::Proxies;
    ///
    /// let proxies = Proxies::all("http://Aladdin:open%20sesame@proxy.example.com:3128")?;
    /// let proxy = proxies.find(&"https://example.com".parse().unwrap())?.unwrap();
    /// assert_eq!(proxy.authorization().unwrap(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    #[must_use]
    pub fn authorization(&self) -> Option<HeaderValue> {
        // Base64 is always valid in a header.
        let mut value = HeaderValue::from_str(self.credentials()?).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// Returns the value of the header `Proxy-Authorization` as text.
    pub(super) fn credentials(&self) -> Option<&str> {
        self.0.authorization.as_ref().map(|value| value.as_str())
    }

    /// Returns the host, without the brackets of an address, and the port.
    #[cfg(any(feature = "hyper", feature = "ureq"))]
    pub(in crate::transport) fn address(&self) -> (&str, u16) {
        (self.0.host.trim_matches(['[', ']']), self.0.port)
    }

    /// Returns whether the connection to the proxy is encrypted.
    #[cfg(any(feature = "hyper", feature = "ureq"))]
    pub(in crate::transport) fn is_tls(&self) -> bool {
        self.0.is_tls
    }
}

/// Returns the header value for a user name and a password, which are percent-encoded.
fn basic(user_info: &str) -> Zeroizing<String> {
    let (user, password) = user_info.split_once(':').unwrap_or((user_info, ""));
    // The capacities suffice, so that no buffer with a secret is moved.
    let mut decoded = Zeroizing::new(Vec::with_capacity(user_info.len() + 1));
    percent_decode(user, &mut decoded);
    decoded.push(b':');
    percent_decode(password, &mut decoded);
    let mut value = Zeroizing::new(String::with_capacity("Basic ".len() + decoded.len().div_ceil(3) * 4));
    value.push_str("Basic ");
    STANDARD.encode_string(&*decoded, &mut value);
    value
}

/// Appends the decoded text. A `%` without two hexadecimal digits stands for itself, as in curl.
fn percent_decode(text: &str, decoded: &mut Vec<u8>) {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        rest = after;
        match (digit(after.first()), digit(after.get(1))) {
            (Some(high), Some(low)) if *byte == b'%' => {
                decoded.extend(u8::try_from(high * 16 + low));
                rest = &after[2..];
            }
            _ => decoded.push(*byte),
        }
    }
}

impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { is_tls, host, port, .. } = &*self.0;
        write!(f, "{}://{host}:{port}", if *is_tls { "https" } else { "http" })
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let authorization = self.0.authorization.as_ref().map(|_| REDACTED);
        f.debug_struct("Proxy").field("url", &format_args!("{self}")).field("authorization", &authorization).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls() {
        for (url, normalized, user_info) in [
            ("http://proxy:3128", "http://proxy:3128", None),
            ("HTTPS://Proxy.Example.COM/", "https://Proxy.Example.COM:443", None),
            ("proxy", "http://proxy:1080", None),
            ("proxy:8080", "http://proxy:8080", None),
            ("http://[2001:db8::1]:3128", "http://[2001:db8::1]:3128", None),
            ("http://@proxy:1", "http://proxy:1", None),
            ("http://alice@proxy:1", "http://proxy:1", Some("alice:")),
            ("alice:word@proxy:1", "http://proxy:1", Some("alice:word")),
            ("http://alice:p%40s%3as%@proxy:1", "http://proxy:1", Some("alice:p@s:s%")),
            ("http://alice:p@ss@proxy:1", "http://proxy:1", Some("alice:p@ss")),
            ("http://%C3%A4:%2g%@proxy:1", "http://proxy:1", Some("ä:%2g%")),
        ] {
            let proxy = Proxy::parse(url).expect(url);
            assert_eq!(proxy.to_string(), normalized);
            let value = user_info.map(|user_info| format!("Basic {}", STANDARD.encode(user_info)));
            assert_eq!(proxy.credentials(), value.as_deref(), "{url}");
        }
        for bad in [
            "",
            "http://",
            "http://:3128",
            "http://proxy:",
            "http://proxy:0",
            "http://proxy:65536",
            "http://proxy:+1",
            "http://proxy/path",
            "http://proxy?x",
            "http://alice:pa/ss@proxy:1",
            "http://pro xy",
            "http://proxy\r\nx: y",
            "socks5h://proxy",
            "ftp://proxy",
            "://proxy",
        ] {
            assert!(Proxy::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn the_password_is_redacted() {
        let proxy = Proxy::parse("http://alice:canary@proxy:1").unwrap();
        let shown = format!("{proxy} {proxy:?} {:?}", proxy.authorization());
        assert!(!shown.contains("canary") && !shown.contains(&STANDARD.encode("alice:canary")), "{shown}");
    }
}

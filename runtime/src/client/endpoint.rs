//! The endpoints of the regions, and custom endpoints.

use crate::error::Error;
use crate::transport::is_loopback;
use http::Uri;
use http::uri::Authority;
use std::net::Ipv6Addr;

/// The variant of a region's endpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Variant {
    /// Whether its cryptography is validated to FIPS 140.
    pub(super) fips: bool,
    /// Whether it has IPv4 and IPv6 addresses.
    pub(super) dual_stack: bool,
}

/// Returns the URL of a region's endpoint, according to the published endpoint rules.
pub(super) fn of_region(region: &str, variant: Variant) -> Result<Uri, Error> {
    let valid = (1..=63).contains(&region.len())
        && region.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        && !region.starts_with('-')
        && !region.ends_with('-');
    let partition = PARTITIONS.iter().find(|partition| region.starts_with(partition.prefix)).unwrap_or(&AWS);
    // In the partition `aws`, the host name without a variant has IPv6 addresses too.
    let plain = match variant {
        Variant { dual_stack: false, .. } => true,
        Variant { fips: false, .. } => partition.prefix.is_empty(),
        Variant { fips: true, .. } => matches!(region, "us-east-1" | "us-east-2" | "us-west-1" | "us-west-2"),
    };
    let suffix = if plain { partition.suffix } else { partition.dual_stack_suffix };
    let fips = if variant.fips { "-fips" } else { "" };
    match format!("https://cognito-idp{fips}.{region}.{suffix}/").parse() {
        Ok(uri) if valid => Ok(uri),
        _ => Err(Error::misconfigured(
            "the region must consist of 1 to 63 characters of a-z, 0-9 and `-`, such as `eu-west-1`",
        )),
    }
}

/// A partition: the regions with a common DNS suffix.
struct Partition {
    /// The prefix of the names of its regions.
    prefix: &'static str,
    suffix: &'static str,
    dual_stack_suffix: &'static str,
}

impl Partition {
    const fn new(prefix: &'static str, suffix: &'static str, dual_stack_suffix: &'static str) -> Self {
        Self { prefix, suffix, dual_stack_suffix }
    }
}

const AWS: Partition = Partition::new("", "amazonaws.com", "api.aws");

/// The partitions whose regions have a common prefix. All other regions belong to [`AWS`].
const PARTITIONS: [Partition; 7] = [
    Partition::new("cn-", "amazonaws.com.cn", "api.amazonwebservices.com.cn"),
    Partition::new("us-gov-", "amazonaws.com", "api.aws"),
    Partition::new("eusc-", "amazonaws.eu", "api.amazonwebservices.eu"),
    Partition::new("us-iso-", "c2s.ic.gov", "api.aws.ic.gov"),
    Partition::new("us-isob-", "sc2s.sgov.gov", "api.aws.scloud"),
    Partition::new("eu-isoe-", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"),
    Partition::new("us-isof-", "csp.hci.ic.gov", "api.aws.hci.ic.gov"),
];

/// Parses a custom endpoint: `http` or `https`, a host, an optional port and an optional path.
///
/// The URL is normalized, so that every transport sends the header `Host` that a signer computes from it.
pub(super) fn custom(endpoint: &str) -> Result<Uri, Error> {
    const FORM: &str = "the endpoint must be a URL that begins with `https://` or `http://`, without user info, query or \
        fragment, such as `https://cognito.example.com`";
    let uri: Uri = endpoint.parse().map_err(|_| Error::misconfigured(FORM))?;
    let authority = uri.authority().ok_or_else(|| Error::misconfigured(FORM))?;
    // `Uri` drops a fragment silently.
    if !matches!(uri.scheme_str(), Some("https" | "http"))
        || endpoint.contains('#')
        || uri.query().is_some()
        || authority.as_str().contains('@')
        || authority.host().is_empty()
    {
        return Err(Error::misconfigured(FORM));
    }
    let host = authority.host();
    if !is_host(host) {
        return Err(Error::misconfigured(
            "the endpoint's host must be a name or an address, such as `cognito.example.com` or `[::1]`",
        ));
    }
    let port = authority.as_str().strip_prefix(host).unwrap_or_default();
    let is_port = |digits: &str| {
        digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.parse::<u16>().is_ok_and(|port| port > 0)
    };
    if !port.is_empty() && !port.strip_prefix(':').is_some_and(is_port) {
        return Err(Error::misconfigured("the endpoint's port must be a number from 1 to 65535"));
    }
    if !is_path(uri.path()) {
        return Err(Error::misconfigured(
            "the endpoint's path must be valid in a URL: ASCII, with other characters percent-encoded, and without \
             `.` and `..`",
        ));
    }
    let scheme = uri.scheme_str().unwrap_or("https");
    // Requests are posted to a path that ends in a slash.
    let path = uri.path().trim_end_matches('/');
    Uri::builder()
        .scheme(scheme)
        .authority(normalized(authority, if scheme == "https" { 443 } else { 80 }))
        .path_and_query(format!("{path}/"))
        .build()
        .map_err(|_| Error::misconfigured(FORM))
}

/// Returns the authority in lower case, with IPv6 addresses in their canonical form and without the default port.
fn normalized(authority: &Authority, default_port: u16) -> String {
    let host = match bracketed(authority.host()).and_then(|address| address.parse::<Ipv6Addr>().ok()) {
        Some(address) => format!("[{address}]"),
        None => authority.host().to_ascii_lowercase(),
    };
    match authority.port_u16() {
        Some(port) if port != default_port => format!("{host}:{port}"),
        _ => host,
    }
}

/// Checks that an endpoint is encrypted or a loopback address. Otherwise, passwords would be sent unencrypted.
pub(super) fn check_encrypted(endpoint: &Uri) -> Result<(), Error> {
    if endpoint.scheme_str() == Some("https") || endpoint.host().is_some_and(is_loopback) {
        return Ok(());
    }
    Err(Error::misconfigured(
        "the endpoint is plain `http` and not a loopback address, so passwords would be sent unencrypted; use `https`, or \
         call `allow_http()`",
    ))
}

/// Returns whether `host` is a host name or an IPv6 address in brackets. (An IPv4 address has the form of a host name.)
fn is_host(host: &str) -> bool {
    if let Some(address) = bracketed(host) {
        return address.parse::<Ipv6Addr>().is_ok();
    }
    let label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    host.strip_suffix('.').unwrap_or(host).split('.').all(label)
}

/// Returns whether `path` is a [path of a URL](https://www.rfc-editor.org/rfc/rfc3986#section-3.3) without dot
/// segments.
fn is_path(path: &str) -> bool {
    let digits = |escape: &str| escape.len() >= 2 && escape.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/%".contains(&byte);
    let segment = |segment: &str| !matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    path.bytes().all(plain) && path.split('%').skip(1).all(digits) && path.split('/').all(segment)
}

fn bracketed(host: &str) -> Option<&str> {
    host.strip_prefix('[')?.strip_suffix(']')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions() {
        let url = |region, fips, dual_stack| {
            of_region(region, Variant { fips, dual_stack })
                .expect(region)
                .to_string()
                .replace("https://cognito-idp", "")
        };
        for (region, plain, fips, dual_stack, both) in [
            ("eu-west-1", ".#.amazonaws.com/", "-fips.#.amazonaws.com/", ".#.amazonaws.com/", "-fips.#.api.aws/"),
            ("us-east-1", ".#.amazonaws.com/", "-fips.#.amazonaws.com/", ".#.amazonaws.com/", "-fips.#.amazonaws.com/"),
            ("us-west-2", ".#.amazonaws.com/", "-fips.#.amazonaws.com/", ".#.amazonaws.com/", "-fips.#.amazonaws.com/"),
            ("us-gov-west-1", ".#.amazonaws.com/", "-fips.#.amazonaws.com/", ".#.api.aws/", "-fips.#.api.aws/"),
            (
                "cn-north-1",
                ".#.amazonaws.com.cn/",
                "-fips.#.amazonaws.com.cn/",
                ".#.api.amazonwebservices.com.cn/",
                "-fips.#.api.amazonwebservices.com.cn/",
            ),
            (
                "eusc-de-east-1",
                ".#.amazonaws.eu/",
                "-fips.#.amazonaws.eu/",
                ".#.api.amazonwebservices.eu/",
                "-fips.#.api.amazonwebservices.eu/",
            ),
            ("us-iso-east-1", ".#.c2s.ic.gov/", "-fips.#.c2s.ic.gov/", ".#.api.aws.ic.gov/", "-fips.#.api.aws.ic.gov/"),
            (
                "us-isob-east-1",
                ".#.sc2s.sgov.gov/",
                "-fips.#.sc2s.sgov.gov/",
                ".#.api.aws.scloud/",
                "-fips.#.api.aws.scloud/",
            ),
        ] {
            for (fips_wanted, dual_stack_wanted, expected) in
                [(false, false, plain), (true, false, fips), (false, true, dual_stack), (true, true, both)]
            {
                assert_eq!(url(region, fips_wanted, dual_stack_wanted), expected.replace('#', region));
            }
        }
        let long = "a".repeat(64);
        for bad in ["", "eu west 1", "EU-WEST-1", "a@evil.example/", "evil.example", "-a", "a-", "é", "a\n", &long] {
            assert!(of_region(bad, Variant::default()).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn endpoints() {
        for (endpoint, url) in [
            ("http://127.0.0.1:5000", "http://127.0.0.1:5000/"),
            ("http://localhost", "http://localhost/"),
            ("http://[::1]:80/", "http://[::1]/"),
            ("http://127.0.0.1:00443", "http://127.0.0.1:443/"),
            ("HTTPS://Cognito.Example.COM:443", "https://cognito.example.com/"),
            ("https://[FD00::0:1]:8443", "https://[fd00::1]:8443/"),
            ("https://cognito.example.com/base/", "https://cognito.example.com/base/"),
            ("https://cognito.example.com/base", "https://cognito.example.com/base/"),
            ("https://cognito.example.com/a..b/%41~;v=1", "https://cognito.example.com/a..b/%41~;v=1/"),
        ] {
            assert_eq!(custom(endpoint).expect(endpoint).to_string(), url);
            assert!(custom(endpoint).is_ok_and(|endpoint| check_encrypted(&endpoint).is_ok()));
        }
        for bad in [
            "",
            "/",
            "example.com",
            "ftp://example.com",
            "https://user@example.com",
            "https://user:password@example.com",
            "https://example.com?x=1",
            "https://example.com/#x",
            "https://example.com:99999",
            "https://example.com:x",
            "https://",
            "http://127.0.0.1:+80/",
            "http://127.0.0.1:0",
            "http://127.0.0.1:",
            "https://[]",
            "https://[localhost]",
            "http://[127.0.0.1]",
            "https://a..b",
            "https://exa$mple.com",
            "https://[::1%25lo]/",
            "https://example.com/..",
            "https://example.com/a/./b",
            "https://example.com/a/%2e%2E/b",
            "https://example.com/%zz",
            "https://example.com/a%4",
            "https://example.com/é",
            "https://example.com/\"",
            "https://example.com/a\\b",
            "https://example.com/{x}",
        ] {
            assert!(custom(bad).is_err(), "{bad:?}");
        }
        for unencrypted in ["http://example.com", "http://127.0.0.1.example.com", "http://10.0.0.1"] {
            assert!(check_encrypted(&custom(unencrypted).expect("an endpoint")).is_err(), "{unencrypted}");
        }
    }
}

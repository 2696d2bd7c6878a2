//! The hosts that are reached without a proxy.

use crate::transport::is_loopback;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The exceptions of a program, in the form of `NO_PROXY`.
///
/// The rules are those of [`noproxy.c`](https://github.com/curl/curl/blob/master/lib/noproxy.c) of curl.
#[derive(Clone, Debug, Default)]
pub(super) struct Exceptions {
    is_all: bool,
    names: Vec<String>,
    networks: Vec<Network>,
}

impl Exceptions {
    pub(super) fn parse(list: &str) -> Self {
        let mut exceptions = Self { is_all: list == "*", ..Self::default() };
        for entry in list.split([',', ' ', '\t']).filter(|entry| !entry.is_empty()) {
            exceptions.networks.extend(Network::parse(entry));
            let name = entry.strip_suffix('.').unwrap_or(entry);
            let name = name.strip_prefix('.').unwrap_or(name);
            if !name.is_empty() {
                exceptions.names.push(name.to_ascii_lowercase());
            }
        }
        exceptions
    }

    /// Returns whether a host, which is a name or an address, is reached without a proxy.
    pub(super) fn contain(&self, host: &str) -> bool {
        let host = host.strip_suffix('.').unwrap_or(host);
        if self.is_all || is_loopback(host) {
            return true;
        }
        if let Ok(address) = host.trim_matches(['[', ']']).parse::<IpAddr>() {
            // An IPv4 address in `::ffff:0:0/96` reaches the same service. curl does not convert it for `NO_PROXY`.
            let is_of_service = METADATA.iter().any(|network| network.contains(address.to_canonical()));
            return is_of_service || self.networks.iter().any(|network| network.contains(address));
        }
        let host = host.to_ascii_lowercase();
        let parent = |name: &str| host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        host.ends_with(".localhost") || self.names.iter().any(|name| parent(name))
    }
}

/// The addresses of metadata services: those of EC2, ECS and EKS, of IPv4 and IPv6.
const METADATA: [Network; 2] = [
    Network { address: IpAddr::V4(Ipv4Addr::new(169, 254, 0, 0)), prefix: 16 },
    Network { address: IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0)), prefix: 32 },
];

#[derive(Clone, Copy, Debug)]
struct Network {
    address: IpAddr,
    prefix: u32,
}

impl Network {
    /// Parses an address, or a network in CIDR notation.
    fn parse(entry: &str) -> Option<Self> {
        let (address, prefix) = match entry.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse().ok()?)),
            None => (entry, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let bits = if address.is_ipv4() { 32 } else { 128 };
        match prefix {
            // curl takes `/0` for a single address.
            None | Some(0) => Some(Self { address, prefix: bits }),
            Some(prefix) => (prefix <= bits).then_some(Self { address, prefix }),
        }
    }

    fn contains(&self, address: IpAddr) -> bool {
        let (differing, bits) = match (self.address, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => (u128::from(network.to_bits() ^ address.to_bits()), 32),
            (IpAddr::V6(network), IpAddr::V6(address)) => (network.to_bits() ^ address.to_bits(), 128),
            _ => return false,
        };
        differing >> (bits - self.prefix) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table `tests/tests/proxies/no_proxy.rs` compares the rules with curl. These cases are not in it, since
    /// released versions of curl differ.
    #[test]
    fn rules_that_differ_between_versions_of_curl() {
        for (host, list, expected) in [
            ("[2001:db8::1]", "2001:db8::/32", true),
            ("[2001:db9::1]", "2001:db8::/32", false),
            ("[2001:db8::1]", "2001:0DB8:0::1", true),
            ("[2001:db8:8000::1]", "2001:db8::1/33", false),
            ("[2001:db8::1]", "2001:db8::1/128", true),
            ("[2001:db8::1]", "2001:db8::1/129", false),
            ("example.com", "a example.com", true),
            ("10.0.0.1", "10.0.0.1/x", false),
            ("10.0.0.1", "2001:db8::/1", false),
            ("[2001:db8::1]", "0.0.0.0/1", false),
        ] {
            assert_eq!(Exceptions::parse(list).contain(host), expected, "{host} {list}");
        }
    }

    #[test]
    fn loopback_and_metadata_services_are_never_proxied() {
        for (host, expected) in [
            ("localhost", true),
            ("LOCALHOST.", true),
            ("app.localhost", true),
            ("a.b.LocalHost.", true),
            ("applocalhost", false),
            (".localhost.com", false),
            ("127.0.0.1", true),
            ("127.8.8.8", true),
            ("[::1]", true),
            ("[::ffff:127.0.0.1]", true),
            ("169.254.169.254", true),
            ("169.254.170.2", true),
            ("[::ffff:169.254.169.254]", true),
            ("[::ffff:a9fe:aa02]", true),
            ("[::ffff:127.8.8.8]", true),
            ("[::ffff:10.0.0.1]", false),
            ("[64:ff9b::a9fe:a9fe]", false),
            ("[fd00:ec2::254]", true),
            ("[fd00:ec2::23]", true),
            ("[fd00:ec3::23]", false),
            ("169.255.0.1", false),
            ("128.0.0.1", false),
            ("localhost.example.com", false),
        ] {
            assert_eq!(Exceptions::default().contain(host), expected, "{host}");
        }
    }
}

//! The config and credentials files of the AWS SDKs, proxies and endpoints: `cargo fuzz run -s none profiles` in
//! `tests/fuzz`.

#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognito_op::transport::Proxies;
use cognito_op::{Config, Error, Profiles};
use cognito_op_fuzz::{assert_redacted, quotes_secret, with_secret};
use http::Uri;
use libfuzzer_sys::fuzz_target;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

/// The values of the profiles, by the names of the profiles and the keys.
type Values = BTreeMap<String, BTreeMap<String, String>>;

fn load(config: &str, credentials: &str) -> Result<Profiles, Error> {
    let variable = |name: &str| match name {
        "AWS_CONFIG_FILE" => Some("/config".into()),
        "AWS_SHARED_CREDENTIALS_FILE" => Some("/credentials".into()),
        _ => None,
    };
    let read = |path: &std::path::Path| Ok(if path.ends_with("config") { config } else { credentials }.into());
    Profiles::load_with(variable, read)
}

/// Returns the possible keys of the lines of a file.
fn keys(file: &str) -> BTreeSet<String> {
    let key = |line: &str| line.trim().split(['=', ':']).next().map(|key| key.trim_end().to_lowercase());
    file.lines().filter_map(key).collect()
}

/// Returns the values of the config file or of the credentials file.
fn values(profiles: &Profiles, keys: &BTreeSet<String>, is_config: bool) -> Values {
    let of_profile = |name: &str| {
        let profile = profiles.profile(name).expect("it has a name");
        assert_eq!(profile.name(), name);
        let value = |key: &str| if is_config { profile.in_config_file(key) } else { profile.in_credentials_file(key) };
        let values = keys.iter().filter_map(|key| Some((key.clone(), value(key)?.to_owned())));
        (name.to_owned(), values.collect())
    };
    profiles.names().map(of_profile).collect()
}

/// Returns a config file with these values.
fn config_file(values: &Values) -> String {
    let mut file = String::new();
    for (name, values) in values {
        let name = name.replace('\\', "\\\\").replace('"', "\\\"");
        file.push_str(&format!("[profile \"{name}\"]\n"));
        for (key, value) in values {
            file.push_str(&format!("{key} = {}\n", value.replace('\n', "\n  ")));
        }
    }
    file
}

fn check_files(config: &str, credentials: &str) {
    let profiles = match load(config, credentials) {
        Ok(profiles) => profiles,
        Err(error) => {
            assert_redacted(&error);
            let (file, line) = match error.to_string().strip_prefix("/config, line ") {
                Some(line) => (config, line.to_owned()),
                None => (credentials, error.to_string().replacen("/credentials, line ", "", 1)),
            };
            let line: usize = line.split(':').next().and_then(|line| line.parse().ok()).expect("the line");
            assert!((1..=file.lines().count()).contains(&line), "{error}");
            return;
        }
    };
    let names: Vec<&str> = profiles.names().collect();
    assert!(names.iter().any(|name| quotes_secret(name)) || !quotes_secret(&format!("{profiles:?}")));

    // The values do not depend on a byte order mark, the form of line breaks, or comments.
    let keys: BTreeSet<String> = keys(config).into_iter().chain(keys(credentials)).collect();
    let both = |profiles: &Profiles| [true, false].map(|is_config| values(profiles, &keys, is_config));
    let found = both(&profiles);
    let with_comments = |file: &str| {
        let file = file.strip_prefix('\u{feff}').unwrap_or(file);
        format!("\u{feff}; \r\n{}\r\n", file.lines().collect::<Vec<_>>().join("\r\n\t# [default]\r\n"))
    };
    let other = load(&with_comments(config), &with_comments(credentials)).expect("valid files");
    assert_eq!(found, both(&other));

    // The values of the config file can be written and read again. The values of the credentials file take precedence.
    let written = config_file(&found[0]);
    let again = load(&written, "").unwrap_or_else(|error| panic!("{error}: {written}"));
    assert_eq!(found[0], values(&again, &keys, true), "{written}");
    for name in names {
        let profile = profiles.profile(name).expect("it has a name");
        for key in &keys {
            let value = found[1][name].get(key).or(found[0][name].get(key));
            assert_eq!(profile.get(key), value.map(String::as_str), "{name} {key}");
        }
        for error in [profile.service("sts", "endpoint_url").err(), profile.sso_session("sso_region").err()] {
            assert!(error.is_none_or(|error| !error.to_string().contains('\n')));
        }
    }
}

/// Decodes percent-encoding by replacing each escape in place.
fn percent_decoded(text: &str) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes.get(at + 1..at + 3).and_then(|digits| str::from_utf8(digits).ok());
        let is_escape = bytes[at] == b'%' && digits.is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        if is_escape {
            let byte = u8::from_str_radix(digits.expect("two digits"), 16).expect("a byte");
            bytes.splice(at..at + 3, [byte]);
        }
        at += 1;
    }
    bytes
}

fn check_proxy(url: &str) {
    let proxies = match Proxies::all(url) {
        Ok(proxies) => proxies,
        Err(error) => return assert_redacted(&error),
    };
    let target: Uri = "https://example.com/".parse().expect("a URL");
    let proxy = proxies.find(&target).expect("it is valid").expect("a proxy");
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (user_info, host) = rest.rsplit_once('@').unwrap_or(("", rest));
    let shown = format!("{proxies:?} {proxy:?} {proxy}");
    assert!(quotes_secret(host) || !quotes_secret(&shown), "{shown}");
    assert!(!shown.chars().any(char::is_control), "{shown}");
    let authorization = proxy.authorization().map(|value| {
        assert!(value.is_sensitive());
        let value = value.to_str().expect("ASCII").strip_prefix("Basic ").expect("the scheme").to_owned();
        STANDARD.decode(value).expect("Base64")
    });
    let (user, password) = user_info.split_once(':').unwrap_or((user_info, ""));
    let expected = [percent_decoded(user), percent_decoded(password)].join(&b':');
    assert_eq!(authorization, (!user_info.is_empty()).then_some(expected));
    // The displayed URL leads to the same proxy.
    let again = Proxies::all(proxy.to_string()).expect("a URL");
    assert_eq!(again.find(&target).expect("it is valid").map(ToString::to_string), Some(proxy.to_string()));
}

/// Returns whether an entry of the list of exceptions applies to a host.
fn is_excepted(host: &str, entry: &str) -> bool {
    let bits = |address: IpAddr| match address {
        IpAddr::V4(address) => format!("4{:032b}", address.to_bits()),
        IpAddr::V6(address) => format!("6{:0128b}", address.to_bits()),
    };
    if let Ok(host) = host.parse::<IpAddr>() {
        let (network, prefix) =
            entry.split_once('/').map_or((entry, None), |(network, prefix)| (network, Some(prefix)));
        let Ok(network) = network.parse().map(bits) else { return false };
        let length = match prefix.map(str::parse::<usize>) {
            None | Some(Ok(0)) => network.len() - 1,
            Some(Ok(prefix)) if prefix < network.len() => prefix,
            _ => return false,
        };
        return network[..=length] == bits(host)[..network[..=length].len().min(bits(host).len())];
    }
    let entry = entry.strip_suffix('.').unwrap_or(entry);
    let entry = entry.strip_prefix('.').unwrap_or(entry).to_ascii_lowercase();
    let mut ends = (0..host.len()).filter(|at| *at == 0 || host.as_bytes()[at - 1] == b'.');
    !entry.is_empty() && ends.any(|at| host[at..] == entry)
}

fn check_exceptions(list: &str) {
    let proxies = Proxies::all("proxy:3128").expect("a proxy").except(list);
    for host in ["a.b.example", "example", "10.1.2.3", "2001:db8::5", "192.0.2.1"] {
        let url = if host.contains(':') { format!("https://[{host}]/") } else { format!("https://{host}/") };
        let is_direct = proxies.find(&url.parse().expect("a URL")).expect("it is valid").is_none();
        let mut entries = list.split([',', ' ', '\t']);
        assert_eq!(is_direct, list == "*" || entries.any(|entry| is_excepted(host, entry)), "{host}");
    }
    for host in ["localhost", "a.localhost", "127.0.0.1", "[::1]", "169.254.169.254", "[::ffff:169.254.169.254]"] {
        let url = format!("http://{host}/").parse().expect("a URL");
        assert!(proxies.find(&url).expect("it is valid").is_none(), "{host}");
    }
}

fn check_endpoint(url: &str) {
    let config = match Config::builder().endpoint(url).build() {
        Ok(config) => config,
        Err(error) => return assert!(!error.to_string().chars().any(char::is_control), "{error}"),
    };
    let endpoint = config.endpoint().to_string();
    let host = config.endpoint().host().expect("a host").trim_matches(['[', ']']);
    let is_loopback =
        host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback());
    assert!(endpoint.starts_with("https://") || (endpoint.starts_with("http://") && is_loopback), "{endpoint}");
    assert!(!config.endpoint().authority().is_some_and(|authority| authority.as_str().contains('@')), "{endpoint}");
    let again = Config::builder().endpoint(&endpoint).build().unwrap_or_else(|error| panic!("{error}: {endpoint}"));
    assert_eq!(again.endpoint().to_string(), endpoint);
}

fuzz_target!(|input: &str| {
    let input = with_secret(input);
    let mut characters = input.chars();
    match characters.next() {
        Some('p') => check_proxy(characters.as_str()),
        Some('n') => check_exceptions(characters.as_str()),
        Some('e') => check_endpoint(characters.as_str()),
        _ => {
            let (config, credentials) = input.split_once('\0').unwrap_or((&input, ""));
            check_files(config, credentials);
        }
    }
});

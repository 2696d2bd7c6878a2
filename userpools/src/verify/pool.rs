//! The user pools of a verifier, and their issuers.

use super::cache::KeySet;
use super::error::VerifyError;
use cognito_op::http::Uri;
use cognito_op::{Config, SingleFlight};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A user pool as it was set on the builder.
#[derive(Clone, Default)]
pub(super) struct PoolSettings {
    pub(super) id: String,
    pub(super) clients: Vec<String>,
    pub(super) any_client: bool,
    pub(super) issuer: Option<String>,
    pub(super) keys_url: Option<String>,
    pub(super) replicas: Vec<String>,
}

/// A user pool whose tokens are accepted.
pub(super) struct Pool {
    pub(super) id: String,
    /// The ids of the app clients, or `None` for any.
    pub(super) clients: Option<Vec<String>>,
}

/// An issuer of a pool, and its keys.
pub(super) struct Issuer {
    pub(super) pool: Arc<Pool>,
    /// The claim `iss`.
    pub(super) url: String,
    pub(super) keys_url: Uri,
    /// Whether it must exist. Most pools have no updated issuer, whose host begins with `issuer-`.
    pub(super) primary: bool,
    keys: Mutex<KeySet>,
    pub(super) fetch: SingleFlight<()>,
}

impl Issuer {
    pub(super) fn keys(&self) -> MutexGuard<'_, KeySet> {
        // The state is consistent even after a panic in another thread.
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PoolSettings {
    /// Checks the settings, and returns the issuers of the pool.
    pub(super) fn check(self, allow_http: bool) -> Result<Vec<Arc<Issuer>>, VerifyError> {
        let Self { id, clients, any_client, issuer, keys_url, replicas } = self;
        let region = region(&id).ok_or_else(|| {
            VerifyError::misconfigured(
                "the id of a user pool consists of a region, `_` and letters or digits, such as `eu-west-1_Ab12Cd34E`",
            )
        })?;
        let clients = match (any_client, clients.is_empty()) {
            (true, true) => None,
            (false, false) => Some(clients),
            (true, false) => return Err(VerifyError::misconfigured("`client_id` and `any_client` exclude each other")),
            (false, true) => {
                let detail = format!(
                    "the user pool {id} has no app client; set one with `client_id`, or accept all with `any_client`"
                );
                return Err(VerifyError::misconfigured(detail));
            }
        };
        // The published form of ids.
        let is_id = |client: &String| {
            !client.is_empty() && client.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'+'))
        };
        if !clients.iter().flatten().all(is_id) {
            let detail = "the id of an app client consists of letters and digits, such as `1example23456789`";
            return Err(VerifyError::misconfigured(detail));
        }
        let urls = match issuer {
            Some(url) if replicas.is_empty() => vec![(url, true)],
            Some(_) => return Err(VerifyError::misconfigured("`issuer` and `replica_region` exclude each other")),
            None => {
                let mut urls = Vec::new();
                for region in std::iter::once(region).chain(replicas.iter().map(String::as_str)) {
                    let host = host(region)?;
                    urls.push((format!("https://{host}/{id}"), true));
                    urls.push((format!("https://issuer-{host}/{id}"), false));
                }
                urls
            }
        };
        let pool = Arc::new(Pool { id, clients });
        let issuer = |(url, primary): (String, bool)| {
            let keys_url = match &keys_url {
                Some(keys_url) => keys_uri(keys_url, allow_http)?,
                None => keys_uri(&format!("{}/.well-known/jwks.json", url.trim_end_matches('/')), allow_http)?,
            };
            let (pool, keys, fetch) = (Arc::clone(&pool), Mutex::default(), SingleFlight::new());
            Ok(Arc::new(Issuer { pool, url, keys_url, primary, keys, fetch }))
        };
        urls.into_iter().map(issuer).collect()
    }
}

/// Returns the region of a pool: the part of its id before `_`.
fn region(pool: &str) -> Option<&str> {
    let (region, name) = pool.split_once('_')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_name && pool.len() <= 55).then_some(region)
}

/// Returns the host of the endpoint of a region: `cognito-idp.eu-west-1.amazonaws.com`.
fn host(region: &str) -> Result<String, VerifyError> {
    let config = Config::builder().region(region).build();
    let config = config.map_err(|error| VerifyError::misconfigured(format!("the region is not valid: {error}")))?;
    Ok(config.endpoint().host().unwrap_or_default().to_owned())
}

/// Parses the URL of keys. It is encrypted, or a loopback address.
fn keys_uri(url: &str, allow_http: bool) -> Result<Uri, VerifyError> {
    let builder = Config::builder().endpoint(url);
    let builder = if allow_http { builder.allow_http() } else { builder };
    // The texts of these errors are about requests with passwords.
    if builder.build().is_ok()
        && let Ok(url) = url.parse()
    {
        return Ok(url);
    }
    let detail = "the issuer, or the URL of the keys, must be a URL that begins with `https://`; plain `http://` is for \
                  loopback addresses, unless `allow_http` is called, since others could replace the keys on the way";
    Err(VerifyError::misconfigured(detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issuers(id: &str, replicas: &[&str]) -> Vec<String> {
        let replicas = replicas.iter().map(|region| (*region).to_owned()).collect();
        let settings = PoolSettings { id: id.to_owned(), any_client: true, replicas, ..PoolSettings::default() };
        settings.check(false).expect("issuers").iter().map(|issuer| issuer.url.clone()).collect()
    }

    #[test]
    fn issuers_of_all_partitions() {
        for (id, suffix) in [
            ("eu-west-1_Ab12Cd34E", "amazonaws.com"),
            ("us-gov-west-1_Ab12Cd34E", "amazonaws.com"),
            ("cn-north-1_Ab12Cd34E", "amazonaws.com.cn"),
            ("eusc-de-east-1_Ab12Cd34E", "amazonaws.eu"),
            ("us-iso-east-1_Ab12Cd34E", "c2s.ic.gov"),
            ("us-isob-east-1_Ab12Cd34E", "sc2s.sgov.gov"),
            ("eu-isoe-west-1_Ab12Cd34E", "cloud.adc-e.uk"),
            ("us-isof-south-1_Ab12Cd34E", "csp.hci.ic.gov"),
        ] {
            let region = id.split('_').next().expect("a region");
            let of = |prefix: &str| format!("https://{prefix}cognito-idp.{region}.{suffix}/{id}");
            assert_eq!(issuers(id, &[]), [of(""), of("issuer-")]);
        }
        let id = "eu-west-1_Ab12Cd34E";
        let replicated = issuers(id, &["us-west-2"]);
        assert_eq!(replicated.len(), 4);
        assert!(replicated.contains(&format!("https://cognito-idp.us-west-2.amazonaws.com/{id}")));
    }

    #[test]
    fn wrong_settings_are_errors() {
        for id in ["", "eu-west-1", "_Ab12", "eu-west-1_", "eu-west-1_Ab/12", "eu west_Ab12", "EU_Ab12", "a.b_c"] {
            let settings = PoolSettings { id: id.to_owned(), any_client: true, ..PoolSettings::default() };
            assert!(settings.check(false).is_err(), "{id}");
        }
        let pool = |clients: &[&str], any_client, issuer: Option<&str>| PoolSettings {
            id: "eu-west-1_Ab12".to_owned(),
            clients: clients.iter().map(|client| (*client).to_owned()).collect(),
            any_client,
            issuer: issuer.map(str::to_owned),
            ..PoolSettings::default()
        };
        assert!(pool(&[], false, None).check(false).is_err());
        assert!(pool(&["a"], true, None).check(false).is_err());
        assert!(pool(&[" "], false, None).check(false).is_err());
        assert!(pool(&["a"], false, Some("http://127.0.0.1:9229/pool")).check(false).is_ok());
        assert!(pool(&["a"], false, Some("http://example.com/pool")).check(false).is_err());
        assert!(pool(&["a"], false, Some("http://example.com/pool")).check(true).is_ok());
        assert!(pool(&["a"], false, Some("not a URL")).check(true).is_err());
    }
}

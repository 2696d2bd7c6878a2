//! The builder of a client.

use super::authorize::check_redirect_uri;
use super::client::{Inner, OAuthClient};
use super::error::OAuthError;
use super::request::App;
use crate::verify::{KeyClient, Verifier};
use cognito_op::Config;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

impl<C: KeyClient> OAuthClient<C> {
    /// Returns a builder. Requests are sent with the transport of `client`. Its region, endpoint and app client are
    /// not used.
    pub fn builder(client: &C) -> OAuthClientBuilder<C> {
        OAuthClientBuilder {
            client: client.clone(),
            domain: None,
            app_client: None,
            redirect_uri: None,
            scopes: Vec::new(),
            user_pool: None,
            verifier: None,
            timeout: Duration::from_secs(10),
        }
    }
}

/// The builder of an [`OAuthClient`].
///
/// It needs a domain and an app client. Managed login also needs the user pool.
///
/// ```
/// use cognito_userpools::Client;
/// use cognito_userpools::oauth::{OAuthClient, OAuthError};
///
/// # fn build(client: &Client) -> Result<OAuthClient, OAuthError> {
/// OAuthClient::builder(client)
///     .domain("login.shop.example.com")
///     .public_app_client("1example23456789")
///     .user_pool("eu-west-1_Ab12Cd34E")
///     .redirect_uri("https://shop.example.com/callback")
///     .build()
/// # }
/// ```
#[must_use]
pub struct OAuthClientBuilder<C> {
    client: C,
    domain: Option<Domain>,
    app_client: Option<(String, Option<Zeroizing<String>>)>,
    redirect_uri: Option<String>,
    scopes: Vec<String>,
    user_pool: Option<String>,
    verifier: Option<Verifier<C>>,
    timeout: Duration,
}

#[derive(Clone, Debug)]
enum Domain {
    Prefix { prefix: String, region: String },
    Url(String),
}

impl<C: KeyClient> OAuthClientBuilder<C> {
    /// Sets a [prefix
    /// domain](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html)
    /// of the service: `https://PREFIX.auth.REGION.amazoncognito.com`, and in the regions `us-gov-…`
    /// `https://PREFIX.auth-fips.REGION.amazoncognito.com`. The documentation lists no prefix domains of other
    /// partitions, such as China; use [`domain`](Self::domain) there.
    pub fn prefix_domain(mut self, prefix: impl Into<String>, region: impl Into<String>) -> Self {
        self.domain = Some(Domain::Prefix { prefix: prefix.into(), region: region.into() });
        self
    }

    /// Sets the host name of a custom domain, such as `login.example.com`, or the URL of any domain. Plain `http` is
    /// accepted for loopback addresses only, such as that of an emulator.
    pub fn domain(mut self, domain: impl Into<String>) -> Self {
        self.domain = Some(Domain::Url(domain.into()));
        self
    }

    /// Sets an app client with a secret.
    pub fn app_client(mut self, id: impl Into<String>, secret: impl Into<String>) -> Self {
        self.app_client = Some((id.into(), Some(Zeroizing::new(secret.into()))));
        self
    }

    /// Sets an app client without a secret.
    pub fn public_app_client(mut self, id: impl Into<String>) -> Self {
        self.app_client = Some((id.into(), None));
        self
    }

    /// Sets the URL of the callback: an allowed callback URL of the app client.
    pub fn redirect_uri(mut self, url: impl Into<String>) -> Self {
        self.redirect_uri = Some(url.into());
        self
    }

    /// Sets the scopes of managed login, such as `openid`. Without scopes, the service grants all scopes of the app
    /// client.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the id of the user pool, whose identity tokens are verified.
    pub fn user_pool(mut self, id: impl Into<String>) -> Self {
        self.user_pool = Some(id.into());
        self
    }

    /// Sets the verifier of identity tokens, instead of [`user_pool`](Self::user_pool): one that the program has for
    /// other tokens of the app client, or one with an issuer of its own.
    pub fn verifier(mut self, verifier: Verifier<C>) -> Self {
        self.verifier = Some(verifier);
        self
    }

    /// Sets the timeout of a request: 10 seconds by default. The timeouts of the client apply as well.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Builds the client. No request is sent.
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](super::OAuthReason::Misconfigured) if the domain or the app client is missing, or if a
    /// setting is not valid.
    pub fn build(self) -> Result<OAuthClient<C>, OAuthError> {
        let Self { client, domain, app_client, redirect_uri, scopes, user_pool, verifier, timeout } = self;
        let domain = domain
            .ok_or_else(|| OAuthError::misconfigured("there is no domain; set one with `prefix_domain` or `domain`"))?;
        let domain = domain.url()?;
        let (id, secret) = app_client.ok_or_else(|| {
            OAuthError::misconfigured("there is no app client; set one with `app_client` or `public_app_client`")
        })?;
        if id.is_empty() || secret.as_ref().is_some_and(|secret| secret.is_empty()) {
            return Err(OAuthError::misconfigured("the id or the secret of the app client is empty"));
        }
        redirect_uri.as_deref().map_or(Ok(()), check_redirect_uri)?;
        let verifier = match (verifier, user_pool) {
            (Some(_), Some(_)) => {
                return Err(OAuthError::misconfigured("`user_pool` and `verifier` exclude each other"));
            }
            (None, Some(pool)) => {
                let verifier = Verifier::builder().user_pool(pool).client_id(&id).build(&client);
                Some(verifier.map_err(|error| OAuthError::misconfigured(error.to_string()))?)
            }
            (verifier, None) => verifier,
        };
        let app = App { domain, id, secret };
        Ok(OAuthClient(Arc::new(Inner { client, app, redirect_uri, scopes, verifier, timeout })))
    }
}

impl Domain {
    /// Returns the URL, which ends in a slash.
    fn url(self) -> Result<String, OAuthError> {
        let url = match self {
            Self::Prefix { prefix, region } => prefix_domain(&prefix, &region)?,
            Self::Url(url) if url.contains("://") => url,
            Self::Url(host) => format!("https://{host}"),
        };
        // The texts of these errors are about the endpoints of operations.
        let config = Config::builder().endpoint(url).build().map_err(|_| {
            OAuthError::misconfigured(
                "the domain must be a host name such as `login.example.com`, or a URL that begins with `https://`; plain \
                 `http://` is for loopback addresses",
            )
        })?;
        Ok(config.endpoint().to_string())
    }
}

fn prefix_domain(prefix: &str, region: &str) -> Result<String, OAuthError> {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if prefix.is_empty()
        || prefix.len() > 63
        || !prefix.bytes().all(is_inner)
        || prefix.starts_with('-')
        || prefix.ends_with('-')
    {
        return Err(OAuthError::misconfigured(
            "the prefix of a domain consists of a-z, 0-9 and `-`, such as `shop`; for a host name, use `domain`",
        ));
    }
    let config = Config::builder().region(region).build();
    let config = config.map_err(|error| OAuthError::misconfigured(error.to_string()))?;
    let is_listed = config.endpoint().host().is_some_and(|host| host.ends_with(".amazonaws.com"));
    if !is_listed {
        return Err(OAuthError::misconfigured(
            "AWS documents no prefix domains for this region; set the URL of the domain with `domain`",
        ));
    }
    let auth = if region.starts_with("us-gov-") { "auth-fips" } else { "auth" };
    Ok(format!("https://{prefix}.{auth}.{region}.amazoncognito.com"))
}

impl<C> fmt::Debug for OAuthClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthClientBuilder").field("domain", &self.domain).finish_non_exhaustive()
    }
}

//! AWS credentials from the sources of the AWS SDKs, with the feature `credentials-chain`.
//!
//! A program with a [`Chain`] runs without changes on a laptop, in Lambda, in ECS and EKS, and on EC2:
//!
//! ```no_run
//! # #[cfg(feature = "hyper")]
//! # fn build() -> Result<(), cognito_userpools::Error> {
//! use cognito_userpools::Client;
//! use cognito_userpools::credentials::Chain;
//!
//! let client = Client::builder().from_env().credentials(Chain::from_env()).build()?;
//! # Ok(())
//! # }
//! ```
//!
//! # Sources
//!
//! The chain asks these sources in the order of [botocore](https://pypi.org/project/botocore/), which the AWS CLI uses.
//! It ends at the first source that is configured, even if that source fails:
//!
//! | source | settings: variables, and `keys` of the profile |
//! |---|---|
//! | environment | those of [`Credentials::from_env`](crate::Credentials::from_env) |
//! | assumed role | `role_arn` with `source_profile` or `credential_source`; `role_session_name`, `external_id`, `duration_seconds` |
//! | web identity | `AWS_WEB_IDENTITY_TOKEN_FILE`, `AWS_ROLE_ARN`, `AWS_ROLE_SESSION_NAME`; `web_identity_token_file`, `role_arn`, `role_session_name` |
//! | SSO | `sso_account_id`, `sso_role_name`, and `sso_session` or `sso_start_url` with `sso_region` |
//! | credentials file | `aws_access_key_id`, `aws_secret_access_key`, `aws_session_token` |
//! | process | `credential_process` |
//! | config file | the keys as in the credentials file |
//! | container | `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` or `AWS_CONTAINER_CREDENTIALS_FULL_URI`; `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE` or `AWS_CONTAINER_AUTHORIZATION_TOKEN` |
//! | instance metadata | `AWS_EC2_METADATA_DISABLED`, `AWS_EC2_METADATA_SERVICE_ENDPOINT`, `AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE`, `AWS_METADATA_SERVICE_TIMEOUT`, `AWS_METADATA_SERVICE_NUM_ATTEMPTS`, and the keys `ec2_metadata_service_endpoint`, `ec2_metadata_service_endpoint_mode`, `metadata_service_timeout`, `metadata_service_num_attempts` |
//!
//! [`Chain::profile`], or else the environment, selects the profile; see [`Profiles`]. A selected profile must exist.
//! If the program selects it, the chain ignores the variables of the sources environment and web identity, as botocore
//! does.
//!
//! Requests to AWS STS and to the portal of SSO use the region and the endpoints of the environment and the profile:
//! `AWS_REGION`, `AWS_DEFAULT_REGION`, `AWS_ENDPOINT_URL_STS`, `AWS_ENDPOINT_URL_SSO`, `AWS_ENDPOINT_URL`, the section
//! `services`, `AWS_USE_FIPS_ENDPOINT`, `AWS_USE_DUALSTACK_ENDPOINT` and `AWS_STS_REGIONAL_ENDPOINTS`.
//!
//! # Differences from botocore
//!
//! - The instance metadata is read with version 2 of its protocol only, which begins with a token. Its endpoint, like
//!   that of a container, is `https`, a loopback address, or one of the addresses of AWS.
//! - A profile with `mfa_serial` or `login_session` is an error, since the chain cannot ask for a code and cannot renew
//!   such a session.
//! - An SSO token is not renewed. When it has expired, run `aws sso login`.
//! - `AWS_SESSION_TOKEN` takes precedence over `AWS_SECURITY_TOKEN`, and `AWS_REGION` over `AWS_DEFAULT_REGION`, as in
//!   the other AWS SDKs.
//! - The files of boto 2 and of the first tools for EC2 are not read, and no token from a pipe or a device.
//!
//! # Requests
//!
//! A source is asked only if those before it are not configured. If the environment contains credentials, the chain
//! sends no request. The client, and not the chain, [caches the
//! credentials](https://docs.rs/cognito-op/latest/cognito_op/guide/signed/index.html#credentials). It asks the chain
//! again before they expire. The chain then reads the variables, the files and the tokens again.
//!
//! The timeout of an attempt is one second for the instance metadata, two seconds for a container and five seconds for
//! the services. That of the whole chain is nine seconds; [`Chain::timeout`] changes it. When it expires, a running
//! process is killed, but not the processes that it has started.
//!
//! The chain reads files on the thread of the caller: the two files of profiles and at most one token, which are small.
//! A process runs beside it, with the environment of the program and without input. Its error output is discarded.

mod context;
mod error;
mod http;
mod json;
mod metadata;
mod process;
mod profile;
mod sso;
mod sts;

pub use self::error::ChainError;

use self::context::Context;
use self::http::{Http, Transports};
use cognito_op::transport::{BoxFuture, Transport};
use cognito_op::{Credentials, Error, Profiles, ProvideCredentials, SignError, blocking};
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A source of credentials: the chain of sources that the AWS SDKs have. See the [module](self) for their order.
///
/// It is for asynchronous and for blocking clients:
///
/// ```no_run
/// # #[cfg(feature = "ureq")]
/// # fn build() -> Result<(), cognito_userpools::Error> {
/// use cognito_userpools::blocking::Client;
/// use cognito_userpools::credentials::Chain;
///
/// let client = Client::builder().from_env().credentials(Chain::from_env()).build()?;
/// # Ok(())
/// # }
/// ```
///
/// If there are no credentials, a call returns an error of the kind [`Signing`](crate::ErrorKind::Signing), whose
/// [`source`](std::error::Error::source) is a [`ChainError`].
pub struct Chain {
    profile: Option<String>,
    region: Option<String>,
    timeout: Duration,
    transports: Transports<dyn Transport>,
    blocking_transports: Transports<dyn blocking::Transport>,
}

impl Chain {
    /// Returns a chain with the settings of the environment. It reads the environment for each fetch.
    #[must_use]
    pub fn from_env() -> Self {
        Self {
            profile: None,
            region: None,
            // The client gives up a fetch after ten seconds.
            timeout: Duration::from_secs(9),
            transports: Transports::default(),
            blocking_transports: Transports::default(),
        }
    }

    /// Sets the profile. The variables of the sources environment and web identity are then ignored. The client takes
    /// its region and its other settings from the same profile with [`from_profile`](crate::Builder::from_profile):
    ///
    /// ```
    /// use cognito_userpools::Client;
    /// use cognito_userpools::credentials::Chain;
    ///
    /// let chain = Chain::from_env().profile("staging");
    /// let builder = Client::builder().from_profile("staging").credentials(chain);
    /// ```
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// Sets the region of AWS STS. By default, it is that of the environment or of the profile. Without a region, the
    /// global endpoint is used.
    ///
    /// ```
    /// use cognito_userpools::credentials::Chain;
    ///
    /// let chain = Chain::from_env().region("eu-west-1");
    /// ```
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sets the timeout of the whole chain. The default is 9 seconds, since a client gives up after 10 seconds.
    ///
    /// ```
    /// use cognito_userpools::credentials::Chain;
    /// use std::time::Duration;
    ///
    /// let chain = Chain::from_env().timeout(Duration::from_secs(3));
    /// ```
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the transport for the requests of asynchronous clients. It must not send requests to metadata services
    /// through a proxy.
    ///
    /// By default, the chain creates up to two [`HyperTransport`](crate::HyperTransport)s when it first needs them: one
    /// for services, with the settings of [`from_env`](crate::Builder::from_env) or, with a profile, of
    /// [`from_profile`](crate::Builder::from_profile), and one for metadata services, without these settings.
    ///
    /// ```
    /// use cognito_userpools::credentials::Chain;
    /// use cognito_userpools::transport::Transport;
    ///
    /// fn chain(transport: impl Transport + 'static) -> Chain {
    ///     Chain::from_env().transport(transport)
    /// }
    /// ```
    #[must_use]
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transports.set(Arc::new(transport));
        self
    }

    /// Sets the transport for the requests of blocking clients. The defaults are
    /// [`UreqTransport`](crate::UreqTransport)s; see [`transport`](Self::transport).
    ///
    /// ```
    /// use cognito_userpools::blocking::Transport;
    /// use cognito_userpools::credentials::Chain;
    ///
    /// fn chain(transport: impl Transport + 'static) -> Chain {
    ///     Chain::from_env().blocking_transport(transport)
    /// }
    /// ```
    #[must_use]
    pub fn blocking_transport(mut self, transport: impl blocking::Transport + 'static) -> Self {
        self.blocking_transports.set(Arc::new(transport));
        self
    }

    async fn load(&self, http: &dyn Http) -> Result<Credentials, ChainError> {
        let begun = Instant::now();
        let invalid = |why: Error| {
            let mut error = ChainError::default();
            error.add("profile", why.to_string());
            error
        };
        // A file that is not valid, and a selected profile that does not exist, end the chain before the environment.
        let profiles = Profiles::load().map_err(invalid)?;
        let profile = self.profile.as_ref().map_or_else(|| profiles.selected(), |name| profiles.named(name));
        let profile = profile.map_err(invalid)?;
        let region = self.region.as_deref();
        let selected = self.profile.as_deref();
        let context = Context { http, profiles: &profiles, profile, selected, region, begun, timeout: self.timeout };
        let found = profile::load(&context, self.profile.is_none()).await?;
        #[cfg(feature = "tracing")]
        tracing::debug!(target: "cognito_userpools", source = found.source, "found AWS credentials");
        #[cfg(not(feature = "tracing"))]
        let _ = found.source;
        Ok(found.credentials)
    }
}

impl ProvideCredentials for Chain {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, SignError>> {
        Box::pin(async { Ok(self.load(&self.transports).await?) })
    }
}

impl blocking::ProvideCredentials for Chain {
    fn provide(&self) -> Result<Credentials, SignError> {
        Ok(blocking::wait(self.load(&self.blocking_transports))?)
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { profile, region, timeout, .. } = self;
        let mut shown = f.debug_struct("Chain");
        shown.field("profile", profile).field("region", region).field("timeout", timeout).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_the_settings() {
        let chain = Chain::from_env().profile("dev").region("eu-west-1");
        let expected = "Chain { profile: Some(\"dev\"), region: Some(\"eu-west-1\"), timeout: 9s, .. }";
        assert_eq!(format!("{chain:?}"), expected);
    }
}

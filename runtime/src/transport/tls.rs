//! TLS as the transports that ship begin with it.

use std::sync::Arc;

/// ring. It is always given, so that none has to be installed for the process, and one that is changes nothing.
pub(super) fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

#[cfg(feature = "hyper")]
pub(super) fn builder() -> Result<rustls::ConfigBuilder<rustls::ClientConfig, rustls::WantsVerifier>, crate::Error> {
    rustls::ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions().map_err(unusable)
}

#[cfg(feature = "hyper")]
#[expect(clippy::needless_pass_by_value, reason = "as `map_err` has it")]
pub(super) fn unusable(why: rustls::Error) -> crate::Error {
    crate::Error::misconfigured(format!("TLS cannot be set up: {why}"))
}

//! The TLS configuration of the built-in transports.

use crate::error::Error;
use crate::file;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};
use std::fmt;
use std::sync::Arc;

/// Returns a builder with the crypto provider of ring, which is always passed explicitly, so that the process needs no
/// installed provider.
fn builder() -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, Error> {
    let builder = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()));
    builder.with_safe_default_protocol_versions().map_err(|error| misconfigured(&error))
}

/// Returns a configuration that trusts these root certificates.
pub(super) fn config(roots: RootCertStore) -> Result<ClientConfig, Error> {
    Ok(builder()?.with_root_certificates(roots).with_no_client_auth())
}

/// Returns a configuration that trusts the root certificates of the operating system.
#[cfg(feature = "platform-roots")]
pub(super) fn platform_config() -> Result<ClientConfig, Error> {
    use rustls_platform_verifier::BuilderVerifierExt as _;

    let config = builder()?.with_platform_verifier().map_err(|error| misconfigured(&error))?;
    Ok(config.with_no_client_auth())
}

/// Returns the configuration with HTTP/1.1 as the only protocol.
pub(super) fn for_http1(mut config: ClientConfig) -> Arc<ClientConfig> {
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Arc::new(config)
}

/// Returns the root certificates of Mozilla.
pub(crate) fn mozilla_roots() -> RootCertStore {
    RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() }
}

/// Reads a file of root certificates.
pub(crate) fn read(path: &str) -> Result<RootCertStore, Error> {
    let file = file::read(path.as_ref());
    roots([file.map_err(|error| Error::misconfigured(format!("cannot read the file: {error}")))?])
}

/// Parses root certificates in PEM or DER. Any invalid certificate is an error.
pub(super) fn roots<C: AsRef<[u8]>>(certificates: impl IntoIterator<Item = C>) -> Result<RootCertStore, Error> {
    let mut store = RootCertStore::empty();
    let mut add = |certificate| store.add(certificate).map_err(|error| misconfigured(&error));
    for certificate in certificates {
        let bytes = certificate.as_ref();
        if bytes.windows(PEM.len()).any(|window| window == PEM) {
            for certificate in CertificateDer::pem_slice_iter(bytes) {
                add(certificate.map_err(|error| misconfigured(&error))?)?;
            }
        } else {
            add(CertificateDer::from(bytes.to_vec()))?;
        }
    }
    if store.is_empty() {
        return Err(misconfigured(&"there is no root certificate"));
    }
    Ok(store)
}

const PEM: &[u8] = b"-----BEGIN ";

fn misconfigured(reason: &dyn fmt::Display) -> Error {
    Error::misconfigured(format!("cannot set up TLS: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    fn certificate() -> rcgen::Certificate {
        rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap().cert
    }

    /// Returns a certificate in PEM, after a line of other text.
    fn pem(certificate: &rcgen::Certificate) -> String {
        use base64::Engine as _;

        let base64 = base64::engine::general_purpose::STANDARD.encode(certificate.der());
        format!("localhost\n-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n")
    }

    #[test]
    fn certificates_in_pem_and_der() {
        let (one, two) = (certificate(), certificate());
        let mut both = RootCertStore::empty();
        both.add_parsable_certificates([one.der().clone(), two.der().clone()]);
        assert_eq!(roots([one.der(), two.der()]).unwrap().roots, both.roots);
        assert_eq!(roots([pem(&one), pem(&two)]).unwrap().roots, both.roots);
        assert_eq!(roots([pem(&one) + &pem(&two)]).unwrap().roots, both.roots);
    }

    #[test]
    fn invalid_certificates_are_errors() {
        let valid = pem(&certificate());
        for (invalid, text) in [
            (vec![], "there is no root certificate"),
            (vec![String::new()], "BadEncoding"),
            (vec!["no certificate".to_owned()], "BadEncoding"),
            (vec![valid.clone(), valid[..100].to_owned()], "section"),
            (vec![valid.replace("CERTIFICATE", "PRIVATE KEY")], "there is no root certificate"),
        ] {
            let error = roots(&invalid).err().unwrap();
            assert_eq!(error.kind(), ErrorKind::Misconfigured);
            assert!(error.to_string().contains(text), "{invalid:?}: {error}");
        }
    }
}

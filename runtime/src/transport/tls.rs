//! The TLS configuration of the built-in transports.

use crate::error::Error;
use rustls::RootCertStore;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use std::fmt;
use std::sync::Arc;

/// Returns the crypto provider of ring. It is always passed explicitly, so that the process needs no installed
/// provider.
pub(super) fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

#[cfg(feature = "hyper")]
pub(super) fn builder() -> Result<rustls::ConfigBuilder<rustls::ClientConfig, rustls::WantsVerifier>, Error> {
    let builder = rustls::ClientConfig::builder_with_provider(provider());
    builder.with_safe_default_protocol_versions().map_err(|error| misconfigured(&error))
}

/// Parses root certificates in PEM or DER, and returns them in the types of rustls and of ureq. Any invalid certificate
/// is an error.
pub(super) fn roots<C: AsRef<[u8]>>(
    certificates: impl IntoIterator<Item = C>,
) -> Result<(RootCertStore, Vec<CertificateDer<'static>>), Error> {
    let mut parsed = Vec::new();
    for certificate in certificates {
        let bytes = certificate.as_ref();
        if bytes.windows(PEM.len()).any(|window| window == PEM) {
            for certificate in CertificateDer::pem_slice_iter(bytes) {
                parsed.push(certificate.map_err(|error| misconfigured(&error))?);
            }
        } else {
            parsed.push(CertificateDer::from(bytes.to_vec()));
        }
    }
    if parsed.is_empty() {
        return Err(misconfigured(&"there is no root certificate"));
    }
    let mut store = RootCertStore::empty();
    for certificate in &parsed {
        store.add(certificate.clone()).map_err(|error| misconfigured(&error))?;
    }
    Ok((store, parsed))
}

const PEM: &[u8] = b"-----BEGIN ";

pub(super) fn misconfigured(reason: &dyn fmt::Display) -> Error {
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
        let both = [one.der().clone(), two.der().clone()];
        assert_eq!(roots([one.der(), two.der()]).unwrap().1, both);
        assert_eq!(roots([pem(&one), pem(&two)]).unwrap().1, both);
        let (store, parsed) = roots([pem(&one) + &pem(&two)]).unwrap();
        assert_eq!((store.len(), parsed), (2, both.to_vec()));
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

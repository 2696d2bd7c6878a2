//! TLS of both transports with ministack: with given root certificates, with those of the operating system, and with
//! two crypto providers in one program.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::transport::Timeouts;
use cognito_op::{Body, Client, Error, ErrorKind, HyperTransport, Retries, UreqTransport, blocking};
use cognito_op_tests::peers::Peer;
use cognito_op_tests::resend::ResendConfirmationCode;
use cognito_op_tests_provision::fresh_folder;
use http::Request;
use rustls::crypto::{CryptoProvider, GetRandomFailed, SecureRandom, ring};
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// ministack and its certificate.
struct Server {
    peer: Peer,
    certificate: CertificateDer<'static>,
    file: PathBuf,
}

/// One server for all tests, because each server also needs port 443. It ends with this program.
static SERVER: LazyLock<Server> = LazyLock::new(Server::start);

impl Server {
    fn start() -> Self {
        let folder = fresh_folder("tls");
        let (file, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
        std::fs::write(&file, made.cert.pem()).expect("the folder can be written");
        std::fs::write(&key, made.signing_key.serialize_pem()).expect("the folder can be written");
        let peer = Peer::ministack_over_tls(&file, &key);
        let server = Self { peer, certificate: made.cert.der().clone(), file };
        server.wait();
        server
    }

    /// Waits until the server responds over TLS. It accepts connections before that.
    fn wait(&self) {
        let transport = UreqTransport::with_root_certificates([&self.certificate]).expect("a certificate");
        let timeout = Duration::from_secs(5);
        let ready = || {
            let request = Request::get(format!("{}/_ministack/ready", self.peer.url())).body(Body::default());
            let timeouts = Timeouts::new(timeout, timeout, timeout);
            let response = blocking::Transport::send(&transport, request.expect("a request"), timeouts);
            response.is_ok_and(|response| response.status().is_success())
        };
        let is_ready = (0..200).any(|_| {
            let ready = ready();
            std::thread::sleep(if ready { Duration::ZERO } else { Duration::from_millis(50) });
            ready
        });
        assert!(is_ready, "ministack responds over TLS");
    }

    fn with_provider(&self, provider: CryptoProvider) -> HyperTransport {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone()).expect("a certificate");
        let config = ClientConfig::builder_with_provider(provider.into())
            .with_safe_default_protocol_versions()
            .expect("the provider has them");
        HyperTransport::with_rustls_config(config.with_root_certificates(roots).with_no_client_auth())
    }
}

/// The source of random bytes of a second provider. It counts its calls, which shows that the provider is used.
#[derive(Debug)]
struct Random(AtomicUsize);

static RANDOM: Random = Random(AtomicUsize::new(0));

impl SecureRandom for Random {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), GetRandomFailed> {
        self.0.fetch_add(1, Ordering::Relaxed);
        ring::default_provider().secure_random.fill(bytes)
    }
}

fn second_provider() -> CryptoProvider {
    CryptoProvider { secure_random: &RANDOM, ..ring::default_provider() }
}

async fn call(url: &str, transport: HyperTransport) -> Error {
    let client = Client::builder().endpoint(url).retries(Retries::off()).build_with(transport).expect("a client");
    let operation = ResendConfirmationCode::new("1example23456789", "alice");
    operation.send(&client).await.expect_err("there is no such app client")
}

fn call_blocking(url: &str, transport: UreqTransport) -> Error {
    let builder = blocking::Client::builder().endpoint(url).retries(Retries::off());
    let operation = ResendConfirmationCode::new("1example23456789", "alice");
    operation.send_blocking(&builder.build_with(transport).expect("a client")).expect_err("there is no such app client")
}

fn assert_response(error: &Error) {
    assert_eq!(error.kind(), ErrorKind::ResourceNotFound, "{error}");
}

fn assert_not_trusted(error: &Error) {
    assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Transport, false), "{error}");
    assert!(error.to_string().contains("certificate"), "{error}");
}

#[tokio::test]
async fn given_root_certificates_replace_the_bundled_ones() {
    let server = &*SERVER;
    let url = &server.peer.url();
    let pem = std::fs::read(&server.file).expect("the certificate");
    for certificate in [&pem[..], &server.certificate[..]] {
        let transport = HyperTransport::with_root_certificates([certificate]).expect("a certificate");
        assert_response(&call(url, transport).await);
        let transport = UreqTransport::with_root_certificates([certificate]).expect("a certificate");
        assert_response(&call_blocking(url, transport));
    }
    let other = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate").cert.pem();
    let transport = HyperTransport::with_root_certificates([&other]).expect("a certificate");
    assert_not_trusted(&call(url, transport).await);
    let transport = UreqTransport::with_root_certificates([&other]).expect("a certificate");
    assert_not_trusted(&call_blocking(url, transport));
    for error in [
        HyperTransport::with_root_certificates(["-----BEGIN CERTIFICATE-----"]).expect_err("no end"),
        UreqTransport::with_root_certificates(["-----BEGIN CERTIFICATE-----"]).expect_err("no end"),
    ] {
        assert_eq!(error.kind(), ErrorKind::Misconfigured, "{error}");
    }
}

#[tokio::test]
async fn two_providers_in_one_program() {
    let server = &*SERVER;
    let url = &server.peer.url();
    assert_response(&call(url, server.with_provider(ring::default_provider())).await);
    let transport = UreqTransport::with_root_certificates([&server.certificate]).expect("a certificate");
    assert_response(&call_blocking(url, transport));
    assert_eq!(RANDOM.0.load(Ordering::Relaxed), 0, "the second provider is not used");
    assert_response(&call(url, server.with_provider(second_provider())).await);
    assert!(RANDOM.0.load(Ordering::Relaxed) > 0, "the second provider is used");
    // The default transports have a provider too, and the roots of Mozilla, which do not include this certificate.
    assert_not_trusted(&call(url, HyperTransport::new().expect("a transport")).await);
    assert_not_trusted(&call_blocking(url, UreqTransport::new().expect("a transport")));
    assert!(CryptoProvider::get_default().is_none(), "no provider is installed for the process");
}

/// The roots are read from the environment, which can be set only for a whole process, so the test runs itself again.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_roots_of_the_operating_system() {
    const URL: &str = "COGNITO_OP_TEST_URL";
    if let Ok(url) = std::env::var(URL) {
        assert_response(&call(&url, HyperTransport::with_platform_roots().expect("roots")).await);
        assert_response(&call_blocking(&url, UreqTransport::with_platform_roots().expect("roots")));
        return;
    }
    let server = &*SERVER;
    let this = std::env::current_exe().expect("a test program");
    let mut again = Command::new(this);
    again.args(["--exact", "the_roots_of_the_operating_system"]);
    again.env(URL, server.peer.url()).env("SSL_CERT_FILE", &server.file);
    let output = again.output().expect("this program");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// Both clients trust the certificates of `AWS_CA_BUNDLE`. The variable is set for another process.
#[tokio::test]
async fn the_roots_of_a_variable() {
    const TRUSTED: &str = "COGNITO_OP_TEST_TRUSTED";
    if let Ok(trusted) = std::env::var(TRUSTED) {
        let check = if trusted == "true" { assert_response } else { assert_not_trusted };
        let operation = ResendConfirmationCode::new("1example23456789", "alice");
        let client = Client::builder().from_env().build().expect("a client");
        check(&operation.send(&client).await.expect_err("there is no such app client"));
        let client = blocking::Client::builder().from_env().build().expect("a client");
        check(&operation.send_blocking(&client).expect_err("there is no such app client"));
        return;
    }
    let server = &*SERVER;
    let other = fresh_folder("bundle").join("other.pem");
    let certificate = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate").cert;
    std::fs::write(&other, certificate.pem()).expect("the folder can be written");
    for (bundle, trusted) in [(&server.file, "true"), (&other, "false")] {
        let mut again = Command::new(std::env::current_exe().expect("a test program"));
        again.args(["--exact", "the_roots_of_a_variable"]).env_clear().env(TRUSTED, trusted);
        again.env("AWS_ENDPOINT_URL", server.peer.url()).env("AWS_CA_BUNDLE", bundle).env("AWS_MAX_ATTEMPTS", "1");
        let output = again.output().expect("this program");
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && text.contains("1 passed"), "{text}");
    }
}

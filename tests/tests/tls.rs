//! TLS of the transports that ship, before ministack: with two crypto providers in one program, with one's own roots, and with
//! those of the operating system.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::transport::{Timeouts, Transport};
use cognito_op::{Body, Client, Error, ErrorKind, HyperTransport, Retries, UreqTransport, blocking};
use cognito_op_tests::peers::{Peer, fresh_folder};
use cognito_op_tests::resend::ResendConfirmationCode;
use http::{Request, Version};
use rustls::crypto::{CryptoProvider, aws_lc_rs, ring};
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;
use std::time::Duration;
use ureq::tls::{Certificate, RootCerts};

/// ministack, and the certificate that vouches for it.
struct Server {
    peer: Peer,
    certificate: CertificateDer<'static>,
    file: PathBuf,
}

/// One for all tests, since each wants port 443 beside its own. It ends with this program.
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

    /// It listens before it speaks TLS.
    fn wait(&self) {
        let (transport, limit) = (self.ureq(ring::default_provider()), Duration::from_secs(5));
        let ready = || {
            let request = Request::get(format!("{}/_ministack/ready", self.peer.url())).body(Body::default());
            let answer =
                blocking::Transport::send(&transport, request.expect("a request"), Timeouts::new(limit, limit, limit));
            answer.is_ok_and(|answer| answer.status().is_success())
        };
        let is_ready = (0..200).any(|_| {
            let ready = ready();
            std::thread::sleep(if ready { Duration::ZERO } else { Duration::from_millis(50) });
            ready
        });
        assert!(is_ready, "ministack answers over TLS");
    }

    fn hyper(&self, provider: CryptoProvider) -> HyperTransport {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone()).expect("a certificate");
        let config = ClientConfig::builder_with_provider(provider.into())
            .with_safe_default_protocol_versions()
            .expect("the provider has them");
        HyperTransport::with_tls(config.with_root_certificates(roots).with_no_client_auth())
    }

    fn ureq(&self, provider: CryptoProvider) -> UreqTransport {
        let roots = RootCerts::new_with_certs(&[Certificate::from_der(&self.certificate).to_owned()]);
        UreqTransport::with_tls(roots, provider.into())
    }
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

fn assert_answered(error: &Error) {
    assert_eq!(error.kind(), ErrorKind::ResourceNotFound, "{error}");
}

fn assert_not_trusted(error: &Error) {
    assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Transport, false), "{error}");
    assert!(error.to_string().contains("certificate"), "{error}");
}

#[tokio::test]
async fn two_providers_in_one_program() {
    let server = &*SERVER;
    let url = &server.peer.url();
    for provider in [ring::default_provider, aws_lc_rs::default_provider] {
        assert_answered(&call(url, server.hyper(provider())).await);
        assert_answered(&call_blocking(url, server.ureq(provider())));
    }
    // Those that ship have one of their own, and Mozilla's roots, which do not vouch for this server.
    assert_not_trusted(&call(url, HyperTransport::new().expect("a transport")).await);
    let error = call_blocking(url, UreqTransport::new().expect("a transport"));
    assert!(error.to_string().contains("certificate"), "{error}");
    assert!(CryptoProvider::get_default().is_none(), "none is installed for the process");
}

#[tokio::test]
async fn http_2_where_the_server_has_it() {
    let server = &*SERVER;
    let transport = server.hyper(ring::default_provider());
    let limit = Duration::from_secs(20);
    for _ in 0..3 {
        let request = Request::post(server.peer.url()).body(Body::from("{}")).expect("a request");
        let answer = transport.send(request, Timeouts::new(limit, limit, limit)).await.expect("an answer");
        assert_eq!(answer.version(), Version::HTTP_2);
    }
    assert_answered(&call(&server.peer.url(), transport).await);
}

/// They are read from the environment, which is only set for a process as a whole.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_roots_of_the_operating_system() {
    const URL: &str = "COGNITO_OP_TEST_URL";
    if let Ok(url) = std::env::var(URL) {
        assert_answered(&call(&url, HyperTransport::with_platform_roots().expect("roots")).await);
        assert_answered(&call_blocking(&url, UreqTransport::with_platform_roots().expect("roots")));
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

//! TLS handshakes of both transports, as a server sees them.

#![allow(missing_docs, clippy::expect_used)]

mod tls_server;

use cognito_op::{Client, HyperTransport, UreqTransport, blocking};
use cognito_op_tests::resend::ResendConfirmationCode;
use rustls::{HandshakeKind, version};
use tls_server::Server;

fn operation() -> ResendConfirmationCode {
    ResendConfirmationCode::new("1example23456789", "alice")
}

fn assert_resumed(server: &Server, transport: &str) {
    let handshakes = server.handshakes();
    let kinds: Vec<_> = handshakes.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, [HandshakeKind::Full, HandshakeKind::Resumed, HandshakeKind::Resumed], "{transport}");
    assert!(handshakes.iter().all(|(_, protocol)| protocol.as_deref() != Some(b"h2")), "{handshakes:?}");
}

#[tokio::test]
async fn later_connections_resume_the_session() {
    for version in [&version::TLS13, &version::TLS12] {
        let server = Server::start(version, "{}");
        let transport = HyperTransport::with_root_certificates([&server.certificate]).expect("a certificate");
        let client = Client::builder().endpoint(&server.url).build_with(transport).expect("a client");
        for _ in 0..3 {
            operation().send(&client).await.expect("a response");
        }
        assert_resumed(&server, "hyper");

        let transport = UreqTransport::with_root_certificates([&server.certificate]).expect("a certificate");
        let client = blocking::Client::builder().endpoint(&server.url).build_with(transport).expect("a client");
        for _ in 0..3 {
            operation().send_blocking(&client).expect("a response");
        }
        assert_resumed(&server, "ureq");
    }
}

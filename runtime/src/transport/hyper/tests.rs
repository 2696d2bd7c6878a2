use super::*;
use rcgen::CertifiedKey;
use rustls::ServerConfig;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// A server for `localhost` that answers every request with `{}`, and the root that vouches for it.
async fn server() -> (SocketAddr, RootCertStore) {
    let (address, roots, _) = counting_server().await;
    (address, roots)
}

/// As [`server`], with the count of its connections.
async fn counting_server() -> (SocketAddr, RootCertStore, Arc<AtomicUsize>) {
    let CertifiedKey { cert, signing_key } = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], signing_key.serialize_der().try_into().unwrap())
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let connections = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&connections);
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            count.fetch_add(1, Ordering::SeqCst);
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                // A caller that does not trust the server ends here.
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                let mut request = vec![0; 4096];
                while stream.read(&mut request).await.is_ok_and(|length| length > 0) {
                    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
                    stream.write_all(answer).await.unwrap();
                }
            });
        }
    });
    let mut roots = RootCertStore::empty();
    roots.add(cert.der().clone()).unwrap();
    (address, roots, connections)
}

async fn post(transport: &HyperTransport, url: String) -> Result<Response<Body>, TransportError> {
    let request = Request::post(url).body(Body::from("{}")).unwrap();
    let limit = Duration::from_secs(10);
    transport.send(request, Deadline::new(limit, limit, limit)).await
}

#[tokio::test]
async fn over_tls() {
    let (address, roots, connections) = counting_server().await;
    let transport = HyperTransport::with_roots(roots).unwrap();
    for _ in 0..3 {
        let answer = post(&transport, format!("https://localhost:{}/", address.port())).await.unwrap();
        assert_eq!(answer.body().as_bytes(), b"{}");
    }
    assert_eq!(connections.load(Ordering::SeqCst), 1, "one connection served all");
}

#[tokio::test]
async fn a_server_that_nobody_vouches_for_gets_nothing() {
    let (address, roots) = server().await;
    let error = post(&HyperTransport::new().unwrap(), format!("https://localhost:{}/", address.port())).await;
    let error = error.expect_err("the bundled roots do not know it");
    assert!(!error.may_have_been_sent(), "{error}");
    assert!(error.to_string().contains("certificate"), "{error}");
    let transport = HyperTransport::with_roots(roots).unwrap();
    let error = post(&transport, format!("https://127.0.0.1:{}/", address.port())).await;
    let error = error.expect_err("the certificate is for another name");
    assert!(!error.may_have_been_sent(), "{error}");
}

#[tokio::test]
async fn no_provider_is_installed_for_the_process() {
    let (address, roots) = server().await;
    let transport = HyperTransport::with_roots(roots).unwrap();
    post(&transport, format!("https://localhost:{}/", address.port())).await.unwrap();
    assert!(rustls::crypto::CryptoProvider::get_default().is_none());
}

#[tokio::test]
async fn a_connection_is_let_go_in_good_time() {
    let (address, roots) = server().await;
    let transport = HyperTransport::with_roots(roots).unwrap();
    post(&transport, format!("https://localhost:{}/", address.port())).await.unwrap();
    transport.pool.age(pool::IDLE_LIMIT);
    let target = Target::of(&format!("https://localhost:{}/", address.port()).parse().unwrap()).unwrap();
    assert!(transport.pool.take(&target, true).await.is_none());
    assert_eq!(transport.pool.len(), 0);
}

/// A TLS 1.3 server sends session tickets as soon as the handshake is over, which is no answer to anything.
#[test]
fn session_tickets_do_not_spoil_a_new_connection() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        runtime().block_on(async {
            send.send(server().await).unwrap();
            std::future::pending::<()>().await;
        });
    });
    let (address, roots) = receive.recv().unwrap();
    let transport = HyperTransport::with_roots(roots).unwrap();
    let target = Target::of(&format!("https://localhost:{}/", address.port()).parse().unwrap()).unwrap();
    runtime().block_on(async {
        let mut connection = transport.connect(&target).await.unwrap();
        // The tickets arrive, and this runtime does not look.
        std::thread::sleep(Duration::from_millis(200));
        assert!(can_begin(&target, &mut connection));
    });
}

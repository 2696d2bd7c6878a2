use super::*;
use rcgen::CertifiedKey;
use rustls::ServerConfig;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// Starts a server for `localhost` that responds to each request with `{}`. Returns its address and its root
/// certificate.
async fn server() -> (SocketAddr, RootCertStore) {
    let (address, roots, _) = counting_server().await;
    (address, roots)
}

/// Starts a [`server`] and also returns the number of its connections.
async fn counting_server() -> (SocketAddr, RootCertStore, Arc<AtomicUsize>) {
    let (acceptor, roots) = acceptor();
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
                // A client that does not trust the server closes the connection here.
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                let mut request = vec![0; 4096];
                while stream.read(&mut request).await.is_ok_and(|length| length > 0) {
                    let response = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
                    stream.write_all(response).await.unwrap();
                }
            });
        }
    });
    (address, roots, connections)
}

/// Returns the TLS acceptor of a server for `localhost`, and its root certificate.
fn acceptor() -> (TlsAcceptor, RootCertStore) {
    let CertifiedKey { cert, signing_key } = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], signing_key.serialize_der().try_into().unwrap())
        .unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(cert.der().clone()).unwrap();
    (TlsAcceptor::from(Arc::new(config)), roots)
}

async fn post(transport: &HyperTransport, url: String) -> Result<Response<Body>, TransportError> {
    let request = Request::post(url).body(Body::from("{}")).unwrap();
    let timeout = Duration::from_secs(10);
    transport.send(request, Timeouts::new(timeout, timeout, timeout)).await
}

#[tokio::test]
async fn a_connection_over_tls_is_reused() {
    let (address, roots, connections) = counting_server().await;
    let transport = HyperTransport::with_roots(roots).unwrap();
    for _ in 0..3 {
        let response = post(&transport, format!("https://localhost:{}/", address.port())).await.unwrap();
        assert_eq!(response.body().as_bytes(), b"{}");
    }
    assert_eq!(connections.load(Ordering::SeqCst), 1, "one connection for all requests");
}

#[tokio::test]
async fn a_server_that_is_not_trusted_gets_no_request() {
    let (address, roots) = server().await;
    let error = post(&HyperTransport::new().unwrap(), format!("https://localhost:{}/", address.port())).await;
    let error = error.expect_err("the bundled roots do not include it");
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

/// Waits until this runtime has that number of tasks.
async fn wait_for_tasks(count: usize) {
    let tasks = || Handle::current().metrics().num_alive_tasks();
    for _ in 0..200 {
        if tasks() == count {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{} tasks are left", tasks());
}

#[tokio::test]
async fn idle_connections_are_closed_without_a_call() {
    let (address, roots) = server().await;
    let transport = HyperTransport::with_roots(roots).unwrap();
    let target = Target::of(&format!("https://localhost:{}/", address.port()).parse().unwrap()).unwrap();
    let almost = Instant::now().checked_sub(Duration::from_millis(9_800)).unwrap();
    for _ in 0..2 {
        let connection = transport.connect(&target).await.unwrap();
        transport.pool.put(target.clone(), connection, almost);
    }
    // The server and its connections.
    wait_for_tasks(3).await;
    wait_for_tasks(1).await;
    post(&transport, format!("https://localhost:{}/", address.port())).await.unwrap();
    wait_for_tasks(2).await;
}

#[tokio::test]
async fn a_dropped_transport_closes_its_connections() {
    let (address, roots) = server().await;
    let transport = HyperTransport::with_roots(roots).unwrap();
    for _ in 0..3 {
        post(&transport, format!("https://localhost:{}/", address.port())).await.unwrap();
    }
    // The server and its connection: the transport has no task.
    wait_for_tasks(2).await;
    drop(transport);
    wait_for_tasks(1).await;
}

/// A TLS 1.3 server sends session tickets right after the handshake. They must not be taken for unsolicited data.
#[test]
fn session_tickets_do_not_close_a_new_connection() {
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
        // The tickets arrive, and this runtime does not read them.
        std::thread::sleep(Duration::from_millis(200));
        let request = Request::post("https://localhost/").body(Body::from("{}")).unwrap();
        assert!(connection.send(origin_form(request, &target).unwrap()).await.is_ok());
    });
}

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
    let (acceptor, roots) = acceptor(&[]);
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
    (address, roots, connections)
}

/// TLS of a server for `localhost` with those protocols, and the root that vouches for it.
fn acceptor(protocols: &[&[u8]]) -> (TlsAcceptor, RootCertStore) {
    let CertifiedKey { cert, signing_key } = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], signing_key.serialize_der().try_into().unwrap())
        .unwrap();
    config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    let mut roots = RootCertStore::empty();
    roots.add(cert.der().clone()).unwrap();
    (TlsAcceptor::from(Arc::new(config)), roots)
}

async fn post(transport: &HyperTransport, url: String) -> Result<Response<Body>, TransportError> {
    let request = Request::post(url).body(Body::from("{}")).unwrap();
    let limit = Duration::from_secs(10);
    transport.send(request, Timeouts::new(limit, limit, limit)).await
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
    assert!(transport.pool.take(&target, true, Duration::from_secs(1)).await.is_none());
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
        let Lease::Own(mut connection, None) = transport.connect(&target).await.unwrap() else { panic!("HTTP/1.1") };
        // The tickets arrive, and this runtime does not look.
        std::thread::sleep(Duration::from_millis(200));
        assert!(can_begin(&target, &mut connection));
    });
}

#[cfg(feature = "http2")]
mod http2 {
    use super::*;
    use hyper::body::Incoming;
    use hyper::server::conn::http2;
    use hyper::service::service_fn;
    use hyper_util::rt::{TokioExecutor, TokioIo};
    use std::time::Duration;

    struct Server {
        url: String,
        roots: RootCertStore,
        connections: Arc<AtomicUsize>,
        requests: Arc<AtomicUsize>,
    }

    /// Answers each request with its body, until that many have come over a connection, which then ends without a word.
    async fn start(requests_each: usize) -> Server {
        start_with(requests_each, 100).await
    }

    /// The same for so many requests at a time over each connection.
    async fn start_with(requests_each: usize, at_a_time: u32) -> Server {
        let (acceptor, roots) = acceptor(&[b"h2", b"http/1.1"]);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://localhost:{}/", listener.local_addr().unwrap().port());
        let server = Server { url, roots, connections: Arc::default(), requests: Arc::default() };
        let (connections, requests) = (Arc::clone(&server.connections), Arc::clone(&server.requests));
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                connections.fetch_add(1, Ordering::SeqCst);
                let (acceptor, requests) = (acceptor.clone(), Arc::clone(&requests));
                tokio::spawn(async move {
                    let stream = TokioIo::new(acceptor.accept(stream).await.unwrap());
                    let here = Arc::new(AtomicUsize::new(0));
                    let service = service_fn(|request: Request<Incoming>| {
                        requests.fetch_add(1, Ordering::SeqCst);
                        let count = here.fetch_add(1, Ordering::SeqCst) + 1;
                        async move {
                            assert_eq!(request.version(), http::Version::HTTP_2);
                            assert_eq!(request.uri().scheme_str(), Some("https"));
                            assert!(!request.headers().contains_key("host"));
                            let body = read(request.into_body()).await.unwrap();
                            if count == 3 && body.as_bytes() == b"hang" {
                                std::future::pending::<()>().await;
                            }
                            Ok::<_, std::convert::Infallible>(Response::new(body))
                        }
                    });
                    let mut builder = http2::Builder::new(TokioExecutor::new());
                    let serving = builder.max_concurrent_streams(at_a_time).serve_connection(stream, service);
                    let enough = async {
                        while here.load(Ordering::SeqCst) < requests_each {
                            tokio::time::sleep(Duration::from_millis(5)).await;
                        }
                        // The last answer goes out first.
                        tokio::time::sleep(Duration::from_millis(50)).await;
                    };
                    tokio::select! { _ = serving => {}, () = enough => {} }
                });
            }
        });
        server
    }

    async fn echo(transport: &HyperTransport, server: &Server, text: String) -> Result<(), TransportError> {
        let request = Request::post(&server.url).body(Body::from(text.clone())).unwrap();
        let limit = Duration::from_secs(10);
        let answer = transport.send(request, Timeouts::new(limit, limit, limit)).await?;
        assert_eq!(answer.body().as_bytes(), text.as_bytes(), "no answer is mixed up");
        Ok(())
    }

    #[tokio::test]
    async fn parallel_calls_share_a_connection() {
        let server = start(usize::MAX).await;
        let transport = Arc::new(HyperTransport::with_roots(server.roots.clone()).unwrap());
        echo(&transport, &server, "first".to_owned()).await.unwrap();
        let mut running = tokio::task::JoinSet::new();
        for number in 0..64 {
            let (transport, url, roots) = (Arc::clone(&transport), server.url.clone(), server.roots.clone());
            let server = Server { url, roots, connections: Arc::default(), requests: Arc::default() };
            running.spawn(async move { echo(&transport, &server, format!("at once {number}")).await.unwrap() });
        }
        running.join_all().await;
        assert_eq!(server.connections.load(Ordering::SeqCst), 1);
        assert_eq!(server.requests.load(Ordering::SeqCst), 65);
    }

    /// What would have to wait in line goes over a connection of its own.
    #[tokio::test]
    async fn a_connection_takes_as_many_calls_as_the_server_lets_it() {
        let server = start_with(usize::MAX, 1).await;
        let transport = HyperTransport::with_roots(server.roots.clone()).unwrap();
        echo(&transport, &server, "first".to_owned()).await.unwrap();
        let hanging = [
            Box::pin(echo(&transport, &server, "second".to_owned())),
            Box::pin(echo(&transport, &server, "hang".to_owned())),
        ];
        let [second, mut third] = hanging;
        second.await.unwrap();
        let waiting = tokio::time::timeout(Duration::from_millis(200), &mut third);
        assert!(waiting.await.is_err(), "the third of its connection");
        for number in 0..3 {
            echo(&transport, &server, format!("beside it {number}")).await.unwrap();
        }
        assert_eq!(server.connections.load(Ordering::SeqCst), 2);
        assert_eq!(server.requests.load(Ordering::SeqCst), 6);
    }

    #[tokio::test]
    async fn a_connection_that_ended_takes_no_further_call() {
        let server = start(2).await;
        let transport = HyperTransport::with_roots(server.roots.clone()).unwrap();
        for number in 0..6 {
            echo(&transport, &server, format!("call {number}")).await.unwrap();
            tokio::time::sleep(Duration::from_millis(if number % 2 == 1 { 200 } else { 0 })).await;
        }
        assert_eq!(server.connections.load(Ordering::SeqCst), 3);
        assert_eq!(server.requests.load(Ordering::SeqCst), 6);
    }

    /// The process was frozen, and nobody has read the end of the connection.
    #[test]
    fn an_end_that_nobody_has_read_is_seen() {
        let (send, receive) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
                send.send(start(1).await).unwrap();
                std::future::pending::<()>().await;
            });
        });
        let server = receive.recv().unwrap();
        let transport = HyperTransport::with_roots(server.roots.clone()).unwrap();
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
            for number in 0..5 {
                echo(&transport, &server, format!("call {number}")).await.unwrap();
                std::thread::sleep(Duration::from_millis(200));
            }
        });
        assert_eq!(server.connections.load(Ordering::SeqCst), 5);
        assert_eq!(server.requests.load(Ordering::SeqCst), 5);
    }

    /// A call that was given up may have met a dead connection; the next has another.
    #[tokio::test]
    async fn a_call_that_is_given_up_takes_its_connection_from_others() {
        let server = start(usize::MAX).await;
        let transport = HyperTransport::with_roots(server.roots.clone()).unwrap();
        for number in 0..2 {
            echo(&transport, &server, format!("call {number}")).await.unwrap();
        }
        let hanging = tokio::time::timeout(Duration::from_millis(200), echo(&transport, &server, "hang".to_owned()));
        assert!(hanging.await.is_err());
        echo(&transport, &server, "next".to_owned()).await.unwrap();
        assert_eq!(server.connections.load(Ordering::SeqCst), 2);
    }

    /// A server that speaks on and on after it has read the first request, and reads what comes or does not.
    fn talkative(reads: bool, says: Vec<u8>) -> (String, RootCertStore) {
        let (acceptor, roots) = acceptor(&[b"h2"]);
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("https://localhost:{}/", listener.local_addr().unwrap().port());
        std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
                let (stream, _) = TcpListener::from_std(listener).unwrap().accept().await.unwrap();
                let (mut reader, mut writer) = tokio::io::split(acceptor.accept(stream).await.unwrap());
                let settings_and_their_acknowledgement = b"\0\0\0\x04\0\0\0\0\0\0\0\0\x04\x01\0\0\0\0";
                writer.write_all(settings_and_their_acknowledgement).await.unwrap();
                let mut request = Vec::new();
                while !request.windows(2).any(|bytes| bytes == b"{}") {
                    reader.read_buf(&mut request).await.unwrap();
                }
                let speaking = async { while writer.write_all(&says).await.is_ok() {} };
                let reading = async {
                    while reads && reader.read(&mut [0; 4096]).await.is_ok_and(|length| length > 0) {}
                    std::future::pending::<()>().await;
                };
                tokio::select! { () = reading => {}, () = speaking => {} }
            });
        });
        (url, roots)
    }

    /// They are no body, and each is worth many times its bytes in memory.
    #[tokio::test]
    async fn interim_answers_without_end_are_cut_off() {
        // `:status: 103`, and nothing else.
        let (url, roots) = talkative(true, b"\0\0\x05\x01\x04\0\0\0\x01\x08\x03103".repeat(1000));
        let transport = HyperTransport::with_roots(roots).unwrap();
        let answer = tokio::time::timeout(Duration::from_secs(10), post(&transport, url)).await.expect("an end");
        assert!(answer.unwrap_err().may_have_been_sent());
    }

    /// However little the peer reads of it, the end of a connection that nobody has use for is one.
    #[tokio::test]
    async fn calls_that_are_given_up_leave_nothing_behind() {
        let (url, roots) = talkative(false, b"\0\0\x08\x06\0\0\0\0\0\0\0\0\0\0\0\0\0".repeat(1000));
        let tasks = || Handle::current().metrics().num_alive_tasks();
        let before = tasks();
        let transport = HyperTransport::with_roots(roots).unwrap();
        let call = tokio::time::timeout(Duration::from_millis(500), post(&transport, url));
        assert!(!call.await.is_ok_and(|answer| answer.is_ok()), "there is no answer");
        drop(transport);
        for _ in 0..100 {
            if tasks() <= before {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{} tasks are left", tasks() - before);
    }

    /// A server without HTTP/2 is spoken to as before.
    #[tokio::test]
    async fn a_server_without_it() {
        let (address, roots, connections) = counting_server().await;
        let transport = HyperTransport::with_roots(roots).unwrap();
        for _ in 0..3 {
            post(&transport, format!("https://localhost:{}/", address.port())).await.unwrap();
        }
        assert_eq!(connections.load(Ordering::SeqCst), 1);
    }

    #[test]
    fn a_client_outlives_the_runtimes_it_is_used_in() {
        let runtime = || tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let serving = runtime();
        let server = serving.block_on(start(usize::MAX));
        let transport = HyperTransport::with_roots(server.roots.clone()).unwrap();
        for number in 0..3 {
            runtime().block_on(echo(&transport, &server, format!("runtime {number}"))).unwrap();
        }
        assert_eq!(server.connections.load(Ordering::SeqCst), 3);
    }
}

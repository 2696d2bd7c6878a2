use super::*;
use rcgen::CertifiedKey;
use rustls::{ServerConfig, ServerConnection};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A server over TLS that responds with `{"call":1}`. With a size, the first response over each connection is padded to
/// it, and followed by an unsolicited response.
struct Server {
    port: u16,
    connections: Arc<AtomicUsize>,
    transport: UreqTransport,
}

impl Server {
    fn start(size: Option<usize>) -> Self {
        let CertifiedKey { cert, signing_key } = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], signing_key.serialize_der().try_into().unwrap())
            .unwrap();
        let config = Arc::new(config);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                count.fetch_add(1, Ordering::SeqCst);
                let config = Arc::clone(&config);
                std::thread::spawn(move || serve(stream, ServerConnection::new(config).unwrap(), size));
            }
        });
        Self { port, connections, transport: UreqTransport::with_root_certificates([cert.der()]).unwrap() }
    }

    fn call(&self) -> String {
        let request = Request::post(format!("https://localhost:{}/", self.port)).body(Body::from("{}")).unwrap();
        let timeout = Duration::from_secs(10);
        let response = self.transport.send(request, Timeouts::new(timeout, timeout, timeout)).unwrap();
        String::from_utf8(response.body().as_bytes().to_vec()).unwrap()
    }
}

fn serve(mut stream: TcpStream, mut tls: ServerConnection, size: Option<usize>) -> Option<()> {
    let response = |body: &str, padding: &str| {
        format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nx-pad: {padding}\r\n\r\n{body}", body.len())
    };
    let right = r#"{"call":1}"#;
    let unpadded = response(right, "").len();
    let mut request = vec![0; 4096];
    let mut seen = String::new();
    for padded in std::iter::once(size).chain(std::iter::repeat(None)) {
        while !seen.ends_with("\r\n\r\n{}") {
            let length =
                rustls::Stream::new(&mut tls, &mut stream).read(&mut request).ok().filter(|length| *length > 0)?;
            seen += std::str::from_utf8(&request[..length]).ok()?;
        }
        seen.clear();
        // Each response is a separate TLS record, and both arrive at once.
        let mut wire = Vec::new();
        tls.writer()
            .write_all(response(right, &"x".repeat(padded.map_or(0, |size| size - unpadded))).as_bytes())
            .ok()?;
        if padded.is_some() {
            tls.writer().write_all(response(r#"{"call":"of another"}"#, "").as_bytes()).ok()?;
        }
        while tls.wants_write() {
            tls.write_tls(&mut wire).ok()?;
        }
        stream.write_all(&wire).ok()?;
    }
    None
}

/// The unsolicited response would be taken for the response to the next call, which may concern another user.
#[test]
fn a_connection_with_an_unsolicited_response_is_not_reused() {
    for size in [200, 1_000, 3_000, 4_090, 10_000, 16_000] {
        let server = Server::start(Some(size));
        for call in 0..3 {
            assert_eq!(server.call(), r#"{"call":1}"#, "{size} {call}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// The session tickets of the handshake arrive with the first response, or after it.
#[test]
fn a_connection_over_tls_is_reused() {
    let server = Server::start(None);
    for _ in 0..3 {
        assert_eq!(server.call(), r#"{"call":1}"#);
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
}

//! A server over TLS.

use rcgen::CertifiedKey;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::{HandshakeKind, ServerConfig, ServerConnection, Stream, SupportedProtocolVersion};
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The kind of a handshake, and the protocol that was negotiated by ALPN.
pub(crate) type Handshake = (HandshakeKind, Option<Vec<u8>>);

/// A server for `localhost` that closes each connection after a response, and supports HTTP/2 and HTTP/1.1.
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) certificate: CertificateDer<'static>,
    handshakes: Arc<Mutex<Vec<Handshake>>>,
}

impl Server {
    /// Starts a server whose responses have this body.
    pub(crate) fn start(version: &'static SupportedProtocolVersion, body: &'static str) -> Self {
        let CertifiedKey { cert, signing_key } =
            rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let mut config = ServerConfig::builder_with_provider(ring::default_provider().into())
            .with_protocol_versions(&[version])
            .expect("a version")
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], signing_key.serialize_der().try_into().expect("a key"))
            .expect("a certificate");
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let config = Arc::new(config);
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("https://localhost:{}", listener.local_addr().expect("bound").port());
        let handshakes = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&handshakes);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                seen.lock().expect("no panic").extend(serve(stream, &config, body).ok());
            }
        });
        Self { url, certificate: cert.der().clone(), handshakes }
    }

    /// Waits for the handshakes of three connections, and returns them.
    pub(crate) fn handshakes(&self) -> Vec<Handshake> {
        let handshakes = || self.handshakes.lock().expect("no panic");
        for _ in 0..500 {
            if handshakes().len() >= 3 {
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        std::mem::take(&mut *handshakes())
    }
}

fn serve(mut stream: TcpStream, config: &Arc<ServerConfig>, body: &str) -> io::Result<Handshake> {
    let mut connection = ServerConnection::new(Arc::clone(config)).map_err(io::Error::other)?;
    let mut tls = Stream::new(&mut connection, &mut stream);
    let mut request = Vec::new();
    while !request.ends_with(b"}") {
        let mut buffer = [0; 4096];
        match tls.read(&mut buffer)? {
            0 => break,
            length => request.extend_from_slice(&buffer[..length]),
        }
    }
    let length = body.len();
    write!(tls, "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}")?;
    tls.conn.send_close_notify();
    tls.flush()?;
    let kind = connection.handshake_kind().ok_or_else(|| io::Error::other("no handshake"))?;
    Ok((kind, connection.alpn_protocol().map(<[u8]>::to_vec)))
}

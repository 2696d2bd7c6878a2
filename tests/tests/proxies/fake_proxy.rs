//! A fake service and a fake proxy.

use cognito_op_tests::server::answer;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

/// The name of the service. It does not resolve, so the service can be reached only through a proxy.
pub(crate) const HOST: &str = "cognito.example.com";

/// The certificate of the service and the proxy.
pub(crate) static CERTIFICATE: LazyLock<CertificateDer<'static>> = LazyLock::new(|| TLS.1.clone());

/// An address that is not a loopback address, but that Linux connects to this machine.
pub(crate) const THIS_MACHINE: &str = "0.0.0.0";

static TLS: LazyLock<(Arc<ServerConfig>, CertificateDer<'static>)> = LazyLock::new(|| {
    let names = [HOST, THIS_MACHINE, "localhost"].map(str::to_owned);
    let made = rcgen::generate_simple_self_signed(names).expect("a certificate");
    let key = made.signing_key.serialize_der().try_into().expect("a key");
    let config = ServerConfig::builder_with_provider(ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .expect("the versions")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("a certificate");
    (Arc::new(config), made.cert.der().clone())
});

/// A request that the service received.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Received {
    /// The name in the TLS handshake.
    pub(crate) server_name: Option<String>,
    /// The header `Host`.
    pub(crate) host: String,
}

/// A service over TLS that responds with `{}`.
pub(crate) struct Service {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Service {
    pub(crate) fn start() -> Self {
        Self::responding(answer("200 OK", "", "{}"))
    }

    /// Starts a service that sends half of the response and then waits.
    pub(crate) fn stuck() -> Self {
        Self::responding(answer("200 OK", "", "{}")[..20].to_vec())
    }

    fn responding(response: Vec<u8>) -> Self {
        let received = Arc::<Mutex<Vec<_>>>::default();
        let log = Arc::clone(&received);
        let address = listen(move |stream| {
            let mut tls = accept(stream)?;
            while let Some(head) = read_head(&mut tls)? {
                let length = header(&head, "content-length").expect("a length").parse().expect("a number");
                tls.read_exact(&mut vec![0; length])?;
                let server_name = tls.conn.server_name().map(str::to_owned);
                let host = header(&head, "host").expect("a host").to_owned();
                log.lock().expect("no panic").push(Received { server_name, host });
                tls.write_all(&response)?;
                tls.flush()?;
            }
            Ok(())
        });
        Self { address, received }
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().expect("no panic").clone()
    }
}

/// The behavior of a proxy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Behavior {
    /// Opens tunnels.
    Tunnel,
    /// Opens a tunnel, and closes it after the beginning of a response was relayed.
    Cut,
    /// Opens a tunnel, and discards the data.
    Swallow,
    /// Does not respond.
    Hang,
    /// Sends this text, and closes the connection.
    Respond(&'static str),
    /// Sends an endless head.
    Endless,
}

/// A proxy whose tunnels all lead to one server, regardless of the requested host.
pub(crate) struct Proxy {
    url: String,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    pub(crate) fn start(act: Behavior, server: SocketAddr) -> Self {
        let heads = Arc::<Mutex<Vec<_>>>::default();
        let log = Arc::clone(&heads);
        let address = listen(move |stream| {
            let socket = stream.try_clone()?;
            serve(stream, &socket, act, server, &log)
        });
        Self { url: format!("http://{address}"), heads }
    }

    pub(crate) fn to(service: &Service, act: Behavior) -> Self {
        Self::start(act, service.address)
    }

    pub(crate) fn over_tls(service: &Service) -> Self {
        Self::start_over_tls(service.address)
    }

    /// Starts a proxy that accepts connections over TLS.
    pub(crate) fn start_over_tls(server: SocketAddr) -> Self {
        let heads = Arc::<Mutex<Vec<_>>>::default();
        let log = Arc::clone(&heads);
        let address = listen(move |stream| {
            let socket = stream.try_clone()?;
            serve(accept(stream)?, &socket, Behavior::Tunnel, server, &log)
        });
        Self { url: format!("https://localhost:{}", address.port()), heads }
    }

    pub(crate) fn url(&self) -> String {
        self.url.clone()
    }

    /// The URL with a user name and a password.
    pub(crate) fn url_with(&self, user_info: &str) -> String {
        self.url.replace("://", &format!("://{user_info}@"))
    }

    /// The heads of the requests so far.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().expect("no panic").clone()
    }
}

fn serve(
    mut client: impl Read + Write,
    socket: &TcpStream,
    act: Behavior,
    server: SocketAddr,
    heads: &Mutex<Vec<String>>,
) -> io::Result<()> {
    let Some(head) = read_head(&mut client)? else { return Ok(()) };
    heads.lock().expect("no panic").push(head);
    match act {
        Behavior::Respond(response) => client.write_all(response.as_bytes())?,
        Behavior::Hang => drop(client.read(&mut [0])?),
        Behavior::Endless => {
            client.write_all(b"HTTP/1.1 200 OK\r\nx: ")?;
            loop {
                client.write_all(&[b'x'; 1 << 10])?;
            }
        }
        Behavior::Swallow => {
            client.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
            while client.read(&mut [0; 1 << 10])? > 0 {}
        }
        Behavior::Tunnel | Behavior::Cut => {
            let mut server = TcpStream::connect(server)?;
            client.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
            client.flush()?;
            socket.set_nonblocking(true)?;
            server.set_nonblocking(true)?;
            relay(&mut client, &mut server, act)?;
        }
    }
    client.flush()
}

fn relay(client: &mut (impl Read + Write), server: &mut TcpStream, act: Behavior) -> io::Result<()> {
    // The number of reads from the client. The first request follows the handshake.
    let mut flights = 0;
    loop {
        let from_client = available(client)?;
        let from_server = available(server)?;
        if from_client.as_ref().or(from_server.as_ref()).is_some_and(Vec::is_empty) {
            return Ok(());
        }
        if let Some(bytes) = &from_client {
            flights += 1;
            server.write_all(bytes)?;
        }
        if let Some(bytes) = &from_server {
            client.write_all(bytes)?;
            client.flush()?;
            // The truncated response is one short TLS record.
            if act == Behavior::Cut && flights > 1 && bytes.len() < 50 {
                return Ok(());
            }
        }
        if from_client.is_none() && from_server.is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

/// Returns the available data: `None` if there is no data yet, and an empty vector at the end.
fn available(stream: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut buffer = vec![0; 1 << 14];
    match stream.read(&mut buffer) {
        Ok(length) => Ok(Some(buffer[..length].to_vec())),
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
        Err(error) => Err(error),
    }
}

/// Runs a function for each connection to a free port, until the test's process ends.
fn listen(serve: impl Fn(TcpStream) -> io::Result<()> + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("a bound socket");
    let serve = Arc::new(serve);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let serve = Arc::clone(&serve);
            // An error means that the client closed the connection.
            std::thread::spawn(move || serve(stream));
        }
    });
    address
}

fn accept(stream: TcpStream) -> io::Result<StreamOwned<ServerConnection, TcpStream>> {
    let connection = ServerConnection::new(Arc::clone(&TLS.0)).map_err(io::Error::other)?;
    Ok(StreamOwned::new(connection, stream))
}

/// Reads the head of a request, or returns `None` at the end of the connection.
fn read_head(stream: &mut impl Read) -> io::Result<Option<String>> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte)? == 0 {
            return Ok(None);
        }
        head.push(byte[0]);
    }
    Ok(Some(String::from_utf8(head).expect("a head in UTF-8")))
}

pub(crate) fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

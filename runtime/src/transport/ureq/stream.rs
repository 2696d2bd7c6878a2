//! The byte stream below a connection, over TCP or TLS.

#[cfg(feature = "proxy")]
use super::super::NotConnected;
#[cfg(feature = "proxy")]
use super::super::pool::Target;
#[cfg(feature = "proxy")]
use super::super::proxy::{Proxy, tunnel};
use super::socket::{Deadline, Socket};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};
use std::io::{self, Read, Write};
use std::sync::Arc;

pub(super) enum Stream {
    Plain(Socket),
    /// TLS over TCP, or over TLS to a proxy.
    Tls(Box<StreamOwned<ClientConnection, Stream>>),
}

impl Stream {
    /// Opens a TCP connection.
    pub(super) fn open(host: &str, port: u16, deadline: Deadline) -> io::Result<Self> {
        Socket::connect(host, port, deadline).map(Self::Plain)
    }

    /// Opens a tunnel to a server through a proxy.
    #[cfg(feature = "proxy")]
    pub(super) fn tunnel(
        proxy: &Proxy,
        target: &Target,
        tls: &Arc<ClientConfig>,
        deadline: Deadline,
    ) -> Result<Self, NotConnected> {
        let (host, port) = proxy.address();
        let mut stream = Self::open(host, port, deadline)?;
        if proxy.is_tls() {
            stream = stream.secure(host, tls)?;
        }
        stream.write_all(&tunnel::request(proxy, target))?;
        stream.flush()?;
        let (mut response, mut buffer) = (tunnel::Response::default(), [0; tunnel::BUFFER]);
        loop {
            let length = stream.read(&mut buffer)?;
            if response.received(&buffer[..length])? {
                return Ok(stream);
            }
        }
    }

    /// Begins TLS over the stream.
    pub(super) fn secure(mut self, host: &str, tls: &Arc<ClientConfig>) -> io::Result<Self> {
        let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
        let mut tls = ClientConnection::new(Arc::clone(tls), name).map_err(io::Error::other)?;
        while tls.is_handshaking() {
            tls.complete_io(&mut self)?;
        }
        Ok(Self::Tls(Box::new(StreamOwned::new(tls, self))))
    }

    pub(super) fn socket(&mut self) -> &mut Socket {
        match self {
            Self::Plain(socket) => socket,
            Self::Tls(tls) => tls.sock.socket(),
        }
    }

    /// Returns whether the stream is open and has no bytes to read.
    pub(super) fn is_open(&mut self) -> bool {
        self.socket().waits = false;
        let is_blocked = self.is_blocked();
        self.socket().waits = true;
        is_blocked
    }

    /// Returns whether a read would block.
    fn is_blocked(&mut self) -> bool {
        let read = match self {
            Self::Plain(socket) => socket.peek(),
            Self::Tls(tls) => loop {
                // Session tickets may arrive at any time.
                let state = tls.conn.process_new_packets();
                if !state.is_ok_and(|state| state.plaintext_bytes_to_read() == 0 && !state.peer_has_closed()) {
                    return false;
                }
                match tls.conn.read_tls(&mut tls.sock) {
                    Ok(1..) => {}
                    read => break read,
                }
            },
        };
        read.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.read(buffer),
            Self::Tls(tls) => tls.read(buffer),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.write(bytes),
            Self::Tls(tls) => tls.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(socket) => socket.flush(),
            Self::Tls(tls) => tls.flush(),
        }
    }
}

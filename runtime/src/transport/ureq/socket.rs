//! A TCP socket with a deadline.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

/// The time after which an operation fails with [`TimedOut`](io::ErrorKind::TimedOut).
#[derive(Clone, Copy)]
pub(super) struct Deadline(Instant);

impl Deadline {
    /// About a year. Longer timeouts are shortened, since a time can overflow.
    const LONGEST: Duration = Duration::from_secs(1 << 25);

    pub(super) fn after(timeout: Duration) -> Self {
        Self(Instant::now() + timeout.min(Self::LONGEST))
    }

    /// Returns whether the time has passed.
    pub(super) fn is_over(self) -> bool {
        self.remaining().is_err()
    }

    fn remaining(self) -> io::Result<Duration> {
        let remaining = self.0.saturating_duration_since(Instant::now());
        if remaining.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(remaining) }
    }
}

pub(super) struct Socket {
    stream: TcpStream,
    pub(super) deadline: Deadline,
    /// Whether reads and writes return immediately.
    is_nonblocking: bool,
}

impl Socket {
    /// Connects to the first address of the host that accepts a connection.
    pub(super) fn connect(host: &str, port: u16, deadline: Deadline) -> io::Result<Self> {
        Self::connect_first(&lookup(host, port, deadline)?, deadline)
    }

    fn connect_first(addresses: &[SocketAddr], deadline: Deadline) -> io::Result<Self> {
        let mut failure = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
        for (address, others) in addresses.iter().zip((0..addresses.len()).rev()) {
            let remaining = deadline.remaining()?;
            // An address that does not respond leaves time for the others.
            match TcpStream::connect_timeout(address, if others == 0 { remaining } else { remaining / 2 }) {
                Ok(stream) => {
                    stream.set_nodelay(true)?;
                    return Ok(Self { stream, deadline, is_nonblocking: false });
                }
                Err(error) => failure = error,
            }
        }
        Err(failure)
    }

    /// Sets whether reads and writes return immediately, with [`WouldBlock`](io::ErrorKind::WouldBlock).
    pub(super) fn set_nonblocking(&mut self, is_nonblocking: bool) -> io::Result<()> {
        self.is_nonblocking = is_nonblocking;
        self.stream.set_nonblocking(is_nonblocking)
    }

    /// Waits for a byte to read, without reading it.
    pub(super) fn peek(&self) -> io::Result<usize> {
        self.stream.peek(&mut [0])
    }
}

/// Looks up the addresses of a host, on a thread, since the operating system may take any time.
fn lookup(host: &str, port: u16, deadline: Deadline) -> io::Result<Vec<SocketAddr>> {
    if let Ok(address) = host.parse() {
        return Ok(vec![SocketAddr::new(address, port)]);
    }
    let (sender, receiver) = channel();
    let host = host.to_owned();
    let look_up = move || {
        let addresses = (host.as_str(), port).to_socket_addrs().map(Iterator::collect);
        // The call may have timed out.
        drop(sender.send(addresses));
    };
    std::thread::Builder::new().name("cognito-op lookup".to_owned()).spawn(look_up)?;
    receiver.recv_timeout(deadline.remaining()?).unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}

/// Repeats an operation that was interrupted. A timeout of the socket is reported like that of a deadline.
fn uninterrupted<T>(mut operation: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        return match operation() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Err(io::ErrorKind::TimedOut.into()),
            outcome => outcome,
        };
    }
}

impl Read for Socket {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_nonblocking {
            return self.stream.read(buffer);
        }
        uninterrupted(|| {
            // macOS refuses this for a socket that the server has closed, although it can be read.
            drop(self.stream.set_read_timeout(Some(self.deadline.remaining()?)));
            self.stream.read(buffer)
        })
    }
}

impl Write for Socket {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_nonblocking {
            return self.stream.write(bytes);
        }
        uninterrupted(|| {
            drop(self.stream.set_write_timeout(Some(self.deadline.remaining()?)));
            self.stream.write(bytes)
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn the_next_address_is_tried() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let good = listener.local_addr().unwrap();
        let refusing = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let connect = |addresses: &[SocketAddr]| Socket::connect_first(addresses, Deadline::after(SECOND));
        assert_eq!(connect(&[refusing, good]).unwrap().stream.peer_addr().unwrap(), good);
        assert_eq!(connect(&[refusing]).err().unwrap().kind(), io::ErrorKind::ConnectionRefused);
        assert_eq!(connect(&[]).err().unwrap().kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn lookups() {
        let deadline = Deadline::after(SECOND);
        assert_eq!(lookup("::1", 80, deadline).unwrap(), ["[::1]:80".parse().unwrap()]);
        assert!(lookup("localhost", 80, deadline).unwrap().iter().all(|address| address.ip().is_loopback()));
        let over = lookup("localhost", 80, Deadline::after(Duration::ZERO)).unwrap_err();
        assert_eq!(over.kind(), io::ErrorKind::TimedOut);
    }

    #[test]
    fn reads_end_at_the_deadline() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let mut socket = Socket::connect_first(&[address], Deadline::after(Duration::MAX)).unwrap();
        assert!(!socket.deadline.is_over());
        socket.deadline = Deadline::after(SECOND / 20);
        let begun = Instant::now();
        for _ in 0..2 {
            assert_eq!(socket.read(&mut [0]).unwrap_err().kind(), io::ErrorKind::TimedOut);
        }
        assert!(socket.deadline.is_over() && begun.elapsed() >= SECOND / 20);
        assert_eq!(socket.write(b"late").unwrap_err().kind(), io::ErrorKind::TimedOut);
    }

    #[test]
    fn a_probe_does_not_block() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let mut socket = Socket::connect_first(&[address], Deadline::after(SECOND)).unwrap();
        socket.deadline = Deadline::after(Duration::ZERO);
        socket.set_nonblocking(true).unwrap();
        assert_eq!(socket.peek().unwrap_err().kind(), io::ErrorKind::WouldBlock);
        assert_eq!(socket.read(&mut [0]).unwrap_err().kind(), io::ErrorKind::WouldBlock);
        socket.set_nonblocking(false).unwrap();
        assert_eq!(socket.read(&mut [0]).unwrap_err().kind(), io::ErrorKind::TimedOut);
    }
}

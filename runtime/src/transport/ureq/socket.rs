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

    /// Returns the timeout for a system call that must not time out before the deadline: the remaining time and one
    /// tick of the clock, 16 ms. On Windows, a system call can time out up to one tick early.
    fn timeout(self) -> io::Result<Duration> {
        const TICK: Duration = Duration::from_millis(16);
        Ok(self.remaining()? + TICK)
    }

    fn remaining(self) -> io::Result<Duration> {
        let remaining = self.0.saturating_duration_since(Instant::now());
        if remaining.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(remaining) }
    }
}

pub(super) struct Socket {
    /// The stream is in nonblocking mode, except while an operation waits.
    stream: TcpStream,
    pub(super) deadline: Deadline,
    /// Whether operations wait until the deadline. Otherwise they return [`WouldBlock`](io::ErrorKind::WouldBlock).
    pub(super) waits: bool,
}

impl Socket {
    /// Connects to the first address of the host that accepts a connection.
    pub(super) fn connect(host: &str, port: u16, deadline: Deadline) -> io::Result<Self> {
        Self::connect_first(&lookup(host, port, deadline)?, deadline)
    }

    fn connect_first(addresses: &[SocketAddr], deadline: Deadline) -> io::Result<Self> {
        let mut failure = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
        for (address, others) in addresses.iter().zip((0..addresses.len()).rev()) {
            // An address that does not respond leaves time for the others.
            let timeout = if others == 0 { deadline.timeout()? } else { deadline.remaining()? / 2 };
            match TcpStream::connect_timeout(address, timeout) {
                Ok(stream) => {
                    stream.set_nodelay(true)?;
                    stream.set_nonblocking(true)?;
                    return Ok(Self { stream, deadline, waits: true });
                }
                Err(error) => failure = error,
            }
        }
        Err(failure)
    }

    /// Peeks at the next byte.
    pub(super) fn peek(&self) -> io::Result<usize> {
        self.stream.peek(&mut [0])
    }

    /// Reads or writes. Only an operation that has to wait needs the system calls for its timeout.
    fn perform(
        &self,
        set_timeout: fn(&TcpStream, Option<Duration>) -> io::Result<()>,
        mut operation: impl FnMut() -> io::Result<usize>,
    ) -> io::Result<usize> {
        if !self.waits {
            return operation();
        }
        self.deadline.remaining()?;
        match operation() {
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => {}
            outcome => return outcome,
        }
        self.stream.set_nonblocking(false)?;
        let outcome = uninterrupted(|| {
            // macOS refuses this for a socket that the server has closed, although it can be read.
            drop(set_timeout(&self.stream, Some(self.deadline.timeout()?)));
            operation()
        });
        self.stream.set_nonblocking(true)?;
        outcome
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
        self.perform(TcpStream::set_read_timeout, || (&self.stream).read(buffer))
    }
}

impl Write for Socket {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.perform(TcpStream::set_write_timeout, || (&self.stream).write(bytes))
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

    /// A system call can time out up to 16 ms early.
    #[test]
    fn an_early_timeout_is_not_before_the_deadline() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let socket = Socket::connect_first(&[address], Deadline::after(SECOND / 20)).unwrap();
        let early = |stream: &TcpStream, time: Option<Duration>| {
            stream.set_read_timeout(time.map(|time| time.saturating_sub(Duration::from_millis(15))))
        };
        let outcome = socket.perform(early, || (&socket.stream).read(&mut [0]));
        assert_eq!(outcome.unwrap_err().kind(), io::ErrorKind::TimedOut);
        assert!(socket.deadline.is_over());
    }

    #[test]
    fn a_probe_does_not_block() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let mut socket = Socket::connect_first(&[address], Deadline::after(SECOND)).unwrap();
        for _ in 0..2 {
            socket.waits = false;
            assert_eq!(socket.peek().unwrap_err().kind(), io::ErrorKind::WouldBlock);
            assert_eq!(socket.read(&mut [0]).unwrap_err().kind(), io::ErrorKind::WouldBlock);
            socket.waits = true;
            socket.deadline = Deadline::after(SECOND / 20);
            assert_eq!(socket.read(&mut [0]).unwrap_err().kind(), io::ErrorKind::TimedOut);
        }
    }

    #[test]
    fn reads_wait_for_bytes() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let mut socket = Socket::connect_first(&[address], Deadline::after(SECOND * 10)).unwrap();
        let (mut peer, _) = listener.accept().unwrap();
        let late = std::thread::spawn(move || {
            std::thread::sleep(SECOND / 20);
            peer.write_all(b"late").unwrap();
        });
        let mut buffer = [0; 8];
        assert_eq!((socket.read(&mut buffer).unwrap(), &buffer[..4]), (4, b"late".as_slice()));
        late.join().unwrap();
        assert_eq!(socket.read(&mut buffer).unwrap(), 0, "the end of the stream");
    }
}

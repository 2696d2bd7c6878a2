//! An HTTP server that responds as a test defines, and records the requests.

use socket2::SockRef;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A request as it was received.
#[derive(Clone, Debug)]
pub struct Received {
    /// The request line.
    pub line: String,
    /// The headers, in the order and with the spelling of the request.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The number of the connection, counted from one.
    pub connection: usize,
}

impl Received {
    /// The body as JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("the body is JSON")
    }

    /// The value of a header that the request contains exactly once.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let mut values = self.headers.iter().filter(|(found, _)| found.eq_ignore_ascii_case(name));
        let (_, value) = values.next().expect("the header");
        assert!(values.next().is_none(), "one header {name}");
        value
    }

    /// The time of the signature.
    #[must_use]
    pub fn signed_at(&self) -> SystemTime {
        let stamp = self.header("x-amz-date");
        let number = |from: usize, to: usize| stamp[from..to].parse::<u64>().expect("a number");
        let (year, month, day) = (number(0, 4), number(4, 6), number(6, 8));
        let is_leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let february = if is_leap(year) { 29 } else { 28 };
        let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let years: u64 = (1970..year).map(|year| if is_leap(year) { 366 } else { 365 }).sum();
        let months: u64 = months.iter().zip(1..month).map(|(days, _)| days).sum();
        let seconds = number(9, 11) * 3600 + number(11, 13) * 60 + number(13, 15);
        UNIX_EPOCH + Duration::from_secs((years + months + day - 1) * 86_400 + seconds)
    }
}

/// The response to a request.
pub enum Reply {
    /// Sends these bytes, and keeps the connection open.
    Keep(Vec<u8>),
    /// Sends these bytes, and closes the connection.
    Close(Vec<u8>),
    /// Resets the connection without a response.
    Reset,
    /// Sends no response for two minutes.
    Hang,
    /// Sends the first bytes, and then the second ones repeatedly, with a pause before each time.
    Endless(&'static [u8], Vec<u8>, Duration),
}

/// A complete HTTP response.
#[must_use]
pub fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n{headers}\r\n{body}").into_bytes()
}

/// A server. It runs until the process of the test ends.
pub struct Server {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// Starts a server on a free port.
    pub fn start(reply: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Self {
        Self::run(None, true, reply)
    }

    /// Starts a server that does not record requests, so that its memory use is constant.
    pub fn without_log(reply: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Self {
        Self::run(None, false, reply)
    }

    /// Starts a server that closes a connection that has been idle for `patience`. The close takes effect after
    /// `held_up`, as with a slow network.
    pub fn closing_idle_connections(
        patience: Duration,
        held_up: Duration,
        reply: impl Fn(&Received) -> Reply + Send + Sync + 'static,
    ) -> Self {
        Self::run(Some((patience, held_up)), true, reply)
    }

    fn run(
        patience: Option<(Duration, Duration)>,
        remembers: bool,
        reply: impl Fn(&Received) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a bound socket");
        let server = Self { address, received: Arc::default(), connections: Arc::default() };
        let (received, connections) = (Arc::clone(&server.received), Arc::clone(&server.connections));
        let reply = Arc::new(reply);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let connection = connections.fetch_add(1, Ordering::SeqCst) + 1;
                let (received, reply) = (Arc::clone(&received), Arc::clone(&reply));
                std::thread::spawn(move || {
                    // An error occurs if the caller closes its connection. It is not a failure of the server.
                    let log = remembers.then_some(&*received);
                    let limit = patience.map(|(limit, _)| limit);
                    let ended = stream.set_read_timeout(limit).and_then(|()| serve(&stream, connection, log, &*reply));
                    if let Some((_, held_up)) = patience
                        && ended.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
                    {
                        std::thread::sleep(held_up);
                    }
                });
            }
        });
        server
    }

    /// Its URL.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its host and port.
    #[must_use]
    pub fn authority(&self) -> String {
        self.address.to_string()
    }

    /// The requests so far.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until that many requests were received.
    ///
    /// # Panics
    ///
    /// If it takes longer than ten seconds.
    pub fn wait_for(&self, requests: usize) {
        for _ in 0..1000 {
            if self.received().len() >= requests {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("{} of {requests} requests were received", self.received().len());
    }

    /// The number of connections so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

fn serve(
    stream: &TcpStream,
    connection: usize,
    log: Option<&Mutex<Vec<Received>>>,
    reply: &(dyn Fn(&Received) -> Reply + Send + Sync),
) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut writer = stream;
    while let Some(request) = read(&mut reader, connection)? {
        if let Some(log) = log {
            log.lock().unwrap_or_else(PoisonError::into_inner).push(request.clone());
        }
        match reply(&request) {
            Reply::Keep(bytes) => writer.write_all(&bytes)?,
            Reply::Close(bytes) => return writer.write_all(&bytes),
            Reply::Reset => return SockRef::from(stream).set_linger(Some(Duration::ZERO)),
            Reply::Hang => std::thread::sleep(Duration::from_mins(2)),
            Reply::Endless(first, bytes, pause) => {
                writer.write_all(first)?;
                loop {
                    std::thread::sleep(pause);
                    writer.write_all(&bytes)?;
                }
            }
        }
    }
    Ok(())
}

fn read(reader: &mut impl BufRead, connection: usize) -> io::Result<Option<Received>> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let mut lines = lines.into_iter();
    let line = lines.next().unwrap_or_default();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned())))
        .collect();
    let length = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length = length.and_then(|(_, value)| value.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Some(Received { line, headers, body, connection }))
}

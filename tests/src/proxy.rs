//! A proxy that injects faults.

use crate::server::answer;
use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The handling of a request.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// The server receives the request, and the caller receives the server's response.
    Pass,
    /// The server does not receive the request, and the caller receives a fault.
    Before(Fault),
    /// The server responds to the request, and the caller receives a fault instead.
    After(Fault),
}

/// The response that the caller receives.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// A connection reset. The request is not read from the socket.
    Reset,
    /// No response until the caller closes the connection.
    Hang,
    /// A response with that status, and with that exception code if it is not empty.
    Answer(&'static str, &'static str),
    /// The server's response without the second half of its body, and then the end of the connection.
    Truncated,
    /// A complete response with the first half of the body.
    Half,
}

/// A proxy. It runs until the process of the test ends.
pub struct Proxy {
    address: SocketAddr,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    script: Mutex<VecDeque<Step>>,
    requests: AtomicUsize,
    forwarded: AtomicUsize,
}

impl Proxy {
    /// Starts a proxy on a free port for the server with that URL.
    ///
    /// # Panics
    ///
    /// If the URL is not `http` with an IP address and a port.
    #[must_use]
    pub fn start(server: &str) -> Self {
        let server: SocketAddr = server.trim_start_matches("http://").parse().expect("an address and a port");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let proxy = Self { address: listener.local_addr().expect("a bound socket"), state: Arc::default() };
        let state = Arc::clone(&proxy.state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&state);
                // An error occurs if the caller closes the connection, and is ignored.
                std::thread::spawn(move || serve(&stream, server, &state));
            }
        });
        proxy
    }

    /// Its URL.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Sets the handling of the next requests. Later requests pass.
    pub fn script(&self, steps: &[Step]) {
        *self.state.script.lock().unwrap_or_else(PoisonError::into_inner) = steps.iter().copied().collect();
    }

    /// The number of requests received.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.state.requests.load(Ordering::SeqCst)
    }

    /// Waits until the server has responded to that many requests.
    ///
    /// # Panics
    ///
    /// If it takes longer than half a minute.
    pub fn wait_for(&self, forwarded: usize) {
        for _ in 0..3000 {
            if self.state.forwarded.load(Ordering::SeqCst) >= forwarded {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("{} of {forwarded} requests were answered", self.state.forwarded.load(Ordering::SeqCst));
    }
}

fn serve(mut stream: &TcpStream, server: SocketAddr, state: &State) -> io::Result<()> {
    while let Some(request) = peek(stream)? {
        state.requests.fetch_add(1, Ordering::SeqCst);
        let step = state.script.lock().unwrap_or_else(PoisonError::into_inner).pop_front().unwrap_or(Step::Pass);
        let (fault, body) = match step {
            Step::Pass => (None, forward(&request, server, state)?),
            Step::After(fault) => (Some(fault), forward(&request, server, state)?),
            Step::Before(fault) => (Some(fault), String::new()),
        };
        if matches!(fault, Some(Fault::Reset)) {
            // A socket that is closed with unread data resets the connection.
            return Ok(());
        }
        stream.read_exact(&mut vec![0; request.len()])?;
        let half = &body[..body.len() / 2];
        match fault {
            None => stream.write_all(&answer("200 OK", "", &body))?,
            Some(Fault::Half) => stream.write_all(&answer("200 OK", "", half))?,
            Some(Fault::Truncated) => {
                let whole = answer("200 OK", "", &body);
                return stream.write_all(&whole[..whole.len() - half.len()]);
            }
            Some(Fault::Answer(status, "")) => stream.write_all(&answer(status, "", ""))?,
            Some(Fault::Answer(status, code)) => {
                stream.write_all(&answer(status, "", &format!(r#"{{"__type":"{code}"}}"#)))?;
            }
            Some(Fault::Hang | Fault::Reset) => {
                stream.read_to_end(&mut Vec::new())?;
            }
        }
    }
    Ok(())
}

/// Peeks at a whole request; `None` at the end of the connection.
fn peek(stream: &TcpStream) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = vec![0; 1 << 16];
    for _ in 0..10_000 {
        let length = stream.peek(&mut bytes)?;
        if length == 0 {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&bytes[..length]);
        if let Some((head, body)) = text.split_once("\r\n\r\n")
            && content_length(head).is_some_and(|length| body.len() >= length)
        {
            return Ok(Some(bytes[..length].to_vec()));
        }
        // A peek does not wait for more data.
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok(None)
}

/// Forwards a request. Returns the body of the server's response, which must have the status 200.
fn forward(request: &[u8], server: SocketAddr, state: &State) -> io::Result<String> {
    let mut stream = TcpStream::connect(server)?;
    let line = request.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    stream.write_all(&[&request[..line], b"Connection: close\r\n", &request[line..]].concat())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").expect("a response");
    assert!(head.contains(" 200 ") && content_length(head) == Some(body.len()), "{answer}");
    state.forwarded.fetch_add(1, Ordering::SeqCst);
    Ok(body.to_owned())
}

fn content_length(head: &str) -> Option<usize> {
    let mut fields = head.lines().filter_map(|line| line.split_once(':'));
    let (_, value) = fields.find(|(name, _)| name.eq_ignore_ascii_case("content-length"))?;
    value.trim().parse().ok()
}

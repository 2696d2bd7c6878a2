//! The responses of proxies and servers, over a loopback connection: `cargo fuzz run -s none transport` in `tests/fuzz`.

#![no_main]

use cognito_op::transport::{BODY_LIMIT, BlockingTransport as _, Proxies, Timeouts, TransportError};
use cognito_op::{Body, UreqTransport};
use cognito_op_fuzz::{SECRET, quotes_secret};
use http::{Method, Request, Response};
use libfuzzer_sys::fuzz_target;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{LazyLock, Mutex};
use std::thread;
use std::time::Duration;

/// The bytes that the server sends over the next connection: after the first request, and optionally after a second
/// request.
struct Script {
    first: Vec<u8>,
    second: Option<Vec<u8>>,
}

static SCRIPT: Mutex<Option<Script>> = Mutex::new(None);

static SERVER: LazyLock<SocketAddr> = LazyLock::new(|| {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for connection in listener.incoming() {
            // The client can close the connection at any time.
            drop(serve(connection.expect("a connection")));
        }
    });
    address
});

fn serve(mut connection: TcpStream) -> std::io::Result<()> {
    let Script { first, second } = SCRIPT.lock().expect("a script").take().expect("a script");
    read_request(&mut connection)?;
    connection.write_all(&first)?;
    if let Some(second) = second {
        read_request(&mut connection)?;
        connection.write_all(&second)?;
    }
    connection.shutdown(Shutdown::Write)?;
    let mut rest = [0; 1024];
    while connection.read(&mut rest)? > 0 {}
    Ok(())
}

/// Reads a request whose body is `{}` or empty.
fn read_request(connection: &mut TcpStream) -> std::io::Result<()> {
    let (mut request, mut buffer) = (Vec::new(), [0; 1024]);
    while !request.ends_with(b"\r\n\r\n") && !request.ends_with(b"\r\n\r\n{}") {
        let length = connection.read(&mut buffer)?;
        request.extend_from_slice(&buffer[..length]);
        if length == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(())
}

/// Sends a request over a new connection.
fn send(proxies: Proxies, url: &str, script: Script) -> Result<Response<Body>, TransportError> {
    static TRANSPORT: LazyLock<UreqTransport> = LazyLock::new(|| UreqTransport::new().expect("a transport"));
    *SCRIPT.lock().expect("a script") = Some(script);
    // The clone has its own connection pool.
    let transport = TRANSPORT.clone().with_proxies(proxies);
    let mut request = Request::new(Body::from("{}"));
    *request.method_mut() = Method::POST;
    *request.uri_mut() = url.parse().expect("a URL");
    let limit = Duration::from_secs(5);
    let outcome = transport.send(request, Timeouts::new(limit, limit, limit));
    if let Err(error) = &outcome {
        assert_eq!(error.timeout_kind(), None, "{error}");
        let shown = format!("{error} {error:?}");
        assert!(!quotes_secret(&shown) && !error.to_string().contains('\n'), "{shown}");
    }
    outcome
}

/// The maximum size of a response to `CONNECT`.
const HEAD_LIMIT: usize = 16 * 1024;

/// The outcome of a response to `CONNECT`.
#[derive(Debug, PartialEq)]
enum Tunnel {
    Open,
    /// The status rejects the tunnel.
    Rejected(u16),
    /// The response is incomplete, not HTTP, or followed by other bytes.
    Broken,
}

/// Reads a response to `CONNECT` line by line.
fn tunnel(bytes: &[u8]) -> Tunnel {
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    loop {
        let head: Vec<&[u8]> = {
            let mut head = Vec::new();
            loop {
                match lines.next() {
                    Some(line) if line.ends_with(b"\n") => head.push(line),
                    _ => return Tunnel::Broken,
                }
                // A line break at the start does not end the head.
                if head.len() > 1 && [&b"\n"[..], b"\r\n"].contains(head.last().expect("a line")) {
                    break head;
                }
            }
        };
        let status = match head[0] {
            [b'H', b'T', b'T', b'P', b'/', b'1', b'.', b'0' | b'1', b' ', digits @ ..] => {
                let digits = digits.split(u8::is_ascii_whitespace).next().expect("digits");
                str::from_utf8(digits)
                    .ok()
                    .filter(|digits| digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit()))
            }
            _ => None,
        };
        return match status.and_then(|status| status.parse().ok()) {
            None | Some(0..100) => Tunnel::Broken,
            Some(100 | 102..200) => continue,
            Some(200..300) if lines.next().is_none() => Tunnel::Open,
            Some(200..300) => Tunnel::Broken,
            Some(status) => Tunnel::Rejected(status),
        };
    }
}

fn check_tunnel(bytes: &[u8]) {
    let is_large = bytes.len() > HEAD_LIMIT;
    let expected = if is_large { Tunnel::Broken } else { tunnel(bytes) };
    let url = format!("http://alice:{SECRET}@{}", *SERVER);
    let second = (expected == Tunnel::Open).then(|| b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}".to_vec());
    let script = Script { first: bytes.to_vec(), second };
    match send(Proxies::all(url).expect("a proxy"), "http://cognito.example/", script) {
        Ok(response) => {
            assert_eq!(expected, Tunnel::Open);
            assert_eq!((response.status().as_u16(), response.body().as_bytes()), (200, &b"{}"[..]));
        }
        Err(error) => {
            assert!(!error.may_have_been_sent(), "{error}");
            match expected {
                Tunnel::Rejected(status) => {
                    let is_final = (400..500).contains(&status) && ![408, 429].contains(&status);
                    assert_eq!(error.is_transient(), !is_final, "{error}");
                    assert!(error.to_string().contains(&format!("with the status {status} ")), "{error}");
                }
                // A status can be read before the limit is exceeded.
                Tunnel::Broken => assert!(error.is_transient() || is_large, "{error}"),
                Tunnel::Open => panic!("{error}"),
            }
        }
    }
}

/// Decodes a chunked body. Ignores extensions and trailers.
fn chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|window| window == b"\r\n")?;
        let size = rest[..end].split(|byte| *byte == b';').next()?;
        let size = usize::from_str_radix(str::from_utf8(size).ok()?.trim(), 16).ok()?;
        rest = &rest[end + 2..];
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size + 2..)?;
    }
}

fn check_response(bytes: &[u8]) {
    let url = format!("http://{}/", *SERVER);
    let script = Script { first: bytes.to_vec(), second: None };
    let response = match send(Proxies::default(), &url, script) {
        Ok(response) => response,
        Err(error) => return assert!(error.may_have_been_sent(), "{error}"),
    };
    let (status, body) = (response.status().as_u16(), response.body().as_bytes());
    assert!(status >= 200 || status == 101, "an interim response");
    assert!(body.len() <= BODY_LIMIT && response.headers().len() <= 128);
    // RFC 9112, section 6.3.
    if matches!(status, 101 | 204 | 304) {
        return assert!(body.is_empty(), "{response:?}");
    }
    let is_chunked = response.headers().contains_key("transfer-encoding");
    // The same length can occur several times, even in one header.
    let values = response.headers().get_all("content-length").iter();
    let values = values.flat_map(|value| value.to_str().unwrap_or_default().split(','));
    let lengths: Vec<_> = values.map(|value| value.trim().parse::<usize>().ok()).collect();
    // ureq-proto ignores encodings other than `chunked`.
    let is_body = |rest: &[u8]| {
        let by_chunks = is_chunked && chunks(rest).is_some_and(|decoded| decoded == body);
        let by_length = lengths.iter().all(|length| *length == Some(body.len())) && rest.starts_with(body);
        by_chunks || if lengths.is_empty() { rest == body } else { by_length }
    };
    assert!(after_heads(bytes).any(is_body), "{response:?}");
}

/// Returns the bytes after each possible end of a head.
fn after_heads(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let is_end = |at: &usize| bytes[..*at].ends_with(b"\n\r\n") || bytes[..*at].ends_with(b"\n\n");
    (1..=bytes.len()).filter(is_end).map(|at| &bytes[at..])
}

fuzz_target!(|input: &[u8]| {
    let Some((kind, rest)) = input.split_first() else { return };
    let mut bytes = Vec::new();
    for byte in rest {
        match byte {
            b'$' => bytes.extend_from_slice(SECRET.as_bytes()),
            // The repetition lets a short input exceed each limit.
            b'~' => bytes.resize(bytes.len() + 4_000, b'~'),
            byte => bytes.push(*byte),
        }
    }
    match kind {
        b'h' => check_response(&bytes),
        _ => check_tunnel(&bytes),
    }
});

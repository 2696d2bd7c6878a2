//! A connection, over TCP or TLS.

use super::super::pool::{Pooled, Target};
use super::super::{BODY_LIMIT, HEAD_TOO_LARGE, NotConnected, READ_LIMIT, SPOKE_FIRST};
use super::socket::Deadline;
use super::stream::Stream;
use crate::codec::Body;
use http::header::{CONTENT_LENGTH, HeaderValue};
use http::{Request, Response};
use rustls::ClientConfig;
use std::error::Error;
use std::io::{self, Read, Write};
use std::ops::Range;
use std::sync::Arc;
use ureq_proto::BodyMode;
use ureq_proto::client::state::{RecvBody, RecvResponse};
use ureq_proto::client::{Call, RecvBodyResult, RecvResponseResult, SendRequestResult};

/// The maximum size of the heads of a response, including interim responses.
const HEAD_LIMIT: usize = 64 << 10;

/// The initial size of the buffer, and the number of bytes by which it grows.
const BUFFER: usize = 8 << 10;

pub(super) struct Connection {
    stream: Stream,
    input: Input,
    /// The number of bytes of the response that can still be read.
    left: usize,
}

/// The bytes that were read and not used yet. Later responses use the same buffer, since a new one must be cleared.
struct Input {
    buffer: Vec<u8>,
    unused: Range<usize>,
}

impl Input {
    fn bytes(&self) -> &[u8] {
        &self.buffer[self.unused.clone()]
    }

    fn consume(&mut self, length: usize) {
        self.unused.start += length;
    }

    /// Reads more bytes. Returns their number.
    fn fill(&mut self, stream: &mut impl Read) -> io::Result<usize> {
        if self.unused.is_empty() {
            self.unused = 0..0;
        } else if self.unused.end == self.buffer.len() {
            self.buffer.drain(..self.unused.start);
            self.unused = 0..self.buffer.len();
            self.buffer.resize(self.unused.end + BUFFER, 0);
        }
        let read = stream.read(&mut self.buffer[self.unused.end..])?;
        self.unused.end += read;
        Ok(read)
    }
}

/// The reason why a request over a connection failed.
pub(super) enum Failure {
    /// The request cannot be written.
    Unsent(ureq_proto::Error),
    /// The connection or the response is broken.
    Broken(Box<dyn Error + Send + Sync>),
    /// The body of the response is larger than [`BODY_LIMIT`].
    TooLarge,
}

impl<E: Into<Box<dyn Error + Send + Sync>>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Broken(error.into())
    }
}

/// A response, and whether its connection can carry another request.
pub(super) type Outcome = Result<(Response<Body>, bool), Failure>;

impl Connection {
    /// Returns a connection over a stream to the server.
    pub(super) fn over(mut stream: Stream, target: &Target, tls: &Arc<ClientConfig>) -> Result<Self, NotConnected> {
        if target.tls {
            stream = stream.secure(&target.host, tls)?;
        }
        let input = Input { buffer: vec![0; BUFFER], unused: 0..0 };
        let mut connection = Self { stream, input, left: READ_LIMIT };
        // Over TLS, the session tickets of the handshake may have arrived already.
        if !target.tls && !connection.is_open() {
            return Err(SPOKE_FIRST.into());
        }
        Ok(connection)
    }

    /// Sends a request and reads the whole response.
    pub(super) fn send(&mut self, request: Request<Body>, deadline: Deadline) -> Outcome {
        self.stream.socket().deadline = deadline;
        self.left = READ_LIMIT;
        let (wire, call) = written(request, &mut self.input.buffer).map_err(Failure::Unsent)?;
        match self.stream.write_all(&wire).and_then(|()| self.stream.flush()) {
            Ok(()) => {
                // The response needs some time. If other threads run until it has arrived, this thread need not be put to
                // sleep and woken, which costs more, and their calls take turns.
                std::thread::yield_now();
                self.receive(call)
            }
            Err(error) if deadline.is_over() => Err(error.into()),
            // A server can reject a request and close the connection before it has read the whole request.
            Err(error) => self.receive(call).map(|(response, _)| (response, false)).map_err(|_| error.into()),
        }
    }

    fn receive(&mut self, mut call: Call<RecvResponse>) -> Outcome {
        let mut heads = 0;
        let response = loop {
            if let Some(length) = interim_head(self.input.bytes()) {
                heads += length;
                self.input.consume(length);
                continue;
            }
            let (used, response) = call.try_response(self.input.bytes(), false).map_err(|error| match error {
                ureq_proto::Error::HttpParseTooManyHeaders => HEAD_TOO_LARGE.into(),
                error => Failure::from(error),
            })?;
            heads += used;
            let incomplete = if response.is_some() { 0 } else { self.input.bytes().len() - used };
            if heads + incomplete > HEAD_LIMIT {
                return Err(HEAD_TOO_LARGE.into());
            }
            self.input.consume(used);
            if let Some(response) = response {
                break response;
            }
            if used == 0 && !self.fill()? {
                return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
            }
        };
        let (body, must_close) = match call.proceed().ok_or("the response has no head")? {
            RecvResponseResult::RecvBody(call) => self.receive_body(call)?,
            RecvResponseResult::Redirect(call) => (Vec::new(), call.must_close_connection()),
            RecvResponseResult::Cleanup(call) => (Vec::new(), call.must_close_connection()),
        };
        // The server must not send more than the response.
        Ok((response.map(|()| Body::from(body)), !must_close && self.input.bytes().is_empty()))
    }

    /// Returns the body, and whether the connection must be closed.
    fn receive_body(&mut self, mut call: Call<RecvBody>) -> Result<(Vec<u8>, bool), Failure> {
        let until_close = matches!(call.body_mode(), BodyMode::CloseDelimited);
        if matches!(call.body_mode(), BodyMode::LengthDelimited(length) if length > BODY_LIMIT as u64) {
            return Err(Failure::TooLarge);
        }
        let mut body = Vec::new();
        while until_close || !call.can_proceed() {
            let (input, before) = (self.input.bytes(), body.len());
            // Decoding does not increase the number of bytes.
            body.resize(before + input.len(), 0);
            let (used, read) = call.read(input, &mut body[before..])?;
            self.input.consume(used);
            body.truncate(before + read);
            if body.len() > BODY_LIMIT {
                return Err(Failure::TooLarge);
            }
            // The line with the size of a chunk can be as long as a head.
            if used == 0 && read == 0 && self.input.bytes().len() > HEAD_LIMIT {
                return Err("a chunk of the response has no size".into());
            }
            if used == 0 && read == 0 && !self.fill()? {
                if until_close {
                    break;
                }
                return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
            }
        }
        let must_close = match call.proceed().ok_or("the response has no end")? {
            RecvBodyResult::Redirect(call) => call.must_close_connection(),
            RecvBodyResult::Cleanup(call) => call.must_close_connection(),
        };
        Ok((body, must_close))
    }

    /// Reads more input. Returns `false` at its end.
    fn fill(&mut self) -> Result<bool, Failure> {
        let read = self.input.fill(&mut self.stream)?;
        self.left = self.left.checked_sub(read).ok_or(Failure::TooLarge)?;
        Ok(read > 0)
    }
}

/// Returns the length of the interim response at the start of the input. ureq-proto rejects some of them, such as those with
/// headers.
fn interim_head(input: &[u8]) -> Option<usize> {
    input.strip_prefix(b"HTTP/1.1 ").filter(|rest| rest.starts_with(b"1") && !rest.starts_with(b"101"))?;
    let end = b"\r\n\r\n";
    input.windows(end.len()).position(|window| window == end).map(|start| start + end.len())
}

/// Returns the bytes of a request, and the state in which its response is received. The head is written to the buffer
/// first, which grows until each line fits.
fn written(request: Request<Body>, buffer: &mut Vec<u8>) -> Result<(Vec<u8>, Call<RecvResponse>), ureq_proto::Error> {
    let (mut head, body) = request.into_parts();
    head.headers.insert(CONTENT_LENGTH, HeaderValue::from(body.as_bytes().len()));
    let mut call = Call::new(Request::from_parts(head, ()))?;
    call.force_send_body();
    let mut call = call.proceed();
    let mut wire = Vec::with_capacity(512 + body.as_bytes().len());
    while !call.can_proceed() {
        match call.write(buffer) {
            Ok(length) => wire.extend_from_slice(&buffer[..length]),
            Err(ureq_proto::Error::OutputOverflow) => buffer.resize(buffer.len() + BUFFER, 0),
            Err(error) => return Err(error),
        }
    }
    wire.extend_from_slice(body.as_bytes());
    let call = match call.proceed()? {
        Some(SendRequestResult::SendBody(mut call)) => {
            call.consume_direct_write(body.as_bytes().len())?;
            call.proceed()
        }
        Some(SendRequestResult::RecvResponse(call)) => Some(call),
        // The header `Expect` is not set.
        Some(SendRequestResult::Await100(_)) | None => None,
    };
    call.map(|call| (wire, call)).ok_or(ureq_proto::Error::BodyNotAllowed)
}

impl Pooled for Connection {
    type Owner = ();

    fn owner(&self) {}

    fn is_open(&mut self) -> bool {
        self.stream.is_open()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_buffer_grows_around_unused_bytes() {
        let mut input = Input { buffer: vec![0; BUFFER], unused: 0..0 };
        let bytes: Vec<u8> = (0..=250).cycle().take(3 * BUFFER).collect();
        let mut stream = bytes.as_slice();
        assert_eq!(input.fill(&mut stream).unwrap(), BUFFER);
        input.consume(100);
        assert_eq!(input.fill(&mut stream).unwrap(), BUFFER);
        assert_eq!((input.bytes(), input.buffer.len()), (&bytes[100..2 * BUFFER], 2 * BUFFER - 100));
        input.consume(2 * BUFFER - 100);
        assert_eq!(input.fill(&mut stream).unwrap(), BUFFER);
        assert_eq!(input.bytes(), &bytes[2 * BUFFER..]);
        assert_eq!((input.fill(&mut stream).unwrap(), input.bytes().len()), (0, BUFFER));
    }

    /// Such as an access token with many groups in `Authorization`.
    #[test]
    fn a_line_of_the_head_can_be_longer_than_the_buffer() {
        let long = "a".repeat(3 * BUFFER);
        let request = Request::post("http://localhost/").header("x-a", "1").header("x-b", long.as_str());
        let request = request.header("x-c", "3").body(Body::from("{}")).unwrap();
        let (wire, _) = written(request, &mut vec![0; BUFFER]).unwrap();
        let wire = String::from_utf8(wire).unwrap();
        let (head, body) = wire.split_once("\r\n\r\n").unwrap();
        let values: Vec<_> = head.lines().filter_map(|line| line.strip_prefix("x-")).collect();
        assert_eq!((values.join(" "), body), (format!("a: 1 b: {long} c: 3"), "{}"));
    }

    #[test]
    fn interim_heads() {
        assert_eq!(interim_head(b"HTTP/1.1 103 Early Hints\r\na: b\r\n\r\nHTTP"), Some(34));
        assert_eq!(interim_head(b"HTTP/1.1 103 Early Hints\r\na: b\r\n"), None);
        assert_eq!(interim_head(b"HTTP/1.1 101 Switching Protocols\r\n\r\n"), None);
        assert_eq!(interim_head(b"HTTP/1.1 200 OK\r\n\r\n"), None);
    }
}

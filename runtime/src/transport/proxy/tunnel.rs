//! The exchange with a proxy that opens a tunnel, without I/O.

use super::super::pool::Target;
use super::super::{NotConnected, SPOKE_FIRST, TimeoutKind, TransportError};
use super::server::Proxy;
use http::StatusCode;
use std::error::Error;
use std::fmt;
use zeroize::Zeroizing;

/// The maximum size of the heads of a response of a proxy, including interim responses.
const HEAD_LIMIT: usize = 16 << 10;

/// The size of a buffer for [`Response::received`].
pub(in crate::transport) const BUFFER: usize = 1 << 10;

/// Returns the [request](https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6) that opens a tunnel to the server.
pub(in crate::transport) fn request(proxy: &Proxy, target: &Target) -> Zeroizing<Vec<u8>> {
    let Target { host, port, .. } = target;
    let authority = if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") };
    let head = format!("CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n");
    let credentials = proxy.credentials().map(|value| ["Proxy-Authorization: ", value, "\r\n"]);
    let parts = [head.as_str()].into_iter().chain(credentials.into_iter().flatten()).chain(["\r\n"]);
    // The capacity suffices, so that no buffer with a secret is moved.
    let mut request = Zeroizing::new(Vec::with_capacity(parts.clone().map(str::len).sum()));
    parts.for_each(|part| request.extend_from_slice(part.as_bytes()));
    request
}

/// The response to a [`request`].
#[derive(Default)]
pub(in crate::transport) struct Response {
    head: Vec<u8>,
    /// The number of bytes of all heads.
    length: usize,
}

impl Response {
    /// Takes the bytes of a read, which are empty at the end of the connection. Returns whether the tunnel is open.
    pub(in crate::transport) fn received(&mut self, bytes: &[u8]) -> Result<bool, NotConnected> {
        if bytes.is_empty() {
            return Err("it closed the connection".into());
        }
        self.length += bytes.len();
        if self.length > HEAD_LIMIT {
            return Err("the head of its response is too large".into());
        }
        self.head.extend_from_slice(bytes);
        while let Some(length) = head_length(&self.head) {
            let status = status(&self.head).ok_or("its response is not HTTP/1")?;
            // 101 is final (RFC 9110, section 15.2.2), and opens no tunnel.
            if !status.is_informational() || status == StatusCode::SWITCHING_PROTOCOLS {
                return match status.is_success() {
                    // The server does not send anything before there is a request.
                    true if self.head.len() > length => Err(SPOKE_FIRST.into()),
                    true => Ok(true),
                    false => Err(refused(status)),
                };
            }
            self.head.drain(..length);
        }
        Ok(false)
    }
}

/// Returns the length of the first head, if it is complete.
fn head_length(bytes: &[u8]) -> Option<usize> {
    let end = |end: &[u8]| bytes.windows(end.len()).position(|window| window == end).map(|start| start + end.len());
    // Lines can end without a carriage return (RFC 9112, section 2.2).
    [end(b"\n\r\n"), end(b"\n\n")].into_iter().flatten().min()
}

fn status(head: &[u8]) -> Option<StatusCode> {
    match head.strip_prefix(b"HTTP/1.")? {
        [b'0' | b'1', b' ', digits @ ..] if digits.get(3).is_some_and(u8::is_ascii_whitespace) => {
            StatusCode::from_bytes(&digits[..3]).ok()
        }
        _ => None,
    }
}

/// Returns the error for a status that opens no tunnel. Most errors of the client are final: another attempt with a wrong
/// password could lock the account.
fn refused(status: StatusCode) -> NotConnected {
    let hint = match status {
        // tinyproxy responds with 401 to a wrong password.
        StatusCode::UNAUTHORIZED | StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
            "; check the user name and the password in the URL of the proxy"
        }
        StatusCode::FORBIDDEN | StatusCode::METHOD_NOT_ALLOWED => "; it does not permit tunnels to this host and port",
        _ => "",
    };
    let is_transient = matches!(status, StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS);
    NotConnected {
        source: format!("it responded with the status {status}{hint}").into(),
        is_final: status.is_client_error() && !is_transient,
    }
}

/// The error of a connection through a proxy.
#[derive(Debug)]
struct ProxyError {
    proxy: Proxy,
    source: Box<dyn Error + Send + Sync>,
}

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the proxy {} failed", self.proxy)
    }
}

impl Error for ProxyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

impl Proxy {
    /// Returns the error with the URL of the proxy.
    pub(in crate::transport) fn failed(&self, NotConnected { source, is_final }: NotConnected) -> NotConnected {
        NotConnected { source: Box::new(ProxyError { proxy: self.clone(), source }), is_final }
    }

    /// Returns the error for a timeout that expired before there was a connection through the proxy.
    pub(in crate::transport) fn timed_out(&self, kind: TimeoutKind) -> TransportError {
        TransportError::not_connected_with(kind, format!("the connection is made through the proxy {self}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(reads: &[&[u8]]) -> Result<bool, (String, bool)> {
        let mut response = Response::default();
        for read in reads {
            match response.received(read) {
                Ok(false) => {}
                open_or_failed => {
                    return open_or_failed.map_err(|error| (error.source.to_string(), error.is_final));
                }
            }
        }
        Ok(false)
    }

    #[test]
    fn requests() {
        let text = |url: &str, host: &str| {
            let target = Target { tls: true, host: host.to_owned(), port: 443 };
            String::from_utf8(request(&Proxy::parse(url).unwrap(), &target).to_vec()).unwrap()
        };
        assert_eq!(text("proxy", "a.example"), "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n");
        assert_eq!(
            text("http://alice:word@proxy", "2001:db8::1"),
            "CONNECT [2001:db8::1]:443 HTTP/1.1\r\nHost: [2001:db8::1]:443\r\n\
             Proxy-Authorization: Basic YWxpY2U6d29yZA==\r\n\r\n"
        );
    }

    #[test]
    fn tunnels() {
        for open in [
            "HTTP/1.1 200 Connection established\r\n\r\n",
            "HTTP/1.0 200\r\nProxy-Agent: x\r\nContent-Length: 5\r\n\r\n",
            "HTTP/1.1 204 \n\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        ] {
            assert_eq!(outcome(&[open.as_bytes()]), Ok(true), "{open:?}");
            let bytes: Vec<&[u8]> = open.as_bytes().chunks(1).collect();
            assert_eq!(outcome(&bytes), Ok(true), "{open:?}");
            assert_eq!(outcome(&bytes[..bytes.len() - 1]), Ok(false), "{open:?}");
        }
    }

    #[test]
    fn refusals() {
        for (response, text, is_final) in [
            ("HTTP/1.1 407 No\r\n\r\n", "the status 407 Proxy Authentication Required; check the user name", true),
            ("HTTP/1.1 403 No\r\n\r\n", "403 Forbidden; it does not permit tunnels to this host and port", true),
            ("HTTP/1.1 429 No\r\n\r\n", "429 Too Many Requests", false),
            ("HTTP/1.1 302 Found\r\nlocation: x\r\n\r\n", "302 Found", false),
            ("HTTP/1.1 502 No\r\n\r\n<html>", "502 Bad Gateway", false),
            ("HTTP/1.1 200 OK\r\n\r\nx", "before there was a request", false),
            ("HTTP/1.1 101 Switching Protocols\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", "101 Switching Protocols", false),
            ("HTTP/2 200 OK\r\n\r\n", "not HTTP/1", false),
            ("HTTP/1.1 2000 OK\r\n\r\n", "not HTTP/1", false),
            ("220 smtp.example.com ESMTP\r\n\r\n", "not HTTP/1", false),
            ("", "closed the connection", false),
        ] {
            let (error, found) = outcome(&[response.as_bytes()]).unwrap_err();
            assert!(error.contains(text) && found == is_final, "{response:?}: {error} {found}");
        }
        let line = [b'x'; 1 << 10];
        assert!(outcome(&[&line[..]; 16]).is_ok());
        assert!(outcome(&[&line[..]; 17]).unwrap_err().0.contains("too large"));
        let interim = b"HTTP/1.1 100 Continue\r\n\r\n".repeat(40);
        assert!(outcome(&[&interim[..]; 17]).unwrap_err().0.contains("too large"), "without end");
    }
}

//! Tests of the contract that every transport must fulfill.

use crate::resend::{ResendConfirmationCode, ResendConfirmationCodeResponse};
use crate::server::{Reply, Server, answer};
use cognito_op::transport::{BODY_LIMIT, TimeoutKind, Transport};
use cognito_op::{Client, Error, ErrorKind};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::ops::Range;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Checks that a transport fulfills the contract.
///
/// # Panics
///
/// If the transport does not fulfill it.
pub async fn check<T: Transport + 'static>(transport: impl Fn() -> T) {
    let client = |url: String| Client::builder().endpoint(url).build_with(transport()).expect("a client");
    the_request_is_unchanged(&client).await;
    every_status_is_a_response(&client).await;
    every_framing_is_read(&client).await;
    no_cookie_is_sent(&client).await;
    the_body_is_not_decoded(&client).await;
    the_body_is_limited(&client).await;
    failures_report_whether_the_request_was_sent(&client).await;
    timeouts_cancel_the_request(&client).await;
}

async fn send(client: &Client) -> Result<ResendConfirmationCodeResponse, Error> {
    ResendConfirmationCode::new("1example23456789", "alice").send(client).await
}

async fn the_request_is_unchanged(client: impl Fn(String) -> Client) {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", r#"{"CodeDeliveryDetails":{}}"#)));
    let client = client(format!("{}/base/path", server.url()));
    for _ in 0..3 {
        assert!(send(&client).await.expect("a response").code_delivery_details.is_some());
    }
    let received = &server.received()[2];
    assert_eq!(received.line, "POST /base/path/ HTTP/1.1");
    assert_eq!(received.json()["Username"], "alice");
    let header = |name: &str| {
        let mut found = received.headers.iter().filter(|(found, _)| found.eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value.as_str())
    };
    assert_eq!(header("content-type"), Some("application/x-amz-json-1.1"));
    assert_eq!(header("host"), Some(server.authority().as_str()));
    assert_eq!(header("content-length"), Some(received.body.len().to_string().as_str()));
    assert_eq!(header("transfer-encoding"), None);
    assert_eq!(header("accept-encoding"), None, "the transport decompresses nothing");
}

async fn every_status_is_a_response(client: impl Fn(String) -> Client) {
    let limit = "x-amzn-errortype: LimitExceededException:\r\n";
    for status in ["400 Bad Request", "404 Not Found", "500 Internal Server Error"] {
        let server = Server::start(move |_| Reply::Keep(answer(status, limit, "{}")));
        let error = send(&client(server.url())).await.expect_err("an error");
        assert_eq!(error.kind(), ErrorKind::LimitExceeded, "{status}");
    }
    for status in ["301 Moved Permanently", "307 Temporary Redirect"] {
        let server = Server::start(move |_| Reply::Keep(answer(status, "location: /elsewhere\r\n", "")));
        let error = send(&client(server.url())).await.expect_err("a redirect");
        assert_eq!(error.kind(), ErrorKind::Unknown);
        assert!(error.status().is_some_and(|status| status.is_redirection()));
        assert_eq!(server.received().len(), 1, "redirects are not followed");
    }
}

async fn every_framing_is_read(client: impl Fn(String) -> Client) {
    const BODY: &str = r#"{"CodeDeliveryDetails":{}}"#;
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let (first, second) = BODY.split_at(5);
    let chunks = format!("5;x=y\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\ntrailer: value\r\n\r\n", second.len());
    let length = format!("content-length: {}\r\n\r\n{BODY}", BODY.len());
    for (response, keeps) in [
        (format!("{chunked}{chunks}"), true),
        (format!("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n{length}"), true),
        (format!("HTTP/1.1 100 Continue\r\nx-a: b\r\n\r\nHTTP/1.1 200 OK\r\n{length}"), true),
        (format!("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n{length}"), true),
        (format!("HTTP/1.1 200\r\n{length}"), true),
        (format!("HTTP/1.1 200 OK\r\nconnection: close\r\n{length}"), false),
        (format!("HTTP/1.0 200 OK\r\n{length}"), false),
        (format!("HTTP/1.1 200 OK\r\n\r\n{BODY}"), false),
    ] {
        let bytes = response.clone().into_bytes();
        let reply = move |_: &_| if keeps { Reply::Keep(bytes.clone()) } else { Reply::Close(bytes.clone()) };
        let server = Server::start(reply);
        let client = client(server.url());
        for _ in 0..3 {
            let details = send(&client).await.expect("a response").code_delivery_details;
            assert!(details.is_some(), "{response}");
        }
        assert_eq!(server.connections(), if keeps { 1 } else { 3 }, "{response}");
    }
}

async fn no_cookie_is_sent(client: impl Fn(String) -> Client) {
    let cookie = "set-cookie: sticky=1; Path=/\r\n";
    let limit = format!("{cookie}x-amzn-errortype: LimitExceededException:\r\n");
    for (status, headers) in [("200 OK", cookie.to_owned()), ("400 Bad Request", limit)] {
        for connection in ["", "connection: close\r\n"] {
            let response = answer(status, &format!("{headers}{connection}"), r#"{"CodeDeliveryDetails":{}}"#);
            let server = Server::start(move |_| {
                if connection.is_empty() { Reply::Keep(response.clone()) } else { Reply::Close(response.clone()) }
            });
            let client = client(server.url());
            for _ in 0..3 {
                let error = send(&client).await.err();
                assert_eq!(error.map(|error| error.kind()), (status != "200 OK").then_some(ErrorKind::LimitExceeded));
            }
            let received = server.received();
            let mut headers = received.iter().flat_map(|request| &request.headers);
            assert!(headers.all(|(name, _)| !name.eq_ignore_ascii_case("cookie")), "{received:?}");
        }
    }
}

/// The body is read as uncompressed UTF-8, regardless of the response's headers. The request has no `Accept-Encoding`.
async fn the_body_is_not_decoded(client: impl Fn(String) -> Client) {
    let body = r#"{"CodeDeliveryDetails":{"Destination":"é"}}"#;
    for header in
        ["content-encoding: gzip\r\n", "content-encoding: br\r\n", "content-type: text/plain; charset=iso-8859-1\r\n"]
    {
        let server = Server::start(move |_| Reply::Keep(answer("200 OK", header, body)));
        let details = send(&client(server.url())).await.expect("a response").code_delivery_details;
        assert_eq!(details.and_then(|details| details.destination).as_deref(), Some("é"), "{header}");
    }
}

async fn the_body_is_limited(client: impl Fn(String) -> Client) {
    let fits = format!("{{}}{}", " ".repeat(BODY_LIMIT - 2));
    let (fits, larger) = (answer("200 OK", "", &fits), answer("200 OK", "", &format!("{fits} ")));
    let server = Server::start(move |_| Reply::Keep(fits.clone()));
    send(&client(server.url())).await.expect("a body at the limit");
    let endless = || Reply::Endless(b"HTTP/1.1 200 OK\r\n\r\n", vec![b' '; 1 << 16], Duration::ZERO);
    for server in [Server::start(move |_| Reply::Keep(larger.clone())), Server::start(move |_| endless())] {
        let error = send(&client(server.url())).await.expect_err("a larger body");
        assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Transport, true), "{error}");
        assert!(error.to_string().contains("larger than 1 MiB"), "{error}");
        assert_eq!(error.attempts(), 1);
    }
}

async fn failures_report_whether_the_request_was_sent(client: impl Fn(String) -> Client) {
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port");
    let error = send(&client(format!("http://{closed}"))).await.expect_err("a refused connection");
    assert_eq!(
        (error.kind(), error.may_have_executed(), error.attempts()),
        (ErrorKind::Transport, false, 3),
        "{error}"
    );

    let part = answer("200 OK", "", r#"{"CodeDeliveryDetails":{}}"#);
    for length in [0, 10, part.len() - 1] {
        let part = part[..length].to_vec();
        let server = Server::start(move |_| Reply::Close(part.clone()));
        let error = send(&client(server.url())).await.expect_err("a truncated response");
        assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Transport, true), "{error}");
        assert_eq!((error.attempts(), server.received().len()), (1, 1), "a retry would send a second message");
    }
}

async fn timeouts_cancel_the_request(client: impl Fn(String) -> Client) {
    let server = Server::start(|_| Reply::Hang);
    let client = client(server.url());
    let operation = ResendConfirmationCode::new("1example23456789", "alice");
    let error = client.call(&operation).timeout(Duration::from_millis(300)).send().await.expect_err("no response");
    assert_eq!((error.kind(), error.timeout_kind()), (ErrorKind::Timeout, Some(TimeoutKind::Total)));
    assert!(error.may_have_executed());
    assert_eq!(server.received().len(), 1);
}

/// The maximum number of headers in a response for the built-in transports, and the error if there are more.
pub const HEADERS: (usize, &str) = (128, "the head of the response is too large, or has more than 128 headers");

/// A server whose responses have that number of headers.
#[must_use]
pub fn with_headers(count: usize) -> Server {
    // One of them is `content-length`.
    let headers = "x-gateway: value\r\n".repeat(count - 1);
    Server::start(move |_| Reply::Keep(answer("200 OK", &headers, r#"{"CodeDeliveryDetails":{}}"#)))
}

/// The time after which a transport closes an idle connection, with some tolerance.
pub const IDLE_TIME: Range<Duration> = Duration::from_secs(9)..Duration::from_secs(12);

/// Starts a server for one request. Returns its URL, and a thread that measures how long the client keeps the
/// connection open after the response.
///
/// # Panics
///
/// If the request fails.
#[must_use]
pub fn idle_time() -> (String, JoinHandle<Duration>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("bound"));
    let closed = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut request = Vec::new();
        while !request.ends_with(b"}") {
            let mut buffer = [0; 4096];
            let length = stream.read(&mut buffer).expect("a request");
            request.extend_from_slice(&buffer[..length]);
        }
        stream.write_all(&answer("200 OK", "", "{}")).expect("an open connection");
        let begun = Instant::now();
        assert_eq!(stream.read(&mut [0]).expect("the end of the connection"), 0);
        begun.elapsed()
    });
    (url, closed)
}

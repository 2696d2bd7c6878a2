//! The ureq transport with servers that misbehave.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::blocking::{self, Client};
use cognito_op::transport::{BoxFuture, SleepPurpose, TimeoutKind, Timeouts, Transport, TransportError};
use cognito_op::{Body, Error, ErrorKind, Retries, UreqTransport, Validation};
use cognito_op_tests::contract;
use cognito_op_tests::resend::{ResendConfirmationCode, ResendConfirmationCodeResponse};
use cognito_op_tests::server::{Reply, Server, answer};
use http::{Request, Response};
use socket2::{Domain, Socket, Type};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::time::{Duration, Instant};

fn client(url: String) -> Client {
    Client::builder().endpoint(url).retries(Retries::off()).build().expect("a client")
}

fn send(client: &Client) -> Result<ResendConfirmationCodeResponse, Error> {
    ResendConfirmationCode::new("1example23456789", "alice").send_blocking(client)
}

/// The ureq transport on another thread, for asynchronous clients.
struct OnThread(UreqTransport);

impl Transport for OnThread {
    fn send(
        &self,
        request: Request<Body>,
        timeouts: Timeouts,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let transport = self.0.clone();
        Box::pin(async move {
            let send = move || blocking::Transport::send(&transport, request, timeouts);
            tokio::task::spawn_blocking(send).await.map_err(TransportError::sent)?
        })
    }

    fn sleep(&self, duration: Duration, _: SleepPurpose) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn now(&self) -> Duration {
        blocking::Transport::now(&self.0)
    }
}

#[tokio::test]
async fn the_transport_keeps_the_contract() {
    contract::check(|| OnThread(UreqTransport::new().expect("a transport"))).await;
}

#[test]
fn the_request_has_no_other_headers() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let client = client(server.url());
    for _ in 0..3 {
        send(&client).expect("a response");
    }
    assert_eq!(server.connections(), 1);
    let received = server.received();
    assert_eq!(received[0].line, "POST / HTTP/1.1");
    let mut names: Vec<String> = received[0].headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
    names.sort();
    assert_eq!(names, ["content-length", "content-type", "host", "user-agent", "x-amz-target"]);
    assert_eq!(received[0].json()["Username"], "alice");
}

#[test]
fn every_status_is_a_response() {
    for (status, kind) in
        [("400 Bad Request", ErrorKind::LimitExceeded), ("500 Internal Server Error", ErrorKind::LimitExceeded)]
    {
        let server =
            Server::start(move |_| Reply::Keep(answer(status, "x-amzn-errortype: LimitExceededException:\r\n", "{}")));
        assert_eq!(send(&client(server.url())).expect_err("an error").kind(), kind);
    }
    // Redirects are not followed.
    let server = Server::start(|_| Reply::Keep(answer("307 Temporary Redirect", "location: /elsewhere\r\n", "")));
    let error = send(&client(server.url())).expect_err("a redirect");
    assert_eq!((error.kind(), error.status().map(|status| status.as_u16())), (ErrorKind::Unknown, Some(307)));
    assert_eq!(server.received().len(), 1);
}

#[test]
fn a_server_that_closes_after_each_response_fails_no_call() {
    let server = Server::start(|_| Reply::Close(answer("200 OK", "", "{}")));
    let client = client(server.url());
    for _ in 0..5 {
        send(&client).expect("a response");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(server.received().len(), 5, "no request was sent twice");
}

#[test]
fn a_server_that_hangs_exceeds_the_timeout() {
    let server = Server::start(|_| Reply::Hang);
    let client = client(server.url());
    let operation = ResendConfirmationCode::new("1example23456789", "alice");
    let error = client.call(&operation).timeout(Duration::from_millis(300)).send().expect_err("no response");
    assert_eq!((error.kind(), error.timeout_kind()), (ErrorKind::Timeout, Some(TimeoutKind::Total)));
    assert!(error.may_have_executed());
    assert_eq!(server.received().len(), 1);
}

#[test]
fn a_timeout_of_zero_sends_no_request() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let client = client(server.url());
    let operation = ResendConfirmationCode::new("1example23456789", "alice");
    let error = client.call(&operation).timeout(Duration::ZERO).send().expect_err("no time");
    assert_eq!((error.kind(), error.timeout_kind()), (ErrorKind::Timeout, Some(TimeoutKind::Total)));
    assert!(!error.may_have_executed(), "{error}");
    assert_eq!(server.received().len(), 0);
}

#[test]
fn a_server_that_trickles_exceeds_the_timeouts() {
    for head in [b"HTTP/1.1 200 OK\r\nx: ".as_slice(), b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n"] {
        let server = Server::start(|_| Reply::Endless(head, b"x".to_vec(), Duration::from_millis(5)));
        let builder = Client::builder().endpoint(server.url()).attempt_timeout(Duration::from_millis(100));
        let error = send(&builder.build().expect("a client")).expect_err("no response");
        assert_eq!((error.kind(), error.timeout_kind()), (ErrorKind::Timeout, Some(TimeoutKind::Attempt)));
        assert!(error.may_have_executed());
    }
}

/// The server reads slowly, so no single write exceeds the timeout.
#[test]
fn a_server_that_hardly_reads_exceeds_the_timeouts() {
    let listener = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    listener.set_tcp_mss(536).expect("small segments");
    listener.set_recv_buffer_size(2048).expect("a small buffer");
    listener.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).expect("a free port");
    listener.listen(8).expect("a listener");
    let listener = TcpListener::from(listener);
    let url = format!("http://{}", listener.local_addr().expect("bound"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            while stream.read(&mut [0; 2048]).is_ok_and(|length| length > 0) {
                std::thread::sleep(Duration::from_millis(100));
            }
        }
    });
    let operation =
        ResendConfirmationCode::new("1example23456789", "alice").client_metadata([("large", "x".repeat(1 << 20))]);
    let builder = Client::builder().endpoint(url).attempt_timeout(Duration::from_millis(300));
    let begun = Instant::now();
    let error = builder.build().expect("a client").call(&operation).send().expect_err("no response");
    assert_eq!((error.kind(), error.timeout_kind()), (ErrorKind::Timeout, Some(TimeoutKind::Attempt)));
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
}

#[test]
fn an_endless_head_is_an_error() {
    let server =
        Server::start(|_| Reply::Endless(b"HTTP/1.1 200 OK\r\n", b"name: value\r\n".repeat(100), Duration::ZERO));
    let error = send(&client(server.url())).expect_err("too large");
    assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Transport, true), "{error}");
    assert!(error.to_string().ends_with(contract::HEADERS.1), "{error}");
}

#[test]
fn the_number_of_headers_is_limited() {
    let (limit, text) = contract::HEADERS;
    send(&client(contract::with_headers(limit).url())).expect("a response");
    let error = send(&client(contract::with_headers(limit + 1).url())).expect_err("too many headers");
    assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Transport, true), "{error}");
    assert!(error.to_string().ends_with(text), "{error}");
}

#[test]
fn an_endless_body_is_an_error() {
    let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunk = [b"10000\r\n".as_slice(), &vec![b' '; 0x10000], b"\r\n"].concat();
    let server = Server::start(move |_| Reply::Endless(head, chunk.clone(), Duration::ZERO));
    let error = send(&client(server.url())).expect_err("too large");
    assert!(error.to_string().contains("larger than 1 MiB"), "{error}");
    assert!(error.may_have_executed());
}

#[test]
fn a_refused_connection_is_unsent() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("bound"));
    drop(listener);
    let error = send(&client(url)).expect_err("no server");
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(!error.may_have_executed(), "{error}");
}

/// These failures are also retried.
#[test]
fn failures_before_there_is_a_connection_are_unsent() {
    let plain = Server::start(|_| Reply::Close(b"no TLS here".to_vec()));
    let urls = [
        "https://no-such-host.invalid/".to_owned(),
        // The broadcast address, which TCP cannot connect to.
        "https://255.255.255.255/".to_owned(),
        plain.url().replace("http:", "https:"),
        "https://127.0.0.1:1/".to_owned(),
    ];
    for url in urls {
        let client =
            Client::builder().endpoint(&url).retries(Retries::standard().attempts(2)).build().expect("a client");
        let error = send(&client).expect_err("no connection");
        assert!(matches!(error.kind(), ErrorKind::Transport | ErrorKind::Timeout), "{url}: {error}");
        assert!(!error.may_have_executed(), "{url}: {error}");
        assert_eq!(error.attempts(), 2, "{url}: {error}");
    }
}

#[test]
fn a_body_at_the_limit_is_read() {
    for (more, fits) in [(0, true), (1, false)] {
        let body = format!("{}{{}}", " ".repeat(cognito_op::transport::BODY_LIMIT - 2 + more));
        let server = Server::start(move |_| Reply::Keep(answer("200 OK", "", &body)));
        assert_eq!(send(&client(server.url())).is_ok(), fits);
    }
}

#[test]
fn a_request_with_a_truncated_response_may_have_executed() {
    let server =
        Server::start(|_| Reply::Close(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"CodeDelivery".to_vec()));
    let error = send(&client(server.url())).expect_err("truncated");
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.may_have_executed());
    assert_eq!(server.received().len(), 1);
}

#[test]
fn timeouts_have_no_maximum() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let timeout = Duration::MAX;
    let builder = Client::builder().endpoint(server.url()).timeout(timeout).attempt_timeout(timeout);
    send(&builder.connect_timeout(timeout).build().expect("a client")).expect("a response");
}

/// This holds whether the connect timeout or the attempt timeout is shorter.
#[test]
fn a_handshake_that_hangs_is_unsent() {
    let silent = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("https://{}", silent.local_addr().expect("bound"));
    for (connect, attempt) in [(100, 400), (400, 100)] {
        let builder = Client::builder().endpoint(&url).retries(Retries::off());
        let builder = builder.connect_timeout(Duration::from_millis(connect));
        let error = send(&builder.attempt_timeout(Duration::from_millis(attempt)).build().expect("a client"));
        let error = error.expect_err("no handshake");
        assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Timeout, false), "{error}");
    }
}

/// The documented idle time also applies if the process makes no further calls.
#[test]
fn idle_connections_are_closed_after_ten_seconds() {
    let (url, closed) = contract::idle_time();
    let client = client(url);
    send(&client).expect("a response");
    let idle = closed.join().expect("no panic");
    assert!(contract::IDLE_TIME.contains(&idle), "{idle:?}");
}

/// The chunk-size lines and the trailers of a chunked body are limited like the head of a response.
#[test]
fn endless_chunks_are_an_error() {
    let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    for (part, head) in [
        (b"0".as_slice(), head.as_slice()),
        (b"a: b\r\n", b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n"),
    ] {
        let part = part.repeat(10_000);
        let server = Server::start(move |_| Reply::Endless(head, part.clone(), Duration::ZERO));
        let error = send(&client(server.url())).expect_err("no end");
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert!(error.may_have_executed() && error.timeout_kind().is_none(), "{error}");
    }
}

/// The server rejects a request and closes the connection before it has read the request.
#[test]
fn a_response_before_the_end_of_the_request() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("bound"));
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let _ = stream.read(&mut [0; 1024]).expect("the first bytes");
        stream.write_all(&answer("413 Content Too Large", "connection: close\r\n", "")).expect("the client reads");
        // The rest of the request is read, so that a reset does not discard the response.
        stream.shutdown(std::net::Shutdown::Write).expect("open");
        let _ = std::io::copy(&mut stream, &mut std::io::sink());
    });
    let operation = ResendConfirmationCode::new("1example23456789", "a".repeat(8 << 20));
    let call = client(url);
    let error = call.call(&operation).validation(Validation::Off).send().expect_err("rejected");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(413), "{error}");
    server.join().expect("no panic");
}

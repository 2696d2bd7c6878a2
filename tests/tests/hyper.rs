//! The hyper transport with servers that misbehave.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::transport::TimeoutKind;
use cognito_op::{Client, Error, ErrorKind, HyperTransport, Retries};
use cognito_op_tests::contract;
use cognito_op_tests::resend::{ResendConfirmationCode, ResendConfirmationCodeResponse};
use cognito_op_tests::server::{Reply, Server, answer};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

fn client(server: &Server) -> Client {
    Client::builder().endpoint(server.url()).build().expect("a client")
}

async fn send(client: &Client) -> Result<ResendConfirmationCodeResponse, Error> {
    ResendConfirmationCode::new("1example23456789", "alice").send(client).await
}

#[tokio::test]
async fn a_connection_is_reused() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let client = client(&server);
    for _ in 0..10 {
        send(&client).await.expect("a response");
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_connection_is_reused_after_an_exception() {
    let server = Server::start(|_| {
        Reply::Keep(answer("400 Bad Request", "x-amzn-errortype: LimitExceededException:\r\n", "{}"))
    });
    let client = client(&server);
    for _ in 0..3 {
        assert_eq!(send(&client).await.expect_err("a limit").kind(), ErrorKind::LimitExceeded);
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_server_that_closes_after_each_response_fails_no_call() {
    let server = Server::start(|_| Reply::Close(answer("200 OK", "", "{}")));
    let client = client(&server);
    for _ in 0..10 {
        send(&client).await.expect("a response");
        // Waits until the client has received the end of the connection.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(server.received().len(), 10, "no request was sent twice");
}

#[tokio::test]
async fn parallel_calls_get_their_own_responses() {
    let server = Server::start(|request| {
        let name = request.json()["Username"].as_str().unwrap_or_default().to_owned();
        let body = format!(r#"{{"CodeDeliveryDetails":{{"Destination":"{name}"}}}}"#);
        Reply::Keep(answer("200 OK", "", &body))
    });
    let client = client(&server);
    let calls: Vec<_> = (0..200)
        .map(|index| {
            let client = client.clone();
            tokio::spawn(async move {
                let name = format!("user{index}");
                let answer = ResendConfirmationCode::new("id", name.as_str()).send(&client).await.expect("a response");
                assert_eq!(answer.code_delivery_details.and_then(|details| details.destination), Some(name));
            })
        })
        .collect();
    for call in calls {
        call.await.expect("the right response");
    }
    assert_eq!(server.received().len(), 200);
}

#[tokio::test]
async fn a_server_that_hangs_exceeds_the_timeouts() {
    let server = Server::start(|_| Reply::Hang);
    let builder = Client::builder().endpoint(server.url());
    let client = builder.attempt_timeout(Duration::from_millis(400)).build().expect("a client");
    let error = send(&client).await.expect_err("no response");
    assert_eq!((error.kind(), error.timeout_kind()), (ErrorKind::Timeout, Some(TimeoutKind::Attempt)));
    assert!(error.may_have_executed());

    let operation = ResendConfirmationCode::new("id", "alice");
    let error = client.call(&operation).timeout(Duration::from_millis(300)).send().await.expect_err("no response");
    assert_eq!(error.timeout_kind(), Some(TimeoutKind::Total));
    server.wait_for(2);
    assert_eq!(server.received().len(), 2, "each request was sent once");
}

#[tokio::test]
async fn a_server_that_trickles_exceeds_the_timeouts() {
    for head in [b"HTTP/1.1 200 OK\r\nx: ".as_slice(), b"HTTP/1.1 200 OK\r\n\r\n"] {
        let server = Server::start(|_| Reply::Endless(head, b"x".to_vec(), Duration::from_millis(5)));
        let builder = Client::builder().endpoint(server.url()).attempt_timeout(Duration::from_millis(100));
        let error = send(&builder.build().expect("a client")).await.expect_err("no response");
        assert_eq!((error.kind(), error.timeout_kind()), (ErrorKind::Timeout, Some(TimeoutKind::Attempt)));
    }
}

#[tokio::test]
async fn endless_heads_and_bodies_are_errors() {
    for (head, text) in
        [(b"HTTP/1.1 200 OK\r\n".as_slice(), contract::HEADERS.1), (b"HTTP/1.1 200 OK\r\n\r\n", "larger than 1 MiB")]
    {
        let server = Server::start(|_| Reply::Endless(head, b"name: value\r\n".repeat(100), Duration::ZERO));
        let error = send(&client(&server)).await.expect_err("too large");
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert!(error.to_string().contains(text) && error.may_have_executed(), "{error}");
    }
}

#[tokio::test]
async fn the_number_of_headers_is_limited() {
    let (limit, text) = contract::HEADERS;
    send(&client(&contract::with_headers(limit))).await.expect("a response");
    let error = send(&client(&contract::with_headers(limit + 1))).await.expect_err("too many headers");
    assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Transport, true), "{error}");
    assert!(error.to_string().ends_with(text), "{error}");
}

#[tokio::test]
async fn truncated_responses_are_errors() {
    for (bytes, kind, text) in [
        (b"".to_vec(), ErrorKind::Transport, "before the response was complete"),
        (b"HTTP/1.1 200 OK\r\ncontent-le".to_vec(), ErrorKind::Transport, "before the response was complete"),
        (
            b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{".to_vec(),
            ErrorKind::Transport,
            "before the response was complete",
        ),
        (b"not HTTP\r\n\r\n".to_vec(), ErrorKind::Transport, "before the response was complete"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 9999999\r\n\r\n{".to_vec(), ErrorKind::Transport, "larger than 1 MiB"),
        (b"HTTP/1.1 200 OK\r\n\r\n{".to_vec(), ErrorKind::Unreadable, "ends too early"),
    ] {
        let server = Server::start(move |_| Reply::Close(bytes.clone()));
        let error = send(&client(&server)).await.expect_err("no whole response");
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().contains(text), "{error}");
        assert!(error.may_have_executed(), "{error}");
        assert_eq!(server.received().len(), 1, "sent once");
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let elsewhere = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let location = format!("location: {}/\r\n", elsewhere.url());
    let server = Server::start(move |_| Reply::Keep(answer("307 Temporary Redirect", &location, "")));
    let error = send(&client(&server)).await.expect_err("a redirect");
    assert_eq!((error.kind(), error.code()), (ErrorKind::Unknown, None));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(307));
    assert!(elsewhere.received().is_empty());
}

#[tokio::test]
async fn a_refused_connection_is_unsent() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("bound"));
    drop(listener);
    let client = Client::builder().endpoint(url).build().expect("a client");
    let error = send(&client).await.expect_err("a refused connection");
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(!error.may_have_executed());
    let client = Client::builder().endpoint("https://does-not-exist.invalid").build().expect("a client");
    assert!(!send(&client).await.expect_err("no such host").may_have_executed());
}

#[tokio::test]
async fn a_failed_handshake_is_unsent() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let client = Client::builder().endpoint(format!("https://{}", server.authority())).build().expect("a client");
    let limited = ResendConfirmationCode::new("id", "alice");
    let error = client.call(&limited).timeout(Duration::from_secs(1)).send().await.expect_err("no TLS");
    assert!(!error.may_have_executed(), "{error}");
    assert!(server.received().iter().all(|request| request.body.is_empty()), "the request was not sent in plain text");
}

#[tokio::test]
async fn dropping_a_call_closes_its_connection() {
    let server =
        Server::start(
            |request| {
                if request.connection == 1 { Reply::Hang } else { Reply::Keep(answer("200 OK", "", "{}")) }
            },
        );
    let client = client(&server);
    let call = tokio::spawn({
        let client = client.clone();
        async move { send(&client).await }
    });
    while server.received().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    call.abort();
    assert!(call.await.is_err_and(|error| error.is_cancelled()));
    send(&client).await.expect("a response over another connection");
    assert_eq!(server.connections(), 2);
}

#[test]
fn a_client_outlives_the_runtimes_it_is_used_in() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let client = client(&server);
    for _ in 0..3 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(send(&client)).expect("a response");
    }
    assert_eq!(server.received().len(), 3);
}

#[test]
fn a_client_serves_runtimes_that_live_side_by_side() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let client = client(&server);
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let (one, other) = (runtime(), runtime());
    for runtime in [&one, &other, &one, &other] {
        runtime.block_on(send(&client)).expect("a response at once");
    }
    assert_eq!(server.connections(), 2, "each runtime has its own connection");
}

/// As in AWS Lambda, where the process is frozen between calls and does not notice that servers close connections.
#[test]
fn a_client_in_a_static_survives_a_frozen_process() {
    static SERVER: LazyLock<Server> = LazyLock::new(|| {
        Server::closing_idle_connections(Duration::from_millis(100), Duration::ZERO, |_| {
            Reply::Keep(answer("200 OK", "", "{}"))
        })
    });
    static CLIENT: LazyLock<Client> = LazyLock::new(|| client(&SERVER));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    for calls in 1..=4 {
        runtime.block_on(send(&CLIENT)).expect("a response over another connection");
        assert_eq!(SERVER.connections(), calls);
        std::thread::sleep(Duration::from_millis(300));
    }
    assert_eq!(SERVER.received().len(), 4, "no request was sent twice");
}

#[tokio::test]
async fn a_response_that_arrived_while_the_process_was_frozen_counts() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let builder = Client::builder().endpoint(server.url()).attempt_timeout(Duration::from_millis(200));
    let client = builder.build().expect("a client");
    let call = tokio::spawn(async move { send(&client).await });
    while server.received().is_empty() {
        tokio::task::yield_now().await;
    }
    std::thread::sleep(Duration::from_millis(400));
    call.await.expect("no panic").expect("a response");
}

/// A burst of calls to one server does not evict the connections to another.
#[tokio::test]
async fn the_pool_evicts_the_longest_idle_connections() {
    let slow = Server::start(|_| {
        std::thread::sleep(Duration::from_millis(500));
        Reply::Keep(answer("200 OK", "", "{}"))
    });
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let transport = Arc::new(HyperTransport::new().expect("a transport"));
    let client = |server: &Server| {
        Client::builder().endpoint(server.url()).build_with(Arc::clone(&transport)).expect("a client")
    };
    let mut burst = tokio::task::JoinSet::new();
    for _ in 0..80 {
        let client = client(&slow);
        burst.spawn(async move { send(&client).await });
    }
    assert!(burst.join_all().await.iter().all(Result::is_ok));
    assert!(slow.connections() > 64);
    let client = client(&server);
    for _ in 0..20 {
        send(&client).await.expect("a response");
    }
    assert!(server.connections() <= 3, "{} connections", server.connections());
}

/// The runtime may be blocked for longer than the timeout.
#[tokio::test]
async fn an_expired_request_is_not_sent() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let client = client(&server);
    send(&client).await.expect("a response");
    let call = tokio::spawn(async move {
        let operation = ResendConfirmationCode::new("1example23456789", "alice");
        client.call(&operation).timeout(Duration::from_millis(200)).retries(Retries::off()).send().await
    });
    // This blocks the runtime when the call first yields to other tasks.
    tokio::spawn(async { std::thread::sleep(Duration::from_millis(400)) });
    let error = call.await.expect("no panic").expect_err("a timeout");
    assert_eq!((error.kind(), error.timeout_kind()), (ErrorKind::Timeout, Some(TimeoutKind::Total)));
    assert!(!error.may_have_executed(), "{error}");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn endless_interim_responses_are_an_error() {
    let server = Server::start(|_| Reply::Endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n".repeat(1000), Duration::ZERO));
    let error = send(&client(&server)).await.expect_err("no response");
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.to_string().contains("larger than any") && error.may_have_executed(), "{error}");
}

#[tokio::test]
async fn a_timeout_while_connecting_is_unsent() {
    // TCP connections are accepted, and the TLS handshake gets no response.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("https://{}", listener.local_addr().expect("bound"));
    for (attempt, total, limit) in [(50, 5000, TimeoutKind::Attempt), (5000, 50, TimeoutKind::Total)] {
        let builder = Client::builder().endpoint(&url).attempt_timeout(Duration::from_millis(attempt));
        let client = builder.timeout(Duration::from_millis(total)).build().expect("a client");
        let error = send(&client).await.expect_err("no TLS");
        assert_eq!((error.kind(), error.timeout_kind()), (ErrorKind::Timeout, Some(limit)));
        assert!(!error.may_have_executed(), "{error}");
    }
}

#[test]
fn a_call_without_a_runtime_is_an_error() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let client = client(&server);
    let mut sending = std::pin::pin!(send(&client));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = sending.as_mut().poll(&mut context) else {
        unreachable!("the call fails when it is first polled");
    };
    assert!(error.to_string().contains("within a tokio runtime"), "{error}");
    assert!(!error.may_have_executed());
}

#[tokio::test]
async fn a_short_connect_timeout_is_enough() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let builder = Client::builder().endpoint(server.url()).retries(Retries::off());
    let client = builder.connect_timeout(Duration::from_millis(35)).build().expect("a client");
    for _ in 0..5 {
        send(&client).await.expect("a response");
    }
}

/// This holds even if there is an idle connection.
#[tokio::test]
async fn a_timeout_of_zero_sends_no_request() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let client = client(&server);
    for _ in 0..3 {
        send(&client).await.expect("a response");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    let operation = ResendConfirmationCode::new("id", "alice");
    let error = client.call(&operation).timeout(Duration::ZERO).send().await.expect_err("no time");
    assert_eq!((error.kind(), error.timeout_kind()), (ErrorKind::Timeout, Some(TimeoutKind::Total)));
    assert!(!error.may_have_executed(), "{error}");
    assert_eq!(server.received().len(), 3);
}

#[tokio::test]
async fn timeouts_have_no_maximum() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let timeout = Duration::MAX;
    let builder = Client::builder().endpoint(server.url()).timeout(timeout).attempt_timeout(timeout);
    send(&builder.connect_timeout(timeout).build().expect("a client")).await.expect("a response");
}

/// The documented idle time also applies if the process makes no further calls.
#[tokio::test]
async fn idle_connections_are_closed_after_ten_seconds() {
    let (url, closed) = contract::idle_time();
    let client = Client::builder().endpoint(url).build().expect("a client");
    send(&client).await.expect("a response");
    while !closed.is_finished() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let idle = closed.join().expect("no panic");
    assert!(contract::IDLE_TIME.contains(&idle), "{idle:?}");
}

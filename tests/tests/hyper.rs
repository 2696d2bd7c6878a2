//! The transport that ships, before servers that misbehave.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::transport::TimeoutKind;
use cognito_op::{Client, Error, ErrorKind, HyperTransport, Retries};
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
async fn a_connection_serves_call_after_call() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let client = client(&server);
    for _ in 0..10 {
        send(&client).await.expect("an answer");
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_connection_is_kept_after_an_error_of_the_service() {
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
async fn a_server_that_closes_after_each_answer_costs_no_call() {
    let server = Server::start(|_| Reply::Close(answer("200 OK", "", "{}")));
    let client = client(&server);
    for _ in 0..10 {
        send(&client).await.expect("an answer");
        // The end of the connection is under way.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(server.received().len(), 10, "and none was sent twice");
}

#[tokio::test]
async fn parallel_calls_do_not_mix_up_their_answers() {
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
                let answer = ResendConfirmationCode::new("id", name.as_str()).send(&client).await.expect("an answer");
                assert_eq!(answer.code_delivery_details.and_then(|details| details.destination), Some(name));
            })
        })
        .collect();
    for call in calls {
        call.await.expect("the right answer");
    }
    assert_eq!(server.received().len(), 200);
}

#[tokio::test]
async fn a_hanging_server_runs_into_the_limits() {
    let server = Server::start(|_| Reply::Hang);
    let builder = Client::builder().endpoint(server.url());
    let client = builder.attempt_timeout(Duration::from_millis(400)).build().expect("a client");
    let error = send(&client).await.expect_err("no answer");
    assert_eq!((error.kind(), error.timeout_kind()), (ErrorKind::Timeout, Some(TimeoutKind::Attempt)));
    assert!(error.may_have_executed());

    let operation = ResendConfirmationCode::new("id", "alice");
    let error = client.call(&operation).timeout(Duration::from_millis(300)).send().await.expect_err("no answer");
    assert_eq!(error.timeout_kind(), Some(TimeoutKind::Total));
    server.wait_for(2);
    assert_eq!(server.received().len(), 2, "each was sent once");
}

#[tokio::test]
async fn a_trickling_server_runs_into_the_limits() {
    for head in [b"HTTP/1.1 200 OK\r\nx: ".as_slice(), b"HTTP/1.1 200 OK\r\n\r\n"] {
        let server = Server::start(|_| Reply::Endless(head, b"x".to_vec(), Duration::from_millis(5)));
        let builder = Client::builder().endpoint(server.url()).attempt_timeout(Duration::from_millis(100));
        let error = send(&builder.build().expect("a client")).await.expect_err("no answer");
        assert_eq!((error.kind(), error.timeout_kind()), (ErrorKind::Timeout, Some(TimeoutKind::Attempt)));
    }
}

#[tokio::test]
async fn heads_and_bodies_without_end_are_cut_off() {
    for (head, text) in [
        (b"HTTP/1.1 200 OK\r\n".as_slice(), "message head is too large"),
        (b"HTTP/1.1 200 OK\r\n\r\n", "larger than 1 MiB"),
    ] {
        let server = Server::start(|_| Reply::Endless(head, b"name: value\r\n".repeat(100), Duration::ZERO));
        let error = send(&client(&server)).await.expect_err("too large");
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert!(error.to_string().contains(text) && error.may_have_executed(), "{error}");
    }
}

#[tokio::test]
async fn answers_that_end_too_early_or_never() {
    for (bytes, kind, text) in [
        (b"".to_vec(), ErrorKind::Transport, "before there was a whole answer"),
        (b"HTTP/1.1 200 OK\r\ncontent-le".to_vec(), ErrorKind::Transport, "before there was a whole answer"),
        (
            b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{".to_vec(),
            ErrorKind::Transport,
            "before there was a whole answer",
        ),
        (b"not HTTP\r\n\r\n".to_vec(), ErrorKind::Transport, "before there was a whole answer"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 9999999\r\n\r\n{".to_vec(), ErrorKind::Transport, "larger than 1 MiB"),
        (b"HTTP/1.1 200 OK\r\n\r\n{".to_vec(), ErrorKind::Unreadable, "ends too early"),
    ] {
        let server = Server::start(move |_| Reply::Close(bytes.clone()));
        let error = send(&client(&server)).await.expect_err("no whole answer");
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().contains(text), "{error}");
        assert!(error.may_have_executed(), "{error}");
        assert_eq!(server.received().len(), 1, "sent once");
    }
}

#[tokio::test]
async fn a_redirect_is_an_error_and_not_followed() {
    let elsewhere = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let location = format!("location: {}/\r\n", elsewhere.url());
    let server = Server::start(move |_| Reply::Keep(answer("307 Temporary Redirect", &location, "")));
    let error = send(&client(&server)).await.expect_err("a redirect");
    assert_eq!((error.kind(), error.code()), (ErrorKind::Unknown, None));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(307));
    assert!(elsewhere.received().is_empty());
}

#[tokio::test]
async fn no_server_is_proven_unsent() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("bound"));
    drop(listener);
    let client = Client::builder().endpoint(url).build().expect("a client");
    let error = send(&client).await.expect_err("nobody listens");
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(!error.may_have_executed());
    let client = Client::builder().endpoint("https://does-not-exist.invalid").build().expect("a client");
    assert!(!send(&client).await.expect_err("no such host").may_have_executed());
}

#[tokio::test]
async fn a_plain_server_under_https_is_proven_unsent() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let client = Client::builder().endpoint(format!("https://{}", server.authority())).build().expect("a client");
    let limited = ResendConfirmationCode::new("id", "alice");
    let error = client.call(&limited).timeout(Duration::from_secs(1)).send().await.expect_err("no TLS");
    assert!(!error.may_have_executed(), "{error}");
    assert!(server.received().iter().all(|request| request.body.is_empty()), "nothing of it was seen in the clear");
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
    send(&client).await.expect("an answer on a connection of its own");
    assert_eq!(server.connections(), 2);
}

#[test]
fn a_client_outlives_the_runtimes_it_is_used_in() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let client = client(&server);
    for _ in 0..3 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(send(&client)).expect("an answer");
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
        runtime.block_on(send(&client)).expect("an answer, and at once");
    }
    assert_eq!(server.connections(), 2, "each has a connection of its own");
}

/// As in a function that is called now and then: its process stands still in between, and nothing hears of what servers do.
#[test]
fn a_client_in_a_static_outlives_a_process_that_stands_still() {
    static SERVER: LazyLock<Server> = LazyLock::new(|| {
        Server::impatient(Duration::from_millis(100), Duration::ZERO, |_| Reply::Keep(answer("200 OK", "", "{}")))
    });
    static CLIENT: LazyLock<Client> = LazyLock::new(|| client(&SERVER));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    for calls in 1..=4 {
        runtime.block_on(send(&CLIENT)).expect("an answer over a connection of its own");
        assert_eq!(SERVER.connections(), calls);
        std::thread::sleep(Duration::from_millis(300));
    }
    assert_eq!(SERVER.received().len(), 4, "and none was sent twice");
}

/// An answer that came while the process stood still is one, however long that was.
#[tokio::test]
async fn an_answer_that_came_while_the_process_stood_still_counts() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let builder = Client::builder().endpoint(server.url()).attempt_timeout(Duration::from_millis(200));
    let client = builder.build().expect("a client");
    let call = tokio::spawn(async move { send(&client).await });
    while server.received().is_empty() {
        tokio::task::yield_now().await;
    }
    std::thread::sleep(Duration::from_millis(400));
    call.await.expect("no panic").expect("an answer");
}

/// A burst of calls to one server does not keep those to another from using a connection again.
#[tokio::test]
async fn the_newest_connections_are_kept() {
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
        send(&client).await.expect("an answer");
    }
    assert!(server.connections() <= 3, "{} connections", server.connections());
}

/// What becomes ready too late is not sent any more, whatever has kept the program from seeing that it is late.
#[tokio::test]
async fn nothing_leaves_after_the_limit() {
    // On a busy machine a call may be out before the program is held up; then it is tried again.
    for _ in 0..10 {
        let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
        let client = client(&server);
        send(&client).await.expect("an answer");
        let call = tokio::spawn(async move {
            let operation = ResendConfirmationCode::new("1example23456789", "alice");
            // It waits for a moment to see whether the connection is kept.
            client.call(&operation).timeout(Duration::from_millis(200)).retries(Retries::off()).send().await
        });
        for _ in 0..3 {
            tokio::task::yield_now().await;
        }
        std::thread::sleep(Duration::from_millis(400));
        let outcome = call.await.expect("no panic");
        if server.received().len() == 1 {
            let error = outcome.expect_err("no time");
            assert_eq!((error.kind(), error.timeout_kind()), (ErrorKind::Timeout, Some(TimeoutKind::Total)));
            assert!(!error.may_have_executed(), "{error}");
            return;
        }
    }
    panic!("the call is sent after its limit");
}

#[tokio::test]
async fn interim_answers_without_end_are_cut_off() {
    let server = Server::start(|_| Reply::Endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n".repeat(1000), Duration::ZERO));
    let error = send(&client(&server)).await.expect_err("no answer");
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.to_string().contains("larger than any") && error.may_have_executed(), "{error}");
}

#[tokio::test]
async fn a_limit_that_ends_while_connecting_says_that_nothing_was_sent() {
    // It takes the connection and never says a word of TLS.
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
fn without_a_runtime_the_error_says_so() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let client = client(&server);
    let mut sending = std::pin::pin!(send(&client));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = sending.as_mut().poll(&mut context) else {
        unreachable!("it has nothing to wait for");
    };
    assert!(error.to_string().contains("within a tokio runtime"), "{error}");
    assert!(!error.may_have_executed());
}

/// A connection that is watched for a while before it is trusted costs no call its limit.
#[tokio::test]
async fn a_short_limit_for_connecting_is_enough() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let builder = Client::builder().endpoint(server.url()).retries(Retries::off());
    let client = builder.connect_timeout(Duration::from_millis(35)).build().expect("a client");
    for _ in 0..5 {
        send(&client).await.expect("an answer");
    }
}

/// Where there is no time, nothing is sent, however ready a connection is.
#[tokio::test]
async fn without_time_nothing_is_sent() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let client = client(&server);
    for _ in 0..3 {
        send(&client).await.expect("an answer");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    let operation = ResendConfirmationCode::new("id", "alice");
    let error = client.call(&operation).timeout(Duration::ZERO).send().await.expect_err("no time");
    assert_eq!((error.kind(), error.timeout_kind()), (ErrorKind::Timeout, Some(TimeoutKind::Total)));
    assert!(!error.may_have_executed(), "{error}");
    assert_eq!(server.received().len(), 3);
}

#[tokio::test]
async fn limits_may_be_as_long_as_can_be() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    let limit = Duration::MAX;
    let builder = Client::builder().endpoint(server.url()).timeout(limit).attempt_timeout(limit);
    send(&builder.connect_timeout(limit).build().expect("a client")).await.expect("an answer");
}

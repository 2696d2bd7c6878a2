//! Key servers that misbehave, over both transports.

use crate::{CLIENT, POOL};
use cognito_op::{Client, blocking};
use cognito_op_tests::server::{Received, Reply, Server, answer};
use cognito_userpools::verify::{AccessToken, MockPool, Verifier, VerifierBuilder, VerifyError, VerifyReason};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// A verifier over either transport.
enum Either {
    Hyper(tokio::runtime::Runtime, Verifier<Client>),
    Ureq(Verifier<blocking::Client>),
}

impl Either {
    fn new(is_hyper: bool, server: &Server, timeout: Duration) -> Self {
        let url = server.url();
        let builder = builder(&url).fetch_timeout(timeout);
        if is_hyper {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
            let client = Client::builder().endpoint(url).build().expect("a client");
            Self::Hyper(runtime.expect("a runtime"), builder.build(&client).expect("a verifier"))
        } else {
            let client = blocking::Client::builder().endpoint(url).build().expect("a client");
            Self::Ureq(builder.build(&client).expect("a verifier"))
        }
    }

    fn access_token(&self, token: &str) -> Result<AccessToken, VerifyError> {
        match self {
            Self::Hyper(runtime, verifier) => runtime.block_on(verifier.access_token(token)),
            Self::Ureq(verifier) => verifier.access_token(token),
        }
    }
}

fn builder(url: &str) -> VerifierBuilder {
    Verifier::builder().user_pool(POOL).client_id(CLIENT).issuer(format!("{url}/{POOL}"))
}

/// Verifies a token while the server misbehaves, and again after it has recovered. Returns the first error.
fn verify_with_a_faulty_server(
    is_hyper: bool,
    timeout: Duration,
    reply: impl Fn() -> Reply + Send + Sync + 'static,
) -> VerifyError {
    let is_right = Arc::new(AtomicBool::new(false));
    let right = Arc::clone(&is_right);
    let server = Server::start(move |request: &Received| {
        assert!(request.line.starts_with(&format!("GET /{POOL}/.well-known/jwks.json ")), "{}", request.line);
        if right.load(Ordering::SeqCst) {
            Reply::Keep(answer("200 OK", "content-type: application/json\r\n", &MockPool::new(POOL).keys()))
        } else {
            reply()
        }
    });
    let token = MockPool::new(POOL).issuer(format!("{}/{POOL}", server.url())).access_token(CLIENT).mint();
    let verifier = Either::new(is_hyper, &server, timeout);
    let begun = Instant::now();
    let error = verifier.access_token(&token).expect_err("no keys");
    assert!(begun.elapsed() < timeout + Duration::from_secs(5), "{:?}", begun.elapsed());
    assert_eq!((error.reason(), error.status().as_u16()), (VerifyReason::KeysUnavailable, 503), "{error}");
    assert_eq!(server.received().len(), 1);
    is_right.store(true, Ordering::SeqCst);
    assert!(verifier.access_token(&token).is_err(), "no immediate retry");
    thread::sleep(Duration::from_millis(1100));
    verifier.access_token(&token).expect("it recovers");
    assert_eq!(server.received().len(), 2);
    verifier.access_token(&token).expect("the keys are cached");
    assert_eq!(server.received().len(), 2);
    error
}

fn assert_error(reply: impl Fn() -> Reply + Clone + Send + Sync + 'static, timeout: Duration, expected: &str) {
    for is_hyper in [true, false] {
        let error = verify_with_a_faulty_server(is_hyper, timeout, reply.clone());
        assert!(error.to_string().contains(expected), "{error}");
        assert!(!error.to_string().contains("operation"), "a fetch of keys has no operation: {error}");
        assert!(error.to_string().len() < 300, "{error}");
    }
}

const TIMEOUT: Duration = Duration::from_secs(3);

/// Declares a test for each reply.
macro_rules! replies {
    ($($name:ident: $expected:literal, $reply:expr;)*) => {
        $(#[test]
        fn $name() {
            assert_error(|| $reply, TIMEOUT, $expected);
        })*
    };
}

replies! {
    a_page_of_html: "the key set is not JSON",
        Reply::Keep(answer("200 OK", "content-type: text/html\r\n", "<html><body>It works!</body></html>"));
    nothing: "the key set is not JSON", Reply::Keep(answer("200 OK", "", ""));
    no_keys: "contains no RSA key", Reply::Keep(answer("200 OK", "", r#"{"keys":[]}"#));
    not_found: "status 404", Reply::Keep(answer("404 Not Found", "", &MockPool::new(POOL).keys()));
    forbidden: "status 403", Reply::Keep(answer("403 Forbidden", "", ""));
    no_content: "status 204", Reply::Keep(answer("204 No Content", "", ""));
    created: "status 201", Reply::Keep(answer("201 Created", "", &MockPool::new(POOL).keys()));
    truncated: "the connection failed", {
        let whole = answer("200 OK", "", &MockPool::new(POOL).keys());
        Reply::Close(whole[..whole.len() - 100].to_vec())
    };
    closes_at_once: "the connection failed", Reply::Close(Vec::new());
    resets: "the connection failed", Reply::Reset;
    not_http: "the connection failed", Reply::Close(b"SSH-2.0-OpenSSH_9.6\r\n".to_vec());
    ten_megabytes: "larger than 1 MiB", Reply::Close(answer("200 OK", "", &format!(r#"{{"keys":[],"x":"{}"}}"#, "x".repeat(10_000_000))));
    more_than_100_kb: "larger than 100 kB", Reply::Keep(answer("200 OK", "", &format!(r#"{{"keys":[],"x":"{}"}}"#, "x".repeat(100_000))));
    // `{}`, compressed with `gzip -n`. The request does not ask for compression.
    gzip: "the key set is not JSON", {
        let body = [31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 171, 174, 5, 0, 67, 191, 166, 163, 2, 0, 0, 0];
        let mut reply = format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", body.len()).into_bytes();
        reply.extend(body);
        Reply::Keep(reply)
    };
}

#[test]
fn missing_responses_time_out() {
    assert_error(|| Reply::Hang, Duration::from_millis(300), "timeout expired");
}

#[test]
fn slow_responses_time_out() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n";
    assert_error(
        || Reply::Endless(head, b"x".to_vec(), Duration::from_millis(20)),
        Duration::from_millis(500),
        "timeout expired",
    );
    let head = b"HTTP/1.1 200 OK\r\n";
    assert_error(
        || Reply::Endless(head, b"x: y\r\n".to_vec(), Duration::from_millis(20)),
        Duration::from_millis(500),
        "timeout expired",
    );
}

#[test]
fn endless_bodies_are_not_read_to_the_end() {
    let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000)).into_bytes();
    assert_error(move || Reply::Endless(head, chunk.clone(), Duration::ZERO), TIMEOUT, "larger than 1 MiB");
}

#[test]
fn redirects_are_not_followed() {
    let target = Arc::new(Server::start(|_| Reply::Keep(answer("200 OK", "", &MockPool::new(POOL).keys()))));
    let location = format!("location: {}/{POOL}/.well-known/jwks.json\r\n", target.url());
    assert_error(move || Reply::Keep(answer("302 Found", &location, "")), TIMEOUT, "status 302");
    assert_eq!(target.connections(), 0);
}

/// The tests of a program can share a verifier, although each test has its own runtime.
#[test]
fn a_fetch_outlives_the_runtime_in_which_it_began() {
    let is_right = Arc::new(AtomicBool::new(false));
    let right = Arc::clone(&is_right);
    let server = Server::start(move |_| {
        if right.load(Ordering::SeqCst) {
            Reply::Keep(answer("200 OK", "", &MockPool::new(POOL).keys()))
        } else {
            Reply::Hang
        }
    });
    let url = server.url();
    let token = MockPool::new(POOL).issuer(format!("{url}/{POOL}")).access_token(CLIENT).mint();
    let client = Client::builder().endpoint(url.clone()).build().expect("a client");
    let verifier = builder(&url).build(&client).expect("a verifier");
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let first = runtime();
    first.block_on(async {
        let call = verifier.access_token(&token);
        assert!(tokio::time::timeout(Duration::from_millis(200), call).await.is_err(), "no keys");
    });
    drop(first);
    is_right.store(true, Ordering::SeqCst);
    let second = runtime();
    let outcome = second.block_on(verifier.access_token(&token));
    assert_eq!(outcome.expect_err("its connection is lost").reason(), VerifyReason::KeysUnavailable);
    thread::sleep(Duration::from_millis(1100));
    second.block_on(verifier.access_token(&token)).expect("it recovers");
}

#[test]
fn a_refused_connection() {
    for is_hyper in [true, false] {
        // The port of a closed listener.
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("a bound socket"));
        drop(listener);
        let token = MockPool::new(POOL).issuer(format!("{url}/{POOL}")).access_token(CLIENT).mint();
        let error = if is_hyper {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            let client = Client::builder().endpoint(url.clone()).build().expect("a client");
            runtime.block_on(builder(&url).build(&client).expect("a verifier").access_token(&token)).map(drop)
        } else {
            let client = blocking::Client::builder().endpoint(url.clone()).build().expect("a client");
            builder(&url).build(&client).expect("a verifier").access_token(&token).map(drop)
        };
        assert_eq!(error.expect_err("no keys").reason(), VerifyReason::KeysUnavailable);
    }
}

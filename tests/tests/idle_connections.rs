//! The file descriptors of idle connections, and the thread that closes them.

#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::expect_used)]

use cognito_op::{Client, blocking};
use cognito_op_tests::contract::IDLE_TIME;
use cognito_op_tests::resend::ResendConfirmationCode;
use cognito_op_tests::server::{Reply, Server, answer};
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};

const CONNECTIONS: usize = 20;

/// Starts a server whose responses take so long that each call of a burst needs its own connection. It closes idle
/// connections after a second.
fn server() -> Server {
    Server::closing_idle_connections(Duration::from_secs(1), Duration::ZERO, |_| {
        std::thread::sleep(Duration::from_millis(300));
        Reply::Keep(answer("200 OK", "", "{}"))
    })
}

fn operation() -> ResendConfirmationCode {
    ResendConfirmationCode::new("1example23456789", "alice")
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}

async fn burst(client: &Client) {
    let call = || {
        let client = client.clone();
        tokio::spawn(async move { operation().send(&client).await.expect("a response") })
    };
    for call in (0..CONNECTIONS).map(|_| call()).collect::<Vec<_>>() {
        call.await.expect("no panic");
    }
}

fn burst_blocking(client: &blocking::Client) {
    std::thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| operation().send_blocking(client).expect("a response"));
        }
    });
}

/// The number of descriptors of this process that are connected to a server.
fn descriptors(server: &Server) -> usize {
    let port = server.authority().replace("127.0.0.1:", "");
    let remote = format!(":{:04X}", port.parse::<u16>().expect("a port"));
    let table = std::fs::read_to_string("/proc/self/net/tcp").expect("Linux has it");
    let sockets: Vec<String> = table
        .lines()
        .filter_map(|line| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            fields[2].ends_with(&remote).then(|| format!("socket:[{}]", fields[9]))
        })
        .collect();
    let open = std::fs::read_dir("/proc/self/fd").expect("Linux has it").flatten();
    let open = open.filter_map(|file| std::fs::read_link(file.path()).ok()?.into_os_string().into_string().ok());
    open.filter(|name| sockets.contains(name)).count()
}

/// Checks that each connection has one descriptor, and that all are closed within the idle time.
fn assert_closed(server: &Server) {
    let begun = Instant::now();
    assert_eq!((server.connections(), descriptors(server)), (CONNECTIONS, CONNECTIONS), "one for each connection");
    while descriptors(server) > 0 {
        assert!(begun.elapsed() < IDLE_TIME.end, "{} descriptors are left", descriptors(server));
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(begun.elapsed() > IDLE_TIME.start, "{:?}", begun.elapsed());
}

fn over_hyper(server: &Server) -> Client {
    Client::builder().endpoint(server.url()).build().expect("a client")
}

fn over_ureq(server: &Server) -> blocking::Client {
    blocking::Client::builder().endpoint(server.url()).build().expect("a client")
}

fn connections_of_a_runtime() {
    let server = server();
    let (client, runtime) = (over_hyper(&server), runtime());
    runtime.block_on(async {
        burst(&client).await;
        tokio::task::spawn_blocking(move || assert_closed(&server)).await.expect("the descriptors are closed");
    });
}

/// A program may keep a runtime between calls without polling it.
fn connections_of_a_runtime_that_is_not_polled() {
    let server = server();
    let (client, runtime) = (over_hyper(&server), runtime());
    runtime.block_on(burst(&client));
    assert_closed(&server);
}

fn connections_of_a_runtime_that_has_ended() {
    let server = server();
    let client = over_hyper(&server);
    runtime().block_on(burst(&client));
    assert_closed(&server);
}

fn connections_of_ureq() {
    let server = server();
    let client = over_ureq(&server);
    burst_blocking(&client);
    assert_closed(&server);
}

/// Runs the checks in parallel, because each takes ten seconds.
#[test]
fn idle_connections_are_closed_in_time() {
    std::thread::scope(|scope| {
        scope.spawn(connections_of_a_runtime);
        scope.spawn(connections_of_a_runtime_that_is_not_polled);
        scope.spawn(connections_of_a_runtime_that_has_ended);
        scope.spawn(connections_of_ureq);
    });
}

/// The thread that closes idle connections ends when the transport is dropped.
#[test]
fn a_dropped_client_leaves_no_thread() {
    let closing = || {
        let tasks = std::fs::read_dir("/proc/self/task").expect("Linux has it").flatten();
        let names = tasks.map(|task| std::fs::read_to_string(task.path().join("comm")).unwrap_or_default());
        names.filter(|name| name.starts_with("cognito-op idle")).count()
    };
    let (server, runtime) = (Server::start(|_| Reply::Keep(answer("200 OK", "", "{}"))), runtime());
    for _ in 0..50 {
        runtime.block_on(operation().send(&over_hyper(&server))).expect("a response");
        operation().send_blocking(&over_ureq(&server)).expect("a response");
    }
    // The clients of the other test may still have four threads.
    let ended = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        closing() <= 4
    });
    assert!(ended, "{} threads are left", closing());
}

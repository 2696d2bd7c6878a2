//! Servers that close idle connections, and the number of calls that fail because of it.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::{Client, Error, blocking};
use cognito_op_tests::calls::{Kind, Random, call_of, echo};
use cognito_op_tests::server::{Reply, Server};
use std::ops::Range;
use std::time::Duration;

const CALLS: usize = 1_000;

/// An asynchronous or a blocking client.
#[derive(Clone)]
enum Caller {
    Async(Client),
    Blocking(blocking::Client),
}

fn over_hyper(server: &Server) -> Caller {
    Caller::Async(Client::builder().endpoint(server.url()).build().expect("a client"))
}

fn over_ureq(server: &Server) -> Caller {
    Caller::Blocking(blocking::Client::builder().endpoint(server.url()).build().expect("a client"))
}

impl Caller {
    async fn call(self, kind: Kind, id: usize) -> Result<usize, Error> {
        match self {
            Self::Async(client) => kind.call(&client, id).await,
            Self::Blocking(client) => {
                tokio::task::spawn_blocking(move || kind.call_blocking(&client, id)).await.expect("no panic")
            }
        }
    }
}

/// Makes the calls in rounds of `parallel` concurrent calls. Each call starts after a random pause, in milliseconds.
/// Returns the number of calls that failed.
async fn failures(caller: &Caller, server: &Server, kind: Kind, parallel: usize, pauses: Range<u64>) -> usize {
    let mut random = Random(42);
    let mut failed = 0;
    for round in (0..CALLS).step_by(parallel) {
        let calls: Vec<_> = (round..CALLS.min(round + parallel))
            .map(|id| {
                let pause = pauses.start + random.below(pauses.end - pauses.start);
                let caller = caller.clone();
                tokio::spawn(async move {
                    if pause > 0 {
                        tokio::time::sleep(Duration::from_millis(pause)).await;
                    }
                    match caller.call(kind, id).await {
                        Ok(response) => {
                            assert_eq!(response, id);
                            0
                        }
                        Err(error) => {
                            assert!(error.may_have_executed(), "{error}");
                            1
                        }
                    }
                })
            })
            .collect();
        for call in calls {
            failed += call.await.expect("the right response, or a failure that may have executed");
        }
    }
    let mut received = vec![0; CALLS];
    for request in server.received() {
        received[call_of(&request).1] += 1;
    }
    let missing = received.iter().filter(|times| **times == 0).count();
    assert!(missing <= failed, "{missing} were not received, and {failed} failed");
    if kind == Kind::Unsafe {
        assert!(received.iter().all(|times| *times <= 1), "a request was sent twice");
    }
    println!("{kind:?}: {failed} of {CALLS} calls failed, over {} connections", server.connections());
    failed
}

/// Starts a server that closes idle connections after half a second. The close arrives after a further delay of
/// `latency`.
fn closes_idle(latency: Duration) -> Server {
    Server::closing_idle_connections(Duration::from_millis(500), latency, |request| {
        // Each call of a round needs its own connection.
        std::thread::sleep(Duration::from_millis(50));
        Reply::Keep(echo(call_of(request)))
    })
}

fn closes_with_each_response() -> Server {
    Server::start(|request| Reply::Close(echo(call_of(request))))
}

macro_rules! tests_of {
    ($transport:ident, $client:expr) => {
        mod $transport {
            use super::*;

            async fn failures(server: &Server, kind: Kind, parallel: usize, pauses: Range<u64>) -> usize {
                super::failures(&$client(server), server, kind, parallel, pauses).await
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn a_server_that_closes_idle_connections() {
                for latency in [0, 10].map(Duration::from_millis) {
                    assert_eq!(failures(&closes_idle(latency), Kind::Safe, 32, 460..540).await, 0, "{latency:?}");
                    let failed = failures(&closes_idle(latency), Kind::Unsafe, 32, 460..540).await;
                    assert!(failed <= 2, "{failed} at {latency:?}");
                }
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn a_server_that_closes_with_each_response() {
                assert_eq!(failures(&closes_with_each_response(), Kind::Safe, 16, 0..3).await, 0);
                let failed = failures(&closes_with_each_response(), Kind::Unsafe, 16, 0..3).await;
                assert!(failed <= 5, "{failed}");
            }

            #[tokio::test]
            async fn calls_one_second_apart_reuse_a_connection() {
                let server = Server::start(|request| Reply::Keep(echo(call_of(request))));
                let caller = $client(&server);
                for id in 0..5 {
                    caller.clone().call(Kind::Unsafe, id).await.expect("a response");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
                assert_eq!(server.connections(), 1);
            }

            #[tokio::test]
            async fn calls_in_sequence_reuse_a_connection() {
                let server = Server::start(|request| Reply::Keep(echo(call_of(request))));
                let caller = $client(&server);
                for id in 0..100 {
                    caller.clone().call(Kind::Unsafe, id).await.expect("a response");
                }
                assert_eq!(server.connections(), 1);
            }

            /// Calls that start at the same time reuse the connections of earlier calls.
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn parallel_calls_reuse_connections() {
                let server = Server::start(|request| {
                    std::thread::sleep(Duration::from_millis(5));
                    Reply::Keep(echo(call_of(request)))
                });
                assert_eq!(failures(&server, Kind::Unsafe, 16, 0..3).await, 0);
                assert!(server.connections() <= CALLS / 2, "{}", server.connections());
            }
        }
    };
}

tests_of!(hyper, over_hyper);
tests_of!(ureq, over_ureq);

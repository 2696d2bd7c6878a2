//! Servers that close kept connections without a word, and what that costs.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::{Client, Error, Retries, blocking};
use cognito_op_tests::calls::{Kind, Random, call_of, echo};
use cognito_op_tests::server::{Reply, Server};
use std::ops::Range;
use std::time::Duration;

const CALLS: usize = 1_000;

fn client(server: &Server) -> Client {
    Client::builder().endpoint(server.url()).build().expect("a client")
}

/// A client of either kind.
#[derive(Clone)]
enum Caller {
    Waiting(Client),
    Blocking(blocking::Client),
}

fn waiting(server: &Server) -> Caller {
    Caller::Waiting(client(server))
}

fn blocking(server: &Server) -> Caller {
    Caller::Blocking(blocking::Client::builder().endpoint(server.url()).build().expect("a client"))
}

impl Caller {
    async fn call(self, kind: Kind, id: usize) -> Result<usize, Error> {
        match self {
            Self::Waiting(client) => kind.call(&client, id).await,
            Self::Blocking(client) => {
                tokio::task::spawn_blocking(move || kind.call_blocking(&client, id)).await.expect("the right answer")
            }
        }
    }
}

/// Makes the calls in rounds, a caller for each in `parallel`, and each after a pause of its own of that many milliseconds since
/// the round before. Gives how many failed.
async fn failures_of(caller: &Caller, server: &Server, kind: Kind, parallel: usize, pauses: Range<u64>) -> usize {
    let mut random = Random(42);
    let mut failed = 0;
    for round in (0..CALLS).step_by(parallel) {
        let callers: Vec<_> = (round..CALLS.min(round + parallel))
            .map(|id| {
                let pause = pauses.start + random.below(pauses.end - pauses.start);
                let caller = caller.clone();
                tokio::spawn(async move {
                    if pause > 0 {
                        tokio::time::sleep(Duration::from_millis(pause)).await;
                    }
                    match caller.call(kind, id).await {
                        Ok(answer) => assert_eq!(answer, id),
                        Err(error) => {
                            assert!(error.may_have_executed(), "nobody can know: {error}");
                            return 1;
                        }
                    }
                    0
                })
            })
            .collect();
        for caller in callers {
            failed += caller.await.expect("the right answer, or a failure that says that it may have been carried out");
        }
    }
    let mut received = vec![0; CALLS];
    for request in server.received() {
        received[call_of(&request).1] += 1;
    }
    let missing = received.iter().filter(|times| **times == 0).count();
    assert!(missing <= failed, "{missing} were never received, and {failed} failed");
    if kind == Kind::Unsafe {
        assert!(received.iter().all(|times| *times <= 1), "none is sent twice");
    }
    println!("{kind:?}: {failed} of {CALLS} calls failed, over {} connections", server.connections());
    failed
}

fn impatient(held_up: Duration) -> Server {
    Server::impatient(Duration::from_millis(500), held_up, |request| {
        // Long enough for the calls of a round to need a connection each.
        std::thread::sleep(Duration::from_millis(50));
        Reply::Keep(echo(call_of(request)))
    })
}

fn abrupt() -> Server {
    Server::start(|request| Reply::Close(echo(call_of(request))))
}

fn late() -> Server {
    Server::start(|request| Reply::CloseLate(echo(call_of(request))))
}

/// The tests of a transport. What is not safe to repeat fails hardly, or dozens of times and more if nothing were learned from the
/// first failures.
macro_rules! tests_of {
    ($transport:ident, $client:expr, $abrupt:expr) => {
        mod $transport {
            use super::*;

            async fn failures(server: &Server, kind: Kind, parallel: usize, pauses: Range<u64>) -> usize {
                failures_of(&$client(server), server, kind, parallel, pauses).await
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn an_impatient_server_fails_no_call_that_is_safe_to_repeat() {
                assert_eq!(failures(&impatient(Duration::ZERO), Kind::Safe, 32, 460..540).await, 0);
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn an_impatient_server_fails_hardly_a_call_that_is_not() {
                assert!(failures(&impatient(Duration::ZERO), Kind::Unsafe, 32, 460..540).await <= 5);
            }

            /// The end of a connection crosses with each request that comes at the wrong time.
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn nor_does_one_that_is_far_away() {
                assert!(failures(&impatient(Duration::from_millis(10)), Kind::Unsafe, 32, 460..540).await <= 25);
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn an_abrupt_server_fails_hardly_a_call() {
                assert_eq!(failures(&abrupt(), Kind::Safe, 16, 0..3).await, 0);
                assert!(failures(&abrupt(), Kind::Unsafe, 16, 0..3).await <= $abrupt);
            }

            /// Without a pause, when nobody can have heard yet that the connection is closed: every second call, if nothing were
            /// learned. On a machine that is busy enough a connection seems to be kept now and then.
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn nor_do_calls_fail_that_overtake_the_end_of_the_connection() {
                assert_eq!(failures(&late(), Kind::Safe, 1, 0..1).await, 0);
                assert!(failures(&late(), Kind::Unsafe, 1, 0..1).await <= 50);
            }
        }
    };
}

tests_of!(hyper, waiting, 5);
// Its connections cannot be looked at from here: what servers do is learned from the calls that break, again and again.
tests_of!(ureq, blocking, 15);

/// It is not the retries that keep them from failing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_server_does_is_learned_from_the_first_failures() {
    let server = late();
    let builder = Client::builder().endpoint(server.url()).retries(Retries::off());
    let caller = Caller::Waiting(builder.build().expect("a client"));
    assert!(failures_of(&caller, &server, Kind::Safe, 1, 0..1).await <= 50);
}

/// What cannot be repeated is not what it is learned from.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_is_trusted_only_once_it_has_kept_a_connection() {
    let server = late();
    let mut failed = 0;
    for id in (0..200).step_by(2) {
        let client = client(&server);
        for id in [id, id + 1] {
            failed += usize::from(Kind::Unsafe.call(&client, id).await.is_err());
        }
    }
    println!("{failed} of 100 second calls failed");
    assert!(failed <= 25);
}

/// What the care costs where there is nothing to be careful about.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_patient_server_is_asked_over_few_connections() {
    let server = Server::start(|request| Reply::Keep(echo(call_of(request))));
    let client = client(&server);
    for id in 0..100 {
        Kind::Unsafe.call(&client, id).await.expect("an answer");
    }
    println!("100 calls over {} connections", server.connections());
    assert!(server.connections() <= 3);
}

//! Many calls of one client to a server that breaks some connections.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::Client;
use cognito_op_tests::calls::{Kind, Random, call_of, echo};
use cognito_op_tests::server::{Received, Reply, Server};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

const CALLS: usize = 50_000;
const PARALLEL: usize = 64;
const WARM_UP: usize = 10_000;

/// The maximum growth of memory after the warm-up, in KiB: about 200 bytes for each of 40,000 calls.
const GROWTH: usize = 8 << 10;

/// The log of the server, indexed by the id of the call.
#[derive(Default)]
struct Log {
    received: Vec<AtomicUsize>,
    /// The number of responses that were withheld or truncated.
    broken: Vec<AtomicUsize>,
    connections_broken: AtomicUsize,
}

impl Log {
    fn new() -> Self {
        let zeros = || (0..CALLS).map(|_| AtomicUsize::new(0)).collect();
        Self { received: zeros(), broken: zeros(), connections_broken: AtomicUsize::new(0) }
    }

    /// Breaks or closes the connection of one request in twenty.
    fn reply(&self, request: &Received, random: &Mutex<Random>) -> Reply {
        let call = call_of(request);
        let (_, id) = call;
        self.received[id].fetch_add(1, Ordering::SeqCst);
        let response = echo(call);
        let chance = random.lock().unwrap_or_else(PoisonError::into_inner).below(60);
        if chance < 3 {
            self.connections_broken.fetch_add(1, Ordering::SeqCst);
        }
        if chance < 2 {
            self.broken[id].fetch_add(1, Ordering::SeqCst);
        }
        match chance {
            0 => Reply::Reset,
            1 => Reply::Close(response[..response.len() - 9].to_vec()),
            2 => Reply::Close(response),
            _ => Reply::Keep(response),
        }
    }
}

fn kind(id: usize) -> Kind {
    if id.is_multiple_of(2) { Kind::Safe } else { Kind::Unsafe }
}

/// The memory in use by the process, in KiB.
#[cfg(target_os = "linux")]
fn memory() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux has it");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("the file contains the line");
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok())
}

/// Other systems have no `/proc/self/status`.
#[cfg(not(target_os = "linux"))]
fn memory() -> Option<usize> {
    None
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_call_gets_its_own_response_once() {
    let log = Arc::new(Log::new());
    let random = Mutex::new(Random(7));
    let server = Server::without_log({
        let log = Arc::clone(&log);
        move |request| log.reply(request, &random)
    });
    let client = Client::builder().endpoint(server.url()).build().expect("a client");
    let mut failed = vec![false; CALLS];
    let mut warm = None;
    for ids in [0..WARM_UP, WARM_UP..CALLS] {
        let next = Arc::new(AtomicUsize::new(ids.start));
        let callers: Vec<_> = (0..PARALLEL)
            .map(|_| {
                let (client, next, end) = (client.clone(), Arc::clone(&next), ids.end);
                tokio::spawn(async move {
                    let mut failed = Vec::new();
                    loop {
                        let id = next.fetch_add(1, Ordering::SeqCst);
                        if id >= end {
                            return failed;
                        }
                        match kind(id).call(&client, id).await {
                            Ok(response) => assert_eq!(response, id),
                            Err(error) => {
                                assert!(error.may_have_executed(), "{error}");
                                failed.push(id);
                            }
                        }
                    }
                })
            })
            .collect();
        for caller in callers {
            for id in caller.await.expect("the right responses, and failures that may have executed") {
                failed[id] = true;
            }
        }
        warm = warm.or_else(memory);
    }

    let mut overtaken = 0;
    for (id, failed) in failed.iter().enumerate() {
        let received = log.received[id].load(Ordering::SeqCst);
        let broken = log.broken[id].load(Ordering::SeqCst);
        match kind(id) {
            // A call fails only if its response was withheld or truncated, or if its connection was closed before the
            // request arrived.
            Kind::Unsafe => {
                assert!(received <= 1, "{id} was sent twice");
                assert_eq!(*failed, broken == 1 || received == 0, "{id}");
                overtaken += usize::from(received == 0);
            }
            Kind::Safe if *failed => assert!(broken <= received, "{id}"),
            Kind::Safe => assert_eq!(received, broken + 1, "{id}"),
        }
    }
    let count = |wanted| failed.iter().enumerate().filter(|(id, failed)| kind(*id) == wanted && **failed).count();
    println!(
        "{CALLS} calls over {} connections, {} of them broken: {} idempotent calls failed, and {} others, \
         {overtaken} of them because the connection was closed",
        server.connections(),
        log.connections_broken.load(Ordering::SeqCst),
        count(Kind::Safe),
        count(Kind::Unsafe),
    );
    assert!(count(Kind::Safe) <= 5, "few idempotent calls fail three times in a row");
    assert!(overtaken <= 50);
    if let (Some(warm), Some(end)) = (warm, memory()) {
        println!("{warm} KiB in use after {WARM_UP} calls, {end} KiB after all");
        assert!(end.saturating_sub(warm) < GROWTH, "from {warm} KiB to {end} KiB");
    } else {
        println!("the memory is measured on Linux only");
    }
}

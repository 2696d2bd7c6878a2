//! The asynchronous functions, which run on a single-threaded tokio runtime.

use crate::{Mode, Outcome, expect, nanoseconds, print, summarize, warm_up};
use std::fmt::Debug;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Runs a program on a single-threaded runtime.
pub fn block_on(program: impl Future<Output = Outcome>) -> Outcome {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(program)
}

/// Makes the calls of a mode, with one task for each concurrent call.
pub async fn run<T, E, F>(mode: Mode, call: impl Fn() -> F + Clone + Send + 'static)
where
    T: Debug,
    E: Debug,
    F: Future<Output = Result<T, E>> + Send,
{
    match mode {
        Mode::Once => print(&call().await),
        Mode::Cpu(calls) => {
            for _ in 0..calls {
                black_box(expect(call().await));
            }
        }
        Mode::Load(calls, at_a_time) => {
            load(warm_up(calls, at_a_time), at_a_time, &call).await;
            summarize(load(calls, at_a_time, &call).await);
        }
    }
}

async fn load<T, E, F>(
    calls: usize,
    at_a_time: usize,
    call: &(impl Fn() -> F + Clone + Send + 'static),
) -> (Vec<u32>, Duration)
where
    T: Debug,
    E: Debug,
    F: Future<Output = Result<T, E>> + Send,
{
    let caller = || {
        let call = call.clone();
        tokio::spawn(async move {
            let mut times = Vec::with_capacity(calls / at_a_time);
            for _ in 0..calls / at_a_time {
                let begun = Instant::now();
                black_box(expect(call().await));
                times.push(nanoseconds(begun));
            }
            times
        })
    };
    let begun = Instant::now();
    let callers: Vec<_> = (0..at_a_time).map(|_| caller()).collect();
    let mut times = Vec::with_capacity(calls);
    for caller in callers {
        times.append(&mut caller.await.expect("times"));
    }
    (times, begun.elapsed())
}

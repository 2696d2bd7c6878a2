//! The shared code of the programs: their arguments, the number of calls, and the response of the fake server.

mod token;
#[cfg(feature = "tokio")]
mod waiting;

pub use self::token::{POOL, TokenUser, accept};
#[cfg(feature = "tokio")]
pub use self::waiting::{block_on, run};

use std::error::Error;
use std::fmt::Debug;
use std::fs;
use std::hint::black_box;
use std::process::exit;
use std::thread;
use std::time::{Duration, Instant};

pub type Outcome = Result<(), Box<dyn Error>>;

pub const ANSWER: &str =
    r#"{"CodeDeliveryDetails":{"AttributeName":"email","DeliveryMedium":"EMAIL","Destination":"a***@e***"}}"#;
/// The headers of the response, except `content-length`.
pub const HEADERS: [(&str, &str); 4] = [
    ("date", "Tue, 14 Oct 2025 08:21:07 GMT"),
    ("content-type", "application/x-amz-json-1.1"),
    ("connection", "keep-alive"),
    ("x-amzn-requestid", "8f3c1d52-6a0b-4e9e-9c55-1f0d7c2b4a61"),
];

const USAGE: &str = "usage: ENDPOINT CLIENT_ID SECRET USERNAME once|cpu CALLS|load CALLS AT_A_TIME";

/// The user to whom the code is sent, the app client, and the endpoint.
#[derive(Clone, Debug)]
pub struct User {
    pub endpoint: String,
    pub client_id: String,
    pub secret: String,
    pub username: String,
}

/// The number of calls and their concurrency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// One call. Prints its result.
    Once,
    /// This many sequential calls, without a network.
    Cpu(usize),
    /// This many calls, with this concurrency. Prints the calls per second, the median and the 99th percentile of their
    /// durations in microseconds, and the peak memory in KiB.
    Load(usize, usize),
}

/// Parses the arguments of this program.
pub fn arguments() -> (User, Mode) {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [endpoint, client_id, secret, username, mode @ ..] = &arguments[..] else { misused() };
    let number = |text: &String| text.parse().unwrap_or_else(|_| misused());
    let mode = match mode {
        [once] if once == "once" => Mode::Once,
        [cpu, calls] if cpu == "cpu" => Mode::Cpu(number(calls)),
        [load, calls, at_a_time] if load == "load" => Mode::Load(number(calls), number(at_a_time)),
        _ => misused(),
    };
    let [endpoint, client_id, secret, username] = [endpoint, client_id, secret, username].map(String::clone);
    (User { endpoint, client_id, secret, username }, mode)
}

fn misused() -> ! {
    eprintln!("{USAGE}");
    exit(2);
}

/// Makes the calls of a mode, with one thread for each concurrent call.
pub fn run_blocking<T: Debug, E: Debug>(mode: Mode, call: impl Fn() -> Result<T, E> + Sync) {
    match mode {
        Mode::Once => print(&call()),
        Mode::Cpu(calls) => (0..calls).for_each(|_| _ = black_box(expect(call()))),
        Mode::Load(calls, at_a_time) => {
            let load = |calls: usize| {
                let caller = || (0..calls / at_a_time).map(|_| timed(&call)).collect::<Vec<_>>();
                let begun = Instant::now();
                let times = thread::scope(|scope| {
                    let callers: Vec<_> = (0..at_a_time).map(|_| scope.spawn(caller)).collect();
                    callers.into_iter().flat_map(|caller| caller.join().expect("times")).collect()
                });
                (times, begun.elapsed())
            };
            load(warm_up(calls, at_a_time));
            summarize(load(calls));
        }
    }
}

fn timed<T: Debug, E: Debug>(call: impl Fn() -> Result<T, E>) -> u32 {
    let begun = Instant::now();
    black_box(expect(call()));
    nanoseconds(begun)
}

/// Returns the elapsed nanoseconds as a `u32`, so that the durations of many calls add little to the measured memory.
fn nanoseconds(begun: Instant) -> u32 {
    u32::try_from(begun.elapsed().as_nanos()).unwrap_or(u32::MAX)
}

/// Returns the number of warm-up calls, which are not measured.
fn warm_up(calls: usize, at_a_time: usize) -> usize {
    calls / 10 + at_a_time
}

/// Returns the response. Exits if the call has failed.
fn expect<T, E: Debug>(outcome: Result<T, E>) -> T {
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error:?}");
        exit(1)
    })
}

fn print<T: Debug, E: Debug>(outcome: &Result<T, E>) {
    println!("ResendConfirmationCode {outcome:?}");
}

fn summarize((mut times, all): (Vec<u32>, Duration)) {
    times.sort_unstable();
    let [median, high] = [50, 99].map(|percent| f64::from(times[(times.len() - 1) * percent / 100]) / 1e3);
    let rate = times.len() as f64 / all.as_secs_f64();
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next());
    println!("{rate:.1} {median:.2} {high:.2} {}", peak.unwrap_or("0"));
}

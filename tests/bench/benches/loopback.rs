//! Measures calls per second over loopback: `cargo bench --bench loopback`. Compares the client and its default
//! transport with handwritten code: serde_json and hyper's pooled client. Both send HTTP/1.1 requests to the same
//! server. They run in short, alternating turns, and each ratio covers a few turns, so that other load on the machine
//! affects both equally.
//!
//! If `taskset` is available, the clients run on the first core and the server runs on the second.

use bytes::Bytes;
use cognito_op::Client;
use cognito_op_bench::call::{
    ANSWER, AppClientByHand, CLIENT_ID, ErrorByHand, HEADERS, ResponseByHand, SECRET, operation,
};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client as Pooled;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};

const ROUNDS: u32 = 15;
/// The number of turns of each client in a round, and the length of a turn. The clients alternate.
const TURNS: u32 = 5;
const TURN: Duration = Duration::from_millis(100);
/// The number of concurrent calls, and the minimum ratio of the calls per second to those of the handwritten code.
const LOADS: [(usize, f64); 2] = [(1, 0.97), (64, 0.94)];
/// The maximum number of idle connections of the handwritten client, as in the default transport.
const CONNECTIONS: usize = 64;

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some("serve") {
        serve();
        return ExitCode::SUCCESS;
    }
    let pinned = pin();
    let (_server, endpoint) = Server::start(pinned);
    println!(
        "{ROUNDS} rounds of {TURNS} turns of {TURN:?} each, {}",
        if pinned { "one core each for server and clients" } else { "not pinned" }
    );
    println!(
        "{:30}{:>12}{:>12}{:>9}{:>17}{:>17}",
        "runtime, calls at a time", "cognito-op", "by hand", "ratio", "middle half", "all"
    );
    let mut holds = true;
    for (flavour, mut builder) in [("current thread", Builder::new_current_thread()), ("one worker", one_worker())] {
        for (load, bound) in LOADS {
            let runtime = builder.enable_all().build().expect("a runtime");
            let ratio = compare(&runtime, &endpoint, &format!("{flavour}, {load}"), load);
            holds &= ratio >= bound;
        }
    }
    if holds {
        return ExitCode::SUCCESS;
    }
    eprintln!("error: a ratio is below its minimum in {LOADS:?}");
    ExitCode::FAILURE
}

fn one_worker() -> Builder {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(1);
    builder
}

/// Prints a row and returns the median of the ratios.
fn compare(runtime: &Runtime, endpoint: &str, name: &str, load: usize) -> f64 {
    let ours = Client::builder().endpoint(endpoint).app_client(CLIENT_ID, SECRET).build().expect("a client");
    let ours = || run(runtime, load, Ours(ours.clone()));
    let by_hand = ByHand::new(endpoint);
    let by_hand = || run(runtime, load, by_hand.clone());
    // The first turns open the connections and are not counted.
    let _ = (ours(), by_hand());
    let mut rounds: Vec<(f64, f64)> = Vec::new();
    for round in 0..ROUNDS {
        let (mut sum, turns) = ((0.0, 0.0), f64::from(TURNS));
        for turn in 0..TURNS {
            if (round + turn) % 2 == 0 {
                sum.0 += ours() / turns;
                sum.1 += by_hand() / turns;
            } else {
                sum.1 += by_hand() / turns;
                sum.0 += ours() / turns;
            }
        }
        rounds.push(sum);
    }
    let sorted = |of: fn(&(f64, f64)) -> f64| {
        let mut values: Vec<f64> = rounds.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values
    };
    let ratios = sorted(|(ours, by_hand)| ours / by_hand);
    let [low, median, high] = [1, 2, 3].map(|quarter| ratios[(ratios.len() - 1) * quarter / 4]);
    println!(
        "{name:30}{:12.0}{:12.0}{median:9.3}{:>17}{:>17}",
        sorted(|round| round.0)[ratios.len() / 2],
        sorted(|round| round.1)[ratios.len() / 2],
        format!("{low:.3} to {high:.3}"),
        format!("{:.3} to {:.3}", ratios[0], ratios[ratios.len() - 1]),
    );
    median
}

trait Call: Clone + Send + 'static {
    fn call(&self) -> impl Future<Output = bool> + Send;
}

#[derive(Clone)]
struct Ours(Client);

impl Call for Ours {
    async fn call(&self) -> bool {
        let sent = operation().send(&self.0).await.expect("a response");
        sent.code_delivery_details.is_some_and(|details| details.destination.is_some())
    }
}

#[derive(Clone)]
struct ByHand {
    client: Pooled<HttpConnector, Full<Bytes>>,
    app_client: AppClientByHand,
}

impl ByHand {
    fn new(endpoint: &str) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = Pooled::builder(TokioExecutor::new()).pool_max_idle_per_host(CONNECTIONS).build(connector);
        Self { client, app_client: AppClientByHand::new(endpoint.parse().expect("a URL")) }
    }

    async fn send(&self) -> Result<ResponseByHand, ErrorByHand> {
        let request = self.app_client.request()?;
        let response = self.client.request(request).await.map_err(|error| ErrorByHand::Transport(error.into()))?;
        let status = response.status();
        let body = response.into_body().collect().await.map_err(|error| ErrorByHand::Transport(error.into()))?;
        ResponseByHand::read(status, &body.to_bytes())
    }
}

impl Call for ByHand {
    async fn call(&self) -> bool {
        let sent = self.send().await.expect("a response");
        sent.code_delivery_details.is_some_and(|details| details.destination.is_some())
    }
}

/// Returns the calls per second with `load` concurrent calls.
fn run(runtime: &Runtime, load: usize, call: impl Call) -> f64 {
    let begun = Instant::now();
    let count: u32 = runtime.block_on(async {
        let caller = || {
            let call = call.clone();
            tokio::spawn(async move {
                let mut count = 0;
                while begun.elapsed() < TURN {
                    assert!(call.call().await);
                    count += 1;
                }
                count
            })
        };
        let callers: Vec<_> = (0..load).map(|_| caller()).collect();
        let mut count = 0;
        for caller in callers {
            count += caller.await.expect("a count");
        }
        count
    });
    f64::from(count) / begun.elapsed().as_secs_f64()
}

/// Pins this process to the first core, unless the machine has only one. Returns whether the process is pinned.
fn pin() -> bool {
    let process = std::process::id().to_string();
    let enough = std::thread::available_parallelism().is_ok_and(|cores| cores.get() > 1);
    let taskset = || Command::new("taskset").args(["-c", "-p", "0", &process]).stdout(Stdio::null()).status();
    enough && taskset().is_ok_and(|status| status.success())
}

/// A second process of this program, which runs the server.
struct Server(Child);

impl Server {
    fn start(pinned: bool) -> (Self, String) {
        let program = std::env::current_exe().expect("a path");
        let mut command = if pinned { Command::new("taskset") } else { Command::new(&program) };
        if pinned {
            command.args(["-c", "1"]).arg(program);
        }
        let mut child = command.arg("serve").stdout(Stdio::piped()).spawn().expect("a server");
        let mut endpoint = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut endpoint).expect("its endpoint");
        (Self(child), endpoint.trim().to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill().and_then(|()| self.0.wait());
    }
}

/// Runs a server that sends the same response to every request.
fn serve() {
    let mut answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n", ANSWER.len());
    for (name, value) in HEADERS {
        answer += &format!("{name}: {value}\r\n");
    }
    let answer: Arc<str> = format!("{answer}\r\n{ANSWER}").into();
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a listener");
        println!("http://{}", listener.local_addr().expect("an address"));
        loop {
            let (stream, _) = listener.accept().await.expect("a connection");
            tokio::spawn(answer_all(stream, Arc::clone(&answer)));
        }
    });
}

async fn answer_all(mut stream: TcpStream, answer: Arc<str>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut request = Vec::new();
    while stream.read_buf(&mut request).await? > 0 {
        if is_whole(&request) {
            stream.write_all(answer.as_bytes()).await?;
            request.clear();
        }
    }
    Ok(())
}

fn is_whole(request: &[u8]) -> bool {
    let Some(end) = request.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&request[..end]).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    request.len() >= end + 4 + length.unwrap_or(0)
}

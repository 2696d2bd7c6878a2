//! Measures the CPU time of the verification of a token: `cargo bench --features jsonwebtoken --bench verify`. It needs
//! Node and npm.
//!
//! Each implementation runs in its own process, because jsonwebtoken has one provider per process and aws-jwt-verify
//! runs in Node. The processes run in short turns. A ratio is computed for each round, and the median of the rounds is
//! compared with the bound.

use cognito_op_bench::tokens::{Tokens, Use, Verification};
use cognito_op_tests_provision::{node, once, run};
use jsonwebtoken::crypto::{aws_lc, rust_crypto};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use nix::time::ClockId;
use serde::Deserialize;
use std::collections::HashMap;
use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};
use std::time::Duration;

const ROUNDS: usize = 25;
/// The number of verifications in a turn, and the number before the first turn, which Node needs to compile the code.
const TURN: u32 = 500;
const WARM_UP: u32 = 10_000;

const OURS: &str = "cognito-userpools";
const RING: &str = "ring, signature only";
const AWS_LC: &str = "jsonwebtoken, aws-lc";
const RUST_CRYPTO: &str = "jsonwebtoken, rust_crypto";
const NODE: &str = "aws-jwt-verify";
const CONTENDERS: [&str; 5] = [OURS, RING, AWS_LC, RUST_CRYPTO, NODE];

/// The maximum ratio to aws-jwt-verify.
const OF_NODE: f64 = 0.75;
/// The maximum time: this factor times the time of ring, plus these microseconds.
const OF_RING: (f64, f64) = (1.05, 4.0);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let tokens = Tokens::new();
    if let [name] = &arguments[..]
        && CONTENDERS.contains(&name.as_str())
    {
        contend(name, tokens);
        return ExitCode::SUCCESS;
    }
    let mut contenders = CONTENDERS.map(Implementation::start);
    println!("{ROUNDS} rounds with turns of {TURN} verifications; µs of CPU time per verification");
    let mut holds = true;
    for usage in [Use::Access, Use::Id] {
        println!("\n{usage:?} token of {} bytes\n{:30}{:>9}{:>9}", tokens.of(usage).len(), "", "median", "minimum");
        holds &= compare(usage, &mut contenders);
    }
    if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints the times and the bounds, and returns whether the bounds hold.
fn compare(usage: Use, contenders: &mut [Implementation]) -> bool {
    let mut times: HashMap<&str, Vec<f64>> = HashMap::new();
    for contender in &mut *contenders {
        contender.turn(usage, WARM_UP);
    }
    for round in 0..ROUNDS {
        // The order changes from round to round.
        contenders.rotate_left(1);
        if round % 2 == 1 {
            contenders.reverse();
        }
        for contender in &mut *contenders {
            times.entry(contender.name).or_default().push(contender.turn(usage, TURN));
        }
    }
    for name in CONTENDERS {
        let minimum = times[name].iter().copied().fold(f64::INFINITY, f64::min);
        println!("{name:30}{:9.1}{minimum:9.1}", median(times[name].iter().copied()));
    }
    let beside = |other: &str| times[OURS].iter().copied().zip(times[other].iter().copied());
    let of_node = median(beside(NODE).map(|(ours, node)| ours / node));
    let (factor, bound) = OF_RING;
    let beyond_ring = median(beside(RING).map(|(ours, ring)| ours - factor * ring));
    println!("{OURS} / {NODE}: {of_node:.2}, at most {OF_NODE}");
    println!("{OURS} - {factor} * {RING}: {beyond_ring:.1} µs, at most {bound} µs");
    of_node <= OF_NODE && beyond_ring <= bound
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// A process that verifies tokens with one implementation.
struct Implementation {
    name: &'static str,
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Implementation {
    fn start(name: &'static str) -> Self {
        let mut command = if name == NODE {
            let package = "aws-jwt-verify@5.2.1";
            let modules = once("aws-jwt-verify-5.2.1", package, |folder| {
                let install =
                    ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", "--prefix"];
                run(Command::new("npm").args(install).arg(folder).arg(package));
            });
            let mut command = Command::new(node());
            command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/verify.cjs"));
            command.arg(modules.join("node_modules/aws-jwt-verify"));
            command
        } else {
            let mut command = Command::new(std::env::current_exe().expect("a path"));
            command.arg(name);
            command
        };
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().expect("a process");
        let input = process.stdin.take().expect("its input");
        let output = BufReader::new(process.stdout.take().expect("its output"));
        Self { name, process, input, output }
    }

    /// Runs a turn, and returns the microseconds of CPU time per verification.
    fn turn(&mut self, usage: Use, count: u32) -> f64 {
        writeln!(self.input, "{usage:?} {count}").expect("a running process");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("a running process");
        let microseconds: f64 = line.trim().parse().unwrap_or_else(|_| panic!("{} failed", self.name));
        microseconds / f64::from(count)
    }
}

impl Drop for Implementation {
    fn drop(&mut self) {
        let _ = self.process.kill().and_then(|()| self.process.wait());
    }
}

/// Reads lines with a token use and a count. Verifies the token that many times, and prints the microseconds of CPU
/// time.
fn contend(name: &str, tokens: Tokens) {
    let verify: Box<dyn Fn(Use) -> bool> = match name {
        OURS | RING => {
            let verify = if name == OURS { Verification::ours } else { Verification::ring };
            let [access, id] = [Use::Access, Use::Id].map(|usage| Verification::new(usage, &tokens));
            Box::new(move |usage| verify(black_box(if usage == Use::Access { &access } else { &id })))
        }
        _ => {
            let provider = if name == AWS_LC { &aws_lc::DEFAULT_PROVIDER } else { &rust_crypto::DEFAULT_PROVIDER };
            provider.install_default().expect("the first provider");
            let by_hand = ByHand::new(&tokens);
            Box::new(move |usage| by_hand.verify(black_box(tokens.of(usage)), usage).is_some())
        }
    };
    for line in std::io::stdin().lines() {
        let line = line.expect("a line");
        let (usage, count) = line.split_once(' ').expect("a use and a count");
        let usage = if usage == "Access" { Use::Access } else { Use::Id };
        let begun = cpu();
        for _ in 0..count.parse().expect("a count") {
            assert!(verify(usage));
        }
        println!("{:.1}", (cpu() - begun).as_secs_f64() * 1e6);
    }
}

fn cpu() -> Duration {
    ClockId::CLOCK_PROCESS_CPUTIME_ID.now().expect("the CPU time of this process").into()
}

/// The handwritten verification with jsonwebtoken.
struct ByHand {
    client_id: String,
    keys: HashMap<String, DecodingKey>,
    access: Validation,
    id: Validation,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "an application would read them")]
struct Claims {
    sub: String,
    token_use: String,
    client_id: Option<String>,
    username: Option<String>,
    scope: Option<String>,
    #[serde(default, rename = "cognito:groups")]
    groups: Vec<String>,
    exp: u64,
}

impl ByHand {
    fn new(Tokens { pool, client_id, keys, .. }: &Tokens) -> Self {
        let set = JwkSet::deserialize(keys).expect("a key set");
        let key =
            |jwk: &Jwk| (jwk.common.key_id.clone().expect("a key id"), DecodingKey::from_jwk(jwk).expect("a key"));
        let mut access = Validation::new(Algorithm::RS256);
        access.leeway = 0;
        access.validate_nbf = true;
        access.set_issuer(&[format!("https://cognito-idp.eu-west-1.amazonaws.com/{pool}")]);
        access.set_required_spec_claims(&["exp", "iss"]);
        let mut id = access.clone();
        access.validate_aud = false;
        id.set_audience(&[client_id]);
        id.set_required_spec_claims(&["exp", "iss", "aud"]);
        Self { client_id: client_id.clone(), keys: set.keys.iter().map(key).collect(), access, id }
    }

    fn verify(&self, token: &str, usage: Use) -> Option<Claims> {
        let key = self.keys.get(&decode_header(token).ok()?.kid?)?;
        let (validation, name) = match usage {
            Use::Access => (&self.access, "access"),
            Use::Id => (&self.id, "id"),
        };
        let claims = decode::<Claims>(token, key, validation).ok()?.claims;
        let is_client = usage == Use::Id || claims.client_id.as_ref() == Some(&self.client_id);
        (claims.token_use == name && is_client).then_some(claims)
    }
}

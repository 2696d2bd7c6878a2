//! Counts the instructions of validation and of a call, compared with handwritten code, and of the verification of a
//! token.
//!
//! The bounds:
//!
//! - Validation takes at most 1.5 times the instructions of handwritten code.
//! - The first call of a matcher takes as many instructions as the thousandth.
//! - A value of 64 times the length takes at most 66 times as many instructions.
//! - A call over an in-memory transport takes at most 0.95 times the instructions of a handwritten call without
//!   validation, and at most as many allocations (`tests/bench/src/call.rs`).
//! - `VERIFY` bounds the instructions of the verification of a token, without those of its signature.
//!
//! `regex` is compared by time instead (`cargo bench --bench time` in `tests/bench`), since its automaton waits for
//! memory at each byte.

use crate::package::{cargo, output};
use anyhow::{Context, Result, bail};
use cognito_op_tests_provision::workspace;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const KINDS: [(&str, &str); 6] = [
    ("word", "ASCII"),
    ("visible", "ASCII"),
    ("visible", "Unicode"),
    ("pool", "ASCII"),
    ("address", "ASCII"),
    ("address", "Unicode"),
];
const BYTES: [usize; 5] = [8, 32, 128, 2048, 131_072];
/// The maximum instructions for parsing and checking a token of each use, without those for its signature.
const VERIFY: [(&str, f64); 2] = [("access", 29_500.0), ("id", 34_000.0)];

/// A metric of valgrind: the tool of gungraun, and the name of the metric.
type Metric = (&'static str, &'static str);

const INSTRUCTIONS: Metric = ("Callgrind", "Ir");
const ALLOCATIONS: Metric = ("DHAT", "TotalBlocks");

/// The counts, by the name of the metric, the function and the id of the benchmark.
struct Counts(BTreeMap<(&'static str, String, String), f64>);

impl Counts {
    fn of(&self, function: &str, id: &str) -> Result<f64> {
        self.of_metric(INSTRUCTIONS, function, id)
    }

    fn of_metric(&self, (_, name): Metric, function: &str, id: &str) -> Result<f64> {
        let count = self.0.get(&(name, function.to_owned(), id.to_owned()));
        count.copied().with_context(|| format!("the benchmark {function} {id} is missing"))
    }
}

/// Runs the benchmark and compares the counts with the bounds.
pub(crate) fn instructions() -> Result<()> {
    let bench = workspace().join("tests/bench");
    let results = bench.join("target/gungraun");
    if results.exists() {
        fs::remove_dir_all(&results)?;
    }
    let command = ["bench", "--quiet", "--bench", "instructions", "--", "--save-summary=json"];
    output(cargo().current_dir(&bench).env("CARGO_TARGET_DIR", bench.join("target")).args(command))?;
    let mut counts = Counts(BTreeMap::new());
    read(&results, &mut counts)?;
    let mut wrong = Vec::new();
    println!("{:22}{:>8}{:>12}{:>12}{:>12}{:>13}", "pattern", "bytes", "cognito-op", "by hand", "regex", "by hand = 1");
    let cases = KINDS.iter().flat_map(|kind| BYTES.map(|bytes| (kind, bytes)));
    let mut shorter = 0.0;
    for (index, ((kind, script), bytes)) in cases.enumerate() {
        let of = |engine| counts.of(engine, &format!("case_{index}"));
        let (ours, hand, regex) = (of("cognito_op")?, of("by_hand")?, of("regex")?);
        let name = format!("{kind}, {script}");
        println!("{name:22}{bytes:8}{ours:12}{hand:12}{regex:12}{:13.2}", ours / hand);
        if ours > 1.5 * hand {
            wrong.push(format!("{name}, {bytes} bytes: more than 1.5 times the handwritten loop"));
        }
        if Some(&bytes) == BYTES.last() && ours > 66.0 * shorter {
            wrong.push(format!("{name}: not linear"));
        }
        shorter = ours;
    }
    for kind in ["word", "visible", "pool", "address"] {
        let (first, thousandth) = (counts.of("first_call", kind)?, counts.of("thousandth_call", kind)?);
        println!("{kind}, first call and thousandth: {first} and {thousandth}");
        if first.total_cmp(&thousandth).is_ne() {
            wrong.push(format!("{kind}: the first call and the thousandth differ"));
        }
    }
    let request = |engine| counts.of(&format!("request_{engine}"), "it");
    let (ours, hand) = (request("cognito_op")?, request("by_hand")?);
    let (validator, garde) = (request("validator")?, request("garde")?);
    println!("ResendConfirmationCode: cognito_op {ours}, by_hand {hand}, validator {validator}, garde {garde}");
    if ours > 1.5 * hand {
        wrong.push("ResendConfirmationCode: more than 1.5 times the handwritten code".to_owned());
    }
    for (call, name) in [("call", "call"), ("blocking_call", "blocking call")] {
        for (metric, what, bound) in [(INSTRUCTIONS, "instructions", 0.95), (ALLOCATIONS, "allocations", 1.0)] {
            let of = |engine| counts.of_metric(metric, &format!("{call}_{engine}"), "it");
            let (ours, hand) = (of("cognito_op")?, of("by_hand")?);
            println!("{name}, {what}: cognito_op {ours}, by_hand {hand}, ratio {:.3}", ours / hand);
            if ours > bound * hand {
                wrong.push(format!("{name}: more than {bound} times the {what} of the handwritten code"));
            }
        }
    }
    for (usage, bound) in VERIFY {
        let (ours, ring) = (counts.of("verify_cognito_op", usage)?, counts.of("verify_ring", usage)?);
        println!("verification, {usage} token: cognito_op {ours}, ring {ring}, difference {}", ours - ring);
        if ours - ring > bound {
            wrong.push(format!("verification, {usage} token: more than {bound} instructions without the signature"));
        }
    }
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n       "));
    }
    Ok(())
}

/// Reads the summaries of the benchmarks in a folder.
fn read(folder: &Path, counts: &mut Counts) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read(&path, counts)?;
        } else if path.ends_with("summary.json") {
            let summary: Value = serde_json::from_str(&fs::read_to_string(&path)?)?;
            let name = |field: &str| summary[field].as_str().unwrap_or_default().to_owned();
            let profiles =
                summary["profiles"].as_array().with_context(|| format!("no counts in {}", path.display()))?;
            for profile in profiles {
                for (tool, metric) in [INSTRUCTIONS, ALLOCATIONS] {
                    let count = &profile["data"]["total"]["metrics"][metric]["values"]["new"];
                    if let (true, Some(count)) = (profile["tool"] == tool, count.as_f64()) {
                        counts.0.insert((metric, name("function_name"), name("id")), count);
                    }
                }
            }
        }
    }
    Ok(())
}

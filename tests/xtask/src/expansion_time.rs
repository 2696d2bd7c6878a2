//! Measures the expansion time of an operation with three patterns, in an unoptimized build of the macro.
//!
//! rustc prints the expansion time of a crate (`-Ztime-passes`). The difference between a crate with 41 operations and
//! a crate with one operation is the time of 40 operations. The minimum of the rounds is used, since other processes
//! can only increase the time.

use crate::package::{Package, output};
use anyhow::{Context, Result, bail};
use regex::Regex;
use std::fmt::Write as _;

const PATTERNS: [(&str, [&str; 3]); 2] = [
    ("ResendConfirmationCode", [r"[\w+]+", r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", r"[\w+=/]+"]),
    (
        "three automata of Unicode",
        [
            r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*",
            r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+@[\p{L}\p{M}\p{S}\p{N}\p{P}]+",
            r"^[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?$",
        ],
    ),
];
/// The maximum number of milliseconds for an operation.
const BOUND: f64 = 5.0;

/// Measures the time and compares it with the bound.
pub(crate) fn expansion_time(rounds: u16) -> Result<()> {
    let mut slow = false;
    for (name, patterns) in PATTERNS {
        let each = (expansion(patterns, 41, rounds)? - expansion(patterns, 1, rounds)?) / 40.0;
        println!("{each:6.2} ms, at most {BOUND:.1} ms: an operation with the patterns of {name}");
        slow |= each > BOUND;
    }
    if slow {
        bail!("the macro is too slow");
    }
    Ok(())
}

/// Returns the expansion time of a crate with `count` operations in milliseconds.
fn expansion(patterns: [&str; 3], count: usize, rounds: u16) -> Result<f64> {
    let package = Package::new("expansion-time", "expansion", "")?;
    // The members are unmodeled, so the patterns may differ from the published ones.
    let members = ["client_id: String", "username: String", "secret_hash: Option<String>"];
    let mut fields = String::new();
    for (pattern, member) in patterns.iter().zip(members) {
        write!(fields, "#[unmodeled] #[len(1, 128)] #[pattern(r\"{pattern}\")] pub own_{member}, ")?;
    }
    let operation = "#[cognito_op::cognito_op(target = \"Own\", unmodeled, response = ())] pub struct Own";
    let mut modules = String::new();
    for n in 0..count {
        writeln!(modules, "pub mod m{n} {{ {operation} {{ {fields} }} }}")?;
    }
    let line = Regex::new(r"time:\s+([0-9.]+);.*\smacro_expand_crate")?;
    let mut fastest = f64::INFINITY;
    for _ in 0..rounds {
        // Writing the file makes cargo compile it again.
        package.write("src/lib.rs", &modules)?;
        let command = ["rustc", "--lib", "--quiet", "--", "-Ztime-passes", "-Awarnings"];
        let output = output(package.cargo().args(command).env("RUSTC_BOOTSTRAP", "1"))?;
        let text = String::from_utf8([output.stdout, output.stderr].concat())?;
        let found = line.captures(&text).context("rustc printed no time of the expansion")?;
        fastest = fastest.min(found[1].parse()?);
    }
    Ok(1000.0 * fastest)
}

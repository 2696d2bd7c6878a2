//! The matchers that the macro generates for patterns, compared with other regular expression engines.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

mod boundaries;
mod ecmascript;
mod generate;
mod java;
mod published;

use cognito_op::Pattern;
use proptest::prelude::*;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// The published patterns, and those with word boundaries.
fn patterns() -> Vec<Pattern> {
    [published::patterns(), boundaries::patterns()].concat()
}

/// Passes patterns and values to a program, and returns for each value whether it matches.
fn ask(program: &mut Command, given: &[(String, Vec<String>)]) -> Vec<Vec<bool>> {
    let given = serde_json::to_string(given).expect("JSON");
    let mut running = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program runs");
    running.stdin.take().expect("a pipe").write_all(given.as_bytes()).expect("the program reads");
    let output = running.wait_with_output().expect("the program ends");
    assert!(output.status.success(), "{program:?} failed");
    serde_json::from_slice(&output.stdout).expect("the verdicts")
}

/// Compiles a pattern with the `regex` crate.
fn oracle(pattern: &Pattern) -> regex::Regex {
    regex::Regex::new(&format!(r"\A(?:{})\z", generate::to_rust_regex(pattern.as_str())))
        .expect("the translation is valid")
}

/// Returns whether the value contains a character that a newer version of Unicode may assign.
fn has_unassigned(value: &str) -> bool {
    regex::Regex::new(r"\p{Cn}").expect("compiles").is_match(value)
}

fn agree(pattern: &Pattern, oracle: &regex::Regex, value: &str) {
    let (here, there) = (pattern.is_match(value), oracle.is_match(value));
    assert!(
        here == there || (here && (has_unassigned(value) || boundaries::is_undecided(pattern, value))),
        "{} on {value:?}: {here}",
        pattern.as_str()
    );
}

#[test]
fn they_agree_with_regex_on_generated_values() {
    for pattern in patterns() {
        let oracle = oracle(&pattern);
        for value in generate::values(pattern.as_str(), 3_000) {
            agree(&pattern, &oracle, &value);
        }
    }
}

#[test]
fn they_agree_with_regex_on_any_value() {
    let patterns: Vec<_> = patterns().into_iter().map(|pattern| (oracle(&pattern), pattern)).collect();
    // The first parts are texts that random generation is unlikely to find.
    let parts = prop_oneof![
        Just("arn:".to_owned()),
        Just("{####}".to_owned()),
        Just("{##".to_owned()),
        Just("##}".to_owned()),
        Just("Level1".to_owned()),
        Just("_".to_owned()),
        Just("@".to_owned()),
        Just("cognito:german".to_owned()),
        "[a-z0-9]{1,8}",
        "\\PC{0,4}",
        ".",
        any::<char>().prop_map(String::from),
    ];
    let values = proptest::collection::vec(parts, 0..9).prop_map(|parts| parts.concat());
    let config = ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() };
    let tried = proptest::test_runner::TestRunner::new(config).run(&values, |value| {
        for (oracle, pattern) in &patterns {
            agree(pattern, oracle, &value);
        }
        Ok(())
    });
    assert_eq!(tried, Ok(()));
}

/// Matching takes linear time, so long values are tested too.
#[test]
fn values_of_any_length() {
    for pattern in patterns() {
        let oracle = oracle(&pattern);
        for value in
            ["a".repeat(200_000), "名".repeat(50_000), format!("arn:{}", "a:".repeat(50_000)), " ".repeat(70_000)]
        {
            agree(&pattern, &oracle, &value);
        }
    }
}

//! The matchers compared with Java's `Pattern`, which the service is assumed to use.
//!
//! By default, the matchers are compared with a recorded sample of Java's results. `JAVA=live` runs Java, with more
//! values and, for some patterns, with all code points. `JAVA=live BLESS=1` also records the sample again.

use super::generate::values;
use super::{boundaries, patterns};
use cognito_op::Pattern;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const VALUES: usize = 10_000;
/// The number of values of each pattern in the sample.
const RECORDED: usize = 60;

/// The results of Java.
struct Verdicts {
    /// The code points that Java's version of Unicode does not assign.
    unassigned: BTreeSet<char>,
    patterns: Vec<Verdict>,
}

struct Verdict {
    pattern: String,
    values: Vec<(String, bool)>,
    /// The code points that match on their own, if all code points were tried.
    all: Option<BTreeSet<char>>,
}

#[test]
fn they_agree_with_java() {
    let live = std::env::var_os("JAVA").is_some_and(|java| java == "live");
    let recorded = Path::new(env!("CARGO_MANIFEST_DIR")).join("recorded/java_patterns.txt");
    let verdicts = if live { ask() } else { read(&recorded) };
    let (patterns, unassigned) = (patterns(), &verdicts.unassigned);
    let (mut tried, mut differing) = (0, BTreeSet::new());
    let mut compare = |pattern: &Pattern, value: &str, java: bool| {
        tried += 1;
        let here = pattern.is_match(value);
        if here != java {
            assert!(here, "{} rejects {value:?}, and Java does not", pattern.as_str());
            let fresh: Vec<char> = value.chars().filter(|c| unassigned.contains(c)).collect();
            let is_explained = !fresh.is_empty() || boundaries::is_undecided(pattern, value);
            assert!(is_explained, "{} accepts {value:?}, and Java does not", pattern.as_str());
            differing.extend(fresh);
        }
    };
    assert_eq!(patterns.len(), verdicts.patterns.len());
    for (pattern, verdict) in patterns.iter().zip(&verdicts.patterns) {
        assert_eq!(pattern.as_str(), verdict.pattern);
        for (value, java) in &verdict.values {
            compare(pattern, value, *java);
        }
        if let Some(all) = &verdict.all {
            ('\0'..=char::MAX).for_each(|c| compare(pattern, c.encode_utf8(&mut [0; 4]), all.contains(&c)));
        }
    }
    println!("{} patterns, {tried} values; {} code points are accepted here", patterns.len(), differing.len());
    println!("that Java's Unicode version does not assign: {}", ranges(differing));
    if live {
        let text = record(&verdicts);
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&recorded, text).expect("the sample can be written");
        }
    }
}

/// The recorded sample contains the values that `sample` selects.
#[test]
fn the_recorded_sample_is_up_to_date() {
    let recorded = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("recorded/java_patterns.txt"));
    for (pattern, verdict) in patterns().iter().zip(&recorded.patterns) {
        let values = sample(pattern);
        let recorded: Vec<&String> = verdict.values.iter().map(|(value, _)| value).collect();
        assert!(values.iter().eq(recorded), "{}: record the sample with JAVA=live BLESS=1", pattern.as_str());
    }
}

/// Returns the values of a pattern that are recorded: some of each kind, each of at most 160 bytes.
fn sample(pattern: &Pattern) -> Vec<String> {
    let values = values(pattern.as_str(), VALUES);
    let step = VALUES / RECORDED;
    let starts = (0..RECORDED).map(|index| index * step);
    starts.filter_map(|start| values[start..].iter().find(|value| value.len() <= 160).cloned()).collect()
}

/// Runs Java once, with all patterns and values.
fn ask() -> Verdicts {
    let patterns: Vec<(Pattern, Vec<String>)> =
        patterns().into_iter().map(|pattern| (pattern, values(pattern.as_str(), VALUES))).collect();
    // All code points are tried if the pattern contains a category, a complement or a dot.
    let all = |pattern: &Pattern| [r"\p", r"\S", "."].iter().any(|part| pattern.as_str().contains(part));
    let mut questions = String::from("unassigned\n");
    for (pattern, values) in &patterns {
        writeln!(questions, "pattern {}", encode(pattern.as_str())).expect("a string");
        for value in values {
            writeln!(questions, "value {}", encode(value)).expect("a string");
        }
        if all(pattern) {
            questions.push_str("all\n");
        }
    }
    let answers = java(&questions);
    let mut answers = answers.lines();
    let mut next = || answers.next().expect("a line for each request");
    let unassigned = characters(next());
    let patterns = patterns.into_iter().map(|(pattern, values)| {
        assert_eq!(next(), "ok");
        let values = values.into_iter().map(|value| (value, next() == "+")).collect();
        Verdict { pattern: pattern.as_str().to_owned(), values, all: all(&pattern).then(|| characters(next())) }
    });
    Verdicts { unassigned, patterns: patterns.collect() }
}

fn java(questions: &str) -> String {
    let program: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tools/Verdicts.java");
    let mut java = Command::new("java")
        .arg(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("cannot run Java: install a JDK (default-jdk-headless on Debian), or run without JAVA=live");
    let mut input = java.stdin.take().expect("piped");
    std::thread::scope(|scope| {
        // Java writes results while it reads requests, so another thread writes the requests.
        scope.spawn(move || input.write_all(questions.as_bytes()).expect("Java reads"));
        let output = java.wait_with_output().expect("Java ends");
        assert!(output.status.success(), "Java failed: {}", output.status);
        String::from_utf8(output.stdout).expect("text")
    })
}

fn record(verdicts: &Verdicts) -> String {
    let mut text = String::from(
        "# What Java says of values. JAVA=live BLESS=1 cargo test -p cognito-op-tests --test patterns\n\
         # writes it anew. Texts are the hexadecimal numbers of their code points.\n",
    );
    let unassigned = verdicts.unassigned.iter().copied().collect();
    writeln!(text, "unassigned {}", ranges(unassigned)).expect("a string");
    for (pattern, verdict) in patterns().iter().zip(&verdicts.patterns) {
        writeln!(text, "pattern {}", verdict.pattern).expect("a string");
        for value in sample(pattern) {
            let (_, matches) = verdict.values.iter().find(|(known, _)| *known == value).expect("a tested value");
            writeln!(text, "{} {}", if *matches { '+' } else { '-' }, encode(&value)).expect("a string");
        }
    }
    text
}

fn read(path: &Path) -> Verdicts {
    let text = std::fs::read_to_string(path).expect("the recorded sample");
    let mut verdicts = Verdicts { unassigned: BTreeSet::new(), patterns: Vec::new() };
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (word, rest) = line.split_once(' ').expect("a word and its argument");
        match (word, verdicts.patterns.last_mut()) {
            ("unassigned", _) => verdicts.unassigned = characters(rest),
            ("pattern", _) => {
                verdicts.patterns.push(Verdict { pattern: rest.to_owned(), values: Vec::new(), all: None });
            }
            ("+" | "-", Some(verdict)) => verdict.values.push((decode(rest), word == "+")),
            _ => panic!("unknown line {line:?}"),
        }
    }
    verdicts
}

fn encode(text: &str) -> String {
    let numbers: Vec<String> = text.chars().map(|c| format!("{:x}", u32::from(c))).collect();
    numbers.join(" ")
}

fn decode(text: &str) -> String {
    text.split_whitespace().filter_map(character).collect()
}

fn character(number: &str) -> Option<char> {
    u32::from_str_radix(number, 16).ok().and_then(char::from_u32)
}

fn characters(ranges: &str) -> BTreeSet<char> {
    let ends = |range: &str| {
        let (start, end) = range.split_once('-')?;
        Some(character(start)?..=character(end)?)
    };
    ranges.split_whitespace().filter_map(ends).flatten().collect()
}

fn ranges(characters: BTreeSet<char>) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for c in characters.into_iter().map(u32::from) {
        match ranges.last_mut() {
            Some((_, end)) if *end + 1 == c => *end = c,
            _ => ranges.push((c, c)),
        }
    }
    let ranges: Vec<String> = ranges.iter().map(|(start, end)| format!("{start:x}-{end:x}")).collect();
    ranges.join(" ")
}

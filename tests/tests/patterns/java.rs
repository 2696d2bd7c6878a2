//! The matchers against Java's `Pattern`, the working assumption about what the service uses.
//!
//! Without Java it is a recorded sample of Java's verdicts that counts. `JAVA=live` asks Java itself, about more values, and about
//! every code point there is; `JAVA=live BLESS=1` records the sample anew.

use super::generate::values;
use super::{boundaries, patterns};
use cognito_op::Pattern;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const VALUES: usize = 10_000;
/// Of each pattern; those at the beginning are the same for all.
const RECORDED: usize = 60;

/// What Java said.
struct Verdicts {
    /// The code points that its Unicode version does not assign.
    unassigned: BTreeSet<char>,
    patterns: Vec<Verdict>,
}

struct Verdict {
    pattern: String,
    values: Vec<(String, bool)>,
    /// The code points that match by themselves, where all were tried.
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

/// The recorded sample is one of the values that Java is asked about.
#[test]
fn the_recorded_sample_is_up_to_date() {
    let recorded = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("recorded/java_patterns.txt"));
    for (pattern, verdict) in patterns().iter().zip(&recorded.patterns) {
        let values = sample(pattern);
        let recorded: Vec<&String> = verdict.values.iter().map(|(value, _)| value).collect();
        assert!(values.iter().eq(recorded), "{}: JAVA=live BLESS=1 records the sample anew", pattern.as_str());
    }
}

/// The values of a pattern that are recorded: of each kind, and none too long.
fn sample(pattern: &Pattern) -> Vec<String> {
    let values = values(pattern.as_str(), VALUES);
    let step = VALUES / RECORDED;
    let starts = (0..RECORDED).map(|index| index * step);
    starts.filter_map(|start| values[start..].iter().find(|value| value.len() <= 160).cloned()).collect()
}

/// Asks Java, all at once.
fn ask() -> Verdicts {
    let patterns: Vec<(Pattern, Vec<String>)> =
        patterns().into_iter().map(|pattern| (pattern, values(pattern.as_str(), VALUES))).collect();
    // Where a category is named or a class is what something is not, all of Unicode is tried.
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
    let mut next = || answers.next().expect("an answer to each question");
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
        .expect("Java runs: install a JDK (default-jdk-headless on Debian), or leave JAVA=live away");
    let mut input = java.stdin.take().expect("piped");
    std::thread::scope(|scope| {
        // It answers while it is asked.
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
            let (_, matches) = verdict.values.iter().find(|(known, _)| *known == value).expect("one that was asked");
            writeln!(text, "{} {}", if *matches { '+' } else { '-' }, encode(&value)).expect("a string");
        }
    }
    text
}

fn read(path: &Path) -> Verdicts {
    let text = std::fs::read_to_string(path).expect("the recorded sample");
    let mut verdicts = Verdicts { unassigned: BTreeSet::new(), patterns: Vec::new() };
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (word, rest) = line.split_once(' ').expect("a word and what it is about");
        match (word, verdicts.patterns.last_mut()) {
            ("unassigned", _) => verdicts.unassigned = characters(rest),
            ("pattern", _) => {
                verdicts.patterns.push(Verdict { pattern: rest.to_owned(), values: Vec::new(), all: None });
            }
            ("+" | "-", Some(verdict)) => verdict.values.push((decode(rest), word == "+")),
            _ => panic!("what is {line:?}?"),
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

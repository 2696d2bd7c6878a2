//! Pattern matching, compared with a regular-expression engine, and the tables that it uses.

use super::Pattern;
use super::automaton::Automaton;
use super::class::Class;
use super::pages::Pages;
use crate::cognito_op;
use crate::schema::{Constraints, Structure};
use proptest::prelude::*;
use regex::Regex;
use std::panic::catch_unwind;
use std::sync::LazyLock;

/// Patterns of each kind: ASCII and Unicode classes, with and without bounds, and automata.
#[cognito_op(target = "Patterns", response = (), unmodeled)]
struct Patterns {
    #[pattern(r"[\w+]+")]
    word: Option<String>,
    #[pattern(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
    name: Option<String>,
    #[pattern(r"[\S]+")]
    solid: Option<String>,
    #[pattern(r"[é-ü]{2,4}")]
    few: Option<String>,
    #[pattern(r"[0-9]{6}")]
    code: Option<String>,
    #[pattern(r"[a-z]+(-[a-z]+)*")]
    dashed: Option<String>,
    #[pattern(r"[\w-]+_[0-9a-zA-Z]+")]
    pool: Option<String>,
    #[pattern(r"(?:[0-9A-Za-z.\-_]*[0-9A-Za-z\-_])?")]
    not_at_the_end: Option<String>,
    #[pattern(r"(é|ü|[α-ω])+x?")]
    beyond: Option<String>,
    #[pattern(r"(?s).*!")]
    shout: Option<String>,
}

/// Each pattern, and the same pattern in an engine with ASCII `\w` and `\S`.
static PATTERNS: LazyLock<Vec<(Pattern, Regex)>> = LazyLock::new(|| {
    let patterns = Patterns::MEMBERS.iter().filter_map(|member| member.constraints.pattern);
    let with_engine = |pattern: Pattern| {
        let ascii = pattern.as_str().replace(r"\w", "0-9A-Za-z_").replace(r"[\S]", r"[^\t-\r ]");
        (pattern, Regex::new(&format!(r"\A(?:{ascii})\z")).expect("a regular expression"))
    };
    patterns.map(with_engine).collect()
});

fn assert_same(value: &str) {
    for (pattern, engine) in PATTERNS.iter() {
        let (matches, characters) = pattern.scan(value);
        assert_eq!(matches, engine.is_match(value), "{value:?} {pattern:?}");
        assert_eq!(matches, pattern.is_match(value));
        if let Some(characters) = characters {
            assert_eq!(characters, value.chars().count() as u64, "{value:?} {pattern:?}");
        }
    }
}

#[test]
fn matches_values_of_every_length() {
    for length in 0..70 {
        for filling in ["a", "-", "é", "α", "😀", "1"] {
            let value = filling.repeat(length);
            assert_same(&value);
            // One other character at each end and in the middle.
            for other in ["!", " ", "_", "ü", "\u{a0}", "x", ".", "\n"] {
                for at in [0, length / 2, length] {
                    let (before, after) = value.split_at(at * filling.len());
                    assert_same(&format!("{before}{other}{after}"));
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn matches_random_values(value in "[a-c0-9_+é-ü α-ω😀!\\.\\-\\s]{0,60}") {
        assert_same(&value);
    }
}

#[test]
fn pages_find_entries() {
    let table: Vec<(u32, u32)> = [0x80, 0x3ff, 0x400, 0x401, 0x7ff, 0x800, 0xfbff, 0xfc00, 0xffff, 0x1_0000, 0x1_f600]
        .map(|start| (start, 0))
        .into();
    for first in 0..table.len() {
        let table = &table[first..];
        let pages = Pages::new(table);
        for c in table.iter().flat_map(|(start, _)| [start - 1, *start, start + 1]).chain([0, 0x10_ffff]) {
            let expected = table.iter().rposition(|(start, _)| *start <= c);
            assert_eq!(pages.find(table, c), expected, "{c:x} from {first}");
        }
    }
}

/// A step must not leave the table, and the shortcuts must agree with the steps.
#[test]
fn invalid_tables_are_rejected() {
    // Two states over `a` and anything else: `a*` accepts.
    const ROWS: &[u16] = &[0, 0, 0b11, 0, 3, 0b10];
    const RUNS: &[(u32, u32)] = &[(0, 0), (0x61, 1), (0x62, 0)];
    let scan = |value: &str| Automaton::new(2, ROWS, 3, 3, RUNS).scan(value);
    assert_eq!((scan(""), scan("aaa"), scan("ab").0), ((true, Some(0)), (true, Some(3)), false));
    assert_eq!(format!("{:?}", Automaton::new(2, ROWS, 3, 3, RUNS)), "Automaton { states: 2, .. }");
    for (defect, width, rows, start, runs) in [
        ("too wide", 256, ROWS, 3, RUNS),
        ("half a row", 2, &ROWS[..5], 3, RUNS),
        ("a start beyond the table", 2, ROWS, 6, RUNS),
        ("a start between rows", 2, ROWS, 2, RUNS),
        ("a step beyond the table", 2, &[0, 0, 0b11, 0, 6, 0], 3, RUNS),
        ("a step between rows", 2, &[0, 0, 0b11, 0, 2, 0], 3, RUNS),
        ("a step that stays without its bit", 2, &[0, 0, 0b11, 0, 3, 0], 3, RUNS),
        ("a bit without a step that stays", 2, &[0, 0, 0b11, 0, 3, 0b11], 3, RUNS),
        ("runs that begin late", 2, ROWS, 3, &RUNS[1..]),
        ("runs out of order", 2, ROWS, 3, &[(0, 0), (0x62, 1), (0x61, 0)]),
        ("runs that begin at the same character", 2, ROWS, 3, &[(0, 0), (0x61, 1), (0x61, 0)]),
        ("a class out of range", 2, ROWS, 3, &[(0, 0), (0x61, 2)]),
    ] as [(&str, usize, &'static [u16], u16, &'static [(u32, u32)]); 12]
    {
        assert!(catch_unwind(|| Automaton::new(width, rows, start, 3, runs)).is_err(), "{defect}");
    }
    assert_eq!(Automaton::rows::<3>(&[1, 0, 0, 1, 255, 255]), [1, 256, u16::MAX]);
}

/// Characters that keep the state are skipped sixteen at a time.
#[test]
fn skips_long_runs() {
    // `a*ba*`, over anything else, `a` and `b`.
    const ROWS: &[u16] = &[0, 0, 0, 0b111, 0, 4, 8, 0b010, 0, 8, 0, 0b010];
    const RUNS: &[(u32, u32)] = &[(0, 0), (0x61, 1), (0x62, 2), (0x63, 0)];
    let automaton = Automaton::new(3, ROWS, 4, 8, RUNS);
    let (a, b) = ("a".repeat(40), "b".repeat(40));
    let staying = |value: &str, classes: u16| automaton.staying(value.as_bytes(), classes);
    assert_eq!([15, 16, 31, 32, 40].map(|length| staying(&a[..length], 0b010)), [0, 16, 16, 32, 32]);
    assert_eq!([staying(&a, 0b100), staying(&a, 0b110), staying(&b, 0b010), staying("", 0b010)], [0, 32, 0, 0]);
    assert_eq!(staying(&format!("{}b{a}", &a[..20]), 0b010), 16);
    for (value, matches) in [
        (format!("{a}b{a}"), true),
        (format!("{a}b"), true),
        (format!("b{a}"), true),
        (a.clone(), false),
        (format!("ba{b}"), false),
        (format!("ba{}", &b[..32]), false),
        (format!("{a}ba{b}{a}"), false),
        (format!("{a}b{a}c{a}"), false),
    ] {
        assert_eq!(automaton.scan(&value).0, matches, "{value}");
    }
}

/// Every character of a run has the same class, so the next one needs no search.
#[test]
fn runs_are_contiguous() {
    const ROWS: &[u16] = &[0, 0, 0b11, 0, 3, 0b10];
    const RUNS: &[(u32, u32)] = &[(0, 0), (0xe9, 1), (0xf0, 0), (0x3b1, 1), (0x1_f600, 0)];
    let automaton = Automaton::new(2, ROWS, 3, 3, RUNS);
    for run in [(0, 0xe8, 0), (0xe9, 0xef, 1), (0xf0, 0x3b0, 0), (0x3b1, 0x1_f5ff, 1), (0x1_f600, u32::MAX, 0)] {
        assert_eq!((automaton.run(run.0.max(0x80)), automaton.run(run.1.min(0x10_ffff))), (run, run));
    }
}

#[test]
fn ascii_classes_in_chunks() {
    // `a` to `c`, and a range that begins where ASCII ends.
    let class = Class::new(0b111 << 0x61, &[(0x80, 0x80), (0xe9, 0xef)]);
    for length in 0..70 {
        let good: String = "abc".chars().cycle().take(length).collect();
        assert!(class.contains_all(good.as_bytes()), "{length}");
        assert_eq!(class.count(&good), Some(length as u64));
        for at in 0..length {
            for (other, counts) in
                [("d", false), ("`", false), ("\u{7f}", false), ("\u{80}", true), ("é", true), ("ð", false)]
            {
                let value = format!("{}{other}{}", &good[..at], &good[at + 1..]);
                assert!(!class.contains_all(value.as_bytes()), "{value:?}");
                assert_eq!(class.count(&value), counts.then_some(length as u64), "{value:?}");
            }
        }
    }
}

#[test]
fn debug_of_classes_and_patterns() {
    let shown = format!("{:?}", Class::new(1, &[(0x80, 0x90)]));
    assert_eq!(shown, "Class { ranges: [(128, 144)], .. }");
    assert_eq!(format!("{:?}", PATTERNS[0].0), r#"Pattern("[\\w+]+")"#);
}

/// An unassigned character may be assigned any category later.
#[test]
fn unassigned_characters_match() {
    let name = &PATTERNS[1].0;
    assert!(name.is_match("\u{378}") && name.is_match("a\u{378}"));
}

#[test]
fn the_whole_value_must_match() {
    const CLASS: &Class = &Class::new(1 << b'a' | 1 << b'b', &[(0xe9, 0xeb), (0x1_f600, 0x1_f600)]);
    let pattern = Constraints::NONE.repeated("[ab…]{1,3}", CLASS, 1, Some(3)).pattern.expect("a pattern");
    for good in ["a", "abé", "😀", "ëêé"] {
        assert!(pattern.is_match(good), "{good}");
    }
    for bad in ["", "abab", "a\n", "è", "ì", "😁", "c", "éééé"] {
        assert!(!pattern.is_match(bad), "{bad}");
    }
}

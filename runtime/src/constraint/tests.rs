//! The checks of a request as a caller meets them, and the scans beneath them beside an engine.

use super::automaton::Automaton;
use super::class::Class;
use super::pages::Pages;
use super::{Constraints, Length, Pattern, Range, Unit, Violation, ViolationKind, Violations};
use crate::{Structure, cognito_op, cognito_shape};
use proptest::prelude::*;
use regex::Regex;
use std::collections::BTreeMap;
use std::panic::catch_unwind;
use std::sync::LazyLock;

/// A pattern of each kind: a class of ASCII, classes beyond it, with and without bounds, and automata.
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

/// Each of them, and the same in an engine, which takes `\w` and `\S` for more unless it is told.
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
fn scans_of_every_length() {
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
    fn scans_of_anything(value in "[a-c0-9_+é-ü α-ω😀!\\.\\-\\s]{0,60}") {
        assert_same(&value);
    }
}

#[test]
fn an_entry_of_a_table_is_found() {
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

/// A table that would lead out of itself is no automaton, nor is one whose shortcuts are wrong.
#[test]
fn tables_that_are_none() {
    // Two states over `a` and anything else: `a*` accepts.
    const ROWS: &[u16] = &[0, 0, 0b11, 0, 3, 0b10];
    const RUNS: &[(u32, u32)] = &[(0, 0), (0x61, 1), (0x62, 0)];
    let scan = |value: &str| Automaton::new(2, ROWS, 3, 3, RUNS).scan(value);
    assert_eq!((scan(""), scan("aaa"), scan("ab").0), ((true, Some(0)), (true, Some(3)), false));
    assert_eq!(format!("{:?}", Automaton::new(2, ROWS, 3, 3, RUNS)), "Automaton { states: 2, .. }");
    for (what, width, rows, start, runs) in [
        ("too wide", 256, ROWS, 3, RUNS),
        ("half a row", 2, &ROWS[..5], 3, RUNS),
        ("a start beyond the table", 2, ROWS, 6, RUNS),
        ("a start between rows", 2, ROWS, 2, RUNS),
        ("a step beyond the table", 2, &[0, 0, 0b11, 0, 6, 0], 3, RUNS),
        ("a step between rows", 2, &[0, 0, 0b11, 0, 2, 0], 3, RUNS),
        ("a step that stays and is not said to", 2, &[0, 0, 0b11, 0, 3, 0], 3, RUNS),
        ("one that is said to and does not", 2, &[0, 0, 0b11, 0, 3, 0b11], 3, RUNS),
        ("runs that begin late", 2, ROWS, 3, &RUNS[1..]),
        ("runs out of order", 2, ROWS, 3, &[(0, 0), (0x62, 1), (0x61, 0)]),
        ("runs twice", 2, ROWS, 3, &[(0, 0), (0x61, 1), (0x61, 0)]),
        ("a class that is none", 2, ROWS, 3, &[(0, 0), (0x61, 2)]),
    ] as [(&str, usize, &'static [u16], u16, &'static [(u32, u32)]); 12]
    {
        assert!(catch_unwind(|| Automaton::new(width, rows, start, 3, runs)).is_err(), "{what}");
    }
    assert_eq!(Automaton::rows::<3>(&[1, 0, 0, 1, 255, 255]), [1, 256, u16::MAX]);
}

/// What stays in a state is passed over sixteen characters at a time, and nothing else is.
#[test]
fn a_long_stay_is_cut_short() {
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

/// The run of a character is what may be taken for it without looking again.
#[test]
fn a_run_ends_where_the_next_begins() {
    const ROWS: &[u16] = &[0, 0, 0b11, 0, 3, 0b10];
    const RUNS: &[(u32, u32)] = &[(0, 0), (0xe9, 1), (0xf0, 0), (0x3b1, 1), (0x1_f600, 0)];
    let automaton = Automaton::new(2, ROWS, 3, 3, RUNS);
    for run in [(0, 0xe8, 0), (0xe9, 0xef, 1), (0xf0, 0x3b0, 0), (0x3b1, 0x1_f5ff, 1), (0x1_f600, u32::MAX, 0)] {
        assert_eq!((automaton.run(run.0.max(0x80)), automaton.run(run.1.min(0x10_ffff))), (run, run));
    }
}

#[test]
fn all_of_ascii_at_once() {
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

/// Of several ways to take a message apart the one that a request can have led to is read.
#[test]
fn the_likelier_way_to_read_a_message() {
    let item = |value: &str, at: &str| {
        format!(
            "Value '{value}' at '{at}' failed to satisfy constraint: Member must have length less than or equal to 3"
        )
    };
    let read = |items: [String; 3]| {
        let message = format!("2 validation errors detected: {}", items.join("; "));
        let violations = Violations::from_message(&message, Everything::MEMBERS)?;
        Some(violations.iter().map(|violation| violation.path().to_owned()).collect::<Vec<_>>())
    };
    // What looks like an item at a member that there is not is a part of the value before or after it.
    let paths = read([item("a", "text"), item("b", "bogus"), item("c", "secret")]);
    assert_eq!(paths.as_deref(), Some(["text", "secret"].map(str::to_owned).as_slice()));
    // One value of that member is worth as much as a member that there is.
    let paths = read([item("a", "bogus"), item("b", "text"), item("c", "bogus")]);
    assert_eq!(paths.as_deref(), Some(["text", "bogus"].map(str::to_owned).as_slice()));
    // Both ways say something else, and neither is the likelier.
    assert_eq!(read([item("a", "text"), item("b", "secret"), item("c", "number")]), None);
}

#[test]
fn a_class_says_what_it_holds() {
    let shown = format!("{:?}", Class::new(1, &[(0x80, 0x90)]));
    assert_eq!(shown, "Class { ranges: [(128, 144)], .. }");
    assert_eq!(format!("{:?}", PATTERNS[0].0), r#"Pattern("[\\w+]+")"#);
}

#[test]
fn both_ends_are_inclusive() {
    let length = Length { min: Some(2), max: Some(3) };
    let verdicts: Vec<_> = (1..5).map(|length_of| length.check(length_of)).collect();
    let short = ViolationKind::TooShort { min: 2, actual: Some(1) };
    let long = ViolationKind::TooLong { max: 3, actual: Some(4) };
    assert_eq!(verdicts, [Err(short), Ok(()), Ok(()), Err(long)]);
    let range = Range { min: Some(-1), max: Some(0) };
    let verdicts: Vec<_> = (-2..2).map(|number| range.check(number)).collect();
    let below = ViolationKind::Below { min: -1, actual: Some(-2) };
    let above = ViolationKind::Above { max: 0, actual: Some(1) };
    assert_eq!(verdicts, [Err(below), Ok(()), Ok(()), Err(above)]);
    let none = Constraints::NONE;
    assert!(none.of_entries().length.is_none() && none.of_keys().pattern.is_none());
}

#[cognito_op(target = "Everything", response = (), unmodeled)]
struct Everything {
    #[len(2, 3)]
    text: Option<String>,
    #[range(1, 9)]
    number: Option<i32>,
    #[len(1, 1)]
    blob: Option<Vec<u8>>,
    #[len(1, 2)]
    #[each(len(1, 1), pattern("[a-z]"))]
    list: Option<Vec<String>>,
    #[len(max = 1)]
    #[keys(len(max = 2))]
    #[values(len(min = 1))]
    map: Option<BTreeMap<String, String>>,
    nested: Option<Vec<Nested>>,
    #[sensitive]
    #[len(6, 8)]
    secret: Option<String>,
    #[sensitive]
    #[keys(len(max = 2))]
    #[values(len(min = 1))]
    secrets: Option<BTreeMap<String, String>>,
}

#[cognito_shape(input)]
struct Nested {
    #[len(1, 1)]
    deep_one: String,
}

fn map(entries: &[(&str, &str)]) -> BTreeMap<String, String> {
    entries.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

#[track_caller]
fn violations(operation: &Everything) -> Violations {
    operation.validate().expect_err("violations")
}

/// Each violation in one line: both paths, the unit, and the sentence.
fn lines(violations: &Violations) -> Vec<String> {
    let unit = |violation: &Violation| violation.unit().map_or("-".to_owned(), |unit| format!("{unit:?}"));
    let line = |violation: &Violation| format!("{} {} {}", violation.wire_path(), unit(violation), violation);
    violations.iter().map(line).collect()
}

#[test]
fn every_violation_says_where_and_what() {
    let operation = Everything::new()
        .text("😀")
        .number(0)
        .blob(vec![1, 2])
        .list(["a".to_owned(), "bb".to_owned(), String::new()])
        .map(map(&[("long", ""), ("k", "v")]))
        .nested([Nested::new("a"), Nested::new("")])
        .secret("short")
        .secrets(map(&[("hidden", "")]));
    let found = violations(&operation);
    let expected = [
        "text Character `text` must have at least 2 characters",
        "number - `number` must be at least 1",
        "blob Byte `blob` must have at most 1 byte",
        "list Entry `list` must have at most 2 entries",
        "list.2.member Character `list[1]` must have at most 1 character",
        "list.2.member - `list[1]` must match `[a-z]`",
        "list.3.member Character `list[2]` must have at least 1 character",
        "list.3.member - `list[2]` must match `[a-z]`",
        "map Entry `map` must have at most 1 entry",
        "map.….key Character `map[…].key` must have at most 2 characters",
        "map.….member Character `map[…]` must have at least 1 character",
        "nested.2.member.deepOne Character `nested[1].deep_one` must have at least 1 character",
        "secret Character `secret` must have at least 6 characters",
        "secrets.….key Character `secrets[…].key` must have at most 2 characters",
        "secrets.….member Character `secrets[…]` must have at least 1 character",
    ];
    assert_eq!(lines(&found), expected);
    assert_eq!(found.to_string(), found.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "));
    // What the service does not know is taken for sensitive.
    assert!(found.iter().all(Violation::is_sensitive));
    assert_eq!((&found).into_iter().count(), found.clone().into_iter().count());
    let first = found.iter().next().expect("a violation");
    assert_eq!((first.path(), first.unit()), ("text", Some(Unit::Character)));
    assert_eq!(first.kind(), &ViolationKind::TooShort { min: 2, actual: Some(1) });

    let other =
        Everything::new().text("four").number(10).blob(Vec::new()).list(Vec::<String>::new()).secret("nine chars");
    let expected = [
        "text Character `text` must have at most 3 characters",
        "number - `number` must be at most 9",
        "blob Byte `blob` must have at least 1 byte",
        "list Entry `list` must have at least 1 entry",
        "secret Character `secret` must have at most 8 characters",
    ];
    assert_eq!(lines(&violations(&other)), expected);
    Everything::new().validate().expect("nothing that is not there violates anything");
    let good = Everything::new().text("abc").number(9).blob(vec![0]).list(["a".to_owned()]).secret("secret");
    good.map(map(&[("k", "v")])).validate().expect("all is well");
}

#[cognito_op(target = "GetUserAttributeVerificationCode", response = ())]
struct Shown {
    access_token: String,
    #[len(2, 3)]
    attribute_name: String,
}

#[cognito_op(target = "TagResource", signed, response = ())]
struct Tagged {
    resource_arn: String,
    #[len(max = 1)]
    #[keys(len(max = 2))]
    #[values(len(min = 1))]
    tags: BTreeMap<String, String>,
}

#[cognito_op(target = "ListDevices", response = ())]
struct Numbered {
    access_token: String,
    #[range(1, 9)]
    limit: Option<i32>,
    pagination_token: Option<String>,
}

#[test]
fn what_is_not_sensitive_is_said_with_its_measure() {
    let found = Shown::new("token", "four").validate().expect_err("a violation");
    let expected = "attributeName Character `attribute_name` must have at most 3 characters, not 4";
    assert_eq!(lines(&found), [expected]);
    let found = Tagged::new("arn", map(&[("long", ""), ("k", "v")])).validate().expect_err("violations");
    let expected = [
        "tags Entry `tags` must have at most 1 entry, not 2",
        "tags.long.key Character `tags[\"long\"].key` must have at most 2 characters, not 4",
        "tags.long.member Character `tags[\"long\"]` must have at least 1 character, not 0",
    ];
    assert_eq!(lines(&found), expected);
    for (limit, line) in [(0, "at least 1, not 0"), (10, "at most 9, not 10")] {
        let found = Numbered::new("token").limit(limit).validate().expect_err("a violation");
        assert_eq!(lines(&found), [format!("limit - `limit` must be {line}")]);
    }
}

/// A character that has no category yet may get any.
#[test]
fn a_character_of_the_future() {
    let name = &PATTERNS[1].0;
    assert!(name.is_match("\u{378}") && name.is_match("a\u{378}"));
}

#[test]
fn nothing_that_was_measured_is_in_a_debug() {
    let kinds = [
        (ViolationKind::Missing, "Missing"),
        (ViolationKind::TooShort { min: 1, actual: Some(7) }, "TooShort { min: 1, .. }"),
        (ViolationKind::TooLong { max: 2, actual: Some(7) }, "TooLong { max: 2, .. }"),
        (ViolationKind::Below { min: 3, actual: Some(7) }, "Below { min: 3, .. }"),
        (ViolationKind::Above { max: 4, actual: Some(7) }, "Above { max: 4, .. }"),
        (ViolationKind::Pattern { pattern: "a".into() }, "Pattern { pattern: \"a\" }"),
        (ViolationKind::NotAMember { values: vec!["A".to_owned()] }, "NotAMember { values: [\"A\"] }"),
    ];
    for (kind, shown) in kinds {
        assert_eq!(format!("{kind:?}"), shown);
    }
}

/// What the service finds has no unit and no measure, and its text stays in one line.
#[test]
fn what_the_service_finds_is_said_in_the_same_way() {
    let sentence = |kind| Violation::new("a".to_owned(), "a".to_owned(), kind, None, false).to_string();
    for (kind, text) in [
        (ViolationKind::Missing, "`a` must be given"),
        (ViolationKind::TooShort { min: 1, actual: None }, "`a` must have a length of at least 1"),
        (ViolationKind::TooLong { max: 2, actual: None }, "`a` must have a length of at most 2"),
        (ViolationKind::Below { min: 3, actual: None }, "`a` must be at least 3"),
        (ViolationKind::Above { max: 4, actual: None }, "`a` must be at most 4"),
        (ViolationKind::Pattern { pattern: "a\nb".into() }, "`a` must match `a b`"),
        (ViolationKind::NotAMember { values: vec![] }, "`a` must be one of the values that the service has"),
        (ViolationKind::NotAMember { values: vec!["A\n".to_owned(), "B".to_owned()] }, "`a` must be one of A , B"),
    ] {
        assert_eq!(sentence(kind), text);
    }
    for (unit, one, more) in
        [(Unit::Character, "character", "characters"), (Unit::Entry, "entry", "entries"), (Unit::Byte, "byte", "bytes")]
    {
        for (min, what) in [(0, more), (1, one), (2, more)] {
            let kind = ViolationKind::TooShort { min, actual: None };
            let violation = Violation::new("a".to_owned(), "a".to_owned(), kind, Some(unit), false);
            assert_eq!(violation.to_string(), format!("`a` must have at least {min} {what}"));
        }
    }
}

#[test]
fn lengths_are_counted_in_characters() {
    let length = Length { min: Some(2), max: Some(3) };
    for good in ["ab", "abc", "éé", "😀😀😀", "e\u{301}"] {
        assert_eq!(length.measure(good), Ok(()), "{good}");
    }
    assert_eq!(length.measure("é"), Err(ViolationKind::TooShort { min: 2, actual: Some(1) }));
    assert_eq!(length.measure(""), Err(ViolationKind::TooShort { min: 2, actual: Some(0) }));
    assert_eq!(length.measure("😀"), Err(ViolationKind::TooShort { min: 2, actual: Some(1) }));
    assert_eq!(length.measure("abcd"), Err(ViolationKind::TooLong { max: 3, actual: Some(4) }));
    assert_eq!(length.measure("éééé"), Err(ViolationKind::TooLong { max: 3, actual: Some(4) }));
    assert_eq!(Length { min: None, max: None }.measure(""), Ok(()));
}

#[test]
fn a_pattern_bounds_the_whole_value() {
    const CLASS: &Class = &Class::new(1 << b'a' | 1 << b'b', &[(0xe9, 0xeb), (0x1_f600, 0x1_f600)]);
    let pattern = Constraints::NONE.repeated("[ab…]{1,3}", CLASS, 1, Some(3)).pattern.expect("one");
    for good in ["a", "abé", "😀", "ëêé"] {
        assert!(pattern.is_match(good), "{good}");
    }
    for bad in ["", "abab", "a\n", "è", "ì", "😁", "c", "éééé"] {
        assert!(!pattern.is_match(bad), "{bad}");
    }
}

#[cfg(feature = "mock")]
mod account {
    use super::{Everything, Numbered, Tagged};
    use crate::Structure;
    use crate::constraint::account;
    use serde_json::json;

    #[test]
    fn in_the_words_of_the_service() {
        assert_eq!(account(&json!({}), Everything::MEMBERS), None);
        let good =
            json!({"Text": "abc", "Number": 5, "Blob": "AA==", "List": ["a"], "Map": {"k": "v"}, "Nested": [null]});
        assert_eq!(account(&good, Everything::MEMBERS), None);

        let said = account(&json!({"Limit": 10}), Numbered::MEMBERS);
        let expected = "1 validation error detected: Value '10' at 'limit' failed to satisfy constraint: Member must have \
                        value less than or equal to 9";
        assert_eq!(said.as_deref(), Some(expected));

        let many = json!({"List": ["a", "b", "c"], "Map": {"k": "v", "l": "v"}});
        let said = account(&many, Everything::MEMBERS).expect("violations");
        let expected = [
            "2 validation errors detected: Value at 'list' failed to satisfy constraint: Member must have length less than or \
             equal to 2",
            "Value at 'map' failed to satisfy constraint: Member must have length less than or equal to 1",
        ];
        assert_eq!(said.split("; ").collect::<Vec<_>>(), expected);

        let body = json!({"Tags": {"k": "v", "long": ""}});
        let said = account(&body, Tagged::MEMBERS).expect("violations");
        let items: Vec<&str> = said.split("; ").collect();
        let failed = "failed to satisfy constraint: Member must have length";
        let expected = [
            format!(
                "3 validation errors detected: Value '{}' at 'tags' {failed} less than or equal to 1",
                body["Tags"]
            ),
            format!("Value 'long' at 'tags.long.key' {failed} less than or equal to 2"),
            format!("Value '' at 'tags.long.member' {failed} greater than or equal to 1"),
        ];
        assert_eq!(items, expected);

        // What is sensitive is left out.
        let body = json!({
            "Text": "x", "Blob": "AAA=", "List": ["a", "bb"], "Map": {"long": ""}, "Nested": [{"DeepOne": "xx"}], "Secret": "x",
        });
        let said = account(&body, Everything::MEMBERS).expect("violations");
        let expected = [
            "8 validation errors detected: Value at 'text' failed to satisfy constraint: Member must have length greater than or \
             equal to 2",
            "Value at 'blob' failed to satisfy constraint: Member must have length less than or equal to 1",
            "Value at 'list.2.member' failed to satisfy constraint: Member must have length less than or equal to 1",
            "Value at 'list.2.member' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]",
            "Value at 'map.….key' failed to satisfy constraint: Member must have length less than or equal to 2",
            "Value at 'map.….member' failed to satisfy constraint: Member must have length greater than or equal to 1",
            "Value at 'nested.1.member.deepOne' failed to satisfy constraint: Member must have length less than or equal to 1",
            "Value at 'secret' failed to satisfy constraint: Member must have length greater than or equal to 6",
        ];
        assert_eq!(said.split("; ").collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_an_enum_does_not_have() {
        use crate::operation::{Member, Shape};
        const MEMBERS: &[Member] = &[
            Member::new("flow", "Flow", Shape::Enum { name: None, values: &["USER_AUTH", "CUSTOM_AUTH"] }),
            Member::new("open", "Open", Shape::Enum { name: None, values: &[] }),
        ];
        assert_eq!(account(&json!({"Flow": "CUSTOM_AUTH", "Open": "ANY"}), MEMBERS), None);
        let expected = "1 validation error detected: Value 'PIGEON' at 'flow' failed to satisfy constraint: Member must satisfy \
                        enum value set: [USER_AUTH, CUSTOM_AUTH]";
        assert_eq!(account(&json!({"Flow": "PIGEON"}), MEMBERS).as_deref(), Some(expected));
    }
}

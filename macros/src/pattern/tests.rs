use super::*;
use crate::diagnostic::Message;
use cognito_op_model::SERVICE;
use std::collections::BTreeSet;

/// Matches a value with the tables that the macro would generate.
fn matches(matcher: &Matcher, value: &str) -> bool {
    let within = |runs: &[(u32, u32)], c| runs.iter().any(|(start, end)| (*start..=*end).contains(&c));
    match matcher {
        Matcher::Repeated(repeated) => {
            let (class, count) = (repeated.class(), u32::try_from(value.chars().count()).expect("short"));
            let of_class = |c| if c < 0x80 { class.ascii >> c & 1 == 1 } else { within(&class.ranges, c) };
            count >= repeated.min
                && repeated.max.is_none_or(|max| count <= max)
                && value.chars().map(u32::from).all(of_class)
        }
        Matcher::Automaton(automaton) => {
            let (table, runs) = (automaton.table(), &automaton.alphabet.runs);
            let entry = |at: usize| usize::from(u16::from_le_bytes([table.rows[2 * at], table.rows[2 * at + 1]]));
            let class = |c| runs[runs.partition_point(|(start, _)| *start <= c) - 1].1;
            let end = value.chars().map(u32::from).fold(table.start, |state, c| entry(state + class(c)));
            end >= table.accepting
        }
    }
}

fn compiled(pattern: &str) -> Matcher {
    compile(pattern).unwrap_or_else(|messages| panic!("{pattern}: {}", messages[0]))
}

fn published() -> BTreeSet<&'static str> {
    SERVICE.shape_names().filter_map(|name| SERVICE.shape(name)?.pattern).collect()
}

#[test]
fn the_three_patterns_of_resend_confirmation_code() {
    let client_id = compiled(r"[\w+]+");
    assert!(matches(&client_id, "1example23456789+_"));
    for bad in ["", "a b", "é", "a-b", "a\n", "=", "ａ"] {
        assert!(!matches(&client_id, bad), "{bad:?}");
    }
    let hash = compiled(r"[\w+=/]+");
    assert!(matches(&hash, "7P85NdZ9+/Fs5g4hQ0T5Xo3bQYk1eLh2c0mVYb1yYQk="));
    let username = compiled(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+");
    for good in ["alice", "josé", "jose\u{301}", "名前", "a@b.example", "😀", "€5", "\u{378}"] {
        assert!(matches(&username, good), "{good:?}");
    }
    for bad in ["", " ", "a b", "a\tb", "\u{a0}", "\u{2028}", "\u{200b}", "\u{e000}", "\0"] {
        assert!(!matches(&username, bad), "{bad:?}");
    }
}

/// Classes match the same code points as those of the `regex` crate, apart from unassigned ones. The test covers the first
/// 0x3000 code points, every boundary of the compiled ranges, and a sample of the rest.
#[test]
fn agrees_with_regex_on_single_characters() {
    let unassigned = regex::Regex::new(r"\A\p{Cn}\z").expect("compiles");
    let young = regex::Regex::new(r"\A\P{age=6.2}\z").expect("compiles");
    // In `regex`, \w, \d and \s are Unicode classes; the second column has their meaning here.
    for (pattern, oracle) in [
        (r"[\w+]+", "[0-9A-Za-z_+]+"),
        (r"[\w+=/]+", "[0-9A-Za-z_+=/]+"),
        (r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", r"[\p{L}\p{M}\p{S}\p{N}\p{P}\p{Cn}]+"),
        (r"[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+", r"[\p{L}\p{M}\p{S}\p{N}\p{P}\p{Cn}\t\n\r ]+"),
        (r"[\S]+", r"[^\t-\r ]+"),
        (r"[A-Za-z0-9-_=.]+", r"[A-Za-z0-9\-_=.]+"),
        (r"[\x21\x23-\x5B\x5D-\x7E]+", r"[\x21\x23-\x5B\x5D-\x7E]+"),
        (r"^[\w\- ]+$", r"[0-9A-Za-z_\- ]+"),
        (r"[^\p{L}]{1}", r"[^\p{L}]"),
        (r"\P{Lu}", r"\P{Lu}"),
        (r"\p{Zl}|x", r"\p{Zl}|x|\p{Cn}"),
        (r"\p{L}|\p{Nd}", r"\p{L}|\p{Nd}|\p{Cn}"),
        (".", r"[^\n\r\x{85}\x{2028}\x{2029}]"),
        ("(?s).", r"(?s:.)"),
    ] {
        let matcher = compiled(pattern);
        let oracle = regex::Regex::new(&format!(r"\A(?:{oracle})\z")).expect("compiles");
        let edges: Vec<u32> = match &matcher {
            Matcher::Repeated(repeated) => {
                repeated.class().ranges.iter().flat_map(|(a, b)| [a - 1, *a, *b, b + 1]).collect()
            }
            Matcher::Automaton(automaton) => {
                automaton.alphabet.runs.iter().flat_map(|(a, _)| [a.saturating_sub(1), *a]).collect()
            }
        };
        let sample = (0..0x3000).chain((0x3000..0x0011_0000).step_by(17)).chain(edges);
        for c in sample.filter_map(char::from_u32) {
            let value = c.to_string();
            if matches(&matcher, &value) != oracle.is_match(&value) {
                let excluding = pattern.starts_with(r"[^\p") || pattern.starts_with(r"\P");
                let undecided = unassigned.is_match(&value) || (excluding && young.is_match(&value));
                assert!(undecided, "{pattern} at {c:?} ({:#x})", u32::from(c));
                assert!(matches(&matcher, &value), "{pattern} rejects the unassigned {:#x}", u32::from(c));
            }
        }
    }
}

#[test]
fn repetitions_alternatives_and_anchors() {
    for (pattern, good, bad) in [
        ("[a-z]{2,3}", &["ab", "abc"][..], &["", "a", "abcd"][..]),
        ("^[0-9]*$", &["", "12"], &["a", "1\n"]),
        (r"\d", &["1"], &["", "12", "٣"]),
        ("", &[""], &["a"]),
        ("a|", &["", "a"], &["b", "aa"]),
        ("a(b$)", &["ab"], &["b", "ab\n"]),
        ("(^a)b", &["ab"], &["a", "\nab"]),
        ("^a$|^b$", &["a", "b"], &["ab", "a\n"]),
        ("^(?:a|bc)*$", &["", "a", "bca", "aabc"], &["b", "cb"]),
        ("(?s:.)x.", &["\nxa"], &["axa\n", "ax\n"]),
        ("(a{0,2}b){2}", &["bb", "aabab"], &["b", "aaabb", "bbb"]),
        ("(a*)*b?", &["", "aaab"], &["bb"]),
        ("(ab){800}", &[&"ab".repeat(800)], &[&"ab".repeat(799)]),
        ("x{0}y", &["y"], &["xy"]),
        ("[^^]", &["a"], &["^"]),
        ("[^^-]", &["a"], &["^", "-"]),
        (r"(?<name>\.)\u0041\x42 ", &[".AB "], &["aAB "]),
        ("Level[1-4]", &["Level1"], &["Level5", "Level", "level1"]),
        (r"[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}][^_\p{Z}]+", &["abc", "\u{7}a\0\0"], &["ab", "_bc", "ab_", "a c"]),
        (r"^[0-9A-Za-z\.\-_]*(?<!\.)$", &["", "a", "a.b", ".-"], &[".", "a.", "ü"]),
        (
            r"^[0-9a-f]{8}\b-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-\b[0-9a-f]{12}$",
            &["01234567-89ab-cdef-0123-456789abcdef"],
            &["", "01234567-89ab-cdef-0123-456789abcde", "01234567-89AB-cdef-0123-456789abcdef"],
        ),
        (r"\b", &[], &["", "a", "-", "é"]),
        (r"\B", &[""], &["a", "-", "é"]),
        (r"\b\w", &["a", "_", "0"], &["", "-"]),
        (r"\B\W", &["-", "\n"], &["", "a"]),
        (r"\B\w|\b-|a\Bb|-\B-", &["ab", "--"], &["a", "-", "_", ""]),
        (r"a\bb|a\B-|-\b-|a\B|\b-?", &[], &["ab", "a-", "--", "a", "-", ""]),
        (r".*\bword\b.*", &["word", "a word", "(word)", "word's"], &["", "words", "sword", "word_", "0word"]),
        (r"\b*a\b+", &["a"], &["", "aa"]),
        (r"(?:\b)?-(?:\b)*|\b{0}=\b{0,2}", &["-", "="], &["", "a"]),
        (r"a\b{2}-|a\b{2,}\+", &["a-", "a+"], &["a", "ab"]),
        (r"(?:\b|-)*a", &["a", "-a", "--a"], &["", "aa"]),
        (r"(?:\ba|\B-)+", &["a", "---"], &["", "aa", "a-"]),
        (r"(?:[a-]\b)+", &["a", "a-a", "-a"], &["-", "aa", "--a"]),
        (r"(?:a\b|-){3}", &["a-a", "--a", "-a-"], &["aa-", "-aa"]),
        (r"(\b(?:a|(?:\B-))\b)", &["a"], &["-", "a-"]),
        (r"\b^a$\b", &["a"], &["", "-", "aa"]),
        // Some versions of Java treat a letter or a combining mark that is not ASCII as a word character, and some do not.
        (r"\bé\b|\Bñ\B", &["é", "ñ"], &[""]),
        (r"a\b[^b]|-\b.|a\B[^b]", &["aé", "a\u{301}", "-é", "a-", "-a", "aa"], &["ab", "--"]),
        (r".\B-", &["é-", "--", "\u{1d400}-"], &["a-"]),
    ] {
        let matcher = compiled(pattern);
        for value in good {
            assert!(matches(&matcher, value), "{pattern} on {value:?}");
        }
        for value in bad {
            assert!(!matches(&matcher, value), "{pattern} on {value:?}");
        }
    }
}

#[test]
fn rejected_patterns_and_their_errors() {
    let distinct: String = ('一'..='俿').flat_map(|c| [c, '|']).collect();
    for (pattern, names) in [
        ("[a", &["PatternSyntax"][..]),
        ("a{2,1}", &["PatternSyntax"]),
        ("a{,2}", &["PatternCount"]),
        ("a{ 2}", &["PatternCount"]),
        ("a{2,3 }", &["PatternCount"]),
        (r"[\w-.]", &["PatternClassRange"]),
        ("(?<!a)b", &["PatternLookAround"]),
        ("[a-z](?=b)", &["PatternLookAround"]),
        (r"(a)\1", &["PatternBackReference"]),
        (r"(?<n>a)\k<n>", &["PatternBackReference"]),
        (r"[\b]", &["PatternEscape"]),
        (r"[\B]", &["PatternSyntax"]),
        (r"a\b{start}", &["PatternAssertion"]),
        (r"a\b{g}", &["PatternAssertion"]),
        (r"\Aa\z", &["PatternAssertion", "PatternAssertion"]),
        (r"\<a", &["PatternAssertion"]),
        ("a^b", &["PatternAssertion"]),
        ("(a$)b", &["PatternAssertion"]),
        ("(^a)*", &["PatternAssertion"]),
        ("$a^", &["PatternAssertion", "PatternAssertion"]),
        ("a*+", &["PatternPossessive"]),
        ("a**", &["PatternPossessive"]),
        ("(?>a)", &["PatternPossessive"]),
        ("(?q)a", &["PatternSyntax"]),
        ("(?P<n>a)", &["PatternGroupName"]),
        ("(?i)a", &["PatternFlag"]),
        ("(?m)^a$", &["PatternFlag"]),
        ("(?x: a)", &["PatternFlag"]),
        ("(?-u:a)", &["PatternFlag"]),
        (r"\v", &["PatternEscape"]),
        (r"\0", &["PatternEscape"]),
        (r"\uD83D\uDE00", &["PatternEscape"]),
        (r"a\Z", &["PatternAssertion"]),
        (r"[\a]", &["PatternEscape"]),
        (r"\x{41}", &["PatternEscape"]),
        (r"\U00000041", &["PatternEscape"]),
        (r"\h", &["PatternEscape"]),
        (r"[a-\u{62}]", &["PatternEscape"]),
        ("[a&&b]+", &["PatternClassOperator"]),
        ("[+--]+", &["PatternClassOperator"]),
        ("[--a]+", &["PatternClassOperator"]),
        ("[^--a]+", &["PatternClassOperator"]),
        ("[+-[]", &["PatternNestedClass"]),
        ("[]a]", &["PatternClassBracket"]),
        ("[a[bc]]+", &["PatternNestedClass"]),
        ("[[:alpha:]]+", &["PatternNestedClass"]),
        (r"[\p{Greek}]+", &["PatternUnicodeClass"]),
        (r"\p{Letter}", &["PatternUnicodeClass"]),
        (r"\p{^L}", &["PatternUnicodeClass"]),
        (r"\p{gc=L}", &["PatternUnicodeClass"]),
        (r"\p{Cs}", &["PatternUnicodeClass"]),
        (r"\p{Cn}", &["PatternUnicodeClass"]),
        (r"[^\d\D]+", &["PatternEmptyClass"]),
        (r"a([^\w\W])?", &["PatternEmptyClass"]),
        ("(a{1000}b){1000}", &["PatternTooLarge"]),
        (r"(\b{100}){100}", &["PatternTooLarge"]),
        (".{0,99}a.{99}", &["PatternTooLarge"]),
        ("(ab){801}", &["PatternTooLarge"]),
        (&distinct, &["PatternTooLarge"]),
        // All errors at once, each of them once.
        (r"(?i)\Ab\Ab[a&&b]\v", &["PatternFlag", "PatternAssertion", "PatternClassOperator", "PatternEscape"]),
    ] {
        match compile(pattern) {
            Ok(matcher) => panic!("{pattern} compiles to {matcher:?}"),
            Err(messages) => {
                let found: Vec<&str> = messages.iter().map(Message::name).collect();
                assert_eq!(found, names, "{pattern}: {}", messages[0]);
            }
        }
    }
}

/// A code point without a category in one version of Unicode may have one in another. Negated categories therefore match code
/// points that the oldest version in use does not assign.
#[test]
fn negated_categories_match_recent_code_points() {
    for pattern in [r"\P{L}", r"[^\p{L}]", r"[\P{L}]", r"\p{C}", r"[^\P{Lu}]"] {
        for recent in ['\u{870}', '\u{1c89}', '\u{1e900}', '\u{323b0}'] {
            assert!(matches(&compiled(pattern), &recent.to_string()), "{pattern} on {recent:?}");
        }
    }
    assert!(!matches(&compiled(r"\P{L}"), "a"));
    assert!(!matches(&compiled(r"[^\p{L}]"), "é"));
    assert!(!matches(&compiled(r"\p{C}"), "é"));
}

/// Patterns that would take long are rejected, or the search for a witness is given up.
#[test]
fn compile_time_is_bounded() {
    let primes = [61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109];
    let alternatives: Vec<String> = primes
        .iter()
        .enumerate()
        .map(|(index, prime)| {
            format!(
                "{}a{{0,{}}}b(?:a{{{prime}}})*",
                format!("{index:04b}").replace('0', "a").replace('1', "b"),
                prime / 2
            )
        })
        .collect();
    assert!(
        !compiled(&alternatives.join("|")).excludes(Length { min: 0, max: Some(3) }),
        "a search that is given up must not exclude a length"
    );
    for long in [r"\pL".repeat(3_333), "(".repeat(1_500) + &")".repeat(1_500), "x".repeat(10_000)] {
        assert!(compile(&long).is_err());
    }
}

#[test]
fn published_patterns_have_small_tables() {
    let patterns = published();
    for pattern in patterns {
        let entries = match compiled(pattern) {
            Matcher::Repeated(repeated) => {
                assert!(
                    known_class(&repeated).is_some() || pattern == "(?s).*",
                    "the runtime has no table of `{pattern}`"
                );
                repeated.class().ranges.len()
            }
            Matcher::Automaton(automaton) => automaton.table().rows.len() / 2 + automaton.alphabet.runs.len(),
        };
        assert!(entries <= 3_000, "{pattern}: {entries} entries");
    }
}

#[test]
fn witnesses_match_one_pattern_and_not_the_other() {
    let length = |min, max| Length { min, max };
    for (mine, other, bounds, found) in [
        ("[a-z]*", "[a-z]+", length(0, None), Some("")),
        // Not looser for values of that length.
        ("[a-z]*", "[a-z]+", length(1, None), None),
        ("[a-z-]+", "[a-z]+", length(3, None), Some("-aa")),
        (".*", "Level[1-4]", length(0, Some(0)), Some("")),
        ("Level[1-5]", "Level[1-4]", length(0, None), Some("Level5")),
        ("Level[1-5]", "Level[1-4]", length(0, Some(5)), None),
        ("Level[12]", "Level[1-4]", length(0, None), None),
        ("(ab)*", "(abab)*", length(90, None), Some("…abababababababababababababababababababab")),
        ("(ab)*", "(abab)*", length(37, None), Some("ababababababababababababababababababab")),
        ("(ab){20}", "(abab){9}", length(0, None), Some("abababababababababababababababababababab")),
        ("(ab)*", "(ab)*|x", length(0, None), None),
        // Found before the search is given up.
        ("(?:a{53})*|(?:b{59})*|(?:c{61})*|(?:d{67})*|!", "[a-z]*", length(0, None), Some("!")),
        (r"[\p{L}]{1,9}", r"[\p{L}\p{N}]+", length(0, None), None),
        (r"[a-z]{1,2048}", r"[a-z]{1,2000}", length(0, Some(2000)), None),
        (r"[a-z]{1,2048}", r"[a-z]{0,9}", length(0, None), Some("aaaaaaaaaa")),
        (r"\b[a-z]+\b", "[a-z]+", length(0, None), None),
        ("[a-z]+", r"\b[a-z]+\b", length(0, None), None),
        ("[a-z-]+", r"\b[a-z-]+", length(0, None), Some("-")),
        (r"\b[a-z-]+", r"[a-z-]+\b", length(0, None), Some("a-")),
        (r"[a-z-]+\b[a-z-]+", r"[a-z]+-+[a-z-]*", length(0, Some(2)), Some("-a")),
        ("é-", r"é\b-", length(0, None), None),
    ] {
        let (mine, other) = (compiled(mine), compiled(other));
        let expected = found.map_or(Witness::None, |value| Witness::Value(value.to_owned()));
        let witness = mine.beyond(&other, bounds);
        if let Witness::Value(value) = &witness
            && !value.starts_with('…')
        {
            assert!(matches(&mine, value) && !matches(&other, value), "{value}");
        }
        assert_eq!(witness, expected, "{mine:?}");
    }
}

#[test]
fn patterns_that_exclude_a_length() {
    let length = |min, max| Length { min, max };
    for (pattern, bounds, excluded) in [
        ("[a-z]{6}", length(1, Some(5)), true),
        ("[a-z]{6}", length(6, Some(6)), false),
        ("(?s).*", length(0, None), false),
        ("Level[1-4]", length(1, Some(5)), true),
        ("Level[1-4]", length(7, None), true),
        ("Level[1-4]", length(1, Some(128)), false),
        // A minimum that the pattern implies is not an error.
        (r"[\w-]+_[0-9a-zA-Z]+", length(1, Some(55)), false),
        (r"[\w-]+_[0-9a-zA-Z]+", length(1, Some(2)), true),
        ("(aaa)*", length(131_072, Some(131_072)), true),
        ("(aaa)*", length(131_070, Some(131_072)), false),
        ("", length(1, None), true),
        (r"a\bb", length(0, None), true),
        (r"\b", length(0, None), true),
        (r"a*\b-*", length(1, None), false),
        (r"a*\B-*", length(0, None), false),
        (r"a*\B-*", length(1, Some(1)), false),
        (r"\B[a_]\B", length(0, None), true),
        (r"\B[a_é]\B", length(0, None), false),
    ] {
        assert_eq!(compiled(pattern).excludes(bounds), excluded, "{pattern} {bounds}");
    }
}

/// Random patterns match the same values as in the `regex` crate.
#[test]
fn agrees_with_regex_on_random_patterns() {
    use proptest::prelude::*;
    let parts = ["a", "b", "é", "[ab]", "[^aé]", ".", r"\d", r"[\p{Lu}1]", "(?s:.)", "[a-z]"];
    let values = random_values(&['a', 'b', 'é', '1', 'É', '\n', '-']);
    let config = ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() };
    let run = |(pattern, values): (String, Vec<String>)| {
        let (matcher, oracle) = (compiled(&pattern), oracle(&pattern.replace(r"\d", "[0-9]")));
        for value in values {
            prop_assert_eq!(matches(&matcher, &value), oracle.is_match(&value), "{} on {:?}", pattern, value);
        }
        Ok(())
    };
    let tried = proptest::test_runner::TestRunner::new(config).run(&(random_patterns(&parts), values), run);
    assert_eq!(tried, Ok(()));
}

/// Random patterns with word boundaries match the same ASCII values as in the `regex` crate. They match other values if these
/// match there with ASCII or with Unicode word boundaries. The search for a witness agrees with the matchers.
#[test]
fn agrees_with_regex_on_random_word_boundaries() {
    use proptest::prelude::*;
    let parts = ["a", "-", "_", "é", "[a-]", "[^a]", "(?s:.)", "[a-z]", r"\b", r"\b", r"\B"];
    let patterns = (random_patterns(&parts), random_patterns(&parts));
    let values = (random_values(&['a', 'b', '_', '-', ' ']), random_values(&['a', 'é', '\u{301}', '-']));
    let config = ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() };
    let tried = proptest::test_runner::TestRunner::new(config).run(&(patterns, values), |(patterns, values)| {
        let (mine, other) = (compiled(&patterns.0), compiled(&patterns.1));
        let unicode = oracle(&patterns.0);
        let ascii = oracle(&patterns.0.replace(r"\b", r"(?-u:\b)").replace(r"\B", r"(?-u:\B)"));
        let witness = mine.beyond(&other, Length::default());
        if let Witness::Value(value) = &witness {
            let shown = value.starts_with('…');
            prop_assert!(shown || matches(&mine, value) && !matches(&other, value), "{:?} {:?}", patterns, value);
        }
        for value in values.0.iter().chain(&values.1) {
            let found = matches(&mine, value);
            prop_assert!(found || !(ascii.is_match(value) || unicode.is_match(value)), "{} on {:?}", patterns.0, value);
            prop_assert!(!found || !value.is_ascii() || ascii.is_match(value), "{} on {:?}", patterns.0, value);
            let is_beyond = found && !matches(&other, value);
            prop_assert!(!is_beyond || witness != Witness::None, "{:?} on {:?}", patterns, value);
        }
        Ok(())
    });
    assert_eq!(tried, Ok(()));
}

fn oracle(pattern: &str) -> regex::Regex {
    regex::Regex::new(&format!(r"\A(?:{pattern})\z")).expect("a valid pattern")
}

fn random_patterns(parts: &[&'static str]) -> impl proptest::strategy::Strategy<Value = String> + use<> {
    use proptest::prelude::*;
    prop::sample::select(parts.to_vec()).prop_map(str::to_owned).prop_recursive(4, 16, 4, |part| {
        let ends = prop::sample::select(vec!["*", "+", "?", "{2}", "{0,2}", "{1,}", "*?", ""]);
        prop_oneof![
            prop::collection::vec(part.clone(), 0..4).prop_map(|parts| parts.concat()),
            prop::collection::vec(part.clone(), 1..4).prop_map(|parts| format!("(?:{})", parts.join("|"))),
            (part, ends).prop_map(|(part, end)| format!("({part}){end}")),
        ]
    })
}

fn random_values(characters: &[char]) -> impl proptest::strategy::Strategy<Value = Vec<String>> + use<> {
    use proptest::prelude::*;
    let value = prop::collection::vec(prop::sample::select(characters.to_vec()), 0..9);
    prop::collection::vec(value.prop_map(String::from_iter), 40)
}

#[test]
fn classes_at_the_boundary_of_ascii() {
    for (pattern, ascii_end, ranges) in [
        (r"[a-\x7f]", 0x7f, &[][..]),
        (r"[a-\x80]", 0x7f, &[(0x80, 0x80)]),
        (r"[a-\x7e]", 0x7e, &[]),
        (r"[é-í]", 0, &[(0xe9, 0xed)]),
    ] {
        let Matcher::Repeated(repeated) = compiled(pattern) else { panic!("{pattern}") };
        let class = repeated.class();
        assert_eq!(class.ranges, ranges, "{pattern}");
        assert_eq!(
            u128::BITS - class.ascii.leading_zeros(),
            if ascii_end == 0 { 0 } else { ascii_end + 1 },
            "{pattern}"
        );
    }
    let repeated = |pattern: &str| match compiled(pattern) {
        Matcher::Repeated(repeated) => repeated,
        Matcher::Automaton(_) => panic!("{pattern}"),
    };
    assert!(repeated("[ab]+").same_class(&repeated("[a-b]{2}")));
    assert!(!repeated("[ab]+").same_class(&repeated("[a-c]+")));
}

#[test]
fn patterns_have_a_maximum_length() {
    let of = |length: usize| compile(&format!("[{}]", "a".repeat(length - 2))).map(|_| ());
    assert!(of(1_999).is_ok() && of(2_000).is_ok());
    assert!(of(2_001).is_err() && of(5_000).is_err());
}

use super::*;

fn matches(matcher: &Matcher, value: &str) -> bool {
    let count = u32::try_from(value.chars().count()).expect("short");
    count >= matcher.min
        && matcher.max.is_none_or(|max| count <= max)
        && value.chars().all(|c| {
            let c = u32::from(c);
            if c < 0x80 {
                matcher.ascii >> c & 1 == 1
            } else {
                matcher.ranges.iter().any(|(start, end)| (*start..=*end).contains(&c))
            }
        })
}

fn compiled(pattern: &str) -> Matcher {
    compile(pattern).unwrap_or_else(|message| panic!("{pattern}: {message}"))
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
    assert!(username.ranges.len() <= 32, "{} ranges", username.ranges.len());
}

/// Everything the `regex` crate says of a code point holds here too, but for those that nobody has assigned yet. Tried are
/// the first planes whole, every boundary of the compiled ranges, and a sample of the rest.
#[test]
fn agrees_with_regex_on_single_characters() {
    let unassigned = regex::Regex::new(r"\A\p{Cn}\z").expect("compiles");
    // `regex` reads \w, \d and \s as Unicode unless told otherwise; the second column says what they mean here.
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
    ] {
        let matcher = compiled(pattern);
        let oracle = regex::Regex::new(&format!(r"\A(?:{oracle})\z")).expect("compiles");
        let edges: Vec<u32> = matcher.ranges.iter().flat_map(|(a, b)| [a - 1, *a, *b, b + 1]).collect();
        let sample = (0..0x3000).chain((0x3000..0x0011_0000).step_by(17)).chain(edges);
        for c in sample.filter_map(char::from_u32) {
            let value = c.to_string();
            if matches(&matcher, &value) != oracle.is_match(&value) {
                assert!(unassigned.is_match(&value), "{pattern} at {c:?} ({:#x})", u32::from(c));
                assert!(matches(&matcher, &value), "{pattern} rejects the unassigned {:#x}", u32::from(c));
            }
        }
    }
}

#[test]
fn repetitions() {
    assert!(matches(&compiled("[a-z]{2,3}"), "ab"));
    assert!(!matches(&compiled("[a-z]{2,3}"), "a"));
    assert!(!matches(&compiled("[a-z]{2,3}"), "abcd"));
    assert!(matches(&compiled("^[0-9]*$"), ""));
    assert!(!matches(&compiled(r"\d"), "12"));
    assert!(!matches(&compiled(r"\d"), "٣"));
}

#[test]
fn what_is_refused_and_why() {
    for (pattern, name) in [
        ("[a", "PatternSyntax"),
        ("(?<!a)b", "PatternLookAround"),
        ("[a-z](?=b)", "PatternLookAround"),
        (r"(a)\1", "PatternBackReference"),
        ("[a&&b]+", "PatternClassOperator"),
        ("[+--]+", "PatternClassOperator"),
        ("[a[bc]]+", "PatternNestedClass"),
        ("[[:alpha:]]+", "PatternNestedClass"),
        (r"[\p{Greek}]+", "PatternUnicodeClass"),
        (r"[^\d\D]+", "PatternEmptyClass"),
        ("arn:[a-z]+", "PatternShape"),
        ("a|b", "PatternShape"),
        (".*", "PatternShape"),
        ("", "PatternShape"),
    ] {
        match compile(pattern) {
            Ok(matcher) => panic!("{pattern} compiles to {matcher:?}"),
            Err(message) => assert_eq!(message.name(), name, "{pattern}: {message}"),
        }
    }
}

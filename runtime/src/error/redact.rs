//! Redaction of a request's sensitive values in text from the service.

use crate::codec::Body;
use crate::schema::{Member, Shape};
use crate::text::{REDACTED, is_plain, plain};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::collections::HashSet;

/// The maximum length of a redacted message.
const LONGEST: usize = 1000;

/// The length of the longest escape that is decoded. The numbers of entities can have leading zeros.
const LONGEST_ESCAPE: usize = 24;

/// The named entities that HTML and XML have in common.
const ENTITIES: [(&str, char); 5] = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];

/// The length of the parts of a value that are redacted as well, since a message can quote a value truncated or
/// altered.
const PART: usize = 6;

/// The length of the shortest value that is redacted. Shorter values occur in ordinary text, where redaction would
/// reveal them.
const SHORTEST: usize = 3;

/// The sensitive values of a request.
#[derive(Default)]
pub(crate) struct Sensitive {
    values: Vec<Vec<char>>,
    /// Whether the request could not be parsed.
    unknown: bool,
}

/// Returns the character that an escape at the beginning of a text stands for, and the length of the escape.
type Decode = fn(&str) -> Option<(char, usize)>;

impl Sensitive {
    /// Returns the sensitive values of a request with that body and those members. `beside` are sensitive values that
    /// the body does not contain: the app client's secret, the user name that the secret hash was computed over, and
    /// the session token.
    pub(crate) fn of<const N: usize>(request: &Body, members: &'static [Member], beside: [Option<&str>; N]) -> Self {
        let body = serde_json::from_slice::<Value>(request.as_bytes());
        let mut sensitive = Self { values: Vec::new(), unknown: body.is_err() };
        sensitive.gather(&body.unwrap_or_default(), Shape::Structure { name: None, members }, false);
        beside.into_iter().flatten().for_each(|value| sensitive.insert(value));
        sensitive
    }

    fn gather(&mut self, value: &Value, shape: Shape, sensitive: bool) {
        let entry = if let Shape::List(entry) | Shape::Map(entry) = shape { *entry } else { Shape::Document };
        match value {
            Value::String(text) if sensitive => {
                self.insert(text);
                // A service can quote the bytes of a blob.
                if let (Shape::Blob, Ok(Ok(text))) = (shape, STANDARD.decode(text).map(String::from_utf8)) {
                    self.insert(&text);
                }
            }
            // A shorter number occurs in ordinary text and reveals little.
            Value::Number(number) if sensitive && number.to_string().len() >= SHORTEST => {
                self.insert(&number.to_string());
            }
            Value::Array(entries) => entries.iter().for_each(|value| self.gather(value, entry, sensitive)),
            Value::Object(entries) => {
                for (key, value) in entries {
                    // A key is usually an identifier of the program, such as `USERNAME`. Other keys can be data.
                    let is_word = key.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'_'));
                    if sensitive && !is_word && key.chars().count() >= SHORTEST {
                        self.insert(key);
                    }
                    let members = if let Shape::Structure { members, .. } = shape { members } else { &[] };
                    let member = members.iter().find(|member| member.name == key);
                    let shape = member.map_or(entry, |member| member.shape);
                    self.gather(value, shape, sensitive || member.is_some_and(|member| member.sensitive));
                }
            }
            _ => {}
        }
    }

    pub(super) fn insert(&mut self, text: &str) {
        let value: Vec<char> = text.chars().flat_map(fold).collect();
        self.values.extend((!value.is_empty()).then_some(value));
    }

    /// Returns the message on one line with every value redacted, escaped or not, or `None` if the message must be
    /// withheld.
    pub(super) fn redact(&self, message: &str) -> Option<String> {
        if self.unknown || self.values.iter().any(|value| value.len() < SHORTEST) {
            return None;
        }
        // The part of the message that the redacted line can contain, extended by an escaped part of a value that
        // begins in it.
        let text: String = message.chars().take(2 * LONGEST + PART * LONGEST_ESCAPE).collect();
        let quoted = self.quoted(&text, SHORTEST);
        let mut line = String::new();
        for (at, c) in text.char_indices().take(2 * LONGEST) {
            if !quoted[at] {
                line.push(plain(c));
            } else if at == 0 || !quoted[at - 1] {
                line.push_str(REDACTED);
            }
        }
        if line.chars().count() > LONGEST {
            line = line.chars().take(LONGEST).chain(['…']).collect();
        }
        Some(line)
    }

    /// Returns whether the text equals a value, or contains a value or a part of one that would be redacted.
    pub(crate) fn is_quoted_in(&self, text: &str) -> bool {
        let is_whole = |value: &Vec<char>| text.chars().flat_map(fold).eq(value.iter().copied());
        self.unknown || self.values.iter().any(is_whole) || self.quoted(text, SHORTEST).contains(&true)
    }

    /// Returns whether the text contains a value, even one that is too short to be redacted, or a part of one.
    pub(super) fn occurs_in(&self, text: &str) -> bool {
        self.unknown || self.quoted(text, 1).contains(&true)
    }

    /// Returns for each byte of the text whether it belongs to a value of at least `shortest` letters or a part of one,
    /// unescaped or in any known escaping.
    fn quoted(&self, text: &str, shortest: usize) -> Vec<bool> {
        let escapes: [(&str, Decode); 4] = [("", |_| None), ("%", percent), ("&", entity), ("\\", json)];
        let decoders = escapes.into_iter().filter(|(first, _)| text.contains(first)).map(|(_, decode)| decode);
        let view: Vec<_> = decoders.flat_map(|decode| view(text, decode)).collect();
        let letters: Vec<char> = view.iter().map(|(letter, ..)| *letter).collect();
        let windows = || (shortest..=PART).flat_map(|length| letters.windows(length).enumerate());
        let present: HashSet<&[char]> = windows().map(|(_, window)| window).collect();
        let parts = self.values.iter().flat_map(|value| value.windows(value.len().min(PART)));
        let common: HashSet<&[char]> = parts.filter(|part| present.contains(part)).collect();
        let mut quoted = vec![false; text.len()];
        for (start, window) in windows().filter(|(_, window)| common.contains(window)) {
            quoted[view[start].1..view[start + window.len() - 1].2].fill(true);
        }
        quoted
    }
}

/// Returns the letters of the decoded text, folded for comparison, each with the start and end of its bytes. The last
/// letter is a sentinel that no value contains.
fn view(text: &str, decode: Decode) -> Vec<(char, usize, usize)> {
    let (mut view, mut start) = (Vec::new(), 0);
    while let Some(first) = text[start..].chars().next() {
        let (c, length) = decode(&text[start..]).unwrap_or((first, first.len_utf8()));
        view.extend(fold(c).map(|letter| (letter, start, start + length)));
        start += length;
    }
    view.push(('\0', start, start));
    view
}

/// Decodes percent-encoded UTF-8, as in a URL or a form.
fn percent(text: &str) -> Option<(char, usize)> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let byte = |escape: &[u8]| match escape {
        [b'%', high, low] => u8::try_from(16 * digit(high)? + digit(low)?).ok(),
        _ => None,
    };
    let bytes: Vec<u8> = text.as_bytes().chunks(3).map_while(byte).take(4).collect();
    let c = bytes.utf8_chunks().next()?.valid().chars().next()?;
    Some((c, 3 * c.len_utf8()))
}

/// Decodes an entity of HTML or XML: a number, or one of the names in [`ENTITIES`].
fn entity(text: &str) -> Option<(char, usize)> {
    let (name, _) = text.strip_prefix('&')?.split_once(';').filter(|(name, _)| name.len() <= LONGEST_ESCAPE - 2)?;
    let c = if let Some(number) = name.strip_prefix('#') {
        let (digits, radix) = number.strip_prefix(['x', 'X']).map_or((number, 10), |digits| (digits, 16));
        char::from_u32(u32::from_str_radix(digits, radix).ok()?)?
    } else {
        ENTITIES.into_iter().find(|(known, _)| *known == name)?.1
    };
    Some((c, name.len() + 2))
}

/// Decodes an escape of JSON: one character, one `\u` escape, or two that form a surrogate pair.
fn json(text: &str) -> Option<(char, usize)> {
    let decode = |length| Some((serde_json::from_str(&format!("\"{}\"", text.get(..length)?)).ok()?, length));
    text.starts_with('\\').then(|| [2, 6, 12].into_iter().find_map(decode)).flatten()
}

/// Folds a character for comparison: to lower case, or to no character if it is invisible.
fn fold(c: char) -> impl Iterator<Item = char> {
    let seen = match c {
        // Forms encode a space as `+`, and a control character is shown as a space.
        c if c == '+' || c.is_control() => Some(' '),
        // Its lower case has a second character, the combining dot.
        'İ' => Some('i'),
        '\u{ad}' => None,
        c => is_plain(c).then_some(c),
    };
    // Several characters can have the same upper case, and the upper case of one can have several characters.
    seen.into_iter().flat_map(char::to_uppercase).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEMBERS: &[Member] = &[
        Member::new("username", "Username", Shape::String).sensitive(),
        Member::new("plain", "Plain", Shape::List(&Shape::String)),
        Member::new("metadata", "Metadata", Shape::Map(&Shape::String)).sensitive(),
    ];

    fn redact(message: &str, body: &str) -> String {
        let sensitive = Sensitive::of(&Body::from(body.to_owned()), MEMBERS, [None; 2]);
        sensitive.redact(message).unwrap_or_else(|| "withheld".to_owned())
    }

    #[test]
    fn values_are_redacted() {
        let body = r#"{"Username":"alice","Plain":["bob"],"Metadata":{"k1":"one two","k2":"two three"}}"#;
        assert_eq!(redact("User alice and ALICE, bob", body), "User [redacted] and [redacted], bob");
        assert_eq!(redact("one two three", body), "[redacted]", "overlapping values");
        assert_eq!(redact("k1 alicealice", body), "k1 [redacted]");
        assert_eq!(redact("nothing", body), "nothing");
        assert_eq!(redact("a\nb\u{1b}[0m", body), "a b [0m");
        let repeating = r#"{"Username":"anana"}"#;
        assert_eq!(redact("bananana", repeating), "b[redacted]");
    }

    #[test]
    fn values_in_any_spelling() {
        let body = |name: &str| Value::from_iter([("Username", name)]).to_string();
        for (name, echo) in [
            ("JÖRGE@b.example", "jörge@B.EXAMPLE"),
            ("ali\"ce\\corp", r#"ali\"ce\\corp"#),
            ("alice+x@example.com", "alice%2Bx%40example.com"),
            ("o'brien&co", "o&#39;brien&amp;co"),
            ("alice.longname@example.com", "alice.longname@exam"),
            ("alice\tlong", "alice long"),
            ("my dog is so sad", "my+dog+is+so+sad"),
            ("p!a@s!s@w!d", "p!a%40s!s%40w!d"),
            ("a+b c+d e+f", "a+b%20c+d%20e+f"),
            ("ab/cd/ef/gh", r"ab\/cd\/ef\/gh"),
            ("a=b&c=d&e", r"a\u003db\u0026c\u003dd\u0026e"),
            ("ab\"cde\"fg", "ab&#34;cde&#34;fg"),
            ("ab/cde/fg", "ab&#x2F;cde&#x2F;fg"),
            ("Zoé-Léa", "Zo&#233;-L&#xe9;a"),
            ("o'brien", "o&apos;brien"),
            ("Άρης", "ΆΡΗΣ"),
            ("Weiß", "WEISS"),
            ("µicro1", "ΜICRO1"),
            ("oﬃce", "OFFICE"),
            ("alice", "al&#x00000000069;ce"),
            ("al\u{200b}ice", "alice"),
            ("alice", "al\u{ad}i\u{200b}ce"),
            ("bob", "b%6Fb"),
        ] {
            assert_eq!(redact(&format!("User {echo}!"), &body(name)), "User [redacted]!", "{name}");
        }
        assert_eq!(redact("a\u{2028}b\u{202e}c", "{}"), "a b c");
        let long = "x".repeat(100_000);
        assert_eq!(redact(&long, &body(&long)), "[redacted]");
        let middle = format!("{long}.middle{}{long}", "-".repeat(40));
        assert_eq!(redact("bad: .MIDDLE", &body(&middle)), "bad: [redacted]");
        let token = format!("{long}.SIGNATURE-OF-IT");
        assert_eq!(redact("bad signature-of-it", &body(&token)), "bad [redacted]");
    }

    #[test]
    fn values_at_the_cut_are_redacted() {
        for name in ["alice.longname@example.com", "bob"] {
            let body = Value::from_iter([("Username", name)]).to_string();
            for cut_at in 1..name.len() {
                let many = name.repeat((2 * LONGEST - cut_at) / name.len());
                let filled = format!("{many}{}{name}", "#".repeat(2 * LONGEST - cut_at - many.len()));
                let shown = redact(&filled, &body);
                assert!(shown.replace(REDACTED, "").chars().all(|c| c == '#'), "{cut_at}: {shown}");
            }
        }
    }

    #[test]
    fn messages_of_unparsable_requests_are_withheld() {
        assert_eq!(redact("User alice", "{\"Username\":}"), "withheld");
    }

    #[test]
    fn values_of_any_type() {
        const ALL: &[Member] = &[
            Member::new("pin", "Pin", Shape::Integer).sensitive(),
            Member::new("image", "Image", Shape::Blob).sensitive(),
            Member::new("map", "Map", Shape::Map(&Shape::String)).sensitive(),
            Member::new("any", "Any", Shape::Document).sensitive(),
        ];
        let body = serde_json::json!({
            "Pin": 123_456,
            "Image": STANDARD.encode("in the picture"),
            "Map": {"alice@example.com": "one", "USERNAME": "two", "k1": "three"},
            "Any": {"flag": true, "numbers": [-987_654, 7], "none": null},
        });
        let sensitive = Sensitive::of(&Body::from(body.to_string()), ALL, [Some("alice-in-the-pool"), Some("s3cret")]);
        let redact = |message: &str| sensitive.redact(message).expect("no value is too short");
        for quoted in
            ["123456", "in the picture", "alice@example.com", "-987654", "alice-in-the-pool", "s3cret", "three"]
        {
            assert_eq!(redact(&format!("<{quoted}>")), "<[redacted]>");
        }
        assert_eq!(redact("k1 of USERNAME true null 7"), "k1 of USERNAME true null 7");
    }

    #[test]
    fn texts_that_quote_a_value() {
        let sensitive = |body: &str| Sensitive::of(&Body::from(body.to_owned()), MEMBERS, [None; 2]);
        let keys = r#"{"Metadata":{"bob":"x1","USER":"y1","k1":"z1"}}"#;
        assert!(sensitive(keys).is_quoted_in("-bob-"), "a key can be data");
        assert!(!sensitive(keys).is_quoted_in("-USER-k1-"), "a name, and a key that is too short");
        let quoted = |text| sensitive(r#"{"Username":"Correct-Horse_7"}"#).is_quoted_in(text);
        assert!(quoted("Correct-Horse_7") && quoted("x-correct-horse-x") && quoted("Horse_7"));
        assert!(!quoted("UserNotFoundException") && !quoted("Horse"));
        let short = sensitive(r#"{"Username":"al"}"#);
        assert!(short.is_quoted_in("AL") && !short.is_quoted_in("Internal"), "only if it is the whole text");
        assert!(short.occurs_in("Internal") && short.occurs_in("x\n%41L\ny") && !short.occurs_in("a l"));
        assert!(sensitive("{").is_quoted_in("x") && sensitive("{").occurs_in("x"), "the request is unknown");
    }

    #[test]
    fn short_values_withhold_the_message() {
        assert_eq!(redact("User al", r#"{"Username":"al"}"#), "withheld");
        assert_eq!(redact("User éé", r#"{"Username":"éé"}"#), "withheld");
        assert_eq!(redact("User", r#"{"Username":""}"#), "User");
        assert_eq!(redact("x", r#"{"Plain":["a"]}"#), "x");
    }

    #[test]
    fn non_ascii_values_and_long_messages() {
        assert_eq!(redact("für Jörg!", r#"{"Username":"Jörg"}"#), "für [redacted]!");
        let long = "é".repeat(5000);
        let shown = redact(&long, "{}");
        assert_eq!(shown.chars().count(), LONGEST + 1);
        assert!(shown.ends_with('…'));
    }

    #[test]
    fn letters_with_their_bytes() {
        assert_eq!(view("x&amp;ß", entity), [('x', 0, 1), ('&', 1, 6), ('s', 6, 8), ('s', 6, 8), ('\0', 8, 8)]);
    }

    /// Redaction takes linear time. If it took quadratic time, this test would run for minutes.
    #[test]
    fn hostile_messages() {
        let noise = |length| "ab%61&#97;\\u0061".chars().cycle().take(length).collect::<String>();
        let body = Value::from_iter([("Username", noise(300_000))]).to_string();
        for message in [noise(1 << 20), "&".repeat(1 << 20), "a\u{200b}".repeat(1 << 19), "\\".repeat(1 << 20)] {
            assert!(redact(&message, &body).chars().count() <= LONGEST + 1);
        }
    }

    /// A value that contains an escape of one kind is found where it is escaped in another way.
    #[test]
    fn values_that_contain_escapes() {
        let value = r#"%41\n&amp;"x"#;
        let body = Value::from_iter([("Username", value)]).to_string();
        for quoted in [value, r#"%41\\n&amp;\"x"#, "%2541%5Cn%26amp%3B%22x", "%41\\n&amp;amp;&quot;x"] {
            assert_eq!(redact(&format!("<{quoted}>"), &body), "<[redacted]>", "{quoted}");
        }
    }

    /// The pattern of a constraint is not mistaken for an escape.
    #[test]
    fn validation_messages_stay_readable() {
        let message = r"Value 'alice.smith' at 'username' failed: [\p{L}\p{M}\p{S}\p{N}\p{P}]+, [\w+]+";
        let shown = redact(message, r#"{"Username":"alice.smith"}"#);
        assert_eq!(shown, message.replace("alice.smith", REDACTED));
        let message = "Client 1example23456789 is configured with secret but SECRET_HASH was not received";
        let shown = redact(message, r#"{"Username":"1example23456789"}"#);
        assert_eq!(shown, "Client [redacted] is configured with secret but SECRET_HASH was not received");
    }

    fn decoded(text: &str, decode: Decode) -> String {
        view(text, decode).iter().map(|(letter, ..)| letter).filter(|letter| **letter != '\0').collect()
    }

    fn folded(text: &str) -> String {
        decoded(text, |_| None)
    }

    #[test]
    fn percent_escapes() {
        assert_eq!(decoded("a%40b%2fc%C3%A9%e2%82%ac%F0%9f%98%80", percent), "a@b/cé€😀");
        for odd in ["%", "%4", "%zz", "%c3%", "%c3é", "%ff", "%e2%82", "%80", "%+4"] {
            assert_eq!(decoded(odd, percent), folded(odd));
        }
        assert_eq!(decoded("%c3%41", percent), "%c3a", "the next escape is decoded");
    }

    #[test]
    fn html_entities() {
        assert_eq!(decoded("&amp;&lt;&gt;&quot;&apos;&#34;&#x2F;&#Xe9;&#0233;", entity), "&<>\"'\"/éé");
        for odd in [
            "&",
            "&;",
            "&#;",
            "&#x;",
            "&#xd800;",
            "&nosuch;",
            "&#12345678901;",
            "&#x00000000000000000000000069;",
            "&amp",
        ] {
            assert_eq!(decoded(odd, entity), odd);
        }
    }

    #[test]
    fn json_escapes() {
        assert_eq!(decoded(r#"\"\\\/\u00e9\u003D\ud83d\ude00"#, json), "\"\\/é=😀");
        assert_eq!(decoded(r"a\nb\tc\r\b\f", json), "a b c   ");
        for odd in [r"\", r"\x", r"\u", r"\u00e", r"\ud83d", r"\ude00\ud83d"] {
            assert_eq!(decoded(odd, json), odd);
        }
        assert_eq!(decoded(r"\ud83d\u0041", json), r"\ud83da");
    }

    #[test]
    fn letter_case_and_invisible_characters() {
        for (one, other) in [
            ("Άρης", "ΆΡΗΣ"),
            ("Işıl", "IŞIL"),
            ("İ", "i"),
            ("Weiß", "WEISS"),
            ("ſ", "S"),
            ("al\u{200b}i\u{ad}ce\u{61c}", "ALICE"),
            ("a\tb\u{7f}", "a b "),
        ] {
            assert_eq!(folded(one), folded(other), "{one}");
        }
        assert_ne!(folded("a"), folded("b"));
    }
}

//! Striking the request's sensitive values out of what the service says.

mod views;

pub(crate) use views::in_one_line;

use crate::codec::Body;
use crate::schema::{Member, Shape};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use views::{LONGEST_ESCAPE, Letter, folded, plain, views};

/// What stands where a value may not.
pub(crate) const REDACTED: &str = "[redacted]";

/// A message is cut there: an error is one line of a log.
const LONGEST: usize = 1000;

/// How much of a message may be shown before it is cut, since it becomes shorter.
const STRUCK: usize = 2 * LONGEST;

/// How much more is looked at, so that no beginning of a value is left where the rest of it is not shown. It is as much as a part
/// of a value can take with each of its characters escaped.
const BEYOND: usize = PART * LONGEST_ESCAPE;

/// A part of a value that long is struck out too: a message may quote a value cut short or changed in places.
const PART: usize = 6;

/// Values that short are everywhere; striking one out would tell it by where it is missing.
const TELLING: usize = 3;

/// How much of the beginning of a value is looked for, and of its end. A message is shorter.
const SEARCHED: usize = 4096;

/// A service's message as it may be shown.
pub(super) enum Shown {
    None,
    Text(String),
    /// A sensitive value is so short that striking it out would tell it by where it is missing.
    LeftOut,
}

/// The sensitive values of a request, as they are compared.
pub(crate) struct Sensitive {
    values: BTreeSet<Vec<char>>,
    /// Whether nobody knows what the request held.
    unknown: bool,
}

impl Sensitive {
    /// Those of a request with that body and those members, and the name that its secret hash was computed over, where it was
    /// said beside it.
    pub(crate) fn of(request: &Body, members: &'static [Member], hash_username: Option<&str>) -> Self {
        let mut sensitive = Self { values: BTreeSet::new(), unknown: false };
        match serde_json::from_slice(request.as_bytes()) {
            Ok(body) => sensitive.structure(&body, members),
            Err(_) => sensitive.unknown = true,
        }
        sensitive.text(hash_username.unwrap_or_default());
        sensitive
    }

    /// Gathers the values within sensitive members.
    fn structure(&mut self, value: &Value, members: &'static [Member]) {
        for member in members {
            let Some(value) = value.get(member.name) else { continue };
            if !member.sensitive {
                self.within(value, &member.shape);
                continue;
            }
            self.all(value);
            // A service may say what stands in Base64.
            if let (Shape::Blob, Some(text)) = (member.shape, value.as_str())
                && let Ok(Ok(text)) = STANDARD.decode(text).map(String::from_utf8)
            {
                self.text(&text);
            }
        }
    }

    fn within(&mut self, value: &Value, shape: &Shape) {
        match (shape, value) {
            (Shape::Structure { members, .. }, value) => self.structure(value, members),
            (Shape::List(entry), Value::Array(entries)) => entries.iter().for_each(|value| self.within(value, entry)),
            (Shape::Map(entry), Value::Object(entries)) => entries.values().for_each(|value| self.within(value, entry)),
            _ => {}
        }
    }

    fn all(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.text(text),
            // A small one is everywhere, and tells no more than that there is one.
            Value::Number(number) => {
                let digits = number.to_string();
                if digits.len() >= TELLING {
                    self.text(&digits);
                }
            }
            Value::Array(entries) => entries.iter().for_each(|value| self.all(value)),
            Value::Object(entries) => {
                for (key, value) in entries {
                    self.key(key);
                    self.all(value);
                }
            }
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        let mut value = folded(text);
        if value.len() > 2 * SEARCHED {
            self.values.insert(value[value.len() - SEARCHED..].to_vec());
            value.truncate(SEARCHED);
        }
        // An empty value tells nothing and is everywhere.
        if !value.is_empty() {
            self.values.insert(value);
        }
    }

    /// A key is mostly a word of the program, such as `USERNAME`; a long one may be data as well.
    fn key(&mut self, key: &str) {
        let word = key.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        if !word && key.chars().count() >= PART {
            self.text(key);
        }
    }

    /// The message in one line, with every value struck out, whatever its letter case, and also where it is escaped as in JSON,
    /// in an address or form, or in HTML.
    pub(super) fn shown(&self, message: &str) -> Shown {
        if self.unknown || self.values.iter().any(|value| value.len() < TELLING) {
            return Shown::LeftOut;
        }
        // What is cut off may hold the end of a value whose beginning is shown, so the cuts come last.
        let letters: Vec<char> = message.chars().take(STRUCK + BEYOND).collect();
        let struck = self.strike(&letters);
        let mut line = String::with_capacity(letters.len());
        let mut within = false;
        for (letter, struck) in letters.into_iter().zip(struck).take(STRUCK) {
            if !struck {
                line.push(plain(letter));
            } else if !within {
                line.push_str(REDACTED);
            }
            within = struck;
        }
        if line.chars().count() > LONGEST {
            line = line.chars().take(LONGEST).chain(['…']).collect();
        }
        Shown::Text(line)
    }

    /// Whether a value, or a part of one that tells, stands in the text.
    pub(crate) fn is_quoted_in(&self, text: &str) -> bool {
        let letters: Vec<char> = text.chars().collect();
        self.unknown || self.values.contains(&folded(text)) || self.strike(&letters).contains(&true)
    }

    /// The places where a value stands, or a part of one that tells. Where values overlap, all that any of them covers.
    fn strike(&self, text: &[char]) -> Vec<bool> {
        let mut struck = vec![false; text.len()];
        for view in views(text) {
            let letters: Vec<char> = view.iter().map(|letter| letter.folded).collect();
            let mut places = Places::of(&letters, &view, &mut struck);
            for value in &self.values {
                for part in value.windows(value.len().min(PART)) {
                    places.strike(part);
                }
            }
        }
        struck
    }
}

/// Where the parts of a text stand, by their length.
struct Places<'t> {
    letters: &'t [char],
    view: &'t [Letter],
    struck: &'t mut [bool],
    by_length: [Option<HashMap<&'t [char], Vec<usize>>>; PART + 1],
}

impl<'t> Places<'t> {
    fn of(letters: &'t [char], view: &'t [Letter], struck: &'t mut [bool]) -> Self {
        Self { letters, view, struck, by_length: [const { None }; PART + 1] }
    }

    /// Marks every place of a part. All of them are marked at once, so that each is looked for once.
    fn strike(&mut self, part: &[char]) {
        if part.len() < TELLING {
            return;
        }
        let places = self.by_length[part.len()].get_or_insert_with(|| {
            let mut places: HashMap<_, Vec<usize>> = HashMap::new();
            for (start, window) in self.letters.windows(part.len()).enumerate() {
                places.entry(window).or_default().push(start);
            }
            places
        });
        for start in places.remove(part).unwrap_or_default() {
            if let [first, .., last] = self.view[start..start + part.len()] {
                self.struck[first.from..last.to].fill(true);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEMBERS: &[Member] = &[
        Member::new("username", "Username", Shape::String).sensitive(),
        Member::new("plain", "Plain", Shape::List(&Shape::String)),
        Member::new("metadata", "Metadata", Shape::Map(&Shape::String)).sensitive(),
    ];

    fn text(message: &str, body: &str) -> String {
        match Sensitive::of(&Body::from(body.to_owned()), MEMBERS, None).shown(message) {
            Shown::Text(text) => text,
            Shown::LeftOut => "left out".to_owned(),
            Shown::None => "none".to_owned(),
        }
    }

    #[test]
    fn values_are_struck_out() {
        let body = r#"{"Username":"alice","Plain":["bob"],"Metadata":{"k1":"one two","k2":"two three"}}"#;
        assert_eq!(text("User alice and ALICE, bob", body), "User [redacted] and [redacted], bob");
        assert_eq!(text("one two three", body), "[redacted]", "overlapping values");
        assert_eq!(text("k1 alicealice", body), "k1 [redacted]");
        assert_eq!(text("nothing", body), "nothing");
        assert_eq!(text("a\nb\u{1b}[0m", body), "a b [0m");
        let repeating = r#"{"Username":"anana"}"#;
        assert_eq!(text("bananana", repeating), "b[redacted]");
    }

    #[test]
    fn however_they_are_written() {
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
            assert_eq!(text(&format!("User {echo}!"), &body(name)), "User [redacted]!", "{name}");
        }
        assert_eq!(text("a\u{2028}b\u{202e}c", "{}"), "a b c");
        let long = "x".repeat(100_000);
        assert_eq!(text(&long, &body(&long)), "[redacted]");
        let token = format!("{long}.SIGNATURE-OF-IT");
        assert_eq!(text("bad signature-of-it", &body(&token)), "bad [redacted]");
    }

    #[test]
    fn what_the_cut_leaves_of_a_value_is_struck_out_too() {
        for name in ["alice.longname@example.com", "bob"] {
            let body = Value::from_iter([("Username", name)]).to_string();
            for cut_at in 1..name.len() {
                let many = name.repeat((2 * LONGEST - cut_at) / name.len());
                let filled = format!("{many}{}{name}", "#".repeat(2 * LONGEST - cut_at - many.len()));
                let shown = text(&filled, &body);
                assert!(shown.replace(REDACTED, "").chars().all(|c| c == '#'), "{cut_at}: {shown}");
            }
        }
    }

    #[test]
    fn of_a_request_that_is_not_json_nothing_is_shown() {
        assert_eq!(text("User alice", "{\"Username\":}"), "left out");
    }

    #[test]
    fn whatever_they_are() {
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
        let sensitive = Sensitive::of(&Body::from(body.to_string()), ALL, Some("alice-in-the-pool"));
        let text = |message: &str| match sensitive.shown(message) {
            Shown::Text(text) => text,
            Shown::LeftOut | Shown::None => "left out".to_owned(),
        };
        for told in ["123456", "in the picture", "alice@example.com", "-987654", "alice-in-the-pool", "three"] {
            assert_eq!(text(&format!("<{told}>")), "<[redacted]>");
        }
        assert_eq!(text("k1 of USERNAME true null 7"), "k1 of USERNAME true null 7");
    }

    #[test]
    fn what_quotes_a_value() {
        let sensitive = |body: &str| Sensitive::of(&Body::from(body.to_owned()), MEMBERS, None);
        let quoted = |text| sensitive(r#"{"Username":"Correct-Horse_7"}"#).is_quoted_in(text);
        assert!(quoted("Correct-Horse_7") && quoted("x-correct-horse-x") && quoted("Horse_7"));
        assert!(!quoted("UserNotFoundException") && !quoted("Horse"));
        let short = sensitive(r#"{"Username":"al"}"#);
        assert!(short.is_quoted_in("AL") && !short.is_quoted_in("Internal"), "where it is all there is");
        assert!(sensitive("{").is_quoted_in("x"), "nobody knows");
    }

    #[test]
    fn a_short_value_takes_the_message_with_it() {
        assert_eq!(text("User al", r#"{"Username":"al"}"#), "left out");
        assert_eq!(text("User éé", r#"{"Username":"éé"}"#), "left out");
        assert_eq!(text("User", r#"{"Username":""}"#), "User");
        assert_eq!(text("x", r#"{"Plain":["a"]}"#), "x");
    }

    #[test]
    fn non_ascii_values_and_long_messages() {
        assert_eq!(text("für Jörg!", r#"{"Username":"Jörg"}"#), "für [redacted]!");
        let long = "é".repeat(5000);
        let shown = text(&long, "{}");
        assert_eq!(shown.chars().count(), LONGEST + 1);
        assert!(shown.ends_with('…'));
    }
}

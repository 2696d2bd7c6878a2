//! Strict JSON ([RFC 8259](https://www.rfc-editor.org/rfc/rfc8259)): an object with the same name twice is an error, at any
//! depth.

use std::borrow::Cow;
use std::ops::Range;

/// The maximum number of objects and lists within each other.
const MAX_DEPTH: usize = 127;

/// The failure of reading an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    Malformed,
    Duplicate,
}

/// A string within the JSON text, or a copy of it if it contains escapes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Text {
    Within(Range<usize>),
    Owned(Box<str>),
}

impl Text {
    /// Returns the string, given the text that it is within.
    pub(crate) fn of<'a>(&'a self, json: &'a str) -> &'a str {
        match self {
            Self::Within(range) => json.get(range.clone()).unwrap_or_default(),
            Self::Owned(text) => text,
        }
    }

    fn into_cow(self, json: &str) -> Cow<'_, str> {
        match self {
            Self::Within(range) => Cow::Borrowed(json.get(range).unwrap_or_default()),
            Self::Owned(text) => Cow::Owned(text.into()),
        }
    }
}

/// The value of a claim or header.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Text(Text),
    Number(f64),
    Texts(Vec<Text>),
    Other,
}

/// Reads a JSON object. `wanted` returns what `member` gets with the value of a member of the object, or `None` if the
/// value is only checked.
pub(crate) fn read_object<K>(
    json: &str,
    wanted: impl Fn(&str) -> Option<K>,
    mut member: impl FnMut(K, Value),
) -> Result<(), Failure> {
    let mut reader = Reader { json, at: 0 };
    reader.expect(b'{')?;
    reader.members(|reader, name| {
        match wanted(name) {
            Some(key) => member(key, reader.value(MAX_DEPTH - 1)?),
            None => reader.skip(MAX_DEPTH - 1)?,
        }
        Ok(())
    })?;
    reader.space();
    if reader.at == json.len() { Ok(()) } else { Err(Failure::Malformed) }
}

/// A position in a JSON text.
struct Reader<'j> {
    json: &'j str,
    at: usize,
}

impl<'j> Reader<'j> {
    fn rest(&self) -> &'j [u8] {
        self.json.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.json.as_bytes().get(self.at).copied()
    }

    fn next(&mut self) -> Result<u8, Failure> {
        let byte = self.peek().ok_or(Failure::Malformed)?;
        self.at += 1;
        Ok(byte)
    }

    /// Passes over a byte if it is the next one.
    fn skip_if(&mut self, is_wanted: impl Fn(u8) -> bool) -> bool {
        let is_next = self.peek().is_some_and(is_wanted);
        self.at += usize::from(is_next);
        is_next
    }

    fn space(&mut self) {
        while self.skip_if(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')) {}
    }

    /// Passes over white space and a byte, if that comes next.
    fn is_next(&mut self, byte: u8) -> bool {
        self.space();
        self.skip_if(|next| next == byte)
    }

    fn expect(&mut self, byte: u8) -> Result<(), Failure> {
        if self.is_next(byte) { Ok(()) } else { Err(Failure::Malformed) }
    }

    /// Reads the members of an object after its opening brace. `value` reads the value of the member with a name.
    fn members(&mut self, mut value: impl FnMut(&mut Self, &str) -> Result<(), Failure>) -> Result<(), Failure> {
        if self.is_next(b'}') {
            return Ok(());
        }
        let mut names = Vec::with_capacity(16);
        loop {
            self.expect(b'"')?;
            let name = self.text()?.into_cow(self.json);
            self.expect(b':')?;
            value(self, &name)?;
            names.push(name);
            if !self.is_next(b',') {
                break;
            }
        }
        self.expect(b'}')?;
        // Any total order finds duplicates; most names differ in length.
        names.sort_unstable_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
        let is_twice = names.windows(2).any(|pair| matches!(pair, [a, b] if a == b));
        if is_twice { Err(Failure::Duplicate) } else { Ok(()) }
    }

    /// Reads the elements of a list after its opening bracket.
    fn elements(&mut self, mut value: impl FnMut(&mut Self) -> Result<(), Failure>) -> Result<(), Failure> {
        if self.is_next(b']') {
            return Ok(());
        }
        loop {
            value(self)?;
            if !self.is_next(b',') {
                return self.expect(b']');
            }
        }
    }

    /// Reads a value, which may contain `depth` objects and lists within each other.
    fn value(&mut self, depth: usize) -> Result<Value, Failure> {
        self.space();
        match self.peek() {
            Some(b'"') => {
                self.at += 1;
                self.text().map(Value::Text)
            }
            Some(b'-' | b'0'..=b'9') => self.number().map(Value::Number),
            Some(b'[') => {
                let depth = self.enter(depth)?;
                let (mut texts, mut others) = (Vec::new(), false);
                self.elements(|reader| {
                    match reader.value(depth)? {
                        Value::Text(text) => texts.push(text),
                        _ => others = true,
                    }
                    Ok(())
                })?;
                Ok(if others { Value::Other } else { Value::Texts(texts) })
            }
            _ => self.skip(depth).map(|()| Value::Other),
        }
    }

    /// Checks a value, which may contain `depth` objects and lists within each other.
    fn skip(&mut self, depth: usize) -> Result<(), Failure> {
        self.space();
        match self.peek() {
            Some(b'"') => {
                self.at += 1;
                self.text().map(drop)
            }
            Some(b'-' | b'0'..=b'9') => self.number().map(drop),
            Some(b'{') => {
                let depth = self.enter(depth)?;
                self.members(|reader, _| reader.skip(depth))
            }
            Some(b'[') => {
                let depth = self.enter(depth)?;
                self.elements(|reader| reader.skip(depth))
            }
            _ => {
                let words = ["true", "false", "null"];
                let word = words.into_iter().find(|word| self.rest().starts_with(word.as_bytes()));
                self.at += word.ok_or(Failure::Malformed)?.len();
                Ok(())
            }
        }
    }

    /// Passes over the opening brace or bracket of a value. Returns the depth of its own values.
    fn enter(&mut self, depth: usize) -> Result<usize, Failure> {
        self.at += 1;
        depth.checked_sub(1).ok_or(Failure::Malformed)
    }

    /// Reads a string after its opening quotation mark.
    fn text(&mut self) -> Result<Text, Failure> {
        let plain = self.plain();
        let range = self.at - plain.len()..self.at;
        match self.next()? {
            b'"' => Ok(Text::Within(range)),
            b'\\' => self.escaped(plain.to_owned()),
            _ => Err(Failure::Malformed),
        }
    }

    /// Reads the rest of a string after its first backslash.
    fn escaped(&mut self, mut text: String) -> Result<Text, Failure> {
        loop {
            text.push(self.escape()?);
            text.push_str(self.plain());
            match self.next()? {
                b'"' => return Ok(Text::Owned(text.into())),
                b'\\' => {}
                _ => return Err(Failure::Malformed),
            }
        }
    }

    /// Reads the part of a string before the next byte that has to be escaped.
    fn plain(&mut self) -> &'j str {
        let (start, rest) = (self.at, self.rest());
        let length = rest.iter().position(|byte| matches!(byte, ..0x20 | b'"' | b'\\')).unwrap_or(rest.len());
        self.at += length;
        self.json.get(start..self.at).unwrap_or_default()
    }

    /// Reads an escaped character after its backslash.
    fn escape(&mut self) -> Result<char, Failure> {
        Ok(match self.next()? {
            byte @ (b'"' | b'\\' | b'/') => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.unit()?;
                let mut units = vec![first];
                if (0xd800..0xdc00).contains(&first) && self.rest().starts_with(b"\\u") {
                    self.at += 2;
                    units.push(self.unit()?);
                }
                match char::decode_utf16(units).collect::<Result<Vec<_>, _>>().as_deref() {
                    Ok([character]) => *character,
                    _ => return Err(Failure::Malformed),
                }
            }
            _ => return Err(Failure::Malformed),
        })
    }

    /// Reads the four digits of a UTF-16 code unit.
    fn unit(&mut self) -> Result<u16, Failure> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = char::from(self.next()?).to_digit(16).ok_or(Failure::Malformed)?;
            unit = unit * 16 + digit;
        }
        u16::try_from(unit).map_err(|_| Failure::Malformed)
    }

    fn number(&mut self) -> Result<f64, Failure> {
        let start = self.at;
        self.skip_if(|byte| byte == b'-');
        if !self.skip_if(|byte| byte == b'0') {
            self.digits()?;
        }
        if self.skip_if(|byte| byte == b'.') {
            self.digits()?;
        }
        if self.skip_if(|byte| matches!(byte, b'e' | b'E')) {
            self.skip_if(|byte| matches!(byte, b'+' | b'-'));
            self.digits()?;
        }
        let number = self.json.get(start..self.at).and_then(|number| number.parse().ok());
        number.filter(|number: &f64| number.is_finite()).ok_or(Failure::Malformed)
    }

    /// Passes over one or more digits.
    fn digits(&mut self) -> Result<(), Failure> {
        let start = self.at;
        while self.skip_if(|byte| byte.is_ascii_digit()) {}
        if self.at > start { Ok(()) } else { Err(Failure::Malformed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Vec<(String, Value)>, Failure> {
        let mut found = Vec::new();
        read_object(json, |key| (key != "ignored").then(|| key.to_owned()), |key, value| found.push((key, value)))?;
        Ok(found)
    }

    #[test]
    fn values_keep_their_type_and_position() {
        let json = r#" {"a":"text","b":1.5,"c":["x","\u0079"],"d":{"e":[null]},"f":"a\nb","ignored":{"g":1},"h":[1]} "#;
        let found = read(json).expect("an object");
        let text = |value: &Value| match value {
            Value::Text(text) => text.of(json).to_owned(),
            Value::Texts(texts) => texts.iter().map(|text| text.of(json)).collect::<Vec<_>>().join("+"),
            Value::Number(number) => number.to_string(),
            Value::Other => "other".to_owned(),
        };
        let found: Vec<_> = found.iter().map(|(key, value)| format!("{key}={}", text(value))).collect();
        assert_eq!(found, ["a=text", "b=1.5", "c=x+y", "d=other", "f=a\nb", "h=other"]);
    }

    #[test]
    fn duplicates_are_found_at_any_depth() {
        for json in [
            r#"{"a":1,"b":2,"a":1}"#,
            r#"{"a":1,"\u0061":2}"#,
            r#"{"a":{"b":1,"b":2}}"#,
            r#"{"a":[{"b":1,"b":2}]}"#,
            r#"{"ignored":[[{"b":1,"c":2,"b":2}]]}"#,
        ] {
            assert_eq!(read(json), Err(Failure::Duplicate), "{json}");
        }
        assert!(read(r#"{"a":{"a":1},"b":[{"a":1},{"a":1}]}"#).is_ok());
    }

    #[test]
    fn other_texts_are_malformed() {
        for json in ["", "[]", "null", "{", "{}x", "{}{}", r#"{"a":1,}"#, r#"{"a"}"#, "\u{feff}{}", r#"{"a":01}"#] {
            assert_eq!(read(json), Err(Failure::Malformed), "{json}");
        }
        let deep = format!(r#"{{"a":{}{}}}"#, "[".repeat(5000), "]".repeat(5000));
        assert_eq!(read(&deep), Err(Failure::Malformed));
        assert_eq!(read(" {} "), Ok(vec![]));
    }

    /// Every text is accepted exactly if `serde_json` accepts it, and the strings and numbers are the same.
    #[test]
    fn values_are_those_of_serde_json() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let objects = |depth: usize| format!("{}1{}", r#"{"x":"#.repeat(depth), "}".repeat(depth));
        let words = r#"0 -0 - 1. .5 1.5e3 1E+2 1e 1e- +1 00 1e-400 18446744073709551616 9007199254740993 0.1 01 1_0 NaN
            tru true truex null nul "\u00e9" "\ud83d\ude00" "\ud83d" "\ude00" "\ud83d\u0041" "\ud83dx" "\u00e" "\u00eg"
            "\u+123" "\x" "\" "a\"b\\c\/\b\f\n\r\t" "é😀" "open [1,] [,1] {"b":} {"b":1,} {b:1}"#
            .split_whitespace();
        let others =
            ["[1 2]", "[ ]", "[\n]", "{ }", r#"{"b" : [ {} , "c" ] }"#, "\u{a0}1", "\u{c}1", "\"a\nb\"", "\"\u{1f}\""];
        let deep = [nested(126), nested(127), objects(126), objects(127)];
        for value in words.chain(others).map(str::to_owned).chain(deep) {
            for json in [format!(r#"{{"a":{value}}}"#), format!(r#"{{"ignored":{value},"b":1}}"#)] {
                let theirs = serde_json::from_str::<serde_json::Value>(&json);
                let ours = read(&json);
                assert_eq!(ours.is_ok(), theirs.is_ok(), "{json}");
                let (Ok(ours), Ok(theirs)) = (ours, theirs) else { continue };
                match (ours.first(), &theirs["a"]) {
                    (Some((_, Value::Text(text))), theirs) => {
                        assert_eq!(Some(text.of(&json)), theirs.as_str(), "{json}");
                    }
                    (Some((name, Value::Number(number))), theirs) if name == "a" => {
                        assert_eq!(Some(*number), theirs.as_f64(), "{json}");
                    }
                    (_, theirs) => assert!(!theirs.is_string() && !theirs.is_number(), "{json}"),
                }
            }
        }
    }
}

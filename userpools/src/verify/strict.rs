//! Strict JSON: an object with the same key twice is an error, at any depth.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// The message of serde's error for a key that occurs twice.
const DUPLICATE: &str = "duplicate key";

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
}

/// The value of a claim or header.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Text(Text),
    Number(f64),
    Texts(Vec<Text>),
    Null,
    Other,
}

/// Reads a JSON object, and returns the values of its top-level members with these names.
pub(crate) fn read_object<const N: usize>(json: &str, names: [&str; N]) -> Result<[Option<Value>; N], Failure> {
    let mut values = [const { None }; N];
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let object = Object { source: Source::new(json), names: &names, values: &mut values };
    let outcome = deserializer.deserialize_map(object).and_then(|()| deserializer.end());
    match outcome {
        Ok(()) => Ok(values),
        // The only message of this file.
        Err(error) if error.is_data() && error.to_string().starts_with(DUPLICATE) => Err(Failure::Duplicate),
        Err(_) => Err(Failure::Malformed),
    }
}

/// The keys of an object whose values are not returned.
struct Keys<'de>(Vec<Cow<'de, str>>);

impl Keys<'_> {
    fn check<E: Error>(self) -> Result<(), E> {
        if have_duplicates(self.0) { Err(E::custom(DUPLICATE)) } else { Ok(()) }
    }
}

/// Returns whether a text occurs twice.
pub(super) fn have_duplicates(mut texts: Vec<Cow<'_, str>>) -> bool {
    // Any total order finds duplicates; most texts differ in length.
    texts.sort_unstable_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    texts.windows(2).any(|pair| matches!(pair, [a, b] if a == b))
}

/// The addresses of the JSON text, from which the positions of strings are computed.
#[derive(Clone, Copy)]
struct Source {
    start: usize,
    end: usize,
}

impl Source {
    fn new(json: &str) -> Self {
        let start = json.as_ptr() as usize;
        Self { start, end: start + json.len() }
    }

    /// Returns the position of a string that is part of the text.
    fn position(self, text: &str) -> Option<Range<usize>> {
        let start = text.as_ptr() as usize;
        let end = start.checked_add(text.len())?;
        (self.start <= start && end <= self.end).then(|| start - self.start..end - self.start)
    }
}

struct Object<'o> {
    source: Source,
    names: &'o [&'o str],
    values: &'o mut [Option<Value>],
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut others = Keys(Vec::new());
        let mut next = 0;
        while let Some(key) = map.next_key_seed(Key)? {
            // Most members come in the order of the names.
            let (before, after) = self.names.split_at(next);
            let in_order = after.iter().position(|name| *name == key).map(|position| next + position);
            let position = in_order.or_else(|| before.iter().position(|name| *name == key));
            if let Some((position, value)) = position.and_then(|at| Some((at, self.values.get_mut(at)?))) {
                next = position + 1;
                let new = map.next_value_seed(Any { source: self.source })?;
                match value {
                    None => *value = Some(new),
                    Some(_) => return Err(A::Error::custom(DUPLICATE)),
                }
            } else {
                map.next_value_seed(Ignored)?;
                others.0.push(key);
            }
        }
        others.check()
    }
}

/// A key, borrowed from the text where it has no escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

/// Any value, of which texts, numbers and lists of texts are kept.
#[derive(Clone, Copy)]
struct Any {
    source: Source,
}

impl<'de> DeserializeSeed<'de> for Any {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Any {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Value, E> {
        Ok(Value::Text(match self.source.position(text) {
            Some(position) => Text::Within(position),
            None => Text::Owned(text.into()),
        }))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(Text::Owned(text.into())))
    }

    #[expect(clippy::cast_precision_loss, reason = "times are far below 2^53")]
    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "times are far below 2^53")]
    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Other)
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let (mut texts, mut others) = (Vec::new(), false);
        while let Some(value) = list.next_element_seed(self)? {
            match value {
                Value::Text(text) => texts.push(text),
                _ => others = true,
            }
        }
        Ok(if others { Value::Other } else { Value::Texts(texts) })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let Some(key) = map.next_key_seed(Key)? else { return Ok(Value::Other) };
        // With its feature `arbitrary_precision`, serde_json passes a number as a map from a key that is not part of the
        // text to the digits.
        if matches!(key, Cow::Borrowed(key) if self.source.position(key).is_none()) {
            let number = map.next_value_seed(Key)?.parse().ok().filter(|number: &f64| number.is_finite());
            return Ok(number.map_or(Value::Other, Value::Number));
        }
        map.next_value_seed(Ignored)?;
        Ignored.members(map, vec![key]).map(|()| Value::Other)
    }
}

/// Any value, which is only checked.
#[derive(Clone, Copy)]
struct Ignored;

impl<'de> DeserializeSeed<'de> for Ignored {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Ignored {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(self)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        self.members(map, Vec::new())
    }
}

impl Ignored {
    /// Reads the members that follow those with some keys.
    fn members<'de, A: MapAccess<'de>>(self, mut map: A, keys: Vec<Cow<'de, str>>) -> Result<(), A::Error> {
        let mut keys = Keys(keys);
        while let Some(key) = map.next_key_seed(Key)? {
            map.next_value_seed(self)?;
            keys.0.push(key);
        }
        keys.check()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<[Option<Value>; 8], Failure> {
        read_object(json, ["a", "b", "c", "d", "e", "f", "g", "h"])
    }

    #[test]
    fn values_keep_their_type_and_position() {
        let json = r#" {"a":"text","b":1.5,"c":["x","\u0079"],"d":{"e":[null]},"f":"a\nb","g":null,"ignored":{"g":1},"h":[1]} "#;
        let found = read(json).expect("an object");
        let found = found.map(|value| match value {
            Some(Value::Text(text)) => text.of(json).to_owned(),
            Some(Value::Texts(texts)) => texts.iter().map(|text| text.of(json)).collect::<Vec<_>>().join("+"),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Null) => "null".to_owned(),
            Some(Value::Other) => "other".to_owned(),
            None => "absent".to_owned(),
        });
        assert_eq!(found, ["text", "1.5", "x+y", "other", "absent", "a\nb", "null", "other"]);
    }

    #[test]
    fn positions_are_those_of_parts_of_the_text() {
        let text = "xabcx";
        let source = Source::new(&text[1..4]);
        assert_eq!(source.position(&text[1..4]), Some(0..3));
        assert_eq!(source.position(&text[2..3]), Some(1..2));
        for outside in [&text[..1], &text[..2], &text[3..], &text[4..]] {
            assert_eq!(source.position(outside), None, "{outside}");
        }
    }

    #[test]
    fn duplicates_are_found_at_any_depth() {
        for json in [
            r#"{"a":1,"b":2,"a":1}"#,
            r#"{"a":1,"\u0061":2}"#,
            r#"{"a":{"b":1,"b":2}}"#,
            r#"{"a":[{"b":1,"b":2}]}"#,
            r#"{"ignored":1,"b":2,"ignored":1}"#,
            r#"{"ignored":1,"b":2,"i\u0067nored":1}"#,
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
        assert_eq!(read(" {} "), Ok([const { None }; 8]));
    }
}

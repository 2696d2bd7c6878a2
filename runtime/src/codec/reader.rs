//! The JSON reader: a deserializer for the body of a response.
//!
//! Its errors contain no values, unlike those of `serde_json`, and it limits the memory of what it reads: an entry of a
//! list can take three bytes of JSON, `{},`, and several hundred bytes of memory, if it is a structure with many optional
//! members. Without a limit, a body of 1 MiB can take 100 MiB.
//!
//! The reader handles the common parts of JSON. `serde_json` reads the rare ones: numbers, strings with escapes, and
//! values that are skipped.

use super::scan::unescaped;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Number;
use std::borrow::Cow;
use std::fmt;
use std::mem::{needs_drop, take};

/// The size of entries that every response can have.
const ALWAYS: usize = 1 << 20;

/// The maximum number of lists and objects within each other.
const DEPTH: u8 = 127;

pub(super) struct Reader<'de> {
    text: &'de str,
    at: usize,
    depth: u8,
    /// The memory that the entries of lists and maps may take.
    ///
    /// A growing vector takes up to three times the size of its entries, while they move to a larger allocation. The
    /// limit of three times the body's length thus keeps the total below twelve times its length, including the body and
    /// the strings.
    memory: usize,
}

impl<'de> Reader<'de> {
    pub(super) fn new(text: &'de str) -> Self {
        Self { text, at: 0, depth: DEPTH, memory: text.len().saturating_mul(3).max(ALWAYS) }
    }

    /// Returns an error if anything but white space follows.
    pub(super) fn end(&mut self) -> Result<(), Failure> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.unexpected()),
        }
    }

    /// Returns the next byte after white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b' ' | b'\n' | b'\t' | b'\r' => self.at += 1,
                byte => return Some(*byte),
            }
        }
        None
    }

    /// Takes the next byte after white space if it is `byte`.
    #[inline]
    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn rest(&self) -> &'de str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Returns the error for a byte that cannot come next, or for the end of the text.
    #[cold]
    fn unexpected(&self) -> Failure {
        match self.text.len() {
            length if self.at >= length => Failure::at(Reason::Truncated, length),
            _ => Failure::at(Reason::Syntax, self.at + 1),
        }
    }

    /// Returns the error of `serde_json` for the rest of the text as one of this reader.
    #[cold]
    fn within(&self, error: &serde_json::Error) -> Failure {
        let reason = if error.is_eof() { Reason::Truncated } else { Reason::Syntax };
        let lines = self.rest().split_inclusive('\n').take(error.line().saturating_sub(1));
        Failure::at(reason, self.at + lines.map(str::len).sum::<usize>() + error.column())
    }

    /// Returns the error for a value of another type. A value without entries is read first.
    #[cold]
    fn wrong_type(&mut self) -> Failure {
        let has_entries = matches!(self.peek(), Some(b'[' | b'{'));
        match if has_entries { Ok(()) } else { self.skip() } {
            Ok(()) => self.located(Failure::new(Reason::Type)),
            Err(failure) => failure,
        }
    }

    /// Adds the current position to an error that has none.
    #[cold]
    fn located(&self, mut failure: Failure) -> Failure {
        failure.0.at.get_or_insert(self.at);
        failure
    }

    /// Reads `null`, `true` or `false`.
    fn word(&mut self, word: &'static str) -> Result<(), Failure> {
        let rest = self.rest();
        if rest.starts_with(word) {
            self.at += word.len();
            return Ok(());
        }
        let same = rest.bytes().zip(word.bytes()).take_while(|(found, expected)| found == expected).count();
        self.at += same;
        Err(self.unexpected())
    }

    /// Reads a string, after the quotation mark at its beginning was found.
    #[inline]
    fn string(&mut self) -> Result<Cow<'de, str>, Failure> {
        let begin = self.at + 1;
        let end = begin + unescaped(self.text.as_bytes().get(begin..).unwrap_or_default());
        if self.text.as_bytes().get(end) != Some(&b'"') {
            return self.escaped().map(Cow::Owned);
        }
        self.at = end + 1;
        Ok(Cow::Borrowed(&self.text[begin..end]))
    }

    /// Reads a string with an escape, or returns the error for a character that is not allowed.
    #[cold]
    fn escaped(&mut self) -> Result<String, Failure> {
        let mut strings = serde_json::Deserializer::from_str(self.rest()).into_iter();
        match strings.next() {
            Some(Ok(text)) => {
                self.at += strings.byte_offset();
                Ok(text)
            }
            Some(Err(error)) => Err(self.within(&error)),
            None => Err(self.unexpected()),
        }
    }

    fn number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Failure> {
        let number = self.any_number()?;
        let value = match (number.as_u64(), number.as_i64(), number.as_f64()) {
            (Some(number), ..) => visitor.visit_u64(number),
            (_, Some(number), _) => visitor.visit_i64(number),
            (.., Some(number)) => visitor.visit_f64(number),
            _ => Err(Failure::new(Reason::Type)),
        };
        value.map_err(|failure: Failure| self.located(failure))
    }

    fn any_number(&mut self) -> Result<Number, Failure> {
        let rest = self.rest();
        let is_part = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E');
        let length = rest.bytes().take_while(is_part).count();
        match serde_json::from_str(&rest[..length]) {
            Ok(number) => {
                self.at += length;
                Ok(number)
            }
            Err(error) if error.is_eof() && length < rest.len() => {
                self.at += length;
                Err(self.unexpected())
            }
            Err(error) => Err(self.within(&error)),
        }
    }

    /// Skips a value.
    fn skip(&mut self) -> Result<(), Failure> {
        let mut values = serde_json::Deserializer::from_str(self.rest()).into_iter::<IgnoredAny>();
        match values.next() {
            Some(Ok(_)) => {
                self.at += values.byte_offset();
                Ok(())
            }
            Some(Err(error)) => Err(self.within(&error)),
            None => Err(self.unexpected()),
        }
    }

    /// Reads the entries of a list or an object, whose beginning is next, with `read`.
    fn nested<T>(&mut self, end: u8, read: impl FnOnce(Entries<'_, 'de>) -> Result<T, Failure>) -> Result<T, Failure> {
        let Some(depth) = self.depth.checked_sub(1) else { return Err(Failure::at(Reason::Syntax, self.at + 1)) };
        self.depth = depth;
        self.at += 1;
        let outcome = read(Entries { reader: self, first: true, place: 0, stored: false });
        self.depth += 1;
        match outcome {
            Ok(value) if self.take(end) => Ok(value),
            Ok(_) => Err(self.unexpected()),
            Err(failure) => Err(self.after_entries(end, failure)),
        }
    }

    /// Adds the position after the entries to an error that their visitor returned.
    #[cold]
    fn after_entries(&mut self, end: u8, failure: Failure) -> Failure {
        if failure.0.at.is_none() {
            self.take(end);
        }
        self.located(failure)
    }

    /// Counts the memory of an entry.
    fn count(&mut self, size: usize) -> Result<(), Failure> {
        match self.memory.checked_sub(size) {
            Some(memory) => {
                self.memory = memory;
                Ok(())
            }
            None => Err(Failure::at(Reason::Entries, self.at)),
        }
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.peek() {
            Some(b'"') => self.deserialize_str(visitor),
            Some(b'{') => self.deserialize_map(visitor),
            Some(b'[') => self.deserialize_seq(visitor),
            Some(b't' | b'f') => self.deserialize_bool(visitor),
            Some(b'n') => self.deserialize_unit(visitor),
            Some(b'-' | b'0'..=b'9') => self.number(visitor),
            _ => Err(self.unexpected()),
        }
    }

    #[inline]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        if self.peek() != Some(b'"') {
            return Err(self.wrong_type());
        }
        let value = match self.string()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        };
        value.map_err(|failure: Failure| self.located(failure))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }

    #[inline]
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let value = match self.peek() {
            Some(b't') => self.word("true").and_then(|()| visitor.visit_bool(true)),
            Some(b'f') => self.word("false").and_then(|()| visitor.visit_bool(false)),
            _ => Err(self.wrong_type()),
        };
        value.map_err(|failure: Failure| self.located(failure))
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.peek() {
            Some(b'-' | b'0'..=b'9') => self.number(visitor),
            _ => Err(self.wrong_type()),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        if self.peek() != Some(b'n') {
            return Err(self.wrong_type());
        }
        self.word("null")?;
        visitor.visit_unit().map_err(|failure: Failure| self.located(failure))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        if self.peek() != Some(b'n') {
            return visitor.visit_some(self);
        }
        self.word("null")?;
        visitor.visit_none().map_err(|failure: Failure| self.located(failure))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        if self.peek() != Some(b'[') {
            return Err(self.wrong_type());
        }
        self.nested(b']', |entries| visitor.visit_seq(entries))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        if self.peek() != Some(b'{') {
            return Err(self.wrong_type());
        }
        self.nested(b'}', |entries| visitor.visit_map(entries))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        if self.peek() == Some(b'{') {
            return self.nested(b'}', |entries| visitor.visit_enum(MapAccessDeserializer::new(entries)));
        }
        if self.peek() != Some(b'"') {
            return Err(self.wrong_type());
        }
        let variant = self.string()?;
        visitor.visit_enum(variant.into_deserializer()).map_err(|failure: Failure| self.located(failure))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.skip()?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u32 u64 u128 f32 char bytes byte_buf tuple tuple_struct struct
    }
}

/// The entries of a list or an object.
struct Entries<'r, 'de> {
    reader: &'r mut Reader<'de>,
    first: bool,
    /// The number of entries of a list before the next one, or the position of the last key.
    place: usize,
    /// Whether the entries of the map are stored. Those of a structure are not: their keys are indexes.
    stored: bool,
}

impl Entries<'_, '_> {
    /// Returns the first byte of the next entry, or `None` before `end`.
    #[inline]
    fn next(&mut self, end: u8) -> Result<Option<u8>, Failure> {
        let mut next = self.reader.peek();
        if next == Some(end) {
            return Ok(None);
        }
        if !take(&mut self.first) {
            let is_comma = next == Some(b',');
            self.reader.at += usize::from(is_comma);
            next = self.reader.peek().filter(|byte| is_comma && *byte != end);
        }
        if next.is_some() { Ok(next) } else { Err(self.reader.unexpected()) }
    }

    /// Returns the last key.
    #[cold]
    fn key(&self) -> String {
        let mut reader = Reader { at: self.place, ..Reader::new(self.reader.text) };
        reader.string().map(Cow::into_owned).unwrap_or_default()
    }
}

impl<'de> SeqAccess<'de> for Entries<'_, 'de> {
    type Error = Failure;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Failure> {
        if self.next(b']')?.is_none() {
            return Ok(None);
        }
        let entry =
            seed.deserialize(&mut *self.reader).map_err(|failure| failure.within(Segment::Index(self.place)))?;
        self.place += 1;
        self.reader.count(size_of::<S::Value>())?;
        Ok(Some(entry))
    }
}

/// Entries of a map are counted twice: its nodes are rarely full, and it can move while it grows.
impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = Failure;

    #[inline]
    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Failure> {
        match self.next(b'}')? {
            Some(b'"') => {}
            Some(_) => return Err(self.reader.unexpected()),
            None => return Ok(None),
        }
        self.place = self.reader.at;
        let key = seed.deserialize(&mut *self.reader)?;
        self.stored = needs_drop::<S::Value>();
        if self.stored {
            self.reader.count(2 * size_of::<S::Value>())?;
        }
        Ok(Some(key))
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Failure> {
        if !self.reader.take(b':') {
            return Err(self.reader.unexpected());
        }
        if self.stored {
            self.reader.count(2 * size_of::<S::Value>())?;
        }
        seed.deserialize(&mut *self.reader).map_err(|failure| failure.within(Segment::Key(self.key())))
    }
}

/// The reason why a value cannot be read. It contains no values, except for the keys of maps.
pub(super) struct Failure(Box<Details>);

pub(super) struct Details {
    pub(super) reason: Reason,
    /// The position in the text. `None` if a visitor returned the error, and its value is not complete.
    pub(super) at: Option<usize>,
    /// The path, from its end.
    pub(super) path: Vec<Segment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    Truncated,
    Syntax,
    /// The value has another type.
    Type,
    /// A structure lacks a member.
    Missing(&'static str),
    /// The entries would take too much memory.
    Entries,
}

pub(super) enum Segment {
    Key(String),
    Index(usize),
}

impl Failure {
    #[cold]
    fn new(reason: Reason) -> Self {
        Self(Box::new(Details { reason, at: None, path: Vec::new() }))
    }

    #[cold]
    fn at(reason: Reason, at: usize) -> Self {
        Self(Box::new(Details { reason, at: Some(at), path: Vec::new() }))
    }

    #[cold]
    fn within(mut self, segment: Segment) -> Self {
        self.0.path.push(segment);
        self
    }

    pub(super) fn into_details(self) -> Details {
        *self.0
    }
}

impl Error for Failure {
    /// Drops the text, which can contain a value.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::new(Reason::Type)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(Reason::Missing(field))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value cannot be read")
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Failure").field(&self.0.reason).finish()
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests;

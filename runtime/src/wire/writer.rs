//! Writing: straight into one buffer, and never a failure.

use crate::operation::{InputStructure, Member, Visitor};
use crate::value::InputValue;

/// Writes one JSON value.
pub struct Writer<'b> {
    buffer: &'b mut String,
    /// What stands in for a secret hash that the request leaves to the client.
    secret_hash: Option<&'b str>,
}

impl<'b> Writer<'b> {
    fn new(buffer: &'b mut String, secret_hash: Option<&'b str>) -> Self {
        Self { buffer, secret_hash }
    }

    /// A string, escaped as JSON wants it and no further.
    pub fn string(&mut self, value: &str) {
        self.buffer.push('"');
        let mut rest = value;
        while let Some(at) = rest.bytes().position(|byte| byte < 0x20 || byte == b'"' || byte == b'\\') {
            // The byte is ASCII, so it is a character of its own.
            let (plain, special) = rest.split_at(at);
            self.buffer.push_str(plain);
            self.escape(special.as_bytes()[0]);
            rest = &special[1..];
        }
        self.buffer.push_str(rest);
        self.buffer.push('"');
    }

    fn escape(&mut self, byte: u8) {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let short = match byte {
            b'"' => '"',
            b'\\' => '\\',
            b'\n' => 'n',
            b'\r' => 'r',
            b'\t' => 't',
            0x08 => 'b',
            0x0c => 'f',
            _ => {
                self.buffer.push_str("\\u00");
                self.buffer.push(char::from(HEX[usize::from(byte >> 4)]));
                self.buffer.push(char::from(HEX[usize::from(byte & 15)]));
                return;
            }
        };
        self.buffer.push('\\');
        self.buffer.push(short);
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, value: bool) {
        self.buffer.push_str(if value { "true" } else { "false" });
    }

    /// A whole number.
    pub fn integer(&mut self, value: i64) {
        self.buffer.push_str(&value.to_string());
    }

    /// `[…]`, its entries written by `entries`.
    pub fn list(&mut self, entries: impl FnOnce(&mut List<'_>)) {
        self.buffer.push('[');
        entries(&mut List { writer: Writer::new(self.buffer, None), first: true });
        self.buffer.push(']');
    }

    /// `{…}`, its members written by `members`.
    pub fn object(&mut self, members: impl FnOnce(&mut Object<'_>)) {
        self.buffer.push('{');
        members(&mut Object { writer: Writer::new(self.buffer, self.secret_hash), first: true });
        self.buffer.push('}');
    }
}

/// The entries of a list.
pub struct List<'b> {
    writer: Writer<'b>,
    first: bool,
}

impl List<'_> {
    /// Writes the next entry.
    pub fn entry(&mut self, value: &(impl InputValue + ?Sized)) {
        if !std::mem::take(&mut self.first) {
            self.writer.buffer.push(',');
        }
        value.write(&mut self.writer);
    }
}

/// The members of an object.
pub struct Object<'b> {
    writer: Writer<'b>,
    first: bool,
}

impl Object<'_> {
    /// Writes the next member.
    pub fn member(&mut self, name: &str, value: &(impl InputValue + ?Sized)) {
        if !std::mem::take(&mut self.first) {
            self.writer.buffer.push(',');
        }
        self.writer.string(name);
        self.writer.buffer.push(':');
        value.write(&mut Writer::new(self.writer.buffer, None));
    }
}

impl Visitor for Object<'_> {
    fn member<T: InputValue + ?Sized>(&mut self, member: &'static Member, value: &T) {
        self.member(member.name, value);
    }

    fn absent(&mut self, member: &'static Member) {
        if member.secret_hash
            && let Some(hash) = self.writer.secret_hash
        {
            self.member(member.name, hash);
        }
    }
}

/// Writes a structure as an object.
#[doc(hidden)]
pub fn write_structure<T: InputStructure + ?Sized>(structure: &T, writer: &mut Writer<'_>) {
    writer.object(|object| structure.visit(object));
}

/// The body of a request. The secret hash goes where the request leaves room for it.
pub(crate) fn write_operation<T: InputStructure + ?Sized>(operation: &T, secret_hash: Option<&str>) -> String {
    // A request with a user name, a client id and a hash fits; longer ones grow.
    let mut buffer = String::with_capacity(256);
    write_structure(operation, &mut Writer::new(&mut buffer, secret_hash));
    buffer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: &impl InputValue) -> String {
        let mut buffer = String::new();
        value.write(&mut Writer::new(&mut buffer, None));
        buffer
    }

    #[test]
    fn strings_are_what_serde_json_reads_back() {
        let every: String = (0..0x300).filter_map(char::from_u32).chain("\u{2028}😀\u{10ffff}".chars()).collect();
        for value in ["", "plain", "\"", "\\", "a\"b\\c\nd", &every] {
            let text = written(&value);
            assert_eq!(serde_json::from_str::<String>(&text).expect("valid JSON"), value);
            assert_eq!(text, serde_json::to_string(value).expect("a string"), "and as serde_json writes it");
        }
    }

    #[test]
    fn lists_maps_and_scalars() {
        let map = std::collections::BTreeMap::from([("a", vec![1_i32, -2]), ("b\"", vec![])]);
        assert_eq!(written(&map), r#"{"a":[1,-2],"b\"":[]}"#);
        assert_eq!(written(&vec![true, false]), "[true,false]");
        assert_eq!(written(&i64::MIN), i64::MIN.to_string());
        assert_eq!(written(&Vec::<String>::new()), "[]");
    }
}

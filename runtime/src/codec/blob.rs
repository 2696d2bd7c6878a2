//! Blobs, which are Base64 on the wire.

use super::input::{InputValue, Writer};
use super::output::OutputValue;
use crate::schema::Constraints;
use crate::schema::Shape;
use crate::validation::{Checker, Unit};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::{Deserializer, Error, Visitor};
use std::fmt;

#[diagnostic::do_not_recommend]
impl InputValue for Vec<u8> {
    const SHAPE: Shape = Shape::Blob;

    fn write(&self, writer: &mut Writer<'_>) {
        writer.string(&STANDARD.encode(self));
    }

    fn check(&self, constraints: &Constraints, checker: &mut Checker<'_>) {
        checker.count(self.len(), Unit::Byte, constraints);
    }
}

#[diagnostic::do_not_recommend]
impl OutputValue for Vec<u8> {
    const SHAPE: Shape = Shape::Blob;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Base64)
    }
}

struct Base64;

impl Visitor<'_> for Base64 {
    type Value = Vec<u8>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes in Base64")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Vec<u8>, E> {
        STANDARD.decode(text).map_err(|_| E::custom("not Base64"))
    }
}

#[cfg(test)]
mod tests {
    use crate::codec::{read_output, written};

    #[test]
    fn blobs_are_base64() {
        let bytes = vec![0_u8, 255, 62, 63];
        assert_eq!(written(&bytes), r#""AP8+Pw==""#);
        assert_eq!(read_output::<Vec<u8>>(br#""AP8+Pw==""#), Ok(bytes));
        assert_eq!(read_output::<Vec<u8>>(br#""""#), Ok(vec![]));
        for bad in ["\"A\"", "\"*\"", "[1,2]", "null"] {
            assert!(read_output::<Vec<u8>>(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}

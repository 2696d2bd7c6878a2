//! Documents, which can be any JSON value.

use super::input::{InputValue, Writer};
use super::output::OutputValue;
use crate::schema::Shape;
use serde::de::{Deserialize, Deserializer};
use serde_json::Value;

#[diagnostic::do_not_recommend]
impl InputValue for Value {
    const SHAPE: Shape = Shape::Document;

    fn write(&self, writer: &mut Writer<'_>) {
        writer.document(self);
    }
}

#[diagnostic::do_not_recommend]
impl OutputValue for Value {
    const SHAPE: Shape = Shape::Document;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{read_output, written};

    #[test]
    fn documents_are_unchanged() {
        let text = r#"{"a":[1,-2.5,"x\n",null,true],"b":{}}"#;
        let document: Value = read_output(text.as_bytes()).unwrap();
        assert_eq!(written(&document), text);
    }
}

//! The body of an answer that is not success: the few members that say what went wrong, whatever else it holds.

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// The members that an exception has, as far as they are text.
#[derive(Default)]
pub(super) struct Exception {
    pub(super) code: Option<String>,
    pub(super) r#type: Option<String>,
    pub(super) message: Option<String>,
    pub(super) reason_code: Option<String>,
}

impl Exception {
    /// Those of a body, if it is an object of JSON.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        // Text may have been cut within a character, which few would call text; but then the rest counts all the same.
        let as_text = serde_json::from_slice(body).map(|Object(exception, PhantomData::<Text>)| exception);
        let as_bytes = || serde_json::from_slice(body).map(|Object(exception, PhantomData::<Bytes>)| exception);
        as_text.or_else(|_| as_bytes()).ok()
    }
}

/// An object whose texts are read as `T` reads them.
struct Object<T>(Exception, PhantomData<T>);

impl<'de, T: Deserialize<'de> + Into<Option<String>>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de> + Into<Option<String>>> Visitor<'de> for Members<T> {
            type Value = Object<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
                let mut found = Exception::default();
                // AWS writes both; the lower case counts.
                let mut capital = None;
                while let Some(Bytes(name)) = access.next_key()? {
                    let member = match name.as_deref() {
                        Some("code") => &mut found.code,
                        Some("__type") => &mut found.r#type,
                        Some("message") => &mut found.message,
                        Some("Message") => &mut capital,
                        Some("reasonCode") => &mut found.reason_code,
                        _ => {
                            access.next_value::<IgnoredAny>()?;
                            continue;
                        }
                    };
                    *member = access.next_value::<T>()?.into();
                }
                found.message = found.message.or(capital);
                Ok(Object(found, PhantomData))
            }
        }

        deserializer.deserialize_map(Members(PhantomData))
    }
}

/// A text; `None` for what is none.
struct Text(Option<String>);

impl From<Text> for Option<String> {
    fn from(Text(text): Text) -> Self {
        text
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("anything")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text(Some(text.to_owned())))
            }

            fn visit_unit<E: Error>(self) -> Result<Text, E> {
                Ok(Text(None))
            }

            fn visit_bool<E: Error>(self, _: bool) -> Result<Text, E> {
                Ok(Text(None))
            }

            fn visit_i64<E: Error>(self, _: i64) -> Result<Text, E> {
                Ok(Text(None))
            }

            fn visit_u64<E: Error>(self, _: u64) -> Result<Text, E> {
                Ok(Text(None))
            }

            fn visit_f64<E: Error>(self, _: f64) -> Result<Text, E> {
                Ok(Text(None))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Text, A::Error> {
                while access.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Text(None))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Text, A::Error> {
                while access.next_entry::<Bytes, IgnoredAny>()?.is_some() {}
                Ok(Text(None))
            }
        }

        deserializer.deserialize_any(Any)
    }
}

/// A text with a mark in the place of each character that is none.
struct Bytes(Option<String>);

impl From<Bytes> for Option<String> {
    fn from(Bytes(text): Bytes) -> Self {
        text
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Lossy;

        impl Visitor<'_> for Lossy {
            type Value = Bytes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Bytes, E> {
                Ok(Bytes(Some(text.to_owned())))
            }

            fn visit_bytes<E: Error>(self, text: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(Some(String::from_utf8_lossy(text).into_owned())))
            }
        }

        deserializer.deserialize_bytes(Lossy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> [Option<String>; 4] {
        let Exception { code, r#type, message, reason_code } = Exception::read(body.as_bytes()).expect(body);
        [code, r#type, message, reason_code]
    }

    fn some(members: [Option<&str>; 4]) -> [Option<String>; 4] {
        members.map(|member| member.map(str::to_owned))
    }

    #[test]
    fn what_is_text() {
        let body = r#"{"code":"c","__type":"t","message":"m","reasonCode":"r","other":"o"}"#;
        assert_eq!(read(body), some([Some("c"), Some("t"), Some("m"), Some("r")]));
        for (body, message) in [
            (r#"{"Message":"M"}"#, Some("M")),
            (r#"{"Message":"M","message":"m"}"#, Some("m")),
            (r#"{"message":"m","Message":"M"}"#, Some("m")),
            (r#"{"message":null,"Message":"M"}"#, Some("M")),
            (r#"{"message":"m","message":"n"}"#, Some("n")),
        ] {
            assert_eq!(read(body)[2].as_deref(), message, "{body}");
        }
    }

    #[test]
    fn what_is_no_text_is_none_and_the_rest_counts() {
        for odd in ["7", "-7", "1.5", "true", "null", "[1,[2]]", r#"{"a":{"b":1}}"#] {
            let body = format!(r#"{{"code":{odd},"__type":"t"}}"#);
            assert_eq!(read(&body), some([None, Some("t"), None, None]), "{odd}");
        }
    }

    #[test]
    fn nothing_else_in_the_body_gets_in_its_way() {
        let nested = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        for odd in [r#""\ud800""#, "1e999", nested.as_str(), r#"{"\udfff":1}"#] {
            let body = format!(r#"{{"__type":"t","other":{odd},"message":"m"}}"#);
            assert_eq!(read(&body), some([None, Some("t"), Some("m"), None]), "{}", &odd[..odd.len().min(9)]);
        }
        assert_eq!(read(r#"{"__type":"t","\ud800":1}"#)[1].as_deref(), Some("t"));
        assert_eq!(
            read(r#"{"__type":"t","message":"cut \ud83d"}"#),
            some([None, Some("t"), Some("cut \u{fffd}\u{fffd}\u{fffd}"), None])
        );
    }

    #[test]
    fn what_is_no_object_says_nothing() {
        for body in ["", "null", "[]", "7", r#""t""#, r#"{"__type":"t""#, r#"{"__type":"t"} x"#, "<html>", "\u{feff}{}"]
        {
            assert!(Exception::read(body.as_bytes()).is_none(), "{body}");
        }
    }
}

//! Parses the body of an error response: the members that describe the error, ignoring all others.

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The members of an exception that are strings.
#[derive(Default)]
pub(super) struct Exception {
    pub(super) code: Option<String>,
    pub(super) r#type: Option<String>,
    pub(super) message: Option<String>,
    pub(super) reason_code: Option<String>,
}

impl Exception {
    /// Parses a body. Returns `None` if it is not a JSON object.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body).ok()
    }
}

impl<'de> Deserialize<'de> for Exception {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Exception;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Exception, A::Error> {
                let mut found = Exception::default();
                // AWS services use both spellings; the lower case takes precedence.
                let mut capital = None;
                while let Some(Text(name)) = access.next_key()? {
                    let member = match name.as_str() {
                        "code" => &mut found.code,
                        "__type" => &mut found.r#type,
                        "message" => &mut found.message,
                        "Message" => &mut capital,
                        "reasonCode" => &mut found.reason_code,
                        _ => {
                            access.next_value::<IgnoredAny>()?;
                            continue;
                        }
                    };
                    // A member of another type is ignored.
                    let value = access.next_value::<&RawValue>()?.get();
                    *member = serde_json::from_str(value).ok().map(|Text(text)| text);
                }
                found.message = found.message.or(capital);
                Ok(found)
            }
        }

        deserializer.deserialize_map(Members)
    }
}

/// A string. An unpaired surrogate, which truncation can leave behind, becomes replacement characters.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Lossy;

        impl Visitor<'_> for Lossy {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text(text.to_owned()))
            }

            fn visit_bytes<E: Error>(self, text: &[u8]) -> Result<Text, E> {
                Ok(Text(String::from_utf8_lossy(text).into_owned()))
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
    fn string_members() {
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
    fn members_of_other_types_are_ignored() {
        for odd in ["7", "-7", "1.5", "1e999", "true", "null", "[1,[2]]", r#"{"a":{"b":1}}"#] {
            let body = format!(r#"{{"code":{odd},"__type":"t"}}"#);
            assert_eq!(read(&body), some([None, Some("t"), None, None]), "{odd}");
        }
    }

    #[test]
    fn other_members_are_ignored() {
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
    fn members_are_independent() {
        for odd in ["null", "7", "1e999", r#""\ud83d""#] {
            let body = format!(r#"{{"__type":"t","message":"cut \ud83d","reasonCode":{odd}}}"#);
            let [_, r#type, message, _] = read(&body);
            assert_eq!((r#type.as_deref(), message.is_some()), (Some("t"), true), "{odd}");
        }
    }

    #[test]
    fn bodies_that_are_not_objects() {
        for body in ["", "null", "[]", "7", r#""t""#, r#"{"__type":"t""#, r#"{"__type":"t"} x"#, "<html>", "\u{feff}{}"]
        {
            assert!(Exception::read(body.as_bytes()).is_none(), "{body}");
        }
    }
}

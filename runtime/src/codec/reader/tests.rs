use super::*;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;

/// A value whose numbers do not depend on the features of `serde_json`, which other crates can enable.
#[derive(PartialEq, Debug)]
struct Plain(Value);

impl<'de> serde::Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        fn plain(value: Value) -> Option<Value> {
            Some(match value {
                Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                    (Some(number), _) => number.into(),
                    (_, Some(number)) => number.into(),
                    _ => Number::from_f64(number.as_f64()?)?.into(),
                },
                Value::Array(list) => list.into_iter().map(plain).collect::<Option<_>>()?,
                Value::Object(map) => {
                    map.into_iter().map(|(name, value)| Some((name, plain(value)?))).collect::<Option<_>>()?
                }
                value => value,
            })
        }
        plain(Value::deserialize(deserializer)?).map(Self).ok_or_else(|| D::Error::custom("a number is too large"))
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    let mut reader = Reader::new(text);
    let value = T::deserialize(&mut reader).ok()?;
    reader.end().ok().map(|()| value)
}

fn compare<T: DeserializeOwned + PartialEq + fmt::Debug>(text: &str) {
    assert_eq!(read::<T>(text), serde_json::from_str(text).ok(), "{text}");
}

/// Each text, its beginnings, and with other characters at each place.
#[test]
fn the_same_is_read_as_by_serde_json() {
    for text in [
        r#" {"a": [1, -2.5e+1, 0, "x\n\u00e9\ud83d\ude00", null, true, false], "b": {}, "c": [ ], "d": "é"} "#,
        r#"{"abcdefgh":"abcdefghijklmnopqrstuvwxyz","abcdefghijk":[[],[{}],{"a":{"b":"c"}}]}"#,
        r#"["a","b\"c","\\",12345678901234567890,123456789012345678901234567890,-0,1e400,0.1]"#,
    ] {
        for (place, c) in text.char_indices() {
            compare::<Plain>(&text[..place]);
            let after = &text[place + c.len_utf8()..];
            for other in
                ["", ",", ":", "\"", "\\", "[", "]", "{", "}", "0", "-", ".", "e", "n", "t", "\n", "\0", "\u{1f}"]
            {
                let changed = format!("{}{other}{after}", &text[..place]);
                compare::<Plain>(&changed);
                compare::<Vec<Plain>>(&changed);
                compare::<BTreeMap<String, Option<Vec<String>>>>(&changed);
                assert_eq!(
                    read::<IgnoredAny>(&changed).is_some(),
                    serde_json::from_str::<IgnoredAny>(&changed).is_ok()
                );
            }
        }
    }
}

#[test]
fn depths() {
    for depth in [1, 126, 127, 128, 1000] {
        compare::<Plain>(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
        compare::<Plain>(&format!("{}null{}", "{\"a\":".repeat(depth), "}".repeat(depth)));
    }
    let text = "[".repeat(1 << 16) + &"]".repeat(1 << 16);
    assert!(read::<IgnoredAny>(&text).is_some(), "skipped values have any depth");
}

#[test]
fn enums_and_newtypes() {
    #[derive(serde::Deserialize, PartialEq, Debug)]
    enum Kind {
        Unit,
        One(i32),
        Named { a: u8, b: Option<char> },
    }
    #[derive(serde::Deserialize, PartialEq, Debug)]
    struct Wrapped(f32);
    for text in [
        r#""Unit""#,
        r#""Other""#,
        r#"{"One":7}"#,
        r#"{"One":"7"}"#,
        r#"{"Named":{"a":1,"b":"c"}}"#,
        r#"{"Named":{"a":256}}"#,
        r#"{"One":7,"Unit":null}"#,
        "1",
        "[]",
    ] {
        compare::<Kind>(text);
        compare::<Wrapped>(text);
    }
}

//! Tokens with unusual base64url or JSON, and a valid signature.

use super::{Cases, Settings, claims, header};
use crate::forge::{ACCESS, encode, sign, token};
use serde_json::json;
use std::fmt::Write as _;

pub(super) fn encodings(cases: &mut Cases) {
    let settings = Settings::new(true);
    let (header, payload) = (header().to_string(), claims(true).to_string());
    // Non-canonical base64url. The signature is computed over this text.
    for (first, second) in
        [("=", ""), ("==", ""), ("", "="), ("", "=="), ("===", ""), ("A", ""), ("", "A"), ("\n", ""), (" ", "")]
    {
        let text = format!("{}{first}.{}{second}", encode(&header), encode(&payload));
        cases.add("base64url of the parts", &settings, sign(ACCESS, &text), None);
    }
    for spaces in 0..3 {
        // The number of unused bits depends on the length.
        let (header, payload) = (format!("{header}{}", " ".repeat(spaces)), format!("{payload}{}", " ".repeat(spaces)));
        cases.add("spaces at the end", &settings, token(ACCESS, &header, &payload), true);
        for (is_header, text) in [(true, encode(&header)), (false, encode(&payload))] {
            let last = text.as_bytes()[text.len() - 1];
            let next = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            let next =
                next.as_bytes()[(next.bytes().position(|byte| byte == last).expect("base64url") + 1) % 64] as char;
            let changed = format!("{}{next}", &text[..text.len() - 1]);
            let text = if is_header {
                format!("{changed}.{}", encode(&payload))
            } else {
                format!("{}.{changed}", encode(&header))
            };
            cases.add("unused bits", &settings, sign(ACCESS, &text), None);
        }
    }
    let standard = sign(
        ACCESS,
        &format!("{}.{}", encode(&header), encode(format!("{payload} ")).replace('-', "+").replace('_', "/")),
    );
    cases.add("the standard alphabet in the payload", &settings, standard, None);

    for (class, bytes) in objects(&header) {
        cases.add(&format!("header: {class}"), &settings, token(ACCESS, bytes, &payload), None);
    }
    for (class, bytes) in objects(&payload) {
        cases.add(&format!("payload: {class}"), &settings, token(ACCESS, &header, bytes), None);
    }
    // Duplicate claims. Some parsers use the first value, and others the last.
    for (name, value) in
        [("exp", json!(1)), ("client_id", json!("other")), ("token_use", json!("id")), ("iss", json!("x"))]
    {
        for twice in [
            payload.replacen('{', &format!(r#"{{"{name}":{value},"#), 1),
            payload.replacen('}', &format!(r#","{name}":{value}}}"#), 1),
        ] {
            cases.add("a claim twice", &settings, token(ACCESS, &header, twice), false);
        }
    }
    for twice in [
        header.replacen('{', r#"{"alg":"none","#, 1),
        header.replacen('}', r#","alg":"none"}"#, 1),
        header.replacen('{', r#"{"kid":"other","#, 1),
    ] {
        cases.add("a member of the header twice", &settings, token(ACCESS, twice, &payload), false);
    }
    let megabyte = format!(r#"{{"x":"{}",{}"#, "x".repeat(1_000_000), &header[1..]);
    cases.add("a header of 1 MB", &settings, token(ACCESS, &megabyte, &payload), false);
    cases.add("a header of 1 MB, not signed", &settings, format!("{}.e30.e30", encode(&megabyte)), false);
    cases.add("1 MB", &settings, "A".repeat(1_000_000), false);
    cases.add("1 MB", &settings, ".".repeat(1_000_000), false);
}

/// Returns variants of a JSON object, each with its class. The caller signs them.
fn objects(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let inner = &text[1..];
    let bytes = |text: String| text.into_bytes();
    vec![
        ("white space", bytes(format!(" \t\r\n{text} \n"))),
        ("white space", bytes(text.replace(',', " ,\n\t"))),
        ("other white space", bytes(format!("\u{a0}{text}"))),
        ("other white space", bytes(format!("\u{b}{text}"))),
        ("a byte order mark", bytes(format!("\u{feff}{text}"))),
        ("bytes after the JSON", bytes(format!("{text}x"))),
        ("bytes after the JSON", bytes(format!("{text}{text}"))),
        ("bytes after the JSON", bytes(format!("{text}\u{0}"))),
        ("bytes after the JSON", bytes(format!("{text}}}"))),
        ("bytes before the JSON", bytes(format!("x{text}"))),
        ("not an object", bytes(format!("[{text}]"))),
        ("not an object", bytes(json!(text).to_string())),
        ("not an object", bytes("null".to_owned())),
        ("not an object", bytes("5".to_owned())),
        ("not an object", Vec::new()),
        ("a comma too many", bytes(text.replace('}', ",}"))),
        ("comments", bytes(format!("/* */{text}"))),
        ("single quotes", bytes(text.replace('"', "'"))),
        ("other keys", bytes(format!(r#"{{"x":{{"y":[{{"z":1}},{{"z":1}}]}},{inner}"#))),
        ("a key twice", bytes(format!(r#"{{"x":1,"x":1,{inner}"#))),
        ("a key twice", bytes(format!(r#"{{"x":1,"\u0078":2,{inner}"#))),
        ("a key twice", bytes(format!(r#"{{"x":{{"y":1,"y":1}},{inner}"#))),
        ("a key twice", bytes(format!(r#"{{"x":[[{{"y":1,"a":2,"\u0079":1}}]],{inner}"#))),
        ("a key twice", bytes(format!(r#"{{"":1,"":1,{inner}"#))),
        ("a key twice", bytes(format!(r#"{{"é":1,"\u00e9":1,{inner}"#))),
        ("keys that differ", bytes(format!(r#"{{"é":1,"e\u0301":1,"E":1,"e":1,{inner}"#))),
        ("an escaped value", bytes(text.replace("RS256", "RS\\u00325\\u0036").replace("access", "acc\\u0065ss"))),
        ("an escaped key", bytes(text.replace("\"alg\"", "\"\\u0061lg\"").replace("\"iss\"", "\"\\u0069ss\""))),
        ("a special key", bytes(format!(r#"{{"__proto__":{{"exp":1}},"constructor":{{"a":1}},{inner}"#))),
        ("a special key", bytes(format!(r#"{{"$serde_json::private::Number":"5",{inner}"#))),
        ("a special key", bytes(format!(r#"{{"x":{{"$serde_json::private::Number":"5"}},{inner}"#))),
        ("a lone surrogate", bytes(format!(r#"{{"x":"\ud800",{inner}"#))),
        ("a lone surrogate", bytes(format!(r#"{{"\udc00":1,{inner}"#))),
        ("a pair of surrogates", bytes(format!(r#"{{"x":"\ud83d\ude00",{inner}"#))),
        ("a control character", bytes(format!("{{\"x\":\"\u{1}\",{inner}"))),
        ("a control character", bytes(format!("{{\"x\":\"\n\",{inner}"))),
        ("an unknown escape", bytes(format!(r#"{{"x":"\x41",{inner}"#))),
        ("a number", bytes(format!(r#"{{"x":1e400,{inner}"#))),
        ("a number", bytes(format!(r#"{{"x":{},{inner}"#, "9".repeat(400)))),
        ("a number", bytes(format!(r#"{{"x":0.{},{inner}"#, "1".repeat(5000)))),
        ("a number", bytes(format!(r#"{{"x":-0.0e-5,{inner}"#))),
        ("a number", bytes(format!(r#"{{"x":01,{inner}"#))),
        ("a number", bytes(format!(r#"{{"x":1.,{inner}"#))),
        ("a number", bytes(format!(r#"{{"x":NaN,{inner}"#))),
        ("deep", bytes(format!(r#"{{"x":{}{},{inner}"#, "[".repeat(100), "]".repeat(100)))),
        ("deeper", bytes(format!(r#"{{"x":{}{},{inner}"#, "[".repeat(200), "]".repeat(200)))),
        ("deeper", bytes(format!(r#"{{"x":{}1{},{inner}"#, r#"{"a":"#.repeat(200), "}".repeat(200)))),
        ("too deep", bytes(format!(r#"{{"x":{}{},{inner}"#, "[".repeat(5000), "]".repeat(5000)))),
        (
            "many keys",
            bytes({
                let mut many = String::from("{");
                for key in 0..400 {
                    write!(many, r#""k{key}":{key},"#).expect("a string");
                }
                many + inner
            }),
        ),
        ("not UTF-8", [&br#"{"x":""#[..], &[0xff], br#"","#, inner.as_bytes()].concat()),
        ("not UTF-8", [&br#"{"x":""#[..], &[0xc3, 0x28], br#"","#, inner.as_bytes()].concat()),
        ("not UTF-8", [&br#"{"x":""#[..], &[0xed, 0xa0, 0x80], br#"","#, inner.as_bytes()].concat()),
        ("not UTF-8", [&br#"{"x":""#[..], &[0xc0, 0x80], br#"","#, inner.as_bytes()].concat()),
        ("UTF-16", text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("large", bytes(format!(r#"{{"x":"{}",{inner}"#, "x".repeat(20_000)))),
    ]
}

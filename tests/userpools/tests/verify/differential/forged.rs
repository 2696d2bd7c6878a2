//! Tokens with other algorithms, headers and signatures.

use super::{BARE_POOL, Cases, HOUR, ISSUER, NOW, OTHER_ISSUER, Settings, claims, header, mint, with, with_header};
use crate::forge::{ACCESS, decode, encode, sign, sign_ps256, sign_rs512, token};
use crate::{CLIENT, OTHER_POOL, POOL};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};

pub(super) fn algorithms(cases: &mut Cases) {
    let settings = Settings::new(true);
    let payload = claims(true).to_string();
    let text = |alg: Value| format!("{}.{}", encode(with(header(), "alg", alg).to_string()), encode(&payload));
    for alg in ["none", "None", "NONE", "nOnE", ""] {
        cases.add("alg none", &settings, format!("{}.", text(json!(alg))), false);
        cases.add("alg none", &settings, format!("{}.e30", text(json!(alg))), false);
        cases.add("alg none", &settings, text(json!(alg)), false);
        cases.add("alg none, signed", &settings, sign(ACCESS, &text(json!(alg))), false);
    }
    let set: Value = serde_json::from_str(&cases.keys[POOL]).expect("JSON");
    let key = &set["keys"][1];
    let secrets = [
        key.to_string().into_bytes(),
        key["n"].as_str().expect("a modulus").as_bytes().to_vec(),
        decode(key["n"].as_str().expect("a modulus")),
        cases.keys[POOL].clone().into_bytes(),
        key["kid"].as_str().expect("an id").as_bytes().to_vec(),
        Vec::new(),
    ];
    for secret in secrets {
        let text = text(json!("HS256"));
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&secret).expect("any key");
        mac.update(text.as_bytes());
        let tag = encode(mac.finalize().into_bytes());
        cases.add("HS256 with a public key", &settings, format!("{text}.{tag}"), false);
    }
    for alg in ["RS512", "RS384", "PS256", "ES256", "EdDSA", "HS256", "rs256", "RS256 ", "RS-256", "RSA"] {
        cases.add("another algorithm, signed with RS256", &settings, sign(ACCESS, &text(json!(alg))), false);
    }
    cases.add("RS512", &settings, sign_rs512(ACCESS, &text(json!("RS512"))), false);
    cases.add("RS512 as RS256", &settings, sign_rs512(ACCESS, &text(json!("RS256"))), false);
    cases.add("PS256", &settings, sign_ps256(ACCESS, &text(json!("PS256"))), false);
    cases.add("PS256 as RS256", &settings, sign_ps256(ACCESS, &text(json!("RS256"))), false);
    for alg in [Value::Null, json!(["RS256"]), json!(256), json!({"RS256": 1}), json!(true)] {
        cases.add("alg of another type", &settings, sign(ACCESS, &text(alg)), false);
    }
    cases.add(
        "alg null",
        &settings,
        token(ACCESS, format!(r#"{{"alg":null,"kid":"{POOL}-access"}}"#), &payload),
        false,
    );

    let bare = Settings::of_pool(BARE_POOL, Some(CLIENT), true);
    let payload = with(claims(true), "iss", json!(ISSUER.replace(POOL, BARE_POOL))).to_string();
    let text = |alg: &str| {
        format!(
            "{}.{}",
            encode(json!({"alg": alg, "kid": format!("{BARE_POOL}-access")}).to_string()),
            encode(&payload)
        )
    };
    cases.add("a key without alg", &bare, sign(ACCESS, &text("RS256")), true);
    cases.add("RS512, a key without alg", &bare, sign_rs512(ACCESS, &text("RS512")), false);
    cases.add("PS256, a key without alg", &bare, sign_ps256(ACCESS, &text("PS256")), false);
    cases.add("none, a key without alg", &bare, sign(ACCESS, &text("none")), false);
}

pub(super) fn headers(cases: &mut Cases) {
    let settings = Settings::new(true);
    for kid in [
        json!(format!("{OTHER_POOL}-access")),
        json!(""),
        json!("unknown"),
        json!(format!("{POOL}-access ")),
        json!(format!("{POOL}-ACCESS")),
        json!(format!("{POOL}-access\u{0}")),
        json!("../../etc/passwd"),
        json!("__proto__"),
        json!(0),
        json!(5),
        json!(true),
        json!([format!("{POOL}-access")]),
        json!({}),
        Value::Null,
    ] {
        cases.add("another kid", &settings, with_header("kid", kid), false);
    }
    cases.add("the kid of the other key", &settings, with_header("kid", json!(format!("{POOL}-id"))), false);
    let null = r#"{"alg":"RS256","kid":null}"#;
    cases.add("another kid", &settings, token(ACCESS, null, claims(true).to_string()), false);
    for (name, value) in [
        ("jku", json!("https://attacker.example/jwks.json")),
        ("x5u", json!("https://attacker.example/key.pem")),
        ("jwk", json!({"kty": "RSA", "n": "AQAB", "e": "AQAB", "kid": format!("{POOL}-access")})),
        ("x5c", json!(["MIIB"])),
        ("b64", json!(false)),
        ("typ", json!("JWT")),
        ("typ", json!("jwt")),
        ("typ", json!("at+jwt")),
        ("typ", json!("JOSE")),
        ("typ", json!(5)),
        ("cty", json!("JWT")),
        ("zip", json!("DEF")),
        ("enc", json!("A256GCM")),
        ("custom", json!({"a": [1, 2, {"b": null}]})),
    ] {
        cases.add("another member of the header", &settings, with_header(name, value), true);
    }
    for value in [json!([]), json!(["b64"]), json!(["exp"]), json!("b64"), json!({}), json!(5)] {
        cases.add("crit", &settings, with_header("crit", value), false);
    }
    let payload = encode(claims(true).to_string());
    let b64 = with(with(header(), "b64", json!(false)), "crit", json!(["b64"])).to_string();
    cases.add("crit", &settings, sign(ACCESS, &format!("{}.{payload}", encode(b64))), false);
    let own_key = format!("{POOL}-own");
    let own = json!({"alg": "RS256", "kid": own_key, "jwk": {"kty": "RSA", "kid": own_key, "n": "AQAB", "e": "AQAB"}});
    cases.add("a key of its own", &settings, token(ACCESS, own.to_string(), claims(true).to_string()), false);
}

pub(super) fn signatures(cases: &mut Cases) {
    let settings = Settings::new(true);
    let valid = mint(&claims(true));
    let (text, signature) = valid.rsplit_once('.').expect("a signature");
    let bytes = decode(signature);
    let other = mint(&with(claims(true), "username", json!("bob")));
    let other = other.rsplit_once('.').expect("a signature").1;
    for (class, signature) in [
        ("no signature", String::new()),
        ("signature of another token", other.to_owned()),
        ("truncated signature", encode(&bytes[..255])),
        ("truncated signature", encode(&bytes[1..])),
        ("truncated signature", signature[..340].to_owned()),
        ("truncated signature", signature[..341].to_owned()),
        ("truncated signature", encode(&bytes[..1])),
        ("longer signature", encode([bytes.as_slice(), &[0]].concat())),
        ("longer signature", encode([&[0], bytes.as_slice()].concat())),
        ("longer signature", encode([&[0; 256], bytes.as_slice()].concat())),
        ("longer signature", encode([bytes.as_slice(); 2].concat())),
        ("longer signature", encode(vec![1; 1024])),
        ("longer signature", encode(vec![1; 1025])),
        ("zeros", encode([0; 256])),
        ("ones", encode([255; 256])),
        ("one", encode([&[0; 255][..], &[1]].concat())),
        ("a byte", "AQ".to_owned()),
    ] {
        cases.add(class, &settings, format!("{text}.{signature}"), false);
    }
    for bit in 0..40 {
        let mut bytes = bytes.clone();
        bytes[bit * 13 % 256] ^= 1 << (bit % 8);
        cases.add("a bit of the signature", &settings, format!("{text}.{}", encode(bytes)), false);
    }
    for padding in ["=", "==", "===", "A", "A=", "\n", " ", "%3D", "+", "."] {
        cases.add("after the signature", &settings, format!("{valid}{padding}"), false);
        cases.add("before the header", &settings, format!("{padding}{valid}"), false);
    }
    // The last character has four unused bits.
    let last = signature.chars().last().expect("a character");
    for other in ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['-', '_']).filter(|other| *other != last) {
        cases.add("another last character", &settings, format!("{}{other}", &valid[..valid.len() - 1]), false);
    }
    cases.add(
        "the standard alphabet",
        &settings,
        valid.replace('-', "+").replace('_', "/"),
        valid.find(['-', '_']).is_none(),
    );
    let (header, payload) = text.split_once('.').expect("a payload");
    for (index, forged) in [
        text.to_owned(),
        format!("{header}..{signature}"),
        format!(".{payload}.{signature}"),
        format!("{valid}.{signature}"),
        format!("{valid}.{signature}.{signature}"),
        format!("{valid}."),
        format!(".{valid}"),
        format!("{payload}.{header}.{signature}"),
        format!("{header}.{header}.{signature}"),
        format!("{header}.{payload}.{payload}"),
        format!("Bearer {valid}"),
        format!("{header}. {payload}.{signature}"),
        format!("{header}\n.{payload}.{signature}"),
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        "...".to_owned(),
        "\u{0}".to_owned(),
        "é.é.é".to_owned(),
        json!({"payload": payload, "protected": header, "signature": signature}).to_string(),
    ]
    .into_iter()
    .enumerate()
    {
        cases.add(&format!("parts {index}"), &settings, forged, false);
    }
    // Payloads that were changed after signing.
    for (name, value) in [
        ("username", json!("bob")),
        ("exp", json!(NOW + 2 * HOUR)),
        ("client_id", json!("other")),
        ("iss", json!(OTHER_ISSUER)),
        ("cognito:groups", json!(["admin", "staff", "owner"])),
    ] {
        let payload = encode(with(claims(true), name, value).to_string());
        cases.add("a payload that was changed", &settings, format!("{header}.{payload}.{signature}"), false);
    }
    for index in 0..60 {
        let mut bytes = decode(payload);
        let at = index * 7 % bytes.len();
        bytes[at] ^= 1;
        cases.add("a byte of the payload", &settings, format!("{header}.{}.{signature}", encode(bytes)), false);
    }
}

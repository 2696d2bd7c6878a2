//! Public keys: JSON Web Keys of RSA ([RFC 7517](https://www.rfc-editor.org/rfc/rfc7517)).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde_json::Value;

/// The maximum size of a key set.
pub(super) const MAX_SET: usize = 100_000;

/// A public key.
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
        // The sizes that the verification accepts.
        let sized = (256..=1024).contains(&key.modulus.len()) && (1..=5).contains(&key.exponent.len());
        (fits && sized && !key.kid.is_empty()).then_some(key)
    }
}

/// Reads a key set. Keys of other types are passed over.
pub(super) fn read_set(json: &[u8]) -> Result<Vec<Key>, &'static str> {
    if json.len() > MAX_SET {
        return Err("the key set is larger than 100 kB");
    }
    let set: Value = serde_json::from_slice(json).map_err(|_| "the key set is not JSON")?;
    let keys = set.get("keys").and_then(Value::as_array).ok_or("the key set contains no list `keys`")?;
    let mut keys: Vec<Key> = keys.iter().filter_map(Key::read).collect();
    keys.sort_unstable_by(|a, b| a.kid.cmp(&b.kid));
    if keys.windows(2).any(|pair| matches!(pair, [a, b] if a.kid == b.kid)) {
        return Err("the key set contains two keys with the same id");
    }
    if keys.is_empty() { Err("the key set contains no RSA key for signatures") } else { Ok(keys) }
}

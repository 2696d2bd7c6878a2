//! The keys that sign tokens. They are the fixed keys of `MockPool` in `cognito-userpools`.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::rsa::{KeyPair, PublicKeyComponents};
use ring::signature::RSA_PKCS1_SHA256;
use serde_json::{Value, json};
use std::sync::OnceLock;

/// Returns the keys with their token use, which is also the suffix of their ids.
fn keys() -> &'static [(&'static str, KeyPair); 2] {
    static KEYS: OnceLock<[(&str, KeyPair); 2]> = OnceLock::new();
    KEYS.get_or_init(|| {
        let access = include_str!("../../../../userpools/src/verify/mint_keys/access.txt");
        let id = include_str!("../../../../userpools/src/verify/mint_keys/id.txt");
        [("access", access), ("id", id)].map(|(usage, text)| {
            let der = STANDARD.decode(text.replace('\n', "")).expect("a key in Base64");
            (usage, KeyPair::from_pkcs8(&der).expect("an RSA key"))
        })
    })
}

/// Signs the claims of a token, as the service does, with the key for its use.
#[must_use]
pub fn sign(claims: &Value) -> String {
    let (usage, key) = keys().iter().find(|(usage, _)| claims["token_use"] == *usage).expect("a use of tokens");
    let header = json!({ "alg": "RS256", "kid": format!("emulator-{usage}") });
    let signed = [header, claims.clone()].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).expect("a signature");
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// Returns the public keys.
pub(super) fn key_set() -> Value {
    let keys = keys().each_ref().map(|(usage, key)| {
        let PublicKeyComponents { n, e } = PublicKeyComponents::<Vec<u8>>::from(key.public());
        json!({
            "alg": "RS256", "kty": "RSA", "use": "sig", "kid": format!("emulator-{usage}"),
            "n": URL_SAFE_NO_PAD.encode(n), "e": URL_SAFE_NO_PAD.encode(e),
        })
    });
    json!({ "keys": keys })
}

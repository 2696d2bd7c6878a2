//! A user pool with fixed keys, and tokens that it signs.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use cognito_userpools::verify::{Verifier, VerifierBuilder};
use ring::rand::SystemRandom;
use ring::rsa::KeyPair;
use ring::signature::RSA_PKCS1_SHA256;
use std::sync::LazyLock;
use std::time::{Duration, UNIX_EPOCH};

pub const POOL: &str = "eu-west-1_Ab12Cd34E";
pub const CLIENT: &str = "1example23456789";
pub const NOW: u64 = 1_800_000_000;

/// Returns the builder of a verifier with a fixed clock.
pub fn verifier() -> VerifierBuilder {
    Verifier::builder()
        .user_pool(POOL)
        .client_id(CLIENT)
        .signature_cache(100)
        .clock(|| UNIX_EPOCH + Duration::from_secs(NOW))
}

fn key(text: &str) -> KeyPair {
    KeyPair::from_pkcs8(&STANDARD.decode(text.replace('\n', "")).expect("Base64")).expect("a key")
}

/// The keys of `MockPool` for access tokens and for identity tokens.
pub static ACCESS_KEY: LazyLock<KeyPair> =
    LazyLock::new(|| key(include_str!("../../../userpools/src/verify/mint_keys/access.txt")));
pub static ID_KEY: LazyLock<KeyPair> =
    LazyLock::new(|| key(include_str!("../../../userpools/src/verify/mint_keys/id.txt")));

/// Returns a signed token with a header and a payload.
pub fn signed(key: &KeyPair, header: impl AsRef<[u8]>, payload: impl AsRef<[u8]>) -> String {
    let text = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature).expect("a signature");
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
}

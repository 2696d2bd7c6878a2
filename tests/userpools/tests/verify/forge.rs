//! Tokens with arbitrary bytes, signed with the keys of `MockPool`.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::rsa::KeyPair;
use ring::signature::{RSA_PKCS1_SHA256, RSA_PKCS1_SHA512, RSA_PSS_SHA256, RsaEncoding};
use std::sync::LazyLock;

static KEYS: LazyLock<[KeyPair; 2]> = LazyLock::new(|| {
    let keys = [
        include_str!("../../../../userpools/src/verify/mint_keys/access.txt"),
        include_str!("../../../../userpools/src/verify/mint_keys/id.txt"),
    ];
    keys.map(|key| {
        let der = STANDARD.decode(key.replace('\n', "")).expect("a key in Base64");
        KeyPair::from_pkcs8(&der).expect("an RSA key")
    })
});

/// The key for access tokens.
pub(crate) const ACCESS: usize = 0;
/// The key for identity tokens.
pub(crate) const ID: usize = 1;

pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn decode(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).expect("base64url")
}

fn signature(key: usize, encoding: &'static dyn RsaEncoding, text: &str) -> Vec<u8> {
    let key = &KEYS[key];
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(encoding, &SystemRandom::new(), text.as_bytes(), &mut signature).expect("a signature");
    signature
}

/// Signs `text`, which consists of the header, `.` and the payload. Returns the token.
pub(crate) fn sign(key: usize, text: &str) -> String {
    format!("{text}.{}", encode(signature(key, &RSA_PKCS1_SHA256, text)))
}

pub(crate) fn sign_rs512(key: usize, text: &str) -> String {
    format!("{text}.{}", encode(signature(key, &RSA_PKCS1_SHA512, text)))
}

pub(crate) fn sign_ps256(key: usize, text: &str) -> String {
    format!("{text}.{}", encode(signature(key, &RSA_PSS_SHA256, text)))
}

/// Returns a signed token, whose header and payload are arbitrary bytes.
pub(crate) fn token(key: usize, header: impl AsRef<[u8]>, payload: impl AsRef<[u8]>) -> String {
    sign(key, &format!("{}.{}", encode(header), encode(payload)))
}

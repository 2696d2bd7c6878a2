//! The codes of authenticator apps: RFC 6238 with SHA-1, six digits and steps of 30 seconds.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use std::time::{SystemTime, UNIX_EPOCH};

/// Returns the current time step.
pub(super) fn step() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 30)
}

pub(super) fn code(secret: &[u8], step: u64) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(&step.to_be_bytes());
    let hash: [u8; 20] = mac.finalize().into_bytes().into();
    let start = usize::from(hash[19] & 0xf);
    let number = hash[start..start + 4].iter().fold(0, |number, byte| number << 8 | u32::from(*byte));
    format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
}

/// Returns the time step of a code. Accepts the current step and its neighbors, because clocks differ.
pub(super) fn matches(secret: &[u8], given: &str) -> Option<u64> {
    let now = step();
    (now - 1..=now + 1).find(|step| code(secret, *step) == given)
}

/// Encodes a secret in Base32, the format that authenticator apps accept.
pub(super) fn base32(secret: &[u8]) -> String {
    let letter = |bits: &[bool]| {
        let index = bits.iter().fold(0, |index, bit| index << 1 | usize::from(*bit));
        char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[index])
    };
    let bits: Vec<bool> = secret.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1)).collect();
    bits.chunks_exact(5).map(letter).collect()
}

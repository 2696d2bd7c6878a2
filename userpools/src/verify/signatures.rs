//! The cache of verified signatures.
//!
//! Clients send the same token with many requests, and checking its signature takes most of the CPU time of a
//! verification.

use super::key::Key;
use ring::digest::{SHA256, digest};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The SHA-256 digest of a token.
pub(super) type TokenDigest = [u8; 32];

/// The maximum number of tokens for which memory is allocated at once. A table that grows delays the requests that wait.
const ALLOCATED: usize = 10_000;

/// The tokens whose signatures have been verified.
pub(super) struct Signatures {
    /// The maximum number of tokens.
    tokens: usize,
    /// The digests of the tokens, each with the key that verified the signature.
    right: Mutex<HashMap<TokenDigest, Arc<Key>>>,
}

impl Signatures {
    pub(super) fn new(tokens: usize) -> Self {
        Self { tokens, right: Mutex::new(HashMap::with_capacity(tokens.min(ALLOCATED))) }
    }

    /// Returns the digest of a token, or `None` if none are kept.
    pub(super) fn digest(&self, token: &str) -> Option<TokenDigest> {
        if self.tokens == 0 {
            return None;
        }
        digest(&SHA256, token.as_bytes()).as_ref().try_into().ok()
    }

    /// Returns whether the signature of a token was right with the same key.
    pub(super) fn contains(&self, token: &TokenDigest, key: &Arc<Key>) -> bool {
        // Another key can have the same id.
        self.lock().get(token).is_some_and(|found| Arc::ptr_eq(found, key))
    }

    /// Adds a token whose signature is right.
    pub(super) fn insert(&self, token: TokenDigest, key: &Arc<Key>) {
        let mut right = self.lock();
        if right.len() >= self.tokens && !right.contains_key(&token) {
            right.clear();
        }
        right.insert(token, Arc::clone(key));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<TokenDigest, Arc<Key>>> {
        // The digests are complete even after a panic in another thread.
        self.right.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::key::read_set;
    use serde_json::json;

    fn key() -> Arc<Key> {
        let set = json!({"keys": [{"kty": "RSA", "kid": "a", "n": "w".repeat(342), "e": "AQAB"}]});
        let keys = read_set(set.to_string().as_bytes()).expect("a key set");
        Arc::clone(&keys[0])
    }

    fn insert(signatures: &Signatures, key: &Arc<Key>, token: &str) {
        signatures.insert(signatures.digest(token).expect("a digest"), key);
    }

    fn contains(signatures: &Signatures, key: &Arc<Key>, token: &str) -> bool {
        signatures.digest(token).is_some_and(|token| signatures.contains(&token, key))
    }

    #[test]
    fn a_token_is_found_with_its_key_only() {
        let (signatures, key, other) = (Signatures::new(2), key(), key());
        assert!(!contains(&signatures, &key, "a"));
        insert(&signatures, &key, "a");
        assert!(contains(&signatures, &key, "a") && !contains(&signatures, &key, "b"));
        assert!(!contains(&signatures, &other, "a"), "another key has the same id");
        insert(&signatures, &other, "a");
        assert!(contains(&signatures, &other, "a") && !contains(&signatures, &key, "a"));
    }

    #[test]
    fn the_number_of_tokens_is_limited() {
        let (signatures, key) = (Signatures::new(2), key());
        for token in ["a", "b", "a", "b"] {
            insert(&signatures, &key, token);
        }
        assert!(contains(&signatures, &key, "a") && contains(&signatures, &key, "b"));
        insert(&signatures, &key, "c");
        assert!(contains(&signatures, &key, "c"));
        assert!(!contains(&signatures, &key, "a") && !contains(&signatures, &key, "b"));
        assert_eq!(Signatures::new(0).digest("a"), None);
    }
}

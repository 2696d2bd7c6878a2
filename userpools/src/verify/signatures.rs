//! The cache of verified signatures.
//!
//! Clients send the same token with many requests, and checking its signature takes most of the CPU time of a
//! verification.

use super::key::Key;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The tokens whose signatures have been verified.
pub(super) struct Signatures {
    /// The maximum number of tokens.
    tokens: usize,
    /// The SHA-256 digests of the tokens, each with the key that verified the signature.
    right: Mutex<HashMap<[u8; 32], Arc<Key>>>,
}

impl Signatures {
    pub(super) fn new(tokens: usize) -> Self {
        Self { tokens, right: Mutex::default() }
    }

    /// Checks the signature of a token with `check`, unless it has been verified with the same key before.
    pub(super) fn check<E>(&self, key: &Arc<Key>, token: &str, check: impl FnOnce() -> Result<(), E>) -> Result<(), E> {
        if self.tokens == 0 {
            return check();
        }
        let digest = Sha256::digest(token).into();
        // Each fetch creates new keys, so the signature is checked again even if the id of the key is the same.
        if self.lock().get(&digest).is_some_and(|found| Arc::ptr_eq(found, key)) {
            return Ok(());
        }
        check()?;
        let mut right = self.lock();
        if right.len() >= self.tokens {
            right.clear();
        }
        right.insert(digest, Arc::clone(key));
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<[u8; 32], Arc<Key>>> {
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

    /// Returns whether the signature of a token was checked.
    fn is_checked(signatures: &Signatures, key: &Arc<Key>, token: &str) -> bool {
        let mut is_checked = false;
        let outcome = signatures.check(key, token, || {
            is_checked = true;
            Ok::<(), ()>(())
        });
        assert_eq!(outcome, Ok(()));
        is_checked
    }

    #[test]
    fn a_right_signature_is_checked_once() {
        let (signatures, key) = (Signatures::new(2), key());
        assert!(is_checked(&signatures, &key, "a"));
        assert!(!is_checked(&signatures, &key, "a"));
        assert!(is_checked(&signatures, &key, "b"));
        assert!(!is_checked(&signatures, &key, "a"));
        assert!(!is_checked(&signatures, &key, "b"));
    }

    #[test]
    fn a_wrong_signature_is_checked_again() {
        let (signatures, key) = (Signatures::new(2), key());
        for _ in 0..2 {
            assert_eq!(signatures.check(&key, "a", || Err("wrong")), Err("wrong"));
        }
        assert!(is_checked(&signatures, &key, "a"));
    }

    #[test]
    fn another_key_with_the_same_id_checks_again() {
        let (signatures, old, new) = (Signatures::new(2), key(), key());
        assert!(is_checked(&signatures, &old, "a"));
        assert!(is_checked(&signatures, &new, "a"));
        assert!(!is_checked(&signatures, &new, "a"));
        assert!(is_checked(&signatures, &old, "a"));
    }

    #[test]
    fn the_number_of_tokens_is_limited() {
        let (signatures, key) = (Signatures::new(2), key());
        for token in ["a", "b", "c"] {
            assert!(is_checked(&signatures, &key, token));
        }
        assert_eq!(signatures.lock().len(), 1);
        assert!(!is_checked(&signatures, &key, "c"));
        assert!(is_checked(&signatures, &key, "a"));
        let none = Signatures::new(0);
        assert!(is_checked(&none, &key, "a") && is_checked(&none, &key, "a"));
        assert!(none.lock().is_empty());
    }
}

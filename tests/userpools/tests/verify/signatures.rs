//! A verifier with a cache of verified signatures.

use crate::{CLIENT, POOL};
use cognito_userpools::verify::{MockPool, Offline, Requirements, Verifier, VerifyReason};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Returns a verifier with the keys of a `MockPool`, and the number of seconds by which its clock is ahead.
fn verifier() -> (Verifier<Offline>, Arc<AtomicU64>) {
    let ahead = Arc::new(AtomicU64::new(0));
    let seconds = Arc::clone(&ahead);
    let verifier = Verifier::builder()
        .user_pool(POOL)
        .client_id(CLIENT)
        .signature_cache(10)
        .clock(move || SystemTime::now() + Duration::from_secs(seconds.load(Ordering::SeqCst)))
        .build_offline()
        .expect("a verifier");
    verifier.cache_keys(POOL, MockPool::new(POOL).keys()).expect("a key set");
    (verifier, ahead)
}

fn mint(username: &str) -> String {
    MockPool::new(POOL).access_token(CLIENT).username(username).mint()
}

fn reason(verifier: &Verifier<Offline>, token: &str) -> Option<VerifyReason> {
    verifier.access_token_cached(token).err().map(|error| error.reason())
}

#[test]
fn only_the_same_token_is_accepted_again() {
    let (verifier, _) = verifier();
    let (alice, bob) = (mint("alice"), mint("bob"));
    for (token, username) in [(&alice, "alice"), (&bob, "bob"), (&alice, "alice"), (&bob, "bob")] {
        let token = verifier.access_token_cached(token).expect("a valid token");
        assert_eq!(token.username(), Some(username));
    }
    for at in 0..alice.len() {
        let mut changed = alice.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).expect("a text");
        assert!(verifier.access_token_cached(&changed).is_err(), "{at}");
    }
    let (signed, _) = alice.rsplit_once('.').expect("a token");
    let (_, signature) = bob.rsplit_once('.').expect("a token");
    assert_eq!(reason(&verifier, &format!("{signed}.{signature}")), Some(VerifyReason::Signature));
    assert_eq!(reason(&verifier, &alice), None);
    for _ in 0..2 {
        let forged = MockPool::new(POOL).access_token(CLIENT).forged().mint();
        assert_eq!(reason(&verifier, &forged), Some(VerifyReason::Signature));
    }
}

#[test]
fn other_checks_are_repeated() {
    let (verifier, ahead) = verifier();
    let expires = SystemTime::now().duration_since(UNIX_EPOCH).expect("a time after 1970").as_secs() + 100;
    let token = MockPool::new(POOL).access_token(CLIENT).claim("exp", expires).mint();
    for _ in 0..3 {
        assert_eq!(reason(&verifier, &token), None);
    }
    let administrators = verifier.requiring(Requirements::new().any_group(["admin"]));
    assert_eq!(reason(&administrators, &token), Some(VerifyReason::Group));
    let error = verifier.id_token_cached(&token).expect_err("an access token");
    assert_eq!(error.reason(), VerifyReason::TokenUse);
    ahead.store(101, Ordering::SeqCst);
    assert_eq!(reason(&verifier, &token), Some(VerifyReason::Expired));
}

#[test]
fn a_replaced_key_is_not_used() {
    let (verifier, _) = verifier();
    let token = mint("alice");
    for _ in 0..3 {
        assert_eq!(reason(&verifier, &token), None);
    }
    let original = MockPool::new(POOL).keys();
    let mut keys: Value = serde_json::from_str(&original).expect("JSON");
    let moduli = [keys["keys"][0]["n"].clone(), keys["keys"][1]["n"].clone()];
    assert_ne!(moduli[0], moduli[1]);
    [keys["keys"][1]["n"], keys["keys"][0]["n"]] = moduli;
    verifier.cache_keys(POOL, keys.to_string()).expect("a key set");
    assert_eq!(reason(&verifier, &token), Some(VerifyReason::Signature), "another key has the same id");
    verifier.cache_keys(POOL, &original).expect("a key set");
    assert_eq!(reason(&verifier, &token), None);
    keys["keys"][0]["kid"] = json!("x");
    keys["keys"][1]["kid"] = json!("y");
    verifier.cache_keys(POOL, keys.to_string()).expect("a key set");
    assert_eq!(reason(&verifier, &token), Some(VerifyReason::UnknownKey));
}

//! The verification of a token makes at most twelve allocations.

#![allow(missing_docs, clippy::expect_used)]

use allocation_counter::measure;
use cognito_userpools::verify::{MockPool, MockToken};

const CLIENT_ID: &str = "1example23456789";
const MAXIMUM: u64 = 12;

/// Returns the maximum in this program. With the feature `arbitrary_precision`, which another crate of the workspace
/// can enable, `serde_json` copies each number: `exp`, `iat` and `auth_time`.
fn maximum() -> u64 {
    let copies_numbers = serde_json::from_str::<serde_json::Value>("1e400").is_ok();
    MAXIMUM + if copies_numbers { 3 } else { 0 }
}

fn with_groups(token: MockToken) -> String {
    let token = token.group("staff").group("admin").claim("email", "alice@example.com").claim("email_verified", true);
    token.claim("origin_jti", "5d1c1e8a-0000-4000-8000-000000000003").mint()
}

#[test]
fn a_verification_makes_at_most_twelve_allocations() {
    let pool = MockPool::new("eu-west-1_Ab12Cd34E");
    let verifier = pool.verifier(CLIENT_ID).expect("a verifier");
    let access = with_groups(pool.access_token(CLIENT_ID));
    let id = with_groups(pool.id_token(CLIENT_ID));
    // ring allocates memory at its first verification.
    verifier.access_token_cached(&access).expect("a valid token");

    let counted = measure(|| drop(verifier.access_token_cached(&access).expect("a valid token")));
    assert!(counted.count_total <= maximum(), "an access token: {counted:?}");
    let counted = measure(|| drop(verifier.id_token_cached(&id).expect("a valid token")));
    assert!(counted.count_total <= maximum(), "an identity token: {counted:?}");
}

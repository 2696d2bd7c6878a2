//! The numbers in a token, which `serde_json` represents differently with its feature `arbitrary_precision`.

#![allow(clippy::unwrap_used)]

use cognito_userpools::verify::{MockPool, VerifyReason};
use serde_json::{Value, json};
use std::time::{Duration, UNIX_EPOCH};

const POOL: &str = "eu-west-1_Ab12Cd34E";
const CLIENT: &str = "1example23456789";

fn with(claim: &str, value: Value) -> Result<Duration, (VerifyReason, Option<&'static str>)> {
    let pool = MockPool::new(POOL);
    let token = pool.access_token(CLIENT).claim(claim, value).claim("custom", json!({"a": [1.5, -1e300]})).mint();
    let token = pool.verifier(CLIENT).unwrap().access_token_cached(&token);
    let token = token.map_err(|error| (error.reason(), error.claim_name()))?;
    Ok(token.expires_at().duration_since(UNIX_EPOCH).unwrap())
}

#[test]
fn numbers_are_times() {
    let number = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    for (text, milliseconds) in
        [("4000000000", 4_000_000_000_000), ("4000000000.5", 4_000_000_000_500), ("4e9", 4_000_000_000_000)]
    {
        assert_eq!(with("exp", number(text)), Ok(Duration::from_millis(milliseconds)), "{text}");
    }
    assert_eq!(with("exp", number("1")), Err((VerifyReason::Expired, Some("exp"))));
    for value in ["1e400", "1e300", "\"4000000000\"", "{}", r#"{"a":"4000000000"}"#, "[4000000000]"] {
        assert_eq!(with("exp", number(value)), Err((VerifyReason::Claim, Some("exp"))), "{value}");
    }
    assert_eq!(with("sub", number("5")), Err((VerifyReason::Claim, Some("sub"))));
    assert_eq!(with("cognito:groups", json!(["a", 5])), Err((VerifyReason::Claim, Some("cognito:groups"))));
}

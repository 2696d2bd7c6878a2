//! Features that another crate turns on in a dependency do not change what is sent and accepted.

#![allow(missing_docs, clippy::expect_used)]

use serde_json::Value;

/// Otherwise the other tests of this package show nothing.
#[test]
fn the_features_are_on() {
    let json = r#"{"b":1.10,"a":18446744073709551616}"#;
    let value: Value = serde_json::from_str(json).expect("JSON");
    assert_eq!(value.to_string(), json, "`arbitrary_precision` and `preserve_order`");
    assert!(rustls::crypto::CryptoProvider::get_default().is_none(), "`custom-provider`");
}

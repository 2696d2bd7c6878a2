//! Features that another crate enables in a dependency do not change the requests that are sent and the responses that
//! are accepted.

#![allow(missing_docs, clippy::expect_used)]

use serde_json::Value;

/// The other tests of this package require that the features are enabled.
#[test]
fn features_are_enabled() {
    let json = r#"{"b":1.10,"a":18446744073709551616}"#;
    let value: Value = serde_json::from_str(json).expect("JSON");
    assert_eq!(value.to_string(), json, "`arbitrary_precision` and `preserve_order`");
    assert!(rustls::crypto::CryptoProvider::get_default().is_none(), "`custom-provider`");
}

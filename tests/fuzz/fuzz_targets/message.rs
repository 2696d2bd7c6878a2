//! The service's validation message: `cargo fuzz run -s none message` in `tests/fuzz`.

#![no_main]

use cognito_op::{Structure, Violations, cognito_op, cognito_shape};
use libfuzzer_sys::fuzz_target;
use std::collections::BTreeMap;

#[cognito_op(target = "SignUp", response = ())]
struct SignUp {
    client_id: String,
    username: String,
    user_attributes: Option<Vec<AttributeType>>,
    client_metadata: Option<BTreeMap<String, String>>,
}

#[cognito_shape]
struct AttributeType {
    name: String,
    value: Option<String>,
}

fuzz_target!(|message: &str| {
    let Some(violations) = Violations::from_message(message, SignUp::MEMBERS) else { return };
    assert!(violations.iter().count() > 0, "never empty");
    // The text is a single line for every message.
    let line = violations.to_string();
    assert!(!line.chars().any(char::is_control), "{line:?}");
    for violation in &violations {
        assert_eq!(violation.unit(), None);
        assert!(violation.is_sensitive() || message.contains(violation.wire_path()), "{violation:?}");
    }
});

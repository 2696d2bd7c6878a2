//! Successful responses: `cargo fuzz run -s none response` in `tests/fuzz`.

#![no_main]

use cognito_op::ErrorKind;
use cognito_op_fuzz::{Medium, check, reader, response};
use libfuzzer_sys::fuzz_target;
use serde::de::IgnoredAny;
use serde_json::Value;

fuzz_target!(|body: &[u8]| {
    match reader(None).read(&response(200, body)) {
        Ok(answer) => {
            serde_json::from_slice::<IgnoredAny>(body).expect("only JSON is read");
            // Unknown members may contain values that `Value` cannot represent: a number such as `1e999`, an unpaired
            // surrogate, or deeply nested lists.
            let Ok(json) = serde_json::from_slice::<Value>(body) else { return };
            assert!(json.is_object(), "not an object: {json}");
            let member = |name: &str| json.get(name).filter(|value| !value.is_null());
            // Both readers use the last of several members with the same name.
            assert_eq!(answer.text.as_deref(), member("Text").and_then(Value::as_str));
            assert_eq!(answer.flag, member("Flag").and_then(Value::as_bool));
            assert_eq!(answer.medium.as_ref().map(Medium::as_str), member("Medium").and_then(Value::as_str));
            assert_eq!(answer.list.is_some(), member("List").is_some());
        }
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Unreadable);
            assert!(error.may_have_executed());
            check(&error);
        }
    }
});

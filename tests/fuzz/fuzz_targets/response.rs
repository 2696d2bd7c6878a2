//! Answers that report success: `cargo fuzz run -s none response` in `tests/fuzz`.

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
            // What nobody asks for may be more than a `Value` can hold: a number as `1e999`, half of a surrogate pair, lists
            // within lists without an end.
            let Ok(json) = serde_json::from_slice::<Value>(body) else { return };
            assert!(json.is_object(), "a structure is an object: {json}");
            let member = |name: &str| json.get(name).filter(|value| !value.is_null());
            // The last of several members of one name counts for both.
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

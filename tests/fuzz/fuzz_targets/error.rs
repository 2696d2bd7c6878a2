//! Error responses that contain a secret of the request: `cargo fuzz run -s none error` in `tests/fuzz`.

#![no_main]

use cognito_op_fuzz::{check, reader, response};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    // The first line is the password and the second line is the start of the message. The rest follows the password in
    // the message.
    let mut lines = input.splitn(3, |byte| *byte == b'\n');
    let mut text = || String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
    let (password, message, rest) = (text(), text(), text());
    let reader = reader(Some(&password));

    let raw = reader.read(&response(400, rest.as_bytes())).err().expect("an error");
    check(&raw);

    let message = format!("{message}{password}{rest}");
    let body = serde_json::json!({"__type": "NotAuthorizedException", "message": message}).to_string();
    let error = reader.read(&response(400, body.as_bytes())).err().expect("an error");
    check(&error);
    assert_eq!(error.message(), Some(message.as_str()), "the raw message");
    let line = error.to_string();
    assert_eq!(error.report().to_string().lines().next(), Some(line.as_str()));
    // A shorter secret could also be part of the surrounding words.
    let secret: String = password.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if secret.trim().chars().count() >= 6 {
        // `Debug` escapes quotation marks and backslashes.
        let escaped = secret.escape_debug().to_string();
        for (shown, secret) in [(line, secret), (format!("{error:?}"), escaped)] {
            let (_, message) = shown.split_once("NotAuthorizedException (HTTP 400)").expect("the kind and the status");
            let message = message.strip_prefix(": ").unwrap_or_default();
            // The parts are checked separately, since text is missing between them.
            let mut parts = message.split("[redacted]");
            assert!(!parts.any(|part| part.contains(&secret)), "{secret:?} in {shown:?}");
        }
    }
});

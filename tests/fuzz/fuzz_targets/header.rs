//! The headers of a response: `cargo fuzz run -s none header` in `tests/fuzz`.

#![no_main]

use cognito_op_fuzz::{check, reader, response};
use http::{HeaderName, HeaderValue};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 4] = ["x-amzn-errortype", "x-amzn-requestid", "x-amz-request-id", "x-amz-retry-after"];

fuzz_target!(|input: &[u8]| {
    // Two bytes for the status, then a line for each header.
    let Some((status, lines)) = input.split_first_chunk() else { return };
    let status = 100 + u16::from_le_bytes(*status) % 900;
    let mut response = response(status, b"{}");
    for (name, value) in NAMES.into_iter().cycle().zip(lines.split(|byte| *byte == b'\n')).take(12) {
        if let Ok(value) = HeaderValue::from_bytes(value) {
            response.headers_mut().append(HeaderName::from_static(name), value);
        }
    }
    match reader(None).read_reply(&response) {
        Ok(reply) => {
            assert_eq!((status, reply.meta.status.as_u16()), (200, 200));
            let id = reply.meta.request_id.unwrap_or_else(|| "-".to_owned());
            assert!(id.bytes().all(|byte| byte.is_ascii_graphic()), "{id:?}");
        }
        Err(error) => {
            assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
            check(&error);
        }
    }
});

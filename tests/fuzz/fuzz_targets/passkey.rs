//! The JSON of passkeys: `cargo fuzz run -s none passkey` in `tests/fuzz`.

#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognito_userpools::passkeys::{
    AuthenticationResponse, CreationOptions, MalformedDocument, RegistrationResponse, RequestOptions,
};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use std::fmt::Debug;
use std::str::FromStr;

/// Reads a document, which must contain the same JSON that serde_json reads.
fn read<D>(text: &str) -> Option<D>
where
    D: FromStr<Err = MalformedDocument> + TryFrom<Value> + AsRef<Value> + Clone + Debug + Into<String>,
{
    match text.parse::<D>() {
        Ok(document) => {
            assert!(text.len() <= 64 * 1024);
            assert_eq!(document.as_ref(), &serde_json::from_str::<Value>(text).expect("JSON"));
            let shown = format!("{document:?}");
            assert!(shown.len() < 40 && shown.ends_with(" { .. }"), "{shown}");
            let written: String = document.clone().into();
            assert!(written.len() > 64 * 1024 || written.parse::<D>().is_ok(), "{written}");
            Some(document)
        }
        Err(error) => {
            assert!(error.to_string().len() < 100, "{error}");
            None
        }
    }
}

fn is_binary(text: &str) -> bool {
    !text.is_empty() && URL_SAFE_NO_PAD.decode(text).is_ok()
}

/// Asserts the properties that the service requires of a browser's response.
fn check_response(document: &Value, binary: [&str; 2]) {
    let id = document["id"].as_str().expect("an id");
    assert!(is_binary(id) && id.len() <= 1364);
    assert_eq!((&document["rawId"], &document["type"]), (&id.into(), &"public-key".into()));
    assert!(document["clientExtensionResults"].is_object());
    for name in [binary[0], binary[1], "clientDataJSON"] {
        assert!(is_binary(document["response"][name].as_str().expect("a string")), "{name}");
    }
}

fuzz_target!(|text: &str| {
    if let Some(options) = read::<CreationOptions>(text) {
        assert!(is_binary(options.challenge()) && is_binary(options.user_id()));
        assert!(options.exclude_credentials().into_iter().all(is_binary));
        let _ = (options.rp_id(), options.user_name(), options.timeout());
    }
    if let Some(options) = read::<RequestOptions>(text) {
        assert!(is_binary(options.challenge()) && options.allow_credentials().into_iter().all(is_binary));
        let _ = (options.rp_id(), options.timeout());
    }
    if let Some(response) = read::<RegistrationResponse>(text) {
        check_response(response.as_ref(), ["attestationObject", "attestationObject"]);
        let _ = (response.transports(), response.authenticator_attachment(), response.origin());
    }
    if let Some(response) = read::<AuthenticationResponse>(text) {
        check_response(response.as_ref(), ["authenticatorData", "signature"]);
        assert!(response.user_handle().is_none_or(|handle| is_binary(handle) && handle.len() <= 86));
        let _ = (response.authenticator_attachment(), response.origin());
    }
});

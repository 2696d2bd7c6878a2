//! The checks of the documents, as tables of their members.

use super::malformed::{MalformedDocument, Problem};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// The maximum length of a document in bytes. The service publishes none; signatures and keys of quantum-safe
/// algorithms and attestation certificates take a few kilobytes.
const MAX_LENGTH: usize = 64 * 1024;

/// The path of a member, whether it is required, and its form.
type Rule = (&'static str, bool, Form);

#[derive(Clone, Copy)]
enum Form {
    Object,
    Text,
    Texts,
    Integer,
    Base64Url,
    /// The id of a credential: base64url of at most 1,023 bytes.
    Id,
    /// The id of a user: base64url of at most 64 bytes.
    UserHandle,
    /// The same as a browser returns it. Safari before 17.5 returned an empty one instead of `null`.
    ReturnedUserHandle,
    PublicKey,
    /// A list of credentials, each with an id.
    Credentials,
}

const CREATION_OPTIONS: &[Rule] = &[
    ("challenge", true, Form::Base64Url),
    ("rp", true, Form::Object),
    ("rp.id", false, Form::Text),
    ("user", true, Form::Object),
    ("user.id", true, Form::UserHandle),
    ("user.name", true, Form::Text),
    ("timeout", false, Form::Integer),
    ("excludeCredentials", false, Form::Credentials),
    ("extensions", false, Form::Object),
];

const REQUEST_OPTIONS: &[Rule] = &[
    ("challenge", true, Form::Base64Url),
    ("rpId", false, Form::Text),
    ("timeout", false, Form::Integer),
    ("allowCredentials", false, Form::Credentials),
    ("extensions", false, Form::Object),
];

const RESPONSE: &[Rule] = &[
    ("id", true, Form::Id),
    ("rawId", true, Form::Id),
    ("type", true, Form::PublicKey),
    ("authenticatorAttachment", false, Form::Text),
    ("clientExtensionResults", true, Form::Object),
    ("response", true, Form::Object),
    ("response.clientDataJSON", true, Form::Base64Url),
];

const REGISTRATION: &[Rule] = &[
    ("response.attestationObject", true, Form::Base64Url),
    ("response.authenticatorData", false, Form::Base64Url),
    ("response.publicKey", false, Form::Base64Url),
    ("response.publicKeyAlgorithm", false, Form::Integer),
    ("response.transports", false, Form::Texts),
];

const AUTHENTICATION: &[Rule] = &[
    ("response.authenticatorData", true, Form::Base64Url),
    ("response.signature", true, Form::Base64Url),
    ("response.userHandle", false, Form::ReturnedUserHandle),
];

pub(super) fn registration_response(document: &Value) -> Result<(), MalformedDocument> {
    response(document, REGISTRATION)
}

pub(super) fn authentication_response(document: &Value) -> Result<(), MalformedDocument> {
    response(document, AUTHENTICATION)
}

fn response(document: &Value, rules: &[Rule]) -> Result<(), MalformedDocument> {
    check(document, RESPONSE)?;
    check(document, rules)?;
    if document.get("id") == document.get("rawId") {
        Ok(())
    } else {
        Err(MalformedDocument::new("rawId", Problem::Not("equal to `id`")))
    }
}

pub(super) fn creation_options(document: &Value) -> Result<(), MalformedDocument> {
    check(document, CREATION_OPTIONS)
}

pub(super) fn request_options(document: &Value) -> Result<(), MalformedDocument> {
    check(document, REQUEST_OPTIONS)
}

fn check(document: &Value, rules: &[Rule]) -> Result<(), MalformedDocument> {
    if !document.is_object() {
        return Err(MalformedDocument::new("", Problem::Not("a JSON object")));
    }
    for (path, required, form) in rules {
        let problem = match find(document, path) {
            Some(value) => form.problem(value),
            None => required.then_some(Problem::Missing),
        };
        if let Some(problem) = problem {
            return Err(MalformedDocument::new(path, problem));
        }
    }
    Ok(())
}

/// Reads JSON.
pub(super) fn parse(text: &str) -> Result<Value, MalformedDocument> {
    check_length(text)?;
    serde_json::from_str(text).map_err(|_| MalformedDocument::new("", Problem::Not("a JSON object")))
}

/// Checks the length of a document that was not read by [`parse`].
pub(super) fn check_value_length(document: &Value) -> Result<(), MalformedDocument> {
    check_length(&document.to_string())
}

fn check_length(text: &str) -> Result<(), MalformedDocument> {
    let too_long = || MalformedDocument::new("", Problem::TooLong(MAX_LENGTH));
    if text.len() <= MAX_LENGTH { Ok(()) } else { Err(too_long()) }
}

/// Finds a member by its path. A member that is `null` counts as absent.
pub(super) fn find<'v>(document: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(document, |value, name| value.get(name)).filter(|value| !value.is_null())
}

pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

impl Form {
    fn problem(self, value: &Value) -> Option<Problem> {
        let expected = |met: bool, expected| (!met).then_some(Problem::Not(expected));
        match self {
            Self::Object => expected(value.is_object(), "an object"),
            Self::Text => expected(value.is_string(), "a string"),
            Self::Texts => expected(all(value, Value::is_string), "a list of strings"),
            Self::Integer => expected(value.is_i64() || value.is_u64(), "an integer"),
            Self::Base64Url => base64_url(value, None),
            Self::Id => base64_url(value, Some(1023)),
            Self::ReturnedUserHandle if value == "" => None,
            Self::UserHandle | Self::ReturnedUserHandle => base64_url(value, Some(64)),
            Self::PublicKey => expected(value == "public-key", "`public-key`"),
            Self::Credentials => {
                let has_id = |entry: &Value| entry.get("id").is_some_and(|id| Self::Id.problem(id).is_none());
                expected(all(value, has_id), "a list of credentials")
            }
        }
    }
}

/// Returns whether a value is a list and all of its entries pass a test.
fn all(value: &Value, test: impl FnMut(&Value) -> bool) -> bool {
    value.as_array().is_some_and(|list| list.iter().all(test))
}

/// Checks a binary value, which must not be empty and may have a maximum number of bytes.
fn base64_url(value: &Value, max: Option<usize>) -> Option<Problem> {
    let text = value.as_str().unwrap_or_default();
    // Three bytes take four characters, without padding.
    if let Some(limit) = max.map(|bytes| (bytes * 4).div_ceil(3)).filter(|limit| text.len() > *limit) {
        return Some(Problem::TooLong(limit));
    }
    (text.is_empty() || decode(text).is_none()).then_some(Problem::Not("base64url without padding"))
}

//! The parameters of a callback: the only place that parses one.

use super::error::{OAuthError, OAuthReason};
use crate::encoding::decode;
use zeroize::Zeroizing;

/// The maximum length of a callback: 16 kB, far more than the service sends.
const MAX_LENGTH: usize = 16 * 1024;

/// The parameters of a callback.
#[derive(Default)]
pub(super) struct Callback {
    pub(super) code: Option<Zeroizing<String>>,
    pub(super) state: Option<Zeroizing<String>>,
    pub(super) error: Option<String>,
    pub(super) description: Option<String>,
}

impl Callback {
    /// Parses the query of a callback, or a URL with it. Other parameters are ignored.
    pub(super) fn parse(callback: &str) -> Result<Self, OAuthError> {
        let wrong = |detail| OAuthError::new(OAuthReason::Callback, detail);
        if callback.len() > MAX_LENGTH {
            return Err(wrong("it is longer than 16 kB"));
        }
        let callback = callback.split_once('#').map_or(callback, |(callback, _)| callback);
        // The query may contain a question mark.
        let is_url = callback.starts_with('/')
            || callback.split(['?', '=', '&']).next().is_some_and(|start| start.contains(':'));
        let query = if is_url { callback.split_once('?').map_or("", |(_, query)| query) } else { callback };
        let mut parsed = Self::default();
        for pair in query.strip_prefix('?').unwrap_or(query).split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let decoded = || decode(value).ok_or_else(|| wrong("a parameter has an escape that is not valid"));
            let is_new = match name {
                // A parameter without a value counts as omitted (RFC 6749, section 3.1).
                _ if value.is_empty() => true,
                "code" => parsed.code.replace(decoded()?.into()).is_none(),
                "state" => parsed.state.replace(decoded()?.into()).is_none(),
                "error" => parsed.error.replace(decoded()?).is_none(),
                "error_description" => parsed.description.replace(decoded()?).is_none(),
                _ => true,
            };
            if !is_new {
                // RFC 6749, section 3.1.
                return Err(wrong("a parameter occurs twice"));
            }
        }
        Ok(parsed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(callback: &str) -> [Option<String>; 4] {
        let Callback { code, state, error, description } = Callback::parse(callback).expect(callback);
        [code.map(|code| code.to_string()), state.map(|state| state.to_string()), error, description]
    }

    #[test]
    fn queries_and_urls() {
        let expected = [Some("c/1".to_owned()), Some("s 2?".to_owned()), None, None];
        for callback in [
            "code=c%2F1&state=s+2?",
            "?code=c%2F1&state=s%202%3F&other=1&other=2&flag",
            "/callback?code=c/1&state=s+2?#fragment&code=3",
            "https://shop.example.com/callback;a=b?code=c/1&state=s+2?",
            "http://127.0.0.1:8400/?state=s+2?&code=c/1",
            "myapp:/callback?state=s+2?&code=c/1",
        ] {
            assert_eq!(parsed(callback), expected, "{callback}");
        }
        let denied = parsed("error=access_denied&error_description=not+today&state=&code");
        assert_eq!(denied, [None, None, Some("access_denied".to_owned()), Some("not today".to_owned())]);
        assert_eq!(parsed("error=&code=1&error_description&state=2"), [Some("1".into()), Some("2".into()), None, None]);
        for empty in ["", "?", "/callback", "https://shop.example.com/callback", "#code=1&state=2", "co%64e=1"] {
            assert_eq!(parsed(empty), [const { None }; 4], "{empty}");
        }
    }

    #[test]
    fn others_are_errors() {
        for callback in [
            "code=1&code=1",
            "code=1&state=2&state=2",
            "error=1&error=2",
            "error_description=1&error_description=2",
            "code=%",
            "state=%ff",
            &format!("code={}", "1".repeat(16 * 1024)),
        ] {
            let error = Callback::parse(callback).err().expect("an error");
            assert_eq!(error.reason(), OAuthReason::Callback);
        }
        assert!(Callback::parse(&format!("code={}", "1".repeat(16 * 1024 - 5))).is_ok());
    }
}

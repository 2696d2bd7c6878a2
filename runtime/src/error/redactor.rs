//! Decides which texts of the service can be logged.

use super::redact::Sensitive;
use crate::text::{REDACTED, is_printable};
use std::fmt;

/// Decides which texts of the service can be logged.
///
/// A flow needs it if it logs texts that the service chooses, such as the name of a challenge.
///
/// ```
/// # use cognito_op::{cognito_op, cognito_shape};
/// # #[cognito_op(target = "InitiateAuth")]
/// # struct InitiateAuth { client_id: String, auth_flow: String }
/// # #[cognito_shape]
/// # struct InitiateAuthResponse { challenge_name: Option<String>, session: Option<String> }
/// use cognito_op::{Client, Error, Redactor};
///
/// /// The name of the next challenge, for a log.
/// async fn challenge(client: &Client, operation: &InitiateAuth) -> Result<String, Error> {
///     let reply = client.call(operation).send().await?;
///     let mut redactor = reply.redactor();
///     redactor.extend(&reply.value.session);
///     Ok(redactor.for_log(&reply.value.challenge_name.unwrap_or_default()).to_owned())
/// }
///
/// let redactor = Redactor::from_iter(["correct horse"]);
/// assert_eq!(redactor.for_log("SMS_MFA"), "SMS_MFA");
/// for text in ["correct horse", "Correct%20Horse", "a\nb", "two words", ""] {
///     assert_eq!(redactor.for_log(text), "[redacted]");
/// }
/// ```
#[derive(Default)]
pub struct Redactor {
    /// Returns the sensitive values of a request, which are gathered only for a text that may be logged.
    of_request: Option<Box<dyn Fn() -> Sensitive + Send + Sync>>,
    values: Vec<String>,
}

impl Redactor {
    pub(crate) fn new(of_request: impl Fn() -> Sensitive + Send + Sync + 'static) -> Self {
        Self { of_request: Some(Box::new(of_request)), values: Vec::new() }
    }

    /// Returns the text if it is safe to log: it has 1 to 128 visible ASCII characters and does not quote a sensitive
    /// value or a part of one. Any other text is replaced by `[redacted]`.
    #[must_use]
    pub fn for_log<'t>(&self, text: &'t str) -> &'t str {
        if is_printable(text) && !self.sensitive().is_quoted_in(text) { text } else { REDACTED }
    }

    fn sensitive(&self) -> Sensitive {
        let mut sensitive = self.of_request.as_ref().map_or_else(Sensitive::default, |of_request| of_request());
        self.values.iter().for_each(|value| sensitive.insert(value));
        sensitive
    }
}

/// Adds sensitive values.
impl<T: AsRef<str>> Extend<T> for Redactor {
    fn extend<I: IntoIterator<Item = T>>(&mut self, values: I) {
        self.values.extend(values.into_iter().map(|value| value.as_ref().to_owned()));
    }
}

/// Creates a redactor of sensitive values.
impl<T: AsRef<str>> FromIterator<T> for Redactor {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut redactor = Self::default();
        redactor.extend(values);
        redactor
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redactor").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::Body;
    use crate::schema::{Member, Shape};

    #[test]
    fn texts_that_are_safe_to_log() {
        let longest = "x".repeat(128);
        let redactor = Redactor::default();
        for text in ["SMS_MFA", "custom:team", "3f1c-4a2b", &longest] {
            assert_eq!(redactor.for_log(text), text);
        }
        for text in ["", "two words", "a\nb", "é", "a\u{202e}b", &format!("{longest}x")] {
            assert_eq!(redactor.for_log(text), REDACTED, "{text}");
        }
    }

    #[test]
    fn values_of_a_request_and_others() {
        const MEMBERS: &[Member] = &[Member::new("username", "Username", Shape::String).sensitive()];
        let request = || Sensitive::of(&Body::from(r#"{"Username":"alice7"}"#), MEMBERS, [None; 2]);
        let mut redactor = Redactor::new(request);
        assert_eq!(redactor.for_log("Session9"), "Session9");
        redactor.extend(["session9"]);
        for text in ["alice7", "ALICE7", "x-alice7", "Session9"] {
            assert_eq!(redactor.for_log(text), REDACTED, "{text}");
        }
        assert_eq!(redactor.for_log("SMS_MFA"), "SMS_MFA");
    }
}

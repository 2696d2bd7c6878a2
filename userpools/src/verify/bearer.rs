//! Bearer tokens in HTTP ([RFC 6750](https://www.rfc-editor.org/rfc/rfc6750)): the header of a request, and the response
//! to a request that is refused.

use super::error::{VerifyError, VerifyReason};
use cognito_op::http::Response;
use cognito_op::http::header::{HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};

/// Returns the token of the header `Authorization`, given all values of this header: `Bearer` in any letter case, and one
/// token.
///
/// The values can be those of any HTTP library, or strings.
///
/// ```
/// use cognito_userpools::http::HeaderMap;
/// use cognito_userpools::http::header::AUTHORIZATION;
/// use cognito_userpools::verify::{VerifyReason, bearer_token};
///
/// let mut headers = HeaderMap::new();
/// let error = bearer_token(headers.get_all(AUTHORIZATION)).unwrap_err();
/// assert_eq!(error.reason(), VerifyReason::MissingToken);
///
/// headers.insert(AUTHORIZATION, "Bearer abc.def.ghi".parse()?);
/// assert_eq!(bearer_token(headers.get_all(AUTHORIZATION))?, "abc.def.ghi");
///
/// let error = bearer_token(["Bearer abc.def.ghi", "Bearer abc.def.xyz"]).unwrap_err();
/// assert_eq!(error.reason(), VerifyReason::MalformedHeader);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Returns [`MissingToken`](VerifyReason::MissingToken) without the header or for another scheme, such as `Basic`, and
/// [`MalformedHeader`](VerifyReason::MalformedHeader) for several headers or tokens.
pub fn bearer_token<'h, V>(authorization: impl IntoIterator<Item = &'h V>) -> Result<&'h str, VerifyError>
where
    V: AsRef<[u8]> + ?Sized + 'h,
{
    let malformed = |detail| VerifyError::new(VerifyReason::MalformedHeader, detail);
    let mut values = authorization.into_iter();
    let missing = || VerifyError::new(VerifyReason::MissingToken, "the request has no bearer token");
    let value = values.next().ok_or_else(missing)?;
    if values.next().is_some() {
        return Err(malformed("the request has several headers `Authorization`"));
    }
    let value = str::from_utf8(value.as_ref()).map_err(|_| malformed("the header `Authorization` is not a text"))?;
    let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(missing());
    }
    let token = token.trim_start_matches(' ');
    if token.is_empty() || !is_token(token) {
        return Err(malformed("the header `Authorization` does not consist of `Bearer` and one token"));
    }
    Ok(token)
}

/// Returns whether a bearer token may contain all characters of a text. A token cannot contain a space or a comma,
/// which would separate it from a second token.
#[expect(clippy::needless_bitwise_bool, reason = "without branches, the compiler checks many characters at once")]
fn is_token(text: &str) -> bool {
    text.bytes().fold(true, |outcome, byte| {
        let is_letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        let is_digit_or_mark = byte.wrapping_sub(b'-') < 13;
        let is_other = (byte == b'+') | (byte == b'=') | (byte == b'_') | (byte == b'~');
        outcome & (is_letter | is_digit_or_mark | is_other)
    })
}

/// The number of seconds after which keys are certainly fetched anew.
const RETRY_SECONDS: HeaderValue = HeaderValue::from_static("10");

impl VerifyError {
    /// Returns an HTTP response for this error: [`status`](Self::status), an empty body, and the header
    /// `WWW-Authenticate` as in [RFC 6750, section 3](https://www.rfc-editor.org/rfc/rfc6750#section-3). A response with
    /// status 503 has the header `Retry-After` instead.
    ///
    /// `realm` is the name of what the tokens protect. The response discloses it, the required scopes, and whether the
    /// token has expired. It contains no part of the token.
    ///
    /// ```
    /// # #[cfg(feature = "mock")] {
    /// use cognito_userpools::http::Response;
    /// use cognito_userpools::verify::MockPool;
    ///
    /// let pool = MockPool::new("eu-west-1_Ab12Cd34E");
    /// let verifier = pool.verifier("1example23456789")?;
    /// let token = pool.access_token("1example23456789").expired().mint();
    /// let error = verifier.access_token_cached(&token).unwrap_err();
    ///
    /// let response: Response<String> = error.response("files");
    /// assert_eq!(response.status(), 401);
    /// assert_eq!(
    ///     response.headers()["www-authenticate"],
    ///     r#"Bearer realm="files", error="invalid_token", error_description="The token has expired""#
    /// );
    /// # }
    /// # Ok::<(), cognito_userpools::verify::VerifyError>(())
    /// ```
    #[must_use]
    pub fn response<B: Default>(&self, realm: &str) -> Response<B> {
        let mut response = Response::new(B::default());
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        if let Some(value) = self.challenge(realm).and_then(|challenge| HeaderValue::try_from(challenge).ok()) {
            headers.insert(WWW_AUTHENTICATE, value);
        }
        if self.reason() == VerifyReason::KeysUnavailable {
            headers.insert(RETRY_AFTER, RETRY_SECONDS);
        }
        response
    }

    fn challenge(&self, realm: &str) -> Option<String> {
        let realm = quotable(realm).replace('\\', "\\\\").replace('"', "\\\"");
        let mut challenge = format!("Bearer realm=\"{realm}\"");
        let (code, description) = match (self.status().as_u16(), self.reason()) {
            (_, VerifyReason::MissingToken) => return Some(challenge),
            (400, _) => ("invalid_request", "The header Authorization is malformed"),
            (401, VerifyReason::Expired) => ("invalid_token", "The token has expired"),
            (401, _) => ("invalid_token", "The token is not valid"),
            (403, VerifyReason::Scope) => ("insufficient_scope", "The token lacks a scope"),
            (403, _) => ("insufficient_scope", "The token does not allow this request"),
            _ => return None,
        };
        challenge.extend([", error=\"", code, "\", error_description=\"", description, "\""]);
        if let Some(scopes) = self.required_scopes() {
            // The characters that a scope cannot contain are also those that would end the parameter.
            let scopes = scopes.iter().filter(|scope| is_scope(scope)).map(String::as_str).collect::<Vec<_>>();
            if !scopes.is_empty() {
                challenge.extend([", scope=\"", &scopes.join(" "), "\""]);
            }
        }
        Some(challenge)
    }
}

/// Omits the characters that a header cannot contain.
fn quotable(text: &str) -> String {
    text.chars().filter(|c| matches!(c, ' '..='~')).collect()
}

fn is_scope(scope: &str) -> bool {
    !scope.is_empty() && scope.bytes().all(|byte| matches!(byte, b'!' | b'#'..=b'[' | b']'..=b'~'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers() {
        for (value, token) in [
            ("Bearer abc.def.ghi", "abc.def.ghi"),
            ("bearer a", "a"),
            ("BEARER a", "a"),
            ("Bearer   a-._~+/=", "a-._~+/="),
        ] {
            assert_eq!(bearer_token([value]).map_err(|error| error.reason()), Ok(token), "{value}");
        }
        for value in ["", "Basic YTpi", "Bearer-Token a", "Bearera", "DPoP a", "abc.def.ghi", "\u{42f} a", " Bearer a"]
        {
            let error = bearer_token([value]).expect_err(value);
            assert_eq!((error.reason(), error.status().as_u16()), (VerifyReason::MissingToken, 401), "{value}");
        }
        for value in [
            "Bearer",
            "bearer ",
            "Bearer a b",
            "Bearer a ",
            "Bearer a, Bearer b",
            "Bearer \ta",
            "Bearer \u{e4}",
            "Bearer a\"b",
        ] {
            let error = bearer_token([value]).expect_err(value);
            assert_eq!((error.reason(), error.status().as_u16()), (VerifyReason::MalformedHeader, 400), "{value}");
        }
        let error = bearer_token([b"Bearer \xff".as_slice()]).expect_err("not UTF-8");
        assert_eq!(error.reason(), VerifyReason::MalformedHeader);
        for values in [["Bearer a", "Bearer a"], ["Basic a", "Bearer a"]] {
            let error = bearer_token(values).expect_err("two headers");
            assert_eq!(error.reason(), VerifyReason::MalformedHeader);
        }
        assert_eq!(bearer_token::<str>([]).expect_err("none").reason(), VerifyReason::MissingToken);
    }

    /// The characters of `b64token` in RFC 6750, section 2.1.
    #[test]
    fn characters_of_a_token() {
        for byte in 0..=u8::MAX {
            let is_allowed = byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
            assert_eq!(is_token(&format!("a{}a", char::from(byte))), is_allowed, "{byte}");
        }
    }

    fn challenge(error: &VerifyError) -> Option<String> {
        let response: Response<()> = error.response("a \"b\" \\\r\nc");
        assert_eq!(response.status(), error.status());
        let value = response.headers().get(WWW_AUTHENTICATE)?;
        let value = value.to_str().expect("ASCII");
        Some(value.strip_prefix(r#"Bearer realm="a \"b\" \\c""#).expect("the realm").to_owned())
    }

    #[test]
    fn responses() {
        let error = |reason| VerifyError::new(reason, "x");
        assert_eq!(challenge(&error(VerifyReason::MissingToken)).as_deref(), Some(""));
        for (reason, code, description) in [
            (VerifyReason::MalformedHeader, "invalid_request", "The header Authorization is malformed"),
            (VerifyReason::Malformed, "invalid_token", "The token is not valid"),
            (VerifyReason::TokenUse, "invalid_token", "The token is not valid"),
            (VerifyReason::UnknownKey, "invalid_token", "The token is not valid"),
            (VerifyReason::Expired, "invalid_token", "The token has expired"),
            (VerifyReason::Group, "insufficient_scope", "The token does not allow this request"),
            (VerifyReason::Check, "insufficient_scope", "The token does not allow this request"),
            (VerifyReason::Scope, "insufficient_scope", "The token lacks a scope"),
        ] {
            let expected = format!(r#", error="{code}", error_description="{description}""#);
            assert_eq!(challenge(&error(reason)), Some(expected.clone()), "{reason:?}");
            let scopes = error(reason).requiring(&["a/r".to_owned(), "b\" x=\"".to_owned(), "c".to_owned()]);
            assert_eq!(challenge(&scopes), Some(format!(r#"{expected}, scope="a/r c""#)), "{reason:?}");
        }
        for reason in [VerifyReason::KeysUnavailable, VerifyReason::KeysNotCached, VerifyReason::Misconfigured] {
            assert_eq!(challenge(&error(reason)), None);
        }
        let retry = |reason| error(reason).response::<()>("x").headers().contains_key(RETRY_AFTER);
        assert!(retry(VerifyReason::KeysUnavailable) && !retry(VerifyReason::Expired));
    }
}

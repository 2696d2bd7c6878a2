//! Errors of verification.

use cognito_op::Fault;
use cognito_op::http::StatusCode;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// The error of a token that was not accepted.
///
/// `Display` and `Debug` contain no part of the token, and neither does [`response`](Self::response), the HTTP response
/// for the error. [`reason`](Self::reason) identifies the cause, and [`fault`](Self::fault) the party at fault.
///
/// ```
/// use cognito_userpools::verify::{Verifier, VerifyReason};
///
/// let verifier = Verifier::builder()
///     .user_pool("eu-west-1_Ab12Cd34E")
///     .client_id("1example23456789")
///     .build_offline()?;
/// let error = verifier.access_token_cached("not a token").unwrap_err();
/// assert_eq!(error.reason(), VerifyReason::Malformed);
/// assert_eq!(error.status(), 401);
/// assert_eq!(error.to_string(), "invalid token: it does not consist of three parts separated by `.`");
/// # Ok::<(), cognito_userpools::verify::VerifyError>(())
/// ```
#[derive(Clone)]
pub struct VerifyError(Box<Inner>);

#[derive(Clone)]
struct Inner {
    reason: VerifyReason,
    detail: Detail,
    claim: Option<&'static str>,
    expected: Option<String>,
    scopes: Option<Vec<String>>,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

#[derive(Clone)]
enum Detail {
    Fixed(&'static str),
    /// Text from the configuration or the network, never from a token.
    Text(String),
}

/// The reason why a token was not accepted.
///
/// | reasons | [`fault`](VerifyError::fault) | [`status`](VerifyError::status) |
/// |---|---|---|
/// | `MalformedHeader` | `User` | 400 |
/// | `Group`, `Scope`, `Check` | `User` | 403 |
/// | `KeysUnavailable` | `Network` | 503 |
/// | `KeysNotCached`, `Misconfigured` | `Caller` | 500 |
/// | all others | `User` | 401 |
///
/// ```
/// use cognito_userpools::verify::{VerifyError, VerifyReason};
///
/// /// Returns whether the client should refresh its tokens.
/// fn should_refresh(error: &VerifyError) -> bool {
///     error.reason() == VerifyReason::Expired
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VerifyReason {
    /// The request has no bearer token: the header `Authorization` is missing or has another scheme.
    MissingToken,
    /// The request has several headers `Authorization`, or the header does not consist of `Bearer` and one token.
    MalformedHeader,
    /// The token is longer than 16 kB.
    TooLarge,
    /// The token is not a signed JSON Web Token in compact form: it does not have three parts.
    Malformed,
    /// A part of the token is not canonical base64url without padding, or the signature is longer than that of any key.
    Encoding,
    /// The header or the payload is not a JSON object in UTF-8, or bytes follow it.
    Json,
    /// A JSON object of the token contains a key twice.
    DuplicateKey,
    /// The algorithm is not RS256, which the service uses.
    Algorithm,
    /// The header contains `crit`, that is, extensions that must be understood.
    CriticalHeader,
    /// The header contains no key id.
    MissingKeyId,
    /// The issuer is not one of the user pools of the verifier.
    Issuer,
    /// The user pool has no key with the key id of the token.
    UnknownKey,
    /// The signature is wrong.
    Signature,
    /// A claim is missing or has the wrong type.
    Claim,
    /// The token has expired.
    Expired,
    /// The token is not valid yet.
    NotYetValid,
    /// The token is an access token instead of an identity token, or the reverse.
    TokenUse,
    /// The token was issued for another app client.
    ClientId,
    /// The user is not in a required group.
    Group,
    /// The token lacks a required scope.
    Scope,
    /// A [check](super::Requirements::check) of the program returned `false`.
    Check,
    /// The keys of the user pool could not be fetched. [`source`](Error::source) returns the error of the fetch.
    KeysUnavailable,
    /// The keys of the user pool are not cached, and this method does not fetch them.
    KeysNotCached,
    /// The verifier is not configured correctly.
    Misconfigured,
}

impl VerifyError {
    pub(super) fn new(reason: VerifyReason, detail: &'static str) -> Self {
        Self(Box::new(Inner {
            reason,
            detail: Detail::Fixed(detail),
            claim: None,
            expected: None,
            scopes: None,
            source: None,
        }))
    }

    pub(super) fn misconfigured(detail: impl Into<String>) -> Self {
        let detail = Detail::Text(detail.into());
        Self(Box::new(Inner {
            reason: VerifyReason::Misconfigured,
            detail,
            claim: None,
            expected: None,
            scopes: None,
            source: None,
        }))
    }

    /// An error about a claim.
    pub(super) fn claim(reason: VerifyReason, claim: &'static str, detail: &'static str) -> Self {
        let mut error = Self::new(reason, detail);
        error.0.claim = Some(claim);
        error
    }

    /// Adds the value that a claim should have.
    pub(super) fn expecting(mut self, expected: impl Into<String>) -> Self {
        self.0.expected = Some(expected.into());
        self
    }

    /// Adds the scopes that are required.
    pub(super) fn requiring(mut self, scopes: &[String]) -> Self {
        self.0.scopes = Some(scopes.to_vec());
        self
    }

    pub(super) fn required_scopes(&self) -> Option<&[String]> {
        self.0.scopes.as_deref()
    }

    pub(super) fn text(mut self, text: impl Into<String>) -> Self {
        self.0.detail = Detail::Text(text.into());
        self
    }

    /// Emits an event, since the response to the sender of a token does not contain the cause.
    #[cfg(feature = "tracing")]
    pub(super) fn log(&self) {
        tracing::debug!(target: "cognito_userpools", reason = ?self.reason(), error = %self, "a token was not accepted");
    }

    #[cfg(not(feature = "tracing"))]
    pub(super) fn log(_: &Self) {}

    pub(super) fn caused_by(mut self, source: Arc<dyn Error + Send + Sync>) -> Self {
        self.0.source = Some(source);
        self
    }

    /// Returns the reason.
    #[must_use]
    pub fn reason(&self) -> VerifyReason {
        self.0.reason
    }

    /// Returns the name of the claim that failed, such as `exp`.
    #[must_use]
    pub fn claim_name(&self) -> Option<&'static str> {
        self.0.claim
    }

    /// Returns a text about the value that the claim should have, where it is not confidential: the issuers, the use of
    /// the token, or the required groups or scopes, such as `one of admin, owner`. It can change in any version.
    #[must_use]
    pub fn expected(&self) -> Option<&str> {
        self.0.expected.as_deref()
    }

    /// Returns the party at fault: [`User`](Fault::User) for a token that is not accepted, [`Caller`](Fault::Caller) for the
    /// configuration of the verifier, and [`Network`](Fault::Network) if the keys could not be fetched.
    #[must_use]
    pub fn fault(&self) -> Fault {
        match self.0.reason {
            VerifyReason::KeysUnavailable => Fault::Network,
            VerifyReason::KeysNotCached | VerifyReason::Misconfigured => Fault::Caller,
            _ => Fault::User,
        }
    }

    /// Returns the status of an HTTP response for this error: 401 for a token that is missing or not valid, 403 for a valid
    /// token that does not meet a [requirement](super::Requirements), 400 for a malformed header, 503 if the keys could not
    /// be fetched, and 500 for the configuration.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match (self.0.reason, self.fault()) {
            (VerifyReason::MalformedHeader, _) => StatusCode::BAD_REQUEST,
            (VerifyReason::Group | VerifyReason::Scope | VerifyReason::Check, _) => StatusCode::FORBIDDEN,
            (_, Fault::Network) => StatusCode::SERVICE_UNAVAILABLE,
            (_, Fault::Caller) => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::UNAUTHORIZED,
        }
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { reason, detail, claim, expected, source, .. } = &*self.0;
        f.write_str(match reason {
            VerifyReason::MissingToken | VerifyReason::MalformedHeader => "",
            VerifyReason::Group | VerifyReason::Scope | VerifyReason::Check => "insufficient token: ",
            VerifyReason::KeysUnavailable => "the keys of the user pool are not available: ",
            VerifyReason::KeysNotCached | VerifyReason::Misconfigured => "cannot verify tokens: ",
            _ => "invalid token: ",
        })?;
        if let Some(claim) = claim {
            write!(f, "`{claim}` ")?;
        }
        match detail {
            Detail::Fixed(text) => f.write_str(text)?,
            Detail::Text(text) => f.write_str(text)?,
        }
        if let Some(expected) = expected {
            write!(f, "; expected {expected}")?;
        }
        if let Some(source) = source {
            write!(f, ": {source}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifyError").field("reason", &self.0.reason).field("message", &self.to_string()).finish()
    }
}

impl Error for VerifyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_begin_with_what_failed() {
        for (reason, text) in [
            (VerifyReason::MissingToken, "why"),
            (VerifyReason::MalformedHeader, "why"),
            (VerifyReason::Group, "insufficient token: why"),
            (VerifyReason::Scope, "insufficient token: why"),
            (VerifyReason::Check, "insufficient token: why"),
            (VerifyReason::KeysUnavailable, "the keys of the user pool are not available: why"),
            (VerifyReason::KeysNotCached, "cannot verify tokens: why"),
            (VerifyReason::Misconfigured, "cannot verify tokens: why"),
            (VerifyReason::Expired, "invalid token: why"),
        ] {
            assert_eq!(VerifyError::new(reason, "why").to_string(), text);
        }
    }

    #[test]
    fn texts_contain_the_claim_the_expected_value_and_the_source() {
        let error = VerifyError::claim(VerifyReason::TokenUse, "token_use", "is wrong").expecting("id");
        assert_eq!((error.claim_name(), error.expected()), (Some("token_use"), Some("id")));
        assert_eq!(error.to_string(), "invalid token: `token_use` is wrong; expected id");
        assert_eq!(
            format!("{error:?}"),
            r#"VerifyError { reason: TokenUse, message: "invalid token: `token_use` is wrong; expected id" }"#
        );
        let source = Arc::new(std::io::Error::other("cause"));
        assert_eq!(
            VerifyError::new(VerifyReason::Json, "why").caused_by(source).to_string(),
            "invalid token: why: cause"
        );
    }
}

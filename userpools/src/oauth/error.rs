//! The errors of the module.

use crate::verify::{VerifyError, VerifyReason};
use cognito_op::http::StatusCode;
use cognito_op::transport::TransportError;
use cognito_op::{Fault, Redactor};
use std::error::Error;
use std::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The longest description that is kept, in bytes.
const LONGEST_DESCRIPTION: usize = 500;

/// An error of managed login or of a token endpoint.
///
/// `Display` and `Debug` contain no code, token, state or secret of the request, even if the server quotes one. A clone
/// shares the error.
///
/// ```
/// use cognito_userpools::oauth::{OAuthError, OAuthReason};
///
/// /// The path to which a web back end redirects after a callback that failed.
/// fn target(error: &OAuthError) -> &'static str {
///     match error.reason() {
///         // The callback is old, or that of another browser.
///         OAuthReason::Callback | OAuthReason::State => "/login",
///         // The user cancelled, or the identity provider refused.
///         OAuthReason::Denied => "/",
///         _ => "/error",
///     }
/// }
/// ```
#[derive(Clone)]
pub struct OAuthError(Arc<Inner>);

struct Inner {
    reason: OAuthReason,
    /// The explanation, without values.
    detail: String,
    code: Option<ErrorCode>,
    description: Option<String>,
    status: Option<StatusCode>,
    source: Option<Source>,
    refresh_token: Option<Zeroizing<String>>,
}

enum Source {
    Transport(TransportError),
    Verify(VerifyError),
    Operation(cognito_op::Error),
}

/// The reason of an [`OAuthError`].
///
/// ```
/// use cognito_userpools::oauth::{OAuthError, OAuthReason};
///
/// /// Returns whether the user must sign in again.
/// fn is_over(error: &OAuthError) -> bool {
///     error.reason() == OAuthReason::Rejected && error.code().is_some_and(|code| code.as_str() == "invalid_grant")
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OAuthReason {
    /// A setting is missing or not valid. No request was sent.
    Misconfigured,
    /// The callback is not a valid response of the authorization endpoint.
    Callback,
    /// The state of the callback is not that of the pending sign-in. If there is no state, but an error of the
    /// authorization endpoint, [`code`](OAuthError::code) returns it.
    State,
    /// The authorization endpoint returned an error to the callback, with the right state; see [`code`](OAuthError::code).
    Denied,
    /// The server rejected a request; see [`code`](OAuthError::code) and [`status`](OAuthError::status).
    Rejected,
    /// The response is not what the endpoint should return, such as an HTML page or a truncated text.
    Unreadable,
    /// There was no complete response.
    Transport,
    /// The response contains no valid identity token. [`source`](Error::source) returns the [`VerifyError`], if there
    /// is a token.
    IdToken,
    /// The identity token has another nonce than the pending sign-in.
    Nonce,
    /// The operation `GetClientToken` failed. [`source`](Error::source) returns its [`Error`](crate::Error).
    Operation,
}

/// The code of an error response: those of [RFC 6749, section 5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)
/// and [section 4.1.2.1](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1), of [RFC
/// 6750](https://www.rfc-editor.org/rfc/rfc6750#section-3.1) and [RFC
/// 7009](https://www.rfc-editor.org/rfc/rfc7009#section-2.2.1), and of [OpenID
/// Connect](https://openid.net/specs/openid-connect-core-1_0.html#AuthError).
///
/// ```
/// use cognito_userpools::oauth::ErrorCode;
///
/// assert_eq!(ErrorCode::from("invalid_grant"), ErrorCode::InvalidGrant);
/// assert_eq!(ErrorCode::from("tea_required"), ErrorCode::Other("tea_required".to_owned()));
/// assert_eq!(ErrorCode::InvalidClient.as_str(), "invalid_client");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorCode {
    /// The request lacks a parameter, or has a wrong one. The service also uses it for scopes that the app client does
    /// not allow.
    InvalidRequest,
    /// There is no such app client, or its secret is wrong.
    InvalidClient,
    /// The code or refresh token is wrong, used, revoked or expired, or was issued for another app client or redirect
    /// URL, or the code verifier is wrong.
    InvalidGrant,
    /// The app client may not use the grant.
    UnauthorizedClient,
    /// The server does not support the grant.
    UnsupportedGrantType,
    /// A scope is unknown or not allowed.
    InvalidScope,
    /// The user or the identity provider denied the request.
    AccessDenied,
    /// The server does not support the response type.
    UnsupportedResponseType,
    /// The server failed.
    ServerError,
    /// The server is overloaded.
    TemporarilyUnavailable,
    /// With [`Prompt::None`](super::Prompt::None): the user has to sign in.
    LoginRequired,
    /// With [`Prompt::None`](super::Prompt::None): a page has to be shown to the user.
    InteractionRequired,
    /// With [`Prompt::None`](super::Prompt::None): the user has to consent.
    ConsentRequired,
    /// With [`Prompt::None`](super::Prompt::None): the user has to choose an account.
    AccountSelectionRequired,
    /// The access token is wrong, revoked or expired.
    InvalidToken,
    /// The access token lacks a scope.
    InsufficientScope,
    /// The server cannot revoke tokens of this type.
    UnsupportedTokenType,
    /// A code that has no variant.
    Other(String),
}

/// The codes and their variants.
const CODES: [(&str, ErrorCode); 17] = [
    ("invalid_request", ErrorCode::InvalidRequest),
    ("invalid_client", ErrorCode::InvalidClient),
    ("invalid_grant", ErrorCode::InvalidGrant),
    ("unauthorized_client", ErrorCode::UnauthorizedClient),
    ("unsupported_grant_type", ErrorCode::UnsupportedGrantType),
    ("invalid_scope", ErrorCode::InvalidScope),
    ("access_denied", ErrorCode::AccessDenied),
    ("unsupported_response_type", ErrorCode::UnsupportedResponseType),
    ("server_error", ErrorCode::ServerError),
    ("temporarily_unavailable", ErrorCode::TemporarilyUnavailable),
    ("login_required", ErrorCode::LoginRequired),
    ("interaction_required", ErrorCode::InteractionRequired),
    ("consent_required", ErrorCode::ConsentRequired),
    ("account_selection_required", ErrorCode::AccountSelectionRequired),
    ("invalid_token", ErrorCode::InvalidToken),
    ("insufficient_scope", ErrorCode::InsufficientScope),
    ("unsupported_token_type", ErrorCode::UnsupportedTokenType),
];

impl ErrorCode {
    /// Returns the code as in the response.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Other(code) => code,
            known => CODES.iter().find(|(_, code)| code == known).map_or("", |(text, _)| text),
        }
    }
}

impl From<&str> for ErrorCode {
    fn from(text: &str) -> Self {
        let known = CODES.into_iter().find(|(known, _)| *known == text);
        known.map_or_else(|| Self::Other(text.to_owned()), |(_, code)| code)
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl OAuthError {
    pub(super) fn new(reason: OAuthReason, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let (code, description, status, source, refresh_token) = (None, None, None, None, None);
        Self(Arc::new(Inner { reason, detail, code, description, status, source, refresh_token }))
    }

    /// Changes an error that has not been cloned.
    fn with(mut self, change: impl FnOnce(&mut Inner)) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            change(inner);
        }
        self
    }

    pub(super) fn misconfigured(detail: impl Into<String>) -> Self {
        Self::new(OAuthReason::Misconfigured, detail)
    }

    /// The error response of a server, without the words that quote a sensitive value.
    pub(super) fn coded(
        reason: OAuthReason,
        code: &str,
        description: Option<&str>,
        status: Option<StatusCode>,
        sensitive: &Redactor,
    ) -> Self {
        let code = Some(match ErrorCode::from(code) {
            ErrorCode::Other(code) => ErrorCode::Other(sensitive.for_log(&code).to_owned()),
            known => known,
        });
        let description = description.map(|text| redact(text, sensitive)).filter(|text| !text.is_empty());
        Self::new(reason, "").with(|inner| (inner.code, inner.description, inner.status) = (code, description, status))
    }

    pub(super) fn unreadable(detail: &str, status: StatusCode) -> Self {
        Self::new(OAuthReason::Unreadable, detail).with(|inner| inner.status = Some(status))
    }

    fn with_source(reason: OAuthReason, source: Source) -> Self {
        Self::new(reason, "").with(|inner| inner.source = Some(source))
    }

    pub(super) fn transport(error: TransportError) -> Self {
        Self::with_source(OAuthReason::Transport, Source::Transport(error))
    }

    pub(super) fn id_token(error: VerifyError) -> Self {
        Self::with_source(OAuthReason::IdToken, Source::Verify(error))
    }

    pub(super) fn operation(error: cognito_op::Error) -> Self {
        Self::with_source(OAuthReason::Operation, Source::Operation(error))
    }

    /// Adds the refresh token of the response.
    pub(super) fn with_refresh_token(self, refresh_token: Option<String>) -> Self {
        self.with(|inner| inner.refresh_token = refresh_token.map(Zeroizing::new))
    }

    /// Returns the reason.
    #[must_use]
    pub fn reason(&self) -> OAuthReason {
        self.0.reason
    }

    /// Returns the code of the server's error response, for [`Denied`](OAuthReason::Denied) and
    /// [`Rejected`](OAuthReason::Rejected), and for [`State`](OAuthReason::State) if there is one. A code that quotes a
    /// sensitive value is `[redacted]`.
    #[must_use]
    pub fn code(&self) -> Option<&ErrorCode> {
        self.0.code.as_ref()
    }

    /// Returns the server's description for developers, without the words that quote a sensitive value of the request.
    /// Anyone who makes a user open a URL can choose the description of a callback.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// Returns the HTTP status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns the new refresh token, if the app client rotates refresh tokens and the identity token of a
    /// [`refresh`](super::OAuthClient::refresh) was not accepted. The previous refresh token is no longer valid, so
    /// keep this one for the next refresh.
    ///
    /// The token is zeroized with the last clone of the error, and redacted in `Display` and `Debug`.
    ///
    /// ```
    /// use cognito_userpools::oauth::{OAuthClient, OAuthError};
    /// use cognito_userpools::sign_in::Tokens;
    ///
    /// async fn refresh(oauth: &OAuthClient, refresh_token: &mut String) -> Result<Tokens, OAuthError> {
    ///     let outcome = oauth.refresh(refresh_token).await;
    ///     let replaced = match &outcome {
    ///         Ok(login) => login.tokens.refresh_token.as_deref(),
    ///         Err(error) => error.refresh_token(),
    ///     };
    ///     if let Some(replaced) = replaced {
    ///         *refresh_token = replaced.to_owned();
    ///     }
    ///     outcome.map(|login| login.tokens)
    /// }
    /// ```
    #[must_use]
    pub fn refresh_token(&self) -> Option<&str> {
        self.0.refresh_token.as_ref().map(|token| token.as_str())
    }

    /// Returns the party at fault. A code or token that is no longer valid is the fault of the [`User`](Fault::User),
    /// who must sign in again.
    #[must_use]
    pub fn fault(&self) -> Fault {
        match (&self.0.source, self.0.reason) {
            (Some(Source::Transport(_)), _) => return Fault::Network,
            (Some(Source::Operation(error)), _) => return error.fault(),
            (Some(Source::Verify(error)), _) => {
                return match error.reason() {
                    VerifyReason::KeysUnavailable => Fault::Network,
                    // The token of another pool or app client, or of a server whose clock differs.
                    _ => Fault::Caller,
                };
            }
            (_, OAuthReason::Misconfigured) => return Fault::Caller,
            (_, OAuthReason::Callback) => return Fault::User,
            (_, OAuthReason::State) if self.0.code.is_none() => return Fault::User,
            (_, OAuthReason::IdToken | OAuthReason::Nonce) => return Fault::Unknown,
            _ => {}
        }
        match self.0.status.map(|status| status.as_u16()) {
            Some(429) => return Fault::Throttled,
            Some(500..) => return Fault::Service,
            _ => {}
        }
        match &self.0.code {
            Some(
                ErrorCode::InvalidRequest
                | ErrorCode::InvalidClient
                | ErrorCode::UnauthorizedClient
                | ErrorCode::UnsupportedGrantType
                | ErrorCode::InvalidScope
                | ErrorCode::UnsupportedResponseType
                | ErrorCode::InsufficientScope
                | ErrorCode::UnsupportedTokenType,
            ) => Fault::Caller,
            Some(ErrorCode::ServerError) | None => Fault::Service,
            Some(ErrorCode::TemporarilyUnavailable) => Fault::Throttled,
            Some(ErrorCode::Other(_)) => Fault::Unknown,
            Some(_) => Fault::User,
        }
    }

    /// Returns whether the server may have processed the request without a result: there is no valid response, an error
    /// with a status of 500 or more, or an identity token that was not accepted. A code may then be used, and a refresh
    /// token replaced.
    #[must_use]
    pub fn may_have_executed(&self) -> bool {
        let Inner { reason, status, source, refresh_token, .. } = &*self.0;
        match (source, reason) {
            (Some(Source::Transport(error)), _) => error.may_have_been_sent(),
            (Some(Source::Operation(error)), _) => error.may_have_executed(),
            (_, OAuthReason::Unreadable | OAuthReason::IdToken | OAuthReason::Nonce) => true,
            _ => refresh_token.is_some() || status.is_some_and(|status| status.is_server_error()),
        }
    }
}

/// Returns the words of a text that are safe to log.
fn redact(text: &str, sensitive: &Redactor) -> String {
    let end = (0..=LONGEST_DESCRIPTION).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let text = text.get(..end).unwrap_or(text);
    let words: Vec<&str> = text.split_whitespace().map(|word| sensitive.for_log(word)).collect();
    words.join(" ")
}

impl fmt::Display for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { reason, detail, code, description, status, source, .. } = &*self.0;
        f.write_str(match reason {
            OAuthReason::Misconfigured => "cannot use OAuth 2.0: ",
            OAuthReason::State if code.is_some() => "the callback contains an error and no state: ",
            OAuthReason::Callback | OAuthReason::State => "the callback is not valid: ",
            OAuthReason::Denied => "the user was not signed in: ",
            OAuthReason::Rejected => "the server rejected the request: ",
            OAuthReason::Unreadable => "the response is not valid: ",
            OAuthReason::Transport | OAuthReason::Operation => "",
            OAuthReason::IdToken | OAuthReason::Nonce => "the identity token is not accepted: ",
        })?;
        f.write_str(detail)?;
        if let Some(code) = code {
            write!(f, "{code}")?;
        }
        if let Some(status) = status {
            write!(f, " (status {})", status.as_u16())?;
        }
        if let Some(description) = description {
            write!(f, ": {description}")?;
        }
        match source {
            Some(Source::Transport(error)) => write!(f, "{error}"),
            Some(Source::Verify(error)) => write!(f, "{error}"),
            Some(Source::Operation(error)) => write!(f, "{error}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthError").field("reason", &self.0.reason).field("message", &self.to_string()).finish()
    }
}

impl Error for OAuthError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_ref().map(|source| match source {
            Source::Transport(error) => error as &(dyn Error + 'static),
            Source::Verify(error) => error,
            Source::Operation(error) => error,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::Verifier;

    #[test]
    fn each_code_has_its_text() {
        for (text, code) in CODES {
            assert_eq!((code.as_str(), &ErrorCode::from(text)), (text, &code));
        }
    }

    /// `invalid_client` shares six characters with this secret, but reveals nothing about it.
    #[test]
    fn known_codes_are_not_redacted() {
        let sensitive = Redactor::from_iter(["my-client-secret"]);
        let error = OAuthError::coded(OAuthReason::Rejected, "invalid_client", None, None, &sensitive);
        assert_eq!((error.code(), error.fault()), (Some(&ErrorCode::InvalidClient), Fault::Caller));
        let error = OAuthError::coded(OAuthReason::Rejected, "my-client", None, None, &sensitive);
        assert_eq!(error.code(), Some(&ErrorCode::Other("[redacted]".to_owned())));
    }

    #[test]
    fn texts_of_a_server_are_redacted_word_by_word() {
        let sensitive = Redactor::from_iter(["the-code-4711"]);
        let text = "wrong code 'the-code-4711'\r\nfor app client Ünknown";
        let error = OAuthError::coded(OAuthReason::Rejected, "invalid_grant", Some(text), None, &sensitive);
        let expected = "wrong code [redacted] for app client [redacted]";
        assert_eq!(error.description(), Some(expected));
        assert_eq!(error.to_string(), format!("the server rejected the request: invalid_grant: {expected}"));
        let error = OAuthError::coded(OAuthReason::Rejected, "the-code-4711", Some(" "), None, &sensitive);
        assert_eq!(error.code(), Some(&ErrorCode::Other("[redacted]".to_owned())));
        assert_eq!(error.description(), None);
        let long = "é".repeat(LONGEST_DESCRIPTION);
        let error = OAuthError::coded(OAuthReason::Denied, "x", Some(&long), None, &sensitive);
        assert_eq!(error.description(), Some("[redacted]"));
    }

    #[test]
    fn each_error_is_the_fault_of_one_party() {
        let status = |status| StatusCode::from_u16(status).expect("a status");
        let coded =
            |code, status| OAuthError::coded(OAuthReason::Rejected, code, None, status, &Redactor::from_iter([""; 0]));
        let verifier = Verifier::builder().user_pool("eu-west-1_Ab12").client_id("client").build_offline();
        let malformed = verifier.and_then(|verifier| verifier.id_token_cached("")).expect_err("no token");
        for (error, fault) in [
            (OAuthError::transport(TransportError::unsent("down")), Fault::Network),
            (OAuthError::id_token(malformed), Fault::Caller),
            (OAuthError::misconfigured(""), Fault::Caller),
            (OAuthError::new(OAuthReason::Callback, ""), Fault::User),
            (OAuthError::new(OAuthReason::State, ""), Fault::User),
            (OAuthError::new(OAuthReason::IdToken, ""), Fault::Unknown),
            (OAuthError::new(OAuthReason::Nonce, ""), Fault::Unknown),
            (coded("invalid_grant", Some(status(400))), Fault::User),
            (coded("invalid_grant", Some(status(429))), Fault::Throttled),
            (coded("invalid_grant", Some(status(500))), Fault::Service),
            (coded("invalid_client", Some(status(401))), Fault::Caller),
            (coded("temporarily_unavailable", None), Fault::Throttled),
            (coded("server_error", None), Fault::Service),
            (coded("other", None), Fault::Unknown),
        ] {
            assert_eq!(error.fault(), fault, "{error:?}");
        }
    }

    #[test]
    fn texts_begin_with_what_failed() {
        let error = OAuthError::new(OAuthReason::State, "it contains none");
        assert_eq!(error.to_string(), "the callback is not valid: it contains none");
        assert_eq!(
            format!("{error:?}"),
            r#"OAuthError { reason: State, message: "the callback is not valid: it contains none" }"#
        );
    }
}

//! A sign-in between the redirect to the login page and the callback.

use super::callback::Callback;
use super::error::{OAuthError, OAuthReason};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognito_op::Redactor;
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::hint::black_box;
use zeroize::Zeroizing;

/// The number of random bytes of each secret. [RFC 7636](https://www.rfc-editor.org/rfc/rfc7636#section-4.1) recommends
/// it for the code verifier.
pub(super) const SECRET_BYTES: usize = 32;

/// A sign-in between the redirect to the login page and the callback: its state, its nonce and its PKCE code verifier.
///
/// Keep it so that only the same browser can use it: in a session on the server, or in the memory of a program on the
/// user's machine. [`accept`](Self::accept) consumes it, so that it is used once. Drop it after some minutes.
///
/// With the feature `serde`, it can be serialized. The text is a secret.
///
/// ```
/// use cognito_userpools::oauth::{OAuthClient, OAuthError, PendingLogin};
/// # use cognito_userpools::Client;
///
/// # fn redirect(oauth: &OAuthClient) -> Result<(), OAuthError> {
/// let (url, pending): (String, PendingLogin) = oauth.authorize().start()?;
/// // Redirect the browser to `url`. In the callback:
/// let code = pending.accept("code=8400a8f2&state=…")?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct PendingLogin {
    pub(super) state: Zeroizing<String>,
    pub(super) nonce: Zeroizing<String>,
    pub(super) verifier: Zeroizing<String>,
    pub(super) redirect_uri: String,
    /// The id of the app client.
    pub(super) client_id: String,
    /// Whether the response must contain an identity token.
    pub(super) expects_id_token: bool,
}

impl PendingLogin {
    /// Creates the secrets of a sign-in from random bytes.
    pub(super) fn new(
        random: &[[u8; SECRET_BYTES]; 3],
        client_id: &str,
        redirect_uri: &str,
        expects_id_token: bool,
    ) -> Self {
        let [state, nonce, verifier] = random.each_ref().map(|bytes| Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes)));
        let (client_id, redirect_uri) = (client_id.to_owned(), redirect_uri.to_owned());
        Self { state, nonce, verifier, redirect_uri, client_id, expects_id_token }
    }

    /// Returns the PKCE code challenge.
    pub(super) fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.as_bytes()))
    }

    /// Returns the state. A program with several pending sign-ins of one browser can find the one of a callback with it.
    /// Such a search need not take constant time, since [`accept`](Self::accept) compares the state again.
    #[must_use]
    pub fn state(&self) -> &str {
        &self.state
    }

    /// Checks a callback and returns its code, for [`exchange`](super::OAuthClient::exchange).
    ///
    /// `callback` is the query of the request, or its URL. The state is compared in constant time.
    ///
    /// ```
    /// use cognito_userpools::oauth::{ErrorCode, OAuthError, OAuthReason, PendingLogin};
    ///
    /// /// Returns whether the user cancelled the sign-in.
    /// fn is_cancelled(pending: PendingLogin, query: &str) -> bool {
    ///     let denied = |error: OAuthError| error.code() == Some(&ErrorCode::AccessDenied);
    ///     pending.accept(query).is_err_and(denied)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// - [`State`](OAuthReason::State) if the state is missing or another one: the callback belongs to another sign-in,
    ///   or someone made the browser open it. The service does not return the state with each error, so the error keeps
    ///   the [`code`](OAuthError::code) of a callback without a state;
    /// - [`Denied`](OAuthReason::Denied) if the callback contains an error and the right state;
    /// - [`Callback`](OAuthReason::Callback) if the callback is malformed.
    pub fn accept(self, callback: &str) -> Result<AuthorizationCode, OAuthError> {
        let Callback { code, state, error, description } = Callback::parse(callback)?;
        let is_same = state.as_ref().is_some_and(|state| equal(state, &self.state));
        if !is_same && (state.is_some() || error.is_none()) {
            let detail = if state.is_some() { "its state is that of another sign-in" } else { "it contains no state" };
            return Err(OAuthError::new(OAuthReason::State, detail));
        }
        if let Some(error) = error {
            let sensitive = Redactor::from_iter([&*self.state, &*self.nonce, &*self.verifier]);
            let reason = if is_same { OAuthReason::Denied } else { OAuthReason::State };
            return Err(OAuthError::coded(reason, &error, description.as_deref(), None, &sensitive));
        }
        match code {
            Some(code) => Ok(AuthorizationCode { code, pending: self }),
            None => Err(OAuthError::new(OAuthReason::Callback, "it contains no code")),
        }
    }
}

impl fmt::Debug for PendingLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingLogin").finish_non_exhaustive()
    }
}

/// The code of an accepted callback. [`exchange`](super::OAuthClient::exchange) consumes it, since the server accepts a
/// code once.
///
/// ```
/// use cognito_userpools::oauth::{AuthorizationCode, Login, OAuthClient, OAuthError};
///
/// async fn finish(oauth: &OAuthClient, code: AuthorizationCode) -> Result<Login, OAuthError> {
///     oauth.exchange(code).await
/// }
/// ```
pub struct AuthorizationCode {
    pub(super) code: Zeroizing<String>,
    pub(super) pending: PendingLogin,
}

impl fmt::Debug for AuthorizationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizationCode").finish_non_exhaustive()
    }
}

/// Compares two texts in a time that depends on their lengths only.
pub(super) fn equal(a: &str, b: &str) -> bool {
    let difference = a.bytes().zip(b.bytes()).fold(0, |difference, (a, b)| black_box(difference | (a ^ b)));
    a.len() == b.len() && difference == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::error::ErrorCode;
    use cognito_op::Fault;

    fn pending() -> PendingLogin {
        PendingLogin::new(
            &[[1; SECRET_BYTES], [2; SECRET_BYTES], [3; SECRET_BYTES]],
            "client",
            "https://a.example",
            true,
        )
    }

    /// [RFC 7636, appendix B](https://www.rfc-editor.org/rfc/rfc7636#appendix-B).
    #[test]
    fn code_challenge_of_the_rfc() {
        let verifier = [
            116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191,
            240, 91, 88, 5, 88, 83, 132, 141, 121,
        ];
        let pending = PendingLogin::new(&[[0; SECRET_BYTES], [0; SECRET_BYTES], verifier], "client", "", true);
        assert_eq!(*pending.verifier, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(pending.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn texts_are_compared_as_a_whole() {
        // Both letters of the last pair differ in the same bits.
        for (a, b) in [("", "a"), ("a", "ab"), ("ab", "a"), ("ab", "ac"), ("bb", "ab"), ("ab", "ba")] {
            assert!(!equal(a, b), "{a} {b}");
        }
        assert!(equal("", "") && equal("abc", "abc"));
    }

    #[test]
    fn debug_shows_no_secret() {
        assert_eq!(format!("{:?}", pending()), "PendingLogin { .. }");
        let code = AuthorizationCode { code: Zeroizing::new("code".to_owned()), pending: pending() };
        assert_eq!(format!("{code:?}"), "AuthorizationCode { .. }");
    }

    #[test]
    fn a_callback_is_accepted_with_the_same_state_only() {
        let state = pending().state().to_owned();
        let code = pending().accept(&format!("code=a%2Bb&state={state}")).expect("a code");
        assert_eq!(*code.code, "a+b");
        let reason = |callback: &str| pending().accept(callback).map(drop).map_err(|error| error.reason());
        let other = URL_SAFE_NO_PAD.encode([2; SECRET_BYTES]);
        for wrong in [
            "code=1".to_owned(),
            "code=1&state=".to_owned(),
            format!("code=1&state={other}"),
            format!("code=1&state={}", &state[..42]),
            format!("code=1&state={state}x"),
            format!("error=access_denied&state={other}"),
            String::new(),
        ] {
            assert_eq!(reason(&wrong), Err(OAuthReason::State), "{wrong}");
        }
        for empty in [format!("state={state}"), format!("code=&state={state}")] {
            assert_eq!(reason(&empty), Err(OAuthReason::Callback));
        }
    }

    #[test]
    fn an_error_is_typed_and_not_trusted() {
        let state = pending().state().to_owned();
        let denied = |query: String| pending().accept(&query).map(drop).expect_err("an error");
        let error = denied(format!("error=access_denied&error_description=The+user+said+{state}&state={state}&code=1"));
        assert_eq!((error.reason(), error.code()), (OAuthReason::Denied, Some(&ErrorCode::AccessDenied)));
        assert_eq!(error.description(), Some("The user said [redacted]"));
        let error = denied(format!("error={state}"));
        assert_eq!(error.code(), Some(&ErrorCode::Other("[redacted]".to_owned())));
        let error = denied(format!("error=a%0Ab&error_description=%0Aforged&state={state}"));
        assert_eq!(error.to_string(), "the user was not signed in: [redacted]: forged");
        // Anyone can make a browser open it, but the service can have sent it too.
        for (query, fault) in [("error=access_denied", Fault::User), ("error=invalid_request&state=", Fault::Caller)] {
            let error = denied(query.to_owned());
            assert_eq!((error.reason(), error.fault()), (OAuthReason::State, fault));
            let code = error.code().expect("a code");
            assert_eq!(error.to_string(), format!("the callback contains an error and no state: {code}"));
        }
        let error = denied("error=invalid_request&state=another".to_owned());
        assert_eq!((error.reason(), error.code(), error.fault()), (OAuthReason::State, None, Fault::User));
    }
}

//! Sessions with a [`Client`].

use super::driver::Session;
use super::error::SessionError;
use super::machine::Extent;
use crate::sign_in::Tokens;
use cognito_op::Client;

impl Session<Client> {
    /// Begins the session with tokens that the service has just returned, and saves them. They replace those of another
    /// user.
    ///
    /// The tokens can come from any sign-in, also from managed login.
    ///
    /// # Errors
    ///
    /// Returns [`Store`](SessionError::Store) if the tokens could not be saved. The user is still signed in, until the
    /// program ends.
    pub async fn sign_in(&self, tokens: Tokens) -> Result<(), SessionError> {
        self.begin(tokens).await
    }

    /// Returns an access token that is valid. Refreshes the tokens first if they have expired.
    ///
    /// The session refreshes the tokens shortly before they expire, and returns the current ones meanwhile. If the
    /// refresh fails, it returns the current tokens until they expire.
    ///
    /// # Errors
    ///
    /// Returns an error if no user is signed in, or if the tokens have expired and could not be refreshed.
    pub async fn access_token(&self) -> Result<String, SessionError> {
        self.valid_access_token().await
    }

    /// Returns an identity token that is valid, as [`access_token`](Self::access_token) does. Returns `None` if the
    /// service issues no identity token to the app client.
    ///
    /// # Errors
    ///
    /// Returns the same errors.
    pub async fn id_token(&self) -> Result<Option<String>, SessionError> {
        self.valid_id_token().await
    }

    /// Returns all tokens, of which the access token and the identity token are valid. Their `expires_in` is the
    /// remaining time.
    ///
    /// Do not refresh or revoke them with other functions: the session would not receive the new refresh token.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`access_token`](Self::access_token).
    pub async fn tokens(&self) -> Result<Tokens, SessionError> {
        self.valid_tokens().await
    }

    /// Refreshes the tokens before they expire, and returns them. Concurrent callers share one refresh. Call it after
    /// an API has rejected an access token, or to receive changed claims. If another process has saved new tokens in
    /// the store, the method returns these without a request.
    ///
    /// # Errors
    ///
    /// Returns an error if the refresh fails, although the previous tokens may still be valid.
    pub async fn refresh(&self) -> Result<Tokens, SessionError> {
        self.refreshed_tokens().await
    }

    /// Signs the user out of this session: removes the tokens, clears the store, and revokes the refresh token and its
    /// access tokens with `RevokeToken`. The user stays signed in on other devices.
    ///
    /// The session returns no more tokens as soon as the method is called. A refresh in progress ends first.
    ///
    /// # Errors
    ///
    /// Returns an error if the store could not be cleared, or if the request failed. The session is signed out in any
    /// case. If the request failed, the service accepts the tokens until they expire.
    pub async fn sign_out(&self) -> Result<(), SessionError> {
        self.end(Extent::Session).await
    }

    /// Signs the user out on all devices, with `GlobalSignOut`, and otherwise as [`sign_out`](Self::sign_out) does.
    ///
    /// It refreshes the tokens first if they have expired. The access token needs the scope
    /// `aws.cognito.signin.user.admin`, which tokens of managed login can lack.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`sign_out`](Self::sign_out).
    pub async fn sign_out_everywhere(&self) -> Result<(), SessionError> {
        self.end(Extent::Everywhere).await
    }
}

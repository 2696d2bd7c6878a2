//! The methods of clients that send requests with a [`Client`].

use super::cache::ClientToken;
use super::client::{Login, OAuthClient};
use super::client_tokens::ClientTokens;
use super::error::OAuthError;
use super::pending::AuthorizationCode;
use super::user_info::UserInfo;
use cognito_op::Client;

impl OAuthClient<Client> {
    /// Exchanges the code of a callback for tokens, and verifies the identity token and its nonce.
    ///
    /// The code is sent once. It is sent again only if it is proven that the server did not receive it.
    ///
    /// # Errors
    ///
    /// - [`Rejected`](super::OAuthReason::Rejected) with `invalid_grant` if the code is wrong, used or expired;
    /// - [`IdToken`](super::OAuthReason::IdToken) or [`Nonce`](super::OAuthReason::Nonce) if the identity token is not
    ///   accepted. No token is returned then;
    /// - [`Unreadable`](super::OAuthReason::Unreadable) or [`Transport`](super::OAuthReason::Transport) without a valid
    ///   response. The user must sign in again, since the code may be used.
    pub async fn exchange(&self, code: AuthorizationCode) -> Result<Login, OAuthError> {
        self.exchange_code(code).await
    }

    /// Requests new tokens with a refresh token. If there is an identity token, it is verified. Compare its
    /// [`sub`](crate::verify::IdToken::sub) with the one of the user.
    ///
    /// ```
    /// use cognito_userpools::oauth::{OAuthClient, OAuthError};
    /// use cognito_userpools::sign_in::Tokens;
    ///
    /// async fn refresh(oauth: &OAuthClient, tokens: &mut Tokens) -> Result<(), OAuthError> {
    ///     let refresh_token = tokens.refresh_token.clone().unwrap_or_default();
    ///     *tokens = oauth.refresh(&refresh_token).await?.tokens;
    ///     // Without rotation, the old token remains valid, and the response contains none.
    ///     tokens.refresh_token.get_or_insert(refresh_token);
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Rejected`](super::OAuthReason::Rejected) with `invalid_grant` if the token is revoked or expired: the
    /// user is signed out. With other errors, the user may still be signed in. If the identity token is not accepted,
    /// [`OAuthError::refresh_token`] returns the refresh token that replaces this one.
    pub async fn refresh(&self, refresh_token: &str) -> Result<Login, OAuthError> {
        self.refresh_tokens(refresh_token).await
    }

    /// Revokes a refresh token and the access tokens that were issued with it.
    ///
    /// # Errors
    ///
    /// Returns [`Rejected`](super::OAuthReason::Rejected) if the app client does not allow it. An unknown token is no
    /// error of the service.
    pub async fn revoke(&self, refresh_token: &str) -> Result<(), OAuthError> {
        self.revoke_token(refresh_token).await
    }

    /// Returns the attributes of the user of an access token, which needs the scope `openid`.
    ///
    /// ```
    /// use cognito_userpools::oauth::{OAuthClient, OAuthError};
    ///
    /// async fn email(oauth: &OAuthClient, access_token: &str) -> Result<Option<String>, OAuthError> {
    ///     let user = oauth.user_info(access_token).await?;
    ///     Ok(user.email().map(str::to_owned))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Rejected`](super::OAuthReason::Rejected) with `invalid_token` if the token is revoked or expired.
    pub async fn user_info(&self, access_token: &str) -> Result<UserInfo, OAuthError> {
        self.read_user_info(access_token).await
    }
}

impl ClientTokens<Client> {
    /// Returns a token for scopes, such as `orders/read`. Without scopes, the service grants all scopes of the app
    /// client.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no usable token and the request for one fails. In the seconds that follow, calls
    /// return the same error without a request.
    pub async fn get<S: AsRef<str>>(&self, scopes: impl IntoIterator<Item = S>) -> Result<ClientToken, OAuthError> {
        self.token(scopes).await
    }
}

//! The requests of a session, with either client.

use super::saved::SavedSession;
use crate::operations::{GetTokensFromRefreshToken, GlobalSignOut, RevokeToken};
use crate::sign_in::{Refresh, Tokens, UnverifiedClaims};
use cognito_op::transport::BoxFuture;
use cognito_op::{Client, Error, Operation, Reply, blocking};
use std::future::ready;
use std::time::Duration;
use zeroize::Zeroize as _;

/// A client of a session: a [`Client`] or a [`blocking::Client`]. The trait is sealed. Another HTTP client can be the
/// [transport](cognito_op::transport::Transport) of a client.
///
/// ```
/// use cognito_userpools::session::{Session, SessionClient, SessionState};
///
/// /// Works with both kinds of sessions.
/// fn is_signed_in<C: SessionClient>(session: &Session<C>) -> bool {
///     matches!(session.state(), SessionState::SignedIn | SessionState::Refreshed)
/// }
/// ```
pub trait SessionClient: Clone + sealed::Sealed {}

pub(super) mod sealed {
    use super::{BoxFuture, Duration, Error, Operation, Refresh, Reply, Tokens};

    pub trait Sealed: Send + Sync + 'static {
        /// Returns the time on the clock of the transport.
        fn now(&self) -> Duration;

        /// Sends an operation. Polling the future of a blocking client blocks.
        fn reply<O: Operation<Output: Send + 'static>>(
            &self,
            operation: &O,
        ) -> BoxFuture<'_, Result<Reply<O::Output>, Error>>;

        fn refresh(&self, refresh: Refresh) -> BoxFuture<'_, Result<Tokens, Error>>;
    }
}

impl SessionClient for Client {}

impl sealed::Sealed for Client {
    fn now(&self) -> Duration {
        self.transport().now()
    }

    fn reply<O: Operation<Output: Send + 'static>>(
        &self,
        operation: &O,
    ) -> BoxFuture<'_, Result<Reply<O::Output>, Error>> {
        Box::pin(self.call(operation).send())
    }

    fn refresh(&self, refresh: Refresh) -> BoxFuture<'_, Result<Tokens, Error>> {
        Box::pin(refresh.send(self))
    }
}

impl SessionClient for blocking::Client {}

impl sealed::Sealed for blocking::Client {
    fn now(&self) -> Duration {
        self.transport().now()
    }

    fn reply<O: Operation<Output: Send + 'static>>(
        &self,
        operation: &O,
    ) -> BoxFuture<'_, Result<Reply<O::Output>, Error>> {
        Box::pin(ready(self.call(operation).send()))
    }

    fn refresh(&self, refresh: Refresh) -> BoxFuture<'_, Result<Tokens, Error>> {
        Box::pin(ready(refresh.send_blocking(self)))
    }
}

/// Refreshes tokens, with `GetTokensFromRefreshToken` if `is_rotating` is set.
pub(super) async fn refresh(
    client: &impl SessionClient,
    saved: &SavedSession,
    is_rotating: bool,
) -> Result<Tokens, Error> {
    let tokens = saved.tokens();
    if !is_rotating {
        let refresh = tokens.refresh().ok_or_else(no_refresh_token)?;
        return client.refresh(refresh).await;
    }
    let refresh_token = tokens.refresh_token.clone().ok_or_else(no_refresh_token)?;
    let claims = UnverifiedClaims::read(&tokens.access_token).ok();
    let device_key = tokens.known_device_key(claims.as_ref());
    let mut operation = GetTokensFromRefreshToken::new(refresh_token).device_key(device_key);
    let call = client.reply(&operation);
    operation.refresh_token.zeroize();
    let Reply { value, meta, .. } = call.await?;
    value.authentication_result.and_then(Tokens::from_authentication_result).ok_or_else(|| {
        Error::unreadable("it contains no access token", &meta).for_operation(GetTokensFromRefreshToken::NAME)
    })
}

/// Revokes the refresh token, and the access tokens that were issued for it.
pub(super) async fn revoke(client: &impl SessionClient, saved: &SavedSession) -> Result<(), Error> {
    let refresh_token = saved.tokens().refresh_token.clone().ok_or_else(no_refresh_token)?;
    let mut operation = RevokeToken::new(refresh_token);
    let call = client.reply(&operation);
    operation.token.zeroize();
    call.await.map(drop)
}

/// Signs the user out on all devices.
pub(super) async fn sign_out_everywhere(client: &impl SessionClient, saved: &SavedSession) -> Result<(), Error> {
    let mut operation = GlobalSignOut::new(&saved.tokens().access_token);
    let call = client.reply(&operation);
    operation.access_token.zeroize();
    call.await.map(drop)
}

fn no_refresh_token() -> Error {
    Error::misconfigured("there is no refresh token")
}

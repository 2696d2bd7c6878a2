//! Test flows that run with the async and the blocking client, and the helpers that they share.

#![allow(clippy::expect_used, clippy::missing_panics_doc, clippy::missing_errors_doc)]

pub mod fake_service;

use cognito_op::{Client, Credentials, Error, ErrorKind, Operation, ProvideCredentials, blocking};
use cognito_op_tests::pool::{PASSWORD, Pool};
use cognito_userpools::operations::{ConfirmSignUp, GetUser, RevokeToken, SignUp};
use cognito_userpools::session::{MemoryStore, Session, SessionError, SignedOut};
use cognito_userpools::sign_in::{Refresh, SignIn, Step, Tokens};
use hmac::{KeyInit as _, Mac as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// The async client or the blocking client.
#[derive(Clone)]
pub enum Way {
    /// Over hyper.
    Waiting(Client),
    /// Over ureq.
    Blocking(blocking::Client),
}

/// Calls a method that takes the async client, or its counterpart for the blocking client.
#[macro_export]
macro_rules! on {
    ($either:expr, $subject:ident.$method:ident/$twin:ident($($argument:expr),*)) => {
        match &$either.way {
            $crate::Way::Waiting(client) => $subject.$method(client $(, $argument)*).await,
            $crate::Way::Blocking(client) => $subject.$twin(client $(, $argument)*),
        }
    };
}

/// Defines two tests of each flow, one for each client: `waiting::…` and `blocking::…`.
#[macro_export]
macro_rules! flows {
    ($pool:ident: $($flow:ident)*) => {
        mod waiting {
            $(#[tokio::test]
            async fn $flow() {
                super::$flow($crate::Run::new(&super::$pool, false, stringify!($flow))).await;
            })*
        }
        mod blocking {
            $(#[tokio::test]
            async fn $flow() {
                super::$flow($crate::Run::new(&super::$pool, true, stringify!($flow))).await;
            })*
        }
    };
}

/// A run of a flow with one of the clients. The runs share the pool.
#[derive(Clone, Copy)]
pub struct Run {
    /// The pool.
    pub pool: &'static Pool,
    blocking: bool,
    flow: &'static str,
}

impl Run {
    /// Creates a run of the flow with that name.
    #[must_use]
    pub fn new(pool: &'static Pool, blocking: bool, flow: &'static str) -> Self {
        Self { pool, blocking, flow }
    }

    /// The same run in another pool.
    #[must_use]
    pub fn within(self, pool: &'static Pool) -> Self {
        Self { pool, ..self }
    }

    /// The name of a user that only this run uses.
    #[must_use]
    pub fn user(&self) -> String {
        user(self.flow, self.blocking)
    }

    /// A client for the app client that has a secret.
    #[must_use]
    pub fn confidential(&self) -> Either {
        self.confidential_with(self.pool.text("confidential", "secret"))
    }

    /// A client with that secret, for the app client that has a secret.
    #[must_use]
    pub fn confidential_with(&self, secret: &str) -> Either {
        self.client(self.pool.text("confidential", "id"), Some(secret))
    }

    /// A client for the app client that has no secret.
    #[must_use]
    pub fn public(&self) -> Either {
        self.client(self.pool.text("public", "id"), None)
    }

    fn client(&self, id: &str, secret: Option<&str>) -> Either {
        fn set_up<C>(builder: cognito_op::Builder<C>, id: &str, secret: Option<&str>) -> cognito_op::Builder<C> {
            let builder = builder.region("us-east-1");
            match secret {
                Some(secret) => builder.app_client(id, secret),
                None => builder.public_app_client(id),
            }
        }
        let url = self.pool.url();
        let way = if self.blocking {
            Way::Blocking(set_up(blocking::Client::builder().endpoint(url), id, secret).build().expect("a client"))
        } else {
            Way::Waiting(set_up(Client::builder().endpoint(url), id, secret).build().expect("a client"))
        };
        Either { id: id.to_owned(), way }
    }
}

fn user(flow: &str, blocking: bool) -> String {
    format!("{flow}-{}", if blocking { "blocking" } else { "waiting" })
}

/// The arguments of `pool.py` that create a user with a temporary password for each run of those flows.
#[must_use]
pub fn invited(flows: &[&str]) -> Vec<String> {
    let users = flows.iter().flat_map(|flow| [user(flow, false), user(flow, true)]);
    users.map(|user| format!("--invited={user}")).collect()
}

/// The email address of a user.
#[must_use]
pub fn address(user: &str) -> String {
    format!("{user}@example.com")
}

/// The request that signs a user up.
#[must_use]
pub fn sign_up_request(user: &str) -> SignUp {
    SignUp::new(user).password(PASSWORD).user_attributes([("email", address(user))])
}

/// A client for an app client.
pub struct Either {
    /// The app client's id.
    pub id: String,
    /// The client.
    pub way: Way,
}

impl Either {
    /// The same client for another app client.
    #[must_use]
    pub fn with_app_client(&self, id: &str, secret: Option<&str>) -> Self {
        let way = match (&self.way, secret) {
            (Way::Waiting(client), Some(secret)) => client.with_app_client(id, secret).map(Way::Waiting),
            (Way::Waiting(client), None) => client.with_public_app_client(id).map(Way::Waiting),
            (Way::Blocking(client), Some(secret)) => client.with_app_client(id, secret).map(Way::Blocking),
            (Way::Blocking(client), None) => client.with_public_app_client(id).map(Way::Blocking),
        };
        Self { id: id.to_owned(), way: way.expect("a valid app client") }
    }

    /// The same client with the access key of the pool's administrator.
    #[must_use]
    pub fn administrator(&self, pool: &Pool) -> Self {
        let text = |name| pool.text("administrator", name);
        self.signing(Credentials::new(text("id"), text("secret")))
    }

    /// The same client, which signs requests with the credentials of that source.
    #[must_use]
    pub fn signing(&self, source: impl ProvideCredentials + blocking::ProvideCredentials + 'static) -> Self {
        let way = match &self.way {
            Way::Waiting(client) => client.with_credentials(source).map(Way::Waiting),
            Way::Blocking(client) => client.with_credentials(source).map(Way::Blocking),
        };
        Self { id: self.id.clone(), way: way.expect("the region is known") }
    }

    /// Sends an operation.
    pub async fn send<O: Operation>(&self, operation: O) -> Result<O::Output, Error> {
        match &self.way {
            Way::Waiting(client) => client.send(&operation).await,
            Way::Blocking(client) => client.send(&operation),
        }
    }

    /// Starts a sign-in.
    pub async fn start(&self, sign_in: SignIn) -> Result<Step, Error> {
        on!(self, sign_in.start / start_blocking())
    }

    /// Starts a sign-in with `USER_PASSWORD_AUTH`, which sends the password to the server.
    pub async fn start_with(&self, user: &str, password: &str) -> Result<Step, Error> {
        self.start(SignIn::user_password_auth(user, password)).await
    }

    /// Signs in with a password, without further challenges.
    pub async fn sign_in(&self, user: &str, password: &str) -> Result<Tokens, Error> {
        let step = self.start_with(user, password).await?;
        Ok(step.into_tokens().expect("no further challenge"))
    }

    /// Refreshes the tokens.
    pub async fn refresh(&self, refresh: Refresh) -> Result<Tokens, Error> {
        on!(self, refresh.send / send_blocking())
    }

    /// Signs a user up with [`PASSWORD`], and confirms the user with `code`.
    pub async fn register(&self, user: &str, code: &str) {
        self.send(sign_up_request(user)).await.expect("a user");
        self.send(ConfirmSignUp::new(user, code)).await.expect("the user is confirmed");
    }
}

/// Tests refreshes with a server that does not rotate refresh tokens. Users are confirmed with `code`.
pub async fn refresh(run: Run, code: &str) {
    let user = run.user();
    run.confidential().register(&user, code).await;
    for client in [run.confidential(), run.public()] {
        let tokens = client.sign_in(&user, PASSWORD).await.expect("tokens");
        let kept = tokens.refresh_token.as_deref().expect("a refresh token");
        let kept = Refresh::new(kept).hash_username(&user);
        for refresh in [tokens.refresh().expect("a refresh token"), kept] {
            let new = client.refresh(refresh).await.expect("tokens");
            assert!(new.id_token.is_some() && new.refresh_token.is_none());
            client.send(GetUser::new(new.access_token)).await.expect("the user");
        }
        let unknown = client.refresh(Refresh::new("no-token").hash_username(&user)).await;
        assert_eq!(unknown.expect_err("it is refused").kind(), ErrorKind::NotAuthorized);
    }
}

/// A session with the async or the blocking client.
enum AnySession {
    Waiting(Session),
    Blocking(Session<blocking::Client>),
}

macro_rules! call {
    ($session:expr, $method:ident($($argument:expr),*)) => {
        match &$session {
            AnySession::Waiting(session) => session.$method($($argument),*).await,
            AnySession::Blocking(session) => session.$method($($argument),*),
        }
    };
}

/// Tests sessions with a server that does not rotate refresh tokens. Users are confirmed with `code`. Each value of
/// `ways_to_refresh` is a setting of `SessionBuilder::rotation`.
pub async fn session(run: Run, code: &str, ways_to_refresh: &[bool], can_revoke: bool) {
    let user = run.user();
    run.confidential().register(&user, code).await;
    let mut open_sessions = Vec::new();
    for client in [run.confidential(), run.public()] {
        for is_rotating in ways_to_refresh {
            let (store, ahead) = (MemoryStore::new(), Arc::new(AtomicU64::new(0)));
            let open = || {
                let ahead = Arc::clone(&ahead);
                let clock = move || SystemTime::now() + Duration::from_secs(ahead.load(Ordering::SeqCst));
                match &client.way {
                    Way::Waiting(client) => {
                        let builder = Session::builder(client).rotation(*is_rotating).clock(clock);
                        AnySession::Waiting(builder.store(store.clone()).build())
                    }
                    Way::Blocking(client) => {
                        let builder = Session::builder(client).rotation(*is_rotating).clock(clock);
                        AnySession::Blocking(builder.store(store.clone()).build())
                    }
                }
            };
            let session = open();
            let tokens = client.sign_in(&user, PASSWORD).await.expect("tokens");
            call!(session, sign_in(tokens)).expect("it is saved");
            let first = call!(session, access_token()).expect("a token");
            client.send(GetUser::new(&first)).await.expect("the user");
            ahead.store(3600, Ordering::SeqCst);
            let second = call!(session, access_token()).expect("another token");
            assert_ne!(second, first);
            client.send(GetUser::new(&second)).await.expect("the user");
            let restarted = open();
            assert_eq!(call!(restarted, access_token()).expect("the same token"), second);
            let third = call!(restarted, refresh()).expect("tokens");
            client.send(GetUser::new(&third.access_token)).await.expect("the user");
            if can_revoke {
                call!(restarted, sign_out()).expect("it is revoked");
                let error = client.send(GetUser::new(&third.access_token)).await.expect_err("it is revoked");
                assert_eq!(error.kind(), ErrorKind::NotAuthorized);
                let outcome = call!(session, refresh());
                assert!(matches!(outcome, Err(SessionError::SignedOut(SignedOut::Elsewhere))), "{outcome:?}");

                let tokens = client.sign_in(&user, PASSWORD).await.expect("tokens");
                let refresh_token = tokens.refresh_token.clone().expect("a refresh token");
                call!(session, sign_in(tokens)).expect("it is saved");
                client.send(RevokeToken::new(refresh_token)).await.expect("it is revoked");
                let outcome = call!(session, refresh());
                assert!(matches!(outcome, Err(SessionError::SignedOut(SignedOut::Revoked))), "{outcome:?}");
                let tokens = client.sign_in(&user, PASSWORD).await.expect("tokens");
                call!(session, sign_in(tokens)).expect("it is saved");
            }
            // The session with the newest tokens.
            open_sessions.push(if can_revoke { session } else { restarted });
        }
    }
    let last = open_sessions.pop().expect("a session");
    call!(last, sign_out_everywhere()).expect("signed out");
    for session in open_sessions {
        let outcome = call!(session, refresh());
        assert!(matches!(outcome, Err(SessionError::SignedOut(_))), "{outcome:?}");
    }
}

/// The code that an authenticator app shows now, for a secret in Base32.
#[must_use]
pub fn totp(secret: &str) -> String {
    totp_at(secret, step())
}

/// A code that differs from those of the time steps around now.
#[must_use]
pub fn wrong_totp(secret: &str) -> String {
    let right: Vec<_> = (step() - 5..step() + 5).map(|step| totp_at(secret, step)).collect();
    let mut codes = (0..).map(|code| format!("{code:06}"));
    codes.find(|code| !right.contains(code)).expect("a code that is not valid")
}

fn step() -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("the clock is after 1970");
    now.as_secs() / 30
}

/// Computes a code as in RFC 6238, with its default parameters.
fn totp_at(secret: &str, step: u64) -> String {
    let mut hmac = hmac::Hmac::<sha1::Sha1>::new_from_slice(&base32(secret)).expect("HMAC accepts any key");
    hmac.update(&step.to_be_bytes());
    let mac = hmac.finalize().into_bytes();
    let offset = usize::from(mac[19] & 0xf);
    let word = u32::from_be_bytes(mac[offset..offset + 4].try_into().expect("four bytes"));
    format!("{:06}", (word & 0x7fff_ffff) % 1_000_000)
}

fn base32(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let digit = |letter: u8| {
        let at = ALPHABET.iter().position(|known| *known == letter.to_ascii_uppercase());
        at.expect("a letter of Base32")
    };
    let bits = text.trim_end_matches('=').bytes().flat_map(|letter| {
        let digit = digit(letter);
        (0..5).rev().map(move |bit| digit >> bit & 1 == 1)
    });
    let bits: Vec<_> = bits.collect();
    bits.chunks_exact(8).map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The test vectors of RFC 6238 have eight digits. A code of six digits consists of the last six.
    #[test]
    fn codes_are_those_of_the_rfc() {
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        for (time, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(totp_at(secret, time / 30), code);
        }
    }
}

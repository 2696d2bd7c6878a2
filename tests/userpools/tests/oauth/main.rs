//! Managed login and the tokens of app clients, with both clients, against ministack, oidc-provider and mock servers.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

mod browser;
mod canaries;
mod client_tokens;
mod fake_service;
mod hostile;
mod ministack;
mod provider;

use cognito_op::{Client, blocking};
use cognito_userpools::oauth::{
    AuthorizationCode, ClientTokens, Login, OAuthClient, OAuthClientBuilder, OAuthError, OAuthReason, PendingLogin,
    UserInfo,
};
use cognito_userpools::verify::Verifier;
use serde_json::Value;

const CALLBACK: &str = "https://shop.example.com/callback";

/// An OAuth client over the async or the blocking client.
#[derive(Clone)]
enum OAuth {
    Waiting(OAuthClient),
    Blocking(OAuthClient<blocking::Client>),
}

macro_rules! call {
    ($oauth:expr, $method:ident($($argument:expr),*)) => {
        match $oauth {
            OAuth::Waiting(oauth) => oauth.$method($($argument),*).await,
            OAuth::Blocking(oauth) => oauth.$method($($argument),*),
        }
    };
}

/// The settings of a client.
#[derive(Clone)]
struct Settings {
    domain: String,
    id: String,
    secret: Option<String>,
    pool: String,
    issuer: Option<String>,
    keys: Option<String>,
}

impl Settings {
    fn verifier(&self) -> cognito_userpools::verify::VerifierBuilder {
        let mut verifier = Verifier::builder().user_pool(&self.pool).client_id(&self.id);
        if let Some(issuer) = &self.issuer {
            verifier = verifier.issuer(issuer);
        }
        if let Some(keys) = &self.keys {
            verifier = verifier.keys_url(keys);
        }
        verifier
    }

    fn apply<C>(&self, builder: OAuthClientBuilder<C>) -> OAuthClientBuilder<C>
    where
        C: cognito_userpools::verify::KeyClient,
    {
        let builder = builder.domain(&self.domain).redirect_uri(CALLBACK).scopes(["openid", "email"]);
        match &self.secret {
            Some(secret) => builder.app_client(&self.id, secret),
            None => builder.public_app_client(&self.id),
        }
    }

    fn waiting(&self, client: &Client) -> OAuth {
        let verifier = self.verifier().build(client).expect("a verifier");
        OAuth::Waiting(self.apply(OAuthClient::builder(client)).verifier(verifier).build().expect("a client"))
    }

    fn blocking(&self, client: &blocking::Client) -> OAuth {
        let verifier = self.verifier().build(client).expect("a verifier");
        OAuth::Blocking(self.apply(OAuthClient::builder(client)).verifier(verifier).build().expect("a client"))
    }

    /// Both clients, over their own transports.
    fn both(&self) -> [OAuth; 2] {
        let waiting = Client::builder().region("us-east-1").build().expect("a client");
        let blocking = blocking::Client::builder().region("us-east-1").build().expect("a client");
        [self.waiting(&waiting), self.blocking(&blocking)]
    }
}

impl OAuth {
    fn start(&self) -> (String, PendingLogin) {
        match self {
            Self::Waiting(oauth) => oauth.authorize().start(),
            Self::Blocking(oauth) => oauth.authorize().start(),
        }
        .expect("a URL")
    }

    fn start_with_hint(&self, hint: &str) -> (String, PendingLogin) {
        match self {
            Self::Waiting(oauth) => oauth.authorize().login_hint(hint).start(),
            Self::Blocking(oauth) => oauth.authorize().login_hint(hint).start(),
        }
        .expect("a URL")
    }

    fn logout_url(&self, url: &str) -> String {
        match self {
            Self::Waiting(oauth) => oauth.logout_url(url),
            Self::Blocking(oauth) => oauth.logout_url(url),
        }
    }

    async fn exchange(&self, code: AuthorizationCode) -> Result<Login, OAuthError> {
        call!(self, exchange(code))
    }

    async fn refresh(&self, refresh_token: &str) -> Result<Login, OAuthError> {
        call!(self, refresh(refresh_token))
    }

    async fn revoke(&self, refresh_token: &str) -> Result<(), OAuthError> {
        call!(self, revoke(refresh_token))
    }

    async fn user_info(&self, access_token: &str) -> Result<UserInfo, OAuthError> {
        call!(self, user_info(access_token))
    }

    async fn client_token(&self, scopes: &[&str]) -> Result<String, OAuthError> {
        let token = match self {
            Self::Waiting(oauth) => ClientTokens::new(oauth).get(scopes).await,
            Self::Blocking(oauth) => ClientTokens::new(oauth).get(scopes),
        };
        token.map(|token| token.as_str().to_owned())
    }
}

/// Returns a copy of the pending sign-in with another value for a member.
fn with(pending: &PendingLogin, name: &str, value: &str) -> PendingLogin {
    let mut json = serde_json::to_value(pending).expect("JSON");
    assert!(json[name].is_string(), "{name}");
    json[name] = Value::from(value);
    serde_json::from_value(json).expect("a pending sign-in")
}

/// Asserts that an outcome is an error with that code and status.
fn assert_rejected<T>(outcome: Result<T, OAuthError>, code: &str, status: u16) {
    let error = outcome.map(drop).expect_err("it is rejected");
    assert_eq!(error.reason(), OAuthReason::Rejected, "{error}");
    assert_eq!(error.code().map(|code| code.as_str().to_owned()).as_deref(), Some(code), "{error}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(status), "{error}");
    assert!(!error.may_have_executed(), "{error}");
}

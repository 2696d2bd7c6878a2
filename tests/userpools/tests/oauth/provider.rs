//! Sign-ins with an independent server, oidc-provider, and the requests that it rejects.

use crate::browser::Browser;
use crate::{CALLBACK, OAuth, Settings, assert_rejected, with};
use cognito_op::Fault;
use cognito_op_tests::peers::Peer;
use cognito_userpools::oauth::{ErrorCode, OAuthReason, PendingLogin};
use std::sync::LazyLock;

static SERVER: LazyLock<Peer> = LazyLock::new(Peer::oidc_provider);

/// The app client with a secret. The secret contains characters that must be encoded.
fn confidential(server: &Peer) -> Settings {
    Settings {
        domain: server.url(),
        id: "1example23456789".to_owned(),
        secret: Some("the/secret+of the client".to_owned()),
        pool: "us-east-1_Provider1".to_owned(),
        issuer: Some(server.url()),
        keys: None,
    }
}

fn sign_in(oauth: &OAuth) -> (String, PendingLogin) {
    let (url, pending) = oauth.start();
    (Browser::default().leave(&url), pending)
}

#[tokio::test]
async fn a_login_from_end_to_end() {
    for oauth in confidential(&SERVER).both() {
        let (callback, pending) = sign_in(&oauth);
        assert!(callback.starts_with(CALLBACK), "{callback}");
        let login = oauth.exchange(pending.accept(&callback).expect("a code")).await.expect("tokens");
        assert_eq!(login.id_token.as_ref().and_then(|token| token.username()), Some("alice"));
        let info = oauth.user_info(&login.tokens.access_token).await.expect("the user");
        // The value is a boolean. The service returns a string.
        assert_eq!((info.sub(), info.email_verified()), ("alice", Some(true)));
        let refresh_token = login.tokens.refresh_token.expect("a refresh token");
        let refreshed = oauth.refresh(&refresh_token).await.expect("tokens").tokens;
        let refresh_token = refreshed.refresh_token.unwrap_or(refresh_token);
        oauth.revoke(&refresh_token).await.expect("it is revoked");
        assert_rejected(oauth.refresh(&refresh_token).await, "invalid_grant", 400);
        assert_rejected(oauth.user_info(&refreshed.access_token).await, "invalid_token", 401);
    }
}

#[tokio::test]
async fn an_app_client_without_a_secret() {
    let settings = Settings { id: "2example34567890".to_owned(), secret: None, ..confidential(&SERVER) };
    for oauth in settings.both() {
        let url = "http://127.0.0.1:8400/callback";
        let (page, pending) = match &oauth {
            OAuth::Waiting(oauth) => oauth.authorize().redirect_uri(url).start(),
            OAuth::Blocking(oauth) => oauth.authorize().redirect_uri(url).start(),
        }
        .expect("a URL");
        let callback = Browser::default().leave(&page);
        let code = pending.clone().accept(&callback).expect("a code");
        assert!(oauth.exchange(code).await.expect("tokens").id_token.is_some());

        // A code is valid only for the app client that it was issued to.
        let (page, pending) = match &oauth {
            OAuth::Waiting(oauth) => oauth.authorize().redirect_uri(url).start(),
            OAuth::Blocking(oauth) => oauth.authorize().redirect_uri(url).start(),
        }
        .expect("a URL");
        let callback = Browser::default().leave(&page);
        let [other, _] = confidential(&SERVER).both();
        let error = other.exchange(pending.clone().accept(&callback).expect("a code")).await.expect_err("refused");
        assert_eq!(error.reason(), OAuthReason::Misconfigured, "it is not sent");
        let stolen = with(&pending, "client_id", "1example23456789").accept(&callback).expect("a code");
        assert_rejected(other.exchange(stolen).await, "invalid_grant", 400);
    }
}

#[tokio::test]
async fn wrong_codes() {
    for oauth in confidential(&SERVER).both() {
        let (_, pending) = oauth.start();
        let forged = format!("code=forged&state={}", pending.state());
        assert_rejected(oauth.exchange(pending.accept(&forged).expect("a code")).await, "invalid_grant", 400);

        let (callback, pending) = sign_in(&oauth);
        oauth.exchange(pending.clone().accept(&callback).expect("a code")).await.expect("tokens");
        assert_rejected(oauth.exchange(pending.accept(&callback).expect("a code")).await, "invalid_grant", 400);

        for (name, value) in
            [("code_verifier", "x".repeat(43)), ("redirect_uri", "https://shop.example.com/other".into())]
        {
            let (callback, pending) = sign_in(&oauth);
            let changed = with(&pending, name, &value).accept(&callback).expect("a code");
            assert_rejected(oauth.exchange(changed).await, "invalid_grant", 400);
        }
        let (callback, pending) = sign_in(&oauth);
        let changed = with(&pending, "nonce", &"x".repeat(43)).accept(&callback).expect("a code");
        assert_eq!(oauth.exchange(changed).await.expect_err("another nonce").reason(), OAuthReason::Nonce);
    }
}

#[tokio::test]
async fn expired_codes() {
    // The server is not shared, since the test advances its clock.
    let server = Peer::oidc_provider();
    for oauth in confidential(&server).both() {
        let (callback, pending) = sign_in(&oauth);
        assert_eq!(server.get("/ahead?seconds=61").map(|(status, _)| status), Some(200));
        assert_rejected(oauth.exchange(pending.accept(&callback).expect("a code")).await, "invalid_grant", 400);
    }
}

#[tokio::test]
async fn a_request_that_is_denied() {
    for oauth in confidential(&SERVER).both() {
        let (url, pending) = oauth.start_with_hint("deny");
        let error = pending.accept(&Browser::default().leave(&url)).expect_err("it is denied");
        assert_eq!((error.reason(), error.code()), (OAuthReason::Denied, Some(&ErrorCode::AccessDenied)));
        assert_eq!((error.description(), error.fault()), (Some("the user said no"), Fault::User));
    }
}

#[tokio::test]
async fn the_app_client_itself() {
    for oauth in confidential(&SERVER).both() {
        let token = oauth.client_token(&["orders/write", "orders/read"]).await.expect("a token");
        assert!(!token.is_empty());
        assert_rejected(oauth.client_token(&["orders/delete"]).await, "invalid_scope", 400);
    }
    for oauth in (Settings { secret: Some("wrong".to_owned()), ..confidential(&SERVER) }).both() {
        assert_rejected(oauth.client_token(&["orders/read"]).await, "invalid_client", 401);
        assert_rejected(oauth.revoke("token").await, "invalid_client", 401);
    }
}

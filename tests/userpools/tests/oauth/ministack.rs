//! The endpoints of a domain that ministack supports: the login page, the token endpoint, userInfo and logout.

use crate::browser::Browser;
use crate::{CALLBACK, Settings, assert_rejected, with};
use cognito_op_tests::peers::Peer;
use cognito_op_tests::pool::{PASSWORD, Pool};
use cognito_op_tests_userpools::Run;
use cognito_userpools::oauth::OAuthReason;
use std::sync::LazyLock;

static POOL: LazyLock<Pool> = LazyLock::new(|| Pool::on(Peer::ministack().0, &["--managed-login"]));

fn settings(client: &str) -> Settings {
    let secret = (client != "public").then(|| POOL.text(client, "secret").to_owned());
    let keys = format!("{}/{}/.well-known/jwks.json", POOL.url(), POOL.id());
    Settings {
        domain: POOL.url(),
        id: POOL.text(client, "id").to_owned(),
        secret,
        pool: POOL.id().to_owned(),
        issuer: None,
        keys: Some(keys),
    }
}

/// Submits the form of the login page. Returns the callback, or `None` if the password is wrong.
fn fill_in(url: &str, user: &str, password: &str) -> Option<String> {
    let mut browser = Browser::default();
    let page = browser.get(url);
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("name=\"password\""), "{}", page.body);
    let (_, query) = url.split_once('?').expect("a query");
    let form = format!("{query}&username={user}&password={password}");
    let page = browser.send("POST", &format!("{}/login", POOL.url()), &form);
    (page.status == 302).then_some(page.location)
}

async fn user(name: &'static str) -> String {
    let run = Run::new(&POOL, false, name);
    run.confidential().register(&run.user(), "123456").await;
    run.user()
}

#[tokio::test]
async fn managed_login() {
    let user = user("managed_login").await;
    for client in ["confidential", "public"] {
        for oauth in settings(client).both() {
            let (url, pending) = oauth.start();
            assert_eq!(fill_in(&url, &user, "wrong"), None);
            let callback = fill_in(&url, &user, PASSWORD).expect("a callback");
            assert!(callback.starts_with(CALLBACK), "{callback}");
            let login = oauth.exchange(pending.accept(&callback).expect("a code")).await.expect("tokens");
            let id_token = login.id_token.as_ref().expect("an identity token");
            assert_eq!((id_token.username(), id_token.client_id()), (Some(&*user), &*settings(client).id));

            let info = oauth.user_info(&login.tokens.access_token).await.expect("the user");
            assert_eq!((info.sub(), info.username()), (id_token.sub(), Some(&*user)));
            assert_eq!(info.email(), Some(&*format!("{user}@example.com")));
            assert_eq!(info.flag("email_verified"), info.email_verified());

            let refresh_token = login.tokens.refresh_token.as_deref().expect("a refresh token");
            let refreshed = oauth.refresh(refresh_token).await.expect("tokens");
            assert_eq!(refreshed.id_token.expect("an identity token").sub(), id_token.sub());
            assert_ne!(refreshed.tokens.access_token, login.tokens.access_token);
            assert_rejected(oauth.refresh("no-token").await, "invalid_grant", 400);

            let page = Browser::default().get(&oauth.logout_url("https://shop.example.com/goodbye"));
            assert_eq!((page.status, page.location.as_str()), (302, "https://shop.example.com/goodbye"));
        }
    }
}

#[tokio::test]
async fn codes_and_their_parameters() {
    let user = user("codes").await;
    for oauth in settings("confidential").both() {
        let sign_in = || {
            let (url, pending) = oauth.start();
            (fill_in(&url, &user, PASSWORD).expect("a callback"), pending)
        };
        let (callback, pending) = sign_in();
        oauth.exchange(pending.clone().accept(&callback).expect("a code")).await.expect("tokens");
        let again = oauth.exchange(pending.accept(&callback).expect("a code")).await;
        assert_rejected(again, "invalid_grant", 400);

        for (name, value) in
            [("code_verifier", "x".repeat(43)), ("redirect_uri", "https://shop.example.com/other".into())]
        {
            let (callback, pending) = sign_in();
            let changed = with(&pending, name, &value).accept(&callback).expect("a code");
            assert_rejected(oauth.exchange(changed).await, "invalid_grant", 400);
        }

        let (callback, pending) = sign_in();
        let error = with(&pending, "state", &"x".repeat(43)).accept(&callback).expect_err("another state");
        assert_eq!(error.reason(), OAuthReason::State);
        let changed = with(&pending, "nonce", &"x".repeat(43)).accept(&callback).expect("a code");
        assert_eq!(oauth.exchange(changed).await.expect_err("another nonce").reason(), OAuthReason::Nonce);
    }
    for wrong in (Settings { secret: Some("wrong".to_owned()), ..settings("confidential") }).both() {
        let (url, pending) = wrong.start();
        let callback = fill_in(&url, &user, PASSWORD).expect("a callback");
        assert_rejected(wrong.exchange(pending.accept(&callback).expect("a code")).await, "invalid_client", 400);
    }
}

#[tokio::test]
async fn client_credentials() {
    let settings = settings("machine");
    for oauth in settings.both() {
        let token = oauth.client_token(&["orders/read"]).await.expect("a token");
        let verifier = settings.verifier().build_offline().expect("a verifier");
        let keys = Browser::default().get(settings.keys.as_deref().expect("a URL")).body;
        verifier.cache_keys(POOL.id(), keys).expect("keys");
        let token = verifier.access_token_cached(&token).expect("it is valid");
        assert!(token.has_scope("orders/read") && !token.has_scope("orders/write"));
        let error = oauth.client_token(&["orders/delete"]).await.expect_err("an unknown scope");
        assert_eq!(error.code().map(|code| code.as_str().to_owned()).as_deref(), Some("invalid_scope"), "{error}");
    }
}

//! Faulty and hostile servers, and identity tokens that must be rejected.

use crate::fake_service::{CLIENT, FakeService, POOL, Reply, callback, id_token};
use crate::{OAuth, Settings};
use cognito_op::{Client, Fault};
use cognito_op_tests::server::{Reply as Bytes, Server, answer};
use cognito_userpools::oauth::{ClientTokens, Login, OAuthClient, OAuthError, OAuthReason, PendingLogin};
use cognito_userpools::verify::{MockPool, VerifyError, VerifyReason};
use serde_json::{Value, json};
use std::error::Error as _;
use std::time::Duration;

async fn exchange(oauth: &OAuth, pending: PendingLogin) -> Result<Login, OAuthError> {
    let callback = callback(pending.state());
    oauth.exchange(pending.accept(&callback).expect("a code")).await
}

fn nonce(pending: &PendingLogin) -> String {
    serde_json::to_value(pending).expect("JSON")["nonce"].as_str().expect("a nonce").to_owned()
}

#[tokio::test]
async fn identity_tokens_that_are_not_accepted() {
    let other = "x".repeat(43);
    for at in 0..2 {
        // A function from the nonce to the token, the reason of the error, and the reason of the verifier.
        type Mint<'m> = &'m dyn Fn(&str) -> Value;
        let cases: [(Mint<'_>, OAuthReason, Option<VerifyReason>); 9] = [
            (&|_| Value::Null, OAuthReason::Unreadable, None),
            (&|_| json!("not a token"), OAuthReason::IdToken, Some(VerifyReason::Malformed)),
            (&|_| id_token(&other).mint().into(), OAuthReason::Nonce, None),
            (&|_| MockPool::new(POOL).id_token(CLIENT).mint().into(), OAuthReason::Nonce, None),
            (&|nonce| id_token("").claim("nonce", json!([nonce])).mint().into(), OAuthReason::Nonce, None),
            (&|nonce| id_token(nonce).expired().mint().into(), OAuthReason::IdToken, Some(VerifyReason::Expired)),
            (&|nonce| id_token(nonce).forged().mint().into(), OAuthReason::IdToken, Some(VerifyReason::Signature)),
            (
                &|nonce| id_token(nonce).claim("aud", "other").mint().into(),
                OAuthReason::IdToken,
                Some(VerifyReason::ClientId),
            ),
            (
                &|nonce| MockPool::new("us-east-1_Other").id_token(CLIENT).claim("nonce", nonce).mint().into(),
                OAuthReason::IdToken,
                Some(VerifyReason::Issuer),
            ),
        ];
        for (mint, reason, verify_reason) in cases {
            let server = FakeService::new(Reply::Hang);
            let oauth = &server.both()[at];
            let (_, pending) = oauth.start();
            let tokens = json!({ "access_token": "a", "token_type": "Bearer", "id_token": mint(&nonce(&pending)) });
            server.reply(Reply::Response(200, tokens.to_string()));
            let error = exchange(oauth, pending).await.expect_err("it is not accepted");
            assert_eq!((error.reason(), error.may_have_executed()), (reason, true), "{error}");
            let source = error.source().and_then(|source| source.downcast_ref::<VerifyError>());
            assert_eq!(source.map(VerifyError::reason), verify_reason, "{error}");
        }
        let server = FakeService::with_tokens(&json!({}));
        let error = exchange(&server.both()[at], server.both()[at].start().1).await.expect_err("there is no token");
        assert_eq!(error.reason(), OAuthReason::IdToken, "{error}");
        let server = FakeService::new(Reply::Hang);
        let oauth = &server.both()[at];
        let (_, pending) = oauth.start();
        let token = id_token(&nonce(&pending)).mint();
        server.reply(Reply::Response(
            200,
            json!({ "access_token": "a", "token_type": "Bearer", "id_token": token }).to_string(),
        ));
        assert!(exchange(oauth, pending).await.is_ok(), "a valid token is accepted");
    }
}

/// With rotation, the server has already replaced the refresh token when the identity token is rejected. The error
/// contains the new one.
#[tokio::test]
async fn a_refresh_keeps_the_new_refresh_token() {
    let other = MockPool::new(POOL).id_token("2example23456789").mint();
    let not_accepted = [id_token("").expired().mint(), id_token("").forged().mint(), "not a token".to_owned(), other];
    for at in 0..2 {
        for id_token in &not_accepted {
            for new in [Some("canary-new"), None] {
                let mut members = json!({ "id_token": id_token });
                members.as_object_mut().expect("an object").extend(new.map(|new| ("refresh_token".into(), new.into())));
                let server = FakeService::with_tokens(&members);
                let error = server.both()[at].refresh("old").await.expect_err("it is not accepted");
                assert_eq!((error.reason(), error.refresh_token()), (OAuthReason::IdToken, new));
                assert!(error.may_have_executed(), "{error}");
                assert_eq!(error.clone().refresh_token(), new);
                assert!(!format!("{error} {error:?} {error:#?}").contains("canary"), "{error:?}");
            }
        }
        // The code may be that of an attacker, so the error does not return the tokens.
        let server = FakeService::with_tokens(&json!({ "id_token": not_accepted[0], "refresh_token": "canary-new" }));
        let error = exchange(&server.both()[at], server.both()[at].start().1).await.expect_err("it is not accepted");
        assert_eq!(error.refresh_token(), None);
    }
}

/// A client without a verifier cannot accept the identity token that the server returns.
#[tokio::test]
async fn a_refresh_without_a_verifier_keeps_the_new_refresh_token() {
    let server = FakeService::with_tokens(&json!({ "id_token": id_token("").mint(), "refresh_token": "canary-new" }));
    let oauth = OAuthClient::builder(&server.client()).domain("login.invalid").app_client(CLIENT, "secret");
    let error = oauth.build().expect("a client").refresh("old").await.expect_err("there is no verifier");
    assert_eq!((error.reason(), error.refresh_token()), (OAuthReason::Misconfigured, Some("canary-new")));
    assert!(error.may_have_executed(), "{error}");
}

/// Without the scope `openid`, the server issues no identity token.
#[tokio::test]
async fn a_sign_in_without_an_identity_token() {
    let server = FakeService::with_tokens(&json!({}));
    let [OAuth::Waiting(oauth), _] = server.both() else { panic!("the client that waits is first") };
    let (_, pending) = oauth.authorize().scopes(["email"]).start().expect("a URL");
    let login = exchange(&OAuth::Waiting(oauth), pending).await.expect("the tokens");
    assert_eq!((login.tokens.access_token.as_str(), login.id_token.is_none()), ("access", true));
}

/// The server may grant other scopes than those of the request.
#[tokio::test]
async fn the_scopes_that_were_granted() {
    let granted = [(json!({ "scope": "orders/read email" }), Some("orders/read email".to_owned())), (json!({}), None)];
    for (members, expected) in granted {
        for oauth in FakeService::with_tokens(&members).both() {
            let scopes = |scopes: Option<&[String]>| scopes.map(|scopes| scopes.join(" "));
            assert_eq!(scopes(oauth.refresh("old").await.expect("tokens").scopes.as_deref()), expected);
            let token = match &oauth {
                OAuth::Waiting(oauth) => ClientTokens::new(oauth).get(["orders/read"]).await,
                OAuth::Blocking(oauth) => ClientTokens::new(oauth).get(["orders/read"]),
            };
            assert_eq!(scopes(token.expect("a token").scopes()), expected);
        }
    }
}

/// A verifier can accept the tokens of several app clients. A login accepts only those of its own app client.
#[tokio::test]
async fn the_token_of_another_app_client_of_the_verifier() {
    let server = FakeService::new(Reply::Hang);
    let client = server.client();
    let verifier = cognito_userpools::verify::Verifier::builder().user_pool(POOL).any_client().build(&client);
    let builder = OAuthClient::builder(&client).domain("login.invalid").app_client(CLIENT, "secret");
    let builder = builder.verifier(verifier.expect("a verifier")).redirect_uri("https://a.invalid/");
    let oauth = OAuth::Waiting(builder.build().expect("a client"));
    let (_, pending) = oauth.start();
    let token = id_token(&nonce(&pending)).claim("aud", "2example23456789").mint();
    let tokens = json!({ "access_token": "a", "token_type": "Bearer", "id_token": token });
    server.reply(Reply::Response(200, tokens.to_string()));
    assert_eq!(exchange(&oauth, pending).await.expect_err("another").reason(), OAuthReason::IdToken);
}

/// A request is retried only if it was not sent, and if another attempt can succeed.
#[tokio::test]
async fn requests_are_repeated_if_they_were_not_sent() {
    for at in 0..2 {
        for (reply, attempts, may_have_executed) in
            [(Reply::Unsent, 3, false), (Reply::Unusable, 1, false), (Reply::Reset, 1, true)]
        {
            let server = FakeService::new(reply);
            let oauth = &server.both()[at];
            let errors = [
                exchange(oauth, oauth.start().1).await.map(drop),
                oauth.refresh("refresh").await.map(drop),
                oauth.revoke("refresh").await,
                oauth.user_info("access").await.map(drop),
                oauth.client_token(&[]).await.map(drop),
            ];
            assert_eq!(server.requests().len(), 5 * attempts);
            for error in errors {
                let error = error.expect_err("there is no response");
                assert_eq!((error.reason(), error.fault()), (OAuthReason::Transport, Fault::Network), "{error}");
                assert_eq!(error.may_have_executed(), may_have_executed, "{error}");
            }
        }
    }
}

/// The timeout covers all attempts and the backoff between them, which is 100 ms and then 200 ms.
#[tokio::test]
async fn requests_are_repeated_within_the_timeout() {
    for (timeout, attempts) in [(100, 1), (101, 2), (300, 2), (301, 3)] {
        let server = FakeService::new(Reply::Unsent);
        let builder = OAuthClient::builder(&server.client()).domain("login.invalid").app_client(CLIENT, "secret");
        let oauth = builder.timeout(Duration::from_millis(timeout)).build().expect("a client");
        oauth.refresh("refresh").await.expect_err("there is no response");
        assert_eq!(server.requests().len(), attempts, "{timeout}");
    }
}

/// The settings of a client for that server.
fn settings(server: &Server) -> Settings {
    Settings {
        domain: server.url(),
        id: CLIENT.to_owned(),
        secret: None,
        pool: POOL.to_owned(),
        issuer: None,
        keys: None,
    }
}

#[tokio::test]
async fn bodies_that_are_no_responses() {
    let html = "<html>".repeat(1000);
    let large = "x".repeat(10 << 20);
    let cases: [(&str, Vec<u8>, OAuthReason); 9] = [
        ("HTML", answer("502 Bad Gateway", "content-type: text/html\r\n", &html), OAuthReason::Unreadable),
        ("HTML with status 200", answer("200 OK", "content-type: text/html\r\n", &html), OAuthReason::Unreadable),
        ("empty", answer("200 OK", "", ""), OAuthReason::Unreadable),
        ("empty error", answer("400 Bad Request", "", ""), OAuthReason::Unreadable),
        ("truncated JSON", answer("400 Bad Request", "", "{\"error\":\"invalid_gr"), OAuthReason::Unreadable),
        (
            "truncated",
            b"HTTP/1.1 400 Bad Request\r\ncontent-length: 99\r\n\r\n{\"error\":\"invalid_grant\"}".to_vec(),
            OAuthReason::Transport,
        ),
        ("10 MB", answer("400 Bad Request", "", &large), OAuthReason::Transport),
        ("10 MB with status 200", answer("200 OK", "", &large), OAuthReason::Transport),
        (
            "a redirect",
            answer("307 Temporary Redirect", "location: /oauth2/token?again\r\n", ""),
            OAuthReason::Unreadable,
        ),
    ];
    for (name, bytes, reason) in cases {
        let server = Server::start(move |_| Bytes::Close(bytes.clone()));
        for oauth in settings(&server).both() {
            let before = server.received().len();
            let error = exchange(&oauth, oauth.start().1).await.expect_err(name);
            assert_eq!(error.reason(), reason, "{name}: {error}");
            assert!(error.may_have_executed(), "{name}: {error}");
            assert!(error.to_string().len() < 200, "{name}: {error}");
            assert_eq!(server.received().len(), before + 1, "{name}: it is sent once");
        }
    }
}

/// An identity token cannot be verified if the keys of the user pool cannot be fetched.
#[tokio::test]
async fn keys_that_cannot_be_fetched() {
    let tokens = json!({ "access_token": "a", "token_type": "Bearer", "id_token": id_token("").mint() }).to_string();
    let server = Server::start(move |request| {
        let is_for_keys = request.line.contains("jwks.json");
        Bytes::Close(if is_for_keys { answer("403 Forbidden", "", "") } else { answer("200 OK", "", &tokens) })
    });
    let settings = Settings { keys: Some(format!("{}/jwks.json", server.url())), ..settings(&server) };
    for oauth in settings.both() {
        let error = oauth.refresh("old").await.expect_err("there are no keys");
        assert_eq!((error.reason(), error.fault()), (OAuthReason::IdToken, Fault::Network), "{error}");
    }
}

#[test]
fn settings_that_are_not_valid() {
    let client = FakeService::new(Reply::Hang).client();
    let valid = || {
        let builder = OAuthClient::builder(&client).domain("login.example.com").public_app_client("client");
        builder.user_pool(POOL).redirect_uri("https://shop.example.com/callback")
    };
    let wrong = |oauth: Result<OAuthClient, OAuthError>| {
        let error = oauth.map(drop).expect_err("it is not valid");
        assert_eq!((error.reason(), error.fault()), (OAuthReason::Misconfigured, Fault::Caller));
        error.to_string()
    };
    assert_eq!(valid().build().expect("a client").domain(), "https://login.example.com/");
    for domain in ["", "http://login.example.com", "login.example.com/?a", "https://a@b", "ftp://a", "a b"] {
        wrong(valid().domain(domain).build());
    }
    for (domain, url) in [
        ("http://127.0.0.1:9229", "http://127.0.0.1:9229/"),
        ("https://login.example.com/pool", "https://login.example.com/pool/"),
        ("LOGIN.example.com", "https://login.example.com/"),
    ] {
        assert_eq!(valid().domain(domain).build().expect(domain).domain(), url);
    }
    for (region, url) in [
        ("eu-west-1", "https://shop.auth.eu-west-1.amazoncognito.com/"),
        ("us-gov-west-1", "https://shop.auth-fips.us-gov-west-1.amazoncognito.com/"),
    ] {
        assert_eq!(valid().prefix_domain("shop", region).build().expect(region).domain(), url);
    }
    for region in
        ["cn-north-1", "eusc-de-east-1", "us-iso-east-1", "us-isob-east-1", "eu-isoe-west-1", "us-isof-south-1"]
    {
        assert!(wrong(valid().prefix_domain("shop", region).build()).contains("`domain`"), "{region}");
    }
    for prefix in ["", "-a", "a-", "A", "a.b", &"a".repeat(64)] {
        wrong(valid().prefix_domain(prefix, "eu-west-1").build());
    }
    for prefix in ["a", "1-b", &"a".repeat(63)] {
        valid().prefix_domain(prefix, "eu-west-1").build().expect(prefix);
    }
    wrong(valid().prefix_domain("shop", "Ireland").build());
    wrong(OAuthClient::builder(&client).public_app_client("a").build());
    wrong(OAuthClient::builder(&client).domain("a.example").build());
    wrong(valid().app_client("", "secret").build());
    wrong(valid().app_client("client", "").build());
    wrong(valid().user_pool("pool").build());
    for url in ["", "/callback", "shop.example.com", "https:", "https://a.example/#b", "https://a.example/ b", "1a:b"] {
        wrong(valid().redirect_uri(url).build());
        let error = valid().build().expect("a client").authorize().redirect_uri(url).start().map(drop);
        assert_eq!(error.expect_err(url).reason(), OAuthReason::Misconfigured);
    }
    for url in ["http://127.0.0.1:8400/callback", "http://[::1]:80/", "com.example.app:/callback"] {
        valid().redirect_uri(url).build().expect(url);
    }
    let oauth = valid().build().expect("a client");
    for scope in ["", "a b", "a\"", "é"] {
        assert!(oauth.authorize().scopes([scope]).start().is_err(), "{scope}");
    }
    let without = OAuthClient::builder(&client).domain("a.example").public_app_client("a");
    let error = without.redirect_uri("https://b.example/").build().expect("a client").authorize().start().map(drop);
    assert!(error.expect_err("there is no verifier").to_string().contains("`user_pool`"));
}

#[test]
fn urls_of_the_domain() {
    let client = Client::builder().region("eu-west-1").build().expect("a client");
    let builder =
        OAuthClient::builder(&client).prefix_domain("shop", "eu-west-1").public_app_client("1example23456789");
    let builder = builder.user_pool(POOL).redirect_uri("https://shop.example.com/callback?a=b");
    let oauth = builder.scopes(["openid", "orders/read"]).build().expect("a client");
    let (url, pending) = oauth.authorize().start().expect("a URL");
    let json = serde_json::to_value(&pending).expect("JSON");
    let text = |name: &str| json[name].as_str().expect("a text");
    let query = |url: &str, path: &str| {
        let start = format!("https://shop.auth.eu-west-1.amazoncognito.com/{path}?");
        url.strip_prefix(&start).expect("the path").split('&').map(str::to_owned).collect::<Vec<_>>()
    };
    let pairs = query(&url, "oauth2/authorize");
    let challenge = pairs.iter().find(|pair| pair.starts_with("code_challenge=")).expect("a challenge").clone();
    let expected = [
        "response_type=code".to_owned(),
        "client_id=1example23456789".to_owned(),
        "redirect_uri=https%3A%2F%2Fshop.example.com%2Fcallback%3Fa%3Db".to_owned(),
        format!("state={}", text("state")),
        format!("nonce={}", text("nonce")),
        challenge,
        "code_challenge_method=S256".to_owned(),
        "scope=openid%20orders%2Fread".to_owned(),
    ];
    assert_eq!(pairs, expected);
    let secrets = [text("state"), text("nonce"), text("code_verifier")];
    assert!(secrets.iter().all(|secret| secret.len() == 43) && !url.contains(secrets[2]));
    assert!(secrets[0] != secrets[1] && secrets[1] != secrets[2] && secrets[0] != secrets[2]);
    let (_, another) = oauth.authorize().start().expect("a URL");
    assert_ne!(another.state(), pending.state());

    let authorize = oauth.authorize().scopes(["openid"]).identity_provider("Google").identity_provider("Sign in & go");
    let authorize = authorize.idp_identifier("example.com").login_hint("a+b@example.com").lang("de");
    let authorize =
        authorize.prompt(cognito_userpools::oauth::Prompt::SelectAccount).resource("https://orders.example.com");
    let (url, _) = authorize.after_logout().start().expect("a URL");
    let expected = [
        "scope=openid",
        "identity_provider=Sign%20in%20%26%20go",
        "idp_identifier=example.com",
        "login_hint=a%2Bb%40example.com",
        "lang=de",
        "prompt=select_account",
        "resource=https%3A%2F%2Forders.example.com",
    ];
    assert_eq!(query(&url, "logout")[7..], expected);
    let url = oauth.logout_url("https://shop.example.com/goodbye?a=b");
    let goodbye = "logout_uri=https%3A%2F%2Fshop.example.com%2Fgoodbye%3Fa%3Db";
    assert_eq!(query(&url, "logout"), ["client_id=1example23456789", goodbye]);
}

#[test]
fn pending_logins_are_kept_as_json() {
    let oauth = &FakeService::new(Reply::Hang).both()[0];
    let (_, pending) = oauth.start();
    let text = serde_json::to_string(&pending).expect("JSON");
    let kept: PendingLogin = serde_json::from_str(&text).expect("a pending sign-in");
    assert!(kept.accept(&callback(pending.state())).is_ok());
    let json: Value = serde_json::from_str(&text).expect("JSON");
    for (name, value) in
        [("version", json!(2)), ("state", json!("")), ("code_verifier", json!("short")), ("nonce", json!(1))]
    {
        let mut wrong = json.clone();
        wrong[name] = value;
        let error = serde_json::from_value::<PendingLogin>(wrong).expect_err(name).to_string();
        assert!(error.contains("pending sign-in") && !error.contains("short"), "{error}");
    }
}

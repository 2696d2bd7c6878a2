//! Errors, `Debug` and events contain no code, verifier, state, nonce, secret or token, even if the server quotes one.

use crate::fake_service::{CLIENT, FakeService, POOL, Reply, SECRET, id_token};
use crate::{OAuth, with};
use cognito_op::{Client, blocking};
use cognito_op_tests::written::Written;
use cognito_userpools::oauth::{ClientTokens, OAuthClient, OAuthError};
use serde_json::{Value, json};
use std::error::Error;
use std::fmt::{Debug, Write as _};

/// The values that must not be shown.
const CANARIES: [&str; 9] = [
    // The app client's id and secret in Base64.
    "MWV4YW1wbGUyMzQ1Njc4OTo5ZXhhbXBsZThzZWNyZXQ3",
    "the-code",
    SECRET,
    "canary-access",
    "canary-refresh",
    "canary-verifier",
    "canary-state",
    "canary-nonce",
    "canary-email",
];

#[derive(Default)]
struct Shown(String);

impl Shown {
    fn debug(&mut self, value: &impl Debug) {
        let text = format!("{value:?} {value:#?}");
        assert!(text.starts_with(char::is_alphabetic), "{text}");
        writeln!(self.0, "{text}").expect("a string");
    }

    fn error(&mut self, error: &OAuthError) {
        self.debug(error);
        writeln!(self.0, "{error} {:?} {:?}", error.code(), error.description()).expect("a string");
        let mut source = error.source();
        while let Some(error) = source {
            writeln!(self.0, "{error} {error:?}").expect("a string");
            source = error.source();
        }
    }
}

fn canary(name: &str) -> String {
    format!("canary-{name}-{}", "x".repeat(43))
}

#[test]
fn secrets_are_not_shown() {
    let log = Written::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let mut shown = Shown::default();
    tracing::subscriber::with_default(subscriber, || {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(show_everything(&mut shown));
    });
    shown.0.push_str(&log.text());
    assert!(shown.0.contains("GetClientToken") && shown.0.contains("invalid_grant"), "{}", shown.0);
    for canary in CANARIES {
        assert!(!shown.0.contains(canary), "{canary}: {}", shown.0);
    }
}

async fn show_everything(shown: &mut Shown) {
    let tokens = |id_token: Value| {
        let tokens =
            json!({ "access_token": canary("access"), "refresh_token": canary("refresh"), "token_type": "Bearer" });
        with_member(tokens, "id_token", id_token).to_string()
    };
    let good = id_token(&canary("nonce")).claim("email", "canary-email").mint();
    let replies = [
        Reply::Echo(400, Some("invalid_grant")),
        Reply::Echo(401, Some("QUOTE")),
        Reply::Echo(502, None),
        Reply::Echo(200, None),
        Reply::Response(200, tokens(json!(canary("nonce")))),
        Reply::Response(200, tokens(json!([canary("nonce")]))),
        Reply::Response(200, tokens(json!(id_token(&canary("state")).mint()))),
        Reply::Response(200, tokens(json!(id_token(&canary("nonce")).forged().mint()))),
        Reply::Response(200, tokens(json!(good))),
        Reply::Response(200, json!({ "sub": "canary-email", "email": "canary-email" }).to_string()),
        Reply::Reset,
    ];
    let mut logins = 0;
    for reply in replies {
        let server = FakeService::new(reply);
        for oauth in server.both() {
            let (_, pending) = oauth.start();
            let pending = ["state", "nonce"].iter().fold(pending, |pending, name| with(&pending, name, &canary(name)));
            let pending = with(&pending, "code_verifier", &canary("verifier"));
            shown.debug(&pending);
            for wrong in [
                "code=the-code".to_owned(),
                "code=the-code&state=canary-state".to_owned(),
                format!("error={0}&error_description={0}&state={0}", canary("state")),
                "code=the-code&code=canary-access".to_owned(),
            ] {
                shown.error(&pending.clone().accept(&wrong).map(drop).expect_err("it is not valid"));
            }
            let callback = format!("code=the-code&state={}", canary("state"));
            let code = pending.accept(&callback).expect("a code");
            shown.debug(&code);
            match oauth.exchange(code).await {
                Ok(login) => {
                    logins += 1;
                    shown.debug(&login);
                }
                Err(error) => shown.error(&error),
            }
            for outcome in [
                oauth.refresh(&canary("refresh")).await.map(|login| shown.debug(&login)),
                oauth.revoke(&canary("refresh")).await,
                oauth.user_info(&canary("access")).await.map(|info| shown.debug(&info)),
                oauth.user_info("canary-access\n").await.map(drop),
                oauth.client_token(&[]).await.map(drop),
            ] {
                if let Err(error) = outcome {
                    shown.error(&error);
                }
            }
            show_client(shown, &oauth).await;
        }
        let operation = ClientTokens::with_operation(&server.client());
        if let Err(error) = operation.get::<&str>([]).await {
            shown.error(&error);
        }
    }
    assert_eq!(logins, 2, "one login for each client");
}

fn with_member(mut value: Value, name: &str, member: Value) -> Value {
    value[name] = member;
    value
}

async fn show_client(shown: &mut Shown, oauth: &OAuth) {
    match oauth {
        OAuth::Waiting(oauth) => {
            shown.debug(oauth);
            shown.debug(&oauth.authorize().login_hint("canary-email"));
            let tokens = ClientTokens::new(oauth);
            if let Ok(token) = tokens.get::<&str>([]).await {
                shown.debug(&token);
            }
            shown.debug(&tokens);
        }
        OAuth::Blocking(oauth) => shown.debug(oauth),
    }
    let client = Client::builder().region("us-east-1").build().expect("a client");
    shown.debug(&OAuthClient::builder(&client).app_client(CLIENT, SECRET).domain("a.example").user_pool(POOL));
    let client = blocking::Client::builder().region("us-east-1").build().expect("a client");
    shown.debug(&OAuthClient::builder(&client).app_client(CLIENT, SECRET).prefix_domain("shop", "eu-west-1"));
}

//! The recipes of the guide.

#![allow(missing_docs, clippy::expect_used)]

// The recipes are part of the guide. They are separate crates there, with public items and the line width of the guide.
#[allow(unreachable_pub)]
#[rustfmt::skip]
mod actix;
#[allow(unreachable_pub)]
#[rustfmt::skip]
mod authorizer;

use actix::User;
use actix_web::body::to_bytes;
use actix_web::http::header::{AUTHORIZATION, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::web::{Data, get};
use actix_web::{App, rt};
use authorizer::authorize;
use cognito_userpools::verify::{MockPool, Requirements, Verifier};
use serde_json::{Value, json};

const CLIENT: &str = "1example23456789";

#[test]
fn the_guide_contains_the_recipes() {
    let chapter = include_str!("../../../../userpools/guide/verifying_tokens.md");
    for recipe in [include_str!("actix.rs"), include_str!("authorizer.rs")] {
        let block = format!("```rust,ignore\n{recipe}```");
        assert!(chapter.contains(&block), "the chapter lacks:\n{block}");
    }
}

fn pool() -> MockPool {
    MockPool::new("eu-west-1_Ab12Cd34E")
}

/// A verifier that cannot fetch its keys.
fn without_keys() -> Verifier {
    let builder = Verifier::builder().user_pool("eu-west-1_Ab12Cd34E").client_id(CLIENT);
    builder.build(&MockPool::new("eu-west-1_Other").client()).expect("a verifier")
}

async fn name(User(token): User) -> String {
    token.username().unwrap_or_default().to_owned()
}

/// Sends a request to an app with the route `/`, and returns the status, `WWW-Authenticate` and the body.
async fn actix(verifier: Option<Verifier>, authorization: &[&str]) -> (u16, String, String) {
    let mut app = App::new().route("/", get().to(name));
    if let Some(verifier) = verifier {
        app = app.app_data(Data::new(verifier));
    }
    let app = init_service(app).await;
    let mut request = TestRequest::get().uri("/");
    for value in authorization {
        request = request.append_header((AUTHORIZATION, *value));
    }
    let response = call_service(&app, request.to_request()).await;
    let status = response.status().as_u16();
    assert_eq!(response.headers().contains_key(RETRY_AFTER), status == 503);
    let challenge =
        response.headers().get(WWW_AUTHENTICATE).map_or("", |value| value.to_str().expect("ASCII")).to_owned();
    let body = to_bytes(response.into_body()).await.expect("a body");
    (status, challenge, String::from_utf8(body.to_vec()).expect("a text"))
}

#[test]
fn actix_extractor() {
    let app = async |values: &[&str]| actix(Some(pool().verifier(CLIENT).expect("a verifier")), values).await;
    rt::System::new().block_on(async {
        let token = pool().access_token(CLIENT);
        let bearer = format!("Bearer {}", token.mint());
        let nothing = String::new;
        assert_eq!(app(&[&bearer]).await, (200, nothing(), "alice".to_owned()));
        assert_eq!(app(&[]).await, (401, "Bearer realm=\"api\"".to_owned(), nothing()));
        let expired = app(&[&format!("Bearer {}", token.expired().mint())]).await;
        assert!(
            expired.0 == 401 && expired.1.contains("error=\"invalid_token\"") && expired.2.is_empty(),
            "{expired:?}"
        );
        assert_eq!(app(&[&bearer, &bearer]).await.0, 400);
        assert_eq!(actix(Some(without_keys()), &[&bearer]).await, (503, nothing(), nothing()));
        assert_eq!(actix(None, &[&bearer]).await.0, 500, "no verifier");
    });
}

#[tokio::test]
async fn lambda_authorizer() {
    let arn = "arn:aws:execute-api:eu-west-1:123456789012:abcdef123/prod/GET/files/7";
    let event = |token: &str| json!({ "type": "TOKEN", "authorizationToken": token, "methodArn": arn });
    let verifier = pool().verifier(CLIENT).expect("a verifier");
    let token = pool().access_token(CLIENT).scope("files/read");
    let bearer = format!("Bearer {}", token.mint());
    let policy = authorize(&verifier, &event(&bearer)).await.expect("a policy");
    let statement = |effect: &str| {
        json!({
            "Action": "execute-api:Invoke", "Effect": effect,
            "Resource": "arn:aws:execute-api:eu-west-1:123456789012:abcdef123/prod/*",
        })
    };
    assert_eq!(policy["policyDocument"], json!({ "Version": "2012-10-17", "Statement": [statement("Allow")] }));
    assert_eq!(policy["context"], json!({ "username": "alice", "scope": "files/read" }));
    assert!(policy["principalId"].is_string());

    let unauthorized = Err("Unauthorized".to_owned());
    let expired = format!("Bearer {}", token.expired().mint());
    for refused in [event(&expired), event("Bearer a.b.c"), event("Basic a"), event(""), Value::Null] {
        assert_eq!(authorize(&verifier, &refused).await, unauthorized, "{refused}");
    }
    let writers = verifier.requiring(Requirements::new().all_scopes(["files/write"]));
    let denied = authorize(&writers, &event(&bearer)).await.expect("a policy");
    assert_eq!(denied["policyDocument"]["Statement"], json!([statement("Deny")]));
    let error = authorize(&without_keys(), &event(&bearer)).await.expect_err("no keys");
    assert!(error.contains("not available"), "{error}");
}

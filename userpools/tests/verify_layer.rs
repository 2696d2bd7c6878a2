//! The layer that verifies the tokens of requests.

#![allow(missing_docs, clippy::expect_used)]

use cognito_userpools::http::header::{AUTHORIZATION, COOKIE, RETRY_AFTER, WWW_AUTHENTICATE};
use cognito_userpools::http::{HeaderName, HeaderValue, Request, Response};
use cognito_userpools::verify::{AccessToken, IdToken, MockPool, Requirements, Verifier, VerifyLayer, VerifyReason};
use serde_json::Value;
use std::convert::Infallible;
use std::future::{Ready, poll_fn, ready};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use tower_layer::Layer as _;
use tower_service::Service;

const CLIENT: &str = "1example23456789";

/// Returns the name of the user. It panics if a request comes to a clone that was not ready.
#[derive(Default)]
struct App {
    ready: bool,
}

impl Clone for App {
    fn clone(&self) -> Self {
        Self { ready: false }
    }
}

/// A body without `From` or `Clone`.
#[derive(Debug, Default, PartialEq)]
struct Text(String);

impl Service<Request<()>> for App {
    type Response = Response<Text>;
    type Error = Infallible;
    type Future = Ready<Result<Response<Text>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.ready = true;
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<()>) -> Self::Future {
        assert!(std::mem::take(&mut self.ready), "the service is not ready");
        let secrets = [AUTHORIZATION, COOKIE].map(|name| request.headers().get_all(name));
        assert!(secrets.into_iter().flatten().all(HeaderValue::is_sensitive));
        let access = request.extensions().get().and_then(AccessToken::username);
        let id = request.extensions().get().and_then(IdToken::username);
        ready(Ok(Response::new(Text(format!("{access:?} {id:?}")))))
    }
}

fn pool() -> MockPool {
    MockPool::new("eu-west-1_Ab12Cd34E")
}

fn verifier() -> Verifier {
    pool().verifier(CLIENT).expect("a verifier")
}

async fn call(
    service: &mut impl Service<Request<()>, Response = Response<Text>, Error = Infallible>,
    values: &[&str],
) -> Response<Text> {
    let headers: Vec<_> = values.iter().map(|value| (AUTHORIZATION, *value)).collect();
    call_with(service, &headers).await
}

async fn call_with(
    service: &mut impl Service<Request<()>, Response = Response<Text>, Error = Infallible>,
    headers: &[(HeaderName, &str)],
) -> Response<Text> {
    let mut request = Request::new(());
    for (name, value) in headers {
        request.headers_mut().append(name, value.parse().expect("a value"));
    }
    poll_fn(|context| service.poll_ready(context)).await.expect("it is ready");
    service.call(request).await.expect("a response")
}

fn challenge(response: &Response<Text>) -> (u16, &str) {
    assert_eq!(response.body(), &Text::default());
    let challenge = response.headers().get(WWW_AUTHENTICATE).map_or("", |value| value.to_str().expect("ASCII"));
    (response.status().as_u16(), challenge)
}

#[tokio::test]
async fn accepted_tokens_are_in_the_extensions() {
    let mut service = VerifyLayer::access_token(&verifier()).layer(App::default());
    let token = pool().access_token(CLIENT).username("bob").mint();
    for scheme in ["Bearer", "bearer", "BEARER"] {
        let response = call(&mut service, &[&format!("{scheme} {token}")]).await;
        assert_eq!((response.status().as_u16(), response.body().0.as_str()), (200, "Some(\"bob\") None"));
    }
    let mut clone = service.clone();
    assert_eq!(call(&mut clone, &[&format!("Bearer {token}")]).await.status(), 200);

    let mut service = VerifyLayer::id_token(&verifier()).layer(App::default());
    let token = pool().id_token(CLIENT).mint();
    let response = call(&mut service, &[&format!("Bearer {token}")]).await;
    assert_eq!((response.status().as_u16(), response.body().0.as_str()), (200, "None Some(\"alice\")"));
}

#[tokio::test]
async fn tokens_in_cookies() {
    let layer = VerifyLayer::access_token(&verifier()).token_from(|request| {
        let cookies = request.headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
        cookies.flat_map(|text| text.split("; ")).find_map(|cookie| cookie.strip_prefix("token=")).map(str::to_owned)
    });
    let mut service = layer.layer(App::default());
    let token = |username: &str| pool().access_token(CLIENT).username(username).mint();
    let (alice, bearer) = (format!("token={}", token("alice")), format!("Bearer {}", token("bob")));
    let forged = format!("token={}", pool().access_token(CLIENT).forged().mint());
    let basic = (AUTHORIZATION, "Basic YTpi");
    for (headers, expected) in [
        (vec![(COOKIE, "a=b"), (COOKIE, alice.as_str())], "Some(\"alice\") None"),
        (vec![(COOKIE, alice.as_str()), basic.clone()], "Some(\"alice\") None"),
        (vec![(COOKIE, alice.as_str()), (AUTHORIZATION, bearer.as_str())], "Some(\"alice\") None"),
        (vec![(COOKIE, "a=b"), (AUTHORIZATION, bearer.as_str())], "Some(\"bob\") None"),
    ] {
        let response = call_with(&mut service, &headers).await;
        assert_eq!((response.status().as_u16(), response.body().0.as_str()), (200, expected));
    }
    let missing = (401, "Bearer realm=\"api\"");
    assert_eq!(challenge(&call_with(&mut service, &[(COOKIE, "a=b"), basic]).await), missing);
    // A valid header does not replace the token that was found.
    for cookie in [forged.as_str(), "token="] {
        let response = call_with(&mut service, &[(COOKIE, cookie), (AUTHORIZATION, bearer.as_str())]).await;
        let expected = "Bearer realm=\"api\", error=\"invalid_token\", error_description=\"The token is not valid\"";
        assert_eq!(challenge(&response), (401, expected), "{cookie}");
    }
}

/// A map of headers has a maximum size, beyond which some of its methods panic.
#[tokio::test]
async fn the_maximum_number_of_headers() {
    let mut service = VerifyLayer::access_token(&verifier()).layer(App::default());
    let mut request = Request::new(());
    let headers = request.headers_mut();
    let bearer = format!("Bearer {}", pool().access_token(CLIENT).mint());
    headers.insert(AUTHORIZATION, bearer.parse().expect("a value"));
    for number in 0.. {
        let name: HeaderName = format!("x-{number}").parse().expect("a name");
        if headers.try_insert(name, HeaderValue::from_static("")).is_err() {
            break;
        }
    }
    poll_fn(|context| service.poll_ready(context)).await.expect("it is ready");
    assert_eq!(service.call(request).await.expect("a response").status(), 200);
}

#[tokio::test]
async fn offline_verifiers_use_the_cached_keys() {
    let builder = Verifier::builder().user_pool("eu-west-1_Ab12Cd34E").client_id(CLIENT);
    let verifier = builder.build_offline().expect("a verifier");
    let (access, identity) = (pool().access_token(CLIENT).mint(), pool().id_token(CLIENT).mint());
    let access_layer: VerifyLayer<Text, _> = VerifyLayer::access_token(&verifier);
    let mut service = access_layer.layer(App::default());
    assert_eq!(call(&mut service, &[&format!("Bearer {access}")]).await.status(), 500, "no keys");
    verifier.cache_keys("eu-west-1_Ab12Cd34E", pool().keys()).expect("keys");
    assert_eq!(call(&mut service, &[&format!("Bearer {access}")]).await.status(), 200);
    assert_eq!(call(&mut service, &[&format!("Bearer {identity}")]).await.status(), 401);
    let mut service = VerifyLayer::id_token(&verifier).layer(App::default());
    assert_eq!(call(&mut service, &[&format!("Bearer {identity}")]).await.status(), 200);
}

#[tokio::test]
async fn refused_requests_do_not_reach_the_service() {
    let token = pool().access_token(CLIENT);
    let (good, identity) = (format!("Bearer {}", token.mint()), format!("Bearer {}", pool().id_token(CLIENT).mint()));
    let other = MockPool::new("eu-west-1_Other").access_token(CLIENT).mint();
    let mut service = VerifyLayer::access_token(&verifier()).realm("files").layer(App::default());
    for values in [vec![], vec!["Basic YTpi"]] {
        assert_eq!(challenge(&call(&mut service, &values).await), (401, "Bearer realm=\"files\""), "{values:?}");
    }
    for values in [vec![good.as_str(), &good], vec!["Bearer a b"], vec!["Bearer"]] {
        let response = call(&mut service, &values).await;
        let expected = "Bearer realm=\"files\", error=\"invalid_request\", error_description=\"The header Authorization is malformed\"";
        assert_eq!(challenge(&response), (400, expected), "{values:?}");
    }
    let forged = token.clone().forged().mint();
    let userless = token.clone().claim("sub", Value::Null).mint();
    for value in [&forged, &other, &userless, "a.b.c", "a", &identity[7..], &good[7..good.len() - 1]] {
        let response = call(&mut service, &[&format!("Bearer {value}")]).await;
        let expected = "Bearer realm=\"files\", error=\"invalid_token\", error_description=\"The token is not valid\"";
        assert_eq!(challenge(&response), (401, expected), "{value}");
    }
    let response = call(&mut service, &[&format!("Bearer {}", token.expired().mint())]).await;
    let expected = "Bearer realm=\"files\", error=\"invalid_token\", error_description=\"The token has expired\"";
    assert_eq!(challenge(&response), (401, expected));

    let mut service = VerifyLayer::id_token(&verifier()).layer(App::default());
    assert_eq!(call(&mut service, &[&good]).await.status(), 401);
}

#[tokio::test]
async fn requirements_are_reported_with_their_scopes() {
    let verifier = verifier().requiring(Requirements::new().all_scopes(["files/read", "files/write"]));
    let mut service = VerifyLayer::access_token(&verifier).layer(App::default());
    let token = |scope: &str| format!("Bearer {}", pool().access_token(CLIENT).scope(scope).mint());
    assert_eq!(call(&mut service, &[&token("files/write files/read")]).await.status(), 200);
    let expected = "Bearer realm=\"api\", error=\"insufficient_scope\", \
                    error_description=\"The token lacks a scope\", scope=\"files/read files/write\"";
    assert_eq!(challenge(&call(&mut service, &[&token("files/read")]).await), (403, expected));
}

#[tokio::test]
async fn the_first_token_waits_for_the_keys() {
    let builder = || Verifier::builder().user_pool("eu-west-1_Ab12Cd34E").client_id(CLIENT);
    let token = pool().access_token(CLIENT).username("bob");
    for (value, status, body) in [
        (token.mint(), 200, "Some(\"bob\") None"),
        (token.clone().forged().mint(), 401, ""),
        (format!("{},x", token.mint()), 400, ""),
    ] {
        let verifier = builder().build(&pool().client()).expect("a verifier");
        let mut service = VerifyLayer::access_token(&verifier).layer(App::default());
        for _ in 0..2 {
            let response = call(&mut service, &[&format!("Bearer {value}")]).await;
            assert_eq!((response.status().as_u16(), response.body().0.as_str()), (status, body), "{value}");
        }
    }
}

#[tokio::test]
async fn unavailable_keys_are_a_fault_of_the_server() {
    let builder = Verifier::builder().user_pool("eu-west-1_Ab12Cd34E").client_id(CLIENT);
    // This client serves the keys of another pool.
    let verifier = builder.build(&MockPool::new("eu-west-1_Other").client()).expect("a verifier");
    let mut service = VerifyLayer::access_token(&verifier).layer(App::default());
    let response = call(&mut service, &[&format!("Bearer {}", pool().access_token(CLIENT).mint())]).await;
    assert_eq!(challenge(&response), (503, ""));
    assert_eq!(response.headers()[RETRY_AFTER], "10");
}

#[tokio::test]
async fn errors_are_passed_to_the_function() {
    let reasons = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&reasons);
    let layer = VerifyLayer::access_token(&verifier()).on_error(move |error, mut response: Response<Text>| {
        assert_eq!(response.status(), error.status());
        seen.lock().expect("no panic").push(error.reason());
        response.headers_mut().insert("x-error", HeaderValue::from_static("1"));
        response.map(|_| Text("sign in".to_owned()))
    });
    let mut service = layer.layer(App::default());
    let response = call(&mut service, &[]).await;
    assert_eq!(
        (response.body().0.as_str(), &response.headers()["x-error"]),
        ("sign in", &HeaderValue::from_static("1"))
    );
    assert_eq!(call(&mut service, &["Bearer a.b.c"]).await.status(), 401);
    assert_eq!(*reasons.lock().expect("no panic"), [VerifyReason::MissingToken, VerifyReason::Encoding]);
    for debug in [format!("{layer:?}"), format!("{:?}", layer.layer(()))] {
        assert!(debug.contains("eu-west-1_Ab12Cd34E"), "{debug}");
    }
}

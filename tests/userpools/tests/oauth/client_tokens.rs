//! The cache of an app client's own tokens, with a virtual clock. Concurrent callers share one request.

use crate::fake_service::{FakeService, Reply};
use crate::{OAuth, assert_rejected};
use cognito_op::{Fault, blocking};
use cognito_op_example_service::service::{CLIENT_ID, CLIENT_SECRET, Service, USER_POOL_ID};
use cognito_userpools::oauth::{ClientTokens, OAuthClient, OAuthReason};
use cognito_userpools::verify::{Requirements, Verifier};
use futures_util::FutureExt as _;
use futures_util::future::join_all;
use std::sync::Barrier;

const READ: [&str; 1] = ["orders/read"];

/// A cache for each source of tokens: the token endpoint of the domain, and the operation `GetClientToken`.
fn sources(server: &FakeService) -> [ClientTokens; 2] {
    let [OAuth::Waiting(oauth), _] = server.both() else { panic!("the client that waits is first") };
    [ClientTokens::new(&oauth), ClientTokens::with_operation(&server.client())]
}

fn blocking_sources(server: &FakeService) -> [ClientTokens<blocking::Client>; 2] {
    let [_, OAuth::Blocking(oauth)] = server.both() else { panic!("the client that blocks is second") };
    [ClientTokens::new(&oauth), ClientTokens::with_operation(&server.blocking_client())]
}

async fn token(tokens: &ClientTokens, scopes: &[&str]) -> String {
    tokens.get(scopes).await.expect("a token").as_str().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_tasks_share_one_request() {
    for at in 0..2 {
        let server = FakeService::new(Reply::Hang);
        let tokens = sources(&server)[at].clone();
        let tasks: Vec<_> = (0..1000)
            .map(|_| {
                let tokens = tokens.clone();
                tokio::spawn(async move { token(&tokens, &READ).await })
            })
            .collect();
        server.wait_for(1);
        server.reply(Reply::Token(3600));
        for found in join_all(tasks).await {
            assert_eq!(found.expect("no panic"), "token-1");
        }
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn sixty_four_threads_share_one_request() {
    for at in 0..2 {
        let server = FakeService::new(Reply::Hang);
        let (tokens, barrier) = (blocking_sources(&server)[at].clone(), Barrier::new(65));
        std::thread::scope(|scope| {
            let get = || {
                barrier.wait();
                tokens.get(READ).expect("a token").as_str().to_owned()
            };
            let threads: Vec<_> = (0..64).map(|_| scope.spawn(get)).collect();
            barrier.wait();
            server.wait_for(1);
            server.reply(Reply::Token(3600));
            for thread in threads {
                assert_eq!(thread.join().expect("no panic"), "token-1");
            }
        });
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn tokens_are_cached_by_set_of_scopes() {
    let server = FakeService::new(Reply::Token(3600));
    for tokens in sources(&server) {
        let before = server.requests().len();
        let both = token(&tokens, &["orders/write", "orders/read"]).await;
        for same in [["orders/read", "orders/write"].as_slice(), &["orders/write", "orders/read", "orders/write"]] {
            assert_eq!(token(&tokens, same).await, both);
        }
        let (read, all) = (token(&tokens, &READ).await, token(&tokens, &[]).await);
        assert!(read != both && all != both && all != read);
        assert_eq!(token(&tokens, &READ).await, read);
        assert_eq!(server.requests().len(), before + 3);
        let error = tokens.get(["orders/read orders/write"]).await.expect_err("a list is no scope");
        assert_eq!(error.reason(), OAuthReason::Misconfigured);
    }
    let requests = server.requests();
    assert_eq!(requests[0], "grant_type=client_credentials&scope=orders%2Fread%20orders%2Fwrite");
    assert_eq!(requests[2], "grant_type=client_credentials");
    assert!(requests[3].contains(r#""Scopes":["orders/read","orders/write"]"#), "{}", requests[3]);
    assert!(!requests[5].contains("Scopes"), "{}", requests[5]);
}

#[tokio::test]
async fn the_called_service_verifies_a_token() {
    let service = Service::start().expect("a port");
    let endpoint = format!("http://{}", service.address);
    let client = cognito_op::Client::builder().endpoint(&endpoint).build().expect("a client");
    let oauth = OAuthClient::builder(&client).domain(&endpoint).app_client(CLIENT_ID, CLIENT_SECRET);
    let tokens = ClientTokens::new(&oauth.build().expect("a domain"));
    let verifier = Verifier::builder()
        .user_pool(USER_POOL_ID)
        .issuer(format!("{endpoint}/{USER_POOL_ID}"))
        .client_id(CLIENT_ID)
        .require(Requirements::new().all_scopes(READ))
        .build(&client)
        .expect("a verifier");

    let token = verifier.access_token(&token(&tokens, &READ).await).await.expect("it is valid");
    assert_eq!((token.sub(), token.username()), (CLIENT_ID, None));
    let other = verifier.access_token(tokens.get(["orders/write"]).await.expect("a token").as_str()).await;
    assert_eq!(other.expect_err("another scope").status(), 403);
}

#[tokio::test]
async fn metadata_reaches_the_trigger() {
    let server = FakeService::new(Reply::Token(3600));
    for tokens in sources(&server) {
        token(&tokens.client_metadata([("tenant", "blue & green")]), &[]).await;
    }
    let [of_domain, of_operation] = server.requests().try_into().expect("two requests");
    let expected = "aws_client_metadata=%7B%22tenant%22%3A%22blue%20%26%20green%22%7D";
    assert!(of_domain.ends_with(expected), "{of_domain}");
    assert!(of_operation.contains(r#""ClientMetadata":{"tenant":"blue & green"}"#), "{of_operation}");
}

#[tokio::test]
async fn one_caller_replaces_a_token_before_it_expires() {
    for at in 0..2 {
        let server = FakeService::new(Reply::Token(3600));
        let tokens = &sources(&server)[at];
        assert_eq!(token(tokens, &READ).await, "token-1");
        server.advance(3299);
        assert_eq!(token(tokens, &READ).await, "token-1");
        server.advance(1);
        server.reply(Reply::Hang);
        let mut first = Box::pin(token(tokens, &READ));
        assert_eq!(first.as_mut().now_or_never(), None, "it waits for the new token");
        let mut others = Box::pin(async { join_all((0..50).map(|_| token(tokens, &READ))).await });
        assert_eq!(others.as_mut().now_or_never(), Some(vec!["token-1".to_owned(); 50]));
        server.reply(Reply::Token(3600));
        assert_eq!((first.await.as_str(), token(tokens, &READ).await.as_str()), ("token-2", "token-2"));
        assert_eq!(server.requests().len(), 2);

        // In the last minute before the expiry, all callers wait.
        server.advance(3540);
        server.reply(Reply::Hang);
        let mut waiting = Box::pin(async { join_all((0..50).map(|_| token(tokens, &READ))).await });
        assert_eq!(waiting.as_mut().now_or_never(), None);
        server.reply(Reply::Token(3600));
        assert_eq!(waiting.await, vec!["token-3".to_owned(); 50]);
        assert_eq!(server.requests().len(), 3);
    }
}

#[tokio::test]
async fn a_caller_that_is_cancelled_does_not_cancel_the_request() {
    for at in 0..2 {
        let server = FakeService::new(Reply::Hang);
        let tokens = &sources(&server)[at];
        let mut first = Box::pin(token(tokens, &READ));
        let mut second = Box::pin(token(tokens, &READ));
        assert_eq!((first.as_mut().now_or_never(), second.as_mut().now_or_never()), (None, None));
        drop(first);
        server.reply(Reply::Token(3600));
        assert_eq!(second.await, "token-1");

        // The same applies to a request that replaces a token. Another caller polls it.
        server.advance(3400);
        server.reply(Reply::Hang);
        let mut first = Box::pin(token(tokens, &READ));
        assert_eq!(first.as_mut().now_or_never(), None);
        drop(first);
        server.reply(Reply::Token(3600));
        assert_eq!(token(tokens, &READ).await, "token-1");
        assert_eq!(token(tokens, &READ).await, "token-2");
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_request_that_is_not_polled_is_given_up() {
    let server = FakeService::new(Reply::Hang);
    let tokens = &sources(&server)[0];
    let mut first = Box::pin(token(tokens, &READ));
    assert_eq!(first.as_mut().now_or_never(), None);
    drop(first);
    server.advance(21);
    server.reply(Reply::Token(3600));
    assert_eq!(token(tokens, &READ).await, "token-2");
}

#[tokio::test]
async fn failures_are_shared_and_repeated_after_a_pause() {
    let server = FakeService::new(Reply::Hang);
    let rejected = Reply::Response(400, r#"{"error":"invalid_scope"}"#.to_owned());
    let tokens = &sources(&server)[0];
    let mut waiting = Box::pin(async { join_all((0..50).map(|_| tokens.get(READ))).await });
    assert!(waiting.as_mut().now_or_never().is_none());
    server.reply(rejected.clone());
    for outcome in waiting.await {
        assert_rejected(outcome, "invalid_scope", 400);
    }
    assert_rejected(tokens.get(READ).await, "invalid_scope", 400);
    assert_eq!(server.requests().len(), 1, "the pause has not passed");
    server.advance(1);
    assert_rejected(tokens.get(READ).await, "invalid_scope", 400);
    assert_eq!(server.requests().len(), 2);
    server.advance(2);
    server.reply(Reply::Token(3600));
    assert_eq!(token(tokens, &READ).await, "token-3");

    // After a failure, callers get the old token while it is valid.
    server.advance(3400);
    server.reply(rejected);
    assert_eq!((token(tokens, &READ).await, token(tokens, &READ).await), ("token-3".into(), "token-3".into()));
    assert_eq!(server.requests().len(), 4);
    server.advance(200);
    assert_rejected(tokens.get(READ).await, "invalid_scope", 400);
}

#[tokio::test]
async fn rejected_tokens_are_forgotten() {
    let server = FakeService::new(Reply::Token(3600));
    let tokens = &sources(&server)[0];
    let first = tokens.get(READ).await.expect("a token");
    let clone = tokens.clone();
    clone.forget(&first);
    assert_eq!(token(tokens, &READ).await, "token-2");
    clone.forget(&first);
    assert_eq!(token(tokens, &READ).await, "token-2");
}

/// When there are a hundred sets of scopes, those without a usable token are dropped.
#[tokio::test]
async fn sets_without_a_token_are_dropped() {
    let server = FakeService::new(Reply::Token(3600));
    let tokens = &sources(&server)[0];
    assert_eq!(token(tokens, &READ).await, "token-1");
    server.reply(Reply::Response(400, r#"{"error":"invalid_scope"}"#.to_owned()));
    // The last call gets the failure of the first one, since the pause after it has not passed.
    for scope in (0..99).chain([0]) {
        assert_rejected(tokens.get([format!("orders/{scope}")]).await, "invalid_scope", 400);
    }
    assert_eq!(server.requests().len(), 100);
    for scope in [99, 0] {
        assert_rejected(tokens.get([format!("orders/{scope}")]).await, "invalid_scope", 400);
    }
    assert_eq!(server.requests().len(), 102, "the failure was dropped");
    assert_eq!(token(tokens, &READ).await, "token-1");
}

#[tokio::test]
async fn operations_that_fail() {
    let server =
        FakeService::new(Reply::Response(400, r#"{"__type":"NotAuthorizedException","message":"no"}"#.to_owned()));
    let error = sources(&server)[1].get(READ).await.expect_err("it fails");
    assert_eq!(
        (error.reason(), error.to_string().contains("GetClientToken")),
        (OAuthReason::Operation, true),
        "{error}"
    );
    assert_eq!((error.fault(), error.may_have_executed()), (Fault::Unknown, false), "{error}");
    let server = FakeService::new(Reply::Reset);
    let error = sources(&server)[1].get(READ).await.expect_err("there is no response");
    assert_eq!((error.fault(), error.may_have_executed()), (Fault::Network, true), "{error}");
    let server = FakeService::new(Reply::Response(200, "{}".to_owned()));
    let error = sources(&server)[1].get(READ).await.expect_err("there is no token");
    assert_eq!(error.reason(), OAuthReason::Unreadable, "{error}");
}

#[tokio::test]
async fn app_clients_without_a_secret_have_no_tokens() {
    let server = FakeService::new(Reply::Token(3600));
    let builder = OAuthClient::builder(&server.client()).domain("login.invalid").public_app_client("client");
    let error = ClientTokens::new(&builder.build().expect("a client")).get(READ).await.expect_err("no secret");
    assert_eq!((error.reason(), server.requests().len()), (OAuthReason::Misconfigured, 0));
}

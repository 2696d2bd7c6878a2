//! Pagination with the structs of a downstream crate.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::mock::Mock;
use cognito_op::transport::{BoxFuture, SleepPurpose, Timeouts, Transport, TransportError};
use cognito_op::{Body, Client, ErrorKind, Operation, Paginated, Sign, SignError, cognito_op, cognito_shape};
use http::{Request, Response};
use serde_json::{Value, json};
use std::pin::pin;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// A request and a response whose names differ from those of the service.
#[cognito_op(target = "ListUsers", signed, paginated, response = UserPage)]
#[derive(Clone)]
struct Search<'a> {
    user_pool_id: &'a str,
    #[range]
    limit: Option<i32>,
    #[len]
    #[pattern]
    #[member("PaginationToken")]
    after: Option<String>,
}

#[cognito_shape(ListUsersResponse)]
struct UserPage {
    #[member("Users")]
    found: Option<Vec<User>>,
    #[member("PaginationToken")]
    after: Option<String>,
}

#[cognito_shape(UserType)]
struct User {
    username: String,
}

/// A list that is not optional, in a response that implements `Drop`, so that its fields cannot be moved out.
#[cognito_op(target = "AdminListDevices", signed, paginated, response = ListDevicesResponse)]
struct AdminListDevices {
    user_pool_id: String,
    username: String,
    pagination_token: Option<String>,
}

#[cognito_shape(output)]
struct ListDevicesResponse {
    devices: Vec<Device>,
    pagination_token: Option<String>,
}

impl Drop for ListDevicesResponse {
    fn drop(&mut self) {
        assert!(self.devices.len() < 2);
    }
}

#[cognito_shape(DeviceType)]
struct Device {
    device_key: String,
}

/// An operation without the option `paginated`. Its response needs neither the list nor the token.
#[cognito_op(target = "ListGroups", signed)]
struct ListGroups {
    user_pool_id: String,
}

#[cognito_shape]
struct ListGroupsResponse {
    next_token: Option<String>,
}

struct Unsigned;

impl Sign for Unsigned {
    fn sign<'r>(&'r self, _: &'r mut Request<Body>) -> BoxFuture<'r, Result<(), SignError>> {
        Box::pin(async { Ok(()) })
    }
}

impl cognito_op::blocking::Sign for Unsigned {
    fn sign(&self, _: &mut Request<Body>, _: Duration) -> Result<(), SignError> {
        Ok(())
    }
}

const POOL: &str = "eu-west-1_Ab12Cd34";

/// Plans 300 users on 31 pages of which one is empty, and returns their names.
fn users(mock: &Mock) -> Vec<String> {
    let names: Vec<String> = (0..300).map(|number| format!("user{number}")).collect();
    let mut pages: Vec<Vec<String>> = names.chunks(10).map(<[String]>::to_vec).collect();
    pages.insert(7, Vec::new());
    let mut plan = mock.on::<Search<'_>>();
    for (index, page) in pages.iter().enumerate() {
        let users: Value = page.iter().map(|name| json!({"Username": name})).collect();
        let next = if index + 1 == pages.len() { Value::Null } else { json!(format!("page-{}", index + 1)) };
        plan = plan.output_json(json!({"Users": users, "PaginationToken": next}));
    }
    names
}

/// Checks the tokens of the requests.
fn assert_requested(mock: &Mock) {
    let requests: Vec<Value> = mock.requests().iter().map(cognito_op::mock::Recorded::json).collect();
    assert_eq!(requests.len(), 31);
    for (index, request) in requests.into_iter().enumerate() {
        let mut expected = json!({"UserPoolId": POOL, "Limit": 10});
        if index > 0 {
            expected["PaginationToken"] = json!(format!("page-{index}"));
        }
        assert_eq!(request, expected);
    }
}

#[tokio::test]
async fn custom_structs_are_paginated() {
    let mock = Mock::new();
    let expected = users(&mock);
    let client = mock.client().with_signer(Unsigned);
    let mut items = Search::new(POOL).limit(10).items(&client);
    let mut names = Vec::new();
    while let Some(user) = items.next().await {
        names.push(user.expect("a user").username);
    }
    assert_eq!(names, expected);
    assert!(items.next().await.is_none(), "the stream stays at its end");
    assert_requested(&mock);

    let mock = Mock::new();
    let _ = users(&mock);
    let client = mock.client().with_signer(Unsigned);
    let mut pages = Search::new(POOL).limit(10).pages(&client);
    let mut counts = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.expect("a page");
        assert_eq!(page.after.is_none(), counts.len() == 30);
        counts.push(page.found.map_or(0, |found| found.len()));
    }
    assert_eq!((counts.len(), counts[7], counts.iter().sum()), (31, 0, 300));
    assert_requested(&mock);
}

#[test]
fn own_structs_page_in_an_iterator() {
    let mock = Mock::new();
    let expected = users(&mock);
    let client = mock.blocking_client().with_signer(Unsigned);
    let users = Search::new(POOL).limit(10).items_blocking(&client);
    let names: Vec<String> = users.map(|user| user.expect("a user").username).collect();
    assert_eq!(names, expected);
    assert_requested(&mock);

    let mock = Mock::new();
    mock.on::<AdminListDevices>()
        .output_json(json!({"Devices": [{"DeviceKey": "a"}], "PaginationToken": "n"}))
        .output_json(json!({"Devices": []}));
    let client = mock.blocking_client().with_signer(Unsigned);
    let operation = AdminListDevices::new(POOL, "alice").pagination_token("m");
    let keys: Vec<String> =
        operation.items_blocking(&client).map(|device| device.expect("a device").device_key).collect();
    assert_eq!(keys, ["a"]);
    let tokens: Vec<Value> = mock.requests().iter().map(|request| request.json()["PaginationToken"].clone()).collect();
    assert_eq!(tokens, ["m", "n"]);
}

/// Code that is generic over the operation uses the trait.
#[tokio::test]
async fn generic_code_pages() {
    async fn count<O: Paginated>(operation: O, client: &Client) -> usize {
        let mut items = Paginated::items(operation, client);
        let mut count = 0;
        while let Some(item) = items.next().await {
            count += usize::from(item.is_ok());
        }
        count
    }
    fn assert_send(_: &impl Send) {}
    fn assert_unpin(_: &impl Unpin) {}

    let mock = Mock::new();
    users(&mock);
    let client = mock.client().with_signer(Unsigned);
    let future = count(Search::new(POOL), &client);
    assert_send(&future);
    assert_eq!(future.await, 300);
    let (mut pages, items) = (Search::new(POOL).pages(&client), Search::new(POOL).items(&client));
    assert_unpin(&pages);
    assert_unpin(&items);
    assert_send(&pages.next());
    assert_send(&items);
}

#[test]
fn debug_shows_no_values() {
    let mock = Mock::new();
    let (client, blocking) = (mock.client(), mock.blocking_client());
    let request = Search::new(POOL).after("secret");
    assert_eq!(format!("{:?}", request.clone().pages(&client)), "Pages { operation: \"ListUsers\", .. }");
    assert_eq!(format!("{:?}", request.clone().items(&client)), "Items { operation: \"ListUsers\", .. }");
    let pages = request.clone().pages_blocking(&blocking);
    assert_eq!(format!("{pages:?}"), "BlockingPages { operation: \"ListUsers\", .. }");
    let items = request.items_blocking(&blocking);
    assert_eq!(format!("{items:?}"), "BlockingItems { operation: \"ListUsers\", .. }");
}

/// Without the option `paginated`, there is no stream, and the response may lack the list.
#[test]
fn lists_without_the_option() {
    let mock = Mock::new();
    mock.on::<ListGroups>().output_json(json!({"Groups": [{}], "NextToken": "n"}));
    let client = mock.blocking_client().with_signer(Unsigned);
    let response = ListGroups::new(POOL).send_blocking(&client).expect("a response");
    assert_eq!((response.next_token.as_deref(), ListGroups::NAME), (Some("n"), "ListGroups"));
}

/// Responds to a request only after it has been released.
#[derive(Default)]
struct Held {
    released: AtomicBool,
    sent: Mutex<Vec<Value>>,
}

impl Transport for Held {
    fn send(&self, request: Request<Body>, _: Timeouts) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let json = serde_json::from_slice(request.body().as_bytes()).expect("JSON");
        self.sent.lock().expect("the lock").push(json);
        Box::pin(std::future::poll_fn(|_| {
            if !self.released.load(Ordering::Relaxed) {
                return Poll::Pending;
            }
            Poll::Ready(Ok(Response::new(Body::from(r#"{"Users": [{"Username": "alice"}]}"#))))
        }))
    }

    fn sleep(&self, _: Duration, _: SleepPurpose) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

/// Dropping a future of `next` loses neither a request nor a page.
#[test]
fn next_is_cancel_safe() {
    let transport = std::sync::Arc::new(Held::default());
    let dynamic: std::sync::Arc<dyn Transport> = transport.clone();
    let client = Client::builder().region("eu-west-1").build_with(dynamic).expect("a client").with_signer(Unsigned);
    let mut context = Context::from_waker(Waker::noop());
    let mut items = Search::new(POOL).items(&client);
    for _ in 0..3 {
        assert!(pin!(items.next()).poll(&mut context).is_pending());
    }
    transport.released.store(true, Ordering::Relaxed);
    let Poll::Ready(Some(Ok(user))) = pin!(items.next()).poll(&mut context) else { panic!("no user") };
    assert_eq!(user.username, "alice");
    assert!(matches!(pin!(items.next()).poll(&mut context), Poll::Ready(None)));
    assert_eq!(transport.sent.lock().expect("the lock").len(), 1);
}

/// A page that repeats the token of an earlier page is returned before the error.
#[tokio::test]
async fn a_repeated_token_loses_no_page() {
    let plan = || {
        let mock = Mock::new();
        let page = |name: &str| json!({"Users": [{"Username": name}], "PaginationToken": "again"});
        mock.on::<Search<'_>>().output_json(page("alice")).output_json(page("bob"));
        mock
    };
    let expected = [Ok("alice".to_owned()), Ok("bob".to_owned()), Err(ErrorKind::Unreadable)];
    let mock = plan();
    let client = mock.client().with_signer(Unsigned);
    let mut items = Search::new(POOL).items(&client);
    let mut outcomes = Vec::new();
    while let Some(item) = items.next().await {
        outcomes.push(item.map(|user| user.username).map_err(|error| error.kind()));
    }
    assert_eq!(outcomes, expected);
    assert!(items.next().await.is_none());
    assert_eq!(mock.requests().len(), 2);

    let mock = plan();
    let client = mock.blocking_client().with_signer(Unsigned);
    let items = Search::new(POOL).items_blocking(&client);
    let outcomes: Vec<_> = items.map(|item| item.map(|user| user.username).map_err(|error| error.kind())).collect();
    assert_eq!(outcomes, expected);
    assert_eq!(mock.requests().len(), 2);
}

/// The page that exceeds the limit of empty pages is returned before the error.
#[test]
fn the_error_of_an_endless_list_follows_its_last_page() {
    let mock = Mock::new();
    let mut plan = mock.on::<Search<'_>>();
    for token in 0..101 {
        plan = plan.output_json(json!({"Users": [], "PaginationToken": format!("t{token}")}));
    }
    let client = mock.blocking_client().with_signer(Unsigned);
    let pages: Vec<_> = Search::new(POOL).pages_blocking(&client).collect();
    assert_eq!(pages.len(), 102);
    assert!(pages[..101].iter().all(Result::is_ok));
    assert_eq!(pages[101].as_ref().err().map(cognito_op::Error::kind), Some(ErrorKind::Unreadable));
    assert_eq!(mock.requests().len(), 101);
}

/// An invalid request is an error of the stream, and is not sent.
#[tokio::test]
async fn invalid_requests_end_the_stream() {
    let mock = Mock::new();
    let client = mock.client().with_signer(Unsigned);
    let mut items = Search::new(POOL).limit(61).items(&client);
    let error = items.next().await.expect("an outcome").map(|_| ()).expect_err("a violation");
    assert_eq!(error.kind(), ErrorKind::Invalid);
    assert!(items.next().await.is_none() && mock.requests().is_empty());
}

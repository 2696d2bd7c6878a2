//! Paginated lists.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::mock::{Mock, Readable};
use cognito_op::{Error, ErrorKind, Operation};
use cognito_userpools::operations::{ListDevices, ListUserSessions, ListWebAuthnCredentials};
use futures_util::{StreamExt as _, TryStreamExt as _};
use serde_json::json;

fn request() -> ListDevices {
    ListDevices::new("token").limit(2)
}

/// Sets up three pages with five devices in total. The second page is empty.
fn devices(mock: &Mock) {
    let keys = |keys: &[&str]| keys.iter().map(|key| json!({"DeviceKey": key})).collect::<serde_json::Value>();
    mock.on::<ListDevices>()
        .output_json(json!({"Devices": keys(&["a", "b"]), "PaginationToken": "second"}))
        .output_json(json!({"PaginationToken": "third"}))
        .output_json(json!({"Devices": keys(&["c", "d", "e"]), "PaginationToken": ""}));
}

fn asked<O: Operation + Readable>(mock: &Mock, token: impl Fn(&O) -> Option<String>) -> Vec<Option<String>> {
    mock.sent::<O>().iter().map(token).collect()
}

fn assert_asked(mock: &Mock) {
    let tokens = asked::<ListDevices>(mock, |request| request.pagination_token.clone());
    assert_eq!(tokens, [None, Some("second".to_owned()), Some("third".to_owned())]);
    assert!(
        mock.sent::<ListDevices>().iter().all(|sent| (sent.access_token.as_str(), sent.limit) == ("token", Some(2)))
    );
}

#[tokio::test]
async fn a_stream_goes_through_all_of_it() {
    let mock = Mock::new();
    devices(&mock);
    let client = mock.client();
    let pages: Vec<_> = request().pages(&client).try_collect().await.expect("three pages");
    let counts: Vec<_> = pages.iter().map(|page| page.devices.as_ref().map_or(0, Vec::len)).collect();
    assert_eq!(counts, [2, 0, 3]);
    assert_asked(&mock);

    let mock = Mock::new();
    devices(&mock);
    let client = mock.client();
    let mut items = request().items(&client);
    let mut keys = String::new();
    while let Some(device) = items.try_next().await.expect("devices") {
        keys += &device.device_key.expect("a key");
    }
    assert_eq!(keys, "abcde");
    assert!(items.next().await.is_none(), "the stream stays at its end");
    assert_asked(&mock);
}

#[test]
fn an_iterator_returns_all_items() {
    let mock = Mock::new();
    devices(&mock);
    assert_eq!(request().pages_blocking(&mock.blocking_client()).count(), 3);
    assert_asked(&mock);

    let mock = Mock::new();
    devices(&mock);
    let client = mock.blocking_client();
    let keys: Result<String, Error> =
        request().items_blocking(&client).map(|device| Ok(device?.device_key.expect("a key"))).collect();
    assert_eq!(keys.expect("devices"), "abcde");
    assert_asked(&mock);
}

/// The other two paginated operations, whose tokens have other names. One list starts at a given token.
#[test]
fn the_other_lists() {
    let mock = Mock::new();
    mock.on::<ListUserSessions>()
        .output_json(json!({"Sessions": [{"SessionId": "a"}], "NextToken": "n"}))
        .output_json(json!({"Sessions": [{"SessionId": "b"}]}));
    let passkey = |id: &str| json!([{"AuthenticatorTransports": [], "CreatedAt": 1, "CredentialId": id}]);
    mock.on::<ListWebAuthnCredentials>()
        .output_json(json!({"Credentials": passkey("a"), "NextToken": "n"}))
        .output_json(json!({"Credentials": passkey("b"), "NextToken": null}));
    let client = mock.blocking_client();
    let sessions = ListUserSessions::new("token").next_token("m").items_blocking(&client);
    assert_eq!(sessions.filter_map(|session| session.expect("a session").session_id).collect::<String>(), "ab");
    let tokens = asked::<ListUserSessions>(&mock, |request| request.next_token.clone());
    assert_eq!(tokens, [Some("m".to_owned()), Some("n".to_owned())]);
    let passkeys = ListWebAuthnCredentials::new("token").items_blocking(&client);
    assert_eq!(passkeys.map(|passkey| passkey.expect("a passkey").credential_id).collect::<String>(), "ab");
}

#[tokio::test]
async fn the_first_error_ends_it() {
    let mock = Mock::new();
    mock.on::<ListDevices>()
        .output_json(json!({"Devices": [{}], "PaginationToken": "second"}))
        .fail(ErrorKind::NotAuthorized);
    let client = mock.client();
    let outcomes: Vec<_> =
        request().items(&client).map(|item| item.map(drop).map_err(|error| error.kind())).collect().await;
    assert_eq!(outcomes, [Ok(()), Err(ErrorKind::NotAuthorized)]);
    // A validation error is returned instead of the first page.
    let error = ListDevices::new("not a token").pages_blocking(&mock.blocking_client()).next();
    assert_eq!(error.expect("an outcome").expect_err("a violation").kind(), ErrorKind::Invalid);
}

#[test]
fn a_repeated_token_is_an_error() {
    let mock = Mock::new();
    mock.on::<ListDevices>().output_json(json!({"Devices": [{}], "PaginationToken": "again"})).times(2);
    let client = mock.blocking_client();
    let mut pages = request().pages_blocking(&client);
    pages.next().expect("a page").expect("the first");
    pages.next().expect("a page").expect("the second, with its own token");
    let error = pages.next().expect("an outcome").expect_err("no other page");
    assert_eq!(error.kind(), ErrorKind::Unreadable);
    let text = "ListDevices: the response cannot be read: the token of the next page is the token of an earlier page (HTTP 200, ";
    assert!(error.to_string().starts_with(text), "{error}");
    assert!(pages.next().is_none());
    assert_eq!(mock.requests().len(), 2);
}

/// Two pages whose tokens refer to each other.
#[test]
fn a_cycle_of_pages_ends() {
    let mock = Mock::new();
    let page = |token: &str| json!({"Devices": [{"DeviceKey": "a"}], "PaginationToken": token});
    mock.on::<ListDevices>().output_json(page("one")).output_json(page("two")).output_json(page("one"));
    let client = mock.blocking_client();
    let outcomes: Vec<_> = request().pages_blocking(&client).map(|page| page.map_err(|error| error.kind())).collect();
    assert_eq!(outcomes.iter().filter(|page| page.is_ok()).count(), 3);
    assert_eq!(outcomes[3].as_ref().err(), Some(&ErrorKind::Unreadable));
    // The token of the first request is also an earlier token.
    mock.on::<ListDevices>().output_json(page("one"));
    let mut pages = request().pagination_token("one").pages_blocking(&client);
    pages.next().expect("a page").expect("the only one");
    assert_eq!(pages.next().expect("an outcome").expect_err("the same page").kind(), ErrorKind::Unreadable);
}

/// The number of consecutive empty pages is limited.
#[test]
fn consecutive_empty_pages_are_limited() {
    let mock = Mock::new();
    let page = |token: u32| json!({"Devices": [], "PaginationToken": format!("t{token}")});
    let mut plan = mock.on::<ListDevices>().output_json(page(0));
    for token in 1..=100 {
        plan = plan.output_json(page(token));
    }
    let client = mock.blocking_client();
    let mut items = request().items_blocking(&client);
    let error = items.next().expect("an error").expect_err("no end");
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Unreadable, Some("ListDevices")));
    assert!(items.next().is_none());
    assert_eq!(mock.requests().len(), 101);

    // Empty pages are not an error if a page with items follows within the limit.
    let mock = Mock::new();
    let mut plan = mock.on::<ListDevices>();
    for round in 0..3 {
        for token in 0..60 {
            let next = format!("{round}-{token}");
            plan = plan.output_json(json!({"Devices": [], "PaginationToken": next}));
        }
        plan = plan.output_json(json!({"Devices": [{"DeviceKey": "a"}], "PaginationToken": format!("{round}")}));
    }
    let _plan = plan.output_json(json!({}));
    let client = mock.blocking_client();
    assert_eq!(request().items_blocking(&client).filter_map(Result::ok).count(), 3);
}

//! Numbers and documents over both transports, with any features of `serde_json`.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::{Client, ErrorKind, blocking, cognito_op, cognito_shape};
use cognito_op_tests::server::{Reply, Server, answer};
use serde_json::Value;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[cognito_op(target = "Future", unmodeled)]
struct Future {
    long: i64,
    document: Value,
}

#[cognito_shape(output, unmodeled)]
struct FutureResponse {
    long: Option<i64>,
    time: Option<SystemTime>,
    document: Option<Value>,
}

/// Calls the operation over both transports. Returns the responses over hyper and ureq, and the bodies of the requests.
async fn call(body: &'static str) -> ([Result<FutureResponse, ErrorKind>; 2], [Vec<u8>; 2]) {
    let server = Server::start(move |_| Reply::Keep(answer("200 OK", "", body)));
    let document: Value = serde_json::from_str(r#"{"a":[1.5,true],"b":null,"c":-9007199254740993}"#).expect("JSON");
    let operation = Future::new(i64::MIN, document);
    let client = Client::builder().endpoint(server.url()).build().expect("a client");
    let hyper = operation.send(&client).await;
    let client = blocking::Client::builder().endpoint(server.url()).build().expect("a client");
    let ureq = operation.send_blocking(&client);
    let sent = [0, 1].map(|index| server.received()[index].body.clone());
    ([hyper, ureq].map(|outcome| outcome.map_err(|error| error.kind())), sent)
}

#[tokio::test]
async fn numbers_are_sent_exactly() {
    let sent = br#"{"Long":-9223372036854775808,"Document":{"a":[1.5,true],"b":null,"c":-9007199254740993}}"#;
    assert_eq!(call("{}").await.1, [sent.to_vec(), sent.to_vec()]);
}

#[tokio::test]
async fn numbers_are_read_exactly_or_not_at_all() {
    for (body, number) in [
        (r#"{"Long":9007199254740993}"#, Some(9_007_199_254_740_993)),
        (r#"{"Long":9223372036854775807}"#, Some(i64::MAX)),
        (r#"{"Long":-9223372036854775808}"#, Some(i64::MIN)),
        (r#"{"Long":3.0,"Other":1e400}"#, Some(3)),
        (r#"{"Long":-25e1}"#, Some(-250)),
        (r#"{"Long":9223372036854775808}"#, None),
        (r#"{"Long":9007199254740993.0}"#, None),
        (r#"{"Long":3.5}"#, None),
        (r#"{"Long":"3"}"#, None),
        (r#"{"Long":{"$serde_json::private::Number":"3"}}"#, None),
    ] {
        for response in call(body).await.0 {
            let read = response.map(|response| response.long);
            assert_eq!(read, number.map_or(Err(ErrorKind::Unreadable), |number| Ok(Some(number))), "{body}");
        }
    }
}

#[tokio::test]
async fn times_are_read_to_the_microsecond() {
    for (body, micros) in [
        (r#"{"Time":1795309799.456}"#, 1_795_309_799_456_000),
        (r#"{"Time":1795309799.456789}"#, 1_795_309_799_456_789),
        (r#"{"Time":1.795309799456E9}"#, 1_795_309_799_456_000),
        (r#"{"Time":1795309799}"#, 1_795_309_799_000_000),
    ] {
        for response in call(body).await.0 {
            let time = UNIX_EPOCH + Duration::from_micros(micros);
            assert_eq!(response.map(|response| response.time), Ok(Some(time)), "{body}");
        }
    }
}

#[tokio::test]
async fn documents_are_read() {
    for document in [r#"{"b":0.1,"a":[1,-1,null,"text",{"c":true}]}"#, "18446744073709551615", "[]", "-0.5"] {
        let body: &'static str = format!(r#"{{"Document":{document}}}"#).leak();
        for response in call(body).await.0 {
            let read = response.expect("a response").document.expect("a document");
            assert_eq!(read, serde_json::from_str::<Value>(document).expect("JSON"));
        }
    }
}

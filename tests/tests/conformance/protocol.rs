//! The protocol of the service, awsJson 1.1: the requests on the wire, and the parsing of responses and errors.

use crate::shapes::{
    EmptyOperation, GreetingWithErrors, HostWithPath, JsonEnums, JsonIntEnums, KitchenSinkOperation, NullOperation,
    OptionalInput, PutAndGetInlineDocuments, legacy,
};
use crate::{Case, Suite, list, read, text};
use cognito_op::{Body, Config, Operation, blocking};
use cognito_op_tests::server::{Received, Reply, Server, answer};
use http::{Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const UNION: &str = "the service has no unions";
const FLOAT: &str = "the service has no floating-point numbers";
const RECURSION: &str = "the service has no recursive shapes";
const TIME: &str = "the service writes all timestamps as seconds since 1970";
const HOST: &str = "the service has no operations with a host prefix";

const INPUT: Suite = Suite {
    name: "protocol, input",
    run: 31,
    differs: &[],
    left_out: &[
        ("JsonUnions", UNION),
        ("SimpleScalarProperties", FLOAT),
        ("KitchenSinkOperation::serializes_float_shapes", FLOAT),
        ("KitchenSinkOperation::serializes_double_shapes", FLOAT),
        ("KitchenSinkOperation::serializes_list_of_recursive_structure_shapes", RECURSION),
        ("KitchenSinkOperation::serializes_map_of_recursive_structure_shapes", RECURSION),
        ("KitchenSinkOperation::serializes_recursive_structure_shapes", RECURSION),
        ("KitchenSinkOperation::serializes_timestamp_shapes_with_iso8601_timestampformat", TIME),
        ("KitchenSinkOperation::serializes_timestamp_shapes_with_httpdate_timestampformat", TIME),
        ("EndpointOperation", HOST),
        ("EndpointWithHostLabelOperation", HOST),
        ("PutWithContentEncoding", "the service has no compressed requests"),
    ],
};

const INPUT_LEGACY: Suite = Suite {
    name: "protocol, input, legacy",
    run: 14,
    differs: &[],
    left_out: &[
        ("Timestamp values", TIME),
        ("Recursive shapes", RECURSION),
        ("Idempotency token auto fill::1", "the service has no idempotency tokens"),
        ("Endpoint host trait static prefix", HOST),
    ],
};

const OUTPUT: Suite = Suite {
    name: "protocol, output",
    run: 36,
    differs: &[],
    left_out: &[
        ("JsonUnions", UNION),
        ("SimpleScalarProperties", FLOAT),
        ("KitchenSinkOperation::parses_float_shapes", FLOAT),
        ("KitchenSinkOperation::parses_double_shapes", FLOAT),
        ("KitchenSinkOperation::parses_list_of_recursive_structure_shapes", RECURSION),
        ("KitchenSinkOperation::parses_map_of_recursive_structure_shapes", RECURSION),
        ("KitchenSinkOperation::parses_iso8601_timestamps", TIME),
        ("KitchenSinkOperation::parses_httpdate_timestamps", TIME),
        ("DatetimeOffsets", TIME),
        ("FractionalSeconds", TIME),
    ],
};

const OUTPUT_LEGACY: Suite = Suite {
    name: "protocol, output, legacy",
    run: 16,
    differs: &[("Lists::1", "a null entry of a list is skipped, like a null member")],
    left_out: &[
        ("Scalar members", FLOAT),
        ("Timestamp members", TIME),
        ("RPC JSON Event Stream", "the service has no event streams"),
    ],
};

/// Returns the cases of a file, with the client endpoint and the target prefix of their group.
fn cases(path: &str) -> Vec<Case> {
    let file = read(path);
    let mut cases = Vec::new();
    for suite in list(&file) {
        let metadata = &suite["metadata"];
        assert_eq!(text(metadata, "protocol"), Some("json"), "{path}");
        let description = text(suite, "description").expect("a name");
        let description = description.trim_start_matches("Test cases for ").trim_end_matches(" operation");
        for (index, case) in list(&suite["cases"]).iter().enumerate() {
            // The cases of the legacy suites have no id.
            let id = text(case, "id").map_or_else(|| index.to_string(), str::to_owned);
            let mut value = case.clone();
            value["clientEndpoint"] = suite.get("clientEndpoint").cloned().unwrap_or_default();
            value["targetPrefix"] = metadata.get("targetPrefix").cloned().unwrap_or_default();
            cases.push(Case { id: format!("{description}::{id}"), value });
        }
    }
    cases
}

/// The description of a group of cases, and the function that runs them.
type Run = (&'static str, fn(&Value));

/// Runs each case with the function for its description.
fn check(suite: &Suite, path: &str, operations: &[Run]) {
    suite.check(&cases(path), |case| {
        let (description, _) = case.id.rsplit_once("::")?;
        let (_, run) = operations.iter().find(|(name, _)| *name == description)?;
        run(&case.value);
        Some(())
    });
}

/// Sends an operation, and returns the request that the server received.
fn sent<O: Operation>(case: &Value, operation: &O) -> Received {
    let server = Server::start(|_| Reply::Close(answer("200 OK", "", "{}")));
    let path = text(case, "clientEndpoint").and_then(|url| url.splitn(4, '/').nth(3)).unwrap_or_default();
    let client = blocking::Client::builder().endpoint(format!("{}/{path}", server.url())).build().expect("a client");
    client.send(operation).expect("a response");
    server.received().remove(0)
}

fn sends<O: Operation + DeserializeOwned>(case: &Value) {
    let operation: O = serde_json::from_value(case["params"].clone()).expect("the operation has these members");
    let received = sent(case, &operation);
    let expected = &case["serialized"];
    let header = |name: &str| received.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    // The cases of the legacy suites omit the method, which is always the same.
    let method = text(expected, "method").unwrap_or("POST");
    let uri = text(expected, "uri").expect("a path");
    assert_eq!(received.line, format!("{method} {uri} HTTP/1.1"));
    for (name, value) in expected["headers"].as_object().expect("headers") {
        let value = value.as_str().expect("text");
        let (_, found) = header(name).unwrap_or_else(|| panic!("no header {name}"));
        if name == "X-Amz-Target" {
            // The prefix of the target is that of another service.
            let prefix = text(case, "targetPrefix").expect("a prefix");
            let operation = value.strip_prefix(prefix).expect("the prefix");
            assert_eq!(*found, format!("AWSCognitoIdentityProviderService{operation}"));
        } else {
            assert_eq!(found, value, "{name}");
        }
    }
    for name in list(&expected["requireHeaders"]) {
        assert!(header(name.as_str().expect("a name")).is_some(), "no header {name}");
    }
    for name in list(&expected["forbidHeaders"]) {
        assert!(header(name.as_str().expect("a name")).is_none(), "a header {name}");
    }
    if let Some(body) = text(expected, "body") {
        assert_eq!(received.json(), serde_json::from_str::<Value>(body).expect("JSON"));
    }
}

fn response(case: &Value) -> Response<Body> {
    let given = &case["response"];
    let body = text(given, "body").unwrap_or_default().to_owned();
    let status = given["status_code"].as_u64().and_then(|status| u16::try_from(status).ok()).expect("a status");
    let mut response = Response::builder().status(StatusCode::from_u16(status).expect("a status"));
    for (name, value) in given["headers"].as_object().expect("headers") {
        response = response.header(name, value.as_str().expect("text"));
    }
    response.body(Body::from(body)).expect("a response")
}

fn reads<O: Operation<Output: Serialize> + Default>(case: &Value) {
    let config = Config::builder().region("eu-west-1").build().expect("a configuration");
    let (_, reader) = config.prepare(&O::default()).expect("a request");
    let response = response(case);
    match (reader.read_reply(&response), case.get("error")) {
        (Ok(reply), None) => {
            let value = serde_json::to_value(&reply.value).expect("JSON");
            assert_eq!(without_nulls(value), case["result"]);
            let id = response.headers().get("x-amzn-requestid").map(|id| id.to_str().expect("text"));
            assert_eq!(reply.meta.request_id.as_deref(), id);
        }
        // Of the members of an exception, only the message and the reason code are read.
        (Err(error), Some(_)) => {
            assert_eq!(error.code(), text(case, "errorCode"));
            assert_eq!(error.message(), text(case, "errorMessage"));
            assert_eq!(error.status(), Some(response.status()));
        }
        (reply, _) => panic!("{:?} where {case} is expected", reply.map(|_| ())),
    }
}

/// Removes null members. The value of `()` serializes as null, and becomes an empty object.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.into_iter().filter(|(_, value)| !value.is_null());
            members.map(|(name, value)| (name, without_nulls(value))).collect()
        }
        Value::Array(entries) => entries.into_iter().map(without_nulls).collect(),
        Value::Null => json!({}),
        value => value,
    }
}

#[test]
fn input() {
    check(
        &INPUT,
        "tests/unit/protocols/input/json.json",
        &[
            ("EmptyOperation", sends::<EmptyOperation>),
            ("HostWithPathOperation", sends::<HostWithPath>),
            ("JsonEnums", sends::<JsonEnums>),
            ("JsonIntEnums", sends::<JsonIntEnums>),
            ("KitchenSinkOperation", sends::<KitchenSinkOperation>),
            ("NullOperation", sends::<NullOperation>),
            ("OperationWithOptionalInputOutput", sends::<OptionalInput>),
            ("PutAndGetInlineDocuments", sends::<PutAndGetInlineDocuments>),
        ],
    );
}

#[test]
fn input_legacy() {
    check(
        &INPUT_LEGACY,
        "tests/unit/protocols/legacy/input/json.json",
        &[
            ("Scalar members", sends::<legacy::Scalars>),
            ("Base64 encoded Blobs", sends::<legacy::Blobs>),
            ("Nested blobs", sends::<legacy::NestedBlobs>),
            ("Empty maps", sends::<legacy::EmptyMaps>),
            ("Idempotency token auto fill", sends::<legacy::Tokens>),
            (
                "Serializes document with standalone primitive type in a JSON request.",
                sends::<legacy::DocumentOperation>,
            ),
            ("Serializes inline document in a JSON request.", sends::<legacy::DocumentOperation>),
            ("Serializes aggregate documents in a JSON request.", sends::<legacy::DocumentOperation>),
        ],
    );
}

#[test]
fn output() {
    check(
        &OUTPUT,
        "tests/unit/protocols/output/json.json",
        &[
            ("EmptyOperation", reads::<EmptyOperation>),
            ("GreetingWithErrors", reads::<GreetingWithErrors>),
            ("JsonEnums", reads::<JsonEnums>),
            ("JsonIntEnums", reads::<JsonIntEnums>),
            ("KitchenSinkOperation", reads::<KitchenSinkOperation>),
            ("NullOperation", reads::<NullOperation>),
            ("PutAndGetInlineDocuments", reads::<PutAndGetInlineDocuments>),
        ],
    );
}

#[test]
fn output_legacy() {
    check(
        &OUTPUT_LEGACY,
        "tests/unit/protocols/legacy/output/json.json",
        &[
            ("Blob members", reads::<legacy::BlobOutput>),
            ("Lists", reads::<legacy::ListOutput>),
            ("Maps", reads::<legacy::MapOutput>),
            ("Ignores extra data", reads::<legacy::KnownOutput>),
            ("Modeled exceptions", reads::<legacy::Exceptions>),
            ("Modeled exceptions with jsonVersion 1.0", reads::<legacy::Exceptions>),
            (
                "Serialize document with standalone primitive type in a JSON response",
                reads::<legacy::DocumentOperation>,
            ),
            ("Serialize inline document in a JSON response", reads::<legacy::DocumentOperation>),
            ("Serialize aggregate documents in a JSON response", reads::<legacy::DocumentOperation>),
        ],
    );
}

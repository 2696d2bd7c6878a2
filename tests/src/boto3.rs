//! Compares requests with boto3's requests for the same input.

use crate::calls::Random;
use cognito_op::mock::Readable;
use cognito_op::{Config, Operation, Shape, Structure, Validation};
use cognito_op_tests_provision::{botocore, fresh_folder};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The number of inputs of each operation.
const INPUTS: usize = 10;

/// An operation, an input, and the request of this library for it.
pub struct Case {
    operation: &'static str,
    input: Value,
    headers: Vec<(String, String)>,
    body: Value,
}

fn text(random: &mut Random) -> String {
    const TEXTS: [&str; 8] =
        ["", "plain", "josé", "\"quoted\\\"", "line\nbreak\u{7f}\u{1}", "😀\u{2028}", "</script>", "a/b"];
    let at = usize::try_from(random.below(8)).expect("small");
    TEXTS[at].to_owned()
}

/// A random value of a shape.
fn any(shape: &Shape, random: &mut Random) -> Value {
    match shape {
        // An enum accepts any string.
        Shape::String | Shape::Enum { .. } => Value::from(text(random)),
        Shape::Boolean => Value::from(random.below(2) == 0),
        Shape::Integer => Value::from(random.below(1000).cast_signed() - 500),
        Shape::Document => json!({ text(random): [text(random), 1, -2.5, null, true, { "nested": [] }] }),
        Shape::List(entry) => (0..random.below(4)).map(|_| any(entry, random)).collect(),
        Shape::Map(entry) => {
            let keys = ["first", "zweite \"", ""];
            (0..3)
                .filter(|_| random.below(2) > 0)
                .collect::<Vec<_>>()
                .into_iter()
                .map(|at: usize| (keys[at].to_owned(), any(entry, random)))
                .collect::<Map<_, _>>()
                .into()
        }
        Shape::Structure { members, .. } => {
            let present = members.iter().filter(|member| member.required || random.below(3) > 0).collect::<Vec<_>>();
            let values = present.into_iter().map(|member| (member.name.to_owned(), any(&member.shape, random)));
            values.collect::<Map<_, _>>().into()
        }
        Shape::Long => Value::from(random.below(1 << 53)),
        // boto3 truncates fractions.
        Shape::Timestamp => Value::from(random.below(1 << 31)),
        Shape::Blob => Value::from(["", "/w==", "YWI="][usize::try_from(random.below(3)).expect("small")]),
        other => unreachable!("no operation takes {other:?}"),
    }
}

/// Returns random inputs of an operation, and the requests for them.
///
/// # Panics
///
/// If an input does not have the shape of the operation.
pub fn cases<O: Operation + Readable>(random: &mut Random) -> Vec<Case> {
    let config = Config::builder().region("eu-west-1").validation(Validation::Off).build().expect("a configuration");
    let shape = Shape::Structure { name: None, members: <O as Structure>::MEMBERS };
    let mut case = || {
        let input = any(&shape, random);
        let operation = O::from_json(input.to_string().as_bytes()).expect("an input of its shape");
        let (request, _) = config.prepare(&operation).expect("a request");
        let header = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
            (name.to_string(), value.to_str().expect("ASCII").to_owned())
        };
        let headers = request.headers().iter().map(header).filter(|(name, _)| name != "user-agent").collect();
        let body = serde_json::from_slice(request.body().as_bytes()).expect("JSON");
        Case { operation: O::NAME, input, headers, body }
    };
    (0..INPUTS).map(|_| case()).collect()
}

/// Compares each request with that of boto3. The cases must cover exactly those operations.
///
/// # Panics
///
/// If a request or the set of operations differs.
pub fn compare(cases: &[Case], operations: impl Iterator<Item = &'static str>) {
    let inputs: Value = cases.iter().map(|case| json!({"operation": case.operation, "input": case.input})).collect();
    let file = fresh_folder("boto3").join("inputs.json");
    std::fs::write(&file, inputs.to_string()).expect("target/peers can be written");
    let requests = botocore().script("serialize.py", &[&file.display().to_string()]);
    let requests = requests.as_array().expect("a list");
    assert_eq!(requests.len(), cases.len());
    let mut counts = BTreeMap::new();
    for (case, request) in cases.iter().zip(requests) {
        let Case { operation, input, headers, body } = case;
        assert_eq!(&request["body"], body, "{operation} {input}");
        assert_eq!((request["method"].as_str(), request["url_path"].as_str()), (Some("POST"), Some("/")));
        let mut here = headers.clone();
        let theirs = request["headers"].as_object().expect("an object");
        let word = |value: &Value| value.as_str().expect("a text").to_owned();
        let mut theirs: Vec<_> = theirs.iter().map(|(name, value)| (name.to_ascii_lowercase(), word(value))).collect();
        here.sort();
        theirs.sort();
        assert_eq!(here, theirs, "{operation}");
        *counts.entry(*operation).or_default() += 1;
    }
    assert_eq!(counts, operations.map(|name| (name, INPUTS)).collect());
}

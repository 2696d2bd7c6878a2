//! The endpoint of every region and variant.

use crate::shapes::EmptyOperation;
use crate::{Case, Suite, list, read, text};
use cognito_op::{Config, ErrorKind};
use serde_json::Value;

const SUITE: Suite = Suite { name: "endpoints", run: 57, differs: &[], left_out: &[] };

#[test]
fn endpoints() {
    let file = read("tests/functional/endpoint-rules/cognito-idp/endpoint-tests-1.json");
    let cases = list(&file["testCases"]).iter().map(|case| {
        let id = text(case, "documentation").expect("a name").to_owned();
        Case { id, value: case.clone() }
    });
    SUITE.check(&cases.collect::<Vec<_>>(), |case| {
        let (params, expected) = (&case.value["params"], &case.value["expect"]);
        let switch = |name: &str| params.get(name).and_then(Value::as_bool).unwrap_or_default();
        let mut builder = Config::builder().fips(switch("UseFIPS")).dual_stack(switch("UseDualStack"));
        if let Some(region) = text(params, "Region") {
            builder = builder.region(region);
        }
        if let Some(endpoint) = text(params, "Endpoint") {
            builder = builder.endpoint(endpoint);
        }
        match (builder.build(), text(&expected["endpoint"], "url"), text(expected, "error")) {
            (Ok(config), Some(url), None) => {
                let (request, _) = config.prepare(&EmptyOperation::new()).expect("a request");
                assert_eq!(request.uri().to_string(), format!("{url}/"));
            }
            (Err(error), None, Some(_)) => assert_eq!(error.kind(), ErrorKind::Misconfigured),
            (config, ..) => panic!("{config:?} where {expected} is expected"),
        }
        Some(())
    });
}

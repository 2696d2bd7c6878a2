//! AWS's own test suites, which are read from the sources of botocore at run time. A suite lists the cases that do not
//! apply, with reasons. A case that is neither listed nor run is a failure, so that new cases are noticed.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

mod endpoints;
mod plain;
mod profiles;
mod protocol;
mod reasons;
mod retries;
mod shapes;

use cognito_op_tests_provision::botocore_sources;
use serde_json::Value;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A case of an AWS test suite. The id identifies it within the suite.
struct Case {
    id: String,
    value: Value,
}

struct Suite {
    name: &'static str,
    /// The minimum number of cases that must run and pass.
    run: usize,
    /// The cases in which this runtime differs from botocore on purpose, with reasons. Each of them must fail.
    differs: &'static [Named],
    /// The cases that do not apply, with reasons.
    left_out: &'static [Named],
}

/// The id of a case or a prefix of several ids, and a reason.
type Named = (&'static str, &'static str);

fn covers((name, _): &Named, case: &Case) -> bool {
    case.id.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '[']))
}

impl Suite {
    /// Runs every case that is not left out. `run` panics if the case fails, and returns `None` if it does not support
    /// the case.
    fn check(&self, cases: &[Case], run: impl Fn(&Case) -> Option<()>) {
        let Self { name: suite, differs, left_out, .. } = self;
        let (mut passed, mut failed) = (0, Vec::new());
        for case in cases {
            let Case { id, .. } = case;
            if let Some((_, why)) = left_out.iter().find(|named| covers(named, case)) {
                println!("{suite}: left out: {id}: {why}");
                continue;
            }
            let difference = differs.iter().find(|named| covers(named, case));
            match (catch_unwind(AssertUnwindSafe(|| run(case))), difference) {
                (Ok(Some(())), None) => {
                    println!("{suite}: run: {id}");
                    passed += 1;
                }
                (Err(_), Some((_, why))) => println!("{suite}: differs: {id}: {why}"),
                // The panic message has already been printed.
                (Err(_), None) => failed.push(format!("{id} failed")),
                (Ok(Some(())), Some(_)) => failed.push(format!("{id} is listed as different, but passes")),
                (Ok(None), _) => failed.push(format!("{id} is neither run nor left out")),
            }
        }
        for named in differs.iter().chain(*left_out) {
            if !cases.iter().any(|case| covers(named, case)) {
                failed.push(format!("the listed case {} does not exist", named.0));
            }
        }
        println!("{suite}: {passed} of {} were run", cases.len());
        assert!(failed.is_empty(), "{suite}:\n{}", failed.join("\n"));
        assert!(passed >= self.run, "{suite}: {passed} of at least {} were run", self.run);
    }
}

/// Reads a JSON file of the sources.
fn read(path: &str) -> Value {
    let path = botocore_sources().join(path);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_str)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

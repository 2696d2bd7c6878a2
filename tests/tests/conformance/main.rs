//! AWS's own test suites, read from the sources of botocore when the tests run. What does not apply stands beside the suite,
//! with the reason; a case that is neither there nor run is a failure, so that a new one does not go unnoticed.

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

/// A case of AWS's, by a name that says where it stands.
struct Case {
    id: String,
    value: Value,
}

struct Suite {
    name: &'static str,
    /// How many cases are run today. Fewer are a mistake here.
    run: usize,
    /// Cases in which this runtime does something else on purpose, and why. One that holds all the same is a mistake.
    differs: &'static [Named],
    /// Cases that do not apply, and why not.
    left_out: &'static [Named],
}

/// The name of a case, or of what several stand in, and a reason.
type Named = (&'static str, &'static str);

fn covers((name, _): &Named, case: &Case) -> bool {
    case.id.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '[']))
}

impl Suite {
    /// Runs every case that is not left out. `run` panics where the case does not hold, and gives `None` where it does not
    /// know the case.
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
                // The panic has said why.
                (Err(_), None) => failed.push(format!("{id} does not hold")),
                (Ok(Some(())), Some(_)) => failed.push(format!("{id} is said to differ and does not")),
                (Ok(None), _) => failed.push(format!("{id} is neither run nor left out")),
            }
        }
        for named in differs.iter().chain(*left_out) {
            if !cases.iter().any(|case| covers(named, case)) {
                failed.push(format!("{} does not exist", named.0));
            }
        }
        println!("{suite}: {passed} of {} were run", cases.len());
        assert!(failed.is_empty(), "{suite}:\n{}", failed.join("\n"));
        assert!(passed >= self.run, "{suite}: {passed} of at least {} were run", self.run);
    }
}

/// A file of the sources, as JSON.
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

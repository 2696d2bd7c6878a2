//! Runs the program in a network namespace that contains only a loopback interface.

use crate::environment::{CANARY, Environment};
use std::process::Command;

/// An environment as in Lambda: credentials in variables, a read-only home folder, and metadata services that do not
/// respond.
#[test]
fn variables_need_no_network() {
    let variables = [
        ("AWS_ACCESS_KEY_ID", "ASIA-lambda"),
        ("AWS_SECRET_ACCESS_KEY", CANARY),
        ("AWS_SESSION_TOKEN", CANARY),
        ("AWS_LAMBDA_FUNCTION_NAME", "function"),
    ];
    let lambda = || Environment::new("Lambda", "").without(&["AWS_EC2_METADATA_DISABLED"]).variables(&variables);
    for way in ["waiting", "blocking"] {
        let found = isolated(&lambda(), way);
        assert_eq!(found["called"], true, "{found}");
        let requests = found["requests"].as_array().expect("a list");
        assert_eq!(requests.len(), 1, "{found}");
        assert!(requests[0].as_str().is_some_and(|signature| signature.contains("Credential=ASIA-lambda/")), "{found}");
        assert_eq!(found["metadata"], 0, "{found}");

        // Without credentials in variables, a connection to the metadata service is counted.
        let found = isolated(&lambda().without(&["AWS_ACCESS_KEY_ID"]), way);
        assert_eq!(found["metadata"], 1, "{found}");
        assert!(
            found["error"].as_str().is_some_and(|error| error.ends_with("instance metadata: no response within 1 s")),
            "{found}"
        );
    }
}

/// Runs the program with the addresses of the metadata services on its loopback interface.
fn isolated(environment: &Environment, way: &str) -> serde_json::Value {
    let program = env!("CARGO_BIN_EXE_credentials_chain");
    let steps = format!(
        "set -e; ip link set lo up; ip address add 169.254.169.254/32 dev lo; ip address add 169.254.170.2/32 dev lo; \
         mount -t tmpfs -o ro tmpfs \"$HOME\"; exec {program} {way} - isolated"
    );
    environment.run_with(Command::new("unshare").args(["--map-root-user", "--net", "--mount", "sh", "-c", &steps])).0
}

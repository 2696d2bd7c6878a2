//! The endpoints in environment variables and profiles. The service of each case is replaced by Cognito.

use crate::{Case, Suite, list, read, text};
use cognito_op_tests_provision::{fresh_folder, run};
use serde_json::Value;
use std::fmt::Write as _;
use std::process::Command;

const SUITE: Suite = Suite {
    name: "profiles",
    run: 38,
    differs: &[],
    left_out: &[(
        "All configured endpoints ignored due to ignore client config parameter.",
        "to ignore the endpoints of the environment, a program sets the region and does not call `from_env`",
    )],
};

/// Appends a section. An object is written as nested keys.
fn section(file: &mut String, header: &str, values: &Value) {
    let pairs = |values: &Value| values.as_object().cloned().unwrap_or_default();
    writeln!(file, "[{header}]").expect("a string");
    for (key, value) in pairs(values) {
        if let Some(value) = value.as_str() {
            writeln!(file, "{key}={value}").expect("a string");
            continue;
        }
        writeln!(file, "{key} =").expect("a string");
        for (key, value) in pairs(&value) {
            writeln!(file, "  {key}={}", value.as_str().expect("a string")).expect("a string");
        }
    }
}

#[test]
fn profiles() {
    let file = read("tests/functional/configured_endpoint_urls/profile-tests.json");
    let suite = &list(&file["testSuites"])[0];
    let cases = list(&suite["endpointUrlTests"]).iter().map(|case| {
        let id = text(case, "name").expect("a name").to_owned();
        Case { id, value: case.clone() }
    });
    let folder = fresh_folder("profiles");
    let path = folder.join("config");
    SUITE.check(&cases.collect::<Vec<_>>(), |case| {
        let of = |kind: &str, name: &str| &suite[kind][text(&case.value, name).expect("a name")];
        let (service, profile) = (text(&case.value, "service")?, text(&case.value, "profile")?);
        // The service of the case is replaced by Cognito. Other services are unchanged.
        let cognito = |name: &str| name.replace(service, "cognito_identity_provider");
        let mut config = String::new();
        let values = of("profiles", "profile");
        section(&mut config, &format!("profile {profile}"), values);
        if let Some(services) = text(values, "services") {
            let mut renamed = serde_json::Map::new();
            for (name, value) in suite["services"][services].as_object().expect("a section") {
                renamed.insert(cognito(name), value.clone());
            }
            section(&mut config, &format!("services {services}"), &Value::Object(renamed));
        }
        std::fs::write(&path, config).expect("target/peers can be written");
        let mut program = Command::new(env!("CARGO_BIN_EXE_environment"));
        program.env_clear().env("AWS_CONFIG_FILE", &path).env("AWS_PROFILE", profile);
        for (name, value) in of("environments", "environment").as_object().expect("variables") {
            let name = name.replace(&service.to_uppercase(), &cognito(service).to_uppercase());
            program.env(name, value.as_str().expect("a string"));
        }
        if let Some(url) = text(of("client_configs", "client_config"), "endpoint_url") {
            program.args(["--endpoint", url]);
        }
        let settings: Value = serde_json::from_slice(&run(&mut program)).expect("JSON");
        let expected = text(&case.value["output"], "endpointUrl").expect("a URL");
        let expected = expected.replace(&format!("//{service}.fake-region"), "//cognito-idp.fake-region");
        assert_eq!(settings["endpoint"], format!("{expected}/"), "{settings}");
        Some(())
    });
}

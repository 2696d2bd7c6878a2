//! The settings that `from_env` reads from an environment, compared with botocore. Each environment is tested in its
//! own process.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

mod cases;
mod files;

use cases::{CASES, Case};
use cognito_op_tests_provision::{botocore, fresh_folder, run};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

type Variables = BTreeMap<String, String>;

/// Returns the settings of a process with these variables.
fn here(variables: &Variables) -> Value {
    let mut program = Command::new(env!("CARGO_BIN_EXE_environment"));
    let output = run(program.env_clear().envs(variables));
    serde_json::from_slice(&output).expect("JSON")
}

/// Writes the files of a case to a home directory, and returns its variables.
fn prepare(case: &Case, home: &Path) -> Variables {
    let aws = home.join(".aws");
    fs::create_dir_all(&aws).expect("target/peers can be written");
    for (name, text) in [("config", case.config), ("credentials", case.credentials)] {
        if let Some(text) = text {
            fs::write(aws.join(name), text).expect("target/peers can be written");
        }
    }
    let home = home.display().to_string();
    let variables = case.variables.iter().map(|(name, value)| ((*name).to_owned(), value.replace("FOLDER", &home)));
    ["HOME", "USERPROFILE"].map(|name| (name.to_owned(), home.clone())).into_iter().chain(variables).collect()
}

#[test]
fn settings_are_those_of_botocore() {
    let folder = fresh_folder("environment");
    let homes = CASES.iter().enumerate().map(|(at, case)| prepare(case, &folder.join(at.to_string())));
    let environments: Vec<_> = homes.collect();
    let file = folder.join("environments.json");
    fs::write(&file, json!(environments).to_string()).expect("target/peers can be written");
    let theirs = botocore().script("environment.py", &[&file.display().to_string()]);
    let theirs = theirs.as_array().expect("a list");
    assert_eq!(theirs.len(), CASES.len());
    let mut failed = Vec::new();
    for ((case, variables), theirs) in CASES.iter().zip(&environments).zip(theirs) {
        let here = here(variables);
        assert!(!here.to_string().contains("canary"), "{}: {here}", case.name);
        let both_fail = here["error"].is_string() && theirs["error"].is_string();
        let same = both_fail || ["endpoint", "region", "attempts"].iter().all(|name| here[name] == theirs[name]);
        let holds = match case.differs {
            Some((_, text)) => !same && here.to_string().contains(text),
            None => same,
        };
        if !holds {
            failed.push(format!("{}:\n  here {here}\n  there {theirs}", case.name));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// A serverless function may run without a home directory, or with one that cannot be read.
#[test]
fn a_home_directory_is_not_required() {
    let region = [("AWS_REGION".to_owned(), "eu-west-1".to_owned())];
    for home in [None, Some(""), Some("/nonexistent"), Some("/dev/null")] {
        let home = home.map(|home| ("HOME".to_owned(), home.to_owned()));
        let settings = here(&region.clone().into_iter().chain(home).collect());
        assert_eq!(settings["endpoint"], "https://cognito-idp.eu-west-1.amazonaws.com/", "{settings}");
    }
}

#[test]
fn a_missing_bundle_of_certificates_is_an_error_of_its_variable() {
    let folder = fresh_folder("bundle");
    let (empty, config) = (folder.join("empty.pem"), folder.join("config"));
    fs::write(&empty, "").expect("target/peers can be written");
    fs::write(&config, "[default]\nca_bundle = /nonexistent.pem\n").expect("target/peers can be written");
    let (empty, config) = (empty.display().to_string(), config.display().to_string());
    for (name, value, text) in [
        ("AWS_CA_BUNDLE", "/nonexistent.pem", "the environment variable AWS_CA_BUNDLE: cannot read the file: "),
        ("AWS_CA_BUNDLE", &empty, "the environment variable AWS_CA_BUNDLE: cannot set up TLS: "),
        ("AWS_CONFIG_FILE", &config, "the key `ca_bundle` of the profile `default` in "),
    ] {
        let variables = [("AWS_REGION", "eu-west-1"), (name, value)];
        let settings = here(&variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
        assert_eq!(settings["error"], Value::Null, "a configuration does not read the bundle");
        let errors = settings["clients"].as_array().expect("a list");
        let is_expected = |error: &Value| error.as_str().is_some_and(|error| error.starts_with(text));
        assert!(errors.len() == 2 && errors.iter().all(is_expected), "{settings}");
    }
}

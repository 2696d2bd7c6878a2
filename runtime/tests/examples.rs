//! Every example runs to its end with the emulator of the service.

#![allow(clippy::expect_used)]

use std::path::PathBuf;
use std::process::Command;

/// An example, which cargo has built beside the tests.
fn example(name: &str) -> PathBuf {
    let tests = std::env::current_exe().expect("a test is a file");
    let folder = tests.parent().and_then(|deps| deps.parent()).expect("it is in target/*/deps");
    let program = folder.join("examples").join(name).with_extension(std::env::consts::EXE_EXTENSION);
    assert!(program.exists(), "{name} is not built; `cargo test --test` builds no examples, `cargo test` does");
    program
}

fn ends_with(name: &str, says: &str) {
    let output = Command::new(example(name)).output().expect("it is a program");
    let (said, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{name}: {}\n{said}{errors}", output.status);
    assert_eq!(errors, "", "{name}");
    let last = said.lines().last().unwrap_or_default();
    assert!(last.contains(says), "{name} said:\n{said}");
}

#[test]
fn resend() {
    ends_with("resend", "Nothing was sent: the service has still seen 1 request.");
}

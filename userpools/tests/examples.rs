//! Runs every example against the emulator of the service.

#![allow(clippy::expect_used)]

use std::path::PathBuf;
use std::process::Command;

/// The path of an example, which cargo builds with the tests.
fn example(name: &str) -> PathBuf {
    let tests = std::env::current_exe().expect("the path of the test");
    let folder = tests.parent().and_then(|deps| deps.parent()).expect("a path in target/*/deps");
    let program = folder.join("examples").join(name).with_extension(std::env::consts::EXE_EXTENSION);
    assert!(program.exists(), "{name} is not built: `cargo test` builds the examples, `cargo test --test` does not");
    program
}

fn assert_last_line(name: &str, expected: &str) {
    let output = Command::new(example(name)).output().expect("the output of the example");
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{name}: {}\n{stdout}{stderr}", output.status);
    assert_eq!(stderr, "", "{name}");
    let last = stdout.lines().last().unwrap_or_default();
    assert!(last.contains(expected), "{name}:\n{stdout}");
}

#[test]
fn sign_up() {
    assert_last_line("sign_up", "carol has signed in: sub ");
}

#[test]
fn forgot_password() {
    assert_last_line("forgot_password", "bob has signed in with the new password.");
}

#[test]
fn totp() {
    assert_last_line("totp", "bob has signed in with a password and a code.");
}

#[test]
fn refresh() {
    assert_last_line("refresh", "Refresh Token has been revoked");
}

#[cfg(feature = "session")]
#[test]
fn session() {
    assert_last_line("session", "Access Token has been revoked");
}

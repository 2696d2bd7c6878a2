//! A crate that renames `cognito-op` and omits the option `crate`.

use std::process::Command;

/// Another compiler than that of `tests/ui` may phrase its notes differently.
#[test]
fn the_error_names_the_option() {
    let rustc = Command::new("rustc").arg("--version").output().unwrap();
    if rustc.stdout == include_bytes!("../../ui/rustc") {
        trybuild::TestCases::new().compile_fail("fixtures/*.rs");
    }
}

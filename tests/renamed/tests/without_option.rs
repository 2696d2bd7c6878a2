//! A crate that renames `cognito-op` and omits the option `crate`.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::Command;

/// With the compiler that `tests/ui/rustc` names, the whole output is compared, including the notes of the compiler.
/// With another compiler, the output only has to contain the message of the macro.
#[test]
fn the_error_names_the_option() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/without_option.rs");
    let rustc = Command::new("rustc").arg("--version").output().unwrap();
    let cases = trybuild::TestCases::new();
    if rustc.stdout == include_bytes!("../../ui/rustc") {
        return cases.compile_fail(fixture);
    }
    let copies = Path::new(env!("CARGO_TARGET_TMPDIR")).join("renamed");
    fs::create_dir_all(&copies).unwrap();
    let copy = copies.join("without_option.rs");
    fs::copy(fixture, &copy).unwrap();
    cases.compile_fail(copy);
    // If a fixture has no `.stderr` file, trybuild writes the output to `wip` and panics when `cases` is dropped.
    let outcome = catch_unwind(AssertUnwindSafe(|| drop(cases))).unwrap_err();
    let message = outcome.downcast_ref::<String>().map_or("", String::as_str);
    assert!(message.starts_with("successfully created new stderr files"), "{message}");
    let recorded = Path::new(env!("CARGO_MANIFEST_DIR")).join("wip/without_option.stderr");
    let text = fs::read_to_string(&recorded).unwrap();
    fs::remove_file(recorded).unwrap();
    let ours = include_str!("../fixtures/without_option.stderr").lines().next().unwrap();
    assert!(text.lines().any(|line| line == ours), "{text}");
}

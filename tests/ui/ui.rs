//! The tests of the fixtures. `README.md` describes how to add and update fixtures.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Checks the compile-fail fixtures. trybuild builds them all at once, because they include no fixture that must
/// compile.
#[test]
fn fixtures() {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bless = std::env::var("TRYBUILD").is_ok_and(|mode| mode == "overwrite");
    let rustc = Command::new("rustc").arg("--version").output().expect("rustc runs");
    let rustc = String::from_utf8(rustc.stdout).expect("a version");
    let blessed = ui.join("rustc");
    if bless {
        fs::write(&blessed, &rustc).expect("the fixtures can be written");
    }
    let cases = trybuild::TestCases::new();
    if bless || fs::read_to_string(blessed).expect("tests/ui/rustc") == rustc {
        for class in classes(ui) {
            cases.compile_fail(class.join("*.rs"));
        }
    } else {
        // The messages of another compiler differ, so the fixtures only have to fail to compile here. The tests of the
        // macros' crate compare the macros' messages without a compiler. If a fixture has no `.stderr` file, trybuild
        // writes the output to a file.
        eprintln!("not compared: the fixtures were blessed with another compiler than {rustc}");
        let copies = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ui");
        for class in classes(ui) {
            let copy = copies.join(class.file_name().expect("a folder's name"));
            fs::create_dir_all(&copy).expect("the target folder can be written");
            for fixture in files(&class, "rs") {
                fs::copy(&fixture, copy.join(fixture.file_name().expect("a name"))).expect("a copy");
            }
            cases.compile_fail(copy.join("*.rs"));
        }
        // trybuild runs the cases when they are dropped. It panics if it has written an output, and with another
        // message if a fixture compiled.
        let outcome = catch_unwind(AssertUnwindSafe(|| drop(cases))).expect_err("trybuild panics after it has run");
        let message = outcome.downcast_ref::<String>().map_or("", String::as_str);
        assert!(message.starts_with("successfully created new stderr files"), "{message}");
    }
}

#[test]
fn every_passing_fixture_is_a_test() {
    let manifest = include_str!("Cargo.toml");
    let listed = manifest.lines().filter_map(|line| line.strip_prefix("path = \"pass/")?.strip_suffix('"'));
    let fixtures = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("pass"), "rs");
    let names = fixtures.iter().map(|path| path.file_name().and_then(|name| name.to_str()).expect("a name"));
    assert_eq!(listed.collect::<BTreeSet<_>>(), names.collect::<BTreeSet<_>>());
}

/// The guide contains messages as they are printed, except that long lines are wrapped. Each must be in the expected
/// output of a fixture.
#[test]
fn messages_in_the_guide_match_the_fixtures() {
    let expectations =
        classes(Path::new(env!("CARGO_MANIFEST_DIR"))).into_iter().flat_map(|class| files(&class, "stderr"));
    let expected: String = expectations.map(|path| fs::read_to_string(path).expect("a text")).collect();
    let guide = include_str!("../../runtime/guide/operations.md");
    let mut shown: Vec<String> = Vec::new();
    let mut wrapped = false;
    for line in guide.lines() {
        let rest = line.strip_prefix("       ").filter(|rest| wrapped && !rest.starts_with(' '));
        if let (Some(rest), Some(message)) = (rest, shown.last_mut()) {
            message.push(' ');
            message.push_str(rest);
        } else {
            wrapped = line.starts_with("error: ");
            shown.extend(wrapped.then(|| line.to_owned()));
        }
    }
    assert!(shown.len() > 3, "messages of the guide: {shown:?}");
    for message in shown {
        assert!(expected.lines().any(|line| line == message), "no fixture has:\n{message}");
    }
}

/// Returns the folders of the fixtures that must not compile.
fn classes(ui: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(ui).expect("tests/ui").map(|entry| entry.expect("an entry").path());
    // trybuild writes the output of fixtures without a `.stderr` file to `wip`.
    let others = |path: &Path| path.ends_with("pass") || path.ends_with("wip");
    let mut classes: Vec<_> = entries.filter(|path| path.is_dir() && !others(path)).collect();
    classes.sort();
    assert!(classes.len() > 5, "folders of fixtures: {classes:?}");
    classes
}

/// Returns the files in a folder with the given extension.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.filter(|path| path.extension().is_some_and(|found| found == extension)).collect()
}

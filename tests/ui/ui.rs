//! The fixtures; `README.md` describes how they are kept.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The compile-fail fixtures. trybuild builds them all at once as long as no fixture that must pass is among them.
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
        // Another compiler phrases its messages differently. The macros' crate tests our messages without a compiler; here
        // the fixtures only have to fail. Without an expectation beside a fixture, trybuild records what it saw.
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
        // trybuild runs the cases when they are dropped. It panics when it has recorded an expectation, and with another
        // message when a fixture compiled.
        let outcome = catch_unwind(AssertUnwindSafe(|| drop(cases))).expect_err("trybuild records what it saw");
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

/// The guide shows messages as they are printed, except that long lines are wrapped; a fixture expects each.
#[test]
fn the_messages_of_the_guide() {
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
    assert!(shown.len() > 3, "the guide shows some: {shown:?}");
    for message in shown {
        assert!(expected.lines().any(|line| line == message), "no fixture has:\n{message}");
    }
}

/// The folders of the fixtures that must not compile.
fn classes(ui: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(ui).expect("tests/ui").map(|entry| entry.expect("an entry").path());
    // trybuild writes what has no expectation yet to `wip`.
    let others = |path: &Path| path.ends_with("pass") || path.ends_with("wip");
    let mut classes: Vec<_> = entries.filter(|path| path.is_dir() && !others(path)).collect();
    classes.sort();
    assert!(classes.len() > 5, "the fixtures are there: {classes:?}");
    classes
}

/// The files with that extension in a folder.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.filter(|path| path.extension().is_some_and(|found| found == extension)).collect()
}

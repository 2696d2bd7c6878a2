//! Compile-fail and compile-pass fixtures; `tests/ui/README.md` says how they are kept.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

use cognito_op_tests::peers::run;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn fixtures() {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
    let bless = std::env::var("TRYBUILD").is_ok_and(|mode| mode == "overwrite");
    let rustc = run(Command::new("rustc").arg("--version"));
    let rustc = String::from_utf8(rustc).expect("a version");
    let blessed = ui.join("rustc");
    if bless {
        fs::write(&blessed, &rustc).expect("the fixtures can be written");
    }
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    if bless || fs::read_to_string(blessed).expect("tests/ui/rustc") == rustc {
        for class in classes(&ui) {
            cases.compile_fail(class.join("*.rs"));
        }
    } else {
        // Another compiler has words of its own. That our messages are the same is a test of the macros' crate, which needs
        // no compiler; here it remains that the fixtures fail. Without expectations beside them, trybuild notes what it saw.
        eprintln!("not compared: these fixtures were blessed with another compiler than {rustc}");
        let copies = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ui");
        for class in classes(&ui) {
            let name = class.file_name().expect("a folder's name");
            let copy = copies.join(name);
            fs::create_dir_all(&copy).expect("the target folder can be written");
            for fixture in fs::read_dir(&class).expect("a folder") {
                let fixture = fixture.expect("an entry").path();
                if fixture.extension().is_some_and(|extension| extension == "rs") {
                    fs::copy(&fixture, copy.join(fixture.file_name().expect("a name"))).expect("a copy");
                }
            }
            cases.compile_fail(copy.join("*.rs"));
        }
    }
}

/// The guide shows messages as they look; each is one that a fixture expects.
#[test]
fn the_messages_of_the_guide() {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
    let fixtures = classes(&ui).into_iter().flat_map(|class| fs::read_dir(class).expect("a folder"));
    let expected: String = fixtures
        .map(|fixture| fixture.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "stderr"))
        .map(|path| fs::read_to_string(path).expect("a text"))
        .collect();
    let guide = include_str!("../../runtime/guide/operations.md");
    let shown: Vec<_> = guide.lines().filter(|line| line.starts_with("error: ")).collect();
    assert!(shown.len() > 3, "the guide shows some: {shown:?}");
    for message in shown {
        assert!(expected.lines().any(|line| line == message), "no fixture has:\n{message}");
    }
}

/// The folders of the fixtures that must not compile.
fn classes(ui: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(ui).expect("tests/ui").map(|entry| entry.expect("an entry").path());
    let mut classes: Vec<_> = entries.filter(|path| path.is_dir() && !path.ends_with("pass")).collect();
    classes.sort();
    assert!(classes.len() > 5, "the fixtures are there: {classes:?}");
    classes
}

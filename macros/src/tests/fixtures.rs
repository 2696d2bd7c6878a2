//! The fixtures of `tests/ui`, expanded without a compiler. Every message has a fixture, and each fixture expects exactly the
//! messages of the macros.

use crate::attribute;
use crate::diagnostic::{Diagnostics, Message};
use crate::syntax::AttributeMacro;
use proc_macro2::TokenStream;
use quote::ToTokens;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use syn::{Attribute, File, Item, Meta};

/// The beginnings of rustc's own errors without a code.
const RUSTC: [&str; 4] = ["cannot find attribute", "expected type, found", "unused ", "lifetime may not live"];

/// Returns the fixtures that must not compile.
fn fixtures() -> Vec<PathBuf> {
    list_fixtures(false)
}

/// Returns the fixtures that must compile, or those that must not.
fn list_fixtures(pass: bool) -> Vec<PathBuf> {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/ui");
    let mut files = Vec::new();
    for class in fs::read_dir(ui).expect("tests/ui").map(|entry| entry.expect("an entry").path()) {
        if class.is_dir() && class.ends_with("pass") == pass {
            let entries = fs::read_dir(class).expect("a folder").map(|entry| entry.expect("an entry").path());
            files.extend(entries.filter(|path| path.extension().is_some_and(|extension| extension == "rs")));
        }
    }
    files.sort();
    files
}

/// Returns the errors about the items of a file: the names of the messages, and the text and line of each.
pub(crate) fn diagnose(source: &str) -> (BTreeSet<&'static str>, Vec<(String, usize)>) {
    let (mut names, mut errors) = (BTreeSet::new(), Vec::new());
    // One fixture is incomplete, so that only the compiler can parse it.
    let Ok(file) = syn::parse_str::<File>(source) else { return (names, errors) };
    for item in file.items {
        let Some((attribute, options, item)) = annotated(item) else { continue };
        let mut diagnostics = Diagnostics::default();
        let derived = attribute::expand(attribute, &options, item, &mut diagnostics);
        if syn::parse2::<syn::DeriveInput>(derived.clone()).is_ok() {
            match attribute {
                AttributeMacro::Operation => crate::operation(derived, true, &mut diagnostics),
                AttributeMacro::Shape => crate::shape(derived, &mut diagnostics),
            };
        }
        names.extend(diagnostics.names.iter().copied());
        for error in diagnostics.into_errors() {
            errors.push((error.to_string(), error.span().start().line));
        }
    }
    (names, errors)
}

/// Removes the attribute macro from an item and returns it with its options.
fn annotated(item: Item) -> Option<(AttributeMacro, TokenStream, TokenStream)> {
    let mut item = item;
    let attrs = match &mut item {
        Item::Struct(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        Item::Union(item) => &mut item.attrs,
        Item::Fn(item) => &mut item.attrs,
        _ => return None,
    };
    let position =
        |attribute: AttributeMacro| attrs.iter().position(|attr: &Attribute| attr.path().is_ident(attribute.name()));
    let (at, attribute) =
        AttributeMacro::ALL.into_iter().find_map(|attribute| Some((position(attribute)?, attribute)))?;
    let options = match attrs.remove(at).meta {
        Meta::List(list) => list.tokens,
        _ => TokenStream::new(),
    };
    Some((attribute, options, item.into_token_stream()))
}

#[test]
fn fixtures_that_compile_have_no_errors() {
    let fixtures = list_fixtures(true);
    assert!(!fixtures.is_empty());
    for path in fixtures {
        let (_, errors) = diagnose(&fs::read_to_string(&path).expect("a fixture"));
        assert_eq!(errors, [], "{}", path.display());
    }
}

#[test]
fn every_message_has_a_fixture_that_expects_it() {
    let mut seen = BTreeSet::new();
    for path in fixtures() {
        let source = fs::read_to_string(&path).expect("a fixture");
        let expected = fs::read_to_string(path.with_extension("stderr")).unwrap_or_default();
        let (names, errors) = diagnose(&source);
        seen.extend(names);
        // Conversely, every expected error that is not one of rustc is an error of the macros.
        if syn::parse_str::<File>(&source).is_ok() {
            let expected_errors = expected.lines().filter_map(|line| line.strip_prefix("error: "));
            let mut expected_errors: Vec<&str> =
                expected_errors.filter(|text| !RUSTC.iter().any(|rustc| text.starts_with(rustc))).collect();
            let mut ours: Vec<&str> = errors.iter().filter_map(|(text, _)| text.lines().next()).collect();
            expected_errors.sort_unstable();
            ours.sort_unstable();
            assert_eq!(ours, expected_errors, "{}", path.display());
        }
        for (text, line) in errors {
            // rustc quotes the line, and indents the lines of a message below its first. Without a compiler, the place of the
            // attribute macro is the first line.
            let quoted = source.lines().nth(line - 1).filter(|_| line > 1).unwrap_or("#[cognito_");
            assert!(
                expected.contains(quoted) && text.lines().all(|line| expected.contains(line.trim())),
                "{}: not expected: {text} (line {line})",
                path.display()
            );
        }
    }
    // These messages are reported by the compiler, when it evaluates an assertion.
    let is_expected = |text: &str| {
        let expectations =
            fixtures().into_iter().filter_map(|path| fs::read_to_string(path.with_extension("stderr")).ok());
        expectations.into_iter().any(|expected| expected.contains(text))
    };
    for (text, name) in [
        ("evaluation panicked: the response of `ResendConfirmationCode` is", "WrongResponse"),
        (
            "evaluation panicked: `UserAttributes` is a list of `AttributeType`, which `Vec<Attr>` does not",
            "WrongShape",
        ),
        ("evaluation panicked: `ListDevicesResponse` lacks members of the response of `ListDevices`", "IncompletePage"),
    ] {
        if is_expected(text) {
            seen.insert(name);
        }
    }
    // This one depends on the name of a dependency.
    let renamed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/renamed/fixtures/without_option.stderr");
    let renamed = fs::read_to_string(renamed).expect("an expectation");
    let message = Message::RenamedCrate { name: "pools".to_owned() };
    if renamed.contains(&message.to_string()) {
        seen.insert(message.name());
    }
    let missing: Vec<_> = Message::NAMES.iter().filter(|name| !seen.contains(*name)).collect();
    assert!(missing.is_empty(), "messages without a fixture: {missing:?}");
}

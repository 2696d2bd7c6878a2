//! The fixtures of `tests/ui`, expanded without a compiler: every message has one, and its expectation holds what is said.

use crate::diagnostic::{Diagnostics, Message};
use crate::{attribute, expand};
use proc_macro2::TokenStream;
use quote::ToTokens;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use syn::{Attribute, File, Item, Meta};

/// What rustc says by itself, without a code.
const RUSTC: [&str; 3] = ["expected type, found", "unused ", "lifetime may not live"];

/// The fixtures that must not compile.
fn fixtures() -> Vec<PathBuf> {
    fixtures_that(false)
}

/// Those that must compile, or must not.
fn fixtures_that(pass: bool) -> Vec<PathBuf> {
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

/// What the macros say about the items of a file: the name, the text and the line of each message.
pub(crate) fn diagnose(source: &str) -> (BTreeSet<&'static str>, Vec<(String, usize)>) {
    let (mut names, mut errors) = (BTreeSet::new(), Vec::new());
    // One is half-typed, which only the compiler can make something of.
    let Ok(file) = syn::parse_str::<File>(source) else { return (names, errors) };
    for item in file.items {
        let Some((kind, options, item)) = annotated(item) else { continue };
        let mut diagnostics = Diagnostics::default();
        let handed_on = attribute::hand_on(kind, &options, item, &mut diagnostics);
        if syn::parse2::<syn::DeriveInput>(handed_on.clone()).is_ok() {
            if kind.name == attribute::OPERATION.name {
                expand::expand_operation(handed_on, true, &mut diagnostics);
            } else {
                expand::expand_shape(handed_on, &mut diagnostics);
            }
        }
        names.extend(diagnostics.names.iter().copied());
        for error in diagnostics.into_errors() {
            errors.push((error.to_string(), error.span().start().line));
        }
    }
    (names, errors)
}

/// An item with one of the attributes, which is taken off it.
fn annotated(item: Item) -> Option<(attribute::Kind, TokenStream, TokenStream)> {
    let mut item = item;
    let attrs = match &mut item {
        Item::Struct(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        Item::Union(item) => &mut item.attrs,
        Item::Fn(item) => &mut item.attrs,
        _ => return None,
    };
    let is = |attr: &Attribute, kind: attribute::Kind| attr.path().is_ident(kind.name);
    let kinds = [attribute::OPERATION, attribute::SHAPE];
    let (at, kind) = kinds.into_iter().find_map(|kind| Some((attrs.iter().position(|attr| is(attr, kind))?, kind)))?;
    let options = match attrs.remove(at).meta {
        Meta::List(list) => list.tokens,
        _ => TokenStream::new(),
    };
    Some((kind, options, item.into_token_stream()))
}

#[test]
fn nothing_is_said_of_what_compiles() {
    let fixtures = fixtures_that(true);
    assert!(!fixtures.is_empty());
    for path in fixtures {
        let (_, errors) = diagnose(&fs::read_to_string(&path).expect("a fixture"));
        assert_eq!(errors, [], "{}", path.display());
    }
}

#[test]
fn every_message_has_a_fixture_whose_expectation_holds_it() {
    let mut seen = BTreeSet::new();
    for path in fixtures() {
        let source = fs::read_to_string(&path).expect("a fixture");
        let expected = fs::read_to_string(path.with_extension("stderr")).unwrap_or_default();
        let (names, errors) = diagnose(&source);
        seen.extend(names);
        // And the other way round: what is said there and not by rustc is said here.
        if syn::parse_str::<File>(&source).is_ok() {
            let said = expected.lines().filter_map(|line| line.strip_prefix("error: "));
            let mut said: Vec<&str> = said.filter(|text| !RUSTC.iter().any(|rustc| text.starts_with(rustc))).collect();
            let mut ours: Vec<&str> = errors.iter().filter_map(|(text, _)| text.lines().next()).collect();
            said.sort_unstable();
            ours.sort_unstable();
            assert_eq!(ours, said, "{}", path.display());
        }
        for (text, line) in errors {
            // rustc quotes the line, and indents the lines of a message below its first.
            let quoted = source.lines().nth(line - 1).expect("the line of the error");
            assert!(
                expected.contains(quoted) && text.lines().all(|line| expected.contains(line.trim())),
                "{}: not expected: {text} (line {line})",
                path.display()
            );
        }
    }
    // Said by the compiler, where only it can know.
    let said = |text: &str| {
        let expectations =
            fixtures().into_iter().filter_map(|path| fs::read_to_string(path.with_extension("stderr")).ok());
        expectations.into_iter().any(|expected| expected.contains(text))
    };
    for (text, name) in [
        ("evaluation panicked: `ResendConfirmationCode` answers with", "WrongResponse"),
        ("evaluation panicked: `UserAttributes` is a list of `AttributeType`, which `Vec<Attr>` is not", "WrongShape"),
    ] {
        if said(text) {
            seen.insert(name);
        }
    }
    let missing: Vec<_> = Message::NAMES.iter().filter(|name| !seen.contains(*name)).collect();
    assert!(missing.is_empty(), "messages without a fixture: {missing:?}");
}

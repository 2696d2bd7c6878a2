//! The structs of all operations compile without a warning, and are formatted as rustfmt formats them.

#![allow(clippy::unwrap_used)]

use cognito_op_model::{Kind, SERVICE};
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};
use std::{env, fs};

/// Members of some requests and responses.
const SOME: [&str; 2] = ["user_attributes,Schema,session,NextToken", "UserPool,session,user_sub,NextToken"];

/// The options `--bounds`, `--optional`, `--response`, `--serde` and `--derive`: every pair of values occurs.
#[rustfmt::skip]
const VARIANTS: [[&str; 5]; 10] = [
    ["bare",    "all",  "all",  "",      ""],
    ["bare",    "none", "none", "serde", "derive"],
    ["spelled", "some", "some", "serde", ""],
    ["none",    "all",  "some", "",      "derive"],
    ["spelled", "none", "all",  "",      "derive"],
    ["none",    "some", "none", "",      ""],
    ["none",    "none", "all",  "serde", ""],
    ["spelled", "all",  "none", "serde", "derive"],
    ["bare",    "some", "all",  "serde", "derive"],
    ["bare",    "none", "some", "serde", "derive"],
];

/// The derives of the variants with `derive`, of which the last one also derives `Serialize`.
const DERIVES: [&str; 2] = ["--derive=Clone,PartialEq", "--derive=Clone,PartialEq,serde::Serialize"];

/// Returns the options of a variant on the command line.
fn options([bounds, optional, response, serde, derive]: [&str; 5]) -> Vec<&str> {
    let [optional, response] = [(optional, SOME[0]), (response, SOME[1])].map(|(choice, some)| match choice {
        "some" => some,
        choice => choice,
    });
    let mut options = vec!["--bounds", bounds, "--optional", optional, "--response", response];
    options.extend((!serde.is_empty()).then_some("--serde"));
    let serializes = [bounds, optional, response] == ["bare", "none", "some"];
    options.extend((!derive.is_empty()).then_some(DERIVES[usize::from(serializes)]));
    options
}

/// Returns the output of `cognito-op struct`.
fn structs<'a>(names: impl IntoIterator<Item = &'a str>, options: &[&str]) -> String {
    let output =
        Command::new(env!("CARGO_BIN_EXE_cognito-op")).arg("struct").args(names).args(options).output().unwrap();
    assert!(output.status.success(), "{options:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the names of all types that are not requests.
fn types() -> impl Iterator<Item = &'static str> {
    let requests: Vec<&str> = SERVICE.operations().filter_map(|operation| Some(operation.input?.name)).collect();
    let types = SERVICE.shapes().filter(|shape| matches!(shape.kind, Kind::Structure | Kind::Enum));
    types.map(|shape| shape.name).filter(move |name| !requests.contains(name))
}

fn succeed(output: &Output) {
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}{text}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn every_pair_of_options_is_a_variant() {
    let values = |option: usize| VARIANTS.iter().map(move |variant| variant[option]);
    for (one, other) in (0..5).flat_map(|one| (0..one).map(move |other| (one, other))) {
        for (a, b) in values(one).flat_map(|a| values(other).map(move |b| (a, b))) {
            let occurs = VARIANTS.iter().any(|variant| variant[one] == a && variant[other] == b);
            assert!(occurs, "{a} with {b}");
        }
    }
}

/// Builds a library with a module for each variant, and a program with those that have all optional members: other lints
/// apply to items that are not public.
#[test]
#[ignore = "takes three CPU minutes; `.ci/run` runs it by name; owner: the generator"]
fn all_operations_compile_without_warnings() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("generated");
    let source = folder.join("src");
    let _ = fs::remove_dir_all(&source);
    fs::create_dir_all(&source).unwrap();
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let runtime = repository.join("runtime");
    // The macros run several times faster if they are optimized.
    let manifest = format!(
        "[package]\nname = \"generated\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n\
         [dependencies]\ncognito-op = {{ path = '{}', default-features = false }}\n\
         serde = {{ version = '1', features = ['derive'] }}\nserde_json = '1'\n\
         [profile.dev]\ndebug = false\n[profile.dev.build-override]\nopt-level = 1\n",
        runtime.display()
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::copy(repository.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    // The settings of the repository do not apply.
    fs::write(folder.join("clippy.toml"), "").unwrap();
    fs::write(folder.join("rustfmt.toml"), "").unwrap();

    let mut modules = String::new();
    let mut files = Vec::new();
    let mut write = |name: String, text: String| {
        let _ = writeln!(modules, "pub mod {name};");
        let file = source.join(format!("{name}.rs"));
        fs::write(&file, format!("//! Operations of the service.\n\n{text}")).unwrap();
        files.push(file);
    };
    for variant in VARIANTS {
        let name = variant.into_iter().filter(|value| !value.is_empty()).collect::<Vec<_>>().join("_");
        write(name, structs(SERVICE.operation_names(), &options(variant)));
    }
    write("types".to_owned(), structs(types(), &options(VARIANTS[1])));
    write("crate_path".to_owned(), structs(["SignUp", "ListUsers"], &["--crate", "crate::re_export::cognito_op"]));
    let head = "//! Generated code.\n#![deny(warnings, missing_docs, clippy::pedantic)]\n";
    let re_export = "/// A re-export.\npub mod re_export {\n    pub use cognito_op;\n}\n";
    fs::write(source.join("lib.rs"), format!("{head}{modules}{re_export}")).unwrap();
    let private = modules.lines().filter(|module| module.contains("_all_")).map(|module| module.replace("pub ", ""));
    let private = private.collect::<Vec<_>>().join("\n");
    fs::write(source.join("main.rs"), format!("{head}{private}\nfn main() {{}}\n")).unwrap();

    let rustfmt = Command::new("rustfmt")
        .args(["--check", "--edition", "2024", "--config-path"])
        .arg(&folder)
        .args(files)
        .output();
    succeed(&rustfmt.unwrap());
    let mut clippy = Command::new(env!("CARGO"));
    clippy.args(["clippy", "--quiet", "--manifest-path"]).arg(folder.join("Cargo.toml"));
    succeed(&clippy.arg("--target-dir").arg(folder.join("target")).output().unwrap());
}

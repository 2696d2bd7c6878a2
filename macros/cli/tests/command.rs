//! The command line: output, errors and exit codes.

#![allow(clippy::unwrap_used)]

use cognito_op_model::source::NOT_FROM_FORMS;
use cognito_op_model::{SERVICE, snake_case};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::{env, fs};

fn command(arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cognito-op"));
    command.args(arguments.split_whitespace());
    command
}

fn run(arguments: &str) -> Output {
    command(arguments).output().unwrap()
}

/// Returns the standard output of a command that succeeds.
fn stdout(arguments: &str) -> String {
    let output = run(arguments);
    assert!(output.status.success() && output.stderr.is_empty(), "{arguments}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the exit code and the standard error of a command that prints nothing else.
fn failure(arguments: &str) -> (i32, String) {
    let output = run(arguments);
    assert!(output.stdout.is_empty(), "{arguments}: {output:?}");
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// Outputs are those in `tests/golden`. `BLESS=1` writes them.
#[test]
fn outputs_match_their_files() {
    for (name, arguments) in [
        ("struct.rs", "struct SignUp"),
        (
            "options.rs",
            "struct AdminCreateUser SetUICustomization --optional DesiredDeliveryMediums,user_attributes,image_file \
             --response none --bounds spelled --serde --derive Clone,PartialEq",
        ),
        ("shape.rs", "struct attribute --bounds none"),
        ("crate.rs", "struct ForgotPassword --optional none --crate cognito_userpools::cognito_op"),
        ("operation.txt", "show ListUsers"),
        ("structure.txt", "show UserContextDataType"),
        ("string.txt", "show TermsIdType"),
        ("enum.txt", "show OAuthFlowType"),
        ("list.txt", "list device"),
        ("help.txt", "--help"),
        ("help_struct.txt", "struct --help"),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
        let text = stdout(arguments);
        if env::var_os("BLESS").is_some() {
            fs::write(path, text).unwrap();
        } else {
            let expected = fs::read_to_string(path).unwrap();
            assert_eq!(text, expected, "{arguments}; BLESS=1 writes the new output");
        }
    }
}

/// The README shows outputs of the command; only the list of errors is shortened.
#[test]
fn the_readme_shows_real_outputs() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let facts = stdout("show ChangePassword");
    let (_, request) = facts.split_once("\n\n").unwrap();
    for output in [&stdout("list password"), request, &stdout("struct ChangePassword")] {
        assert!(readme.contains(output), "the README lacks\n{output}");
    }
}

/// If a form lacks a required value, the default is the empty value, which the published constraints must reject.
#[test]
fn required_values_of_a_form_have_a_default() {
    let has_default = |request: &str, field: &str| {
        let text = stdout(&format!("struct {request} --serde"));
        let before = text.split(&format!("pub {field}:")).next().unwrap();
        before.ends_with("#[serde(default)]\n    ")
    };
    assert!(has_default("ConfirmForgotPassword", "confirmation_code"));
    assert!(has_default("ConfirmForgotPassword", "password"));
    assert!(!has_default("SignUp", "password"));
    assert!(!has_default("UpdateUserAttributes", "user_attributes"));
}

/// Constraints and `Deserialize` are for types in the requests that are printed; enums are read and written as values.
#[test]
fn types_have_what_the_printed_requests_need() {
    let response_only = stdout("struct ForgotPassword --serde");
    let medium = response_only.split("\npub enum DeliveryMedium").next().unwrap().rsplit("\n\n").next().unwrap();
    assert!(!medium.contains("serde"), "{medium}");
    let both = stdout("struct AdminCreateUser --serde --derive serde::Serialize");
    let medium = both.split("\npub enum DeliveryMedium").next().unwrap().rsplit("\n\n").next().unwrap();
    assert!(medium.contains("#[derive(Clone, serde::Serialize, serde::Deserialize)]"), "{medium}");
    assert!(medium.contains("#[serde(from = \"String\", into = \"String\")]"), "{medium}");
    let attribute = |name: &str| {
        let text = stdout(&format!("struct {name}"));
        text.split("pub struct Attribute {").nth(1).unwrap().split("\n}").next().unwrap().contains("#[len]")
    };
    assert!(attribute("SignUp") && !attribute("GetUser"));
}

/// The guide gives the reason for each member that `--serde` skips.
#[test]
fn the_guide_lists_the_members_that_forms_must_not_set() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../userpools/guide/web.md");
    let guide = fs::read_to_string(guide).unwrap();
    for member in NOT_FROM_FORMS {
        let field = snake_case(member);
        assert!(guide.lines().any(|line| line.starts_with("| `") && line.contains(&format!("`{field}`"))), "{field}");
    }
}

#[test]
fn exceptions_list_the_operations_that_report_them() {
    let text = stdout("show CodeMismatchException");
    assert!(text.contains("ConfirmSignUp") && text.lines().all(|line| line.len() <= 80), "{text}");
    let (code, error) = failure("struct CodeMismatchException");
    assert!(code == 1 && error.contains("is an exception"), "{error}");
}

#[test]
fn names_are_found_in_any_spelling() {
    for name in ["SignUp", "sign-up", "sign_up", "SIGNUP"] {
        assert_eq!(stdout(&format!("struct {name}")), stdout("struct SignUp"), "{name}");
        assert_eq!(stdout(&format!("show {name}")), stdout("show SignUp"), "{name}");
    }
    assert_eq!(stdout("show Attribute"), stdout("show AttributeType"));
    assert_eq!(
        stdout("struct SignUp --optional user_attributes,Password"),
        stdout("struct SignUp --optional=UserAttributes,password")
    );
}

#[test]
fn shared_shapes_are_printed_once() {
    let text = stdout("struct SignUp AdminCreateUser SignUp AttributeType SignUpResponse");
    for item in ["SignUp", "SignUpResponse", "AdminCreateUser", "Attribute"] {
        assert_eq!(text.matches(&format!("pub struct {item} {{")).count(), 1, "{item}");
    }
}

#[test]
fn unknown_names_get_the_nearest_ones() {
    for (arguments, message) in [
        ("struct SignUpp", "no operation is called `SignUpp`; did you mean `SignUp`?"),
        ("show Attributes", "no operation or shape is called `Attributes`; did you mean `AttributeType`?"),
        ("show Pigeon", "no operation or shape is called `Pigeon`"),
        (
            "struct SignUp ConfirmSignUp --optional usr_attributes",
            "no optional member is called `usr_attributes`; did you mean `user_attributes`?",
        ),
        ("struct SignUp --optional username", "`username` is a required member, which is always printed"),
        (
            "struct SignUp --response UserSubs,session",
            "no member of the response is called `UserSubs`; did you mean `user_sub`?",
        ),
        ("struct SignUpRequest", "`SignUpRequest` is the request of the operation `SignUp`; print `SignUp`"),
        ("struct UsernameType", "`UsernameType` is a string, not a structure or enum"),
        ("list pigeon", "the name of no operation contains `pigeon`"),
    ] {
        assert_eq!(failure(arguments), (1, format!("error: {message}\n")));
    }
}

#[test]
fn wrong_usage_exits_with_2() {
    for (arguments, message) in [
        ("", "Usage: cognito-op <COMMAND>"),
        ("lst", "a similar subcommand exists: 'list'"),
        ("struct", "required arguments were not provided"),
        ("struct SignUp --bounds loose", "[possible values: bare, spelled, none]"),
        ("struct SignUp --optional a,,b", "the name of a member is empty"),
        ("struct SignUp --derive Clo+ne", "a derive is a path"),
        ("struct SignUp --crate cognito-op", "the crate is a path such as `cognito_userpools::cognito_op`"),
        ("completions cmd", "[possible values: bash"),
    ] {
        let (code, text) = failure(arguments);
        assert!(code == 2 && text.contains(message), "{arguments}: {code} {text}");
    }
}

#[test]
fn every_operation_is_listed_and_shown() {
    let list = stdout("list");
    let names: Vec<&str> = list.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(names, SERVICE.operation_names().collect::<Vec<_>>());
    for name in SERVICE.operation_names().chain(SERVICE.shape_names()) {
        let text = stdout(&format!("show {name}"));
        let is_long = |line: &&str| line.len() > 100 && !line.contains('`');
        assert_eq!(text.lines().find(is_long), None, "{name}");
    }
}

#[test]
fn the_version_contains_that_of_the_table() {
    let expected = format!("cognito-op {} (botocore {})\n", env!("CARGO_PKG_VERSION"), SERVICE.botocore());
    assert_eq!(stdout("--version"), expected);
}

#[test]
fn completions_contain_the_operations() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = stdout(&format!("completions {shell}"));
        assert!(script.contains("optional") && script.contains("completions"), "{shell}");
        // clap completes the values of arguments without a name in these shells.
        let is_complete = matches!(shell, "bash" | "zsh");
        assert_eq!(script.contains("ForgotPassword"), is_complete, "{shell}");
        if matches!(shell, "bash" | "fish" | "zsh") && Command::new(shell).arg("-c").arg(":").output().is_ok() {
            let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("completions.{shell}"));
            fs::write(&file, script).unwrap();
            let output = Command::new(shell).arg("-n").arg(file).output().unwrap();
            assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
        }
    }
    assert!(!stdout("struct --help").contains("ForgotPassword"));
}

#[cfg(unix)]
#[test]
fn bash_completes_names_and_values() {
    if Command::new("bash").arg("--version").output().is_err() {
        return;
    }
    let script = stdout("completions bash");
    let complete = |words: &str| {
        let call = format!(
            "{script}\nCOMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n\
             _cognito__op cognito-op \"${{COMP_WORDS[@]: -1}}\" \"${{COMP_WORDS[@]: -2:1}}\"; echo \"${{COMPREPLY[*]}}\""
        );
        let output = Command::new("bash").args(["--norc", "-c", &call]).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    assert_eq!(complete("cognito-op str"), "struct");
    assert_eq!(complete("cognito-op struct Forg"), "ForgetDevice ForgotPassword");
    assert_eq!(complete("cognito-op show SignUp"), "SignUp");
    assert_eq!(complete("cognito-op struct SignUp --b"), "--bounds");
    assert_eq!(complete("cognito-op struct SignUp --bounds s"), "spelled");
    assert_eq!(complete("cognito-op completions z"), "zsh");
}

#[test]
fn piped_output_has_no_colors() {
    for arguments in ["--help", "struct SignUp", "show SignUp", "list"] {
        assert!(!stdout(arguments).contains('\u{1b}'), "{arguments}");
    }
    for arguments in ["struct SignUpp", "lst"] {
        assert!(!failure(arguments).1.contains('\u{1b}'), "{arguments}");
    }
}

/// The reader ends early, such as `head`.
#[test]
fn a_closed_pipe_is_no_error() {
    for arguments in ["list", "--help", "--version", "struct SignUp", "completions zsh"] {
        let mut child = command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{arguments}: {output:?}");
    }
    let mut child = command("show Pigeon").stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    for arguments in ["list", "--help", "--version", "struct SignUp"] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = command(arguments).stdout(full).output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.starts_with("error: cannot write: No space left on device"), "{arguments}: {text}");
        assert_eq!(output.status.code(), Some(1), "{arguments}");
    }
}

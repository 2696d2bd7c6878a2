//! The command line.

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use clap_complete::Shell;
use cognito_op_model::SERVICE;
use cognito_op_model::source::{Bounds, Members, Options};

/// Returns the command line of the program.
pub(crate) fn command() -> Command {
    Command::new("cognito-op")
        .version(format!("{} (botocore {})", env!("CARGO_PKG_VERSION"), SERVICE.botocore()))
        .about("Print operations of Amazon Cognito user pools as structs for cognito-op")
        .after_help(
            "Examples:\n  \
             cognito-op list password\n  \
             cognito-op show ForgotPassword\n  \
             cognito-op struct ForgotPassword >> src/main.rs",
        )
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands([struct_command(), list_command(), show_command(), completions_command()])
}

fn struct_command() -> Command {
    Command::new("struct")
        .about("Print the structs of operations, with their responses and all other types")
        .after_help(
            "The names of members can be those in Rust or in the API. They apply to all\n\
             operations: `--optional password` omits every other optional member.\n\n\
             Print all operations of a module with one command, so that each shape is\n\
             printed once. The structs need the crate cognito-op; with --serde, also serde\n\
             with its feature `derive`; for documents, also serde_json.\n\n\
             Examples:\n  \
             cognito-op struct SignUp ConfirmSignUp > src/operations.rs\n  \
             cognito-op struct SignUp --optional password,user_attributes --response none\n  \
             cognito-op struct ListUsers --bounds spelled --derive Clone,PartialEq",
        )
        .arg(
            Arg::new("names")
                .value_name("NAME")
                .help("An operation, or a structure or enum, such as `SignUp` or `AttributeType`")
                .num_args(1..)
                .required(true),
        )
        .arg(
            Arg::new("optional")
                .long("optional")
                .value_name("all|none|MEMBER,…")
                .help("Optional members of requests (those that\nthe client fills in are always printed)")
                .default_value("all")
                .value_parser(members),
        )
        .arg(
            Arg::new("response")
                .long("response")
                .value_name("all|none|MEMBER,…")
                .help("Members of responses\n(with `none`, the response type is `()`)")
                .default_value("all")
                .value_parser(members),
        )
        .arg(
            Arg::new("bounds")
                .long("bounds")
                .value_name("bare|spelled|none")
                .hide_possible_values(true)
                .help("Constraints: `#[len]`, `#[len(1, 128)]`, or none")
                .default_value("bare")
                .value_parser(PossibleValuesParser::new(["bare", "spelled", "none"]).map(|kind| match kind.as_str() {
                    "spelled" => Bounds::Spelled,
                    "none" => Bounds::None,
                    _ => Bounds::Bare,
                })),
        )
        .arg(
            Arg::new("serde")
                .long("serde")
                .help(
                    "Derive `Deserialize` for requests, with\n`#[serde(skip)]` on members that a browser must not set",
                )
                .action(ArgAction::SetTrue),
        )
        .arg(
            Arg::new("derive")
                .long("derive")
                .value_name("DERIVE,…")
                .help("Derives of every type, such as `Clone,PartialEq`\n(`Debug` is always implemented)")
                .value_delimiter(',')
                .action(ArgAction::Append)
                .value_parser(derive),
        )
        .arg(
            Arg::new("crate")
                .long("crate")
                .value_name("PATH")
                .help(
                    "Path of the crate cognito-op if it is not a dependency,\nsuch as `cognito_userpools::cognito_op`",
                )
                .value_parser(crate_path),
        )
}

fn list_command() -> Command {
    Command::new("list")
        .about("List operations, and whether they are signed with AWS credentials")
        .after_help(
            "Examples:\n  \
             cognito-op list\n  \
             cognito-op list password\n  \
             cognito-op list | grep -w unsigned",
        )
        .arg(Arg::new("word").value_name("WORD").help("Part of the name, in any letter case"))
}

fn show_command() -> Command {
    Command::new("show")
        .about("Show the members, constraints and errors of an operation or shape")
        .after_help(
            "Examples:\n  \
             cognito-op show SignUp\n  \
             cognito-op show UserContextDataType",
        )
        .arg(
            Arg::new("name")
                .value_name("NAME")
                .help("An operation or a shape, such as `SignUp` or `AttributeType`")
                .required(true),
        )
}

fn completions_command() -> Command {
    Command::new("completions")
        .about("Print the completions of a shell")
        .after_help(
            "Examples:\n  \
             cognito-op completions bash > ~/.local/share/bash-completion/completions/cognito-op\n  \
             cognito-op completions fish > ~/.config/fish/completions/cognito-op.fish",
        )
        .arg(Arg::new("shell").value_name("SHELL").help("The shell").required(true).value_parser(value_parser!(Shell)))
}

/// Returns the options of `struct`.
pub(crate) fn options(arguments: &ArgMatches) -> Options {
    Options {
        bounds: arguments.get_one("bounds").copied().unwrap_or_default(),
        optional: arguments.get_one("optional").cloned().unwrap_or_default(),
        response: arguments.get_one("response").cloned().unwrap_or_default(),
        serde: arguments.get_flag("serde"),
        derives: arguments.get_many("derive").into_iter().flatten().cloned().collect(),
        crate_path: arguments.get_one("crate").cloned(),
        ..Options::default()
    }
}

fn members(text: &str) -> Result<Members, String> {
    match text {
        "all" => Ok(Members::All),
        "none" => Ok(Members::None),
        _ => {
            let names: Vec<String> = text.split(',').map(|name| name.trim().to_owned()).collect();
            if names.iter().any(String::is_empty) {
                return Err("the name of a member is empty".to_owned());
            }
            Ok(Members::Some(names))
        }
    }
}

/// Accepts the path of a derive.
fn derive(text: &str) -> Result<String, String> {
    let path = path(text).ok_or("a derive is a path such as `Clone` or `serde::Serialize`")?;
    Ok(path.to_owned())
}

/// Accepts the path of a crate, and returns it as an absolute path.
fn crate_path(text: &str) -> Result<String, String> {
    let path = path(text).ok_or("the crate is a path such as `cognito_userpools::cognito_op`")?;
    let is_absolute = path.starts_with("::") || path.starts_with("crate::");
    Ok(if is_absolute { path.to_owned() } else { format!("::{path}") })
}

/// Returns the text without spaces around it if it is a path.
fn path(text: &str) -> Option<&str> {
    let text = text.trim();
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    text.strip_prefix("::").unwrap_or(text).split("::").all(is_name).then_some(text)
}

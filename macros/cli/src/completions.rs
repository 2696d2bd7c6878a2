//! `cognito-op completions`

use crate::arguments;
use clap::ArgMatches;
use clap::builder::PossibleValuesParser;
use clap_complete::{Shell, generate};
use cognito_op_model::SERVICE;

/// Returns the script that completes commands, options and the names of operations.
pub(crate) fn run(arguments: &ArgMatches) -> String {
    let Some(shell) = arguments.get_one::<Shell>("shell") else { return String::new() };
    // In the command itself, help texts and errors would list all names.
    let operations = || PossibleValuesParser::new(SERVICE.operation_names());
    let mut command = arguments::command()
        .mut_subcommand("struct", |command| command.mut_arg("names", |arg| arg.value_parser(operations())))
        .mut_subcommand("show", |command| command.mut_arg("name", |arg| arg.value_parser(operations())));
    let mut script = Vec::new();
    generate(*shell, &mut command, "cognito-op", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    // Bash completes no subcommand of a program with a hyphen otherwise: https://github.com/clap-rs/clap/issues/6421
    if *shell == Shell::Bash { script.replace("cognito__subcmd__op", "cognito__op") } else { script }
}

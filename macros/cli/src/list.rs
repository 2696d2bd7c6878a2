//! `cognito-op list`

use crate::names::{find, suggestion};
use clap::ArgMatches;
use cognito_op_model::{Operation, SERVICE, fold};
use std::fmt::Write as _;

/// Returns an operation on each line: the name, and whether it is signed.
pub(crate) fn run(arguments: &ArgMatches) -> Result<String, String> {
    let word = arguments.get_one::<String>("word").map_or("", |word| word.as_str());
    let is_found = |operation: &Operation| fold(operation.name).contains(&fold(word));
    let found: Vec<Operation> = SERVICE.operations().filter(is_found).collect();
    if found.is_empty() {
        let hint = match find(word) {
            Ok(_) => format!("; see `cognito-op show {word}`"),
            Err(_) => suggestion(word, SERVICE.operation_names()),
        };
        return Err(format!("the name of no operation contains `{word}`{hint}"));
    }
    let width = found.iter().map(|operation| operation.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for operation in found {
        let kind = if operation.unsigned { "unsigned" } else { "signed" };
        let _ = writeln!(text, "{:width$}  {kind}", operation.name);
    }
    Ok(text)
}

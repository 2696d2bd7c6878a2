//! `cognito-op show`

use crate::names::{Named, find};
use crate::table::Table;
use clap::ArgMatches;
use cognito_op_model::source::{facts, member_facts, rust_type};
use cognito_op_model::{AutoFill, Kind, Member, Operation, SERVICE, Shape};

/// Returns the facts of an operation or shape.
pub(crate) fn run(arguments: &ArgMatches) -> Result<String, String> {
    let name = arguments.get_one::<String>("name").map_or("", |name| name.as_str());
    Ok(match find(name)? {
        Named::Operation(operation) => show_operation(&operation),
        Named::Shape(shape) => show_shape(&shape),
        Named::Exception(name) => show_exception(name),
    })
}

fn show_operation(operation: &Operation) -> String {
    let mut table = Table::default();
    table.row(["operation", operation.name]);
    table.row(["signed", if operation.unsigned { "no" } else { "yes" }]);
    table.row(["idempotent", if operation.idempotent { "yes" } else { "not marked" }]);
    if let Some(pages) = operation.pagination {
        let limit = pages.limit.map(|limit| format!(", at most `{limit}` on a page")).unwrap_or_default();
        let text = format!("`{}`{limit}; `{}` is the token", pages.list, pages.token);
        table.row(["pages", &text]);
    }
    let error = |error: &&str| {
        let note = if operation.executed_despite.contains(error) { " (although executed)" } else { "" };
        format!("{error}{note}")
    };
    table.row(["errors", &operation.errors.iter().map(error).collect::<Vec<_>>().join(", ")]);
    let mut text = table.to_string();
    if let Some(input) = &operation.input {
        let auto_fill = |member: &Member| operation.auto_fill(member.name);
        text += &members(&format!("request {}", input.name), input, auto_fill);
    }
    if let Some(output) = &operation.output {
        text += &members(&format!("response {}", output.name), output, |_| None);
    }
    text
}

fn show_exception(name: &str) -> String {
    let reports = |operation: &Operation| operation.errors.contains(&name);
    let operations: Vec<&str> = SERVICE.operations().filter(reports).map(|operation| operation.name).collect();
    let mut table = Table::default();
    table.row(["exception", name]);
    table.row(["operations", &operations.join(", ")]);
    table.to_string()
}

fn show_shape(shape: &Shape) -> String {
    let mut table = Table::default();
    table.row(["shape", shape.name]);
    table.row(["facts", &facts(shape)]);
    table.row(["type", &rust_type(shape)]);
    let directions = [(shape.input, "requests"), (shape.output, "responses")];
    let directions: Vec<&str> = directions.iter().filter(|(is_used, _)| *is_used).map(|(_, text)| *text).collect();
    table.row(["occurs in", &directions.join(", ")]);
    if shape.kind == Kind::Enum {
        table.row(["values", &shape.values.join(", ")]);
    }
    table.to_string() + &members("members", shape, |_| None)
}

/// Returns the members of a structure below a heading.
fn members(heading: &str, shape: &Shape, auto_fill: impl Fn(&Member) -> Option<AutoFill>) -> String {
    if shape.members.is_empty() {
        return String::new();
    }
    let mut table = Table::default();
    for member in &shape.members {
        let need = if member.required { "required" } else { "optional" };
        table.row([&format!("  {}", member.name), need, &member_facts(member, auto_fill(member))]);
    }
    format!("\n{heading}\n{table}")
}

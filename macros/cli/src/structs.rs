//! `cognito-op struct`

use crate::arguments;
use crate::names::{Named, find, suggestion};
use clap::ArgMatches;
use cognito_op_model::source::{Members, Options, Source};
use cognito_op_model::{Kind, Member, Operation, SERVICE, Shape, fold, snake_case};

/// Returns the structs of the named operations and shapes.
pub(crate) fn run(arguments: &ArgMatches) -> Result<String, String> {
    let options = arguments::options(arguments);
    let (mut operations, mut shapes) = (Vec::<Operation>::new(), Vec::new());
    for name in arguments.get_many::<String>("names").into_iter().flatten() {
        match find(name)? {
            // A name may be given twice.
            Named::Operation(operation) if operations.iter().any(|other| other.name == operation.name) => {}
            Named::Operation(operation) => operations.push(*operation),
            Named::Shape(shape) => shapes.push(type_of(shape)?),
            Named::Exception(name) => {
                return Err(format!("`{name}` is an exception, which `cognito_op::ErrorKind` represents"));
            }
        }
    }
    check(&operations, &options)?;
    Ok(Source::with_shapes(&operations, &shapes, &options).to_string())
}

/// Returns a shape if it is a type of its own.
fn type_of(shape: Shape) -> Result<Shape, String> {
    let requests = |operation: &Operation| operation.input.as_ref().is_some_and(|input| input.name == shape.name);
    if let Some(operation) = SERVICE.operations().find(requests) {
        return Err(format!("`{1}` is the request of the operation `{0}`; print `{0}`", operation.name, shape.name));
    }
    if matches!(shape.kind, Kind::Structure | Kind::Enum) {
        Ok(shape)
    } else {
        Err(format!("`{}` is {}, not a structure or enum", shape.name, shape.kind.described()))
    }
}

/// Checks that each name in the options is a member of an operation.
fn check(operations: &[Operation], options: &Options) -> Result<(), String> {
    let inputs = operations.iter().filter_map(|operation| operation.input.as_ref());
    let members: Vec<Member> = inputs.flat_map(|input| input.members.clone()).collect();
    let (required, optional): (Vec<Member>, Vec<Member>) = members.into_iter().partition(|member| member.required);
    if let Members::Some(names) = &options.optional
        && let Some(name) = names.iter().find(|name| is_known(name, &required) && !is_known(name, &optional))
    {
        return Err(format!("`{name}` is a required member, which is always printed"));
    }
    check_names(&options.optional, &optional, "optional member")?;
    let outputs = operations.iter().filter_map(|operation| operation.output.as_ref());
    let members: Vec<Member> = outputs.flat_map(|output| output.members.clone()).collect();
    check_names(&options.response, &members, "member of the response")
}

fn check_names(chosen: &Members, known: &[Member], kind: &str) -> Result<(), String> {
    let Members::Some(names) = chosen else { return Ok(()) };
    let Some(unknown) = names.iter().find(|name| !is_known(name, known)) else { return Ok(()) };
    // The names are compared and suggested as in Rust.
    let known: Vec<String> = known.iter().map(|member| snake_case(member.name)).collect();
    let mut near = suggestion(&snake_case(unknown), known.iter().map(String::as_str));
    if near.is_empty() && (1..=20).contains(&known.len()) {
        near = format!("; available: {}", known.join(", "));
    }
    Err(format!("no {kind} is called `{unknown}`{near}"))
}

fn is_known(name: &str, known: &[Member]) -> bool {
    known.iter().any(|member| fold(member.name) == fold(name))
}

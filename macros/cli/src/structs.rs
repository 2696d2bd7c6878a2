//! `cognito-op struct`

use crate::arguments;
use crate::names::{Named, find, suggestion};
use clap::ArgMatches;
use cognito_op_model::source::{Members, Options, Source};
use cognito_op_model::{Kind, Member, Operation, SERVICE, Shape, fold};

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
        }
    }
    check(&operations, &options)?;
    Ok(Source::with_shapes(&operations, &shapes, &options).to_string())
}

/// Returns a shape if it is a type of its own.
fn type_of(shape: Shape) -> Result<Shape, String> {
    let requests = |operation: &Operation| operation.input.as_ref().is_some_and(|input| input.name == shape.name);
    if let Some(operation) = SERVICE.operations().find(requests) {
        return Err(format!("`{}` is the request of the operation `{}`; print that", shape.name, operation.name));
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
    let optional = inputs.flat_map(|input| &input.members).filter(|member| !member.required);
    check_names(&options.optional, optional, "an optional member")?;
    let outputs = operations.iter().filter_map(|operation| operation.output.as_ref());
    check_names(&options.response, outputs.flat_map(|output| &output.members), "a response member")
}

fn check_names<'a>(chosen: &Members, known: impl Iterator<Item = &'a Member>, kind: &str) -> Result<(), String> {
    let Members::Some(names) = chosen else { return Ok(()) };
    let known: Vec<&str> = known.map(|member| member.name).collect();
    match names.iter().find(|name| !known.iter().any(|known| fold(known) == fold(name))) {
        None => Ok(()),
        Some(unknown) => {
            Err(format!("no operation has {kind} `{unknown}`{}", suggestion(unknown, known.iter().copied())))
        }
    }
}

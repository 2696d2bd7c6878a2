//! The names of operations and shapes on the command line.

use cognito_op_model::{Operation, SERVICE, Shape, did_you_mean, fold, nearest};

/// An operation or shape.
pub(crate) enum Named {
    Operation(Box<Operation>),
    Shape(Shape),
}

/// Finds an operation or shape, however its words are separated: `SignUp`, `sign-up`, `sign_up`.
pub(crate) fn find(name: &str) -> Result<Named, String> {
    let wanted = fold(name);
    if let Some(operation) = SERVICE.operation_names().find(|name| fold(name) == wanted) {
        let operation = SERVICE.operation(operation).map(Box::new);
        return operation.map(Named::Operation).ok_or_else(|| unknown(name));
    }
    // The type `Attribute` has the shape `AttributeType`.
    let with_suffix = wanted.clone() + "type";
    let shape = |wanted: &str| SERVICE.shape_names().find(|name| fold(name) == wanted);
    let found = shape(&wanted).or_else(|| shape(&with_suffix)).and_then(|name| SERVICE.shape(name));
    found.map(Named::Shape).ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> String {
    let operations = nearest(name, SERVICE.operation_names());
    let near = if operations.is_empty() { nearest(name, SERVICE.shape_names()) } else { operations };
    format!("no operation is called `{name}`{}", did_you_mean(&near))
}

/// Returns the question that a message about a misspelt name ends with.
pub(crate) fn suggestion<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    did_you_mean(&nearest(name, known))
}

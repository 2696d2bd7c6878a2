//! The names of operations and shapes on the command line.

use cognito_op_model::{Operation, SERVICE, Shape, did_you_mean, fold, nearest};

/// An operation, shape or exception.
pub(crate) enum Named {
    Operation(Box<Operation>),
    Shape(Shape),
    Exception(&'static str),
}

/// Finds an operation, shape or exception, however its words are separated: `SignUp`, `sign-up`, `sign_up`.
pub(crate) fn find(name: &str) -> Result<Named, String> {
    let wanted = fold(name);
    let operation = SERVICE.operation_names().find(|name| fold(name) == wanted);
    if let Some(operation) = operation.and_then(|name| SERVICE.operation(name)) {
        return Ok(Named::Operation(Box::new(operation)));
    }
    let shape = |wanted: &str| SERVICE.shape_names().find(|name| fold(name) == wanted);
    // The type `Attribute` has the shape `AttributeType`.
    let shape = shape(&wanted).or_else(|| shape(&format!("{wanted}type")));
    if let Some(shape) = shape.and_then(|name| SERVICE.shape(name)) {
        return Ok(Named::Shape(shape));
    }
    if let Some(exception) = SERVICE.exception_names().find(|name| fold(name) == wanted) {
        return Ok(Named::Exception(exception));
    }
    match suggestion(name, SERVICE.operation_names()) {
        near if near.is_empty() => {
            let near = suggestion(name, SERVICE.shape_names());
            Err(format!("no operation or shape is called `{name}`{near}"))
        }
        near => Err(format!("no operation is called `{name}`{near}")),
    }
}

/// Returns the question that a message about a misspelt name ends with.
pub(crate) fn suggestion<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    did_you_mean(&nearest(name, known))
}

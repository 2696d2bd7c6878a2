//! The published model of the service, in which `check` looks up operations and shapes.

mod names;
mod overlay;
mod rust;
mod table;

pub(crate) use names::{pascal_case, snake_case};
pub(crate) use rust::{describe, field, rust_type, shape_within};
pub(crate) use table::{
    Kind, Member, Operation, Shape, identical_shapes, operation, operation_names, shape, shape_names,
};

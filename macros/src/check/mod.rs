//! Stage 2: the item as written, checked against the published model. The result is a checked type, with all errors in the
//! diagnostics at once.
//!
//! A broken item still yields a checked type without its broken parts, so that the struct keeps its methods and call sites
//! cause no further errors.

mod auto_fill;
mod constraints;
mod enumeration;
mod head;
mod member;
mod operation;
mod pagination;
mod secret_hash;
mod shape;
mod structure;
mod suggestion;
mod type_assertion;

pub(crate) use crate::syntax::{Bounds, Collection, Direction};
pub(crate) use auto_fill::AutoFill;
pub(crate) use constraints::Constraints;
pub(crate) use enumeration::{Enumeration, Value};
pub(crate) use head::Head;
pub(crate) use member::Member;
pub(crate) use operation::Operation;
pub(crate) use pagination::{Page, Paginated};
pub(crate) use shape::{Shape, ShapeKind};
pub(crate) use structure::Structure;
pub(crate) use type_assertion::{Expected, TypeAssertion};

#[cfg(test)]
mod tests;

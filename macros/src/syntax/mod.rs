//! Stage 1: the item as written, with types and spans. This stage knows nothing about the service.

mod attribute_macro;
mod attributes;
mod constraints;
mod crate_name;
mod field_attribute;
mod item;
mod options;
mod serde_names;
mod tokens;
mod types;

pub(crate) use attribute_macro::AttributeMacro;
pub(crate) use attributes::{Entries, EntriesKind};
pub(crate) use constraints::{Bounds, Constraints, Written};
pub(crate) use field_attribute::{FieldAttribute, field_attributes};
pub(crate) use item::{Body, Field, Item, Variant, VariantForm};
pub(crate) use options::{Direction, Options};
pub(crate) use serde_names::SerdeName;
pub(crate) use tokens::{chunks, source};
pub(crate) use types::{
    Collection, TypeKind, arguments, foreign_time, is_string, lacks_lifetime, lifetime, mention, mentions,
};

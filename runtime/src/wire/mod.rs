//! JSON as the service writes and reads it.

mod reader;
#[cfg(test)]
mod tests;
mod writer;

pub use reader::{Members, OutputStructure, present, read_structure, read_text};
pub(crate) use reader::{Unreadable, read_output};
#[cfg(any(test, feature = "mock"))]
pub(crate) use writer::written;
pub(crate) use writer::{Fill, write_operation};
pub use writer::{List, Object, Writer, write_structure};

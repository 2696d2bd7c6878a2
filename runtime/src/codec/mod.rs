//! The conversion between values and JSON.

mod blob;
mod body;
mod collections;
mod document;
mod fallback;
mod input;
mod number;
mod output;
mod reader;
mod scan;
#[cfg(test)]
mod tests;
mod values;
#[cfg(feature = "serde")]
pub mod wire;

pub use body::Body;
pub use collections::MapKey;
pub use fallback::{Read, Shown};
#[cfg(any(test, feature = "mock"))]
pub(crate) use input::written;
pub(crate) use input::{Fill, write_operation};
pub use input::{InputStructure, InputValue, List, Object, Visitor, Writer, check_structure, write_structure};
pub use output::{Members, OutputStructure, OutputValue, ReadableMember, present, read_structure, read_text};
pub(crate) use output::{Unreadable, read_output};
pub use values::{Redacted, redacted, unknown};

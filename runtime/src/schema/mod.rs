//! The data that describes operations and structures. It is built in constants, and imports no other module of the
//! crate.

mod constraints;
pub(crate) mod expected;
mod pattern;
#[cfg(feature = "serde")]
mod serialize;
mod shape;

pub use constraints::{Constraints, Length, Range};
pub use pattern::{Automaton, Class, Pattern, known};
pub use shape::{AutoFill, Member, Shape, Structure};

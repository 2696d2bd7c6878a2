//! The operations that are called with AWS credentials.

mod filter;
mod stand_in;

pub use filter::{Filter, SearchableAttribute, UnsearchableAttribute};
pub use stand_in::*;

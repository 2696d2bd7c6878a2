//! What the examples share: a service in memory, and the command line.

#![allow(missing_docs)]

mod codes;
mod example;
pub mod service;

pub use codes::code;
pub use example::{Arguments, Example, Outcome, run};

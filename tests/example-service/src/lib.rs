//! The shared code of the examples: an emulator of the service and the command line. Also contains a software
//! authenticator for tests.

#![allow(missing_docs, clippy::expect_used, clippy::missing_errors_doc, clippy::missing_panics_doc)]

mod authenticator;
mod codes;
mod example;
pub mod service;

pub use authenticator::Authenticator;
pub use codes::code;
pub use example::{Arguments, Example, Outcome, run};

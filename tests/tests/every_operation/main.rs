//! Every operation of the API, with the structs that the generator prints.

#![allow(missing_docs, clippy::expect_used)]

mod boto3;
mod canaries;

/// Every operation, and `every_operation!`, which passes each to a macro with a request and a response as JSON.
#[allow(clippy::all, clippy::pedantic, dead_code, unreachable_pub)]
mod operations {
    include!(concat!(env!("OUT_DIR"), "/every_operation.rs"));
    pub(super) use every_operation;
}

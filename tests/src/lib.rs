//! Operations as a downstream crate of `cognito-op` defines them, and the helpers of the tests.

#![allow(clippy::expect_used, clippy::panic, clippy::missing_panics_doc)]

pub mod boto3;
pub mod calls;
pub mod contract;
pub mod lints;
pub mod peers;
pub mod pool;
pub mod proxy;
pub mod resend;
pub mod server;
pub mod transport;
pub mod written;

include!(concat!(env!("OUT_DIR"), "/ready_made_operations.rs"));

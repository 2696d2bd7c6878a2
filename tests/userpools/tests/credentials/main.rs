//! The chain of credentials: beside botocore, and against metadata services and an STS on this machine.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

mod beside_botocore;
mod environment;
mod isolated;
mod services;
mod stand_in;

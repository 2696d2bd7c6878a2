//! What a downstream crate of `cognito-op` looks like, and the tools of its tests.

#![deny(missing_docs)]

pub mod resend;

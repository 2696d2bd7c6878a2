//! The credentials chain, compared with botocore, and against mock metadata services and a mock STS.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

mod compared_with_botocore;
mod environment;
mod fake_service;
mod isolated;
mod services;

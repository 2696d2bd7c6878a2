//! Verification of tokens: compared with aws-jwt-verify, with a virtual clock, and with key servers that misbehave.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

mod canaries;
mod differential;
mod forge;
mod hostile;
mod key_server;
mod keys;
mod signatures;

const POOL: &str = "eu-west-1_Ab12Cd34E";
const OTHER_POOL: &str = "us-east-1_Xy98Zw76V";
const CLIENT: &str = "1example23456789";

//! Tests of the stages together.

mod fixtures;
mod service;
mod snapshots;

pub(crate) use fixtures::diagnose;

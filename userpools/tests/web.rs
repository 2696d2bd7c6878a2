//! Runs the example `web`.

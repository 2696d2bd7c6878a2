//! The expected messages and the snapshots of generated code, which tests compare and rewrite.

use crate::package::{cargo, run};
use anyhow::Result;

/// Rewrites the expectations of the fixtures that must not compile, or that of one fixture.
pub(crate) fn fixtures(name: Option<&str>) -> Result<()> {
    let mut command = cargo();
    command.args(["test", "-p", "cognito-op-tests-ui", "--test", "ui"]).env("TRYBUILD", "overwrite");
    if let Some(name) = name {
        command.args(["--", "fixtures"]).arg(format!("trybuild={}.rs", name.trim_end_matches(".rs")));
    }
    run(&mut command)
}

/// Rewrites the snapshots of the generated code.
pub(crate) fn snapshots() -> Result<()> {
    run(cargo().args(["test", "-p", "cognito-op-macros"]).env("BLESS", "1"))
}

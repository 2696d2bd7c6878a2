//! The CPU time of the programs that a command runs.

use anyhow::Result;

/// Returns the CPU seconds of all child processes that have ended.
#[cfg(unix)]
pub(crate) fn children() -> Result<f64> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let time = usage.user_time() + usage.system_time();
    Ok(std::time::Duration::from_micros(time.num_microseconds().try_into()?).as_secs_f64())
}

#[cfg(not(unix))]
pub(crate) fn children() -> Result<f64> {
    anyhow::bail!("the CPU time is measured only on Unix");
}

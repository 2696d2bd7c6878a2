//! Measures the CPU time of `cargo test --workspace` with an empty target folder, compared with an earlier revision.
//!
//! Both revisions are cloned, tested one after the other and deleted. The time is that of all processes: compilers,
//! tests and the servers that the tests install. Crates are downloaded before the measurement. The output is kept in
//! `target/test-cost`.

use crate::cpu;
use crate::package::{cargo, folder, output, run};
use anyhow::{Result, bail, ensure};
use cognito_op_tests_provision::workspace;
use regex::Regex;
use std::fs::{self, File};
use std::process::Command;

/// Compares the checked-out revision with `base`.
pub(crate) fn test_cost(base: &str, bound: f64) -> Result<()> {
    let head = output(Command::new("git").args(["rev-parse", "--short=7", "HEAD"]).current_dir(workspace()))?.stdout;
    let base = cost("base", base)?;
    let ratio = cost("head", String::from_utf8(head)?.trim())? / base;
    println!("ratio {ratio:.2}, at most {bound}");
    if ratio > bound {
        bail!("the tests cost too much");
    }
    Ok(())
}

/// Returns the CPU seconds of the tests of a revision.
fn cost(name: &str, revision: &str) -> Result<f64> {
    let folder = folder("test-cost")?;
    let (clone, log) = (folder.join(name), folder.join(format!("{name}.log")));
    if clone.exists() {
        fs::remove_dir_all(&clone)?;
    }
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args(arguments);
        command
    };
    run(git(&["clone", "--quiet", "--no-checkout"]).arg(workspace()).arg(&clone))?;
    run(git(&["checkout", "--quiet", "--detach", revision]).current_dir(&clone))?;
    let in_clone = |arguments: &[&str]| {
        let mut command = cargo();
        command.args(arguments).current_dir(&clone).env_remove("CARGO_TARGET_DIR");
        command
    };
    run(&mut in_clone(&["fetch", "--quiet", "--locked"]))?;
    let before = cpu::children()?;
    let output = File::create(&log)?;
    let tests = ["test", "--workspace", "--locked"];
    let status = in_clone(&tests).stdout(output.try_clone()?).stderr(output).status()?;
    let seconds = cpu::children()? - before;
    ensure!(status.success(), "the tests of {revision} fail; their output is in {}", log.display());
    println!("{name} ({revision}): {seconds:.0} CPU seconds, {} tests", passed(&fs::read_to_string(&log)?)?);
    fs::remove_dir_all(&clone)?;
    Ok(seconds)
}

/// Returns the number of tests that passed.
fn passed(log: &str) -> Result<u32> {
    let result = Regex::new(r"(?m)^test result: ok\. (\d+) passed")?;
    result.captures_iter(log).map(|found| Ok(found[1].parse::<u32>()?)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_results_of_all_programs_are_added() {
        let log = "test a ... ok\n\ntest result: ok. 3 passed; 0 failed;\n\ntest result: ok. 40 passed; 0 failed;\n";
        assert_eq!(passed(log).expect("numbers"), 43);
    }
}

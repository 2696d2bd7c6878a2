//! Compares the public interfaces of the runtime and of `cognito-userpools` with their records in `tests`.
//!
//! A removed or changed line needs a new major version, an added line a minor one.

use crate::package::{cargo, folder, output};
use anyhow::{Context, Result, bail, ensure};
use cognito_op_tests_provision::workspace;
use std::fs;
use std::process::Command;

const RECORDS: [(&str, &str); 2] =
    [("cognito-op", "public-api.txt"), ("cognito-userpools", "public-api-userpools.txt")];

/// Compares the interfaces, or writes the records.
pub(crate) fn public_api(bless: bool) -> Result<()> {
    let rustc = String::from_utf8(output(Command::new("rustc").arg("--version"))?.stdout)?;
    let rustc = rustc.split(' ').nth(1).context("the version of rustc")?;
    let mut changed = false;
    for (package, name) in RECORDS {
        let list = ["public-api", "-p", package, "--all-features", "-sss", "--color", "never"];
        // The JSON of rustdoc is unstable.
        let listed = output(cargo().args(list).env("RUSTC_BOOTSTRAP", "1"))
            .context("the public interface cannot be listed; is cargo-public-api installed?")?;
        let now = format!("# rustc {rustc}\n{}", String::from_utf8(listed.stdout)?);
        let record = workspace().join("tests").join(name);
        if bless {
            fs::write(&record, now)?;
            continue;
        }
        let recorded = fs::read_to_string(&record)?;
        let written_with = recorded.lines().next().unwrap_or_default();
        ensure!(now.starts_with(written_with), "{name} was written with {written_with}, and this is rustc {rustc}");
        if recorded == now {
            println!("{package}: {} lines, unchanged", now.lines().count() - 1);
            continue;
        }
        changed = true;
        let listed = folder("public-api")?.join(name);
        fs::write(&listed, now)?;
        // The exit status only reports that the files differ.
        Command::new("git").args(["--no-pager", "diff", "--no-index", "-U0"]).arg(record).arg(listed).status()?;
    }
    if changed {
        bail!("the public interface is not as recorded; `cargo x public-api --bless` rewrites the record");
    }
    Ok(())
}

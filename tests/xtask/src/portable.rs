//! Checks that the core works on a target without sockets, threads and a clock, and that the program has no imports.

use crate::package::{cargo, output};
use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::process::{Command, Stdio};

const TARGET: &str = "wasm32-unknown-unknown";
const RUN: &str = r#"
const module = new WebAssembly.Module(require("fs").readFileSync(process.argv[1]));
const imports = WebAssembly.Module.imports(module).map((found) => `${found.module}.${found.name}`);
const code = imports.length ? null : new WebAssembly.Instance(module).exports.main(0, 0);
console.log(JSON.stringify({ imports, code }));
"#;

/// Builds `tests/portable` and runs it in Node.
pub(crate) fn portable() -> Result<()> {
    let build = ["build", "-p", "cognito-op-portable", "--target", TARGET, "--message-format", "json"];
    let messages = String::from_utf8(output(cargo().args(build).stderr(Stdio::inherit()))?.stdout)?;
    let messages = messages.lines().map(serde_json::from_str).collect::<Result<Vec<Value>, _>>()?;
    let program =
        messages.iter().find_map(|message| message["executable"].as_str()).context("cargo built no program")?;
    let ran: Value = serde_json::from_slice(&output(Command::new("node").args(["-e", RUN, program]))?.stdout)?;
    if ran["imports"] != Value::Array(Vec::new()) {
        bail!("the core imports {}", ran["imports"]);
    }
    ensure!(ran["code"] == 0, "the core failed with {}; see tests/portable/src/main.rs", ran["code"]);
    println!("the core runs on {TARGET} and imports nothing");
    Ok(())
}

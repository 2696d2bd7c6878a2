//! Checks that ten fields with the same pattern share one table of at most 2 kB in a release build.
//!
//! The fields are in ten structs in ten modules, and the build has several codegen units. The program must contain the bytes
//! of the table once.

use crate::package::{Package, output};
use anyhow::{Context, Result, bail, ensure};
use cognito_op_tests_provision::workspace;
use std::fs;

const MODULE: &str = r#"mod m{n} {
    #[cognito_op::cognito_op(target = "ResendConfirmationCode", response = ())]
    pub struct ResendConfirmationCode {
        pub client_id: String,
        #[len(1, 128)]
        #[pattern(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
        pub username: String,
    }
}
"#;
const CALL: &str =
    "valid &= m{n}::ResendConfirmationCode::new(arguments[0].clone(), arguments[1].clone()).validate().is_ok();\n";

/// Builds the program and looks for the tables.
pub(crate) fn table_sharing() -> Result<()> {
    let package = Package::new("table-sharing", "sharing", "[profile.release]\ncodegen-units = 16\n")?;
    let each = |text: &str| (0..10).map(|n| text.replace("{n}", &n.to_string())).collect::<String>();
    let (modules, calls) = (each(MODULE), each(CALL));
    package.write(
        "src/main.rs",
        &format!(
            "{modules}fn main() {{\nlet arguments: Vec<String> = std::env::args().collect();\n\
             let mut valid = arguments.len() > 1;\nif valid {{\n{calls}}}\nprintln!(\"{{valid}}\");\n}}\n"
        ),
    )?;
    output(package.cargo().args(["build", "--release", "--quiet"]))?;
    let program = fs::read(package.built("release/sharing"))?;
    ensure!(fs::read_to_string(workspace().join("macros/src/pattern/known.rs"))?.contains("VISIBLE"));
    // The ASCII part accepts `!` to `~`. The other part starts with the first ranges beyond ASCII.
    let ascii: Vec<u8> = (0..=255).map(|byte: u8| u8::from((0x21..=0x7e).contains(&byte))).collect();
    let ranges: Vec<u8> = [0xa1_u32, 0xac, 0xae, 0x5ff].into_iter().flat_map(u32::to_le_bytes).collect();
    for (name, part) in [("the ASCII table", &ascii), ("the ranges", &ranges)] {
        let found = positions(&program, part).count();
        println!("{name} of the pattern: {found} time(s) in the program");
        if found != 1 {
            bail!("the program must contain it once");
        }
    }
    // The ranges end with the last character.
    let start = positions(&program, &ranges).next().context("the ranges")?;
    let length = positions(&program[start..], &0x0010_ffff_u32.to_le_bytes()).next().context("the last range")? + 4;
    let size = ascii.len() + length + 2 * 65 + 16;
    println!("{size} bytes, at most 2048");
    ensure!(size <= 2048, "the table is too large");
    Ok(())
}

/// Returns the positions of some bytes in a program.
fn positions(program: &[u8], part: &[u8]) -> impl Iterator<Item = usize> {
    program.windows(part.len()).enumerate().filter(move |(_, window)| *window == part).map(|(at, _)| at)
}

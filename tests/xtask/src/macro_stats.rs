//! Measures the bytes of code that the macros generate, without documentation, and compares them with bounds.

use crate::package::{Package, output};
use anyhow::{Result, bail};
use regex::Regex;
use std::fs;
use std::path::Path;

const RESEND: &str = r#"
#[cognito_op(target = "ResendConfirmationCode", response = ())]
#[derive(Clone)]
pub struct ResendConfirmationCode {
    #[len(1, 128)]
    #[pattern(r"[\w+]+")]
    pub client_id: String,
    #[len(1, 128)]
    #[pattern(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
    pub username: String,
    #[secret_hash]
    #[len(1, 128)]
    #[pattern(r"[\w+=/]+")]
    pub secret_hash: Option<String>,
    pub analytics_metadata: Option<Structure>,
    pub client_metadata: Option<std::collections::BTreeMap<String, String>>,
    pub user_context_data: Option<Structure>,
    FURTHER
}
"#;
const STRUCTURE: &str = "#[cognito_shape(unmodeled)]\n#[derive(Clone)]\npub struct Structure {}\n";
const FOUR: &str =
    "pub struct Four { pub one: String, pub two: Option<String>, pub three: Option<String>, pub four: Option<i32> }";
const USES: &str = "#![allow(dead_code, unused_imports)]\nuse cognito_op::{cognito_op, cognito_shape};\n";

/// Prints the bytes that the macros generate for a file, or the measured differences.
pub(crate) fn macro_stats(file: Option<&Path>) -> Result<()> {
    if let Some(file) = file {
        println!("{}", generated("file", &fs::read_to_string(file)?)?);
        return Ok(());
    }
    let operation = |further: &str| format!("{USES}{}{STRUCTURE}", RESEND.replace("FURTHER", further));
    let client_id = |attribute: &str| {
        operation("").replace("pub client_id: String", &format!("{attribute}\n    pub client_id: Option<String>"))
    };
    let plain = generated("operation", &operation(""))?;
    let with_member = generated("operation_and_member", &operation("#[unmodeled] pub further: Option<String>,"))?;
    let optional_id = generated("optional_id", &client_id("#[unmodeled]"))?;
    let client_id = generated("client_id", &client_id("#[client_id]"))?;
    let structure = generated("structure", &format!("{USES}{STRUCTURE}"))?;
    let shape = generated("shape", &format!("{USES}#[cognito_shape]\n{FOUR}"))?;
    let derives = "#[derive(Debug, serde::Serialize, serde::Deserialize)]";
    let serde = generated("serde", &format!("#![allow(dead_code)]\n{derives}\n{FOUR}"))?;
    let rows = [
        ("ResendConfirmationCode with its derives", plain - structure, 14_000),
        ("a further plain string member", with_member - plain, 1_000),
        ("`#[client_id]` on an optional member", client_id - optional_id, 200),
        ("ResendConfirmationCode with `#[client_id]`", client_id - structure, 14_000),
        ("a shape of four members beyond serde's derives", shape - serde, 5_000),
    ];
    for (name, size, bound) in rows {
        println!("{size:7} bytes, at most {bound:6}: {name}");
    }
    if rows.iter().any(|(_, size, bound)| size > bound) {
        bail!("the macros generate too much");
    }
    Ok(())
}

/// Returns the bytes that the macros in a source generate, without documentation.
fn generated(name: &str, source: &str) -> Result<i64> {
    let package = Package::new("macro-stats", name, "serde = { version = \"1\", features = [\"derive\"] }\n")?;
    let rustc = |flag: &str| {
        // The flag in the comment changes the source, so cargo compiles it again.
        package.write("src/lib.rs", &format!("{source}\n// {flag}\n"))?;
        output(package.cargo().args(["rustc", "-q", "--lib", "--", flag]).env("RUSTC_BOOTSTRAP", "1"))
    };
    let stats = String::from_utf8(rustc("-Zmacro-stats")?.stderr)?;
    let expanded = String::from_utf8(rustc("-Zunpretty=expanded")?.stdout)?;
    Ok(bytes(&stats)? - documentation(&expanded)?)
}

/// Returns the sum of the bytes in rustc's table.
fn bytes(stats: &str) -> Result<i64> {
    let rows = Regex::new(r"(?m)^macro-stats .*?\d+ +[\d_]+ +[\d_.]+ +([\d_]+) +[\d_.]+$")?;
    rows.captures_iter(stats).map(|row| Ok(row[1].replace('_', "").parse::<i64>()?)).sum()
}

/// Returns the size of the attributes that contain documentation.
fn documentation(expanded: &str) -> Result<i64> {
    let attributes = Regex::new(r#"#\[doc =\s*"(?:[^"\\]|\\.)*"\]"#)?;
    Ok(attributes.find_iter(expanded).map(|found| found.as_str().chars().count()).sum::<usize>().try_into()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_of_the_table_are_added() {
        let stats = "\
macro-stats ===================================================================================
macro-stats MACRO EXPANSION STATS: shape
macro-stats Macro Name                         Uses      Lines  Avg Lines      Bytes  Avg Bytes
macro-stats -----------------------------------------------------------------------------------
macro-stats #[derive(::cognito_op::__private::CognitoShape)]
macro-stats                                       1        158      158.0      6_878    6_878.0
macro-stats #[derive(Clone)]                      2         19        9.5        786      393.0
macro-stats ===================================================================================
";
        assert_eq!(bytes(stats).expect("numbers"), 6_878 + 786);
        assert_eq!(bytes("warning: unused").expect("numbers"), 0);
    }

    #[test]
    fn documentation_ends_at_its_own_quotation_mark() {
        assert_eq!(documentation(r#"#[doc = "a \"b\""] struct A; #[doc(hidden)]"#).expect("a number"), 18);
        assert_eq!(documentation("#[doc =\n \"ä\"]").expect("a number"), 13);
    }
}

//! The pattern compiler of the macro, which runs in the build of a generated package.

use crate::package::Package;
use anyhow::{Context, Result};
use serde_json::Value;
use std::fmt::Write as _;

/// Returns the patterns that the compiler rejects, with the reasons.
pub(super) fn refused<'a>(patterns: &[&'a str]) -> Result<Vec<(&'a str, String)>> {
    if patterns.is_empty() {
        return Ok(Vec::new());
    }
    let package = Package::new("model", "patterns", "")?;
    let mut source = "#[cognito_op::cognito_shape(input)] pub struct Patterns {\n".to_owned();
    for (index, pattern) in patterns.iter().enumerate() {
        writeln!(source, "#[pattern({pattern:?})] pub field_{index}: Option<String>,")?;
    }
    package.write("src/lib.rs", &(source + "}\n"))?;
    let checked = package.cargo().args(["check", "--quiet", "--message-format", "json"]).output()?;
    let mut refused = Vec::new();
    for line in String::from_utf8(checked.stdout)?.lines() {
        let message: Value = serde_json::from_str(line)?;
        let message = &message["message"];
        if message["level"] == "error"
            && let Some(line) = message["spans"][0]["line_start"].as_u64()
        {
            let index = usize::try_from(line)?.checked_sub(2);
            let pattern =
                index.and_then(|index| patterns.get(index)).with_context(|| message["rendered"].to_string())?;
            refused.push((*pattern, message["message"].as_str().unwrap_or_default().to_owned()));
        }
    }
    let failed = !checked.status.success() && refused.is_empty();
    anyhow::ensure!(!failed, "the patterns cannot be compiled\n{}", String::from_utf8_lossy(&checked.stderr));
    Ok(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_patterns_have_a_reason() {
        let refused = refused(&["[0-9]+", r"(a)\1", r#"["\\]{2}"#, "a{2"]).expect("the rejected patterns");
        let patterns: Vec<_> = refused.iter().map(|(pattern, _)| *pattern).collect();
        assert_eq!(patterns, [r"(a)\1", "a{2"]);
        assert!(refused.iter().all(|(_, reason)| reason.len() > 20), "{refused:?}");
    }
}

//! Renders a description as a table.
//!
//! The table contains one fact per line, so that an update is a readable diff. The facts are sorted, except that
//! members and values keep the published order, which is that of the API reference. Documentation is omitted.

use super::Description;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::collections::BTreeMap;

/// Returns the table of a description.
pub(super) fn render(description: &Description) -> Result<String> {
    let Description { version, service, members, paginators, .. } = description;
    let shapes = &service["shapes"];
    let mut lines = vec![format!("botocore {version}")];
    // Whether each shape is in requests, and whether it is in responses.
    let mut reached = BTreeMap::new();
    // The entries are in the order of their first lines, since the model finds them by binary search.
    let exceptions = sorted(shapes).into_iter().filter(|(_, shape)| shape["exception"] == true);
    lines.extend(exceptions.map(|(name, _)| format!("exception {name}")));
    for (name, operation) in sorted(&service["operations"]) {
        lines.push(format!("operation {name}"));
        if operation["authtype"] == "none" {
            lines.push("  unsigned".to_owned());
        }
        for (end, word) in ["input", "output"].into_iter().enumerate() {
            if operation.get(word).is_some() {
                let shape = text(&operation[word]["shape"])?;
                lines.push(format!("  {word} {shape}"));
                reach(shapes, shape, end, &mut reached)?;
            }
        }
        if let Some(page) = paginators.get(name) {
            let token = text(&page["input_token"])?;
            ensure!(page["output_token"] == token, "{name} has two tokens");
            lines.push(format!("  pages {token} {} {}", text(&page["result_key"])?, text(&page["limit_key"])?));
        }
        let mut errors =
            list(&operation["errors"]).iter().map(|error| text(&error["shape"])).collect::<Result<Vec<_>>>()?;
        errors.sort_unstable();
        lines.extend(errors.iter().map(|error| format!("  error {error}")));
    }
    for (name, ends) in reached {
        lines.push(format!("shape {name}"));
        shape(&shapes[name], members.of(name), ends, &mut lines)?;
    }
    for line in &lines {
        ensure!(!line.contains('\n') && line.trim_end() == line, "a fact does not fit on a line: {line:?}");
    }
    lines.push(String::new());
    Ok(lines.join("\n"))
}

/// Adds the facts of a shape.
fn shape(shape: &Value, members: &[String], ends: [bool; 2], lines: &mut Vec<String>) -> Result<()> {
    let kind = match text(&shape["type"])? {
        "structure" if shape["document"] == true => "document",
        "string" if shape.get("enum").is_some() => "enum",
        kind => kind,
    };
    lines.push(format!("  type {kind}"));
    lines.extend(["input", "output"].into_iter().zip(ends).filter(|(_, is)| *is).map(|(end, _)| format!("  {end}")));
    if shape["sensitive"] == true {
        lines.push("  sensitive".to_owned());
    }
    // botocore also uses `min` and `max` for the bounds of numbers.
    for bound in ["min", "max"] {
        lines.extend(shape.get(bound).map(|value| format!("  {bound} {value}")));
    }
    if shape.get("pattern").is_some() {
        lines.push(format!("  pattern {}", text(&shape["pattern"])?));
    }
    for value in list(&shape["enum"]) {
        lines.push(format!("  value {}", text(value)?));
    }
    for (part, word) in [("member", "each"), ("key", "key"), ("value", "entry")] {
        if shape.get(part).is_some() {
            lines.push(format!("  {word} {}", text(&shape[part]["shape"])?));
        }
    }
    for member in members {
        lines.push(format!("  member {member} {}", text(&shape["members"][member]["shape"])?));
    }
    let mut required = list(&shape["required"]).iter().map(text).collect::<Result<Vec<_>>>()?;
    required.sort_unstable();
    lines.extend(required.iter().map(|member| format!("  required {member}")));
    let deprecated = sorted(&shape["members"]).into_iter().filter(|(_, target)| target["deprecated"] == true);
    lines.extend(deprecated.map(|(member, _)| format!("  deprecated {member}")));
    Ok(())
}

/// Marks a shape and the shapes that it contains as part of requests (0) or responses (1).
fn reach<'a>(shapes: &'a Value, name: &'a str, end: usize, reached: &mut BTreeMap<&'a str, [bool; 2]>) -> Result<()> {
    let ends = reached.entry(name).or_default();
    if std::mem::replace(&mut ends[end], true) {
        return Ok(());
    }
    let shape = shapes.get(name).with_context(|| format!("there is no shape {name}"))?;
    let parts = ["member", "key", "value"].into_iter().filter_map(|part| shape.get(part));
    for target in sorted(&shape["members"]).into_values().chain(parts) {
        reach(shapes, text(&target["shape"])?, end, reached)?;
    }
    Ok(())
}

/// Returns the entries of an object, sorted by name.
fn sorted(object: &Value) -> BTreeMap<&str, &Value> {
    object.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value)).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> Result<&str> {
    value.as_str().with_context(|| format!("not a text: {value}"))
}

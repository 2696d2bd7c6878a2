//! Structs of operations and the shapes that they need, for measurements.

use anyhow::{Context, Result};
use cognito_op_model::source::{Body, Field, Options, Source, rust_type};
use cognito_op_model::{Kind, Operation, SERVICE};
use std::fmt::Write as _;
use std::io::Write as _;

/// Returns the operations that the service marks as unsigned.
pub(crate) fn unsigned() -> Vec<Operation> {
    SERVICE.published().operations().filter(|operation| operation.unsigned).collect()
}

/// Prints structs with the attributes of `cognito-op`, by default of all operations.
pub(crate) fn structs(names: &[String]) -> Result<()> {
    let find = |name: &String| SERVICE.operation(name).with_context(|| format!("there is no operation {name}"));
    let operations = if names.is_empty() {
        SERVICE.operations().collect()
    } else {
        names.iter().map(find).collect::<Result<Vec<_>>>()?
    };
    Ok(std::io::stdout().write_all(annotated(&operations).as_bytes())?)
}

/// Returns structs with the attributes of `cognito-op`. Members of requests have the usual constraints: lengths of
/// strings and lists, and patterns of one class.
pub(crate) fn annotated(operations: &[Operation]) -> String {
    let options = Options { derives: vec!["Clone".to_owned()], ..Options::default() };
    let mut source = Source::of(operations, &options);
    for item in &mut source.items {
        let is_operation = item.attributes.iter().any(|attribute| attribute.starts_with("cognito_op("));
        if let Body::Struct(fields) = &mut item.body {
            for field in fields {
                let usual = usual_constraints(field);
                field.attributes.retain(|attribute| is_operation && usual.contains(&attribute.as_str()));
                field.optional = !field.member.required;
            }
        }
    }
    without_docs(&source.to_string())
}

fn usual_constraints(field: &Field) -> Vec<&'static str> {
    let Some(shape) = field.member.shape() else { return Vec::new() };
    let is_class = |pattern: &str| {
        let class = pattern.trim_start_matches('^').trim_end_matches('$').strip_suffix(['+', '*']);
        let inside = class.and_then(|class| class.strip_prefix('[')?.strip_suffix(']'));
        inside.is_some_and(|inside| !inside.contains(']'))
    };
    let length = matches!(shape.kind, Kind::String | Kind::List).then_some("len");
    length.into_iter().chain(shape.pattern.is_some_and(is_class).then_some("pattern")).collect()
}

const BY_HAND: &str = "\
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
type SystemTime = f64;
pub trait Transport { fn post(&self, target: &'static str, body: Vec<u8>) -> Result<Vec<u8>, Error>; }
#[derive(Debug)] pub enum Error { Json(serde_json::Error), Status(u16) }
impl From<serde_json::Error> for Error { fn from(error: serde_json::Error) -> Self { Self::Json(error) } }
";

/// Returns the same structs with serde's derives, and a method `send` for each operation.
pub(crate) fn by_hand(operations: &[Operation]) -> Result<String> {
    let mut text = BY_HAND.to_owned();
    for mut item in Source::of(operations, &Options::default()).items {
        let derive = "derive(Clone, Debug, Serialize, Deserialize)";
        match &mut item.body {
            Body::Struct(fields) => {
                for field in fields {
                    field.optional = !field.member.required;
                    let skip = if field.optional { ", skip_serializing_if = \"Option::is_none\"" } else { "" };
                    field.attributes = vec![format!("serde(rename = \"{}\"{skip})", field.member.name)];
                }
                item.attributes = vec![derive.to_owned()];
                write!(text, "{item}")?;
            }
            Body::Enum(variants) => {
                writeln!(text, "#[{derive}]\npub enum {} {{", item.name)?;
                for variant in variants {
                    match variant.value {
                        Some(value) => writeln!(text, "    #[serde(rename = \"{value}\")]\n    {},", variant.name)?,
                        None => writeln!(text, "    #[serde(untagged)]\n    {}(String),", variant.name)?,
                    }
                }
                text += "}\n";
            }
        }
    }
    for Operation { name, output, .. } in operations {
        let output = output.as_ref().filter(|output| !output.members.is_empty());
        let (output, read) = match output {
            Some(output) => (rust_type(output), "Ok(serde_json::from_slice(&body)?)"),
            None => ("()".to_owned(), "let _ = body; Ok(())"),
        };
        writeln!(
            text,
            "impl {name} {{\n    pub async fn send(&self, transport: &impl Transport) -> Result<{output}, Error> {{\n        \
             let body = transport.post(\"AWSCognitoIdentityProviderService.{name}\", serde_json::to_vec(self)?)?;\n        \
             {read}\n    }}\n}}"
        )?;
    }
    Ok(without_docs(&text))
}

/// Removes the documentation, which would be measured too.
fn without_docs(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("///")).map(|line| line.to_owned() + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_have_the_same_members() {
        let operations = unsigned();
        let (annotated, by_hand) = (annotated(&operations), by_hand(&operations).expect("a text"));
        let members =
            |text: &str| text.lines().filter(|line| line.starts_with("    pub ") && line.ends_with(',')).count();
        assert_eq!(members(&annotated), members(&by_hand));
        assert!(members(&annotated) > 200);
    }

    #[test]
    fn only_the_usual_constraints_are_kept() {
        let operation = |name| SERVICE.operation(name).expect("an operation");
        assert_eq!(
            annotated(&[operation("RevokeToken")]),
            "\
use cognito_op::{cognito_op, cognito_shape};

#[cognito_op(target = \"RevokeToken\")]
#[derive(Clone)]
pub struct RevokeToken {
    #[pattern]
    pub token: String,
    #[len]
    #[pattern]
    pub client_id: String,
    #[len]
    #[pattern]
    pub client_secret: Option<String>,
    pub revoke_associated_sessions: Option<RevokeAssociatedSessions>,
}

#[cognito_shape]
#[derive(Clone)]
pub enum RevokeAssociatedSessions {
    None,
    Linked,
    Other(String),
}
"
        );
    }
}

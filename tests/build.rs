//! Generates annotated structs for all operations of the API and their shapes; for each operation, a request and a
//! response whose sensitive strings are canaries; a macro with the paths of the ready-made operations; and a struct
//! with all published patterns.

#![allow(clippy::expect_used)]

use cognito_op_model::source::{Options, Source};
use cognito_op_model::{Kind, Operation, SERVICE, Shape};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// Returns a JSON value of a shape.
fn json(shape: &Shape, sensitive: bool) -> String {
    let sensitive = sensitive || shape.is_sensitive();
    let entry = |index| shape.entry(index).map(|entry| json(&entry, sensitive)).expect("an entry");
    match shape.kind {
        Kind::Boolean => "true".to_owned(),
        Kind::Integer | Kind::Long => if sensitive { "271828182" } else { "1" }.to_owned(),
        Kind::Timestamp => "1700000000".to_owned(),
        Kind::Blob => r#""Y2FuYXJ5""#.to_owned(),
        Kind::List => format!("[{}]", entry(0)),
        Kind::Map => {
            let key = if sensitive { "canary key" } else { "key" };
            format!("{{\"{key}\":{}}}", entry(1))
        }
        Kind::Structure => {
            let members = shape.members.iter().map(|member| {
                let value = member.shape().map(|shape| json(&shape, sensitive)).expect("a shape");
                format!("\"{}\":{value}", member.name)
            });
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Kind::Enum if !sensitive => format!("\"{}\"", shape.values[0]),
        _ if sensitive => format!("\"canary of {}\"", shape.name),
        _ => "\"plain\"".to_owned(),
    }
}

fn main() {
    let operations: Vec<Operation> = SERVICE.operations().collect();
    let mut text = Source::of(&operations, &Options::default()).to_string();
    text += "\nmacro_rules! every_operation {\n    ($do:ident) => { $do! {\n";
    for operation in &operations {
        let value = |shape: &Option<Shape>| shape.as_ref().map_or_else(|| "{}".to_owned(), |shape| json(shape, false));
        let (request, response) = (value(&operation.input), value(&operation.output));
        let _ = writeln!(text, "        {}: {request:?}, {response:?};", operation.name);
    }
    text += "    } };\n}\n";
    let module = |operation: &Operation| if operation.unsigned { "operations" } else { "admin" };
    let paths = operations.iter().map(|operation| format!("{}::{}", module(operation), operation.name));
    let paths = paths.collect::<Vec<_>>().join(" ");
    let ready_made = format!(
        "/// Passes the paths of the ready-made operations to a macro: `operations::SignUp`, `admin::AdminGetUser`.\n\
         #[macro_export]\nmacro_rules! ready_made_operations {{\n    ($do:ident) => {{ $do! {{ {paths} }} }};\n}}\n"
    );
    let patterns: BTreeSet<&str> = SERVICE.shapes().filter_map(|shape| shape.pattern).collect();
    let mut published = "#[cognito_shape(input)]\nstruct Published {\n".to_owned();
    for (index, pattern) in patterns.iter().enumerate() {
        let _ = writeln!(published, "    #[pattern({pattern:?})]\n    p{index:02}: Option<String>,");
    }
    published += "}\n";
    let folder = env::var_os("OUT_DIR").expect("set by cargo");
    let files = [("every_operation.rs", text), ("ready_made_operations.rs", ready_made), ("patterns.rs", published)];
    for (name, text) in files {
        fs::write(Path::new(&folder).join(name), text).expect("`OUT_DIR` is writable");
    }
}

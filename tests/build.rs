//! Writes every operation of the API and its shapes as annotated structs, and for each operation a request and an answer in
//! which every sensitive text is a canary. What is sensitive is taken from where the macro takes it, not from the macro.

#![allow(clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

#[derive(Default)]
struct Shape {
    kind: String,
    sensitive: bool,
    /// Names and shapes.
    members: Vec<(String, String)>,
    required: BTreeSet<String>,
    /// The shapes of a list's entries, or of a map's keys and values.
    entries: Vec<String>,
    values: Vec<String>,
    facts: BTreeSet<String>,
}

#[derive(Default)]
struct Operation {
    input: String,
    output: Option<String>,
    unsigned: bool,
}

struct Service {
    shapes: BTreeMap<String, Shape>,
    operations: BTreeMap<String, Operation>,
}

impl Service {
    fn read(table: &str, overlay: &str) -> Self {
        let (mut shapes, mut operations) = (BTreeMap::<String, Shape>::new(), BTreeMap::<String, Operation>::new());
        let mut at = (String::new(), String::new());
        for line in table.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            if !line.starts_with(' ') {
                at = (words[0].to_owned(), words[1].to_owned());
                continue;
            }
            match at.0.as_str() {
                "operation" => {
                    let operation = operations.entry(at.1.clone()).or_default();
                    match words[..] {
                        ["input", shape] => shape.clone_into(&mut operation.input),
                        ["output", shape] => operation.output = Some(shape.to_owned()),
                        ["unsigned"] => operation.unsigned = true,
                        _ => {}
                    }
                }
                "shape" => {
                    let shape = shapes.entry(at.1.clone()).or_default();
                    match words[..] {
                        ["type", kind] => kind.clone_into(&mut shape.kind),
                        ["sensitive"] => shape.sensitive = true,
                        ["member", name, of] => shape.members.push((name.to_owned(), of.to_owned())),
                        ["required", name] => _ = shape.required.insert(name.to_owned()),
                        ["each" | "key" | "entry", of] => shape.entries.push(of.to_owned()),
                        ["value", value] => shape.values.push(value.to_owned()),
                        [fact, ..] => _ = shape.facts.insert(fact.to_owned()),
                        [] => {}
                    }
                }
                _ => {}
            }
        }
        for line in overlay.lines() {
            if let ["sensitive", name, ..] = line.split(' ').collect::<Vec<_>>()[..] {
                shapes.get_mut(name).expect("a shape of the table").sensitive = true;
            }
        }
        Self { shapes, operations }
    }

    fn shape(&self, name: &str) -> &Shape {
        self.shapes.get(name).unwrap_or_else(|| panic!("the table has no shape {name}"))
    }

    fn rust(&self, name: &str) -> String {
        let shape = self.shape(name);
        match shape.kind.as_str() {
            "boolean" => "bool".to_owned(),
            "integer" => "i32".to_owned(),
            "long" => "i64".to_owned(),
            "timestamp" => "std::time::SystemTime".to_owned(),
            "blob" => "Vec<u8>".to_owned(),
            "document" => "serde_json::Value".to_owned(),
            "list" => format!("Vec<{}>", self.rust(&shape.entries[0])),
            "map" => format!("std::collections::BTreeMap<String, {}>", self.rust(&shape.entries[1])),
            "structure" | "enum" => name.to_owned(),
            "string" => "String".to_owned(),
            other => panic!("{name} is a {other}"),
        }
    }

    /// A struct with those members, with every constraint that is published and that its type can have.
    fn structure(&self, attribute: &str, name: &str, members: &Shape) -> String {
        let mut text = format!("#[{attribute}]\npub struct {name} {{\n");
        for (member, target) in &members.members {
            let shape = self.shape(target);
            let bounded = shape.facts.contains("min") || shape.facts.contains("max");
            let kind = shape.kind.as_str();
            if bounded && matches!(kind, "string" | "list" | "map" | "blob") {
                text.push_str("    #[len]\n");
            }
            if bounded && matches!(kind, "integer" | "long") {
                text.push_str("    #[range]\n");
            }
            if shape.facts.contains("pattern") && kind == "string" {
                text.push_str("    #[pattern]\n");
            }
            let ty = self.rust(target);
            let ty = if members.required.contains(member) { ty } else { format!("Option<{ty}>") };
            let _ = writeln!(text, "    #[member(\"{member}\")]\n    pub r#{}: {ty},", snake(member));
        }
        text + "}\n\n"
    }

    /// A value of a shape in JSON.
    fn json(&self, name: &str, sensitive: bool) -> String {
        let shape = self.shape(name);
        let sensitive = sensitive || shape.sensitive;
        match shape.kind.as_str() {
            "boolean" => "true".to_owned(),
            "integer" | "long" => if sensitive { "271828182" } else { "1" }.to_owned(),
            "timestamp" => "1700000000".to_owned(),
            "blob" => r#""Y2FuYXJ5""#.to_owned(),
            "list" => format!("[{}]", self.json(&shape.entries[0], sensitive)),
            "map" => {
                let key = if sensitive { "canary key" } else { "key" };
                format!("{{\"{key}\":{}}}", self.json(&shape.entries[1], sensitive))
            }
            "structure" => {
                let member = |(name, of): &(String, String)| format!("\"{name}\":{}", self.json(of, sensitive));
                format!("{{{}}}", shape.members.iter().map(member).collect::<Vec<_>>().join(","))
            }
            "enum" if !sensitive => format!("\"{}\"", shape.values[0]),
            _ if sensitive => format!("\"canary of {name}\""),
            _ => "\"plain\"".to_owned(),
        }
    }

    fn source(&self) -> String {
        let inputs: BTreeSet<_> = self.operations.values().map(|operation| operation.input.as_str()).collect();
        let mut text = String::from("use cognito_op::{cognito_op, cognito_shape};\n\n");
        let mut list = String::new();
        for (name, operation) in &self.operations {
            let output = operation.output.as_deref().filter(|output| !self.shape(output).members.is_empty());
            let signed = if operation.unsigned { "" } else { ", signed" };
            let response = output.unwrap_or("()");
            let attribute = format!("cognito_op(target = \"{name}\", response = {response}{signed})");
            text += &self.structure(&attribute, name, self.shape(&operation.input));
            let answer = output.map_or_else(|| "{}".to_owned(), |output| self.json(output, false));
            let _ = writeln!(list, "    {name}: {:?}, {answer:?};", self.json(&operation.input, false));
        }
        for (name, shape) in self.shapes.iter().filter(|(name, _)| !inputs.contains(name.as_str())) {
            match shape.kind.as_str() {
                "structure" if !shape.members.is_empty() => text += &self.structure("cognito_shape", name, shape),
                "enum" => {
                    let _ = writeln!(text, "#[cognito_shape]\npub enum {name} {{");
                    for value in &shape.values {
                        let _ = writeln!(text, "    #[member(\"{value}\")]\n    {},", variant(value));
                    }
                    text += "    Other(String),\n}\n\n";
                }
                _ => {}
            }
        }
        format!("{text}macro_rules! every_operation {{\n    ($do:ident) => {{ $do! {{\n{list}    }} }};\n}}\n")
    }
}

fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut text = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let after_small = index > 0 && !letters[index - 1].is_uppercase();
        let before_small = index > 0 && letters.get(index + 1).is_some_and(char::is_ascii_lowercase);
        if letter.is_uppercase() && (after_small || before_small) {
            text.push('_');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

fn variant(value: &str) -> String {
    let mut text = String::new();
    for word in value.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let (first, rest) = word.split_at(1);
        text += &first.to_uppercase();
        text += &if rest.chars().any(|c| c.is_ascii_lowercase()) { rest.to_owned() } else { rest.to_lowercase() };
    }
    text
}

fn main() {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../macros/src/model");
    let read = |name| {
        let path = model.join(name);
        println!("cargo::rerun-if-changed={}", path.display());
        fs::read_to_string(path).expect("a file of the macro crate")
    };
    let service = Service::read(&read("table.txt"), &read("overlay.txt"));
    let folder = env::var_os("OUT_DIR").expect("set by cargo");
    fs::write(Path::new(&folder).join("every_operation.rs"), service.source()).expect("cargo's folder can be written");
}

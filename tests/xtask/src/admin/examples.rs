//! The examples in the documentation.

use super::samples;
use cognito_op_model::source::{Field, Item, Variant};
use cognito_op_model::{Kind, Member, Operation, Shape, snake_case, variant_case};
use std::collections::BTreeSet;

/// The width of lines in examples, without `/// `.
const WIDTH: usize = 96;
/// The number of optional members that an example sets.
const OPTIONAL: usize = 2;
/// The shape of the member for which the module has the type `Filter`.
pub(super) const FILTER: &str = "UserFilterType";

/// Returns the lines of the example of an operation: a call.
pub(super) fn call(item: &Item, fields: &[Field], operation: &Operation) -> Vec<String> {
    let mut code = Code::default();
    // A sign-in starts without a session.
    let is_start = fields.iter().any(|field| field.member.name == "AuthParameters");
    let mut chain = code.built(&item.name, fields, |field| {
        let name = field.member.name;
        // The call fails if a user lacks an attribute of the list.
        if (name == "Session" && is_start) || name == "AttributesToGet" {
            return false;
        }
        let is_usual = matches!(name, "AuthParameters" | "ChallengeResponses");
        let is_token = operation.pagination.is_some_and(|pages| pages.token == name);
        is_usual || (operation.auto_fill(name).is_none() && !is_token && is_simple(&field.member))
    });
    chain.extend(["send(client)", "await?"].map(str::to_owned));
    let response = operation.output.as_ref().filter(|output| !output.members.is_empty());
    let start = if response.is_some() { "let response = " } else { "" };
    let mut lines = code.imports(&item.name);
    lines.push(
        "# async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {".to_owned(),
    );
    lines.push(String::new());
    lines.extend(statement(start, &chain));
    if let Some(response) = response {
        let shown = response.members.iter().find(|member| !is_text(member) && !is_token(member));
        lines.extend(printed(shown));
    }
    lines.extend(["# Ok(())", "# }"].map(str::to_owned));
    lines
}

/// Returns the lines that print a member of a response, or the response. `Debug` redacts users and their attributes.
fn printed(member: Option<&Member>) -> Vec<String> {
    let Some(member) = member else { return vec!["println!(\"{:?}\", response);".to_owned()] };
    let path = format!("response.{}", snake_case(member.name));
    let shape = member.shape();
    let entry = shape.as_ref().and_then(|shape| shape.entry(0));
    let entry = entry.map_or("", |entry| entry.name);
    match (shape.map_or("", |shape| shape.name), entry) {
        ("UserType", _) => vec![
            "// `Debug` redacts the values of a user.".to_owned(),
            format!("println!(\"{{:?}}\", {path}.as_ref().and_then(|user| user.username.as_deref()));"),
        ],
        (_, "UserType") => vec![
            format!("for user in {path}.iter().flatten() {{"),
            "    // `Debug` redacts the values of a user.".to_owned(),
            "    println!(\"{:?}\", user.username.as_deref());".to_owned(),
            "}".to_owned(),
        ],
        (_, "AttributeType") => vec![
            format!("for attribute in {path}.iter().flatten() {{"),
            "    // `Debug` redacts the value of an attribute.".to_owned(),
            "    println!(\"{}: {:?}\", attribute.name, attribute.value.as_deref());".to_owned(),
            "}".to_owned(),
        ],
        _ => vec![format!("println!(\"{{:?}}\", {path});")],
    }
}

fn is_text(member: &Member) -> bool {
    member.shape().is_none_or(|shape| shape.kind == Kind::String)
}

fn is_token(member: &Member) -> bool {
    member.name.ends_with("Token")
}

/// Returns whether a member has a simple value, which an example can show.
fn is_simple(member: &Member) -> bool {
    let is_simple = |shape: &Shape| {
        matches!(shape.kind, Kind::String | Kind::Boolean | Kind::Integer | Kind::Long | Kind::Enum)
            || shape.name == "AttributeType"
    };
    !member.deprecated
        && member.name != "ValidationData"
        && member.shape().is_some_and(|shape| match shape.kind {
            Kind::List => shape.entry(0).is_some_and(|entry| is_simple(&entry)),
            Kind::Map => member.name != "ClientMetadata",
            _ => is_simple(&shape),
        })
}

/// Returns the lines of the example of a structure: a value, and an assertion about a member.
pub(super) fn structure(item: &Item, fields: &[Field]) -> Vec<String> {
    let mut code = Code::default();
    let value = variable(&item.name);
    let chain = code.built(&item.name, fields, |field| is_simple(&field.member) && !is_token(&field.member));
    let chain = if chain.len() == 1 { code.built(&item.name, fields, |_| true) } else { chain };
    let set = |field: &&Field| chain.iter().any(|call| call.starts_with(&format!("{}(", field.name)));
    let assertion = match fields.iter().filter(|field| field.optional).rfind(set) {
        Some(field) => code.optional(&format!("{value}.{}", field.name), field),
        None => code.required(&value, fields),
    };
    let mut lines = code.imports(&item.name);
    lines.push(String::new());
    lines.extend(statement(&format!("let {value} = "), &chain));
    lines.push(assertion);
    lines
}

/// Returns the name of the variable for a value of a type: the last word of its name.
fn variable(name: &str) -> String {
    let name = snake_case(name.strip_suffix("Type").unwrap_or(name));
    match name.rsplit('_').next().unwrap_or_default() {
        "type" | "" => "value".to_owned(),
        "ons" => "add_ons".to_owned(),
        word => word.to_owned(),
    }
}

/// Returns the lines of the example of an enum.
pub(super) fn enumeration(item: &Item, variants: &[Variant]) -> Vec<String> {
    let Item { name, .. } = item;
    let mut lines = vec![format!("use cognito_userpools::admin::{name};"), String::new()];
    if let Some((variant, value)) = variants.iter().find_map(|variant| Some((&variant.name, variant.value?))) {
        lines.push(format!("assert_eq!({name}::{variant}.as_str(), {value:?});"));
        lines.push(format!("assert_eq!({name}::from({value:?}), {name}::{variant});"));
    }
    lines
}

/// The types that an example names.
#[derive(Default)]
struct Code {
    types: BTreeSet<&'static str>,
    uses_time: bool,
}

impl Code {
    /// Returns the calls that build a value: `new` with the required members, and the setters of some others.
    fn built(&mut self, name: &str, fields: &[Field], is_shown: impl Fn(&Field) -> bool) -> Vec<String> {
        let (required, optional): (Vec<&Field>, Vec<&Field>) = fields.iter().partition(|field| !field.optional);
        let arguments: Vec<String> = required.into_iter().map(|field| self.member(&field.member)).collect();
        let mut chain = vec![format!("{name}::new({})", arguments.join(", "))];
        for field in optional.into_iter().filter(|field| is_shown(field)).take(OPTIONAL) {
            chain.push(format!("{}({})", field.name, self.member(&field.member)));
        }
        chain
    }

    fn member(&mut self, member: &Member) -> String {
        member.shape().map_or_else(|| "\"\"".to_owned(), |shape| self.value(member.name, &shape))
    }

    /// Returns a value of a member.
    fn value(&mut self, member: &str, shape: &Shape) -> String {
        match shape.kind {
            Kind::String if shape.name == FILTER => {
                self.types.extend(["Filter", "SearchableAttribute"]);
                "Filter::equals(SearchableAttribute::Email, \"alice@example.com\")".to_owned()
            }
            Kind::String => format!("{:?}", samples::text(member, shape).unwrap_or("example")),
            Kind::Boolean => "true".to_owned(),
            Kind::Integer | Kind::Long => samples::number(member, shape).to_string(),
            Kind::Timestamp => {
                self.uses_time = true;
                "SystemTime::now()".to_owned()
            }
            Kind::Blob => "b\"the bytes of the file\"".to_owned(),
            Kind::Document => "serde_json::json!({})".to_owned(),
            Kind::Enum => {
                self.types.insert(shape.name);
                format!("{}::{}", shape.name, variant_case(samples::value(member, shape)))
            }
            Kind::Structure if shape.name == "AttributeType" => "(\"email\", \"alice@example.com\")".to_owned(),
            Kind::Structure => {
                self.types.insert(shape.name);
                let required = shape.members.iter().filter(|member| member.required);
                let arguments: Vec<String> = required.map(|member| self.member(member)).collect();
                format!("{}::new({})", shape.name, arguments.join(", "))
            }
            Kind::List => shape.entry(0).map_or_else(String::new, |entry| format!("[{}]", self.value(member, &entry))),
            Kind::Map => {
                let value = shape.entry(1).filter(|entry| entry.kind != Kind::String);
                let pairs = samples::pairs(member).iter().map(|(key, text)| {
                    let value = value.as_ref().map_or_else(|| format!("{text:?}"), |entry| self.value(member, entry));
                    format!("({key:?}, {value})")
                });
                format!("[{}]", pairs.collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// Returns an assertion about an optional member that has been set.
    fn optional(&mut self, path: &str, field: &Field) -> String {
        let Some(shape) = field.member.shape() else { return String::new() };
        match shape.kind {
            Kind::String => format!("assert_eq!({path}.as_deref(), Some({}));", self.member(&field.member)),
            Kind::Boolean | Kind::Integer | Kind::Long | Kind::Enum => {
                format!("assert_eq!({path}, Some({}));", self.member(&field.member))
            }
            _ => format!("assert!({path}.is_some());"),
        }
    }

    /// Returns an assertion about a value of which only the required members have been set.
    fn required(&mut self, value: &str, fields: &[Field]) -> String {
        let members: Vec<Member> = fields.iter().map(|field| field.member).collect();
        self.about(value, &members).unwrap_or_else(|| format!("assert_eq!({value}, {value}.clone());"))
    }

    fn about(&mut self, value: &str, members: &[Member]) -> Option<String> {
        let (required, optional): (Vec<&Member>, Vec<&Member>) = members.iter().partition(|member| member.required);
        let shapes = required.into_iter().filter_map(|member| Some((member, member.shape()?)));
        let assertions = shapes.filter_map(|(member, shape)| {
            let path = format!("{value}.{}", snake_case(member.name));
            match shape.kind {
                Kind::Boolean => Some(format!("assert!({path});")),
                Kind::String | Kind::Integer | Kind::Long | Kind::Enum => {
                    Some(format!("assert_eq!({path}, {});", self.member(member)))
                }
                Kind::List | Kind::Map => Some(format!("assert_eq!({path}.len(), 1);")),
                Kind::Structure => self.about(&path, &shape.members),
                _ => None,
            }
        });
        let found = assertions.into_iter().next();
        found.or_else(|| Some(format!("assert!({value}.{}.is_none());", snake_case(optional.first()?.name))))
    }

    /// Returns the lines that import the named types and the subject of the example.
    fn imports(&self, subject: &str) -> Vec<String> {
        let types: BTreeSet<&str> = self.types.iter().copied().chain([subject]).collect();
        let types: Vec<&str> = types.into_iter().collect();
        let mut lines = import(WIDTH, "cognito_userpools::admin", &types);
        if self.uses_time {
            lines.push("use std::time::SystemTime;".to_owned());
        }
        lines
    }
}

/// Returns the lines of a `use` declaration, as rustfmt breaks it.
pub(super) fn import(width: usize, module: &str, names: &[&str]) -> Vec<String> {
    let list = names.join(", ");
    let line = if let [name] = names { format!("use {module}::{name};") } else { format!("use {module}::{{{list}}};") };
    if line.len() <= width {
        return vec![line];
    }
    let mut lines = vec![format!("use {module}::{{")];
    lines.extend(filled(width, names.iter().map(|name| format!("{name},"))));
    lines.push("};".to_owned());
    lines
}

/// Returns indented lines with as many words as fit.
pub(super) fn filled(width: usize, words: impl Iterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut().filter(|line| line.len() + 1 + word.len() <= width) {
            Some(line) => line.extend([" ", &word]),
            None => lines.push(format!("    {word}")),
        }
    }
    lines
}

/// Returns the lines of a statement that is a chain of calls, broken as by rustfmt.
fn statement(start: &str, chain: &[String]) -> Vec<String> {
    let line = format!("{start}{};", chain.join("."));
    if line.len() <= WIDTH {
        return vec![line];
    }
    let Some((first, calls)) = chain.split_first() else { return Vec::new() };
    let first = format!("{start}{first}");
    let mut lines = broken(&first, usize::from(calls.is_empty()));
    for call in calls {
        let call = broken(&format!(".{call}"), 1 + "    ".len());
        lines.extend(call.into_iter().map(|line| format!("    {line}")));
    }
    if let Some(last) = lines.last_mut() {
        last.push(';');
    }
    lines
}

/// Breaks a call that is too long for a line: each argument is on its own line. `more` is the number of additional
/// characters in the line.
fn broken(call: &str, more: usize) -> Vec<String> {
    let inside = call.split_once('(').and_then(|(name, rest)| Some((name, rest.strip_suffix(')')?)));
    let Some((name, arguments)) = inside.filter(|_| call.len() + more > WIDTH) else { return vec![call.to_owned()] };
    let mut lines = vec![format!("{name}(")];
    lines.extend(split(arguments).into_iter().map(|argument| format!("    {argument},")));
    lines.push(")".to_owned());
    lines
}

/// Splits arguments at the commas that are outside brackets and strings.
fn split(arguments: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth, mut in_string, mut is_escaped) = (Vec::new(), 0, 0, false, false);
    for (at, letter) in arguments.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' if in_string => is_escaped = true,
            '"' => in_string = !in_string,
            _ if in_string => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(arguments[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(arguments[start..].trim());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use cognito_op_model::SERVICE;

    #[test]
    fn examples_print_no_redacted_users() {
        for name in ["AdminCreateUser", "AdminGetUser", "ListUsers", "ListUsersInGroup"] {
            let output = SERVICE.operation(name).and_then(|operation| operation.output).expect("a response");
            let shown = output.members.iter().find(|member| !is_text(member) && !is_token(member));
            let lines = printed(shown).join("\n");
            assert!(lines.contains(".as_deref()") && lines.contains("`Debug` redacts"), "{name}: {lines}");
        }
    }

    #[test]
    fn arguments_are_split_outside_brackets_and_strings() {
        assert_eq!(split(r#""a, \"(b", [c, d(e, f)], g"#), [r#""a, \"(b""#, "[c, d(e, f)]", "g"]);
    }

    #[test]
    fn long_statements_are_broken() {
        let chain = |calls: &[&str]| calls.iter().map(|call| (*call).to_owned()).collect::<Vec<_>>();
        assert_eq!(statement("let a = ", &chain(&["B::new(1)", "c(2)"])), ["let a = B::new(1).c(2);"]);
        let long = format!("new({:?}, 1)", "x".repeat(90));
        assert_eq!(statement("", &chain(&[&long, "c(2)"])).len(), 5);
    }
}

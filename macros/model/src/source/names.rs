//! The names and types of fields.

use crate::names::snake_case;
use crate::table::{AutoFill, Kind, Member, Shape};

/// How the types of structures and enums are named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TypeNames {
    /// `XType` is written `X`, unless the API has a different shape `X`.
    #[default]
    Short,
    /// As in the API.
    Api,
}

/// Returns the type that a user would write for a shape.
#[must_use]
pub fn rust_type(published: &Shape) -> String {
    named_type(published, TypeNames::Short)
}

/// Returns the type of a shape, with the names of structures and enums in that form.
pub(super) fn named_type(published: &Shape, names: TypeNames) -> String {
    let entry = |index| published.entry(index).map_or_else(|| "String".to_owned(), |entry| named_type(&entry, names));
    match published.kind {
        Kind::Boolean => "bool".to_owned(),
        Kind::Integer => "i32".to_owned(),
        Kind::Long => "i64".to_owned(),
        Kind::Timestamp => "SystemTime".to_owned(),
        Kind::Blob => "Vec<u8>".to_owned(),
        Kind::Document => "serde_json::Value".to_owned(),
        Kind::List => format!("Vec<{}>", entry(0)),
        Kind::Map => format!("BTreeMap<String, {}>", entry(1)),
        Kind::String => "String".to_owned(),
        Kind::Enum | Kind::Structure => type_name(published, names),
    }
}

/// Returns the name of a structure or enum.
pub(super) fn type_name(published: &Shape, names: TypeNames) -> String {
    if names == TypeNames::Api {
        return published.name.to_owned();
    }
    let short = published.name.strip_suffix("Type").unwrap_or(published.name);
    let is_same = published.model().shape(short).is_some_and(|found| found.name == published.name);
    if is_same { short } else { published.name }.to_owned()
}

/// Returns the name of the field for a member, with `r#` where it is a keyword.
pub(super) fn field_name(member: &str) -> String {
    /// The keywords of edition 2024 that a member could be called.
    const KEYWORDS: [&str; 49] = [
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
        "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
        "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type",
        "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "union",
    ];
    let name = snake_case(member);
    if KEYWORDS.contains(&name.as_str()) { format!("r#{name}") } else { name }
}

/// Returns the declaration of a field for a required member: `pub username: String`, or
/// `#[client_id] pub client_id: Option<String>` for a member that the client fills in. `visibility` is empty or ends with a
/// space.
#[must_use]
pub fn field(member: &Member, visibility: &str, auto_fill: Option<AutoFill>) -> String {
    let ty = member.shape().map_or_else(|| "String".to_owned(), |shape| rust_type(&shape));
    let name = field_name(member.name);
    match auto_fill {
        Some(value) => format!("#[{}] {visibility}{name}: Option<{ty}>", value.attribute()),
        None => format!("{visibility}{name}: {ty}"),
    }
}

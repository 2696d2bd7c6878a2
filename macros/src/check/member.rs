//! One member of a structure.

use super::advice;
use super::constraint::{Constraints, Place};
use crate::diagnostic::{Diagnostics, Message, nearest};
use crate::model::{self, Kind};
use crate::syntax::{self, Field, TypeKind, source};
use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Ident, LitStr, Type, Visibility};

/// The methods of an operation, which no setter may be called; a shape has only the first.
const METHODS: [&str; 4] = ["new", "send", "send_blocking", "validate"];

/// A checked member.
pub(crate) struct Member {
    pub(crate) ident: Ident,
    pub(crate) name: String,
    /// The name on the wire.
    pub(crate) wire: String,
    /// The type, or what stands in its `Option<…>`.
    pub(crate) ty: Type,
    pub(crate) optional: bool,
    pub(crate) sensitive: bool,
    pub(crate) constraints: Constraints,
    pub(crate) filled: Option<AutoFill>,
    /// What the compiler is asked, where the look of the type leaves open whether it fits.
    pub(crate) asked: Vec<Asked>,
    /// Whether a setter is generated; not where it would collide.
    pub(crate) setter: bool,
    /// The published member that a misspelt one seems to stand for.
    pub(super) meant: Option<&'static str>,
}

/// What the client fills in where the caller leaves it out, and the tokens that say so.
pub(crate) enum AutoFill {
    SecretHash(TokenStream),
    SecretHashEntry { at: TokenStream, key: String, username: String },
    ClientSecret(TokenStream),
}

impl AutoFill {
    pub(crate) fn at(&self) -> &TokenStream {
        match self {
            Self::SecretHash(at) | Self::SecretHashEntry { at, .. } | Self::ClientSecret(at) => at,
        }
    }
}

/// A question to the compiler: whether a type is that, and what to say if it is not.
pub(crate) struct Asked {
    pub(crate) expected: Expected,
    pub(crate) message: String,
    /// Asks about the entries of a list (0), or the keys (0) or values (1) of a map.
    pub(crate) entry: Option<usize>,
}

/// What a type may have to be.
pub(crate) enum Expected {
    /// Anything with a length.
    Measured,
    AnyList,
    AnyMap,
    String,
    Enum(&'static str),
    Boolean,
    Integer,
    Timestamp,
    Blob,
    Document,
    List(Box<Expected>),
    Map(Box<Expected>),
    /// A structure of one of those names.
    Structure(Vec<&'static str>),
}

impl Expected {
    fn of(shape: &model::Shape) -> Option<Self> {
        Some(match shape.kind {
            Kind::String => Self::String,
            Kind::Enum => Self::Enum(shape.name),
            Kind::Boolean => Self::Boolean,
            Kind::Integer | Kind::Long => Self::Integer,
            Kind::Timestamp => Self::Timestamp,
            Kind::Blob => Self::Blob,
            Kind::Document => Self::Document,
            Kind::List => Self::List(Box::new(Self::of(&shape.entry(0)?)?)),
            Kind::Map => Self::Map(Box::new(Self::of(&shape.entry(1)?)?)),
            Kind::Structure => Self::Structure(vec![shape.name]),
        })
    }
}

impl Member {
    pub(super) fn check(
        field: Field,
        published: Option<&model::Shape>,
        input: bool,
        operation: bool,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let Resolved { wire, known, meant } = resolve(&field, published, diagnostics);
        let target = known.and_then(|member| member.shape());
        let attributes = &field.attributes;
        if input && field.optional && known.is_some_and(|member| member.required) {
            let message = Message::OptionalRequired { member: wire.clone(), ty: source(&field.ty) };
            diagnostics.push(&field.written, message);
        }
        let methods = if operation { METHODS.as_slice() } else { &METHODS[..1] };
        let setter = field.optional && !methods.contains(&field.name.as_str());
        if field.optional && !setter {
            diagnostics.push(&field.ident, Message::MethodCollision { field: field.name.clone(), wire: wire.clone() });
        }
        let place = Place { member: &wire, ty: &field.ty, entry: None, published: target.as_ref() };
        Self {
            optional: field.optional,
            // What the service does not publish may be anything.
            sensitive: attributes.sensitive
                || target.as_ref().is_none_or(model::Shape::is_sensitive)
                || published.is_some_and(model::Shape::is_sensitive),
            constraints: Constraints::check(&attributes.constraints, &attributes.entries, place, diagnostics),
            filled: filled(&field, &wire, known.is_some(), diagnostics),
            asked: asked(&field, &wire, target.as_ref(), diagnostics),
            setter,
            meant,
            wire,
            ident: field.ident,
            name: field.name,
            ty: field.ty,
        }
    }

    /// The place of the type, for what the compiler has to say about it.
    pub(crate) fn type_span(&self) -> Span {
        self.ty.span()
    }
}

/// What a field is on the wire.
struct Resolved {
    wire: String,
    /// The published member of that name.
    known: Option<model::Member>,
    /// The published member that it seems to stand for, where there is none of that name.
    meant: Option<&'static str>,
}

/// Finds the member that a field is.
fn resolve(field: &Field, published: Option<&model::Shape>, diagnostics: &mut Diagnostics) -> Resolved {
    let mut meant = None;
    let explicit = field.attributes.member.as_ref().map(LitStr::value);
    let asked = published.filter(|_| !field.attributes.unmodeled);
    let known = asked.and_then(|shape| match &explicit {
        Some(wire) => shape.member_named(wire),
        None => shape.member(&field.name),
    });
    if let (Some(shape), None) = (asked, known) {
        // A field's name is compared with what fields would be called, a name of the wire with those of the wire.
        let name = |member: &model::Member| match explicit {
            Some(_) => member.name.to_owned(),
            None => snake_case(member.name),
        };
        let names: Vec<String> = shape.members.iter().map(name).collect();
        let written = explicit.as_ref().unwrap_or(&field.name);
        let near = nearest(written, names.iter().map(String::as_str));
        meant = near.first().and_then(|near| names.iter().position(|name| name == near));
        let advice = advice(written, &names, "mark it `#[unmodeled]` if the service has it all the same");
        let message = Message::UnknownMember { member: written.clone(), shape: shape.name.to_owned(), advice };
        match &field.attributes.member {
            Some(literal) => diagnostics.push(literal, message),
            None => diagnostics.push(&field.ident, message),
        }
    }
    let wire = match (explicit, known) {
        (Some(wire), _) => wire,
        (None, Some(known)) => known.name.to_owned(),
        (None, None) => pascal_case(&field.name),
    };
    let meant = meant.and_then(|index| Some(published?.members.get(index)?.name));
    Resolved { wire, known, meant }
}

/// Compares the look of a type with what the service has there, or with what its attributes are for. Where the look leaves
/// it open, the compiler is asked.
fn asked(field: &Field, wire: &str, target: Option<&model::Shape>, diagnostics: &mut Diagnostics) -> Vec<Asked> {
    let ty = &field.ty;
    if let Some(target) = target {
        let message = || Message::WrongKind {
            member: wire.to_owned(),
            kind: describe(target),
            ty: source(ty),
            fix: rust_type(target),
        };
        let expected = match holds(ty, target) {
            Some(true) => None,
            Some(false) => {
                diagnostics.push(ty, message());
                None
            }
            None => Expected::of(target),
        };
        let message = || match shape_within(target) {
            None => message(),
            Some(shape) => Message::WrongShape {
                member: wire.to_owned(),
                kind: describe(target),
                ty: source(ty),
                fix: rust_type(target),
                shape: shape.to_owned(),
            },
        };
        let ask = |expected| Asked { expected, message: message().to_string(), entry: None };
        return expected.map(ask).into_iter().collect();
    }
    let attributes = &field.attributes;
    let mut asked = Vec::new();
    if TypeKind::of(ty) == TypeKind::Other {
        let ty = source(ty);
        if let Some(hash) = &attributes.secret_hash {
            let map = hash.key.is_some() || hash.username.is_some();
            let expected = if map { Expected::AnyMap } else { Expected::String };
            let message = Message::SecretHashOnType { ty: ty.clone() }.to_string();
            asked.push(Asked { expected, message, entry: None });
        }
        if attributes.client_secret.is_some() {
            let message = Message::ClientSecretOnType { ty: ty.clone() }.to_string();
            asked.push(Asked { expected: Expected::String, message, entry: None });
        }
        asked.extend(asked_constraints(&attributes.constraints, &format!("`{ty}`"), None));
    }
    let arguments = syntax::arguments(ty);
    for entries in &attributes.entries {
        let which = usize::from(entries.name == "values");
        if TypeKind::of(ty) == TypeKind::Other {
            let (expected, fits) = match entries.name {
                "each" => (Expected::AnyList, "a `Vec`"),
                _ => (Expected::AnyMap, "a map"),
            };
            let (attribute, fits) = (entries.name.to_owned(), fits.to_owned());
            let message = Message::EntriesOnType { attribute, ty: source(ty), fits }.to_string();
            asked.push(Asked { expected, message, entry: None });
            let what = format!("{} of `{}`", entries.one(), source(ty));
            asked.extend(asked_constraints(&entries.constraints, &what, Some(which)));
        }
        if let Some(entry) = arguments.get(which).filter(|entry| TypeKind::of(entry) == TypeKind::Other) {
            asked.extend(asked_constraints(&entries.constraints, &format!("`{}`", source(entry)), Some(which)));
        }
    }
    asked
}

/// Whether constraints can be checked of a type whose look does not tell.
fn asked_constraints(constraints: &syntax::Constraints, what: &str, entry: Option<usize>) -> Vec<Asked> {
    let what = || what.to_owned();
    let questions = [
        (constraints.len.is_some(), Expected::Measured, Message::LenOnType { what: what() }),
        (constraints.pattern.is_some(), Expected::String, Message::PatternOnType { what: what() }),
        (constraints.range.is_some(), Expected::Integer, Message::RangeOnType { what: what() }),
    ];
    let asked = questions.into_iter().filter(|(is_there, ..)| *is_there);
    asked.map(|(_, expected, message)| Asked { expected, message: message.to_string(), entry }).collect()
}

/// What the response of an operation has to be.
pub(super) fn asked_response(target: &str, output: &'static str, ty: &TokenStream) -> Asked {
    let message = Message::WrongResponse {
        target: target.to_owned(),
        kind: format!("a structure, `{output}`"),
        ty: source(ty),
        shape: output.to_owned(),
    };
    // A response that several operations have in common need be declared but once.
    Asked { expected: Expected::Structure(model::alike(output)), message: message.to_string(), entry: None }
}

/// The kind of a shape in words, with its name where that tells more.
pub(super) fn describe(shape: &model::Shape) -> String {
    let kind = shape.kind.described();
    match shape.kind {
        Kind::Structure | Kind::Enum => format!("{kind}, `{}`", shape.name),
        Kind::List => match shape.entry(0) {
            Some(entry) => format!("{kind} of `{}`", entry.name),
            None => kind.to_owned(),
        },
        Kind::Map => match shape_within(shape) {
            Some(entry) => format!("{kind} to `{entry}`"),
            None => kind.to_owned(),
        },
        _ => kind.to_owned(),
    }
}

/// The structure or enum that something is, or is made of.
pub(super) fn shape_within(shape: &model::Shape) -> Option<&'static str> {
    match shape.kind {
        Kind::Structure | Kind::Enum => Some(shape.name),
        Kind::List => shape_within(&shape.entry(0)?),
        Kind::Map => shape_within(&shape.entry(1)?),
        _ => None,
    }
}

/// Whether a type of this look can hold that; `None` where its name does not tell.
pub(super) fn holds(ty: &Type, published: &model::Shape) -> Option<bool> {
    let entries = |which: usize| {
        let arguments = syntax::arguments(ty);
        match (arguments.get(which), published.entry(which)) {
            (Some(ty), Some(shape)) => holds(ty, &shape),
            _ => None,
        }
    };
    match TypeKind::of(ty) {
        TypeKind::String => Some(published.kind.is_text()),
        TypeKind::Boolean => Some(published.kind == Kind::Boolean),
        TypeKind::Integer => Some(matches!(published.kind, Kind::Integer | Kind::Long)),
        TypeKind::Timestamp => Some(published.kind == Kind::Timestamp),
        TypeKind::Blob => Some(published.kind == Kind::Blob),
        TypeKind::List if published.kind == Kind::List => entries(0),
        TypeKind::Map if published.kind == Kind::Map => entries(1),
        TypeKind::List | TypeKind::Map | TypeKind::OtherNumber => Some(false),
        TypeKind::Other => None,
    }
}

fn filled(field: &Field, wire: &str, known: bool, diagnostics: &mut Diagnostics) -> Option<AutoFill> {
    let attributes = &field.attributes;
    let kind = TypeKind::of(&field.ty);
    let marked = [
        ("client_secret", attributes.client_secret.as_ref(), ["ClientSecret"].as_slice(), "`ClientSecret`"),
        (
            "secret_hash",
            attributes.secret_hash.as_ref().map(|hash| &hash.at),
            &["SecretHash", "AuthParameters", "ChallengeResponses"],
            "`SecretHash`, or on the maps `AuthParameters` and `ChallengeResponses`",
        ),
    ];
    for (attribute, at, members, carriers) in marked {
        if let Some(at) = at.filter(|_| known && !members.contains(&wire)) {
            let (attribute, carriers) = (attribute.to_owned(), carriers.to_owned());
            diagnostics.push(at, Message::SecretHashMember { attribute, member: wire.to_owned(), carriers });
            return None;
        }
    }
    let optional_text = field.optional && matches!(kind, TypeKind::String | TypeKind::Other);
    if let Some(at) = &attributes.client_secret {
        if optional_text && attributes.secret_hash.is_none() {
            return Some(AutoFill::ClientSecret(at.clone()));
        }
        diagnostics.push(&field.written, Message::ClientSecretOnType { ty: source(&field.written) });
    }
    let Some(hash) = &attributes.secret_hash else {
        // What the service calls so is nothing else, whether it is marked or not.
        let is_hash = known && wire == "SecretHash" && field.optional && kind == TypeKind::String;
        return is_hash.then(|| AutoFill::SecretHash(field.ident.to_token_stream()));
    };
    let named = hash.key.is_some() || hash.username.is_some();
    if kind == TypeKind::Map || (named && kind == TypeKind::Other) {
        let value = |literal: &Option<LitStr>, default: &str| {
            literal.as_ref().map_or_else(|| default.to_owned(), LitStr::value)
        };
        return Some(AutoFill::SecretHashEntry {
            at: hash.at.clone(),
            key: value(&hash.key, "SECRET_HASH"),
            username: value(&hash.username, "USERNAME"),
        });
    }
    if optional_text {
        if named {
            diagnostics.push(&hash.at, Message::SecretHashForm {});
        }
        return Some(AutoFill::SecretHash(hash.at.clone()));
    }
    diagnostics.push(&field.written, Message::SecretHashOnType { ty: source(&field.written) });
    None
}

/// The line that declares a published member, as visible as the struct.
pub(super) fn line(member: &model::Member, vis: &Visibility) -> String {
    let vis = match vis {
        Visibility::Inherited => String::new(),
        Visibility::Public(_) => "pub ".to_owned(),
        Visibility::Restricted(within) => format!("pub({}) ", source(&within.path)),
    };
    let ty = member.shape().map_or_else(|| "String".to_owned(), |shape| rust_type(&shape));
    format!("    {vis}{}: {ty},", snake_case(member.name))
}

/// The type one would write for a shape.
pub(super) fn rust_type(shape: &model::Shape) -> String {
    let entry = |which| shape.entry(which).map_or_else(|| "String".to_owned(), |entry| rust_type(&entry));
    match shape.kind {
        Kind::Boolean => "bool".to_owned(),
        Kind::Integer => "i32".to_owned(),
        Kind::Long => "i64".to_owned(),
        Kind::Timestamp => "SystemTime".to_owned(),
        Kind::Blob => "Vec<u8>".to_owned(),
        Kind::Document => "serde_json::Value".to_owned(),
        Kind::List => format!("Vec<{}>", entry(0)),
        Kind::Map => format!("BTreeMap<String, {}>", entry(1)),
        Kind::String => "String".to_owned(),
        // Some shapes are called like others but for the end.
        Kind::Enum | Kind::Structure => {
            let short = shape.name.strip_suffix("Type").unwrap_or(shape.name);
            let is_meant = model::shape(short).is_some_and(|found| found.name == shape.name);
            if is_meant { short } else { shape.name }.to_owned()
        }
    }
}

/// `client_id` → `ClientId`.
fn pascal_case(field: &str) -> String {
    let words = field.split('_').filter(|word| !word.is_empty());
    words
        .flat_map(|word| {
            let mut letters = word.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters)
        })
        .collect()
}

/// `UserMFASettingList` → `user_mfa_setting_list`.
pub(crate) fn snake_case(wire: &str) -> String {
    let letters: Vec<char> = wire.chars().collect();
    let mut name = String::with_capacity(wire.len() + 4);
    for (i, letter) in letters.iter().enumerate() {
        let after_lower = i > 0 && !letters[i - 1].is_uppercase();
        let before_lower = letters.get(i + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && i > 0 && (after_lower || before_lower) {
            name.push('_');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_to_the_wire_and_back() {
        assert_eq!(pascal_case("client_id"), "ClientId");
        assert_eq!(pascal_case("type"), "Type");
        assert_eq!(snake_case("ClientId"), "client_id");
        assert_eq!(snake_case("UserMFASettingList"), "user_mfa_setting_list");
        assert_eq!(snake_case("CSVHeader"), "csv_header");
    }
}

//! One member of a structure.

use super::advice;
use crate::diagnostic::{Diagnostics, Message};
use crate::model::{self, Kind};
use crate::pattern::{self, Matcher};
use crate::syntax::{Bare, Field, Length, TypeKind, source};
use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Attribute, Ident, LitStr, Type};

/// The methods that every operation or structure has, which no setter may be called.
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
    pub(crate) length: Option<Length>,
    pub(crate) pattern: Option<Pattern>,
    pub(crate) secret_hash: Option<Attribute>,
    /// Whether a setter is generated; not where it would collide.
    pub(crate) setter: bool,
}

/// A pattern as written and as it will be matched.
pub(crate) struct Pattern {
    pub(crate) text: String,
    pub(crate) matcher: Matcher,
}

impl Member {
    pub(super) fn check(
        field: Field,
        published: Option<&model::Shape>,
        input: bool,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let attributes = field.attributes;
        let asked = published.filter(|_| attributes.unmodeled.is_none());
        let explicit = attributes.member.as_ref().map(LitStr::value);
        let known = asked.and_then(|shape| match &explicit {
            Some(wire) => shape.member_named(wire),
            None => shape.member(&field.name),
        });
        let wire = match (&explicit, known) {
            (Some(wire), _) => wire.clone(),
            (None, Some(known)) => known.name.to_owned(),
            (None, None) => pascal_case(&field.name),
        };
        if let (Some(shape), None) = (asked, known) {
            // A field's name is compared with what fields would be called, a name of the wire with those of the wire.
            let name = |member: &model::Member| match explicit {
                Some(_) => member.name.to_owned(),
                None => snake_case(member.name),
            };
            let names: Vec<String> = shape.members.iter().map(name).collect();
            let written = explicit.as_ref().unwrap_or(&field.name);
            let advice = advice(written, &names, "mark it `#[unmodeled]` if the service has it all the same");
            let message = Message::UnknownMember { member: written.clone(), shape: shape.name.to_owned(), advice };
            match &attributes.member {
                Some(literal) => diagnostics.push(literal, message),
                None => diagnostics.push(&field.ident, message),
            }
        }
        let target = known.and_then(|member| member.shape());
        let kind = TypeKind::of(&field.ty);
        if let Some(target) = &target
            && !holds(kind, target.kind)
        {
            let message = Message::WrongKind {
                member: wire.clone(),
                kind: target.kind.described().to_owned(),
                ty: source(&field.ty),
            };
            diagnostics.push(&field.ty, message);
        }
        if input && field.optional && known.is_some_and(|member| member.required) {
            let message = Message::OptionalRequired { member: wire.clone(), ty: source(&field.ty) };
            diagnostics.push(&field.written, message);
        }

        let mut member = Self {
            wire,
            optional: field.optional,
            // What the service does not publish may be anything.
            sensitive: attributes.sensitive.is_some()
                || target.as_ref().is_none_or(model::Shape::is_sensitive)
                || published.is_some_and(model::Shape::is_sensitive),
            length: None,
            pattern: None,
            setter: field.optional && !METHODS.contains(&field.name.as_str()),
            secret_hash: None,
            ident: field.ident,
            name: field.name,
            ty: field.ty,
        };
        if field.optional && !member.setter {
            diagnostics.push(&member.ident, Message::MethodCollision { field: member.name.clone() });
        }
        if let Some((attr, length)) = attributes.len {
            member.length = member.check_length(&attr, &length, kind, target.as_ref(), diagnostics);
        }
        if let Some((attr, pattern)) = attributes.pattern {
            member.pattern = member.check_pattern(&attr, &pattern, kind, target.as_ref(), diagnostics);
        }
        if let Some(attr) = attributes.secret_hash {
            if field.optional && matches!(kind, TypeKind::String | TypeKind::Other) {
                member.secret_hash = Some(attr);
            } else {
                diagnostics.push(&field.written, Message::SecretHashOnType { ty: source(&field.written) });
            }
        }
        member
    }

    fn check_length(
        &self,
        attr: &Attribute,
        length: &Bare<Length>,
        kind: TypeKind,
        target: Option<&model::Shape>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Length> {
        if matches!(kind, TypeKind::Boolean | TypeKind::Integer | TypeKind::OtherNumber) {
            diagnostics.push(&attr.meta, Message::LenOnType { ty: source(&self.ty) });
            return None;
        }
        let published =
            target.map_or(Length { min: None, max: None }, |shape| Length { min: shape.min, max: shape.max });
        match length {
            Bare::Written(written) => {
                self.compare(attr, *written, published, diagnostics);
                Some(*written)
            }
            Bare::Published if published.min.is_none() && published.max.is_none() => {
                let (what, member) = ("length".to_owned(), self.wire.clone());
                diagnostics.push(&attr.meta, Message::NothingPublished { what, member });
                None
            }
            Bare::Published => Some(published),
        }
    }

    /// A bound that lets more through than the service does; one that is not written at all is not checked.
    fn compare(&self, attr: &Attribute, written: Length, published: Length, diagnostics: &mut Diagnostics) {
        let mut looser = |bound: String, published: String| {
            let message = Message::LooserLength { member: self.wire.clone(), bound, published };
            diagnostics.push(&attr.meta, message);
        };
        if let (Some(min), Some(published)) = (written.min, published.min)
            && min < published
        {
            looser(format!("a minimum of {min}"), format!("a minimum length of {published}"));
        }
        if let (Some(max), Some(published)) = (written.max, published.max)
            && max > published
        {
            looser(format!("a maximum of {max}"), format!("a maximum length of {published}"));
        }
    }

    fn check_pattern(
        &self,
        attr: &Attribute,
        pattern: &Bare<LitStr>,
        kind: TypeKind,
        target: Option<&model::Shape>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Pattern> {
        if !matches!(kind, TypeKind::String | TypeKind::Other) {
            diagnostics.push(&attr.meta, Message::PatternOnType { ty: source(&self.ty) });
            return None;
        }
        let (text, at) = match (pattern, target.and_then(|shape| shape.pattern)) {
            (Bare::Written(literal), _) => (literal.value(), literal.to_token_stream()),
            (Bare::Published, Some(published)) => (published.to_owned(), attr.meta.to_token_stream()),
            (Bare::Published, None) => {
                let (what, member) = ("pattern".to_owned(), self.wire.clone());
                diagnostics.push(&attr.meta, Message::NothingPublished { what, member });
                return None;
            }
        };
        match pattern::compile(&text) {
            Ok(matcher) => Some(Pattern { text, matcher }),
            Err(message) => {
                diagnostics.push(at, message);
                None
            }
        }
    }

    /// The place of the type, for what the compiler has to say about it.
    pub(crate) fn type_span(&self) -> Span {
        self.ty.span()
    }
}

/// Whether a type of this look can hold a member of that kind; in doubt it can, and the runtime's traits decide.
fn holds(ty: TypeKind, published: Kind) -> bool {
    match ty {
        TypeKind::String => published.is_text(),
        TypeKind::Boolean => published == Kind::Boolean,
        TypeKind::Integer => matches!(published, Kind::Integer | Kind::Long),
        TypeKind::OtherNumber => false,
        TypeKind::List => published == Kind::List,
        TypeKind::Map => published == Kind::Map,
        TypeKind::Other => true,
    }
}

/// The line that declares a published member.
pub(super) fn line(member: &model::Member) -> String {
    let ty = match member.shape() {
        Some(shape) => match shape.kind {
            Kind::Boolean => "bool".to_owned(),
            Kind::Integer => "i32".to_owned(),
            Kind::Long => "i64".to_owned(),
            Kind::List => "Vec<…>".to_owned(),
            Kind::Map => "BTreeMap<String, String>".to_owned(),
            Kind::String => "String".to_owned(),
            _ => shape.name.strip_suffix("Type").unwrap_or(shape.name).to_owned(),
        },
        None => "String".to_owned(),
    };
    format!("    pub {}: {ty},", snake_case(member.name))
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

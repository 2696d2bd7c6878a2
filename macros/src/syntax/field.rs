//! The attributes of a field or variant.

use super::chunks;
use crate::diagnostic::{Diagnostics, Message};
use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, Ident, LitInt, LitStr, Meta, Token};

/// The names a field's attribute can have.
const KNOWN: [&str; 6] = ["len", "pattern", "member", "sensitive", "secret_hash", "unmodeled"];

/// The attributes of one field, each at most once.
#[derive(Default)]
pub(crate) struct Attributes {
    pub(crate) len: Option<(Attribute, Bare<Length>)>,
    pub(crate) pattern: Option<(Attribute, Bare<LitStr>)>,
    pub(crate) member: Option<LitStr>,
    pub(crate) sensitive: Option<Attribute>,
    pub(crate) secret_hash: Option<Attribute>,
    pub(crate) unmodeled: Option<Attribute>,
}

/// What an attribute says, or nothing where it asks for what the service publishes.
pub(crate) enum Bare<T> {
    Published,
    Written(T),
}

/// A length, both ends inclusive.
#[derive(Clone, Copy)]
pub(crate) struct Length {
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
}

/// Which of the field attributes this is.
pub(crate) fn known(attr: &Attribute) -> Option<&'static str> {
    KNOWN.into_iter().find(|name| attr.path().is_ident(name))
}

pub(crate) fn misplaced(attribute: &str, place: &str) -> Message {
    Message::MisplacedAttribute { attribute: attribute.to_owned(), place: place.to_owned() }
}

impl Attributes {
    pub(crate) fn parse(attrs: &[Attribute], diagnostics: &mut Diagnostics) -> Self {
        let mut attributes = Self::default();
        for attr in attrs {
            if let Some(name) = known(attr) {
                attributes.take(name, attr, diagnostics);
            }
        }
        attributes
    }

    /// Those of a variant, which has a name on the wire and nothing to check.
    pub(crate) fn parse_variant(attrs: &[Attribute], diagnostics: &mut Diagnostics) -> Self {
        let (named, other): (Vec<_>, Vec<_>) =
            attrs.iter().cloned().partition(|attr| attr.path().is_ident("member") || attr.path().is_ident("unmodeled"));
        for attr in &other {
            if let Some(name) = known(attr) {
                diagnostics.push(attr, misplaced(name, "a field"));
            }
        }
        Self::parse(&named, diagnostics)
    }

    fn take(&mut self, name: &'static str, attr: &Attribute, diagnostics: &mut Diagnostics) {
        let twice = match name {
            "len" => self.len.is_some(),
            "pattern" => self.pattern.is_some(),
            "member" => self.member.is_some(),
            "sensitive" => self.sensitive.is_some(),
            "secret_hash" => self.secret_hash.is_some(),
            _ => self.unmodeled.is_some(),
        };
        if twice {
            diagnostics.push(attr, Message::DuplicateAttribute { attribute: name.to_owned() });
            return;
        }
        match name {
            "len" => match arguments(attr, length) {
                Some(Bare::Written(Length { min: Some(min), max: Some(max) })) if min > max => {
                    let (min, max) = (min.to_string(), max.to_string());
                    diagnostics.push(&attr.meta, Message::LenReversed { min, max });
                }
                Some(len) => self.len = Some((attr.clone(), len)),
                None => diagnostics.push(&attr.meta, Message::LenForm {}),
            },
            "pattern" => match arguments(attr, |tokens| syn::parse2(tokens).ok()) {
                Some(pattern) => self.pattern = Some((attr.clone(), pattern)),
                None => diagnostics.push(&attr.meta, Message::PatternForm {}),
            },
            "member" => match arguments(attr, |tokens| syn::parse2::<LitStr>(tokens).ok()) {
                Some(Bare::Written(name)) if !name.value().is_empty() => self.member = Some(name),
                _ => diagnostics.push(&attr.meta, Message::MemberForm {}),
            },
            flag => {
                if !matches!(attr.meta, Meta::Path(_)) {
                    diagnostics.push(&attr.meta, Message::FlagForm { attribute: flag.to_owned() });
                }
                let place = match flag {
                    "sensitive" => &mut self.sensitive,
                    "secret_hash" => &mut self.secret_hash,
                    _ => &mut self.unmodeled,
                };
                *place = Some(attr.clone());
            }
        }
    }
}

/// The arguments of an attribute, read by `parse`; `None` where they have the wrong form.
fn arguments<T>(attr: &Attribute, parse: impl FnOnce(TokenStream) -> Option<T>) -> Option<Bare<T>> {
    match &attr.meta {
        Meta::Path(_) => Some(Bare::Published),
        Meta::List(list) => parse(list.tokens.clone()).map(Bare::Written),
        Meta::NameValue(_) => None,
    }
}

fn length(tokens: TokenStream) -> Option<Length> {
    let mut length = Length { min: None, max: None };
    let chunks = chunks(tokens);
    if let [one] = chunks.as_slice()
        && let Ok(exact) = syn::parse2::<LitInt>(one.clone())
    {
        let exact = exact.base10_parse().ok()?;
        return Some(Length { min: Some(exact), max: Some(exact) });
    }
    if let [min, max] = chunks.as_slice()
        && let (Ok(min), Ok(max)) = (syn::parse2::<LitInt>(min.clone()), syn::parse2::<LitInt>(max.clone()))
    {
        return Some(Length { min: Some(min.base10_parse().ok()?), max: Some(max.base10_parse().ok()?) });
    }
    for chunk in &chunks {
        let (name, bound) = named.parse2(chunk.clone()).ok()?;
        let place = match name.to_string().as_str() {
            "min" => &mut length.min,
            "max" => &mut length.max,
            _ => return None,
        };
        if place.replace(bound).is_some() {
            return None;
        }
    }
    (!chunks.is_empty()).then_some(length)
}

fn named(input: ParseStream<'_>) -> syn::Result<(Ident, u64)> {
    let name = Ident::parse(input)?;
    input.parse::<Token![=]>()?;
    Ok((name, LitInt::parse(input)?.base10_parse()?))
}

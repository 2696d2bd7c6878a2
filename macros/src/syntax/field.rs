//! The attributes of a field or variant.

use super::chunks;
use crate::diagnostic::{Diagnostics, Message};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, Ident, LitInt, LitStr, Meta, Token};

/// The names a field's attribute can have.
const KNOWN: [&str; 11] = [
    "len",
    "pattern",
    "range",
    "each",
    "keys",
    "values",
    "member",
    "sensitive",
    "secret_hash",
    "client_secret",
    "unmodeled",
];

/// The attributes of one field, each at most once.
#[derive(Default)]
pub(crate) struct Attributes {
    /// What is checked of the value itself.
    pub(crate) constraints: Constraints,
    /// What is checked of the entries of a list, the keys of a map and the values of a map.
    pub(crate) entries: Vec<Entries>,
    pub(crate) member: Option<LitStr>,
    pub(crate) sensitive: bool,
    pub(crate) secret_hash: Option<SecretHash>,
    pub(crate) client_secret: Option<TokenStream>,
    pub(crate) unmodeled: bool,
}

/// Constraints as written.
#[derive(Default)]
pub(crate) struct Constraints {
    pub(crate) len: Option<Written<Bounds<u64>>>,
    pub(crate) pattern: Option<Written<LitStr>>,
    pub(crate) range: Option<Written<Bounds<i64>>>,
}

/// `#[each(…)]`, `#[keys(…)]` or `#[values(…)]`.
pub(crate) struct Entries {
    pub(crate) name: &'static str,
    pub(crate) at: TokenStream,
    pub(crate) constraints: Constraints,
}

impl Entries {
    /// What it constrains, in words.
    pub(crate) fn one(&self) -> &'static str {
        match self.name {
            "each" => "an entry",
            "keys" => "a key",
            _ => "a value",
        }
    }
}

/// A constraint and the tokens it stands in.
pub(crate) struct Written<T> {
    pub(crate) at: TokenStream,
    /// `None` asks for what the service publishes.
    pub(crate) value: Option<T>,
}

/// A smallest and a largest, both inclusive.
#[derive(Clone, Copy)]
pub(crate) struct Bounds<N> {
    pub(crate) min: Option<N>,
    pub(crate) max: Option<N>,
}

/// `#[secret_hash]`, on a string or on a map.
pub(crate) struct SecretHash {
    pub(crate) at: TokenStream,
    pub(crate) key: Option<LitStr>,
    pub(crate) username: Option<LitStr>,
}

/// What follows the name of an attribute or constraint.
enum Arguments {
    None,
    List(TokenStream),
    /// Anything else, such as `= 3`.
    Other,
}

/// Which of the field attributes this is.
pub(crate) fn known(attr: &Attribute) -> Option<&'static str> {
    let name = attr.path().get_ident()?.unraw();
    KNOWN.into_iter().find(|known| name == known)
}

pub(crate) fn misplaced(attribute: &str, place: &str) -> Message {
    Message::MisplacedAttribute { attribute: attribute.to_owned(), place: place.to_owned() }
}

impl Attributes {
    pub(crate) fn parse(attrs: &[Attribute], diagnostics: &mut Diagnostics) -> Self {
        let mut attributes = Self::default();
        let mut seen = Vec::new();
        for attr in attrs {
            let Some(name) = known(attr) else { continue };
            if seen.contains(&name) {
                diagnostics.push(attr, Message::DuplicateAttribute { attribute: name.to_owned() });
            } else {
                seen.push(name);
                attributes.take(name, &attr.meta, diagnostics);
            }
        }
        attributes
    }

    /// Those of a variant, which has a name on the wire and nothing to check.
    pub(crate) fn parse_variant(attrs: &[Attribute], diagnostics: &mut Diagnostics) -> Self {
        let (named, other): (Vec<_>, Vec<_>) =
            attrs.iter().cloned().partition(|attr| matches!(known(attr), Some("member" | "unmodeled")));
        for attr in &other {
            if let Some(name) = known(attr) {
                diagnostics.push(attr, misplaced(name, "a field"));
            }
        }
        Self::parse(&named, diagnostics)
    }

    fn take(&mut self, name: &'static str, meta: &Meta, diagnostics: &mut Diagnostics) {
        let arguments = match meta {
            Meta::Path(_) => Arguments::None,
            Meta::List(list) => Arguments::List(list.tokens.clone()),
            Meta::NameValue(_) => Arguments::Other,
        };
        let at = meta.to_token_stream();
        match name {
            "len" | "pattern" | "range" => self.constraints.take(name, at, arguments, diagnostics),
            "each" | "keys" | "values" => match arguments {
                Arguments::List(tokens) if !tokens.is_empty() => {
                    let constraints = Constraints::parse(name, tokens, diagnostics);
                    self.entries.push(Entries { name, at, constraints });
                }
                _ => diagnostics.push(at, Message::EntriesForm { attribute: name.to_owned() }),
            },
            "member" => {
                let name = match arguments {
                    Arguments::List(tokens) => syn::parse2::<LitStr>(tokens).ok(),
                    _ => None,
                };
                match name.filter(|name| !name.value().is_empty()) {
                    Some(name) => self.member = Some(name),
                    None => diagnostics.push(at, Message::MemberForm {}),
                }
            }
            "secret_hash" => {
                let mut hash = SecretHash { at: at.clone(), key: None, username: None };
                let understood = match arguments {
                    Arguments::None => true,
                    Arguments::List(tokens) => hash.read(tokens).is_some(),
                    Arguments::Other => false,
                };
                if !understood {
                    diagnostics.push(at, Message::SecretHashForm {});
                }
                self.secret_hash = Some(hash);
            }
            flag => {
                if !matches!(arguments, Arguments::None) {
                    diagnostics.push(&at, Message::FlagForm { attribute: flag.to_owned() });
                }
                match flag {
                    "sensitive" => self.sensitive = true,
                    "client_secret" => self.client_secret = Some(at),
                    _ => self.unmodeled = true,
                }
            }
        }
    }
}

impl SecretHash {
    fn read(&mut self, tokens: TokenStream) -> Option<()> {
        for chunk in chunks(tokens) {
            let (name, value): (Ident, LitStr) = named.parse2(chunk).ok()?;
            let place = match name.to_string().as_str() {
                "key" => &mut self.key,
                "username" => &mut self.username,
                _ => return None,
            };
            if place.replace(value).is_some() {
                return None;
            }
        }
        Some(())
    }
}

impl Constraints {
    /// What stands between the parentheses of `#[each(…)]` and the like.
    fn parse(attribute: &str, tokens: TokenStream, diagnostics: &mut Diagnostics) -> Self {
        let mut constraints = Self::default();
        let mut seen: Vec<String> = Vec::new();
        for chunk in chunks(tokens) {
            let name = match nested.parse2(chunk.clone()) {
                Ok((name, arguments)) if ["len", "pattern", "range"].iter().any(|known| name == known) => {
                    let text = name.to_string();
                    if seen.contains(&text) {
                        diagnostics.push(&chunk, Message::DuplicateAttribute { attribute: text });
                        continue;
                    }
                    constraints.take(&text, chunk, arguments, diagnostics);
                    text
                }
                _ => {
                    diagnostics.push(&chunk, Message::EntriesForm { attribute: attribute.to_owned() });
                    continue;
                }
            };
            seen.push(name);
        }
        constraints
    }

    fn take(&mut self, name: &str, at: TokenStream, arguments: Arguments, diagnostics: &mut Diagnostics) {
        match name {
            "len" => match read(arguments, bounds::<u64>) {
                Some(value) => match value.and_then(Bounds::reversed) {
                    Some((min, max)) => diagnostics.push(at, Message::LenReversed { min, max }),
                    None => self.len = Some(Written { at, value }),
                },
                None => diagnostics.push(at, Message::LenForm {}),
            },
            "range" => match read(arguments, bounds::<i64>) {
                Some(value) => match value.and_then(Bounds::reversed) {
                    Some((min, max)) => diagnostics.push(at, Message::RangeReversed { min, max }),
                    None => self.range = Some(Written { at, value }),
                },
                None => diagnostics.push(at, Message::RangeForm {}),
            },
            _ => match read(arguments, |tokens| syn::parse2::<LitStr>(tokens).ok()) {
                Some(value) => {
                    let at = value.as_ref().map_or(at, ToTokens::to_token_stream);
                    self.pattern = Some(Written { at, value });
                }
                None => diagnostics.push(at, Message::PatternForm {}),
            },
        }
    }
}

impl<N: PartialOrd + ToString> Bounds<N> {
    fn reversed(self) -> Option<(String, String)> {
        let (min, max) = (self.min?, self.max?);
        (min > max).then(|| (min.to_string(), max.to_string()))
    }
}

/// The arguments as `parse` reads them; outside `None` where they have the wrong form, inside where there are none.
#[allow(clippy::option_option)]
fn read<T>(arguments: Arguments, parse: impl FnOnce(TokenStream) -> Option<T>) -> Option<Option<T>> {
    match arguments {
        Arguments::None => Some(None),
        Arguments::List(tokens) => parse(tokens).map(Some),
        Arguments::Other => None,
    }
}

/// A number literal, with its sign.
struct Number<N>(N);

impl<N: std::str::FromStr<Err: std::fmt::Display>> Parse for Number<N> {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let minus = input.parse::<Option<Token![-]>>()?;
        let digits: LitInt = input.parse()?;
        if !digits.suffix().is_empty() {
            return Err(input.error("a number without a type"));
        }
        let sign = if minus.is_some() { "-" } else { "" };
        let number = format!("{sign}{}", digits.base10_digits()).parse();
        number.map(Number).map_err(|error| input.error(error))
    }
}

/// `1, 128`, `min = 1`, `max = 128`, both by name, or `6` for exactly that.
fn bounds<N: Copy + std::str::FromStr<Err: std::fmt::Display>>(tokens: TokenStream) -> Option<Bounds<N>> {
    let number = |tokens: &TokenStream| syn::parse2::<Number<N>>(tokens.clone()).ok().map(|number| number.0);
    let chunks = chunks(tokens);
    match chunks.as_slice() {
        [one] if number(one).is_some() => return Some(Bounds { min: number(one), max: number(one) }),
        [min, max] if number(min).is_some() => return Some(Bounds { min: number(min), max: Some(number(max)?) }),
        [] => return None,
        _ => {}
    }
    let mut bounds = Bounds { min: None, max: None };
    for chunk in &chunks {
        let (name, bound): (Ident, Number<N>) = named.parse2(chunk.clone()).ok()?;
        let place = match name.to_string().as_str() {
            "min" => &mut bounds.min,
            "max" => &mut bounds.max,
            _ => return None,
        };
        if place.replace(bound.0).is_some() {
            return None;
        }
    }
    Some(bounds)
}

/// `name = value`
fn named<T: Parse>(input: ParseStream<'_>) -> syn::Result<(Ident, T)> {
    let name = input.call(Ident::parse_any)?;
    input.parse::<Token![=]>()?;
    Ok((name, input.parse()?))
}

/// `name` or `name(arguments)`
fn nested(input: ParseStream<'_>) -> syn::Result<(Ident, Arguments)> {
    let name = input.call(Ident::parse_any)?;
    if input.is_empty() {
        return Ok((name, Arguments::None));
    }
    match input.parse()? {
        TokenTree::Group(group) if input.is_empty() => Ok((name, Arguments::List(group.stream()))),
        _ => {
            input.parse::<TokenStream>()?;
            Ok((name, Arguments::Other))
        }
    }
}

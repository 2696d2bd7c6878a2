//! The constraints `len`, `pattern` and `range`, as attributes and as arguments of `each`, `keys` and `values`.

use super::field_attribute::FieldAttribute;
use super::tokens::{chunks, name_and_rest, named};
use crate::diagnostic::{Diagnostics, Message};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::fmt::Display;
use std::str::FromStr;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitInt, LitStr, Token};

/// The constraints as written.
#[derive(Default)]
pub(crate) struct Constraints {
    pub(crate) len: Option<Written<Bounds<u64>>>,
    pub(crate) pattern: Option<Written<LitStr>>,
    pub(crate) range: Option<Written<Bounds<i64>>>,
}

/// A constraint and its tokens.
pub(crate) struct Written<T> {
    pub(crate) at: TokenStream,
    /// `None` stands for the constraint that the service publishes.
    pub(crate) value: Option<T>,
}

/// A minimum and a maximum, both inclusive.
#[derive(Clone, Copy)]
pub(crate) struct Bounds<N> {
    pub(crate) min: Option<N>,
    pub(crate) max: Option<N>,
}

/// The tokens after the name of an attribute or constraint.
pub(super) enum Arguments {
    None,
    List(TokenStream),
    /// Anything else, such as `= 3`.
    Other,
}

/// Arguments that do not have the form of the constraint.
struct Malformed;

impl Arguments {
    /// Parses the arguments in parentheses, if any.
    fn parse<T>(self, parse: impl FnOnce(TokenStream) -> Option<T>) -> Result<Option<T>, Malformed> {
        match self {
            Self::None => Ok(None),
            Self::List(tokens) => parse(tokens).map(Some).ok_or(Malformed),
            Self::Other => Err(Malformed),
        }
    }
}

impl Constraints {
    /// Parses the arguments of `#[each(…)]`, `#[keys(…)]` or `#[values(…)]`.
    pub(super) fn parse(tokens: TokenStream, malformed: impl Fn() -> Message, diagnostics: &mut Diagnostics) -> Self {
        let mut constraints = Self::default();
        let mut seen = Vec::new();
        for chunk in chunks(tokens) {
            let parsed = name_and_arguments(chunk.clone());
            let Some((constraint @ (FieldAttribute::Len | FieldAttribute::Pattern | FieldAttribute::Range), arguments)) =
                parsed.and_then(|(name, arguments)| Some((FieldAttribute::named(&name)?, arguments)))
            else {
                diagnostics.push(&chunk, malformed());
                continue;
            };
            if seen.contains(&constraint) {
                diagnostics.push(&chunk, Message::DuplicateAttribute { attribute: constraint.name().to_owned() });
                continue;
            }
            seen.push(constraint);
            match constraint {
                FieldAttribute::Len => constraints.set_len(chunk, arguments, diagnostics),
                FieldAttribute::Range => constraints.set_range(chunk, arguments, diagnostics),
                _ => constraints.set_pattern(chunk, arguments, diagnostics),
            }
        }
        constraints
    }

    pub(super) fn set_len(&mut self, at: TokenStream, arguments: Arguments, diagnostics: &mut Diagnostics) {
        match arguments.parse(bounds::<u64>) {
            Ok(value) => match value.and_then(Bounds::reversed) {
                Some((min, max)) => diagnostics.push(at, Message::LenReversed { min, max }),
                None => self.len = Some(Written { at, value }),
            },
            Err(Malformed) => diagnostics.push(at, Message::LenForm {}),
        }
    }

    pub(super) fn set_range(&mut self, at: TokenStream, arguments: Arguments, diagnostics: &mut Diagnostics) {
        match arguments.parse(bounds::<i64>) {
            Ok(value) => match value.and_then(Bounds::reversed) {
                Some((min, max)) => diagnostics.push(at, Message::RangeReversed { min, max }),
                None => self.range = Some(Written { at, value }),
            },
            Err(Malformed) => diagnostics.push(at, Message::RangeForm {}),
        }
    }

    pub(super) fn set_pattern(&mut self, at: TokenStream, arguments: Arguments, diagnostics: &mut Diagnostics) {
        match arguments.parse(|tokens| syn::parse2::<LitStr>(tokens).ok()) {
            Ok(value) => {
                let at = value.as_ref().map_or(at, ToTokens::to_token_stream);
                self.pattern = Some(Written { at, value });
            }
            Err(Malformed) => diagnostics.push(at, Message::PatternForm {}),
        }
    }
}

impl<N: PartialOrd + ToString> Bounds<N> {
    /// The minimum and the maximum, if the minimum is greater.
    fn reversed(self) -> Option<(String, String)> {
        let (min, max) = (self.min?, self.max?);
        (min > max).then(|| (min.to_string(), max.to_string()))
    }
}

/// A number literal, with its sign.
struct Number<N>(N);

impl<N: FromStr<Err: Display>> Parse for Number<N> {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let minus = input.parse::<Option<Token![-]>>()?;
        let digits: LitInt = input.parse()?;
        if !digits.suffix().is_empty() {
            return Err(input.error("expected a number without a suffix"));
        }
        let sign = if minus.is_some() { "-" } else { "" };
        let number = format!("{sign}{}", digits.base10_digits()).parse();
        number.map(Number).map_err(|error| input.error(error))
    }
}

/// Parses `1, 128`, `min = 1`, `max = 128`, `min = 1, max = 128`, or `6` for exactly 6.
fn bounds<N: Copy + FromStr<Err: Display>>(tokens: TokenStream) -> Option<Bounds<N>> {
    let number = |tokens: &TokenStream| syn::parse2::<Number<N>>(tokens.clone()).ok().map(|number| number.0);
    let chunks = chunks(tokens);
    match chunks.as_slice() {
        [one] if number(one).is_some() => return Some(Bounds { min: number(one), max: number(one) }),
        [min, max] if number(min).is_some() => return Some(Bounds { min: number(min), max: Some(number(max)?) }),
        [] => return None,
        _ => {}
    }
    let mut bounds = Bounds { min: None, max: None };
    for chunk in chunks {
        let (name, bound): (_, Number<N>) = named(chunk)?;
        let end = match name.to_string().as_str() {
            "min" => &mut bounds.min,
            "max" => &mut bounds.max,
            _ => return None,
        };
        if end.replace(bound.0).is_some() {
            return None;
        }
    }
    Some(bounds)
}

/// Parses `name` or `name(arguments)`.
fn name_and_arguments(tokens: TokenStream) -> Option<(Ident, Arguments)> {
    let (name, rest) = name_and_rest(tokens)?;
    let rest: Vec<TokenTree> = rest.into_iter().collect();
    let arguments = match rest.as_slice() {
        [] => Arguments::None,
        [TokenTree::Group(group)] => Arguments::List(group.stream()),
        _ => Arguments::Other,
    };
    Some((name, arguments))
}

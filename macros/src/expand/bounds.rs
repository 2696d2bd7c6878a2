//! The bounds that generated impls put on the types of members.

use super::hygiene::hygienic;
use crate::check::{Member, Structure};
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::{Generics, Lifetime, parse_quote};

/// The trait that an impl requires of the members.
#[derive(Clone, Copy)]
pub(super) enum Bound {
    Input,
    Output,
    Debug,
}

impl Bound {
    pub(super) fn path(self) -> TokenStream {
        match self {
            Self::Input => hygienic!(__c::InputValue),
            Self::Output => hygienic!(__c::OutputValue),
            Self::Debug => hygienic!(__c::fmt::Debug),
        }
    }

    /// Returns `<Type as Trait>` with the span of the type, so that the compiler reports an error about the type there, and
    /// only once.
    pub(super) fn of(self, member: &Member) -> TokenStream {
        let (ty, path) = (&member.ty, self.path());
        quote_spanned!(Span::mixed_site().located_at(member.type_span())=> <#ty as #path>)
    }
}

/// Returns the generics of a structure, with bounds on the types of members that depend on a parameter.
pub(super) fn bounded(structure: &Structure, bounds: &[Bound]) -> Generics {
    let mut generics = structure.head.generics.clone();
    if structure.head.broken {
        return generics;
    }
    let paths: Vec<_> = bounds.iter().map(|bound| bound.path()).collect();
    let is_bounded = |member: &&Member| {
        let is_redacted = matches!(bounds, [Bound::Debug]) && member.sensitive;
        !is_redacted && structure.is_generic(&member.ty)
    };
    let types: Vec<Bounded> =
        structure.members.iter().filter(is_bounded).map(|member| Bounded::of(member, &generics)).collect();
    for (index, bounded) in types.iter().enumerate() {
        let Bounded { ty, any, lifetimes } = bounded;
        let is_same = |other: &&Bounded| other.any.to_string() == any.to_string();
        if types[..index].iter().any(|other| is_same(&other)) {
            continue;
        }
        // Between bounds on types that differ only in their lifetimes, the compiler could not choose.
        let predicate = if types.iter().filter(is_same).all(|other| other.ty.to_string() == ty.to_string()) {
            parse_quote!(#ty: #(#paths)+*)
        } else {
            parse_quote!(for<#(#lifetimes),*> #any: #(#paths)+*)
        };
        generics.make_where_clause().predicates.push(predicate);
    }
    generics
}

/// The type of a member, as written and for any lifetimes.
struct Bounded {
    ty: TokenStream,
    any: TokenStream,
    /// The lifetimes of `any`.
    lifetimes: Vec<Lifetime>,
}

impl Bounded {
    fn of(member: &Member, generics: &Generics) -> Self {
        let (ty, mut lifetimes) = (member.ty.to_token_stream(), Vec::new());
        let any = with_any_lifetimes(ty.clone(), generics, &mut lifetimes);
        Self { ty, any, lifetimes }
    }
}

/// Replaces `'static` and the lifetimes of the struct by new ones. Those of a `for<…>` within the type stay.
fn with_any_lifetimes(tokens: TokenStream, generics: &Generics, lifetimes: &mut Vec<Lifetime>) -> TokenStream {
    let mut any = TokenStream::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(quote) if quote.as_char() == '\'' => {
                let name = tokens.next();
                let is_named = |lifetime: &Ident| matches!(&name, Some(TokenTree::Ident(name)) if name == lifetime);
                if is_named(&Ident::new("static", Span::call_site()))
                    || generics.lifetimes().any(|parameter| is_named(&parameter.lifetime.ident))
                {
                    let lifetime = Lifetime::new(&format!("'__any{}", lifetimes.len()), Span::mixed_site());
                    lifetime.to_tokens(&mut any);
                    lifetimes.push(lifetime);
                } else {
                    any.extend([TokenTree::Punct(quote)].into_iter().chain(name));
                }
            }
            TokenTree::Group(group) => {
                let inner = with_any_lifetimes(group.stream(), generics, lifetimes);
                any.extend([TokenTree::Group(Group::new(group.delimiter(), inner))]);
            }
            token => any.extend([token]),
        }
    }
    any
}

//! Assertions about types, which the compiler evaluates.

use super::bounds::{Bound, bounded};
use super::hygiene::hygienic;
use crate::check::{Expected, Structure, TypeAssertion};
use proc_macro2::{Literal, Span, TokenStream, TokenTree};
use quote::{format_ident, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

/// An assertion about the type of a member or of the response.
pub(super) struct Assertion<'a> {
    pub(super) check: Check<'a>,
    pub(super) ty: TokenStream,
}

/// The assertion about a type.
#[derive(Clone, Copy)]
pub(super) enum Check<'a> {
    /// The constant `SHAPE` of the trait is as expected.
    Shape(&'a TypeAssertion, Bound),
    /// The response is a page of a list.
    Page,
}

/// The assertions as constants, one each, so that the compiler reports all failures at once.
#[derive(Default)]
pub(super) struct Assertions {
    /// Items beside the impls.
    pub(super) items: Vec<TokenStream>,
    /// An impl with associated constants, for types that name a lifetime of the struct or `Self`.
    pub(super) associated: TokenStream,
    /// Statements that evaluate the associated constants of a struct with type or const parameters, whenever it is used.
    pub(super) evaluated: Vec<TokenStream>,
}

impl Assertions {
    pub(super) fn new(structure: &Structure, bound: Bound, assertions: &[Assertion<'_>]) -> Self {
        let head = &structure.head;
        let (mut expanded, mut constants) = (Self::default(), Vec::new());
        let is_generic = head.generics.params.len() > head.generics.lifetimes().count();
        for (index, assertion) in assertions.iter().enumerate() {
            let tokens = expand(assertion);
            if !is_generic && !depends_on_impl(&assertion.ty) {
                expanded.items.push(hygienic!(const _: () = #tokens;));
                continue;
            }
            let name = format_ident!("__FIT_{index}", span = Span::mixed_site());
            constants.push(hygienic!(const #name: () = #tokens;));
            if is_generic {
                expanded.evaluated.push(hygienic!(let () = Self::#name;));
            } else {
                let (ident, lifetimes) = (&head.ident, head.generics.lifetimes().map(|_| hygienic!('_)));
                expanded.items.push(hygienic!(const _: () = <#ident<#(#lifetimes),*>>::#name;));
            }
        }
        if !constants.is_empty() {
            let generics = bounded(structure, &[bound]);
            let ((impl_generics, type_generics, clause), ident) = (generics.split_for_impl(), &head.ident);
            expanded.associated = hygienic!(impl #impl_generics #ident #type_generics #clause { #(#constants)* });
        }
        expanded
    }
}

fn expand(assertion: &Assertion<'_>) -> TokenStream {
    let Assertion { check, ty } = assertion;
    let first = ty.clone().into_iter().next().map_or_else(Span::mixed_site, |token| token.span());
    let place = syn::parse2::<Type>(ty.clone()).map_or(first, |ty| ty.span());
    let span = Span::mixed_site().located_at(place);
    let Check::Shape(TypeAssertion { expected, message, entry }, bound) = check else {
        return quote_spanned! {span=>
            if let __c::Some(__message) = <#ty as __c::Page>::INCOMPLETE {
                __c::panic!("{}", __message)
            }
        };
    };
    let (expected, path) = (expand_expected(expected), bound.path());
    let mut shape = quote_spanned!(span=> &<#ty as #path>::SHAPE);
    if let Some(index) = entry.map(Literal::usize_unsuffixed) {
        shape = quote_spanned!(span=> __c::entry(#shape, #index));
    }
    quote_spanned!(span=> __c::assert!(__c::fits(#shape, &#expected), #message))
}

/// Returns whether a type names a lifetime or `Self`, which exist only in an impl.
fn depends_on_impl(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Punct(punct) => punct.as_char() == '\'',
        TokenTree::Ident(ident) => ident == "Self",
        TokenTree::Group(group) => depends_on_impl(&group.stream()),
        TokenTree::Literal(_) => false,
    })
}

fn expand_expected(expected: &Expected) -> TokenStream {
    match expected {
        Expected::Measured => hygienic!(__c::Expected::Measured),
        Expected::AnyList => hygienic!(__c::Expected::AnyList),
        Expected::AnyMap => hygienic!(__c::Expected::AnyMap),
        Expected::String => hygienic!(__c::Expected::String),
        Expected::Enum(name) => hygienic!(__c::Expected::Enum(#name)),
        Expected::Boolean => hygienic!(__c::Expected::Boolean),
        Expected::Integer => hygienic!(__c::Expected::Integer),
        Expected::Timestamp => hygienic!(__c::Expected::Timestamp),
        Expected::Blob => hygienic!(__c::Expected::Blob),
        Expected::Document => hygienic!(__c::Expected::Document),
        Expected::List(entry) => {
            let entry = expand_expected(entry);
            hygienic!(__c::Expected::List(&#entry))
        }
        Expected::Map(entry) => {
            let entry = expand_expected(entry);
            hygienic!(__c::Expected::Map(&#entry))
        }
        Expected::Structure(names) => hygienic!(__c::Expected::Structure(&[#(#names),*])),
    }
}

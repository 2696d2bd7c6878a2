//! The bounds that generated impls put on the types of members.

use super::hygiene::hygienic;
use crate::check::{Member, Structure};
use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::{Generics, parse_quote};

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
    let paths: Vec<_> = bounds.iter().map(|bound| bound.path()).collect();
    for member in &structure.members {
        let is_redacted = matches!(bounds, [Bound::Debug]) && member.sensitive;
        if !is_redacted && !structure.head.broken && structure.is_generic(&member.ty) {
            let ty = &member.ty;
            generics.make_where_clause().predicates.push(parse_quote!(#ty: #(#paths)+*));
        }
    }
    generics
}

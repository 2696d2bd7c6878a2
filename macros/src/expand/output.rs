//! Reading a structure from a response.

use super::bounds::{Bound, bounded};
use super::hygiene::hygienic;
use super::shape;
use crate::check::Structure;
use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::parse_quote;

/// A kind of structure that can be read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Readable {
    /// A structure in responses.
    Output,
    /// A structure in requests and responses.
    Both,
    /// The request of an operation, which the mock reads if it can read every member.
    Request,
}

pub(super) fn expand(structure: &Structure, readable: Readable) -> TokenStream {
    let (ident, shape) = (&structure.head.ident, shape::of_structure(structure));
    // The bounds of the description are those of the impl that it was expanded with.
    let bounds: &[Bound] = match readable {
        Readable::Output => &[Bound::Output],
        Readable::Both => &[Bound::Input, Bound::Output],
        Readable::Request => &[Bound::Input],
    };
    let mut generics = bounded(structure, bounds);
    if readable == Readable::Request {
        for (index, member) in structure.members.iter().enumerate() {
            let (ty, path) = (&member.ty, readable_member(index));
            // A bound without parameters that does not hold is an error, unless it is higher-ranked.
            generics.make_where_clause().predicates.push(parse_quote!(for<'__any> #ty: #path));
        }
    }
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    let slots: Vec<_> =
        (0..structure.members.len()).map(|index| format_ident!("__slot{index}", span = Span::mixed_site())).collect();
    let arms = structure.members.iter().zip(&slots).enumerate().map(|(index, (member, slot))| {
        let (number, ty) = (Literal::usize_unsuffixed(index), &member.ty);
        let value = match readable {
            Readable::Request => {
                let path = readable_member(index);
                hygienic!(<#ty as #path>::read_member(__members))
            }
            Readable::Output => {
                let trait_ = Bound::Output.of(member);
                hygienic!(#trait_::read_member(__members))
            }
            Readable::Both => {
                let span = Span::mixed_site().located_at(member.type_span());
                quote_spanned!(span=> __c::Read::<#ty>(__c::PhantomData).__member(__members))
            }
        };
        hygienic!(#number => #slot = #value?,)
    });
    let fields = structure.members.iter().zip(&slots).map(|(member, slot)| {
        let (field, wire) = (&member.ident, &member.wire);
        if member.optional {
            hygienic!(#field: #slot,)
        } else {
            hygienic!(#field: __c::present::<_, __A::Error>(#slot, #wire)?,)
        }
    });
    let body = if structure.head.broken {
        hygienic! {
            let _ = __members;
            __c::unreachable!()
        }
    } else {
        hygienic! {
            #(let mut #slots = __c::None;)*
            while let __c::Some(__index) = __c::Members::next_index(__members)? {
                match __index {
                    #(#arms)*
                    _ => {}
                }
            }
            __c::Ok(Self { #(#fields)* })
        }
    };
    // A request is never part of a response.
    let value = (readable != Readable::Request).then(|| {
        hygienic! {
            #[automatically_derived]
            impl #impl_generics __c::OutputValue for #ident #type_generics #clause {
                #shape
                fn read<'__de, __D: __c::Deserializer<'__de>>(__deserializer: __D) -> __c::Result<Self, __D::Error> {
                    __c::read_structure(__deserializer)
                }
            }
        }
    });
    hygienic! {
        #[automatically_derived]
        impl #impl_generics __c::OutputStructure for #ident #type_generics #clause {
            fn read_members<'__de, __A: __c::MapAccess<'__de>>(
                __members: &mut __c::Members<'__de, __A>,
            ) -> __c::Result<Self, __A::Error> {
                #body
            }
        }
        #value
    }
}

/// Returns the trait of a member of a request that the mock can read.
///
/// Its index distinguishes bounds on types that differ only in lifetimes, between which the compiler could not choose.
fn readable_member(index: usize) -> TokenStream {
    let index = Literal::usize_unsuffixed(index);
    hygienic!(__c::ReadableMember<#index>)
}

//! Writing and checking a structure as a part of a request.

use super::bounds::{Bound, bounded};
use super::hygiene::hygienic;
use super::shape;
use crate::check::Structure;
use proc_macro2::{Literal, TokenStream};

/// Expands `InputStructure`, which visits the members to write or check them.
pub(super) fn input_structure(structure: &Structure) -> TokenStream {
    let ident = &structure.head.ident;
    let generics = bounded(structure, &[Bound::Input]);
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    let steps = structure.members.iter().enumerate().map(|(index, member)| {
        let (field, index) = (&member.ident, Literal::usize_unsuffixed(index));
        let trait_ = Bound::Input.of(member);
        if member.optional {
            hygienic! {
                match &self.#field {
                    __c::Some(__value) => #trait_::visit(__value, &__members[#index], __visitor),
                    __c::None => __c::Visitor::absent(__visitor, &__members[#index]),
                }
            }
        } else {
            hygienic!(#trait_::visit(&self.#field, &__members[#index], __visitor);)
        }
    });
    let body = if structure.members.is_empty() || structure.head.broken {
        hygienic!(let _ = __visitor;)
    } else {
        hygienic! {
            let __members = <Self as __c::Structure>::MEMBERS;
            #(#steps)*
        }
    };
    hygienic! {
        #[automatically_derived]
        impl #impl_generics __c::InputStructure for #ident #type_generics #clause {
            fn visit<__V: __c::Visitor>(&self, __visitor: &mut __V) {
                #body
            }
        }
    }
}

/// Expands `InputValue`, for a structure within a request.
pub(super) fn input_value(structure: &Structure) -> TokenStream {
    let (ident, shape) = (&structure.head.ident, shape::of_structure(structure));
    let generics = bounded(structure, &[Bound::Input]);
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    hygienic! {
        #[automatically_derived]
        impl #impl_generics __c::InputValue for #ident #type_generics #clause {
            #shape
            #[inline]
            fn write(&self, __writer: &mut __c::Writer<'_>) {
                __c::write_structure(self, __writer);
            }
            #[inline]
            fn check(&self, _: &__c::Constraints, __checker: &mut __c::Checker<'_>) {
                __c::check_structure(self, __checker);
            }
        }
    }
}

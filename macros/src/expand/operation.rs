//! `Operation`: what a call needs to know beside the members.

use super::hygienic;
use super::structure::{Bound, bounded};
use crate::check::{Operation, SecretHash};
use proc_macro2::TokenStream;

pub(super) fn expand(operation: &Operation) -> TokenStream {
    let structure = &operation.structure;
    let (ident, target) = (&structure.ident, &operation.target);
    let generics = bounded(structure, Bound::Input);
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    let response = response(operation);
    let text = |index: usize| {
        let member = &structure.members[index];
        let (field, trait_) = (&member.ident, Bound::Input.of(member));
        if member.optional {
            hygienic!(__c::Option::and_then(__c::Option::as_ref(&self.#field), #trait_::text))
        } else {
            hygienic!(#trait_::text(&self.#field))
        }
    };
    let client_id = operation.client_id.filter(|_| !structure.broken).map(|client_id| {
        let text = text(client_id);
        hygienic! {
            fn client_id(&self) -> __c::Option<&str> {
                #text
            }
        }
    });
    let secret_hash = operation.secret_hash.as_ref().filter(|_| !structure.broken);
    let hashed = secret_hash.map(|SecretHash { username, client_id }| {
        let (username, client_id) = (text(*username), text(*client_id));
        hygienic! {
            fn hashed(&self) -> __c::Option<(&str, &str)> {
                __c::Option::zip(#username, #client_id)
            }
        }
    });
    hygienic! {
        #[automatically_derived]
        impl #impl_generics __c::Operation for #ident #type_generics #clause {
            type Output = #response;
            const NAME: &'static str = #target;
            #client_id
            #hashed
        }
    }
}

/// The response type, with the user's own span where it has one.
pub(super) fn response(operation: &Operation) -> TokenStream {
    operation.response.clone().unwrap_or_else(|| hygienic!(()))
}

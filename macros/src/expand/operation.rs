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
    let client_id = operation.client_id.as_ref().map(|field| {
        hygienic! {
            fn client_id(&self) -> __c::Option<&str> {
                __c::InputValue::text(&self.#field)
            }
        }
    });
    let hashed = operation.secret_hash.as_ref().map(|SecretHash { username, client_id }| {
        hygienic! {
            fn hashed(&self) -> __c::Option<(&str, &str)> {
                __c::Option::zip(__c::InputValue::text(&self.#username), __c::InputValue::text(&self.#client_id))
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

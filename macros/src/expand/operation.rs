//! `Operation`: the properties of a call beside its members.

use super::bounds::{Bound, bounded};
use super::hygiene::hygienic;
use super::type_assertions::{Assertion, Check};
use crate::check::{AutoFill, Operation};
use proc_macro2::TokenStream;

pub(super) fn expand(operation: &Operation) -> TokenStream {
    let structure = &operation.structure;
    let (ident, target) = (&structure.head.ident, &operation.target);
    let generics = bounded(structure, &[Bound::Input]);
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
    let client_id = operation.client_id.filter(|_| !structure.head.broken).map(|client_id| {
        let text = text(client_id);
        hygienic! {
            fn client_id(&self) -> __c::Option<&__c::str> {
                #text
            }
        }
    });
    let secret_hash = operation.secret_hash.as_ref().filter(|_| !structure.head.broken);
    let hashed = secret_hash.map(|hash| {
        let member = &structure.members[hash.member];
        let field = &member.ident;
        let client_id = hash.client_id.map_or_else(|| hygienic!(__c::None), text);
        // Only a request without a hash of its own needs one.
        let (missing, username) = if let Some(AutoFill::SecretHashEntry { key, username, .. }) = &member.auto_fill {
            let trait_ = Bound::Input.of(member);
            let map = if member.optional { hygienic!(__c::Some(__map)) } else { hygienic!(__map) };
            let missing = hygienic!(#map if __c::Option::is_none(&#trait_::entry(__map, #key)));
            (missing, hygienic!(#trait_::entry(__map, #username)))
        } else {
            (hygienic!(__c::None), hash.username.map_or_else(|| hygienic!(__c::None), text))
        };
        hygienic! {
            fn hashed(&self) -> __c::Option<__c::Hashed<'_>> {
                match &self.#field {
                    #missing => __c::Some(__c::Hashed { username: #username, client_id: #client_id }),
                    _ => __c::None,
                }
            }
        }
    });
    let idempotent = operation.idempotent.then(|| {
        hygienic!(
            const IDEMPOTENT: __c::bool = true;
        )
    });
    let despite = (!operation.executed_despite.is_empty()).then(|| {
        let errors = &operation.executed_despite;
        hygienic!(const EXECUTED_DESPITE: &'static [&'static __c::str] = &[#(#errors),*];)
    });
    let signed = operation.signed.then(|| {
        hygienic!(
            const SIGNED: __c::bool = true;
        )
    });
    hygienic! {
        #[automatically_derived]
        impl #impl_generics __c::Operation for #ident #type_generics #clause {
            type Output = #response;
            const NAME: &'static __c::str = #target;
            #idempotent
            #signed
            #despite
            #client_id
            #hashed
        }
    }
}

/// Returns the assertions about the response type.
pub(super) fn response_assertions(operation: &Operation) -> Vec<Assertion<'_>> {
    let assertion = |check| Assertion { check, ty: response(operation) };
    let shape = operation.assertion.as_ref().map(|checked| assertion(Check::Shape(checked, Bound::Output)));
    let page = operation.paginated.as_ref().map(|_| assertion(Check::Page));
    shape.into_iter().chain(page).collect()
}

/// Returns the response type, with its span in the user's code if it has one.
pub(super) fn response(operation: &Operation) -> TokenStream {
    operation.response.clone().unwrap_or_else(|| hygienic!(()))
}

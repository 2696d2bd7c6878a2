//! `Structure`: the description of the members, with their constraints.

use super::bounds::{Bound, bounded};
use super::constants::Constants;
use super::hygiene::hygienic;
use super::type_assertions::{Assertion, Assertions, Check};
use crate::check::{AutoFill, Member, Structure};
use crate::syntax::SerdeName;
use proc_macro2::TokenStream;
use quote::ToTokens;

/// Expands the description. `bound` is the trait whose constant `SHAPE` describes the types of the members, and `response` the
/// assertions about the response type of an operation.
pub(super) fn expand(structure: &Structure, bound: Bound, response: Vec<Assertion<'_>>) -> TokenStream {
    let ident = &structure.head.ident;
    let generics = bounded(structure, &[bound]);
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    let (mut constants, mut members, mut assertions) = (Constants::default(), Vec::new(), Vec::new());
    if !structure.head.broken {
        members.extend(structure.members.iter().map(|member| describe(member, bound, &mut constants)));
        for member in &structure.members {
            let assertion =
                |checked| Assertion { check: Check::Shape(checked, bound), ty: member.ty.to_token_stream() };
            assertions.extend(member.assertions.iter().map(assertion));
        }
        assertions.extend(response);
    }
    let consts = constants.tokens;
    let Assertions { items, associated, evaluated } = Assertions::new(structure, bound, &assertions);
    hygienic! {
        #(#consts)*
        #(#items)*
        #associated
        #[automatically_derived]
        impl #impl_generics __c::Structure for #ident #type_generics #clause {
            const MEMBERS: &'static [__c::Member] = {
                #(#evaluated)*
                &[#(#members),*]
            };
        }
    }
}

fn describe(member: &Member, bound: Bound, constants: &mut Constants) -> TokenStream {
    let (name, wire, trait_) = (&member.name, &member.wire, bound.of(member));
    let mut tokens = hygienic!(__c::Member::new(#name, #wire, #trait_::SHAPE));
    match &member.serde_name {
        SerdeName::OfField => {}
        SerdeName::Renamed(name) => tokens.extend(hygienic!(.serde_name(__c::Some(#name)))),
        SerdeName::Skipped => tokens.extend(hygienic!(.serde_name(__c::None))),
    }
    if member.is_required() {
        tokens.extend(hygienic!(.required()));
    }
    if member.sensitive {
        tokens.extend(hygienic!(.sensitive()));
    }
    match &member.auto_fill {
        Some(AutoFill::SecretHash(_)) => tokens.extend(hygienic!(.auto_fill(__c::AutoFill::SecretHash))),
        Some(AutoFill::SecretHashEntry { key, .. }) => {
            tokens.extend(hygienic!(.auto_fill(__c::AutoFill::SecretHashEntry(#key))));
        }
        Some(AutoFill::ClientId { .. }) => tokens.extend(hygienic!(.auto_fill(__c::AutoFill::ClientId))),
        Some(AutoFill::ClientSecret { .. }) => tokens.extend(hygienic!(.auto_fill(__c::AutoFill::ClientSecret))),
        None => {}
    }
    if !member.constraints.is_empty() {
        let constraints = constants.constraints(&member.constraints);
        tokens.extend(hygienic!(.constrained(#constraints)));
    }
    tokens
}

//! `Debug`, with sensitive values redacted.

use super::bounds::{Bound, bounded};
use super::hygiene::hygienic;
use crate::check::Structure;
use proc_macro2::TokenStream;
use syn::ext::IdentExt;

pub(super) fn expand(structure: &Structure) -> TokenStream {
    if !structure.head.debug {
        return TokenStream::new();
    }
    let ident = &structure.head.ident;
    let text = ident.unraw().to_string();
    let generics = bounded(structure, &[Bound::Debug]);
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    // The sensitive members of a broken structure are not known.
    let shown: &[_] = if structure.head.broken { &[] } else { &structure.members };
    let fields = shown.iter().map(|member| {
        let (field, name) = (&member.ident, &member.name);
        let value = match (member.sensitive, member.optional) {
            (false, _) => hygienic!(__c::Shown(&self.#field).__debug()),
            (true, false) => hygienic!(&__c::Redacted),
            (true, true) => hygienic!(&__c::redacted(&self.#field)),
        };
        hygienic!(__debug.field(#name, #value);)
    });
    hygienic! {
        #[automatically_derived]
        impl #impl_generics __c::fmt::Debug for #ident #type_generics #clause {
            #[inline]
            fn fmt(&self, __formatter: &mut __c::fmt::Formatter<'_>) -> __c::fmt::Result {
                let mut __debug = __c::fmt::Formatter::debug_struct(__formatter, #text);
                #(#fields)*
                __debug.finish()
            }
        }
    }
}

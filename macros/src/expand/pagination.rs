//! Lists in pages: `Paginated` and the methods of an operation, and `Page` of a response.

use super::bounds::{Bound, bounded};
use super::hygiene::hygienic;
use super::operation::response;
use crate::check::{Operation, Page, Paginated, Structure};
use proc_macro2::TokenStream;
use syn::{Generics, parse_quote};

/// Returns the generics of an operation, with the bound that its response is a page of a list.
///
/// A bound without parameters that does not hold is an error, unless it is higher-ranked. The assertion about the response reports
/// it once.
fn generics(operation: &Operation) -> Generics {
    let response = response(operation);
    let mut generics = bounded(&operation.structure, &[Bound::Input]);
    generics.make_where_clause().predicates.push(parse_quote!(for<'__any> #response: __c::Page));
    generics
}

/// Expands `Paginated` of an operation with the option `paginated`.
pub(super) fn paginated(operation: &Operation) -> Option<TokenStream> {
    let Paginated { token, .. } = *operation.paginated.as_ref()?;
    let (structure, response, generics) = (&operation.structure, response(operation), generics(operation));
    let ((impl_generics, type_generics, clause), ident) = (generics.split_for_impl(), &structure.head.ident);
    let field = token.filter(|_| !structure.head.broken).map(|token| &structure.members[token].ident);
    let token = field.map_or_else(|| hygienic!(__c::unreachable!()), |field| hygienic!(&mut self.#field));
    Some(hygienic! {
        #[automatically_derived]
        impl #impl_generics __c::Paginated for #ident #type_generics #clause {
            type Item = <#response as __c::Page>::Item;
            fn token(&mut self) -> &mut __c::Option<__c::String> {
                #token
            }
        }
    })
}

/// Expands the methods of an operation with the option `paginated`.
pub(super) fn methods(operation: &Operation) -> Option<TokenStream> {
    let Paginated { list, .. } = *operation.paginated.as_ref()?;
    let (head, generics) = (&operation.structure.head, generics(operation));
    let ((impl_generics, type_generics, clause), ident) = (generics.split_for_impl(), &head.ident);
    let (vis, krate) = (&head.vis, &head.krate);
    let doc = |returned: String| {
        format!("Returns {returned}, from the token of this request or the first page. It ends after the first error.")
    };
    let pages_doc = doc("a stream of the pages".to_owned());
    let items_doc = doc(format!("a stream of the items of `{list}` on all pages"));
    let pages_blocking_doc = doc("a blocking iterator over the pages".to_owned());
    let items_blocking_doc = doc(format!("a blocking iterator over the items of `{list}` on all pages"));
    Some(hygienic! {
        #[allow(dead_code)]
        impl #impl_generics #ident #type_generics #clause {
            #[doc = #pages_doc]
            #vis fn pages(self, client: &#krate::Client) -> #krate::Pages<'_, Self> {
                __c::Paginated::pages(self, client)
            }
            #[doc = #items_doc]
            #vis fn items(self, client: &#krate::Client) -> #krate::Items<'_, Self> {
                __c::Paginated::items(self, client)
            }
            #[doc = #pages_blocking_doc]
            #vis fn pages_blocking(self, client: &#krate::blocking::Client) -> #krate::BlockingPages<'_, Self> {
                __c::Paginated::pages_blocking(self, client)
            }
            #[doc = #items_blocking_doc]
            #vis fn items_blocking(self, client: &#krate::blocking::Client) -> #krate::BlockingItems<'_, Self> {
                __c::Paginated::items_blocking(self, client)
            }
        }
    })
}

/// Expands `Page` of a response. Without its two members, it is a stub with the error for `paginated`.
pub(super) fn page(structure: &Structure, page: &Page) -> TokenStream {
    let head = &structure.head;
    let ((impl_generics, type_generics, clause), ident) = (head.generics.split_for_impl(), &head.ident);
    let item = page.list.as_ref().map_or_else(|| hygienic!(__c::Infallible), |(_, item)| item.clone());
    let incomplete = page
        .incomplete
        .as_ref()
        .filter(|_| !head.broken)
        .map(|message| hygienic!(const INCOMPLETE: __c::Option<&'static __c::str> = __c::Some(#message);));
    let stub = hygienic!(__c::unreachable!());
    let (next_token, is_empty, take_items) = match (page.token, &page.list) {
        (Some(token), Some((list, _))) if !head.broken => {
            let (token, list) = (&structure.members[token].ident, &structure.members[*list]);
            let field = &list.ident;
            let next_token = hygienic!(__c::Option::as_deref(&self.#token));
            if list.optional {
                let is_empty =
                    hygienic!(__c::Option::is_none_or(__c::Option::as_ref(&self.#field), __c::Vec::is_empty));
                (next_token, is_empty, hygienic!(__c::Option::unwrap_or_default(__c::Option::take(&mut self.#field))))
            } else {
                (next_token, hygienic!(__c::Vec::is_empty(&self.#field)), hygienic!(__c::take(&mut self.#field)))
            }
        }
        _ => (stub.clone(), stub.clone(), stub),
    };
    hygienic! {
        #[automatically_derived]
        impl #impl_generics __c::Page for #ident #type_generics #clause {
            type Item = #item;
            #incomplete
            fn next_token(&self) -> __c::Option<&__c::str> {
                #next_token
            }
            fn is_empty(&self) -> __c::bool {
                #is_empty
            }
            fn take_items(&mut self) -> __c::Vec<Self::Item> {
                #take_items
            }
        }
    }
}

//! Lists in pages: `Paginated` and the methods of an operation, and `Page` of a response.

use super::bounds::{Bound, bounded};
use super::hygiene::hygienic;
use super::operation::response;
use crate::check::{Operation, Page, Paginated, Structure};
use proc_macro2::TokenStream;

/// Expands `Paginated` of an operation with the option `paginated`.
pub(super) fn paginated(operation: &Operation) -> Option<TokenStream> {
    let Paginated { token, .. } = *operation.paginated.as_ref()?;
    let (structure, response) = (&operation.structure, response(operation));
    let generics = bounded(structure, &[Bound::Input]);
    let ((impl_generics, type_generics, clause), ident) = (generics.split_for_impl(), &structure.head.ident);
    let token = match token.filter(|_| !structure.head.broken) {
        Some(token) => {
            let field = &structure.members[token].ident;
            hygienic!(&mut self.#field)
        }
        None => hygienic!(__c::unreachable!()),
    };
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
    let head = &operation.structure.head;
    let (vis, krate) = (&head.vis, &head.krate);
    let doc = |returned: String| {
        format!("Returns {returned}, from the token of this request or the first page. It ends after the first error.")
    };
    let pages_doc = doc("a stream of the pages".to_owned());
    let items_doc = doc(format!("a stream of the items of `{list}` on all pages"));
    let pages_blocking_doc = doc("a blocking iterator over the pages".to_owned());
    let items_blocking_doc = doc(format!("a blocking iterator over the items of `{list}` on all pages"));
    Some(hygienic! {
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
    })
}

/// Expands `Page` of a response.
pub(super) fn page(structure: &Structure, page: &Page) -> TokenStream {
    let head = &structure.head;
    let ((impl_generics, type_generics, clause), ident) = (head.generics.split_for_impl(), &head.ident);
    let (token, list, item) = (&structure.members[page.token].ident, &structure.members[page.list], &page.item);
    let field = &list.ident;
    let (next_token, is_empty, take_items) = if head.broken {
        let stub = hygienic!(__c::unreachable!());
        (stub.clone(), stub.clone(), stub)
    } else if list.optional {
        (
            hygienic!(__c::Option::as_deref(&self.#token)),
            hygienic!(__c::Option::is_none_or(__c::Option::as_ref(&self.#field), __c::Vec::is_empty)),
            hygienic!(__c::Option::unwrap_or_default(__c::Option::take(&mut self.#field))),
        )
    } else {
        (
            hygienic!(__c::Option::as_deref(&self.#token)),
            hygienic!(__c::Vec::is_empty(&self.#field)),
            hygienic!(__c::take(&mut self.#field)),
        )
    };
    hygienic! {
        #[automatically_derived]
        impl #impl_generics __c::Page for #ident #type_generics #clause {
            type Item = #item;
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

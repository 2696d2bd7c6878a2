//! The properties that operations, structures and enums have in common.

use crate::syntax::Item;
use cognito_op_model as model;
use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::{Generics, Ident, Visibility};

/// The head of a checked operation, structure or enum.
pub(crate) struct Head {
    /// The name by which a type is compared with the shape that a member or response must have.
    ///
    /// This is the name in the API or, for a type that the API does not have, its own. It is `None` for a type that is not
    /// compared, and for one whose given name is wrong.
    pub(crate) name: Option<String>,
    /// The path of the runtime crate, for signatures.
    pub(crate) krate: TokenStream,
    /// The path of the runtime's module for generated code.
    pub(crate) private: TokenStream,
    pub(crate) vis: Visibility,
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    /// The lints that the item allows.
    pub(crate) allowed: Vec<TokenStream>,
    pub(crate) debug: bool,
    /// Whether the item has errors, so that its impls are stubs.
    pub(crate) broken: bool,
}

impl Head {
    pub(super) fn of(item: Item, published: Option<&model::Shape>) -> Self {
        let own = || (!item.options.unmodeled && item.options.shape.is_none()).then(|| item.ident.unraw().to_string());
        Self {
            name: published.map(|shape| shape.name.to_owned()).or_else(own),
            krate: item.options.krate(),
            private: item.options.private(),
            vis: item.vis,
            ident: item.ident,
            generics: item.generics,
            allowed: item.allowed,
            debug: item.options.debug,
            broken: false,
        }
    }
}

//! Lists in pages: the option `paginated` of a request, and the members of a response.

use super::structure::Structure;
use crate::diagnostic::{Diagnostics, Message};
use crate::syntax::{Collection, Options, TypeKind, arguments, is_string, source};
use cognito_op_model::source::rust_type;
use cognito_op_model::{self as model, SERVICE};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Ident, Type};

/// The option `paginated` of an operation.
pub(crate) struct Paginated {
    /// The index of the member with the token. It is `None` if there is an error.
    pub(crate) token: Option<usize>,
    /// The member of the response with the list.
    pub(crate) list: &'static str,
}

/// Returns the published pagination of an operation with the option `paginated`.
pub(super) fn published(
    options: &Options,
    published: Option<&model::Operation>,
    diagnostics: &mut Diagnostics,
) -> Option<model::Pagination> {
    let at = options.paginated.as_ref()?;
    if options.unmodeled {
        diagnostics.push(at, Message::UnmodeledPaginated {});
    }
    // An unknown target has been reported already.
    let operation = published?;
    let Some(pagination) = operation.pagination else {
        diagnostics.push(at, Message::UnneededPaginated { target: operation.name.to_owned() });
        return None;
    };
    match &options.response {
        Some(Type::Tuple(response)) if response.elems.is_empty() => {
            diagnostics.push(response, Message::PaginatedResponse { list: pagination.list.to_owned() });
            None
        }
        _ => Some(pagination),
    }
}

impl Paginated {
    /// Finds the member with the token. `at` is the option.
    pub(super) fn check(
        structure: &Structure,
        at: &Ident,
        pagination: model::Pagination,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let model::Pagination { token: wire, list, .. } = pagination;
        let Some(index) = structure.meant(wire) else {
            let (member, field) = (wire.to_owned(), model::snake_case(wire));
            diagnostics.push(at, Message::PaginatedNeeds { member, field });
            return Self { token: None, list };
        };
        let member = &structure.members[index];
        let fits = member.optional && is_string(&member.ty);
        // A type that cannot hold a string has been reported already.
        if !fits && matches!(TypeKind::of(&member.ty), TypeKind::String | TypeKind::Other) {
            diagnostics.push(&member.ty, Message::PaginatedToken { member: wire.to_owned(), ty: source(&member.ty) });
        }
        Self { token: fits.then_some(index), list }
    }
}

/// The response of an operation that pages.
pub(crate) struct Page {
    /// The index of the token of the next page.
    pub(crate) token: Option<usize>,
    /// The index of the list, and the type of its items.
    pub(crate) list: Option<(usize, TokenStream)>,
    /// The error if the operation has the option `paginated`.
    pub(crate) incomplete: Option<String>,
}

impl Page {
    /// Finds the members of a response. Returns `None` if it is not the response of an operation that pages.
    pub(super) fn check(structure: &Structure, published: &model::Shape) -> Option<Self> {
        // The output of each list is called like its operation.
        let operation = published.name.strip_suffix("Response").and_then(|name| SERVICE.operation(name))?;
        let pagination = operation.pagination?;
        let member = |wire: &str| Some((structure.meant(wire)?, &structure.members[structure.meant(wire)?]));
        let token = member(pagination.token).filter(|(_, member)| member.optional && is_string(&member.ty));
        let list = member(pagination.list).filter(|(_, member)| Collection::of(&member.ty) == Some(Collection::List));
        let list = list.and_then(|(index, member)| Some((index, arguments(&member.ty).first()?.to_token_stream())));
        let declaration = |wire: &str, ty: String| {
            let name = member(wire).map_or_else(|| model::snake_case(wire), |(_, member)| member.name.clone());
            format!("`{name}: {ty}`")
        };
        let list_type = || published.member_named(pagination.list)?.shape().as_ref().map(rust_type);
        let missing = [
            token.is_none().then(|| declaration(pagination.token, "Option<String>".to_owned())),
            list.is_none().then(|| declaration(pagination.list, list_type().unwrap_or_default())),
        ];
        let missing = missing.into_iter().flatten().collect::<Vec<_>>().join(" and ");
        let incomplete = || {
            let (target, ty) = (operation.name.to_owned(), structure.head.ident.to_string());
            Message::IncompletePage { ty, target, missing: missing.clone() }.to_string()
        };
        let incomplete = (!missing.is_empty()).then(incomplete);
        Some(Self { token: token.map(|(index, _)| index), list, incomplete })
    }
}

//! Lists in pages: the option `paginated` of a request, and the members of a response.

use super::structure::Structure;
use crate::diagnostic::{Diagnostics, Message};
use crate::syntax::{Collection, Options, TypeKind, arguments, is_string, source};
use cognito_op_model::{self as model, SERVICE};
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

/// The members of a response that contains a page of a list.
pub(crate) struct Page {
    /// The index of the token of the next page.
    pub(crate) token: usize,
    /// The index of the list.
    pub(crate) list: usize,
    /// The type of the items.
    pub(crate) item: Type,
}

impl Page {
    /// Finds the members of a response. Returns `None` if it is not the response of an operation that pages, or lacks one of
    /// the two members.
    pub(super) fn check(structure: &Structure, published: &model::Shape) -> Option<Self> {
        // The output of each list is called like its operation.
        let operation = published.name.strip_suffix("Response").and_then(|name| SERVICE.operation(name))?;
        let pagination = operation.pagination?;
        let (token, list) = (structure.meant(pagination.token)?, structure.meant(pagination.list)?);
        let (token_member, list_member) = (&structure.members[token], &structure.members[list]);
        let fits = token_member.optional && is_string(&token_member.ty);
        let is_list = Collection::of(&list_member.ty) == Some(Collection::List);
        let item = *arguments(&list_member.ty).first()?;
        // The errors of a broken response have been reported already.
        ((fits && is_list) || structure.head.broken).then(|| Self { token, list, item: item.clone() })
    }
}

//! Stage 3: a checked type becomes tokens, with one file for each generated impl.
//!
//! The generated code is in one `const _` and names the runtime by a path through the alias `__c`. Its spans are those
//! of the macro, so that its names cannot conflict with the user's and lints ignore it.

mod bounds;
mod builder;
mod constants;
mod debug;
mod docs;
mod enumeration;
mod hygiene;
mod input;
mod operation;
mod output;
mod pagination;
mod shape;
mod structure;
mod type_assertions;

use crate::check::{Direction, Head, Operation, Shape, ShapeKind, Structure};
use bounds::Bound;
use hygiene::hygienic;
use output::Readable;
use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

/// Expands an operation. `readable` is whether the mock can read its requests.
pub(crate) fn operation(operation: &Operation, readable: bool) -> TokenStream {
    let structure = &operation.structure;
    let mut impls = vec![
        structure::expand(structure, Bound::Input, operation::response_assertions(operation)),
        input::input_structure(structure),
        operation::expand(operation),
        debug::expand(structure),
        builder::expand(structure, Some(operation)),
    ];
    impls.extend(pagination::paginated(operation));
    impls.extend(pagination::methods(operation));
    if readable && !structure.head.broken {
        impls.push(output::expand(structure, Readable::Request));
    }
    in_const(&structure.head, &impls)
}

/// Expands a nested structure, a response or an enum.
pub(crate) fn shape(shape: &Shape) -> TokenStream {
    match &shape.kind {
        ShapeKind::Structure(structure, page) => {
            let mut impls = nested(structure, shape.direction);
            impls.extend(page.as_ref().map(|page| pagination::page(structure, page)));
            in_const(&structure.head, &impls)
        }
        ShapeKind::Enumeration(enumeration) => {
            in_const(&enumeration.head, &[enumeration::expand(enumeration, shape.direction)])
        }
    }
}

fn nested(structure: &Structure, direction: Direction) -> Vec<TokenStream> {
    let bound = if direction == Direction::Output { Bound::Output } else { Bound::Input };
    let mut impls = vec![
        structure::expand(structure, bound, Vec::new()),
        debug::expand(structure),
        builder::expand(structure, None),
    ];
    if direction != Direction::Output {
        impls.extend([input::input_structure(structure), input::input_value(structure)]);
    }
    match direction {
        Direction::Input => {}
        Direction::Output => impls.push(output::expand(structure, Readable::Output)),
        Direction::Both => impls.push(output::expand(structure, Readable::Both)),
    }
    impls
}

/// Puts the impls into a `const _`, in which `__c` is the runtime.
fn in_const(head: &Head, impls: &[TokenStream]) -> TokenStream {
    // The path keeps the span of the user's option `crate`, so that errors about it are reported there.
    let private = &head.private;
    let import = quote_spanned!(Span::mixed_site()=> use #private as __c;);
    let allowed = head.allowed.iter().cloned().map(hygiene::respanned);
    let lifetimes = head.generics.lifetimes().next().map(|_| hygienic!(single_use_lifetimes,));
    hygienic! {
        // Generated code may use the user's deprecated items. The lints are named one by one, since the name of a group
        // is an error where a user forbids one of its lints.
        #[allow(
            deprecated, non_snake_case, #lifetimes
            clippy::impl_trait_in_params, clippy::missing_asserts_for_indexing, clippy::same_name_method
        )]
        #(#[allow(#allowed)])*
        const _: () = {
            #import
            #(#impls)*
        };
    }
}

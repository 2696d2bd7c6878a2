//! Stage 4: a checked type → tokens, one file for each generated impl.
//!
//! Everything generated stands in one `const _`, names the runtime by its full path through the alias `__c`, and has
//! spans of the macro, so that no name of the user's crate can meet one of ours and no lint looks into it.

mod builder;
mod debug;
mod docs;
mod enumeration;
mod operation;
mod output;
mod structure;

use crate::attribute::{OPERATION, SHAPE};
use crate::check::{self, ShapeKind};
use crate::diagnostic::Diagnostics;
use crate::syntax::Item;
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

/// `quote!` with spans of the macro, whose local variables are invisible to the user's tokens and the other way round.
macro_rules! hygienic {
    ($($tokens:tt)*) => { ::quote::quote_spanned!(::proc_macro2::Span::mixed_site()=> $($tokens)*) };
}
use hygienic;

pub(crate) fn operation(item: TokenStream) -> TokenStream {
    with_errors(|diagnostics| expand_operation(item, cfg!(feature = "mock"), diagnostics))
}

pub(crate) fn shape(item: TokenStream) -> TokenStream {
    with_errors(|diagnostics| expand_shape(item, diagnostics))
}

fn with_errors(expand: impl FnOnce(&mut Diagnostics) -> Option<TokenStream>) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let tokens = expand(&mut diagnostics);
    let errors = diagnostics.into_tokens();
    quote!(#errors #tokens)
}

/// Whether the operation can also be read is the mock's business.
pub(crate) fn expand_operation(
    item: TokenStream,
    readable: bool,
    diagnostics: &mut Diagnostics,
) -> Option<TokenStream> {
    let item = Item::parse(OPERATION, item, diagnostics)?;
    let mut operation = check::Operation::check(item, diagnostics)?;
    operation.structure.head.broken = diagnostics.any();
    let structure = &operation.structure;
    let mut impls = vec![
        structure::describe(structure, true, operation::ask_response(&operation)),
        structure::walk(structure),
        operation::expand(&operation),
        debug::expand(structure),
        builder::expand(structure, Some(&operation)),
    ];
    if readable && !structure.head.broken {
        impls.push(output::expand(structure, output::Readable::IfMembersAre));
    }
    Some(within(&structure.head.private, &impls))
}

pub(crate) fn expand_shape(item: TokenStream, diagnostics: &mut Diagnostics) -> Option<TokenStream> {
    let item = Item::parse(SHAPE, item, diagnostics)?;
    let shape = check::Shape::check(item, diagnostics);
    Some(match shape.kind {
        ShapeKind::Structure(mut structure) => {
            structure.head.broken = diagnostics.any();
            let structure = &structure;
            let mut impls = vec![
                structure::describe(structure, shape.input, None),
                debug::expand(structure),
                builder::expand(structure, None),
            ];
            if shape.input {
                impls.extend([structure::walk(structure), structure::input_value(structure)]);
            }
            if shape.output {
                let readable = if shape.input { output::Readable::AndWritable } else { output::Readable::Only };
                impls.push(output::expand(structure, readable));
            }
            within(&structure.head.private, &impls)
        }
        ShapeKind::Enumeration(mut enumeration) => {
            enumeration.head.broken = diagnostics.any();
            within(&enumeration.head.private, &[enumeration::expand(&enumeration, shape.input, shape.output)])
        }
    })
}

/// The impls in a block of their own, where `__c` is the runtime.
fn within(private: &TokenStream, impls: &[TokenStream]) -> TokenStream {
    // The path is the user's where they wrote one; an error about it belongs there.
    let import = quote_spanned!(Span::mixed_site()=> use #private as __c;);
    hygienic! {
        // What the user has deprecated is used here by nobody.
        #[allow(deprecated, non_snake_case)]
        const _: () = {
            #import
            #(#impls)*
        };
    }
}

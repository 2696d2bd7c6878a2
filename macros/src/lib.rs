//! The attribute macros of [`cognito-op`](https://docs.rs/cognito-op), which re-exports and documents them.
//!
//! An attribute adds a hidden derive to its item, and the derive runs three stages, each of which depends only on the
//! one before it: `syntax` (the item as written) → `check` (a checked type) → `expand` (tokens). `check` also uses the
//! package `cognito-op-model` (the published service) and `pattern` (compiled patterns). `diagnostic` contains every message; the errors of
//! all stages are reported at once.

mod attribute;
mod check;
mod diagnostic;
mod expand;
mod pattern;
mod syntax;
#[cfg(test)]
mod tests;

use diagnostic::Diagnostics;
use proc_macro::TokenStream;
use proc_macro2::TokenStream as TokenStream2;
use quote::quote;
use syntax::{AttributeMacro, Item, field_attributes};

///
/// The macro is part of [`cognito-op`](https://docs.rs/cognito-op), which re-exports it.
#[proc_macro_attribute]
pub fn cognito_op(options: TokenStream, item: TokenStream) -> TokenStream {
    with_errors(|diagnostics| {
        Some(attribute::expand(AttributeMacro::Operation, &options.into(), item.into(), diagnostics))
    })
}

///
/// The macro is part of [`cognito-op`](https://docs.rs/cognito-op), which re-exports it.
#[proc_macro_attribute]
pub fn cognito_shape(options: TokenStream, item: TokenStream) -> TokenStream {
    with_errors(|diagnostics| Some(attribute::expand(AttributeMacro::Shape, &options.into(), item.into(), diagnostics)))
}

/// The tables of the published patterns, for the runtime.
#[doc(hidden)]
#[proc_macro]
pub fn known_classes(_: TokenStream) -> TokenStream {
    pattern::known_classes().into()
}

macro_rules! derives {
    ($($variant:ident = $attribute:ident),*) => {
        /// The second half of `#[cognito_op]`.
        ///
        /// A derive receives the fields after `cfg` has been applied, registers the field attributes, and leaves the
        /// struct in place if there are errors.
        #[doc(hidden)]
        #[proc_macro_derive(CognitoOp, attributes(__cognito, $($attribute),*))]
        pub fn derive_operation(item: TokenStream) -> TokenStream {
            with_errors(|diagnostics| operation(item.into(), cfg!(feature = "mock"), diagnostics))
        }

        /// The second half of `#[cognito_shape]`.
        #[doc(hidden)]
        #[proc_macro_derive(CognitoShape, attributes(__cognito, $($attribute),*))]
        pub fn derive_shape(item: TokenStream) -> TokenStream {
            with_errors(|diagnostics| shape(item.into(), diagnostics))
        }
    };
}
field_attributes!(derives);

/// Runs the stages for `#[cognito_op]`. `readable` is whether the mock can read its requests.
fn operation(item: TokenStream2, readable: bool, diagnostics: &mut Diagnostics) -> Option<TokenStream2> {
    let item = Item::parse(AttributeMacro::Operation, item, diagnostics)?;
    let operation = check::Operation::check(item, diagnostics)?;
    Some(expand::operation(&operation, readable))
}

/// Runs the stages for `#[cognito_shape]`.
fn shape(item: TokenStream2, diagnostics: &mut Diagnostics) -> Option<TokenStream2> {
    let item = Item::parse(AttributeMacro::Shape, item, diagnostics)?;
    let shape = check::Shape::check(item, diagnostics);
    Some(expand::shape(&shape))
}

/// Runs a macro and puts its errors before the tokens.
fn with_errors(run: impl FnOnce(&mut Diagnostics) -> Option<TokenStream2>) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let tokens = run(&mut diagnostics);
    let errors = diagnostics.into_tokens();
    quote!(#errors #tokens).into()
}

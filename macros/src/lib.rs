//! The attribute macros of [`cognito-op`](https://docs.rs/cognito-op), which re-exports and documents them.
//!
//! Four stages, each with a type of its own, and each knowing only the one before it:
//! `syntax` (what was written) → `model` (what the service publishes) → `check` (a checked type, and every diagnostic at
//! once) → `expand` (tokens). Every message stands in `diagnostic`.

mod attribute;
mod check;
mod diagnostic;
mod expand;
#[cfg(test)]
mod fixtures;
mod model;
mod pattern;
#[cfg(test)]
mod service;
#[cfg(test)]
mod snapshots;
mod syntax;

use proc_macro::TokenStream;

///
/// A part of [`cognito-op`](https://docs.rs/cognito-op), through which it is used.
#[proc_macro_attribute]
pub fn cognito_op(options: TokenStream, item: TokenStream) -> TokenStream {
    attribute::emit(attribute::OPERATION, &options.into(), item.into()).into()
}

///
/// A part of [`cognito-op`](https://docs.rs/cognito-op), through which it is used.
#[proc_macro_attribute]
pub fn cognito_shape(options: TokenStream, item: TokenStream) -> TokenStream {
    attribute::emit(attribute::SHAPE, &options.into(), item.into()).into()
}

/// The tables of the published patterns, for the runtime, which holds each once.
#[doc(hidden)]
#[proc_macro]
pub fn known_classes(_: TokenStream) -> TokenStream {
    pattern::known_classes().into()
}

/// The second half of `#[cognito_op]`: a derive sees the fields after `cfg` was applied, registers the field attributes
/// and leaves the struct standing whatever is wrong with them.
#[doc(hidden)]
#[proc_macro_derive(
    CognitoOp,
    attributes(
        __cognito,
        len,
        pattern,
        range,
        each,
        keys,
        values,
        member,
        sensitive,
        secret_hash,
        client_secret,
        unmodeled
    )
)]
pub fn derive_operation(item: TokenStream) -> TokenStream {
    expand::operation(item.into()).into()
}

/// The second half of `#[cognito_shape]`.
#[doc(hidden)]
#[proc_macro_derive(
    CognitoShape,
    attributes(
        __cognito,
        len,
        pattern,
        range,
        each,
        keys,
        values,
        member,
        sensitive,
        secret_hash,
        client_secret,
        unmodeled
    )
)]
pub fn derive_shape(item: TokenStream) -> TokenStream {
    expand::shape(item.into()).into()
}

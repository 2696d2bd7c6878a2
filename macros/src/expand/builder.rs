//! The inherent methods: `new` and the setters, and for an operation `validate`, `send` and `send_blocking`.

use super::bounds::{Bound, bounded};
use super::docs;
use super::hygiene::hygienic;
use super::operation::response;
use crate::check::{Collection, Member, Operation, Structure};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote_spanned};
use syn::ext::IdentExt;

/// The number of arguments above which Clippy warns by default.
const MAX_ARGUMENTS: usize = 7;

pub(super) fn expand(structure: &Structure, operation: Option<&Operation>) -> TokenStream {
    let (ident, vis, krate) = (&structure.head.ident, &structure.head.vis, &structure.head.krate);
    let (impl_generics, type_generics, clause) = structure.head.generics.split_for_impl();
    let required: Vec<&Member> = structure.members.iter().filter(|member| !member.optional).collect();
    let parameters = required.iter().map(|member| {
        let (parameter, (ty, _)) = (parameter(member), argument(structure, member));
        hygienic!(#parameter: #ty)
    });
    let fields = structure.members.iter().map(|member| {
        let (field, (_, value)) = (&member.ident, argument(structure, member));
        if member.optional { hygienic!(#field: __c::None) } else { hygienic!(#field: #value) }
    });
    let body = if structure.head.broken {
        let ignored = required.iter().map(|member| parameter(member));
        hygienic! {
            #(let _ = #ignored;)*
            __c::unreachable!()
        }
    } else {
        hygienic!(Self { #(#fields),* })
    };
    // The service decides how many members are required.
    let many = (required.len() > MAX_ARGUMENTS).then(|| hygienic!(#[allow(clippy::too_many_arguments)]));
    let new_doc = docs::new(&ident.unraw().to_string(), &required);
    let setters = structure.members.iter().filter(|member| member.setter).map(|member| setter(structure, member));
    // These methods have bounds that `new` and the setters do not need.
    let calls = operation.map(|operation| {
        let methods = calls(structure, operation);
        let generics = bounded(structure, &[Bound::Input]);
        let (impl_generics, type_generics, clause) = generics.split_for_impl();
        hygienic! {
            #[allow(dead_code)]
            impl #impl_generics #ident #type_generics #clause {
                /// Checks the constraints without sending the request.
                ///
                /// # Errors
                ///
                /// Returns all violations, each with the path of its member and without its value.
                #vis fn validate(&self) -> __c::Result<(), #krate::Violations> {
                    __c::Operation::validate(self)
                }
                #methods
            }
        }
    });
    hygienic! {
        #[allow(dead_code)]
        impl #impl_generics #ident #type_generics #clause {
            #[doc = #new_doc]
            #[must_use]
            #many
            #vis fn new(#(#parameters),*) -> Self {
                #body
            }
            #(#setters)*
        }
        #calls
    }
}

/// Returns the name of the parameter for a field. An uppercase name could be taken for a variant or constant.
fn parameter(member: &Member) -> Ident {
    if member.name.starts_with(char::is_uppercase) {
        return format_ident!("{}_", member.name, span = member.ident.span());
    }
    member.ident.clone()
}

/// Returns the type of the parameter of `new` for a field and the value of the field.
fn argument(structure: &Structure, member: &Member) -> (TokenStream, TokenStream) {
    let (parameter, ty) = (parameter(member), &member.ty);
    if member.lacks_lifetime() {
        // The struct does not compile, so the value is never used.
        return (hygienic!(impl __c::Sized), hygienic!(__c::unreachable!()));
    }
    if structure.infers_from(member) {
        // A conversion would hide the type from the compiler.
        return (ty.to_token_stream(), parameter.to_token_stream());
    }
    match kind(member) {
        Some(kind) => (hygienic!(impl __c::IntoValue<#ty, #kind>), hygienic!(__c::IntoValue::into_value(#parameter))),
        None => (hygienic!(impl __c::Into<#ty>), hygienic!(__c::Into::into(#parameter))),
    }
}

/// Returns the kind of a collection, from which the trait of its argument selects a conversion.
fn kind(member: &Member) -> Option<TokenStream> {
    Some(match Collection::of(&member.ty)? {
        Collection::List => hygienic!(__c::Many),
        Collection::Map => hygienic!(__c::Pairs),
    })
}

fn setter(structure: &Structure, member: &Member) -> TokenStream {
    let (vis, field) = (&structure.head.vis, &member.ident);
    let (parameter, ty) = (parameter(member), &member.ty);
    let (generics, argument, value) = if member.lacks_lifetime() {
        (None, hygienic!(impl __c::Sized), hygienic!({ let _ = #parameter; __c::None }))
    } else if structure.infers_from(member) {
        (None, ty.to_token_stream(), hygienic!(__c::Some(#parameter)))
    } else {
        let kind = kind(member).map(|kind| hygienic!(, #kind));
        let argument = hygienic!(impl __c::IntoMember<#ty, __F #kind>);
        (Some(hygienic!(<__F>)), argument, hygienic!(__c::IntoMember::into_member(#parameter)))
    };
    let doc = format!("Sets {}", docs::member(member));
    // The method has the span of the field, so that editors navigate from one to the other.
    let name = quote_spanned!(Span::mixed_site().located_at(field.span())=> #field);
    hygienic! {
        #[doc = #doc]
        #[must_use]
        #vis fn #name #generics(mut self, #parameter: #argument) -> Self {
            self.#field = #value;
            self
        }
    }
}

fn calls(structure: &Structure, operation: &Operation) -> TokenStream {
    let (vis, response) = (&structure.head.vis, response(operation));
    let blocking_doc = format!(
        "Sends `{}` and blocks until the response has arrived.\n\n# Errors\n\nReturns the same errors as `send`.",
        operation.target
    );
    let doc = docs::send(operation);
    // Signatures use the user's path of the runtime, since documentation and editors show them.
    let krate = &structure.head.krate;
    hygienic! {
        #[doc = #doc]
        #[inline]
        #vis fn send<'__client>(&self, client: &'__client #krate::Client) -> #krate::SendFuture<'__client, #response> {
            __c::Client::send(client, self)
        }
        #[doc = #blocking_doc]
        #[inline]
        #vis fn send_blocking(&self, client: &#krate::blocking::Client) -> __c::Result<#response, #krate::Error> {
            __c::blocking::Client::send(client, self)
        }
    }
}

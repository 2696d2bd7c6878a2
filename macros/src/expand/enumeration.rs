//! An open enum: every value the service may send can be read, and every value can be sent.

use super::hygienic;
use crate::check::{Enumeration, Value};
use proc_macro2::TokenStream;

pub(super) fn expand(enumeration: &Enumeration, input: bool, output: bool) -> TokenStream {
    let (ident, vis) = (&enumeration.ident, &enumeration.vis);
    let names: Vec<_> = enumeration.values.iter().map(|Value { ident, .. }| ident).collect();
    let wires: Vec<&str> = enumeration.values.iter().map(|value| value.wire.as_str()).collect();
    let known = hygienic!(#(Self::#names => #wires,)*);
    // Without `Other` there is an error already; the methods stay for the call sites.
    let (as_str, from) = match &enumeration.other {
        Some(other) => {
            (hygienic!(Self::#other(value) => value,), hygienic!(_ => Self::#other(__c::Into::into(value)),))
        }
        None => (hygienic!(_ => __c::unreachable!(),), hygienic!(_ => __c::unreachable!(),)),
    };
    let input = input.then(|| {
        hygienic! {
            #[automatically_derived]
            impl __c::InputValue for #ident {
                fn write(&self, writer: &mut __c::Writer<'_>) {
                    __c::Writer::string(writer, Self::as_str(self));
                }
                fn check(&self, constraints: &__c::Constraints, checker: &mut __c::Checker<'_>) {
                    __c::Checker::text(checker, Self::as_str(self), constraints);
                }
                fn text(&self) -> __c::Option<&str> {
                    __c::Some(Self::as_str(self))
                }
            }
        }
    });
    let output = output.then(|| {
        hygienic! {
            #[automatically_derived]
            impl __c::OutputValue for #ident {
                fn read<'__de, __D: __c::Deserializer<'__de>>(deserializer: __D) -> __c::Result<Self, __D::Error> {
                    __c::read_text(deserializer)
                }
            }
        }
    });
    let debug = enumeration.debug.then(|| {
        let shown: Vec<String> = names.iter().map(ToString::to_string).collect();
        let other = enumeration.other.as_ref().map(|other| {
            let name = other.to_string();
            hygienic!(Self::#other(value) => __c::fmt::Formatter::debug_tuple(formatter, #name).field(value).finish(),)
        });
        hygienic! {
            #[automatically_derived]
            impl __c::fmt::Debug for #ident {
                fn fmt(&self, formatter: &mut __c::fmt::Formatter<'_>) -> __c::fmt::Result {
                    match self {
                        #(Self::#names => __c::fmt::Formatter::write_str(formatter, #shown),)*
                        #other
                    }
                }
            }
        }
    });
    hygienic! {
        #[allow(dead_code)]
        impl #ident {
            /// The value as it stands on the wire.
            #[must_use]
            #vis fn as_str(&self) -> &str {
                match self { #known #as_str }
            }
        }
        #[automatically_derived]
        impl<'__a> __c::From<&'__a str> for #ident {
            fn from(value: &'__a str) -> Self {
                match value {
                    #(#wires => Self::#names,)*
                    #from
                }
            }
        }
        #[automatically_derived]
        impl __c::FromStr for #ident {
            type Err = __c::Infallible;
            fn from_str(value: &str) -> __c::Result<Self, __c::Infallible> {
                __c::Ok(__c::From::from(value))
            }
        }
        #[automatically_derived]
        impl __c::fmt::Display for #ident {
            fn fmt(&self, formatter: &mut __c::fmt::Formatter<'_>) -> __c::fmt::Result {
                __c::fmt::Formatter::pad(formatter, Self::as_str(self))
            }
        }
        #[automatically_derived]
        impl __c::Value for #ident {
            const SHAPE: __c::Shape = __c::Shape::Enum(&[#(#wires),*]);
        }
        #input
        #output
        #debug
    }
}

//! An open enum of strings, which can hold every value of the service, known or not.

use super::hygiene::hygienic;
use super::shape;
use crate::check::{Direction, Enumeration, Value};
use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::{Ident, parse_quote};

pub(super) fn expand(enumeration: &Enumeration, direction: Direction) -> TokenStream {
    // A broken enum keeps its methods, as stubs, for the call sites.
    let other = enumeration.other.as_ref().filter(|_| !enumeration.head.broken);
    let mut impls = vec![text(enumeration, other)];
    if enumeration.head.debug {
        impls.push(debug(enumeration, other));
    }
    if direction != Direction::Output {
        impls.push(input_value(enumeration));
    }
    if direction != Direction::Input {
        impls.push(output_value(enumeration));
    }
    impls.into_iter().collect()
}

/// Expands the conversions to and from strings.
fn text(enumeration: &Enumeration, other: Option<&Ident>) -> TokenStream {
    let (ident, vis) = (&enumeration.head.ident, &enumeration.head.vis);
    let (impl_generics, type_generics, clause) = enumeration.head.generics.split_for_impl();
    let mut from_generics = enumeration.head.generics.clone();
    from_generics.params.insert(0, parse_quote!('__a));
    let (from_generics, ..) = from_generics.split_for_impl();
    let names = enumeration.values.iter().map(|value| &value.ident);
    let wires = enumeration.values.iter().map(|value| &value.wire);
    let (from_names, from_wires) = (names.clone(), wires.clone());
    let (as_str, from) = if let Some(other) = other {
        let as_str = hygienic! {
            match self {
                #(Self::#names => #wires,)*
                Self::#other(__value) => __value,
            }
        };
        let from = hygienic! {
            match __value {
                #(#from_wires => Self::#from_names,)*
                _ => Self::#other(__c::Into::into(__value)),
            }
        };
        (as_str, from)
    } else {
        (
            hygienic!(__c::unreachable!()),
            hygienic!({
                let _ = __value;
                __c::unreachable!()
            }),
        )
    };
    hygienic! {
        #[allow(dead_code)]
        impl #impl_generics #ident #type_generics #clause {
            /// Returns the value as a string.
            #[must_use]
            #[inline]
            #vis fn as_str(&self) -> &__c::str {
                #as_str
            }
        }
        #[automatically_derived]
        impl #from_generics __c::From<&'__a __c::str> for #ident #type_generics #clause {
            #[inline]
            fn from(__value: &'__a __c::str) -> Self {
                #from
            }
        }
        #[automatically_derived]
        impl #impl_generics __c::From<__c::String> for #ident #type_generics #clause {
            #[inline]
            fn from(__value: __c::String) -> Self {
                __c::From::from(__c::String::as_str(&__value))
            }
        }
        #[automatically_derived]
        impl #impl_generics __c::From<#ident #type_generics> for __c::String #clause {
            #[inline]
            fn from(__value: #ident #type_generics) -> Self {
                __c::Into::into(#ident::as_str(&__value))
            }
        }
        #[automatically_derived]
        impl #impl_generics __c::FromStr for #ident #type_generics #clause {
            type Err = __c::Infallible;
            #[inline]
            fn from_str(__value: &__c::str) -> __c::Result<Self, __c::Infallible> {
                __c::Ok(__c::From::from(__value))
            }
        }
        #[automatically_derived]
        impl #impl_generics __c::fmt::Display for #ident #type_generics #clause {
            #[inline]
            fn fmt(&self, __formatter: &mut __c::fmt::Formatter<'_>) -> __c::fmt::Result {
                __c::fmt::Formatter::pad(__formatter, Self::as_str(self))
            }
        }
    }
}

fn debug(enumeration: &Enumeration, other: Option<&Ident>) -> TokenStream {
    let ident = &enumeration.head.ident;
    let (impl_generics, type_generics, clause) = enumeration.head.generics.split_for_impl();
    let body = if let Some(other) = other {
        let names: Vec<_> = enumeration.values.iter().map(|Value { ident, .. }| ident).collect();
        let texts = names.iter().map(|name| name.unraw().to_string());
        let name = other.to_string();
        hygienic! {
            match self {
                #(Self::#names => __c::fmt::Formatter::write_str(__formatter, #texts),)*
                Self::#other(__value) => {
                    __c::fmt::Formatter::debug_tuple(__formatter, #name).field(&__c::unknown(__value)).finish()
                }
            }
        }
    } else {
        hygienic!({
            let _ = __formatter;
            __c::unreachable!()
        })
    };
    hygienic! {
        #[automatically_derived]
        impl #impl_generics __c::fmt::Debug for #ident #type_generics #clause {
            #[inline]
            fn fmt(&self, __formatter: &mut __c::fmt::Formatter<'_>) -> __c::fmt::Result {
                #body
            }
        }
    }
}

fn input_value(enumeration: &Enumeration) -> TokenStream {
    let (ident, shape) = (&enumeration.head.ident, shape::of_enumeration(enumeration));
    let (impl_generics, type_generics, clause) = enumeration.head.generics.split_for_impl();
    hygienic! {
        #[automatically_derived]
        impl #impl_generics __c::InputValue for #ident #type_generics #clause {
            #shape
            #[inline]
            fn write(&self, __writer: &mut __c::Writer<'_>) {
                __c::Writer::string(__writer, Self::as_str(self));
            }
            #[inline]
            fn check(&self, __constraints: &__c::Constraints, __checker: &mut __c::Checker<'_>) {
                __c::Checker::text(__checker, Self::as_str(self), __constraints);
            }
            #[inline]
            fn text(&self) -> __c::Option<&__c::str> {
                __c::Some(Self::as_str(self))
            }
        }
    }
}

fn output_value(enumeration: &Enumeration) -> TokenStream {
    let (ident, shape) = (&enumeration.head.ident, shape::of_enumeration(enumeration));
    let (impl_generics, type_generics, clause) = enumeration.head.generics.split_for_impl();
    hygienic! {
        #[automatically_derived]
        impl #impl_generics __c::OutputValue for #ident #type_generics #clause {
            #shape
            fn read<'__de, __D: __c::Deserializer<'__de>>(__deserializer: __D) -> __c::Result<Self, __D::Error> {
                __c::read_text(__deserializer)
            }
        }
    }
}

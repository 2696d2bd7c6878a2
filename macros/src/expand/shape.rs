//! The constant `SHAPE` of a structure or enum.

use super::hygiene::hygienic;
use crate::check::{Enumeration, Head, Structure};
use proc_macro2::TokenStream;

pub(super) fn of_structure(structure: &Structure) -> TokenStream {
    let name = name(&structure.head);
    hygienic! {
        const SHAPE: __c::Shape = __c::Shape::Structure { name: #name, members: <Self as __c::Structure>::MEMBERS };
    }
}

pub(super) fn of_enumeration(enumeration: &Enumeration) -> TokenStream {
    let wires = enumeration.values.iter().map(|value| &value.wire);
    let name = name(&enumeration.head);
    hygienic!(const SHAPE: __c::Shape = __c::Shape::Enum { name: #name, values: &[#(#wires),*] };)
}

fn name(head: &Head) -> TokenStream {
    head.name.as_ref().map_or_else(|| hygienic!(__c::None), |name| hygienic!(__c::Some(#name)))
}

//! An open enum of string values.

use super::{Head, advice};
use crate::diagnostic::{Diagnostics, Message};
use crate::model;
use crate::syntax::{self, Item, Variant};
use proc_macro2::Ident;
use syn::LitStr;
use syn::ext::IdentExt;

/// A checked enum.
pub(crate) struct Enumeration {
    pub(crate) head: Head,
    pub(crate) values: Vec<Value>,
    /// The variant for values this program does not know; `None` only beside an error.
    pub(crate) other: Option<Ident>,
}

pub(crate) struct Value {
    pub(crate) ident: Ident,
    pub(crate) wire: String,
}

impl Enumeration {
    pub(super) fn check(
        item: Item,
        variants: Vec<Variant>,
        published: Option<&model::Shape>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let name = item.ident.to_string();
        if !item.generics.params.is_empty() {
            diagnostics.push(&item.generics, Message::EnumGenerics { name: name.clone() });
        }
        let (mut other, mut misnamed) = (None, false);
        let mut values: Vec<Value> = Vec::with_capacity(variants.len());
        for variant in variants {
            if variant.other && other.is_none() {
                if let Some(name) = &variant.attributes.member {
                    diagnostics.push(name, syntax::misplaced("member", "a variant that is one value"));
                }
                other = Some(variant.ident);
                continue;
            }
            // What is meant as `Other` is told so once.
            if variant.ident.unraw() == "Other" && !variant.data && !variant.other {
                continue;
            }
            if variant.data || variant.other {
                misnamed = true;
                let message = Message::EnumVariant { variant: variant.ident.to_string() };
                diagnostics.push(&variant.ident, message);
                continue;
            }
            let value = Value { wire: wire(&variant, published, diagnostics), ident: variant.ident };
            if values.iter().any(|twin| twin.wire == value.wire) {
                diagnostics.push(&value.ident, Message::DuplicateValue { value: value.wire });
                continue;
            }
            values.push(value);
        }
        if other.is_none() && !misnamed {
            diagnostics.push(&item.ident, Message::EnumOther { name });
        }
        Self { head: Head::of(item, published), values, other }
    }
}

/// The value as the wire has it: as written, as published, or in `SCREAMING_SNAKE`.
fn wire(variant: &Variant, published: Option<&model::Shape>, diagnostics: &mut Diagnostics) -> String {
    let name = variant.ident.unraw().to_string();
    let explicit = variant.attributes.member.as_ref().map(LitStr::value);
    let published = published.filter(|_| !variant.attributes.unmodeled);
    let known = published.and_then(|shape| match &explicit {
        Some(wire) => shape.values.iter().find(|value| *value == wire).copied(),
        None => shape.value(&name),
    });
    let wire = explicit.or_else(|| known.map(str::to_owned));
    let wire = wire.unwrap_or_else(|| super::member::snake_case(&name).to_uppercase());
    if let (Some(shape), None) = (published, known) {
        let advice = advice(&wire, &shape.values, "mark it `#[unmodeled]` if the service has it all the same");
        let message = Message::UnknownValue { value: wire.clone(), shape: shape.name.to_owned(), advice };
        match &variant.attributes.member {
            Some(literal) => diagnostics.push(literal, message),
            None => diagnostics.push(&variant.ident, message),
        }
    }
    wire
}

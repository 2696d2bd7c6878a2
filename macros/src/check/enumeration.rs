//! An open enum of string values.

use super::head::Head;
use super::suggestion::suggest;
use crate::diagnostic::{Diagnostics, Message};
use crate::syntax::{FieldAttribute, Item, Variant, VariantForm};
use cognito_op_model as model;
use proc_macro2::Ident;
use syn::LitStr;
use syn::ext::IdentExt;

/// A checked enum.
pub(crate) struct Enumeration {
    pub(crate) head: Head,
    pub(crate) values: Vec<Value>,
    /// The variant for unknown values. It is `None` only if the enum is broken.
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
        let (mut other, mut has_data) = (None, false);
        let mut values: Vec<Value> = Vec::with_capacity(variants.len());
        for variant in variants {
            match variant.form {
                VariantForm::Other if other.is_none() => {
                    if let Some(name) = &variant.attributes.member {
                        diagnostics.push(name, FieldAttribute::Member.only_on("a variant without data"));
                    }
                    other = Some(variant.ident);
                }
                VariantForm::Other | VariantForm::Data => {
                    has_data = true;
                    let message = Message::EnumVariant { variant: variant.ident.to_string() };
                    diagnostics.push(&variant.ident, message);
                }
                // Reported below, as a missing `Other(String)`.
                VariantForm::Unit if variant.ident.unraw() == "Other" => {}
                VariantForm::Unit => {
                    let value = Value { wire: wire(&variant, published, diagnostics), ident: variant.ident };
                    if values.iter().any(|first| first.wire == value.wire) {
                        diagnostics.push(&value.ident, Message::DuplicateValue { value: value.wire });
                    } else {
                        values.push(value);
                    }
                }
            }
        }
        if other.is_none() && !has_data {
            diagnostics.push(&item.ident, Message::EnumOther { name });
        }
        Self { head: Head::of(item, published), values, other }
    }
}

/// Returns the value that a variant stands for: the one in `#[member(…)]`, the published one, or the name in
/// `SCREAMING_SNAKE_CASE`.
fn wire(variant: &Variant, published: Option<&model::Shape>, diagnostics: &mut Diagnostics) -> String {
    let name = variant.ident.unraw().to_string();
    let explicit = variant.attributes.member.as_ref().map(LitStr::value);
    let published = published.filter(|_| !variant.attributes.unmodeled);
    let known = published.and_then(|shape| match &explicit {
        Some(wire) => shape.values.iter().find(|value| *value == wire).copied(),
        None => shape.value(&name),
    });
    let wire = explicit.or_else(|| known.map(str::to_owned));
    let wire = wire.unwrap_or_else(|| model::snake_case(&name).to_uppercase());
    if let (Some(shape), None) = (published, known) {
        let suggestion = suggest(&wire, &shape.values, "mark it `#[unmodeled]` if the service has it nevertheless");
        let message = Message::UnknownValue { value: wire.clone(), shape: shape.name.to_owned(), suggestion };
        match &variant.attributes.member {
            Some(literal) => diagnostics.push(literal, message),
            None => diagnostics.push(&variant.ident, message),
        }
    }
    wire
}

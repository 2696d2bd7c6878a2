//! The struct or enum that the derive receives.

use super::attribute_macro::AttributeMacro;
use super::attributes::Attributes;
use super::field_attribute::FieldAttribute;
use super::options::Options;
use super::serde_names::{RenameAll, SerdeName};
use super::tokens::source;
use super::types::optional;
use crate::diagnostic::{Diagnostics, Message};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Attribute, Data, DataStruct, DeriveInput, Fields, Generics, Ident, Meta, Type, Visibility};

/// A struct or enum with one of the attributes.
pub(crate) struct Item {
    pub(crate) options: Options,
    pub(crate) vis: Visibility,
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    /// The lints that the item and its fields or variants allow, as the arguments of each `allow` and `expect`.
    pub(crate) allowed: Vec<TokenStream>,
    pub(crate) body: Body,
}

pub(crate) enum Body {
    Struct(Vec<Field>),
    Enum(Vec<Variant>),
}

/// A named field.
pub(crate) struct Field {
    pub(crate) ident: Ident,
    /// The name without `r#`.
    pub(crate) name: String,
    /// The type as written.
    pub(crate) written: Type,
    /// The type, without the `Option<…>` around it.
    pub(crate) ty: Type,
    pub(crate) optional: bool,
    pub(crate) attributes: Attributes,
    pub(crate) serde_name: SerdeName,
}

/// A variant of an enum.
pub(crate) struct Variant {
    pub(crate) ident: Ident,
    pub(crate) attributes: Attributes,
    pub(crate) form: VariantForm,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum VariantForm {
    Unit,
    /// `Other(String)`
    Other,
    /// Any other variant with data.
    Data,
}

impl Item {
    /// Parses the item that the derive receives. Returns `None`, with an error in `diagnostics`, if the attribute cannot be
    /// applied to it at all.
    pub(crate) fn parse(attribute: AttributeMacro, tokens: TokenStream, diagnostics: &mut Diagnostics) -> Option<Self> {
        let input: DeriveInput = match syn::parse2(tokens) {
            Ok(input) => input,
            Err(error) => {
                diagnostics.push_syntax(error);
                return None;
            }
        };
        let (mut at, mut options) = (TokenStream::new(), TokenStream::new());
        for attr in &input.attrs {
            if attr.path().is_ident("__cognito") {
                at = attr.path().to_token_stream();
                if let Meta::List(list) = &attr.meta {
                    options = list.tokens.clone();
                }
            } else if let Some(misplaced) = FieldAttribute::of(attr) {
                diagnostics.push(attr, misplaced.only_on("a field"));
            }
        }
        let mut options = Options::parse(attribute, options, diagnostics);
        options.at = at;
        let inner: Vec<&[Attribute]> = match &input.data {
            Data::Struct(data) => data.fields.iter().map(|field| &*field.attrs).collect(),
            Data::Enum(data) => data.variants.iter().map(|variant| &*variant.attrs).collect(),
            Data::Union(_) => Vec::new(),
        };
        let allowed = [&*input.attrs].into_iter().chain(inner).flatten().filter_map(allowed).collect();
        let rename_all = RenameAll::parse(&input.attrs);
        let body = match input.data {
            Data::Struct(DataStruct { fields: Fields::Named(fields), .. }) => {
                let fields = fields.named.into_iter();
                Body::Struct(fields.filter_map(|field| Field::parse(field, &rename_all, diagnostics)).collect())
            }
            // The methods are generated nevertheless, as for a struct without members.
            Data::Struct(data) => {
                let is_newtype = attribute == AttributeMacro::Shape && data.fields.len() == 1;
                let instead = if is_newtype {
                    ", or, for a newtype, remove the attribute and implement `InputValue` or `OutputValue`"
                } else {
                    ""
                };
                let message =
                    Message::NotNamedFields { attribute: attribute.name().to_owned(), instead: instead.to_owned() };
                match data.fields {
                    Fields::Unit => diagnostics.push(&input.ident, message),
                    fields => diagnostics.push(fields, message),
                }
                options.unmodeled = true;
                Body::Struct(Vec::new())
            }
            Data::Enum(data) if attribute == AttributeMacro::Shape => {
                let variants = data.variants.into_iter();
                Body::Enum(variants.map(|variant| Variant::parse(variant, diagnostics)).collect())
            }
            Data::Enum(data) => {
                diagnostics.push(data.enum_token, attribute.wrong_item());
                return None;
            }
            Data::Union(data) => {
                diagnostics.push(data.union_token, attribute.wrong_item());
                return None;
            }
        };
        Some(Self { options, vis: input.vis, ident: input.ident, generics: input.generics, allowed, body })
    }
}

/// Returns the arguments of an `allow` or `expect`.
fn allowed(attr: &Attribute) -> Option<TokenStream> {
    match &attr.meta {
        Meta::List(list) if list.path.is_ident("allow") || list.path.is_ident("expect") => Some(list.tokens.clone()),
        _ => None,
    }
}

impl Field {
    fn parse(field: syn::Field, rename_all: &RenameAll, diagnostics: &mut Diagnostics) -> Option<Self> {
        let ident = field.ident?;
        let (ty, optional) = optional(&field.ty);
        let name = ident.unraw().to_string();
        Some(Self {
            serde_name: rename_all.of_field(&name, &field.attrs),
            name,
            attributes: Attributes::parse(&field.attrs, diagnostics),
            ty: ty.clone(),
            optional,
            written: field.ty,
            ident,
        })
    }
}

impl Variant {
    fn parse(variant: syn::Variant, diagnostics: &mut Diagnostics) -> Self {
        let form = match &variant.fields {
            Fields::Unit => VariantForm::Unit,
            Fields::Unnamed(fields)
                if fields.unnamed.len() == 1
                    && variant.ident.unraw() == "Other"
                    && source(&fields.unnamed[0].ty).ends_with("String") =>
            {
                VariantForm::Other
            }
            _ => VariantForm::Data,
        };
        Self { attributes: Attributes::parse_variant(&variant.attrs, diagnostics), ident: variant.ident, form }
    }
}

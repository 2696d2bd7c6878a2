//! Stage 1: what was written, typed and spanned. No question is asked here that the service would have to answer.

mod field;
mod options;
mod types;

pub(crate) use field::{Attributes, Bounds, Constraints, Entries, Written, misplaced};
pub(crate) use options::Options;
pub(crate) use types::{Kind as TypeKind, arguments, mention, mentions, optional};

use crate::attribute;
use crate::diagnostic::{Diagnostics, Message};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Fields, Generics, Ident, Type, Visibility};

/// A struct or enum that carries one of the attributes.
pub(crate) struct Item {
    pub(crate) options: Options,
    pub(crate) vis: Visibility,
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
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
    /// The type, or what stands in its `Option<…>`.
    pub(crate) ty: Type,
    pub(crate) optional: bool,
    pub(crate) attributes: Attributes,
}

/// A variant of an enum.
pub(crate) struct Variant {
    pub(crate) ident: Ident,
    pub(crate) attributes: Attributes,
    /// Whether it is `Other(String)`.
    pub(crate) other: bool,
    /// Whether it carries data and is not `Other(String)`.
    pub(crate) data: bool,
}

impl Item {
    /// Reads the item as the derive sees it. `None` where nothing can be made of it; the reason is in `diagnostics` then.
    pub(crate) fn parse(kind: attribute::Kind, tokens: TokenStream, diagnostics: &mut Diagnostics) -> Option<Self> {
        let input: DeriveInput = match syn::parse2(tokens) {
            Ok(input) => input,
            Err(error) => {
                diagnostics.push_syntax(error);
                return None;
            }
        };
        let mut options = TokenStream::new();
        for attr in &input.attrs {
            if attr.path().is_ident("__cognito") {
                if let syn::Meta::List(list) = &attr.meta {
                    options = list.tokens.clone();
                }
            } else if let Some(name) = field::known(attr) {
                diagnostics.push(attr, misplaced(name, "a field"));
            }
        }
        let mut options = Options::parse(kind, options, diagnostics);
        let body = match input.data {
            Data::Struct(data) => match data.fields {
                Fields::Named(fields) => {
                    let fields = fields.named.into_iter();
                    Body::Struct(fields.filter_map(|field| Field::parse(field, diagnostics)).collect())
                }
                // The item is left with no members rather than with no methods.
                Fields::Unnamed(fields) => {
                    diagnostics.push(fields, Message::NotNamedFields { attribute: kind.name.to_owned() });
                    options.unmodeled = true;
                    Body::Struct(Vec::new())
                }
                Fields::Unit => {
                    diagnostics.push(&input.ident, Message::NotNamedFields { attribute: kind.name.to_owned() });
                    options.unmodeled = true;
                    Body::Struct(Vec::new())
                }
            },
            Data::Enum(data) if kind.name == attribute::SHAPE.name => {
                let variants = data.variants.into_iter();
                Body::Enum(variants.map(|variant| Variant::parse(variant, diagnostics)).collect())
            }
            Data::Enum(data) => {
                diagnostics.push(data.enum_token, kind.misfit());
                return None;
            }
            Data::Union(data) => {
                diagnostics.push(data.union_token, kind.misfit());
                return None;
            }
        };
        Some(Self { options, vis: input.vis, ident: input.ident, generics: input.generics, body })
    }
}

impl Field {
    fn parse(field: syn::Field, diagnostics: &mut Diagnostics) -> Option<Self> {
        let ident = field.ident?;
        let (ty, optional) = optional(&field.ty);
        Some(Self {
            name: ident.unraw().to_string(),
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
        let other = match &variant.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                variant.ident.unraw() == "Other" && source(&fields.unnamed[0].ty).ends_with("String")
            }
            _ => false,
        };
        Self {
            attributes: Attributes::parse_variant(&variant.attrs, diagnostics),
            data: !other && !matches!(variant.fields, Fields::Unit),
            ident: variant.ident,
            other,
        }
    }
}

/// The parts of `tokens` between the commas of its outermost level; what an attribute's arguments or a list of derives
/// consists of. One broken part leaves the others readable.
pub(crate) fn chunks(tokens: TokenStream) -> Vec<TokenStream> {
    let mut chunks = Vec::new();
    let mut chunk = TokenStream::new();
    // Commas within `<…>` belong to a type.
    let mut depth = 0_usize;
    let mut arrow = false;
    for token in tokens {
        if let TokenTree::Punct(punct) = &token {
            match punct.as_char() {
                '<' => depth += 1,
                '>' if !arrow => depth = depth.saturating_sub(1),
                ',' if depth == 0 => {
                    chunks.push(std::mem::take(&mut chunk));
                    continue;
                }
                _ => {}
            }
            arrow = matches!(punct.as_char(), '-' | '=');
        } else {
            arrow = false;
        }
        chunk.extend(Some(token));
    }
    chunks.push(chunk);
    chunks.retain(|chunk| !chunk.is_empty());
    chunks
}

/// A type, path or other piece of syntax as one would write it: `BTreeMap<String, String>`.
pub(crate) fn source(tokens: &impl ToTokens) -> String {
    let mut text = String::new();
    let mut previous = '(';
    for part in tokens.to_token_stream().to_string().split(' ') {
        let first = part.chars().next().unwrap_or(' ');
        let tight = matches!(first, '<' | '>' | ',' | ':' | ')' | ']' | ';')
            || matches!(previous, '<' | '(' | '[' | '&' | ':' | '\'');
        if !text.is_empty() && !tight {
            text.push(' ');
        }
        text.push_str(part);
        previous = part.chars().last().unwrap_or(' ');
    }
    text
}

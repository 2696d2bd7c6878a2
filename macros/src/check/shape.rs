//! A struct or enum with `#[cognito_shape]`.

use super::enumeration::Enumeration;
use super::member::Role;
use super::pagination::Page;
use super::structure::Structure;
use super::suggestion::suggest;
use crate::diagnostic::{Diagnostics, Message};
use crate::syntax::{Body, Direction, Item};
use cognito_op_model::{self as model, Kind, SERVICE};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Type;
use syn::ext::IdentExt;

/// A checked shape.
pub(crate) struct Shape {
    pub(crate) kind: ShapeKind,
    pub(crate) direction: Direction,
}

pub(crate) enum ShapeKind {
    /// A structure, which may be a page of a list.
    Structure(Structure, Option<Page>),
    Enumeration(Enumeration),
}

impl Shape {
    pub(crate) fn check(mut item: Item, diagnostics: &mut Diagnostics) -> Self {
        let expected = if matches!(item.body, Body::Enum(_)) { Kind::Enum } else { Kind::Structure };
        let published = published(&item, diagnostics).filter(|shape| {
            if shape.kind != expected {
                let (name, kind) = (shape.name.to_owned(), shape.kind.described().to_owned());
                diagnostics.push(&item.ident, Message::ShapeKind { name, kind });
            }
            shape.kind == expected
        });
        let mut direction = item.options.direction();
        // A type that is read from a response owns its values.
        if let Some(borrow) = borrow(&item) {
            let is_output = item.options.output.is_some() || published.as_ref().is_some_and(|shape| !shape.input);
            if is_output && item.options.direction() != Direction::Input {
                diagnostics.push(borrow, Message::BorrowedOutput {});
            } else {
                direction = Direction::Input;
            }
        }
        let body = std::mem::replace(&mut item.body, Body::Struct(Vec::new()));
        let kind = match body {
            Body::Struct(fields) => {
                let is_sent = direction != Direction::Output && published.as_ref().is_some_and(|shape| shape.input);
                let role = if is_sent { Role::Input } else { Role::Output };
                let mut structure = Structure::check(item, fields, published.as_ref(), role, diagnostics);
                for auto_fill in structure.members.iter().filter_map(|member| member.auto_fill.as_ref()) {
                    diagnostics.push(auto_fill.at(), auto_fill.attribute().only_on("a field of an operation"));
                }
                structure.head.broken = structure.is_broken(diagnostics);
                let response = published.as_ref().filter(|_| direction != Direction::Input);
                let page = response.and_then(|shape| Page::check(&structure, shape));
                ShapeKind::Structure(structure, page)
            }
            Body::Enum(variants) => {
                let mut enumeration = Enumeration::check(item, variants, published.as_ref(), diagnostics);
                enumeration.head.broken = diagnostics.any();
                ShapeKind::Enumeration(enumeration)
            }
        };
        Self { kind, direction }
    }
}

/// Returns the first lifetime parameter of an item, or else its first field with a reference.
fn borrow(item: &Item) -> Option<TokenStream> {
    let lifetime = item.generics.lifetimes().next().map(|parameter| parameter.lifetime.to_token_stream());
    let reference = || match &item.body {
        Body::Struct(fields) => fields
            .iter()
            .find(|field| matches!(field.ty, Type::Reference(_)))
            .map(|field| field.written.to_token_stream()),
        Body::Enum(_) => None,
    };
    lifetime.or_else(reference)
}

/// Returns the published shape of an item, by its name or the given one. A type whose name is not in the API is not checked.
fn published(item: &Item, diagnostics: &mut Diagnostics) -> Option<model::Shape> {
    if item.options.unmodeled {
        return None;
    }
    let Some(given) = &item.options.shape else {
        return SERVICE.shape(&item.ident.unraw().to_string());
    };
    let name = given.to_string();
    let shape = SERVICE.shape(&name);
    if shape.is_none() {
        let names: Vec<_> = SERVICE.shape_names().collect();
        let suggestion = suggest(&name, &names, "omit the name for a type of your own");
        diagnostics.push(given, Message::UnknownShape { shape: name, suggestion });
    }
    shape
}

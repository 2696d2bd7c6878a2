//! A struct or enum with `#[cognito_shape]`.

use super::{AutoFill, Enumeration, Structure, advice};
use crate::diagnostic::{Diagnostics, Message};
use crate::model::{self, Kind};
use crate::syntax::{self, Body, Item};
use syn::ext::IdentExt;

/// A checked shape.
pub(crate) struct Shape {
    pub(crate) kind: ShapeKind,
    pub(crate) input: bool,
    pub(crate) output: bool,
}

pub(crate) enum ShapeKind {
    Structure(Structure),
    Enumeration(Enumeration),
}

impl Shape {
    pub(crate) fn check(mut item: Item, diagnostics: &mut Diagnostics) -> Self {
        let wanted = if matches!(item.body, Body::Enum(_)) { Kind::Enum } else { Kind::Structure };
        let published = published(&item, diagnostics).filter(|shape| {
            if shape.kind != wanted {
                let (name, kind) = (shape.name.to_owned(), shape.kind.described().to_owned());
                diagnostics.push(&item.ident, Message::ShapeKind { name, kind });
            }
            shape.kind == wanted
        });
        // A type with a lifetime borrows what it is given; an answer has nobody to borrow from.
        let borrows = item.generics.lifetimes().next().is_some();
        if let Some(said) = item.options.output.as_ref().filter(|_| borrows) {
            diagnostics.push(said, Message::BorrowedOutput {});
        }
        let (input, output) = (item.options.is_input(), item.options.is_output() && !borrows);
        let body = std::mem::replace(&mut item.body, Body::Struct(Vec::new()));
        let kind = match body {
            Body::Struct(fields) => {
                let required = input && published.as_ref().is_some_and(|shape| shape.input);
                let structure = Structure::check(item, fields, published.as_ref(), required, false, diagnostics);
                for filled in structure.members.iter().filter_map(|member| member.filled.as_ref()) {
                    let attribute = match filled {
                        AutoFill::ClientSecret(_) => "client_secret",
                        AutoFill::SecretHash(_) | AutoFill::SecretHashEntry { .. } => "secret_hash",
                    };
                    diagnostics.push(filled.at(), syntax::misplaced(attribute, "a member of an operation"));
                }
                ShapeKind::Structure(structure)
            }
            Body::Enum(variants) => {
                ShapeKind::Enumeration(Enumeration::check(item, variants, published.as_ref(), diagnostics))
            }
        };
        Self { kind, input, output }
    }
}

/// The shape that the item's name, or the one given, stands for. One the service does not know is not checked.
fn published(item: &Item, diagnostics: &mut Diagnostics) -> Option<model::Shape> {
    if item.options.unmodeled {
        return None;
    }
    let Some(given) = &item.options.shape else {
        return model::shape(&item.ident.unraw().to_string());
    };
    let name = given.to_string();
    let shape = model::shape(&name);
    if shape.is_none() {
        let names: Vec<_> = model::shape_names().collect();
        let advice = advice(&name, &names, "leave the name out for a shape of your own");
        diagnostics.push(given, Message::UnknownShape { shape: name, advice });
    }
    shape
}

//! Stage 3: what was written × what the service publishes → a checked type, or every diagnostic at once.
//!
//! A checked type comes out even of a broken item: what is wrong is left out of it, so that the struct keeps its methods
//! and the call sites stay free of further errors.

mod constraint;
mod enumeration;
mod member;
mod operation;
mod shape;

pub(crate) use constraint::Constraints;
pub(crate) use enumeration::{Enumeration, Value};
#[cfg(test)]
pub(crate) use member::snake_case;
pub(crate) use member::{Asked, AutoFill, Expected, Member};
pub(crate) use operation::Operation;
pub(crate) use shape::{Shape, ShapeKind};

use crate::diagnostic::{Diagnostics, Message, did_you_mean};
use crate::model;
use crate::syntax::{self, Item};
use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::{Generics, Ident, Visibility};

/// What a checked operation, structure or enum begins with.
pub(crate) struct Head {
    /// What a shape is compared by where it stands: its name in the API or, where the API has none of that name, its own;
    /// nothing where it is not to be compared, or the name that is given for it is wrong.
    pub(crate) name: Option<String>,
    /// The path of the runtime, which signatures name.
    pub(crate) krate: TokenStream,
    /// The path of the runtime's part for generated code.
    pub(crate) private: TokenStream,
    pub(crate) vis: Visibility,
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    pub(crate) debug: bool,
    /// Whether something is wrong with it, so that its impls only have to be there.
    pub(crate) broken: bool,
}

impl Head {
    fn of(item: Item, published: Option<&model::Shape>) -> Self {
        let own = || (!item.options.unmodeled && item.options.shape.is_none()).then(|| item.ident.unraw().to_string());
        Self {
            name: published.map(|shape| shape.name.to_owned()).or_else(own),
            krate: item.options.krate(),
            private: item.options.private(),
            vis: item.vis,
            ident: item.ident,
            generics: item.generics,
            debug: item.options.debug,
            broken: false,
        }
    }
}

/// What operations and structures have in common.
pub(crate) struct Structure {
    pub(crate) head: Head,
    pub(crate) members: Vec<Member>,
}

impl Structure {
    /// Checks the fields against the shape that the service publishes, if it is to be asked. `input` says that the
    /// service requires what the shape requires; in an answer anything may be missing.
    fn check(
        item: Item,
        fields: Vec<syntax::Field>,
        published: Option<&model::Shape>,
        input: bool,
        operation: bool,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut members: Vec<Member> = Vec::with_capacity(fields.len());
        for field in fields {
            let span = field.ident.clone();
            if let Some(own) = syntax::mention(&field.ty, &item.ident) {
                diagnostics.push(own, Message::RecursiveShape { name: item.ident.to_string() });
            }
            let member = Member::check(field, published, input, operation, diagnostics);
            if let Some(twin) = members.iter().find(|other| other.wire == member.wire) {
                let (member, field) = (member.wire.clone(), twin.name.clone());
                diagnostics.push(span, Message::DuplicateMember { member, field });
            }
            members.push(member);
        }
        if let Some(published) = published.filter(|_| input) {
            // One that is only misspelt has been found already.
            let is_written = |name: &str| {
                members.iter().any(|written| written.wire == name || written.meant.is_some_and(|meant| meant == name))
            };
            let missing = published.members.iter().filter(|member| member.required && !is_written(member.name));
            let lines: Vec<String> = missing.map(|member| member::line(member, &item.vis)).collect();
            if !lines.is_empty() {
                let shape = published.name.to_owned();
                diagnostics.push(&item.ident, Message::MissingRequired { shape, lines: lines.join("\n") });
            }
        }
        Self { head: Head::of(item, published), members }
    }
}

/// What to say about a name the service does not know.
fn advice<S: AsRef<str>>(written: &str, known: &[S], otherwise: &str) -> String {
    let near = did_you_mean(written, known.iter().map(AsRef::as_ref));
    if !near.is_empty() {
        return near;
    }
    if known.is_empty() || known.len() > 20 {
        return format!("; {otherwise}");
    }
    let known: Vec<String> = known.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    format!("; it has {}; {otherwise}", known.join(", "))
}

#[cfg(test)]
mod tests;

//! The members of an operation, or of a nested structure.

use super::auto_fill::AutoFill;
use super::constraints::Unpublished;
use super::head::Head;
use super::member::{Member, Role};
use crate::diagnostic::{Diagnostics, Message};
use crate::syntax::{Field, Item, mention, mentions, source};
use cognito_op_model::{self as model, SERVICE};
use syn::ext::IdentExt;
use syn::{Ident, Type, Visibility};

/// The head and the members of a struct.
pub(crate) struct Structure {
    pub(crate) head: Head,
    pub(crate) members: Vec<Member>,
}

impl Structure {
    /// Checks the fields of a struct against the published shape, if there is one.
    pub(super) fn check(
        item: Item,
        fields: Vec<Field>,
        published: Option<&model::Shape>,
        role: Role,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let own_name = item.ident.unraw().to_string();
        let is_operation = matches!(role, Role::Operation { .. });
        let unpublished = if published.is_some() || item.options.unmodeled {
            Unpublished::Unconstrained
        } else if diagnostics.any()
            && (is_operation || item.options.shape.is_some() || SERVICE.shape(&own_name).is_some())
        {
            Unpublished::Reported
        } else {
            Unpublished::OwnType(own_name)
        };
        let mut members: Vec<Member> = Vec::with_capacity(fields.len());
        for field in fields {
            let ident = field.ident.clone();
            if let Some(recursive) = mention(&field.ty, &item.ident) {
                diagnostics.push(recursive, Message::RecursiveShape { name: item.ident.to_string() });
            }
            let member = Member::check(field, published, &unpublished, role, diagnostics);
            if let Some(first) = members.iter().find(|other| other.wire == member.wire) {
                let (member, field) = (member.wire.clone(), first.name.clone());
                diagnostics.push(ident, Message::DuplicateMember { member, field });
            }
            members.push(member);
        }
        if let Some(published) = published.filter(|_| role.requires_members()) {
            // A misspelt member has been reported already.
            let is_written = |name: &str| {
                members.iter().any(|member| member.wire == name || member.misspelt.is_some_and(|meant| meant == name))
            };
            let missing = published.members.iter().filter(|member| member.required && !is_written(member.name));
            let missing: Vec<_> = missing.collect();
            if !missing.is_empty() {
                let vis = visibility(&item.vis);
                let line = |member: &&model::Member| {
                    format!("    {},", model::source::field(member, &vis, role.auto_fill(member.name)))
                };
                let lines = missing.iter().map(line).collect::<Vec<_>>().join("\n");
                let shape = published.name.to_owned();
                // The command prints a request with its operation.
                let operation = shape.strip_suffix("Request").and_then(|name| SERVICE.operation(name));
                let printed = operation.map_or_else(|| shape.clone(), |operation| operation.name.to_owned());
                diagnostics.push(&item.ident, Message::MissingRequired { shape, lines, printed });
            }
        }
        Self { head: Head::of(item, published), members }
    }

    /// Returns whether the macro or the compiler reports an error in the struct. Its methods are then stubs.
    pub(super) fn is_broken(&self, diagnostics: &Diagnostics) -> bool {
        diagnostics.any() || self.members.iter().any(Member::lacks_lifetime)
    }

    /// Returns the type and const parameters of the struct on which a type depends.
    fn parameters_of(&self, ty: &Type) -> Vec<&Ident> {
        let types = self.head.generics.type_params().map(|parameter| &parameter.ident);
        let parameters = types.chain(self.head.generics.const_params().map(|parameter| &parameter.ident));
        parameters.filter(|parameter| mentions(ty, parameter)).collect()
    }

    /// Returns whether type or const parameters of the struct are inferred from a member. They are inferred from required members
    /// if possible.
    pub(crate) fn infers_from(&self, member: &Member) -> bool {
        let is_determined =
            |parameter: &Ident| self.members.iter().any(|other| !other.optional && mentions(&other.ty, parameter));
        let mut parameters = self.parameters_of(&member.ty).into_iter();
        parameters.any(|parameter| !member.optional || !is_determined(parameter))
    }

    /// Returns whether a type depends on a type or const parameter of the struct.
    pub(crate) fn is_generic(&self, ty: &Type) -> bool {
        !self.parameters_of(ty).is_empty()
    }

    /// Returns the index of the member with the app client's id.
    pub(super) fn client_id(&self) -> Option<usize> {
        let is_filled = |member: &Member| matches!(member.auto_fill, Some(AutoFill::ClientId { .. }));
        self.members.iter().position(is_filled).or_else(|| self.position("ClientId"))
    }

    /// Returns the index of the member with a name in the API.
    pub(super) fn position(&self, wire: &str) -> Option<usize> {
        self.members.iter().position(|member| member.wire == wire)
    }

    /// Returns the index of the member with a name in the API, or of the misspelt one that was probably meant.
    pub(super) fn meant(&self, wire: &str) -> Option<usize> {
        let misspelt = || self.members.iter().position(|member| member.misspelt.is_some_and(|meant| meant == wire));
        self.position(wire).or_else(misspelt)
    }
}

/// Renders the visibility of a struct, for its fields.
fn visibility(vis: &Visibility) -> String {
    match vis {
        Visibility::Inherited => String::new(),
        Visibility::Public(_) => "pub ".to_owned(),
        Visibility::Restricted(within) => format!("pub({}) ", source(&within.path)),
    }
}

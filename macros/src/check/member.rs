//! One member of a structure.

use super::auto_fill::AutoFill;
use super::constraints::{Constraints, Place, Unpublished};
use super::suggestion::suggest;
use super::type_assertion::{TypeAssertion, of_field};
use crate::diagnostic::{Diagnostics, Message};
use crate::syntax::{Field, SerdeName, lacks_lifetime, source};
use cognito_op_model as model;
use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Ident, LitStr, Type};

/// The generated methods that a setter must not replace.
const SHAPE_METHODS: [&str; 1] = ["new"];
const OPERATION_METHODS: [&str; 4] = ["new", "send", "send_blocking", "validate"];
const PAGINATED_METHODS: [&str; 8] =
    ["new", "send", "send_blocking", "validate", "pages", "items", "pages_blocking", "items_blocking"];

/// The role of a struct, which decides about its members.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The request itself. `app_client` is whether it is called for an app client, and `paginated` whether there are methods
    /// for pages.
    Operation { app_client: bool, paginated: bool },
    /// A structure in requests.
    Input,
    /// A structure that is only read, in which every member may be missing.
    Output,
}

impl Role {
    pub(super) fn requires_members(self) -> bool {
        self != Self::Output
    }

    /// Returns the value that the client fills into a member with this name.
    pub(super) fn auto_fill(self, wire: &str) -> Option<model::AutoFill> {
        model::AutoFill::of(wire).filter(|_| matches!(self, Self::Operation { app_client: true, .. }))
    }

    fn methods(self) -> &'static [&'static str] {
        match self {
            Self::Operation { paginated: true, .. } => &PAGINATED_METHODS,
            Self::Operation { .. } => &OPERATION_METHODS,
            Self::Input | Self::Output => &SHAPE_METHODS,
        }
    }
}

/// A checked member.
pub(crate) struct Member {
    pub(crate) ident: Ident,
    pub(crate) name: String,
    pub(crate) serde_name: SerdeName,
    /// The name in the API.
    pub(crate) wire: String,
    /// The type, without the `Option<…>` around it.
    pub(crate) ty: Type,
    pub(crate) optional: bool,
    pub(crate) sensitive: bool,
    pub(crate) constraints: Constraints,
    pub(crate) auto_fill: Option<AutoFill>,
    /// The checks that are left to the compiler.
    pub(crate) assertions: Vec<TypeAssertion>,
    /// Whether a setter is generated. It is not where it would conflict with another method.
    pub(crate) setter: bool,
    /// The published member that was probably meant by a misspelt name.
    pub(super) misspelt: Option<&'static str>,
}

impl Member {
    pub(super) fn check(
        field: Field,
        published: Option<&model::Shape>,
        unpublished: &Unpublished,
        role: Role,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let Resolved { wire, known, misspelt } = resolve(&field, published, diagnostics);
        let shape = known.and_then(|member| member.shape());
        let attributes = &field.attributes;
        let is_required = role.requires_members() && known.is_some_and(|member| member.required);
        let is_filled = attributes.client_id.is_some() || attributes.client_secret.is_some();
        if is_required && field.optional && !is_filled {
            let (member, ty) = (wire.clone(), source(&field.ty));
            let message = match role.auto_fill(&wire) {
                Some(value) => Message::OptionalAutoFill { member, attribute: value.attribute().to_owned(), ty },
                None => Message::OptionalRequired { member, ty },
            };
            diagnostics.push(&field.written, message);
        }
        let setter = field.optional && !role.methods().contains(&field.name.as_str());
        if field.optional && !setter {
            diagnostics.push(&field.ident, Message::MethodCollision { field: field.name.clone(), wire: wire.clone() });
        }
        let is_unknown = published.is_some() && known.is_none() && !attributes.unmodeled;
        let unpublished = if is_unknown { &Unpublished::Reported } else { unpublished };
        let place = Place { member: &wire, ty: &field.ty, entries: None, published: shape.as_ref(), unpublished };
        Self {
            optional: field.optional,
            // Members that the service does not publish may be secrets.
            sensitive: attributes.sensitive
                || shape.as_ref().is_none_or(model::Shape::is_sensitive)
                || published.is_some_and(model::Shape::is_sensitive),
            constraints: Constraints::check(&attributes.constraints, &attributes.entries, place, diagnostics),
            auto_fill: AutoFill::check(&field, &wire, known, diagnostics),
            assertions: of_field(&field, &wire, shape.as_ref(), diagnostics),
            setter,
            misspelt,
            wire,
            ident: field.ident,
            name: field.name,
            serde_name: field.serde_name,
            ty: field.ty,
        }
    }

    /// Returns whether a request must contain the member. A client can fill it in where the caller has not set it.
    pub(crate) fn is_required(&self) -> bool {
        !self.optional || self.auto_fill.as_ref().is_some_and(AutoFill::is_required)
    }

    /// Returns whether the type contains a reference without a lifetime, which the compiler reports.
    pub(crate) fn lacks_lifetime(&self) -> bool {
        lacks_lifetime(&self.ty)
    }

    /// The span of the type, for errors about it.
    pub(crate) fn type_span(&self) -> Span {
        self.ty.span()
    }
}

/// The member of the API that a field stands for.
struct Resolved {
    wire: String,
    /// The published member with that name.
    known: Option<model::Member>,
    /// The published member that was probably meant, if there is none with that name.
    misspelt: Option<&'static str>,
}

fn resolve(field: &Field, published: Option<&model::Shape>, diagnostics: &mut Diagnostics) -> Resolved {
    let mut misspelt = None;
    let explicit = field.attributes.member.as_ref().map(LitStr::value);
    let shape = published.filter(|_| !field.attributes.unmodeled);
    let known = shape.and_then(|shape| match &explicit {
        Some(wire) => shape.member_named(wire),
        None => shape.member(&field.name),
    });
    if let (Some(shape), None) = (shape, known) {
        // Names in `#[member(…)]` are compared with names in the API, names of fields with names of fields.
        let name = |member: &model::Member| match explicit {
            Some(_) => member.name.to_owned(),
            None => model::snake_case(member.name),
        };
        let names: Vec<String> = shape.members.iter().map(name).collect();
        let written = explicit.as_ref().unwrap_or(&field.name);
        let near = model::nearest(written, names.iter().map(String::as_str));
        let index = near.first().and_then(|near| names.iter().position(|name| name == near));
        misspelt = index.and_then(|index| Some(shape.members.get(index)?.name));
        let member = if explicit.is_none() { "add `#[member(\"…\")]` if the member has another name, " } else { "" };
        let fallback = format!(
            "{member}move the field to a struct around this one if it is your own, or mark it `#[unmodeled]` if the \
             service has the member nevertheless"
        );
        let suggestion = suggest(written, &names, &fallback);
        let message = Message::UnknownMember { member: written.clone(), shape: shape.name.to_owned(), suggestion };
        match &field.attributes.member {
            Some(literal) => diagnostics.push(literal, message),
            None => diagnostics.push(&field.ident, message),
        }
    } else if let Some(literal) = &field.attributes.member
        && literal.value().contains(|c: char| matches!(c, ..' ' | '"' | '\\'))
    {
        // The runtime writes the names of members without escapes.
        diagnostics.push(literal, Message::InvalidMember { member: literal.value().escape_debug().to_string() });
    }
    let wire = match (explicit, known) {
        (Some(wire), _) => wire,
        (None, Some(known)) => known.name.to_owned(),
        (None, None) => model::pascal_case(&field.name),
    };
    Resolved { wire, known, misspelt }
}

//! The types of fields and responses: checked here as far as their names tell, and otherwise by the compiler, with an
//! assertion in the generated code.

use crate::diagnostic::Diagnostics;
use crate::diagnostic::Message;
use crate::syntax::{self, Constraints, EntriesKind, Field, FieldAttribute, TypeKind, source};
use cognito_op_model::source::{describe, rust_type, shape_within};
use cognito_op_model::{self as model, Kind, SERVICE};
use proc_macro2::TokenStream;
use syn::Type;

/// A check that is left to the compiler: a type must be what is expected of it.
pub(crate) struct TypeAssertion {
    pub(crate) expected: Expected,
    /// The error if it is not.
    pub(crate) message: String,
    /// The index of the entries that are checked, if it is not the type itself: 0 for the entries of a list and the keys of
    /// a map, 1 for the values of a map.
    pub(crate) entry: Option<usize>,
}

/// A kind of type.
pub(crate) enum Expected {
    /// Any type that has a length.
    Measured,
    AnyList,
    AnyMap,
    String,
    Enum(&'static str),
    Boolean,
    Integer,
    Timestamp,
    Blob,
    Document,
    List(Box<Expected>),
    Map(Box<Expected>),
    /// A structure with one of these names.
    Structure(Vec<&'static str>),
}

impl Expected {
    fn of(shape: &model::Shape) -> Option<Self> {
        Some(match shape.kind {
            Kind::String => Self::String,
            Kind::Enum => Self::Enum(shape.name),
            Kind::Boolean => Self::Boolean,
            Kind::Integer | Kind::Long => Self::Integer,
            Kind::Timestamp => Self::Timestamp,
            Kind::Blob => Self::Blob,
            Kind::Document => Self::Document,
            Kind::List => Self::List(Box::new(Self::of(&shape.entry(0)?)?)),
            Kind::Map => Self::Map(Box::new(Self::of(&shape.entry(1)?)?)),
            Kind::Structure => Self::Structure(vec![shape.name]),
        })
    }
}

impl TypeAssertion {
    /// The assertion that the response type of an operation is the published output.
    pub(super) fn of_response(target: &str, output: &'static str, ty: &TokenStream) -> Self {
        let (target, shape) = (target.to_owned(), output.to_owned());
        let message = Message::WrongResponse { target, ty: source(ty), shape };
        // Operations with identical outputs can share one response type.
        let expected = Expected::Structure(SERVICE.identical_shapes(output));
        Self { expected, message: message.to_string(), entry: None }
    }
}

/// Checks the type of a field against the published shape or, if there is none, against the attributes of the field.
/// Returns the assertions for types whose names do not tell.
pub(super) fn of_field(
    field: &Field,
    wire: &str,
    published: Option<&model::Shape>,
    diagnostics: &mut Diagnostics,
) -> Vec<TypeAssertion> {
    if let Some(shape) = published {
        return of_shape(&field.ty, wire, shape, diagnostics).into_iter().collect();
    }
    check_type(&field.ty, diagnostics);
    of_attributes(field)
}

fn of_shape(ty: &Type, wire: &str, shape: &model::Shape, diagnostics: &mut Diagnostics) -> Option<TypeAssertion> {
    if let Some(time) = syntax::foreign_time(ty).filter(|_| shape.kind == Kind::Timestamp) {
        let (member, ty) = (wire.to_owned(), source(time));
        diagnostics.push(time, Message::ForeignTime { member, ty });
        return None;
    }
    let fits = can_hold(ty, shape);
    if fits == Some(true) {
        return None;
    }
    let (member, kind, fix) = (wire.to_owned(), describe(shape), rust_type(shape));
    let message = match shape_within(shape) {
        Some(shape) if fits.is_none() => {
            Message::WrongShape { member, kind, ty: source(ty), fix, shape: shape.to_owned() }
        }
        _ => Message::WrongKind { member, kind, ty: source(ty), fix },
    };
    if fits.is_some() {
        diagnostics.push(ty, message);
        return None;
    }
    Some(TypeAssertion { expected: Expected::of(shape)?, message: message.to_string(), entry: None })
}

/// Reports number types and tuples that no member can have, also as entries of lists and maps.
fn check_type(ty: &Type, diagnostics: &mut Diagnostics) {
    match TypeKind::of(ty) {
        TypeKind::OtherNumber => diagnostics.push(ty, Message::NumberType { ty: source(ty) }),
        TypeKind::Tuple => diagnostics.push(ty, Message::TupleType { ty: source(ty) }),
        TypeKind::List | TypeKind::Map => {
            for argument in syntax::arguments(ty) {
                check_type(argument, diagnostics);
            }
        }
        _ => {}
    }
}

fn of_attributes(field: &Field) -> Vec<TypeAssertion> {
    let (ty, attributes) = (&field.ty, &field.attributes);
    let mut assertions = Vec::new();
    let mut assert = |expected, message: Message| {
        assertions.push(TypeAssertion { expected, message: message.to_string(), entry: None });
    };
    let is_named = TypeKind::of(ty) == TypeKind::Other;
    if is_named {
        if let Some(hash) = &attributes.secret_hash {
            let map = hash.key.is_some() || hash.username.is_some();
            let expected = if map { Expected::AnyMap } else { Expected::String };
            assert(expected, Message::SecretHashOnType { ty: source(ty) });
        }
        let text = [
            (&attributes.client_id, FieldAttribute::ClientId),
            (&attributes.client_secret, FieldAttribute::ClientSecret),
        ];
        for (_, attribute) in text.into_iter().filter(|(at, _)| at.is_some()) {
            let attribute = attribute.name().to_owned();
            assert(Expected::String, Message::AutoFillOnType { attribute, ty: source(ty) });
        }
        assertions.extend(of_constraints(&attributes.constraints, &format!("`{}`", source(ty)), None));
    }
    let arguments = syntax::arguments(ty);
    for entries in &attributes.entries {
        let index = entries.kind.index();
        if is_named {
            let expected = match entries.kind {
                EntriesKind::Each => Expected::AnyList,
                EntriesKind::Keys | EntriesKind::Values => Expected::AnyMap,
            };
            let message = entries_on_type(entries.kind, ty).to_string();
            assertions.push(TypeAssertion { expected, message, entry: None });
            let constrained = format!("{} of `{}`", entries.kind.described(), source(ty));
            assertions.extend(of_constraints(&entries.constraints, &constrained, Some(index)));
        }
        if let Some(entry) = arguments.get(index).filter(|entry| TypeKind::of(entry) == TypeKind::Other) {
            assertions.extend(of_constraints(&entries.constraints, &format!("`{}`", source(entry)), Some(index)));
        }
    }
    assertions
}

/// The assertions that a type can have its constraints. `constrained` describes the type.
fn of_constraints(
    constraints: &Constraints,
    constrained: &str,
    entry: Option<usize>,
) -> impl Iterator<Item = TypeAssertion> {
    let constrained = || constrained.to_owned();
    let assertions = [
        (constraints.len.is_some(), Expected::Measured, Message::LenOnType { constrained: constrained() }),
        (constraints.pattern.is_some(), Expected::String, Message::PatternOnType { constrained: constrained() }),
        (constraints.range.is_some(), Expected::Integer, Message::RangeOnType { constrained: constrained() }),
    ];
    let written = assertions.into_iter().filter(|(is_written, ..)| *is_written);
    written.map(move |(_, expected, message)| TypeAssertion { expected, message: message.to_string(), entry })
}

/// The message for constraints on the entries of a type that has none.
pub(super) fn entries_on_type(kind: EntriesKind, ty: &Type) -> Message {
    let collection = match kind {
        EntriesKind::Each => "a `Vec`",
        EntriesKind::Keys | EntriesKind::Values => "a map",
    };
    Message::EntriesOnType { attribute: kind.name().to_owned(), ty: source(ty), collection: collection.to_owned() }
}

/// Returns whether a type can hold values of a shape, or `None` if its name does not tell.
pub(super) fn can_hold(ty: &Type, shape: &model::Shape) -> Option<bool> {
    let entries = |index: usize| {
        let arguments = syntax::arguments(ty);
        match (arguments.get(index), shape.entry(index)) {
            (Some(ty), Some(shape)) => can_hold(ty, &shape),
            _ => None,
        }
    };
    match TypeKind::of(ty) {
        TypeKind::String => Some(shape.kind.is_text()),
        TypeKind::Boolean => Some(shape.kind == Kind::Boolean),
        TypeKind::Integer => Some(matches!(shape.kind, Kind::Integer | Kind::Long)),
        TypeKind::Timestamp => Some(shape.kind == Kind::Timestamp),
        TypeKind::Blob => Some(shape.kind == Kind::Blob),
        TypeKind::List if shape.kind == Kind::List => entries(0),
        TypeKind::Map if shape.kind == Kind::Map => entries(1),
        TypeKind::List | TypeKind::Map | TypeKind::OtherNumber | TypeKind::Tuple => Some(false),
        TypeKind::Other => None,
    }
}

//! The kinds of types, as far as their names tell. Any other type is `TypeKind::Other`, and the runtime's traits decide
//! whether it fits.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{GenericArgument, PathArguments, Type};

/// The kind of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TypeKind {
    String,
    Boolean,
    Integer,
    /// A float, or an integer other than `i32` and `i64`. No member of the service has such a type.
    OtherNumber,
    Timestamp,
    Blob,
    List,
    Map,
    Other,
}

impl TypeKind {
    pub(crate) fn of(ty: &Type) -> Self {
        let Type::Path(path) = peel(ty) else { return Self::Other };
        let Some(last) = path.path.segments.last() else { return Self::Other };
        // A path into another module may name a different type.
        let root = path.path.segments.first().map(|first| first.ident.to_string());
        if path.qself.is_some()
            || (path.path.segments.len() > 1 && !matches!(root.as_deref(), Some("std" | "core" | "alloc")))
        {
            return Self::Other;
        }
        match last.ident.to_string().as_str() {
            "String" | "str" => Self::String,
            "Cow" | "Box" => arguments(ty).last().map_or(Self::Other, |inner| match Self::of(inner) {
                Self::String => Self::String,
                _ => Self::Other,
            }),
            "bool" => Self::Boolean,
            "i32" | "i64" => Self::Integer,
            "i8" | "i16" | "i128" | "isize" | "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "f32" | "f64"
            | "char" => Self::OtherNumber,
            "SystemTime" => Self::Timestamp,
            "Vec" => match arguments(ty).first().map(|entry| ungrouped(entry)) {
                Some(Type::Path(entry)) if entry.path.is_ident("u8") => Self::Blob,
                _ => Self::List,
            },
            "BTreeMap" | "HashMap" => Self::Map,
            _ => Self::Other,
        }
    }
}

/// A collection of the standard library that owns its entries.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Collection {
    List,
    Map,
}

impl Collection {
    /// Returns the collection that a type is, as far as its name tells. A list of bytes is a value.
    pub(crate) fn of(ty: &Type) -> Option<Self> {
        let Type::Path(_) = ungrouped(ty) else { return None };
        match (TypeKind::of(ty), arguments(ty).len()) {
            (TypeKind::List, 1) => Some(Self::List),
            (TypeKind::Map, 2 | 3) => Some(Self::Map),
            _ => None,
        }
    }
}

/// Returns the type without the `Option<…>` around it, and whether there is one. An alias of `Option` is rejected later,
/// by the compiler.
pub(crate) fn optional(ty: &Type) -> (&Type, bool) {
    if let Type::Path(path) = ungrouped(ty)
        && path.qself.is_none()
        && let Some(last) = path.path.segments.last()
        && last.ident == "Option"
        && let Some(inner) = arguments(ty).first()
    {
        return (inner, true);
    }
    (ty, false)
}

/// Returns the type arguments, such as `String` and `i32` of `BTreeMap<String, i32>`.
pub(crate) fn arguments(ty: &Type) -> Vec<&Type> {
    let Type::Path(path) = peel(ty) else { return Vec::new() };
    let Some(last) = path.path.segments.last() else { return Vec::new() };
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return Vec::new() };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}

/// Returns the place where a type names an item without a path: `Node` in `Vec<Node>`, but not in `other::Node`.
pub(crate) fn mention(ty: &Type, name: &Ident) -> Option<Ident> {
    fn find(tokens: TokenStream, name: &Ident) -> Option<Ident> {
        let mut in_path = false;
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            let after =
                std::mem::replace(&mut in_path, matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ':'));
            match token {
                TokenTree::Ident(ident)
                    if ident == *name
                        && !after
                        && !matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == ':') =>
                {
                    return Some(ident);
                }
                TokenTree::Group(group) => {
                    if let Some(found) = find(group.stream(), name) {
                        return Some(found);
                    }
                }
                _ => {}
            }
        }
        None
    }
    find(ty.to_token_stream(), name)
}

/// Returns whether `name` occurs anywhere in a type.
pub(crate) fn mentions(ty: &Type, name: &Ident) -> bool {
    fn any(tokens: TokenStream, name: &Ident) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(ident) => ident == *name,
            TokenTree::Group(group) => any(group.stream(), name),
            _ => false,
        })
    }
    any(ty.to_token_stream(), name)
}

/// Removes the invisible group of a `macro_rules!` variable, and parentheses.
fn ungrouped(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungrouped(&group.elem),
        Type::Paren(paren) => ungrouped(&paren.elem),
        ty => ty,
    }
}

/// Removes references too.
fn peel(ty: &Type) -> &Type {
    match ungrouped(ty) {
        Type::Reference(reference) => peel(&reference.elem),
        ty => ty,
    }
}

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
    /// A tuple with elements. No member of the service has such a type.
    Tuple,
    Other,
}

impl TypeKind {
    pub(crate) fn of(ty: &Type) -> Self {
        let path = match peel(ty) {
            Type::Path(path) => path,
            Type::Tuple(tuple) if !tuple.elems.is_empty() => return Self::Tuple,
            _ => return Self::Other,
        };
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

/// Returns a type that is a date or time of `chrono`, `time` or `jiff`, as far as its name tells.
pub(crate) fn foreign_time(ty: &Type) -> Option<&Type> {
    const CRATES: [&str; 3] = ["chrono", "time", "jiff"];
    const NAMES: [&str; 6] =
        ["NaiveDate", "NaiveDateTime", "OffsetDateTime", "PrimitiveDateTime", "UtcDateTime", "Zoned"];
    let Type::Path(path) = ungrouped(ty) else { return None };
    let mut segments = path.path.segments.iter();
    let first = segments.next()?.ident.to_string();
    let is_foreign = match segments.next() {
        Some(_) => CRATES.contains(&first.as_str()),
        // A `DateTime` without a time zone could be the user's own.
        None => NAMES.contains(&first.as_str()) || (first == "DateTime" && !arguments(ty).is_empty()),
    };
    is_foreign.then_some(ty)
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

/// Returns whether a type is `String`, as far as its name tells.
pub(crate) fn is_string(ty: &Type) -> bool {
    matches!(ungrouped(ty), Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "String"))
        && TypeKind::of(ty) == TypeKind::String
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

/// Returns the first lifetime in a type, except `'static`.
pub(crate) fn lifetime(ty: &Type) -> Option<TokenStream> {
    fn find(tokens: TokenStream) -> Option<TokenStream> {
        let mut tokens = tokens.into_iter();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(quote) if quote.as_char() == '\'' => match tokens.next() {
                    Some(TokenTree::Ident(name)) if name == "static" => {}
                    name => return Some([TokenTree::Punct(quote)].into_iter().chain(name).collect()),
                },
                TokenTree::Group(group) => {
                    if let Some(found) = find(group.stream()) {
                        return Some(found);
                    }
                }
                _ => {}
            }
        }
        None
    }
    find(ty.to_token_stream())
}

/// Returns whether a type contains a reference that lacks a lifetime. The reference in `fn(&str)` needs none.
pub(crate) fn lacks_lifetime(ty: &Type) -> bool {
    match ungrouped(ty) {
        Type::Reference(reference) => {
            reference.lifetime.as_ref().is_none_or(|lifetime| lifetime.ident == "_") || lacks_lifetime(&reference.elem)
        }
        Type::Slice(slice) => lacks_lifetime(&slice.elem),
        Type::Array(array) => lacks_lifetime(&array.elem),
        Type::Tuple(tuple) => tuple.elems.iter().any(lacks_lifetime),
        ty => arguments(ty).into_iter().any(lacks_lifetime),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::source;

    fn parsed(ty: &str) -> Type {
        syn::parse_str(ty).expect("a type")
    }

    #[test]
    fn owned_collections() {
        let of = |ty: &str| match Collection::of(&parsed(ty)) {
            Some(Collection::List) => "list",
            Some(Collection::Map) => "map",
            None => "value",
        };
        for ty in ["Vec<String>", "std::vec::Vec<&'a str>", "(Vec<T>)", "Vec<Vec<u8>>"] {
            assert_eq!(of(ty), "list", "{ty}");
        }
        for ty in ["BTreeMap<String, V>", "std::collections::HashMap<&'a str, i32>", "HashMap<K, V, S>"] {
            assert_eq!(of(ty), "map", "{ty}");
        }
        for ty in ["Vec<u8>", "&'a Vec<String>", "&'a [String]", "Box<[String]>", "own::Vec<String>", "String", "Map"] {
            assert_eq!(of(ty), "value", "{ty}");
        }
    }

    #[test]
    fn strings() {
        for (ty, expected) in [
            ("String", true),
            ("std::string::String", true),
            ("(String)", true),
            ("&'a String", false),
            ("own::String", false),
            ("Box<str>", false),
            ("str", false),
        ] {
            assert_eq!(is_string(&parsed(ty)), expected, "{ty}");
        }
    }

    #[test]
    fn times_of_other_crates() {
        for ty in [
            "DateTime<Utc>",
            "chrono::DateTime<chrono::Utc>",
            "NaiveDateTime",
            "chrono::NaiveDate",
            "OffsetDateTime",
            "time::PrimitiveDateTime",
            "jiff::Timestamp",
        ] {
            assert!(foreign_time(&parsed(ty)).is_some(), "{ty}");
        }
        for ty in ["SystemTime", "std::time::SystemTime", "DateTime", "own::DateTime<Utc>", "Time", "[i32; 2]"] {
            assert!(foreign_time(&parsed(ty)).is_none(), "{ty}");
        }
    }

    #[test]
    fn lifetimes() {
        let found = |ty: &str| lifetime(&parsed(ty)).map(|lifetime| source(&lifetime));
        assert_eq!(found("Response<'a, 'b>").as_deref(), Some("'a"));
        assert_eq!(found("Response<'static, (&'_ str, i32)>").as_deref(), Some("'_"));
        assert_eq!(found("Response<'static, String>"), None);
    }

    #[test]
    fn references_without_lifetime() {
        for ty in [
            "&str",
            "&'a &str",
            "&'_ str",
            "Vec<&str>",
            "(Map<String, Vec<&[u8]>>)",
            "&'a [&str]",
            "[&str; 2]",
            "Vec<(i32, &str)>",
        ] {
            assert!(lacks_lifetime(&parsed(ty)), "{ty}");
        }
        for ty in
            ["String", "&'a str", "Vec<&'static str>", "&'a [(&'a str,)]", "Own<fn(&str) -> &str>", "Box<dyn Fn(&str)>"]
        {
            assert!(!lacks_lifetime(&parsed(ty)), "{ty}");
        }
    }
}
